// SPDX-License-Identifier: EUPL-1.2
//! Small pieces of the design system that many pages share. Plain functions: each is compiled once.

use crate::dom::*;
use contract::pratica::Stato;

use crate::{
    api::CallError,
    browser, routes,
    session::Session,
    texts::{self, tr},
};

mod rating;

pub(crate) use rating::rating;

/// An icon of the design system; what it means stands beside it in words.
pub(crate) fn icon(name: &str) -> AnyView {
    let sprite = browser::asset("icons.svg");
    let address = [sprite.as_str(), "#", name].concat();
    el("svg")
        .at("class", "icon icon-sm")
        .at("aria-hidden", "true")
        .at("focusable", "false")
        .with(el("use").at("href", address))
        .into_any()
}

/// When the office of the agency is open, in the language of the reader.
pub(crate) fn office_hours() -> String {
    browser::meta(if texts::language() == "it" {
        "agency:hours"
    } else {
        "agency:hours-en"
    })
}

/// The language of names and addresses, told where the page is in another one.
pub(crate) fn italian() -> Option<&'static str> {
    (texts::language() != "it").then_some("it")
}

/// A link inside the app or, for addresses of the edge, out of it.
pub(crate) fn link(address: &str, class: &'static str, text: impl Into<String>) -> AnyView {
    let address = address.to_owned();
    let text: String = text.into();
    if address.starts_with("/api/") {
        el("a")
            .at("href", address)
            .at("class", class)
            .at("rel", "external")
            .with(text)
            .into_any()
    } else {
        el("a")
            .at("href", address)
            .at("class", class)
            .with(text)
            .into_any()
    }
}

/// Paragraphs.
pub(crate) fn paragraphs(lines: Vec<&'static str>) -> AnyView {
    lines
        .into_iter()
        .map(|line| el("p").with(line).into_any())
        .collect::<Vec<_>>()
        .into_any()
}

/// A bulleted list.
pub(crate) fn bullets(lines: Vec<&'static str>) -> AnyView {
    let items: Vec<_> = lines
        .into_iter()
        .map(|line| el("li").with(line).into_any())
        .collect();
    el("ul").with(items).into_any()
}

/// A heading of the second level.
pub(crate) fn heading(text: &'static str) -> AnyView {
    el("h2").with(text).into_any()
}

/// A row of a description list.
pub(crate) fn row(term: impl Into<String>, value: impl IntoAny) -> AnyView {
    let term: String = term.into();
    many(vec![
        el("dt").with(term).into_any(),
        el("dd").with(value.into_any()).into_any(),
    ])
    .into_any()
}

/// What waits for an answer of the edge.
pub(crate) fn waiting() -> AnyView {
    el("p")
        .at("class", "waiting")
        .at("role", "status")
        .with(tr("ui/waiting", "Un momento…"))
        .into_any()
}

/// A call that failed: what happened and a way on.
pub(crate) fn failure(error: &CallError, again: impl Fn() + 'static) -> AnyView {
    if error.status() == 401 {
        return sign_in_needed();
    }
    el("div")
        .at("class", "notice warning")
        .at("role", "alert")
        .with(el("h2").at("class", "h5").with(failed(error)))
        .with(el("p").with(error.sentence()))
        .with(ways_on(error, again))
        .into_any()
}

/// The same where the answer is all of the page, whose name is `title`: what happened is its heading, which takes the focus.
fn failed_page(title: &'static str, error: &CallError, again: impl Fn() + 'static) -> AnyView {
    if error.status() == 401 {
        return many(vec![el("h1").with(title).into_any(), sign_in_needed()]);
    }
    many(vec![
        el("h1").with(failed(error)).into_any(),
        el("p")
            .at("class", "lead")
            .with(error.sentence())
            .into_any(),
        ways_on(error, again),
    ])
}

fn failed(error: &CallError) -> &'static str {
    match error {
        CallError::Offline => tr("ui/error/offline_title", "Non c'è connessione"),
        _ if error.status() == 404 => {
            tr("ui/error/not_found_title", "Non troviamo quello che cerchi")
        }
        _ if error.status() == 403 => tr("ui/error/forbidden_title", "Questa pagina non è per te"),
        _ => tr("ui/error/title", "Qualcosa non ha funzionato"),
    }
}

/// Trying again, unless that cannot help, and somebody to ask.
fn ways_on(error: &CallError, again: impl Fn() + 'static) -> AnyView {
    let first = if matches!(error.status(), 403 | 404) {
        link(
            "/",
            "btn btn-primary",
            tr("ui/not_found/home", "Vai alla pagina iniziale"),
        )
    } else {
        el("button")
            .at("type", "button")
            .at("class", "btn btn-primary")
            .on("click", move |_| again())
            .with(tr("ui/again", "Riprova"))
            .into_any()
    };
    el("div")
        .at("class", "hero-actions")
        .with(first)
        .with(link(
            "/aiuto",
            "btn btn-outline-primary",
            tr("ui/contact", "Contatta il Centro per l'impiego"),
        ))
        .into_any()
}

/// Says that this page needs to know who one is, and how.
pub(crate) fn sign_in_needed() -> AnyView {
    el("div")
        .at("class", "notice")
        .with(el("p").with(tr(
            "ui/sign_in_needed",
            "Per vedere questa pagina devi entrare con SPID o CIE.",
        )))
        .with(ways_in(browser::here()))
        .into_any()
}

