// SPDX-License-Identifier: EUPL-1.2
//! What the public administration already knows when a flow begins: who the person is (SPID/CIE), what the employment
//! registry holds, which requests are open. Once-only: art. 43 DPR 445/2000, art. 50 CAD.

use alloc::{string::String, vec::Vec};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// Everything known about a person at the start of a flow. Without sign-in only `today` is known.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Facts {
    /// The day in Rome.
    pub today: Date,
    /// Who is signed in.
    #[serde(default)]
    pub citizen: Option<Citizen>,
    /// What the registry answered; `None` when nobody is signed in or the registry is silent.
    #[serde(default)]
    pub fascicolo: Option<Fascicolo>,
    /// The person's requests that stand: neither refused nor taken back.
    #[serde(default)]
    pub pratiche: Vec<PraticaInBreve>,
}

impl Facts {
    /// What is known of somebody who has not signed in.
    #[must_use]
    pub const fn nobody(today: Date) -> Self {
        Self {
            today,
            citizen: None,
            fascicolo: None,
            pratiche: Vec::new(),
        }
    }

    /// Completed years of the signed-in person today.
    #[must_use]
    pub fn age(&self) -> Option<i16> {
        self.citizen.as_ref().map(|citizen| citizen.age(self.today))
    }

    /// The open employment relations that the registry knows.
    pub fn open_relations(&self) -> impl Iterator<Item = &Rapporto> {
        let today = self.today;
        self.fascicolo
            .iter()
            .flat_map(|f| &f.rapporti)
            .filter(move |r| r.is_open(today))
    }
}

/// A person as SPID or CIE describe them: read-only in the app.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Citizen {
    /// Codice fiscale (tax code), without the prefix `TINIT-`.
    pub codice_fiscale: String,
    /// First names.
    pub nome: String,
    /// Family name.
    pub cognome: String,
    /// Day of birth.
    pub data_nascita: Date,
    /// `M` or `F`.
    pub sesso: String,
    /// Belfiore code of the comune or State of birth.
    #[serde(default)]
    pub luogo_nascita: String,
    /// Verified by the provider, if it gave one.
    #[serde(default)]
    pub email: Option<String>,
    /// Verified by the provider, if it gave one.
    #[serde(default)]
    pub cellulare: Option<String>,
}

impl Citizen {
    /// Completed years on `day`; who is born on 29 February grows older on 1 March.
    #[must_use]
    pub fn age(&self, day: Date) -> i16 {
        let had_birthday =
            (day.month(), day.day()) >= (self.data_nascita.month(), self.data_nascita.day());
        day.year() - self.data_nascita.year() - i16::from(!had_birthday)
    }
}

/// The person's file in the employment registry (fascicolo del lavoratore).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fascicolo {
    /// Day of the last update in the registry.
    pub aggiornato_il: Date,
    /// Citizenship, as the Z code of the State or `000` for Italy.
    #[serde(default)]
    pub cittadinanza: Option<String>,
    /// Registered residence.
    #[serde(default)]
    pub residenza: Option<Indirizzo>,
    /// Elected domicile, only when it differs from the residence.
    #[serde(default)]
    pub domicilio: Option<Indirizzo>,
    /// Highest qualification held, a code of the service's list.
    #[serde(default)]
    pub titolo_studio: Option<String>,
    /// Permit of stay of a non-EU citizen.
    #[serde(default)]
    pub permesso: Option<Permesso>,
    /// Benefits (`naspi`, `dis_coll` …).
    #[serde(default)]
    pub prestazioni: Vec<Prestazione>,
    /// DID that follows from an application for NASpI or DIS-COLL (art. 21 c. 1 D.Lgs. 150/2015).
    #[serde(default)]
    pub did_inps: Option<DidInps>,
    /// Employment relations from the comunicazioni obbligatorie.
    #[serde(default)]
    pub rapporti: Vec<Rapporto>,
    /// Enrolment with the targeted placement service (collocamento mirato). It tells of health: it is read where the law
    /// asks for it and never handed on.
    #[serde(default, skip_serializing)]
    pub collocamento_mirato: Option<CollocamentoMirato>,
}

