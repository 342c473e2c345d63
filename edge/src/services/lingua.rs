// SPDX-License-Identifier: EUPL-1.2
//! The language of a person's notices: the one in which they last wrote to us from the app, or the one that they chose,
//! which then stays whatever language they use the app in.

use contract::endpoint::{LinguaAvvisi, SceltaLingua};
use contract::problem::{FieldProblem, Problem};

use super::facts::session;
use crate::ctx::Ctx;
use crate::error::Error;
use crate::http::{Reply, Request};

/// `GET /api/lingua`.
pub(crate) fn read(ctx: &Ctx) -> Result<Reply, Error> {
    let session = session(ctx)?;
    Ok(Reply::json(
        200,
        &LinguaAvvisi {
            lingua: session.language.as_str().into(),
            scelta: session.language_chosen,
        },
    ))
}

/// `PUT /api/lingua`.
pub(crate) async fn choose(ctx: &Ctx, request: &Request) -> Result<Reply, Error> {
    let choice: SceltaLingua = request.json()?;
    let language = choice
        .lingua
        .as_deref()
        .map(|code| {
            let known = ["it", "en"].into_iter().find(|known| *known == code);
            let unknown = FieldProblem::new("lingua", Problem::UnknownCode);
            known.ok_or_else(|| Error::Refused(vec![unknown]))
        })
        .transpose()?;
    // Without a choice it is the language of the app again, which is that of this request.
    let now = LinguaAvvisi {
        lingua: language.unwrap_or(ctx.language.as_str()).into(),
        scelta: language.is_some(),
    };
    ctx.db
        .execute(
            "INSERT INTO lingue (codice_fiscale, lingua, scelta) VALUES (?1, ?2, ?3) \
             ON CONFLICT (codice_fiscale) DO UPDATE SET lingua = excluded.lingua, scelta = excluded.scelta",
            &[
                session(ctx)?.citizen.codice_fiscale.as_str().into(),
                now.lingua.as_str().into(),
                i64::from(now.scelta).into(),
            ],
        )
        .await?;
    Ok(Reply::json(200, &now))
}
