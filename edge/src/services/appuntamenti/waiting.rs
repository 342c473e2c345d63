// SPDX-License-Identifier: EUPL-1.2
//! The waiting list: who asked for an earlier place is offered one that comes free, one person at a time and for a
//! limited time, whatever it came free by: somebody who cancels, moves or lets a hold run out, or the office that gives
//! time back. What becomes of an offer stands in [`offers`]; another place instead of a cancelled one in [`substitute`].

use std::collections::HashSet;
use std::ops::Range;

use contract::sede::Sede;
use contract::slots::{self, CELL_SECONDS, Cell, Place, Start, cells_between};
use contract::values::calendar::rome_date;
use jiff::ToSpan;
use jiff::civil::Date;

use super::super::disponibilita::{self, Known};
use super::super::{sedi, visits};
use super::instant;
use super::store::{self, Stored};
use super::tell::{Notice, tell};
use crate::ctx::Ctx;
use crate::db::{Row, transaction};
use crate::error::Error;

pub(crate) mod offers;
pub(crate) mod substitute;

/// Offers that one wish gets at most.
const MOST_OFFERS: i64 = 3;
/// Nothing is offered that begins sooner than this, in seconds: people need time to arrange themselves.
const SOONEST: i64 = 2 * 86_400;
/// Nothing further away than this is looked at, in days: no service can be booked so early.
const FURTHEST: i32 = 366;
/// People of the list that are looked at for what came free.
const LOOKED_AT: usize = 50;

/// Time of a group of an office that came free.
#[derive(Debug, Clone)]
pub(crate) struct Freed {
    sede: String,
    gruppo: String,
    cells: Range<Cell>,
    /// How many cells of desks came free: no more than these are offered.
    room: i64,
}

impl Freed {
    /// By an appointment.
    pub(crate) fn by(stored: &Stored) -> Result<Self, Error> {
        let from = stored.inizio.div_euclid(CELL_SECONDS);
        let cells = visits::of_stored(stored)?.desk_cells(from);
        Ok(Self::of(&stored.sede, &stored.gruppo, cells, 1))
    }

    /// By so many desks of a group, for these cells each.
    pub(crate) fn of(sede: &str, gruppo: &str, cells: Range<Cell>, desks: u16) -> Self {
        Self {
            sede: sede.into(),
            gruppo: gruppo.into(),
            room: (cells.end - cells.start) * i64::from(desks),
            cells,
        }
    }

    /// By a hold or an offer: `sede, gruppo, inizio, fine`.
    pub(crate) fn of_row(row: &Row) -> Result<Self, Error> {
        let cells = cells_of(row.integer(2)?, row.integer(3)?);
        Ok(Self::of(row.text(0)?, row.text(1)?, cells, 1))
    }

    /// The days on which something of it can be offered.
    fn days(&self, ctx: &Ctx) -> Option<(Date, Date)> {
        let soonest = slots::cell_of(instant(ctx.now.as_second() + SOONEST).ok()?);
        let first = rome_date(slots::instant_of(self.cells.start.max(soonest)));
        let last = rome_date(slots::instant_of(self.cells.end - 1));
        let last = last.min(ctx.today().saturating_add(FURTHEST.days()));
        (first <= last && self.cells.end > soonest).then_some((first, last))
    }
}

/// The cells between two instants.
pub(crate) fn cells_of(from: i64, until: i64) -> Range<Cell> {
    from.div_euclid(CELL_SECONDS)..(until - 1).div_euclid(CELL_SECONDS) + 1
}