impl Fascicolo {
    /// True for whoever is enrolled under art. 1 L. 68/1999: their CV never expires.
    #[must_use]
    pub fn cv_never_expires(&self) -> bool {
        let enrolment = self.collocamento_mirato.as_ref();
        enrolment.is_some_and(|one| one.legge == "68/1999" && one.articolo == "1")
    }
}

/// Enrolment under L. 68/1999.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CollocamentoMirato {
    /// The law: `68/1999`.
    pub legge: String,
    /// Its article: `1` for people with a disability, `18` for the other protected categories.
    pub articolo: String,
    /// The day of enrolment.
    pub dal: Date,
}

/// An address in Italy.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Indirizzo {
    /// Belfiore code.
    pub comune: String,
    /// Street and number.
    #[serde(default)]
    pub indirizzo: String,
    /// Postal code.
    #[serde(default)]
    pub cap: String,
}

/// A permit of stay (titolo di soggiorno, D.Lgs. 286/1998).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Permesso {
    /// Kind, a code of the service's list.
    pub titolo: String,
    /// Number of the document or of the postal receipt.
    #[serde(default)]
    pub numero: String,
    /// Last day of validity.
    #[serde(default)]
    pub scadenza: Option<Date>,
}

/// A benefit paid by INPS.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Prestazione {
    /// `naspi`, `dis_coll` …
    pub tipo: String,
    /// First day.
    pub dal: Date,
    /// Last day, if known.
    #[serde(default)]
    pub al: Option<Date>,
}

/// The DID that INPS received with an application.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DidInps {
    /// Day of the application.
    pub data: Date,
    /// Unique identifier in the national node.
    #[serde(default)]
    pub identificativo: String,
}

/// An employment relation (rapporto di lavoro) as the comunicazioni obbligatorie tell it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rapporto {
    /// Sixteen characters, the first two name the Region.
    #[serde(default)]
    pub codice_comunicazione: String,
    /// Employer.
    pub datore: String,
    /// Contract code (for example `A.01.00`).
    #[serde(default)]
    pub contratto: String,
    /// Working time: F, P, V, M or N.
    #[serde(default)]
    pub orario: String,
    /// First day.
    pub dal: Date,
    /// Last day; `None` while it goes on.
    #[serde(default)]
    pub al: Option<Date>,
    /// Expected yearly income, as a decimal string in euro.
    #[serde(default)]
    pub reddito_annuo_stimato: Option<String>,
    /// The job, where the communication names it.
    #[serde(default)]
    pub qualifica: Option<Qualifica>,
}

/// The job (qualifica professionale) of a relation, in the classification of occupations of ISTAT (CP2011), which the
/// comunicazioni obbligatorie use.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Qualifica {
    /// Five numbers with dots, for example `7.4.4.3.0`.
    #[serde(default)]
    pub codice: String,
    /// Its name, in the plural: «Conduttori di carrelli elevatori».
    pub descrizione: String,
}

impl Rapporto {
    /// True when the relation goes on after `day`.
    #[must_use]
    pub fn is_open(&self, day: Date) -> bool {
        self.dal <= day && self.al.is_none_or(|end| end >= day) && !self.is_internship()
    }

    /// A tirocinio is not employment (circ. ANPAL 1/2019).
    #[must_use]
    pub fn is_internship(&self) -> bool {
        self.contratto.starts_with("C.01") || self.contratto.starts_with("C.02")
    }
}

/// A request of the person, as far as rules of other requests need it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PraticaInBreve {
    /// Opaque id.
    pub id: String,
    /// Service slug.
    pub servizio: String,
    /// State code, see `pratica::Stato`.
    pub stato: crate::pratica::Stato,
}
