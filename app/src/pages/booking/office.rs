// SPDX-License-Identifier: EUPL-1.2
//! Where: the office that is competent for the comune of domicile first, then its neighbours that are free earlier, then
//! every office that offers the service.

use std::collections::BTreeMap;

use contract::{
    appuntamento::PrimaDisponibilita,
    endpoint::{FirstPlaces, KnownFacts},
    sede::SedeInBreve,
};
use leptos::task::spawn_local;

use super::{
    network::{Network, address},
    search::Search,
};
use crate::{
    api, dates,
    dom::*,
    fields::combobox,
    places, routes,
    session::Session,
    texts::{self, tr},
    ui,
};

/// How many neighbours are offered at once.
const NEIGHBOURS: usize = 3;

/// The page: the comune, and below it what follows from it.
pub(super) fn choose(network: &'static Network, search: &Search) -> AnyView {
    let session = expect_context::<Session>();
    let search = StoredValue::new(search.clone());
    let comune = RwSignal::new(search.with_value(|search| search.comune.clone()));
    let known = RwSignal::new(false);
    let free = combobox::Free {
        id: "comune",
        label: tr("ui/booking/comune", "In quale comune vivi?"),
        value: comune,
        places: RwSignal::new(None),
    };
    // What the registry knows is asked for once, and never over what was chosen here.
    Effect::new(move |_| {
        if session.signed() && comune.with_untracked(String::is_empty) {
            spawn_local(async move {
                let facts = session.seen(api::call::<KnownFacts>(&["did"], &[], None).await);
                let home = facts
                    .ok()
                    .and_then(|facts| facts.fascicolo)
                    .and_then(|file| file.domicilio.or(file.residenza));
                if let Some(home) = home
                    && comune.try_with_untracked(String::is_empty) == Some(true)
                {
                    comune.set(home.comune);
                    known.set(true);
                }
            });
        }
    });
    // A code has four characters; anything else is still being typed.
    let chosen = Memo::new(move |_| {
        let code = comune.get();
        // The list may arrive after the comune, which can stand in the address: the signal is asked first.
        let known = free.places.get().is_some();
        let place = places::get().filter(|_| known)?.by_belfiore(&code);
        place.map(|place| place.belfiore.to_owned())
    });
    Effect::new(move |_| {
        let code = chosen.get().unwrap_or_default();
        let remembered = search.with_value(|search| search.comune.clone());
        if !code.is_empty() && code != remembered && !known.get_untracked() {
            let next = Search {
                comune: code,
                ..search.get_value()
            };
            search.set_value(next.clone());
            routes::go(&next.address(), true);
        }
    });
    many(vec![
        // What the registry knows arrives later than the list: the list is then drawn with it.
        (move || {
            known.track();
            combobox::comuni(free)
        })
        .into_any(),
        (move || {
            known
                .get()
                .then(|| {
                    el("p").at("class", "field-hint").with(tr(
                        "ui/booking/comune_known",
                        "Il comune viene dal registro del lavoro: se ora vivi altrove, cambialo.",
                    ))
                })
                .map(IntoAny::into_any)
        })
        .into_any(),
        (move || offices(network, search.get_value(), chosen.get())).into_any(),
    ])
}

/// The offices for a comune, or for nobody's comune in particular.
fn offices(network: &'static Network, search: Search, comune: Option<String>) -> AnyView {
    let answer = RwSignal::new(None);
    let asked = StoredValue::new((search.servizio.clone(), comune.clone().unwrap_or_default()));
    let ask = move || {
        spawn_local(async move {
            let (servizio, comune) = asked.get_value();
            let query = [("servizio", &*servizio), ("comune", &*comune)];
            let found = api::call::<FirstPlaces>(&[], &query, None).await;
            let _ = answer.try_set(Some(found));
        });
    };
    ui::answered(answer, ask, move |firsts: Vec<PrimaDisponibilita>| {
        found(network, &search, comune.as_deref(), &firsts)
    })
}

