// SPDX-License-Identifier: EUPL-1.2
//! The offices: which one is competent for a comune, and everything one has to know about one of them. No map of
//! somebody else: a link to the place is enough, and nobody learns who looked.

use contract::{
    sede::{Orario, SedeInBreve},
    values::calendar::clock,
};

use super::booking::{
    network::{Network, address, with_network},
    place::phone_link,
};
use crate::{
    browser::encode,
    dates,
    dom::*,
    fields::combobox,
    places, shell,
    texts::{self, tr},
    ui,
};

/// The list of offices, and the search by comune.
pub(crate) fn list() -> AnyView {
    let body = with_network(|network| {
        let comune = RwSignal::new(String::new());
        let free = combobox::Free {
            id: "comune",
            label: tr("ui/booking/comune", "In quale comune vivi?"),
            value: comune,
            places: RwSignal::new(None),
        };
        let found = move || {
            let code = comune.get();
            let place = free
                .places
                .get()
                .and_then(|places| places.by_belfiore(&code))?;
            Some(match network.competent(place.belfiore) {
                Some(office) => el("ul")
                    .at("class", "choice-list")
                    .with(card(office))
                    .into_any(),
                None => el("p")
                    .at("class", "notice")
                    .with(tr(
                        "ui/offices/outside",
                        "Questo comune è in un'altra regione: lì c'è un altro Centro per l'impiego.",
                    ))
                    .into_any(),
            })
        };
        let mut all: Vec<_> = network.offices.iter().collect();
        all.sort_by(|a, b| a.citta.cmp(&b.citta));
        let all: Vec<_> = all.into_iter().map(card).collect();
        many(vec![
            el("p")
                .at("class", "lead")
                .with(tr(
                    "ui/offices/intro",
                    "Il tuo Centro per l'impiego dipende dal comune dove vivi.",
                ))
                .into_any(),
            combobox::comuni(free),
            el("div").at("role", "status").with(found).into_any(),
            ui::heading(tr("ui/booking/all_offices", "Tutti gli uffici")),
            el("ul").at("class", "choice-list").with(all).into_any(),
        ])
    });
    ui::page(&[], tr("ui/offices/title", "I Centri per l'impiego"), body)
}

fn card(office: &SedeInBreve) -> AnyView {
    let to = ["/uffici/", &office.codice].concat();
    el("li")
        .with(
            el("div")
                .at("class", "choice-main")
                .with(
                    el("h3")
                        .at("class", "h5")
                        .with(ui::link(&to, "", office.nome.clone())),
                )
                .with(el("p").with(address(office))),
        )
        .into_any()
}

/// One office.
pub(crate) fn one(code: &str) -> AnyView {
    let code = code.to_owned();
    let body = with_network(move |network| {
        request_animation_frame(|| shell::arrived("", false));
        match network.office(&code) {
            Some(office) => draw(network, office),
            None => many(vec![
                el("h1")
                    .with(tr("ui/not_found/title", "Questa pagina non c'è"))
                    .into_any(),
                el("p")
                    .with(ui::link(
                        "/uffici",
                        "",
                        tr("ui/offices/title", "I Centri per l'impiego"),
                    ))
                    .into_any(),
            ]),
        }
    });
    let way = [("/uffici", tr("ui/offices/title", "I Centri per l'impiego"))];
    el("div")
        .at("class", "container py-4")
        .with(ui::breadcrumb(
            &way,
            tr("ui/booking/recap/where", "Ufficio"),
        ))
        .with(body)
        .into_any()
}

