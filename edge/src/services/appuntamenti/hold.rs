// SPDX-License-Identifier: EUPL-1.2
//! Holds: a place is kept for ten minutes while the person confirms. Everybody has one hold at a time, so that nobody
//! keeps places from others; a hold that has run out is given back by whoever wants the place, or by the job.

use contract::appuntamento::refusal::Refusal;
use contract::appuntamento::{Blocco, NuovoBlocco};
use contract::sede::HOLD_SECONDS;
use contract::slots::{By, CELL_SECONDS, Cell, Seat};

use super::super::disponibilita;
use super::super::facts::session;
use super::super::visits::Wanted;
use super::cells;
use super::refusals::refuse;
use super::waiting::{self, Freed};
use crate::ctx::Ctx;
use crate::db::{Row, transaction};
use crate::error::Error;
use crate::http::{Reply, Request};
use crate::idempotency::{self, Key};

/// `POST /api/blocchi`.
pub(crate) async fn hold(ctx: &Ctx, request: &Request) -> Result<Reply, Error> {
    let new: NuovoBlocco = request.json()?;
    let wanted = Wanted::read(
        (&new.servizio, &new.altri_servizi),
        &new.sede,
        &new.inizio,
        new.modalita,
        By::Citizen,
    )?;
    idempotency::once(
        ctx,
        request,
        async |key| {
            // The same request twice at once wants the same cells, and does not stand in its own way.
            let id = key.map_or_else(|| ctx.token(), Key::claimant);
            let mut freed = Vec::new();
            let held = take(ctx, &wanted, (&id, key), &mut freed).await;
            waiting::pass_on(ctx, &freed).await;
            disponibilita::told(ctx, &wanted, held).await
        },
        async |id| created(ctx, id).await,
    )
    .await
}

async fn created(ctx: &Ctx, id: &str) -> Result<Reply, Error> {
    let rows = ctx
        .db
        .query("SELECT scade FROM blocchi WHERE id = ?1", &[id.into()])
        .await?;
    let Some(row) = rows.first() else {
        return Err(refuse(Refusal::HoldExpired));
    };
    let expires = row.integer(0)?;
    let hold = Blocco {
        id: id.into(),
        scade_il: super::rome(ctx, expires)?,
        scade_tra: u32::try_from(expires - ctx.now.as_second()).unwrap_or(0),
    };
    Ok(Reply::json(201, &hold).header("location", &format!("/api/blocchi/{id}")))
}

/// Takes the place in one statement, then writes the hold down and gives the person's former one back.
async fn take(
    ctx: &Ctx,
    wanted: &Wanted,
    (id, key): (&str, Option<&Key>),
    freed: &mut Vec<Freed>,
) -> Result<Reply, Error> {
    let person = session(ctx)?.citizen.codice_fiscale.as_str();
    let expires = ctx.now.as_second() + i64::from(HOLD_SECONDS);
    // The own former hold is no hindrance: it goes before the new one is taken, or with it.
    let place = match disponibilita::place(ctx, wanted, id).await {
        Err(taken @ Error::Conflict(..)) if holds(ctx, person).await? => {
            let former = transaction(&ctx.db, async || {
                // Unless it is what the same request has just made.
                match key {
                    Some(key) if key.stands(ctx).await? => Err(taken),
                    _ => drop_of(ctx, person).await,
                }
            });
            freed.extend(former.await?);
            disponibilita::place(ctx, wanted, id).await?
        }
        other => other?,
    };
    let cells = wanted.visit.desk_cells(place.cell);
    let sede = &wanted.sede.codice;
    let seat = cells::take_first(ctx, sede, &place.seats, cells, id, Some(expires)).await?;
    let written = transaction(&ctx.db, async || {
        let former = drop_of(ctx, person).await?;
        // The day may have been closed since, or have fewer desks.
        let still = disponibilita::place(ctx, wanted, id).await?;
        if !still.seats.contains(seat) {
            return Err(refuse(Refusal::SlotTaken));
        }
        ctx.db
            .execute(
                "INSERT INTO blocchi (codice_fiscale, id, servizi, sede, gruppo, sportello, inizio, fine, modalita, scade) \
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
                &[
                    person.into(),
                    id.into(),
                    wanted.visit.codes().join(",").into(),
                    wanted.sede.codice.as_str().into(),
                    seat.gruppo.as_str().into(),
                    i64::from(seat.sportello).into(),
                    place.start.as_second().into(),
                    place.end.as_second().into(),
                    wanted.modalita.as_str().into(),
                    expires.into(),
                ],
            )
            .await?;
        let reply = idempotency::answered(ctx, key, id, created(ctx, id).await?).await?;
        Ok((former, reply))
    })
    .await;
    match written {
        Ok((former, reply)) => {
            freed.extend(former);
            Ok(reply)
        }
        Err(error) => {
            forget(ctx, id).await?;
            Err(error)
        }
    }
}

