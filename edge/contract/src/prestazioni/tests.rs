// SPDX-License-Identifier: EUPL-1.2
//! The table is whole, and says who may book.

use super::*;

const ADULT: Richiedente = Richiedente {
    eta: 30,
    obbligo_assolto: false,
    did: true,
    patto: true,
};

#[track_caller]
fn check(codice: &str, person: Richiedente, expected: Result<(), Refusal>) {
    assert_eq!(find(codice).unwrap().open_to(person), expected);
}

#[test]
fn codes_are_unique_and_nothing_is_empty() {
    for (n, service) in PRESTAZIONI.iter().enumerate() {
        assert!(
            PRESTAZIONI[n + 1..]
                .iter()
                .all(|other| other.codice != service.codice)
        );
        assert!(!service.nome.is_empty() && !service.descrizione.is_empty());
        assert!(!service.modalita.is_empty() && !service.portare.is_empty());
        assert!(!service.legge.is_empty(), "{}", service.codice);
        assert!(service.durata >= 15 && service.passo % 15 == 0 && service.passo > 0);
        assert!(u32::from(service.margine_ore) < 24 * u32::from(service.orizzonte_giorni));
    }
}

#[test]
fn what_fits_together_fits_both_ways() {
    for service in PRESTAZIONI {
        for other in service.insieme {
            let other = find(other).expect("it is a service");
            assert!(other.insieme.contains(&service.codice), "{}", other.codice);
            assert!(other.laboratorio.is_none() && service.laboratorio.is_none());
        }
    }
}

#[test]
fn first_information_is_for_everybody_from_fifteen() {
    let young = Richiedente {
        eta: 15,
        did: false,
        patto: false,
        ..ADULT
    };
    check("prima_informazione", young, Ok(()));
    check(
        "prima_informazione",
        Richiedente { eta: 14, ..young },
        Err(Refusal::TooYoung),
    );
}

#[test]
fn at_fifteen_schooling_has_to_be_declared() {
    let fifteen = Richiedente { eta: 15, ..ADULT };
    check("did_patto", fifteen, Err(Refusal::NeedsSchool));
    check(
        "did_patto",
        Richiedente {
            obbligo_assolto: true,
            ..fifteen
        },
        Ok(()),
    );
    check("tirocini", fifteen, Err(Refusal::TooYoung));
}

#[test]
fn some_services_come_after_the_did_or_the_patto() {
    let nothing = Richiedente {
        did: false,
        patto: false,
        ..ADULT
    };
    check("orientamento_base", nothing, Err(Refusal::NeedsDid));
    check(
        "orientamento_specialistico",
        nothing,
        Err(Refusal::NeedsPatto),
    );
    check("orientamento_specialistico", ADULT, Ok(()));
    check("eures", nothing, Ok(()));
}

#[test]
fn an_agency_changes_only_what_it_names() {
    let service = find("eures").unwrap();
    let varied = service.varied(Variante {
        margine_ore: Some(72),
        ..Variante::default()
    });
    assert_eq!(varied.margine_ore, 72);
    assert_eq!(varied.orizzonte_giorni, service.orizzonte_giorni);
}
