// SPDX-License-Identifier: EUPL-1.2
//! One request of the person: where it stands, what is due, papers, history, and what may be done with it now.

use crate::dom::*;
use contract::{
    appuntamento::Appuntamento,
    endpoint::{FileView, Integrate, MyAppointments, MyPratica, Withdraw},
    pratica::{Action, ActionInput, Evento, Pratica, Stato},
    problem::megabytes,
};
use leptos::task::spawn_local;

use super::{
    area::{service_name, signed_in_page},
    deadlines,
};
use crate::{
    api::{self, CallError},
    browser, dates,
    session::Session,
    shell,
    texts::{self, tr},
    ui,
};

type Answer = RwSignal<Option<Result<Pratica, CallError>>>;

/// The page.
pub(crate) fn page(id: &str) -> AnyView {
    let id = StoredValue::new(id.to_owned());
    let title = tr("ui/request/title", "La tua pratica");
    let body = signed_in_page(title, move || {
        let session = expect_context::<Session>();
        let answer: Answer = RwSignal::new(None);
        let ask = move || {
            spawn_local(async move {
                let id = id.get_value();
                answer.set(Some(
                    session.seen(api::call::<MyPratica>(&[&id], &[], None).await),
                ));
                request_animation_frame(|| shell::arrived("", false));
            });
        };
        ui::answered_page(title, answer, ask, move |request| draw(&request, answer))
    });
    el("div")
        .at("class", "container py-4")
        .with(ui::breadcrumb(&ui::area_way(), title))
        .with(body)
        .into_any()
}

fn draw(request: &Pratica, answer: Answer) -> AnyView {
    let sent = browser::here().ends_with("?inviata=1");
    let title = service_name(&request.servizio);
    let head = if sent {
        confirmation(request)
    } else {
        many(vec![
            el("h1").with(title).into_any(),
            el("p").with(ui::state_chip(request.stato)).into_any(),
        ])
        .into_any()
    };
    many(vec![
        (head).into_any(),
        deadline(request),
        el("dl")
            .at("class", "fact-list")
            .with(ui::row(
                tr("ui/request/number", "Numero di protocollo"),
                request.protocollo.clone(),
            ))
            .with(ui::row(
                tr("ui/request/when", "Inviata il"),
                dates::instant(&request.presentata_il),
            ))
            .with(ui::row(
                tr(
                    "ui/request/term",
                    "Il Centro per l'impiego conclude entro il",
                ),
                dates::day(request.termine_il),
            ))
            .with(ui::row(
                tr("ui/request/office", "Ufficio"),
                request.ufficio.clone(),
            ))
            .with(ui::row(
                tr("ui/request/responsible", "Responsabile"),
                request.responsabile.clone(),
            ))
            .with(request.identificativo_did.clone().map(|id| {
                ui::row(
                    tr("ui/request/did", "Identificativo nazionale della DID"),
                    id,
                )
            }))
            .into_any(),
        el("h2")
            .with(tr("ui/request/papers", "Documenti"))
            .into_any(),
        el("ul")
            .with(el("li").with(paper(
                request,
                "/ricevuta.pdf",
                tr("ui/request/receipt", "Scarica la ricevuta (PDF)"),
            )))
            .with((!contract::services::is_trial(&request.servizio)).then(|| {
                el("li").with(paper(
                    request,
                    "/documento.pdf",
                    tr("ui/request/document", "Scarica la tua dichiarazione (PDF)"),
                ))
            }))
            .with(request.contatto_entro.map(|_| {
                el("li").with(paper(
                    request,
                    "/scadenza.ics",
                    tr(
                        "ui/request/calendar",
                        "Metti la scadenza nel calendario (ICS)",
                    ),
                ))
            }))
            .with(files(&request.allegati))
            .into_any(),
        (actions(request, answer)).into_any(),
        el("h2")
            .with(tr("ui/request/history", "Che cosa è successo"))
            .into_any(),
        (timeline(&request.eventi)).into_any(),
        (sent
            .then(|| contract::services::find(&request.servizio))
            .flatten())
        .map(|service| ui::rating(service.slug))
        .into_any(),
        el("p")
            .with(ui::link(
                "/aiuto",
                "",
                tr(
                    "ui/flow/help",
                    "Ti serve aiuto? Parla con il Centro per l'impiego",
                ),
            ))
            .into_any(),
    ])
    .into_any()
}

/// The files that were presented with a request, as entries of a list. Shared with the desk.
pub(super) fn files(files: &[FileView]) -> Vec<AnyView> {
    let entries = files.iter().map(|file| {
        let size = [" (", &megabytes(file.dimensione), ")"].concat();
        el("li")
            .with(ui::link(
                &["/api/file/", &file.id].concat(),
                "",
                file.nome.clone(),
            ))
            .with(size)
            .into_any()
    });
    entries.collect()
}

fn paper(request: &Pratica, file: &str, label: &'static str) -> AnyView {
    ui::link(&["/api/pratiche/", &request.id, file].concat(), "", label)
}

fn confirmation(request: &Pratica) -> AnyView {
    el("div").at("class", "confirmation")
.with(el("h1")
.with(tr("ui/sent/title", "Abbiamo ricevuto la tua richiesta")))
.with(el("p")
.with(service_name(&request.servizio)))
.with(el("p")
.with(tr("ui/request/number", "Numero di protocollo"))
.with(el("br"))
.with(el("span").at("class", "protocollo")
.with(request.protocollo.clone())))
.with(el("p")
.with(tr("ui/sent/next", "La ricevuta è qui sotto e resta nella tua area personale. Ti abbiamo mandato anche un messaggio.")))
    .into_any()
}

