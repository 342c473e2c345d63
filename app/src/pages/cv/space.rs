// SPDX-License-Identifier: EUPL-1.2
//! The personal space of a signed-in person: the CVs and letters that the edge keeps, so that they follow the person to
//! another device. The device stays the first place of everything; what the edge has not heard yet waits there.

use contract::endpoint::Method;
use serde_json::Value;

use super::{
    path,
    shelf::{self, Record},
};
use crate::{
    api::{self, CallError, Reply},
    browser::encode,
    session::Session,
};

/// What came of telling the edge.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Told {
    /// The edge has it.
    Kept,
    /// The edge has another version, or none any more.
    Other(Option<Record>),
    /// It could not be told.
    Failed(CallError),
}

/// What the edge has of a document.
pub(super) enum Seen {
    /// The same version as this device.
    Same,
    /// Another one.
    Other(Record),
    /// None any more.
    Gone,
    /// It cannot be known now.
    Unknown,
}

fn address(letter: bool, id: &str) -> String {
    let list = if letter { "/api/lettere" } else { "/api/cv" };
    if id.is_empty() {
        return list.to_owned();
    }
    [list, "/", &encode(id)].concat()
}

async fn ask(
    session: Session,
    method: Method,
    address: &str,
    body: Option<String>,
    condition: (&str, &str),
) -> Result<Reply, CallError> {
    let reply = api::ask(method, address, &[], body, condition).await?;
    if reply.status == 401 {
        session.lost();
    }
    Ok(reply)
}

/// Everything that the edge keeps of one kind.
pub(super) async fn list(session: Session, letter: bool) -> Result<Vec<Value>, CallError> {
    let reply = ask(session, Method::Get, &address(letter, ""), None, ("", "")).await?;
    match reply.status {
        200 => match value(&reply.text) {
            Value::Array(list) => Ok(list),
            _ => Err(CallError::Unreadable),
        },
        _ => Err(reply.refusal()),
    }
}

fn value(text: &str) -> Value {
    serde_json::from_str(text).unwrap_or_default()
}

/// Looks at what the edge has beside the version `etag`.
pub(super) async fn look(session: Session, letter: bool, id: &str, etag: &str) -> Seen {
    let asked = ask(
        session,
        Method::Get,
        &address(letter, id),
        None,
        ("If-None-Match", etag),
    )
    .await;
    match asked {
        Ok(reply) if reply.status == 304 => Seen::Same,
        Ok(reply) if reply.status == 404 => Seen::Gone,
        Ok(reply) if reply.status == 200 => Seen::Other(Record::of(value(&reply.text), reply.etag)),
        _ => Seen::Unknown,
    }
}

/// Brings a document of the edge to this device, but for one that was thrown away here.
pub(super) async fn bring(session: Session, owner: &str, letter: bool, id: &str) -> Option<Record> {
    if shelf::doomed(owner).await.iter().any(|away| away.1 == id) {
        return None;
    }
    let Seen::Other(record) = look(session, letter, id, "").await else {
        return None;
    };
    if !LEAVING.get() {
        shelf::keep(&shelf::name(owner, letter, id), &record).await;
    }
    Some(record)
}

/// Tells the edge the last change of a document, if it has not heard it.
pub(super) async fn push(session: Session, owner: &str, letter: bool, id: &str) -> Told {
    let name = shelf::name(owner, letter, id);
    let Some(record) = shelf::read(&name).await.filter(Record::waits) else {
        return Told::Kept;
    };
    // Whoever writes it anew keeps it.
    shelf::doom(owner, letter, id, false).await;
    let condition = if record.etag.is_empty() {
        ("If-None-Match", "*")
    } else {
        ("If-Match", &*record.etag)
    };
    let body = record.doc.to_string();
    let reply = match ask(
        session,
        Method::Put,
        &address(letter, id),
        Some(body),
        condition,
    )
    .await
    {
        Ok(reply) => reply,
        Err(error) => return Told::Failed(error),
    };
    match reply.status {
        200 | 201 => {
            mark(&name, reply.etag, record.changed).await;
            Told::Kept
        }
        412 => {
            let mut told = value(&reply.text);
            let etag = path::text(&told, "presente.etag").to_owned();
            let doc = told["presente"]["documento"].take();
            Told::Other((!etag.is_empty()).then(|| Record::of(doc, etag)))
        }
        _ => Told::Failed(reply.refusal()),
    }
}

/// Notes which version the edge has, and which change of this device that is.
pub(super) async fn mark(name: &str, etag: String, synced: i64) {
    shelf::amend(name, &mut |record| {
        record.etag.clone_from(&etag);
        record.synced = synced;
        true
    })
    .await;
}

/// Throws a document away: here at once, there as soon as the edge hears of it.
pub(super) async fn throw_away(
    session: Session,
    owner: &str,
    letter: bool,
    id: &str,
) -> Result<(), CallError> {
    if !shelf::doom(owner, letter, id, true).await {
        // A device that cannot note it: then there first, where others would bring it back from.
        discard(session, letter, id).await?;
    }
    shelf::forget(&shelf::name(owner, letter, id)).await;
    // What the edge has not heard is said by the page as long as it is so.
    let _ = throw_away_there(session, owner).await;
    Ok(())
}

/// Tells the edge what was thrown away while it could not be told.
pub(super) async fn throw_away_there(session: Session, owner: &str) -> Result<(), CallError> {
    for (letter, id) in shelf::doomed(owner).await {
        discard(session, letter, &id).await?;
        shelf::doom(owner, letter, &id, false).await;
    }
    Ok(())
}

/// Throws a document away there; what is not there is thrown away already.
async fn discard(session: Session, letter: bool, id: &str) -> Result<(), CallError> {
    let reply = ask(
        session,
        Method::Delete,
        &address(letter, id),
        None,
        ("", ""),
    )
    .await?;
    match reply.status {
        204 | 404 => Ok(()),
        _ => Err(reply.refusal()),
    }
}

/// Says that a CV still holds.
pub(super) async fn confirm(session: Session, id: &str, etag: &str) -> Result<(), CallError> {
    let address = [&address(false, id), "/conferma"].concat();
    let reply = ask(session, Method::Post, &address, None, ("If-Match", etag)).await?;
    match reply.status {
        200 => Ok(()),
        _ => Err(reply.refusal()),
    }
}

/// Signing out takes off this device what the edge has, after telling it the rest.
async fn leave(session: Session) {
    let owner = session.codice_fiscale().unwrap_or_default();
    if owner.is_empty() {
        return;
    }
    LEAVING.set(true);
    shelf::settle().await;
    let _ = throw_away_there(session, &owner).await;
    for entry in shelf::all(&owner).await {
        if entry.owner == owner && entry.record.waits() {
            push(session, &owner, entry.letter, &entry.id).await;
        }
    }
    shelf::sweep(&owner).await;
}

thread_local! {
    static READY: std::cell::Cell<bool> = const { std::cell::Cell::new(false) };
    /// Somebody is signing out: nothing of theirs is brought here any more.
    static LEAVING: std::cell::Cell<bool> = const { std::cell::Cell::new(false) };
}

/// Makes sure that signing out leaves nothing behind.
pub(super) fn prepare(session: Session) {
    if !READY.replace(true) {
        session.before_leaving(Box::new(move || Box::pin(leave(session))));
    }
}
