// SPDX-License-Identifier: EUPL-1.2
//! An operator reads a citizen's file: who, when and what is written down, and the citizen can see it.

use super::super::operatore::signature;
use crate::ctx::Ctx;
use crate::error::Error;
use crate::services::facts::session;

/// Writes the look down before the file is given out. `reference` is `pratiche/ID` or the like.
pub(super) async fn record(
    ctx: &Ctx,
    owner: &str,
    reference: &str,
    name: &str,
) -> Result<(), Error> {
    let id = reference.rsplit('/').next().unwrap_or(reference);
    ctx.db
        .execute(
            "INSERT INTO accessi (quando, operatore, chi, codice_fiscale, pratica, cosa) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
            &[
                ctx.now.as_second().into(),
                session(ctx)?.citizen.codice_fiscale.as_str().into(),
                signature(ctx)?.into(),
                owner.into(),
                id.into(),
                format!("Ha aperto il file «{name}»").into(),
            ],
        )
        .await?;
    Ok(())
}
