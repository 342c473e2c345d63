// SPDX-License-Identifier: EUPL-1.2
//! What is due next, of requests and appointments together: the personal area and the home page begin with it, and a
//! request shows it. Whoever has booked the interview for the patto sees the interview instead of the bare term.

use contract::{
    appuntamento::Appuntamento,
    endpoint::{MyAppointments, MyPratiche},
    pratica::{Pratica, Stato},
};
use jiff::civil::Date;

use super::{
    appointments::{self, words},
    area::service_name,
};
use crate::{
    api::{self, CallError},
    browser::encode,
    dates,
    dom::*,
    session::Session,
    texts::{self, tr},
    ui,
};

/// The service that is booked for the patto di servizio.
const PATTO: &str = "did_patto";

/// What the panel is drawn from.
#[derive(Clone, PartialEq)]
pub(super) struct Open {
    pub(super) requests: Vec<Pratica>,
    pub(super) appointments: Vec<Appuntamento>,
}

/// Asks for both. Appointments that cannot be had do not hide the requests.
pub(super) async fn load(session: Session) -> Result<Open, CallError> {
    let requests = session.seen(api::call::<MyPratiche>(&[], &[], None).await)?;
    let appointments = session.seen(api::call::<MyAppointments>(&[], &[], None).await);
    Ok(Open {
        requests,
        appointments: appointments.unwrap_or_default(),
    })
}

/// What is due of a request, and until when.
enum Due {
    /// Something has to be done by a day.
    Term(Date, &'static str),
    /// The interview for the patto has to be booked by a day.
    Book(Date),
}

impl Due {
    const fn day(&self) -> Date {
        match self {
            Self::Term(day, _) | Self::Book(day) => *day,
        }
    }
}

fn due(request: &Pratica, appointments: &[Appuntamento]) -> Option<Due> {
    let answer = || tr("ui/deadline/answer", "Rispondi al Centro per l'impiego");
    match request.stato {
        Stato::PreavvisoRigetto => request
            .osservazioni_entro
            .map(|day| Due::Term(day, answer())),
        Stato::IntegrazioneRichiesta => Some(Due::Term(request.termine_il, answer())),
        Stato::Respinta | Stato::Ritirata => None,
        _ if interview(request, appointments).is_some() => None,
        _ => request.contatto_entro.map(Due::Book),
    }
}

/// The interview that is booked for a request.
fn interview<'a>(request: &Pratica, appointments: &'a [Appuntamento]) -> Option<&'a Appuntamento> {
    request.contatto_entro?;
    appointments.iter().find(|appointment| {
        appointments::to_come(appointment)
            && (appointment.pratica.as_ref() == Some(&request.id) || appointment.servizio == PATTO)
    })
}

/// What is due of one request, for its own page.
pub(super) fn of_request(request: &Pratica, appointments: &[Appuntamento]) -> Option<AnyView> {
    if let Some(appointment) = interview(request, appointments) {
        return Some(
            el("div")
                .at("class", "notice success")
                .with(el("h2").at("class", "h5").with(tr(
                    "ui/deadline/interview",
                    "Hai prenotato il colloquio per il patto",
                )))
                .with(el("p").with(ui::link(
                    &appointments::address(appointment),
                    "",
                    dates::weekday_instant(&appointment.inizio),
                )))
                .into_any(),
        );
    }
    let due = due(request, appointments)?;
    Some(
        el("div")
            .at("class", "notice warning")
            .with(sentence(&due))
            .with(book(&due, request))
            .into_any(),
    )
}

fn sentence(due: &Due) -> AnyView {
    let until = texts::with(
        tr("ui/deadline/until", "Entro il {valore}"),
        &dates::day(due.day()),
    );
    let what = match due {
        Due::Term(_, what) => what,
        Due::Book(_) => tr(
            "ui/deadline/contact",
            "Prenota il colloquio per il patto di servizio, oppure telefona all'ufficio",
        ),
    };
    el("p")
        .with(el("strong").with(until))
        .with(": ")
        .with(what)
        .into_any()
}

fn book(due: &Due, request: &Pratica) -> Option<AnyView> {
    matches!(due, Due::Book(_)).then(|| {
        let address = [
            "/appuntamenti?servizio=",
            PATTO,
            "&pratica=",
            &encode(&request.id),
        ]
        .concat();
        el("p")
            .with(ui::link(
                &address,
                "btn btn-primary",
                tr("ui/deadline/book", "Prenota il colloquio"),
            ))
            .into_any()
    })
}

/// The panel with what comes next.
pub(super) fn panel(open: &Open) -> Option<AnyView> {
    let today = dates::today();
    let request = open
        .requests
        .iter()
        .filter_map(|request| due(request, &open.appointments).map(|due| (due, request)))
        .filter(|(due, _)| due.day() >= today)
        .min_by_key(|(due, _)| due.day());
    let appointment = open
        .appointments
        .iter()
        .filter(|appointment| appointments::to_come(appointment))
        .min_by(|a, b| a.inizio.cmp(&b.inizio));
    let request = request.map(|(due, request)| (due.day(), of_due(&due, request)));
    let appointment = appointment.map(|appointment| {
        let day = dates::day_of(&appointment.inizio);
        (day, of_appointment(appointment))
    });
    let mut next: Vec<_> = request.into_iter().chain(appointment).collect();
    if next.is_empty() {
        return None;
    }
    next.sort_by_key(|(day, _)| *day);
    let title = if next.len() == 1 {
        tr("ui/deadline/title", "La tua prossima scadenza")
    } else {
        tr("ui/deadline/title_many", "Le tue prossime scadenze")
    };
    let items: Vec<_> = next
        .into_iter()
        .map(|(_, item)| el("li").with(item).into_any())
        .collect();
    Some(
        el("section")
            .at("class", "notice warning")
            .at("aria-labelledby", "next-deadline")
            .with(
                el("h2")
                    .at("id", "next-deadline")
                    .at("class", "h5")
                    .with(title),
            )
            .with(el("ul").at("class", "deadline-list").with(items))
            .into_any(),
    )
}

fn of_due(due: &Due, request: &Pratica) -> AnyView {
    let address = ["/area-personale/pratiche/", &request.id].concat();
    many(vec![
        sentence(due),
        book(due, request).into_any(),
        el("p")
            .with(ui::link(&address, "", service_name(&request.servizio)))
            .into_any(),
    ])
}

fn of_appointment(appointment: &Appuntamento) -> AnyView {
    let what = if words::to_confirm(appointment) {
        tr("ui/deadline/summons", "Convocazione da confermare")
    } else {
        tr("ui/deadline/appointment", "Appuntamento")
    };
    many(vec![
        el("p")
            .with(el("strong").with(what))
            .with(": ")
            .with(ui::link(
                &appointments::address(appointment),
                "",
                dates::weekday_instant(&appointment.inizio),
            ))
            .into_any(),
    ])
}
