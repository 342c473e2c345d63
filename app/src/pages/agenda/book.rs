// SPDX-License-Identifier: EUPL-1.2
//! A person at the desk without an appointment, and a summons or a booking for somebody who is not there.

use contract::{
    appuntamento::{AppuntamentoAlBanco, Modalita},
    endpoint::DeskBook,
};
use jiff::civil::Date;
use leptos::task::spawn_local;

use super::rome;
use crate::{
    api,
    dom::*,
    pages::booking::{
        form::{self, Field, LINE, Told, beside},
        network::Network,
    },
    shell,
    texts::{self, tr},
};

/// The form. With `later` it asks for day, hour and whether it is a summons; else the visit begins now.
pub(super) fn draw(
    network: &'static Network,
    office: &str,
    day: Date,
    later: bool,
    done: impl Fn() + Copy + 'static,
) -> AnyView {
    let told = Told::new();
    let text = || RwSignal::new(String::new());
    let (codice, nome, cognome) = (text(), text(), text());
    let (email, mobile, note, service, hour) = (text(), text(), text(), text(), text());
    let way = RwSignal::new(Modalita::Presenza.as_str().to_owned());
    let date = RwSignal::new(day.to_string());
    let summons = RwSignal::new(later);
    let send = move || {
        let given = |value: RwSignal<String>| {
            Some(value.get_untracked().trim().to_owned()).filter(|value| !value.is_empty())
        };
        let begins = date
            .get_untracked()
            .parse()
            .ok()
            .and_then(|day| rome(day, hour.get_untracked().trim()));
        if later && begins.is_none() {
            return told.refuse(
                "inizio",
                tr("ui/agenda/hour_wrong", "Scrivi l'ora, per esempio 09:30."),
            );
        }
        let wanted = AppuntamentoAlBanco {
            codice_fiscale: codice.get_untracked().trim().to_uppercase(),
            nome: nome.get_untracked().trim().to_owned(),
            cognome: cognome.get_untracked().trim().to_owned(),
            servizio: service.get_untracked(),
            altri_servizi: Vec::new(),
            inizio: begins.filter(|_| later),
            modalita: Modalita::parse(&way.get_untracked()).unwrap_or(Modalita::Presenza),
            convocazione: later && summons.get_untracked(),
            email: given(email),
            cellulare: given(mobile),
            note: given(note),
        };
        spawn_local(async move {
            let booked = api::call::<DeskBook>(&[], &[], Some(&wanted)).await;
            if told.take(booked).is_some() {
                shell::announce(tr("ui/agenda/booked", "Appuntamento registrato."));
                done();
            }
        });
    };
    let when = later.then(|| {
        let ways = Modalita::ALL
            .map(|way| (way.as_str().to_owned(), texts::modalita(way).to_owned()))
            .to_vec();
        let how = Field {
            id: "modalita",
            label: tr("ui/booking/recap/how", "Come"),
            ..LINE
        };
        many(vec![
            beside(vec![
                told.line("quando", tr("ui/agenda/date", "Giorno"), "date", date),
                told.line("inizio", tr("ui/agenda/time", "Ora"), "time", hour),
            ]),
            form::choice(how, ways, way, told.errors),
            form::check(
                "convocazione",
                tr(
                    "ui/agenda/is_summons",
                    "È una convocazione (articolo 20 del decreto legislativo 150/2015)",
                ),
                summons,
            ),
        ])
    });
    let which = Field {
        id: "servizio",
        label: tr("ui/desk/service", "Servizio"),
        ..LINE
    };
    let code = tr("ui/data/codice_fiscale", "Codice fiscale");
    let first_name = tr("ui/agenda/first_name", "Nome");
    let fields = vec![
        told.line("codice_fiscale", code, "text", codice),
        beside(vec![
            told.line("nome", first_name, "text", nome),
            told.line(
                "cognome",
                tr("ui/agenda/last_name", "Cognome"),
                "text",
                cognome,
            ),
        ]),
        form::choice(which, offered(network, office), service, told.errors),
        when.into_any(),
        beside(vec![
            told.may("email", tr("ui/data/email", "Email"), "email", email),
            told.may(
                "cellulare",
                tr("ui/data/mobile", "Cellulare"),
                "tel",
                mobile,
            ),
        ]),
        told.may(
            "note",
            tr("ui/agenda/note_to", "Nota per la persona"),
            "text",
            note,
        ),
    ];
    let button = tr("ui/agenda/book", "Registra");
    told.form(fields, button, "btn btn-primary", send)
}

/// The services of the office, by code and name.
fn offered(network: &'static Network, office: &str) -> Vec<(String, String)> {
    let offered = network.office(office).map(|office| &office.servizi);
    network
        .services
        .iter()
        .filter(|service| offered.is_none_or(|codes| codes.contains(&service.codice)))
        .map(|service| (service.codice.clone(), service.nome.clone()))
        .collect()
}
