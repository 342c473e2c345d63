// SPDX-License-Identifier: EUPL-1.2
//! What is known of the two identity providers: their discovery documents and keys, fetched over HTTP and kept in the
//! database, because instances of the component come and go.

use serde::Deserialize;
use serde_json::Value;

use super::Failure;
use super::jose::Refusal;
use super::jose::jwk::KeySet;
use super::jose::jws::{self, Verified};
use crate::ctx::Ctx;
use crate::http::Outgoing;

/// How long a document is believed without asking again, in seconds.
const FRESH: i64 = 3600;
/// How long an old document may stand in while the provider does not answer, in seconds.
const USABLE: i64 = 24 * 3600;
/// How often keys may be fetched for the sake of an unknown `kid`, in seconds: forged tokens must not make us ask.
const KEY_REST: i64 = 60;
/// No honest document is longer.
const LONGEST: usize = 256 * 1024;

/// One of the two ways to sign in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Scheme {
    /// Sistema pubblico di identità digitale, often through a regional gateway.
    Spid,
    /// Carta d'identità elettronica.
    Cie,
}

impl Scheme {
    /// By its name in URLs.
    pub(crate) fn named(name: &str) -> Option<Self> {
        match name {
            "spid" => Some(Self::Spid),
            "cie" => Some(Self::Cie),
            _ => None,
        }
    }

    /// Its name in URLs and in the database.
    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Self::Spid => "spid",
            Self::Cie => "cie",
        }
    }

    /// The issuer that the installation is configured with.
    pub(crate) fn issuer(self, ctx: &Ctx) -> &str {
        match self {
            Self::Spid => &ctx.config.spid_issuer,
            Self::Cie => &ctx.config.cie_issuer,
        }
    }
}

/// The part of a discovery document that is used here.
#[derive(Deserialize)]
pub(crate) struct Metadata {
    pub(crate) issuer: String,
    pub(crate) authorization_endpoint: String,
    pub(crate) token_endpoint: String,
    pub(crate) userinfo_endpoint: String,
    #[serde(default)]
    pub(crate) revocation_endpoint: Option<String>,
    jwks_uri: String,
    /// Whether `iss` stands in every answer (RFC 9207).
    #[serde(default)]
    pub(crate) authorization_response_iss_parameter_supported: bool,
}

/// A provider as it is known at this moment.
pub(crate) struct Provider {
    pub(crate) metadata: Metadata,
    keys: KeySet,
    keys_read: i64,
}

/// A provider from the database, or from itself when that is too old.
pub(crate) async fn load(ctx: &Ctx, scheme: Scheme) -> Result<Provider, Failure> {
    let (issuer, now) = (scheme.issuer(ctx), ctx.now.as_second());
    let rows = ctx
        .db
        .query(
            "SELECT metadati, chiavi, metadati_letti, chiavi_lette FROM fornitori WHERE issuer = ?1",
            &[issuer.into()],
        )
        .await?;
    let Some(row) = rows.first() else {
        return fetch(ctx, issuer).await;
    };
    let (read, keys_read) = (row.integer(2)?, row.integer(3)?);
    let oldest = read.min(keys_read);
    if now - oldest >= FRESH {
        match fetch(ctx, issuer).await {
            // A provider that is silent for a moment is still the one it was.
            Err(Failure::Unavailable(_)) if now - oldest < USABLE => {}
            answer => return answer,
        }
    }
    let (metadata, keys) = (
        metadata(row.text(0)?.as_bytes(), issuer)?,
        key_set(row.text(1)?.as_bytes())?,
    );
    Ok(Provider {
        metadata,
        keys,
        keys_read,
    })
}

impl Provider {
    /// The claims of a token signed by this provider. An unknown key is asked for once.
    pub(crate) async fn verify(&mut self, ctx: &Ctx, token: &str) -> Result<Verified, Failure> {
        let now = ctx.now.as_second();
        let answer = jws::verify(token, &self.keys);
        if answer != Err(Refusal::UnknownKey) || now - self.keys_read < KEY_REST {
            return answer.map_err(Failure::Token);
        }
        let text = get(ctx, &self.metadata.jwks_uri).await?;
        (self.keys, self.keys_read) = (key_set(&text)?, now);
        let text = String::from_utf8_lossy(&text).into_owned();
        ctx.db
            .execute(
                "UPDATE fornitori SET chiavi = ?1, chiavi_lette = ?2 WHERE issuer = ?3",
                &[
                    text.into(),
                    now.into(),
                    self.metadata.issuer.as_str().into(),
                ],
            )
            .await?;
        jws::verify(token, &self.keys).map_err(Failure::Token)
    }
}

async fn fetch(ctx: &Ctx, issuer: &str) -> Result<Provider, Failure> {
    let now = ctx.now.as_second();
    let document = get(ctx, &format!("{issuer}/.well-known/openid-configuration")).await?;
    let metadata = metadata(&document, issuer)?;
    let set = get(ctx, &metadata.jwks_uri).await?;
    let keys = key_set(&set)?;
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    ctx.db
        .execute(
            "INSERT INTO fornitori (issuer, metadati, chiavi, metadati_letti, chiavi_lette) VALUES (?1, ?2, ?3, ?4, ?4) \
             ON CONFLICT (issuer) DO UPDATE SET metadati = excluded.metadati, chiavi = excluded.chiavi, \
             metadati_letti = excluded.metadati_letti, chiavi_lette = excluded.chiavi_lette",
            &[issuer.into(), text(&document).into(), text(&set).into(), now.into()],
        )
        .await?;
    Ok(Provider {
        metadata,
        keys,
        keys_read: now,
    })
}

/// Reads a discovery document and holds it to what OpenID Connect Discovery §4.3 wants.
fn metadata(document: &[u8], issuer: &str) -> Result<Metadata, Failure> {
    let metadata: Metadata = serde_json::from_slice(document)
        .map_err(|_| Failure::Unavailable("the discovery document cannot be read"))?;
    // Exactly the same, or somebody else answers in the provider's place.
    if metadata.issuer != issuer {
        return Err(Failure::Provider(
            "the discovery document is of another issuer",
        ));
    }
    let secure = |address: &str| {
        address.starts_with("https://") || address.starts_with(&format!("{issuer}/"))
    };
    let endpoints = [
        &metadata.authorization_endpoint,
        &metadata.token_endpoint,
        &metadata.userinfo_endpoint,
        &metadata.jwks_uri,
        metadata
            .revocation_endpoint
            .as_ref()
            .unwrap_or(&metadata.token_endpoint),
    ];
    if endpoints.into_iter().all(|address| secure(address)) {
        Ok(metadata)
    } else {
        Err(Failure::Provider(
            "the discovery document names an address without https",
        ))
    }
}

fn key_set(set: &[u8]) -> Result<KeySet, Failure> {
    let set: Value =
        serde_json::from_slice(set).map_err(|_| Failure::Unavailable("the keys cannot be read"))?;
    KeySet::parse(&set).map_err(|_| Failure::Unavailable("the keys cannot be read"))
}

async fn get(ctx: &Ctx, url: &str) -> Result<Vec<u8>, Failure> {
    let request = Outgoing {
        method: "GET".into(),
        url: url.into(),
        headers: vec![("accept".into(), "application/json".into())],
        body: Vec::new(),
    };
    let answer = ctx
        .fetch(request)
        .await
        .map_err(|_| Failure::Unavailable("the provider does not answer"))?;
    if answer.status != 200 || answer.body.len() > LONGEST {
        return Err(Failure::Unavailable("the provider answers with an error"));
    }
    Ok(answer.body)
}
