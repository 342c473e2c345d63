// SPDX-License-Identifier: EUPL-1.2
//! The few things of the browser that the app uses by itself: names in the head of the page, focus, storage, clock.

use leptos::prelude::{document, window};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{HtmlElement, Storage};

/// What the page's head says under this name; empty when it says nothing.
pub(crate) fn meta(name: &str) -> String {
    document()
        .query_selector(&["meta[name=\"", name, "\"]"].concat())
        .ok()
        .flatten()
        .and_then(|element| element.get_attribute("content"))
        .unwrap_or_default()
}

/// The address of a file that is loaded on demand.
pub(crate) fn asset(name: &str) -> String {
    meta(&["asset:", name].concat())
}

/// The element with this id.
pub(crate) fn by_id(id: &str) -> Option<HtmlElement> {
    document().get_element_by_id(id)?.dyn_into().ok()
}

/// The first element that the selector finds.
pub(crate) fn find(selector: &str) -> Option<HtmlElement> {
    document().query_selector(selector).ok()??.dyn_into().ok()
}

/// Moves the focus to an element, also to one that is no control.
pub(crate) fn focus(element: &HtmlElement) {
    let control = matches!(
        element.tag_name().as_str(),
        "INPUT" | "SELECT" | "TEXTAREA" | "BUTTON" | "A"
    );
    if !control {
        let _ = element.set_attribute("tabindex", "-1");
    }
    let _ = element.focus();
}

/// True while the focus is inside the element with this id, or nowhere.
pub(crate) fn holds_focus(id: &str) -> bool {
    let Some(active) = document().active_element() else {
        return true;
    };
    active.tag_name() == "BODY" || by_id(id).is_some_and(|element| element.contains(Some(&active)))
}

/// Moves the focus to the title of the page, once it stands there.
pub(crate) fn focus_title() {
    leptos::prelude::request_animation_frame(|| {
        if let Some(title) = find("main h1") {
            focus(&title);
        }
    });
}

/// Moves the focus to the element with this id, once what is being drawn stands on the page.
pub(crate) fn focus_soon(id: &'static str) {
    leptos::prelude::request_animation_frame(move || {
        if let Some(element) = by_id(id) {
            element.scroll_into_view();
            focus(&element);
        }
    });
}

/// Milliseconds since 1970, as this device sees it.
pub(crate) fn now() -> f64 {
    js_sys::Date::now()
}

/// A new random id.
pub(crate) fn uuid() -> String {
    window()
        .crypto()
        .map(|crypto| crypto.random_uuid())
        .unwrap_or_default()
}

/// Path and query of the page, as the address bar shows them.
pub(crate) fn here() -> String {
    let location = window().location();
    [
        location.pathname().unwrap_or_default(),
        location.search().unwrap_or_default(),
    ]
    .concat()
}

/// A text made safe for a query.
pub(crate) fn encode(text: &str) -> String {
    String::from(js_sys::encode_uri_component(text))
}

/// Small settings of this device; none when the browser forbids them.
pub(crate) fn settings() -> Option<Storage> {
    window().local_storage().ok().flatten()
}

/// A setting by name.
pub(crate) fn setting(name: &str) -> Option<String> {
    settings()?.get_item(name).ok().flatten()
}

/// The names of the settings that begin like this.
pub(crate) fn settings_beginning_with(prefix: &str) -> Vec<String> {
    let Some(settings) = settings() else {
        return Vec::new();
    };
    (0..settings.length().unwrap_or_default())
        .filter_map(|index| settings.key(index).ok().flatten())
        .filter(|name| name.starts_with(prefix))
        .collect()
}

/// Writes a setting, or takes it away.
pub(crate) fn set_setting(name: &str, value: Option<&str>) {
    if let Some(settings) = settings() {
        let _ = match value {
            Some(value) => settings.set_item(name, value),
            None => settings.remove_item(name),
        };
    }
}

/// Whether a cookie is there that scripts may see; takes it away.
pub(crate) fn take_cookie(name: &str) -> bool {
    let Ok(document) = document().dyn_into::<web_sys::HtmlDocument>() else {
        return false;
    };
    let cookies = document.cookie().unwrap_or_default();
    let there = cookies
        .split("; ")
        .any(|pair| pair.split('=').next() == Some(name));
    if there {
        let _ = document.set_cookie(&[name, "=; Path=/; Max-Age=0"].concat());
    }
    there
}

/// Takes the first picture of the page away: the app has drawn its own.
pub(crate) fn drop_skeleton() {
    if let Some(skeleton) = by_id("skeleton") {
        skeleton.remove();
    }
}

/// Takes a class off the whole page.
pub(crate) fn drop_class(name: &str) {
    if let Some(root) = document().document_element() {
        let _ = root.class_list().remove_1(name);
    }
}

/// Shows or hides a native dialog.
pub(crate) fn show_dialog(id: &str, open: bool) {
    let Some(dialog) =
        by_id(id).and_then(|element| element.dyn_into::<web_sys::HtmlDialogElement>().ok())
    else {
        return;
    };
    if open && !dialog.open() {
        let _ = dialog.show_modal();
    } else if !open {
        dialog.close();
    }
}

/// A day or an instant written for people, in Rome's time. `options` are those of `Intl.DateTimeFormat`.
pub(crate) fn format_date(date: &js_sys::Date, locale: &str, options: &[(&str, &str)]) -> String {
    let object = js_sys::Object::new();
    for (name, value) in options {
        let _ = js_sys::Reflect::set(&object, &JsValue::from_str(name), &JsValue::from_str(value));
    }
    String::from(date.to_locale_string(locale, &object))
}
