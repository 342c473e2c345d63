// SPDX-License-Identifier: EUPL-1.2
//! How the agenda goes: how long people wait, how many do not come, how much of the time is used. The chart shows what
//! the table beside it says.

use contract::{
    appuntamento::{Conteggi, ConteggiDi, Statistiche},
    endpoint::DeskFigures,
};
use jiff::{ToSpan, civil::Date};
use leptos::task::spawn_local;
use leptos_router::hooks::use_location;
use web_sys::UrlSearchParams;

use super::{Look, View};
use crate::{
    api::{self, CallError},
    dates,
    dom::*,
    pages::booking::{
        form::{self, Field, LINE},
        network::Network,
    },
    routes,
    session::Session,
    texts::{self, tr},
    ui,
};

/// Days looked at unless somebody asks for others: four weeks behind and a week ahead.
const BEHIND: i64 = 28;
const AHEAD: i64 = 7;

/// The page. Which days are looked at stands in the address, so that a step back brings those before.
pub(super) fn draw(network: &'static Network, day: Date) -> AnyView {
    let session = expect_context::<Session>();
    let query = use_location().search;
    let asked = Memo::new(move |_| days_of(&query.get()));
    let from = RwSignal::new(String::new());
    let to = RwSignal::new(String::new());
    let answer: RwSignal<Option<Result<Statistiche, CallError>>> = RwSignal::new(None);
    let ask = move || {
        let days = asked.get_untracked();
        spawn_local(async move {
            let query = [("dal", &*days.0), ("al", &*days.1)];
            let found = api::call::<DeskFigures>(&[], &query, None).await;
            if asked.try_get_untracked().as_ref() == Some(&days) {
                let _ = answer.try_set(Some(session.seen(found)));
            }
        });
    };
    Effect::new(move |before: Option<()>| {
        let (dal, al) = asked.get();
        from.set(dal);
        to.set(al);
        if before.is_some() {
            ask();
        }
    });
    let show = move || {
        let (dal, al) = (from.get_untracked(), to.get_untracked());
        let address = Look {
            day,
            view: View::Figures,
        }
        .address();
        routes::go(&[&address, "&dal=", &dal, "&al=", &al].concat(), false);
    };
    let errors = RwSignal::new(Vec::new());
    let field = |id: &'static str, label: &'static str, value| {
        form::field(
            Field {
                id,
                label,
                kind: "date",
                ..LINE
            },
            value,
            errors,
        )
    };
    many(vec![
        el("form")
            .at("class", "desk-filters")
            .at("novalidate", true)
            .on("submit", move |event| {
                event.prevent_default();
                show();
            })
            .with(field("dal", tr("ui/agenda/first_day", "Dal giorno"), from))
            .with(field("al", tr("ui/agenda/last_day", "Al giorno"), to))
            .with(
                el("button")
                    .at("type", "submit")
                    .at("class", "btn btn-primary")
                    .with(tr("ui/agenda/show", "Mostra")),
            )
            .into_any(),
        ui::answered(answer, ask, move |found: Statistiche| {
            many(vec![
                headline(&found.totale),
                services(network, &found.per_servizio),
                days(&found.per_giorno),
            ])
        }),
    ])
}

/// The days that the address asks for, or those around today.
fn days_of(query: &str) -> (String, String) {
    let given = UrlSearchParams::new_with_str(query).ok();
    let get = |name: &str| given.as_ref().and_then(|given| given.get(name));
    let today = dates::today();
    (
        get("dal").unwrap_or_else(|| today.saturating_sub(BEHIND.days()).to_string()),
        get("al").unwrap_or_else(|| today.saturating_add(AHEAD.days()).to_string()),
    )
}

fn per_mille(value: Option<u16>) -> String {
    value.map_or_else(
        || "–".to_owned(),
        |value| {
            // Half up, as people round.
            [((u32::from(value) + 5) / 10).to_string().as_str(), " %"].concat()
        },
    )
}

fn waiting(hours: Option<u32>) -> String {
    hours.map_or_else(
        || "–".to_owned(),
        |hours| {
            let days = hours / 24;
            match (days, hours) {
                (0, 1) => tr("ui/agenda/one_hour", "1 ora").to_owned(),
                (0, _) => texts::with(tr("ui/agenda/hours", "{valore} ore"), &hours.to_string()),
                (1, _) => tr("ui/agenda/one_day", "1 giorno").to_owned(),
                _ => texts::with(tr("ui/agenda/days", "{valore} giorni"), &days.to_string()),
            }
        },
    )
}

fn headline(all: &Conteggi) -> AnyView {
    let one = |name: &'static str, value: String| {
        el("div")
            .with(el("dt").with(name))
            .with(el("dd").with(value))
            .into_any()
    };
    el("dl")
        .at("class", "figures")
        .with(one(
            tr("ui/agenda/figure/wait", "Attesa (mediana)"),
            waiting(all.attesa_mediana_ore),
        ))
        .with(one(
            tr("ui/agenda/figure/absent", "Assenze"),
            per_mille(all.assenze_per_mille),
        ))
        .with(one(
            tr("ui/agenda/figure/use", "Tempo usato"),
            per_mille(all.uso_per_mille),
        ))
        .with(one(
            tr("ui/agenda/figure/done", "Incontri fatti"),
            all.erogati.to_string(),
        ))
        .into_any()
}

fn columns(first: &'static str) -> [&'static str; 6] {
    [
        first,
        tr("ui/agenda/figure/done", "Incontri fatti"),
        tr("ui/agenda/figure/absent", "Assenze"),
        tr("ui/agenda/figure/open", "Da fare"),
        tr("ui/agenda/figure/wait", "Attesa (mediana)"),
        tr("ui/agenda/figure/use", "Tempo usato"),
    ]
}

