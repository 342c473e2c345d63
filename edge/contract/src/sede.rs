// SPDX-License-Identifier: EUPL-1.2
//! Offices (sedi) of the Centri per l'impiego as configuration: where they are, when they are open, whom they serve and
//! what can be booked there. A Region brings its own file; the shipped one is an example (Emilia-Romagna).

use alloc::{string::String, vec::Vec};
use jiff::civil::{Date, Time};
use serde::{Deserialize, Serialize};

use crate::appuntamento::Modalita;

mod check;
mod rete;

pub use rete::{HOLD_SECONDS, Rete};

/// One office (Centro per l'impiego).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Sede {
    /// Stable code in URLs and in the store, for example `bologna`.
    pub codice: String,
    /// Name for people: `Centro per l'impiego di Bologna`.
    pub nome: String,
    /// Belfiore code of the comune where it stands.
    pub comune: String,
    /// Street and number.
    pub indirizzo: String,
    /// Postal code.
    pub cap: String,
    /// Two letters.
    pub provincia: String,
    /// Degrees north (WGS 84).
    pub lat: f64,
    /// Degrees east (WGS 84).
    pub lon: f64,
    /// Phone for people.
    pub telefono: String,
    /// Ordinary mail.
    pub email: String,
    /// Certified mail (PEC).
    pub pec: String,
    /// Responsible for the procedures of this office (artt. 4 to 6 L. 241/1990).
    pub responsabile: String,
    /// How to get there: buses, parking.
    pub come_arrivare: Bilingual,
    /// How to get in: steps, lift, places for people with disabilities.
    pub accessibilita: Bilingual,
    /// Belfiore codes of the comuni that it serves (competence follows the domicile).
    pub comuni: Vec<String>,
    /// Codes of the neighbouring offices, nearest first.
    pub vicine: Vec<String>,
    /// Month and day of the patron saint of its comune, for example `[10, 4]`.
    pub patrono: Option<(i8, i8)>,
    /// Opening hours, by weekday.
    pub orari: Vec<Orario>,
    /// Days on which it is closed beside holidays.
    #[serde(default)]
    pub chiusure: Vec<Chiusura>,
    /// Rooms for groups, with the number of seats.
    #[serde(default)]
    pub aule: Vec<Aula>,
    /// Groups of operators who take the same services; each is a calendar of its own.
    pub gruppi: Vec<Gruppo>,
}

/// Opening hours of one weekday; breaks stand between the spans.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Orario {
    /// 1 is Monday, 7 is Sunday (ISO 8601).
    pub giorno: i8,
    /// Spans of local time in Rome, in order, not overlapping.
    pub fasce: Vec<(Time, Time)>,
}

/// Days on which an office, or one group of it, receives nobody.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Chiusura {
    /// First day.
    pub dal: Date,
    /// Last day.
    pub al: Date,
    /// Why, for people.
    pub motivo: String,
    /// The same in English; empty where nobody has translated it, and on the wire, where `motivo` is in the language
    /// asked for.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub motivo_en: String,
}

/// A room.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Aula {
    /// Name for people.
    pub nome: String,
    /// Seats.
    pub posti: u16,
}

/// A group of operators.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Gruppo {
    /// Stable code within the office.
    pub codice: String,
    /// How many people it receives at the same time: desks, or seats of a room. At most 64.
    pub sportelli: u16,
    /// Codes of the services that it takes.
    pub servizi: Vec<String>,
    /// When it receives; empty for the office's opening hours.
    #[serde(default)]
    pub orari: Vec<Orario>,
    /// Ways in which it receives; empty for all those of the service.
    #[serde(default)]
    pub modalita: Vec<Modalita>,
}

/// Words of the agency in the two languages of the app.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Bilingual {
    /// In Italian.
    pub it: String,
    /// In English.
    pub en: String,
}

impl Bilingual {
    /// In English or in Italian.
    #[must_use]
    pub fn said(&self, english: bool) -> &str {
        if english { &self.en } else { &self.it }
    }
}

impl Chiusura {
    /// Why, in English if it is wanted and there.
    #[must_use]
    pub fn said(&self, english: bool) -> &str {
        if english && !self.motivo_en.is_empty() {
            &self.motivo_en
        } else {
            &self.motivo
        }
    }
}

/// `GET /api/sedi[/{codice}]`: an office as everybody may see it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SedeInBreve {
    /// Stable code.
    pub codice: String,
    /// Name for people.
    pub nome: String,
    /// Belfiore code of the comune where it stands.
    pub comune: String,
    /// Name of the comune, for people.
    pub citta: String,
    /// Street and number.
    pub indirizzo: String,
    /// Postal code.
    pub cap: String,
    /// Two letters.
    pub provincia: String,
    /// Degrees north (WGS 84).
    pub lat: f64,
    /// Degrees east (WGS 84).
    pub lon: f64,
    /// Phone for people.
    pub telefono: String,
    /// Ordinary mail.
    pub email: String,
    /// Certified mail (PEC).
    pub pec: String,
    /// How to get there, in the language asked for.
    pub come_arrivare: String,
    /// How to get in: steps, lift, places for people with disabilities; in the language asked for.
    pub accessibilita: String,
    /// Opening hours, by weekday.
    pub orari: Vec<Orario>,
    /// Month and day of the patron saint.
    pub patrono: Option<(i8, i8)>,
    /// Days on which it is closed beside holidays, from today on.
    pub chiusure: Vec<Chiusura>,
    /// Belfiore codes of the comuni that it serves.
    pub comuni: Vec<String>,
    /// Codes of the neighbouring offices, nearest first.
    pub vicine: Vec<String>,
    /// Codes of the services that can be booked there.
    pub servizi: Vec<String>,
}
