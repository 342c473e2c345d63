// SPDX-License-Identifier: EUPL-1.2
//! What is already known of the signed-in person: identity, registry, own requests. Once-only (art. 50 CAD).

use contract::facts::{Facts, Fascicolo, PraticaInBreve};
use contract::pratica::Stato;

use crate::ctx::Ctx;
use crate::db::newest;
use crate::error::Error;
use crate::http::{Outgoing, Reply};
use crate::identity::session::Session;
use crate::services::pratiche::standing;

/// `GET /api/servizi/{slug}/fatti`.
pub(crate) async fn known(ctx: &Ctx, slug: &str) -> Result<Reply, Error> {
    super::find(ctx, slug).ok_or(Error::NotFound)?;
    // The form goes on without the registry; whoever sends it is checked again.
    let registry = fascicolo(ctx).await.unwrap_or_default();
    Ok(Reply::json(200, &with(ctx, registry).await?))
}

/// Everything known; the registry has to answer.
pub(crate) async fn gather(ctx: &Ctx) -> Result<Facts, Error> {
    let registry = fascicolo(ctx).await?;
    with(ctx, registry).await
}

async fn with(ctx: &Ctx, fascicolo: Option<Fascicolo>) -> Result<Facts, Error> {
    let session = session(ctx)?;
    let rows = ctx
        .db
        .query(
            &format!(
                "SELECT id, servizio, stato, presentata FROM pratiche WHERE codice_fiscale = ?1 AND {}",
                standing()
            ),
            &[session.citizen.codice_fiscale.as_str().into()],
        )
        .await?;
    let mut pratiche = Vec::with_capacity(rows.len());
    for row in newest(rows, 3, 200) {
        let stato =
            Stato::parse(row.text(2)?).ok_or_else(|| Error::Db("a state is unknown".into()))?;
        pratiche.push(PraticaInBreve {
            id: row.text(0)?.into(),
            servizio: row.text(1)?.into(),
            stato,
        });
    }
    Ok(Facts {
        today: ctx.today(),
        citizen: Some(session.citizen.clone()),
        fascicolo,
        pratiche,
    })
}

/// Who is signed in; the route table has made sure that somebody is.
pub(crate) fn session(ctx: &Ctx) -> Result<&Session, Error> {
    ctx.session.as_ref().ok_or(Error::SignedOut)
}

async fn fascicolo(ctx: &Ctx) -> Result<Option<Fascicolo>, Error> {
    fascicolo_of(ctx, &session(ctx)?.citizen.codice_fiscale).await
}

/// What the registry knows of somebody; `None` when it knows nobody of that codice fiscale.
pub(crate) async fn fascicolo_of(ctx: &Ctx, person: &str) -> Result<Option<Fascicolo>, Error> {
    let answer = ctx
        .fetch(Outgoing {
            method: "GET".into(),
            url: format!("{}/persone/{person}", ctx.config.registro_url),
            headers: vec![("accept".into(), "application/json".into())],
            body: Vec::new(),
        })
        .await
        .map_err(|_| Error::Unavailable)?;
    match answer.status {
        200 => serde_json::from_slice(&answer.body).map(Some).map_err(|_| {
            eprintln!("registry: the answer cannot be read");
            Error::Unavailable
        }),
        404 => Ok(None),
        _ => Err(Error::Unavailable),
    }
}
