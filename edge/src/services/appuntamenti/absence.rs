// SPDX-License-Identifier: EUPL-1.2
//! Why somebody did not come. It may tell of their health (art. 9 of Regulation (EU) 2016/679): it stands in a table of its
//! own, sealed, and is read only with the appointment itself, never with a list.

use contract::appuntamento::{Appuntamento, GIUSTIFICATI_MOTIVI};
use contract::texts::giustificato_key;
use serde::{Deserialize, Serialize};

use super::store::Stored;
use crate::ctx::Ctx;
use crate::error::Error;
use crate::identity::vault;

/// The kind of event that tells of it.
pub(super) const EVENT: &str = "giustificato";

/// What the person says.
#[derive(Serialize, Deserialize)]
pub(super) struct Absence {
    /// A code of [`GIUSTIFICATI_MOTIVI`].
    pub(super) motivo: String,
    /// In the person's own words.
    pub(super) note: Option<String>,
    /// The file that shows it.
    pub(super) file: Option<String>,
}

/// Seals and stores it.
pub(super) async fn keep(ctx: &Ctx, stored: &Stored, absence: &Absence) -> Result<(), Error> {
    let text = serde_json::to_vec(absence)
        .map_err(|_| Error::Db("a justification cannot be written".into()))?;
    let sealed = vault(ctx)?
        .seal(&seal_of(stored), ctx.random(), &text)
        .ok_or(Error::Unavailable)?;
    ctx.db
        .execute(
            "INSERT INTO giustificazioni (appuntamento, sigillato) VALUES (?1, ?2)",
            &[stored.id.as_str().into(), sealed.into()],
        )
        .await?;
    Ok(())
}

/// Adds it to an appointment that somebody reads with its history.
pub(crate) async fn tell(ctx: &Ctx, stored: &Stored, view: &mut Appuntamento) -> Result<(), Error> {
    if stored.giustificata.is_none() {
        return Ok(());
    }
    let rows = ctx
        .db
        .query(
            "SELECT sigillato FROM giustificazioni WHERE appuntamento = ?1",
            &[stored.id.as_str().into()],
        )
        .await?;
    let Some(row) = rows.first() else {
        return Ok(());
    };
    let absence = opened(ctx, stored, &row.blob(0)?)?;
    let label = GIUSTIFICATI_MOTIVI
        .iter()
        .find(|(code, _)| *code == absence.motivo)
        .map_or("", |(code, label)| {
            ctx.language.text(&giustificato_key(code), label)
        });
    let words = match &absence.note {
        Some(note) => format!("{label}. {note}"),
        None => label.to_owned(),
    };
    for event in view.eventi.iter_mut().filter(|one| one.cosa == EVENT) {
        event.motivo = Some(words.clone());
    }
    view.giustificazione = Some(absence.motivo);
    view.documento = absence.file;
    Ok(())
}

fn opened(ctx: &Ctx, stored: &Stored, sealed: &[u8]) -> Result<Absence, Error> {
    let text = vault(ctx)?.open(&seal_of(stored), sealed);
    // Until migration 16 it was stored as it is.
    serde_json::from_slice(text.as_deref().unwrap_or(sealed)).map_err(|_| {
        Error::Db("a stored justification cannot be opened: has the secret changed?".into())
    })
}

/// Person and appointment are sealed in: a row cannot be given to somebody else.
fn seal_of(stored: &Stored) -> String {
    format!("giustificazione/{}/{}", stored.codice_fiscale, stored.id)
}
