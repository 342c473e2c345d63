// SPDX-License-Identifier: EUPL-1.2
//! Time that the desk keeps for itself: a group or one desk of it, from a quarter of an hour to another, with the reason.

use contract::{
    appuntamento::{GiornoAgenda, NuovoTempoBloccato},
    endpoint::BlockTime,
};
use leptos::task::spawn_local;

use super::rome;
use crate::{
    api,
    dom::*,
    pages::booking::form::{self, Field, LINE, Told, beside},
    shell,
    texts::tr,
};

/// The form.
pub(super) fn draw(day: &GiornoAgenda, done: impl Fn() + Copy + 'static) -> AnyView {
    let told = Told::new();
    let text = || RwSignal::new(String::new());
    let (group, desk, from, to, why) = (text(), text(), text(), text(), text());
    let date = day.giorno;
    let send = move || {
        let hour = |id: &'static str, value: RwSignal<String>| {
            let at = rome(date, value.get_untracked().trim());
            if at.is_none() {
                told.refuse(
                    id,
                    tr("ui/agenda/hour_wrong", "Scrivi l'ora, per esempio 09:30."),
                );
            }
            at
        };
        let Some(begins) = hour("inizio", from) else {
            return;
        };
        let Some(ends) = hour("fine", to) else {
            return;
        };
        // People count desks from one. Nothing is the whole group; what is no number must never be taken for that, so
        // the field is one of text: one for numbers tells a word as nothing.
        let number = desk.get_untracked().trim().to_owned();
        let one = number.parse::<u16>().ok().and_then(|n| n.checked_sub(1));
        if !number.is_empty() && one.is_none() {
            return told.refuse(
                "sportello",
                tr(
                    "ui/agenda/desk_wrong",
                    "Scrivi il numero di uno sportello, da 1 in su, o lascia vuoto per tutti.",
                ),
            );
        }
        let wanted = NuovoTempoBloccato {
            gruppo: group.get_untracked(),
            sportello: one,
            inizio: begins,
            fine: ends,
            motivo: why.get_untracked().trim().to_owned(),
        };
        spawn_local(async move {
            let blocked = api::call::<BlockTime>(&[], &[], Some(&wanted)).await;
            if told.take(blocked).is_some() {
                shell::announce(tr("ui/agenda/block_done", "Tempo bloccato."));
                done();
            }
        });
    };
    let groups = day
        .gruppi
        .iter()
        .map(|group| (group.codice.clone(), group.nome.clone()))
        .collect();
    let which = Field {
        id: "gruppo",
        label: tr("ui/agenda/group", "Gruppo"),
        ..LINE
    };
    let number = tr("ui/agenda/desk_number", "Sportello (vuoto per tutti)");
    let fields = vec![
        beside(vec![
            form::choice(which, groups, group, told.errors),
            told.may("sportello", number, "text", desk),
        ]),
        beside(vec![
            told.line("inizio", tr("ui/agenda/from", "Dalle"), "time", from),
            told.line("fine", tr("ui/agenda/to", "Alle"), "time", to),
        ]),
        told.line(
            "motivo",
            tr("ui/action/reason/why", "Il motivo"),
            "text",
            why,
        ),
    ];
    let button = tr("ui/agenda/block", "Blocca del tempo");
    told.form(fields, button, "btn btn-primary", send)
}
