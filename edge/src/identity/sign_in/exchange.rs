// SPDX-License-Identifier: EUPL-1.2
//! The calls from us to the provider: a code for tokens, a token for UserInfo, and the end of a token.

use serde::Deserialize;
use serde_json::json;

use super::super::keys::Key;
use super::super::provider::Provider;
use super::super::{Failure, client_id, form};
use crate::ctx::Ctx;
use crate::http::{Incoming, Outgoing};

/// Seconds that a client assertion is good for.
const ASSERTION_LIFE: i64 = 120;
/// `private_key_jwt` (RFC 7523 §2.2).
const ASSERTION_TYPE: &str = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
/// No honest answer is longer.
const LONGEST: usize = 64 * 1024;

/// What the token endpoint gives.
#[derive(Deserialize)]
pub(crate) struct Tokens {
    pub(crate) access_token: String,
    pub(crate) id_token: String,
    token_type: String,
}

/// Exchanges the code.
pub(crate) async fn tokens(
    ctx: &Ctx,
    provider: &Provider,
    key: &Key,
    code: &str,
    verifier: &str,
) -> Result<Tokens, Failure> {
    let client_id = client_id(ctx);
    let endpoint = &provider.metadata.token_endpoint;
    let body = form(&[
        ("grant_type", "authorization_code"),
        ("code", code),
        ("redirect_uri", &format!("{client_id}/callback")),
        ("client_id", &client_id),
        ("code_verifier", verifier),
        ("client_assertion_type", ASSERTION_TYPE),
        ("client_assertion", &assertion(ctx, key, endpoint)?),
    ]);
    let answer = post(ctx, endpoint, body).await?;
    if answer.status != 200 {
        return Err(Failure::Provider("the code is refused"));
    }
    let tokens: Tokens = serde_json::from_slice(&answer.body)
        .map_err(|_| Failure::Provider("the tokens cannot be read"))?;
    // The token goes into a header of ours later: only what may stand there.
    let plain = tokens
        .access_token
        .bytes()
        .all(|byte| byte.is_ascii_graphic());
    if !tokens.token_type.eq_ignore_ascii_case("bearer") || tokens.access_token.is_empty() || !plain
    {
        return Err(Failure::Provider("the access token is of an unknown kind"));
    }
    Ok(tokens)
}

/// Fetches UserInfo: an encrypted token.
pub(crate) async fn userinfo(
    ctx: &Ctx,
    provider: &Provider,
    access_token: &str,
) -> Result<String, Failure> {
    let request = Outgoing {
        method: "GET".into(),
        url: provider.metadata.userinfo_endpoint.clone(),
        headers: vec![
            ("authorization".into(), format!("Bearer {access_token}")),
            ("accept".into(), "application/jwt, application/jose".into()),
        ],
        body: Vec::new(),
    };
    let answer = checked(ctx.fetch(request).await.ok())?;
    if answer.status != 200 {
        return Err(Failure::Provider("UserInfo is refused"));
    }
    String::from_utf8(answer.body).map_err(|_| Failure::Provider("UserInfo holds no token"))
}

/// Ends an access token (RFC 7009). Providers without such an endpoint let it expire.
pub(crate) async fn revoke(
    ctx: &Ctx,
    provider: &Provider,
    key: &Key,
    access_token: &str,
) -> Result<(), Failure> {
    let Some(endpoint) = &provider.metadata.revocation_endpoint else {
        return Ok(());
    };
    let body = form(&[
        ("token", access_token),
        ("token_type_hint", "access_token"),
        ("client_id", &client_id(ctx)),
        ("client_assertion_type", ASSERTION_TYPE),
        ("client_assertion", &assertion(ctx, key, endpoint)?),
    ]);
    match post(ctx, endpoint, body).await?.status {
        200..300 => Ok(()),
        _ => Err(Failure::Provider("the revocation is refused")),
    }
}

/// Proof of who we are, good for one call.
fn assertion(ctx: &Ctx, key: &Key, audience: &str) -> Result<String, Failure> {
    let (client_id, now) = (client_id(ctx), ctx.now.as_second());
    let claims = json!({
        "iss": client_id, "sub": client_id, "aud": audience,
        "iat": now, "exp": now + ASSERTION_LIFE, "jti": ctx.token(),
    });
    key.sign("JWT", &claims).map_err(Failure::Token)
}

async fn post(ctx: &Ctx, url: &str, body: String) -> Result<Incoming, Failure> {
    let request = Outgoing {
        method: "POST".into(),
        url: url.into(),
        headers: vec![
            (
                "content-type".into(),
                "application/x-www-form-urlencoded".into(),
            ),
            ("accept".into(), "application/json".into()),
        ],
        body: body.into_bytes(),
    };
    checked(ctx.fetch(request).await.ok())
}

fn checked(answer: Option<Incoming>) -> Result<Incoming, Failure> {
    match answer {
        None => Err(Failure::Unavailable("the provider does not answer")),
        Some(answer) if answer.status >= 500 => {
            Err(Failure::Unavailable("the provider answers with an error"))
        }
        Some(answer) if answer.body.len() > LONGEST => {
            Err(Failure::Provider("the provider's answer is too long"))
        }
        Some(answer) => Ok(answer),
    }
}
