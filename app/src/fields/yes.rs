// SPDX-License-Identifier: EUPL-1.2
//! Yes or no, and declarations that have to be made to go on.

use crate::dom::*;
use contract::answers::yes_or_no;

use super::{
    Slot,
    choice::{Entry, entry},
    message, notes_for_declaration,
};
use crate::texts::tr;

/// Two radios.
pub(super) fn yes_no(slot: Slot) -> AnyView {
    let given = yes_or_no(&slot.text());
    let one = |index, code: &'static str, label, value| {
        let checked = given == Some(value);
        entry(
            slot,
            index,
            Entry {
                kind: "radio",
                code,
                label,
                hint: "",
                checked,
            },
            move |_| slot.set_text(code.to_owned()),
        )
    };
    many(vec![
        one(0, "si", tr("ui/yes", "Sì"), true),
        one(1, "no", tr("ui/no", "No"), false),
    ])
}

/// One box; its sentence is the declaration.
pub(super) fn declaration(slot: Slot) -> AnyView {
    let id = slot.id();
    let checked = yes_or_no(&slot.text()) == Some(true);
    many(vec![
        (message(slot)).into_any(),
        el("div")
            .at("class", "form-check")
            .with(
                el("input")
                    .at("id", id.clone())
                    .at("name", slot.field.id)
                    .at("type", "checkbox")
                    .at("aria-describedby", slot.described())
                    .at("aria-invalid", slot.invalid())
                    .prop("checked", checked)
                    .on("change", move |event| {
                        slot.set_text(
                            if event_target_checked(&event) {
                                "si"
                            } else {
                                ""
                            }
                            .to_owned(),
                        )
                    }),
            )
            .with(el("label").at("for", id).with(slot.label()))
            .into_any(),
        (notes_for_declaration(slot)).into_any(),
    ])
    .into_any()
}
