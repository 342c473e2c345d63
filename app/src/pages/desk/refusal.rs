// SPDX-License-Identifier: EUPL-1.2
//! What the national node has against a DID: the operator sees why and since when, and can send it again at once.

use crate::dom::*;
use contract::{
    endpoint::Retransmit,
    pratica::{Pratica, RifiutoNodo},
};
use leptos::task::spawn_local;

use super::Answer;
use crate::{api, dates, session::Session, shell, texts::tr, ui};

/// What came of sending a DID again, for the page that is drawn next.
pub(super) type Told = RwSignal<Option<&'static str>>;

/// The notice on top of a request: what the node has against it, or that it has just taken it; nothing otherwise.
pub(super) fn notice(request: &Pratica, answer: Answer, told: Told) -> AnyView {
    let outcome = told.get_untracked();
    told.set(None);
    let Some(refusal) = &request.rifiuto_nodo else {
        return outcome
            .map(|said| {
                el("div")
                    .at("class", "notice success")
                    .with(el("p").with(said))
                    .into_any()
            })
            .into_any();
    };
    el("section")
        .at("class", "notice warning")
        .at("aria-labelledby", "nodo")
        .with(el("h2").at("class", "h5").at("id", "nodo").with(tr(
            "ui/desk/node/title",
            "Il nodo nazionale non accetta questa DID",
        )))
        .with(outcome.map(|said| el("p").with(el("strong").with(said)).into_any()))
        .with(el("p").with(tr(
            "ui/desk/node/about",
            "Finché la rifiuta, la DID non ha il suo numero nazionale. Controlla i dati con il cittadino o senti l'assistenza del nodo. Il sistema riprova da solo, sempre più di rado.",
        )))
        .with(facts(refusal))
        .with(retry(request.id.clone(), answer, told))
        .into_any()
}

/// The mark in a row of the queue.
pub(super) fn mark(request: &Pratica) -> Option<AnyView> {
    request.rifiuto_nodo.as_ref().map(|_| {
        el("span")
            .at("class", "state-chip bad")
            .with(tr("ui/desk/node/mark", "Rifiutata dal nodo"))
            .into_any()
    })
}

fn facts(refusal: &RifiutoNodo) -> AnyView {
    el("dl")
        .at("class", "fact-list")
        .with(ui::row(
            tr("ui/desk/node/code", "Codice"),
            refusal.codice.to_string(),
        ))
        .with(
            refusal
                .motivo
                .clone()
                .map(|said| ui::row(tr("ui/desk/node/said", "Che cosa risponde"), said)),
        )
        .with(ui::row(
            tr("ui/desk/node/since", "La rifiuta dal"),
            dates::instant(&refusal.dal),
        ))
        .with(ui::row(
            tr("ui/desk/node/times", "Tentativi"),
            refusal.tentativi.to_string(),
        ))
        .with(ui::row(
            tr("ui/desk/node/next", "Prossimo tentativo"),
            dates::instant(&refusal.riprova_il),
        ))
        .into_any()
}

fn retry(id: String, answer: Answer, told: Told) -> AnyView {
    let session = expect_context::<Session>();
    let id = StoredValue::new(id);
    let said = RwSignal::new(String::new());
    let press = move |_| {
        said.set(String::new());
        spawn_local(async move {
            let id = id.get_value();
            match session.seen(api::call::<Retransmit>(&[&id], &[], None).await) {
                Ok(request) => {
                    let outcome = if request.rifiuto_nodo.is_some() {
                        tr("ui/desk/node/again", "Il nodo l'ha rifiutata di nuovo.")
                    } else {
                        tr("ui/desk/node/taken", "Il nodo ha accettato la DID.")
                    };
                    let _ = told.try_set(Some(outcome));
                    let _ = answer.try_set(Some(Ok(request)));
                    // The title is read out because it takes the focus: what is announced besides is the outcome.
                    request_animation_frame(move || {
                        shell::arrived("", true);
                        shell::announce(outcome);
                    });
                }
                Err(error) => said.set(error.sentence()),
            }
        });
    };
    many(vec![
        el("div")
            .at("role", "alert")
            .with(move || {
                let said = said.get();
                (!said.is_empty()).then(|| {
                    el("p")
                        .at("class", "field-error")
                        .with(ui::icon("it-error"))
                        .with(said)
                        .into_any()
                })
            })
            .into_any(),
        el("button")
            .at("type", "button")
            .at("class", "btn btn-primary")
            .on("click", press)
            .with(tr("ui/desk/node/retry", "Trasmetti di nuovo adesso"))
            .into_any(),
    ])
}
