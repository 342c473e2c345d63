// SPDX-License-Identifier: EUPL-1.2
//! Public keys as JSON (RFC 7517): reading the set of the relying party, writing our own.

use super::{Invalid, decode, encode};
use p256::ecdsa::VerifyingKey;
use rsa::traits::PublicKeyParts;
use rsa::{BoxedUint, PublicKey};
use serde_json::{Value, json};

/// A public key somebody signs with.
#[derive(Clone)]
pub(crate) enum Verifier {
    /// RSA of 2048 bits or more, for RS256.
    Rsa(PublicKey),
    /// A point of P-256, for ES256.
    P256(VerifyingKey),
}

/// The keys of one party, as published in its `jwks.json`.
#[derive(Clone, Default)]
pub(crate) struct KeySet {
    verifiers: Vec<(String, Verifier)>,
    encrypters: Vec<(String, PublicKey)>,
}

impl KeySet {
    /// Reads a JWK Set; keys of other types are passed over, as RFC 7517 §5 asks.
    pub(crate) fn parse(set: &Value) -> Result<KeySet, Invalid> {
        let keys = set["keys"].as_array().ok_or(Invalid::Format)?;
        let mut read = KeySet::default();
        for key in keys {
            let kid = key["kid"].as_str().unwrap_or_default().to_owned();
            match (key["kty"].as_str(), key["use"].as_str()) {
                (Some("RSA"), Some("sig")) => {
                    read.verifiers.push((kid, Verifier::Rsa(rsa_key(key)?)));
                }
                (Some("RSA"), Some("enc")) => read.encrypters.push((kid, rsa_key(key)?)),
                (Some("EC"), Some("sig")) if key["crv"] == "P-256" => {
                    read.verifiers.push((kid, Verifier::P256(p256_key(key)?)));
                }
                _ => {}
            }
        }
        Ok(read)
    }

    /// The key that must have signed: the one named, or the only one when none is named.
    pub(crate) fn verifier(&self, kid: Option<&str>) -> Result<&Verifier, Invalid> {
        match (kid, self.verifiers.as_slice()) {
            (None, [(_, only)]) => Ok(only),
            (None, _) => Err(Invalid::UnknownKey),
            (Some(kid), all) => all
                .iter()
                .find(|(name, _)| name == kid)
                .map(|(_, key)| key)
                .ok_or(Invalid::UnknownKey),
        }
    }

    /// The first key that answers may be encrypted to, with its `kid`.
    pub(crate) fn encrypter(&self) -> Result<(&str, &PublicKey), Invalid> {
        self.encrypters
            .first()
            .map(|(kid, key)| (kid.as_str(), key))
            .ok_or(Invalid::UnknownKey)
    }
}

/// A public RSA key as a JWK for signatures.
pub(crate) fn published(kid: &str, key: &PublicKey) -> Value {
    json!({
        "kty": "RSA", "use": "sig", "alg": "RS256", "kid": kid,
        "n": encode(&key.n().to_be_bytes_trimmed_vartime()),
        "e": encode(&key.e().to_be_bytes_trimmed_vartime()),
    })
}

fn number(key: &Value, name: &str) -> Result<Vec<u8>, Invalid> {
    decode(key[name].as_str().ok_or(Invalid::Format)?)
}

fn rsa_key(key: &Value) -> Result<PublicKey, Invalid> {
    let modulus = number(key, "n")?;
    // The Italian rules want 2048 bits at least.
    if modulus.len() < 256 {
        return Err(Invalid::Key);
    }
    let exponent = BoxedUint::from_be_slice_vartime(&number(key, "e")?);
    PublicKey::new(BoxedUint::from_be_slice_vartime(&modulus), exponent).map_err(|_| Invalid::Key)
}

fn p256_key(key: &Value) -> Result<VerifyingKey, Invalid> {
    let (x, y) = (number(key, "x")?, number(key, "y")?);
    if x.len() != 32 || y.len() != 32 {
        return Err(Invalid::Key);
    }
    let point = [&[4], x.as_slice(), y.as_slice()].concat();
    VerifyingKey::from_sec1_bytes(&point).map_err(|_| Invalid::Key)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_rsa_keys_are_refused() {
        let set = json!({"keys": [{"kty": "RSA", "use": "sig", "kid": "a", "e": "AQAB", "n": encode(&[0xff; 128])}]});
        assert_eq!(KeySet::parse(&set).err(), Some(Invalid::Key));
    }

    #[test]
    fn symmetric_and_unknown_keys_are_passed_over() {
        let set = json!({"keys": [{"kty": "oct", "use": "sig", "k": "AAAA"}, {"kty": "OKP"}]});
        let set = KeySet::parse(&set).unwrap();
        assert_eq!(set.verifier(None).err(), Some(Invalid::UnknownKey));
        assert_eq!(set.encrypter().err(), Some(Invalid::UnknownKey));
    }
}
