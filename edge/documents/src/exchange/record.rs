// SPDX-License-Identifier: EUPL-1.2
//! Filling the records of a CV that is being read: what is empty is not there.

use serde_json::{Map, Value};

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
