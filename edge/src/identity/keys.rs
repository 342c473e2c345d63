// SPDX-License-Identifier: EUPL-1.2
//! Our two RSA keys: one signs requests and proves who we are to the providers, one opens what they encrypt to us.
//!
//! They are made at first need (about 0.3 s each in Wasm) and kept sealed in the database, so that every instance of the
//! component has the same.

use core::convert::Infallible;

use rsa::rand_core::{TryCryptoRng, TryRng};
use rsa::traits::PrivateKeyParts;
use rsa::{BoxedUint, PrivateKey};
use serde_json::{Value, json};

use super::jose::{Refusal, jwe, jwk, jws};
use super::vault::Vault;
use crate::ctx::Ctx;
use crate::error::Error;
use crate::http::{Reply, Request};

/// Size of the modulus; the Italian rules want 2048 at least, and 4096 would cost a person 60 ms more at each sign-in.
const BITS: usize = 2048;

/// What a key is for.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Usage {
    /// Signing request objects and client assertions.
    Signing,
    /// Opening UserInfo.
    Encryption,
}

impl Usage {
    const fn as_str(self) -> &'static str {
        match self {
            Self::Signing => "sig",
            Self::Encryption => "enc",
        }
    }
}

/// A private key with the name it is published under.
pub(crate) struct Key {
    kid: String,
    key: PrivateKey,
}

impl Key {
    /// Signs claims as a JWT of type `typ`.
    pub(crate) fn sign(&self, typ: &str, claims: &Value) -> Result<String, Refusal> {
        jws::sign(&self.key, &self.kid, typ, claims)
    }

    /// Opens a JWE that was encrypted to this key.
    pub(crate) fn open(&self, token: &str) -> Result<Vec<u8>, Refusal> {
        jwe::open(token, &self.kid, &self.key)
    }

    fn published(&self, usage: Usage) -> Value {
        // The encryption key names no algorithm, because providers may choose between RSA-OAEP and RSA-OAEP-256.
        let algorithm = match usage {
            Usage::Signing => Some("RS256"),
            Usage::Encryption => None,
        };
        jwk::published(self.key.as_public_key(), usage.as_str(), algorithm)
    }
}

/// `GET /api/accesso/jwks.json`: what providers check our signatures with and encrypt to.
pub(crate) async fn published(ctx: &Ctx, _request: &Request) -> Result<Reply, Error> {
    let signing = load(ctx, Usage::Signing).await?;
    let encryption = load(ctx, Usage::Encryption).await?;
    let keys = [
        signing.published(Usage::Signing),
        encryption.published(Usage::Encryption),
    ];
    // Short, because a provider must see a new key soon after the old one is gone.
    Ok(Reply::json(200, &json!({ "keys": keys })).header("cache-control", "public, max-age=300"))
}

/// The key for one use; made now when there is none yet.
pub(crate) async fn load(ctx: &Ctx, usage: Usage) -> Result<Key, Error> {
    let vault = super::vault(ctx)?;
    let sealed = match stored(ctx, usage).await? {
        Some(sealed) => sealed,
        None => {
            let made = make(ctx, &vault, usage)?;
            // Another instance may have been quicker: whoever came first stays, and everybody reads that one.
            ctx.db
                .execute(
                    "INSERT INTO chiavi (uso, sigillata, creata) VALUES (?1, ?2, ?3) ON CONFLICT (uso) DO NOTHING",
                    &[usage.as_str().into(), made.into(), ctx.now.as_second().into()],
                )
                .await?;
            stored(ctx, usage)
                .await?
                .ok_or_else(|| super::broken("a key was written and cannot be read"))?
        }
    };
    let primes = vault.open(usage.as_str(), &sealed).ok_or_else(|| {
        super::broken("the keys in the database were sealed with another `segreto`: restore it, or empty the table chiavi")
    })?;
    read(&primes).ok_or_else(|| super::broken("a key in the database is not well formed"))
}

async fn stored(ctx: &Ctx, usage: Usage) -> Result<Option<Vec<u8>>, Error> {
    let rows = ctx
        .db
        .query(
            "SELECT sigillata FROM chiavi WHERE uso = ?1",
            &[usage.as_str().into()],
        )
        .await?;
    rows.first().map(|row| row.blob(0)).transpose()
}

/// A new key, sealed. The two primes are all that has to be kept.
fn make(ctx: &Ctx, vault: &Vault, usage: Usage) -> Result<Vec<u8>, Error> {
    let key = PrivateKey::new(&mut HostRandom(ctx), BITS)
        .map_err(|_| super::broken("no RSA key can be made"))?;
    let primes: Vec<u8> = key
        .primes()
        .iter()
        .flat_map(|prime| prime.to_be_bytes().into_vec())
        .collect();
    vault
        .seal(usage.as_str(), ctx.random(), &primes)
        .ok_or_else(|| super::broken("a key cannot be sealed"))
}

/// The host's randomness in the shape that key generation wants.
struct HostRandom<'a>(&'a Ctx);

impl TryRng for HostRandom<'_> {
    type Error = Infallible;

    fn try_next_u32(&mut self) -> Result<u32, Infallible> {
        Ok(u32::from_le_bytes(self.0.random()))
    }

    fn try_next_u64(&mut self) -> Result<u64, Infallible> {
        Ok(u64::from_le_bytes(self.0.random()))
    }

    fn try_fill_bytes(&mut self, buffer: &mut [u8]) -> Result<(), Infallible> {
        for chunk in buffer.chunks_mut(32) {
            chunk.copy_from_slice(&self.0.random::<32>()[..chunk.len()]);
        }
        Ok(())
    }
}

impl TryCryptoRng for HostRandom<'_> {}

fn read(primes: &[u8]) -> Option<Key> {
    if primes.len() != BITS / 8 {
        return None;
    }
    let (p, q) = primes.split_at(primes.len() / 2);
    let number = BoxedUint::from_be_slice_vartime;
    let key = PrivateKey::from_p_q(number(p), number(q), BoxedUint::from(65537_u64)).ok()?;
    Some(Key {
        kid: jwk::thumbprint(key.as_public_key()),
        key,
    })
}
