// SPDX-License-Identifier: EUPL-1.2
//! Two minutes before an idle session ends the person is asked; one press goes on.

use crate::dom::*;

use crate::{browser, session::Session, texts::tr};

const DIALOG: &str = "session-warning";

/// The dialog, closed until the session warns.
pub(crate) fn dialog(session: Session) -> AnyView {
    Effect::new(move |_| browser::show_dialog(DIALOG, session.warned.get()));
    // Escape closes the dialog and means the same as the button: somebody is there.
    el("dialog")
        .at("id", DIALOG)
        .at("class", "notice warning")
        .at("aria-labelledby", "session-warning-title")
        .on("cancel", move |_| session.renew())
        .with(
            el("h2")
                .at("id", "session-warning-title")
                .at("class", "h4")
                .with(tr("ui/timer/title", "Ci sei ancora?")),
        )
        .with(el("p").at("role", "alert").with(tr(
            "ui/timer/text",
            "Tra 2 minuti ti faremo uscire, per sicurezza. Le tue risposte restano salvate.",
        )))
        .with(
            el("button")
                .at("type", "button")
                .at("class", "btn btn-primary")
                .at("autofocus", true)
                .on("click", move |_| session.renew())
                .with(tr("ui/timer/renew", "Continua")),
        )
        .into_any()
}
