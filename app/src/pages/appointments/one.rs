// SPDX-License-Identifier: EUPL-1.2
//! One appointment: what one has to know to go there, what may be done with it now, and what has happened. It is also the
//! page that says that a booking has worked, and it prints on one sheet.

use contract::{
    appuntamento::{Appuntamento, EventoAppuntamento},
    endpoint::MyAppointment,
};
use leptos::task::spawn_local;

use super::{actions, paper, summons, words};
use crate::{
    api, browser, dates,
    dom::*,
    pages::{
        area::signed_in_page,
        booking::{
            form::Answer,
            network::{Network, with_network},
        },
    },
    session::Session,
    shell,
    texts::{self, tr},
    ui,
};

/// The page.
pub(crate) fn page(id: &str) -> AnyView {
    let id = StoredValue::new(id.to_owned());
    let title = tr("ui/appointment/title", "Appuntamento");
    let body = signed_in_page(title, move || {
        with_network(move |network| {
            let session = expect_context::<Session>();
            let answer: Answer = RwSignal::new(None);
            let ask = move || {
                spawn_local(async move {
                    let id = id.get_value();
                    let found = api::call::<MyAppointment>(&[&id], &[], None).await;
                    let _ = answer.try_set(Some(session.seen(found)));
                    request_animation_frame(|| shell::arrived("", false));
                });
            };
            ui::answered_page(title, answer, ask, move |appointment| {
                draw(network, &appointment, answer)
            })
        })
    });
    let [area] = ui::area_way();
    let way = [
        area,
        (
            "/area-personale/appuntamenti",
            tr("ui/appointments/title", "I tuoi appuntamenti"),
        ),
    ];
    el("div")
        .at("class", "container py-4")
        .with(ui::breadcrumb(&way, title))
        .with(body)
        .into_any()
}

fn draw(network: &'static Network, appointment: &Appuntamento, answer: Answer) -> AnyView {
    many(vec![
        head(network, appointment),
        actions::offer(appointment, answer).into_any(),
        summons::notice(appointment, answer).into_any(),
        el("div")
            .at("class", "appointment-case")
            .with(el("div").with(paper::sheet(network, appointment)))
            .with(
                el("div")
                    .at("class", "no-print")
                    .with(actions::draw(appointment, answer))
                    .with(
                        el("h2")
                            .at("class", "h4")
                            .with(tr("ui/request/history", "Che cosa è successo")),
                    )
                    .with(timeline(
                        network,
                        appointment,
                        tr("ui/appointment/you", "tu"),
                    )),
            )
            .into_any(),
    ])
}

fn head(network: &Network, appointment: &Appuntamento) -> AnyView {
    let here = browser::here();
    // Whatever happens afterwards is not what the page was opened for.
    let last = appointment.eventi.last().map(|event| event.cosa.as_str());
    let title = if here.ends_with("?prenotato=1") && last == Some("prenotato") {
        Some(tr(
            "ui/appointment/booked",
            "Il tuo appuntamento è prenotato",
        ))
    } else if here.ends_with("?spostato=1") && last == Some("spostato") {
        Some(tr("ui/appointment/moved", "Appuntamento spostato"))
    } else {
        None
    };
    let name = network.visit_names(&appointment.servizio, &appointment.altri_servizi);
    match title {
        Some(title) => el("div")
            .at("class", "confirmation")
            .with(el("h1").with(title))
            .with(el("p").with(name))
            .with(
                el("p").at("class", "protocollo").with(dates::weekday_instant(&appointment.inizio)),
            )
            .with(el("p").with(tr(
                "ui/appointment/booked_next",
                "Lo trovi sempre nella tua area personale. Te lo ricordiamo prima con un messaggio.",
            )))
            .into_any(),
        None => many(vec![
            el("h1").with(name).into_any(),
            el("p").with(words::chip(appointment)).into_any(),
        ]),
    }
}

/// The history; the last entry is where the appointment stands. `citizen` is how the reader calls the person.
pub(crate) fn timeline(
    network: &Network,
    appointment: &Appuntamento,
    citizen: &'static str,
) -> AnyView {
    let last = appointment.eventi.len().saturating_sub(1);
    let items: Vec<_> = appointment
        .eventi
        .iter()
        .enumerate()
        .map(|(index, event)| {
            let current = index == last;
            let who = match event.chi.as_str() {
                "cittadino" => citizen.to_owned(),
                "sistema" => tr("ui/appointment/by_itself", "in automatico").to_owned(),
                _ => event.chi.clone(),
            };
            let why = words::given_reason(event);
            let before = before(network, appointment, event);
            el("li")
                .at("class", if current { "current" } else { "" })
                .at("aria-current", current.then_some("step"))
                .with(el("strong").with(words::event(&event.cosa)))
                .with(
                    el("time")
                        .at("datetime", event.quando.clone())
                        .with(dates::instant(&event.quando))
                        .with(", ")
                        .with(who),
                )
                .with(before.map(|before| el("p").at("class", "mb-0").with(before).into_any()))
                .with(why.map(|why| el("p").at("class", "mb-0").with(why).into_any()))
                .into_any()
        })
        .collect();
    el("ol")
        .at("class", "request-timeline")
        .with(items)
        .into_any()
}

/// Where a move came from; the office only when it was another one.
fn before(
    network: &Network,
    appointment: &Appuntamento,
    event: &EventoAppuntamento,
) -> Option<String> {
    let before = event.prima.as_ref()?;
    let when = dates::weekday_instant(&before.inizio);
    let place = if before.sede == appointment.sede {
        when
    } else {
        [&when, ", ", &network.office_name(&before.sede)].concat()
    };
    Some(texts::with(
        tr("ui/appointment/before", "Prima era {valore}."),
        &place,
    ))
}
