// SPDX-License-Identifier: EUPL-1.2
//! `/cv`: the CVs and letters on this device. Make a new one, make a copy for another ad, take one away.

use leptos::task::spawn_local;

use super::{
    items::focus_later,
    path,
    shelf::{self, Entry},
};
use crate::{
    browser, dates,
    dom::*,
    routes, shell,
    texts::{self, tr},
    ui,
};

const DIALOG: &str = "cv-forget";

/// The page.
pub(crate) fn page() -> AnyView {
    let entries = RwSignal::new(None::<Vec<Entry>>);
    load(entries);
    let body = move || match entries.get() {
        None => ui::waiting(),
        Some(all) => shown(&all, entries),
    };
    let title = tr("ui/cv/title", "CV e lettere");
    ui::page(&[], title, body.into_any())
}

fn load(entries: RwSignal<Option<Vec<Entry>>>) {
    spawn_local(async move {
        texts::load_cv().await;
        let all = shelf::all().await;
        let _ = entries.try_set(Some(all));
    });
}

fn shown(all: &[Entry], entries: RwSignal<Option<Vec<Entry>>>) -> AnyView {
    let failed = RwSignal::new(false);
    let doomed = RwSignal::new(None::<Entry>);
    let part = |letter: bool, title: &'static str, none: &'static str, new: &'static str| {
        let mine: Vec<_> = all.iter().filter(|entry| entry.letter == letter).collect();
        let rows: Vec<_> = mine
            .iter()
            .map(|entry| row(entry, entries, doomed, failed))
            .collect();
        let empty = mine.is_empty();
        el("section")
            .at("class", "cv-shelf")
            .with(el("h2").with(title))
            .with(empty.then(|| el("p").with(none)))
            .with((!empty).then(|| el("ul").at("class", "item-list").with(many(rows))))
            .with(
                el("button")
                    .at("type", "button")
                    .at(
                        "class",
                        if letter {
                            "btn btn-outline-primary"
                        } else {
                            "btn btn-primary"
                        },
                    )
                    .at("id", if letter { "new-letter" } else { "new-cv" })
                    .on("click", move |_| {
                        open_new(letter, shelf::empty(letter), failed)
                    })
                    .with(new),
            )
            .into_any()
    };
    many(vec![
        el("p")
            .at("class", "lead")
            .with(tr("ui/cv/lead", "Scrivi il tuo CV e la lettera di presentazione e scarica il PDF. Non devi entrare: tutto resta su questo dispositivo."))
            .into_any(),
        (move || {
            failed.get().then(|| {
                el("p").at("class", "notice warning").at("role", "alert").with(tr(
                    "ui/cv/no_store",
                    "Questo browser non ci lascia salvare: forse sei in una finestra privata o manca spazio.",
                ))
            })
        })
        .into_any(),
        part(
            false,
            tr("ui/cv/cvs", "I tuoi CV"),
            tr("ui/cv/cvs/none", "Non ne hai ancora. Per il primo bastano nome, contatti e quello che sai fare."),
            tr("ui/cv/new", "Crea un CV"),
        ),
        part(
            true,
            tr("ui/cv/letters", "Le tue lettere"),
            tr("ui/cv/letters/none", "Una lettera breve dice perché vuoi proprio quel lavoro. Ti aiutiamo con domande ed esempi."),
            tr("ui/cv/new_letter", "Scrivi una lettera"),
        ),
        dialog(doomed, entries),
    ])
}

fn open_new(letter: bool, doc: serde_json::Value, failed: RwSignal<bool>) {
    spawn_local(async move {
        match shelf::add(letter, doc).await {
            Some(id) => routes::go(&shelf::address(letter, &id), false),
            None => {
                let _ = failed.try_set(true);
            }
        }
    });
}

