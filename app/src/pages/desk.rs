// SPDX-License-Identifier: EUPL-1.2
//! The desk of the operator: the queue with its filters in the address, and one request with what may be done with it.

use crate::dom::*;
use contract::{
    answers::Answers,
    endpoint::{AskIntegration, DeskPratica, GiveNotice, Grant, Queue, Refuse, TakeCharge},
    pratica::{Action, ActionInput, Pratica, Stato},
    service::{Kind, Service, Step},
    services,
};
use leptos::task::spawn_local;
use leptos_router::hooks::use_location;

use super::{
    area::{service_name, signed_in},
    request::{files, form, timeline},
};
use crate::{
    api::{self, CallError},
    browser, dates, flow_page, places, routes,
    session::Session,
    shell,
    texts::{self, tr},
    ui,
};

/// The queue.
pub(crate) fn queue() -> AnyView {
    let body = signed_in(|| {
        let session = expect_context::<Session>();
        let search = use_location().search;
        let answer = RwSignal::new(None);
        let ask = move || {
            let query = search.get_untracked();
            spawn_local(async move {
                answer.set(Some(
                    session.seen(api::call::<Queue>(&[], &query, None).await),
                ));
            });
        };
        Effect::new(move |before: Option<String>| {
            let now = search.get();
            if before.is_some_and(|before| before != now) {
                ask();
            }
            now
        });
        many(vec![
            el("p")
                .with(ui::link(
                    "/sportello/agenda",
                    "btn btn-outline-primary",
                    tr("ui/agenda/title", "Agenda dell'ufficio"),
                ))
                .into_any(),
            (filters()).into_any(),
            (ui::answered(answer, ask, |requests: Vec<Pratica>| table(&requests))).into_any(),
        ])
        .into_any()
    });
    ui::page(&[], tr("ui/desk/title", "Sportello operatori"), body)
}

fn given(name: &str) -> String {
    let search = window().location().search().unwrap_or_default();
    web_sys::UrlSearchParams::new_with_str(&search)
        .ok()
        .and_then(|query| query.get(name))
        .unwrap_or_default()
}

fn filters() -> AnyView {
    let (stato, servizio, q) = (
        RwSignal::new(given("stato")),
        RwSignal::new(given("servizio")),
        RwSignal::new(given("q")),
    );
    let option = |value: &str, label: String, chosen: &str| {
        let selected = value == chosen;
        el("option")
            .at("value", value.to_owned())
            .at("selected", selected)
            .with(label)
            .into_any()
    };
    let all = || tr("ui/desk/all", "Tutti").to_owned();
    let states: Vec<_> = Stato::ALL
        .iter()
        .map(|known| {
            option(
                known.as_str(),
                texts::stato(*known).to_owned(),
                &stato.get_untracked(),
            )
        })
        .collect();
    let kinds: Vec<_> = services::ALL
        .iter()
        .map(|known| {
            option(
                known.slug,
                service_name(known.slug),
                &servizio.get_untracked(),
            )
        })
        .collect();
    let look = move |event: web_sys::Event| {
        event.prevent_default();
        let parts: Vec<String> = [("stato", stato), ("servizio", servizio), ("q", q)]
            .iter()
            .filter(|(_, value)| !value.get_untracked().is_empty())
            .map(|(name, value)| {
                [name, "=", &browser::encode(value.get_untracked().trim())].concat()
            })
            .collect();
        routes::go(&["/sportello?", &parts.join("&")].concat(), false);
    };
    el("form")
        .at("class", "desk-filters")
        .at("role", "search")
        .on("submit", look)
        .with(
            el("div")
                .at("class", "field")
                .with(
                    el("label")
                        .at("class", "field-label")
                        .at("for", "stato")
                        .with(tr("ui/desk/state", "Stato")),
                )
                .with(
                    el("select")
                        .at("id", "stato")
                        .on("change", move |event| stato.set(event_target_value(&event)))
                        .with(option("", all(), "-"))
                        .with(states),
                ),
        )
        .with(
            el("div")
                .at("class", "field")
                .with(
                    el("label")
                        .at("class", "field-label")
                        .at("for", "servizio")
                        .with(tr("ui/desk/service", "Servizio")),
                )
                .with(
                    el("select")
                        .at("id", "servizio")
                        .on("change", move |event| {
                            servizio.set(event_target_value(&event))
                        })
                        .with(option("", all(), "-"))
                        .with(kinds),
                ),
        )
        .with(
            el("div")
                .at("class", "field")
                .with(
                    el("label")
                        .at("class", "field-label")
                        .at("for", "q")
                        .with(tr("ui/desk/search", "Protocollo, nome o codice fiscale")),
                )
                .with(
                    el("input")
                        .at("id", "q")
                        .at("type", "search")
                        .at("class", "form-control")
                        .prop("value", q.get_untracked())
                        .on("input", move |event| q.set(event_target_value(&event))),
                ),
        )
        .with(
            el("button")
                .at("type", "submit")
                .at("class", "btn btn-primary")
                .with(tr("ui/desk/look", "Cerca")),
        )
        .into_any()
}

