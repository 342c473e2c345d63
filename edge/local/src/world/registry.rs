// SPDX-License-Identifier: EUPL-1.2
//! The employment registry: the comunicazioni obbligatorie of the invented people, and the
//! national node that numbers every DID and profiles who makes it.

use super::inbox::{append, open_lines};
use super::pages;
use super::people::{self, Person, Place};
use super::wire::{Call, Reply};
use anyhow::Context;
use hyper::Method;
use jiff::civil::Date;
use serde_json::{Map, Value, json};
use sha2::{Digest, Sha256};
use std::collections::HashMap;
use std::fs::File;
use std::path::Path;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// Work histories by codice fiscale.
const HISTORIES: &str = include_str!("registry/storie.json");

/// Longest delay that a test may ask for, in milliseconds.
const LONGEST_DELAY: u64 = 60_000;

/// The registry with the DIDs it has numbered.
pub(crate) struct Registry {
    histories: Map<String, Value>,
    kept: Mutex<Kept>,
    trial: Mutex<Trial>,
}

struct Kept {
    file: File,
    dids: Vec<Value>,
    /// Where in `dids` a protocol stands, and the latest DID of a person.
    by_protocol: HashMap<String, usize>,
    latest: HashMap<String, usize>,
}

impl Kept {
    fn new(file: File, dids: Vec<Value>) -> Self {
        let mut kept = Self {
            file,
            dids: Vec::new(),
            by_protocol: HashMap::new(),
            latest: HashMap::new(),
        };
        dids.into_iter().for_each(|did| kept.add(did));
        kept
    }

    fn add(&mut self, did: Value) {
        let text = |name: &str| did[name].as_str().unwrap_or_default().to_owned();
        let place = self.dids.len();
        self.by_protocol.insert(text("protocollo"), place);
        self.latest.insert(text("codice_fiscale"), place);
        self.dids.push(did);
    }

    fn at(&self, place: Option<&usize>) -> Option<&Value> {
        self.dids.get(*place?)
    }
}

/// How the registry misbehaves, when a test wants it to.
#[derive(Clone, Copy, Default)]
struct Trial {
    broken: bool,
    /// No DID is numbered.
    refusing: bool,
    delay: Duration,
}

impl Registry {
    /// Reads what earlier runs have numbered.
    pub(crate) fn open(path: &Path) -> anyhow::Result<Registry> {
        let histories =
            serde_json::from_str(HISTORIES).context("the work histories cannot be read")?;
        let (file, dids) = open_lines(path)?;
        Ok(Registry {
            histories,
            kept: Mutex::new(Kept::new(file, dids)),
            trial: Mutex::default(),
        })
    }

    /// Everything under `/registro`.
    pub(crate) async fn route(&self, call: &Call, rest: &str) -> Reply {
        if rest == "prova" {
            return self.set_trial(call);
        }
        let trial = *self.trial.lock().unwrap_or_else(PoisonError::into_inner);
        // Even no time at all would be a turn of the timer: a millisecond.
        if !trial.delay.is_zero() {
            tokio::time::sleep(trial.delay).await;
        }
        if trial.broken {
            return Reply::problem(503, "The registry is out of order.").with("retry-after", "5");
        }
        let get = call.method == Method::GET;
        match rest.split('/').collect::<Vec<_>>().as_slice() {
            ["persone"] if get => pages::registered(),
            ["persone", codice_fiscale] if get => match people::find(codice_fiscale) {
                Some(person) => Reply::json(200, &self.file_of(person)),
                None => Reply::problem(404, "Nobody with this codice fiscale."),
            },
            ["did"] if call.method == Method::POST && trial.refusing => {
                Reply::problem(422, "The DID does not pass the checks of the node.")
            }
            ["did"] if call.method == Method::POST => self.number(call),
            ["persone", ..] => Reply::wrong_method("GET"),
            ["did"] => Reply::wrong_method("POST"),
            _ => Reply::not_found(),
        }
    }

