// SPDX-License-Identifier: EUPL-1.2
//! What is free, and each reason why a wanted beginning is not.

use alloc::{string::ToString, vec, vec::Vec};
use jiff::civil::date;

use super::*;
use crate::{
    appuntamento::refusal::Refusal,
    sede::{Chiusura, Orario, Rete},
};

pub(super) fn shipped() -> Rete {
    serde_json::from_str(include_str!("../../../config/sedi.json")).unwrap()
}

pub(super) fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

/// A Tuesday; the office of Bologna is open from 8:30 to 13:00 and from 14:00 to 17:00.
const NOW: &str = "2026-11-24T09:10:00+01:00";

struct Bench {
    rete: Rete,
    exceptions: Exceptions,
    occupied: Occupied,
    visit: Visit,
    by: By,
    only: Option<Modalita>,
    now: Timestamp,
}

impl Bench {
    fn new(service: &str) -> Self {
        Self::with(service, &[])
    }

    fn with(service: &str, others: &[&str]) -> Self {
        let rete = shipped();
        Self {
            visit: Visit::new(&rete, service, others).unwrap(),
            rete,
            exceptions: Exceptions::default(),
            occupied: Occupied::new(cells_between(date(2026, 1, 1), date(2027, 12, 31))),
            by: By::Citizen,
            only: None,
            now: at(NOW),
        }
    }

    fn office(&self, code: &str) -> Office<'_> {
        Office {
            sede: self.rete.sede(code).unwrap(),
            exceptions: &self.exceptions,
            occupied: &self.occupied,
        }
    }

    fn search(&self) -> Search<'_> {
        Search {
            visit: &self.visit,
            by: self.by,
            modalita: self.only,
            now: self.now,
        }
    }

    fn on(&self, code: &str, day: Date) -> Vec<(alloc::string::String, u16)> {
        free(self.office(code), self.search(), day, day)
            .iter()
            .map(|slot| {
                (
                    written(instant_of(slot.cell))[11..16].to_string(),
                    slot.places,
                )
            })
            .collect()
    }

    fn place(&self, code: &str, start: &str, way: Modalita) -> Result<Place, Refusal> {
        check(self.office(code), self.search(), &parse_start(start)?, way)
    }

    #[track_caller]
    fn refused(&self, code: &str, start: &str, why: Refusal) {
        assert_eq!(self.place(code, start, Modalita::Presenza).err(), Some(why));
    }
}

#[test]
fn a_day_has_the_beginnings_of_its_hours() {
    let bench = Bench::new("did_patto");
    let day: Vec<_> = bench.on("bologna", date(2026, 12, 1));
    let times: Vec<_> = day.iter().map(|(time, _)| time.as_str()).collect();
    // An hour with its pause, every half an hour, within each span.
    assert_eq!(
        times,
        [
            "08:30", "09:00", "09:30", "10:00", "10:30", "11:00", "11:30", "12:00", "14:00",
            "14:30", "15:00", "15:30", "16:00"
        ]
    );
    assert!(day.iter().all(|(_, places)| *places == 6));
}

#[test]
fn what_is_taken_is_not_free_for_any_visit_that_touches_it() {
    let mut bench = Bench::new("did_patto");
    let cell = parse_start("2026-12-01T10:00:00+01:00")
        .unwrap()
        .cell()
        .unwrap();
    for desk in 0..6 {
        bench.occupied.take("patto", cell, desk);
    }
    let times: Vec<_> = bench.on("bologna", date(2026, 12, 1));
    let gone = ["09:30", "10:00"];
    assert_eq!(times.len(), 11);
    assert!(times.iter().all(|(time, _)| !gone.contains(&time.as_str())));
    bench.refused("bologna", "2026-12-01T10:00:00+01:00", Refusal::SlotTaken);
    // Another group's cells are not ours.
    bench.visit = Visit::new(&bench.rete, "eures", &[] as &[&str]).unwrap();
    assert!(
        bench
            .place("bologna", "2026-12-01T10:00:00+01:00", Modalita::Presenza)
            .is_ok()
    );
}

