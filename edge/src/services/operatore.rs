// SPDX-License-Identifier: EUPL-1.2
//! The operator's desk: the queue of the office, one request, the permitted actions. Every look is recorded.

use contract::accessi::Look;
use contract::pratica::{Action, Actor, Stato};
use contract::problem::{FieldProblem, Problem};

use super::accessi::{self, Seen};
use super::effects;
use super::facts::session;
use super::pratiche::{self, Stored};
use crate::ctx::Ctx;
use crate::db::Value;
use crate::error::Error;
use crate::http::{Reply, Request};

/// `GET /api/operatore/pratiche?stato=&servizio=&rifiuto_nodo=&q=`: the office's own requests, oldest first.
pub(crate) async fn queue(ctx: &Ctx, request: &Request) -> Result<Reply, Error> {
    let stato = request.query_given("stato");
    let service = request.query_given("servizio");
    let refused = request.query_given("rifiuto_nodo");
    let known = [
        (
            "stato",
            stato.is_none_or(|code| Stato::parse(code).is_some()),
        ),
        (
            "rifiuto_nodo",
            refused.is_none_or(|code| matches!(code, "si" | "no")),
        ),
    ];
    let unknown: Vec<_> = known
        .iter()
        .filter(|(_, known)| !known)
        .map(|(field, _)| FieldProblem::new(*field, Problem::UnknownCode))
        .collect();
    if !unknown.is_empty() {
        return Err(Error::Refused(unknown));
    }
    let mut sql = format!(
        "SELECT {} FROM pratiche WHERE ufficio = ?1",
        *pratiche::BRIEF
    );
    let mut values: Vec<Value> = vec![office(ctx)?.into()];
    for (column, wanted) in [("stato", stato), ("servizio", service)] {
        if let Some(wanted) = wanted {
            values.push(wanted.into());
            sql.push_str(&format!(" AND {column} = ?{}", values.len()));
        }
    }
    if let Some(words) = request.query_given("q") {
        values.push(words.to_uppercase().into());
        let n = values.len();
        sql.push_str(&format!(
            " AND (codice_fiscale = ?{n} OR instr(protocollo, ?{n}) > 0 OR instr(upper(identita), ?{n}) > 0)"
        ));
    }
    if let Some(wanted) = refused {
        let not = if wanted == "si" { "" } else { "NOT " };
        sql.push_str(&format!(" AND {not}{}", pratiche::refused_by_node()));
    }
    sql.push_str(" ORDER BY presentata LIMIT 200");
    let rows = ctx.db.query(&sql, &values).await?;
    let mut all = Vec::with_capacity(rows.len());
    for row in &rows {
        all.push(pratiche::brief(ctx, row)?);
    }
    Ok(Reply::json(200, &all))
}

/// `GET /api/operatore/pratiche/{id}`.
pub(crate) async fn one(ctx: &Ctx, id: &str) -> Result<Reply, Error> {
    let stored = of_office(ctx, id).await?;
    record(ctx, &stored, Look::Pratica).await?;
    Ok(Reply::json(200, &stored.pratica))
}

/// `GET /api/operatore/pratiche/{id}/documento.pdf`.
pub(crate) async fn document(ctx: &Ctx, id: &str) -> Result<Reply, Error> {
    let stored = of_office(ctx, id).await?;
    record(ctx, &stored, Look::Documento).await?;
    effects::of_stored(&stored)?.document(ctx, &stored)
}

/// `POST /api/operatore/pratiche/{id}/{azione}`.
pub(crate) async fn act(
    ctx: &Ctx,
    id: &str,
    name: &str,
    request: &Request,
) -> Result<Reply, Error> {
    let action = Action::parse(name).ok_or(Error::NotFound)?;
    let input = pratiche::input(request)?;
    let stored = of_office(ctx, id).await?;
    // Nobody decides on an own request (art. 6-bis L. 241/1990).
    if stored.citizen.codice_fiscale == session(ctx)?.citizen.codice_fiscale {
        return Err(Error::Forbidden);
    }
    record(ctx, &stored, Look::Act(action)).await?;
    pratiche::transition(
        ctx,
        &stored,
        Actor::Operatore,
        &signature(ctx)?,
        action,
        &input,
    )
    .await?;
    Ok(Reply::json(200, &of_office(ctx, id).await?.pratica))
}

/// `POST /api/operatore/pratiche/{id}/ritrasmissione`: once more to the neighbour that refused it, at once.
pub(crate) async fn retransmit(ctx: &Ctx, id: &str) -> Result<Reply, Error> {
    let stored = of_office(ctx, id).await?;
    if stored.pratica.rifiuto_nodo.is_none() {
        return Err(pratiche::not_permitted());
    }
    record(ctx, &stored, Look::Ritrasmissione).await?;
    effects::of_stored(&stored)?.tell_again(ctx, id).await?;
    Ok(Reply::json(200, &of_office(ctx, id).await?.pratica))
}

fn office(ctx: &Ctx) -> Result<&str, Error> {
    session(ctx)?.office.as_deref().ok_or(Error::Forbidden)
}

pub(crate) fn signature(ctx: &Ctx) -> Result<String, Error> {
    let operator = &session(ctx)?.citizen;
    Ok(format!(
        "{}, {} {}",
        office(ctx)?,
        operator.nome,
        operator.cognome
    ))
}

/// Another office's request is not found.
async fn of_office(ctx: &Ctx, id: &str) -> Result<Stored, Error> {
    let stored = pratiche::find(ctx, id, Actor::Operatore).await?;
    if stored.pratica.ufficio == office(ctx)? {
        Ok(stored)
    } else {
        Err(Error::NotFound)
    }
}

async fn record(ctx: &Ctx, stored: &Stored, look: Look) -> Result<(), Error> {
    let seen = Seen {
        owner: &stored.citizen.codice_fiscale,
        reference: &stored.pratica.id,
        file: None,
    };
    accessi::record(ctx, seen, look).await
}

#[cfg(test)]
mod tests;
