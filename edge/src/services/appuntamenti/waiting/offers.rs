// SPDX-License-Identifier: EUPL-1.2
//! Offers: a place is kept for one person until an instant, in the same cells that appointments take, so that it is never
//! given twice. It is accepted, declined, or runs out and goes on to the next person.

use std::ops::Range;

use contract::appuntamento::refusal::Refusal;
use contract::sede::Sede;
use contract::slots::{self, By, CELL_SECONDS, Cell, Place, Seat, Start};
use contract::values::calendar::{in_rome, rome_instant};
use jiff::Timestamp;

use super::super::super::facts::session;
use super::super::super::sedi;
use super::super::super::visits::{self, Wanted};
use super::super::hold::Kept;
use super::super::refusals::refuse;
use super::super::store::{self, Stored};
use super::super::{cells, change, instant, reply};
use super::{Freed, offer};
use crate::ctx::Ctx;
use crate::db::transaction;
use crate::error::Error;
use crate::http::Reply;

/// Seconds for which the place of an expired offer still belongs to the list, so that the next person comes first.
const GRACE: i64 = 90;
/// The hours in Rome between which people are awake.
const MORNING: i8 = 8;
const EVENING: i8 = 21;

/// Until when an offer that is made now is kept, in seconds since 1970: the minutes begin in the morning for whoever would
/// be asleep.
pub(super) fn until(now: Timestamp, minutes: u16) -> i64 {
    let local = in_rome(now);
    let morning = match local.hour() {
        hour if hour < MORNING => Some(local.date()),
        hour if hour >= EVENING => local.date().tomorrow().ok(),
        _ => None,
    };
    let begins = morning.and_then(|day| rome_instant(day.at(MORNING, 0, 0, 0)));
    let begins = begins.map_or(now, |begins| begins.timestamp());
    begins.as_second() + i64::from(minutes) * 60
}

/// Keeps a place for whoever has this appointment; inside the caller's transaction.
pub(super) async fn keep(
    ctx: &Ctx,
    stored: &Stored,
    (sede, place, cells): (&Sede, &Place, Range<Cell>),
    expires: i64,
    why: &str,
) -> Result<(), Error> {
    let id = ctx.token();
    let until = Some(expires + GRACE);
    let seat = cells::take_first(ctx, &sede.codice, &place.seats, cells, &id, until).await?;
    ctx.db
        .execute(
            "INSERT INTO offerte (id, appuntamento, codice_fiscale, motivo, sede, gruppo, sportello, inizio, fine, creata, \
             scade, stato) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, 'aperta')",
            &[
                id.into(),
                stored.id.as_str().into(),
                stored.codice_fiscale.as_str().into(),
                why.into(),
                sede.codice.as_str().into(),
                seat.gruppo.as_str().into(),
                i64::from(seat.sportello).into(),
                place.start.as_second().into(),
                place.end.as_second().into(),
                ctx.now.as_second().into(),
                expires.into(),
            ],
        )
        .await?;
    store::add_event(ctx, &stored.id, ("sistema", "-"), "offerta", None).await
}

/// An open offer of the signed-in person, with its appointment.
async fn open_offer(ctx: &Ctx, id: &str) -> Result<(Stored, Wanted, Kept), Error> {
    let rows = ctx
        .db
        .query(
            "SELECT codice_fiscale, appuntamento, stato, scade, sede, gruppo, sportello, inizio FROM offerte WHERE id = ?1",
            &[id.into()],
        )
        .await?;
    let row = rows.first().ok_or(Error::NotFound)?;
    if row.text(0)? != session(ctx)?.citizen.codice_fiscale {
        return Err(Error::NotFound);
    }
    if row.text(2)? != "aperta" || row.integer(3)? <= ctx.now.as_second() {
        return Err(refuse(Refusal::OfferExpired));
    }
    let stored = store::find(ctx, row.text(1)?).await?;
    let begins = row.integer(7)?;
    let kept = Kept {
        cell: begins.div_euclid(CELL_SECONDS),
        seat: Seat {
            gruppo: row.text(5)?.into(),
            sportello: u16::try_from(row.integer(6)?).unwrap_or(0),
        },
    };
    let wanted = Wanted {
        sede: sedi::find(row.text(4)?)?,
        visit: visits::of_stored(&stored)?,
        start: Start::of_cell(slots::cell_of(instant(begins)?)),
        modalita: stored.modalita,
        by: By::Citizen,
    };
    Ok((stored, wanted, kept))
}

