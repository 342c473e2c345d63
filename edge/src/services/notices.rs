// SPDX-License-Identifier: EUPL-1.2
//! Notices to citizens: written with the change they speak of in the language of the person, then delivered to the inbox
//! of the App IO shape. What the inbox does not take stays in the queue and is tried again.

use contract::avvisi::{self, Modello};
use contract::endpoint::Avviso;
use contract::texts;
use serde_json::json;

use super::facts::session;
use crate::ctx::Ctx;
use crate::db::Row;
use crate::error::Error;
use crate::http::{Outgoing, Reply};
use crate::outbox::{patience, refuses};
use crate::texts::Language;

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
    ctx.owe();
    Ok(())
}

/// What came of a delivery.
pub(crate) struct Delivery {
    /// Notices that the inbox has taken.
    pub(crate) delivered: u32,
    /// Whether more may wait.
    pub(crate) more: bool,
}

/// Takes up to `most` notices and delivers them. Whoever has taken one is the only one to send it; what was taken and not
/// delivered comes free again after a while; one that the inbox refuses holds no other one up and is put off.
pub(crate) async fn deliver(ctx: &Ctx, most: u32) -> Result<Delivery, Error> {
    let now = ctx.now.as_second();
    let taken = ctx
        .db
        .query(
            &format!(
                "UPDATE avvisi SET presa = ?1 WHERE id IN (SELECT id FROM avvisi WHERE consegna = 'in_coda' \
                 AND (presa IS NULL OR presa <= ?2) AND (riprova IS NULL OR riprova <= ?1) ORDER BY quando LIMIT {most}) \
                 RETURNING id, codice_fiscale, oggetto, testo, lingua, rifiuti"
            ),
            &[now.into(), (now - TAKEN).into()],
        )
        .await?;
    let mut delivered = Vec::new();
    let mut left = taken.as_slice();
    let mut outcome = Ok(());
    while let Some((row, others)) = left.split_first() {
        match send(ctx, row).await {
            Ok(true) => delivered.push(row),
            Ok(false) => put_off(ctx, row).await?,
            Err(error) => {
                outcome = Err(error);
                break;
            }
        }
        left = others;
    }
    let left: Vec<&Row> = left.iter().collect();
    for (rows, sql) in [
        (
            &delivered,
            "UPDATE avvisi SET consegna = 'consegnato' WHERE id IN (SELECT value FROM json_each(?1))",
        ),
        (
            &left,
            "UPDATE avvisi SET presa = NULL WHERE id IN (SELECT value FROM json_each(?1))",
        ),
    ] {
        if !rows.is_empty() {
            ctx.db.execute(sql, &[ids(rows)?.into()]).await?;
        }
    }
    outcome.map(|()| Delivery {
        delivered: u32::try_from(delivered.len()).unwrap_or(most),
        more: taken.len() == most as usize,
    })
}

/// One that was refused goes out again ever more seldom.
async fn put_off(ctx: &Ctx, row: &Row) -> Result<(), Error> {
    let next = ctx.now.as_second() + patience(row.integer(5)?);
    let sql = "UPDATE avvisi SET presa = NULL, rifiuti = rifiuti + 1, riprova = ?1 WHERE id = ?2";
    ctx.db
        .execute(sql, &[next.into(), row.text(0)?.into()])
        .await?;
    Ok(())
}

/// The ids of rows as a JSON array, for a statement that is about all of them.
fn ids(rows: &[&Row]) -> Result<String, Error> {
    let ids = rows.iter().map(|row| row.text(0));
    let ids = ids.collect::<Result<Vec<_>, _>>()?;
    Ok(json!(ids).to_string())
}

/// False when the inbox refuses this very one.
async fn send(ctx: &Ctx, row: &Row) -> Result<bool, Error> {
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
    match answer.status {
        201 => Ok(true),
        status if refuses(status) => {
            eprintln!("notices: the inbox has refused one with {status}");
            Ok(false)
        }
        _ => Err(Error::Unavailable),
    }
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
