// SPDX-License-Identifier: EUPL-1.2
//! The message inbox, in the shape of the App IO messages API.
//!
//! Messages are appended to a file of JSON lines, so nothing that was answered 201 is lost when the box is killed.

use super::pages::{self, Shown};
use super::wire::{Call, Reply, instant, now};
use super::{jose, people};
use anyhow::Context;
use hyper::Method;
use serde_json::{Value, json};
use std::fs::{File, OpenOptions};
use std::io::Write;
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};

/// The inbox of everybody.
pub(crate) struct Inbox {
    kept: Mutex<Kept>,
    broken: AtomicBool,
}

struct Kept {
    file: File,
    messages: Vec<Value>,
}

impl Inbox {
    /// Reads what earlier runs have kept.
    pub(crate) fn open(path: &Path) -> anyhow::Result<Inbox> {
        let (file, messages) = open_lines(path)?;
        Ok(Inbox {
            kept: Mutex::new(Kept { file, messages }),
            broken: AtomicBool::new(false),
        })
    }

    /// Everything under `/messaggi`.
    pub(crate) fn route(&self, call: &Call, rest: &str) -> Reply {
        let get = call.method == Method::GET;
        let parts: Vec<_> = rest.trim_end_matches('/').split('/').collect();
        match parts.as_slice() {
            [""] if get => pages::inboxes(|person| self.of(person.codice_fiscale).len()),
            ["persona", name] if get => self.show(name),
            ["prova"] if call.method == Method::POST => self.trial(call),
            ["api", "v1", ..] if self.broken.load(Ordering::Relaxed) => {
                Reply::problem(503, "The inbox is out of order.").with("retry-after", "5")
            }
            ["api", "v1", "profiles", cf] if get => match people::find(cf) {
                Some(_) => Reply::json(
                    200,
                    &json!({"sender_allowed": true, "preferred_languages": ["it_IT"]}),
                ),
                None => Reply::problem(404, "No profile with this fiscal code."),
            },
            ["api", "v1", "messages"] if call.method == Method::POST => self.receive(call),
            ["api", "v1", "messages", cf, id] if get => {
                let found = self.of(cf).into_iter().find(|message| message["id"] == *id);
                found.map_or_else(
                    || Reply::problem(404, "No message with this id."),
                    |message| Reply::json(200, &json!({"message": message, "status": "PROCESSED"})),
                )
            }
            ["prova"] | ["api", "v1", "messages"] => Reply::wrong_method("POST"),
            _ => Reply::not_found(),
        }
    }

    fn receive(&self, call: &Call) -> Reply {
        let sent = match call.json() {
            Ok(sent) => sent,
            Err(refusal) => return refusal,
        };
        if let Err(why) = check(&sent) {
            return Reply::problem(400, why);
        }
        match self.keep(&sent) {
            Ok(id) => Reply::json(201, &json!({"id": id})).with(
                "location",
                &format!(
                    "/messaggi/api/v1/messages/{}/{id}",
                    sent["fiscal_code"].as_str().unwrap_or_default()
                ),
            ),
            Err(_) => Reply::problem(503, "The message cannot be stored."),
        }
    }

    fn keep(&self, sent: &Value) -> anyhow::Result<String> {
        let id = jose::random(18)?;
        let message = json!({
            "id": id,
            "fiscal_code": sent["fiscal_code"],
            "created_at": instant(now()),
            "content": sent["content"],
            "time_to_live": sent.get("time_to_live").cloned().unwrap_or(json!(3600)),
        });
        let mut kept = self.kept();
        append(&mut kept.file, &message)?;
        kept.messages.push(message);
        Ok(id)
    }

    /// The messages of one person, newest first.
    fn of(&self, codice_fiscale: &str) -> Vec<Value> {
        let kept = self.kept();
        kept.messages
            .iter()
            .rev()
            .filter(|message| message["fiscal_code"] == codice_fiscale)
            .cloned()
            .collect()
    }

    fn show(&self, name: &str) -> Reply {
        let codice_fiscale = name.strip_suffix(".json").unwrap_or(name);
        let messages = self.of(codice_fiscale);
        if name.ends_with(".json") {
            return Reply::json(200, &Value::Array(messages));
        }
        let Some(person) = people::find(codice_fiscale) else {
            return Reply::not_found();
        };
        let shown: Vec<_> = messages
            .iter()
            .map(|message| Shown {
                subject: message["content"]["subject"].as_str().unwrap_or_default(),
                markdown: message["content"]["markdown"].as_str().unwrap_or_default(),
                received: message["created_at"].as_str().unwrap_or_default(),
                due: message["content"]["due_date"].as_str(),
            })
            .collect();
        pages::inbox(person, &shown)
    }

