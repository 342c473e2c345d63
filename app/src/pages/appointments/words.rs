// SPDX-License-Identifier: EUPL-1.2
//! The words for states, reasons and events of appointments, in the language of the page.

use contract::{
    appuntamento::{
        Appuntamento, EVENTI, EventoAppuntamento, GIUSTIFICATI_MOTIVI, MOTIVI_DISDETTA,
        StatoAppuntamento,
    },
    texts::{disdetta_key, evento_key, giustificato_key},
};

use crate::{
    dom::*,
    texts::{self, tr},
};

/// The state as a person reads it; a colour and always the words.
pub(crate) fn chip(appointment: &Appuntamento) -> AnyView {
    use StatoAppuntamento::{Annullato, DaErogare, Disdetto, Erogato, NonPresentato};
    let class = match appointment.stato {
        Erogato => "state-chip good",
        Disdetto | Annullato | NonPresentato => "state-chip bad",
        DaErogare if to_confirm(appointment) => "state-chip waiting-for-you",
        DaErogare => "state-chip open",
    };
    let words = if to_confirm(appointment) {
        tr("ui/appointment/state/to_confirm", "Da confermare")
    } else {
        texts::stato_appuntamento(appointment.stato)
    };
    el("span").at("class", class).with(words).into_any()
}

/// A summons that nobody has answered yet.
pub(crate) fn to_confirm(appointment: &Appuntamento) -> bool {
    appointment.convocazione
        && appointment.confermata_il.is_none()
        && appointment.stato == StatoAppuntamento::DaErogare
}

/// The words for a code of a list; the code itself when this version of the app does not know it.
fn coded(
    list: &'static [(&'static str, &'static str)],
    key: fn(&str) -> String,
    code: &str,
) -> String {
    list.iter().find(|(known, _)| *known == code).map_or_else(
        || code.to_owned(),
        |(_, words)| tr(&key(code), words).to_owned(),
    )
}

/// A reason for cancelling.
pub(crate) fn cancel_reason(code: &str) -> String {
    coded(MOTIVI_DISDETTA, disdetta_key, code)
}

/// The reason of an event: the words of a list in the language of the page, then those of the person.
pub(crate) fn given_reason(event: &EventoAppuntamento) -> Option<String> {
    let why = event.motivo.as_deref()?;
    let (list, key): (_, fn(&str) -> String) = match event.cosa.as_str() {
        "disdetto" => (MOTIVI_DISDETTA, disdetta_key),
        "giustificato" => (GIUSTIFICATI_MOTIVI, giustificato_key),
        _ => return Some(why.to_owned()),
    };
    let own = list
        .iter()
        .find_map(|(code, words)| Some((code, words, why.strip_prefix(words)?)));
    Some(own.map_or_else(
        || why.to_owned(),
        |(code, words, rest)| [tr(&key(code), words), rest].concat(),
    ))
}

/// A justified reason for an absence.
pub(crate) fn absence_reason(code: &str) -> String {
    coded(GIUSTIFICATI_MOTIVI, giustificato_key, code)
}

/// What has happened.
pub(crate) fn event(code: &str) -> String {
    coded(EVENTI, evento_key, code)
}
