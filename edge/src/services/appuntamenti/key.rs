// SPDX-License-Identifier: EUPL-1.2
//! The idempotency key of a booking: the same key with the same body books once, and is answered alike.

use super::super::facts::session;
use super::super::pratiche::fingerprint;
use crate::ctx::Ctx;
use crate::error::Error;
use crate::http::Request;

/// An idempotency key with the body that it came with.
pub(crate) struct Key {
    key: Option<String>,
    person: String,
    body: String,
}

impl Key {
    /// Reads the header.
    pub(crate) fn read(ctx: &Ctx, request: &Request) -> Result<Self, Error> {
        let key = request.header("idempotency-key").map(str::to_owned);
        if key
            .as_ref()
            .is_some_and(|key| key.is_empty() || key.len() > 128)
        {
            return Err(Error::BadRequest("Idempotency-Key"));
        }
        Ok(Self {
            key,
            person: session(ctx)?.citizen.codice_fiscale.clone(),
            body: fingerprint(&request.body),
        })
    }

    /// The appointment that this key has made already; another body under the same key is refused.
    pub(crate) async fn known(&self, ctx: &Ctx) -> Result<Option<String>, Error> {
        let Some(key) = &self.key else {
            return Ok(None);
        };
        let rows = ctx
            .db
            .query(
                "SELECT impronta, appuntamento FROM chiavi_appuntamenti WHERE codice_fiscale = ?1 AND chiave = ?2",
                &[self.person.as_str().into(), key.as_str().into()],
            )
            .await?;
        match rows.first() {
            None => Ok(None),
            Some(row) if row.text(0)? == self.body => Ok(Some(row.text(1)?.to_owned())),
            Some(_) => Err(Error::KeyReused),
        }
    }

    /// Keeps what the key has made; inside the transaction that makes it.
    pub(crate) async fn keep(&self, ctx: &Ctx, id: &str) -> Result<(), Error> {
        if let Some(key) = &self.key {
            ctx.db
                .execute(
                    "INSERT INTO chiavi_appuntamenti (codice_fiscale, chiave, impronta, appuntamento, quando) VALUES (?1, ?2, ?3, ?4, ?5)",
                    &[
                        self.person.as_str().into(),
                        key.as_str().into(),
                        self.body.as_str().into(),
                        id.into(),
                        ctx.now.as_second().into(),
                    ],
                )
                .await?;
        }
        Ok(())
    }
}
