// SPDX-License-Identifier: EUPL-1.2
//! The waiting list: who asked for an earlier place is offered one that comes free, one person at a time and for a
//! limited time. The place is kept for them in the same cells that appointments take, so that it is never given twice.

use std::ops::Range;

use contract::appuntamento::refusal::Refusal;
use contract::slots::{self, By, CELL_SECONDS, Cell, Place, Search, Seat, Start};
use contract::values::calendar::rome_date;

use super::super::facts::session;
use super::super::visits::{self, Wanted};
use super::super::{disponibilita, notices, sedi};
use super::hold::Kept;
use super::refusals::refuse;
use super::store::{self, COLUMNS, Stored};
use super::tell::{Notice, tell};
use super::{cells, change, instant};
use crate::ctx::Ctx;
use crate::db::{Row, transaction};
use crate::error::Error;
use crate::http::Reply;

/// Offers that one wish gets at most.
const MOST_OFFERS: i64 = 3;
/// How long a substitute for an appointment that the office cancelled is kept, in seconds.
const KEPT_SUBSTITUTE: i64 = 48 * 3600;
/// Nothing is offered that begins sooner than this, in seconds: people need time to arrange themselves.
const SOONEST: i64 = 2 * 86_400;
/// Seconds for which the place of an expired offer still belongs to the list, so that the next person comes first.
const GRACE: i64 = 90;
/// People of the list that are looked at for one free place.
const LOOKED_AT: usize = 50;

/// A place that came free.
pub(crate) struct Freed {
    sede: String,
    gruppo: String,
    cells: Range<Cell>,
}

impl Freed {
    /// By an appointment.
    pub(crate) fn by(stored: &Stored) -> Result<Self, Error> {
        let from = stored.inizio.div_euclid(CELL_SECONDS);
        Ok(Self {
            sede: stored.sede.clone(),
            gruppo: stored.gruppo.clone(),
            cells: visits::of_stored(stored)?.desk_cells(from),
        })
    }

    /// By an offer: `sede, gruppo, inizio, fine`.
    fn of_offer(row: &Row) -> Result<Self, Error> {
        let cell = |second: i64| second.div_euclid(CELL_SECONDS);
        Ok(Self {
            sede: row.text(0)?.into(),
            gruppo: row.text(1)?.into(),
            cells: cell(row.integer(2)?)..cell(row.integer(3)? - 1) + 1,
        })
    }
}

/// The person asks for an earlier place; inside the caller's transaction.
pub(crate) async fn ask(ctx: &Ctx, stored: &Stored) -> Result<(), Error> {
    ctx.db
        .execute(
            "INSERT INTO attese (appuntamento, numero, codice_fiscale, sede, gruppo, inizio, creata) \
             SELECT ?1, coalesce(max(numero), 0) + 1, ?2, ?3, ?4, ?5, ?6 FROM attese WHERE true \
             ON CONFLICT (appuntamento) DO NOTHING",
            &[
                stored.id.as_str().into(),
                stored.codice_fiscale.as_str().into(),
                stored.sede.as_str().into(),
                stored.gruppo.as_str().into(),
                stored.inizio.into(),
                ctx.now.as_second().into(),
            ],
        )
        .await?;
    Ok(())
}

/// The person, or the end of the appointment, takes the wish back; an open offer goes with it.
pub(crate) async fn stop(ctx: &Ctx, appointment: &str) -> Result<(), Error> {
    ctx.db
        .execute(
            "DELETE FROM attese WHERE appuntamento = ?1",
            &[appointment.into()],
        )
        .await?;
    let open = ctx
        .db
        .query(
            "UPDATE offerte SET stato = 'ritirata' WHERE appuntamento = ?1 AND stato = 'aperta' \
             RETURNING sede, gruppo, inizio, fine, id",
            &[appointment.into()],
        )
        .await?;
    for row in &open {
        cells::give_back(ctx, row.text(4)?).await?;
        offer(ctx, &Freed::of_offer(row)?).await?;
    }
    Ok(())
}

/// Offers what came free to the first of the list for whom it fits; inside the transaction that frees it.
pub(crate) async fn offer(ctx: &Ctx, freed: &Freed) -> Result<(), Error> {
    let begins = freed.cells.start * CELL_SECONDS;
    if begins < ctx.now.as_second() + SOONEST {
        return Ok(());
    }
    let columns: Vec<String> = COLUMNS
        .split(',')
        .map(|column| format!("a.{}", column.trim()))
        .collect();
    let rows = ctx
        .db
        .query(
            &format!(
                "SELECT {} FROM attese w JOIN appuntamenti a ON a.id = w.appuntamento \
                 WHERE w.sede = ?1 AND w.gruppo = ?2 AND w.avvisi < ?3 AND a.stato = 'da_erogare' AND a.inizio > ?4 \
                 AND NOT EXISTS (SELECT 1 FROM offerte o WHERE o.appuntamento = a.id \
                 AND (o.stato = 'aperta' OR o.inizio = ?4)) ORDER BY w.numero LIMIT {LOOKED_AT}",
                columns.join(", ")
            ),
            &[
                freed.sede.as_str().into(),
                freed.gruppo.as_str().into(),
                MOST_OFFERS.into(),
                begins.into(),
            ],
        )
        .await?;
    for row in &rows {
        if try_offer(ctx, &store::read(row)?, freed).await? {
            return Ok(());
        }
    }
    Ok(())
}

