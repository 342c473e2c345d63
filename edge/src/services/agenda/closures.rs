// SPDX-License-Identifier: EUPL-1.2
//! Closing a day: nobody can book it any more, and everybody who had an appointment is told and, where there is one,
//! kept another place. Opening it again.

use contract::accessi::Look;
use contract::appuntamento::{EsitoChiusura, NuovaChiusura, StatoAppuntamento};
use contract::problem::{FieldProblem, Problem};
use contract::sede::Sede;
use contract::slots::{CELL_SECONDS, cells_between, places_on};
use contract::values::text;
use jiff::ToSpan;
use jiff::civil::Date;

use super::super::appuntamenti::cells;
use super::super::appuntamenti::store;
use super::super::appuntamenti::tell::{Notice, tell};
use super::super::appuntamenti::waiting::substitute::Substitutes;
use super::super::appuntamenti::waiting::{self, Freed};
use super::super::disponibilita;
use super::super::facts::session;
use super::super::operatore::signature;
use super::{not_past, office, record};
use crate::ctx::Ctx;
use crate::db::transaction;
use crate::error::Error;
use crate::http::{Reply, Request};
use crate::idempotency;

/// Days after a closed one in which another place is looked for.
const WITHIN: i32 = 60;

/// `POST /api/operatore/chiusure`.
pub(crate) async fn close(ctx: &Ctx, request: &Request) -> Result<Reply, Error> {
    let new: NuovaChiusura = request.json()?;
    let refused = |problem| Error::Refused(vec![FieldProblem::new("motivo", problem)]);
    not_past(ctx, "giorno", new.giorno)?;
    let motivo = text::clean(&new.motivo, 200).map_err(refused)?;
    if motivo.is_empty() {
        return Err(refused(Problem::Missing));
    }
    let sede = office(ctx)?;
    idempotency::once(
        ctx,
        request,
        async |key| {
            transaction(&ctx.db, async || {
                shut(ctx, sede, &new, &motivo).await?;
                let outcome = send_away(ctx, sede, &new, &motivo).await?;
                // What a repeated request is told is all that is made.
                let made = serde_json::to_string(&outcome)
                    .map_err(|_| Error::Db("an outcome cannot be written".into()))?;
                idempotency::answered(ctx, key, &made, closed(&outcome)).await
            })
            .await
        },
        async |made| {
            let outcome: EsitoChiusura = serde_json::from_str(made)
                .map_err(|_| Error::Db("an outcome cannot be read".into()))?;
            Ok(closed(&outcome))
        },
    )
    .await
}

fn closed(outcome: &EsitoChiusura) -> Reply {
    Reply::json(201, outcome).header(
        "location",
        &format!("/api/operatore/agenda?dal={0}&al={0}", outcome.giorno),
    )
}

async fn shut(ctx: &Ctx, sede: &Sede, new: &NuovaChiusura, motivo: &str) -> Result<u64, Error> {
    ctx.db
        .execute(
            "INSERT INTO chiusure (sede, giorno, motivo, chi, quando) VALUES (?1, ?2, ?3, ?4, ?5) \
             ON CONFLICT (sede, giorno) DO UPDATE SET motivo = excluded.motivo, chi = excluded.chi",
            &[
                sede.codice.as_str().into(),
                new.giorno.to_string().into(),
                motivo.into(),
                signature(ctx)?.into(),
                ctx.now.as_second().into(),
            ],
        )
        .await
}

/// `DELETE /api/operatore/chiusure/{giorno}`: the day can be booked again. Whoever was sent away is offered their old
/// place, then the waiting list has its turn, then everybody.
pub(crate) async fn reopen(ctx: &Ctx, day: &str) -> Result<Reply, Error> {
    let sede = office(ctx)?;
    let day = contract::flow::check_date(day).ok_or(Error::NotFound)?;
    not_past(ctx, "giorno", day)?;
    transaction(&ctx.db, async || {
        let gone = ctx
            .db
            .query(
                "DELETE FROM chiusure WHERE sede = ?1 AND giorno = ?2 RETURNING quando",
                &[sede.codice.as_str().into(), day.to_string().into()],
            )
            .await?;
        let closed = gone.first().ok_or(Error::NotFound)?.integer(0)?;
        let other = bring_back(ctx, sede, day, closed).await?;
        let decided = disponibilita::exceptions_of(ctx, sede, (day, day)).await?;
        for group in &sede.gruppi {
            let desks = places_on(group, &decided, day);
            let cells = cells_between(day, day);
            waiting::offer(ctx, &Freed::of(&sede.codice, &group.codice, cells, desks)).await?;
        }
        waiting::offer_all(ctx, &other).await.map(drop)
    })
    .await?;
    Ok(Reply::empty(204))
}

