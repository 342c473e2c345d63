// SPDX-License-Identifier: EUPL-1.2
//! What one has to know to go there, in an order that also makes sense on one sheet of paper: when, where, how to get
//! there, what to bring, until when it can be changed.

use contract::{
    appuntamento::{Appuntamento, AzioneAppuntamento, Modalita},
    sede::SedeInBreve,
};

use super::{calendar, to_come};
use crate::{
    dates,
    dom::*,
    pages::booking::{
        network::{Network, address},
        place::phone_link,
    },
    texts::{self, tr},
    ui,
};

/// The sheet.
pub(super) fn sheet(network: &Network, appointment: &Appuntamento) -> AnyView {
    let office = network.office(&appointment.sede);
    // What is over needs neither preparing nor changing, even when nobody has written down how it went.
    let open = to_come(appointment);
    many(vec![
        el("dl")
            .at("class", "fact-list")
            .with(ui::row(
                tr("ui/booking/recap/when", "Quando"),
                el("strong").with(when(appointment)),
            ))
            .with(ui::row(
                tr("ui/booking/recap/how", "Come"),
                texts::modalita(appointment.modalita),
            ))
            .with(office.map(|office| place(office, appointment)))
            .with(link(appointment))
            .with(
                appointment
                    .note
                    .clone()
                    .map(|note| ui::row(tr("ui/appointment/note", "La tua nota"), note)),
            )
            .into_any(),
        open.then(|| bring(network, appointment)).into_any(),
        open.then(|| {
            many(vec![
                limits(appointment, office),
                calendar::links(network, appointment),
            ])
        })
        .into_any(),
    ])
}

/// `martedì 1 dicembre 2026 alle ore 09:00 – 09:50`.
fn when(appointment: &Appuntamento) -> String {
    [
        dates::weekday_instant(&appointment.inizio).as_str(),
        " – ",
        dates::clock(&appointment.fine),
    ]
    .concat()
}

fn place(office: &SedeInBreve, appointment: &Appuntamento) -> AnyView {
    let name = many(vec![
        ui::link(
            &["/uffici/", &office.codice].concat(),
            "",
            office.nome.clone(),
        ),
        el("br").into_any(),
        address(office).into_any(),
    ]);
    let mut rows = vec![ui::row(tr("ui/booking/recap/where", "Ufficio"), name)];
    if appointment.modalita == Modalita::Presenza {
        rows.push(ui::row(
            tr("ui/appointment/get_there", "Come arrivare"),
            office.come_arrivare.clone(),
        ));
        rows.push(ui::row(
            tr("ui/offices/access", "Accessibilità"),
            office.accessibilita.clone(),
        ));
    }
    rows.push(ui::row(
        tr("ui/help/phone", "Telefono"),
        phone_link(&office.telefono),
    ));
    many(rows)
}

/// Only a meeting at a distance has a way in that is not a door.
fn link(appointment: &Appuntamento) -> Option<AnyView> {
    match appointment.modalita {
        Modalita::Presenza => None,
        Modalita::Telefono => appointment.cellulare.clone().map(|number| {
            ui::row(
                tr("ui/appointment/we_call", "Ti chiamiamo noi al numero"),
                number,
            )
        }),
        Modalita::Video => appointment.collegamento.clone().map(|address| {
            let way = el("a")
                .at("href", address)
                .at("rel", "external noreferrer")
                .with(tr("ui/appointment/video", "Apri la videochiamata"));
            let needs = el("span").at("class", "field-hint").with(tr(
                "ui/appointment/video_needs",
                "Ti serve un telefono o un computer con videocamera e microfono.",
            ));
            ui::row(
                tr("ui/appointment/video_title", "Collegamento"),
                many(vec![way.into_any(), needs.into_any()]),
            )
        }),
    }
}

/// What to bring, for every service of the visit, each thing once.
fn bring(network: &Network, appointment: &Appuntamento) -> Option<AnyView> {
    let mut things: Vec<&str> = Vec::new();
    for code in std::iter::once(&appointment.servizio).chain(&appointment.altri_servizi) {
        for thing in network.service(code).into_iter().flat_map(|s| &s.portare) {
            if !things.contains(&thing.as_str()) {
                things.push(thing);
            }
        }
    }
    (!things.is_empty()).then(|| {
        let title = if appointment.modalita == Modalita::Presenza {
            tr("ui/booking/bring", "Cosa portare")
        } else {
            tr("ui/booking/have_ready", "Cosa tenere a portata di mano")
        };
        let items: Vec<_> = things
            .into_iter()
            .map(|thing| el("li").with(thing).into_any())
            .collect();
        many(vec![
            el("h2").at("class", "h4").with(title).into_any(),
            el("ul").with(items).into_any(),
        ])
    })
}

/// Until when it can be changed here, and whom to call afterwards.
fn limits(appointment: &Appuntamento, office: Option<&SedeInBreve>) -> AnyView {
    let may = |action| appointment.azioni.contains(&action);
    let move_line = may(AzioneAppuntamento::Sposta).then(|| {
        texts::with(
            tr(
                "ui/appointment/move_until",
                "Puoi spostarlo fino a {valore}.",
            ),
            &dates::weekday_instant(&appointment.spostabile_fino_a),
        )
    });
    let cancel_line = may(AzioneAppuntamento::Disdici).then(|| {
        texts::with(
            tr(
                "ui/appointment/cancel_until",
                "Puoi disdirlo fino a {valore}.",
            ),
            &dates::weekday_instant(&appointment.disdicibile_fino_a),
        )
    });
    let late = move_line.is_none() && cancel_line.is_none();
    let lines: Vec<_> = [move_line, cancel_line]
        .into_iter()
        .flatten()
        .map(|line| el("li").with(line).into_any())
        .collect();
    let contacts = office.filter(|_| late).map(|office| {
        el("p")
            .with(tr(
                "ui/appointment/late",
                "Online non si può più cambiare. Se non puoi venire, avvisa l'ufficio:",
            ))
            .with(" ")
            .with(phone_link(&office.telefono))
            .with(", ")
            .with(
                el("a")
                    .at("href", ["mailto:", &office.email].concat())
                    .with(office.email.clone()),
            )
            .into_any()
    });
    many(vec![
        el("h2")
            .at("class", "h4")
            .with(tr("ui/appointment/cannot", "Se non puoi venire"))
            .into_any(),
        (!late).then(|| el("ul").with(lines).into_any()).into_any(),
        contacts.into_any(),
    ])
}
