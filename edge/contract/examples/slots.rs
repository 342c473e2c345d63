// SPDX-License-Identifier: EUPL-1.2
//! How long the slot engine takes: a month of one office, and the first free place of all 38, with 10,000 bookings spread
//! over the offices of the Region. Prints one line for each. What the store takes to answer is not in here.

use std::{
    error::Error,
    hint::black_box,
    time::{Duration, Instant},
};

use contract::{
    sede::Rete,
    slots::{self, By, Exceptions, Occupied, Office, Search, Visit},
};
use jiff::{Span, Timestamp};

/// How often each is measured; the median counts.
const TIMES: usize = 101;

fn main() -> Result<(), Box<dyn Error>> {
    let rete: Rete = serde_json::from_str(include_str!("../../config/sedi.json"))?;
    let now: Timestamp = "2026-11-24T09:00:00+01:00".parse()?;
    let today = contract::values::calendar::rome_date(now);
    let visit = Visit::new(&rete, "did_patto", &[] as &[&str]).map_err(|refusal| refusal.code())?;
    let (month, horizon) = (
        today.saturating_add(Span::new().days(30)),
        today.saturating_add(Span::new().days(60)),
    );
    let booked = booked(&rete, slots::cells_between(today, horizon));
    let exceptions = Exceptions::default();
    let search = Search {
        visit: &visit,
        by: By::Citizen,
        modalita: None,
        now,
    };
    let office = |n: usize| Office {
        sede: &rete.sedi[n],
        exceptions: &exceptions,
        occupied: &booked[n],
    };
    let bologna = rete.sedi.iter().position(|s| s.codice == "bologna");
    let bologna = bologna.ok_or("no office in Bologna")?;
    report("a month of one office, on the wire", || {
        let places: Vec<_> = slots::free(office(bologna), search, today, month)
            .iter()
            .map(|slot| slot.on_the_wire("bologna"))
            .collect();
        black_box(places).len()
    });
    report("first place of every office", || {
        let found = (0..rete.sedi.len())
            .map(|n| {
                (
                    &rete.sedi[n],
                    slots::first(office(n), search, today, horizon),
                )
            })
            .collect();
        black_box(rete.first_places(Some("A944"), found)).len()
    });
    report("reading the configuration", || {
        let rete: Result<Rete, _> = serde_json::from_str(include_str!("../../config/sedi.json"));
        black_box(rete).map_or(0, |rete| rete.sedi.len())
    });
    Ok(())
}

/// 10,000 bookings of an hour, in turn over offices, groups and desks.
fn booked(rete: &Rete, cells: core::ops::Range<i64>) -> Vec<Occupied> {
    let mut booked: Vec<_> = rete
        .sedi
        .iter()
        .map(|_| Occupied::new(cells.clone()))
        .collect();
    let length = cells.end - cells.start;
    for n in 0..10_000_i64 {
        let index = usize::try_from(n).unwrap_or(0) % rete.sedi.len();
        let group = &rete.sedi[index].gruppi[0];
        let desk = u16::try_from(n % 3).unwrap_or(0);
        let start = cells.start + (n * 7_919) % length;
        for cell in start..start + 4 {
            booked[index].take(&group.codice, cell, desk);
        }
    }
    booked
}

fn report(what: &str, mut run: impl FnMut() -> usize) {
    let mut taken: Vec<Duration> = Vec::with_capacity(TIMES);
    let mut found = 0;
    for _ in 0..TIMES {
        let begun = Instant::now();
        found = run();
        taken.push(begun.elapsed());
    }
    taken.sort_unstable();
    println!("{what}: {:?} ({found} found)", taken[TIMES / 2]);
}
