// SPDX-License-Identifier: EUPL-1.2
//! One field of the table as an input: the label, what is wrong with it, and its twin in the other language.

use contract::cv::{
    field::{Field, Kind},
    words::{Code, Language},
};
use contract::problem::FieldProblem;
use serde_json::Value;

use super::{editor::Editor, items, month, path};
use crate::{
    dom::*,
    texts::{self, tr},
    ui,
};

/// The language in which the page speaks.
pub(super) fn spoken() -> Language {
    Language::parse(texts::language()).unwrap_or_default()
}

/// The name of a language, in the language of the page.
pub(super) fn language_name(language: Language) -> &'static str {
    match language {
        Language::Italian => tr("ui/cv/italian", "italiano"),
        Language::English => tr("ui/cv/english", "inglese"),
    }
}

/// The place of a field in its record.
pub(super) fn place_of(record: &str, key: &str) -> String {
    if record.is_empty() {
        key.to_owned()
    } else {
        [record, ".", key].concat()
    }
}

/// The fields of a record, without those that are drawn elsewhere.
pub(super) fn fields(
    editor: Editor,
    record: &str,
    all: &'static [Field],
    without: &[&str],
) -> AnyView {
    let wanted = all.iter().filter(|field| !without.contains(&field.key));
    let drawn = wanted.map(|field| draw(editor, record, field)).collect();
    el("div")
        .at("class", "cv-fields")
        .with(many(drawn))
        .into_any()
}

/// A field, with its twin beside it where the person writes in both languages.
pub(super) fn draw(editor: Editor, record: &str, field: &'static Field) -> AnyView {
    let place = place_of(record, field.key);
    let label = field.label.get(spoken());
    match field.kind {
        Kind::Record(inner) => {
            return el("fieldset")
                .at("class", "field wide")
                .with(el("legend").with(label))
                .with(fields(editor, &place, inner, &[]))
                .into_any();
        }
        Kind::Records(inner, most) => {
            return el("div")
                .at("class", "field wide")
                .with(items::draw(
                    editor,
                    items::List::nested(place, inner, most, label),
                ))
                .into_any();
        }
        Kind::Month if field.key == "endDate" && ongoing(editor, record) => return ().into_any(),
        Kind::Flag if field.key == "x_current" => return current(editor, record, label),
        _ => {}
    }
    if !(field.translated && editor.record.with_value(|kept| kept.both)) {
        return one(editor, place, field.kind, label.to_owned(), None);
    }
    let first = editor.text_language();
    let beside = path::twin(&place, first.other().texts_key());
    let named = |language| [label, " · ", language_name(language)].concat();
    el("div")
        .at("class", "cv-both wide")
        .with(one(editor, place, field.kind, named(first), Some(first)))
        .with(one(
            editor,
            beside,
            field.kind,
            named(first.other()),
            Some(first.other()),
        ))
        .into_any()
}

fn ongoing(editor: Editor, record: &str) -> bool {
    editor.with(|doc| path::get(doc, &place_of(record, "x_current")) == Some(&Value::Bool(true)))
}

/// «In corso»: then there is no end to be asked.
fn current(editor: Editor, record: &str, label: &'static str) -> AnyView {
    let place = place_of(record, "x_current");
    let end = place_of(record, "endDate");
    let on = ongoing(editor, record);
    let id = place.clone();
    check(place.clone(), label, on, move |on| {
        editor.alter(|doc| {
            path::set(doc, &place, on.then_some(Value::Bool(true)));
            if on {
                path::set(doc, &end, None);
            }
        });
        items::focus_later(id.clone());
    })
}

/// A box to be ticked.
pub(super) fn check(
    id: String,
    label: impl Into<String>,
    on: bool,
    changed: impl Fn(bool) + 'static,
) -> AnyView {
    let label: String = label.into();
    el("div")
        .at("class", "form-check field")
        .with(
            el("input")
                .at("type", "checkbox")
                .at("id", id.clone())
                .prop("checked", on)
                .on("change", move |event| changed(event_target_checked(&event))),
        )
        .with(el("label").at("for", id).with(label))
        .into_any()
}

/// One input with its label and its message.
pub(super) fn one(
    editor: Editor,
    place: String,
    kind: Kind,
    label: String,
    language: Option<Language>,
) -> AnyView {
    match kind {
        Kind::Flag => {
            let on = editor.with(|doc| path::get(doc, &place) == Some(&Value::Bool(true)));
            return check(place.clone(), label, on, move |on| {
                editor.write(&place, on.then_some(Value::Bool(true)));
            });
        }
        Kind::Month => return month::draw(editor, place, label),
        _ => {}
    }
    let lang = language
        .filter(|language| *language != spoken())
        .map(Language::as_str);
    let input = match kind {
        Kind::Long(_) => area(editor, &place, false).at("lang", lang),
        Kind::List(..) => area(editor, &place, true).at("lang", lang),
        Kind::Code(list) => select(editor, &place, list),
        _ => line(editor, &place, kind).at("lang", lang),
    };
    let hint = matches!(kind, Kind::List(..)).then(|| {
        el("span")
            .at("class", "field-hint")
            .with(tr("ui/cv/one_a_line", "Scrivine una per riga."))
    });
    let class = match kind {
        Kind::Long(_) | Kind::List(..) => "field wide",
        _ => "field",
    };
    el("div")
        .at("class", class)
        .with(el("label").at("for", place.clone()).with(label))
        .with(hint)
        .with(message(editor, place))
        .with(input)
        .into_any()
}

