// SPDX-License-Identifier: EUPL-1.2
//! What stands around every page, and what has to happen when the page changes: the focus moves to the title, the
//! title of the window changes, screen readers are told. The router does none of it.

use leptos::prelude::*;
use leptos_router::{
    WildcardSegment,
    components::{FlatRoutes, Route, Router},
    hooks::{use_location, use_navigate},
};

use crate::{browser, drafts::DraftStore, pages, routes::{self, Page}, session::Session, texts::tr};

mod footer;
mod header;
mod timer;

/// The whole app.
pub(crate) fn app() -> AnyView {
    let session = Session::new();
    provide_context(session);
    provide_context(DraftStore::new(session));
    session.start();
    // One route takes every address: the table in `routes` is smaller than a type for each.
    view! {
        <Router>
            <FlatRoutes fallback=|| ()>
                <Route path=WildcardSegment("path") view=frame/>
            </FlatRoutes>
        </Router>
    }
    .into_any()
}

fn frame() -> AnyView {
    let session = expect_context::<Session>();
    let drafts = expect_context::<DraftStore>();
    routes::learn(use_navigate());
    let location = use_location();
    let page = Memo::new(move |_| routes::page(&location.pathname.get()));
    let first = StoredValue::new(true);
    Effect::new(move |_| {
        page.track();
        let quietly = first.get_value();
        first.set_value(false);
        request_animation_frame(move || arrived("", !quietly));
    });
    view! {
        <nav class="skiplinks" aria-label=tr("ui/skip/label", "Scorciatoie")>
            <a class="visually-hidden-focusable" href="#main" on:click=skip>{tr("ui/skip/main", "Vai al contenuto")}</a>
            <a class="visually-hidden-focusable" href="#footer" on:click=skip>{tr("ui/skip/footer", "Vai al piè di pagina")}</a>
        </nav>
        {header::header(session, drafts, page)}
        <main id="main" tabindex="-1">
            {move || session.expired.get().then(expired)}
            {move || pages::draw(page.get())}
        </main>
        {footer::footer()}
        {timer::dialog(session)}
        <div id="announcer" class="visually-hidden" aria-live="polite"></div>
    }
    .into_any()
}

fn expired() -> AnyView {
    view! {
        <div class="container pt-4">
            <div class="notice warning" role="status">
                <h2 class="h5">{tr("ui/expired/title", "La sessione è finita")}</h2>
                <p>{tr("ui/expired/text", "È passato troppo tempo, per sicurezza ti abbiamo fatto uscire. Le tue risposte sono salvate: entra di nuovo e continui da qui.")}</p>
                {crate::ui::sign_in_buttons(&browser::here())}
            </div>
        </div>
    }
    .into_any()
}

fn skip(event: leptos::ev::MouseEvent) {
    event.prevent_default();
    let link: web_sys::Element = event_target(&event);
    let id = link.get_attribute("href").unwrap_or_default();
    if let Some(element) = browser::by_id(id.trim_start_matches('#')) {
        element.scroll_into_view();
        browser::focus(&element);
    }
}

/// A page has been drawn: title of the window, announcement and, unless it is the first page, focus. `before` stands
/// in front of the title.
pub(crate) fn arrived(before: &str, move_focus: bool) {
    let Some(title) = browser::find("main h1") else { return };
    let name = title.text_content().unwrap_or_default();
    let full = [before, name.trim(), " - ", &browser::meta("agency:name")].concat();
    document().set_title(&full);
    if move_focus {
        let _ = title.set_attribute("tabindex", "-1");
        let _ = title.focus();
        announce(name.trim());
    }
}

/// Tells screen readers something without moving the focus.
pub(crate) fn announce(text: &str) {
    if let Some(region) = browser::by_id("announcer") {
        region.set_text_content(Some(text));
    }
}

/// Whether a navigation entry is the current one.
fn is_in(page: &Page, entry: &str) -> bool {
    match page {
        Page::Services | Page::Sheet(_) | Page::Step(..) | Page::Summary(_) | Page::Exit(_) => entry == "/servizi",
        Page::Area | Page::Request(_) | Page::Messages | Page::MyData => entry == "/area-personale",
        Page::Desk | Page::DeskRequest(_) => entry == "/sportello",
        Page::Help => entry == "/aiuto",
        _ => false,
    }
}