/// Gives back what was taken for a hold that was not written.
async fn forget(ctx: &Ctx, id: &str) -> Result<u64, Error> {
    ctx.db
        .execute(
            "DELETE FROM celle WHERE di = ?1 AND NOT EXISTS (SELECT 1 FROM blocchi WHERE id = ?1)",
            &[id.into()],
        )
        .await
}

/// Whether the person holds anything, perhaps the very place.
pub(crate) async fn holds(ctx: &Ctx, person: &str) -> Result<bool, Error> {
    let rows = ctx
        .db
        .query(
            "SELECT 1 FROM blocchi WHERE codice_fiscale = ?1",
            &[person.into()],
        )
        .await?;
    Ok(!rows.is_empty())
}

/// `DELETE /api/blocchi/{id}`: 204 also when it is over already; somebody else's is not found.
pub(crate) async fn give_back(ctx: &Ctx, id: &str) -> Result<Reply, Error> {
    let person = session(ctx)?.citizen.codice_fiscale.as_str();
    let owners = ctx
        .db
        .query(
            "SELECT codice_fiscale FROM blocchi WHERE id = ?1",
            &[id.into()],
        )
        .await?;
    match owners.first() {
        Some(row) if row.text(0)? == person => {
            let freed = transaction(&ctx.db, async || drop_of(ctx, person).await).await?;
            waiting::pass_on(ctx, &freed).await;
            Ok(Reply::empty(204))
        }
        _ => Err(Error::NotFound),
    }
}

/// Gives back what this person holds; inside the caller's transaction, after which what came free is to be offered.
pub(crate) async fn drop_of(ctx: &Ctx, person: &str) -> Result<Vec<Freed>, Error> {
    let dropped = ctx
        .db
        .query(
            "DELETE FROM blocchi WHERE codice_fiscale = ?1 RETURNING sede, gruppo, inizio, fine, id",
            &[person.into()],
        )
        .await?;
    given_back(ctx, &dropped).await
}

/// Frees the cells of holds: `sede, gruppo, inizio, fine, id`.
async fn given_back(ctx: &Ctx, rows: &[Row]) -> Result<Vec<Freed>, Error> {
    let mut freed = Vec::with_capacity(rows.len());
    for row in rows {
        cells::give_back(ctx, row.text(4)?).await?;
        freed.push(Freed::of_row(row)?);
    }
    Ok(freed)
}

/// What a hold keeps.
pub(crate) struct Kept {
    pub(crate) cell: Cell,
    pub(crate) seat: Seat,
}

/// The place that a hold of this person keeps, if it is the one that is asked for and time is left.
pub(crate) async fn kept(
    ctx: &Ctx,
    id: &str,
    person: &str,
    wanted: &Wanted,
) -> Result<Option<Kept>, Error> {
    let rows = ctx
        .db
        .query(
            "SELECT sportello, scade, servizi, sede, gruppo, inizio, modalita FROM blocchi WHERE id = ?1 AND codice_fiscale = ?2",
            &[id.into(), person.into()],
        )
        .await?;
    let Some(row) = rows.first() else {
        return Ok(None);
    };
    if row.integer(1)? <= ctx.now.as_second() {
        return Ok(None);
    }
    let from = row.integer(5)?;
    let same = row.text(2)? == wanted.visit.codes().join(",")
        && row.text(3)? == wanted.sede.codice
        && from == wanted.start.instant.as_second()
        && row.text(6)? == wanted.modalita.as_str();
    if !same {
        return Err(refuse(Refusal::HoldOther));
    }
    Ok(Some(Kept {
        cell: from.div_euclid(CELL_SECONDS),
        seat: Seat {
            gruppo: row.text(4)?.into(),
            sportello: u16::try_from(row.integer(0)?).unwrap_or(0),
        },
    }))
}

/// The job's part: holds that have run out go to the waiting list. How many ran out, and how many offers were made.
pub(crate) async fn expire(ctx: &Ctx) -> Result<(u32, u32), Error> {
    let now = ctx.now.as_second();
    transaction(&ctx.db, async || {
        let gone = ctx
            .db
            .query(
                "DELETE FROM blocchi WHERE scade <= ?1 RETURNING sede, gruppo, inizio, fine, id",
                &[now.into()],
            )
            .await?;
        let freed = given_back(ctx, &gone).await?;
        let made = waiting::offer_all(ctx, &freed).await?;
        Ok((u32::try_from(gone.len()).unwrap_or(u32::MAX), made))
    })
    .await
}
