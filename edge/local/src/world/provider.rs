// SPDX-License-Identifier: EUPL-1.2
//! An OpenID Connect provider as SPID and CIE define it, for invented people.
//!
//! It is stricter than it needs to be: whatever the Sportello gets wrong in the protocol
//! must fail here, before it meets a real provider. It can also be told to answer wrongly,
//! so that tests see the Sportello refuse.

mod authorize;
#[cfg(test)]
mod dance;
mod discovery;
mod request;
mod token;
mod trial;
mod userinfo;

use super::jose::jwk::KeySet;
use super::jose::jws::{self, Signer};
use super::jose::{Invalid, digest};
use super::people::Person;
use super::wire::{self, Call, Reply};
use anyhow::Context;
use hyper::Method;
use request::Authorization;
use rsa::PrivateKey;
use rsa::pkcs8::{DecodePrivateKey, EncodePrivateKey, LineEnding};
use serde_json::Value;
use std::collections::HashMap;
use std::fs;
use std::io::Write;
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;
use std::sync::{Mutex, MutexGuard, PoisonError};
use trial::Outcome;

/// How long a code lives, in seconds.
const CODE_SECONDS: i64 = 60;
/// How long the page of the people may stay open, in seconds.
const TRANSACTION_SECONDS: i64 = 900;
/// How long an access token lives, in seconds.
const TOKEN_SECONDS: i64 = 300;

/// Which of the two Italian schemes a provider follows.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Scheme {
    /// Sistema pubblico di identità digitale.
    Spid,
    /// Carta d'identità elettronica.
    Cie,
}

impl Scheme {
    fn path(self) -> &'static str {
        match self {
            Scheme::Spid => "spid",
            Scheme::Cie => "cie",
        }
    }

    fn name(self) -> &'static str {
        match self {
            Scheme::Spid => "SPID",
            Scheme::Cie => "CIE",
        }
    }
}

/// A code that waits to be exchanged, and then the access token that came of it.
#[derive(Clone)]
struct Grant {
    person: &'static Person,
    authorization: Authorization,
    /// 1 to 3.
    level: u8,
    outcome: Outcome,
    expires: i64,
}

/// What a provider remembers while it runs. After a restart people simply sign in again.
#[derive(Default)]
struct State {
    /// Outcomes that tests have asked for, by codice fiscale; the empty one is for anybody.
    next: HashMap<String, Outcome>,
    transactions: HashMap<String, (Authorization, i64)>,
    codes: HashMap<String, Grant>,
    tokens: HashMap<String, Grant>,
    /// Client assertions already used, with their expiry.
    used: HashMap<String, i64>,
}

/// One issuer.
pub(crate) struct Provider {
    scheme: Scheme,
    issuer: String,
    client_id: String,
    redirect_uri: String,
    /// Where forms may lead after a redirect: the app.
    app: String,
    signer: Signer,
    /// Makes the pairwise subject different for each installation.
    salt: String,
    client_keys: Mutex<Option<KeySet>>,
    state: Mutex<State>,
}

impl Provider {
    /// Reads the key from the folder, or makes it at the first start.
    pub(crate) fn open(
        scheme: Scheme,
        origin: &str,
        app: &str,
        folder: &Path,
    ) -> anyhow::Result<Provider> {
        let pem = key_file(&folder.join(format!("{}.key.pem", scheme.path())))?;
        let key = PrivateKey::from_pkcs8_pem(&pem).context("the provider's key cannot be read")?;
        Ok(Provider::with_key(scheme, origin, app, key, digest(&pem)))
    }

    fn with_key(
        scheme: Scheme,
        origin: &str,
        app: &str,
        key: PrivateKey,
        salt: String,
    ) -> Provider {
        let app = app.trim_end_matches('/').to_owned();
        let client_id = format!("{app}/api/accesso");
        let kid = digest(&format!("{salt} kid")).chars().take(16).collect();
        Provider {
            scheme,
            issuer: format!("{origin}/{}", scheme.path()),
            redirect_uri: format!("{client_id}/callback"),
            client_id,
            app,
            signer: Signer { kid, key },
            salt,
            client_keys: Mutex::default(),
            state: Mutex::default(),
        }
    }

    /// Everything under `/spid` or `/cie`.
    pub(crate) async fn route(&self, call: &Call, rest: &str) -> Reply {
        match (&call.method, rest) {
            (&Method::GET, ".well-known/openid-configuration") => self.configuration(),
            (&Method::GET, "jwks.json") => self.published_keys(),
            (&Method::GET, "authorize") => self.authorize(call).await,
            (&Method::POST, "scelta") => self.choose(call).await,
            (&Method::POST, "token") => self.token(call).await,
            (&Method::GET, "userinfo") => self.userinfo(call).await,
            (&Method::POST, "revoke") => self.revoke(call).await,
            (&Method::POST, "prova") => self.trial(call),
            (_, "authorize" | "userinfo" | "jwks.json" | ".well-known/openid-configuration") => {
                Reply::wrong_method("GET")
            }
            (_, "scelta" | "token" | "revoke" | "prova") => Reply::wrong_method("POST"),
            _ => Reply::not_found(),
        }
    }

    /// The state, with everything that has expired swept out.
    fn state(&self, now: i64) -> MutexGuard<'_, State> {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        state.transactions.retain(|_, (_, expires)| *expires > now);
        state.codes.retain(|_, grant| grant.expires > now);
        state.tokens.retain(|_, grant| grant.expires > now);
        state.used.retain(|_, expires| *expires > now);
        state
    }

    /// The claims of a token that the app has signed. Keys are fetched anew, once, when the known ones do not fit.
    async fn verified(&self, token: &str) -> anyhow::Result<Value> {
        if let Some(keys) = self.known_keys() {
            match jws::verify(token, &keys) {
                Err(Invalid::UnknownKey | Invalid::Signature) => {}
                answer => return Ok(answer?),
            }
        }
        Ok(jws::verify(token, &self.fetched_keys().await?)?)
    }

    fn known_keys(&self) -> Option<KeySet> {
        self.client_keys
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }

    async fn fetched_keys(&self) -> anyhow::Result<KeySet> {
        let set = wire::fetch(&format!("{}/jwks.json", self.client_id)).await?;
        let keys = KeySet::parse(&set)?;
        *self
            .client_keys
            .lock()
            .unwrap_or_else(PoisonError::into_inner) = Some(keys.clone());
        Ok(keys)
    }

    /// The subject of a person towards our one client: stable, and of no use to anybody else.
    fn subject(&self, person: &Person) -> String {
        digest(&format!(
            "{} {} {}",
            self.salt, self.client_id, person.codice_fiscale
        ))
    }
}

/// The address of an assurance level.
fn acr(level: u8) -> String {
    format!("https://www.spid.gov.it/SpidL{level}")
}

/// The private key as PEM; made with mode 600 when it is not there yet.
fn key_file(path: &Path) -> anyhow::Result<String> {
    if path.exists() {
        return Ok(fs::read_to_string(path)?);
    }
    let key = PrivateKey::new(&mut getrandom::SysRng, 2048)?;
    let pem = key.to_pkcs8_pem(LineEnding::LF)?;
    let mut file = fs::OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(path)
        .with_context(|| format!("cannot write {}", path.display()))?;
    file.write_all(pem.as_bytes())?;
    file.sync_all()?;
    Ok(pem.to_string())
}
