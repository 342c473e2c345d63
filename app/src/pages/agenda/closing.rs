// SPDX-License-Identifier: EUPL-1.2
//! Closing a day: how many people it concerns is said before, what was done for them after.

use contract::{
    appuntamento::{EsitoChiusura, GiornoAgenda, NuovaChiusura, StatoAppuntamento},
    endpoint::CloseDay,
};
use leptos::task::spawn_local;

use crate::{
    api, dates,
    dom::*,
    pages::booking::form::{self, Field, LINE},
    session::Session,
    texts::{self, tr},
};

/// The form, and then its outcome.
pub(super) fn draw(day: &GiornoAgenda, done: impl Fn() + Copy + 'static) -> AnyView {
    let session = expect_context::<Session>();
    let concerned = day
        .appuntamenti
        .iter()
        .filter(|appointment| appointment.stato == StatoAppuntamento::DaErogare)
        .count();
    let date = day.giorno;
    let why = RwSignal::new(String::new());
    let sure = RwSignal::new(false);
    let errors = RwSignal::new(Vec::new());
    let said = RwSignal::new(String::new());
    let outcome = RwSignal::new(None::<EsitoChiusura>);
    let send = move |event: web_sys::Event| {
        event.prevent_default();
        said.set(String::new());
        if why.with_untracked(|why| why.trim().is_empty()) {
            form::refuse_one(
                errors,
                "motivo",
                tr(
                    "ui/agenda/close_why",
                    "Scrivi il motivo: lo leggono le persone che avvisiamo.",
                ),
            );
            return;
        }
        if !sure.get_untracked() {
            said.set(
                tr(
                    "ui/agenda/close_sure_missing",
                    "Conferma che vuoi chiudere il giorno.",
                )
                .to_owned(),
            );
            return;
        }
        let wanted = NuovaChiusura {
            giorno: date,
            motivo: why.get_untracked().trim().to_owned(),
        };
        spawn_local(async move {
            match session.seen(api::call::<CloseDay>(&[], "", Some(&wanted)).await) {
                Ok(what) => outcome.set(Some(what)),
                Err(api::CallError::Problem(problem)) if !problem.errors.is_empty() => {
                    if let Some(other) = form::refuse(errors, &problem.errors) {
                        said.set(other);
                    }
                }
                Err(error) => said.set(error.sentence()),
            }
        });
    };
    let about = texts::with(
        tr(
            "ui/agenda/close_about",
            "Persone con un appuntamento in questo giorno: {valore}. Le avvisiamo tutte e, dove c'è posto, proponiamo un altro orario.",
        ),
        &concerned.to_string(),
    );
    let form_shown = move || {
        if let Some(what) = outcome.get() {
            return closed(&what, done);
        }
        el("form")
            .at("class", "inline-form")
            .at("novalidate", true)
            .on("submit", send)
            .with(el("h3").at("class", "h5").with(dates::weekday(date)))
            .with(el("p").with(el("strong").with(about.clone())))
            .with(form::field(
                Field {
                    id: "motivo",
                    label: tr("ui/action/reason/why", "Il motivo"),
                    ..LINE
                },
                why,
                errors,
            ))
            .with(form::check(
                "sicuro",
                tr(
                    "ui/agenda/close_sure",
                    "Sì, annulla questi appuntamenti e avvisa le persone",
                ),
                sure,
            ))
            .with(el("div").at("role", "alert").with(move || {
                let said = said.get();
                (!said.is_empty()).then(|| form::wrong(said))
            }))
            .with(
                el("button")
                    .at("type", "submit")
                    .at("class", "btn btn-danger")
                    .with(tr("ui/agenda/close", "Chiudi il giorno")),
            )
            .into_any()
    };
    form_shown.into_any()
}

fn closed(what: &EsitoChiusura, done: impl Fn() + 'static) -> AnyView {
    let cancelled = texts::with(
        tr("ui/agenda/close_told", "Persone avvisate: {valore}."),
        &what.annullati.to_string(),
    );
    let offered = texts::with(
        tr(
            "ui/agenda/close_offered",
            "Con la proposta di un altro orario: {valore}.",
        ),
        &what.con_offerta.to_string(),
    );
    el("div")
        .at("class", "notice success")
        .at("role", "status")
        .with(el("p").with(cancelled).with(" ").with(offered))
        .with(
            el("button")
                .at("type", "button")
                .at("class", "btn btn-primary")
                .on("click", move |_| done())
                .with(tr("ui/agenda/back_to_day", "Torna al giorno")),
        )
        .into_any()
}
