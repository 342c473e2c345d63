// SPDX-License-Identifier: EUPL-1.2
//! Free places and bookings, with ten thousand bookings stored.
//!
//! How long an answer takes inside the component is told as what one connection waits for it more than for the empty
//! component, median against median in the same seconds. That is a little more than the truth: the way of a longer body
//! is in it, and the store, which lies outside of the component.

use std::sync::Barrier;
use std::time::{Duration, Instant};

use anyhow::{Result, bail, ensure};
use serde_json::json;

use super::Measure;
use super::load::{CONNECTIONS, quantile, timed};
use super::stage::{EMPTY, Stage};
use super::wire::{Connection, request};
use town::{Place, Town, asked};

mod sessions;
pub(crate) mod town;

/// Milliseconds inside the component: a month of one office, and the first place of each office of the Region.
const MONTH: f64 = 3.0;
const FIRSTS: f64 = 30.0;
/// How often the empty component and what is measured take turns.
const ROUNDS: usize = 5;
/// Requests of a turn of one connection.
const TURN: usize = 100;
/// People who hold and confirm in one turn.
const BOOKERS: usize = CONNECTIONS * 8;
/// How long the empty component has its turn beside them.
const SLICE: Duration = Duration::from_millis(500);

/// All rows of this kind.
pub(crate) fn measure(stage: &Stage, town: &Town, measures: &mut Vec<Measure>) -> Result<()> {
    println!("  places: reading …");
    let (today, month) = (tests::days_from_now(0), tests::days_from_now(30));
    for (name, target, at_most) in [
        (
            "a month of free places of one office",
            format!(
                "/api/disponibilita?servizio={}&sede=bologna&dal={today}&al={month}",
                town::FIRST
            ),
            MONTH,
        ),
        (
            "the first free place of each office of the Region",
            format!("/api/sedi/prime?servizio={}&comune=A944", town::FIRST),
            FIRSTS,
        ),
    ] {
        measures.push(Measure {
            name: format!(
                "{name}, {} bookings stored, inside the component",
                town.booked
            ),
            unit: "ms",
            is: inside(stage, &target)?,
            at_most: Some(at_most),
        });
    }
    println!("  places: holding and confirming …");
    bookings(stage, town, measures)
}

/// Milliseconds that an answer takes more than that of the empty component, at one connection.
fn inside(stage: &Stage, target: &str) -> Result<f64> {
    let mut connection = Connection::open(stage.address())?;
    let requests = [EMPTY, target].map(|target| request("GET", target, &[], None));
    let mut more = Vec::new();
    for _ in 0..ROUNDS {
        let mut medians = [0.0; 2];
        for (request, median) in requests.iter().zip(&mut medians) {
            let mut micros = Vec::with_capacity(TURN);
            for _ in 0..TURN {
                micros.push(timed(&mut connection, request, 200)?.0);
            }
            micros.sort_unstable();
            *median = quantile(&micros, 0.5) / 1e3;
        }
        more.push(medians[1] - medians[0]);
    }
    Ok(median(more))
}

