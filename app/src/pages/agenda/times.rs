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
    pages::booking::form::{self, Field, LINE},
    session::Session,
    shell,
    texts::tr,
};

/// The form.
pub(super) fn draw(day: &GiornoAgenda, done: impl Fn() + Copy + 'static) -> AnyView {
    let session = expect_context::<Session>();
    let text = || RwSignal::new(String::new());
    let (group, desk, from, to, why) = (text(), text(), text(), text(), text());
    let errors = RwSignal::new(Vec::new());
    let said = RwSignal::new(String::new());
    let date = day.giorno;
    let send = move |event: web_sys::Event| {
        event.prevent_default();
        said.set(String::new());
        let hour = |id: &'static str, value: RwSignal<String>| {
            let at = rome(date, value.get_untracked().trim());
            if at.is_none() {
                form::refuse_one(
                    errors,
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
        let wanted = NuovoTempoBloccato {
            gruppo: group.get_untracked(),
            // People count desks from one.
            sportello: desk
                .get_untracked()
                .trim()
                .parse::<u16>()
                .ok()
                .and_then(|desk| desk.checked_sub(1)),
            inizio: begins,
            fine: ends,
            motivo: why.get_untracked().trim().to_owned(),
        };
        spawn_local(async move {
            match session.seen(api::call::<BlockTime>(&[], "", Some(&wanted)).await) {
                Ok(_) => {
                    shell::announce(tr("ui/agenda/block_done", "Tempo bloccato."));
                    done();
                }
                Err(api::CallError::Problem(problem)) if !problem.errors.is_empty() => {
                    if let Some(other) = form::refuse(errors, &problem.errors) {
                        said.set(other);
                    }
                }
                Err(error) => said.set(error.sentence()),
            }
        });
    };
    let groups = day
        .gruppi
        .iter()
        .map(|group| (group.codice.clone(), group.codice.clone()))
        .collect();
    let field = |id: &'static str, label: &'static str, kind: &'static str, value, optional| {
        form::field(
            Field {
                id,
                label,
                kind,
                optional,
                ..LINE
            },
            value,
            errors,
        )
    };
    el("form")
        .at("class", "inline-form")
        .at("novalidate", true)
        .on("submit", send)
        .with(
            el("div")
                .at("class", "form-row")
                .with(form::choice(
                    Field {
                        id: "gruppo",
                        label: tr("ui/agenda/group", "Gruppo"),
                        ..LINE
                    },
                    groups,
                    group,
                    errors,
                ))
                .with(field(
                    "sportello",
                    tr("ui/agenda/desk_number", "Sportello (vuoto per tutti)"),
                    "number",
                    desk,
                    true,
                )),
        )
        .with(
            el("div")
                .at("class", "form-row")
                .with(field(
                    "inizio",
                    tr("ui/agenda/from", "Dalle"),
                    "time",
                    from,
                    false,
                ))
                .with(field("fine", tr("ui/agenda/to", "Alle"), "time", to, false)),
        )
        .with(field(
            "motivo",
            tr("ui/action/reason/why", "Il motivo"),
            "text",
            why,
            false,
        ))
        .with(el("div").at("role", "alert").with(move || {
            let said = said.get();
            (!said.is_empty()).then(|| form::wrong(said))
        }))
        .with(
            el("button")
                .at("type", "submit")
                .at("class", "btn btn-primary")
                .with(tr("ui/agenda/block", "Blocca del tempo")),
        )
        .into_any()
}
