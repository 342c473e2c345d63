// SPDX-License-Identifier: EUPL-1.2
//! Signing in: out to the provider with a signed request, and back with a code that becomes a session.
//!
//! OpenID Connect code flow as SPID and CIE profile it: PKCE, `private_key_jwt`, a signed request object, and UserInfo
//! that is signed and encrypted. Whatever does not fit is refused before anything is stored.

pub(crate) mod attempt;
pub(crate) mod claims;
pub(crate) mod exchange;

use serde_json::{Value, json};

use super::jose::digest;
use super::provider::{self, Provider, Scheme};
use super::{Failure, client_id, cookie, form, keys, register, session};
use crate::ctx::Ctx;
use crate::error::Error;
use crate::http::{Reply, Request};
use attempt::Attempt;

/// Where somebody is told that it did not work, and how to go on.
const FAILED: &str = "/accesso-non-riuscito";
/// Seconds that a request object is good for.
const REQUEST_LIFE: i64 = 300;
/// Longest address to come back to.
const LONGEST_RETURN: usize = 512;
/// What is asked of UserInfo; nothing more than the services need.
const ATTRIBUTES: [&str; 9] = [
    "given_name",
    "family_name",
    "birthdate",
    "gender",
    "place_of_birth",
    "https://attributes.eid.gov.it/fiscal_number",
    "email",
    "phone_number",
    "address",
];

/// `GET /api/accesso`: sends the browser to the provider.
pub(crate) async fn begin(ctx: &Ctx, request: &Request) -> Result<Reply, Error> {
    let scheme = match request.query_value("idp") {
        None => Scheme::Spid,
        Some(name) => Scheme::named(name).ok_or(Error::BadRequest("idp"))?,
    };
    let hint = request.query_value("login_hint");
    if hint.is_some() && !in_the_box(ctx, scheme) {
        return Err(Error::BadRequest("login_hint"));
    }
    match out(ctx, request, scheme, hint).await {
        Ok(reply) => Ok(reply),
        Err(Failure::Edge(error)) => Err(error),
        Err(failure) => Ok(failed(&failure)),
    }
}

/// `GET /api/accesso/callback`: where the provider sends the browser back to.
pub(crate) async fn callback(ctx: &Ctx, request: &Request) -> Result<Reply, Error> {
    // Nothing is written for a callback that nobody here has asked for.
    let Some(attempt) = attempt::take(ctx, request).await? else {
        return Ok(failed(&Failure::Expired));
    };
    let scheme = attempt.scheme;
    let outcome = back(ctx, request, &attempt).await;
    let spent = cookie::write(ctx, &attempt.cookie, "", attempt::PATH, Some(0));
    match outcome {
        Ok(reply) => Ok(reply.header("set-cookie", &spent)),
        Err(Failure::Edge(error)) => Err(error),
        Err(failure) => {
            register::record(ctx, scheme, None, failure.reason(), None).await?;
            Ok(failed(&failure).header("set-cookie", &spent))
        }
    }
}

async fn out(
    ctx: &Ctx,
    request: &Request,
    scheme: Scheme,
    hint: Option<&str>,
) -> Result<Reply, Failure> {
    let provider = provider::load(ctx, scheme).await?;
    let key = keys::load(ctx, keys::Usage::Signing).await?;
    let return_to = safe_return(request.query_value("ritorno"));
    let (attempt, set_cookie) = attempt::begin(ctx, scheme, return_to).await?;
    let client_id = client_id(ctx);
    let challenge = digest(&attempt.verifier);
    let object = key
        .sign(
            "JWT",
            &request_object(ctx, &provider, &attempt, &client_id, &challenge, hint),
        )
        .map_err(Failure::Token)?;
    // What stands outside must equal what stands inside; the provider checks it.
    let query = form(&[
        ("client_id", &client_id),
        ("response_type", "code"),
        ("scope", "openid"),
        ("code_challenge", &challenge),
        ("code_challenge_method", "S256"),
        ("request", &object),
    ]);
    let endpoint = &provider.metadata.authorization_endpoint;
    let joint = if endpoint.contains('?') { '&' } else { '?' };
    Ok(redirect(&format!("{endpoint}{joint}{query}")).header("set-cookie", &set_cookie))
}

fn request_object(
    ctx: &Ctx,
    provider: &Provider,
    attempt: &Attempt,
    client_id: &str,
    challenge: &str,
    hint: Option<&str>,
) -> Value {
    let now = ctx.now.as_second();
    let wanted: serde_json::Map<String, Value> = ATTRIBUTES
        .iter()
        .map(|&name| (name.to_owned(), Value::Null))
        .collect();
    let mut object = json!({
        "iss": client_id,
        "sub": client_id,
        "aud": provider.metadata.issuer,
        "iat": now,
        "exp": now + REQUEST_LIFE,
        "jti": ctx.token(),
        "client_id": client_id,
        "response_type": "code",
        "scope": "openid",
        "redirect_uri": format!("{client_id}/callback"),
        "state": attempt.state,
        "nonce": attempt.nonce,
        "acr_values": "https://www.spid.gov.it/SpidL2",
        "prompt": "consent login",
        "code_challenge": challenge,
        "code_challenge_method": "S256",
        "claims": { "userinfo": wanted },
    });
    if let Some(hint) = hint {
        object["login_hint"] = json!(hint);
    }
    object
}

