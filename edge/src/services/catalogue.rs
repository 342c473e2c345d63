// SPDX-License-Identifier: EUPL-1.2
//! The catalogue as JSON: what each service asks, with its code lists, and the OpenAPI document of everything.

use std::sync::OnceLock;

use contract::endpoint::ServiceInBrief;
use contract::flow;
use contract::service::{Choice, Exit, Field, Kind, Service};
use contract::services;
use contract::texts;
use contract::values::place::Places;
use serde_json::{Value, json};

use crate::ctx::Ctx;
use crate::error::Error;
use crate::http::{Reply, Request};
use crate::texts::Language;

/// Comuni and States: read once an instance, never changed.
pub(crate) fn places(_ctx: &Ctx) -> &'static Places<'static> {
    static PLACES: OnceLock<Places<'static>> = OnceLock::new();
    PLACES.get_or_init(|| {
        Places::parse(include_str!("../../../public/data/luoghi.txt"))
            .expect("a test reads the file that is built in")
    })
}

/// `GET /api/servizi`.
pub(crate) fn list(request: &Request) -> Reply {
    let language = Language::asked(request.header("accept-language").as_deref());
    let all: Vec<ServiceInBrief> = services::ALL
        .iter()
        .map(|service| ServiceInBrief {
            slug: service.slug.into(),
            nome: language
                .text(&texts::service_key(service, "name"), service.name)
                .into(),
            descrizione: language
                .text(&texts::service_key(service, "summary"), service.summary)
                .into(),
            versione: service.version,
        })
        .collect();
    Reply::json(200, &all).header("cache-control", "public, max-age=300")
}

/// `GET /api/servizi/{slug}`.
pub(crate) fn definition(ctx: &Ctx, slug: &str, request: &Request) -> Result<Reply, Error> {
    let service = super::find(ctx, slug).ok_or(Error::NotFound)?;
    let language = Language::asked(request.header("accept-language").as_deref());
    Ok(Reply::json(200, &describe(service, language))
        .header("cache-control", "public, max-age=300"))
}

fn describe(service: &Service, language: Language) -> Value {
    let steps: Vec<Value> = service
        .steps
        .iter()
        .map(|step| {
            let fields: Vec<Value> = step.fields.iter().map(|field| describe_field(service, field, language)).collect();
            json!({
                "slug": step.slug,
                "titolo": language.text(&texts::step_key(service, step, "title"), step.title),
                "condizionale": step.when.is_some(),
                "ripetibile": step.repeat.as_ref().map(|repeat| json!({ "campo": repeat.id, "minimo": repeat.min, "massimo": repeat.max })),
                "campi": fields,
                "uscite": exits(service, step.exits, language),
            })
        })
        .collect();
    json!({
        "slug": service.slug,
        "nome": language.text(&texts::service_key(service, "name"), service.name),
        "descrizione": language.text(&texts::service_key(service, "summary"), service.summary),
        "versione": service.version,
        "termine_giorni": service.term_days,
        "blocchi": exits(service, service.blocks, language),
        "passi": steps,
    })
}

fn exits(service: &Service, exits: &[Exit], language: Language) -> Vec<Value> {
    exits
        .iter()
        .map(|exit| json!({ "codice": exit.id, "titolo": language.text(&texts::exit_key(service, exit, "title"), exit.title) }))
        .collect()
}

fn describe_field(service: &Service, field: &Field, language: Language) -> Value {
    let entry = |choice: &Choice| {
        json!({
            "codice": choice.code,
            "etichetta": language.text(&texts::choice_key(service, field, choice.code, "label"), choice.label),
        })
    };
    let mut value = json!({
        "id": field.id,
        "tipo": field.kind.as_str(),
        "etichetta": language.text(&texts::field_key(service, field, "label"), field.label),
        "obbligatorio": field.required,
        "condizionale": field.when.is_some(),
    });
    match field.kind {
        Kind::Choice(list) | Kind::Many(list) => {
            value["opzioni"] = list.iter().map(entry).collect()
        }
        Kind::YesNo => {
            value["opzioni"] = json!([{ "codice": "si", "etichetta": "Sì" }, { "codice": "no", "etichetta": "No" }])
        }
        Kind::Declaration => value["opzioni"] = json!([{ "codice": "si", "etichetta": "Sì" }]),
        Kind::Number(least, most) => {
            value["minimo"] = least.into();
            value["massimo"] = most.into();
        }
        Kind::Text(most) | Kind::LongText(most) => value["massimo_caratteri"] = most.into(),
        Kind::Comune => {
            value["formato"] = "codice Belfiore di un comune attuale, per esempio A944".into()
        }
        Kind::State => {
            value["formato"] =
                "000 per l'Italia, o il codice Belfiore dello Stato, per esempio Z129".into()
        }
        Kind::Date => value["formato"] = "AAAA-MM-GG".into(),
        Kind::Money(_) => value["formato"] = "euro con due decimali, per esempio 8500.00".into(),
        _ => {}
    }
    value
}

/// `GET /api/openapi.json`.
pub(crate) fn openapi(ctx: &Ctx) -> Reply {
    static DOCUMENT: OnceLock<Value> = OnceLock::new();
    let mut document = DOCUMENT
        .get_or_init(|| {
            serde_json::from_str(include_str!("../../openapi.json")).unwrap_or_default()
        })
        .clone();
    document["servers"] = json!([{
        "url": ctx.config.indirizzo_pubblico,
        "description": "Questa installazione",
        "x-sandbox": ctx.config.ambiente == "prova",
    }]);
    Reply::json(200, &document).header("cache-control", "public, max-age=300")
}

/// The question and the answer as people read them, for documents.
pub(crate) fn rows(
    ctx: &Ctx,
    service: &Service,
    step: &str,
    answers: &contract::answers::Answers,
) -> Vec<(String, String)> {
    let Some(step) = service
        .steps
        .iter()
        .find(|candidate| candidate.slug == step)
    else {
        return Vec::new();
    };
    let given = |field: &&Field| answers.get(field.id).is_some();
    step.fields
        .iter()
        .filter(given)
        .filter_map(|field| {
            let answer = flow::normal(field, answers.get(field.id)?);
            Some((
                field.label.to_owned(),
                texts::shown_answer(field, &answer, Some(places(ctx))),
            ))
        })
        .collect()
}
