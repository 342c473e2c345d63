// SPDX-License-Identifier: EUPL-1.2
//! One of a few, one of several, some of a list.

use crate::dom::*;
use contract::{answers::Answer, service::Choice};

use super::Slot;
use crate::texts::{self, tr};

/// An entry of a group of radios or checkboxes.
pub(super) struct Entry {
    pub(super) kind: &'static str,
    pub(super) code: &'static str,
    pub(super) label: &'static str,
    pub(super) hint: &'static str,
    pub(super) checked: bool,
}

/// Draws an entry. The first of a group carries the id of the question, so that links to it arrive there.
pub(super) fn entry(
    slot: Slot,
    index: usize,
    entry: Entry,
    changed: impl Fn(bool) + 'static,
) -> AnyView {
    let id = if index == 0 {
        slot.id()
    } else {
        [slot.id().as_str(), "-", &index.to_string()].concat()
    };
    let hint_id = [id.as_str(), "-about"].concat();
    let described = (!entry.hint.is_empty()).then(|| hint_id.clone());
    let hint = (!entry.hint.is_empty()).then(|| {
        el("span")
            .at("class", "field-hint")
            .at("id", hint_id)
            .with(entry.hint)
            .into_any()
    });
    el("div")
        .at("class", "form-check")
        .with(
            el("input")
                .at("id", id.clone())
                .at("name", slot.id())
                .at("type", entry.kind)
                .at("value", entry.code)
                .at("aria-describedby", described)
                .prop("checked", entry.checked)
                .on("change", move |event| changed(event_target_checked(&event))),
        )
        .with(el("label").at("for", id).with(entry.label))
        .with(hint)
        .into_any()
}

fn words(slot: Slot, choice: &Choice) -> (&'static str, &'static str) {
    let text =
        |part, italian| texts::choice(slot.draft.service, slot.field, choice.code, part, italian);
    (
        text("label", choice.label),
        if choice.hint.is_empty() {
            ""
        } else {
            text("hint", choice.hint)
        },
    )
}

/// Up to five: all in sight.
pub(super) fn radios(slot: Slot, list: &'static [Choice]) -> AnyView {
    let given = slot.text();
    list.iter()
        .enumerate()
        .map(|(index, choice)| {
            let (label, hint) = words(slot, choice);
            let one = Entry {
                kind: "radio",
                code: choice.code,
                label,
                hint,
                checked: given == choice.code,
            };
            entry(slot, index, one, move |_| {
                slot.set_text(choice.code.to_owned())
            })
        })
        .collect::<Vec<_>>()
        .into_any()
}

/// Six to ten: a native list.
pub(super) fn select(slot: Slot, list: &'static [Choice]) -> AnyView {
    let given = slot.text();
    let options: Vec<_> = list
        .iter()
        .map(|choice| {
            let chosen = given == choice.code;
            el("option")
                .at("value", choice.code)
                .at("selected", chosen)
                .with(words(slot, choice).0)
                .into_any()
        })
        .collect();
    el("select")
        .at("id", slot.id())
        .at("name", slot.field.id)
        .at("aria-describedby", slot.described())
        .at("aria-invalid", slot.invalid())
        .on("change", move |event| {
            slot.set_text(event_target_value(&event))
        })
        .with(
            el("option")
                .at("value", "")
                .with(tr("ui/field/choose", "Scegli una voce")),
        )
        .with(options)
        .into_any()
}

/// Some of a list.
pub(super) fn checkboxes(slot: Slot, list: &'static [Choice]) -> AnyView {
    let given = codes(slot);
    list.iter()
        .enumerate()
        .map(|(index, choice)| {
            let (label, hint) = words(slot, choice);
            let checked = given.iter().any(|code| code == choice.code);
            let one = Entry {
                kind: "checkbox",
                code: choice.code,
                label,
                hint,
                checked,
            };
            entry(slot, index, one, move |on| {
                let mut codes = codes(slot);
                codes.retain(|code| code != choice.code);
                if on {
                    codes.push(choice.code.to_owned());
                }
                slot.set(Answer::Many(codes));
            })
        })
        .collect::<Vec<_>>()
        .into_any()
}

fn codes(slot: Slot) -> Vec<String> {
    match slot.answer() {
        Some(Answer::Many(codes)) => codes,
        Some(Answer::Text(code)) => vec![code],
        _ => Vec::new(),
    }
}
