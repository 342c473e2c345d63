// SPDX-License-Identifier: EUPL-1.2
//! What can be booked: each service with what it is for, how long it takes, for whom and what to bring.

use contract::prestazioni::{PrestazioneInBreve, Requisito};

use super::{network::Network, search::Search};
use crate::{
    dom::*,
    texts::{self, tr},
    ui,
};

/// The list. Choosing one leads to the offices.
pub(super) fn choose(network: &Network, search: &Search) -> AnyView {
    let items: Vec<_> = network
        .services
        .iter()
        .map(|service| item(service, search))
        .collect();
    many(vec![
        el("p")
            .at("class", "lead")
            .with(tr(
                "ui/booking/service/intro",
                "Scegli il servizio: poi vedi gli uffici e i primi posti liberi.",
            ))
            .into_any(),
        el("ul").at("class", "choice-list").with(items).into_any(),
    ])
}

fn item(service: &PrestazioneInBreve, search: &Search) -> AnyView {
    let next = Search {
        servizio: service.codice.clone(),
        ..search.clone()
    };
    el("li")
        .with(
            el("div")
                .at("class", "choice-main")
                .with(el("h2").at("class", "h5").with(ui::link(
                    &next.address(),
                    "",
                    service.nome.clone(),
                )))
                .with(el("p").with(service.descrizione.clone()))
                .with(el("p").at("class", "choice-facts").with(facts(service))),
        )
        .with(bring(service))
        .into_any()
}

/// `40 minuti · In ufficio, In videochiamata · per chi ha fatto la DID`.
fn facts(service: &PrestazioneInBreve) -> String {
    let ways: Vec<&str> = service
        .modalita
        .iter()
        .copied()
        .map(texts::modalita)
        .collect();
    let mut all = vec![minutes(service.durata_minuti), ways.join(", ")];
    all.extend(service.laboratorio.map(|group| {
        texts::with(
            tr("ui/booking/group", "In gruppo, fino a {valore} persone"),
            &group.massimo.to_string(),
        )
    }));
    all.extend(for_whom(service).map(str::to_owned));
    all.join(" · ")
}

fn for_whom(service: &PrestazioneInBreve) -> Option<&'static str> {
    match service.requisito {
        Requisito::Tutti => None,
        Requisito::Did => Some(tr("ui/booking/for/did", "Per chi ha fatto la DID")),
        Requisito::Patto => Some(tr(
            "ui/booking/for/patto",
            "Per chi ha firmato il patto di servizio",
        )),
    }
}

/// A duration.
pub(super) fn minutes(minutes: u16) -> String {
    texts::with(
        tr("ui/booking/minutes", "{valore} minuti"),
        &minutes.to_string(),
    )
}

/// What to bring, folded away.
fn bring(service: &PrestazioneInBreve) -> Option<AnyView> {
    (!service.portare.is_empty()).then(|| {
        el("details")
            .at("class", "choice-more")
            .with(
                el("summary")
                    .with(tr("ui/booking/bring", "Cosa portare"))
                    .with(
                        el("span")
                            .at("class", "visually-hidden")
                            .with(": ")
                            .with(service.nome.clone()),
                    ),
            )
            .with(bring_list(service))
            .into_any()
    })
}

/// What to bring, as a list.
pub(super) fn bring_list(service: &PrestazioneInBreve) -> AnyView {
    let items: Vec<_> = service
        .portare
        .iter()
        .map(|line| el("li").with(line.clone()).into_any())
        .collect();
    el("ul").with(items).into_any()
}
