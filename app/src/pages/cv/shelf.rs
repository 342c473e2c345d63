// SPDX-License-Identifier: EUPL-1.2
//! The CVs and letters that are kept on this device: each a text under its own name in the store of the browser. Those
//! that a signed-in person keeps on the edge too have names of that person's own, so that nobody else sees them here.

use contract::cv::kept;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::{browser, dates, store, texts};

const CV: &str = "cv";
const LETTER: &str = "lettera";
/// What the edge has still to throw away is noted under the name of the document behind this.
const AWAY: &str = "via/";
/// What was typed last as a page went away is noted under the name of the document behind this, among the settings: they
/// are written at once, where the store may not get to it any more.
const LAST: &str = "ultimo/";

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
    /// The version on the edge that it comes from; empty when the edge never had it.
    #[serde(default)]
    pub(super) etag: String,
    /// The change that the edge has.
    #[serde(default)]
    pub(super) synced: i64,
}

impl Record {
    /// What the edge has of a document.
    pub(super) fn of(doc: Value, etag: String) -> Self {
        let changed = browser::now() as i64;
        Self {
            both: writes_both(&doc),
            doc,
            changed,
            etag,
            synced: changed,
            ad: String::new(),
        }
    }

    /// True when the edge has not heard the last change.
    pub(super) fn waits(&self) -> bool {
        self.changed != self.synced
    }
}

/// True when texts stand in both languages.
pub(super) fn writes_both(doc: &Value) -> bool {
    let text = doc.to_string();
    text.contains("\"x_en\":{\"") || text.contains("\"x_it\":{\"")
}

/// What came of writing over what was there.
pub(super) enum Written {
    Done,
    Failed,
    /// Somebody else was there in between: what stands there now.
    Other(Option<Record>),
}

/// A document in the list.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Entry {
    /// Whose it is: nobody's, as long as it is on this device only.
    pub(super) owner: String,
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
    let found = doc.as_object().and_then(|map| kept::title(letter, map));
    match (found, letter) {
        (Some(text), _) => text.to_owned(),
        (None, true) => texts::tr("ui/cv/untitled_letter", "Lettera senza nome").to_owned(),
        (None, false) => texts::tr("ui/cv/untitled", "CV senza nome").to_owned(),
    }
}

/// The name in the store.
pub(super) fn name(owner: &str, letter: bool, id: &str) -> String {
    [&prefix(owner, letter), id].concat()
}

fn prefix(owner: &str, letter: bool) -> String {
    let kind = if letter { LETTER } else { CV };
    let at = if owner.is_empty() { "" } else { "@" };
    [kind, at, owner, "/"].concat()
}

/// The address of its editor.
pub(super) fn address(letter: bool, id: &str) -> String {
    [if letter { "/cv/lettera/" } else { "/cv/" }, id].concat()
}

/// Everything on this device that is nobody's or this person's, what was changed last first.
pub(super) async fn all(owner: &str) -> Vec<Entry> {
    let mut entries = Vec::new();
    for letter in [false, true] {
        entries.extend(of("", letter).await);
        if !owner.is_empty() {
            entries.extend(of(owner, letter).await);
        }
    }
    newest_first(entries, &|entry| entry.record.changed)
}

/// In order of change. There are a few dozen at most: a sort of the library would cost more bytes than it saves time.
pub(super) fn newest_first<T>(mut all: Vec<T>, changed: &dyn Fn(&T) -> i64) -> Vec<T> {
    let mut sorted = Vec::with_capacity(all.len());
    while let Some(next) = (0..all.len())
        .rev()
        .max_by_key(|index| changed(&all[*index]))
    {
        sorted.push(all.remove(next));
    }
    sorted
}

async fn of(owner: &str, letter: bool) -> Vec<Entry> {
    let prefix = prefix(owner, letter);
    let mut entries = Vec::new();
    for (name, text) in store::starting_with(&prefix).await {
        if let Ok(record) = serde_json::from_str(&text) {
            entries.push(Entry {
                owner: owner.to_owned(),
                letter,
                id: name[prefix.len()..].to_owned(),
                record,
            });
        }
    }
    entries
}

/// What is under this name.
pub(super) async fn read(name: &str) -> Option<Record> {
    serde_json::from_str(&store::read(name).await?).ok()
}