async fn try_offer(ctx: &Ctx, stored: &Stored, freed: &Freed) -> Result<bool, Error> {
    let visit = visits::of_stored(stored)?;
    let sede = sedi::find(&freed.sede)?;
    let search = Search {
        visit: &visit,
        by: By::Citizen,
        modalita: Some(stored.modalita),
        now: ctx.now,
    };
    let day = rome_date(slots::instant_of(freed.cells.start));
    let known = disponibilita::know(ctx, sede, (day, day), "").await?;
    for slot in slots::free(known.office(sede), search, day, day) {
        let cells = visit.desk_cells(slot.cell);
        let touches = cells.start < freed.cells.end && freed.cells.start < cells.end;
        let earlier = slot.cell * CELL_SECONDS < stored.inizio;
        if !touches || !earlier || busy(ctx, stored, visit.person_cells(slot.cell)).await? {
            continue;
        }
        let start = Start::of_cell(slot.cell);
        let Ok(place) = slots::check(known.office(sede), search, &start, stored.modalita) else {
            continue;
        };
        let expires = ctx.now.as_second() + i64::from(sedi::rete()?.offerta_minuti) * 60;
        keep(
            ctx,
            stored,
            (&freed.sede, &place, cells),
            expires,
            "anticipo",
        )
        .await?;
        ctx.db
            .execute(
                "UPDATE attese SET avvisi = avvisi + 1 WHERE appuntamento = ?1",
                &[stored.id.as_str().into()],
            )
            .await?;
        let begins = place.start.as_second();
        tell(ctx, stored, Notice::Offered(begins, expires)).await?;
        return Ok(true);
    }
    Ok(false)
}

/// Keeps the first free place from a day on for somebody whose appointment the office cancels. `None` when there is
/// none; else its beginning and until when it is kept.
pub(crate) async fn substitute(
    ctx: &Ctx,
    stored: &Stored,
    known: &mut disponibilita::Known,
    (dal, al): (jiff::civil::Date, jiff::civil::Date),
) -> Result<Option<(i64, i64)>, Error> {
    let visit = visits::of_stored(stored)?;
    let sede = sedi::find(&stored.sede)?;
    let search = Search {
        visit: &visit,
        by: By::Citizen,
        modalita: Some(stored.modalita),
        now: ctx.now,
    };
    for slot in slots::free(known.office(sede), search, dal, al)
        .into_iter()
        .take(LOOKED_AT)
    {
        if busy(ctx, stored, visit.person_cells(slot.cell)).await? {
            continue;
        }
        let start = Start::of_cell(slot.cell);
        let Ok(place) = slots::check(known.office(sede), search, &start, stored.modalita) else {
            continue;
        };
        let begins = place.start.as_second();
        let expires = (ctx.now.as_second() + KEPT_SUBSTITUTE).min(begins - 3600);
        let cells = visit.desk_cells(slot.cell);
        keep(
            ctx,
            stored,
            (&stored.sede, &place, cells.clone()),
            expires,
            "sostituzione",
        )
        .await?;
        if let Some(seat) = place.seats.first() {
            cells.for_each(|cell| known.occupied.take(&seat.gruppo, cell, seat.sportello));
        }
        return Ok(Some((begins, expires)));
    }
    Ok(None)
}

/// Whether the person is expected elsewhere at that time.
async fn busy(ctx: &Ctx, stored: &Stored, cells: Range<Cell>) -> Result<bool, Error> {
    let rows = ctx
        .db
        .query(
            "SELECT 1 FROM celle_persona WHERE codice_fiscale = ?1 AND cella >= ?2 AND cella < ?3 AND appuntamento <> ?4 LIMIT 1",
            &[
                stored.codice_fiscale.as_str().into(),
                cells.start.into(),
                cells.end.into(),
                stored.id.as_str().into(),
            ],
        )
        .await?;
    Ok(!rows.is_empty())
}

async fn keep(
    ctx: &Ctx,
    stored: &Stored,
    (sede, place, cells): (&str, &Place, Range<Cell>),
    expires: i64,
    why: &str,
) -> Result<(), Error> {
    let id = ctx.token();
    let until = Some(expires + GRACE);
    let seat = cells::take_first(ctx, sede, &place.seats, cells, &id, until).await?;
    ctx.db
        .execute(
            "INSERT INTO offerte (id, appuntamento, codice_fiscale, motivo, sede, gruppo, sportello, inizio, fine, creata, \
             scade, stato) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, 'aperta')",
            &[
                id.into(),
                stored.id.as_str().into(),
                stored.codice_fiscale.as_str().into(),
                why.into(),
                sede.into(),
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
    notices::deliver(ctx).await;
    super::reply(ctx, 200, &appointment).await
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
    notices::deliver(ctx).await;
    super::reply(ctx, 200, &appointment).await
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

/// Ends an offer and passes its place on. False when it was over already.
async fn give_up(ctx: &Ctx, id: &str, how: &str) -> Result<bool, Error> {
    if !end(ctx, id, how).await? {
        return Ok(false);
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
    offer(ctx, &Freed::of_offer(row)?).await?;
    Ok(true)
}

/// The job's part: offers that nobody answered go to the next person.
pub(crate) async fn expire(ctx: &Ctx) -> Result<u32, Error> {
    let expired = ctx
        .db
        .query(
            "SELECT id, appuntamento FROM offerte WHERE stato = 'aperta' AND scade <= ?1 ORDER BY scade LIMIT 200",
            &[ctx.now.as_second().into()],
        )
        .await?;
    let mut all = 0;
    for row in &expired {
        all += transaction(&ctx.db, async || {
            if !give_up(ctx, row.text(0)?, "scaduta").await? {
                return Ok(0);
            }
            store::add_event(ctx, row.text(1)?, ("sistema", "-"), "offerta_scaduta", None).await?;
            Ok(1)
        })
        .await?;
    }
    Ok(all)
}
