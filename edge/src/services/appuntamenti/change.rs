// SPDX-License-Identifier: EUPL-1.2
//! Moving and cancelling. The old place is given up in the same transaction that obtains the new one, so that nobody is
//! ever left without; what comes free is offered to the waiting list before anybody else sees it.

use contract::appuntamento::refusal::Refusal;
use contract::appuntamento::{
    AzioneAppuntamento, Disdetta, MOTIVI_DISDETTA, Spostamento, StatoAppuntamento,
};
use contract::pratica::Actor;
use contract::problem::{FieldProblem, Problem};
use contract::slots::By;

use super::super::disponibilita;
use super::super::visits::Wanted;
use super::hold::Kept;
use super::reasons::{self, Reason};
use super::refusals::refuse;
use super::store::{self, Stored};
use super::tell::{Notice, tell};
use super::waiting::Freed;
use super::{attempt, book, cells, changed, hold, waiting};
use crate::ctx::Ctx;
use crate::db::transaction;
use crate::error::Error;
use crate::http::Request;

/// `POST /api/appuntamenti/{id}/sposta`.
pub(crate) async fn shift(ctx: &Ctx, id: &str, request: &Request) -> Result<(), Error> {
    let input: Spostamento = request.json()?;
    let stored = store::own(ctx, id).await?;
    let person = stored.codice_fiscale.clone();
    let action = AzioneAppuntamento::Sposta;
    attempt(ctx, &stored, Actor::Cittadino, action)?;
    let wanted = goal(&stored, &input, By::Citizen)?;
    if stays(&stored, &wanted) {
        return Ok(());
    }
    let moved = transaction(&ctx.db, async || {
        let stored = store::own(ctx, id).await?;
        attempt(ctx, &stored, Actor::Cittadino, action)?;
        let kept = match &input.blocco {
            Some(held) => {
                let kept = hold::kept(ctx, held, &person, &wanted).await?;
                let kept = kept.ok_or_else(|| refuse(Refusal::HoldExpired))?;
                Some((held.as_str(), kept))
            }
            None => None,
        };
        // A hold that is used goes with the move; any other is given back first, and offered after it.
        let freed = match &kept {
            Some(_) => Vec::new(),
            None => hold::drop_of(ctx, &person).await?,
        };
        relocate(
            ctx,
            &stored,
            &wanted,
            kept,
            ("cittadino", &person),
            "spostato",
        )
        .await?;
        hold::drop_of(ctx, &person).await?;
        waiting::offer_all(ctx, &freed).await.map(drop)
    })
    .await;
    disponibilita::told(ctx, &wanted, moved).await
}

/// The place that a move asks for.
pub(crate) fn goal(stored: &Stored, input: &Spostamento, by: By) -> Result<Wanted, Error> {
    let (first, others) = stored.servizi.split_first().ok_or(Error::NotFound)?;
    Wanted::read(
        (first, others),
        input.sede.as_deref().unwrap_or(&stored.sede),
        &input.inizio,
        input.modalita.unwrap_or(stored.modalita),
        by,
    )
}

/// Whether a move leads to where the appointment is.
pub(crate) fn stays(stored: &Stored, wanted: &Wanted) -> bool {
    wanted.start.instant.as_second() == stored.inizio
        && wanted.sede.codice == stored.sede
        && wanted.modalita == stored.modalita
        && stored.stato == StatoAppuntamento::DaErogare
}

