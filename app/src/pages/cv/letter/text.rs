// SPDX-License-Identifier: EUPL-1.2
//! The text of the letter, from the place to the attachments. Who writes in both languages has each paragraph beside its
//! translation; they move and go together.

use contract::cv::{
    field::{Kind, find},
    lettera::{FIELDS, ONE_PAGE},
    words::Language,
};
use serde_json::{Value, json};

use super::super::{
    consent, drag,
    editor::Editor,
    field::{self, language_name, spoken},
    items::{focus_later, tell_moved, tool},
    path,
};
use crate::{
    dom::*,
    texts::{self, tr},
};

const PARAGRAPHS: &str = "paragraphs";

/// Where the paragraphs stand: those of the letter itself, or those beside them in the other language.
pub(super) fn list(editor: Editor, beside: bool) -> String {
    let other = editor.text_language().other();
    if beside {
        path::twin(PARAGRAPHS, other.texts_key())
    } else {
        PARAGRAPHS.to_owned()
    }
}

/// Every list of paragraphs that there is, and how many the longest has.
fn lists(editor: Editor) -> (Vec<String>, usize) {
    let beside = list(editor, true);
    let (own, others) =
        editor.with(|doc| (path::count(doc, PARAGRAPHS), path::count(doc, &beside)));
    let mut lists = vec![PARAGRAPHS.to_owned()];
    if others > 0 {
        lists.push(beside);
    }
    (lists, own.max(others))
}

/// Changes the paragraphs of both languages alike. A list that is shorter gets empty ones, so that each keeps its
/// translation.
fn alter(editor: Editor, act: impl Fn(&mut Vec<Value>)) {
    let (lists, count) = lists(editor);
    editor.alter(|doc| {
        for place in &lists {
            let list = path::list(doc, place);
            while list.len() < count {
                list.push(json!(""));
            }
            act(list);
        }
    });
}

fn one(editor: Editor, key: &'static str) -> AnyView {
    find(FIELDS, key)
        .map(|field| field::draw(editor, "", field))
        .into_any()
}

/// Everything of it.
pub(super) fn draw(editor: Editor) -> AnyView {
    let (_, count) = lists(editor);
    let paragraphs = (0..count)
        .map(|index| paragraph(editor, index, count))
        .collect();
    let length = move || {
        editor.version.track();
        let length = editor.lettera().length();
        let told = texts::with(
            tr(
                "ui/cv/letter/length",
                "{valore} caratteri: in una pagina ne stanno circa 2500.",
            ),
            &length.to_string(),
        );
        el("p")
            .at(
                "class",
                if length > ONE_PAGE {
                    "field-error"
                } else {
                    "field-hint"
                },
            )
            .with(told)
    };
    let most = match find(FIELDS, PARAGRAPHS).map(|field| field.kind) {
        Some(Kind::List(most, _)) => usize::from(most),
        _ => 0,
    };
    many(vec![
        el("div")
            .at("class", "cv-fields")
            .with(one(editor, "place"))
            .with(one(editor, "date"))
            .with(one(editor, "subject"))
            .with(one(editor, "reference"))
            .with(one(editor, "salutation"))
            .into_any(),
        el("div")
            .at("id", PARAGRAPHS)
            .with(many(paragraphs))
            .into_any(),
        length.into_any(),
        (count < most)
            .then(|| {
                el("p").with(
                    el("button")
                        .at("type", "button")
                        .at("class", "btn btn-outline-primary")
                        .at("id", "paragraphs-add")
                        .on("click", move |_| {
                            alter(editor, |list| list.push(json!("")));
                            focus_later(place_of(PARAGRAPHS, count));
                        })
                        .with(tr("ui/cv/letter/paragraph_add", "Aggiungi un paragrafo")),
                )
            })
            .into_any(),
        el("div")
            .at("class", "cv-fields")
            .with(one(editor, "closing"))
            .with(one(editor, "signature"))
            .with(one(editor, "attachments"))
            .into_any(),
        consent::draw(editor, "consent", find(FIELDS, "consent"), ""),
    ])
}

fn place_of(list: &str, index: usize) -> String {
    [list, "[", &index.to_string(), "]"].concat()
}

fn paragraph(editor: Editor, index: usize, count: usize) -> AnyView {
    let place = place_of(PARAGRAPHS, index);
    let name = texts::with(
        tr("ui/cv/letter/paragraph", "Paragrafo {valore}"),
        &(index + 1).to_string(),
    );
    let first = editor.text_language();
    let both = editor.record.with_value(|record| record.both);
    let shift = move |to: usize, control: &str| {
        alter(editor, move |list| drag::shift(list, index, to));
        tell_moved(to);
        focus_later([&place_of(PARAGRAPHS, to), control].concat());
    };
    let moved = |to: Option<usize>, label: &'static str, suffix: &'static str| {
        tool(
            [&place, suffix].concat(),
            label,
            &name,
            to.is_none(),
            move || {
                if let Some(to) = to {
                    shift(to, suffix);
                }
            },
        )
    };
    let removed = name.clone();
    let grip = (count > 1).then(|| drag::grip(index, move |to| shift(to, "")));
    let boxes = if both {
        let side = |beside: bool, language: Language| {
            let place = place_of(&list(editor, beside), index);
            let label = [&name, " · ", language_name(language)].concat();
            el("div")
                .with(el("label").at("for", place.clone()).with(label))
                .with(typed(editor, place, Some(language)))
        };
        el("div")
            .at("class", "cv-both")
            .with(side(false, first))
            .with(side(true, first.other()))
            .into_any()
    } else {
        typed(editor, place.clone(), None)
    };
    let heading = if both {
        el("span")
            .at("aria-hidden", "true")
            .at("class", "field-label")
    } else {
        el("label").at("for", place.clone())
    };
    el("div")
        .at("class", "field wide")
        .at("data-row", "")
        .with(
            el("div")
                .at("class", "cv-head")
                // Each of two boxes says which paragraph it is.
                .with(heading.with(if both { "" } else { name.as_str() }))
                .with(grip),
        )
        .with(boxes)
        .with(
            el("div")
                .at("class", "cv-tools")
                .with(moved(index.checked_sub(1), tr("ui/cv/up", "Su"), "-up"))
                .with(moved(
                    (index + 1 < count).then_some(index + 1),
                    tr("ui/cv/down", "Giù"),
                    "-down",
                ))
                .with(tool(
                    [&place, "-remove"].concat(),
                    tr("ui/cv/remove", "Togli"),
                    &name,
                    false,
                    move || {
                        alter(editor, move |list| {
                            if index < list.len() {
                                list.remove(index);
                            }
                        });
                        editor.removed(&removed);
                        focus_later("paragraphs-add".to_owned());
                    },
                )),
        )
        .into_any()
}

/// The box of a paragraph, with what is wrong with it.
fn typed(editor: Editor, place: String, language: Option<Language>) -> AnyView {
    let lang = language
        .filter(|language| *language != spoken())
        .map(Language::as_str);
    let target = place.clone();
    many(vec![
        field::message(editor, place.clone()),
        el("textarea")
            .at("id", place.clone())
            .at("class", "form-control")
            .at("lang", lang)
            .at("aria-describedby", [&place, "-error"].concat())
            .prop("value", editor.text(&place))
            .on("input", move |event| {
                editor.write(&target, Some(event_target_value(&event).into()));
            })
            .into_any(),
    ])
}
