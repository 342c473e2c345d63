// SPDX-License-Identifier: EUPL-1.2
//! Small pieces of the design system that many pages share. Plain functions: each is compiled once.

use contract::pratica::Stato;
use leptos::prelude::*;

use crate::{api::CallError, browser, routes, texts::{self, tr}};

/// An icon of the design system; what it means stands beside it in words.
pub(crate) fn icon(name: &str) -> AnyView {
    let sprite = browser::asset("icons.svg");
    let address = [sprite.as_str(), "#", name].concat();
    view! { <svg class="icon icon-sm" aria-hidden="true" focusable="false"><use href=address></use></svg> }.into_any()
}

/// A link inside the app or, for addresses of the edge, out of it.
pub(crate) fn link(address: &str, class: &'static str, text: impl Into<String>) -> AnyView {
    let address = address.to_owned();
    let text: String = text.into();
    if address.starts_with("/api/") {
        view! { <a href=address class=class rel="external">{text}</a> }.into_any()
    } else {
        view! { <a href=address class=class>{text}</a> }.into_any()
    }
}

/// Paragraphs.
pub(crate) fn paragraphs(lines: Vec<&'static str>) -> AnyView {
    lines.into_iter().map(|line| view! { <p>{line}</p> }.into_any()).collect::<Vec<_>>().into_any()
}

/// A bulleted list.
pub(crate) fn bullets(lines: Vec<&'static str>) -> AnyView {
    let items: Vec<_> = lines.into_iter().map(|line| view! { <li>{line}</li> }.into_any()).collect();
    view! { <ul>{items}</ul> }.into_any()
}

/// A heading of the second level.
pub(crate) fn heading(text: &'static str) -> AnyView {
    view! { <h2>{text}</h2> }.into_any()
}

/// A row of a description list.
pub(crate) fn row(term: impl Into<String>, value: impl IntoAny) -> AnyView {
    let term: String = term.into();
    view! { <dt>{term}</dt><dd>{value.into_any()}</dd> }.into_any()
}

/// What waits for an answer of the edge.
pub(crate) fn waiting() -> AnyView {
    view! { <p class="waiting" role="status">{tr("ui/waiting", "Un momento…")}</p> }.into_any()
}

/// A call that failed: what happened and a way on.
pub(crate) fn failure(error: &CallError, again: impl Fn() + 'static) -> AnyView {
    if error.status() == 401 {
        return sign_in_needed();
    }
    let title = match error {
        CallError::Offline => tr("ui/error/offline_title", "Non c'è connessione"),
        _ if error.status() == 404 => tr("ui/error/not_found_title", "Non troviamo quello che cerchi"),
        _ if error.status() == 403 => tr("ui/error/forbidden_title", "Questa pagina non è per te"),
        _ => tr("ui/error/title", "Qualcosa non ha funzionato"),
    };
    view! {
        <div class="notice warning" role="alert">
            <h2 class="h5">{title}</h2>
            <p>{error.sentence()}</p>
            <p>
                <button type="button" class="btn btn-primary" on:click=move |_| again()>{tr("ui/again", "Riprova")}</button>
                " "
                {link("/aiuto", "btn btn-outline-primary", tr("ui/contact", "Contatta il Centro per l'impiego"))}
            </p>
        </div>
    }
    .into_any()
}

/// Says that this page needs to know who one is, and how.
pub(crate) fn sign_in_needed() -> AnyView {
    view! {
        <div class="notice">
            <p>{tr("ui/sign_in_needed", "Per vedere questa pagina devi entrare con SPID o CIE.")}</p>
            {sign_in_buttons(&browser::here())}
        </div>
    }
    .into_any()
}

/// The two ways in. Signing in leaves the app and comes back to `path`.
pub(crate) fn sign_in_buttons(path: &str) -> AnyView {
    let path = browser::encode(path);
    let spid = ["/api/accesso?idp=spid&ritorno=", &path].concat();
    let cie = ["/api/accesso?idp=cie&ritorno=", &path].concat();
    view! {
        <p class="hero-actions">
            {link(&spid, "btn btn-primary", tr("ui/sign_in/spid", "Entra con SPID"))}
            " "
            {link(&cie, "btn btn-primary", tr("ui/sign_in/cie", "Entra con CIE"))}
        </p>
    }
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
    view! { <span class=class>{texts::stato(stato)}</span> }.into_any()
}

/// The way back to where a page belongs. The last entry is the page itself.
pub(crate) fn breadcrumb(way: &[(&'static str, &'static str)], last: &'static str) -> AnyView {
    let items: Vec<_> = way
        .iter()
        .map(|(address, name)| {
            view! {
                <li class="breadcrumb-item"><a href=*address>{*name}</a><span class="separator" aria-hidden="true">"/"</span></li>
            }
            .into_any()
        })
        .collect();
    view! {
        <nav class="breadcrumb-container" aria-label=tr("ui/breadcrumb", "Percorso di navigazione") data-element="breadcrumb">
            <ol class="breadcrumb">
                <li class="breadcrumb-item"><a href="/">{tr("ui/home", "Home")}</a><span class="separator" aria-hidden="true">"/"</span></li>
                {items}
                <li class="breadcrumb-item active" aria-current="page">{last}</li>
            </ol>
        </nav>
    }
    .into_any()
}

/// An ordinary page: the way back, the title, what stands below.
pub(crate) fn page(way: &[(&'static str, &'static str)], title: &'static str, body: AnyView) -> AnyView {
    view! { <div class="container py-4">{breadcrumb(way, title)}<h1>{title}</h1>{body}</div> }.into_any()
}

/// Draws the answer of a call: waits, fails with a way on, or shows. Calls again when `again` changes.
pub(crate) fn answered<T: Clone + PartialEq + Send + Sync + 'static>(
    answer: RwSignal<Option<Result<T, CallError>>>,
    ask: impl Fn() + Copy + Send + Sync + 'static,
    show: impl Fn(T) -> AnyView + Send + Sync + 'static,
) -> AnyView {
    ask();
    (move || match answer.get() {
        None => waiting(),
        Some(Ok(value)) => show(value),
        Some(Err(error)) => failure(&error, move || {
            answer.set(None);
            ask();
        }),
    })
    .into_any()
}

/// The way into the personal area for pages that begin there.
pub(crate) fn area_way() -> [(&'static str, &'static str); 1] {
    [("/area-personale", tr("ui/area/title", "La tua area personale"))]
}

/// Goes to the page of signing in, and back here afterwards.
pub(crate) fn sign_in_link(class: &'static str) -> AnyView {
    view! {
        <a class=class data-element="personal-area-login" href="/accesso?ritorno=%2Farea-personale" on:click=|event| {
            event.prevent_default();
            let here = browser::here();
            let target = if here == "/" { "/area-personale" } else { here.as_str() };
            routes::go(&routes::sign_in(target), false);
        }>{tr("ui/sign_in", "Accedi all'area personale")}</a>
    }
    .into_any()
}
