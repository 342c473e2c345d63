// SPDX-License-Identifier: EUPL-1.2
//! A list of items: add one, open it, move it, keep it from being printed, take it away. All by button, so by keyboard;
//! moving by drag as well.

use contract::cv::{
    date::Period,
    field::{Field, Kind, find},
    history::is_general_name,
    item::Item,
    sections::{ITEM, Section},
    words::label,
};
use serde_json::{Map, Value};

use super::{
    drag,
    editor::Editor,
    field::{self, spoken},
    path,
};
use crate::{
    browser,
    dom::*,
    shell,
    texts::{self, tr},
};

/// What a list is made of.
#[derive(Clone)]
pub(super) struct List {
    place: String,
    fields: &'static [Field],
    /// The field by which people know an item.
    name: &'static str,
    item: &'static str,
    most: u16,
    /// The heading of a list inside another; those of sections have one already.
    heading: Option<&'static str>,
}

impl List {
    pub(super) fn section(section: &'static Section) -> Self {
        Self {
            place: section.key.to_owned(),
            fields: section.fields,
            name: section.name,
            item: section.item.get(spoken()),
            most: section.most,
            heading: None,
        }
    }

    pub(super) fn nested(
        place: String,
        fields: &'static [Field],
        most: u16,
        heading: &'static str,
    ) -> Self {
        Self {
            place,
            fields,
            name: fields.first().map_or("", |field| field.key),
            item: tr("ui/cv/entry", "Voce"),
            most,
            heading: Some(heading),
        }
    }

    fn at(&self, index: usize) -> String {
        [&self.place, "[", &index.to_string(), "]"].concat()
    }

    /// Moves an item; what is open in the list stays open, and the control of this ending gets the focus.
    fn shift(&self, editor: Editor, from: usize, to: usize, control: &str) {
        let place = self.place.clone();
        editor.alter(move |doc| drag::shift(path::list(doc, &place), from, to));
        editor.item.update(|item| {
            let inside = item.strip_prefix(&self.place);
            let rest = inside.and_then(|rest| rest.strip_prefix('[')?.split_once(']'));
            if let Some((index, rest)) = rest
                && let Ok(index) = index.parse()
            {
                *item = [&self.at(drag::shifted(index, from, to)), rest].concat();
            }
        });
        tell_moved(to);
        focus_later([&self.at(to), control].concat());
    }
}

/// Says where something stands now.
pub(super) fn tell_moved(to: usize) {
    shell::announce(&texts::with(
        tr("ui/cv/moved", "Spostato al posto {valore}"),
        &(to + 1).to_string(),
    ));
}

/// Draws the list with its button to add.
pub(super) fn draw(editor: Editor, list: List) -> AnyView {
    let count = editor.with(|doc| path::count(doc, &list.place));
    let cards = (0..count)
        .map(|index| card(editor, &list, index, count))
        .collect();
    let full = count >= usize::from(list.most);
    let add = match list.heading {
        Some(_) => tr("ui/cv/add_entry", "Aggiungi una voce").to_owned(),
        None => [tr("ui/cv/add", "Aggiungi"), ": ", list.item].concat(),
    };
    let heading = list
        .heading
        .map(|text| el("p").at("class", "field-label").with(text));
    let target = list.clone();
    el("div")
        .with(heading)
        .with((count > 0).then(|| el("ol").at("class", "cv-items").with(many(cards))))
        .with((!full).then(|| {
            el("button")
                .at("type", "button")
                .at("class", "btn btn-outline-primary")
                .at("id", [&list.place, "-add"].concat())
                .on("click", move |_| append(editor, &target))
                .with(add)
        }))
        .into_any()
}

/// Adds an empty item, opens it and goes to its first field.
fn append(editor: Editor, list: &List) {
    let index = editor.with(|doc| path::count(doc, &list.place));
    let mut item = Map::new();
    item.insert("x_id".into(), browser::uuid()[..8].into());
    let place = list.place.clone();
    editor.alter(move |doc| path::list(doc, &place).push(Value::Object(item)));
    let opened = list.at(index);
    if let Some(first) = list.fields.first() {
        focus_later([&opened, ".", first.key].concat());
    }
    editor.item.set(opened);
}

/// Moves the focus once the list has been drawn anew.
pub(super) fn focus_later(id: String) {
    request_animation_frame(move || {
        // The drawing itself comes a moment after the change.
        request_animation_frame(move || {
            if let Some(element) = browser::by_id(&id) {
                browser::focus(&element);
            }
        });
    });
}

/// By what people know an item: its name, or that it has none yet.
fn title(editor: Editor, list: &List, index: usize) -> String {
    editor.with(|doc| {
        let text = path::text(doc, &[&list.at(index), ".", list.name].concat()).trim();
        let field = list.fields.iter().find(|field| field.key == list.name);
        let text = match field.map(|field| field.kind) {
            Some(Kind::Code(codes)) => label(codes, text, spoken()).unwrap_or(text),
            _ => text,
        };
        if text.is_empty() {
            [list.item, " ", &(index + 1).to_string()].concat()
        } else {
            text.to_owned()
        }
    })
}

/// When it was, and where: what tells two items of the same name apart.
fn about(editor: Editor, place: &str) -> String {
    editor.with(|doc| {
        let item = Item::new(path::get(doc, place), editor.text_language());
        let period: Period = item.period();
        let who = ["institution", "organization", "issuer", "entity"]
            .iter()
            .find_map(|key| item.text(key))
            .or_else(|| item.text("position").and(item.text("name")));
        let pieces = [who.map(str::to_owned), period.short(spoken())];
        pieces.into_iter().flatten().collect::<Vec<_>>().join(" · ")
    })
}

