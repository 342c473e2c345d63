// SPDX-License-Identifier: EUPL-1.2
//! One day of the office: who comes, when and for what, with what may be marked; the time that is blocked; and the forms
//! that add or close.

use contract::{
    appuntamento::{
        Agenda, Appuntamento, AttoUfficio, AzioneAppuntamento, GiornoAgenda, StatoAppuntamento,
        TempoBloccato,
    },
    endpoint::{MarkAbsent, MarkAttended, UnblockTime},
};
use leptos::task::spawn_local;

use super::{Look, View, book, closing, person, times};
use crate::{
    api, dates,
    dom::*,
    pages::{
        appointments::words,
        booking::{form::Told, network::Network},
    },
    session::Session,
    shell,
    texts::{self, tr},
    ui,
};

/// Which form is open.
#[derive(Clone, Copy, PartialEq)]
enum Open {
    None,
    WalkIn,
    Summons,
    Block,
    Close,
}

/// The day; `ask` fetches it again after a change.
pub(super) fn draw(
    network: &'static Network,
    agenda: &Agenda,
    ask: impl Fn() + Copy + Send + Sync + 'static,
) -> AnyView {
    let Some(day) = agenda.giorni.first() else {
        return ().into_any();
    };
    let office = agenda.sede.clone();
    let closed = day.chiuso.clone().map(|why| {
        el("p")
            .at("class", "notice warning")
            .with(tr("ui/agenda/closed", "L'ufficio è chiuso:"))
            .with(" ")
            .with(why)
            .into_any()
    });
    let reopen = day.riapribile.then(|| closing::reopen(day, ask));
    many(vec![
        closed.into_any(),
        reopen.into_any(),
        tools(network, &office, day, ask),
        table(network, day, ask),
        blocked(day, ask).into_any(),
    ])
}

/// The forms of the day, one at a time.
fn tools(
    network: &'static Network,
    office: &str,
    day: &GiornoAgenda,
    ask: impl Fn() + Copy + Send + Sync + 'static,
) -> AnyView {
    let open = RwSignal::new(Open::None);
    let today = day.giorno == dates::today();
    let one = move |form: Open, name: &'static str| {
        let expanded = move || if open.get() == form { "true" } else { "false" };
        el("button")
            .at("type", "button")
            .at("class", "btn btn-outline-primary")
            .at("aria-expanded", expanded)
            .on("click", move |_| {
                open.update(|now| *now = if *now == form { Open::None } else { form });
            })
            .with(name)
            .into_any()
    };
    let done = move || {
        open.set(Open::None);
        ask();
    };
    let (office, day) = (office.to_owned(), day.clone());
    let shown = {
        let day = day.clone();
        move || match open.get() {
            Open::None => ().into_any(),
            Open::WalkIn => book::draw(network, &office, day.giorno, false, done),
            Open::Summons => book::draw(network, &office, day.giorno, true, done),
            Open::Block => times::draw(&day, done),
            Open::Close => closing::draw(&day, done),
        }
    };
    let may_close = day.chiuso.is_none() && day.giorno >= dates::today();
    el("div")
        .with(
            el("div")
                .at("class", "agenda-tools")
                .with(today.then(|| {
                    one(
                        Open::WalkIn,
                        tr("ui/agenda/walk_in", "Persona senza appuntamento"),
                    )
                }))
                .with(one(
                    Open::Summons,
                    tr("ui/agenda/summon", "Convoca o prenota per una persona"),
                ))
                .with(one(Open::Block, tr("ui/agenda/block", "Blocca del tempo")))
                .with(
                    may_close.then(|| one(Open::Close, tr("ui/agenda/close", "Chiudi il giorno"))),
                ),
        )
        .with(shown)
        .into_any()
}

fn table(
    network: &Network,
    day: &GiornoAgenda,
    ask: impl Fn() + Copy + Send + Sync + 'static,
) -> AnyView {
    if day.appuntamenti.is_empty() {
        return el("p")
            .with(tr(
                "ui/agenda/empty",
                "Nessun appuntamento in questo giorno.",
            ))
            .into_any();
    }
    let head = [
        tr("ui/agenda/time", "Ora"),
        tr("ui/agenda/person", "Persona"),
        tr("ui/agenda/service", "Servizio"),
        tr("ui/agenda/where", "Dove"),
        tr("ui/desk/state", "Stato"),
        tr("ui/agenda/mark", "Segna"),
    ];
    // Before its time nobody can be marked, and a column without anything in it says nothing.
    let marking = day.appuntamenti.iter().any(can_mark);
    let columns: Vec<_> = head
        .iter()
        .take(if marking { head.len() } else { head.len() - 1 })
        .map(|name| el("th").at("scope", "col").with(*name).into_any())
        .collect();
    let rows: Vec<_> = day
        .appuntamenti
        .iter()
        .map(|appointment| row(network, day, appointment, &head, marking.then_some(ask)))
        .collect();
    let waiting = day
        .appuntamenti
        .iter()
        .filter(|a| a.stato == StatoAppuntamento::DaErogare)
        .count();
    let caption = texts::with(
        tr("ui/agenda/count", "Appuntamenti ancora da fare: {valore}"),
        &waiting.to_string(),
    );
    el("div")
        .at("class", "table-scroll")
        .with(
            el("table")
                .at("class", "desk-table agenda-table")
                .with(el("caption").with(caption))
                .with(el("thead").with(el("tr").with(columns)))
                .with(el("tbody").with(rows)),
        )
        .into_any()
}

