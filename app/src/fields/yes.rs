// SPDX-License-Identifier: EUPL-1.2
//! Yes or no, and declarations that have to be made to go on.

use contract::answers::yes_or_no;
use leptos::prelude::*;

use super::{Slot, choice::{Entry, entry}, message, notes_for_declaration};
use crate::texts::tr;

/// Two radios.
pub(super) fn yes_no(slot: Slot) -> AnyView {
    let given = yes_or_no(&slot.text());
    let one = |index, code: &'static str, label, value| {
        let checked = given == Some(value);
        entry(slot, index, Entry { kind: "radio", code, label, hint: "", checked }, move |_| slot.set_text(code.to_owned()))
    };
    (one(0, "si", tr("ui/yes", "Sì"), true), one(1, "no", tr("ui/no", "No"), false)).into_any()
}

/// One box; its sentence is the declaration.
pub(super) fn declaration(slot: Slot) -> AnyView {
    let id = slot.id();
    let checked = yes_or_no(&slot.text()) == Some(true);
    view! {
        {message(slot)}
        <div class="form-check">
            <input
                id=id.clone()
                name=slot.field.id
                type="checkbox"
                aria-describedby=slot.described()
                aria-invalid=slot.invalid()
                prop:checked=checked
                on:change=move |event| slot.set_text(if event_target_checked(&event) { "si" } else { "" }.to_owned())
            />
            <label for=id>{slot.label()}</label>
        </div>
        {notes_for_declaration(slot)}
    }
    .into_any()
}
