// SPDX-License-Identifier: EUPL-1.2
//! Two versions of a document side by side, with what differs, and the ways to go on: nothing is lost without a word.

use contract::cv::{
    field::{Field, find},
    lettera,
    sections::{self, BASICS, ROOT},
};
use serde_json::Value;

use super::{
    editor::Editor,
    field::spoken,
    sync::{Choice, Rival},
};
use crate::{
    dates,
    dom::*,
    texts::{self, tr},
};

/// Longest text that is shown of one side.
const LONGEST: usize = 240;

/// The two versions, as long as the person has not chosen.
pub(super) fn draw(editor: Editor) -> AnyView {
    (move || editor.rival.get().map(|rival| shown(editor, &rival))).into_any()
}

fn shown(editor: Editor, rival: &Rival) -> AnyView {
    let button = |class: &'static str, text: &'static str, choice: Choice| {
        el("button")
            .at("type", "button")
            .at("class", class)
            .on("click", move |_| editor.choose(choice))
            .with(text)
    };
    let (title, about) = match (&rival.other, rival.tab) {
        (None, _) => (
            tr("ui/cv/rival/gone", "Altrove è stato eliminato"),
            tr(
                "ui/cv/rival/gone_text",
                "Hai eliminato questo documento in un'altra scheda o su un altro dispositivo. Qui c'è ancora: vuoi tenerlo?",
            ),
        ),
        (Some(_), true) => (
            tr("ui/cv/rival/title", "Ci sono due versioni"),
            tr(
                "ui/cv/rival/tab_text",
                "Questo documento è aperto anche in un'altra scheda, e là è cambiato. Scegli quale versione tenere: fino ad allora restano tutte e due.",
            ),
        ),
        (Some(_), false) => (
            tr("ui/cv/rival/title", "Ci sono due versioni"),
            tr(
                "ui/cv/rival/text",
                "Questo documento è cambiato anche su un altro dispositivo. Scegli quale versione tenere: fino ad allora restano tutte e due.",
            ),
        ),
    };
    let differ = rival.other.as_ref().map(|other| {
        let there = if rival.tab {
            texts::with(
                tr("ui/cv/rival/other_tab", "Nell'altra scheda ({valore})"),
                &dates::milliseconds(other.changed),
            )
        } else {
            tr("ui/cv/rival/there", "Nel tuo spazio personale").to_owned()
        };
        let rows = editor.with(|mine| rows(editor.letter, mine, &other.doc, &there));
        el("dl").at("class", "summary-list cv-rival").with(rows)
    });
    let buttons = if rival.other.is_some() {
        many(vec![
            button(
                "btn btn-primary",
                tr("ui/cv/rival/both", "Tieni tutte e due"),
                Choice::Both,
            )
            .into_any(),
            button(
                "btn btn-outline-primary",
                tr("ui/cv/rival/mine", "Tieni quella che vedi qui"),
                Choice::Mine,
            )
            .into_any(),
            button(
                "btn btn-outline-primary",
                tr("ui/cv/rival/theirs", "Prendi l'altra"),
                Choice::Theirs,
            )
            .into_any(),
        ])
    } else {
        many(vec![
            button(
                "btn btn-primary",
                tr("ui/cv/rival/keep", "Tienilo"),
                Choice::Mine,
            )
            .into_any(),
            button(
                "btn btn-outline-primary",
                tr("ui/cv/rival/drop", "Eliminalo anche qui"),
                Choice::Theirs,
            )
            .into_any(),
        ])
    };
    el("section")
        .at("class", "notice warning")
        .at("id", "cv-rival")
        .at("aria-labelledby", "cv-rival-title")
        .with(
            el("h2")
                .at("class", "h5")
                .at("id", "cv-rival-title")
                .with(title),
        )
        .with(el("p").with(about))
        .with(differ)
        .with(el("div").at("class", "cv-buttons mb-0").with(buttons))
        .into_any()
}

/// What the two say differently, section by section.
fn rows(letter: bool, mine: &Value, other: &Value, there: &str) -> Vec<AnyView> {
    let mut rows = Vec::new();
    for (deep, label, fields, mine, other) in parts(letter, mine, other) {
        let (ours, theirs) = (mine.as_object(), other.as_object());
        let only_there = theirs
            .into_iter()
            .flatten()
            .filter(|(key, _)| mine.get(key).is_none());
        let keys = ours
            .into_iter()
            .flatten()
            .chain(only_there)
            .map(|(key, _)| key);
        for key in keys {
            let (mine, other) = (&mine[key.as_str()], &other[key.as_str()]);
            let deeper = !deep && DEEPER.contains(&key.as_str());
            if mine == other || deeper {
                continue;
            }
            let name = match (
                sections::section(key).filter(|_| !letter),
                find(fields, key),
            ) {
                (Some(section), _) => section.title.get(spoken()),
                (None, Some(field)) => field.label.get(spoken()),
                (None, None) => key,
            };
            let side = |whose: &str, value: &Value| {
                el("dd")
                    .with(el("span").at("class", "field-hint mb-0").with(whose))
                    .with(said(value))
            };
            rows.push(
                el("div")
                    .with(el("dt").with([label, name].concat()))
                    .with(side(tr("ui/cv/rival/here", "Qui"), mine))
                    .with(side(there, other))
                    .into_any(),
            );
        }
    }
    rows
}

/// Records that are looked at field by field.
const DEEPER: [&str; 3] = ["basics", "sender", "recipient"];

type Part<'a> = (bool, &'static str, &'static [Field], &'a Value, &'a Value);

fn parts<'a>(letter: bool, mine: &'a Value, other: &'a Value) -> Vec<Part<'a>> {
    let inside = |label, fields, key: &str| (true, label, fields, &mine[key], &other[key]);
    if letter {
        vec![
            (false, "", lettera::FIELDS, mine, other),
            inside(
                tr("ui/cv/rival/sender", "Chi scrive: "),
                lettera::SENDER,
                "sender",
            ),
            inside(
                tr("ui/cv/rival/recipient", "A chi: "),
                lettera::RECIPIENT,
                "recipient",
            ),
        ]
    } else {
        vec![inside("", BASICS, "basics"), (false, "", ROOT, mine, other)]
    }
}

/// A value in a few words.
fn said(value: &Value) -> String {
    let mut text = String::new();
    tell(value, &mut text);
    match text.char_indices().nth(LONGEST) {
        Some((end, _)) => [&text[..end], "…"].concat(),
        None if text.is_empty() => "–".to_owned(),
        None => text,
    }
}

fn tell(value: &Value, into: &mut String) {
    match value {
        Value::String(text) if !text.is_empty() => {
            if !into.is_empty() {
                into.push_str(", ");
            }
            into.push_str(if text.starts_with("data:") {
                tr("ui/cv/rival/photo", "una foto")
            } else {
                text
            });
        }
        Value::Array(list) => list.iter().for_each(|value| tell(value, into)),
        Value::Object(map) => map
            .iter()
            .filter(|(key, _)| *key != "x_id")
            .for_each(|(_, value)| tell(value, into)),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_value_is_told_in_a_few_words() {
        assert_eq!(
            said(&json!([{ "name": "Bar", "x_id": "1" }, "Cuoca", true, null])),
            "Bar, Cuoca"
        );
        assert_eq!(said(&Value::Null), "–");
        assert_eq!(said(&json!("à".repeat(300))).chars().count(), LONGEST + 1);
        assert_eq!(said(&json!("data:image/png;base64,AAAA")), "una foto");
    }
}
