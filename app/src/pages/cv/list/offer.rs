// SPDX-License-Identifier: EUPL-1.2
//! What is only on this device can be taken into the personal space.

use super::{
    super::shelf::{self, Entry},
    Row, Shelf,
};
use crate::{dom::*, texts::tr, ui};

/// Whoever has signed in may take along what is only here; whoever has not is told that they could.
pub(super) fn draw(all: &[Row], shelf: Shelf) -> AnyView {
    let loose: Vec<Entry> = all
        .iter()
        .filter(|row| row.entry.owner.is_empty())
        .map(|row| row.entry.clone())
        .collect();
    if loose.is_empty() {
        return many(Vec::new());
    }
    if !shelf.session.signed() {
        return el("p")
            .with(tr("ui/cv/space/could", "Vuoi ritrovarli anche su un altro dispositivo? Entra con SPID o CIE e scegli quali tenere."))
            .with(" ")
            .with(ui::link("/accesso?ritorno=%2Fcv", "", tr("ui/cv/space/enter", "Entra")))
            .into_any();
    }
    el("div")
        .at("class", "notice")
        .with(el("p").with(tr("ui/cv/space/offer", "Alcuni documenti sono solo su questo dispositivo. Se sono tuoi, puoi tenerli anche nel tuo spazio personale: li ritrovi quando entri da un altro.")))
        .with(
            el("button")
                .at("type", "button")
                .at("class", "btn btn-primary")
                .at("id", "keep-all")
                .on("click", move |_| claim(loose.clone(), shelf))
                .with(tr("ui/cv/space/all", "Tienili tutti nel mio spazio")),
        )
        .into_any()
}

/// Takes documents into the space: they get the names that only their person sees, and wait there to be told.
pub(super) fn claim(entries: Vec<Entry>, shelf: Shelf) {
    let owner = shelf.owner();
    let work = async move {
        let mut focus = String::new();
        for entry in entries {
            let name = shelf::name(&owner, entry.letter, &entry.id);
            if shelf::keep(&name, &entry.record).await {
                shelf::forget(&shelf::name("", entry.letter, &entry.id)).await;
            }
            focus = ["copy-", &entry.id].concat();
        }
        Ok(focus)
    };
    shelf.act(
        Box::pin(work),
        tr(
            "ui/cv/space/claimed",
            "Salvato anche nel tuo spazio personale",
        ),
    );
}
