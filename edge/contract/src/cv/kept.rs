// SPDX-License-Identifier: EUPL-1.2
//! CVs and letters that a signed-in person keeps on the edge: what is told of each, and how long a CV is valid.
//!
//! The regional form knows the states bozza, valido and scaduto; a CV is valid for twelve months from its last change or
//! confirmation, and not without a desired job.

use alloc::string::String;
use jiff::{ToSpan, civil::Date};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// The most CVs of one person, and the most letters.
pub const MOST: usize = 20;
/// Months for which a CV is valid after it was last changed or confirmed.
pub const MONTHS: i32 = 12;
/// Days before the end at which the person is reminded.
pub const REMINDER_DAYS: i32 = 30;
/// The longest id that a device may give.
const LONGEST_ID: usize = 40;

/// The state of a CV (stato del curriculum).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StatoCv {
    /// Something is missing: see [`super::Cv::is_complete`].
    Bozza,
    /// Complete, and confirmed in the last twelve months.
    Valido,
    /// Complete, and not confirmed for twelve months.
    Scaduto,
}

/// A kept CV or letter in the list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Kept {
    /// The id that the device gave it.
    pub id: String,
    /// What the person calls it, or what it says by itself; empty when it says nothing yet.
    pub titolo: String,
    /// The language to print: `it` or `en`.
    pub lingua: String,
    /// The state of a CV. Letters have none: the validity of twelve months is one of the regional CV, which is matched with
    /// offers as long as it is valid; a letter answers one employer and is matched with nothing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stato: Option<StatoCv>,
    /// The last day on which a complete CV is valid.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub valido_fino: Option<Date>,
    /// True for a complete CV that has expired or does so within [`REMINDER_DAYS`].
    #[serde(default)]
    pub da_confermare: bool,
    /// When it was last changed (RFC 3339 with offset).
    pub cambiato_il: String,
    /// The version, as `If-Match` wants it, with its quotes.
    pub etag: String,
}

/// The version that is there now, beside the problem details of a 412.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Present {
    /// Its version, with its quotes.
    pub etag: String,
    /// When it was changed (RFC 3339 with offset).
    pub cambiato_il: String,
    /// All of it.
    pub documento: Value,
}

/// What a 412 holds besides the problem details.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Changed {
    /// The version that is there now; none when there is none any more.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub presente: Option<Present>,
}

/// The last day on which a CV is valid that was confirmed on this one.
#[must_use]
pub fn valid_until(confirmed: Date) -> Date {
    confirmed.saturating_add(MONTHS.months())
}

/// The first day on which the person is reminded.
#[must_use]
pub fn remind_from(until: Date) -> Date {
    until.saturating_sub(REMINDER_DAYS.days())
}

/// The state of a CV that is complete or not, and valid until a day.
#[must_use]
pub fn state(complete: bool, until: Date, today: Date) -> StatoCv {
    match complete {
        false => StatoCv::Bozza,
        true if today <= until => StatoCv::Valido,
        true => StatoCv::Scaduto,
    }
}

/// True for what may be an id: letters, digits, `-` and `_`, as in a UUID.
#[must_use]
pub fn is_id(id: &str) -> bool {
    let sound = |letter: u8| letter.is_ascii_alphanumeric() || matches!(letter, b'-' | b'_');
    !id.is_empty() && id.len() <= LONGEST_ID && id.bytes().all(sound)
}

/// What a document is called: the name that the person gave it or, without one, what it says by itself.
#[must_use]
pub fn title(letter: bool, doc: &Map<String, Value>) -> Option<&str> {
    let text = |record: &str, key: &str| {
        let around = match record {
            "" => doc.get(key),
            record => doc.get(record).and_then(|record| record.get(key)),
        };
        let text = around.and_then(Value::as_str)?.trim();
        (!text.is_empty()).then_some(text)
    };
    let (first, second) = if letter {
        (("recipient", "organization"), ("", "subject"))
    } else {
        (("basics", "label"), ("basics", "name"))
    };
    text("", "x_title")
        .or_else(|| text(first.0, first.1))
        .or_else(|| text(second.0, second.1))
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use serde_json::json;

    use super::*;

    #[track_caller]
    fn called(letter: bool, doc: &Value, name: Option<&str>) {
        assert_eq!(title(letter, doc.as_object().expect("an object")), name);
    }

    #[test]
    fn a_document_is_called_as_its_person_calls_it_or_by_what_it_says() {
        let cv = json!({ "x_title": " ", "basics": { "name": "Ada Fo", "label": "Cuoca" } });
        called(false, &cv, Some("Cuoca"));
        called(
            true,
            &json!({ "subject": "Candidatura" }),
            Some("Candidatura"),
        );
        called(
            true,
            &json!({ "x_title": "Bar", "subject": "x" }),
            Some("Bar"),
        );
        called(false, &json!({ "basics": [1] }), None);
    }

    #[test]
    fn a_cv_is_valid_for_twelve_months_and_not_a_day_more() {
        let until = valid_until(date(2024, 2, 29));
        assert_eq!(until, date(2025, 2, 28));
        assert_eq!(remind_from(until), date(2025, 1, 29));
        assert_eq!(state(true, until, until), StatoCv::Valido);
        assert_eq!(state(true, until, date(2025, 3, 1)), StatoCv::Scaduto);
        assert_eq!(state(false, until, date(2024, 3, 1)), StatoCv::Bozza);
    }

    #[test]
    fn an_id_is_one_plain_word() {
        assert!(is_id("5b0c5b62-6f4e-4f5a-9a53-3d1f7f3f0d1e"));
        for wrong in ["", "a b", "à", "a/b", &"x".repeat(41)] {
            assert!(!is_id(wrong), "{wrong}");
        }
    }
}
