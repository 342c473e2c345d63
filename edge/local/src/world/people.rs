// SPDX-License-Identifier: EUPL-1.2
//! The invented people: one table that the identity providers, the registry and the inbox share.
//!
//! Nobody here exists. The codici fiscali are computed from the invented data, all but Luca Verdi's:
//! his last letter should be U, but the HTTP contract fixes it as V, and the box keeps to the contract.

mod crowd;

use serde_json::{Value, json};

/// An address in Italy.
pub(crate) struct Place {
    pub(crate) street: &'static str,
    pub(crate) postal_code: &'static str,
    /// The code of the comune in the codice fiscale.
    pub(crate) belfiore: &'static str,
    pub(crate) name: &'static str,
    /// The two letters of the province.
    pub(crate) province: &'static str,
}

/// An invented person.
pub(crate) struct Person {
    pub(crate) codice_fiscale: &'static str,
    pub(crate) nome: &'static str,
    pub(crate) cognome: &'static str,
    /// `M` or `F`.
    pub(crate) sesso: &'static str,
    /// `YYYY-MM-DD`.
    pub(crate) data_nascita: &'static str,
    /// Comune or foreign state of birth.
    pub(crate) nascita_belfiore: &'static str,
    /// Province of birth, `EE` abroad.
    pub(crate) nascita_sigla: &'static str,
    /// The Z code of the State, `000` for Italy.
    pub(crate) cittadinanza: &'static str,
    email: &'static str,
    /// National mobile number.
    pub(crate) cellulare: &'static str,
    pub(crate) residenza: Place,
    /// Only where it differs from the residence.
    pub(crate) domicilio: Option<Place>,
    /// The situation in one line, for the pages of the box.
    pub(crate) situazione: &'static str,
}

impl Person {
    /// Given and family name.
    pub(crate) fn name(&self) -> String {
        format!("{} {}", self.nome, self.cognome)
    }

    /// An attribute by the name that SPID and CIE give it.
    pub(crate) fn claim(&self, name: &str) -> Option<Value> {
        Some(match name {
            "given_name" => json!(self.nome),
            "family_name" => json!(self.cognome),
            "birthdate" => json!(self.data_nascita),
            "gender" => json!(if self.sesso == "F" { "female" } else { "male" }),
            "place_of_birth" => {
                json!({"locality": self.nascita_belfiore, "region": self.nascita_sigla})
            }
            "https://attributes.eid.gov.it/fiscal_number" => {
                json!(format!("TINIT-{}", self.codice_fiscale))
            }
            "email" => json!(format!("{}@example.com", self.email)),
            "phone_number" => json!(format!("+39{}", self.cellulare)),
            "address" => json!({
                "street_address": self.residenza.street,
                "postal_code": self.residenza.postal_code,
                "locality": self.residenza.name,
                "region": self.residenza.province,
                "country_code": "IT",
            }),
            _ => return None,
        })
    }
}

/// The person with this codice fiscale, in any case of letters: one of the table, or of the crowd.
pub(crate) fn find(codice_fiscale: &str) -> Option<&'static Person> {
    PEOPLE
        .iter()
        .find(|person| person.codice_fiscale.eq_ignore_ascii_case(codice_fiscale))
        .or_else(|| crowd::find(codice_fiscale))
}

/// The check letter of DM 23/12/1976 for the first fifteen characters, capital letters and digits.
fn check_letter(code: &str) -> char {
    const ODD: [u8; 26] = [
        1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24,
        23,
    ];
    let sum = code
        .bytes()
        .take(15)
        .enumerate()
        .fold(0, |sum, (at, letter)| {
            let value = match letter {
                b'0'..=b'9' => letter - b'0',
                b'A'..=b'Z' => letter - b'A',
                _ => 0,
            };
            sum + u32::from(if at % 2 == 0 {
                ODD[usize::from(value)]
            } else {
                value
            })
        });
    char::from(b'A' + (sum % 26) as u8)
}

