// SPDX-License-Identifier: EUPL-1.2
//! Another place for people whose appointments the office has to cancel.

use std::collections::HashSet;

use contract::sede::Sede;
use contract::slots::{self, By, Cell, Place, Search, Start, Visit, cells_between};
use jiff::civil::Date;

use super::super::super::disponibilita::{self, Known};
use super::super::super::visits;
use super::super::instant;
use super::super::store::Stored;
use super::{Freed, offers};
use crate::ctx::Ctx;
use crate::error::Error;

/// How long a place is kept, in seconds.
const KEPT: i64 = 48 * 3600;
/// Free places that are looked at for one person.
const LOOKED_AT: usize = 50;

/// What is known of the days in which other places are looked for.
pub(crate) struct Substitutes {
    sede: &'static Sede,
    days: (Date, Date),
    known: Known,
    /// Where the people concerned are expected, by person.
    expected: HashSet<(String, Cell)>,
}

impl Substitutes {
    /// Reads what is taken in these days, by anybody and by the people whose appointments lie between two instants.
    pub(crate) async fn read(
        ctx: &Ctx,
        sede: &'static Sede,
        days: (Date, Date),
        (from, until): (i64, i64),
    ) -> Result<Self, Error> {
        let range = cells_between(days.0, days.1);
        let rows = ctx
            .db
            .query(
                "SELECT codice_fiscale, cella FROM celle_persona WHERE cella >= ?4 AND cella < ?5 AND codice_fiscale IN \
                 (SELECT codice_fiscale FROM appuntamenti WHERE sede = ?1 AND inizio >= ?2 AND inizio < ?3)",
                &[
                    sede.codice.as_str().into(),
                    from.into(),
                    until.into(),
                    range.start.into(),
                    range.end.into(),
                ],
            )
            .await?;
        let expected = rows
            .iter()
            .map(|row| Ok((row.text(0)?.to_owned(), row.integer(1)?)))
            .collect::<Result<_, Error>>()?;
        Ok(Self {
            sede,
            days,
            known: disponibilita::know(ctx, sede, days, "").await?,
            expected,
        })
    }

    /// Keeps the first free place for somebody whose appointment has been cancelled. `None` when there is none; else its
    /// beginning and until when it is kept.
    pub(crate) async fn keep(
        &mut self,
        ctx: &Ctx,
        stored: &Stored,
    ) -> Result<Option<(i64, i64)>, Error> {
        let visit = visits::of_stored(stored)?;
        let search = Search {
            visit: &visit,
            by: By::Citizen,
            modalita: Some(stored.modalita),
            now: ctx.now,
        };
        let (dal, al) = self.days;
        let free = slots::free(self.known.office(self.sede), search, dal, al);
        for slot in free.into_iter().take(LOOKED_AT) {
            let own = |cell| (stored.codice_fiscale.clone(), cell);
            let mut hours = visit.person_cells(slot.cell);
            if hours.any(|cell| self.expected.contains(&own(cell))) {
                continue;
            }
            let start = Start::of_cell(slot.cell);
            let office = self.known.office(self.sede);
            let Ok(place) = slots::check(office, search, &start, stored.modalita) else {
                continue;
            };
            let begins = place.start.as_second();
            let until = self.give(ctx, stored, (&visit, slot.cell), &place).await?;
            return Ok(Some((begins, until)));
        }
        Ok(None)
    }

    /// Keeps the very place again that somebody had before it was cancelled, instead of any other that was offered. `None`
    /// when it cannot be had; else what was kept instead, which is free now, and until when the place is kept.
    pub(crate) async fn restore(
        &mut self,
        ctx: &Ctx,
        stored: &Stored,
    ) -> Result<Option<(Vec<Freed>, i64)>, Error> {
        let visit = visits::of_stored(stored)?;
        let search = Search {
            visit: &visit,
            by: By::Citizen,
            modalita: Some(stored.modalita),
            now: ctx.now,
        };
        let start = Start::of_cell(slots::cell_of(instant(stored.inizio)?));
        let cell = slots::cell_of(start.instant);
        let own = |cell| (stored.codice_fiscale.clone(), cell);
        let mut hours = visit.person_cells(cell);
        if hours.any(|cell| self.expected.contains(&own(cell))) {
            return Ok(None);
        }
        let office = self.known.office(self.sede);
        let Ok(place) = slots::check(office, search, &start, stored.modalita) else {
            return Ok(None);
        };
        let other = offers::withdraw(ctx, &stored.id).await?;
        let until = self.give(ctx, stored, (&visit, cell), &place).await?;
        Ok(Some((other, until)))
    }

    /// Keeps a place, and gives back until when.
    async fn give(
        &mut self,
        ctx: &Ctx,
        stored: &Stored,
        (visit, cell): (&Visit, Cell),
        place: &Place,
    ) -> Result<i64, Error> {
        let until = (ctx.now.as_second() + KEPT).min(place.start.as_second() - 3600);
        let cells = visit.desk_cells(cell);
        let kept = (self.sede, place, cells.clone());
        offers::keep(ctx, stored, kept, until, "sostituzione").await?;
        self.known.take(place, cells);
        let hours = visit.person_cells(cell);
        self.expected
            .extend(hours.map(|cell| (stored.codice_fiscale.clone(), cell)));
        Ok(until)
    }
}
