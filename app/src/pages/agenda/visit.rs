// SPDX-License-Identifier: EUPL-1.2
//! One appointment at the desk: who, what for, how to reach the person, notes of the office, and what may be done now.
//! Looking at it is recorded.

use std::rc::Rc;

use contract::{
    appuntamento::{Appuntamento, AzioneAppuntamento, Disponibilita, NuovaNota, Spostamento},
    endpoint::{DeskAppointment, DeskMove, DeskNote},
};
use jiff::ToSpan;
use leptos::task::spawn_local;

use super::{Look, View, cancel::canceller, day, person};
use crate::{
    api::{self, CallError},
    dates,
    dom::*,
    pages::{
        appointments::{one::timeline, words},
        booking::{
            choices::Offering,
            form::{self, Answer, Field, LINE, Told},
            free,
            network::Network,
        },
    },
    session::Session,
    shell,
    texts::{self, tr},
    ui,
};

/// Days from today in which places are looked for to move it to.
const LOOKED_AT: i64 = 14;

/// The page.
pub(super) fn draw(network: &'static Network, id: String) -> AnyView {
    let session = expect_context::<Session>();
    let id = StoredValue::new(id);
    let answer: Answer = RwSignal::new(None);
    let ask = move || {
        spawn_local(async move {
            let found = api::call::<DeskAppointment>(&[&id.get_value()], &[], None).await;
            let _ = answer.try_set(Some(session.seen(found)));
            request_animation_frame(|| shell::arrived("", true));
        });
    };
    let title = tr("ui/appointment/title", "Appuntamento");
    ui::answered_page(title, answer, ask, move |appointment| {
        page(network, &appointment, answer, ask)
    })
}

fn page(
    network: &'static Network,
    appointment: &Appuntamento,
    answer: Answer,
    ask: impl Fn() + Copy + Send + Sync + 'static,
) -> AnyView {
    let back = Look {
        day: dates::day_of(&appointment.inizio),
        view: View::Day,
    };
    many(vec![
        el("h1").with(person(appointment)).into_any(),
        el("p")
            .with(words::chip(appointment))
            .with(" ")
            .with(appointment.convocazione.then(|| {
                el("span")
                    .at("class", "state-chip")
                    .with(tr("ui/agenda/summons", "Convocazione"))
                    .into_any()
            }))
            .into_any(),
        el("div")
            .at("class", "desk-case")
            .with(
                el("div")
                    .with(facts(network, appointment))
                    .with(el("h2").with(tr("ui/agenda/notes", "Note dell'ufficio")))
                    .with(notes(appointment, answer)),
            )
            .with(
                el("div")
                    .with(el("h2").with(tr("ui/desk/actions", "Cosa puoi fare")))
                    .with(day::marks(appointment, ask))
                    .with(mover(network, appointment, answer))
                    .with(canceller(appointment, answer))
                    .with(el("h2").with(tr("ui/request/history", "Che cosa è successo")))
                    .with(timeline(
                        network,
                        appointment,
                        tr("ui/request/citizen", "cittadino"),
                    )),
            )
            .into_any(),
        el("p")
            .with(ui::link(
                &back.address(),
                "",
                tr("ui/agenda/back_to_day", "Torna al giorno"),
            ))
            .into_any(),
    ])
}

fn facts(network: &Network, appointment: &Appuntamento) -> AnyView {
    let citizen = appointment.cittadino.as_ref().map(|citizen| {
        ui::row(
            tr("ui/data/codice_fiscale", "Codice fiscale"),
            citizen.codice_fiscale.clone(),
        )
    });
    let given = |label: &'static str, value: &Option<String>| {
        value.clone().map(|value| ui::row(label, value))
    };
    el("dl")
        .at("class", "fact-list")
        .with(ui::row(
            tr("ui/booking/recap/service", "Servizio"),
            network.visit_names(&appointment.servizio, &appointment.altri_servizi),
        ))
        .with(ui::row(
            tr("ui/booking/recap/when", "Quando"),
            dates::weekday_instant(&appointment.inizio),
        ))
        .with(ui::row(
            tr("ui/agenda/where", "Dove"),
            [
                texts::modalita(appointment.modalita),
                &day::desk(appointment).unwrap_or_default(),
            ]
            .concat(),
        ))
        .with(citizen)
        .with(given(tr("ui/data/email", "Email"), &appointment.email))
        .with(given(
            tr("ui/data/mobile", "Cellulare"),
            &appointment.cellulare,
        ))
        .with(given(
            tr("ui/agenda/citizen_note", "Nota della persona"),
            &appointment.note,
        ))
        .with(appointment.giustificazione.as_ref().map(|reason| {
            ui::row(
                tr("ui/agenda/justified", "Assenza giustificata"),
                words::absence_reason(reason),
            )
        }))
        .with(appointment.documento.as_ref().map(|file| {
            ui::row(
                tr("ui/agenda/document", "Documento"),
                ui::link(
                    &["/api/file/", file].concat(),
                    "",
                    tr("ui/agenda/open_document", "Apri il documento"),
                ),
            )
        }))
        .into_any()
}