#[test]
fn a_visit_needs_one_desk_for_all_its_time() {
    let mut bench = Bench::new("did_patto");
    bench.exceptions.capacity.push(Change {
        gruppo: "patto".into(),
        dal: date(2026, 12, 1),
        al: date(2026, 12, 1),
        sportelli: 2,
    });
    let cell = parse_start("2026-12-01T10:00:00+01:00")
        .unwrap()
        .cell()
        .unwrap();
    // Desk 0 is free in the first half, desk 1 in the second: no desk for a whole visit.
    bench.occupied.take("patto", cell + 3, 0);
    bench.occupied.take("patto", cell, 1);
    bench.refused("bologna", "2026-12-01T10:00:00+01:00", Refusal::SlotTaken);
    assert_eq!(bench.on("bologna", date(2026, 12, 1))[1].1, 2);
}

#[test]
fn groups_that_take_the_same_service_put_their_places_together() {
    let bench = Bench::new("supporto_cv");
    let day = bench.on("bologna", date(2026, 12, 1));
    assert!(day.iter().all(|(_, places)| *places == 3 + 6));
    let place = bench
        .place("bologna", "2026-12-01T10:00:00+01:00", Modalita::Presenza)
        .unwrap();
    // The group with fewer services first, the lowest desk first.
    assert_eq!(place.seats.len(), 9);
    assert_eq!(
        (place.seats[0].gruppo.as_str(), place.seats[0].sportello),
        ("accoglienza", 0)
    );
    assert_eq!(place.seats[3].gruppo, "patto");
    assert_eq!(written(place.end), "2026-12-01T10:40:00+01:00");
}

#[test]
fn several_services_in_one_visit_take_their_time_together() {
    let bench = Bench::with("did_patto", &["supporto_cv"]);
    assert_eq!(
        (bench.visit.minutes, bench.visit.pause, bench.visit.step),
        (90, 10, 30)
    );
    assert_eq!(bench.visit.desk_cells(0), 0..7);
    assert_eq!(bench.visit.person_cells(0), 0..6);
    assert_eq!(bench.visit.modalita, [Modalita::Presenza, Modalita::Video]);
    // Only the group that takes both.
    assert!(
        bench
            .on("bologna", date(2026, 12, 1))
            .iter()
            .all(|(_, places)| *places == 6)
    );
    let wrong = Visit::new(&bench.rete, "did_patto", &["eures"]);
    assert_eq!(wrong.err(), Some(Refusal::NotTogether));
    let twice = Visit::new(&bench.rete, "did_patto", &["did_patto"]);
    assert_eq!(twice.err(), Some(Refusal::NotTogether));
    let three = Visit::new(&bench.rete, "supporto_cv", &["did_patto", "tirocini"]);
    assert_eq!(three.err(), Some(Refusal::NotTogether));
    let unknown = Visit::new(&bench.rete, "supporto_cv", &["x"]);
    assert_eq!(unknown.err(), Some(Refusal::UnknownService));
}

#[test]
fn a_group_session_has_a_seat_for_each_person() {
    let mut bench = Bench::new("laboratorio_gruppo");
    let day = date(2026, 12, 1);
    assert_eq!(bench.on("bologna", day), [("14:30".to_string(), 12)]);
    let start = "2026-12-01T14:30:00+01:00";
    let first = bench.place("bologna", start, Modalita::Presenza).unwrap();
    for cell in bench.visit.desk_cells(first.cell) {
        bench.occupied.take("laboratori", cell, 0);
    }
    assert_eq!(bench.on("bologna", day), [("14:30".to_string(), 11)]);
    // The desk does not begin a session at another time either.
    bench.by = By::Desk;
    bench.refused("bologna", "2026-12-01T14:45:00+01:00", Refusal::OffGrid);
    bench.by = By::Citizen;
    bench.refused("bologna", "2026-12-02T14:30:00+01:00", Refusal::Closed);
}

