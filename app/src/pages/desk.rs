// SPDX-License-Identifier: EUPL-1.2
//! The desk of the operator: the queue, and one request with what may be done with it.

mod queue;
mod refusal;

use crate::dom::*;
use contract::{
    answers::Answers,
    endpoint::{AskIntegration, DeskPratica, GiveNotice, Grant, Refuse, TakeCharge},
    pratica::{Action, ActionInput, Pratica},
    service::{Kind, Service, Step},
    services,
};
use leptos::task::spawn_local;

pub(crate) use queue::queue;

use super::{
    area::{service_name, signed_in_page},
    request::{files, form, timeline},
};
use crate::{
    api::{self, CallError},
    dates, flow_page, places,
    session::Session,
    shell,
    texts::{self, tr},
    ui,
};

/// One request.
pub(crate) fn case(id: &str) -> AnyView {
    let id = StoredValue::new(id.to_owned());
    let title = tr("ui/desk/case", "Pratica");
    let body = signed_in_page(title, move || {
        let session = expect_context::<Session>();
        let answer = RwSignal::new(None);
        let told = RwSignal::new(None);
        let ask = move || {
            spawn_local(async move {
                places::load().await;
                let id = id.get_value();
                answer.set(Some(
                    session.seen(api::call::<DeskPratica>(&[&id], &[], None).await),
                ));
                request_animation_frame(|| shell::arrived("", false));
            });
        };
        ui::answered_page(title, answer, ask, move |request| {
            draw(&request, answer, told, ask)
        })
    });
    let way = [("/sportello", tr("ui/desk/title", "Sportello operatori"))];
    el("div")
        .at("class", "container py-4")
        .with(ui::breadcrumb(&way, title))
        .with(body)
        .into_any()
}

type Answer = RwSignal<Option<Result<Pratica, CallError>>>;

fn draw(
    request: &Pratica,
    answer: Answer,
    told: refusal::Told,
    ask: impl Fn() + Copy + Send + Sync + 'static,
) -> AnyView {
    let title = texts::with(
        tr("ui/request/protocollo", "Protocollo {valore}"),
        &request.protocollo,
    );
    // What is to be done stands before what was answered and what has happened, for eyes and for readers alike.
    let now = if request.rifiuto_nodo.is_some() {
        "desk-now refused"
    } else {
        "desk-now"
    };
    many(vec![
        el("h1").with(title).into_any(),
        el("p").with(ui::state_chip(request.stato)).into_any(),
        facts(request),
        el("div")
            .at("class", now)
            .with(refusal::notice(request, answer, told))
            .with(
                el("section")
                    .at("class", "desk-actions")
                    .at("aria-labelledby", "azioni")
                    .with(
                        el("h2")
                            .at("class", "h5")
                            .at("id", "azioni")
                            .with(tr("ui/desk/actions", "Cosa puoi fare")),
                    )
                    .with(actions(request, answer, ask)),
            )
            .into_any(),
        el("div")
            .at("class", "desk-case")
            .with(
                el("div")
                    .with(el("h2").with(tr("ui/desk/answers", "Risposte")))
                    .with(answers(request)),
            )
            .with(
                el("div")
                    .with(el("h2").with(tr("ui/request/history", "Che cosa è successo")))
                    .with(timeline(&request.eventi)),
            )
            .into_any(),
    ])
    .into_any()
}

/// Whose request it is, what about and until when.
fn facts(request: &Pratica) -> AnyView {
    let fact = |name: &'static str, value: String| el("div").with(ui::row(name, value)).into_any();
    let person = request.cittadino.as_ref().map(|citizen| {
        let name = [citizen.nome.as_str(), " ", &citizen.cognome].concat();
        many(vec![
            fact(tr("ui/data/name", "Nome e cognome"), name),
            fact(
                tr("ui/data/codice_fiscale", "Codice fiscale"),
                citizen.codice_fiscale.clone(),
            ),
        ])
        .into_any()
    });
    el("dl")
        .at("class", "desk-facts")
        .with(person)
        .with(fact(
            tr("ui/desk/service", "Servizio"),
            service_name(&request.servizio),
        ))
        .with(fact(
            tr("ui/desk/presented", "Inviata il"),
            dates::instant(&request.presentata_il),
        ))
        .with(fact(
            tr("ui/desk/term", "Scade il"),
            dates::day(request.termine_il),
        ))
        .into_any()
}

