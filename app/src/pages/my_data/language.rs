// SPDX-License-Identifier: EUPL-1.2
//! The language in which the office writes to the person: which it is, where it comes from, and how to change it.

use crate::dom::*;
use contract::endpoint::{ChooseLanguage, LinguaAvvisi, MyLanguage, SceltaLingua};
use leptos::task::spawn_local;

use crate::{
    api,
    pages::booking::form::{self, Field, LINE, Told},
    session::Session,
    shell,
    texts::{self, tr},
    ui,
};

/// The choice that is none: whatever the app is used in.
const APP: &str = "app";

/// The part of the page.
pub(super) fn section() -> AnyView {
    let session = expect_context::<Session>();
    let known = RwSignal::new(None);
    let ask = move || {
        spawn_local(async move {
            let answer = api::call::<MyLanguage>(&[], &[], None).await;
            known.set(Some(session.seen(answer)));
        });
    };
    many(vec![
        el("h2")
            .with(tr("ui/data/language", "Lingua degli avvisi"))
            .into_any(),
        ui::answered(known, ask, |known: LinguaAvvisi| shown(known)),
    ])
}

fn shown(known: LinguaAvvisi) -> AnyView {
    let value = RwSignal::new(code(&known).to_owned());
    let now = RwSignal::new(known);
    let told = Told::new();
    let send = move || {
        spawn_local(async move {
            let chosen = value.get_untracked();
            let choice = SceltaLingua {
                lingua: (chosen != APP).then_some(chosen),
            };
            let answer = api::call::<ChooseLanguage>(&[], &[], Some(&choice)).await;
            if let Some(changed) = told.take(answer) {
                now.set(changed);
                shell::announce(tr("ui/data/language_saved", "Lingua degli avvisi salvata."));
            }
        });
    };
    let options = vec![
        (
            APP.to_owned(),
            tr("ui/data/language_app", "Quella in cui uso lo Sportello").to_owned(),
        ),
        ("it".to_owned(), "Italiano".to_owned()),
        ("en".to_owned(), "English".to_owned()),
    ];
    let field = Field {
        id: "lingua",
        label: tr("ui/data/language_choice", "In che lingua ti scriviamo?"),
        ..LINE
    };
    let save = tr("ui/data/language_save", "Salva la lingua");
    many(vec![
        (move || el("p").with(now.with(said)).into_any()).into_any(),
        told.form(
            vec![form::one_of(field, options, value, told.errors)],
            save,
            "btn btn-outline-primary",
            send,
        ),
    ])
}

fn code(known: &LinguaAvvisi) -> &str {
    if known.scelta { &known.lingua } else { APP }
}

/// Which language it is, and where that comes from.
fn said(known: &LinguaAvvisi) -> String {
    let name = if known.lingua == "en" {
        tr("ui/data/language_english", "inglese")
    } else {
        tr("ui/data/language_italian", "italiano")
    };
    let sentence = if known.scelta {
        tr(
            "ui/data/language_chosen",
            "Ti scriviamo in {valore}: l'hai scelto tu.",
        )
    } else {
        tr(
            "ui/data/language_used",
            "Ti scriviamo in {valore}: è la lingua in cui hai usato lo Sportello l'ultima volta.",
        )
    };
    texts::with(sentence, name)
}
