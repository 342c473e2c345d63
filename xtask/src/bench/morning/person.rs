// SPDX-License-Identifier: EUPL-1.2
//! One of the people of a morning: what they do next, and what they make of the answer. What they want and how long they
//! think follows from their number, so that every morning begins alike.

use anyhow::{Result, bail};
use serde_json::{Value, json};

use super::super::slots::town::{Place, THIRD, asked, text};
use super::super::wire::{Answer, request};
use super::DEMAND;

/// Free places among which somebody chooses, the earliest ones.
const CHOICE: usize = 40;
/// Days of free places that somebody looks at.
const DAYS: i64 = 30;
/// Refusals after which somebody gives up.
const PATIENCE: u32 = 25;

/// What comes next.
pub(super) enum Step {
    /// The next request after so many seconds.
    After(f64),
    /// They put their phone away.
    Done,
}

/// What somebody has at the end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Known {
    pub(super) id: String,
    pub(super) sede: String,
    pub(super) inizio: String,
}

/// What they mean to do once they have booked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Intent {
    Keep,
    /// The confirmation is sent twice: a phone that lost the first answer.
    Repeat,
    Move,
    Cancel,
    /// Not even confirm: give the hold back.
    LetGo,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Next {
    Compare,
    Look,
    Hold,
    Confirm,
    Repeat,
    LookAgain,
    Move,
    Cancel,
    GiveBack,
}

/// Somebody.
pub(super) struct Person {
    number: usize,
    cookie: String,
    office: String,
    dice: u64,
    intent: Intent,
    next: Next,
    place: Place,
    hold: String,
    refusals: u32,
    refusal: Option<String>,
    /// The appointment that they were told to have.
    pub(super) booked: Option<Known>,
}

impl Person {
    pub(super) fn new(number: usize, cookie: &str, office: &str) -> Self {
        let mut person = Self {
            number,
            cookie: cookie.to_owned(),
            office: office.to_owned(),
            dice: number as u64 + 1,
            intent: Intent::Keep,
            next: Next::Look,
            place: Place {
                sede: office.to_owned(),
                inizio: String::new(),
            },
            hold: String::new(),
            refusals: 0,
            refusal: None,
            booked: None,
        };
        person.intent = match person.roll() * 100.0 {
            part if part < 8.0 => Intent::Move,
            part if part < 16.0 => Intent::Cancel,
            part if part < 20.0 => Intent::LetGo,
            part if part < 23.0 => Intent::Repeat,
            _ => Intent::Keep,
        };
        if person.roll() < 0.25 {
            person.next = Next::Compare;
        }
        person
    }

    /// Seconds after the beginning. The rush is at the beginning: 1.4 times the mean, and 0.6 times at the end.
    pub(super) fn arrives(&self) -> f64 {
        let mut own = Self::new(self.number, "", "");
        own.dice ^= 0x5bd1_e995;
        DEMAND.as_secs_f64() * (1.4 - (1.96 - 1.6 * own.roll()).sqrt()) / 0.8
    }

    /// Between 0 and 1 (splitmix64).
    fn roll(&mut self) -> f64 {
        self.dice = self.dice.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.dice;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^= mixed >> 31;
        (mixed >> 11) as f64 / (1_u64 << 53) as f64
    }

    /// What they ask: its name in the report and the request.
    pub(super) fn asks(&self) -> (&'static str, Vec<u8>) {
        let cookie = [("cookie", self.cookie.as_str())];
        let get = |target: &str| request("GET", target, &cookie, None);
        let post = |target: &str, body: &Value, key: &str| asked(target, &self.cookie, body, key);
        let own = self.booked.as_ref().map_or("", |booked| &booked.id);
        match self.next {
            Next::Compare => (
                "compare offices",
                get(&format!("/api/sedi/prime?servizio={THIRD}&comune=A944")),
            ),
            Next::Look | Next::LookAgain => {
                let (dal, al) = (tests::days_from_now(0), tests::days_from_now(DAYS));
                let sede = &self.office;
                (
                    "look",
                    get(&format!(
                        "/api/disponibilita?servizio={THIRD}&sede={sede}&dal={dal}&al={al}&modalita=presenza"
                    )),
                )
            }
            Next::Hold => ("hold", post("/api/blocchi", &self.place.wanted(THIRD), "")),
            Next::Confirm | Next::Repeat => {
                let mut body = self.place.wanted(THIRD);
                body["blocco"] = json!(self.hold);
                // The same key for the same place, so that a repetition is one.
                let key = format!("morning-{}", self.hold);
                ("confirm", post("/api/appuntamenti", &body, &key))
            }
            Next::Move => (
                "move",
                post(
                    &format!("/api/appuntamenti/{own}/sposta"),
                    &json!({ "inizio": self.place.inizio }),
                    "",
                ),
            ),
            Next::Cancel => (
                "cancel",
                post(
                    &format!("/api/appuntamenti/{own}/disdici"),
                    &json!({ "motivo": "altro" }),
                    "",
                ),
            ),
            Next::GiveBack => (
                "give back",
                request(
                    "DELETE",
                    &format!("/api/blocchi/{}", self.hold),
                    &cookie,
                    None,
                ),
            ),
        }
    }

