// SPDX-License-Identifier: EUPL-1.2
//! Throwing a document away: asked about once, and then gone everywhere.

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
    let doomed = shelf.doomed;
    let title = move || doomed.with(|row| row.as_ref().map(Row::title).unwrap_or_default());
    let about = move || {
        let shared = doomed.with(|row| row.as_ref().is_some_and(|row| !row.entry.owner.is_empty()));
        if shared {
            tr(
                "ui/cv/forget/both",
                "Sparisce da questo dispositivo e dal tuo spazio personale: dopo non si può riavere.",
            )
        } else {
            tr(
                "ui/cv/forget/about",
                "È solo su questo dispositivo: dopo non si può riavere.",
            )
        }
    };
    let forget = move |_| {
        browser::show_dialog(DIALOG, false);
        let Some(row) = doomed.get_untracked() else {
            return;
        };
        let session = shelf.session;
        let work = async move {
            let Entry {
                owner, letter, id, ..
            } = &row.entry;
            // First where others would bring it back from.
            if !owner.is_empty() {
                space::discard(session, *letter, id).await?;
            }
            shelf::forget(&row.key()).await;
            Ok(if *letter { "new-letter" } else { "new-cv" }.to_owned())
        };
        shelf.act(work, tr("ui/cv/forgotten", "Eliminato"));
    };
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
        .with(el("p").with(about))
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
                        .on("click", |_| browser::show_dialog(DIALOG, false))
                        .with(tr("ui/cv/forget/no", "No, tienilo")),
                ),
        )
        .into_any()
}