#[test]
fn each_refusal_has_its_code() {
    let bench = Bench::new("did_patto");
    bench.refused("bologna", "domani alle 9", Refusal::NotAnInstant);
    bench.refused("bologna", "2026-12-01", Refusal::NotAnInstant);
    bench.refused(
        "bologna",
        "2026-12-01T25:00:00+01:00",
        Refusal::NotAnInstant,
    );
    bench.refused("bologna", "2027-03-28T02:30:00+01:00", Refusal::NoSuchTime);
    bench.refused("bologna", "2027-03-28T02:30:00", Refusal::NoSuchTime);
    bench.refused(
        "bologna",
        "2027-10-31T02:30:00+02:00",
        Refusal::AmbiguousTime,
    );
    bench.refused("bologna", "2027-10-31T00:30:00Z", Refusal::AmbiguousTime);
    bench.refused("bologna", "2026-11-24T09:09:59+01:00", Refusal::Past);
    bench.refused("bologna", "1969-11-24T09:00:00+01:00", Refusal::Past);
    bench.refused("bologna", "2026-11-25T09:00:00+01:00", Refusal::TooSoon);
    bench.refused(
        "bologna",
        "2027-01-25T09:00:00+01:00",
        Refusal::BeyondHorizon,
    );
    bench.refused(
        "bologna",
        "9998-01-25T09:00:00+01:00",
        Refusal::BeyondHorizon,
    );
    bench.refused("bologna", "2026-11-29T09:00:00+01:00", Refusal::Closed);
    bench.refused("bologna", "2026-12-08T09:00:00+01:00", Refusal::Closed);
    bench.refused("bologna", "2026-11-28T09:00:00+01:00", Refusal::Closed);
    bench.refused("bologna", "2026-12-24T09:00:00+01:00", Refusal::Closed);
    bench.refused(
        "bologna",
        "2026-12-01T08:15:00+01:00",
        Refusal::OutsideHours,
    );
    bench.refused(
        "bologna",
        "2026-12-01T12:30:00+01:00",
        Refusal::OutsideHours,
    );
    bench.refused(
        "bologna",
        "2026-12-01T13:30:00+01:00",
        Refusal::OutsideHours,
    );
    bench.refused("bologna", "2026-12-01T09:15:00+01:00", Refusal::OffGrid);
    bench.refused("bologna", "2026-12-01T09:00:01+01:00", Refusal::OffGrid);
    bench.refused("bologna", "2026-12-01T09:00:00.5+01:00", Refusal::OffGrid);
    let phone = bench.place("bologna", "2026-12-01T09:00:00+01:00", Modalita::Telefono);
    assert_eq!(phone.err(), Some(Refusal::WrongModality));
    let far = Bench::new("eures");
    far.refused(
        "langhirano",
        "2026-12-01T09:00:00+01:00",
        Refusal::NotOffered,
    );
    // The patron of Modena, 31 January, is a weekday in 2028.
    let patron = Bench {
        now: at("2028-01-10T09:00:00+01:00"),
        ..Bench::new("did_patto")
    };
    patron.refused("modena", "2028-01-31T09:00:00+01:00", Refusal::Closed);
}

#[test]
fn an_instant_may_be_written_in_several_ways() {
    let bench = Bench::new("did_patto");
    let place = |start| bench.place("bologna", start, Modalita::Video).unwrap();
    let wanted = place("2026-12-01T09:00:00+01:00");
    assert_eq!(place("2026-12-01T08:00:00Z"), wanted);
    assert_eq!(place("2026-12-01T09:00"), wanted);
    assert_eq!(place("2026-12-01T03:00:00-05:00"), wanted);
    assert_eq!(written(wanted.start), "2026-12-01T09:00:00+01:00");
    assert_eq!(
        written(at("2026-07-01T07:00:00Z")),
        "2026-07-01T09:00:00+02:00"
    );
    assert_eq!(
        parse_start("2026-12-01T09:00:00+01:00[Europe/Rome]"),
        Err(Refusal::NotAnInstant)
    );
}

#[test]
fn notice_and_horizon_are_exact() {
    let mut bench = Bench::new("did_patto");
    bench.now = at("2026-11-30T09:00:00+01:00");
    assert_eq!(bench.on("bologna", date(2026, 12, 1))[0].0, "09:00");
    bench.now = at("2026-11-30T09:00:01+01:00");
    assert_eq!(bench.on("bologna", date(2026, 12, 1))[0].0, "09:30");
    bench.now = at("2026-11-30T23:59:00+01:00");
    assert!(!bench.on("bologna", date(2027, 1, 29)).is_empty());
    bench.refused(
        "bologna",
        "2027-02-01T09:00:00+01:00",
        Refusal::BeyondHorizon,
    );
}

#[test]
fn the_agency_changes_notice_and_horizon() {
    let mut rete = shipped();
    rete.varianti.insert(
        "did_patto".into(),
        crate::prestazioni::Variante {
            margine_ore: Some(0),
            orizzonte_giorni: Some(7),
            ..Default::default()
        },
    );
    let mut bench = Bench::new("did_patto");
    bench.visit = Visit::new(&rete, "did_patto", &[] as &[&str]).unwrap();
    assert_eq!(bench.on("bologna", date(2026, 11, 24))[0].0, "09:30");
    bench.refused(
        "bologna",
        "2026-12-02T09:00:00+01:00",
        Refusal::BeyondHorizon,
    );
}

