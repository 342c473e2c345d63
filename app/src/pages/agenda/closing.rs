// SPDX-License-Identifier: EUPL-1.2
//! Closing a day: how many people it concerns is said before, what was done for them after. Opening it again.

use contract::{
    appuntamento::{EsitoChiusura, GiornoAgenda, NuovaChiusura, StatoAppuntamento},
    endpoint::{CloseDay, ReopenDay},
};
use leptos::task::spawn_local;

use crate::{
    api, dates,
    dom::*,
    pages::booking::form::{self, Told},
    shell,
    texts::{self, tr},
};

/// The form, and then its outcome.
pub(super) fn draw(day: &GiornoAgenda, done: impl Fn() + Copy + 'static) -> AnyView {
    let told = Told::new();
    let concerned = day
        .appuntamenti
        .iter()
        .filter(|appointment| appointment.stato == StatoAppuntamento::DaErogare)
        .count();
    let date = day.giorno;
    let why = RwSignal::new(String::new());
    let sure = RwSignal::new(false);
    let outcome = RwSignal::new(None::<EsitoChiusura>);
    let send = move || {
        if why.with_untracked(|why| why.trim().is_empty()) {
            return told.refuse(
                "motivo",
                tr(
                    "ui/agenda/close_why",
                    "Scrivi il motivo: lo leggono le persone che avvisiamo.",
                ),
            );
        }
        if !sure.get_untracked() {
            let missing = tr(
                "ui/agenda/close_sure_missing",
                "Conferma che vuoi chiudere il giorno.",
            );
            return told.said.set(missing.to_owned());
        }
        let wanted = NuovaChiusura {
            giorno: date,
            motivo: why.get_untracked().trim().to_owned(),
        };
        spawn_local(async move {
            let closed = api::call::<CloseDay>(&[], &[], Some(&wanted)).await;
            if let Some(what) = told.take(closed) {
                outcome.set(Some(what));
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
        let fields = vec![
            el("h3")
                .at("class", "h5")
                .with(dates::weekday(date))
                .into_any(),
            el("p").with(el("strong").with(about.clone())).into_any(),
            told.line(
                "motivo",
                tr("ui/action/reason/why", "Il motivo"),
                "text",
                why,
            ),
            form::check(
                "sicuro",
                tr(
                    "ui/agenda/close_sure",
                    "Sì, annulla questi appuntamenti e avvisa le persone",
                ),
                sure,
            ),
        ];
        let button = tr("ui/agenda/close", "Chiudi il giorno");
        told.form(fields, button, "btn btn-danger", send)
    };
    form_shown.into_any()
}

/// The button that opens a day again which the desk has closed.
pub(super) fn reopen(day: &GiornoAgenda, done: impl Fn() + Copy + 'static) -> AnyView {
    let told = Told::new();
    let date = StoredValue::new(day.giorno.to_string());
    let press = move |_| {
        spawn_local(async move {
            let opened = api::call::<ReopenDay>(&[&date.get_value()], &[], None).await;
            if told.take(opened).is_some() {
                shell::announce(tr("ui/agenda/reopened", "Il giorno è di nuovo aperto."));
                done();
            }
        });
    };
    el("div")
        .at("class", "mb-3")
        .with(told.place())
        .with(
            el("button")
                .at("type", "button")
                .at("class", "btn btn-outline-primary")
                .on("click", press)
                .with(tr("ui/agenda/reopen", "Riapri il giorno")),
        )
        .into_any()
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
