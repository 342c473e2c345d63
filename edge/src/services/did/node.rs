// SPDX-License-Identifier: EUPL-1.2
//! The national node is told of every DID, which gives each its unique identifier. It knows a protocol number that it has
//! numbered already, so that telling it twice changes nothing. A DID that it refuses holds no other one up: the desk sees
//! it, and it is sent again ever more seldom.

use serde_json::{Value, json};

use crate::ctx::Ctx;
use crate::db::Row;
use crate::error::Error;
use crate::http::Outgoing;
use crate::outbox::{patience, refuses};
use crate::services::pratiche::standing;

/// Characters of the node's reason that are kept.
const LONGEST_REASON: usize = 300;

/// What the node answers.
enum Answer {
    /// The identifier.
    Number(String),
    /// It refuses this very one: HTTP status and reason.
    Refusal(u16, Option<String>),
}

/// Tells the node of up to `most` DIDs whose time has come, the newest first; gives the number of those that it took.
pub(super) async fn tell(ctx: &Ctx, most: u32) -> Result<u32, Error> {
    let sql = format!(
        "{} AND (nodo_riprova IS NULL OR nodo_riprova <= ?1) ORDER BY presentata DESC LIMIT {most}",
        waiting()
    );
    let values = [ctx.now.as_second().into()];
    let mut told = 0;
    for row in &ctx.db.query(&sql, &values).await? {
        told += u32::from(send(ctx, row).await?);
    }
    Ok(told)
}

/// Tells it of one DID now, whenever its time would come.
pub(super) async fn tell_again(ctx: &Ctx, id: &str) -> Result<(), Error> {
    let sql = format!("{} AND id = ?1", waiting());
    if let Some(row) = ctx.db.query(&sql, &[id.into()]).await?.first() {
        send(ctx, row).await?;
    }
    Ok(())
}

/// What the node has not taken.
fn waiting() -> String {
    format!(
        "SELECT id, codice_fiscale, protocollo, presentata, nodo_tentativi FROM pratiche \
         WHERE servizio = 'did' AND identificativo_did IS NULL AND {}",
        standing()
    )
}

/// Sends one and writes down what came of it; true if the node has taken it.
async fn send(ctx: &Ctx, row: &Row) -> Result<bool, Error> {
    let id = row.text(0)?;
    match ask(ctx, row).await? {
        Answer::Number(identifier) => {
            let sql = "UPDATE pratiche SET identificativo_did = ?1, nodo_codice = NULL, nodo_motivo = NULL, \
                       nodo_dal = NULL, nodo_riprova = NULL WHERE id = ?2";
            ctx.db.execute(sql, &[identifier.into(), id.into()]).await?;
            Ok(true)
        }
        Answer::Refusal(status, reason) => {
            eprintln!("did: the national node has refused one with {status}");
            let now = ctx.now.as_second();
            let sql = "UPDATE pratiche SET nodo_codice = ?1, nodo_motivo = ?2, nodo_dal = coalesce(nodo_dal, ?3), \
                       nodo_tentativi = nodo_tentativi + 1, nodo_riprova = ?4 WHERE id = ?5";
            let next = now + patience(row.integer(4)?);
            let values = [
                i64::from(status).into(),
                reason.into(),
                now.into(),
                next.into(),
                id.into(),
            ];
            ctx.db.execute(sql, &values).await?;
            Ok(false)
        }
    }
}

async fn ask(ctx: &Ctx, row: &Row) -> Result<Answer, Error> {
    let instant = jiff::Timestamp::from_second(row.integer(3)?)
        .map_err(|_| Error::Db("an instant is broken".into()))?;
    let day = contract::values::calendar::rome_date(instant).to_string();
    let body = json!({ "codice_fiscale": row.text(1)?, "data": day, "protocollo": row.text(2)? });
    let answer = ctx
        .fetch(Outgoing {
            method: "POST".into(),
            url: format!("{}/did", ctx.config.registro_url),
            headers: vec![("content-type".into(), "application/json".into())],
            body: serde_json::to_vec(&body).unwrap_or_default(),
        })
        .await
        .map_err(|_| Error::Unavailable)?;
    let said = serde_json::from_slice::<Value>(&answer.body);
    match answer.status {
        200 | 201 => said
            .ok()
            .and_then(|said| said["identificativo_did"].as_str().map(str::to_owned))
            .map(Answer::Number)
            .ok_or(Error::Unavailable),
        status if refuses(status) => {
            let reason = said
                .ok()
                .and_then(|said| said["detail"].as_str().map(str::to_owned))
                .map(|reason| reason.chars().take(LONGEST_REASON).collect());
            Ok(Answer::Refusal(status, reason))
        }
        _ => Err(Error::Unavailable),
    }
}
