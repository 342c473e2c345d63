// SPDX-License-Identifier: EUPL-1.2
//! Why somebody does not come to an appointment, or did not. It may tell of their health (art. 9 of Regulation (EU)
//! 2016/679): it stands in a table of its own, sealed, and is read only with the appointment itself, never with a list.

use contract::appuntamento::{
    Appuntamento, GIUSTIFICATI_MOTIVI, MOTIVI_DISDETTA, StatoAppuntamento,
};
use contract::texts::{disdetta_key, giustificato_key};
use serde::{Deserialize, Serialize};

use super::store::Stored;
use crate::ctx::Ctx;
use crate::error::Error;
use crate::identity::vault;

/// The event that somebody cancelled.
pub(super) const CANCELLED: &str = "disdetto";
/// The event that somebody justified an absence.
pub(super) const JUSTIFIED: &str = "giustificato";

/// What the person says.
#[derive(Serialize, Deserialize)]
pub(super) struct Reason {
    /// A code of [`MOTIVI_DISDETTA`] or [`GIUSTIFICATI_MOTIVI`].
    pub(super) motivo: String,
    /// In the person's own words.
    pub(super) note: Option<String>,
    /// The file that shows it.
    pub(super) file: Option<String>,
}

impl Reason {
    /// As people read it in the history.
    fn words(&self, ctx: &Ctx, event: &str) -> String {
        let said = |list: &[(&str, &'static str)], key: &dyn Fn(&str) -> String| {
            let known = list.iter().find(|(code, _)| *code == self.motivo);
            known.map_or("", |(code, label)| ctx.language.text(&key(code), label))
        };
        let label = if event == JUSTIFIED {
            said(GIUSTIFICATI_MOTIVI, &giustificato_key)
        } else {
            said(MOTIVI_DISDETTA, &disdetta_key)
        };
        match &self.note {
            Some(note) => format!("{label}. {note}"),
            None => label.to_owned(),
        }
    }
}

/// Seals and stores the reason of an event.
pub(super) async fn keep(
    ctx: &Ctx,
    stored: &Stored,
    event: &str,
    reason: &Reason,
) -> Result<(), Error> {
    let text =
        serde_json::to_vec(reason).map_err(|_| Error::Db("a reason cannot be written".into()))?;
    let sealed = vault(ctx)?
        .seal(&seal_of(stored, event), ctx.random(), &text)
        .ok_or(Error::Unavailable)?;
    ctx.db
        .execute(
            "INSERT INTO motivi (appuntamento, cosa, sigillato) VALUES (?1, ?2, ?3)",
            &[stored.id.as_str().into(), event.into(), sealed.into()],
        )
        .await?;
    Ok(())
}

/// Adds the reasons to an appointment that somebody reads with its history.
pub(crate) async fn tell(ctx: &Ctx, stored: &Stored, view: &mut Appuntamento) -> Result<(), Error> {
    if stored.giustificata.is_none() && stored.stato != StatoAppuntamento::Disdetto {
        return Ok(());
    }
    let rows = ctx
        .db
        .query(
            "SELECT cosa, sigillato FROM motivi WHERE appuntamento = ?1",
            &[stored.id.as_str().into()],
        )
        .await?;
    for row in &rows {
        let event = row.text(0)?;
        let reason = opened(ctx, stored, event, &row.blob(1)?)?;
        let words = reason.words(ctx, event);
        for told in view.eventi.iter_mut().filter(|one| one.cosa == event) {
            told.motivo = Some(words.clone());
        }
        if event == JUSTIFIED {
            view.giustificazione = Some(reason.motivo);
            view.documento = reason.file;
        }
    }
    Ok(())
}

fn opened(ctx: &Ctx, stored: &Stored, event: &str, sealed: &[u8]) -> Result<Reason, Error> {
    let text = vault(ctx)?.open(&seal_of(stored, event), sealed);
    // Until migration 16 it was stored as it is.
    serde_json::from_slice(text.as_deref().unwrap_or(sealed))
        .map_err(|_| Error::Db("a stored reason cannot be opened: has the secret changed?".into()))
}

/// Person, appointment and event are sealed in: a row cannot be given to somebody else.
fn seal_of(stored: &Stored, event: &str) -> String {
    format!("motivo/{}/{}/{event}", stored.codice_fiscale, stored.id)
}
