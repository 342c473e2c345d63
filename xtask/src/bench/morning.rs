// SPDX-License-Identifier: EUPL-1.2
//! A morning: five thousand people want an appointment at thirty offices within twenty minutes, more of them at the
//! beginning. They look, hold, confirm; some change their mind, move or cancel.
//!
//! The twenty minutes are compressed: everybody arrives and thinks twenty-four times as fast, the system works as it is. An
//! answer is late from the moment at which its request was due, whatever the one before it did. Afterwards the empty
//! component is asked at the pace of the busiest part, over as many connections, and then the desks' agendas say whether
//! anybody was given what somebody else had.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};

use super::Measure;
use super::load::quantile;
use super::slots::town::{Town, offices};
use super::stage::{EMPTY, Stage};
use super::wire::{Answer, Connection, request};
use diary::Diary;
use person::{Known, Person, Step};

mod check;
mod diary;
mod person;

/// Offices that people want to go to.
const OFFICES: usize = 30;
/// The twenty minutes, and how long they take here.
const DEMAND: Duration = Duration::from_secs(20 * 60);
const TAKES: Duration = Duration::from_secs(50);
/// Connections, each of one person at a time.
const CONNECTIONS: usize = 32;
/// The part of the morning that the empty component lives through as well.
const PEAK: Duration = Duration::from_secs(8);

/// What came of it.
#[derive(Default)]
struct Outcome {
    /// Microseconds of each request from the moment it was due, by what was asked.
    micros: BTreeMap<&'static str, Vec<u32>>,
    /// When each request was due, in microseconds from the beginning.
    due: Vec<u64>,
    /// Refusals by their code.
    refused: BTreeMap<String, u32>,
    /// Answers that no request deserves: 5xx, 429.
    broken: u32,
}

/// All rows of this kind.
pub(crate) fn measure(stage: &Stage, town: &Town, measures: &mut Vec<Measure>) -> Result<()> {
    let offices: Vec<(String, String)> = offices(stage)?.into_iter().take(OFFICES).collect();
    let people: Vec<Mutex<Person>> = town
        .people
        .iter()
        .enumerate()
        .map(|(n, cookie)| {
            let (office, _) = &offices[n % offices.len()];
            Mutex::new(Person::new(n, cookie, office))
        })
        .collect();
    println!("  morning: {} people at {OFFICES} offices …", people.len());
    let begin = Instant::now();
    let outcome = live(stage, &people)?;
    let took = begin.elapsed().as_secs_f64();
    println!("  morning: {took:.0} s; the empty component at the same pace …");
    let empty = pace(stage, &outcome.due)?;
    println!("  morning: reading the agendas …");
    let people: Vec<Person> = people
        .into_iter()
        .map(|person| person.into_inner().unwrap_or_else(PoisonError::into_inner))
        .collect();
    let seen = check::agendas(stage, &offices, &people)?;
    for (code, count) in &outcome.refused {
        println!("  morning: {count} refusals, {code}");
    }
    report(&outcome, &empty, measures);
    let mut row = |name: &str, unit, is, at_most| {
        measures.push(Measure {
            name: format!("a morning: {name}"),
            unit,
            is,
            at_most,
        });
    };
    row(
        "people who have an appointment at the end",
        "",
        f64::from(seen.expected),
        None,
    );
    row(
        "requests a second",
        "",
        outcome.due.len() as f64 / took,
        None,
    );
    row(
        "answers 5xx or 429",
        "",
        f64::from(outcome.broken),
        Some(0.0),
    );
    row(
        "places given twice, by the desks' agendas",
        "",
        f64::from(seen.twice),
        Some(0.0),
    );
    row(
        "appointments that agenda and person see differently",
        "",
        f64::from(seen.differing),
        Some(0.0),
    );
    Ok(())
}

fn report(outcome: &Outcome, empty: &[u32], measures: &mut Vec<Measure>) {
    let mut all: Vec<u32> = outcome.micros.values().flatten().copied().collect();
    all.sort_unstable();
    for (said, part) in [("p50", 0.5), ("p99", 0.99)] {
        let micros = quantile(&all, part);
        measures.extend(Measure::beside_empty(
            &format!("a morning: any answer, {said}"),
            micros / 1e3,
            micros / quantile(empty, part),
        ));
    }
    for (kind, micros) in &outcome.micros {
        let mut sorted = micros.clone();
        sorted.sort_unstable();
        measures.push(Measure {
            name: format!("a morning: {kind}, p99"),
            unit: "ms",
            is: quantile(&sorted, 0.99) / 1e3,
            at_most: None,
        });
    }
}

