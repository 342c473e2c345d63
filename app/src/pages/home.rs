// SPDX-License-Identifier: EUPL-1.2
//! The home page: the next deadline of who is signed in, then the things people come for.

use contract::{endpoint::MyPratiche, services};
use leptos::{prelude::*, task::spawn_local};

use super::area::next_deadline;
use crate::{api, session::Session, texts::{self, tr}, ui};

/// The home page.
pub(super) fn page() -> AnyView {
    let session = expect_context::<Session>();
    let cards: Vec<_> = services::ALL
        .iter()
        .map(|service| {
            let name = texts::service(service, "name", service.name);
            let summary = texts::service(service, "summary", service.summary);
            card(&["/servizi/", service.slug].concat(), name, summary)
        })
        .collect();
    view! {
        <div class="hero">
            <div class="container">
                <h1>{tr("ui/home/title", "Cerchi lavoro? Inizia da qui")}</h1>
                <p class="lead">{tr("ui/home/lead", "Dichiarati disponibile al lavoro e segui le tue pratiche, dal telefono e quando vuoi.")}</p>
                <p class="hero-actions">
                    {ui::link("/servizi/did", "btn btn-primary", tr("ui/home/did", "Fai la DID"))}
                    {ui::link("/area-personale", "btn btn-outline-primary", tr("ui/home/follow", "Segui le tue pratiche"))}
                </p>
            </div>
        </div>
        <div class="container py-5">
            {move || session.signed().then(|| deadline(session))}
            <h2>{tr("ui/home/what", "Cosa puoi fare")}</h2>
            <ul class="card-grid">
                {cards}
                {card("/area-personale", tr("ui/area/title", "La tua area personale"), tr("ui/home/area", "Le tue pratiche, le scadenze, i messaggi e i dati che abbiamo su di te."))}
                {card("/aiuto", tr("ui/help/title", "Aiuto e contatti"), tr("ui/home/help", "Parla con il Centro per l'impiego: dove siamo, quando, come."))}
            </ul>
        </div>
    }
    .into_any()
}

fn card(address: &str, title: &'static str, text: &'static str) -> AnyView {
    view! {
        <li>
            <div class="service-card">
                <h3>{ui::link(address, "", title)}</h3>
                <p>{text}</p>
            </div>
        </li>
    }
    .into_any()
}

/// The home page does not wait for the deadline, and says nothing when it cannot be had.
fn deadline(session: Session) -> AnyView {
    let found = RwSignal::new(None);
    spawn_local(async move {
        if let Ok(requests) = session.seen(api::call::<MyPratiche>(&[], "", None).await) {
            found.set(Some(requests));
        }
    });
    (move || found.get().and_then(|requests| next_deadline(&requests))).into_any()
}
