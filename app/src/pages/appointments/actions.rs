// SPDX-License-Identifier: EUPL-1.2
//! What a person may do with an appointment now: move it, cancel it with a reason, wait for an earlier place, answer an
//! offer. What the edge does not allow is not shown.

use contract::{
    appuntamento::{Appuntamento, AzioneAppuntamento, Disdetta, MOTIVI_DISDETTA, Offerta},
    endpoint::{AcceptOffer, CancelAppointment, DeclineOffer, StopWaiting, WaitForEarlier},
};
use leptos::task::spawn_local;

use super::words;
use crate::{
    api,
    browser::{self, encode},
    dates,
    dom::*,
    pages::booking::form::{self, Answer, Field, LINE, Told},
    texts::{self, tr},
    ui,
};

/// The part of the page.
pub(super) fn draw(appointment: &Appuntamento, answer: Answer) -> AnyView {
    let may = |action| appointment.azioni.contains(&action);
    let moving = may(AzioneAppuntamento::Sposta).then(|| mover(appointment));
    let cancel = may(AzioneAppuntamento::Disdici).then(|| canceller(appointment, answer));
    let wait = (may(AzioneAppuntamento::Attendi) || may(AzioneAppuntamento::NonAttendere))
        .then(|| waiter(appointment, answer));
    let again = appointment.stato.is_final().then(|| {
        let address = ["/appuntamenti?servizio=", &encode(&appointment.servizio)].concat();
        el("p")
            .with(ui::link(
                &address,
                "btn btn-primary",
                tr("ui/appointment/again", "Prenota di nuovo"),
            ))
            .into_any()
    });
    if moving.is_none() && cancel.is_none() && wait.is_none() && again.is_none() {
        return ().into_any();
    }
    many(vec![
        el("h2")
            .at("class", "h4")
            .with(tr("ui/appointment/change", "Cambia qualcosa"))
            .into_any(),
        moving.into_any(),
        wait.into_any(),
        cancel.into_any(),
        again.into_any(),
    ])
}

fn mover(appointment: &Appuntamento) -> AnyView {
    let address = [
        "/appuntamenti?sposta=",
        &encode(&appointment.id),
        "&servizio=",
        &encode(&appointment.servizio),
        "&altri=",
        &encode(&appointment.altri_servizi.join(",")),
        "&sede=",
        &encode(&appointment.sede),
        "&modalita=",
        appointment.modalita.as_str(),
    ]
    .concat();
    el("p")
        .with(ui::link(
            &address,
            "btn btn-primary",
            tr("ui/appointment/move", "Sposta l'appuntamento"),
        ))
        .into_any()
}

fn waiter(appointment: &Appuntamento, answer: Answer) -> AnyView {
    let id = StoredValue::new(appointment.id.clone());
    let waiting = appointment.in_attesa;
    let told = Told::new();
    let press = move |_| {
        spawn_local(async move {
            let id = id.get_value();
            let (result, done) = if waiting {
                (
                    api::call::<StopWaiting>(&[&id], &[], None).await,
                    tr("ui/appointment/wait_off", "Non ti avvisiamo più."),
                )
            } else {
                (
                    api::call::<WaitForEarlier>(&[&id], &[], None).await,
                    tr(
                        "ui/appointment/wait_on",
                        "Ti avvisiamo se si libera un posto prima.",
                    ),
                )
            };
            told.settle(result, answer, done);
        });
    };
    let (about, button) = if waiting {
        (
            tr(
                "ui/appointment/waiting",
                "Se si libera un posto prima ti scriviamo e lo teniamo per te per un po'. Intanto questo appuntamento resta tuo.",
            ),
            AzioneAppuntamento::NonAttendere,
        )
    } else {
        (
            tr(
                "ui/appointment/wait_about",
                "Vorresti venire prima? Se qualcuno disdice te lo proponiamo. Intanto questo appuntamento resta tuo.",
            ),
            AzioneAppuntamento::Attendi,
        )
    };
    let button = texts::azione(button);
    el("div")
        .at("class", "mb-4")
        .with(el("p").with(about))
        .with(told.place())
        .with(
            el("button")
                .at("type", "button")
                .at("class", "btn btn-outline-primary")
                .on("click", press)
                .with(button),
        )
        .into_any()
}

