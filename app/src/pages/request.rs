// SPDX-License-Identifier: EUPL-1.2
//! One request of the person: where it stands, what is due, papers, history, and what may be done with it now.

use contract::{
    endpoint::{Integrate, MyPratica, Withdraw},
    pratica::{Action, ActionInput, Evento, Pratica, Stato},
};
use leptos::{prelude::*, task::spawn_local};

use super::area::{due, service_name, signed_in};
use crate::{api::{self, CallError}, browser, dates, session::Session, shell, texts::{self, tr}, ui};

type Answer = RwSignal<Option<Result<Pratica, CallError>>>;

/// The page.
pub(super) fn page(id: &str) -> AnyView {
    let id = StoredValue::new(id.to_owned());
    let body = signed_in(move || {
        let session = expect_context::<Session>();
        let answer: Answer = RwSignal::new(None);
        let ask = move || {
            spawn_local(async move {
                let id = id.get_value();
                answer.set(Some(session.seen(api::call::<MyPratica>(&[&id], "", None).await)));
                shell::arrived("", false);
            });
        };
        ui::answered(answer, ask, move |request| draw(&request, answer))
    });
    view! { <div class="container py-4">{ui::breadcrumb(&ui::area_way(), tr("ui/request/title", "La tua pratica"))}{body}</div> }
        .into_any()
}

fn draw(request: &Pratica, answer: Answer) -> AnyView {
    let sent = browser::here().ends_with("?inviata=1");
    let title = service_name(&request.servizio);
    let head = if sent { confirmation(request) } else { view! { <h1>{title}</h1><p>{ui::state_chip(request.stato)}</p> }.into_any() };
    view! {
        {head}
        {deadline(request)}
        <dl class="fact-list">
            {ui::row(tr("ui/request/number", "Numero di protocollo"), request.protocollo.clone())}
            {ui::row(tr("ui/request/when", "Inviata il"), dates::instant(&request.presentata_il))}
            {ui::row(tr("ui/request/term", "Il Centro per l'impiego conclude entro il"), dates::day(request.termine_il))}
            {ui::row(tr("ui/request/office", "Ufficio"), request.ufficio.clone())}
            {ui::row(tr("ui/request/responsible", "Responsabile"), request.responsabile.clone())}
            {request.identificativo_did.clone().map(|id| ui::row(tr("ui/request/did", "Identificativo nazionale della DID"), id))}
        </dl>
        <h2>{tr("ui/request/papers", "Documenti")}</h2>
        <ul>
            <li>{paper(request, "/ricevuta.pdf", tr("ui/request/receipt", "Scarica la ricevuta (PDF)"))}</li>
            <li>{paper(request, "/documento.pdf", tr("ui/request/document", "Scarica la tua dichiarazione (PDF)"))}</li>
            <li>{paper(request, "/scadenza.ics", tr("ui/request/calendar", "Metti la scadenza nel calendario (ICS)"))}</li>
        </ul>
        {actions(request, answer)}
        <h2>{tr("ui/request/history", "Che cosa è successo")}</h2>
        {timeline(&request.eventi)}
        <p>{ui::link("/aiuto", "", tr("ui/flow/help", "Ti serve aiuto? Parla con il Centro per l'impiego"))}</p>
    }
    .into_any()
}

fn paper(request: &Pratica, file: &str, label: &'static str) -> AnyView {
    ui::link(&["/api/pratiche/", &request.id, file].concat(), "", label)
}

fn confirmation(request: &Pratica) -> AnyView {
    view! {
        <div class="confirmation">
            <h1>{tr("ui/sent/title", "Abbiamo ricevuto la tua richiesta")}</h1>
            <p>{service_name(&request.servizio)}</p>
            <p>{tr("ui/request/number", "Numero di protocollo")}<br/><span class="protocollo">{request.protocollo.clone()}</span></p>
            <p>{tr("ui/sent/next", "La ricevuta è qui sotto e resta nella tua area personale. Ti abbiamo mandato anche un messaggio.")}</p>
        </div>
    }
    .into_any()
}

fn deadline(request: &Pratica) -> Option<AnyView> {
    let (day, what) = due(request)?;
    let until = texts::with(tr("ui/deadline/until", "Entro il {valore}"), &dates::day(day));
    Some(view! { <p class="notice warning"><strong>{until}</strong>": "{what}</p> }.into_any())
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
            let who = if event.chi == "cittadino" { tr("ui/request/citizen", "cittadino").to_owned() } else { event.chi.clone() };
            view! {
                <li class=class aria-current=current.then_some("step")>
                    <strong>{texts::stato(event.stato)}</strong>
                    <time datetime=event.quando.clone()>{dates::instant(&event.quando)}", "{who}</time>
                    {event.motivo.clone().map(|reason| view! { <p class="mb-0">{reason}</p> }.into_any())}
                </li>
            }
            .into_any()
        })
        .collect();
    view! { <ol class="request-timeline">{items}</ol> }.into_any()
}

fn actions(request: &Pratica, answer: Answer) -> AnyView {
    let (id, stato) = (StoredValue::new(request.id.clone()), request.stato);
    let session = expect_context::<Session>();
    let act = move |action: Action, motivo: Option<String>, said: RwSignal<String>| {
        spawn_local(async move {
            let input = ActionInput { motivo, stato_visto: Some(stato) };
            let id = id.get_value();
            let result = match action {
                Action::Integrazione => api::call::<Integrate>(&[&id], "", Some(&input)).await,
                _ => api::call::<Withdraw>(&[&id], "", Some(&input)).await,
            };
            match session.seen(result) {
                Ok(request) => answer.set(Some(Ok(request))),
                Err(error) => said.set(error.sentence()),
            }
        });
    };
    let forms: Vec<_> = request.azioni.iter().map(|action| form(*action, stato, act)).collect();
    view! { {forms} }.into_any()
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
            said.set(tr("ui/action/reason_missing", "Scrivi almeno 10 caratteri: chi legge deve capire il perché.").to_owned());
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
                return view! { <p>{tr("ui/action/withdraw_sure", "Se la ritiri, la pratica finisce qui e perde effetto. Premi di nuovo per confermare.")}</p> }.into_any();
            }
            view! {
                <div class="field">
                    <label class="field-label" for=area_id.get_value()>{reason_label(action)}</label>
                    <textarea id=area_id.get_value() maxlength="2000" class="form-control" aria-describedby=described.clone()
                        on:input=move |event| reason.set(event_target_value(&event))></textarea>
                </div>
            }
            .into_any()
        })
    };
    let message = move || {
        let text = said.get();
        (!text.is_empty()).then(|| view! { <p class="field-error">{ui::icon("it-error")}{text}</p> }.into_any())
    };
    view! {
        <div class="mb-4">
            <div role="status">{extra}</div>
            <div id=error_id role="alert">{message}</div>
            <button type="button" class=class on:click=press>{texts::action(action)}</button>
        </div>
    }
    .into_any()
}

fn reason_label(action: Action) -> &'static str {
    match action {
        Action::Integrazione => tr("ui/action/reason/answer", "La tua risposta"),
        Action::RichiediIntegrazione => tr("ui/action/reason/missing", "Che cosa manca"),
        _ => tr("ui/action/reason/why", "Il motivo"),
    }
}
