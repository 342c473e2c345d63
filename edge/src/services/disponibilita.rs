// SPDX-License-Identifier: EUPL-1.2
//! What is free: the configuration and what the store knows, put into the slot engine of the contract. One range query
//! for the offices and days that are asked about, and one for what was decided about them.

use std::collections::HashSet;
use std::ops::Range;

use contract::appuntamento::refusal::Refusal;
use contract::appuntamento::{Disponibilita, Modalita};
use contract::problem::{FieldProblem, Problem};
use contract::sede::Sede;
use contract::slots::{
    self, By, Cell, Change, Exceptions, Occupied, Office, Place, Search, Slot, Visit, cell_of,
    cells_between,
};
use contract::values::calendar::rome_date;
use jiff::ToSpan;
use jiff::civil::Date;

use super::appuntamenti::refusals::refuse;
use super::sedi;
use super::visits::{self, Wanted};
use crate::ctx::Ctx;
use crate::db::{Row, Value};
use crate::error::Error;
use crate::http::{Reply, Request};

/// Most days of one call.
const MOST_DAYS: i32 = 62;
/// Alternatives to a place that is taken.
const ALTERNATIVES: usize = 6;
/// Days around a wanted place in which alternatives are looked for.
const AROUND: i32 = 7;
/// Days in which the first free place of an office is looked for, one span after the other.
const SPANS: [i32; 4] = [4, 8, 20, 400];

/// What the store knows of one office.
pub(crate) struct Known {
    pub(crate) exceptions: Exceptions,
    pub(crate) occupied: Occupied,
}

impl Known {
    /// As the slot engine wants it.
    pub(crate) fn office<'a>(&'a self, sede: &'a Sede) -> Office<'a> {
        Office {
            sede,
            exceptions: &self.exceptions,
            occupied: &self.occupied,
        }
    }

    /// What has just been taken: the first seat of a place.
    pub(crate) fn take(&mut self, place: &Place, cells: Range<Cell>) {
        if let Some(seat) = place.seats.first() {
            cells.for_each(|cell| self.occupied.take(&seat.gruppo, cell, seat.sportello));
        }
    }
}

/// Reads what is taken and what was decided for these days. What `ignored` owns counts as free.
pub(crate) async fn know(
    ctx: &Ctx,
    sede: &Sede,
    (dal, al): (Date, Date),
    ignored: &str,
) -> Result<Known, Error> {
    Ok(Known {
        exceptions: exceptions_of(ctx, sede, (dal, al)).await?,
        occupied: occupied(ctx, sede, (dal, al), ignored).await?,
    })
}

/// Closures and other numbers of places of one office.
pub(crate) async fn exceptions_of(
    ctx: &Ctx,
    sede: &Sede,
    days: (Date, Date),
) -> Result<Exceptions, Error> {
    let decided = exceptions(ctx, Some(&sede.codice), days).await?;
    let own = decided.into_iter().next();
    Ok(own.map(|(_, known)| known).unwrap_or_default())
}

/// Taken cells of one office.
async fn occupied(
    ctx: &Ctx,
    sede: &Sede,
    days: (Date, Date),
    ignored: &str,
) -> Result<Occupied, Error> {
    let one = occupied_of(ctx, &[sede], days, ignored).await?;
    Ok(one
        .into_iter()
        .next()
        .unwrap_or_else(|| Occupied::new(0..0)))
}

/// Taken cells of several offices, in their order; one query for all of them.
async fn occupied_of(
    ctx: &Ctx,
    offices: &[&Sede],
    (dal, al): (Date, Date),
    ignored: &str,
) -> Result<Vec<Occupied>, Error> {
    let range = cells_between(dal, al);
    let mut all: Vec<Occupied> = offices
        .iter()
        .map(|_| Occupied::new(range.clone()))
        .collect();
    let mut values: Vec<Value> = vec![
        range.start.into(),
        range.end.into(),
        ctx.now.as_second().into(),
        ignored.into(),
    ];
    let mut listed = String::new();
    for office in offices {
        values.push(office.codice.as_str().into());
        let comma = if listed.is_empty() { "" } else { ", " };
        listed.push_str(&format!("{comma}?{}", values.len()));
    }
    let sql = format!(
        "SELECT sede, gruppo, cella, sum(1 << sportello) FROM celle WHERE sede IN ({listed}) AND cella >= ?1 \
         AND cella < ?2 AND (scade IS NULL OR scade > ?3) AND di <> ?4 GROUP BY sede, cella, gruppo"
    );
    let mut at = 0;
    for row in &ctx.db.query(&sql, &values).await? {
        let code = row.text(0)?;
        // The rows of an office stand together.
        if offices.get(at).is_none_or(|office| office.codice != code) {
            let found = offices.iter().position(|office| office.codice == code);
            at = found.ok_or_else(|| Error::Db("an office that was not asked for".into()))?;
        }
        let mask = row.integer(3)?.cast_unsigned();
        all[at].take_mask(row.text(1)?, row.integer(2)?, mask);
    }
    Ok(all)
}