#[test]
fn the_desk_is_bound_by_hours_alone() {
    let bench = Bench {
        by: By::Desk,
        ..Bench::new("did_patto")
    };
    let way = Modalita::Presenza;
    // The quarter of an hour that is running, and any other one.
    assert!(
        bench
            .place("bologna", "2026-11-24T09:00:00+01:00", way)
            .is_ok()
    );
    assert!(
        bench
            .place("bologna", "2026-11-24T09:45:00+01:00", way)
            .is_ok()
    );
    assert!(
        bench
            .place("bologna", "2027-06-01T09:00:00+02:00", way)
            .is_ok()
    );
    bench.refused("bologna", "2026-11-24T08:45:00+01:00", Refusal::Past);
    bench.refused("bologna", "2026-11-24T09:50:00+01:00", Refusal::OffGrid);
    bench.refused(
        "bologna",
        "2026-11-24T13:15:00+01:00",
        Refusal::OutsideHours,
    );
    bench.refused(
        "bologna",
        "2027-12-01T09:00:00+01:00",
        Refusal::BeyondHorizon,
    );
}

#[test]
fn who_walks_in_gets_a_free_desk_now() {
    let mut bench = Bench {
        by: By::Desk,
        now: at("2026-11-24T13:10:00+01:00"),
        ..Bench::new("prima_informazione")
    };
    let place = walk_in(bench.office("bologna"), bench.search()).unwrap();
    assert_eq!(written(place.start), "2026-11-24T13:00:00+01:00");
    for desk in 0..3 {
        bench.occupied.take("accoglienza", place.cell, desk);
    }
    let none = walk_in(bench.office("bologna"), bench.search());
    assert_eq!(none.err(), Some(Refusal::NoDesk));
    bench.now = at("2026-11-29T10:00:00+01:00");
    let sunday = walk_in(bench.office("bologna"), bench.search());
    assert_eq!(sunday.err(), Some(Refusal::Closed));
}

#[test]
fn a_closure_of_the_store_and_one_of_the_configuration_close() {
    let mut bench = Bench::new("did_patto");
    let day = date(2026, 12, 1);
    assert!(!bench.on("bologna", day).is_empty());
    bench.exceptions.closures.push((day, "Trasloco".into()));
    assert!(bench.on("bologna", day).is_empty());
    let sede = bench.rete.sede("bologna").unwrap();
    let why = closed_on(sede, &bench.exceptions, day);
    assert_eq!(why.map(ClosedDay::label), Some("Trasloco"));
    let eve = closed_on(sede, &bench.exceptions, date(2026, 12, 24));
    assert_eq!(eve.map(ClosedDay::label), Some("Vigilia di Natale"));
    assert_eq!(
        closed_on(sede, &bench.exceptions, date(2026, 12, 6)),
        Some(ClosedDay::Sunday)
    );
    assert_eq!(
        closed_on(sede, &bench.exceptions, date(2026, 12, 8)),
        Some(ClosedDay::Holiday)
    );
    let modena = bench.rete.sede("modena").unwrap();
    assert_eq!(
        closed_on(modena, &bench.exceptions, date(2028, 1, 31)),
        Some(ClosedDay::Patron)
    );
}

#[test]
fn capacity_follows_the_change_that_begins_later() {
    let mut bench = Bench::new("did_patto");
    let change = |dal, al, sportelli| Change {
        gruppo: "patto".into(),
        dal,
        al,
        sportelli,
    };
    bench.exceptions.capacity = vec![
        change(date(2026, 12, 2), date(2026, 12, 2), 0),
        change(date(2026, 11, 1), date(2026, 12, 31), 4),
    ];
    assert_eq!(bench.on("bologna", date(2026, 12, 1))[0].1, 4);
    assert!(bench.on("bologna", date(2026, 12, 2)).is_empty());
    assert_eq!(bench.on("bologna", date(2027, 1, 4))[0].1, 6);
}

#[test]
fn only_groups_that_receive_in_the_wanted_way_count() {
    let mut bench = Bench::new("supporto_cv");
    bench.rete.sedi[20].gruppi[0].modalita = vec![Modalita::Telefono];
    assert_eq!(bench.rete.sedi[20].codice, "bologna");
    let places = |bench: &Bench| bench.on("bologna", date(2026, 12, 1))[0].1;
    assert_eq!(places(&bench), 9);
    bench.only = Some(Modalita::Presenza);
    assert_eq!(places(&bench), 6);
    bench.only = Some(Modalita::Telefono);
    assert_eq!(places(&bench), 9);
}

