// SPDX-License-Identifier: EUPL-1.2
//! The desk of the operator: the queue with its filters in the address, and one request with what may be done with it.

use contract::{
    endpoint::{AskIntegration, DeskPratica, GiveNotice, Grant, Queue, Refuse, TakeCharge},
    pratica::{Action, ActionInput, Pratica, Stato},
    services,
};
use leptos::{prelude::*, task::spawn_local};
use leptos_router::hooks::use_location;

use super::{area::{service_name, signed_in}, request::{form, timeline}};
use crate::{
    api::{self, CallError},
    browser, dates, flow_page, places, routes,
    session::Session,
    shell,
    texts::{self, tr},
    ui,
};

/// The queue.
pub(super) fn queue() -> AnyView {
    let body = signed_in(|| {
        let session = expect_context::<Session>();
        let search = use_location().search;
        let answer = RwSignal::new(None);
        let ask = move || {
            let query = search.get_untracked();
            spawn_local(async move {
                answer.set(Some(session.seen(api::call::<Queue>(&[], &query, None).await)));
            });
        };
        Effect::new(move |before: Option<String>| {
            let now = search.get();
            if before.is_some_and(|before| before != now) {
                ask();
            }
            now
        });
        view! { {filters()}{ui::answered(answer, ask, |requests: Vec<Pratica>| table(&requests))} }.into_any()
    });
    ui::page(&[], tr("ui/desk/title", "Sportello operatori"), body)
}

fn given(name: &str) -> String {
    let search = window().location().search().unwrap_or_default();
    web_sys::UrlSearchParams::new_with_str(&search).ok().and_then(|query| query.get(name)).unwrap_or_default()
}

fn filters() -> AnyView {
    let (stato, servizio, q) = (RwSignal::new(given("stato")), RwSignal::new(given("servizio")), RwSignal::new(given("q")));
    let option = |value: &str, label: String, chosen: &str| {
        let selected = value == chosen;
        view! { <option value=value.to_owned() selected=selected>{label}</option> }.into_any()
    };
    let all = || tr("ui/desk/all", "Tutti").to_owned();
    let states: Vec<_> = Stato::ALL.iter().map(|known| option(known.as_str(), texts::stato(*known).to_owned(), &stato.get_untracked())).collect();
    let kinds: Vec<_> = services::ALL.iter().map(|known| option(known.slug, service_name(known.slug), &servizio.get_untracked())).collect();
    let look = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let parts: Vec<String> = [("stato", stato), ("servizio", servizio), ("q", q)]
            .iter()
            .filter(|(_, value)| !value.get_untracked().is_empty())
            .map(|(name, value)| [name, "=", &browser::encode(value.get_untracked().trim())].concat())
            .collect();
        routes::go(&["/sportello?", &parts.join("&")].concat(), false);
    };
    view! {
        <form class="desk-filters" role="search" on:submit=look>
            <div class="field">
                <label class="field-label" for="stato">{tr("ui/desk/state", "Stato")}</label>
                <select id="stato" on:change=move |event| stato.set(event_target_value(&event))>{option("", all(), "-")}{states}</select>
            </div>
            <div class="field">
                <label class="field-label" for="servizio">{tr("ui/desk/service", "Servizio")}</label>
                <select id="servizio" on:change=move |event| servizio.set(event_target_value(&event))>{option("", all(), "-")}{kinds}</select>
            </div>
            <div class="field">
                <label class="field-label" for="q">{tr("ui/desk/search", "Protocollo, nome o codice fiscale")}</label>
                <input id="q" type="search" class="form-control" prop:value=q.get_untracked() on:input=move |event| q.set(event_target_value(&event))/>
            </div>
            <button type="submit" class="btn btn-primary">{tr("ui/desk/look", "Cerca")}</button>
        </form>
    }
    .into_any()
}

