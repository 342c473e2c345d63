// SPDX-License-Identifier: EUPL-1.2
//! How many places each group of an office has, and for which days that is different.

use contract::appuntamento::{Capienza, NuovaCapienza, Variazione};
use contract::problem::{FieldProblem, Problem};
use contract::sede::{Gruppo, Sede};
use contract::slots::{CELL_SECONDS, Exceptions, MOST_PLACES, cells_between, places_on};
use jiff::ToSpan;
use jiff::civil::Date;

use super::super::appuntamenti::waiting::{self, Freed};
use super::super::operatore::signature;
use super::super::{disponibilita, sedi};
use super::{not_past, office};
use crate::ctx::Ctx;
use crate::db::transaction;
use crate::error::Error;
use crate::http::{Reply, Request};

/// Days from today in which more places are offered: further away nothing is booked yet.
const LOOKED_AT: i32 = 120;

/// `GET /api/operatore/capienza`.
pub(crate) async fn read(ctx: &Ctx) -> Result<Reply, Error> {
    Ok(Reply::json(200, &of(ctx, office(ctx)?).await?))
}

async fn of(ctx: &Ctx, sede: &Sede) -> Result<Vec<Capienza>, Error> {
    let days = (ctx.today(), jiff::civil::Date::MAX);
    let exceptions = disponibilita::exceptions_of(ctx, sede, days).await?;
    sede.gruppi
        .iter()
        .map(|group| {
            let mut changes: Vec<Variazione> = exceptions
                .capacity
                .iter()
                .filter(|change| change.gruppo == group.codice)
                .map(|change| Variazione {
                    dal: change.dal,
                    al: change.al,
                    sportelli: change.sportelli,
                })
                .collect();
            changes.sort_by_key(|change| change.dal);
            Ok(Capienza {
                gruppo: group.codice.clone(),
                nome: sedi::group_name(ctx, &group.codice)?,
                servizi: group.servizi.clone(),
                di_norma: group.sportelli,
                variazioni: changes,
            })
        })
        .collect()
}

/// `PUT /api/operatore/capienza`. Appointments already given stay, also beyond a smaller number.
pub(crate) async fn change(ctx: &Ctx, request: &Request) -> Result<Reply, Error> {
    let new: NuovaCapienza = request.json()?;
    let refused = |field: &str, problem| Error::Refused(vec![FieldProblem::new(field, problem)]);
    let sede = office(ctx)?;
    let group = sede
        .gruppi
        .iter()
        .find(|group| group.codice == new.gruppo)
        .ok_or_else(|| refused("gruppo", Problem::UnknownCode))?;
    if new.al < new.dal {
        return Err(refused("al", Problem::DateBefore(new.dal.to_string())));
    }
    not_past(ctx, "al", new.al)?;
    if new.sportelli.is_some_and(|places| places > MOST_PLACES) {
        let most = i64::from(MOST_PLACES);
        return Err(refused("sportelli", Problem::AtMost(most)));
    }
    transaction(&ctx.db, async || {
        let days = (new.dal.max(ctx.today()), new.al);
        let before = disponibilita::exceptions_of(ctx, sede, days).await?;
        write(ctx, sede, &new).await?;
        let after = disponibilita::exceptions_of(ctx, sede, days).await?;
        offer_more(ctx, sede, group, days, (&before, &after)).await
    })
    .await?;
    Ok(Reply::json(200, &of(ctx, sede).await?))
}

async fn write(ctx: &Ctx, sede: &Sede, new: &NuovaCapienza) -> Result<u64, Error> {
    let Some(places) = new.sportelli else {
        return ctx
            .db
            .execute(
                "DELETE FROM capienze WHERE sede = ?1 AND gruppo = ?2 AND dal = ?3 AND al = ?4",
                &[
                    sede.codice.as_str().into(),
                    new.gruppo.as_str().into(),
                    new.dal.to_string().into(),
                    new.al.to_string().into(),
                ],
            )
            .await;
    };
    ctx.db
        .execute(
            "INSERT INTO capienze (sede, gruppo, dal, al, sportelli, chi, quando) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7) \
             ON CONFLICT (sede, gruppo, dal) DO UPDATE SET al = excluded.al, sportelli = excluded.sportelli, \
             chi = excluded.chi, quando = excluded.quando",
            &[
                sede.codice.as_str().into(),
                new.gruppo.as_str().into(),
                new.dal.to_string().into(),
                new.al.to_string().into(),
                i64::from(places).into(),
                signature(ctx)?.into(),
                ctx.now.as_second().into(),
            ],
        )
        .await?;
    block_new_places(ctx, sede, new, places).await
}

/// Days on which there are more places now go to the waiting list first.
async fn offer_more(
    ctx: &Ctx,
    sede: &Sede,
    group: &Gruppo,
    (dal, al): (Date, Date),
    (before, after): (&Exceptions, &Exceptions),
) -> Result<(), Error> {
    let more =
        |day: Date| places_on(group, after, day).saturating_sub(places_on(group, before, day));
    let last = al.min(ctx.today().saturating_add(LOOKED_AT.days()));
    let days = dal.series(1.day()).take_while(|day| *day <= last);
    for day in days.filter(|day| more(*day) > 0) {
        let cells = cells_between(day, day);
        let freed = Freed::of(&sede.codice, &group.codice, cells, more(day));
        waiting::offer(ctx, &freed).await?;
    }
    Ok(())
}

/// Time that the whole group keeps for itself is kept by its new places too.
async fn block_new_places(
    ctx: &Ctx,
    sede: &Sede,
    new: &NuovaCapienza,
    places: u16,
) -> Result<u64, Error> {
    let range = cells_between(new.dal, new.al);
    ctx.db
        .execute(
            "INSERT INTO celle (sede, gruppo, cella, sportello, di) \
             WITH RECURSIVE s (n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM s WHERE n + 1 < ?5), \
             c (id, cella, ultima) AS (SELECT id, inizio / ?6, (fine - 1) / ?6 FROM tempi_bloccati WHERE sede = ?1 \
             AND gruppo = ?2 AND sportello IS NULL AND inizio >= ?3 AND inizio < ?4 \
             UNION ALL SELECT id, cella + 1, ultima FROM c WHERE cella < ultima) \
             SELECT ?1, ?2, c.cella, s.n, c.id FROM c, s WHERE s.n < ?5 ON CONFLICT DO NOTHING",
            &[
                sede.codice.as_str().into(),
                new.gruppo.as_str().into(),
                (range.start * CELL_SECONDS).into(),
                (range.end * CELL_SECONDS).into(),
                i64::from(places).into(),
                CELL_SECONDS.into(),
            ],
        )
        .await
}