fn canceller(appointment: &Appuntamento, answer: Answer) -> AnyView {
    let id = StoredValue::new(appointment.id.clone());
    let open = RwSignal::new(false);
    let (reason, note) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let told = Told::new();
    let send = move |event: web_sys::Event| {
        event.prevent_default();
        if reason.with_untracked(String::is_empty) {
            return told.refuse(
                "motivo",
                tr("ui/appointment/cancel_why", "Scegli un motivo."),
            );
        }
        spawn_local(async move {
            let wanted = Disdetta {
                motivo: reason.get_untracked(),
                note: Some(note.get_untracked().trim().to_owned()).filter(|text| !text.is_empty()),
            };
            let result =
                api::call::<CancelAppointment>(&[&id.get_value()], &[], Some(&wanted)).await;
            told.settle(
                result,
                answer,
                tr("ui/appointment/cancelled", "Appuntamento disdetto."),
            );
        });
    };
    let options = move || {
        MOTIVI_DISDETTA
            .iter()
            .map(|(code, _)| ((*code).to_owned(), words::cancel_reason(code)))
            .collect::<Vec<_>>()
    };
    let form_shown = move || {
        open.get().then(|| {
            el("form")
                .at("class", "inline-form")
                .at("novalidate", true)
                .on("submit", send)
                .with(el("p").with(tr(
                    "ui/appointment/cancel_about",
                    "Il posto torna libero per un'altra persona e non puoi riprenderlo.",
                )))
                .with(form::choice(
                    Field {
                        id: "motivo",
                        label: tr("ui/appointment/cancel_reason", "Perché lo disdici?"),
                        ..LINE
                    },
                    options(),
                    reason,
                    told.errors,
                ))
                .with(form::field(
                    Field {
                        id: "note",
                        label: tr("ui/appointment/cancel_note", "Vuoi aggiungere qualcosa?"),
                        kind: "area",
                        optional: true,
                        ..LINE
                    },
                    note,
                    told.errors,
                ))
                .with(told.place())
                .with(
                    el("div")
                        .at("class", "hero-actions")
                        .with(
                            el("button")
                                .at("type", "submit")
                                .at("class", "btn btn-danger")
                                .with(tr("ui/appointment/cancel_yes", "Sì, disdici")),
                        )
                        .with(" ")
                        .with(
                            el("button")
                                .at("type", "button")
                                .at("class", "btn btn-outline-primary")
                                .on("click", move |_| {
                                    open.set(false);
                                    browser::focus_soon("disdici");
                                })
                                .with(tr("ui/appointment/cancel_no", "No, lo tengo")),
                        ),
                )
                .into_any()
        })
    };
    let button = move || {
        (!open.get()).then(|| {
            el("button")
                .at("type", "button")
                .at("id", "disdici")
                .at("class", "btn btn-outline-danger")
                .on("click", move |_| {
                    open.set(true);
                    browser::focus_soon("motivo");
                })
                .with(tr("ui/appointment/cancel", "Disdici l'appuntamento"))
                .into_any()
        })
    };
    el("div")
        .at("class", "mb-4")
        .with(button)
        .with(form_shown)
        .into_any()
}

/// Another place that is offered for some time.
pub(super) fn offer(appointment: &Appuntamento, answer: Answer) -> Option<AnyView> {
    let offer: &Offerta = appointment.offerta.as_ref()?;
    let id = StoredValue::new(offer.id.clone());
    let told = Told::new();
    let (title, kept) = if offer.motivo == "sostituzione" {
        (
            tr(
                "ui/appointment/offer/instead",
                "Al posto dell'appuntamento annullato ti proponiamo",
            ),
            None,
        )
    } else {
        (
            tr(
                "ui/appointment/offer/earlier",
                "Si è liberato un posto prima",
            ),
            Some(tr(
                "ui/appointment/offer/keep",
                "Se lo lasci, il tuo appuntamento resta com'è.",
            )),
        )
    };
    let accept = move |_| {
        spawn_local(async move {
            let result = api::call::<AcceptOffer>(&[&id.get_value()], &[], None).await;
            let done = tr("ui/appointment/offer/taken", "Il posto è tuo.");
            told.settle(result, answer, done);
        });
    };
    let decline = move |_| {
        spawn_local(async move {
            let result = api::call::<DeclineOffer>(&[&id.get_value()], &[], None).await;
            let done = tr("ui/appointment/offer/left", "Hai lasciato il posto.");
            told.settle(result, answer, done);
        });
    };
    let ways: Vec<_> = offer
        .posto
        .modalita
        .iter()
        .copied()
        .map(texts::modalita)
        .collect();
    let until = texts::with(
        tr(
            "ui/appointment/offer/until",
            "Lo teniamo per te fino a {valore}.",
        ),
        &dates::weekday_instant(&offer.scade_il),
    );
    Some(
        el("section")
            .at("class", "notice warning no-print")
            .at("aria-labelledby", "offerta")
            .with(el("h2").at("id", "offerta").at("class", "h5").with(title))
            .with(
                el("p")
                    .with(el("strong").with(dates::weekday_instant(&offer.posto.inizio)))
                    .with(" · ")
                    .with(ways.join(", ")),
            )
            .with(el("p").with(until).with(" ").with(kept))
            .with(told.place())
            .with(
                el("div")
                    .at("class", "hero-actions")
                    .with(
                        el("button")
                            .at("type", "button")
                            .at("class", "btn btn-primary")
                            .on("click", accept)
                            .with(tr("ui/appointment/offer/accept", "Prendi questo posto")),
                    )
                    .with(" ")
                    .with(
                        el("button")
                            .at("type", "button")
                            .at("class", "btn btn-outline-primary")
                            .on("click", decline)
                            .with(tr("ui/appointment/offer/decline", "No, grazie")),
                    ),
            )
            .into_any(),
    )
}