fn found(
    network: &'static Network,
    search: &Search,
    comune: Option<&str>,
    firsts: &[PrimaDisponibilita],
) -> AnyView {
    let by_office: BTreeMap<&str, &PrimaDisponibilita> = firsts
        .iter()
        .map(|first| (first.sede.as_str(), first))
        .collect();
    let own = comune.and_then(|comune| network.competent(comune));
    let outside = comune.is_some() && own.is_none();
    let first_of = |office: &SedeInBreve| {
        by_office
            .get(office.codice.as_str())
            .and_then(|first| first.primo.as_ref())
            .map(|place| place.inizio.as_str())
    };
    let card_of = |office: &SedeInBreve, note: Option<&'static str>| {
        let first = by_office.get(office.codice.as_str()).copied();
        card(office, first, note, search)
    };
    let neighbours: Vec<_> = own
        .map(|own| {
            own.vicine
                .iter()
                .filter_map(|code| network.office(code))
                .filter(|office| match (first_of(office), first_of(own)) {
                    (Some(theirs), Some(ours)) => theirs < ours,
                    (theirs, None) => theirs.is_some(),
                    (None, _) => false,
                })
                .take(NEIGHBOURS)
                .collect()
        })
        .unwrap_or_default();
    many(vec![
        outside
            .then(|| {
                el("p").at("class", "notice warning").with(tr(
                    "ui/booking/outside",
                    "Il tuo comune è in un'altra regione: per la DID e il patto il tuo Centro per l'impiego è là.",
                ))
            })
            .map(IntoAny::into_any)
            .into_any(),
        own.map(|office| {
            section(
                tr("ui/booking/own_office", "Il tuo Centro per l'impiego"),
                vec![card_of(office, None)],
            )
        })
        .into_any(),
        (!neighbours.is_empty())
            .then(|| {
                section(
                    tr("ui/booking/earlier_offices", "Vicino a te c'è posto prima"),
                    neighbours
                        .iter()
                        .map(|office| card_of(office, None))
                        .collect(),
                )
            })
            .into_any(),
        all(network, search, &by_office, own.is_none()),
    ])
}

fn section(title: &'static str, cards: Vec<AnyView>) -> AnyView {
    many(vec![
        el("h2").at("class", "h4").with(title).into_any(),
        el("ul").at("class", "choice-list").with(cards).into_any(),
    ])
}

/// Every office that offers the service, folded away when a better choice stands above.
fn all(
    network: &'static Network,
    search: &Search,
    by_office: &BTreeMap<&str, &PrimaDisponibilita>,
    open: bool,
) -> AnyView {
    let mut offices: Vec<&SedeInBreve> = network
        .offices
        .iter()
        .filter(|office| office.servizi.contains(&search.servizio))
        .collect();
    offices.sort_by(|a, b| a.citta.cmp(&b.citta));
    let cards: Vec<_> = offices
        .into_iter()
        .map(|office| {
            let first = by_office.get(office.codice.as_str()).copied();
            card(office, first, None, search)
        })
        .collect();
    el("details")
        .at("class", "all-offices")
        .at("open", open)
        .with(
            el("summary").with(
                el("h2")
                    .at("class", "h5 d-inline")
                    .with(tr("ui/booking/all_offices", "Tutti gli uffici")),
            ),
        )
        .with(el("ul").at("class", "choice-list").with(cards))
        .into_any()
}

fn card(
    office: &SedeInBreve,
    first: Option<&PrimaDisponibilita>,
    note: Option<&'static str>,
    search: &Search,
) -> AnyView {
    let place = first.and_then(|first| first.primo.as_ref());
    let next = Search {
        sede: office.codice.clone(),
        mese: String::new(),
        ..search.clone()
    };
    let when = place.map_or_else(
        || tr("ui/booking/no_first", "Per ora non ci sono posti liberi").to_owned(),
        |place| {
            texts::with(
                tr("ui/booking/first", "Primo posto: {valore}"),
                &dates::weekday_instant(&place.inizio),
            )
        },
    );
    let far = first.filter(|first| first.distanza_km > 0).map(|first| {
        texts::with(
            tr("ui/booking/distance", "a circa {valore} km"),
            &first.distanza_km.to_string(),
        )
    });
    let where_ = match far {
        Some(far) => [address(office).as_str(), " · ", &far].concat(),
        None => address(office),
    };
    el("li")
        .with(
            el("div")
                .at("class", "choice-main")
                .with(el("h3").at("class", "h5").with(ui::link(
                    &next.address(),
                    "",
                    office.nome.clone(),
                )))
                .with(el("p").with(where_))
                .with(
                    el("p")
                        .at("class", "choice-facts")
                        .with(el("strong").with(when)),
                )
                .with(note),
        )
        .into_any()
}
