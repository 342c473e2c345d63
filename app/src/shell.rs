// SPDX-License-Identifier: EUPL-1.2
//! What stands around every page, and what has to happen when the page changes: the focus moves to the title, the
//! title of the window changes, screen readers are told. The router does none of it.

use crate::dom::*;
use leptos::view;
use leptos_router::{
    WildcardSegment,
    components::{FlatRoutes, Route, Router},
    hooks::{use_location, use_navigate},
};
use wasm_bindgen::JsCast;

use crate::{
    browser,
    drafts::DraftStore,
    pages,
    routes::{self, Page},
    session::Session,
    texts::tr,
};

mod footer;
mod header;
mod timer;

/// The whole app.
pub(crate) fn app() -> impl leptos::IntoView {
    let session = Session::new();
    provide_context(session);
    provide_context(DraftStore::new());
    session.start();
    // One route takes every address: the table in `routes` is smaller than a type for each.
    view! {
        <Router>
            <FlatRoutes fallback=|| ()>
                <Route path=WildcardSegment("path") view=put_frame/>
            </FlatRoutes>
        </Router>
    }
}

/// What is drawn goes into the page by itself; to the router it is nothing.
fn put_frame() {
    let view = frame();
    if let Some(body) = document().body() {
        crate::dom::put(&body, view);
    }
}

fn frame() -> AnyView {
    let session = expect_context::<Session>();
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
    many(vec![
        el("nav")
            .at("class", "skiplinks")
            .at("aria-label", tr("ui/skip/label", "Scorciatoie"))
            .with(
                el("a")
                    .at("class", "visually-hidden-focusable")
                    .at("href", "#main")
                    .on("click", skip)
                    .with(tr("ui/skip/main", "Vai al contenuto")),
            )
            .with(
                el("a")
                    .at("class", "visually-hidden-focusable")
                    .at("href", "#footer")
                    .on("click", skip)
                    .with(tr("ui/skip/footer", "Vai al piè di pagina")),
            )
            .into_any(),
        (header::header(session, page)).into_any(),
        el("main")
            .at("id", "main")
            .at("tabindex", "-1")
            .with(move || session.expired.get().then(expired))
            .with(move || pages::draw(page.get()))
            .into_any(),
        (footer::footer()).into_any(),
        (timer::dialog(session)).into_any(),
        el("div")
            .at("id", "announcer")
            .at("class", "visually-hidden")
            .at("aria-live", "polite")
            .into_any(),
    ])
    .into_any()
}

fn expired() -> AnyView {
    el("div").at("class", "container pt-4")
.with(el("div").at("class", "notice warning").at("role", "status")
.with(el("h2").at("class", "h5")
.with(tr("ui/expired/title", "La sessione è finita")))
.with(el("p")
.with(tr("ui/expired/text", "È passato troppo tempo, per sicurezza ti abbiamo fatto uscire. Le tue risposte sono salvate: entra di nuovo e continui da qui.")))
.with(crate::ui::sign_in_buttons(&browser::here())))
    .into_any()
}

fn skip(event: web_sys::Event) {
    event.prevent_default();
    let Some(link) = event
        .target()
        .and_then(|target| target.dyn_into::<web_sys::Element>().ok())
    else {
        return;
    };
    let id = link.get_attribute("href").unwrap_or_default();
    if let Some(element) = browser::by_id(id.trim_start_matches('#')) {
        element.scroll_into_view();
        browser::focus(&element);
    }
}

thread_local! {
    /// Set while a page waits for the answer that its title comes with: the focus is owed to that title.
    static OWED: std::cell::Cell<bool> = const { std::cell::Cell::new(false) };
}

/// A page has been drawn: title of the window, announcement and, unless it is the first page, focus. `before` stands
/// in front of the title.
pub(crate) fn arrived(before: &str, move_focus: bool) {
    let Some(title) = browser::find("main h1") else {
        OWED.set(OWED.get() || move_focus);
        return;
    };
    let move_focus = OWED.take() || move_focus;
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
        Page::Services | Page::Sheet(_) | Page::Step(..) | Page::Summary(_) | Page::Exit(_) => {
            entry == "/servizi"
        }
        Page::Area
        | Page::Request(_)
        | Page::Messages
        | Page::MyData
        | Page::Appointments
        | Page::Appointment(_) => entry == "/area-personale",
        Page::Booking | Page::BookingConfirm => entry == "/appuntamenti",
        Page::Offices | Page::Office(_) => entry == "/aiuto",
        Page::Desk | Page::DeskRequest(_) | Page::Agenda => entry == "/sportello",
        Page::Help => entry == "/aiuto",
        _ => false,
    }
}
