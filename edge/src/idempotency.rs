// SPDX-License-Identifier: EUPL-1.2
//! `Idempotency-Key`: who sends the same request once more gets the first answer, byte for byte, and makes nothing new.
//!
//! A key belongs to a person and stands for one request: its method, its path and its body. It is written together with
//! its answer in the transaction that makes the thing, so that there is never one without the other. Answers hold what
//! people told us, so they are sealed, and are swept away after a day.

use http_types::header::LOCATION;
use sha2::{Digest, Sha256};

use crate::ctx::Ctx;
use crate::error::Error;
use crate::http::{Reply, Request};
use crate::identity;
use crate::services::facts::session;

/// Seconds for which an answer is kept.
const LIFE: i64 = 24 * 3600;
/// Longest key.
const LONGEST: usize = 128;

/// A person's key for one request.
pub(crate) struct Key {
    person: String,
    text: String,
    /// Fingerprint of the request, which tells nothing to whoever has not the secret: a body can be a medical paper.
    request: String,
}

/// Makes something once for each key: `make` writes it, ends its transaction with [`answered`] and gives the answer.
/// Whoever sends the same request once more gets the first answer; `again` composes one from the id of what was made,
/// should the first be sealed with a secret that is no longer ours.
pub(crate) async fn once(
    ctx: &Ctx,
    request: &Request,
    make: impl AsyncFnOnce(Option<&Key>) -> Result<Reply, Error>,
    again: impl AsyncFn(&str) -> Result<Reply, Error>,
) -> Result<Reply, Error> {
    let Some(key) = Key::of(ctx, request)? else {
        return make(None).await;
    };
    if let Some(reply) = repeated(ctx, &key, &again).await? {
        return Ok(reply);
    }
    match make(Some(&key)).await {
        Ok(reply) => Ok(reply),
        // The same request may have been faster, and then stands in its own way.
        Err(error) => repeated(ctx, &key, &again).await?.ok_or(error),
    }
}

async fn repeated(
    ctx: &Ctx,
    key: &Key,
    again: &impl AsyncFn(&str) -> Result<Reply, Error>,
) -> Result<Option<Reply>, Error> {
    match key.first(ctx).await? {
        None => Ok(None),
        Some(First::Answered(reply)) => Ok(Some(reply)),
        Some(First::Made(id)) => again(&id).await.map(Some),
    }
}

/// The last step of a transaction that has made something: the answer is kept for whoever sends the same request once
/// more. Fails when the same request was faster, so that nothing is made twice.
pub(crate) async fn answered(
    ctx: &Ctx,
    key: Option<&Key>,
    made: &str,
    reply: Reply,
) -> Result<Reply, Error> {
    if let Some(key) = key {
        key.keep(ctx, made, &reply).await?;
    }
    Ok(reply)
}

/// Sweeps away the answers that are kept no longer.
pub(crate) async fn sweep(ctx: &Ctx) -> Result<(), Error> {
    ctx.db
        .execute(
            "DELETE FROM risposte_date WHERE quando <= ?1",
            &[(ctx.now.as_second() - LIFE).into()],
        )
        .await?;
    Ok(())
}

/// The header as it stands, if there is one.
pub(crate) fn header(request: &Request) -> Result<Option<String>, Error> {
    let key = request.header("idempotency-key");
    match key.as_ref().map(String::len) {
        Some(length) if length == 0 || length > LONGEST => {
            Err(Error::BadRequest("Idempotency-Key"))
        }
        _ => Ok(key),
    }
}

/// What a key stands for.
enum First {
    /// The answer that was given.
    Answered(Reply),
    /// The id of what was made; the answer cannot be read any more.
    Made(String),
}

impl Key {
    /// The key that a request carries.
    fn of(ctx: &Ctx, request: &Request) -> Result<Option<Self>, Error> {
        let Some(text) = header(request)? else {
            return Ok(None);
        };
        let mut digest = Sha256::new();
        for part in [request.method.as_bytes(), request.path.as_bytes()] {
            digest.update(part);
            digest.update(b"\n");
        }
        digest.update(&request.body);
        Ok(Some(Self {
            person: session(ctx)?.citizen.codice_fiscale.clone(),
            text,
            request: identity::vault(ctx)?
                .fingerprint("request", &identity::jose::encode(&digest.finalize())),
        }))
    }

    /// A name for whatever is taken while this request is worked on: the same request sent twice at once has the same.
    pub(crate) fn claimant(&self) -> String {
        let whole = format!("{} {} {}", self.person, self.text, self.request);
        identity::jose::encode(&Sha256::digest(whole.as_bytes()))
    }

    /// What this key stands for already. Another request under the same key is refused.
    async fn first(&self, ctx: &Ctx) -> Result<Option<First>, Error> {
        let rows = ctx
            .db
            .query(
                "SELECT impronta, creato, stato, posizione, corpo FROM risposte_date \
                 WHERE codice_fiscale = ?1 AND chiave = ?2 AND quando > ?3",
                &[
                    self.person.as_str().into(),
                    self.text.as_str().into(),
                    (ctx.now.as_second() - LIFE).into(),
                ],
            )
            .await?;
        let Some(row) = rows.first() else {
            return Ok(None);
        };
        if row.text(0)? != self.request {
            return Err(Error::KeyReused);
        }
        let made = || First::Made(row.text(1).unwrap_or_default().to_owned());
        let Some(location) = row.opt_text(3)? else {
            return Ok(Some(made()));
        };
        // What another secret has sealed is composed anew.
        let Some(body) = identity::vault(ctx)?.open(&self.name(), &row.blob(4)?) else {
            return Ok(Some(made()));
        };
        let status = u16::try_from(row.integer(2)?).unwrap_or(201);
        let reply = Reply::body(status, "application/json", body).header("location", location);
        Ok(Some(First::Answered(reply)))
    }

    /// Whether this key has made something.
    pub(crate) async fn stands(&self, ctx: &Ctx) -> Result<bool, Error> {
        Ok(self.first(ctx).await?.is_some())
    }

    /// Keeps the answer to what this key has made; a row that is too old to be swept away still is no hindrance.
    async fn keep(&self, ctx: &Ctx, made: &str, reply: &Reply) -> Result<(), Error> {
        let now = ctx.now.as_second();
        let location = reply.headers.get(LOCATION);
        let location = location.and_then(|value| value.to_str().ok());
        let sealed = identity::vault(ctx)?
            .seal(&self.name(), ctx.random(), &reply.body)
            .ok_or_else(|| identity::broken("an answer cannot be sealed"))?;
        let kept = ctx
            .db
            .execute(
                "INSERT INTO risposte_date (codice_fiscale, chiave, impronta, creato, quando, stato, posizione, corpo) \
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8) ON CONFLICT (codice_fiscale, chiave) DO UPDATE \
                 SET impronta = ?3, creato = ?4, quando = ?5, stato = ?6, posizione = ?7, corpo = ?8 WHERE quando <= ?9",
                &[
                    self.person.as_str().into(),
                    self.text.as_str().into(),
                    self.request.as_str().into(),
                    made.into(),
                    now.into(),
                    i64::from(reply.status).into(),
                    location.unwrap_or_default().into(),
                    sealed.into(),
                    (now - LIFE).into(),
                ],
            )
            .await?;
        if kept == 1 {
            Ok(())
        } else {
            Err(Error::KeyReused)
        }
    }

    fn name(&self) -> String {
        format!("answer {} {}", self.person, self.text)
    }
}
