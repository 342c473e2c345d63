// SPDX-License-Identifier: EUPL-1.2
//! A town to measure in: five thousand people who have signed in earlier ([`sessions`]) and have booked two appointments
//! each, through the same doors as everybody, the earliest places first. The offices are full for some days from tomorrow
//! on, and again a month later.

use std::time::Instant;

use anyhow::{Context, Result, bail, ensure};
use serde_json::{Value, json};

use super::super::load::CONNECTIONS;
use super::super::stage::Stage;
use super::super::wire::request;
use super::{at_once, sessions, timed};

/// People, and where they begin in the crowd: those of the other rows stand before them.
pub(crate) const PEOPLE: usize = 5_000;
const FROM: usize = 1_000;
/// The two services that everybody has booked, and the one that is left to be booked.
pub(crate) const FIRST: &str = "did_patto";
const SECOND: &str = "supporto_cv";
pub(crate) const THIRD: &str = "prima_informazione";
/// The days from now in which each of the two lies: nobody is expected at two places at once.
const FIRST_DAYS: (i64, i64) = (2, 31);
const SECOND_DAYS: (i64, i64) = (33, 59);
/// Seconds from one chosen beginning to the next: no service takes its desk for longer.
const APART: i64 = 3_600;

/// The town.
pub(crate) struct Town {
    /// The cookies of the people.
    pub(crate) people: Vec<String>,
    /// Appointments that are stored.
    pub(crate) booked: usize,
}

/// A place that is free for one person.
#[derive(Debug, Clone)]
pub(crate) struct Place {
    pub(crate) sede: String,
    pub(crate) inizio: String,
}

impl Place {
    /// As a booking asks for it.
    pub(crate) fn wanted(&self, servizio: &str) -> Value {
        json!({ "servizio": servizio, "sede": self.sede, "inizio": self.inizio, "modalita": "presenza" })
    }
}

impl Town {
    /// Signs everybody in and books.
    pub(crate) fn fill(stage: &Stage) -> Result<Self> {
        let begin = Instant::now();
        let mut town = Self {
            people: sessions::write(stage, &tests::crowd(FROM, PEOPLE))?,
            booked: 0,
        };
        for (service, days) in [(FIRST, FIRST_DAYS), (SECOND, SECOND_DAYS)] {
            let since = begin.elapsed().as_secs_f32();
            println!("  people: each books {service}, after {since:.0} s …");
            town.book(stage, service, days)?;
        }
        Ok(town)
    }

    fn book(&mut self, stage: &Stage, service: &str, days: (i64, i64)) -> Result<()> {
        let places = places(stage, service, days)?;
        ensure!(places.len() >= PEOPLE, "there are too few places");
        let pairs: Vec<_> = self.people.iter().zip(&places).collect();
        let done = at_once(stage, &|number, connection| {
            let own = pairs.iter().skip(number).step_by(CONNECTIONS);
            own.map(|(cookie, place)| {
                let wanted = place.wanted(service);
                timed(
                    connection,
                    &asked("/api/appuntamenti", cookie, &wanted, ""),
                    201,
                )
                .map(drop)
            })
            .collect()
        })?;
        self.booked += done.len();
        Ok(())
    }
}

/// The codes of all offices.
pub(crate) fn offices(stage: &Stage) -> Result<Vec<(String, String)>> {
    let all = stage.get("/api/sedi")?;
    let all = all.as_array().context("the offices are no list")?;
    all.iter()
        .map(|office| Ok((text(office, "codice")?, text(office, "nome")?)))
        .collect()
}

/// Places of a service in all offices that do not overlap, the earliest first: as many as can be booked side by side.
pub(crate) fn places(stage: &Stage, service: &str, (dal, al): (i64, i64)) -> Result<Vec<Place>> {
    let (dal, al) = (tests::days_from_now(dal), tests::days_from_now(al));
    let mut all = Vec::new();
    for (sede, _) in offices(stage)? {
        let free = stage.get(&format!(
            "/api/disponibilita?servizio={service}&sede={sede}&dal={dal}&al={al}&modalita=presenza"
        ))?;
        let mut next = 0;
        for slot in free.as_array().context("the free places are no list")? {
            let inizio = text(slot, "inizio")?;
            let begins = tests::instant(&inizio);
            if begins < next {
                continue;
            }
            next = begins + APART;
            let Some(desks) = slot["posti"].as_u64() else {
                bail!("a free place without a number");
            };
            for _ in 0..desks {
                let (sede, inizio) = (sede.clone(), inizio.clone());
                all.push((begins, Place { sede, inizio }));
            }
        }
    }
    all.sort_by_key(|(begins, _)| *begins);
    Ok(all.into_iter().map(|(_, place)| place).collect())
}

/// A POST of somebody, under a key if there is one.
pub(crate) fn asked(target: &str, cookie: &str, body: &Value, key: &str) -> Vec<u8> {
    let headers = [("cookie", cookie), ("idempotency-key", key)];
    let headers = if key.is_empty() {
        &headers[..1]
    } else {
        &headers
    };
    request("POST", target, headers, Some(&body.to_string()))
}

/// A text of an answer.
pub(crate) fn text(value: &Value, name: &str) -> Result<String> {
    let text = value[name].as_str().map(str::to_owned);
    text.with_context(|| format!("an answer without `{name}`"))
}