/// Keeps the old places of the people whom the closing has sent away and who have nothing better yet. What had been kept
/// for them instead comes free, and is given back to be offered.
async fn bring_back(
    ctx: &Ctx,
    sede: &'static Sede,
    day: Date,
    closed: i64,
) -> Result<Vec<Freed>, Error> {
    let range = cells_between(day, day);
    let span = (range.start * CELL_SECONDS, range.end * CELL_SECONDS);
    let sent_away = store::all(
        ctx,
        "WHERE a.sede = ?1 AND a.inizio >= ?2 AND a.inizio < ?3 AND a.stato = 'annullato' \
         AND EXISTS (SELECT 1 FROM eventi_appuntamento e WHERE e.appuntamento = a.id AND e.cosa = 'annullato' \
         AND e.quando >= ?4) ORDER BY a.inizio, a.creato",
        &[
            sede.codice.as_str().into(),
            span.0.into(),
            span.1.into(),
            closed.into(),
        ],
    )
    .await?;
    let mut places = Substitutes::read(ctx, sede, (day, day), span).await?;
    let mut freed = Vec::new();
    for stored in &sent_away {
        match store::refuse_booked(ctx, stored).await {
            Err(Error::Conflict(..)) => continue,
            other => other?,
        }
        if let Some((other, until)) = places.restore(ctx, stored).await? {
            freed.extend(other);
            tell(ctx, stored, Notice::Restored(stored.inizio, until)).await?;
        }
    }
    Ok(freed)
}

async fn send_away(
    ctx: &Ctx,
    sede: &'static Sede,
    new: &NuovaChiusura,
    motivo: &str,
) -> Result<EsitoChiusura, Error> {
    let range = cells_between(new.giorno, new.giorno);
    let span = (range.start * CELL_SECONDS, range.end * CELL_SECONDS);
    give_back_kept(ctx, sede, span).await?;
    let concerned = store::all(
        ctx,
        "WHERE a.sede = ?1 AND a.inizio >= ?2 AND a.inizio < ?3 AND a.inizio > ?4 AND a.stato = 'da_erogare' \
         ORDER BY a.inizio, a.creato",
        &[
            sede.codice.as_str().into(),
            span.0.into(),
            span.1.into(),
            ctx.now.as_second().into(),
        ],
    )
    .await?;
    let from = new.giorno.saturating_add(1.day());
    let until = from.saturating_add(WITHIN.days());
    let mut others = Substitutes::read(ctx, sede, (from, until), span).await?;
    let who = signature(ctx)?;
    let operator = session(ctx)?.citizen.codice_fiscale.clone();
    let mut outcome = EsitoChiusura {
        giorno: new.giorno,
        annullati: 0,
        con_offerta: 0,
    };
    for stored in &concerned {
        if !store::change_state(ctx, stored, StatoAppuntamento::Annullato).await? {
            continue;
        }
        cells::give_back(ctx, &stored.id).await?;
        cells::free_person(ctx, &stored.codice_fiscale, &stored.id).await?;
        store::close_services(ctx, stored).await?;
        waiting::stop(ctx, &stored.id).await?;
        let act = (who.as_str(), operator.as_str());
        store::add_event(ctx, &stored.id, act, "annullato", Some(motivo)).await?;
        record(ctx, stored, Look::Chiusura).await?;
        outcome.annullati += 1;
        let other = others.keep(ctx, stored).await?;
        let notice = match other {
            Some((place, until)) => {
                outcome.con_offerta += 1;
                Notice::Replaced(motivo, place, until)
            }
            None => Notice::Annulled(motivo),
        };
        tell(ctx, stored, notice).await?;
    }
    Ok(outcome)
}

/// Holds and offers on the closed day are over.
async fn give_back_kept(ctx: &Ctx, sede: &Sede, (from, until): (i64, i64)) -> Result<(), Error> {
    for sql in [
        "DELETE FROM blocchi WHERE sede = ?1 AND inizio >= ?2 AND inizio < ?3 RETURNING id",
        "UPDATE offerte SET stato = 'ritirata' WHERE sede = ?1 AND inizio >= ?2 AND inizio < ?3 AND stato = 'aperta' RETURNING id",
    ] {
        let gone = ctx
            .db
            .query(
                sql,
                &[sede.codice.as_str().into(), from.into(), until.into()],
            )
            .await?;
        for row in &gone {
            cells::give_back(ctx, row.text(0)?).await?;
        }
    }
    Ok(())
}
