// SPDX-License-Identifier: EUPL-1.2
//! After the morning: what the desks see. An operator of each office reads its agenda, and no desk has two people at the
//! same time, nobody is expected twice at once, and everybody stands where they were told.

use std::collections::BTreeMap;

use ::tests::Persona;
use anyhow::{Context, Result, ensure};
use serde_json::Value;

use super::super::slots::town::{THIRD, text};
use super::super::stage::Stage;
use super::super::wire::{Connection, request};
use super::{Known, Person};

/// Where the operators begin in the crowd: behind everybody else.
const FROM: usize = 8_000;
/// Days of a call, and how many calls reach as far as anybody can book.
const DAYS: i64 = 31;
const CALLS: i64 = 2;

/// What was found.
pub(super) struct Seen {
    /// People who were told to have an appointment.
    pub(super) expected: u32,
    /// Places that two people have.
    pub(super) twice: u32,
    /// People who stand elsewhere than they were told, or nowhere, or somewhere though they were told nothing.
    pub(super) differing: u32,
}

/// Reads the agendas of the offices and compares.
pub(super) fn agendas(
    stage: &Stage,
    offices: &[(String, String)],
    people: &[Person],
) -> Result<Seen> {
    let operators = ::tests::crowd(FROM, offices.len());
    let names: Vec<String> = offices
        .iter()
        .map(|(_, name)| {
            let town = name
                .strip_prefix("Centro per l'impiego di ")
                .unwrap_or(name);
            format!("CPI di {town}")
        })
        .collect();
    appoint(stage, &operators, &names)?;
    let cookies = stage.sign_in(&operators)?;
    let mut connection = Connection::open(stage.address())?;
    // By desk and by person: when somebody is there, in seconds.
    let mut desks: BTreeMap<(String, String, u64), Vec<(i64, i64)>> = BTreeMap::new();
    let mut persons: BTreeMap<String, Vec<(i64, i64)>> = BTreeMap::new();
    let mut stands: BTreeMap<String, Known> = BTreeMap::new();
    for ((sede, _), cookie) in offices.iter().zip(&cookies) {
        for call in 0..CALLS {
            let (dal, al) = (call * DAYS, call * DAYS + DAYS - 1);
            let (dal, al) = (::tests::days_from_now(dal), ::tests::days_from_now(al));
            let target = format!("/api/operatore/agenda?dal={dal}&al={al}");
            let answer = connection.ask(&request("GET", &target, &[("cookie", cookie)], None))?;
            ensure!(answer.status == 200, "{target} answered {}", answer.status);
            let agenda: Value = serde_json::from_slice(&answer.body)?;
            ensure!(
                agenda["sede"] == sede.as_str(),
                "the agenda of another office"
            );
            let days = agenda["giorni"]
                .as_array()
                .context("an agenda without days")?;
            let all = days.iter().filter_map(|day| day["appuntamenti"].as_array());
            for one in all.flatten().filter(|one| one["stato"] == "da_erogare") {
                let inizio = text(one, "inizio")?;
                let span = (
                    ::tests::instant(&inizio),
                    ::tests::instant(&text(one, "fine")?),
                );
                let desk = one["sportello"].as_u64().context("no desk")?;
                let desk = (sede.clone(), text(one, "gruppo")?, desk);
                desks.entry(desk).or_default().push(span);
                let person = text(&one["cittadino"], "codice_fiscale")?;
                persons.entry(person).or_default().push(span);
                if one["servizio"] == THIRD {
                    let id = text(one, "id")?;
                    let sede = sede.clone();
                    stands.insert(id.clone(), Known { id, sede, inizio });
                }
            }
        }
    }
    let twice = overlaps(desks.into_values()) + overlaps(persons.into_values());
    let told = people.iter().filter_map(|person| person.booked.as_ref());
    let (mut expected, mut differing) = (0, 0);
    for known in told {
        expected += 1;
        let stood = stands.remove(&known.id);
        differing += u32::from(stood.as_ref() != Some(known));
    }
    // Whoever is left stands there without having been told so.
    differing += u32::try_from(stands.len()).unwrap_or(u32::MAX);
    Ok(Seen {
        expected,
        twice,
        differing,
    })
}

/// Makes people operators, each of an office by its short name such as `CPI di Bologna`.
fn appoint(stage: &Stage, people: &[Persona], offices: &[String]) -> Result<()> {
    let mut store = stage.store()?;
    let all = store.transaction()?;
    for (person, office) in people.iter().zip(offices) {
        all.execute(
            "INSERT INTO operatori (codice_fiscale, ufficio, attivo) VALUES (?1, ?2, 1)",
            (person.codice_fiscale, office),
        )?;
    }
    all.commit().context("the operators are not written")
}

/// How many spans begin before the one before them has ended, in lists of their own.
fn overlaps(lists: impl Iterator<Item = Vec<(i64, i64)>>) -> u32 {
    let mut all = 0;
    for mut list in lists {
        list.sort_unstable();
        let pairs = list.windows(2);
        all += pairs.filter(|pair| pair[1].0 < pair[0].1).count();
    }
    u32::try_from(all).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::overlaps;

    #[test]
    fn a_place_that_two_people_have_is_found() {
        let side_by_side = vec![(1800, 3000), (0, 1200)];
        let twice = vec![(0, 1200), (900, 2100), (2100, 3300)];
        assert_eq!(overlaps([side_by_side.clone()].into_iter()), 0);
        assert_eq!(overlaps([side_by_side, twice].into_iter()), 1);
    }
}