async fn back(ctx: &Ctx, request: &Request, attempt: &Attempt) -> Result<Reply, Failure> {
    let mut provider = provider::load(ctx, attempt.scheme).await?;
    // The answer must come from the provider that was asked (mix-up attack, RFC 9207), errors included.
    let promised = attempt.scheme == Scheme::Cie
        || provider
            .metadata
            .authorization_response_iss_parameter_supported;
    match request.query_value("iss") {
        Some(issuer) if issuer == provider.metadata.issuer => {}
        None if !promised => {}
        _ => return Err(Failure::Provider("the answer comes from another issuer")),
    }
    if let Some(error) = request.query_value("error") {
        return Err(refused(
            error,
            request.query_value("error_description").unwrap_or_default(),
        ));
    }
    let code = request
        .query_value("code")
        .ok_or(Failure::Provider("the answer has no code"))?;
    let signing = keys::load(ctx, keys::Usage::Signing).await?;
    let tokens = exchange::tokens(ctx, &provider, &signing, code, &attempt.verifier).await?;
    let client_id = client_id(ctx);
    let expected = claims::Expected {
        issuer: attempt.scheme.issuer(ctx),
        client_id: &client_id,
        nonce: &attempt.nonce,
        access_token: &tokens.access_token,
        now: ctx.now.as_second(),
    };
    let signed_in = claims::id_token(&provider.verify(ctx, &tokens.id_token).await?, &expected)?;
    let encryption = keys::load(ctx, keys::Usage::Encryption).await?;
    let sealed = exchange::userinfo(ctx, &provider, &tokens.access_token).await?;
    let inner = encryption.open(&sealed).map_err(Failure::Token)?;
    let inner =
        String::from_utf8(inner).map_err(|_| Failure::Provider("UserInfo holds no token"))?;
    let strict = ctx.config.ambiente != "prova";
    let citizen = claims::citizen(
        &provider.verify(ctx, &inner).await?,
        &expected,
        &signed_in.subject,
        strict,
    )?;
    let level = signed_in.level;
    let set_cookie = session::begin(
        ctx,
        request,
        &citizen,
        level,
        attempt.scheme,
        &tokens.access_token,
    )
    .await?;
    register::record(
        ctx,
        attempt.scheme,
        Some(level),
        "riuscito",
        Some(&citizen.codice_fiscale),
    )
    .await?;
    Ok(redirect(&attempt.return_to)
        .header("set-cookie", &set_cookie)
        .header("set-cookie", &cookie::entered(ctx)))
}

/// What an error of the provider means for the person. SPID gives its own numbers in the description.
fn refused(error: &str, description: &str) -> Failure {
    let spid = |number: &str| description.contains(&format!("ErrorCode nr{number}"));
    match error {
        "unmet_authentication_requirements" => Failure::Level,
        _ if spid("20") => Failure::Level,
        "login_required" => Failure::Expired,
        _ if spid("21") => Failure::Expired,
        "access_denied" | "consent_required" | "interaction_required" => Failure::Cancelled,
        "server_error" | "temporarily_unavailable" => {
            Failure::Unavailable("the provider says that it cannot now")
        }
        _ => Failure::Provider("the provider refuses our request"),
    }
}

/// Only paths of ours, or the home page: a sign-in must never end on somebody else's site.
fn safe_return(asked: Option<&str>) -> &str {
    let Some(path) = asked else { return "/" };
    let ours = path.starts_with('/')
        && !path.starts_with("//")
        && path.len() <= LONGEST_RETURN
        && path
            .bytes()
            .all(|byte| byte.is_ascii_graphic() && byte != b'\\');
    if ours { path } else { "/" }
}

/// True when the provider is the box on this machine, which gives any identity to who asks.
fn in_the_box(ctx: &Ctx, scheme: Scheme) -> bool {
    let host = scheme
        .issuer(ctx)
        .strip_prefix("http://")
        .and_then(|rest| rest.split(['/', ':']).next());
    ctx.config.ambiente == "prova" && matches!(host, Some("127.0.0.1" | "localhost"))
}

fn failed(failure: &Failure) -> Reply {
    if !matches!(failure, Failure::Expired | Failure::Cancelled) {
        eprintln!("identity: a sign-in did not succeed: {failure}");
    }
    redirect(&format!("{FAILED}?motivo={}", failure.reason()))
}

fn redirect(to: &str) -> Reply {
    Reply::empty(302)
        .header("location", to)
        .header("cache-control", "no-store")
}