/// Writes it; false when the device refuses.
pub(super) async fn keep(name: &str, record: &Record) -> bool {
    match serde_json::to_string(record) {
        Ok(text) => store::write(name, Some(&text)).await,
        Err(_) => false,
    }
}

/// Changes what is there, in one go. `act` says whether there is something to be written.
pub(super) async fn amend(name: &str, act: &mut dyn FnMut(&mut Record) -> bool) -> bool {
    store::amend(name, &mut |text| {
        let mut record = serde_json::from_str(&text?).ok()?;
        act(&mut record).then(|| serde_json::to_string(&record).ok())?
    })
    .await
}

/// Writes what was made of the change `base`. What the edge has of it stays as it stands there.
pub(super) async fn replace(name: &str, record: &Record, base: i64) -> Written {
    let mut other = None;
    let sound = store::amend(name, &mut |text| {
        let there: Option<Record> = text.and_then(|text| serde_json::from_str(&text).ok());
        if there.as_ref().map_or(0, |there| there.changed) != base {
            other = Some(there);
            return None;
        }
        let mut record = record.clone();
        let there = there.unwrap_or_default();
        record.etag = there.etag;
        record.synced = there.synced;
        serde_json::to_string(&record).ok()
    })
    .await;
    match other {
        Some(other) => Written::Other(other),
        None if sound => Written::Done,
        None => Written::Failed,
    }
}

/// Notes what was made of the change that `record` names, as the page goes away.
pub(super) fn note_last(name: &str, record: &Record) {
    let text = serde_json::to_string(record).ok();
    browser::set_setting(&[LAST, name].concat(), text.as_deref());
}

/// It has come to the store after all.
pub(super) fn forget_last(name: &str) {
    browser::set_setting(&[LAST, name].concat(), None);
}

/// Brings to the store what was noted as pages went away. Where somebody has gone on with the document meanwhile, it
/// becomes a document of its own.
pub(super) async fn settle() {
    for note in browser::settings_beginning_with(LAST) {
        let name = &note[LAST.len()..];
        let text = browser::setting(&note);
        let Some(mut record) = text.and_then(|text| serde_json::from_str::<Record>(&text).ok())
        else {
            continue;
        };
        let base = record.changed;
        record.changed = (browser::now() as i64).max(base + 1);
        let sound = match replace(name, &record, base).await {
            Written::Done => true,
            Written::Failed => false,
            Written::Other(Some(there)) if there.doc == record.doc => true,
            Written::Other(_) => {
                let around = name.rsplit_once('/').map_or("", |(around, _)| around);
                record.etag = String::new();
                record.synced = 0;
                keep(&[around, "/", &browser::uuid()].concat(), &record).await
            }
        };
        if sound {
            forget_last(name);
        }
    }
}

/// Takes it away.
pub(super) async fn forget(name: &str) -> bool {
    store::write(name, None).await
}

/// Notes that the edge has to throw a document away, or that it has; false when the device refuses.
pub(super) async fn doom(owner: &str, letter: bool, id: &str, waits: bool) -> bool {
    let note = [AWAY, &name(owner, letter, id)].concat();
    store::write(&note, waits.then_some("")).await
}

/// What the edge has still to throw away: whether it is a letter, and its id.
pub(super) async fn doomed(owner: &str) -> Vec<(bool, String)> {
    let mut found = Vec::new();
    for letter in [false, true] {
        let prefix = [AWAY, &prefix(owner, letter)].concat();
        for (name, _) in store::starting_with(&prefix).await {
            found.push((letter, name[prefix.len()..].to_owned()));
        }
    }
    found
}

/// Puts a new document into the store; gives its id.
pub(super) async fn add(owner: &str, letter: bool, doc: Value) -> Option<String> {
    let id = browser::uuid();
    let record = Record {
        both: writes_both(&doc),
        doc,
        changed: browser::now() as i64,
        ..Record::default()
    };
    keep(&name(owner, letter, &id), &record).await.then_some(id)
}

/// Takes off this device what the edge has anyway, when its people are not here any more.
pub(super) async fn sweep(owner: &str) {
    for kind in [CV, LETTER] {
        for (name, text) in store::starting_with(&[kind, "@", owner].concat()).await {
            let record: Record = serde_json::from_str(&text).unwrap_or_default();
            if !record.etag.is_empty() && !record.waits() {
                store::write(&name, None).await;
            }
        }
    }
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
