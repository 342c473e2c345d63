// SPDX-License-Identifier: EUPL-1.2
//! When: the list of free places first, the calendar as a second view of the same. What narrows the list stands in the
//! address.

use std::rc::Rc;

use contract::{
    appuntamento::{Disponibilita, Modalita},
    prestazioni::PrestazioneInBreve,
};

use super::{
    calendar,
    choices::{Offering, by_day},
    filters,
    free::{self, Month},
    network::Network,
    search::Search,
};
use crate::{
    browser, dates,
    dom::*,
    routes,
    texts::{self, tr},
    ui,
};

/// Days that are shown at once.
const DAYS: usize = 7;

/// The page.
pub(super) fn choose(network: &'static Network, search: Memo<Search>) -> AnyView {
    let answer: free::Answer = RwSignal::new(None);
    let again = RwSignal::new(0_u32);
    free::follow(network, search, answer, again);
    let month = Memo::new(move |_| {
        answer.with(|answer| match answer {
            Some(Ok(month)) => Some(month.first),
            _ => None,
        })
    });
    let view = Memo::new(move |_| search.with(|search| search.vista == "calendario"));
    let found = move || {
        let calendar = view.get();
        match answer.get() {
            None => ui::waiting(),
            Some(Err(error)) => ui::failure(&error, move || again.update(|n| *n += 1)),
            Some(Ok(month)) => {
                let narrowed = move || {
                    let search = search.get();
                    let places = wanted(network, &search, &month.places);
                    if calendar {
                        calendar::draw(network, &search, month.first, &places)
                    } else {
                        list(network, &search, &month, &places)
                    }
                };
                narrowed.into_any()
            }
        }
    };
    let told = move || {
        answer.with(|answer| match answer {
            Some(Ok(month)) => {
                search.with(|search| count(&wanted(network, search, &month.places), month.first))
            }
            _ => String::new(),
        })
    };
    many(vec![
        filters::draw(network, search, month),
        el("p")
            .at("class", "slot-count")
            .at("role", "status")
            .with(told)
            .into_any(),
        el("div").at("id", "places").with(found).into_any(),
    ])
}

/// The way in which the person wants to meet: the one chosen, else the first that the service has.
pub(super) fn way_of(network: &Network, search: &Search) -> Modalita {
    let ways = network
        .service(&search.servizio)
        .map(|service| service.modalita.as_slice())
        .unwrap_or_default();
    search
        .modalita
        .filter(|way| ways.contains(way))
        .or_else(|| ways.first().copied())
        .unwrap_or(Modalita::Presenza)
}

/// Those of the places that fit the way and the part of the day.
pub(super) fn wanted(
    network: &Network,
    search: &Search,
    places: &[Disponibilita],
) -> Vec<Disponibilita> {
    let way = way_of(network, search);
    places
        .iter()
        .filter(|place| place.modalita.contains(&way))
        .filter(|place| search.in_part_of_day(dates::clock(&place.inizio)))
        .cloned()
        .collect()
}

fn count(places: &[Disponibilita], month: jiff::civil::Date) -> String {
    let month = dates::month(month);
    let said = match places.len() {
        0 => tr("ui/booking/count_none", "Nessun posto libero a {mese}."),
        1 => tr("ui/booking/count_one", "1 orario libero a {mese}."),
        _ => tr("ui/booking/count", "{valore} orari liberi a {mese}."),
    };
    texts::with(said, &places.len().to_string()).replace("{mese}", &month)
}

/// How the places of this search are offered.
pub(super) fn offering(network: &'static Network, search: &Search) -> Offering {
    let seats = network
        .service(&search.servizio)
        .is_some_and(|service: &PrestazioneInBreve| service.laboratorio.is_some());
    let search = search.clone();
    let way = way_of(network, &search);
    Offering {
        network,
        ways: vec![way],
        seats,
        take: Rc::new(move |place, way| {
            let chosen = Search {
                inizio: place.inizio.clone(),
                sede: place.sede.clone(),
                modalita: Some(way),
                ..search.clone()
            };
            routes::go(&chosen.to_confirm(), false);
        }),
    }
}

fn list(
    network: &'static Network,
    search: &Search,
    month: &Month,
    places: &[Disponibilita],
) -> AnyView {
    let offering = offering(network, search);
    let days: Vec<_> = by_day(places).into_iter().collect();
    let shown = RwSignal::new(DAYS);
    let total = days.len();
    let more = move || {
        (shown.get() < total).then(|| {
            el("p")
                .with(
                    el("button")
                        .at("type", "button")
                        .at("class", "btn btn-outline-primary")
                        .on("click", move |_| {
                            let from = shown.get_untracked();
                            shown.update(|shown| *shown += DAYS);
                            // The keyboard goes on at the first of the new days.
                            request_animation_frame(move || {
                                if let Some(day) = browser::by_id(&day_id(from)) {
                                    browser::focus(&day);
                                }
                            });
                        })
                        .with(tr("ui/booking/more_days", "Mostra altri giorni")),
                )
                .into_any()
        })
    };
    let sections = move || {
        days.iter()
            .take(shown.get())
            .enumerate()
            .map(|(index, (date, places))| {
                el("section")
                    .at("class", "slot-section")
                    .at("aria-labelledby", day_id(index))
                    .with(
                        el("h2")
                            .at("class", "h5 slot-day")
                            .at("id", day_id(index))
                            .with(dates::weekday(*date)),
                    )
                    .with(offering.day(*date, places))
                    .into_any()
            })
            .collect::<Vec<_>>()
    };
    many(vec![
        (total == 0).then(|| nothing(network, search)).into_any(),
        sections.into_any(),
        more.into_any(),
        next_month(network, search, month.first).into_any(),
    ])
}

fn day_id(index: usize) -> String {
    ["giorno-", &index.to_string()].concat()
}

/// The way on at the end of the list.
fn next_month(network: &Network, search: &Search, month: jiff::civil::Date) -> Option<AnyView> {
    let next = free::months(network, &search.servizio)
        .into_iter()
        .find(|later| *later > month)?;
    let address = Search {
        mese: free::code(next),
        ..search.clone()
    }
    .address();
    let said = texts::with(
        tr("ui/booking/next_month", "Vedi {valore}"),
        &dates::month(next),
    );
    Some(el("p").with(ui::link(&address, "", said)).into_any())
}

/// Nothing is free: what else one can do.
pub(super) fn nothing(network: &Network, search: &Search) -> AnyView {
    let elsewhere = Search {
        sede: String::new(),
        mese: String::new(),
        ..search.clone()
    };
    let phone = network.office(&search.sede).map(|office| {
        many(vec![
            tr("ui/booking/nothing_phone", "Oppure telefona:").into_any(),
            " ".into_any(),
            phone_link(&office.telefono),
        ])
    });
    el("div")
        .at("class", "notice")
        .with(el("p").with(tr(
            "ui/booking/nothing",
            "Con questi filtri non c'è posto. Prova un altro mese, un altro orario o un altro ufficio.",
        )))
        .with(el("p").with(ui::link(
            &elsewhere.address(),
            "",
            tr("ui/booking/other_office", "Cambia ufficio"),
        )))
        .with(phone.map(|phone| el("p").with(phone).into_any()))
        .into_any()
}

/// A number that a phone can call.
pub(crate) fn phone_link(number: &str) -> AnyView {
    let digits: String = number
        .chars()
        .filter(|c| c.is_ascii_digit() || *c == '+')
        .collect();
    el("a")
        .at("href", ["tel:", &digits].concat())
        .with(number)
        .into_any()
}
