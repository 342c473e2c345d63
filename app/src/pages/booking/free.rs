// SPDX-License-Identifier: EUPL-1.2
//! The free places of a month, fetched when the month, the office or the services of the visit change; where nobody has
//! chosen a month, also when the way or the part of the day does.

use contract::{
    appuntamento::{Disponibilita, Modalita},
    endpoint::FreePlaces,
};
use jiff::{ToSpan, civil::Date};
use leptos::task::spawn_local;

use super::{
    network::Network,
    place::{wanted, way_of},
    search::Search,
};
use crate::{
    api::{self, CallError},
    dates,
    dom::*,
};

/// The places of one month.
#[derive(Clone, PartialEq)]
pub(super) struct Month {
    /// Its first day.
    pub(super) first: Date,
    /// What is free, in order of time.
    pub(super) places: Vec<Disponibilita>,
}

/// The answer of the edge, as it comes.
pub(super) type Answer = RwSignal<Option<Result<Month, CallError>>>;

/// What the places depend on.
#[derive(Clone, PartialEq)]
struct Key {
    servizio: String,
    altri: Vec<String>,
    sede: String,
    mese: String,
    /// Way and part of the day, where they choose the month.
    narrowed: Option<(Modalita, String)>,
}

/// The months in which the service can be booked, by their first days.
pub(super) fn months(network: &Network, servizio: &str) -> Vec<Date> {
    let today = dates::today();
    let horizon = network
        .service(servizio)
        .map_or(60, |service| service.orizzonte_giorni);
    let last = today.saturating_add(i64::from(horizon).days());
    let mut month = today.first_of_month();
    let mut all = Vec::new();
    while month <= last && all.len() < 24 {
        all.push(month);
        month = month.saturating_add(1.month());
    }
    all
}

/// `YYYY-MM`.
pub(super) fn code(month: Date) -> String {
    month.to_string().chars().take(7).collect()
}

/// Keeps the answer up to date with the search.
pub(super) fn follow(
    network: &'static Network,
    search: Memo<Search>,
    answer: Answer,
    again: RwSignal<u32>,
) {
    let key = Memo::new(move |_| {
        search.with(|search| Key {
            servizio: search.servizio.clone(),
            altri: search.altri.clone(),
            sede: search.sede.clone(),
            mese: search.mese.clone(),
            narrowed: search
                .mese
                .is_empty()
                .then(|| (way_of(network, search), search.ora.clone())),
        })
    });
    Effect::new(move |_| {
        again.track();
        let asked = key.get();
        if asked.sede.is_empty() {
            return;
        }
        answer.set(None);
        let search = search.get_untracked();
        spawn_local(async move {
            let found = month_of(network, &asked, &search).await;
            // An answer to what is no longer asked is not shown.
            if key.try_get_untracked().as_ref() == Some(&asked) {
                answer.set(Some(found));
            }
        });
    });
}

/// The month that was asked for; without one, the first that has a place as the person wants it: on its last day a month
/// may have none in the morning. Where no month has one, the first with any place at all.
async fn month_of(network: &Network, key: &Key, search: &Search) -> Result<Month, CallError> {
    let months = months(network, &key.servizio);
    let asked = months.iter().find(|month| code(**month) == key.mese);
    if let Some(first) = asked {
        return places_of(key, *first).await;
    }
    let mut seen = Vec::with_capacity(months.len());
    for first in months {
        let month = places_of(key, first).await?;
        if !wanted(network, search, &month.places).is_empty() {
            return Ok(month);
        }
        seen.push(month);
    }
    let any = seen.iter().position(|month| !month.places.is_empty());
    Ok(seen.into_iter().nth(any.unwrap_or(0)).unwrap_or(Month {
        first: dates::today().first_of_month(),
        places: Vec::new(),
    }))
}

async fn places_of(key: &Key, first: Date) -> Result<Month, CallError> {
    let from = first.max(dates::today());
    let places = between(
        &key.servizio,
        &key.altri,
        &key.sede,
        from,
        first.last_of_month(),
    )
    .await?;
    Ok(Month { first, places })
}

/// The free places of an office between two days.
pub(crate) async fn between(
    servizio: &str,
    altri: &[String],
    sede: &str,
    from: Date,
    to: Date,
) -> Result<Vec<Disponibilita>, CallError> {
    let (from, to, altri) = (from.to_string(), to.to_string(), altri.join(","));
    let query = [
        ("servizio", servizio),
        ("sede", sede),
        ("dal", &from),
        ("al", &to),
        ("altri", &altri),
    ];
    let mut places = api::call::<FreePlaces>(&[], &query, None).await?;
    for place in &mut places {
        // An answer about one office need not name it.
        if place.sede.is_empty() {
            place.sede = sede.to_owned();
        }
    }
    places.sort_by(|a, b| a.inizio.cmp(&b.inizio));
    Ok(places)
}
