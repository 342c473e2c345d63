// SPDX-License-Identifier: EUPL-1.2
//! A summons (convocazione, art. 20 D.Lgs. 150/2015): the person says that they come, or justifies an absence with one of
//! the seven reasons and a paper. What absence may cost is said only to whoever receives a benefit that it can touch.

use contract::{
    appuntamento::{Appuntamento, AzioneAppuntamento, GIUSTIFICATI_MOTIVI, Giustificazione},
    endpoint::{ConfirmAppointment, JustifyAbsence, KnownFacts},
    facts::Facts,
};
use leptos::task::spawn_local;

use super::{file, words};
use crate::{
    api, browser, dates,
    dom::*,
    pages::booking::form::{self, Answer, Field, LINE, Told},
    session::Session,
    texts::{self, tr},
};

/// Benefits that a missed summons touches (art. 21 c. 7 D.Lgs. 150/2015).
const TOUCHED: [&str; 2] = ["naspi", "dis_coll"];

/// What a summons means and what has to be done about it.
pub(super) fn notice(appointment: &Appuntamento, answer: Answer) -> Option<AnyView> {
    if !appointment.convocazione || appointment.stato.is_final() {
        return None;
    }
    let confirm = appointment
        .azioni
        .contains(&AzioneAppuntamento::Conferma)
        .then(|| confirmer(appointment, answer));
    let confirmed = appointment.confermata_il.as_ref().map(|when| {
        let said = tr("ui/appointment/confirmed", "Hai confermato il {valore}.");
        el("p")
            .with(texts::with(said, &dates::instant(when)))
            .into_any()
    });
    let justified = appointment.giustificazione.as_ref().map(|reason| {
        let said = tr(
            "ui/appointment/justified",
            "Hai giustificato l'assenza: {valore}. L'ufficio la valuta.",
        );
        el("p")
            .with(texts::with(said, &words::absence_reason(reason)))
            .into_any()
    });
    let justify = appointment
        .azioni
        .contains(&AzioneAppuntamento::Giustifica)
        .then(|| justifier(appointment, answer));
    Some(
        el("section")
            .at("class", "notice warning")
            .at("aria-labelledby", "convocazione")
            .with(el("h2").at("id", "convocazione").at("class", "h5").with(tr(
                "ui/appointment/summons",
                "Il Centro per l'impiego ti ha convocato",
            )))
            .with(el("p").with(about(appointment)))
            .with(cost())
            .with(confirmed)
            .with(justified)
            .with(confirm)
            .with(justify)
            .into_any(),
    )
}

/// What can be done about it: the way of moving it is named while there is one.
fn about(appointment: &Appuntamento) -> &'static str {
    if appointment.azioni.contains(&AzioneAppuntamento::Sposta) {
        tr(
            "ui/appointment/summons_about",
            "Una convocazione non si disdice: puoi spostarla oppure, se non puoi venire per un motivo serio, giustificarti.",
        )
    } else {
        tr(
            "ui/appointment/summons_late",
            "Una convocazione non si disdice. Se un motivo serio ti impedisce di venire, giustifica l'assenza.",
        )
    }
}

/// What an absence may cost, for whom it may cost something.
fn cost() -> AnyView {
    let session = expect_context::<Session>();
    let touched = RwSignal::new(false);
    spawn_local(async move {
        let facts = session.seen(api::call::<KnownFacts>(&["did"], &[], None).await);
        if facts.is_ok_and(|facts| receives(&facts)) {
            let _ = touched.try_set(true);
        }
    });
    (move || {
        touched.get().then(|| {
            el("p")
                .with(el("strong").with(tr(
                    "ui/appointment/cost",
                    "Ricevi la NASpI o la DIS-COLL: se non vieni e non hai un giustificato motivo, l'INPS può ridurla o toglierla (articolo 21 del decreto legislativo 150/2015).",
                )))
                .into_any()
        })
    })
    .into_any()
}

