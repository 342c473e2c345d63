// SPDX-License-Identifier: EUPL-1.2
//! Drafts of a signed-in person: one per service, so that it follows the person to another device.

use contract::endpoint::Draft;

use super::facts::session;
use crate::ctx::Ctx;
use crate::error::Error;
use crate::http::{Reply, Request};

/// `GET /api/bozze/{slug}`.
pub(crate) async fn read(ctx: &Ctx, slug: &str) -> Result<Reply, Error> {
    let rows = ctx
        .db
        .query(
            "SELECT versione, risposte, cambiata FROM bozze WHERE codice_fiscale = ?1 AND servizio = ?2",
            &[session(ctx)?.citizen.codice_fiscale.as_str().into(), slug.into()],
        )
        .await?;
    let row = rows.first().ok_or(Error::NotFound)?;
    let broken = || Error::Db("a draft cannot be read".into());
    let draft = Draft {
        versione: u32::try_from(row.integer(0)?).map_err(|_| broken())?,
        risposte: serde_json::from_str(row.text(1)?).map_err(|_| broken())?,
        cambiata_il: row.integer(2)?,
    };
    Ok(Reply::json(200, &draft))
}

/// `PUT /api/bozze/{slug}`. An older draft never replaces a newer one.
pub(crate) async fn keep(ctx: &Ctx, slug: &str, request: &Request) -> Result<Reply, Error> {
    super::find(ctx, slug).ok_or(Error::NotFound)?;
    let draft: Draft = request.json()?;
    let answers =
        serde_json::to_string(&draft.risposte).map_err(|_| Error::BadRequest("risposte"))?;
    ctx.db
        .execute(
            "INSERT INTO bozze (codice_fiscale, servizio, versione, risposte, cambiata) VALUES (?1, ?2, ?3, ?4, ?5) \
             ON CONFLICT (codice_fiscale, servizio) DO UPDATE SET versione = excluded.versione, \
             risposte = excluded.risposte, cambiata = excluded.cambiata WHERE excluded.cambiata >= bozze.cambiata",
            &[
                session(ctx)?.citizen.codice_fiscale.as_str().into(),
                slug.into(),
                i64::from(draft.versione).into(),
                answers.into(),
                draft.cambiata_il.into(),
            ],
        )
        .await?;
    Ok(Reply::empty(204))
}

/// `DELETE /api/bozze/{slug}`.
pub(crate) async fn discard(ctx: &Ctx, slug: &str) -> Result<Reply, Error> {
    super::find(ctx, slug).ok_or(Error::NotFound)?;
    ctx.db
        .execute(
            "DELETE FROM bozze WHERE codice_fiscale = ?1 AND servizio = ?2",
            &[
                session(ctx)?.citizen.codice_fiscale.as_str().into(),
                slug.into(),
            ],
        )
        .await?;
    Ok(Reply::empty(204))
}
