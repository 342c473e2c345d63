// SPDX-License-Identifier: EUPL-1.2
//! Places as cells of time: taking them, keeping them, giving them back. Everything here runs inside the caller's
//! transaction; the keys of the tables decide who gets a place, whatever was read before.

use std::ops::Range;

use contract::appuntamento::refusal::Refusal;
use contract::slots::{Cell, Seat};

use super::refusals::refuse;
use crate::ctx::Ctx;
use crate::db::is_second;
use crate::error::Error;

/// Takes a desk or seat for `owner`, until `expires` if that is given.
pub(crate) async fn take(
    ctx: &Ctx,
    sede: &str,
    seat: &Seat,
    cells: Range<Cell>,
    owner: &str,
    expires: Option<i64>,
) -> Result<(), Error> {
    // What somebody held too long is free, and in the way.
    ctx.db
        .execute(
            "DELETE FROM celle WHERE sede = ?1 AND cella >= ?2 AND cella < ?3 AND gruppo = ?4 AND scade <= ?5",
            &[
                sede.into(),
                cells.start.into(),
                cells.end.into(),
                seat.gruppo.as_str().into(),
                ctx.now.as_second().into(),
            ],
        )
        .await?;
    ctx.db
        .execute(
            "INSERT INTO celle (sede, gruppo, cella, sportello, di, scade) \
             WITH RECURSIVE c (n) AS (SELECT ?3 UNION ALL SELECT n + 1 FROM c WHERE n + 1 < ?4) \
             SELECT ?1, ?2, n, ?5, ?6, ?7 FROM c",
            &[
                sede.into(),
                seat.gruppo.as_str().into(),
                cells.start.into(),
                cells.end.into(),
                i64::from(seat.sportello).into(),
                owner.into(),
                expires.into(),
            ],
        )
        .await
        .map(drop)
        .map_err(|error| {
            if is_second(&error, "celle") {
                refuse(Refusal::SlotTaken)
            } else {
                error
            }
        })
}

/// Gives a place back.
pub(crate) async fn give_back(ctx: &Ctx, owner: &str) -> Result<(), Error> {
    ctx.db
        .execute("DELETE FROM celle WHERE di = ?1", &[owner.into()])
        .await?;
    Ok(())
}

/// Hands what a hold or an offer keeps to an appointment. False when it is no longer kept, whole and in time.
pub(crate) async fn hand_over(
    ctx: &Ctx,
    keeper: &str,
    cells: Range<Cell>,
    owner: &str,
) -> Result<bool, Error> {
    let handed = ctx
        .db
        .query(
            "UPDATE celle SET di = ?1, scade = NULL WHERE di = ?2 AND scade > ?3 RETURNING cella",
            &[owner.into(), keeper.into(), ctx.now.as_second().into()],
        )
        .await?;
    Ok(i64::try_from(handed.len()).is_ok_and(|count| count == cells.end - cells.start))
}

/// Marks a person's own time; refuses when they are expected elsewhere.
pub(crate) async fn take_person(
    ctx: &Ctx,
    person: &str,
    cells: Range<Cell>,
    appointment: &str,
) -> Result<(), Error> {
    ctx.db
        .execute(
            "INSERT INTO celle_persona (codice_fiscale, cella, appuntamento) \
             WITH RECURSIVE c (n) AS (SELECT ?2 UNION ALL SELECT n + 1 FROM c WHERE n + 1 < ?3) SELECT ?1, n, ?4 FROM c",
            &[
                person.into(),
                cells.start.into(),
                cells.end.into(),
                appointment.into(),
            ],
        )
        .await
        .map(drop)
        .map_err(|error| {
            if is_second(&error, "celle_persona") {
                refuse(Refusal::Overlap)
            } else {
                error
            }
        })
}

/// Frees a person's own time.
pub(crate) async fn free_person(ctx: &Ctx, person: &str, appointment: &str) -> Result<(), Error> {
    ctx.db
        .execute(
            "DELETE FROM celle_persona WHERE codice_fiscale = ?1 AND appuntamento = ?2",
            &[person.into(), appointment.into()],
        )
        .await?;
    Ok(())
}