fn receives(facts: &Facts) -> bool {
    facts
        .fascicolo
        .iter()
        .flat_map(|file| &file.prestazioni)
        .any(|benefit| {
            TOUCHED.contains(&benefit.tipo.as_str())
                && benefit.dal <= facts.today
                && benefit.al.is_none_or(|end| end >= facts.today)
        })
}

fn confirmer(appointment: &Appuntamento, answer: Answer) -> AnyView {
    let told = Told::new();
    let id = StoredValue::new(appointment.id.clone());
    let press = move |_| {
        spawn_local(async move {
            let result = api::call::<ConfirmAppointment>(&[&id.get_value()], &[], None).await;
            let done = tr(
                "ui/appointment/confirm_done",
                "Hai confermato che ci sarai.",
            );
            told.settle(result, answer, done);
        });
    };
    el("div")
        .at("class", "mb-3")
        .with(told.place())
        .with(
            el("button")
                .at("type", "button")
                .at("class", "btn btn-primary")
                .on("click", press)
                .with(texts::azione(AzioneAppuntamento::Conferma)),
        )
        .into_any()
}

fn justifier(appointment: &Appuntamento, answer: Answer) -> AnyView {
    let told = Told::new();
    let id = StoredValue::new(appointment.id.clone());
    let open = RwSignal::new(false);
    let (reason, note) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let attached = RwSignal::new(None);
    let until = appointment.giustificabile_entro.map(|day| {
        texts::with(
            tr(
                "ui/appointment/justify_until",
                "Puoi giustificarti fino alla fine del {valore}.",
            ),
            &dates::day(day),
        )
    });
    let send = move |event: web_sys::Event| {
        event.prevent_default();
        if reason.with_untracked(String::is_empty) {
            return told.refuse(
                "motivo-assenza",
                tr("ui/appointment/cancel_why", "Scegli un motivo."),
            );
        }
        spawn_local(async move {
            let wanted = Giustificazione {
                motivo: reason.get_untracked(),
                note: Some(note.get_untracked().trim().to_owned()).filter(|text| !text.is_empty()),
                file: attached.with_untracked(|file: &Option<contract::endpoint::FileView>| {
                    file.as_ref().map(|file| file.id.clone())
                }),
            };
            let result = api::call::<JustifyAbsence>(&[&id.get_value()], &[], Some(&wanted)).await;
            let done = tr("ui/appointment/justify_done", "Giustificazione inviata.");
            told.settle(result, answer, done);
        });
    };
    let shown = move || {
        if !open.get() {
            return el("button")
                .at("type", "button")
                .at("class", "btn btn-outline-primary")
                .on("click", move |_| {
                    open.set(true);
                    browser::focus_soon("motivo-assenza");
                })
                .with(texts::azione(AzioneAppuntamento::Giustifica))
                .into_any();
        }
        let options = GIUSTIFICATI_MOTIVI
            .iter()
            .map(|(code, _)| ((*code).to_owned(), words::absence_reason(code)))
            .collect();
        el("form")
            .at("class", "inline-form")
            .at("novalidate", true)
            .on("submit", send)
            .with(form::choice(
                Field {
                    id: "motivo-assenza",
                    label: tr("ui/appointment/justify_reason", "Perché non puoi venire?"),
                    ..LINE
                },
                options,
                reason,
                told.errors,
            ))
            .with(form::field(
                Field {
                    id: "note-assenza",
                    label: tr(
                        "ui/appointment/justify_note",
                        "Racconta che cosa è successo",
                    ),
                    kind: "area",
                    optional: true,
                    ..LINE
                },
                note,
                told.errors,
            ))
            .with(file::field(attached))
            .with(told.place())
            .with(
                el("button")
                    .at("type", "submit")
                    .at("class", "btn btn-primary")
                    .with(tr(
                        "ui/appointment/justify_send",
                        "Invia la giustificazione",
                    )),
            )
            .into_any()
    };
    el("div")
        .at("class", "no-print")
        .with(until.map(|until| el("p").with(until).into_any()))
        .with(shown)
        .into_any()
}