/// Hold and confirm at sixteen connections, beside the empty component at as many. What was booked is cancelled again,
/// which is not timed.
fn bookings(stage: &Stage, town: &Town, measures: &mut Vec<Measure>) -> Result<()> {
    let places = town::places(stage, town::THIRD, (23, 31))?;
    ensure!(places.len() >= BOOKERS, "there are too few places");
    let bookers: Vec<Booker<'_>> = town
        .people
        .iter()
        .zip(&places)
        .take(BOOKERS)
        .map(|(cookie, place)| Booker { cookie, place })
        .collect();
    let mut ratios: [[Vec<f64>; 2]; 2] = Default::default();
    let mut times: [Vec<u32>; 2] = Default::default();
    for round in 0..ROUNDS {
        let mut empty: Vec<u32> = at_once(stage, &|_, connection| {
            let request = request("GET", EMPTY, &[], None);
            let (since, mut micros) = (Instant::now(), Vec::new());
            while since.elapsed() < SLICE {
                micros.push(timed(connection, &request, 200)?.0);
            }
            Ok(micros)
        })?;
        let booked: Vec<Booked<'_>> = at_once(stage, &|number, connection| {
            let own = bookers.iter().skip(number).step_by(CONNECTIONS);
            own.map(|booker| booker.book(connection, round)).collect()
        })?;
        at_once(stage, &|number, connection| {
            let own = booked.iter().skip(number).step_by(CONNECTIONS);
            own.map(|booked| booked.cancel(connection)).collect()
        })?;
        empty.sort_unstable();
        for (act, (ratios, times)) in ratios.iter_mut().zip(&mut times).enumerate() {
            let mut own: Vec<u32> = booked.iter().map(|booked| booked.micros[act]).collect();
            own.sort_unstable();
            for (ratios, part) in ratios.iter_mut().zip([0.5, 0.99]) {
                ratios.push(quantile(&own, part) / quantile(&empty, part));
            }
            times.extend(own);
        }
    }
    for ((name, ratios), mut times) in ["hold", "confirm"].into_iter().zip(ratios).zip(times) {
        times.sort_unstable();
        for ((said, part), ratios) in [("p50", 0.5), ("p99", 0.99)].into_iter().zip(ratios) {
            measures.extend(Measure::beside_empty(
                &format!("{name} a place, {CONNECTIONS} connections, {said}"),
                quantile(&times, part) / 1e3,
                median(ratios),
            ));
        }
    }
    Ok(())
}

/// Somebody with a place that nobody else wants.
struct Booker<'a> {
    cookie: &'a str,
    place: &'a Place,
}

/// What they have booked, and how long hold and confirmation took.
struct Booked<'a> {
    cookie: &'a str,
    path: String,
    micros: [u32; 2],
}

impl<'a> Booker<'a> {
    fn book(&self, connection: &mut Connection, round: usize) -> Result<Booked<'a>> {
        let mut body = self.place.wanted(town::THIRD);
        let hold = asked("/api/blocchi", self.cookie, &body, "");
        let (holding, held) = timed(connection, &hold, 201)?;
        let held: serde_json::Value = serde_json::from_slice(&held.body)?;
        body["blocco"] = held["id"].clone();
        let key = format!("bench-{round}");
        let confirm = asked("/api/appuntamenti", self.cookie, &body, &key);
        let (confirming, confirmed) = timed(connection, &confirm, 201)?;
        Ok(Booked {
            cookie: self.cookie,
            path: confirmed.location,
            micros: [holding, confirming],
        })
    }
}

impl Booked<'_> {
    fn cancel(&self, connection: &mut Connection) -> Result<()> {
        let target = format!("{}/disdici", self.path);
        let cancel = asked(&target, self.cookie, &json!({ "motivo": "altro" }), "");
        timed(connection, &cancel, 200).map(drop)
    }
}

/// The same work on each of sixteen connections at once, and what came of it together.
pub(crate) fn at_once<T: Send>(
    stage: &Stage,
    work: &(dyn Fn(usize, &mut Connection) -> Result<Vec<T>> + Sync),
) -> Result<Vec<T>> {
    let begin = Barrier::new(CONNECTIONS);
    std::thread::scope(|scope| {
        let threads: Vec<_> = (0..CONNECTIONS)
            .map(|number| {
                let begin = &begin;
                scope.spawn(move || {
                    let opened = Connection::open(stage.address());
                    // Everybody comes here, also who cannot go on: the others would wait for ever.
                    begin.wait();
                    work(number, &mut opened?)
                })
            })
            .collect();
        let mut all = Vec::new();
        for thread in threads {
            let Ok(done) = thread.join() else {
                bail!("a connection has panicked");
            };
            all.extend(done?);
        }
        Ok(all)
    })
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or(f64::NAN)
}
