// SPDX-License-Identifier: EUPL-1.2
//! The personal area: the next deadline first, then the person's requests.

use crate::dom::*;
use contract::{pratica::Pratica, services};
use leptos::task::spawn_local;

use super::deadlines::{self, Open};
use crate::{
    dates,
    session::{Session, Who},
    shell,
    texts::{self, tr},
    ui,
};

/// Shows a page of the personal area to who is signed in, and the way in to everybody else.
pub(super) fn signed_in(draw: impl Fn() -> AnyView + Send + 'static) -> AnyView {
    signed_in_as(None, draw)
}

/// The same where `draw` brings the heading of the page along; `title` is what the page is called without it.
pub(super) fn signed_in_page(
    title: &'static str,
    draw: impl Fn() -> AnyView + Send + 'static,
) -> AnyView {
    signed_in_as(Some(title), draw)
}

fn signed_in_as(
    title: Option<&'static str>,
    draw: impl Fn() -> AnyView + Send + 'static,
) -> AnyView {
    let session = expect_context::<Session>();
    // Only the change between signed in and not draws anew, not each renewal.
    let state = Memo::new(move |_| {
        session.who.with(|who| match who {
            Who::Unknown => None,
            Who::Nobody => Some(false),
            Who::Person(_) => Some(true),
        })
    });
    (move || match state.get() {
        None => ui::waiting(),
        Some(false) => {
            // The part may have been here before the edge said that nobody is: this title comes after it.
            if title.is_some() {
                request_animation_frame(|| shell::arrived("", false));
            }
            let title = title.map(|title| el("h1").with(title).into_any());
            many(title.into_iter().chain([ui::sign_in_needed()]).collect())
        }
        Some(true) => draw(),
    })
    .into_any()
}

/// The page.
pub(crate) fn page() -> AnyView {
    let body = signed_in(|| {
        let session = expect_context::<Session>();
        let answer = RwSignal::new(None);
        let ask = move || {
            spawn_local(async move {
                let found = deadlines::load(session).await;
                let _ = answer.try_set(Some(found));
            });
        };
        many(vec![
            (ui::answered(answer, ask, |open: Open| overview(&open))).into_any(),
            el("h2")
                .with(tr("ui/area/more", "Altro su di te"))
                .into_any(),
            el("ul")
                .with(el("li").with(ui::link(
                    "/area-personale/appuntamenti",
                    "",
                    tr("ui/appointments/title", "I tuoi appuntamenti"),
                )))
                .with(el("li").with(ui::link(
                    "/cv",
                    "",
                    tr("ui/area/cv", "I tuoi CV e le tue lettere"),
                )))
                .with(el("li").with(ui::link(
                    "/area-personale/messaggi",
                    "",
                    tr("ui/messages/title", "Messaggi"),
                )))
                .with(el("li").with(ui::link(
                    "/area-personale/dati",
                    "",
                    tr("ui/data/title", "I tuoi dati"),
                )))
                .into_any(),
        ])
        .into_any()
    });
    ui::page(&[], tr("ui/area/title", "La tua area personale"), body)
}

fn overview(open: &Open) -> AnyView {
    let requests = &open.requests;
    let list = if requests.is_empty() {
        many(vec![
            el("p")
                .with(tr(
                    "ui/area/empty",
                    "Non hai ancora pratiche. Se cerchi lavoro, comincia dalla DID.",
                ))
                .into_any(),
            el("p")
                .with(ui::link(
                    "/servizi/did",
                    "btn btn-primary",
                    tr("ui/home/did", "Fai la DID"),
                ))
                .into_any(),
        ])
        .into_any()
    } else {
        let items: Vec<_> = requests.iter().map(item).collect();
        el("ul").at("class", "item-list").with(items).into_any()
    };
    many(vec![
        (deadlines::panel(open)).into_any(),
        el("h2")
            .with(tr("ui/area/requests", "Le tue pratiche"))
            .into_any(),
        (list).into_any(),
    ])
    .into_any()
}

fn item(request: &Pratica) -> AnyView {
    let about = texts::with(
        tr("ui/request/protocollo", "Protocollo {valore}"),
        &request.protocollo,
    );
    let when = texts::with(
        tr("ui/request/presented", "inviata il {valore}"),
        &dates::instant(&request.presentata_il),
    );
    el("li")
        .with(
            el("div")
                .with(el("h3").at("class", "h5 mb-1").with(ui::link(
                    &address(request),
                    "",
                    service_name(&request.servizio),
                )))
                .with(
                    el("p")
                        .at("class", "mb-0")
                        .with(about)
                        .with(", ")
                        .with(when),
                ),
        )
        .with(ui::state_chip(request.stato))
        .into_any()
}

fn address(request: &Pratica) -> String {
    ["/area-personale/pratiche/", &request.id].concat()
}

/// The name of a service; its slug when this version of the app does not know it.
pub(super) fn service_name(slug: &str) -> String {
    services::BRIEFS
        .iter()
        .find(|brief| brief.slug == slug)
        .map_or_else(
            || slug.to_owned(),
            |brief| texts::brief_name(brief).to_owned(),
        )
}

/// The panel with what comes next for the home page, which does not wait for it and says nothing when it cannot be had.
pub(crate) fn deadline_at_home() -> AnyView {
    let session = expect_context::<Session>();
    let found = RwSignal::new(None);
    spawn_local(async move {
        if let Ok(open) = deadlines::load(session).await {
            let _ = found.try_set(Some(open));
        }
    });
    (move || found.get().and_then(|open| deadlines::panel(&open))).into_any()
}