fn table(requests: &[Pratica]) -> AnyView {
    if requests.is_empty() {
        return view! { <p role="status">{tr("ui/desk/empty", "Nessuna pratica con questi filtri.")}</p> }.into_any();
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
    let rows: Vec<_> = requests.iter().map(|request| table_row(request, &head, today)).collect();
    let columns: Vec<_> = head.iter().map(|name| view! { <th scope="col">{*name}</th> }.into_any()).collect();
    let count = texts::with(tr("ui/desk/count", "Pratiche trovate: {valore}"), &requests.len().to_string());
    view! {
        <div class="table-scroll">
            <table class="desk-table">
                <caption>{count}</caption>
                <thead><tr>{columns}</tr></thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
    .into_any()
}

fn table_row(request: &Pratica, head: &[&'static str; 6], today: jiff::civil::Date) -> AnyView {
    let address = ["/sportello/pratiche/", &request.id].concat();
    let late = !request.stato.is_final() && request.termine_il < today;
    let class = if late { "late" } else { "" };
    let late_said = late.then(|| tr("ui/desk/late", " (scaduta)"));
    let who = request.cittadino.as_ref().map(|c| [c.cognome.as_str(), " ", &c.nome].concat()).unwrap_or_default();
    view! {
        <tr>
            <th scope="row" data-label=head[0]>{ui::link(&address, "", request.protocollo.clone())}</th>
            <td data-label=head[1]>{who}</td>
            <td data-label=head[2]>{service_name(&request.servizio)}</td>
            <td data-label=head[3]>{ui::state_chip(request.stato)}</td>
            <td data-label=head[4]>{dates::instant(&request.presentata_il)}</td>
            <td data-label=head[5] class=class>{dates::day(request.termine_il)}{late_said}</td>
        </tr>
    }
    .into_any()
}

/// One request.
pub(super) fn case(id: &str) -> AnyView {
    let id = StoredValue::new(id.to_owned());
    let body = signed_in(move || {
        let session = expect_context::<Session>();
        let answer = RwSignal::new(None);
        let ask = move || {
            spawn_local(async move {
                places::load().await;
                let id = id.get_value();
                answer.set(Some(session.seen(api::call::<DeskPratica>(&[&id], "", None).await)));
                shell::arrived("", false);
            });
        };
        ui::answered(answer, ask, move |request| draw(&request, answer, ask))
    });
    let way = [("/sportello", tr("ui/desk/title", "Sportello operatori"))];
    view! { <div class="container py-4">{ui::breadcrumb(&way, tr("ui/desk/case", "Pratica"))}{body}</div> }.into_any()
}

type Answer = RwSignal<Option<Result<Pratica, CallError>>>;

fn draw(request: &Pratica, answer: Answer, ask: impl Fn() + Copy + Send + Sync + 'static) -> AnyView {
    let title = texts::with(tr("ui/request/protocollo", "Protocollo {valore}"), &request.protocollo);
    let person = request.cittadino.as_ref().map(|citizen| {
        let name = [citizen.nome.as_str(), " ", &citizen.cognome].concat();
        view! {
            {ui::row(tr("ui/data/name", "Nome e cognome"), name)}
            {ui::row(tr("ui/data/codice_fiscale", "Codice fiscale"), citizen.codice_fiscale.clone())}
        }
        .into_any()
    });
    view! {
        <h1>{title}</h1>
        <p>{ui::state_chip(request.stato)}</p>
        <div class="desk-case">
            <div>
                <dl class="fact-list">
                    {person}
                    {ui::row(tr("ui/desk/service", "Servizio"), service_name(&request.servizio))}
                    {ui::row(tr("ui/desk/presented", "Inviata il"), dates::instant(&request.presentata_il))}
                    {ui::row(tr("ui/desk/term", "Scade il"), dates::day(request.termine_il))}
                </dl>
                <h2>{tr("ui/desk/answers", "Risposte")}</h2>
                {answers(request)}
            </div>
            <div>
                <h2>{tr("ui/desk/actions", "Cosa puoi fare")}</h2>
                {actions(request, answer, ask)}
                <h2>{tr("ui/request/history", "Che cosa è successo")}</h2>
                {timeline(&request.eventi)}
            </div>
        </div>
    }
    .into_any()
}

fn answers(request: &Pratica) -> AnyView {
    let Some(service) = services::find(&request.servizio) else { return ().into_any() };
    let fields = service.steps.iter().filter(|step| step.repeat.is_none()).flat_map(|step| step.fields);
    let rows: Vec<_> = fields
        .filter(|field| request.risposte.get(field.id).is_some())
        .map(|field| {
            let label = texts::field(service, field, "label", field.label);
            view! { <div><dt>{label}</dt><dd>{flow_page::shown(service, field, &request.risposte)}</dd></div> }.into_any()
        })
        .collect();
    view! { <dl class="summary-list">{rows}</dl> }.into_any()
}

fn actions(request: &Pratica, answer: Answer, ask: impl Fn() + Copy + Send + Sync + 'static) -> AnyView {
    if request.azioni.is_empty() {
        return view! { <p>{tr("ui/desk/no_actions", "Per ora niente: tocca al cittadino, o la pratica è conclusa.")}</p> }.into_any();
    }
    let (id, stato) = (StoredValue::new(request.id.clone()), request.stato);
    let session = expect_context::<Session>();
    let moved = RwSignal::new(false);
    let act = move |action: Action, motivo: Option<String>, said: RwSignal<String>| {
        spawn_local(async move {
            let input = ActionInput { motivo, stato_visto: Some(stato) };
            match session.seen(send(action, &id.get_value(), &input).await) {
                Ok(request) => answer.set(Some(Ok(request))),
                Err(error) if error.status() == 409 => moved.set(true),
                Err(error) => said.set(error.sentence()),
            }
        });
    };
    let forms: Vec<_> = request.azioni.iter().map(|action| form(*action, stato, act)).collect();
    let conflict = move || {
        moved.get().then(|| {
            view! {
                <div class="notice warning">
                    <p>{tr("ui/desk/conflict", "Nel frattempo un collega ha lavorato su questa pratica. Non abbiamo cambiato niente: guarda come sta ora.")}</p>
                    <button type="button" class="btn btn-primary" on:click=move |_| ask()>{tr("ui/desk/reload", "Ricarica la pratica")}</button>
                </div>
            }
            .into_any()
        })
    };
    view! { <div role="alert">{conflict}</div>{forms} }.into_any()
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
