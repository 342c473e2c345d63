// SPDX-License-Identifier: EUPL-1.2
//! Filling the records of a CV that is being read: what is empty is not there.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

/// A record of a CV.
pub(super) type Record = Map<String, Value>;

/// Puts a text under a key.
pub(super) fn put(record: &mut Record, key: &str, text: Option<&str>) {
    if let Some(text) = text.map(str::trim).filter(|text| !text.is_empty()) {
        record.insert(key.into(), text.into());
    }
}

/// Puts a list under a key, without records that have nothing in them.
pub(super) fn put_list(record: &mut Record, key: &str, items: Vec<Value>) {
    let filled = |item: &Value| item.as_object().is_none_or(|item| !item.is_empty());
    let items: Vec<Value> = items.into_iter().filter(filled).collect();
    if !items.is_empty() {
        record.insert(key.into(), items.into());
    }
}

/// Sections that the person added, by their names, in the order in which they are met.
#[derive(Default)]
pub(super) struct Sections {
    places: BTreeMap<String, usize>,
    sections: Vec<(String, Vec<Value>)>,
}

impl Sections {
    /// Adds an item to the section of this name.
    pub(super) fn add(&mut self, name: &str, item: Value) {
        match self.places.get(name) {
            Some(place) => self.sections[*place].1.push(item),
            None => {
                self.places.insert(name.into(), self.sections.len());
                self.sections.push((name.into(), vec![item]));
            }
        }
    }

    /// Puts them where a CV has them.
    pub(super) fn put(self, cv: &mut Record) {
        let sections = self.sections.into_iter();
        let sections = sections.map(|(name, items)| json!({ "name": name, "items": items }));
        put_list(cv, "x_sections", sections.collect());
    }
}
