// SPDX-License-Identifier: EUPL-1.2
//! Public keys as JSON (RFC 7517): reading a provider's set, printing ours.

use p256::ecdsa::VerifyingKey;
use rsa::traits::PublicKeyParts;
use rsa::{BoxedUint, PublicKey};
use serde_json::{Value, json};

use super::{Refusal, decode, digest, encode};

/// A public key that somebody signs with.
#[derive(Clone)]
pub(crate) enum Verifier {
    /// RSA of 2048 bits or more.
    Rsa(PublicKey),
    /// A point of P-256.
    P256(VerifyingKey),
}

/// One signing key of a set.
struct Entry {
    kid: String,
    /// The only algorithm that this key may be used with, if its owner says so.
    algorithm: Option<String>,
    key: Verifier,
}

/// The signing keys of one party.
pub(crate) struct KeySet(Vec<Entry>);

impl KeySet {
    /// Reads a JWK Set. Keys of other types and uses, weak keys and malformed keys are passed over, as RFC 7517 §5
    /// asks: one bad key must not shut everybody out.
    pub(crate) fn parse(set: &Value) -> Result<Self, Refusal> {
        let keys = set["keys"].as_array().ok_or(Refusal::Format)?;
        Ok(Self(keys.iter().filter_map(entry).collect()))
    }

    /// The key that must have signed: the one named, or the only one when none is named.
    pub(crate) fn find(&self, kid: Option<&str>, algorithm: &str) -> Result<&Verifier, Refusal> {
        let found = match (kid, self.0.as_slice()) {
            (None, [only]) => Some(only),
            (None, _) => None,
            (Some(kid), all) => all.iter().find(|entry| entry.kid == kid),
        };
        let entry = found.ok_or(Refusal::UnknownKey)?;
        if entry
            .algorithm
            .as_deref()
            .is_some_and(|only| only != algorithm)
        {
            return Err(Refusal::Algorithm);
        }
        Ok(&entry.key)
    }
}

/// A public RSA key of ours as JSON; `usage` is `sig` or `enc`.
pub(crate) fn published(key: &PublicKey, usage: &str, algorithm: Option<&str>) -> Value {
    let mut jwk = json!({
        "kty": "RSA", "use": usage, "kid": thumbprint(key),
        "n": encode(&key.n_bytes()), "e": encode(&key.e_bytes()),
    });
    if let Some(algorithm) = algorithm {
        jwk["alg"] = algorithm.into();
    }
    jwk
}

/// The name of a key, derived from the key itself (RFC 7638).
pub(crate) fn thumbprint(key: &PublicKey) -> String {
    // The RFC fixes members, order and the absence of spaces; base64url needs no escapes.
    digest(&format!(
        r#"{{"e":"{}","kty":"RSA","n":"{}"}}"#,
        encode(&key.e_bytes()),
        encode(&key.n_bytes())
    ))
}

fn entry(jwk: &Value) -> Option<Entry> {
    let text = |name: &str| jwk[name].as_str();
    if text("use").is_some_and(|usage| usage != "sig") {
        return None;
    }
    let key = match (text("kty")?, text("crv")) {
        ("RSA", _) => rsa_key(jwk).ok()?,
        ("EC", Some("P-256")) => p256_key(jwk).ok()?,
        _ => return None,
    };
    let kid = text("kid").unwrap_or_default().to_owned();
    Some(Entry {
        kid,
        algorithm: text("alg").map(str::to_owned),
        key,
    })
}

fn number(jwk: &Value, name: &str) -> Result<Vec<u8>, Refusal> {
    decode(jwk[name].as_str().ok_or(Refusal::Format)?)
}

fn rsa_key(jwk: &Value) -> Result<Verifier, Refusal> {
    let modulus = BoxedUint::from_be_slice_vartime(&number(jwk, "n")?);
    let exponent = BoxedUint::from_be_slice_vartime(&number(jwk, "e")?);
    // The Italian rules want 2048 bits at least.
    PublicKey::new_with_size_limits(modulus, exponent, 2048..=8192)
        .map(Verifier::Rsa)
        .map_err(|_| Refusal::Format)
}

fn p256_key(jwk: &Value) -> Result<Verifier, Refusal> {
    let (x, y) = (number(jwk, "x")?, number(jwk, "y")?);
    if x.len() != 32 || y.len() != 32 {
        return Err(Refusal::Format);
    }
    let point = [&[4], x.as_slice(), y.as_slice()].concat();
    VerifyingKey::from_sec1_bytes(&point)
        .map(Verifier::P256)
        .map_err(|_| Refusal::Format)
}

#[cfg(test)]
mod tests {
    use super::super::vectors::{A2_E, A2_N, RFC7638_N};
    use super::*;

    #[test]
    fn the_thumbprint_of_rfc_7638_is_found_again() {
        let key = json!({"kty": "RSA", "n": RFC7638_N, "e": "AQAB"});
        let Ok(Verifier::Rsa(key)) = rsa_key(&key) else {
            panic!("a good key is read")
        };
        assert_eq!(
            thumbprint(&key),
            "NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs"
        );
        assert_eq!(published(&key, "sig", Some("RS256"))["n"], RFC7638_N);
    }

    #[test]
    fn short_even_and_malformed_keys_are_passed_over() {
        let set = json!({"keys": [
            {"kty": "RSA", "use": "sig", "kid": "short", "e": "AQAB", "n": encode(&[0xff; 128])},
            {"kty": "RSA", "use": "sig", "kid": "even", "e": "AQAB", "n": encode(&[0xfe; 256])},
            {"kty": "RSA", "use": "sig", "kid": "text", "e": "AQAB", "n": "*"},
            {"kty": "RSA", "use": "enc", "kid": "enc", "e": A2_E, "n": A2_N},
            {"kty": "EC", "crv": "P-256", "kid": "off", "x": encode(&[1; 32]), "y": encode(&[1; 32])},
            {"kty": "oct", "use": "sig", "kid": "oct", "k": "AAAA"}, {"kty": "OKP"}, 7,
        ]});
        assert_eq!(KeySet::parse(&set).unwrap().0.len(), 0);
        assert_eq!(
            KeySet::parse(&json!({"keys": {}})).err(),
            Some(Refusal::Format)
        );
    }

    #[test]
    fn a_key_keeps_to_the_algorithm_its_owner_names() {
        let set =
            json!({"keys": [{"kty": "RSA", "kid": "a", "alg": "RS512", "e": A2_E, "n": A2_N}]});
        let set = KeySet::parse(&set).unwrap();
        assert!(set.find(Some("a"), "RS512").is_ok());
        assert!(set.find(None, "RS512").is_ok());
        assert_eq!(set.find(Some("a"), "RS256").err(), Some(Refusal::Algorithm));
        assert_eq!(
            set.find(Some("b"), "RS512").err(),
            Some(Refusal::UnknownKey)
        );
    }
}