    /// The whole file of a person.
    fn file_of(&self, person: &Person) -> Value {
        let mut file = json!({
            "codice_fiscale": person.codice_fiscale,
            "nome": person.nome,
            "cognome": person.cognome,
            "data_nascita": person.data_nascita,
            "sesso": person.sesso,
            "nascita_belfiore": person.nascita_belfiore,
            "cittadinanza": person.cittadinanza,
            "residenza": address(&person.residenza),
            "prestazioni": [],
            "aggiornato_il": "2026-01-01",
            "rapporti": [],
        });
        if let Some(place) = &person.domicilio {
            file["domicilio"] = address(place);
        }
        if let Some(Value::Object(history)) = self.histories.get(person.codice_fiscale) {
            for (name, value) in history {
                file[name] = value.clone();
            }
        }
        let kept = self.kept();
        if let Some(did) = kept.at(kept.latest.get(person.codice_fiscale)) {
            file["did"] = json!({
                "data": did["data"],
                "protocollo": did["protocollo"],
                "identificativo": did["identificativo_did"],
                "profilo": did["profilo"],
            });
        }
        file
    }

    /// `POST /did`: numbers a DID once, whatever the number of times it is sent.
    fn number(&self, call: &Call) -> Reply {
        let sent = match call.json() {
            Ok(sent) => sent,
            Err(refusal) => return refusal,
        };
        let text = |name: &str| sent[name].as_str().unwrap_or_default();
        let Ok(day) = text("data").parse::<Date>() else {
            return Reply::problem(422, "data must be a day, YYYY-MM-DD.");
        };
        let protocollo = text("protocollo");
        if protocollo.is_empty() || protocollo.len() > 64 {
            return Reply::problem(422, "protocollo is missing or too long.");
        }
        let Some(person) = people::find(text("codice_fiscale")) else {
            return Reply::problem(404, "Nobody with this codice fiscale.");
        };
        if age(person, day) < 16 {
            return Reply::problem(422, "A DID needs 16 years of age.");
        }
        let mut kept = self.kept();
        if let Some(did) = kept.at(kept.by_protocol.get(protocollo)) {
            return if did["codice_fiscale"] == person.codice_fiscale && did["data"] == text("data")
            {
                Reply::json(201, &answer(did))
            } else {
                Reply::problem(409, "This protocollo belongs to another DID.")
            };
        }
        let did = json!({
            "codice_fiscale": person.codice_fiscale,
            "data": text("data"),
            "protocollo": protocollo,
            "identificativo_did": identifier(person.codice_fiscale, protocollo),
            "profilo": {"modello": "GOL 5/2022", "classe": self.class(person, day), "data_calcolo": text("data")},
        });
        if append(&mut kept.file, &did).is_err() {
            return Reply::problem(503, "The DID cannot be stored.");
        }
        let reply = Reply::json(201, &answer(&did));
        kept.add(did);
        reply
    }

    /// A plain stand-in for the national profiling: the longer without work, the higher the class.
    fn class(&self, person: &Person, day: Date) -> u8 {
        let relations = self
            .histories
            .get(person.codice_fiscale)
            .map(|history| &history["rapporti"]);
        let ends = relations
            .and_then(Value::as_array)
            .into_iter()
            .flatten()
            .map(|relation| {
                relation["al"]
                    .as_str()
                    .and_then(|end| end.parse::<Date>().ok())
                    .unwrap_or(day)
            });
        let years = ends.max().map(|end| day.year() - end.year());
        match years {
            Some(0) if age(person, day) < 55 => 1,
            Some(0..=1) => 2,
            _ => 3,
        }
    }