#[test]
fn nearest_are_the_alternatives() {
    let bench = Bench::new("did_patto");
    let day = date(2026, 12, 1);
    let slots = free(bench.office("bologna"), bench.search(), day, day);
    let wanted = parse_start("2026-12-01T10:00:00+01:00")
        .unwrap()
        .cell()
        .unwrap();
    let near: Vec<_> = nearest(slots, wanted, 3)
        .iter()
        .map(|slot| slot.on_the_wire("bologna").inizio[11..16].to_string())
        .collect();
    assert_eq!(near, ["09:30", "10:00", "10:30"]);
}

#[test]
fn offices_stand_in_the_order_that_helps() {
    let bench = Bench::new("did_patto");
    let (from, to) = (date(2026, 11, 25), date(2026, 12, 5));
    let found: Vec<_> = bench
        .rete
        .sedi
        .iter()
        .map(|sede| {
            let none = sede.codice == "zola_predosa";
            let slot = first(bench.office(&sede.codice), bench.search(), from, to);
            (sede, slot.filter(|_| !none))
        })
        .collect();
    let places = bench.rete.first_places(Some("A944"), found.clone());
    assert_eq!(places.len(), 38);
    assert!(places[0].competente && places[0].sede == "bologna" && places[0].distanza_km == 0);
    assert_eq!(places[1].sede, "san_lazzaro_di_savena");
    assert!(places[37].primo.is_none() && places[37].sede == "zola_predosa");
    assert_eq!(
        places[0].primo.as_ref().unwrap().inizio,
        "2026-11-25T09:30:00+01:00"
    );
    let anywhere = bench.rete.first_places(None, found);
    assert!(anywhere[..37].is_sorted_by_key(|place| place.primo.as_ref().unwrap().inizio.clone()));
    assert!(anywhere.iter().all(|place| !place.competente));
}

#[test]
fn no_time_of_a_clock_change_is_offered_even_when_hours_say_so() {
    // An office that would receive at night on the days of the change, were they not Sundays.
    for (day, change) in [
        (date(2026, 3, 29), "spring"),
        (date(2026, 10, 25), "autumn"),
    ] {
        let clock = time::DayClock::new(day).unwrap();
        let cells: Vec<_> = (0..24 * 4 - 1)
            .filter_map(|quarter| clock.cell(quarter * 15, 15))
            .collect();
        // Spring lacks an hour, autumn has one twice; the quarter before it does not end when it should.
        assert!(cells.is_sorted_by(|a, b| a < b), "{change}");
        assert_eq!(cells.len(), 24 * 4 - 1 - 5, "{change}");
        for cell in cells {
            let text = written(instant_of(cell));
            assert!(
                parse_start(&text).is_ok() && &text[11..13] != "02",
                "{text}"
            );
        }
    }
}

#[test]
fn hours_of_an_office_may_differ_by_day_and_have_closures_of_many_days() {
    let mut bench = Bench::new("did_patto");
    let sede = bench
        .rete
        .sedi
        .iter_mut()
        .find(|s| s.codice == "carpi")
        .unwrap();
    sede.orari = vec![Orario {
        giorno: 3,
        fasce: vec![(
            jiff::civil::time(10, 0, 0, 0),
            jiff::civil::time(11, 15, 0, 0),
        )],
    }];
    sede.chiusure.push(Chiusura {
        dal: date(2026, 12, 5),
        al: date(2026, 12, 12),
        motivo: "Lavori".into(),
        motivo_en: String::new(),
    });
    let slots = free(
        bench.office("carpi"),
        bench.search(),
        date(2026, 12, 1),
        date(2026, 12, 31),
    );
    let days: Vec<_> = slots
        .iter()
        .map(|slot| slot.on_the_wire("carpi").inizio[..16].to_string())
        .collect();
    assert_eq!(
        days,
        [
            "2026-12-02T10:00",
            "2026-12-16T10:00",
            "2026-12-23T10:00",
            "2026-12-30T10:00"
        ]
    );
}

#[test]
fn days_that_were_not_asked_of_the_store_count_as_taken() {
    let bench = Bench {
        occupied: Occupied::new(cells_between(date(2026, 12, 1), date(2026, 12, 1))),
        ..Bench::new("did_patto")
    };
    assert!(!bench.on("bologna", date(2026, 12, 1)).is_empty());
    assert!(bench.on("bologna", date(2026, 12, 2)).is_empty());
}
