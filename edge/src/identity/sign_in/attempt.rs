// SPDX-License-Identifier: EUPL-1.2
//! A sign-in under way: ten minutes between leaving for the provider and coming back, in the same browser, once.
//!
//! The nonce and the PKCE verifier are derived from the state with our secret, so the database holds nothing that a
//! thief could use, and the browser's cookie binds the answer to whoever asked (login CSRF).

use super::super::provider::Scheme;
use super::super::{cookie, vault};
use crate::ctx::Ctx;
use crate::error::Error;
use crate::http::Request;

/// Where the browser sends the cookie of an attempt back to.
pub(crate) const PATH: &str = "/api/accesso";
/// Seconds that somebody may take at the provider.
const LIFE: u32 = 600;

/// A sign-in under way.
pub(crate) struct Attempt {
    pub(crate) scheme: Scheme,
    /// 64 hexadecimal digits: SPID and CIE want 32 alphanumeric characters or more.
    pub(crate) state: String,
    pub(crate) nonce: String,
    /// The PKCE verifier.
    pub(crate) verifier: String,
    /// A path of ours.
    pub(crate) return_to: String,
    /// Name of the cookie: one for each attempt, so that two tabs do not disturb each other.
    pub(crate) cookie: String,
}

/// Begins an attempt and gives the cookie for it.
pub(crate) async fn begin(
    ctx: &Ctx,
    scheme: Scheme,
    return_to: &str,
) -> Result<(Attempt, String), Error> {
    let vault = vault(ctx)?;
    let now = ctx.now.as_second();
    ctx.db
        .execute(
            "DELETE FROM tentativi_accesso WHERE scade <= ?1",
            &[now.into()],
        )
        .await?;
    let binding = ctx.token();
    let attempt = derived(
        ctx,
        scheme,
        &vault.fingerprint("state", &ctx.token()),
        return_to,
    )?;
    ctx.db
        .execute(
            "INSERT INTO tentativi_accesso (stato, legame, fornitore, ritorno, scade) VALUES (?1, ?2, ?3, ?4, ?5)",
            &[
                vault.fingerprint("attempt", &attempt.state).into(),
                vault.fingerprint("binding", &binding).into(),
                scheme.as_str().into(),
                return_to.into(),
                (now + i64::from(LIFE)).into(),
            ],
        )
        .await?;
    let set_cookie = cookie::write(ctx, &attempt.cookie, &binding, PATH, Some(LIFE));
    Ok((attempt, set_cookie))
}

/// Takes the attempt that a callback belongs to out of the database: whoever comes second finds nothing. A callback in
/// another browser finds nothing either, and leaves the attempt to its owner.
pub(crate) async fn take(ctx: &Ctx, request: &Request) -> Result<Option<Attempt>, Error> {
    let vault = vault(ctx)?;
    let Some(state) = request.query_value("state") else {
        return Ok(None);
    };
    let Some(binding) = name(state).and_then(|name| cookie::read(request, &name)) else {
        return Ok(None);
    };
    let rows = ctx
        .db
        .query(
            "DELETE FROM tentativi_accesso WHERE stato = ?1 AND legame = ?2 AND scade > ?3 \
             RETURNING fornitore, ritorno",
            &[
                vault.fingerprint("attempt", state).into(),
                vault.fingerprint("binding", &binding).into(),
                ctx.now.as_second().into(),
            ],
        )
        .await?;
    let Some(row) = rows.first() else {
        return Ok(None);
    };
    let Some(scheme) = Scheme::named(row.text(0)?) else {
        return Ok(None);
    };
    derived(ctx, scheme, state, row.text(1)?).map(Some)
}

fn derived(ctx: &Ctx, scheme: Scheme, state: &str, return_to: &str) -> Result<Attempt, Error> {
    let vault = vault(ctx)?;
    Ok(Attempt {
        scheme,
        state: state.to_owned(),
        nonce: vault.fingerprint("nonce", state),
        verifier: vault.fingerprint("verifier", state),
        return_to: return_to.to_owned(),
        cookie: name(state).unwrap_or_default(),
    })
}

/// The cookie's name; nothing for a state that cannot be ours.
fn name(state: &str) -> Option<String> {
    let ours = state.len() == 64 && state.bytes().all(|byte| byte.is_ascii_hexdigit());
    ours.then(|| format!("accesso_{}", &state[..8]))
}
