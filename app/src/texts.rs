// SPDX-License-Identifier: EUPL-1.2
//! The texts of the page in the language of the reader. Italian stands in the sources; another language is a file,
//! fetched before the first drawing. Changing language loads the page anew: drafts are safe on the device.

use std::{collections::BTreeMap, sync::OnceLock};

use contract::{
    problem::Problem,
    service::{Brief, Exit, Field, Service, Step},
    texts as keys,
};

use crate::{api, browser};

const SETTING: &str = "lingua";
static ENGLISH: OnceLock<BTreeMap<String, String>> = OnceLock::new();

/// Reads the chosen language and, if it is not Italian, its texts.
pub(crate) async fn load() {
    if browser::setting(SETTING).as_deref() == Some("en")
        && let Some(texts) = api::text_file(&browser::asset("texts/en.json")).await
        && let Ok(texts) = serde_json::from_str(&texts)
    {
        let _ = ENGLISH.set(texts);
    }
    if let Some(root) = leptos::prelude::document().document_element() {
        let _ = root.set_attribute("lang", language());
    }
}

/// `it` or `en`.
pub(crate) fn language() -> &'static str {
    if ENGLISH.get().is_some() { "en" } else { "it" }
}

/// The language as formats of numbers and dates want it.
pub(crate) fn locale() -> &'static str {
    if ENGLISH.get().is_some() {
        "en-GB"
    } else {
        "it-IT"
    }
}

/// Remembers a language and loads the page anew in it.
pub(crate) fn choose(language: &str) {
    browser::set_setting(SETTING, Some(language));
    let _ = leptos::prelude::window().location().reload();
}

/// The text of the page with this key.
pub(crate) fn tr(key: &str, italian: &'static str) -> &'static str {
    ENGLISH
        .get()
        .and_then(|texts| texts.get(key))
        .map_or(italian, String::as_str)
}

/// A text with one value in it, for which it has `{valore}`.
pub(crate) fn with(text: &str, value: &str) -> String {
    text.replace("{valore}", value)
}

fn derived(key: impl FnOnce() -> String, italian: &'static str) -> &'static str {
    if ENGLISH.get().is_some() {
        tr(&key(), italian)
    } else {
        italian
    }
}

/// A part of a service: `name`, `summary`, `how/0`.
pub(crate) fn service(service: &Service, part: &str, italian: &'static str) -> &'static str {
    derived(|| keys::service_key(service, part), italian)
}

/// The name of a service in a list.
pub(crate) fn brief_name(brief: &Brief) -> &'static str {
    derived(|| keys::slug_key(brief.slug, "name"), brief.name)
}

/// The sentence on a service in a list.
pub(crate) fn brief_summary(brief: &Brief) -> &'static str {
    derived(|| keys::slug_key(brief.slug, "summary"), brief.summary)
}

/// A part of a step.
pub(crate) fn step(
    service: &Service,
    step: &Step,
    part: &str,
    italian: &'static str,
) -> &'static str {
    derived(|| keys::step_key(service, step, part), italian)
}

/// A part of a field.
pub(crate) fn field(
    service: &Service,
    field: &Field,
    part: &str,
    italian: &'static str,
) -> &'static str {
    derived(|| keys::field_key(service, field, part), italian)
}

/// A part of an entry of a code list.
pub(crate) fn choice(
    service: &Service,
    field: &Field,
    code: &str,
    part: &str,
    italian: &'static str,
) -> &'static str {
    derived(|| keys::choice_key(service, field, code, part), italian)
}

/// A part of a way out.
pub(crate) fn exit(
    service: &Service,
    exit: &Exit,
    part: &str,
    italian: &'static str,
) -> &'static str {
    derived(|| keys::exit_key(service, exit, part), italian)
}

/// The sentence of a refusal, with its limit.
pub(crate) fn problem(problem: &Problem) -> String {
    problem.sentence_with(derived(|| keys::problem_key(problem), problem.italian()))
}

/// A text of the question how easy a service was.
pub(crate) fn rating(part: &str, italian: &'static str) -> &'static str {
    derived(|| keys::rating_key(part), italian)
}

/// The name of a state.
pub(crate) fn stato(stato: contract::pratica::Stato) -> &'static str {
    derived(|| keys::stato_key(stato), stato.label())
}

/// What stands on the button of an action.
pub(crate) fn action(action: contract::pratica::Action) -> &'static str {
    derived(|| keys::action_key(action), action.label())
}

/// A way of meeting.
pub(crate) fn modalita(way: contract::appuntamento::Modalita) -> &'static str {
    derived(|| keys::modalita_key(way), way.label())
}

/// The name of the state of an appointment, for whoever it belongs to.
pub(crate) fn stato_appuntamento(stato: contract::appuntamento::StatoAppuntamento) -> &'static str {
    derived(|| keys::stato_appuntamento_key(stato), stato.label())
}

/// What stands on the button of an action on an appointment.
pub(crate) fn azione(action: contract::appuntamento::AzioneAppuntamento) -> &'static str {
    derived(|| keys::azione_key(action), action.label())
}

#[cfg(test)]
mod tests;
