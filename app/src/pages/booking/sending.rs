// SPDX-License-Identifier: EUPL-1.2
//! The booking itself. An appointment is there when the edge has said so, and never before: without a network it waits
//! and says that nothing is booked yet.

use contract::{
    appuntamento::{Appuntamento, NuovoAppuntamento, Spostamento},
    endpoint::{Book, MoveAppointment},
};
use leptos::{prelude::window_event_listener_untyped, task::spawn_local};

use super::{
    confirm::{Desk, way_on},
    form,
    hold::Hold,
    kept,
    place::way_of,
};
use crate::{
    api::{self, CallError},
    browser,
    dom::*,
    routes,
    texts::tr,
};

/// How a booking goes.
#[derive(Clone, PartialEq)]
pub(super) enum Sending {
    /// Nobody asked for it.
    No,
    /// On its way.
    Busy,
    /// There is no network: it is not booked.
    Waiting,
    /// Refused, for a reason that the person has to be told.
    Failed(CallError),
    /// Refused at something that has no field on the page.
    Said(String),
}

impl Desk {
    /// Books again as soon as the network is back.
    pub(super) fn watch_network(self) {
        let listening = window_event_listener_untyped("online", move |_| {
            if self.sending.try_get_untracked() == Some(Sending::Waiting)
                && self.session.signed_untracked()
            {
                self.send();
            }
        });
        leptos::prelude::on_cleanup(move || listening.remove());
    }

    /// Books, or moves. A second press while one is on its way does nothing.
    pub(super) fn send(self) {
        if self.sending.get_untracked() == Sending::Busy {
            return;
        }
        let moving = self
            .search
            .with_untracked(|search| !search.sposta.is_empty());
        let reachable = self.kept.with_untracked(|kept| {
            !kept.email.trim().is_empty() || !kept.cellulare.trim().is_empty()
        });
        if !moving && !reachable {
            form::refuse_one(
                self.errors,
                "email",
                tr(
                    "ui/booking/contacts_missing",
                    "Scrivi un'email o un cellulare: ci serve per avvisarti.",
                ),
            );
            return;
        }
        self.errors.set(Vec::new());
        self.sending.set(Sending::Busy);
        spawn_local(async move {
            // The key is on the device before the request leaves: a retry after a crash books nothing twice.
            self.kept.update(|kept| {
                if kept.key.is_empty() {
                    kept.key = browser::uuid();
                }
                kept.waiting = true;
            });
            let now = self.kept.get_untracked();
            kept::write(self.session, &now).await;
            let answer = if moving {
                self.move_there(&now.key).await
            } else {
                self.book(&now).await
            };
            let answer = self.session.seen(answer);
            if !matches!(answer, Err(CallError::Offline)) {
                let _ = self.kept.try_update(|kept| kept.waiting = false);
            }
            self.answered(answer, moving).await;
        });
    }

    async fn book(self, kept: &kept::Kept) -> Result<Appuntamento, CallError> {
        let search = self.search.get_untracked();
        let given = |text: &str| Some(text.trim().to_owned()).filter(|text| !text.is_empty());
        let wanted = NuovoAppuntamento {
            modalita: way_of(self.network, &search),
            servizio: search.servizio,
            altri_servizi: search.altri,
            sede: search.sede,
            inizio: search.inizio,
            blocco: self.hold.id(),
            email: given(&kept.email),
            cellulare: given(&kept.cellulare),
            note: given(&kept.note),
            pratica: given(&search.pratica),
            obbligo_assolto: kept.obbligo_assolto,
        };
        api::call_once::<Book>(&[], &[], Some(&wanted), &kept.key).await
    }

    async fn move_there(self, key: &str) -> Result<Appuntamento, CallError> {
        let search = self.search.get_untracked();
        let wanted = Spostamento {
            modalita: Some(way_of(self.network, &search)),
            inizio: search.inizio,
            sede: Some(search.sede),
            blocco: self.hold.id(),
        };
        api::call_once::<MoveAppointment>(&[&search.sposta], &[], Some(&wanted), key).await
    }

    async fn answered(self, answer: Result<Appuntamento, CallError>, moving: bool) {
        let set = |sending| {
            let _ = self.sending.try_set(sending);
        };
        match answer {
            Ok(booked) => {
                self.ready.set(false);
                kept::forget(self.session).await;
                let what = if moving {
                    "?spostato=1"
                } else {
                    "?prenotato=1"
                };
                let address = ["/area-personale/appuntamenti/", &booked.id, what].concat();
                routes::go(&address, true);
            }
            Err(CallError::Offline) => set(Sending::Waiting),
            Err(error) if error.status() == 401 => set(Sending::No),
            Err(CallError::Problem(problem)) => {
                // Whatever was refused is another request the next time.
                self.kept.update(|kept| kept.key.clear());
                match problem.code.as_deref() {
                    Some("slot_taken") => {
                        set(Sending::No);
                        self.kept.update(|kept| kept.held = None);
                        self.hold.state.set(Hold::Taken(problem.alternative));
                    }
                    Some("hold_expired") => {
                        set(Sending::No);
                        self.hold.end();
                    }
                    _ if !problem.errors.is_empty() => {
                        let other = form::refuse(self.errors, &problem.errors);
                        set(other.map_or(Sending::No, Sending::Said));
                    }
                    _ => set(Sending::Failed(CallError::Problem(problem))),
                }
            }
            Err(error) => set(Sending::Failed(error)),
        }
    }

    /// What came of it, with the focus.
    pub(super) fn outcome(self) -> Option<AnyView> {
        let (title, body) = match self.sending.get() {
            Sending::No | Sending::Busy => return None,
            Sending::Waiting => (
                tr(
                    "ui/booking/waiting_title",
                    "In attesa di rete: l'appuntamento non è ancora prenotato",
                ),
                tr(
                    "ui/booking/waiting",
                    "Appena torna la connessione proviamo a prenotarlo, se questa pagina è aperta. Puoi anche premere «Riprova a confermare».",
                )
                .into_any(),
            ),
            Sending::Failed(error) => (
                tr("ui/booking/failed", "L'appuntamento non è prenotato"),
                many(vec![
                    el("p").with(error.sentence()).into_any(),
                    way_on(&error)
                        .map(|link| el("p").with(link).into_any())
                        .into_any(),
                ]),
            ),
            Sending::Said(said) => (
                tr("ui/booking/failed", "L'appuntamento non è prenotato"),
                said.into_any(),
            ),
        };
        browser::focus_soon("sending-outcome");
        Some(
            el("div")
                .at("class", "notice warning")
                .at("id", "sending-outcome")
                .at("tabindex", "-1")
                .at("role", "alert")
                .with(el("h2").at("class", "h5").with(title))
                .with(el("div").with(body))
                .into_any(),
        )
    }
}
