// SPDX-License-Identifier: EUPL-1.2
//! The office cancels an appointment, with words for the person.

use contract::{
    appuntamento::{Appuntamento, AttoUfficio, AzioneAppuntamento},
    endpoint::DeskCancel,
};
use leptos::task::spawn_local;

use crate::{
    api, browser,
    dom::*,
    pages::booking::form::{Answer, Told},
    texts::{self, tr},
};

/// Cancelling it for the office, with words for the person.
pub(super) fn canceller(appointment: &Appuntamento, answer: Answer) -> Option<AnyView> {
    if !appointment.azioni.contains(&AzioneAppuntamento::Annulla) {
        return None;
    }
    let told = Told::new();
    let (id, stato) = (StoredValue::new(appointment.id.clone()), appointment.stato);
    let open = RwSignal::new(false);
    let why = RwSignal::new(String::new());
    let send = move || {
        let motivo = why.get_untracked().trim().to_owned();
        if motivo.is_empty() {
            return told.refuse(
                "motivo",
                tr(
                    "ui/agenda/cancel_why",
                    "Scrivi il motivo: lo legge la persona.",
                ),
            );
        }
        spawn_local(async move {
            let act = AttoUfficio {
                motivo: Some(motivo),
                stato_visto: Some(stato),
            };
            let result = api::call::<DeskCancel>(&[&id.get_value()], &[], Some(&act)).await;
            told.settle(
                result,
                answer,
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
        let reason = tr("ui/action/reason/why", "Il motivo");
        let fields = vec![told.line("motivo", reason, "text", why)];
        let button = texts::azione(AzioneAppuntamento::Annulla);
        told.form(fields, button, "btn btn-danger", send)
    };
    Some(el("div").at("class", "mb-4").with(shown).into_any())
}
