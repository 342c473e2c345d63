// SPDX-License-Identifier: EUPL-1.2
//! What is typed while an appointment is confirmed, and which place is held: on this device, under the person's own name,
//! until it is booked or a day has gone by. A reload, a lost session or a lost place take nothing away.

use leptos::task::spawn_local;
use serde::{Deserialize, Serialize};

use crate::{browser, dom::*, session::Session, store};

/// Milliseconds after which it is forgotten.
const A_DAY: f64 = 86_400_000.0;

thread_local! {
    /// Set once signing out is known to take it away.
    static PROMISED: std::cell::Cell<bool> = const { std::cell::Cell::new(false) };
}

/// What the device keeps.
#[derive(Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct Kept {
    /// Words for the office.
    pub(super) note: String,
    /// E-mail for this appointment.
    pub(super) email: String,
    /// Mobile number for this appointment.
    pub(super) cellulare: String,
    /// Whether compulsory schooling is declared.
    pub(super) obbligo_assolto: bool,
    /// The place that is held.
    pub(super) held: Option<Held>,
    /// Names the one attempt to book.
    pub(super) key: String,
    /// True while a booking waits for the network.
    pub(super) waiting: bool,
    changed: f64,
}

/// A held place.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct Held {
    /// Id of the hold.
    pub(super) id: String,
    /// The address of the place that it holds.
    pub(super) place: String,
    /// Until when, in milliseconds of this device's clock.
    pub(super) until: f64,
}

fn name(session: Session) -> Option<String> {
    let person = session.codice_fiscale()?;
    Some(["appuntamento/", &person].concat())
}

/// Reads what is kept of who is signed in.
pub(super) async fn read(session: Session) -> Kept {
    let Some(name) = name(session) else {
        return Kept::default();
    };
    let kept: Kept = store::read(&name)
        .await
        .and_then(|text| serde_json::from_str(&text).ok())
        .unwrap_or_default();
    if kept.changed + A_DAY < browser::now() {
        return Kept::default();
    }
    kept
}

/// Writes it.
pub(super) async fn write(session: Session, kept: &Kept) {
    let kept = Kept {
        changed: browser::now(),
        ..kept.clone()
    };
    if let (Some(name), Ok(text)) = (name(session), serde_json::to_string(&kept)) {
        store::write(&name, Some(&text)).await;
    }
}

/// Takes it away: the appointment is booked.
pub(super) async fn forget(session: Session) {
    if let Some(name) = name(session) {
        store::write(&name, None).await;
    }
}

/// Writes it whenever it changes.
pub(super) fn follow(session: Session, kept: RwSignal<Kept>, ready: RwSignal<bool>) {
    Effect::new(move |_| {
        let now = kept.get();
        if ready.get_untracked() {
            spawn_local(async move { write(session, &now).await });
        }
    });
    // Signing out takes it off the device.
    if !PROMISED.replace(true) {
        session.before_leaving(Box::new(move || Box::pin(forget(session))));
    }
}
