// SPDX-License-Identifier: EUPL-1.2
//! Presenting a request: checked once more and in full, protocolled, stored once.

use contract::answers::Answers;
use contract::avvisi;
use contract::facts::Facts;
use contract::flow;
use contract::pratica::{NewPratica, Stato};
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
        async |id| created(ctx, id).await,
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
        store(ctx, &id, &ready).await?;
        idempotency::answered(ctx, key, &id, created(ctx, &id).await?).await
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

async fn created(ctx: &Ctx, id: &str) -> Result<Reply, Error> {
    let stored = own(ctx, id).await?;
    Ok(Reply::json(201, &stored.pratica).header("location", &format!("/api/pratiche/{id}")))
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

async fn store(ctx: &Ctx, id: &str, ready: &Ready) -> Result<(), Error> {
    let Ready {
        service,
        answers,
        office,
        responsible,
        ..
    } = ready;
    let session = session(ctx)?;
    let person = session.citizen.codice_fiscale.as_str();
    let now = ctx.now.as_second();
    let today = ctx.today();
    let json = serde_json::to_string(answers).map_err(|_| Error::BadRequest("risposte"))?;
    let identity =
        serde_json::to_string(&session.citizen).map_err(|_| Error::BadRequest("identità"))?;
    let protocol = protocol(ctx, today.year()).await?;
    let term = end_of_term(today, service.term_days, Closed::default());
    let contact = ready.contact_days.map(|days| {
        let last = today.checked_add(jiff::Span::new().days(days));
        last.unwrap_or(today).to_string()
    });
    ctx.db
        .execute(
            "INSERT INTO pratiche (id, servizio, versione, protocollo, codice_fiscale, identita, fornitore, stato, \
             risposte, impronta, presentata, termine, contatto_entro, responsabile, ufficio) \
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15)",
            &[
                id.into(),
                service.slug.into(),
                i64::from(service.version).into(),
                protocol.as_str().into(),
                person.into(),
                identity.into(),
                session.provider.as_str().into(),
                Stato::Protocollata.as_str().into(),
                json.as_str().into(),
                fingerprint(json.as_bytes()).into(),
                now.into(),
                term.to_string().into(),
                contact.into(),
                responsible.as_str().into(),
                office.as_str().into(),
            ],
        )
        .await?;
    add_event(ctx, id, "cittadino", Stato::Protocollata, None).await?;
    attach::attach_all(ctx, &ready.files, &format!("pratiche/{id}"), office).await?;
    ctx.db
        .execute(
            "DELETE FROM bozze WHERE codice_fiscale = ?1 AND servizio = ?2",
            &[person.into(), service.slug.into()],
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
                ("protocollo", &protocol),
                ("giorno", &italian_day(&term.to_string())),
            ],
            more: "",
        },
    )
    .await
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
