// SPDX-License-Identifier: EUPL-1.2
//! The shipped configuration is sound, and a mistake in it would be found.

use super::*;
use crate::sede::Chiusura;

fn shipped() -> Rete {
    serde_json::from_str(include_str!("../../../../config/sedi.json")).unwrap()
}

/// The comuni of Emilia-Romagna of today, from the reference data.
fn comuni() -> Vec<&'static str> {
    include_str!("../../../data/comuni.csv")
        .lines()
        .filter_map(|line| {
            let mut columns = line.split(',');
            let code = columns.next()?;
            let region = columns.nth(3)?;
            let ended = columns.next_back()?;
            (region == "Emilia-Romagna" && ended.is_empty()).then_some(code)
        })
        .collect()
}

#[test]
fn the_shipped_offices_are_sound() {
    let comuni = comuni();
    assert_eq!(comuni.len(), 330);
    assert_eq!(shipped().faults(&comuni), Vec::<String>::new());
    assert_eq!(shipped().sedi.len(), 38);
}

#[test]
fn every_comune_has_one_office_in_its_province() {
    let rete = shipped();
    for line in include_str!("../../../data/comuni.csv").lines().skip(1) {
        let columns: Vec<_> = line.split(',').collect();
        if columns[4] == "Emilia-Romagna" && columns[8].is_empty() {
            assert_eq!(rete.competente(columns[0]).unwrap().provincia, columns[3]);
        }
    }
    assert!(rete.competente("H501").is_none(), "Rome has no office here");
    assert_eq!(rete.competente("A944").unwrap().codice, "bologna");
}

#[test]
fn addresses_are_examples() {
    for sede in shipped().sedi {
        assert!(sede.email.ends_with("@agenzia.example"), "{}", sede.codice);
        assert!(
            sede.pec.ends_with("@pec.agenzia.example"),
            "{}",
            sede.codice
        );
    }
}

#[test]
fn neighbours_stand_in_order_of_distance() {
    let rete = shipped();
    for sede in &rete.sedi {
        let far = |code: &String| rete.sede(code).unwrap().distanza_km(sede);
        assert!(sede.vicine.iter().map(far).is_sorted(), "{}", sede.codice);
    }
    let (bologna, rimini) = (rete.sede("bologna").unwrap(), rete.sede("rimini").unwrap());
    assert!((105..=115).contains(&bologna.distanza_km(rimini)));
}

#[track_caller]
fn spoiled(spoil: impl FnOnce(&mut Rete), fault: &str) {
    let mut rete = shipped();
    spoil(&mut rete);
    let faults = rete.faults(&comuni());
    assert!(
        faults.iter().any(|found| found.contains(fault)),
        "{faults:?}"
    );
}

#[test]
fn mistakes_are_found() {
    spoiled(|r| r.sedi[1].codice = r.sedi[0].codice.clone(), "twice");
    spoiled(|r| r.sedi[0].comuni.truncate(1), "no office serves it");
    spoiled(|r| r.sedi[0].comuni.push("A944".into()), "served by");
    spoiled(|r| r.sedi[0].comuni.push("H501".into()), "not a comune");
    spoiled(|r| r.sedi[0].vicine = vec!["atlantide".into()], "neighbour");
    spoiled(|r| r.sedi[0].patrono = Some((2, 30)), "patron");
    spoiled(|r| r.sedi[0].orari[0].giorno = 7, "weekday 7");
    spoiled(|r| r.sedi[0].orari[0].fasce.reverse(), "is wrong");
    spoiled(|r| r.sedi[0].gruppi[0].sportelli = 65, "too many");
    spoiled(
        |r| r.sedi[0].gruppi[0].servizi.push("x".into()),
        "not a service",
    );
    spoiled(
        |r| r.sedi[0].orari.truncate(1),
        "while the office is closed",
    );
    spoiled(|r| r.sedi[0].aule.clear(), "wants a room");
    spoiled(|r| r.sedi[0].pec.clear(), "is empty");
    spoiled(|r| r.sedi[0].lat = 0.0, "in Italy");
    spoiled(|r| r.promemoria_ore = vec![24, 48], "reminders");
    spoiled(
        |r| {
            let motivo = String::new();
            let (dal, al) = (Date::constant(2027, 1, 2), Date::constant(2027, 1, 1));
            r.sedi[0].chiusure.push(Chiusura {
                dal,
                al,
                motivo,
                motivo_en: String::new(),
            });
        },
        "the closure",
    );
    spoiled(
        |r| {
            for group in r.sedi.iter_mut().flat_map(|sede| &mut sede.gruppi) {
                group.servizi.retain(|code| code != "eures");
            }
        },
        "eures: no office",
    );
}
