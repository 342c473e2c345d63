// SPDX-License-Identifier: EUPL-1.2
//! UserInfo: the person's attributes, signed by us and encrypted to the app.

use super::token::broken;
use super::trial::Outcome;
use super::{Grant, Provider, TOKEN_SECONDS};
use crate::world::jose::jwe;
use crate::world::wire::{Call, Reply, now};
use serde_json::{Value, json};

impl Provider {
    /// `GET /userinfo` with a bearer token.
    pub(super) async fn userinfo(&self, call: &Call) -> Reply {
        let token = call
            .header("authorization")
            .strip_prefix("Bearer ")
            .unwrap_or_default();
        let now = now();
        let Some(grant) = self.state(now).tokens.get(token).cloned() else {
            return Reply::json(401, &json!({"error": "invalid_token"}))
                .with("www-authenticate", "Bearer error=\"invalid_token\"");
        };
        match self.sealed(&grant, now).await {
            Ok(jwt) => Reply::new(200, "application/jwt", jwt),
            Err(why) => Reply::json(
                500,
                &json!({"error": "server_error", "error_description": why.to_string()}),
            ),
        }
    }

    async fn sealed(&self, grant: &Grant, now: i64) -> anyhow::Result<String> {
        let mut signed = self.signer.sign("JWT", &self.attributes(grant, now))?;
        if grant.outcome == Outcome::BrokenUserinfo {
            signed = broken(&signed);
        }
        let keys = match self.known_keys() {
            Some(keys) => keys,
            None => self.fetched_keys().await?,
        };
        let (kid, key) = keys.encrypter()?;
        jwe::encrypt(&signed, kid, key)
    }

    /// Only what was asked for, and what the standard always wants.
    fn attributes(&self, grant: &Grant, now: i64) -> Value {
        let mut claims = json!({
            "iss": self.issuer,
            "aud": self.client_id,
            "sub": self.subject(grant.person),
            "iat": now,
            "exp": now + TOKEN_SECONDS,
        });
        for name in &grant.authorization.userinfo {
            if let Some(value) = grant.person.claim(name) {
                claims[name] = value;
            }
        }
        if grant.outcome == Outcome::OtherSubject {
            claims["sub"] = json!("somebody-else");
        }
        claims
    }
}
