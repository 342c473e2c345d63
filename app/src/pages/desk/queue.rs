// SPDX-License-Identifier: EUPL-1.2
//! The queue of the operator's office, with its filters in the address.

use crate::dom::*;
use contract::{
    endpoint::Queue,
    pratica::{Pratica, Stato},
    services,
};
use leptos::task::spawn_local;
use leptos_router::hooks::use_location;

use crate::{
    api, browser, dates,
    pages::{
        area::{service_name, signed_in},
        booking::form,
    },
    routes,
    session::Session,
    texts::{self, tr},
    ui,
};

/// The queue.
pub(crate) fn queue() -> AnyView {
    let body = signed_in(|| {
        let session = expect_context::<Session>();
        let search = use_location().search;
        let answer = RwSignal::new(None);
        let ask = move || {
            let query = search.get_untracked();
            spawn_local(async move {
                answer.set(Some(
                    session.seen(api::call::<Queue>(&[], &query, None).await),
                ));
            });
        };
        Effect::new(move |before: Option<String>| {
            let now = search.get();
            if before.is_some_and(|before| before != now) {
                ask();
            }
            now
        });
        many(vec![
            el("p")
                .at("class", "mt-3 mb-4")
                .with(ui::link(
                    "/sportello/agenda",
                    "btn btn-outline-primary",
                    tr("ui/agenda/title", "Agenda dell'ufficio"),
                ))
                .into_any(),
            (filters()).into_any(),
            (ui::answered(answer, ask, |requests: Vec<Pratica>| table(&requests))).into_any(),
        ])
        .into_any()
    });
    ui::page(&[], tr("ui/desk/title", "Sportello operatori"), body)
}

fn given(name: &str) -> String {
    let search = window().location().search().unwrap_or_default();
    web_sys::UrlSearchParams::new_with_str(&search)
        .ok()
        .and_then(|query| query.get(name))
        .unwrap_or_default()
}

fn filters() -> AnyView {
    let (stato, refused, servizio, q) = (
        RwSignal::new(given("stato")),
        RwSignal::new(given("rifiuto_nodo")),
        RwSignal::new(given("servizio")),
        RwSignal::new(given("q")),
    );
    let all = || (String::new(), tr("ui/desk/all", "Tutti").to_owned());
    let states = Stato::ALL
        .iter()
        .map(|known| (known.as_str().to_owned(), texts::stato(*known).to_owned()));
    let kinds = services::ALL
        .iter()
        .map(|known| (known.slug.to_owned(), service_name(known.slug)));
    let look = move |event: web_sys::Event| {
        event.prevent_default();
        let parts: Vec<String> = [
            ("stato", stato),
            ("rifiuto_nodo", refused),
            ("servizio", servizio),
            ("q", q),
        ]
        .iter()
        .filter(|(_, value)| !value.get_untracked().is_empty())
        .map(|(name, value)| [name, "=", &browser::encode(value.get_untracked().trim())].concat())
        .collect();
        routes::go(&["/sportello?", &parts.join("&")].concat(), false);
    };
    el("form")
        .at("class", "queue-filters")
        .at("role", "search")
        .on("submit", look)
        .with(form::filter(
            "stato",
            tr("ui/desk/state", "Stato"),
            std::iter::once(all()).chain(states).collect(),
            move || stato.get(),
            move |code| stato.set(code),
        ))
        .with(form::filter(
            "rifiuto_nodo",
            tr("ui/desk/node/mark", "Rifiutata dal nodo"),
            vec![
                all(),
                ("si".to_owned(), tr("ui/yes", "Sì").to_owned()),
                ("no".to_owned(), tr("ui/no", "No").to_owned()),
            ],
            move || refused.get(),
            move |code| refused.set(code),
        ))
        .with(form::filter(
            "servizio",
            tr("ui/desk/service", "Servizio"),
            std::iter::once(all()).chain(kinds).collect(),
            move || servizio.get(),
            move |code| servizio.set(code),
        ))
        .with(form::labelled(
            "q",
            tr("ui/desk/search", "Protocollo, nome o codice fiscale"),
            el("input")
                .at("id", "q")
                .at("type", "search")
                .at("class", "form-control")
                .prop("value", q.get_untracked())
                .on("input", move |event| q.set(event_target_value(&event)))
                .into_any(),
        ))
        .with(
            el("button")
                .at("type", "submit")
                .at("class", "btn btn-primary")
                .with(tr("ui/desk/look", "Cerca")),
        )
        .into_any()
}

fn table(requests: &[Pratica]) -> AnyView {
    if requests.is_empty() {
        return el("p")
            .at("role", "status")
            .with(tr("ui/desk/empty", "Nessuna pratica con questi filtri."))
            .into_any();
    }
    let head = [
        tr("ui/desk/number", "Protocollo"),
        tr("ui/desk/who", "Chi"),
        tr("ui/desk/service", "Servizio"),
        tr("ui/desk/state", "Stato"),
        tr("ui/desk/presented", "Inviata il"),
        tr("ui/desk/term", "Scade il"),
    ];
    let today = dates::today();
    let rows: Vec<_> = requests
        .iter()
        .map(|request| table_row(request, &head, today))
        .collect();
    let columns: Vec<_> = head
        .iter()
        .map(|name| el("th").at("scope", "col").with(*name).into_any())
        .collect();
    let count = texts::with(
        tr("ui/desk/count", "Pratiche trovate: {valore}"),
        &requests.len().to_string(),
    );
    el("div")
        .at("class", "table-scroll")
        .with(
            el("table")
                .at("class", "desk-table")
                .with(el("caption").with(count))
                .with(el("thead").with(el("tr").with(columns)))
                .with(el("tbody").with(rows)),
        )
        .into_any()
}

fn table_row(request: &Pratica, head: &[&'static str; 6], today: jiff::civil::Date) -> AnyView {
    let address = ["/sportello/pratiche/", &request.id].concat();
    let late = !request.stato.is_final() && request.termine_il < today;
    let class = if late { "late" } else { "" };
    let late_said = late.then(|| tr("ui/desk/late", " (scaduta)"));
    let who = request
        .cittadino
        .as_ref()
        .map(|c| [c.cognome.as_str(), " ", &c.nome].concat())
        .unwrap_or_default();
    el("tr")
        .with(
            el("th")
                .at("scope", "row")
                .at("data-label", head[0])
                .with(ui::link(&address, "", request.protocollo.clone())),
        )
        .with(el("td").at("data-label", head[1]).with(who))
        .with(
            el("td")
                .at("data-label", head[2])
                .with(service_name(&request.servizio)),
        )
        .with(
            el("td")
                .at("data-label", head[3])
                .with(ui::state_chip(request.stato))
                .with(super::refusal::mark(request)),
        )
        .with(
            el("td")
                .at("data-label", head[4])
                .with(dates::instant(&request.presentata_il)),
        )
        .with(
            el("td")
                .at("data-label", head[5])
                .at("class", class)
                .with(dates::day(request.termine_il))
                .with(late_said),
        )
        .into_any()
}
