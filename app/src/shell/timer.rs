// SPDX-License-Identifier: EUPL-1.2
//! Two minutes before an idle session ends the person is asked; one press goes on.

use leptos::prelude::*;

use crate::{browser, session::Session, texts::tr};

const DIALOG: &str = "session-warning";

/// The dialog, closed until the session warns.
pub(crate) fn dialog(session: Session) -> AnyView {
    Effect::new(move |_| browser::show_dialog(DIALOG, session.warned.get()));
    // Escape closes the dialog and means the same as the button: somebody is there.
    view! {
        <dialog id=DIALOG class="notice warning" aria-labelledby="session-warning-title" on:cancel=move |_: leptos::ev::Event| session.renew()>
            <h2 id="session-warning-title" class="h4">{tr("ui/timer/title", "Ci sei ancora?")}</h2>
            <p role="alert">{tr("ui/timer/text", "Tra 2 minuti ti faremo uscire, per sicurezza. Le tue risposte restano salvate.")}</p>
            <button type="button" class="btn btn-primary" autofocus on:click=move |_| session.renew()>{tr("ui/timer/renew", "Continua")}</button>
        </dialog>
    }
    .into_any()
}
