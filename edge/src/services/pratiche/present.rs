// SPDX-License-Identifier: EUPL-1.2
//! Presenting a request: checked once more and in full, protocolled, stored once.

use contract::answers::Answers;
use contract::avvisi;
use contract::facts::Facts;
use contract::flow;
use contract::pratica::{Actor, NewPratica, Pratica, Stato, permitted};
use contract::problem::{FieldProblem, Problem};
use contract::service::{Case, Service};
use contract::values::calendar::{Closed, end_of_term};

use super::read::own;
use super::transition::add_event;
use super::{fingerprint, italian_day};
use crate::ctx::Ctx;
use crate::db::{is_second, transaction};
use crate::error::Error;
use crate::http::{Reply, Request};
use crate::idempotency::{self, Key};
use crate::services::effects::{self, Effects};
use crate::services::facts::{self, session};
use crate::services::file::attach;
use crate::services::notices::Notice;
use crate::services::{self, catalogue, notices, offices};

/// What is stored of a request that the rules allow.
struct Ready {
    service: &'static Service,
    answers: Answers,
    files: Vec<attach::Named>,
    office: String,
    responsible: String,
    contact_days: Option<i64>,
}

/// `POST /api/pratiche`.
pub(crate) async fn present(ctx: &Ctx, request: &Request) -> Result<Reply, Error> {
    let new: NewPratica = request.json()?;
    let effects = services::find(ctx, &new.servizio)
        .and_then(|service| effects::of(service.slug))
        .ok_or_else(|| Error::Refused(vec![FieldProblem::new("servizio", Problem::UnknownCode)]))?;
    idempotency::once(
        ctx,
        request,
        async |key| make(ctx, effects, &new, key).await,
        async |id| Ok(created(&own(ctx, id).await?.pratica)),
    )
    .await
}

/// Stores what the rules allow.
async fn make(
    ctx: &Ctx,
    effects: &dyn Effects,
    new: &NewPratica,
    key: Option<&Key>,
) -> Result<Reply, Error> {
    let facts = facts::gather(ctx).await?;
    let ready = ready(ctx, effects, &new.risposte, &facts)?;
    attach::check_all(ctx, &ready.files).await?;
    let id = ctx.token();
    let stored = transaction(&ctx.db, async || {
        let pratica = store(ctx, &id, ready).await?;
        idempotency::answered(ctx, key, &id, created(&pratica)).await
    });
    stored.await.map_err(|error| {
        // Another tab was faster: the store has refused a second DID.
        if is_second(&error, "pratiche") {
            effects.already_there()
        } else {
            error
        }
    })
}

fn created(pratica: &Pratica) -> Reply {
    Reply::json(201, pratica).header("location", &format!("/api/pratiche/{}", pratica.id))
}

/// Everything that the rules say, once more and in full.
fn ready(ctx: &Ctx, effects: &dyn Effects, given: &Answers, facts: &Facts) -> Result<Ready, Error> {
    let service = effects.service();
    let places = catalogue::places(ctx);
    let case = Case {
        answers: given,
        facts,
        places: Some(places),
    };
    let verdict = flow::check(service, case);
    if let Some(exit) = verdict.exit {
        return Err(if exit.field.is_empty() {
            Error::Conflict(exit.id, exit.reason.first().copied().unwrap_or(exit.title))
        } else {
            let mut problems = verdict.problems;
            problems.push(FieldProblem::new(
                exit.field,
                Problem::Rule(exit.id, exit.title),
            ));
            Error::Refused(problems)
        });
    }
    if !verdict.problems.is_empty() {
        return Err(Error::Refused(verdict.problems));
    }
    let answers = flow::prune(service, case);
    let sound = effects
        .read(Case {
            answers: &answers,
            ..case
        })
        .map_err(Error::Refused)?;
    let (office, responsible) = offices::competent(&sound.comune)?;
    Ok(Ready {
        service,
        files: attach::named(service, &answers),
        answers,
        office,
        responsible,
        contact_days: sound.contact_days,
    })
}