fn draw(network: &'static Network, office: &SedeInBreve) -> AnyView {
    let mail = |address: &str| {
        el("a")
            .at("href", ["mailto:", address].concat())
            .with(address)
            .into_any()
    };
    let services: Vec<_> = office
        .servizi
        .iter()
        .filter_map(|code| network.service(code))
        .map(|service| {
            let to = [
                "/appuntamenti?servizio=",
                &encode(&service.codice),
                "&sede=",
                &encode(&office.codice),
            ]
            .concat();
            el("li")
                .with(ui::link(&to, "", service.nome.clone()))
                .into_any()
        })
        .collect();
    many(vec![
        el("h1").with(office.nome.clone()).into_any(),
        el("dl")
            .at("class", "fact-list")
            .with(ui::row(
                tr("ui/help/address", "Indirizzo"),
                many(vec![
                    address(office).into_any(),
                    el("br").into_any(),
                    map(office),
                ]),
            ))
            .with(ui::row(
                tr("ui/appointment/get_there", "Come arrivare"),
                office.come_arrivare.clone(),
            ))
            .with(ui::row(
                tr("ui/offices/access", "Accessibilità"),
                office.accessibilita.clone(),
            ))
            .with(ui::row(
                tr("ui/help/phone", "Telefono"),
                phone_link(&office.telefono),
            ))
            .with(ui::row(tr("ui/data/email", "Email"), mail(&office.email)))
            .with(ui::row("PEC", mail(&office.pec)))
            .into_any(),
        ui::heading(tr("ui/help/hours", "Orari")),
        hours(&office.orari),
        closures(office),
        ui::heading(tr("ui/offices/book", "Prenota in questo ufficio")),
        el("ul").with(services).into_any(),
        serves(office),
    ])
}

fn map(office: &SedeInBreve) -> AnyView {
    let (lat, lon) = (office.lat.to_string(), office.lon.to_string());
    let to = [
        "https://www.openstreetmap.org/?mlat=",
        &lat,
        "&mlon=",
        &lon,
        "#map=17/",
        &lat,
        "/",
        &lon,
    ]
    .concat();
    el("a")
        .at("href", to)
        .at("rel", "external noreferrer")
        .with(tr("ui/offices/map", "Vedi sulla mappa (OpenStreetMap)"))
        .into_any()
}

fn hours(all: &[Orario]) -> AnyView {
    // The fifth of January 2026 is a Monday: its week lends the names of the days.
    let name = |day: i8| dates::weekday_name(jiff::civil::date(2026, 1, 4 + day));
    let rows: Vec<_> = all
        .iter()
        .map(|day| {
            let spans: Vec<_> = day
                .fasce
                .iter()
                .map(|(from, to)| [clock(*from).as_str(), "–", &clock(*to)].concat())
                .collect();
            el("tr")
                .with(el("th").at("scope", "row").with(name(day.giorno)))
                .with(el("td").with(spans.join(", ")))
                .into_any()
        })
        .collect();
    el("table")
        .at("class", "hours mb-4")
        .with(
            el("caption")
                .at("class", "visually-hidden")
                .with(tr("ui/help/hours", "Orari")),
        )
        .with(el("tbody").with(rows))
        .into_any()
}

fn closures(office: &SedeInBreve) -> AnyView {
    let mut lines: Vec<_> = office
        .chiusure
        .iter()
        .map(|closed| {
            let when = if closed.dal == closed.al {
                dates::day(closed.dal)
            } else {
                [
                    dates::day(closed.dal).as_str(),
                    " – ",
                    &dates::day(closed.al),
                ]
                .concat()
            };
            [when.as_str(), ": ", &closed.motivo].concat()
        })
        .collect();
    if let Some((month, day)) = office.patrono
        && let Ok(date) = jiff::civil::Date::new(dates::today().year(), month, day)
    {
        lines.push(texts::with(
            tr("ui/offices/patron", "{valore}: festa del patrono"),
            &dates::day_and_month(date),
        ));
    }
    let items: Vec<_> = lines
        .into_iter()
        .map(|line| el("li").with(line).into_any())
        .collect();
    many(vec![
        el("p")
            .with(tr(
                "ui/offices/closed",
                "L'ufficio è chiuso la domenica, nei giorni festivi e anche:",
            ))
            .into_any(),
        el("ul").with(items).into_any(),
    ])
}

/// The comuni that it serves, by their names once the list is there.
fn serves(office: &SedeInBreve) -> AnyView {
    let names = RwSignal::new(Vec::<String>::new());
    let codes = office.comuni.clone();
    leptos::task::spawn_local(async move {
        places::load().await;
        if let Some(places) = places::get() {
            let mut found: Vec<_> = codes
                .iter()
                .filter_map(|code| places.by_belfiore(code))
                .map(|place| place.name.to_owned())
                .collect();
            found.sort();
            let _ = names.try_set(found);
        }
    });
    many(vec![
        ui::heading(tr("ui/offices/serves", "Comuni di competenza")),
        el("p")
            .with(move || names.with(|names| names.join(", ")))
            .into_any(),
    ])
}
