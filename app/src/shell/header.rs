// SPDX-License-Identifier: EUPL-1.2
//! The head of every page: the body, the language, who is signed in, the name, the navigation.

use crate::dom::*;

use super::is_in;
use crate::{
    browser::{self, meta},
    routes::Page,
    session::{Session, Who},
    texts::{self, tr},
    ui,
};

/// The head.
pub(crate) fn header(session: Session, page: Memo<Page>) -> AnyView {
    el("header")
        .at("class", "site-head")
        .with(
            el("div").at("class", "site-slim").with(
                el("div")
                    .at("class", "container")
                    .with(
                        el("span")
                            .at("lang", ui::italian())
                            .with(meta("agency:body")),
                    )
                    .with(
                        el("div")
                            .at("class", "d-flex flex-wrap align-items-center gap-3")
                            .with(languages())
                            .with(
                                el("div")
                                    .at("class", "site-user")
                                    .with(move || user(session)),
                            ),
                    ),
            ),
        )
        .with(
            el("div").at("class", "container site-brand").with(
                el("div")
                    .with(
                        el("div")
                            .at("class", "site-brand-name")
                            .with(el("a").at("href", "/").with(meta("agency:name"))),
                    )
                    .with(el("div").at("class", "site-brand-tagline").with(tagline())),
            ),
        )
        .with(move || navigation(session, &page.get()))
        .into_any()
}

/// The agency writes its line in Italian; in another language ours stands there.
fn tagline() -> String {
    let own = meta("agency:tagline");
    if texts::language() == "it" {
        own
    } else {
        tr("ui/tagline", "Il Centro per l'Impiego, quando serve a te").to_owned()
    }
}

fn languages() -> AnyView {
    let one = |code: &'static str, short: &'static str, name: &'static str| {
        let current = (texts::language() == code).then_some("true");
        el("li")
            .with(
                el("button")
                    .at("type", "button")
                    .at("lang", code)
                    .at("aria-current", current)
                    .at("aria-label", name)
                    .on("click", move |_| texts::choose(code))
                    .with(short),
            )
            .into_any()
    };
    el("ul")
        .at("class", "language-switch")
        .at("aria-label", tr("ui/language", "Lingua"))
        .with(one("it", "IT", "IT, italiano"))
        .with(one("en", "EN", "EN, English"))
        .into_any()
}

/// While the edge is asked about somebody whom this device knows, `start.js` has hidden the way in: it keeps its place.
fn user(session: Session) -> AnyView {
    if session.who.with(|who| *who != Who::Unknown) {
        browser::drop_class("awaited");
    }
    match session.person() {
        None => ui::sign_in_link("btn btn-sm btn-outline-light"),
        Some(me) => many(vec![
            el("span")
                .with(me.nome)
                .with(" ")
                .with(me.cognome)
                .into_any(),
            el("button")
                .at("type", "button")
                .at("class", "btn btn-sm btn-outline-light")
                .on("click", move |_| session.sign_out())
                .with(tr("ui/sign_out", "Esci"))
                .into_any(),
        ])
        .into_any(),
    }
}

fn navigation(session: Session, page: &Page) -> AnyView {
    let entry = |address: &'static str, name: &'static str| {
        let current = is_in(page, address).then_some("true");
        el("li")
            .with(
                el("a")
                    .at("href", address)
                    .at("aria-current", current)
                    .with(name),
            )
            .into_any()
    };
    el("nav")
        .at("class", "site-nav")
        .at("aria-label", tr("ui/nav", "Principale"))
        .with(
            el("div").at("class", "container").with(
                el("ul")
                    .with(entry("/servizi", tr("ui/nav/services", "Servizi")))
                    .with(entry("/cv", tr("ui/nav/cv", "CV e lettere")))
                    .with(entry(
                        "/area-personale",
                        tr("ui/nav/area", "Area personale"),
                    ))
                    .with(
                        session
                            .is_operator()
                            .then(|| entry("/sportello", tr("ui/nav/desk", "Sportello operatori"))),
                    )
                    .with(entry("/aiuto", tr("ui/nav/help", "Aiuto e contatti"))),
            ),
        )
        .into_any()
}