    /// The code of the refusal that they have just heard.
    pub(super) fn refusal(&mut self) -> Option<String> {
        self.refusal.take()
    }

    /// What they make of an answer.
    pub(super) fn hears(&mut self, answer: &Answer) -> Result<Step> {
        if answer.status >= 400 {
            return Ok(self.is_refused(answer));
        }
        // A month of places is read as far as it is needed: whoever measures should not be what is measured.
        match self.next {
            Next::Compare => return Ok(self.goes_on(Next::Look, 20.0)),
            Next::Look => return Ok(self.chooses(&answer.body, Next::Hold)),
            Next::LookAgain => return Ok(self.chooses(&answer.body, Next::Move)),
            _ => {}
        }
        let body: Value = serde_json::from_slice(&answer.body).unwrap_or_default();
        Ok(match self.next {
            Next::Hold => {
                self.hold = text(&body, "id")?;
                let next = if self.intent == Intent::LetGo {
                    Next::GiveBack
                } else {
                    Next::Confirm
                };
                self.goes_on(next, 60.0)
            }
            Next::Confirm => {
                self.is_told(&body)?;
                match self.intent {
                    Intent::Repeat => self.goes_on(Next::Repeat, 2.0),
                    Intent::Move => self.goes_on(Next::LookAgain, 90.0),
                    Intent::Cancel => self.goes_on(Next::Cancel, 90.0),
                    Intent::Keep | Intent::LetGo => Step::Done,
                }
            }
            Next::Repeat => {
                let first = self.booked.clone();
                self.is_told(&body)?;
                if first != self.booked {
                    bail!("the same confirmation was answered otherwise");
                }
                Step::Done
            }
            Next::Move => {
                self.is_told(&body)?;
                Step::Done
            }
            Next::Cancel => {
                self.booked = None;
                Step::Done
            }
            Next::Compare | Next::Look | Next::LookAgain | Next::GiveBack => Step::Done,
        })
    }

    fn is_told(&mut self, body: &Value) -> Result<()> {
        self.booked = Some(Known {
            id: text(body, "id")?,
            sede: text(body, "sede")?,
            inizio: text(body, "inizio")?,
        });
        Ok(())
    }

    /// Goes on after about so many seconds.
    fn goes_on(&mut self, next: Next, seconds: f64) -> Step {
        self.next = next;
        Step::After(seconds * (0.3 + 1.4 * self.roll()))
    }

    /// Takes one of the first places, as most people do.
    fn chooses(&mut self, free: &[u8], next: Next) -> Step {
        let free = String::from_utf8_lossy(free);
        let begins: Vec<&str> = free
            .split("\"inizio\":\"")
            .skip(1)
            .take(CHOICE)
            .filter_map(|rest| rest.split('"').next())
            .collect();
        let at = (self.roll() * begins.len() as f64) as usize;
        match begins.get(at).copied() {
            Some(begins) => {
                self.place.inizio = begins.to_owned();
                self.goes_on(next, 40.0)
            }
            None => Step::Done,
        }
    }

    /// Takes another place, looks again, or leaves things as they are.
    fn is_refused(&mut self, answer: &Answer) -> Step {
        let body: Value = serde_json::from_slice(&answer.body).unwrap_or_default();
        let code = body["code"].as_str().unwrap_or("no code");
        self.refusal = Some(format!("{} {code}", answer.status));
        self.refusals += 1;
        if self.refusals > PATIENCE {
            return Step::Done;
        }
        match self.next {
            Next::Hold | Next::Move if code == "slot_taken" => {
                let next = self.next;
                self.chooses(&answer.body, next)
            }
            Next::Hold | Next::Confirm => self.goes_on(Next::Look, 10.0),
            _ => Step::Done,
        }
    }
}