/// What is wrong with a field, as soon as the person pauses.
pub(super) fn message(editor: Editor, place: String) -> AnyView {
    let id = [&place, "-error"].concat();
    let inside = [&place, "["].concat();
    let wrong = Memo::new(move |_| {
        let here = |one: &FieldProblem| one.field == place || one.field.starts_with(&inside);
        editor.wrong(here, |one| texts::problem(&one.problem))
    });
    el("div")
        .at("id", id)
        .with(move || {
            wrong.get().map(|sentence| {
                el("p")
                    .at("class", "field-error")
                    .with(ui::icon("it-error"))
                    .with(el("span").with(sentence))
            })
        })
        .into_any()
}

/// A sign that something has to be mended in what may be shut, so that nobody has to search.
pub(super) fn mend(
    editor: Editor,
    inside: impl Fn(&str) -> bool + Send + Sync + 'static,
) -> AnyView {
    let wrong = Memo::new(move |_| editor.wrong(|one| inside(&one.field), |_| ()).is_some());
    (move || {
        wrong.get().then(|| {
            el("span")
                .at("class", "state-chip bad")
                .with(tr("ui/cv/mend", "Da correggere"))
        })
    })
    .into_any()
}

fn described(place: &str) -> String {
    [place, "-error"].concat()
}

fn typed(text: String) -> Option<Value> {
    (!text.is_empty()).then_some(Value::String(text))
}

/// An input of one line, which writes what is typed.
pub(super) fn line(editor: Editor, place: &str, kind: Kind) -> El {
    let key = place.rsplit(['.', ']']).next().unwrap_or_default();
    let memory = match (place, key) {
        ("basics.name" | "sender.name", _) => Some("name"),
        ("basics.phone" | "sender.phone", _) => Some("tel"),
        ("basics.email" | "sender.email", _) => Some("email"),
        ("basics.location.postalCode", _) => Some("postal-code"),
        _ => None,
    };
    let (sort, keyboard) = match kind {
        Kind::Email => ("email", None),
        Kind::Url => ("text", Some("url")),
        Kind::Day => ("date", None),
        _ if key == "phone" => ("tel", None),
        _ => ("text", None),
    };
    let target = place.to_owned();
    el("input")
        .at("type", sort)
        .at("id", place.to_owned())
        .at("class", "form-control")
        .at("inputmode", keyboard)
        .at("autocomplete", memory.or(Some("off")))
        .at("aria-describedby", described(place))
        .prop("value", editor.text(place))
        .on("input", move |event| {
            editor.write(&target, typed(event_target_value(&event)));
        })
}

/// Several lines; of a list each line is an entry.
fn area(editor: Editor, place: &str, list: bool) -> El {
    let given = if list {
        editor.with(|doc| lines(path::get(doc, place)))
    } else {
        editor.text(place)
    };
    let target = place.to_owned();
    el("textarea")
        .at("id", place.to_owned())
        .at("class", "form-control")
        .at("aria-describedby", described(place))
        .prop("value", given)
        .on("input", move |event| {
            let text = event_target_value(&event);
            let value = if list { entries(&text) } else { typed(text) };
            editor.write(&target, value);
        })
}

fn lines(list: Option<&Value>) -> String {
    let list = list.and_then(Value::as_array);
    let texts: Vec<_> = list
        .into_iter()
        .flatten()
        .filter_map(Value::as_str)
        .collect();
    texts.join("\n")
}

fn entries(text: &str) -> Option<Value> {
    let lines: Vec<Value> = text
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty())
        .map(Value::from)
        .collect();
    (!lines.is_empty()).then_some(Value::Array(lines))
}

fn select(editor: Editor, place: &str, list: &'static [Code]) -> El {
    let given = editor.text(place);
    let options = list
        .iter()
        .map(|entry| {
            el("option")
                .at("value", entry.code)
                .at("selected", entry.code == given)
                .with(entry.words.get(spoken()))
                .into_any()
        })
        .collect();
    let target = place.to_owned();
    el("select")
        .at("id", place.to_owned())
        .at("class", "form-control")
        .at("aria-describedby", described(place))
        .on("change", move |event| {
            editor.write(&target, typed(event_target_value(&event)));
        })
        .with(
            el("option")
                .at("value", "")
                .with(tr("ui/cv/none", "Non indicato")),
        )
        .with(many(options))
}
