// SPDX-License-Identifier: EUPL-1.2
//! The home page: the next deadline of who is signed in, then the things people come for.

use crate::dom::*;
use contract::services;

use crate::{
    chunks,
    session::Session,
    texts::{self, tr},
    ui,
};

/// The home page.
pub(super) fn page() -> AnyView {
    let session = expect_context::<Session>();
    let cards: Vec<_> = services::BRIEFS
        .iter()
        .map(|brief| {
            let address = ["/servizi/", brief.slug].concat();
            card(
                &address,
                texts::brief_name(brief),
                texts::brief_summary(brief),
            )
        })
        .collect();
    many(vec![el("div").at("class", "hero")
.with(el("div").at("class", "container")
.with(el("h1")
.with(tr("ui/home/title", "Cerchi lavoro? Inizia da qui")))
.with(el("p").at("class", "lead")
.with(tr("ui/home/lead", "Dichiarati disponibile al lavoro e segui le tue pratiche, dal telefono e quando vuoi.")))
.with(el("p").at("class", "hero-actions")
.with(ui::link("/servizi/did", "btn btn-primary", tr("ui/home/did", "Fai la DID")))
.with(ui::link("/area-personale", "btn btn-outline-primary", tr("ui/home/follow", "Segui le tue pratiche"))))).into_any(), el("div").at("class", "container py-5")
.with(move || session.signed().then(chunks::next_deadline))
.with(el("h2")
.with(tr("ui/home/what", "Cosa puoi fare")))
.with(el("ul").at("class", "card-grid")
.with(cards)
.with(card("/appuntamenti", tr("ui/booking/title", "Prenota un appuntamento"), tr("ui/home/booking", "In ufficio, al telefono o in videochiamata: scegli il servizio, l'ufficio e l'ora.")))
.with(card("/area-personale", tr("ui/area/title", "La tua area personale"), tr("ui/home/area", "Le tue pratiche, gli appuntamenti, le scadenze, i messaggi e i dati che abbiamo su di te.")))
.with(card("/uffici", tr("ui/offices/title", "I Centri per l'impiego"), tr("ui/home/offices", "Trova il tuo ufficio: indirizzo, orari e contatti.")))
.with(card("/aiuto", tr("ui/help/title", "Aiuto e contatti"), tr("ui/home/help", "Parla con il Centro per l'impiego: dove siamo, quando, come.")))).into_any()])
    .into_any()
}

fn card(address: &str, title: &'static str, text: &'static str) -> AnyView {
    el("li")
        .with(
            el("div")
                .at("class", "service-card")
                .with(el("h3").with(ui::link(address, "", title)))
                .with(el("p").with(text)),
        )
        .into_any()
}