fn notes(appointment: &Appuntamento, answer: Answer) -> AnyView {
    let told = Told::new();
    let id = StoredValue::new(appointment.id.clone());
    let text = RwSignal::new(String::new());
    let written: Vec<_> = appointment
        .note_ufficio
        .iter()
        .map(|note| {
            el("li")
                .with(
                    el("span").with(note.testo.clone()).with(el("br")).with(
                        el("small")
                            .with(note.chi.clone())
                            .with(", ")
                            .with(dates::instant(&note.quando)),
                    ),
                )
                .into_any()
        })
        .collect();
    let send = move || {
        let wanted = NuovaNota {
            testo: text.get_untracked().trim().to_owned(),
        };
        if wanted.testo.is_empty() {
            return told.refuse("testo", tr("ui/agenda/note_missing", "Scrivi la nota."));
        }
        spawn_local(async move {
            let result = api::call::<DeskNote>(&[&id.get_value()], &[], Some(&wanted)).await;
            told.settle(result, answer, tr("ui/agenda/note_done", "Nota aggiunta."));
        });
    };
    let about = Field {
        id: "testo",
        label: tr("ui/agenda/note", "Nuova nota"),
        hint: tr("ui/agenda/note_hint", "La legge solo l'ufficio."),
        kind: "area",
        ..LINE
    };
    many(vec![
        el("ul").at("class", "item-list").with(written).into_any(),
        told.form(
            vec![form::field(about, text, told.errors)],
            tr("ui/agenda/note_add", "Aggiungi la nota"),
            "btn btn-outline-primary",
            send,
        ),
    ])
}

/// Moving it: the free places of the next days, as the citizen would see them.
fn mover(network: &'static Network, appointment: &Appuntamento, answer: Answer) -> Option<AnyView> {
    if !appointment.azioni.contains(&AzioneAppuntamento::Sposta) {
        return None;
    }
    let told = Told::new();
    let places = RwSignal::new(None::<Result<Vec<Disponibilita>, CallError>>);
    let open = RwSignal::new(false);
    let now = StoredValue::new(appointment.clone());
    let look = move || {
        spawn_local(async move {
            let now = now.get_value();
            let from = dates::today();
            let to = from.saturating_add(LOOKED_AT.days());
            let found = free::between(&now.servizio, &now.altri_servizi, &now.sede, from, to).await;
            let _ = places.try_set(Some(found));
        });
    };
    let take: crate::pages::booking::choices::Take = Rc::new(move |place, way| {
        let wanted = Spostamento {
            inizio: place.inizio.clone(),
            sede: None,
            modalita: Some(way),
            blocco: None,
        };
        spawn_local(async move {
            let id = now.with_value(|now| now.id.clone());
            let result = api::call::<DeskMove>(&[&id], &[], Some(&wanted)).await;
            told.settle(
                result,
                answer,
                tr("ui/appointment/moved", "Appuntamento spostato"),
            );
        });
    });
    let offering = StoredValue::new_local(Offering {
        network,
        ways: vec![appointment.modalita],
        seats: false,
        take,
    });
    let shown = move || {
        if !open.get() {
            return ().into_any();
        }
        match places.get() {
            None => ui::waiting(),
            Some(Ok(places)) => offering.with_value(|offering| offering.short_list(&places)),
            Some(Err(error)) => ui::failure(&error, look),
        }
    };
    Some(
        el("div")
            .at("class", "mb-3")
            .with(
                el("button")
                    .at("type", "button")
                    .at("class", "btn btn-outline-primary")
                    .at(
                        "aria-expanded",
                        move || if open.get() { "true" } else { "false" },
                    )
                    .on("click", move |_| {
                        open.update(|open| *open = !*open);
                        if open.get_untracked() {
                            look();
                        }
                    })
                    .with(texts::azione(AzioneAppuntamento::Sposta)),
            )
            .with(told.place())
            .with(shown)
            .into_any(),
    )
}
