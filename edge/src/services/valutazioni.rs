// SPDX-License-Identifier: EUPL-1.2
//! How easy people found a service: taken from whoever has just used it, kept without their name, counted for everybody.

use contract::problem::{FieldProblem, Problem};
use contract::valutazione::{NewValutazione, Valutazioni};

use super::facts::session;
use crate::ctx::Ctx;
use crate::error::Error;
use crate::http::{Reply, Request};
use crate::idempotency;
use crate::identity::vault;

/// `POST /api/valutazioni`.
pub(crate) async fn add(ctx: &Ctx, request: &Request) -> Result<Reply, Error> {
    let new: NewValutazione = request.json()?;
    let service = super::find(ctx, &new.servizio)
        .ok_or_else(|| Error::Refused(vec![FieldProblem::new("servizio", Problem::UnknownCode)]))?;
    let new = new.check().map_err(Error::Refused)?;
    let key = idempotency::header(request)?;
    let person = &session(ctx)?.citizen.codice_fiscale;
    let key = key.map_or_else(|| ctx.token(), |key| format!("{person}/{key}"));
    let key = vault(ctx)?.fingerprint("valutazione", &key);
    let reasons = serde_json::to_string(&new.motivi).map_err(|_| Error::BadRequest("motivi"))?;
    let written = ctx
        .db
        .query(
            "INSERT INTO valutazioni (chiave, servizio, giorno, stelle, motivi, testo) \
             VALUES (?1, ?2, ?3, ?4, ?5, ?6) ON CONFLICT (chiave) DO NOTHING RETURNING chiave",
            &[
                key.as_str().into(),
                service.slug.into(),
                ctx.today().to_string().into(),
                i64::from(new.stelle).into(),
                reasons.as_str().into(),
                new.testo.as_str().into(),
            ],
        )
        .await?;
    if written.is_empty() {
        let same = ctx
            .db
            .query(
                "SELECT 1 FROM valutazioni WHERE chiave = ?1 AND servizio = ?2 AND stelle = ?3 AND motivi = ?4 AND testo = ?5",
                &[
                    key.into(),
                    service.slug.into(),
                    i64::from(new.stelle).into(),
                    reasons.into(),
                    new.testo.as_str().into(),
                ],
            )
            .await?;
        if same.is_empty() {
            return Err(Error::KeyReused);
        }
    }
    let place = format!("/api/valutazioni/{}", service.slug);
    Ok(Reply::json(201, &new).header("location", &place))
}

/// `GET /api/valutazioni/{slug}`: numbers only, no free text.
pub(crate) async fn count(ctx: &Ctx, slug: &str) -> Result<Reply, Error> {
    let service = super::find(ctx, slug).ok_or(Error::NotFound)?;
    let rows = ctx
        .db
        .query(
            "SELECT stelle, motivi, count(*) FROM valutazioni WHERE servizio = ?1 GROUP BY stelle, motivi",
            &[slug.into()],
        )
        .await?;
    let mut counted = Valutazioni {
        servizio: service.slug.into(),
        ..Valutazioni::default()
    };
    for row in &rows {
        let broken = || Error::Db("a rating cannot be read".into());
        let number = u32::try_from(row.integer(2)?).map_err(|_| broken())?;
        let star = usize::try_from(row.integer(0)? - 1).map_err(|_| broken())?;
        *counted.stelle.get_mut(star).ok_or_else(broken)? += number;
        counted.totale += number;
        let reasons: Vec<String> = serde_json::from_str(row.text(1)?).map_err(|_| broken())?;
        for reason in reasons {
            match counted.motivi.iter_mut().find(|(code, _)| *code == reason) {
                Some((_, sum)) => *sum += number,
                None => counted.motivi.push((reason, number)),
            }
        }
    }
    counted.motivi.sort();
    Ok(Reply::json(200, &counted).header("cache-control", "public, max-age=300"))
}