/// Lets everybody live through the morning.
fn live(stage: &Stage, people: &[Mutex<Person>]) -> Result<Outcome> {
    let arrivals = people.iter().enumerate().map(|(n, person)| {
        let person = person.lock().unwrap_or_else(PoisonError::into_inner);
        (compressed(person.arrives()), n)
    });
    let diary = Diary::new(arrivals);
    let outcome = Mutex::new(Outcome::default());
    workers(stage, &|line| {
        let mut own = Outcome::default();
        while let Some((due, who)) = diary.next() {
            let mut person = people[who].lock().unwrap_or_else(PoisonError::into_inner);
            let (kind, bytes) = person.asks();
            let answer = line.ask(&bytes).inspect_err(|_| diary.close())?;
            let late = diary.now().saturating_sub(due);
            own.micros
                .entry(kind)
                .or_default()
                .push(u32::try_from(late).unwrap_or(u32::MAX));
            own.due.push(due);
            if answer.status >= 500 || answer.status == 429 {
                own.broken += 1;
            }
            let heard = person.hears(&answer).inspect_err(|_| diary.close());
            let next = match heard.with_context(|| kind)? {
                Step::After(thinks) => Some(diary.now() + compressed(thinks)),
                Step::Done => None,
            };
            if let Some(code) = person.refusal() {
                *own.refused.entry(format!("{kind}: {code}")).or_default() += 1;
            }
            drop(person);
            diary.go_on(who, next);
        }
        let mut all = outcome.lock().unwrap_or_else(PoisonError::into_inner);
        for (kind, micros) in own.micros {
            all.micros.entry(kind).or_default().extend(micros);
        }
        for (code, count) in own.refused {
            *all.refused.entry(code).or_default() += count;
        }
        all.due.extend(own.due);
        all.broken += own.broken;
        Ok(())
    })?;
    let mut outcome = outcome.into_inner().unwrap_or_else(PoisonError::into_inner);
    outcome.due.sort_unstable();
    Ok(outcome)
}

/// How late the empty component is when it is asked at the pace of the beginning of the morning, sorted.
fn pace(stage: &Stage, due: &[u64]) -> Result<Vec<u32>> {
    let peak = u64::try_from(PEAK.as_micros()).unwrap_or(u64::MAX);
    let part = due.iter().copied().take_while(|due| *due < peak);
    let diary = Diary::new(part.enumerate().map(|(n, due)| (due, n)));
    let all = Mutex::new(Vec::new());
    workers(stage, &|line| {
        let empty = request("GET", EMPTY, &[], None);
        let mut own = Vec::new();
        while let Some((due, who)) = diary.next() {
            let answer = line.ask(&empty).inspect_err(|_| diary.close())?;
            if answer.status != 200 {
                diary.close();
                bail!("the empty component answered {}", answer.status);
            }
            own.push(u32::try_from(diary.now().saturating_sub(due)).unwrap_or(u32::MAX));
            diary.go_on(who, None);
        }
        let mut all = all.lock().unwrap_or_else(PoisonError::into_inner);
        all.extend(own);
        Ok(())
    })?;
    let mut all = all.into_inner().unwrap_or_else(PoisonError::into_inner);
    all.sort_unstable();
    Ok(all)
}

/// A connection that is opened anew when nobody has used it for a while: the runner does not keep it then.
struct Line<'a> {
    address: &'a str,
    connection: Connection,
    used: Instant,
}

impl Line<'_> {
    fn ask(&mut self, request: &[u8]) -> Result<Answer> {
        const KEPT: Duration = Duration::from_secs(5);
        if self.used.elapsed() > KEPT {
            self.connection = Connection::open(self.address)?;
        }
        let answer = self.connection.ask(request)?;
        self.used = Instant::now();
        Ok(answer)
    }
}

/// The same work on every connection.
fn workers(stage: &Stage, work: &(dyn Fn(&mut Line<'_>) -> Result<()> + Sync)) -> Result<()> {
    let line = |_| -> Result<Line<'_>> {
        Ok(Line {
            address: stage.address(),
            connection: Connection::open(stage.address())?,
            used: Instant::now(),
        })
    };
    let lines = (0..CONNECTIONS).map(line).collect::<Result<Vec<_>>>()?;
    std::thread::scope(|scope| {
        let threads: Vec<_> = lines
            .into_iter()
            .map(|mut line| scope.spawn(move || work(&mut line)))
            .collect();
        threads
            .into_iter()
            .try_for_each(|thread| match thread.join() {
                Ok(done) => done,
                Err(_) => bail!("a connection has panicked"),
            })
    })
}

/// Microseconds of the compressed morning for seconds of a real one.
fn compressed(seconds: f64) -> u64 {
    (seconds * TAKES.as_secs_f64() / DEMAND.as_secs_f64() * 1e6) as u64
}
