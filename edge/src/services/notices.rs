// SPDX-License-Identifier: EUPL-1.2
//! Notices to citizens: written with the change they speak of in the language of the person, then delivered to the inbox
//! of the App IO shape. What the inbox does not take stays in the queue and is tried again with the next change.

use contract::avvisi::{self, Modello};
use contract::endpoint::Avviso;
use contract::texts;
use serde_json::json;

use super::facts::session;
use crate::ctx::Ctx;
use crate::db::Row;
use crate::error::Error;
use crate::http::{Outgoing, Reply};
use crate::texts::Language;

/// Notices tried in one go.
const BATCH: &str = "4";
/// Notices that a scheduled job delivers at most.
const MOST: u32 = 400;
/// Seconds after which a notice that was taken and not delivered is anybody's again.
const TAKEN: i64 = 120;

/// A notice that is about to be written.
pub(crate) struct Notice<'a> {
    /// Codice fiscale of the person.
    pub(crate) person: &'a str,
    /// The language of its texts.
    pub(crate) language: Language,
    /// The request that it speaks of.
    pub(crate) pratica: Option<&'a str>,
    /// The appointment that it speaks of.
    pub(crate) appuntamento: Option<&'a str>,
    /// Which one.
    pub(crate) model: Modello,
    /// What stands in its gaps.
    pub(crate) values: &'a [(&'a str, &'a str)],
    /// A sentence after it; may be empty.
    pub(crate) more: &'a str,
}

/// A sentence of notices in a language.
pub(crate) fn phrase(language: Language, code: &str) -> &'static str {
    language.text(&texts::frase_key(code), avvisi::frase(code))
}

/// Writes a notice; inside the caller's transaction.
pub(crate) async fn write(ctx: &Ctx, notice: Notice<'_>) -> Result<(), Error> {
    let Notice {
        language, model, ..
    } = notice;
    let said = |part: &str, italian| language.text(&texts::avviso_key(&model, part), italian);
    let mut text = avvisi::fill(said("testo", model.testo), notice.values);
    if !notice.more.is_empty() {
        text.push(' ');
        text.push_str(notice.more);
    }
    ctx.db
        .execute(
            "INSERT INTO avvisi (id, codice_fiscale, pratica, appuntamento, quando, oggetto, testo, lingua, consegna) \
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, 'in_coda')",
            &[
                ctx.token().into(),
                notice.person.into(),
                notice.pratica.into(),
                notice.appuntamento.into(),
                ctx.now.as_second().into(),
                said("oggetto", model.oggetto).into(),
                text.into(),
                language.as_str().into(),
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
                 RETURNING id, codice_fiscale, oggetto, testo, lingua"
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
    let language = Language::stored(row.opt_text(4)?);
    // The inbox wants 80 characters or more of text.
    let markdown = format!("{}\n\n{}", row.text(3)?, phrase(language, "dettagli"));
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
            "SELECT id, quando, oggetto, testo, pratica, consegna, appuntamento FROM avvisi WHERE codice_fiscale = ?1 \
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
            appuntamento: row.opt_text(6)?.map(str::to_owned),
            consegna: row.text(5)?.into(),
        });
    }
    Ok(Reply::json(200, &all))
}