/// The same, of one office or of all of them.
async fn exceptions(
    ctx: &Ctx,
    sede: Option<&str>,
    (dal, al): (Date, Date),
) -> Result<Vec<(String, Exceptions)>, Error> {
    let rows = ctx
        .db
        .query(
            "SELECT sede, giorno, motivo, NULL, 0 FROM chiusure WHERE (?1 IS NULL OR sede = ?1) AND giorno BETWEEN ?2 AND ?3 \
             UNION ALL SELECT sede, dal, al, gruppo, sportelli FROM capienze WHERE (?1 IS NULL OR sede = ?1) \
             AND dal <= ?3 AND al >= ?2",
            &[sede.into(), dal.to_string().into(), al.to_string().into()],
        )
        .await?;
    let mut all: Vec<(String, Exceptions)> = Vec::new();
    for row in &rows {
        let code = row.text(0)?;
        let at = all.iter().position(|(known, _)| known == code);
        let at = at.unwrap_or_else(|| {
            all.push((code.to_owned(), Exceptions::default()));
            all.len() - 1
        });
        add(&mut all[at].1, row)?;
    }
    Ok(all)
}

fn add(exceptions: &mut Exceptions, row: &Row) -> Result<(), Error> {
    let day = |n: usize| -> Result<Date, Error> {
        row.text(n)?
            .parse()
            .map_err(|_| Error::Db("a stored day is broken".into()))
    };
    match row.opt_text(3)? {
        None => exceptions.closures.push((day(1)?, row.text(2)?.to_owned())),
        Some(group) => exceptions.capacity.push(Change {
            gruppo: group.to_owned(),
            dal: day(1)?,
            al: day(2)?,
            sportelli: u16::try_from(row.integer(4)?).unwrap_or(0),
        }),
    }
    Ok(())
}

/// Whether a wanted place can be booked now, and where exactly. Inside a transaction that writes, the answer holds.
/// What `ignored` owns counts as free: an own appointment that moves, an own hold.
pub(crate) async fn place(ctx: &Ctx, wanted: &Wanted, ignored: &str) -> Result<Place, Error> {
    let day = wanted.start.local.date();
    // Far away there is nothing to read, and the engine says so.
    let near = (day - ctx.today()).get_days().abs() < 400;
    let known = if near {
        know(ctx, wanted.sede, (day, day), ignored).await?
    } else {
        Known {
            exceptions: Exceptions::default(),
            occupied: Occupied::new(0..0),
        }
    };
    slots::check(
        known.office(wanted.sede),
        wanted.search(ctx),
        &wanted.start,
        wanted.modalita,
    )
    .map_err(refuse)
}

/// Adds what else is free to the refusal of a place.
pub(crate) async fn told<T>(
    ctx: &Ctx,
    wanted: &Wanted,
    outcome: Result<T, Error>,
) -> Result<T, Error> {
    match outcome {
        Err(Error::Conflict(code, detail))
            if code == Refusal::SlotTaken.code() || code == Refusal::HoldExpired.code() =>
        {
            let others = alternatives(ctx, wanted).await?;
            Err(Error::Taken(code, detail, others))
        }
        other => other,
    }
}

async fn alternatives(ctx: &Ctx, wanted: &Wanted) -> Result<Vec<Disponibilita>, Error> {
    let day = wanted.start.local.date();
    let days = (
        day.saturating_sub(AROUND.days()).max(ctx.today()),
        day.saturating_add(AROUND.days()),
    );
    let known = know(ctx, wanted.sede, days, "").await?;
    let mut free = slots::free(
        known.office(wanted.sede),
        wanted.search(ctx),
        days.0,
        days.1,
    );
    // A place at which the person is expected elsewhere is no way out.
    let busy = busy(ctx, wanted, days).await?;
    free.retain(|slot| {
        let mut own = wanted.visit.person_cells(slot.cell);
        !own.any(|cell| busy.contains(&cell))
    });
    Ok(
        slots::nearest(free, cell_of(wanted.start.instant), ALTERNATIVES)
            .iter()
            .map(|slot| slot.on_the_wire(&wanted.sede.codice))
            .collect(),
    )
}

