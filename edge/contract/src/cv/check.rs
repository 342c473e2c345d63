// SPDX-License-Identifier: EUPL-1.2
//! Whether a CV or a letter is sound: shapes, limits, characters, dates. One walk over the table of fields; whatever
//! comes in, it ends in bounded time and says at which field something is wrong.

use alloc::{format, string::String, vec::Vec};
use serde_json::{Map, Value};

use super::date::Month;
use super::field::{Field, Kind, find};
use super::item::Item;
use super::photo::Photo;
use super::sections::ITEM;
use super::words::Language;
use crate::problem::{FieldProblem, Problem};
use crate::values::contact::Email;
use crate::values::text::{clean, clean_lines};

/// The most characters that a document may have in all its texts together: about twenty full pages.
pub const MOST_TEXT: u16 = 60_000;
/// The most bytes that keys unknown to us may take, and the levels that they may be deep.
const MOST_UNKNOWN: usize = 100_000;
/// More refusals than a person mends at once are not listed.
const MOST_PROBLEMS: usize = 100;

/// What a walk has found.
#[derive(Debug, Default)]
pub struct Found {
    /// Every refusal, in the order of the table.
    pub problems: Vec<FieldProblem>,
    /// The keys that the table does not have. They are kept, but nothing is printed of them.
    pub unknown: Vec<String>,
    text: usize,
    foreign: usize,
}

impl Found {
    pub(super) fn refuse(&mut self, path: &str, problem: Problem) {
        if self.problems.len() < MOST_PROBLEMS {
            self.problems.push(FieldProblem::new(path, problem));
        }
    }
}

/// Walks a whole document.
pub(super) fn document(
    map: &Map<String, Value>,
    fields: &'static [Field],
    first: Language,
) -> Found {
    let mut found = Found::default();
    record(map, fields, &[], first, "", &mut found);
    found
}

/// The limits that hold for a document as a whole; comes after everything was walked.
pub(super) fn total(found: &mut Found) {
    if found.text > usize::from(MOST_TEXT) {
        found.refuse("", Problem::TooLong(MOST_TEXT));
    }
    if found.foreign > MOST_UNKNOWN {
        let key = found.unknown.first().cloned().unwrap_or_default();
        found.refuse(&key, Problem::UnknownField);
    }
}

/// Walks the items of one section.
pub(super) fn items(
    value: &Value,
    fields: &'static [Field],
    most: u16,
    first: Language,
    path: &str,
    found: &mut Found,
) {
    let Some(list) = value.as_array() else {
        found.refuse(path, Problem::WrongType);
        return;
    };
    if list.len() > usize::from(most) {
        found.refuse(path, Problem::TooMany(most));
        return;
    }
    for (index, value) in list.iter().enumerate() {
        let path = format!("{path}[{index}]");
        match value.as_object() {
            Some(map) => record(map, fields, ITEM, first, &path, found),
            None => found.refuse(&path, Problem::WrongType),
        }
    }
}

fn record(
    map: &Map<String, Value>,
    fields: &'static [Field],
    besides: &'static [Field],
    first: Language,
    path: &str,
    found: &mut Found,
) {
    for field in fields.iter().chain(besides) {
        if let Some(given) = map.get(field.key) {
            value(given, field.kind, first, &join(path, field.key), found);
        }
    }
    let twin = first.other().texts_key();
    for (key, given) in map {
        if find(fields, key).is_some() || find(besides, key).is_some() {
            continue;
        }
        let path = join(path, key);
        if key == twin {
            translations(given, fields, first, &path, found);
        } else if !section_key(key, &path) {
            unknown(given, path, found);
        }
    }
    order(map, first, path, found);
}

/// The sections of the root are walked by their own table, not by this one.
fn section_key(key: &str, path: &str) -> bool {
    path == key && super::sections::section(key).is_some()
}

fn translations(
    given: &Value,
    fields: &'static [Field],
    first: Language,
    path: &str,
    found: &mut Found,
) {
    let texts = match given {
        Value::Null => return,
        Value::Object(texts) => texts,
        _ => return found.refuse(path, Problem::WrongType),
    };
    for (key, given) in texts {
        let path = join(path, key);
        match find(fields, key) {
            Some(field) if field.translated => value(given, field.kind, first, &path, found),
            _ => unknown(given, path, found),
        }
    }
}

