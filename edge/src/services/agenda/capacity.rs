// SPDX-License-Identifier: EUPL-1.2
//! How many places each group of an office has, and for which days that is different.

use contract::appuntamento::{Capienza, NuovaCapienza, Variazione};
use contract::problem::{FieldProblem, Problem};
use contract::sede::Sede;
use contract::slots::{CELL_SECONDS, MOST_PLACES, cells_between};

use super::super::disponibilita;
use super::super::operatore::signature;
use super::{not_past, office};
use crate::ctx::Ctx;
use crate::db::transaction;
use crate::error::Error;
use crate::http::{Reply, Request};

/// `GET /api/operatore/capienza`.
pub(crate) async fn read(ctx: &Ctx) -> Result<Reply, Error> {
    Ok(Reply::json(200, &of(ctx, office(ctx)?).await?))
}

async fn of(ctx: &Ctx, sede: &Sede) -> Result<Vec<Capienza>, Error> {
    let days = (ctx.today(), jiff::civil::Date::MAX);
    let decided = disponibilita::exceptions(ctx, Some(&sede.codice), days).await?;
    let exceptions = decided
        .into_iter()
        .next()
        .map(|(_, known)| known)
        .unwrap_or_default();
    Ok(sede
        .gruppi
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
            Capienza {
                gruppo: group.codice.clone(),
                servizi: group.servizi.clone(),
                di_norma: group.sportelli,
                variazioni: changes,
            }
        })
        .collect())
}

/// `PUT /api/operatore/capienza`. Appointments already given stay, also beyond a smaller number.
pub(crate) async fn change(ctx: &Ctx, request: &Request) -> Result<Reply, Error> {
    let new: NuovaCapienza = request.json()?;
    let refused = |field: &str, problem| Error::Refused(vec![FieldProblem::new(field, problem)]);
    let sede = office(ctx)?;
    if !sede.gruppi.iter().any(|group| group.codice == new.gruppo) {
        return Err(refused("gruppo", Problem::UnknownCode));
    }
    if new.al < new.dal {
        return Err(refused("al", Problem::DateBefore(new.dal.to_string())));
    }
    not_past(ctx, "al", new.al)?;
    if new.sportelli.is_some_and(|places| places > MOST_PLACES) {
        let most = i64::from(MOST_PLACES);
        return Err(refused("sportelli", Problem::AtMost(most)));
    }
    transaction(&ctx.db, async || {
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
        block_new_places(ctx, sede, &new, places).await
    })
    .await?;
    Ok(Reply::json(200, &of(ctx, sede).await?))
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
