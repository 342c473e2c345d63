// SPDX-License-Identifier: EUPL-1.2
//! Two versions of the answers, side by side, and one press to choose.

use crate::dom::*;
use contract::answers::Answers;

use super::shown;
use crate::{
    browser, dates,
    drafts::{Draft, Other},
    texts::{self, tr},
};

/// The two versions, as long as the person has not chosen.
pub(super) fn choice(draft: Draft) -> AnyView {
    (move || draft.other.get().map(|other| draw(draft, &other))).into_any()
}

fn draw(draft: Draft, other: &Other) -> AnyView {
    let (here, there) = (
        tr("ui/other/here", "Su questo dispositivo"),
        tr("ui/other/there", "Su un altro dispositivo"),
    );
    let (mine, theirs) = draft.answers.with_untracked(|shown| {
        let (shown, hidden) = (shown.clone(), other.answers().clone());
        if other.here {
            (hidden, shown)
        } else {
            (shown, hidden)
        }
    });
    let answer = |name: &'static str, answers: &Answers, field| {
        el("dd")
            .with(el("span").at("class", "field-hint mb-0").with(name))
            .with(shown(draft.service, field, answers))
    };
    let rows: Vec<_> = draft
        .differing(other)
        .into_iter()
        .map(|field| {
            let label = texts::field(draft.service, field, "label", field.label);
            el("div")
                .with(el("dt").with(label))
                .with(answer(here, &mine, field))
                .with(answer(there, &theirs, field))
                .into_any()
        })
        .collect();
    let when = texts::with(
        tr("ui/other/when", "Le altre risposte sono del {valore}."),
        &dates::milliseconds(other.changed()),
    );
    let (keep, take) = if other.here {
        (
            tr("ui/other/keep_there", "Tieni quelle dell'altro dispositivo"),
            tr("ui/other/take_here", "Usa quelle di questo dispositivo"),
        )
    } else {
        (
            tr("ui/other/keep_here", "Tieni quelle di questo dispositivo"),
            tr("ui/other/take_there", "Usa quelle dell'altro dispositivo"),
        )
    };
    let button = |class: &'static str, text: &'static str, take_other: bool| {
        el("button")
            .at("type", "button")
            .at("class", class)
            .on("click", move |_| {
                draft.choose(take_other);
                browser::focus_title();
            })
            .with(text)
    };
    el("section")
        .at("class", "notice warning")
        .at("id", "altra-versione")
        .at("aria-labelledby", "altra-versione-titolo")
        .with(
            el("h2")
                .at("id", "altra-versione-titolo")
                .at("class", "h5")
                .with(tr("ui/other/title", "Hai due versioni delle risposte")),
        )
        .with(el("p").with(tr(
            "ui/other/text",
            "Hai scritto su due dispositivi. Ora vedi le risposte più recenti: scegli quali tenere.",
        ))
        .with(" ")
        .with(when))
        .with(el("dl").at("class", "summary-list two").with(rows))
        .with(
            el("p")
                .at("class", "hero-actions mb-0")
                .with(button("btn btn-primary", keep, false))
                .with(" ")
                .with(button("btn btn-outline-primary", take, true)),
        )
        .into_any()
}
