// SPDX-License-Identifier: EUPL-1.2
//! Reading a record of a CV without trusting it: what is missing or of another shape is simply not there.

use alloc::string::String;
use serde_json::{Map, Value};

use super::date::{Month, Period};
use super::words::Language;

/// A view of one record: an item of a section, the basics, a letter.
#[derive(Debug, Clone, Copy)]
pub struct Item<'a> {
    map: Option<&'a Map<String, Value>>,
    /// The language of the texts that stand in the record itself.
    first: Language,
}

/// A text with the language it is written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Said<'a> {
    /// What is said, trimmed and not empty.
    pub text: &'a str,
    /// In which language.
    pub language: Language,
}

impl<'a> Item<'a> {
    /// A view of a value; of anything but an object it is empty.
    #[must_use]
    pub fn new(value: Option<&'a Value>, first: Language) -> Self {
        Self {
            map: value.and_then(Value::as_object),
            first,
        }
    }

    /// A view of an object.
    #[must_use]
    pub const fn of(map: &'a Map<String, Value>, first: Language) -> Self {
        Self {
            map: Some(map),
            first,
        }
    }

    /// The value under a key.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&'a Value> {
        self.map?.get(key)
    }

    /// Everything that stands in the record.
    pub fn fields(&self) -> impl Iterator<Item = (&'a str, &'a Value)> + use<'a> {
        let map = self.map.into_iter().flatten();
        map.map(|(key, value)| (key.as_str(), value))
    }

    /// A text as it stands in the record, trimmed; empty counts as not there.
    #[must_use]
    pub fn text(&self, key: &str) -> Option<&'a str> {
        filled(self.get(key)?.as_str()?)
    }

    /// A text in the language wanted or, where there is none, in the other.
    #[must_use]
    pub fn said(&self, key: &str, wanted: Language) -> Option<Said<'a>> {
        let in_language = |language: Language| {
            let text = self.texts(language)?.get(key)?.as_str()?;
            filled(text).map(|text| Said { text, language })
        };
        in_language(wanted).or_else(|| in_language(wanted.other()))
    }

    /// The texts of a list, as they stand in the record.
    #[must_use]
    pub fn list(&self, key: &str) -> alloc::vec::Vec<&'a str> {
        texts_of(self.get(key)).collect()
    }

    /// The texts of a list in the language wanted or, where there are none, in the other.
    #[must_use]
    pub fn said_list(&self, key: &str, wanted: Language) -> alloc::vec::Vec<Said<'a>> {
        let in_language = |language: Language| {
            let list = self.texts(language).and_then(|texts| texts.get(key));
            let said = texts_of(list).map(move |text| Said { text, language });
            said.collect::<alloc::vec::Vec<_>>()
        };
        let texts = in_language(wanted);
        if texts.is_empty() {
            in_language(wanted.other())
        } else {
            texts
        }
    }

    /// The texts of a list that stands in both languages side by side: each in the language wanted or, where it is
    /// missing, in the other.
    #[must_use]
    pub fn said_each(&self, key: &str, wanted: Language) -> alloc::vec::Vec<Said<'a>> {
        let list = |language: Language| {
            let texts = self.texts(language).and_then(|texts| texts.get(key));
            let list = texts.and_then(Value::as_array);
            list.map(alloc::vec::Vec::as_slice).unwrap_or_default()
        };
        let at = |language: Language, index: usize| {
            let text = filled(list(language).get(index)?.as_str()?)?;
            Some(Said { text, language })
        };
        let count = list(wanted).len().max(list(wanted.other()).len());
        (0..count)
            .filter_map(|index| at(wanted, index).or_else(|| at(wanted.other(), index)))
            .collect()
    }

    /// True if the key holds `true`.
    #[must_use]
    pub fn flag(&self, key: &str) -> bool {
        self.get(key).and_then(Value::as_bool).unwrap_or(false)
    }

    /// A date of which at least the year is known.
    #[must_use]
    pub fn month(&self, key: &str) -> Option<Month> {
        Month::parse(self.text(key)?)
    }

    /// From `startDate` to `endDate`. As in JSON Resume, a period that has begun and has no end is still going on.
    #[must_use]
    pub fn period(&self) -> Period {
        let start = self.month("startDate");
        let ongoing = self.flag("x_current");
        let end = if ongoing { None } else { self.month("endDate") };
        Period {
            start,
            end,
            ongoing: ongoing || (start.is_some() && end.is_none()),
        }
    }

    /// A record inside this one; empty when there is none.
    #[must_use]
    pub fn record(&self, key: &str) -> Self {
        Self::new(self.get(key), self.first)
    }

    /// The records of a list.
    pub fn records(&self, key: &str) -> impl Iterator<Item = Self> + use<'a> {
        let first = self.first;
        let list = self.get(key).and_then(Value::as_array);
        list.into_iter()
            .flatten()
            .map(move |value| Self::new(Some(value), first))
    }

    /// True when it is marked not to be printed.
    #[must_use]
    pub fn hidden(&self) -> bool {
        self.flag("x_hidden")
    }

    fn texts(&self, language: Language) -> Option<&'a Map<String, Value>> {
        if language == self.first {
            self.map
        } else {
            self.map?.get(language.texts_key())?.as_object()
        }
    }
}

fn filled(text: &str) -> Option<&str> {
    Some(text.trim()).filter(|text| !text.is_empty())
}

fn texts_of(list: Option<&Value>) -> impl Iterator<Item = &str> {
    let list = list.and_then(Value::as_array);
    list.into_iter()
        .flatten()
        .filter_map(|value| filled(value.as_str()?))
}
