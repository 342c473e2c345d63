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

/// Takes a desk or seat for `owner`, until `expires` if that is given: all of its cells or none. False when somebody
/// has one of them. What `owner` has already it keeps: the same request sent twice at once does not stand in its own way.
///
/// One statement, so that also outside of a transaction a crowd that wants one place is served at the speed of the
/// store: whoever loses holds no lock while others wait.
pub(crate) async fn take(
    ctx: &Ctx,
    sede: &str,
    seat: &Seat,
    cells: Range<Cell>,
    owner: &str,
    expires: Option<i64>,
) -> Result<bool, Error> {
    let taken = ctx
        .db
        .query(
            "INSERT INTO celle (sede, gruppo, cella, sportello, di, scade) \
             WITH RECURSIVE c (n) AS (SELECT ?3 UNION ALL SELECT n + 1 FROM c WHERE n + 1 < ?4) \
             SELECT ?1, ?2, n, ?5, ?6, ?7 FROM c WHERE NOT EXISTS (SELECT 1 FROM celle x WHERE x.sede = ?1 \
             AND x.cella >= ?3 AND x.cella < ?4 AND x.gruppo = ?2 AND x.sportello = ?5 \
             AND x.di <> ?6 AND (x.scade IS NULL OR x.scade > ?8)) \
             ON CONFLICT (sede, cella, gruppo, sportello) DO UPDATE SET di = excluded.di, scade = excluded.scade \
             WHERE celle.scade <= ?8 OR celle.di = excluded.di RETURNING cella",
            &[
                sede.into(),
                seat.gruppo.as_str().into(),
                cells.start.into(),
                cells.end.into(),
                i64::from(seat.sportello).into(),
                owner.into(),
                expires.into(),
                ctx.now.as_second().into(),
            ],
        )
        .await?;
    Ok(count(&cells) == taken.len())
}

/// Takes the first of these seats that is free.
pub(crate) async fn take_first<'s>(
    ctx: &Ctx,
    sede: &str,
    seats: &'s [Seat],
    cells: Range<Cell>,
    owner: &str,
    expires: Option<i64>,
) -> Result<&'s Seat, Error> {
    for seat in seats {
        if take(ctx, sede, seat, cells.clone(), owner, expires).await? {
            return Ok(seat);
        }
    }
    Err(refuse(Refusal::SlotTaken))
}

fn count(cells: &Range<Cell>) -> usize {
    usize::try_from(cells.end - cells.start).unwrap_or(0)
}

/// How many desks an owner has.
pub(crate) async fn desks_of(ctx: &Ctx, owner: &str) -> Result<u16, Error> {
    let rows = ctx
        .db
        .query(
            "SELECT count(DISTINCT sportello) FROM celle WHERE di = ?1",
            &[owner.into()],
        )
        .await?;
    let count = rows.first().map_or(Ok(0), |row| row.integer(0))?;
    Ok(u16::try_from(count).unwrap_or(0))
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
    Ok(count(&cells) == handed.len())
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
