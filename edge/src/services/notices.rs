// SPDX-License-Identifier: EUPL-1.2
//! Notices to citizens: written with the change they speak of, then delivered to the inbox of the App IO shape. What
//! the inbox does not take stays in the queue and is tried again with the next change.

use contract::endpoint::Avviso;
use serde_json::json;

use super::facts::session;
use crate::ctx::Ctx;
use crate::db::Row;
use crate::error::Error;
use crate::http::{Outgoing, Reply};

/// Notices tried in one go.
const BATCH: &str = "4";
/// Notices that a scheduled job delivers at most.
const MOST: u32 = 400;
/// Seconds after which a notice that was taken and not delivered is anybody's again.
const TAKEN: i64 = 120;

/// Writes a notice; inside the caller's transaction.
pub(crate) async fn write(
    ctx: &Ctx,
    person: &str,
    pratica: Option<&str>,
    subject: &str,
    text: &str,
) -> Result<(), Error> {
    ctx.db
        .execute(
            "INSERT INTO avvisi (id, codice_fiscale, pratica, quando, oggetto, testo, consegna) \
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, 'in_coda')",
            &[
                ctx.token().into(),
                person.into(),
                pratica.into(),
                ctx.now.as_second().into(),
                subject.into(),
                text.into(),
            ],
        )
        .await?;
    Ok(())
}

/// Delivers what waits. A failure changes nothing for whoever asked: it is logged without personal data.
pub(crate) async fn deliver(ctx: &Ctx) {
    if let Err(error) = try_deliver(ctx).await {
        eprintln!("notices: delivery stopped: {error:?}");
    }
}

/// Delivers everything that waits, as far as the inbox takes it.
pub(crate) async fn deliver_all(ctx: &Ctx) -> Result<u32, Error> {
    let mut all = 0;
    loop {
        let some = try_deliver(ctx).await?;
        all += some;
        if some == 0 || all >= MOST {
            return Ok(all);
        }
    }
}

/// Takes a few notices and delivers them. Whoever has taken one is the only one to send it; what was taken and not
/// delivered comes free again after a while.
async fn try_deliver(ctx: &Ctx) -> Result<u32, Error> {
    let now = ctx.now.as_second();
    let taken = ctx
        .db
        .query(
            &format!(
                "UPDATE avvisi SET presa = ?1 WHERE id IN (SELECT id FROM avvisi WHERE consegna = 'in_coda' \
                 AND (presa IS NULL OR presa <= ?2) ORDER BY quando LIMIT {BATCH}) \
                 RETURNING id, codice_fiscale, oggetto, testo"
            ),
            &[now.into(), (now - TAKEN).into()],
        )
        .await?;
    let mut delivered = 0;
    for (n, row) in taken.iter().enumerate() {
        if let Err(error) = send(ctx, row).await {
            for row in &taken[n..] {
                ctx.db
                    .execute(
                        "UPDATE avvisi SET presa = NULL WHERE id = ?1",
                        &[row.text(0)?.into()],
                    )
                    .await?;
            }
            return Err(error);
        }
        delivered += 1;
    }
    Ok(delivered)
}

async fn send(ctx: &Ctx, row: &Row) -> Result<(), Error> {
    // The inbox wants 80 characters or more of text.
    let markdown = format!(
        "{}\n\nPer i dettagli entra nella tua area personale dello Sportello Lavoro.",
        row.text(3)?
    );
    let message = json!({ "fiscal_code": row.text(1)?, "content": { "subject": row.text(2)?, "markdown": markdown } });
    let answer = ctx
        .fetch(Outgoing {
            method: "POST".into(),
            url: format!("{}/api/v1/messages", ctx.config.messaggi_url),
            headers: vec![("content-type".into(), "application/json".into())],
            body: serde_json::to_vec(&message).unwrap_or_default(),
        })
        .await
        .map_err(|_| Error::Unavailable)?;
    if answer.status != 201 {
        return Err(Error::Unavailable);
    }
    ctx.db
        .execute(
            "UPDATE avvisi SET consegna = 'consegnato' WHERE id = ?1",
            &[row.text(0)?.into()],
        )
        .await?;
    Ok(())
}

/// `GET /api/avvisi`.
pub(crate) async fn list(ctx: &Ctx) -> Result<Reply, Error> {
    let rows = ctx
        .db
        .query(
            "SELECT id, quando, oggetto, testo, pratica, consegna FROM avvisi WHERE codice_fiscale = ?1 \
             ORDER BY quando DESC LIMIT 200",
            &[session(ctx)?.citizen.codice_fiscale.as_str().into()],
        )
        .await?;
    let mut all = Vec::with_capacity(rows.len());
    for row in &rows {
        let instant = jiff::Timestamp::from_second(row.integer(1)?)
            .map_err(|_| Error::Db("an instant is broken".into()))?;
        all.push(Avviso {
            id: row.text(0)?.into(),
            quando: ctx.rome(instant),
            oggetto: row.text(2)?.into(),
            testo: row.text(3)?.into(),
            pratica: row.opt_text(4)?.map(str::to_owned),
            consegna: row.text(5)?.into(),
        });
    }
    Ok(Reply::json(200, &all))
}
