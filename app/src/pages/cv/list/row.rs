// SPDX-License-Identifier: EUPL-1.2
//! A document in the list: where it is, whether it is valid, what can be done with it.

use leptos::task::spawn_local;

use super::{
    super::{
        items::tool,
        path,
        shelf::{self, Entry},
        space,
    },
    Row, Shelf, forget, no_store,
    offer::claim,
};
use crate::{
    api::CallError,
    browser, dates,
    dom::*,
    texts::{self, tr},
    ui,
};

/// One of them.
pub(super) fn draw(row: &Row, shelf: Shelf) -> AnyView {
    let entry = &row.entry;
    let title = row.title();
    let when = texts::with(
        tr("ui/cv/changed", "Cambiato il {valore}"),
        &dates::milliseconds(entry.record.changed),
    );
    let (nobodys, waits, here) = (entry.owner.is_empty(), entry.record.waits(), row.here);
    let key = row.key();
    let place = move || {
        if nobodys {
            tr("ui/cv/place/device", "Su questo dispositivo")
        } else if waits {
            tr(
                "ui/cv/place/waits",
                "Su questo dispositivo, non ancora nel tuo spazio personale",
            )
        } else if here || shelf.brought.with(|brought| brought.contains(&key)) {
            tr("ui/cv/place/both", "Anche nel tuo spazio personale")
        } else {
            tr("ui/cv/place/space", "Nel tuo spazio personale")
        }
    };
    let (copied, gone) = (row.clone(), row.key());
    let id = |what: &str| [what, &entry.id].concat();
    let mut tools = vec![tool(
        id("copy-"),
        tr("ui/cv/copy", "Copia per un annuncio"),
        &title,
        false,
        move || copy(&copied, shelf),
    )];
    if entry.owner.is_empty() && shelf.session.signed() {
        let entry = entry.clone();
        tools.push(tool(
            id("keep-"),
            tr("ui/cv/space/keep", "Tieni nel mio spazio"),
            &title,
            false,
            move || claim(vec![entry.clone()], shelf),
        ));
    }
    let asked = row
        .kept
        .as_ref()
        .and_then(|kept| kept["da_confermare"].as_bool());
    if asked == Some(true) {
        let (of, etag) = (entry.id.clone(), row.kept("etag").to_owned());
        let confirm = move || {
            let (id, etag) = (of.clone(), etag.clone());
            let work = async move {
                space::confirm(shelf.session, &id, &etag).await?;
                Ok(["copy-", &id].concat())
            };
            shelf.act(
                Box::pin(work),
                tr("ui/cv/confirmed", "Confermato: vale altri 12 mesi"),
            );
        };
        let text = tr("ui/cv/confirm", "È ancora giusto: confermalo");
        tools.push(tool(id("confirm-"), text, &title, false, confirm));
    }
    tools.push(tool(
        id("forget-"),
        tr("ui/cv/forget", "Elimina"),
        &title,
        false,
        move || {
            shelf.doomed.set(gone.clone());
            request_animation_frame(|| browser::show_dialog(forget::DIALOG, true));
        },
    ));
    el("li")
        .with(
            el("div")
                .with(el("h3").at("class", "h5").with(ui::link(
                    &shelf::address(entry.letter, &entry.id),
                    "",
                    title.as_str(),
                )))
                .with(
                    el("p")
                        .at("class", "field-hint mb-0")
                        .with(place)
                        .with(" · ")
                        .with(when),
                )
                .with(state(row)),
        )
        .with(el("div").at("class", "cv-tools").with(many(tools)))
        .into_any()
}

/// Whether a CV is valid, and until when.
fn state(row: &Row) -> AnyView {
    let (class, text) = match row.kept("stato") {
        "bozza" => (
            "state-chip open",
            tr(
                "ui/cv/state/draft",
                "Bozza: mancano il nome o il lavoro che cerchi",
            ),
        ),
        "valido" => (
            "state-chip good",
            tr("ui/cv/state/valid", "Valido fino al {valore}"),
        ),
        "scaduto" => (
            "state-chip waiting-for-you",
            tr("ui/cv/state/expired", "Scaduto il {valore}"),
        ),
        _ => return many(Vec::new()),
    };
    let until = dates::day(dates::day_of(row.kept("valido_fino")));
    el("span")
        .at("class", class)
        .with(texts::with(text, &until))
        .into_any()
}

fn copy(row: &Row, shelf: Shelf) {
    let (row, title, key) = (row.clone(), row.title(), row.key());
    spawn_local(async move {
        let here = shelf::read(&key).await;
        let Entry {
            owner, letter, id, ..
        } = row.entry;
        let record = match here {
            Some(record) => Some(record),
            None => space::bring(shelf.session, &owner, letter, &id).await,
        };
        let Some(mut doc) = record.map(|record| record.doc) else {
            return shelf.fail(&CallError::Offline);
        };
        let title = texts::with(tr("ui/cv/copy_of", "{valore} (copia)"), &title);
        let title: String = title.chars().take(120).collect();
        path::set(&mut doc, "x_title", Some(title.into()));
        match shelf::add(&owner, letter, doc).await {
            Some(id) => shelf.act(
                Box::pin(async move { Ok(["copy-", &id].concat()) }),
                tr("ui/cv/copied", "Copia fatta"),
            ),
            None => no_store(shelf),
        }
    });
}