/// What is due; an interview that is booked comes a moment later and takes its place.
fn deadline(request: &Pratica) -> AnyView {
    let session = expect_context::<Session>();
    let request = request.clone();
    let appointments = RwSignal::new(None);
    spawn_local(async move {
        let found = session.seen(api::call::<MyAppointments>(&[], &[], None).await);
        let _ = appointments.try_set(Some(found.unwrap_or_default()));
    });
    (move || {
        appointments
            .get()
            .and_then(|all: Vec<Appuntamento>| deadlines::of_request(&request, &all))
    })
    .into_any()
}

/// The history, newest last; the last entry is where the request stands.
pub(super) fn timeline(events: &[Evento]) -> AnyView {
    let last = events.len().saturating_sub(1);
    let items: Vec<_> = events
        .iter()
        .enumerate()
        .map(|(index, event)| {
            let current = index == last;
            let class = if current { "current" } else { "" };
            let who = if event.chi == "cittadino" {
                tr("ui/request/citizen", "cittadino").to_owned()
            } else {
                event.chi.clone()
            };
            el("li")
                .at("class", class)
                .at("aria-current", current.then_some("step"))
                .with(el("strong").with(texts::stato(event.stato)))
                .with(
                    el("time")
                        .at("datetime", event.quando.clone())
                        .with(dates::instant(&event.quando))
                        .with(", ")
                        .with(who),
                )
                .with(
                    event
                        .motivo
                        .clone()
                        .map(|reason| el("p").at("class", "mb-0").with(reason).into_any()),
                )
                .into_any()
        })
        .collect();
    el("ol")
        .at("class", "request-timeline")
        .with(items)
        .into_any()
}

fn actions(request: &Pratica, answer: Answer) -> AnyView {
    let (id, stato) = (StoredValue::new(request.id.clone()), request.stato);
    let session = expect_context::<Session>();
    let act = move |action: Action, motivo: Option<String>, said: RwSignal<String>| {
        spawn_local(async move {
            let input = ActionInput {
                motivo,
                stato_visto: Some(stato),
            };
            let id = id.get_value();
            let result = match action {
                Action::Integrazione => api::call::<Integrate>(&[&id], &[], Some(&input)).await,
                _ => api::call::<Withdraw>(&[&id], &[], Some(&input)).await,
            };
            match session.seen(result) {
                Ok(request) => answer.set(Some(Ok(request))),
                Err(error) => said.set(error.sentence()),
            }
        });
    };
    let forms: Vec<_> = request
        .azioni
        .iter()
        .map(|action| form(*action, stato, act))
        .collect();
    many(vec![(forms).into_any()]).into_any()
}

/// An action with its reason or its confirmation. Shared with the desk.
pub(super) fn form(
    action: Action,
    stato: Stato,
    act: impl Fn(Action, Option<String>, RwSignal<String>) + Copy + Send + 'static,
) -> AnyView {
    let said = RwSignal::new(String::new());
    let reason = RwSignal::new(String::new());
    let asked = RwSignal::new(action.needs_reason() && !matches!(stato, Stato::InCarico));
    let error_id = [action.as_str(), "-error"].concat();
    let area_id = StoredValue::new(["motivo-", action.as_str()].concat());
    let press = move |_| {
        if !asked.get_untracked() && (action.needs_reason() || action == Action::Ritiro) {
            asked.set(true);
            return;
        }
        let text = reason.get_untracked().trim().to_owned();
        if action.needs_reason() && text.chars().count() < 10 {
            said.set(
                tr(
                    "ui/action/reason_missing",
                    "Scrivi almeno 10 caratteri: chi legge deve capire il perché.",
                )
                .to_owned(),
            );
            if let Some(area) = browser::by_id(&area_id.get_value()) {
                browser::focus(&area);
            }
            return;
        }
        said.set(String::new());
        act(action, (!text.is_empty()).then_some(text), said);
    };
    let class = match action {
        Action::Ritiro | Action::Respingi => "btn btn-outline-danger",
        Action::Preavviso | Action::RichiediIntegrazione => "btn btn-outline-primary",
        _ => "btn btn-primary",
    };
    let described = error_id.clone();
    let extra = move || {
        asked.get().then(|| {
            if action == Action::Ritiro {
                return el("p")
.with(tr("ui/action/withdraw_sure", "Se la ritiri, la pratica finisce qui e perde effetto. Premi di nuovo per confermare.")).into_any();
            }
            el("div").at("class", "field")
.with(el("label").at("class", "field-label").at("for", area_id.get_value())
.with(reason_label(action)))
.with(el("textarea").at("id", area_id.get_value()).at("maxlength", "2000").at("class", "form-control").at("aria-describedby", described.clone()).on("input", move |event| reason.set(event_target_value(&event))))
            .into_any()
        })
    };
    let message = move || {
        let text = said.get();
        (!text.is_empty()).then(|| {
            el("p")
                .at("class", "field-error")
                .with(ui::icon("it-error"))
                .with(text)
                .into_any()
        })
    };
    el("div")
        .at("class", "mb-4")
        .with(el("div").at("role", "status").with(extra))
        .with(
            el("div")
                .at("id", error_id)
                .at("role", "alert")
                .with(message),
        )
        .with(
            el("button")
                .at("type", "button")
                .at("class", class)
                .on("click", press)
                .with(texts::action(action)),
        )
        .into_any()
}

fn reason_label(action: Action) -> &'static str {
    match action {
        Action::Integrazione => tr("ui/action/reason/answer", "La tua risposta"),
        Action::RichiediIntegrazione => tr("ui/action/reason/missing", "Che cosa manca"),
        _ => tr("ui/action/reason/why", "Il motivo"),
    }
}
