// SPDX-License-Identifier: EUPL-1.2
//! The week of the office: a column for each day on a wide screen, one below the other on a phone.

use contract::appuntamento::{Agenda, GiornoAgenda, StatoAppuntamento};

use super::{Look, View, person};
use crate::{
    dates,
    dom::*,
    pages::booking::network::Network,
    texts::{self, tr},
    ui,
};

/// The days.
pub(super) fn draw(network: &Network, agenda: &Agenda) -> AnyView {
    let days: Vec<_> = agenda
        .giorni
        .iter()
        .map(|day| column(network, day))
        .collect();
    el("ul").at("class", "agenda-week").with(days).into_any()
}

fn column(network: &Network, day: &GiornoAgenda) -> AnyView {
    let address = Look {
        day: day.giorno,
        view: View::Day,
    }
    .address();
    let mut alive: Vec<_> = day
        .appuntamenti
        .iter()
        .filter(|appointment| !appointment.stato.is_final())
        .collect();
    alive.sort_by(|a, b| a.inizio.cmp(&b.inizio));
    let waiting = alive
        .iter()
        .filter(|appointment| appointment.stato == StatoAppuntamento::DaErogare)
        .count();
    let receives = day.gruppi.iter().any(|group| !group.fasce.is_empty());
    let said = match &day.chiuso {
        Some(why) => why.clone(),
        None if !receives && waiting == 0 => {
            tr("ui/agenda/no_hours", "L'ufficio non riceve").to_owned()
        }
        None => texts::with(
            tr("ui/agenda/to_do", "Da fare: {valore}"),
            &waiting.to_string(),
        ),
    };
    let items: Vec<_> = alive
        .into_iter()
        .map(|appointment| {
            let one = Look {
                day: day.giorno,
                view: View::One(appointment.id.clone()),
            };
            el("li")
                .with(el("strong").with(dates::clock(&appointment.inizio)))
                .with(" ")
                .with(ui::link(&one.address(), "", person(appointment)))
                .with(el("br"))
                .with(network.service_name(&appointment.servizio))
                .into_any()
        })
        .collect();
    el("li")
        .with(el("h2").at("class", "slot-day").with(ui::link(
            &address,
            "",
            dates::weekday_in_month(day.giorno),
        )))
        .with(el("p").with(said))
        .with(el("ul").with(items))
        .into_any()
}