/// `POST /api/offerte/{id}/accetta`: the appointment moves to the place that was kept.
pub(crate) async fn accept(ctx: &Ctx, id: &str) -> Result<Reply, Error> {
    let appointment = transaction(&ctx.db, async || {
        let (stored, wanted, kept) = open_offer(ctx, id).await?;
        end(ctx, id, "accettata").await?;
        let who = ("cittadino", stored.codice_fiscale.as_str());
        let kept = Some((id, kept));
        change::relocate(ctx, &stored, &wanted, kept, who, "offerta_accettata").await?;
        Ok(stored.id)
    })
    .await?;
    reply(ctx, 200, &appointment).await
}

/// `POST /api/offerte/{id}/rifiuta`: the next person is offered the place.
pub(crate) async fn refuse_offer(ctx: &Ctx, id: &str) -> Result<Reply, Error> {
    let appointment = transaction(&ctx.db, async || {
        let (stored, ..) = open_offer(ctx, id).await?;
        let who = ("cittadino", stored.codice_fiscale.as_str());
        store::add_event(ctx, &stored.id, who, "offerta_rifiutata", None).await?;
        give_up(ctx, id, "rifiutata").await?;
        Ok(stored.id)
    })
    .await?;
    reply(ctx, 200, &appointment).await
}

async fn end(ctx: &Ctx, id: &str, how: &str) -> Result<bool, Error> {
    let ended = ctx
        .db
        .query(
            "UPDATE offerte SET stato = ?1 WHERE id = ?2 AND stato = 'aperta' RETURNING id",
            &[how.into(), id.into()],
        )
        .await?;
    Ok(!ended.is_empty())
}

/// Takes an open offer of an appointment back, inside the caller's transaction; what it kept is free.
pub(super) async fn withdraw(ctx: &Ctx, appointment: &str) -> Result<Vec<Freed>, Error> {
    let open = ctx
        .db
        .query(
            "UPDATE offerte SET stato = 'ritirata' WHERE appuntamento = ?1 AND stato = 'aperta' \
             RETURNING sede, gruppo, inizio, fine, id",
            &[appointment.into()],
        )
        .await?;
    let mut freed = Vec::with_capacity(open.len());
    for row in &open {
        cells::give_back(ctx, row.text(4)?).await?;
        freed.push(Freed::of_row(row)?);
    }
    Ok(freed)
}

/// Ends an offer and passes its place on. `None` when it was over already; else how many offers were made of it.
async fn give_up(ctx: &Ctx, id: &str, how: &str) -> Result<Option<u32>, Error> {
    if !end(ctx, id, how).await? {
        return Ok(None);
    }
    cells::give_back(ctx, id).await?;
    let rows = ctx
        .db
        .query(
            "SELECT sede, gruppo, inizio, fine FROM offerte WHERE id = ?1",
            &[id.into()],
        )
        .await?;
    let row = rows.first().ok_or(Error::NotFound)?;
    offer(ctx, &Freed::of_row(row)?).await.map(Some)
}

/// The job's part: offers that nobody answered go to the next person. How many ran out, and how many were made.
pub(crate) async fn expire(ctx: &Ctx) -> Result<(u32, u32), Error> {
    let expired = ctx
        .db
        .query(
            "SELECT id, appuntamento FROM offerte WHERE stato = 'aperta' AND scade <= ?1 ORDER BY scade LIMIT 200",
            &[ctx.now.as_second().into()],
        )
        .await?;
    let (mut over, mut made) = (0, 0);
    for row in &expired {
        let passed = transaction(&ctx.db, async || {
            let passed = give_up(ctx, row.text(0)?, "scaduta").await?;
            if passed.is_some() {
                let who = ("sistema", "-");
                store::add_event(ctx, row.text(1)?, who, "offerta_scaduta", None).await?;
            }
            Ok(passed)
        })
        .await?;
        over += u32::from(passed.is_some());
        made += passed.unwrap_or(0);
    }
    Ok((over, made))
}

#[cfg(test)]
mod tests {
    use super::until;

    #[test]
    fn nobody_loses_an_offer_in_their_sleep() {
        let kept = |now: &str| {
            let end = until(now.parse().unwrap(), 120);
            jiff::Timestamp::from_second(end).unwrap().to_string()
        };
        // Rome is an hour ahead of UTC in winter and two in summer.
        for (now, end) in [
            ("2026-11-24T09:00:00Z", "2026-11-24T11:00:00Z"),
            ("2026-11-24T19:59:00Z", "2026-11-24T21:59:00Z"),
            ("2026-11-24T20:00:00Z", "2026-11-25T09:00:00Z"),
            ("2026-11-25T01:30:00Z", "2026-11-25T09:00:00Z"),
            ("2026-07-01T05:59:59Z", "2026-07-01T08:00:00Z"),
        ] {
            assert_eq!(kept(now), end, "{now}");
        }
    }
}
