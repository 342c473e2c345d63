// SPDX-License-Identifier: EUPL-1.2
//! The head of every page: the body, the language, who is signed in, the name, the navigation.

use leptos::prelude::*;

use super::is_in;
use crate::{browser::meta, drafts::DraftStore, routes::Page, session::Session, texts::{self, tr}, ui};

/// The head.
pub(crate) fn header(session: Session, drafts: DraftStore, page: Memo<Page>) -> AnyView {
    view! {
        <header class="site-head">
            <div class="site-slim">
                <div class="container">
                    <span>{meta("agency:body")}</span>
                    <div class="d-flex flex-wrap align-items-center gap-3">
                        {languages()}
                        {move || user(session, drafts)}
                    </div>
                </div>
            </div>
            <div class="container site-brand">
                <div>
                    <div class="site-brand-name"><a href="/">{meta("agency:name")}</a></div>
                    <div class="site-brand-tagline">{tagline()}</div>
                </div>
            </div>
            {move || navigation(session, &page.get())}
        </header>
    }
    .into_any()
}

/// The agency writes its line in Italian; in another language ours stands there.
fn tagline() -> String {
    let own = meta("agency:tagline");
    if texts::language() == "it" { own } else { tr("ui/tagline", "Il Centro per l'Impiego, quando serve a te").to_owned() }
}

fn languages() -> AnyView {
    let one = |code: &'static str, short: &'static str, name: &'static str| {
        let current = (texts::language() == code).then_some("true");
        view! {
            <li><button type="button" lang=code aria-current=current aria-label=name on:click=move |_| texts::choose(code)>{short}</button></li>
        }
        .into_any()
    };
    view! {
        <ul class="language-switch" aria-label=tr("ui/language", "Lingua")>
            {one("it", "IT", "IT, italiano")}{one("en", "EN", "EN, English")}
        </ul>
    }
    .into_any()
}

fn user(session: Session, drafts: DraftStore) -> AnyView {
    match session.person() {
        None => ui::sign_in_link("btn btn-sm btn-outline-light"),
        Some(me) => view! {
            <span>{me.nome}" "{me.cognome}</span>
            <button type="button" class="btn btn-sm btn-outline-light" on:click=move |_| session.sign_out(drafts)>{tr("ui/sign_out", "Esci")}</button>
        }
        .into_any(),
    }
}

fn navigation(session: Session, page: &Page) -> AnyView {
    let entry = |address: &'static str, name: &'static str| {
        let current = is_in(page, address).then_some("true");
        view! { <li><a href=address aria-current=current>{name}</a></li> }.into_any()
    };
    view! {
        <nav class="site-nav" aria-label=tr("ui/nav", "Principale")>
            <div class="container">
                <ul>
                    {entry("/servizi", tr("ui/nav/services", "Servizi"))}
                    {entry("/area-personale", tr("ui/nav/area", "Area personale"))}
                    {session.is_operator().then(|| entry("/sportello", tr("ui/nav/desk", "Sportello operatori")))}
                    {entry("/aiuto", tr("ui/nav/help", "Aiuto e contatti"))}
                </ul>
            </div>
        </nav>
    }
    .into_any()
}
