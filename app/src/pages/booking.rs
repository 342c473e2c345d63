// SPDX-License-Identifier: EUPL-1.2
//! Booking an appointment: what for, where, when, confirm. What is looked for stands in the address, what is typed on the
//! device, the place itself with the edge.

use leptos_router::hooks::use_location;

use crate::{dom::*, shell};

mod calendar;
pub(crate) mod choices;
pub(crate) mod confirm;
mod filters;
pub(crate) mod form;
pub(crate) mod free;
mod hold;
mod kept;
pub(crate) mod network;
mod office;
pub(crate) mod place;
mod search;
mod sending;
mod service;
mod step;

use network::with_network;
use search::Search;
use step::Step;

/// The page that looks for a place.
pub(crate) fn page() -> AnyView {
    let query = use_location().search;
    let search = Memo::new(move |_| Search::read(&query.get()));
    let step = Memo::new(move |_| search.with(Search::step));
    let first = StoredValue::new(true);
    Effect::new(move |_| {
        step.track();
        // The first question is announced by the change of page; the others are pages of their own to the reader.
        if !first.get_value() {
            request_animation_frame(|| shell::arrived("", true));
        }
        first.set_value(false);
    });
    (move || {
        let step = step.get();
        let body = with_network(move |network| match step {
            Step::Service => service::choose(network, &search.get_untracked()),
            Step::Office | Step::Confirm => office::choose(network, &search.get_untracked()),
            Step::Place => place::choose(network, search),
        });
        let now = search.get_untracked();
        let back = match step {
            Step::Service => None,
            Step::Office | Step::Confirm => Some(Search {
                servizio: String::new(),
                altri: Vec::new(),
                ..now.clone()
            }),
            Step::Place => Some(Search {
                sede: String::new(),
                mese: String::new(),
                ..now.clone()
            }),
        };
        let moving = !now.sposta.is_empty();
        step::frame(step, moving, back.map(|back| back.address()), body)
    })
    .into_any()
}
