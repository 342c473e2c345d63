// SPDX-License-Identifier: EUPL-1.2
//! One of a few, one of several, some of a list.

use contract::{answers::Answer, service::Choice};
use leptos::prelude::*;

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
pub(super) fn entry(slot: Slot, index: usize, entry: Entry, changed: impl Fn(bool) + 'static) -> AnyView {
    let id = if index == 0 { slot.id() } else { [slot.id().as_str(), "-", &index.to_string()].concat() };
    let hint_id = [id.as_str(), "-about"].concat();
    let described = (!entry.hint.is_empty()).then(|| hint_id.clone());
    let hint = (!entry.hint.is_empty()).then(|| view! { <span class="field-hint" id=hint_id>{entry.hint}</span> }.into_any());
    view! {
        <div class="form-check">
            <input
                id=id.clone()
                name=slot.id()
                type=entry.kind
                value=entry.code
                aria-describedby=described
                prop:checked=entry.checked
                on:change=move |event| changed(event_target_checked(&event))
            />
            <label for=id>{entry.label}</label>
            {hint}
        </div>
    }
    .into_any()
}

fn words(slot: Slot, choice: &Choice) -> (&'static str, &'static str) {
    let text = |part, italian| texts::choice(slot.draft.service, slot.field, choice.code, part, italian);
    (text("label", choice.label), if choice.hint.is_empty() { "" } else { text("hint", choice.hint) })
}

/// Up to five: all in sight.
pub(super) fn radios(slot: Slot, list: &'static [Choice]) -> AnyView {
    let given = slot.text();
    list.iter()
        .enumerate()
        .map(|(index, choice)| {
            let (label, hint) = words(slot, choice);
            let one = Entry { kind: "radio", code: choice.code, label, hint, checked: given == choice.code };
            entry(slot, index, one, move |_| slot.set_text(choice.code.to_owned()))
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
            view! { <option value=choice.code selected=chosen>{words(slot, choice).0}</option> }.into_any()
        })
        .collect();
    view! {
        <select
            id=slot.id()
            name=slot.field.id
            aria-describedby=slot.described()
            aria-invalid=slot.invalid()
            on:change=move |event| slot.set_text(event_target_value(&event))
        >
            <option value="">{tr("ui/field/choose", "Scegli una voce")}</option>
            {options}
        </select>
    }
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
            let one = Entry { kind: "checkbox", code: choice.code, label, hint, checked };
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