/// Moves an appointment, to what a hold or an offer keeps if there is one; inside the caller's transaction.
pub(crate) async fn relocate(
    ctx: &Ctx,
    stored: &Stored,
    wanted: &Wanted,
    kept: Option<(&str, Kept)>,
    who: (&str, &str),
    what: &str,
) -> Result<(), Error> {
    // The own old cells come first, so that somebody can move by a quarter of an hour at the same desk.
    cells::give_back(ctx, &stored.id).await?;
    cells::free_person(ctx, &stored.codice_fiscale, &stored.id).await?;
    let (cell, seat) = match kept {
        Some((keeper, kept)) => {
            let cells = wanted.visit.desk_cells(kept.cell);
            if !cells::hand_over(ctx, keeper, cells, &stored.id).await? {
                return Err(refuse(Refusal::HoldExpired));
            }
            (kept.cell, kept.seat)
        }
        None => {
            let place = disponibilita::place(ctx, wanted, "").await?;
            let cells = wanted.visit.desk_cells(place.cell);
            let sede = &wanted.sede.codice;
            let seats = &place.seats;
            let seat = cells::take_first(ctx, sede, seats, cells, &stored.id, None).await?;
            let seat = seat.clone();
            (place.cell, seat)
        }
    };
    let moved = Stored {
        gruppo: seat.gruppo,
        sportello: i64::from(seat.sportello),
        id: stored.id.clone(),
        codice_fiscale: stored.codice_fiscale.clone(),
        pratica: stored.pratica.clone(),
        ..Stored::new(ctx, wanted)
    };
    let own_cells = wanted.visit.person_cells(cell);
    cells::take_person(ctx, &moved.codice_fiscale, own_cells, &moved.id).await?;
    if !store::change_place(ctx, stored, &moved).await? {
        return Err(changed());
    }
    store::close_services(ctx, stored).await?;
    store::open_services(ctx, &moved).await?;
    store::add_move(ctx, stored, who, what).await?;
    tell(ctx, &moved, Notice::Moved).await?;
    waiting::stop(ctx, &moved.id).await?;
    if stored.stato == StatoAppuntamento::DaErogare {
        waiting::offer(ctx, &Freed::by(stored)?).await?;
    }
    Ok(())
}

/// `POST /api/appuntamenti/{id}/disdici`.
pub(crate) async fn cancel(ctx: &Ctx, id: &str, request: &Request) -> Result<(), Error> {
    let input: Disdetta = request.json()?;
    if MOTIVI_DISDETTA
        .iter()
        .all(|(code, _)| *code != input.motivo)
    {
        let unknown = FieldProblem::new("motivo", Problem::UnknownCode);
        return Err(Error::Refused(vec![unknown]));
    }
    let reason = Reason {
        note: book::note(input.note.as_deref(), "note", 500)?,
        motivo: input.motivo,
        file: None,
    };
    transaction(&ctx.db, async || {
        let stored = store::own(ctx, id).await?;
        let to = attempt(ctx, &stored, Actor::Cittadino, AzioneAppuntamento::Disdici)?;
        let person = stored.codice_fiscale.clone();
        release(ctx, &stored, to).await?;
        reasons::keep(ctx, &stored, reasons::CANCELLED, &reason).await?;
        store::add_event(ctx, id, ("cittadino", &person), reasons::CANCELLED, None).await?;
        tell(ctx, &stored, Notice::Cancelled).await
    })
    .await
}

/// Ends an appointment before its time and gives its place to the waiting list; inside the caller's transaction.
pub(crate) async fn release(
    ctx: &Ctx,
    stored: &Stored,
    to: StatoAppuntamento,
) -> Result<(), Error> {
    if !store::change_state(ctx, stored, to).await? {
        return Err(changed());
    }
    cells::give_back(ctx, &stored.id).await?;
    cells::free_person(ctx, &stored.codice_fiscale, &stored.id).await?;
    store::close_services(ctx, stored).await?;
    waiting::stop(ctx, &stored.id).await?;
    waiting::offer(ctx, &Freed::by(stored)?).await.map(drop)
}

/// `POST /api/appuntamenti/{id}/{attendi|non-attendere}`.
pub(crate) async fn wish(ctx: &Ctx, id: &str, action: AzioneAppuntamento) -> Result<(), Error> {
    transaction(&ctx.db, async || {
        let stored = store::own(ctx, id).await?;
        attempt(ctx, &stored, Actor::Cittadino, action)?;
        let what = if action == AzioneAppuntamento::Attendi {
            waiting::ask(ctx, &stored).await?;
            "in_attesa"
        } else {
            waiting::stop(ctx, id).await?;
            "non_in_attesa"
        };
        store::add_event(ctx, id, ("cittadino", &stored.codice_fiscale), what, None).await
    })
    .await
}
