// SPDX-License-Identifier: EUPL-1.2
//! The ten minutes for which a chosen place is held: asked for, counted down in sight, told at sensible moments, made
//! longer on request, and over.

use std::time::Duration;

use contract::{
    appuntamento::{Disponibilita, NuovoBlocco},
    endpoint::HoldPlace,
};
use leptos::{
    prelude::{on_cleanup, set_interval_with_handle},
    task::spawn_local,
};

use super::{
    kept::{Held, Kept},
    place::way_of,
    search::Search,
};
use crate::{
    api::{self, CallError},
    browser,
    dom::*,
    session::Session,
    shell,
    texts::{self, tr},
};

/// Seconds left at which screen readers are told.
const TOLD_AT: [i64; 4] = [300, 120, 60, 30];
/// Seconds left from which more time is offered.
const MORE_FROM: i64 = 120;

/// Where the hold stands.
#[derive(Clone, PartialEq)]
pub(super) enum Hold {
    /// Nobody is signed in yet.
    None,
    /// Asked for.
    Asking,
    /// The place is kept until this instant of the device's clock (milliseconds).
    Kept(f64),
    /// The time is over.
    Over,
    /// Somebody else has the place; these are free.
    Taken(Vec<Disponibilita>),
    /// It cannot be held, for a reason that the person has to be told.
    Refused(CallError),
}

/// A hold with its clock.
#[derive(Clone, Copy)]
pub(super) struct Holding {
    pub(super) state: RwSignal<Hold>,
    left: RwSignal<i64>,
    kept: RwSignal<Kept>,
    session: Session,
}

impl Holding {
    /// A hold that nobody has asked for, and the clock that will watch it.
    pub(super) fn new(session: Session, kept: RwSignal<Kept>) -> Self {
        let this = Self {
            state: RwSignal::new(Hold::None),
            left: RwSignal::new(0),
            kept,
            session,
        };
        let clock = set_interval_with_handle(move || this.tick(), Duration::from_secs(1)).ok();
        on_cleanup(move || {
            if let Some(clock) = clock {
                clock.clear();
            }
        });
        this
    }

    /// Holds the place, or finds that it is held already.
    pub(super) fn take(self, network: &super::network::Network, search: &Search) {
        let place = search.place();
        let held = self.kept.with_untracked(|kept| kept.held.clone());
        if let Some(held) = held
            && held.place == place
            && held.until > browser::now()
        {
            self.start(held.until);
            return;
        }
        self.ask(network, search);
    }

    /// Asks the edge to hold the place, for the first time or for ten minutes more.
    pub(super) fn ask(self, network: &super::network::Network, search: &Search) {
        self.state.set(Hold::Asking);
        let place = search.place();
        let wanted = NuovoBlocco {
            servizio: search.servizio.clone(),
            altri_servizi: search.altri.clone(),
            sede: search.sede.clone(),
            inizio: search.inizio.clone(),
            modalita: way_of(network, search),
        };
        spawn_local(async move {
            let answer = api::call::<HoldPlace>(&[], &[], Some(&wanted)).await;
            let answer = self.session.seen(answer);
            if self.state.try_get_untracked() != Some(Hold::Asking) {
                return;
            }
            match answer {
                Ok(block) => {
                    let until = browser::now() + f64::from(block.scade_tra) * 1000.0;
                    self.kept.update(|kept| {
                        kept.held = Some(Held {
                            id: block.id,
                            place,
                            until,
                        });
                    });
                    self.start(until);
                }
                Err(error) => self.state.set(refused(error)),
            }
        });
    }

    fn start(self, until: f64) {
        self.left.set(seconds(until));
        self.state.set(Hold::Kept(until));
    }

    /// The id of the hold, while it lasts.
    pub(super) fn id(self) -> Option<String> {
        let lasts = matches!(self.state.get_untracked(), Hold::Kept(_));
        self.kept
            .with_untracked(|kept| kept.held.as_ref().map(|held| held.id.clone()))
            .filter(|_| lasts)
    }

    /// The time is over, or the edge says so.
    pub(super) fn end(self) {
        self.kept.update(|kept| kept.held = None);
        self.state.set(Hold::Over);
    }

    fn tick(self) {
        let Some(Hold::Kept(until)) = self.state.try_get_untracked() else {
            return;
        };
        let (before, now) = (self.left.get_untracked(), seconds(until));
        if now == before {
            return;
        }
        self.left.set(now);
        if now <= 0 {
            self.end();
            return;
        }
        // The smallest of the moments that have just gone by: after a sleep of the device only one is told.
        if TOLD_AT.iter().any(|at| before > *at && now <= *at) {
            shell::announce(&said(now));
        }
    }

    /// The countdown, and near its end the offer of more time.
    pub(super) fn clock(self, more: impl Fn() + Clone + 'static) -> AnyView {
        let near = Memo::new(move |_| self.left.get() <= MORE_FROM);
        el("div")
            .at("class", "notice hold")
            .with(
                el("p")
                    .at("role", "timer")
                    .at("class", "hold-left")
                    .with(move || said(self.left.get())),
            )
            .with(move || {
                let more = more.clone();
                near.get().then(|| {
                    el("button")
                        .at("type", "button")
                        .at("class", "btn btn-outline-primary")
                        .on("click", move |_| more())
                        .with(tr(
                            "ui/booking/hold/more",
                            "Tienimi il posto altri 10 minuti",
                        ))
                        .into_any()
                })
            })
            .into_any()
    }
}

/// What a refusal to hold means for the page.
pub(super) fn refused(error: CallError) -> Hold {
    match error {
        CallError::Problem(problem) if problem.code.as_deref() == Some("slot_taken") => {
            Hold::Taken(problem.alternative)
        }
        other => Hold::Refused(other),
    }
}

fn seconds(until: f64) -> i64 {
    ((until - browser::now()) / 1000.0).ceil() as i64
}

fn said(left: i64) -> String {
    let left = left.max(0);
    let clock = [
        (left / 60).to_string(),
        ":".to_owned(),
        if left % 60 < 10 { "0" } else { "" }.to_owned(),
        (left % 60).to_string(),
    ]
    .concat();
    texts::with(
        tr(
            "ui/booking/hold/left",
            "Teniamo il posto per te ancora {valore} minuti.",
        ),
        &clock,
    )
}