fn value(given: &Value, kind: Kind, first: Language, path: &str, found: &mut Found) {
    let refusal = match (given, kind) {
        (Value::Null, _) | (Value::Bool(_), Kind::Flag) => None,
        (Value::Object(map), Kind::Record(fields)) => {
            record(map, fields, &[], first, path, found);
            None
        }
        (given, Kind::Records(fields, most)) => {
            items(given, fields, most, first, path, found);
            None
        }
        (Value::Array(texts), Kind::List(most, each)) => {
            if texts.len() > usize::from(most) {
                Some(Problem::TooMany(most))
            } else {
                for (index, text) in texts.iter().enumerate() {
                    value(
                        text,
                        Kind::Text(each),
                        first,
                        &format!("{path}[{index}]"),
                        found,
                    );
                }
                None
            }
        }
        (Value::String(text), kind) => {
            if !matches!(kind, Kind::Photo) {
                found.text += text.len();
            }
            text_problem(text.trim(), kind)
        }
        _ => Some(Problem::WrongType),
    };
    if let Some(problem) = refusal {
        found.refuse(path, problem);
    }
}

fn text_problem(text: &str, kind: Kind) -> Option<Problem> {
    if text.is_empty() {
        return None;
    }
    let one_line = |most| clean(text, most).err();
    match kind {
        Kind::Text(most) => one_line(most),
        Kind::Long(most) => clean_lines(text, most).err(),
        Kind::Month => Month::parse(text).is_none().then_some(Problem::NotAMonth),
        Kind::Day => day(text).is_none().then_some(Problem::NotADate),
        Kind::Code(list) => {
            let known = list.iter().any(|entry| entry.code == text);
            (!known).then_some(Problem::UnknownCode)
        }
        Kind::Email => Email::parse(text).err(),
        Kind::Url => one_line(300).or_else(|| link(text).is_none().then_some(Problem::Url)),
        Kind::Photo => Photo::parse(text).err(),
        Kind::Flag | Kind::List(..) | Kind::Record(_) | Kind::Records(..) => {
            Some(Problem::WrongType)
        }
    }
}

/// The day that a text begins with.
#[must_use]
pub fn day(text: &str) -> Option<jiff::civil::Date> {
    let month = Month::parse(text)?;
    jiff::civil::Date::new(
        i16::try_from(month.year).ok()?,
        i8::try_from(month.month?).ok()?,
        i8::try_from(month.day?).ok()?,
    )
    .ok()
}

/// The whole address for what a person typed: `www.site.it` becomes `https://www.site.it`. `None` for what is no web
/// address, other schemes included.
#[must_use]
pub fn link(typed: &str) -> Option<String> {
    let typed = typed.trim();
    let lower = typed.to_ascii_lowercase();
    let (scheme, rest) = if lower.starts_with("https://") {
        ("https://", &typed[8..])
    } else if lower.starts_with("http://") {
        ("http://", &typed[7..])
    } else {
        ("https://", typed)
    };
    let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let sound = host.contains('.')
        && !host.starts_with('.')
        && !host.ends_with('.')
        && !host.contains([':', '@', '\\', '"', '<', '>'])
        && !rest.contains(|letter: char| letter.is_whitespace() || letter.is_control());
    sound.then(|| format!("{scheme}{rest}"))
}

/// A period that ends before it begins.
fn order(map: &Map<String, Value>, first: Language, path: &str, found: &mut Found) {
    for (start, end) in [
        ("startDate", "endDate"),
        ("since", "until"),
        ("date", "x_expires"),
    ] {
        let item = Item::of(map, first);
        if let (Some(begins), Some(ends)) = (item.month(start), item.month(end))
            && ends.count(true) < begins.count(false)
        {
            let least = format!("{:04}-{:02}-01", begins.year, begins.month.unwrap_or(1));
            found.refuse(&join(path, end), Problem::DateBefore(least));
        }
    }
}

fn unknown(given: &Value, path: String, found: &mut Found) {
    if !given.is_null() {
        found.foreign += weight(given);
        if found.unknown.len() < MOST_PROBLEMS {
            found.unknown.push(path);
        }
    }
}

fn weight(value: &Value) -> usize {
    match value {
        Value::String(text) => text.len(),
        Value::Array(list) => list.iter().map(weight).sum::<usize>() + list.len(),
        Value::Object(map) => map
            .iter()
            .map(|(key, value)| key.len() + weight(value))
            .sum(),
        _ => 8,
    }
}

fn join(path: &str, key: &str) -> String {
    if path.is_empty() {
        key.into()
    } else {
        format!("{path}.{key}")
    }
}