fn row(
    network: &Network,
    day: &GiornoAgenda,
    appointment: &Appuntamento,
    head: &[&'static str; 6],
    marking: Option<impl Fn() + Copy + Send + Sync + 'static>,
) -> AnyView {
    let time = [
        dates::clock(&appointment.inizio),
        "–",
        dates::clock(&appointment.fine),
    ]
    .concat();
    let address = Look {
        day: day.giorno,
        view: View::One(appointment.id.clone()),
    }
    .address();
    let summons = appointment.convocazione.then(|| {
        el("span")
            .at("class", "state-chip")
            .with(tr("ui/agenda/summons", "Convocazione"))
            .into_any()
    });
    el("tr")
        .with(
            el("th")
                .at("scope", "row")
                .at("data-label", head[0])
                .with(time),
        )
        .with(
            el("td")
                .at("data-label", head[1])
                .with(ui::link(&address, "", person(appointment)))
                .with(" ")
                .with(summons),
        )
        .with(
            el("td")
                .at("data-label", head[2])
                .with(network.visit_names(&appointment.servizio, &appointment.altri_servizi)),
        )
        .with(
            el("td")
                .at("data-label", head[3])
                .with(texts::modalita(appointment.modalita))
                .with(desk(appointment)),
        )
        .with(
            el("td")
                .at("data-label", head[4])
                .with(words::chip(appointment)),
        )
        .with(marking.map(|ask| {
            el("td")
                .at("data-label", can_mark(appointment).then_some(head[5]))
                .with(marks(appointment, ask))
                .into_any()
        }))
        .into_any()
}

fn can_mark(appointment: &Appuntamento) -> bool {
    use AzioneAppuntamento::{SegnaAssente, SegnaErogato};
    let marks = [SegnaErogato, SegnaAssente];
    appointment
        .azioni
        .iter()
        .any(|action| marks.contains(action))
}

/// The group and the desk, counted from one as people do.
pub(super) fn desk(appointment: &Appuntamento) -> Option<String> {
    let group = appointment.nome_gruppo.as_ref()?;
    let number = appointment.sportello.map(place).unwrap_or_default();
    Some([" · ", group, &number].concat())
}

/// A desk or seat, counted from one as people do: `, posto 2`.
fn place(number: u16) -> String {
    let said = tr("ui/agenda/place_number", ", posto {valore}");
    texts::with(said, &(u32::from(number) + 1).to_string())
}

/// The two marks, when they are allowed now.
pub(super) fn marks(
    appointment: &Appuntamento,
    ask: impl Fn() + Copy + Send + Sync + 'static,
) -> AnyView {
    let id = StoredValue::new(appointment.id.clone());
    let stato = appointment.stato;
    let name = person(appointment);
    let told = Told::new();
    let mark = move |absent: bool| {
        spawn_local(async move {
            let act = AttoUfficio {
                motivo: None,
                stato_visto: Some(stato),
            };
            let id = id.get_value();
            let result = if absent {
                api::call::<MarkAbsent>(&[&id], &[], Some(&act)).await
            } else {
                api::call::<MarkAttended>(&[&id], &[], Some(&act)).await
            };
            if told.take(result).is_some() {
                shell::announce(tr("ui/agenda/marked", "Segnato."));
                ask();
            }
        });
    };
    let one = |action: AzioneAppuntamento, absent: bool, class: &'static str| {
        appointment.azioni.contains(&action).then(|| {
            el("button")
                .at("type", "button")
                .at("class", class)
                .on("click", move |_| mark(absent))
                .with(texts::azione(action))
                .with(
                    el("span")
                        .at("class", "visually-hidden")
                        .with(": ")
                        .with(name.clone()),
                )
                .into_any()
        })
    };
    el("div")
        .at("class", "agenda-actions")
        .with(one(
            AzioneAppuntamento::SegnaErogato,
            false,
            "btn btn-sm btn-primary",
        ))
        .with(one(
            AzioneAppuntamento::SegnaAssente,
            true,
            "btn btn-sm btn-outline-primary",
        ))
        .with(told.place())
        .into_any()
}

/// Time that the desk keeps for itself.
fn blocked(day: &GiornoAgenda, ask: impl Fn() + Copy + Send + Sync + 'static) -> Option<AnyView> {
    let session = expect_context::<Session>();
    let name = |code: &'_ str| -> &str {
        let known = day.gruppi.iter().find(|group| group.codice == code);
        known.map_or("", |group| &group.nome)
    };
    let items: Vec<_> = day
        .blocchi
        .iter()
        .map(|block: &TempoBloccato| {
            let said = [
                dates::clock(&block.inizio),
                "–",
                dates::clock(&block.fine),
                " · ",
                name(&block.gruppo),
                &block.sportello.map(place).unwrap_or_default(),
                " · ",
                &block.motivo,
            ]
            .concat();
            let id = block.id.clone();
            let free = move |_| {
                let id = id.clone();
                spawn_local(async move {
                    let result = api::call::<UnblockTime>(&[&id], &[], None).await;
                    if session.seen(result).is_ok() {
                        shell::announce(tr("ui/agenda/unblocked", "Tempo liberato."));
                    }
                    ask();
                });
            };
            el("li")
                .with(el("span").with(said.clone()))
                .with(
                    el("button")
                        .at("type", "button")
                        .at("class", "btn btn-sm btn-outline-primary")
                        .on("click", free)
                        .with(tr("ui/agenda/unblock", "Libera"))
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
    (!items.is_empty()).then(|| {
        many(vec![
            el("h2")
                .at("class", "h4 mt-4")
                .with(tr("ui/agenda/blocked", "Tempo bloccato"))
                .into_any(),
            el("ul").at("class", "item-list").with(items).into_any(),
        ])
    })
}
