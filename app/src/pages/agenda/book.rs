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
        form::{self, Field, LINE},
        network::Network,
    },
    session::Session,
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
    let session = expect_context::<Session>();
    let text = || RwSignal::new(String::new());
    let (codice, nome, cognome) = (text(), text(), text());
    let (email, mobile, note, service, hour) = (text(), text(), text(), text(), text());
    let way = RwSignal::new(Modalita::Presenza.as_str().to_owned());
    let date = RwSignal::new(day.to_string());
    let summons = RwSignal::new(later);
    let errors = RwSignal::new(Vec::new());
    let said = RwSignal::new(String::new());
    let send = move |event: web_sys::Event| {
        event.prevent_default();
        said.set(String::new());
        let given = |value: RwSignal<String>| {
            Some(value.get_untracked().trim().to_owned()).filter(|value| !value.is_empty())
        };
        let begins = if later {
            let at = date
                .get_untracked()
                .parse()
                .ok()
                .and_then(|day| rome(day, hour.get_untracked().trim()));
            if at.is_none() {
                form::refuse_one(
                    errors,
                    "inizio",
                    tr("ui/agenda/hour_wrong", "Scrivi l'ora, per esempio 09:30."),
                );
                return;
            }
            at
        } else {
            None
        };
        let wanted = AppuntamentoAlBanco {
            codice_fiscale: codice.get_untracked().trim().to_uppercase(),
            nome: nome.get_untracked().trim().to_owned(),
            cognome: cognome.get_untracked().trim().to_owned(),
            servizio: service.get_untracked(),
            altri_servizi: Vec::new(),
            inizio: begins,
            modalita: Modalita::parse(&way.get_untracked()).unwrap_or(Modalita::Presenza),
            convocazione: later && summons.get_untracked(),
            email: given(email),
            cellulare: given(mobile),
            note: given(note),
        };
        spawn_local(async move {
            match session.seen(api::call::<DeskBook>(&[], "", Some(&wanted)).await) {
                Ok(_) => {
                    shell::announce(tr("ui/agenda/booked", "Appuntamento registrato."));
                    done();
                }
                Err(api::CallError::Problem(problem)) if !problem.errors.is_empty() => {
                    if let Some(other) = form::refuse(errors, &problem.errors) {
                        said.set(other);
                    }
                }
                Err(error) => said.set(error.sentence()),
            }
        });
    };
    let offered = network.office(office).map(|office| &office.servizi);
    let services = network
        .services
        .iter()
        .filter(|service| offered.is_none_or(|codes| codes.contains(&service.codice)))
        .map(|service| (service.codice.clone(), service.nome.clone()))
        .collect();
    let ways = Modalita::ALL
        .map(|way| (way.as_str().to_owned(), texts::modalita(way).to_owned()))
        .to_vec();
    let line = |id: &'static str, label: &'static str, value, optional| {
        form::field(
            Field {
                id,
                label,
                optional,
                memory: Some("off"),
                ..LINE
            },
            value,
            errors,
        )
    };
    let when = later.then(|| {
        many(vec![
            el("div")
                .at("class", "form-row")
                .with(form::field(
                    Field {
                        id: "quando",
                        label: tr("ui/agenda/date", "Giorno"),
                        kind: "date",
                        ..LINE
                    },
                    date,
                    errors,
                ))
                .with(form::field(
                    Field {
                        id: "inizio",
                        label: tr("ui/agenda/time", "Ora"),
                        kind: "time",
                        ..LINE
                    },
                    hour,
                    errors,
                ))
                .with(form::choice(
                    Field {
                        id: "modalita",
                        label: tr("ui/booking/recap/how", "Come"),
                        ..LINE
                    },
                    ways,
                    way,
                    errors,
                ))
                .into_any(),
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
    el("form")
        .at("class", "inline-form")
        .at("novalidate", true)
        .on("submit", send)
        .with(
            el("div")
                .at("class", "form-row")
                .with(line(
                    "codice_fiscale",
                    tr("ui/data/codice_fiscale", "Codice fiscale"),
                    codice,
                    false,
                ))
                .with(line(
                    "nome",
                    tr("ui/agenda/first_name", "Nome"),
                    nome,
                    false,
                ))
                .with(line(
                    "cognome",
                    tr("ui/agenda/last_name", "Cognome"),
                    cognome,
                    false,
                )),
        )
        .with(form::choice(
            Field {
                id: "servizio",
                label: tr("ui/desk/service", "Servizio"),
                ..LINE
            },
            services,
            service,
            errors,
        ))
        .with(when)
        .with(
            el("div")
                .at("class", "form-row")
                .with(line("email", tr("ui/data/email", "Email"), email, true))
                .with(line(
                    "cellulare",
                    tr("ui/data/mobile", "Cellulare"),
                    mobile,
                    true,
                )),
        )
        .with(line(
            "note",
            tr("ui/agenda/note_to", "Nota per la persona"),
            note,
            true,
        ))
        .with(el("div").at("role", "alert").with(move || {
            let said = said.get();
            (!said.is_empty()).then(|| form::wrong(said))
        }))
        .with(
            el("button")
                .at("type", "submit")
                .at("class", "btn btn-primary")
                .with(tr("ui/agenda/book", "Registra")),
        )
        .into_any()
}