/// Everybody, in the order in which pages list them.
pub(crate) const PEOPLE: &[Person] = &[
    Person {
        codice_fiscale: "RSSMRA89T13F205B",
        nome: "Mario",
        cognome: "Rossi",
        sesso: "M",
        data_nascita: "1989-12-13",
        nascita_belfiore: "F205",
        nascita_sigla: "MI",
        cittadinanza: "000",
        email: "mario.rossi",
        cellulare: "3331234501",
        residenza: Place {
            street: "Via Saragozza 12",
            postal_code: "40123",
            belfiore: "A944",
            name: "Bologna",
            province: "BO",
        },
        domicilio: None,
        situazione: "Disoccupato, con una lunga storia di lavoro",
    },
    Person {
        codice_fiscale: "RSSMRA85D41H501J",
        nome: "Maria",
        cognome: "Rossi",
        sesso: "F",
        data_nascita: "1985-04-01",
        nascita_belfiore: "H501",
        nascita_sigla: "RM",
        cittadinanza: "000",
        email: "maria.rossi",
        cellulare: "3331234502",
        residenza: Place {
            street: "Via Appia Nuova 210",
            postal_code: "00179",
            belfiore: "H501",
            name: "Roma",
            province: "RM",
        },
        domicilio: Some(Place {
            street: "Via Emilia Est 34",
            postal_code: "41121",
            belfiore: "F257",
            name: "Modena",
            province: "MO",
        }),
        situazione: "Lavora part-time, con un reddito sotto il limite",
    },
    Person {
        codice_fiscale: "FOXDAA00B69A944O",
        nome: "Ada",
        cognome: "Fo",
        sesso: "F",
        data_nascita: "2000-02-29",
        nascita_belfiore: "A944",
        nascita_sigla: "BO",
        cittadinanza: "000",
        email: "ada.fo",
        cellulare: "3331234503",
        residenza: Place {
            street: "Via Zamboni 40",
            postal_code: "40126",
            belfiore: "A944",
            name: "Bologna",
            province: "BO",
        },
        domicilio: None,
        situazione: "Non ha mai lavorato",
    },
    Person {
        codice_fiscale: "SPSGFR70M31F839F",
        nome: "Gianfranco",
        cognome: "Esposito",
        sesso: "M",
        data_nascita: "1970-08-31",
        nascita_belfiore: "F839",
        nascita_sigla: "NA",
        cittadinanza: "000",
        email: "gianfranco.esposito",
        cellulare: "3331234504",
        residenza: Place {
            street: "Viale Ceccarini 8",
            postal_code: "47838",
            belfiore: "H274",
            name: "Riccione",
            province: "RN",
        },
        domicilio: None,
        situazione: "Percepisce la NASpI, iscritto al collocamento mirato (L. 68/1999)",
    },
    Person {
        codice_fiscale: "ZOXLAI90A01Z243P",
        nome: "Ali",
        cognome: "Oz",
        sesso: "M",
        data_nascita: "1990-01-01",
        nascita_belfiore: "Z243",
        nascita_sigla: "EE",
        cittadinanza: "Z243",
        email: "ali.oz",
        cellulare: "3331234505",
        residenza: Place {
            street: "Via Farini 55",
            postal_code: "43121",
            belfiore: "G337",
            name: "Parma",
            province: "PR",
        },
        domicilio: None,
        situazione: "Cittadino turco con permesso di soggiorno",
    },
    Person {
        codice_fiscale: "VRDLCU80A01A944V",
        nome: "Luca",
        cognome: "Verdi",
        sesso: "M",
        data_nascita: "1980-01-01",
        nascita_belfiore: "A944",
        nascita_sigla: "BO",
        cittadinanza: "000",
        email: "luca.verdi",
        cellulare: "3331234506",
        residenza: Place {
            street: "Via Murri 101",
            postal_code: "40137",
            belfiore: "A944",
            name: "Bologna",
            province: "BO",
        },
        domicilio: None,
        situazione: "Operatore del Centro per l'impiego di Bologna",
    },
    Person {
        codice_fiscale: "NRENNA82L50A944O",
        nome: "Anna",
        cognome: "Neri",
        sesso: "F",
        data_nascita: "1982-07-10",
        nascita_belfiore: "A944",
        nascita_sigla: "BO",
        cittadinanza: "000",
        email: "anna.neri",
        cellulare: "3331234507",
        residenza: Place {
            street: "Via Porrettana 220",
            postal_code: "40033",
            belfiore: "B880",
            name: "Casalecchio di Reno",
            province: "BO",
        },
        domicilio: None,
        situazione: "Operatrice del Centro per l'impiego di Bologna",
    },
    Person {
        codice_fiscale: "CNTSRA09E52F257P",
        nome: "Sara",
        cognome: "Conti",
        sesso: "F",
        data_nascita: "2009-05-12",
        nascita_belfiore: "F257",
        nascita_sigla: "MO",
        cittadinanza: "000",
        email: "sara.conti",
        cellulare: "3331234508",
        residenza: Place {
            street: "Via Giardini 18",
            postal_code: "41124",
            belfiore: "F257",
            name: "Modena",
            province: "MO",
        },
        domicilio: None,
        situazione: "Ha 17 anni e cerca il primo lavoro",
    },
    Person {
        codice_fiscale: "FRRPLA78P23F257W",
        nome: "Paolo",
        cognome: "Ferrari",
        sesso: "M",
        data_nascita: "1978-09-23",
        nascita_belfiore: "F257",
        nascita_sigla: "MO",
        cittadinanza: "000",
        email: "paolo.ferrari",
        cellulare: "3331234509",
        residenza: Place {
            street: "Via Giovanni Amendola 3",
            postal_code: "42122",
            belfiore: "H223",
            name: "Reggio nell'Emilia",
            province: "RE",
        },
        domicilio: None,
        situazione: "Ha ricevuto la lettera di licenziamento, lavora ancora",
    },
    Person {
        codice_fiscale: "MRCLNE87C58H294E",
        nome: "Elena",
        cognome: "Marchi",
        sesso: "F",
        data_nascita: "1987-03-18",
        nascita_belfiore: "H294",
        nascita_sigla: "RN",
        cittadinanza: "000",
        email: "elena.marchi",
        cellulare: "3331234510",
        residenza: Place {
            street: "Corso d'Augusto 77",
            postal_code: "47921",
            belfiore: "H294",
            name: "Rimini",
            province: "RN",
        },
        domicilio: None,
        situazione: "Lavora in proprio con partita IVA",
    },
    Person {
        codice_fiscale: "RSSMRA89T13F20RW",
        nome: "Mario",
        cognome: "Rossi",
        sesso: "M",
        data_nascita: "1989-12-13",
        nascita_belfiore: "F205",
        nascita_sigla: "MI",
        cittadinanza: "000",
        email: "mario.rossi.bis",
        cellulare: "3331234511",
        residenza: Place {
            street: "Via Cavour 9",
            postal_code: "48121",
            belfiore: "H199",
            name: "Ravenna",
            province: "RA",
        },
        domicilio: None,
        situazione: "Omonimo di Mario Rossi, con codice fiscale omocodico",
    },
    Person {
        codice_fiscale: "FNTCHR91H45G337J",
        nome: "Chiara",
        cognome: "Fontana",
        sesso: "F",
        data_nascita: "1991-06-05",
        nascita_belfiore: "G337",
        nascita_sigla: "PR",
        cittadinanza: "000",
        email: "chiara.fontana",
        cellulare: "3331234512",
        residenza: Place {
            street: "Strada della Repubblica 14",
            postal_code: "43121",
            belfiore: "G337",
            name: "Parma",
            province: "PR",
        },
        domicilio: None,
        situazione: "Lavora a tempo pieno, con un reddito oltre il limite",
    },
    Person {
        codice_fiscale: "PPSNIO94R61Z129H",
        nome: "Ioana",
        cognome: "Popescu",
        sesso: "F",
        data_nascita: "1994-10-21",
        nascita_belfiore: "Z129",
        nascita_sigla: "EE",
        cittadinanza: "Z129",
        email: "ioana.popescu",
        cellulare: "3331234513",
        residenza: Place {
            street: "Via Bologna 120",
            postal_code: "44122",
            belfiore: "D548",
            name: "Ferrara",
            province: "FE",
        },
        domicilio: None,
        situazione: "Cittadina rumena, con lavori stagionali",
    },
    Person {
        codice_fiscale: "RVITMS11C08A944G",
        nome: "Tommaso",
        cognome: "Riva",
        sesso: "M",
        data_nascita: "2011-03-08",
        nascita_belfiore: "A944",
        nascita_sigla: "BO",
        cittadinanza: "000",
        email: "tommaso.riva",
        cellulare: "3331234514",
        residenza: Place {
            street: "Via Emilia 61",
            postal_code: "40026",
            belfiore: "E289",
            name: "Imola",
            province: "BO",
        },
        domicilio: None,
        situazione: "Ha 15 anni: troppo giovane per la DID",
    },
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_codice_fiscale_is_valid_but_the_one_that_the_contract_fixes() {
        for person in PEOPLE {
            let valid = person
                .codice_fiscale
                .ends_with(check_letter(person.codice_fiscale));
            assert_eq!(
                valid,
                person.cognome != "Verdi",
                "{}",
                person.codice_fiscale
            );
        }
    }

    #[test]
    fn nobody_stands_twice() {
        for person in PEOPLE {
            let same = PEOPLE
                .iter()
                .filter(|other| other.codice_fiscale == person.codice_fiscale);
            assert_eq!(same.count(), 1);
        }
    }
}
