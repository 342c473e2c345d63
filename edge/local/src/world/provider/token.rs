// SPDX-License-Identifier: EUPL-1.2
//! The token endpoint and revocation: the app proves who it is and exchanges a code once.

use super::request::{audience, token};
use super::trial::Outcome;
use super::{Grant, Provider, TOKEN_SECONDS, acr};
use crate::world::jose;
use crate::world::wire::{Call, Parameters, Reply, now};
use serde_json::{Value, json};

/// The one way of client authentication.
const ASSERTION: &str = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

impl Provider {
    /// `POST /token`.
    pub(super) async fn token(&self, call: &Call) -> Reply {
        let Some(form) = call.form() else {
            return refuse(400, "invalid_request", "The form cannot be read.");
        };
        if let Err(refusal) = self.authenticate(&form).await {
            return refusal;
        }
        if form.get("grant_type") != "authorization_code" {
            return refuse(400, "unsupported_grant_type", "Only authorization_code.");
        }
        let uri = form.get("redirect_uri");
        if !uri.is_empty() && uri != self.redirect_uri {
            return refuse(
                400,
                "invalid_grant",
                "redirect_uri is not the registered one.",
            );
        }
        let now = now();
        // The code is gone whatever comes next: a second try is never answered.
        let Some(grant) = self.state(now).codes.remove(form.get("code")) else {
            return refuse(
                400,
                "invalid_grant",
                "The code is unknown, used or expired.",
            );
        };
        let verifier = form.get("code_verifier");
        if !token(verifier, 43, 128)
            || !jose::same(&jose::digest(verifier), &grant.authorization.challenge)
        {
            return refuse(
                400,
                "invalid_grant",
                "code_verifier does not fit the challenge.",
            );
        }
        self.tokens(grant, now)
            .unwrap_or_else(|_| refuse(500, "server_error", "The token cannot be signed."))
    }

    fn tokens(&self, mut grant: Grant, now: i64) -> anyhow::Result<Reply> {
        let access_token = jose::random(32)?;
        let claims = self.id_claims(&grant, &access_token, &jose::random(16)?, now);
        let mut id_token = self.signer.sign("JWT", &claims)?;
        if grant.outcome == Outcome::BrokenSignature {
            id_token = broken(&id_token);
        }
        grant.expires = now + TOKEN_SECONDS;
        self.state(now).tokens.insert(access_token.clone(), grant);
        Ok(Reply::json(
            200,
            &json!({
                "access_token": access_token,
                "token_type": "Bearer",
                "expires_in": TOKEN_SECONDS,
                "id_token": id_token,
            }),
        ))
    }

    /// The ID token, with the one thing wrong that a test has asked for.
    fn id_claims(&self, grant: &Grant, access_token: &str, jti: &str, now: i64) -> Value {
        let mut claims = json!({
            "iss": self.issuer,
            "sub": self.subject(grant.person),
            "aud": self.client_id,
            "iat": now,
            "exp": now + TOKEN_SECONDS,
            "nonce": grant.authorization.nonce,
            "acr": acr(grant.level),
            "at_hash": jose::at_hash(access_token),
            "jti": jti,
        });
        for name in &grant.authorization.id_token {
            if let Some(value) = grant.person.claim(name) {
                claims[name] = value;
            }
        }
        match grant.outcome {
            Outcome::WrongNonce => claims["nonce"] = json!("n".repeat(43)),
            Outcome::WrongAudience => claims["aud"] = json!("https://altro.example/client"),
            Outcome::WrongIssuer => claims["iss"] = json!("https://altro.example"),
            Outcome::WrongAtHash => claims["at_hash"] = json!(jose::at_hash("another token")),
            Outcome::Expired => {
                claims["iat"] = json!(now - 3900);
                claims["exp"] = json!(now - 3600);
            }
            _ => {}
        }
        claims
    }

    /// `POST /revoke`: the answer is the same whether the token was known or not (RFC 7009 §2.2).
    pub(super) async fn revoke(&self, call: &Call) -> Reply {
        let Some(form) = call.form() else {
            return refuse(400, "invalid_request", "The form cannot be read.");
        };
        if let Err(refusal) = self.authenticate(&form).await {
            return refusal;
        }
        self.state(now()).tokens.remove(form.get("token"));
        Reply::json(200, &json!({}))
    }

    /// `private_key_jwt`: the app is who it says, and this proof has not been used before.
    async fn authenticate(&self, form: &Parameters) -> Result<(), Reply> {
        let no = |why: &str| refuse(401, "invalid_client", why);
        if form.get("client_assertion_type") != ASSERTION {
            return Err(no("client_assertion_type must be jwt-bearer."));
        }
        let named = form.get("client_id");
        if !named.is_empty() && named != self.client_id {
            return Err(no("client_id is not known."));
        }
        let claims = self
            .verified(form.get("client_assertion"))
            .await
            .map_err(|why| no(&why.to_string()))?;
        let now = now();
        let (jti, expires) = self.check_assertion(&claims, now).map_err(no)?;
        match self.state(now).used.insert(jti, expires) {
            None => Ok(()),
            Some(_) => Err(no("The assertion has been used before.")),
        }
    }

    /// The rules of RFC 7523 §3; gives back what must be remembered against replay.
    pub(super) fn check_assertion(
        &self,
        claims: &Value,
        now: i64,
    ) -> Result<(String, i64), &'static str> {
        let accepted = [
            self.issuer.clone(),
            format!("{}/token", self.issuer),
            format!("{}/revoke", self.issuer),
        ];
        if claims["iss"] != self.client_id.as_str() || claims["sub"] != self.client_id.as_str() {
            return Err("iss and sub must be the client_id.");
        }
        if !audience(&claims["aud"], &accepted.each_ref().map(String::as_str)) {
            return Err("aud must be the token endpoint or the issuer.");
        }
        let expires = claims["exp"].as_i64().ok_or("exp is missing.")?;
        if expires <= now || expires > now + 3600 {
            return Err("exp has passed or is too far away.");
        }
        if claims["iat"]
            .as_i64()
            .is_some_and(|issued| issued > now + 60)
        {
            return Err("iat is in the future.");
        }
        match claims["jti"].as_str() {
            Some(jti) if !jti.is_empty() => Ok((jti.to_owned(), expires)),
            _ => Err("jti is missing."),
        }
    }
}

/// The same token with a signature that does not fit.
pub(super) fn broken(token: &str) -> String {
    let (input, signature) = token.rsplit_once('.').unwrap_or((token, ""));
    let mut bytes = jose::decode(signature).unwrap_or_default();
    if let Some(byte) = bytes.get_mut(9) {
        *byte ^= 1;
    }
    format!("{input}.{}", jose::encode(&bytes))
}

fn refuse(status: u16, error: &str, why: &str) -> Reply {
    Reply::json(status, &json!({"error": error, "error_description": why}))
}
