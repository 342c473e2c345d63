// SPDX-License-Identifier: EUPL-1.2
//! Time that the desk keeps for itself: it takes the same cells as appointments, so that neither can stand on the other.

use contract::appuntamento::refusal::Refusal;
use contract::appuntamento::{NuovoTempoBloccato, TempoBloccato};
use contract::problem::{FieldProblem, Problem};
use contract::sede::Sede;
use contract::slots::{CELL_SECONDS, Seat, cells_between, parse_start, places_on};
use contract::values::text;

use super::super::appuntamenti::refusals::refuse;
use super::super::appuntamenti::waiting::{self, Freed};
use super::super::appuntamenti::{cells, rome};
use super::super::disponibilita;
use super::super::operatore::signature;
use super::{days_asked, not_past, office};
use crate::ctx::Ctx;
use crate::db::{Value, transaction};
use crate::error::Error;
use crate::http::{Reply, Request};
use crate::idempotency::{self, Key};

/// `GET /api/operatore/blocchi?dal=&al=`.
pub(crate) async fn list(ctx: &Ctx, request: &Request) -> Result<Reply, Error> {
    let (dal, al) = days_asked(ctx, request)?;
    let range = cells_between(dal, al);
    let span = (range.start * CELL_SECONDS, range.end * CELL_SECONDS);
    Ok(Reply::json(200, &between(ctx, office(ctx)?, span).await?))
}

/// The blocked time of an office that begins between two instants.
pub(crate) async fn between(
    ctx: &Ctx,
    sede: &Sede,
    (from, until): (i64, i64),
) -> Result<Vec<TempoBloccato>, Error> {
    let which = "inizio >= ?2 AND inizio < ?3 ORDER BY inizio, id";
    all(ctx, sede, which, &[from.into(), until.into()]).await
}

async fn all(
    ctx: &Ctx,
    sede: &Sede,
    which: &str,
    more: &[Value],
) -> Result<Vec<TempoBloccato>, Error> {
    let sql = format!(
        "SELECT id, gruppo, sportello, inizio, fine, motivo FROM tempi_bloccati WHERE sede = ?1 AND {which}"
    );
    let mut values = vec![sede.codice.as_str().into()];
    values.extend_from_slice(more);
    let rows = ctx.db.query(&sql, &values).await?;
    rows.iter()
        .map(|row| {
            Ok(TempoBloccato {
                id: row.text(0)?.into(),
                gruppo: row.text(1)?.into(),
                sportello: row.integer(2).ok().and_then(|n| u16::try_from(n).ok()),
                inizio: rome(ctx, row.integer(3)?)?,
                fine: rome(ctx, row.integer(4)?)?,
                motivo: row.text(5)?.into(),
            })
        })
        .collect()
}

/// `POST /api/operatore/blocchi`.
pub(crate) async fn block(ctx: &Ctx, request: &Request) -> Result<Reply, Error> {
    let new: NuovoTempoBloccato = request.json()?;
    idempotency::once(
        ctx,
        request,
        async |key| make(ctx, &new, key).await,
        async |id| created(ctx, id).await,
    )
    .await
}

async fn created(ctx: &Ctx, id: &str) -> Result<Reply, Error> {
    let made = all(ctx, office(ctx)?, "id = ?2", &[id.into()]).await?;
    let blocked = made.first().ok_or(Error::NotFound)?;
    Ok(Reply::json(201, blocked).header("location", &format!("/api/operatore/blocchi/{id}")))
}

async fn make(ctx: &Ctx, new: &NuovoTempoBloccato, key: Option<&Key>) -> Result<Reply, Error> {
    let refused = |field: &str, problem| Error::Refused(vec![FieldProblem::new(field, problem)]);
    let sede = office(ctx)?;
    let group = sede
        .gruppi
        .iter()
        .find(|group| group.codice == new.gruppo)
        .ok_or_else(|| refused("gruppo", Problem::UnknownCode))?;
    let at = |field: &'static str, written: &str| {
        parse_start(written)
            .and_then(|start| {
                start
                    .cell()
                    .map(|cell| (start, cell))
                    .ok_or(Refusal::OffGrid)
            })
            .map_err(|refusal| refused(field, refusal.problem()))
    };
    let (start, from) = at("inizio", &new.inizio)?;
    let (end, until) = at("fine", &new.fine)?;
    let day = start.local.date();
    not_past(ctx, "inizio", day)?;
    if end.local.date() != day || until <= from {
        return Err(refused("fine", Refusal::OutsideHours.problem()));
    }
    if end.instant <= ctx.now {
        return Err(refused("fine", Refusal::Past.problem()));
    }
    let motivo = text::clean(&new.motivo, 200).map_err(|problem| refused("motivo", problem))?;
    if motivo.is_empty() {
        return Err(refused("motivo", Problem::Missing));
    }
    let exceptions = disponibilita::exceptions_of(ctx, sede, (day, day)).await?;
    let places = places_on(group, &exceptions, day);
    let desks = match new.sportello {
        None => 0..places,
        Some(one) if one < places => one..one + 1,
        Some(_) => {
            let most = i64::from(places) - 1;
            return Err(refused("sportello", Problem::AtMost(most)));
        }
    };
    let id = ctx.token();
    transaction(&ctx.db, async || {
        for sportello in desks.clone() {
            let seat = Seat {
                gruppo: group.codice.clone(),
                sportello,
            };
            if !cells::take(ctx, &sede.codice, &seat, from..until, &id, None).await? {
                return Err(refuse(Refusal::TimeInUse));
            }
        }
        ctx.db
            .execute(
                "INSERT INTO tempi_bloccati (id, sede, gruppo, sportello, inizio, fine, motivo, chi, quando) \
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
                &[
                    id.as_str().into(),
                    sede.codice.as_str().into(),
                    group.codice.as_str().into(),
                    new.sportello.map(i64::from).into(),
                    start.instant.as_second().into(),
                    end.instant.as_second().into(),
                    motivo.as_str().into(),
                    signature(ctx)?.into(),
                    ctx.now.as_second().into(),
                ],
            )
            .await?;
        idempotency::answered(ctx, key, &id, created(ctx, &id).await?).await
    })
    .await
}

/// `DELETE /api/operatore/blocchi/{id}`: what comes free goes to the waiting list first.
pub(crate) async fn unblock(ctx: &Ctx, id: &str) -> Result<Reply, Error> {
    let sede = office(ctx)?;
    transaction(&ctx.db, async || {
        let gone = ctx
            .db
            .query(
                "DELETE FROM tempi_bloccati WHERE id = ?1 AND sede = ?2 RETURNING gruppo, inizio, fine",
                &[id.into(), sede.codice.as_str().into()],
            )
            .await?;
        let row = gone.first().ok_or(Error::NotFound)?;
        let cells = waiting::cells_of(row.integer(1)?, row.integer(2)?);
        let desks = cells::desks_of(ctx, id).await?;
        cells::give_back(ctx, id).await?;
        waiting::offer(ctx, &Freed::of(&sede.codice, row.text(0)?, cells, desks)).await
    })
    .await?;
    Ok(Reply::empty(204))
}