/// The two ways in, unless the page offers them already because a session has ended.
pub(crate) fn ways_in(path: String) -> AnyView {
    let session = expect_context::<Session>();
    (move || (!session.expired.get()).then(|| sign_in_buttons(&path))).into_any()
}

/// The two ways in. Signing in leaves the app and comes back to `path`.
pub(crate) fn sign_in_buttons(path: &str) -> AnyView {
    let path = browser::encode(path);
    let spid = ["/api/accesso?idp=spid&ritorno=", &path].concat();
    let cie = ["/api/accesso?idp=cie&ritorno=", &path].concat();
    el("p")
        .at("class", "hero-actions")
        .with(link(
            &spid,
            "btn btn-primary",
            tr("ui/sign_in/spid", "Entra con SPID"),
        ))
        .with(" ")
        .with(link(
            &cie,
            "btn btn-primary",
            tr("ui/sign_in/cie", "Entra con CIE"),
        ))
        .into_any()
}

/// The state of a request: a colour and always the words.
pub(crate) fn state_chip(stato: Stato) -> AnyView {
    let class = match stato {
        Stato::Accolta => "state-chip good",
        Stato::Respinta | Stato::Ritirata => "state-chip bad",
        Stato::IntegrazioneRichiesta | Stato::PreavvisoRigetto => "state-chip waiting-for-you",
        _ => "state-chip open",
    };
    el("span")
        .at("class", class)
        .with(texts::stato(stato))
        .into_any()
}

/// The way back to where a page belongs. The last entry is the page itself.
pub(crate) fn breadcrumb(way: &[(&'static str, &'static str)], last: &'static str) -> AnyView {
    let items: Vec<_> = way
        .iter()
        .map(|(address, name)| {
            el("li")
                .at("class", "breadcrumb-item")
                .with(el("a").at("href", *address).with(*name))
                .with(
                    el("span")
                        .at("class", "separator")
                        .at("aria-hidden", "true")
                        .with("/"),
                )
                .into_any()
        })
        .collect();
    el("nav")
        .at("class", "breadcrumb-container")
        .at("aria-label", tr("ui/breadcrumb", "Percorso di navigazione"))
        .at("data-element", "breadcrumb")
        .with(
            el("ol")
                .at("class", "breadcrumb")
                .with(
                    el("li")
                        .at("class", "breadcrumb-item")
                        .with(el("a").at("href", "/").with(tr("ui/home", "Home")))
                        .with(
                            el("span")
                                .at("class", "separator")
                                .at("aria-hidden", "true")
                                .with("/"),
                        ),
                )
                .with(items)
                .with(
                    el("li")
                        .at("class", "breadcrumb-item active")
                        .at("aria-current", "page")
                        .with(last),
                ),
        )
        .into_any()
}

/// An ordinary page: the way back, the title, what stands below.
pub(crate) fn page(
    way: &[(&'static str, &'static str)],
    title: &'static str,
    body: AnyView,
) -> AnyView {
    el("div")
        .at("class", "container py-4")
        .with(breadcrumb(way, title))
        .with(el("h1").with(title))
        .with(body)
        .into_any()
}

/// Draws the answer of a call: waits, fails with a way on, or shows. Calls again when `again` changes.
pub(crate) fn answered<T: Clone + PartialEq + Send + Sync + 'static>(
    answer: RwSignal<Option<Result<T, CallError>>>,
    ask: impl Fn() + Copy + Send + Sync + 'static,
    show: impl Fn(T) -> AnyView + Send + Sync + 'static,
) -> AnyView {
    answered_as(None, answer, ask, show)
}

/// The same where the answer is all of the page, its heading too; `title` is what the page is called without one.
pub(crate) fn answered_page<T: Clone + PartialEq + Send + Sync + 'static>(
    title: &'static str,
    answer: RwSignal<Option<Result<T, CallError>>>,
    ask: impl Fn() + Copy + Send + Sync + 'static,
    show: impl Fn(T) -> AnyView + Send + Sync + 'static,
) -> AnyView {
    answered_as(Some(title), answer, ask, show)
}

fn answered_as<T: Clone + PartialEq + Send + Sync + 'static>(
    title: Option<&'static str>,
    answer: RwSignal<Option<Result<T, CallError>>>,
    ask: impl Fn() + Copy + Send + Sync + 'static,
    show: impl Fn(T) -> AnyView + Send + Sync + 'static,
) -> AnyView {
    ask();
    (move || match answer.get() {
        None => waiting(),
        Some(Ok(value)) => show(value),
        Some(Err(error)) => {
            let again = move || {
                answer.set(None);
                ask();
            };
            match title {
                Some(title) => failed_page(title, &error, again),
                None => failure(&error, again),
            }
        }
    })
    .into_any()
}

/// The way into the personal area for pages that begin there.
pub(crate) fn area_way() -> [(&'static str, &'static str); 1] {
    [(
        "/area-personale",
        tr("ui/area/title", "La tua area personale"),
    )]
}

/// Goes to the page of signing in, and back here afterwards.
pub(crate) fn sign_in_link(class: &'static str) -> AnyView {
    el("a")
        .at("class", class)
        .at("data-element", "personal-area-login")
        .at("href", "/accesso?ritorno=%2Farea-personale")
        .on("click", |event| {
            event.prevent_default();
            let here = browser::here();
            let target = if here == "/" {
                "/area-personale"
            } else {
                here.as_str()
            };
            routes::go(&routes::sign_in(target), false);
        })
        .with(tr("ui/sign_in", "Accedi all'area personale"))
        .into_any()
}
