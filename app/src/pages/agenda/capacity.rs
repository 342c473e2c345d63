// SPDX-License-Identifier: EUPL-1.2
//! How many places each group of the office has, and other numbers for some days. Appointments already given stay.

use contract::{
    appuntamento::{Capienza, NuovaCapienza},
    endpoint::{ChangeCapacity, ReadCapacity},
};
use leptos::task::spawn_local;

use crate::{
    api::{self, CallError},
    dates,
    dom::*,
    pages::booking::{
        form::{self, Field, LINE, Told, beside},
        network::Network,
    },
    session::Session,
    shell,
    texts::{self, tr},
    ui,
};

type Answer = RwSignal<Option<Result<Vec<Capienza>, CallError>>>;

/// The page.
pub(super) fn draw(network: &'static Network) -> AnyView {
    let session = expect_context::<Session>();
    let answer: Answer = RwSignal::new(None);
    let ask = move || {
        spawn_local(async move {
            let found = api::call::<ReadCapacity>(&[], &[], None).await;
            let _ = answer.try_set(Some(session.seen(found)));
        });
    };
    ui::answered(answer, ask, move |groups: Vec<Capienza>| {
        many(vec![table(network, &groups, answer), form(&groups, answer)])
    })
}

fn table(network: &Network, groups: &[Capienza], answer: Answer) -> AnyView {
    let head = [
        tr("ui/agenda/group", "Gruppo"),
        tr("ui/agenda/services", "Servizi"),
        tr("ui/agenda/usual", "Posti di norma"),
        tr("ui/agenda/changes", "Variazioni"),
    ];
    let columns: Vec<_> = head
        .iter()
        .map(|name| el("th").at("scope", "col").with(*name).into_any())
        .collect();
    let rows: Vec<_> = groups
        .iter()
        .map(|group| {
            let services: Vec<_> = group
                .servizi
                .iter()
                .map(|code| network.service_name(code))
                .collect();
            el("tr")
                .with(
                    el("th")
                        .at("scope", "row")
                        .at("data-label", head[0])
                        .with(group.nome.clone()),
                )
                .with(el("td").at("data-label", head[1]).with(services.join(", ")))
                .with(
                    el("td")
                        .at("data-label", head[2])
                        .with(group.di_norma.to_string()),
                )
                .with(
                    el("td")
                        .at("data-label", head[3])
                        .with(changes(group, answer)),
                )
                .into_any()
        })
        .collect();
    el("div")
        .at("class", "table-scroll mb-4")
        .with(
            el("table")
                .at("class", "desk-table")
                .with(el("caption").with(tr(
                    "ui/agenda/capacity_caption",
                    "Quante persone riceve ogni gruppo nello stesso momento",
                )))
                .with(el("thead").with(el("tr").with(columns)))
                .with(el("tbody").with(rows)),
        )
        .into_any()
}

fn changes(group: &Capienza, answer: Answer) -> AnyView {
    if group.variazioni.is_empty() {
        return tr("ui/agenda/no_changes", "Nessuna").into_any();
    }
    let items: Vec<_> = group
        .variazioni
        .iter()
        .map(|change| {
            let said = [
                dates::day(change.dal).as_str(),
                " – ",
                &dates::day(change.al),
                ": ",
                &change.sportelli.to_string(),
            ]
            .concat();
            let back = NuovaCapienza {
                gruppo: group.gruppo.clone(),
                dal: change.dal,
                al: change.al,
                sportelli: None,
            };
            let session = expect_context::<Session>();
            el("li")
                .with(said.clone())
                .with(" ")
                .with(
                    el("button")
                        .at("type", "button")
                        .at("class", "link")
                        .on("click", move |_| {
                            let back = back.clone();
                            spawn_local(async move {
                                let result =
                                    api::call::<ChangeCapacity>(&[], &[], Some(&back)).await;
                                let _ = answer.try_set(Some(session.seen(result)));
                            });
                        })
                        .with(tr("ui/agenda/take_back", "Togli"))
                        .with(
                            el("span")
                                .at("class", "visually-hidden")
                                .with(": ")
                                .with(said),
                        ),
                )
                .into_any()
        })
        .collect();
    el("ul").at("class", "mb-0").with(items).into_any()
}

fn form(groups: &[Capienza], answer: Answer) -> AnyView {
    let told = Told::new();
    let today = dates::today().to_string();
    let group = RwSignal::new(String::new());
    let (from, to) = (RwSignal::new(today.clone()), RwSignal::new(today));
    let places = RwSignal::new(String::new());
    let send = move || {
        let day_wrong = tr("ui/agenda/day_wrong", "Scrivi il giorno.");
        let Ok(dal) = from.get_untracked().parse() else {
            return told.refuse("dal", day_wrong);
        };
        let Ok(al) = to.get_untracked().parse() else {
            return told.refuse("al", day_wrong);
        };
        let Ok(sportelli) = places.get_untracked().trim().parse::<u16>() else {
            return told.refuse(
                "sportelli",
                tr("ui/agenda/places_wrong", "Scrivi un numero da 0 a 64."),
            );
        };
        let wanted = NuovaCapienza {
            gruppo: group.get_untracked(),
            dal,
            al,
            sportelli: Some(sportelli),
        };
        spawn_local(async move {
            let changed = api::call::<ChangeCapacity>(&[], &[], Some(&wanted)).await;
            if let Some(now) = told.take(changed) {
                shell::announce(tr("ui/agenda/changed", "Posti cambiati."));
                answer.set(Some(Ok(now)));
            }
        });
    };
    let names = groups
        .iter()
        .map(|group| {
            let usual = texts::with(
                tr("ui/agenda/usual_of", "di norma {valore}"),
                &group.di_norma.to_string(),
            );
            let name = [group.nome.as_str(), " (", &usual, ")"].concat();
            (group.gruppo.clone(), name)
        })
        .collect();
    let which = Field {
        id: "gruppo",
        label: tr("ui/agenda/group", "Gruppo"),
        ..LINE
    };
    let number = tr("ui/agenda/places", "Posti");
    let fields = vec![
        el("h2")
            .at("class", "h4")
            .with(tr(
                "ui/agenda/change_capacity",
                "Cambia i posti per alcuni giorni",
            ))
            .into_any(),
        beside(vec![
            form::choice(which, names, group, told.errors),
            told.line("sportelli", number, "number", places),
        ]),
        beside(vec![
            told.line("dal", tr("ui/agenda/first_day", "Dal giorno"), "date", from),
            told.line("al", tr("ui/agenda/last_day", "Al giorno"), "date", to),
        ]),
    ];
    told.form(
        fields,
        tr("ui/agenda/save", "Salva"),
        "btn btn-primary",
        send,
    )
}