/// The cells at which the citizen who asks is expected somewhere.
async fn busy(ctx: &Ctx, wanted: &Wanted, days: (Date, Date)) -> Result<HashSet<Cell>, Error> {
    let Some(session) = ctx.session.as_ref().filter(|_| wanted.by == By::Citizen) else {
        return Ok(HashSet::new());
    };
    let range = cells_between(days.0, days.1);
    let rows = ctx
        .db
        .query(
            "SELECT cella FROM celle_persona WHERE codice_fiscale = ?1 AND cella >= ?2 AND cella < ?3",
            &[
                session.citizen.codice_fiscale.as_str().into(),
                range.start.into(),
                range.end.into(),
            ],
        )
        .await?;
    rows.iter().map(|row| row.integer(0)).collect()
}

/// `GET /api/disponibilita?servizio=&sede=&dal=&al=[&altri=][&modalita=]`.
pub(crate) async fn list(ctx: &Ctx, request: &Request) -> Result<Reply, Error> {
    let visit = visits::asked(request)?;
    let modalita = visits::way_asked(request)?;
    let sede = request
        .query_given("sede")
        .and_then(|code| sedi::rete().ok()?.sede(code))
        .ok_or_else(|| refuse(Refusal::UnknownOffice))?;
    let (dal, al) = days_asked(ctx, request, MOST_DAYS)?;
    let search = Search {
        visit: &visit,
        by: By::Citizen,
        modalita,
        now: ctx.now,
    };
    let days = slots::days(search, dal, al);
    let found = if days.start < days.end {
        let last = days.end.yesterday().unwrap_or(days.end);
        let known = know(ctx, sede, (days.start, last), "").await?;
        slots::free(known.office(sede), search, dal, al)
    } else {
        Vec::new()
    };
    let all: Vec<Disponibilita> = found
        .iter()
        .map(|slot| slot.on_the_wire(&sede.codice))
        .collect();
    Ok(Reply::json(200, &all))
}

/// `dal` and `al` of a query: at most so many days. Without them, a month from today.
pub(crate) fn days_asked(ctx: &Ctx, request: &Request, most: i32) -> Result<(Date, Date), Error> {
    let refused = |field: &str, problem| Error::Refused(vec![FieldProblem::new(field, problem)]);
    let day = |name: &str| match request.query_given(name) {
        None => Ok(None),
        Some(text) => contract::flow::check_date(text)
            .map(Some)
            .ok_or_else(|| refused(name, Problem::NotADate)),
    };
    let dal = day("dal")?.unwrap_or_else(|| ctx.today());
    let al = match day("al")? {
        Some(al) => al,
        None => dal.saturating_add(30.days()),
    };
    if al < dal {
        return Err(refused("al", Problem::DateBefore(dal.to_string())));
    }
    let limit = dal.saturating_add((most - 1).days());
    if al > limit {
        return Err(refused("al", Problem::DateAfter(limit.to_string())));
    }
    Ok((dal, al))
}

/// The first free place of every office that offers the visit: for a few days of all of them, then for more days of those
/// that are full.
pub(crate) async fn first_of_each(
    ctx: &Ctx,
    visit: &Visit,
    modalita: Option<Modalita>,
) -> Result<Vec<(&'static Sede, Option<Slot>)>, Error> {
    let search = Search {
        visit,
        by: By::Citizen,
        modalita,
        now: ctx.now,
    };
    let (earliest, last) = visit.window(By::Citizen, ctx.now);
    let mut dal = rome_date(earliest);
    let decided = exceptions(ctx, None, (dal, last)).await?;
    let offers = |sede: &&Sede| sede.gruppi.iter().any(|group| visit.taken_by(group));
    let mut all: Vec<(&Sede, Option<Slot>)> = sedi::rete()?
        .sedi
        .iter()
        .filter(offers)
        .map(|sede| (sede, None))
        .collect();
    for days in SPANS {
        let full: Vec<_> = all.iter_mut().filter(|(_, slot)| slot.is_none()).collect();
        if full.is_empty() || dal > last {
            break;
        }
        let al = dal.saturating_add((days - 1).days()).min(last);
        let offices: Vec<&Sede> = full.iter().map(|(sede, _)| *sede).collect();
        let taken = occupied_of(ctx, &offices, (dal, al), "").await?;
        for ((sede, slot), occupied) in full.into_iter().zip(taken) {
            let own = decided.iter().find(|(code, _)| *code == sede.codice);
            let exceptions = own.map(|(_, known)| known.clone()).unwrap_or_default();
            let known = Known {
                exceptions,
                occupied,
            };
            *slot = slots::first(known.office(sede), search, dal, al);
        }
        dal = al.saturating_add(1.day());
    }
    Ok(all)
}
