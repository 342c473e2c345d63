// SPDX-License-Identifier: EUPL-1.2
//! What is typed as a line or as several: each kind with the keyboard and the memory that the browser has for it.

use crate::dom::*;
use contract::service::Kind;

use super::Slot;

/// How the browser helps to type a kind: type, keyboard, what it may fill in, and whether the box is short.
struct Typing {
    kind: &'static str,
    keyboard: Option<&'static str>,
    memory: Option<&'static str>,
    class: &'static str,
    unit: bool,
}

const PLAIN: Typing = Typing {
    kind: "text",
    keyboard: None,
    memory: None,
    class: "form-control",
    unit: false,
};
const SHORT: &str = "form-control short";

fn typing(kind: Kind) -> Typing {
    match kind {
        Kind::Number(..) => Typing {
            keyboard: Some("numeric"),
            class: SHORT,
            ..PLAIN
        },
        Kind::Money(_) => Typing {
            keyboard: Some("decimal"),
            class: SHORT,
            unit: true,
            ..PLAIN
        },
        Kind::Email => Typing {
            kind: "email",
            memory: Some("email"),
            ..PLAIN
        },
        Kind::Mobile => Typing {
            kind: "tel",
            memory: Some("tel"),
            ..PLAIN
        },
        Kind::Address => Typing {
            memory: Some("street-address"),
            ..PLAIN
        },
        Kind::Cap(_) => Typing {
            keyboard: Some("numeric"),
            memory: Some("postal-code"),
            class: SHORT,
            ..PLAIN
        },
        Kind::CodiceFiscale => Typing {
            memory: Some("off"),
            ..PLAIN
        },
        _ => PLAIN,
    }
}

/// One line.
pub(super) fn line(slot: Slot) -> AnyView {
    let typing = typing(slot.field.kind);
    let capital = matches!(slot.field.kind, Kind::CodiceFiscale).then_some("characters");
    let input = el("input")
        .at("id", slot.id())
        .at("name", slot.field.id)
        .at("type", typing.kind)
        .at("class", typing.class)
        .at("inputmode", typing.keyboard)
        .at("autocomplete", typing.memory)
        .at("autocapitalize", capital)
        .at("aria-describedby", slot.described())
        .at("aria-invalid", slot.invalid())
        .prop("value", slot.text())
        .on("input", move |event| {
            slot.set_text(event_target_value(&event))
        });
    if typing.unit {
        el("div")
            .at("class", "with-unit")
            .with(el("span").at("aria-hidden", "true").with("€"))
            .with(input)
            .into_any()
    } else {
        input.into_any()
    }
}

/// Several lines.
pub(super) fn area(slot: Slot) -> AnyView {
    el("textarea")
        .at("id", slot.id())
        .at("name", slot.field.id)
        .at("class", "form-control")
        .at("aria-describedby", slot.described())
        .at("aria-invalid", slot.invalid())
        .prop("value", slot.text())
        .on("input", move |event| {
            slot.set_text(event_target_value(&event))
        })
        .into_any()
}