    /// `POST /prova {"guasto": …, "rifiuto": …, "ritardo_ms": …}`.
    fn set_trial(&self, call: &Call) -> Reply {
        if call.method != Method::POST {
            return Reply::wrong_method("POST");
        }
        let wish = match call.json() {
            Ok(wish) => wish,
            Err(refusal) => return refusal,
        };
        let delay = wish["ritardo_ms"].as_u64().unwrap_or(0);
        if delay > LONGEST_DELAY {
            return Reply::problem(422, "ritardo_ms is 60000 at most.");
        }
        let broken = wish["guasto"].as_bool().unwrap_or(false);
        let refusing = wish["rifiuto"].as_bool().unwrap_or(false);
        *self.trial.lock().unwrap_or_else(PoisonError::into_inner) = Trial {
            broken,
            refusing,
            delay: Duration::from_millis(delay),
        };
        Reply::json(
            200,
            &json!({"guasto": broken, "rifiuto": refusing, "ritardo_ms": delay}),
        )
    }

    fn kept(&self) -> MutexGuard<'_, Kept> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn answer(did: &Value) -> Value {
    json!({"identificativo_did": did["identificativo_did"], "profilo": did["profilo"]})
}

fn address(place: &Place) -> Value {
    json!({"comune": place.belfiore, "indirizzo": place.street, "cap": place.postal_code})
}

/// A unique identifier that the same DID always gets, even from an emptied registry.
fn identifier(codice_fiscale: &str, protocollo: &str) -> String {
    let hash = Sha256::digest(format!("{codice_fiscale} {protocollo}").as_bytes());
    let text: String = hash[..8].iter().map(|byte| format!("{byte:02X}")).collect();
    format!("DID08{text}")
}

/// Completed years on a day.
fn age(person: &Person, day: Date) -> i16 {
    person.data_nascita.parse::<Date>().map_or(0, |born| {
        day.year() - born.year() - i16::from((day.month(), day.day()) < (born.month(), born.day()))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn registry() -> Registry {
        let folder = std::env::temp_dir().join(format!(
            "registry-{}-{:?}",
            std::process::id(),
            std::thread::current().id()
        ));
        std::fs::create_dir_all(&folder).unwrap();
        Registry::open(&folder.join("did.jsonl")).unwrap()
    }

    #[test]
    fn everybody_has_a_history_in_order() {
        let registry = registry();
        for person in people::PEOPLE {
            let file = registry.file_of(person);
            assert!(
                file["aggiornato_il"].as_str().is_some(),
                "{}",
                person.codice_fiscale
            );
            let mut last = String::new();
            for relation in file["rapporti"].as_array().unwrap() {
                let from = relation["dal"].as_str().unwrap().to_owned();
                assert!(from > last, "{}", person.codice_fiscale);
                assert_eq!(relation["codice_comunicazione"].as_str().unwrap().len(), 16);
                let job = &relation["qualifica"];
                assert!(job["codice"].as_str().unwrap().split('.').count() == 5);
                assert!(!job["descrizione"].as_str().unwrap().is_empty());
                assert!(
                    relation["al"]
                        .as_str()
                        .is_none_or(|end| end > from.as_str())
                );
                last = from;
            }
        }
    }

    #[test]
    fn ages_are_counted_in_completed_years() {
        let born = |code| people::find(code).unwrap();
        assert_eq!(
            age(born("CNTSRA09E52F257P"), jiff::civil::date(2026, 11, 24)),
            17
        );
        assert_eq!(
            age(born("RVITMS11C08A944G"), jiff::civil::date(2026, 11, 24)),
            15
        );
        assert_eq!(
            age(born("FOXDAA00B69A944O"), jiff::civil::date(2026, 2, 28)),
            25
        );
    }

    #[test]
    fn the_class_grows_with_the_time_without_work() {
        let registry = registry();
        let class =
            |code| registry.class(people::find(code).unwrap(), jiff::civil::date(2026, 11, 24));
        assert_eq!(class("RSSMRA89T13F205B"), 1);
        assert_eq!(class("SPSGFR70M31F839F"), 2);
        assert_eq!(class("FOXDAA00B69A944O"), 3);
    }
}
