// SPDX-License-Identifier: EUPL-1.2
//! What narrows the free places: office, month, way, part of the day, further services, and which view. A change writes
//! the address; the places follow it.

use contract::prestazioni::PrestazioneInBreve;
use jiff::civil::Date;

use super::{form, free, network::Network, place::way_of, search::Search, service::minutes};
use crate::{
    dates,
    dom::*,
    routes,
    texts::{self, tr},
};

/// The filters; `month` is the month on the page.
pub(super) fn draw(
    network: &'static Network,
    search: Memo<Search>,
    month: Memo<Option<Date>>,
) -> AnyView {
    let service = Memo::new(move |_| search.with(|search| search.servizio.clone()));
    // Only another service changes what the filters offer; all else changes their values.
    (move || {
        let service = network.service(&service.get());
        many(vec![
            el("div")
                .at("class", "booking-filters")
                .at("role", "group")
                .at(
                    "aria-label",
                    tr("ui/booking/filters", "Filtra i posti liberi"),
                )
                .with(service.map(|service| offices(network, service, search)))
                .with(service.map(|service| months(network, service, search, month)))
                .with(service.and_then(|service| ways(network, service, search)))
                .with(parts_of_day(search))
                .with(views(search))
                .into_any(),
            service
                .and_then(|service| together(network, service, search))
                .into_any(),
        ])
    })
    .into_any()
}

fn change(search: Memo<Search>, edit: impl FnOnce(&mut Search)) {
    let mut next = search.get_untracked();
    edit(&mut next);
    routes::go(&next.address(), false);
}

fn offices(
    network: &'static Network,
    service: &PrestazioneInBreve,
    search: Memo<Search>,
) -> AnyView {
    let mut all: Vec<_> = network
        .offices
        .iter()
        .filter(|office| office.servizi.contains(&service.codice))
        .map(|office| (office.codice.clone(), office.nome.clone()))
        .collect();
    all.sort_by(|a, b| a.1.cmp(&b.1));
    form::filter(
        "ufficio",
        tr("ui/booking/filter/office", "Ufficio"),
        all,
        move || search.with(|search| search.sede.clone()),
        move |code| {
            change(search, |next| {
                next.sede = code;
                next.mese = String::new();
            });
        },
    )
}

fn months(
    network: &'static Network,
    service: &PrestazioneInBreve,
    search: Memo<Search>,
    month: Memo<Option<Date>>,
) -> AnyView {
    let all = free::months(network, &service.codice)
        .into_iter()
        .map(|month| (free::code(month), dates::month(month)))
        .collect();
    form::filter(
        "mese",
        tr("ui/booking/filter/month", "Mese"),
        all,
        move || month.get().map(free::code).unwrap_or_default(),
        move |code| change(search, |next| next.mese = code),
    )
}

fn ways(
    network: &'static Network,
    service: &PrestazioneInBreve,
    search: Memo<Search>,
) -> Option<AnyView> {
    let all: Vec<_> = service
        .modalita
        .iter()
        .map(|way| (way.as_str().to_owned(), texts::modalita(*way).to_owned()))
        .collect();
    (all.len() > 1).then(|| {
        form::filter(
            "modalita",
            tr("ui/booking/filter/way", "Come"),
            all,
            move || search.with(|search| way_of(network, search).as_str().to_owned()),
            move |code| {
                change(search, |next| {
                    next.modalita = contract::appuntamento::Modalita::parse(&code);
                });
            },
        )
    })
}

fn parts_of_day(search: Memo<Search>) -> AnyView {
    let all = [
        ("", tr("ui/booking/day/all", "Tutto il giorno")),
        ("mattina", tr("ui/booking/day/morning", "Mattina")),
        ("pomeriggio", tr("ui/booking/day/afternoon", "Pomeriggio")),
    ];
    form::filter(
        "ora",
        tr("ui/booking/filter/part", "Orario"),
        all.map(|(code, name)| (code.to_owned(), name.to_owned()))
            .to_vec(),
        move || search.with(|search| search.ora.clone()),
        move |code| change(search, |next| next.ora = code),
    )
}

fn views(search: Memo<Search>) -> AnyView {
    let one = |view: &'static str, name: &'static str| {
        let current = move || {
            if search.with(|search| search.vista == view) {
                "true"
            } else {
                "false"
            }
        };
        el("button")
            .at("type", "button")
            .at("class", "view-switch-entry")
            .at("aria-pressed", current)
            .on("click", move |_| {
                change(search, |next| next.vista = view.to_owned());
            })
            .with(name)
            .into_any()
    };
    el("div")
        .at("class", "view-switch")
        .at("role", "group")
        .at("aria-label", tr("ui/booking/view", "Come vedere i posti"))
        .with(one("", tr("ui/booking/view/list", "Elenco")))
        .with(one(
            "calendario",
            tr("ui/booking/view/calendar", "Calendario"),
        ))
        .into_any()
}

/// Further services that fit into the same visit.
fn together(
    network: &'static Network,
    service: &PrestazioneInBreve,
    search: Memo<Search>,
) -> Option<AnyView> {
    let boxes: Vec<_> = service
        .insieme
        .iter()
        .filter_map(|code| network.service(code))
        .map(|other| {
            let id = ["insieme-", &other.codice].concat();
            let code = StoredValue::new(other.codice.clone());
            let checked =
                move || code.with_value(|code| search.with(|search| search.altri.contains(code)));
            let label = [
                other.nome.as_str(),
                " (+",
                &minutes(other.durata_minuti),
                ")",
            ]
            .concat();
            el("div")
                .at("class", "form-check")
                .with(
                    el("input")
                        .at("id", id.clone())
                        .at("type", "checkbox")
                        .prop("checked", checked)
                        .on("change", move |event| {
                            let on = event_target_checked(&event);
                            let code = code.get_value();
                            change(search, |next| {
                                next.altri.retain(|known| *known != code);
                                if on {
                                    next.altri.push(code);
                                }
                            });
                        }),
                )
                .with(el("label").at("for", id).with(label))
                .into_any()
        })
        .collect();
    let moving = search.with_untracked(|search| !search.sposta.is_empty());
    (!boxes.is_empty() && !moving).then(|| {
        let open = search.with_untracked(|search| !search.altri.is_empty());
        el("details")
            .at("class", "choice-more")
            .at("open", open)
            .with(el("summary").with(tr(
                "ui/booking/together",
                "Aggiungi un altro servizio nella stessa visita",
            )))
            .with(
                el("div")
                    .at("role", "group")
                    .at(
                        "aria-label",
                        tr(
                            "ui/booking/together",
                            "Aggiungi un altro servizio nella stessa visita",
                        ),
                    )
                    .with(boxes),
            )
            .into_any()
    })
}