fn card(editor: Editor, list: &List, index: usize, count: usize) -> AnyView {
    let place = list.at(index);
    let inside = [&place, "."].concat();
    let here = place.clone();
    let open = Memo::new(move |_| {
        editor
            .item
            .with(|item| *item == here || item.starts_with(&inside))
    });
    let hidden = editor
        .with(|doc| path::get(doc, &[&place, ".x_hidden"].concat()) == Some(&Value::Bool(true)));
    let shown = list.clone();
    let place_about = place.clone();
    let toggle = place.clone();
    let fields = list.fields;
    let around = list.place.clone();
    let inner = place.clone();
    let dragged = list.clone();
    let inside_too = [&place, "."].concat();
    el("li")
        .at("data-row", "")
        .at(
            "class",
            if hidden {
                "cv-item hidden-item"
            } else {
                "cv-item"
            },
        )
        .with(
            el("div")
                .at("class", "cv-head")
                .with(
                    el("button")
                        .at("type", "button")
                        .at("class", "cv-toggle")
                        .at("id", [&place, "-toggle"].concat())
                        .at(
                            "aria-expanded",
                            move || if open.get() { "true" } else { "false" },
                        )
                        .on("click", move |_| {
                            let next = if open.get_untracked() {
                                around.clone()
                            } else {
                                toggle.clone()
                            };
                            editor.item.set(next);
                        })
                        .with(el("strong").with(move || {
                            editor.version.track();
                            title(editor, &shown, index)
                        }))
                        .with(el("span").with(move || {
                            editor.version.track();
                            about(editor, &place_about)
                        }))
                        .with(hidden.then(|| {
                            el("span")
                                .at("class", "state-chip")
                                .with(tr("ui/cv/not_printed", "Non stampato"))
                        }))
                        .with(field::mend(editor, move |at| at.starts_with(&inside_too))),
                )
                .with((count > 1).then(|| {
                    drag::grip(index, move |to| dragged.shift(editor, index, to, "-toggle"))
                }))
                .with(tools(editor, list, index, count, hidden)),
        )
        .with(move || {
            open.get().then(|| {
                many(vec![
                    source(editor, &inner),
                    field::fields(editor, &inner, fields, &[]),
                ])
            })
        })
        .into_any()
}

/// Where an item comes from that the person has not written.
fn source(editor: Editor, place: &str) -> AnyView {
    let source = editor.text(&[place, ".x_source"].concat());
    let label = find(ITEM, "x_source").map(|field| field.label.get(spoken()));
    let told = label.filter(|_| !source.is_empty());
    let of = place.to_owned();
    told.map(|label| {
        many(vec![
            el("p")
                .at("class", "field-hint")
                .with([label, ": ", &source].concat())
                .into_any(),
            (move || {
                editor.version.track();
                general(editor, &of).then(|| {
                    el("p").at("class", "notice").with(tr(
                        "ui/cv/registry_name",
                        "Il registro dà un nome generale, al plurale e in italiano. Scrivi qui sotto la mansione con parole tue.",
                    ))
                })
            })
            .into_any(),
        ])
    })
    .into_any()
}

/// True while the position is what the registry calls it.
fn general(editor: Editor, place: &str) -> bool {
    let first = editor.text_language();
    editor.with(|doc| is_general_name(&Item::new(path::get(doc, place), first), first))
}

/// Up, down, hide, take away.
fn tools(editor: Editor, list: &List, index: usize, count: usize, hidden: bool) -> AnyView {
    let name = title(editor, list, index);
    let moved = |to: Option<usize>, label: &'static str, suffix: &'static str| {
        let list = list.clone();
        tool(
            [&list.at(index), suffix].concat(),
            label,
            &name,
            to.is_none(),
            move || {
                let Some(to) = to else { return };
                list.shift(editor, index, to, suffix);
            },
        )
    };
    let place = list.at(index);
    let hide_id = [&place, "-hide"].concat();
    let again = hide_id.clone();
    let hide = if hidden {
        tr("ui/cv/show", "Stampa")
    } else {
        tr("ui/cv/hide", "Non stampare")
    };
    let (removed, all) = (name.clone(), list.place.clone());
    el("div")
        .at("class", "cv-tools")
        .with(moved(index.checked_sub(1), tr("ui/cv/up", "Su"), "-up"))
        .with(moved(
            (index + 1 < count).then_some(index + 1),
            tr("ui/cv/down", "Giù"),
            "-down",
        ))
        .with(tool(hide_id, hide, &name, false, move || {
            let flag = [&place, ".x_hidden"].concat();
            editor.alter(move |doc| {
                path::set(doc, &flag, (!hidden).then_some(Value::Bool(true)));
            });
            focus_later(again.clone());
        }))
        .with(tool(
            [&list.at(index), "-remove"].concat(),
            tr("ui/cv/remove", "Togli"),
            &name,
            false,
            move || {
                let place = all.clone();
                editor.alter(move |doc| {
                    let items = path::list(doc, &place);
                    if index < items.len() {
                        items.remove(index);
                    }
                });
                editor.item.set(all.clone());
                editor.removed(&removed);
                focus_later([&all, "-add"].concat());
            },
        ))
        .into_any()
}

/// A small button that says to whom it belongs. One that cannot act now keeps its place and the focus.
pub(super) fn tool(
    id: String,
    text: &'static str,
    whose: &str,
    off: bool,
    act: impl Fn() + 'static,
) -> AnyView {
    let whose = [": ", whose].concat();
    el("button")
        .at("type", "button")
        .at("class", "btn btn-sm btn-outline-primary")
        .at("id", id)
        .at("aria-disabled", off.then_some("true"))
        .on("click", move |_| {
            if !off {
                act();
            }
        })
        .with(text)
        .with(el("span").at("class", "visually-hidden").with(whose))
        .into_any()
}