fn table(
    first: &'static str,
    caption: &'static str,
    rows: impl Iterator<Item = (String, Conteggi)>,
) -> AnyView {
    let head = columns(first);
    let names: Vec<_> = head
        .iter()
        .map(|name| el("th").at("scope", "col").with(*name).into_any())
        .collect();
    let rows: Vec<_> = rows
        .map(|(name, counts)| {
            let absent = [
                counts.non_presentati.to_string().as_str(),
                " (",
                &per_mille(counts.assenze_per_mille),
                ")",
            ]
            .concat();
            let cells = [
                counts.erogati.to_string(),
                absent,
                counts.da_erogare.to_string(),
                waiting(counts.attesa_mediana_ore),
                per_mille(counts.uso_per_mille),
            ];
            let cells: Vec<_> = cells
                .into_iter()
                .zip(&head[1..])
                .map(|(cell, name)| el("td").at("data-label", *name).with(cell).into_any())
                .collect();
            el("tr")
                .with(
                    el("th")
                        .at("scope", "row")
                        .at("data-label", head[0])
                        .with(name),
                )
                .with(cells)
                .into_any()
        })
        .collect();
    el("div")
        .at("class", "table-scroll mb-4")
        .with(
            el("table")
                .at("class", "desk-table")
                .with(el("caption").with(caption))
                .with(el("thead").with(el("tr").with(names)))
                .with(el("tbody").with(rows)),
        )
        .into_any()
}

fn services(network: &Network, all: &[ConteggiDi]) -> AnyView {
    table(
        tr("ui/agenda/service", "Servizio"),
        tr("ui/agenda/by_service", "Per servizio"),
        all.iter()
            .map(|one| (network.service_name(&one.di), one.conteggi.clone())),
    )
}

fn days(all: &[ConteggiDi]) -> AnyView {
    let by_day: Vec<(Date, Conteggi)> = all
        .iter()
        .filter_map(|one| Some((one.di.parse().ok()?, one.conteggi.clone())))
        .collect();
    // Bars of nothing tell nothing.
    if by_day
        .iter()
        .all(|(_, counts)| counts.erogati + counts.non_presentati == 0)
    {
        return ().into_any();
    }
    many(vec![
        el("h2")
            .at("class", "h4")
            .with(tr("ui/agenda/by_day", "Giorno per giorno"))
            .into_any(),
        chart(&by_day),
        el("ul")
            .at("class", "chart-key")
            .at("aria-hidden", "true")
            .with(el("li").with(tr("ui/agenda/figure/done", "Incontri fatti")))
            .with(
                el("li")
                    .at("class", "absent")
                    .with(tr("ui/agenda/figure/absent", "Assenze")),
            )
            .into_any(),
        el("details")
            .at("class", "choice-more")
            .with(el("summary").with(tr("ui/agenda/chart_table", "Gli stessi numeri in tabella")))
            .with(table(
                tr("ui/agenda/day", "Giorno"),
                tr("ui/agenda/by_day", "Giorno per giorno"),
                by_day
                    .iter()
                    .map(|(day, counts)| (dates::weekday(*day), counts.clone())),
            ))
            .into_any(),
    ])
}

/// Two bars for each day. Sizes are attributes, because the policy of the page allows no styles of its own.
fn chart(days: &[(Date, Conteggi)]) -> AnyView {
    const HEIGHT: f64 = 120.0;
    const STEP: f64 = 18.0;
    const BAR: f64 = 7.0;
    // Room for the last name, which begins below its bars.
    const REST: f64 = 40.0;
    let most = days
        .iter()
        .map(|(_, counts)| counts.erogati.max(counts.non_presentati))
        .max()
        .unwrap_or(0)
        .max(1);
    let width = STEP * days.len() as f64 + REST;
    let bar = |x: f64, count: u32, class: &'static str| {
        let high = HEIGHT * f64::from(count) / f64::from(most);
        el("rect")
            .at("class", class)
            .at("x", x.to_string())
            .at("y", (HEIGHT - high).to_string())
            .at("width", BAR.to_string())
            .at("height", high.to_string())
            .into_any()
    };
    let mut parts = vec![
        el("line")
            .at("x1", "0")
            .at("x2", width.to_string())
            .at("y1", HEIGHT.to_string())
            .at("y2", HEIGHT.to_string())
            .into_any(),
    ];
    for (n, (day, counts)) in days.iter().enumerate() {
        let x = STEP * n as f64 + 1.0;
        parts.push(bar(x, counts.erogati, "came"));
        parts.push(bar(x + BAR + 1.0, counts.non_presentati, "absent"));
        // Every fifth name: more of them would run into one another.
        if n % 5 == 0 {
            parts.push(
                el("text")
                    .at("x", x.to_string())
                    .at("y", (HEIGHT + 14.0).to_string())
                    .with(dates::short_weekday(*day))
                    .into_any(),
            );
        }
    }
    el("svg")
        .at("class", "chart")
        .at("role", "img")
        .at(
            "aria-label",
            tr(
                "ui/agenda/chart",
                "Incontri fatti e assenze, giorno per giorno. I numeri sono nella tabella qui sotto.",
            ),
        )
        .at(
            "viewBox",
            ["0 0 ", &width.to_string(), " ", &(HEIGHT + 20.0).to_string()].concat(),
        )
        .with(parts)
        .into_any()
}