fn table(requests: &[Pratica]) -> AnyView {
    if requests.is_empty() {
        return el("p")
            .at("role", "status")
            .with(tr("ui/desk/empty", "Nessuna pratica con questi filtri."))
            .into_any();
    }
    let head = [
        tr("ui/desk/number", "Protocollo"),
        tr("ui/desk/who", "Chi"),
        tr("ui/desk/service", "Servizio"),
        tr("ui/desk/state", "Stato"),
        tr("ui/desk/presented", "Inviata il"),
        tr("ui/desk/term", "Scade il"),
    ];
    let today = dates::today();
    let rows: Vec<_> = requests
        .iter()
        .map(|request| table_row(request, &head, today))
        .collect();
    let columns: Vec<_> = head
        .iter()
        .map(|name| el("th").at("scope", "col").with(*name).into_any())
        .collect();
    let count = texts::with(
        tr("ui/desk/count", "Pratiche trovate: {valore}"),
        &requests.len().to_string(),
    );
    el("div")
        .at("class", "table-scroll")
        .with(
            el("table")
                .at("class", "desk-table")
                .with(el("caption").with(count))
                .with(el("thead").with(el("tr").with(columns)))
                .with(el("tbody").with(rows)),
        )
        .into_any()
}

fn table_row(request: &Pratica, head: &[&'static str; 6], today: jiff::civil::Date) -> AnyView {
    let address = ["/sportello/pratiche/", &request.id].concat();
    let late = !request.stato.is_final() && request.termine_il < today;
    let class = if late { "late" } else { "" };
    let late_said = late.then(|| tr("ui/desk/late", " (scaduta)"));
    let who = request
        .cittadino
        .as_ref()
        .map(|c| [c.cognome.as_str(), " ", &c.nome].concat())
        .unwrap_or_default();
    el("tr")
        .with(
            el("th")
                .at("scope", "row")
                .at("data-label", head[0])
                .with(ui::link(&address, "", request.protocollo.clone())),
        )
        .with(el("td").at("data-label", head[1]).with(who))
        .with(
            el("td")
                .at("data-label", head[2])
                .with(service_name(&request.servizio)),
        )
        .with(
            el("td")
                .at("data-label", head[3])
                .with(ui::state_chip(request.stato)),
        )
        .with(
            el("td")
                .at("data-label", head[4])
                .with(dates::instant(&request.presentata_il)),
        )
        .with(
            el("td")
                .at("data-label", head[5])
                .at("class", class)
                .with(dates::day(request.termine_il))
                .with(late_said),
        )
        .into_any()
}

/// One request.
pub(crate) fn case(id: &str) -> AnyView {
    let id = StoredValue::new(id.to_owned());
    let body = signed_in(move || {
        let session = expect_context::<Session>();
        let answer = RwSignal::new(None);
        let ask = move || {
            spawn_local(async move {
                places::load().await;
                let id = id.get_value();
                answer.set(Some(
                    session.seen(api::call::<DeskPratica>(&[&id], "", None).await),
                ));
                request_animation_frame(|| shell::arrived("", false));
            });
        };
        ui::answered(answer, ask, move |request| draw(&request, answer, ask))
    });
    let way = [("/sportello", tr("ui/desk/title", "Sportello operatori"))];
    el("div")
        .at("class", "container py-4")
        .with(ui::breadcrumb(&way, tr("ui/desk/case", "Pratica")))
        .with(body)
        .into_any()
}

type Answer = RwSignal<Option<Result<Pratica, CallError>>>;

fn draw(
    request: &Pratica,
    answer: Answer,
    ask: impl Fn() + Copy + Send + Sync + 'static,
) -> AnyView {
    let title = texts::with(
        tr("ui/request/protocollo", "Protocollo {valore}"),
        &request.protocollo,
    );
    let person = request.cittadino.as_ref().map(|citizen| {
        let name = [citizen.nome.as_str(), " ", &citizen.cognome].concat();
        many(vec![
            (ui::row(tr("ui/data/name", "Nome e cognome"), name)).into_any(),
            (ui::row(
                tr("ui/data/codice_fiscale", "Codice fiscale"),
                citizen.codice_fiscale.clone(),
            ))
            .into_any(),
        ])
        .into_any()
    });
    many(vec![
        el("h1").with(title).into_any(),
        el("p").with(ui::state_chip(request.stato)).into_any(),
        el("div")
            .at("class", "desk-case")
            .with(
                el("div")
                    .with(
                        el("dl")
                            .at("class", "fact-list")
                            .with(person)
                            .with(ui::row(
                                tr("ui/desk/service", "Servizio"),
                                service_name(&request.servizio),
                            ))
                            .with(ui::row(
                                tr("ui/desk/presented", "Inviata il"),
                                dates::instant(&request.presentata_il),
                            ))
                            .with(ui::row(
                                tr("ui/desk/term", "Scade il"),
                                dates::day(request.termine_il),
                            )),
                    )
                    .with(el("h2").with(tr("ui/desk/answers", "Risposte")))
                    .with(answers(request)),
            )
            .with(
                el("div")
                    .with(el("h2").with(tr("ui/desk/actions", "Cosa puoi fare")))
                    .with(actions(request, answer, ask))
                    .with(el("h2").with(tr("ui/request/history", "Che cosa è successo")))
                    .with(timeline(&request.eventi)),
            )
            .into_any(),
    ])
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
        (forms).into_any(),
    ])
    .into_any()
}

async fn send(action: Action, id: &str, input: &ActionInput) -> Result<Pratica, CallError> {
    let params = [id];
    match action {
        Action::PrendiInCarico => api::call::<TakeCharge>(&params, "", Some(input)).await,
        Action::RichiediIntegrazione => api::call::<AskIntegration>(&params, "", Some(input)).await,
        Action::Preavviso => api::call::<GiveNotice>(&params, "", Some(input)).await,
        Action::Accogli => api::call::<Grant>(&params, "", Some(input)).await,
        Action::Respingi => api::call::<Refuse>(&params, "", Some(input)).await,
        // These two belong to the citizen: the table never offers them to an operator.
        Action::Integrazione | Action::Ritiro => Err(CallError::Unreadable),
    }
}
