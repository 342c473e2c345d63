// SPDX-License-Identifier: EUPL-1.2
//! The CVs and letters that are kept on this device: each a text under its own name in the store of the browser.

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::path;
use crate::{browser, dates, store, texts};

const CVS: &str = "cv/";
const LETTERS: &str = "lettera/";

/// What is kept of a document.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub(super) struct Record {
    pub(super) doc: Value,
    /// Milliseconds since 1970.
    #[serde(default)]
    pub(super) changed: i64,
    /// Texts are written in both languages.
    #[serde(default)]
    pub(super) both: bool,
    /// The job ad that it is compared with.
    #[serde(default)]
    pub(super) ad: String,
}

/// A document in the list.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Entry {
    pub(super) letter: bool,
    pub(super) id: String,
    pub(super) record: Record,
}

impl Entry {
    /// What the person calls it, or what it says by itself.
    pub(super) fn title(&self) -> String {
        title(self.letter, &self.record.doc)
    }
}

/// The name of a document, also when nobody gave it one.
pub(super) fn title(letter: bool, doc: &Value) -> String {
    let known = if letter {
        ["x_title", "recipient.organization", "subject"]
    } else {
        ["x_title", "basics.label", "basics.name"]
    };
    let found = known
        .iter()
        .map(|place| path::text(doc, place).trim())
        .find(|text| !text.is_empty());
    match (found, letter) {
        (Some(text), _) => text.to_owned(),
        (None, true) => texts::tr("ui/cv/untitled_letter", "Lettera senza nome").to_owned(),
        (None, false) => texts::tr("ui/cv/untitled", "CV senza nome").to_owned(),
    }
}

/// The name in the store.
pub(super) fn name(letter: bool, id: &str) -> String {
    [if letter { LETTERS } else { CVS }, id].concat()
}

/// The address of its editor.
pub(super) fn address(letter: bool, id: &str) -> String {
    [if letter { "/cv/lettera/" } else { "/cv/" }, id].concat()
}

/// Everything on this device, what was changed last first.
pub(super) async fn all() -> Vec<Entry> {
    let mut entries = Vec::new();
    for (letter, prefix) in [(false, CVS), (true, LETTERS)] {
        for (name, text) in store::starting_with(prefix).await {
            if let Ok(record) = serde_json::from_str(&text) {
                entries.push(Entry {
                    letter,
                    id: name[prefix.len()..].to_owned(),
                    record,
                });
            }
        }
    }
    entries.sort_by_key(|entry| -entry.record.changed);
    entries
}

/// One of them.
pub(super) async fn find(letter: bool, id: &str) -> Option<Record> {
    let text = store::read(&name(letter, id)).await?;
    serde_json::from_str(&text).ok()
}

/// Writes it; false when the device refuses.
pub(super) async fn keep(name: &str, record: &Record) -> bool {
    match serde_json::to_string(record) {
        Ok(text) => store::write(name, Some(&text)).await,
        Err(_) => false,
    }
}

/// Takes it away.
pub(super) async fn forget(letter: bool, id: &str) -> bool {
    store::write(&name(letter, id), None).await
}

/// Puts a new document into the store; gives its id.
pub(super) async fn add(letter: bool, doc: Value) -> Option<String> {
    let id = browser::uuid();
    let record = Record {
        doc,
        changed: browser::now() as i64,
        ..Record::default()
    };
    keep(&name(letter, &id), &record).await.then_some(id)
}

/// An empty CV, or a letter of today.
pub(super) fn empty(letter: bool) -> Value {
    let language = texts::language();
    if letter {
        json!({
            "kind": "ad", "language": language, "text_language": language,
            "date": dates::today().to_string(), "paragraphs": [],
        })
    } else {
        json!({ "basics": {}, "x_language": language, "x_text_language": language })
    }
}
