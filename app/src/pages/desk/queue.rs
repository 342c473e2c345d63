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
    shell,
    texts::{self, tr},
    ui,
};

/// What the queue can be narrowed by, as the address of the page and that of the edge name it.
const FILTERS: [&str; 4] = ["stato", "rifiuto_nodo", "servizio", "q"];

/// The queue.
pub(crate) fn queue() -> AnyView {
    let body = signed_in(|| {
        let session = expect_context::<Session>();
        let search = use_location().search;
        let answer = RwSignal::new(None);
        let ask = move || {
            let asked = search.get_untracked();
            spawn_local(async move {
                let values = FILTERS.map(|name| (name, given(&asked, name)));
                let query = values.each_ref().map(|(name, value)| (*name, &**value));
                let found = session.seen(api::call::<Queue>(&[], &query, None).await);
                // Who has gone on or back meanwhile waits for another answer.
                if search.try_get_untracked().as_ref() == Some(&asked) {
                    let _ = answer.try_set(Some(found));
                }
            });
        };
        Effect::new(move |before: Option<String>| {
            let now = search.get();
            if before.is_some_and(|before| before != now) {
                ask();
            }
            now
        });
        // The first queue comes with the page, which says where one is; those after it say how much they found.
        Effect::new(move |drawn: Option<bool>| {
            let found = answer.with(|answer: &Option<Result<Vec<Pratica>, _>>| {
                Some(answer.as_ref()?.as_ref().ok()?.len())
            });
            if drawn == Some(true) {
                found.inspect(|found| shell::announce(&count(*found)));
            }
            drawn == Some(true) || found.is_some()
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
            filters(search).into_any(),
            ui::answered(answer, ask, |requests: Vec<Pratica>| table(&requests)),
        ])
        .into_any()
    });
    ui::page(&[], tr("ui/desk/title", "Sportello operatori"), body)
}

fn given(search: &str, name: &str) -> String {
    web_sys::UrlSearchParams::new_with_str(search)
        .ok()
        .and_then(|query| query.get(name))
        .unwrap_or_default()
}

/// The filters. They show what the address asks for, also after a step back.
fn filters(search: Memo<String>) -> AnyView {
    let text = || RwSignal::new(String::new());
    let (stato, refused, servizio, q) = (text(), text(), text(), text());
    let signals = [stato, refused, servizio, q];
    let named: [_; FILTERS.len()] = std::array::from_fn(|i| (FILTERS[i], signals[i]));
    Effect::new(move |_| {
        let asked = search.get();
        for (name, value) in named {
            value.set(given(&asked, name));
        }
    });
    let all = || (String::new(), tr("ui/desk/all", "Tutti").to_owned());
    let states = Stato::ALL
        .iter()
        .map(|known| (known.as_str().to_owned(), texts::stato(*known).to_owned()));
    let kinds = services::ALL
        .iter()
        .map(|known| (known.slug.to_owned(), service_name(known.slug)));
    let look = move |event: web_sys::Event| {
        event.prevent_default();
        let parts: Vec<String> = named
            .iter()
            .filter(|(_, value)| !value.get_untracked().is_empty())
            .map(|(name, value)| {
                [name, "=", &browser::encode(value.get_untracked().trim())].concat()
            })
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
                .prop("value", move || q.get())
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

fn count(found: usize) -> String {
    if found == 0 {
        return tr("ui/desk/empty", "Nessuna pratica con questi filtri.").to_owned();
    }
    let said = tr("ui/desk/count", "Pratiche trovate: {valore}");
    texts::with(said, &found.to_string())
}

fn table(requests: &[Pratica]) -> AnyView {
    if requests.is_empty() {
        return el("p").with(count(0)).into_any();
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
    el("div")
        .at("class", "table-scroll")
        .with(
            el("table")
                .at("class", "desk-table")
                .with(el("caption").with(count(requests.len())))
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