    fn trial(&self, call: &Call) -> Reply {
        match call.json().map(|wish| wish["guasto"].as_bool()) {
            Ok(Some(broken)) => {
                self.broken.store(broken, Ordering::Relaxed);
                Reply::json(200, &json!({"guasto": broken}))
            }
            Ok(None) => Reply::problem(422, "guasto is true or false."),
            Err(refusal) => refusal,
        }
    }

    fn kept(&self) -> MutexGuard<'_, Kept> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The limits of App IO's `NewMessage`.
fn check(sent: &Value) -> Result<(), &'static str> {
    let length = |text: &Value| text.as_str().map_or(0, |text| text.chars().count());
    let code = sent["fiscal_code"].as_str().unwrap_or_default();
    if code.len() != 16
        || !code
            .bytes()
            .all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit())
    {
        return Err("fiscal_code must be a codice fiscale in capital letters.");
    }
    if !(10..=120).contains(&length(&sent["content"]["subject"])) {
        return Err("content.subject must have 10 to 120 characters.");
    }
    if !(80..=10_000).contains(&length(&sent["content"]["markdown"])) {
        return Err("content.markdown must have 80 to 10000 characters.");
    }
    match &sent["time_to_live"] {
        Value::Null => {}
        life if life
            .as_u64()
            .is_some_and(|seconds| (3600..=604_800).contains(&seconds)) => {}
        _ => return Err("time_to_live must be 3600 to 604800 seconds."),
    }
    match &sent["content"]["due_date"] {
        Value::Null => {}
        due if due
            .as_str()
            .is_some_and(|due| due.parse::<jiff::Timestamp>().is_ok()) => {}
        _ => return Err("content.due_date must be an instant with offset."),
    }
    Ok(())
}

/// Opens a file of JSON lines for appending, and reads what is in it. A last line that a crash has cut is left out.
pub(crate) fn open_lines(path: &Path) -> anyhow::Result<(File, Vec<Value>)> {
    let text = if path.exists() {
        std::fs::read_to_string(path)?
    } else {
        String::new()
    };
    let lines = text
        .lines()
        .filter_map(|line| serde_json::from_str(line).ok())
        .collect();
    let mut file = OpenOptions::new()
        .create(true)
        .append(true)
        .open(path)
        .with_context(|| format!("cannot write {}", path.display()))?;
    if !text.is_empty() && !text.ends_with('\n') {
        file.write_all(b"\n")?;
    }
    Ok((file, lines))
}

/// Appends one line. The system has it when this returns, so it outlives the box; the box's people are invented, and it
/// does not make the Sportello wait until the disk has it too.
pub(crate) fn append(file: &mut File, line: &Value) -> anyhow::Result<()> {
    Ok(file.write_all(format!("{line}\n").as_bytes())?)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn message(subject: usize, markdown: usize) -> Value {
        json!({"fiscal_code": "FOXDAA00B69A944O", "content": {"subject": "à".repeat(subject), "markdown": "b".repeat(markdown)}})
    }

    #[test]
    fn lengths_are_held_as_app_io_holds_them() {
        assert!(check(&message(10, 80)).is_ok());
        assert!(check(&message(120, 10_000)).is_ok());
        assert!(check(&message(9, 80)).is_err());
        assert!(check(&message(121, 80)).is_err());
        assert!(check(&message(10, 79)).is_err());
        assert!(check(&message(10, 10_001)).is_err());
    }

    #[test]
    fn dates_lives_and_codes_are_checked() {
        let mut sent = message(10, 80);
        sent["content"]["due_date"] = json!("2026-12-24T12:00:00+01:00");
        sent["time_to_live"] = json!(3600);
        assert!(check(&sent).is_ok());
        sent["content"]["due_date"] = json!("domani");
        assert!(check(&sent).is_err());
        sent["content"]["due_date"] = Value::Null;
        sent["time_to_live"] = json!(60);
        assert!(check(&sent).is_err());
        sent["time_to_live"] = Value::Null;
        sent["fiscal_code"] = json!("foxdaa00b69a944o");
        assert!(check(&sent).is_err());
    }

    #[test]
    fn a_line_that_a_crash_has_cut_is_left_out_and_the_next_one_is_kept() {
        let path = std::env::temp_dir().join(format!("inbox-{}.jsonl", std::process::id()));
        std::fs::write(&path, "{\"id\":1}\n{\"id\":").unwrap();
        let (mut file, lines) = open_lines(&path).unwrap();
        assert_eq!(lines, [json!({"id": 1})]);
        append(&mut file, &json!({"id": 3})).unwrap();
        let (_, lines) = open_lines(&path).unwrap();
        assert_eq!(lines, [json!({"id": 1}), json!({"id": 3})]);
        std::fs::remove_file(&path).unwrap();
    }
}
