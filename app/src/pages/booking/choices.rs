// SPDX-License-Identifier: EUPL-1.2
//! Free places as buttons, day by day. Each button says date, time, office and way when it is read out; what is seen is
//! the time under the name of its day.

use std::{collections::BTreeMap, rc::Rc};

use contract::appuntamento::{Disponibilita, Modalita};
use jiff::civil::Date;

use super::network::Network;
use crate::{
    dates,
    dom::*,
    texts::{self, tr},
};

/// What happens with the place that is chosen.
pub(crate) type Take = Rc<dyn Fn(&Disponibilita, Modalita)>;

/// How places are offered.
#[derive(Clone)]
pub(crate) struct Offering {
    /// For the names of offices.
    pub(crate) network: &'static Network,
    /// The ways that are offered.
    pub(crate) ways: Vec<Modalita>,
    /// Whether the number of seats is told: in a room, not at desks side by side.
    pub(crate) seats: bool,
    /// What happens with the place that is chosen.
    pub(crate) take: Take,
}

/// Places by day.
pub(crate) fn by_day(places: &[Disponibilita]) -> BTreeMap<Date, Vec<Disponibilita>> {
    let mut days = BTreeMap::<Date, Vec<Disponibilita>>::new();
    for place in places {
        days.entry(dates::day_of(&place.inizio))
            .or_default()
            .push(place.clone());
    }
    days
}

impl Offering {
    /// The buttons of one day.
    pub(crate) fn day(&self, date: Date, places: &[Disponibilita]) -> AnyView {
        let name = dates::weekday(date);
        let buttons: Vec<_> = places
            .iter()
            .flat_map(|place| {
                self.ways
                    .iter()
                    .filter(|way| place.modalita.contains(way))
                    .map(|way| self.one(&name, place, *way))
            })
            .collect();
        el("ul").at("class", "slot-grid").with(buttons).into_any()
    }

    fn one(&self, day: &str, place: &Disponibilita, way: Modalita) -> AnyView {
        let clock = dates::clock(&place.inizio).to_owned();
        let several = self.ways.len() > 1;
        // What is seen comes first and in the same order, so that whoever speaks to the device can say it.
        let mut said = vec![clock.clone()];
        let mut seen = vec![el("strong").with(clock).into_any()];
        if several {
            said.push(texts::modalita(way).to_owned());
            seen.push(el("span").with(texts::modalita(way)).into_any());
        }
        if self.seats {
            let seats = texts::with(
                tr("ui/booking/seats", "{valore} posti"),
                &place.posti.to_string(),
            );
            said.push(seats.clone());
            seen.push(el("span").with(seats).into_any());
        }
        said.push(day.to_owned());
        said.push(self.network.office_name(&place.sede));
        if !several {
            said.push(texts::modalita(way).to_owned());
        }
        let (place, take) = (place.clone(), self.take.clone());
        el("li")
            .with(
                el("button")
                    .at("type", "button")
                    .at("class", "slot")
                    .at("aria-label", said.join(", "))
                    .on("click", move |_| take(&place, way))
                    .with(seen),
            )
            .into_any()
    }

    /// Some places with their days as headings: for what is left after a place was lost.
    pub(crate) fn short_list(&self, places: &[Disponibilita]) -> AnyView {
        let days: Vec<_> = by_day(places)
            .into_iter()
            .map(|(date, places)| {
                many(vec![
                    el("h3")
                        .at("class", "h6 slot-day")
                        .with(dates::weekday(date))
                        .into_any(),
                    self.day(date, &places),
                ])
            })
            .collect();
        days.into_any()
    }
}
