// SPDX-License-Identifier: EUPL-1.2
//! Answering a summons (convocazione, art. 20 D.Lgs. 150/2015): confirming it, or justifying the absence with one of the
//! seven reasons of the ministry's note 39/3374 of 2016, by the end of the day after it.

use contract::appuntamento::{AzioneAppuntamento, GIUSTIFICATI_MOTIVI, Giustificazione};
use contract::pratica::Actor;
use contract::problem::{FieldProblem, Problem};
use contract::values::file::LARGEST;

use super::super::{file, sedi};
use super::reasons::{self, Reason};
use super::store::{self, Stored};
use super::{attempt, book, changed};
use crate::ctx::Ctx;
use crate::db::transaction;
use crate::error::Error;
use crate::http::Request;

/// `POST /api/appuntamenti/{id}/conferma`.
pub(crate) async fn confirm(ctx: &Ctx, id: &str) -> Result<(), Error> {
    transaction(&ctx.db, async || {
        let stored = store::own(ctx, id).await?;
        attempt(ctx, &stored, Actor::Cittadino, AzioneAppuntamento::Conferma)?;
        note_down(ctx, &stored, "confermata").await?;
        let who = ("cittadino", stored.codice_fiscale.as_str());
        store::add_event(ctx, id, who, "confermato", None).await
    })
    .await
}

/// `POST /api/appuntamenti/{id}/giustifica`.
pub(crate) async fn justify(ctx: &Ctx, id: &str, request: &Request) -> Result<(), Error> {
    let input: Giustificazione = request.json()?;
    let refused = |field: &str, problem| Error::Refused(vec![FieldProblem::new(field, problem)]);
    let known = |(code, _): &(&str, &str)| *code == input.motivo;
    if !GIUSTIFICATI_MOTIVI.iter().any(known) {
        return Err(refused("motivo", Problem::UnknownCode));
    }
    let note = book::note(input.note.as_deref(), "note", 2000)?;
    let stored = store::own(ctx, id).await?;
    let action = AzioneAppuntamento::Giustifica;
    attempt(ctx, &stored, Actor::Cittadino, action)?;
    if let Some(file) = &input.file
        && let Some(problem) = file::attach::check(ctx, file, LARGEST).await?
    {
        return Err(refused("file", problem));
    }
    transaction(&ctx.db, async || {
        let stored = store::own(ctx, id).await?;
        attempt(ctx, &stored, Actor::Cittadino, action)?;
        let office = sedi::short_name(sedi::find(&stored.sede)?);
        if let Some(file) = &input.file {
            let reference = format!("appuntamenti/{id}");
            if !file::attach::attach(ctx, file, &reference, &office).await? {
                return Err(refused("file", Problem::FileGone));
            }
        }
        let said = Reason {
            motivo: input.motivo.clone(),
            note: note.clone(),
            file: input.file.clone(),
        };
        reasons::keep(ctx, &stored, reasons::JUSTIFIED, &said).await?;
        note_down(ctx, &stored, "giustificata").await?;
        let who = ("cittadino", stored.codice_fiscale.as_str());
        store::add_event(ctx, id, who, reasons::JUSTIFIED, None).await
    })
    .await
}

/// Writes into a column that it is now, if the appointment is still the one that was read.
async fn note_down(ctx: &Ctx, seen: &Stored, column: &'static str) -> Result<(), Error> {
    let sql = format!(
        "UPDATE appuntamenti SET {column} = ?1, sequenza = sequenza + 1 WHERE id = ?2 AND sequenza = ?3 RETURNING id"
    );
    let rows = ctx
        .db
        .query(
            &sql,
            &[
                ctx.now.as_second().into(),
                seen.id.as_str().into(),
                seen.sequenza.into(),
            ],
        )
        .await?;
    if rows.is_empty() {
        Err(changed())
    } else {
        Ok(())
    }
}
