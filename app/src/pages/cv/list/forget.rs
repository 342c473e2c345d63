// SPDX-License-Identifier: EUPL-1.2
//! Throwing a document away: asked about once, and then gone everywhere; where there is no network, here at once and
//! there when it is back.

use super::{
    super::{
        shelf::{self, Entry},
        space,
    },
    Row, Shelf,
};
use crate::{
    browser,
    dom::*,
    texts::{self, tr},
};

/// The dialog that asks.
pub(super) const DIALOG: &str = "cv-forget";

/// Asks before something is gone for good.
pub(super) fn dialog(shelf: Shelf) -> AnyView {
    let doomed = move || {
        let key = shelf.doomed.get();
        let found = |rows: &Option<Vec<Row>>| {
            let mut rows = rows.iter().flatten();
            rows.find(|row| row.key() == key).cloned()
        };
        shelf.rows.with_untracked(found)
    };
    let forget = move |_| {
        browser::show_dialog(DIALOG, false);
        let Some(row) = doomed() else { return };
        let work = async move {
            let Entry {
                owner, letter, id, ..
            } = &row.entry;
            if owner.is_empty() {
                shelf::forget(&row.key()).await;
            } else {
                space::throw_away(shelf.session, owner, *letter, id).await?;
            }
            Ok(if *letter { "new-letter" } else { "new-cv" }.to_owned())
        };
        shelf.act(Box::pin(work), tr("ui/cv/forgotten", "Eliminato"));
    };
    el("dialog")
        .at("id", DIALOG)
        .at("aria-labelledby", "cv-forget-title")
        .with(move || doomed().map(|row| question(&row)))
        .with(
            el("div")
                .at("class", "cv-buttons")
                .with(
                    el("button")
                        .at("type", "button")
                        .at("class", "btn btn-danger")
                        .on("click", forget)
                        .with(tr("ui/cv/forget/yes", "Sì, elimina")),
                )
                .with(
                    el("button")
                        .at("type", "button")
                        .at("class", "btn btn-outline-primary")
                        // Whoever presses the key once too often loses nothing.
                        .at("autofocus", "")
                        .on("click", |_| browser::show_dialog(DIALOG, false))
                        .with(tr("ui/cv/forget/no", "No, tienilo")),
                ),
        )
        .into_any()
}

/// Says what is gone from here and not yet from the space.
pub(super) fn waiting(shelf: Shelf) -> AnyView {
    (move || {
        shelf.away.get().then(|| {
            el("p").at("class", "notice").at("role", "status").with(tr(
                "ui/cv/forget/waits",
                "Quello che hai eliminato non è più su questo dispositivo. Dal tuo spazio personale sparisce quando riapri questa pagina con la rete.",
            ))
        })
    })
    .into_any()
}

fn question(row: &Row) -> AnyView {
    let about = if row.entry.owner.is_empty() {
        tr(
            "ui/cv/forget/about",
            "È solo su questo dispositivo: dopo non si può riavere.",
        )
    } else {
        tr(
            "ui/cv/forget/both",
            "Sparisce da questo dispositivo e dal tuo spazio personale: dopo non si può riavere.",
        )
    };
    let ask = tr("ui/cv/forget/ask", "Eliminare «{valore}»?");
    many(vec![
        el("h2")
            .at("class", "h4")
            .at("id", "cv-forget-title")
            .with(texts::with(ask, &row.title()))
            .into_any(),
        el("p").with(about).into_any(),
    ])
}