fn answers(request: &Pratica) -> AnyView {
    let Some(service) = services::find(&request.servizio) else {
        return ().into_any();
    };
    let mut rows = Vec::new();
    for step in service.steps {
        match &step.repeat {
            None => rows.extend(answers_of(request, service, step, &request.risposte, "")),
            Some(repeat) => {
                for (index, item) in request.risposte.items(repeat.id).iter().enumerate() {
                    let name = texts::step(service, step, "item", repeat.item);
                    let name = [name, " ", &(index + 1).to_string(), ": "].concat();
                    rows.extend(answers_of(request, service, step, item, &name));
                }
            }
        }
    }
    el("dl").at("class", "summary-list").with(rows).into_any()
}

fn answers_of(
    request: &Pratica,
    service: &'static Service,
    step: &'static Step,
    answers: &Answers,
    before: &str,
) -> Vec<AnyView> {
    let given = step
        .fields
        .iter()
        .filter(|field| answers.get(field.id).is_some());
    given
        .map(|field| {
            let label = texts::field(service, field, "label", field.label);
            let answer = match field.kind {
                Kind::File(_) => {
                    let id = answers.text(field.id).unwrap_or_default();
                    let own = request.allegati.iter().filter(|file| file.id == id);
                    let own: Vec<_> = own.cloned().collect();
                    el("ul").at("class", "mb-0").with(files(&own)).into_any()
                }
                _ => flow_page::shown(service, field, answers).into_any(),
            };
            el("div")
                .with(el("dt").with([before, label].concat()))
                .with(el("dd").with(answer))
                .into_any()
        })
        .collect()
}

fn actions(
    request: &Pratica,
    answer: Answer,
    ask: impl Fn() + Copy + Send + Sync + 'static,
) -> AnyView {
    if request.azioni.is_empty() {
        return el("p")
            .with(tr(
                "ui/desk/no_actions",
                "Per ora niente: tocca al cittadino, o la pratica è conclusa.",
            ))
            .into_any();
    }
    let (id, stato) = (StoredValue::new(request.id.clone()), request.stato);
    let session = expect_context::<Session>();
    let moved = RwSignal::new(false);
    let act = move |action: Action, motivo: Option<String>, said: RwSignal<String>| {
        spawn_local(async move {
            let input = ActionInput {
                motivo,
                stato_visto: Some(stato),
            };
            match session.seen(send(action, &id.get_value(), &input).await) {
                Ok(request) => answer.set(Some(Ok(request))),
                Err(error) if error.status() == 409 => moved.set(true),
                Err(error) => said.set(error.sentence()),
            }
        });
    };
    let forms: Vec<_> = request
        .azioni
        .iter()
        .map(|action| form(*action, stato, act))
        .collect();
    let conflict = move || {
        moved.get().then(|| {
            el("div").at("class", "notice warning")
.with(el("p")
.with(tr("ui/desk/conflict", "Nel frattempo un collega ha lavorato su questa pratica. Non abbiamo cambiato niente: guarda come sta ora.")))
.with(el("button").at("type", "button").at("class", "btn btn-primary").on("click", move |_| ask())
.with(tr("ui/desk/reload", "Ricarica la pratica")))
            .into_any()
        })
    };
    many(vec![
        el("div").at("role", "alert").with(conflict).into_any(),
        el("div").at("class", "desk-choices").with(forms).into_any(),
    ])
    .into_any()
}

async fn send(action: Action, id: &str, input: &ActionInput) -> Result<Pratica, CallError> {
    let params = [id];
    match action {
        Action::PrendiInCarico => api::call::<TakeCharge>(&params, &[], Some(input)).await,
        Action::RichiediIntegrazione => {
            api::call::<AskIntegration>(&params, &[], Some(input)).await
        }
        Action::Preavviso => api::call::<GiveNotice>(&params, &[], Some(input)).await,
        Action::Accogli => api::call::<Grant>(&params, &[], Some(input)).await,
        Action::Respingi => api::call::<Refuse>(&params, &[], Some(input)).await,
        // These two belong to the citizen: the table never offers them to an operator.
        Action::Integrazione | Action::Ritiro => Err(CallError::Unreadable),
    }
}
