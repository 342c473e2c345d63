// SPDX-License-Identifier: EUPL-1.2
//! The person's appointments: those to come and those that were. One appointment stands on a page of its own.

use contract::{
    appuntamento::{Appuntamento, StatoAppuntamento},
    endpoint::MyAppointments,
};
use leptos::task::spawn_local;

use super::{
    area::signed_in,
    booking::network::{Network, with_network},
};
use crate::{
    api, browser, dates,
    dom::*,
    session::Session,
    texts::{self, tr},
    ui,
};

mod actions;
mod calendar;
mod file;
pub(crate) mod one;
mod paper;
mod summons;
pub(crate) mod words;

/// The page.
pub(crate) fn page() -> AnyView {
    let body = signed_in(|| {
        with_network(|network| {
            let session = expect_context::<Session>();
            let answer = RwSignal::new(None);
            let ask = move || {
                spawn_local(async move {
                    let all = api::call::<MyAppointments>(&[], &[], None).await;
                    let _ = answer.try_set(Some(session.seen(all)));
                });
            };
            ui::answered(answer, ask, move |all: Vec<Appuntamento>| {
                lists(network, &all)
            })
        })
    });
    ui::page(
        &ui::area_way(),
        tr("ui/appointments/title", "I tuoi appuntamenti"),
        body,
    )
}

/// Whether it is still to come.
pub(crate) fn to_come(appointment: &Appuntamento) -> bool {
    let now = js_sys::Date::new(&browser::now().into());
    let end = js_sys::Date::new(&appointment.fine.as_str().into());
    appointment.stato == StatoAppuntamento::DaErogare && end.get_time() > now.get_time()
}

fn lists(network: &Network, all: &[Appuntamento]) -> AnyView {
    let (mut coming, mut past): (Vec<_>, Vec<_>) =
        all.iter().partition(|appointment| to_come(appointment));
    coming.sort_by(|a, b| a.inizio.cmp(&b.inizio));
    past.sort_by(|a, b| b.inizio.cmp(&a.inizio));
    let none = coming.is_empty().then(|| {
        el("p")
            .with(tr(
                "ui/appointments/none",
                "Non hai appuntamenti in programma.",
            ))
            .into_any()
    });
    let list = |appointments: Vec<&Appuntamento>| {
        let items: Vec<_> = appointments
            .into_iter()
            .map(|appointment| item(network, appointment))
            .collect();
        el("ul").at("class", "item-list").with(items).into_any()
    };
    let coming = (!coming.is_empty()).then(|| list(coming));
    let past = (!past.is_empty()).then(|| {
        many(vec![
            ui::heading(tr("ui/appointments/past", "Passati e disdetti")),
            list(past),
        ])
    });
    many(vec![
        ui::heading(tr("ui/appointments/coming", "In programma")),
        none.into_any(),
        coming.into_any(),
        el("p")
            .with(ui::link(
                "/appuntamenti",
                "btn btn-primary",
                tr("ui/booking/title", "Prenota un appuntamento"),
            ))
            .into_any(),
        past.into_any(),
    ])
}

fn item(network: &Network, appointment: &Appuntamento) -> AnyView {
    let offer = appointment.offerta.as_ref().map(|_| {
        el("span")
            .at("class", "state-chip waiting-for-you")
            .with(tr("ui/appointments/offer", "C'è un posto per te: rispondi"))
            .into_any()
    });
    el("li")
        .with(
            el("div")
                .with(el("h3").at("class", "h5 mb-1").with(ui::link(
                    &address(appointment),
                    "",
                    dates::weekday_instant(&appointment.inizio),
                )))
                .with(
                    el("p").at("class", "mb-0").with(
                        network.visit_names(&appointment.servizio, &appointment.altri_servizi),
                    ),
                )
                .with(
                    el("p")
                        .at("class", "mb-0")
                        .with(network.office_name(&appointment.sede))
                        .with(" · ")
                        .with(texts::modalita(appointment.modalita)),
                ),
        )
        .with(
            el("div")
                .at("class", "item-chips")
                .with(words::chip(appointment))
                .with(offer),
        )
        .into_any()
}

/// The page of an appointment.
pub(crate) fn address(appointment: &Appuntamento) -> String {
    ["/area-personale/appuntamenti/", &appointment.id].concat()
}