/// The person asks for an earlier place; inside the caller's transaction.
pub(crate) async fn ask(ctx: &Ctx, stored: &Stored) -> Result<(), Error> {
    ctx.db
        .execute(
            "INSERT INTO attese (appuntamento, numero, codice_fiscale, sede, gruppo, inizio, creata) \
             VALUES (?1, 1 + coalesce((SELECT max(numero) FROM attese), 0), ?2, ?3, ?4, ?5, ?6) \
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
    let freed = offers::withdraw(ctx, appointment).await?;
    offer_all(ctx, &freed).await.map(drop)
}

/// Offers what came free by something that is over already. What fails here changes nothing for whoever did that.
pub(crate) async fn pass_on(ctx: &Ctx, freed: &[Freed]) {
    let passed = async {
        let mut waited_for = false;
        for one in freed {
            waited_for |= somebody_waits(ctx, one).await?;
        }
        if waited_for {
            transaction(&ctx.db, async || offer_all(ctx, freed).await).await?;
        }
        Ok(())
    };
    let passed: Result<(), Error> = passed.await;
    if let Err(error) = passed {
        eprintln!("waiting list: nothing offered: {error:?}");
    }
}

async fn somebody_waits(ctx: &Ctx, freed: &Freed) -> Result<bool, Error> {
    let rows = ctx
        .db
        .query(
            "SELECT 1 FROM attese WHERE sede = ?1 LIMIT 1",
            &[freed.sede.as_str().into()],
        )
        .await?;
    Ok(!rows.is_empty())
}

/// Offers several things that came free; inside the transaction that frees them. Gives back how many offers were made.
pub(crate) async fn offer_all(ctx: &Ctx, freed: &[Freed]) -> Result<u32, Error> {
    let mut all = 0;
    for one in freed {
        all += offer(ctx, one).await?;
    }
    Ok(all)
}

/// Offers what came free to the first of the list for whom it fits, and what is left of it to the next; inside the
/// transaction that frees it. Gives back how many offers were made.
pub(crate) async fn offer(ctx: &Ctx, freed: &Freed) -> Result<u32, Error> {
    let Some(days) = freed.days(ctx) else {
        return Ok(0);
    };
    let sede = sedi::find(&freed.sede)?;
    let waiting = waiting(ctx, sede, freed).await?;
    if waiting.is_empty() {
        return Ok(0);
    }
    let mut hall = Hall {
        sede,
        days,
        known: disponibilita::know(ctx, sede, days, "").await?,
        hindered: hindered(ctx, freed, days).await?,
    };
    let (mut room, mut made) = (freed.room, 0);
    for stored in &waiting {
        if room <= 0 {
            break;
        }
        if let Some(taken) = hall.try_offer(ctx, stored, freed).await? {
            room -= taken;
            made += 1;
        }
    }
    Ok(made)
}

/// Who waits in this office, in whichever group, for something that the group with the free time does too and that begins
/// before their appointment; in the order in which they asked.
async fn waiting(ctx: &Ctx, sede: &Sede, freed: &Freed) -> Result<Vec<Stored>, Error> {
    let Some(group) = sede
        .gruppi
        .iter()
        .find(|group| group.codice == freed.gruppo)
    else {
        return Ok(Vec::new());
    };
    let which = "WHERE a.id IN (SELECT appuntamento FROM attese WHERE sede = ?1 AND avvisi < ?2) \
         AND a.stato = 'da_erogare' AND a.inizio > ?3 \
         AND NOT EXISTS (SELECT 1 FROM offerte o WHERE o.appuntamento = a.id AND o.stato = 'aperta') \
         ORDER BY (SELECT numero FROM attese w WHERE w.appuntamento = a.id)";
    let begins = (freed.cells.start * CELL_SECONDS).max(ctx.now.as_second() + SOONEST);
    let values = [
        freed.sede.as_str().into(),
        MOST_OFFERS.into(),
        begins.into(),
    ];
    let mut all = store::all(ctx, which, &values).await?;
    let done_by = |code: &String| group.servizi.contains(code);
    all.retain(|stored| stored.servizi.iter().all(done_by));
    all.truncate(LOOKED_AT);
    Ok(all)
}

/// Cells at which the people of the list are expected elsewhere, and those that they were offered before.
async fn hindered(
    ctx: &Ctx,
    freed: &Freed,
    (first, last): (Date, Date),
) -> Result<HashSet<(String, Cell)>, Error> {
    let range = cells_between(first, last);
    let rows = ctx
        .db
        .query(
            "SELECT w.appuntamento, p.cella, p.cella + 1 FROM attese w JOIN celle_persona p ON p.codice_fiscale = w.codice_fiscale \
             AND p.appuntamento <> w.appuntamento \
             WHERE w.sede = ?1 AND p.cella >= ?2 AND p.cella < ?3 \
             UNION ALL SELECT w.appuntamento, o.inizio / ?4, (o.fine - 1) / ?4 + 1 FROM attese w \
             JOIN offerte o ON o.appuntamento = w.appuntamento \
             WHERE w.sede = ?1 AND o.inizio >= ?2 * ?4 AND o.inizio < ?3 * ?4",
            &[
                freed.sede.as_str().into(),
                range.start.into(),
                range.end.into(),
                CELL_SECONDS.into(),
            ],
        )
        .await?;
    let mut all = HashSet::new();
    for row in &rows {
        let cells = row.integer(1)?..row.integer(2)?;
        let id = row.text(0)?;
        all.extend(cells.map(|cell| (id.to_owned(), cell)));
    }
    Ok(all)
}

/// What is known of the days while the list is gone through.
struct Hall {
    sede: &'static Sede,
    days: (Date, Date),
    known: Known,
    hindered: HashSet<(String, Cell)>,
}

impl Hall {
    /// Keeps the earliest place of what came free that is earlier than the person's own, and tells them. Gives back how
    /// many of the free cells it takes.
    async fn try_offer(
        &mut self,
        ctx: &Ctx,
        stored: &Stored,
        freed: &Freed,
    ) -> Result<Option<i64>, Error> {
        let visit = visits::of_stored(stored)?;
        let search = stored.search(ctx, &visit);
        let soonest = ctx.now.as_second() + SOONEST;
        let (first, last) = self.days;
        for slot in slots::free(self.known.office(self.sede), search, first, last) {
            let begins = slot.cell * CELL_SECONDS;
            let cells = visit.desk_cells(slot.cell);
            let shared = cells.end.min(freed.cells.end) - cells.start.max(freed.cells.start);
            let busy = visit
                .person_cells(slot.cell)
                .any(|cell| self.hindered.contains(&(stored.id.clone(), cell)));
            if shared <= 0 || begins >= stored.inizio || begins < soonest || busy {
                continue;
            }
            let start = Start::of_cell(slot.cell);
            let office = self.known.office(self.sede);
            let Ok(mut place) = slots::check(office, search, &start, stored.modalita) else {
                continue;
            };
            place.seats.retain(|seat| seat.gruppo == freed.gruppo);
            if place.seats.is_empty() {
                continue;
            }
            let until = offers::until(ctx.now, sedi::rete()?.offerta_minuti);
            self.keep(ctx, stored, &place, cells, until).await?;
            return Ok(Some(shared));
        }
        Ok(None)
    }

    async fn keep(
        &mut self,
        ctx: &Ctx,
        stored: &Stored,
        place: &Place,
        cells: Range<Cell>,
        until: i64,
    ) -> Result<(), Error> {
        let why = "anticipo";
        offers::keep(ctx, stored, (self.sede, place, cells.clone()), until, why).await?;
        self.known.take(place, cells);
        ctx.db
            .execute(
                "UPDATE attese SET avvisi = avvisi + 1 WHERE appuntamento = ?1",
                &[stored.id.as_str().into()],
            )
            .await?;
        let begins = place.start.as_second();
        tell(ctx, stored, Notice::Offered(begins, until)).await
    }
}