fn row(
    entry: &Entry,
    entries: RwSignal<Option<Vec<Entry>>>,
    doomed: RwSignal<Option<Entry>>,
    failed: RwSignal<bool>,
) -> AnyView {
    let title = entry.title();
    let when = texts::with(
        tr("ui/cv/changed", "Cambiato il {valore}"),
        &dates::milliseconds(entry.record.changed),
    );
    let (copied, gone) = (entry.clone(), entry.clone());
    el("li")
        .with(
            el("div")
                .with(el("h3").at("class", "h5").with(ui::link(
                    &shelf::address(entry.letter, &entry.id),
                    "",
                    title.as_str(),
                )))
                .with(el("span").at("class", "field-hint").with(when)),
        )
        .with(
            el("div")
                .at("class", "cv-tools")
                .with(super::items::tool(
                    ["copy-", &entry.id].concat(),
                    tr("ui/cv/copy", "Copia per un annuncio"),
                    &title,
                    false,
                    move || copy(&copied, entries, failed),
                ))
                .with(super::items::tool(
                    ["forget-", &entry.id].concat(),
                    tr("ui/cv/forget", "Elimina"),
                    &title,
                    false,
                    move || {
                        doomed.set(Some(gone.clone()));
                        request_animation_frame(|| browser::show_dialog(DIALOG, true));
                    },
                )),
        )
        .into_any()
}

fn copy(entry: &Entry, entries: RwSignal<Option<Vec<Entry>>>, failed: RwSignal<bool>) {
    let mut doc = entry.record.doc.clone();
    let title = texts::with(tr("ui/cv/copy_of", "{valore} (copia)"), &entry.title());
    path::set(
        &mut doc,
        "x_title",
        Some(title.chars().take(120).collect::<String>().into()),
    );
    let letter = entry.letter;
    spawn_local(async move {
        match shelf::add(letter, doc).await {
            Some(id) => {
                let all = shelf::all().await;
                let _ = entries.try_set(Some(all));
                shell::announce(tr("ui/cv/copied", "Copia fatta"));
                focus_later(["copy-", &id].concat());
            }
            None => {
                let _ = failed.try_set(true);
            }
        }
    });
}

/// Asks before something is gone for good.
fn dialog(doomed: RwSignal<Option<Entry>>, entries: RwSignal<Option<Vec<Entry>>>) -> AnyView {
    let title = move || doomed.with(|entry| entry.as_ref().map(Entry::title).unwrap_or_default());
    el("dialog")
        .at("id", DIALOG)
        .at("aria-labelledby", "cv-forget-title")
        .with(
            el("h2")
                .at("class", "h4")
                .at("id", "cv-forget-title")
                .with(move || {
                    texts::with(tr("ui/cv/forget/ask", "Eliminare «{valore}»?"), &title())
                }),
        )
        .with(el("p").with(tr(
            "ui/cv/forget/about",
            "È solo su questo dispositivo: dopo non si può riavere.",
        )))
        .with(
            el("div")
                .at("class", "cv-buttons")
                .with(
                    el("button")
                        .at("type", "button")
                        .at("class", "btn btn-danger")
                        .on("click", move |_| {
                            browser::show_dialog(DIALOG, false);
                            let Some(entry) = doomed.get_untracked() else {
                                return;
                            };
                            spawn_local(async move {
                                shelf::forget(entry.letter, &entry.id).await;
                                let all = shelf::all().await;
                                let _ = entries.try_set(Some(all));
                                shell::announce(tr("ui/cv/forgotten", "Eliminato"));
                                focus_later(
                                    if entry.letter { "new-letter" } else { "new-cv" }.to_owned(),
                                );
                            });
                        })
                        .with(tr("ui/cv/forget/yes", "Sì, elimina")),
                )
                .with(
                    el("button")
                        .at("type", "button")
                        .at("class", "btn btn-outline-primary")
                        .on("click", |_| browser::show_dialog(DIALOG, false))
                        .with(tr("ui/cv/forget/no", "No, tienilo")),
                ),
        )
        .into_any()
}
