// SPDX-License-Identifier: EUPL-1.2
//! What is typed as a line or as several: each kind with the keyboard and the memory that the browser has for it.

use contract::service::Kind;
use leptos::prelude::*;

use super::Slot;

/// How the browser helps to type a kind: type, keyboard, what it may fill in, and whether the box is short.
struct Typing {
    kind: &'static str,
    keyboard: Option<&'static str>,
    memory: Option<&'static str>,
    class: &'static str,
    unit: bool,
}

const PLAIN: Typing = Typing { kind: "text", keyboard: None, memory: None, class: "form-control", unit: false };
const SHORT: &str = "form-control short";

fn typing(kind: Kind) -> Typing {
    match kind {
        Kind::Number(..) => Typing { keyboard: Some("numeric"), class: SHORT, ..PLAIN },
        Kind::Money(_) => Typing { keyboard: Some("decimal"), class: SHORT, unit: true, ..PLAIN },
        Kind::Email => Typing { kind: "email", memory: Some("email"), ..PLAIN },
        Kind::Mobile => Typing { kind: "tel", memory: Some("tel"), ..PLAIN },
        Kind::Address => Typing { memory: Some("street-address"), ..PLAIN },
        Kind::Cap(_) => Typing { keyboard: Some("numeric"), memory: Some("postal-code"), class: SHORT, ..PLAIN },
        Kind::CodiceFiscale => Typing { memory: Some("off"), ..PLAIN },
        _ => PLAIN,
    }
}

/// One line.
pub(super) fn line(slot: Slot) -> AnyView {
    let typing = typing(slot.field.kind);
    let capital = matches!(slot.field.kind, Kind::CodiceFiscale).then_some("characters");
    let input = view! {
        <input
            id=slot.id()
            name=slot.field.id
            type=typing.kind
            class=typing.class
            inputmode=typing.keyboard
            autocomplete=typing.memory
            autocapitalize=capital
            aria-describedby=slot.described()
            aria-invalid=slot.invalid()
            prop:value=slot.text()
            on:input=move |event| slot.set_text(event_target_value(&event))
        />
    };
    if typing.unit {
        view! { <div class="with-unit"><span aria-hidden="true">"€"</span>{input}</div> }.into_any()
    } else {
        input.into_any()
    }
}

/// Several lines.
pub(super) fn area(slot: Slot) -> AnyView {
    view! {
        <textarea
            id=slot.id()
            name=slot.field.id
            class="form-control"
            aria-describedby=slot.described()
            aria-invalid=slot.invalid()
            prop:value=slot.text()
            on:input=move |event| slot.set_text(event_target_value(&event))
        ></textarea>
    }
    .into_any()
}