/// Writes it, and gives what the store now holds of it, as [`own`] would read it.
async fn store(ctx: &Ctx, id: &str, ready: Ready) -> Result<Pratica, Error> {
    let session = session(ctx)?;
    let person = session.citizen.codice_fiscale.as_str();
    let today = ctx.today();
    let json = serde_json::to_string(&ready.answers).map_err(|_| Error::BadRequest("risposte"))?;
    let identity =
        serde_json::to_string(&session.citizen).map_err(|_| Error::BadRequest("identità"))?;
    let now = ctx.second();
    let mut pratica = Pratica {
        id: id.to_owned(),
        protocollo: protocol(ctx, today.year()).await?,
        servizio: ready.service.slug.to_owned(),
        stato: Stato::Protocollata,
        presentata_il: ctx.rome(now),
        termine_il: end_of_term(today, ready.service.term_days, Closed::default()),
        contatto_entro: ready.contact_days.map(|days| {
            let last = today.checked_add(jiff::Span::new().days(days));
            last.unwrap_or(today)
        }),
        osservazioni_entro: None,
        responsabile: ready.responsible,
        ufficio: ready.office,
        eventi: Vec::new(),
        azioni: permitted(Stato::Protocollata, Actor::Cittadino).collect(),
        risposte: ready.answers,
        cittadino: None,
        identificativo_did: None,
        rifiuto_nodo: None,
        allegati: Vec::new(),
    };
    ctx.db
        .execute(
            "INSERT INTO pratiche (id, servizio, versione, protocollo, codice_fiscale, identita, fornitore, stato, \
             risposte, impronta, presentata, termine, contatto_entro, responsabile, ufficio) \
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15)",
            &[
                id.into(),
                ready.service.slug.into(),
                i64::from(ready.service.version).into(),
                pratica.protocollo.as_str().into(),
                person.into(),
                identity.into(),
                session.provider.as_str().into(),
                pratica.stato.as_str().into(),
                json.as_str().into(),
                fingerprint(json.as_bytes()).into(),
                now.as_second().into(),
                pratica.termine_il.to_string().into(),
                pratica.contatto_entro.map(|day| day.to_string()).into(),
                pratica.responsabile.as_str().into(),
                pratica.ufficio.as_str().into(),
            ],
        )
        .await?;
    pratica.eventi = vec![add_event(ctx, id, "cittadino", pratica.stato, None).await?];
    if !ready.files.is_empty() {
        let reference = format!("pratiche/{id}");
        attach::attach_all(ctx, &ready.files, &reference, &pratica.ufficio).await?;
        pratica.allegati = attach::attached(ctx, &reference).await?;
    }
    ctx.db
        .execute(
            "DELETE FROM bozze WHERE codice_fiscale = ?1 AND servizio = ?2",
            &[person.into(), ready.service.slug.into()],
        )
        .await?;
    notices::write(
        ctx,
        Notice {
            person,
            language: session.language,
            pratica: Some(id),
            appuntamento: None,
            model: avvisi::RICEVUTA,
            values: &[
                ("protocollo", &pratica.protocollo),
                ("giorno", &italian_day(&pratica.termine_il.to_string())),
            ],
            more: "",
        },
    )
    .await?;
    Ok(pratica)
}

/// The next number of the year: inside the caller's transaction, so that no number is lost or given twice.
async fn protocol(ctx: &Ctx, year: i16) -> Result<String, Error> {
    let rows = ctx
        .db
        .query(
            "INSERT INTO protocollo (anno, ultimo) VALUES (?1, 1) \
             ON CONFLICT (anno) DO UPDATE SET ultimo = ultimo + 1 RETURNING ultimo",
            &[i64::from(year).into()],
        )
        .await?;
    let number = rows
        .first()
        .ok_or_else(|| Error::Db("no protocol number".into()))?
        .integer(0)?;
    Ok(format!("{number:07}/{year}"))
}
