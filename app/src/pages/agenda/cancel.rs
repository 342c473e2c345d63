// SPDX-License-Identifier: EUPL-1.2
//! The office cancels an appointment, with words for the person.

use contract::{
    appuntamento::{Appuntamento, AttoUfficio, AzioneAppuntamento},
    endpoint::DeskCancel,
};
use leptos::task::spawn_local;

use super::visit::{Answer, settle, told};
use crate::{
    api, browser,
    dom::*,
    pages::booking::form::{self, Field, LINE},
    session::Session,
    texts::{self, tr},
};

/// Cancelling it for the office, with words for the person.
pub(super) fn canceller(appointment: &Appuntamento, answer: Answer) -> Option<AnyView> {
    if !appointment.azioni.contains(&AzioneAppuntamento::Annulla) {
        return None;
    }
    let session = expect_context::<Session>();
    let (id, stato) = (StoredValue::new(appointment.id.clone()), appointment.stato);
    let open = RwSignal::new(false);
    let why = RwSignal::new(String::new());
    let errors = RwSignal::new(Vec::new());
    let said = RwSignal::new(String::new());
    let send = move |event: web_sys::Event| {
        event.prevent_default();
        let motivo = why.get_untracked().trim().to_owned();
        if motivo.is_empty() {
            form::refuse_one(
                errors,
                "motivo",
                tr(
                    "ui/agenda/cancel_why",
                    "Scrivi il motivo: lo legge la persona.",
                ),
            );
            return;
        }
        spawn_local(async move {
            let act = AttoUfficio {
                motivo: Some(motivo),
                stato_visto: Some(stato),
            };
            let result = api::call::<DeskCancel>(&[&id.get_value()], "", Some(&act)).await;
            settle(
                session,
                result,
                answer,
                said,
                tr("ui/agenda/cancelled", "Appuntamento annullato."),
            );
        });
    };
    let shown = move || {
        if !open.get() {
            return el("button")
                .at("type", "button")
                .at("class", "btn btn-outline-danger")
                .on("click", move |_| {
                    open.set(true);
                    browser::focus_soon("motivo");
                })
                .with(texts::azione(AzioneAppuntamento::Annulla))
                .into_any();
        }
        el("form")
            .at("novalidate", true)
            .on("submit", send)
            .with(form::field(
                Field {
                    id: "motivo",
                    label: tr("ui/action/reason/why", "Il motivo"),
                    ..LINE
                },
                why,
                errors,
            ))
            .with(told(said))
            .with(
                el("button")
                    .at("type", "submit")
                    .at("class", "btn btn-danger")
                    .with(texts::azione(AzioneAppuntamento::Annulla)),
            )
            .into_any()
    };
    Some(el("div").at("class", "mb-4").with(shown).into_any())
}
