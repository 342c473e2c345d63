// SPDX-License-Identifier: EUPL-1.2
//! Signing and verifying compact JWS with JSON claims.

use super::jwk::{KeySet, Verifier};
use super::{Invalid, decode, encode};
use p256::ecdsa::{Signature, signature::Verifier as _};
use rsa::PrivateKey;
use rsa::sha2::Sha256;
use serde_json::{Value, json};

/// A private RSA key with the name it is published under.
pub(crate) struct Signer {
    /// The `kid` in the published set.
    pub(crate) kid: String,
    /// The key itself, kept in the data folder.
    pub(crate) key: PrivateKey,
}

impl Signer {
    /// Signs claims with RS256.
    pub(crate) fn sign(&self, typ: &str, claims: &Value) -> anyhow::Result<String> {
        let header = json!({"alg": "RS256", "kid": self.kid, "typ": typ});
        let input = format!(
            "{}.{}",
            encode(header.to_string().as_bytes()),
            encode(claims.to_string().as_bytes())
        );
        let signature = self.key.pkcs1v15_sign::<Sha256>(input.as_bytes())?;
        Ok(format!("{input}.{}", encode(&signature)))
    }
}

/// Verifies the signature and returns the claims; what they say is for the caller to judge.
pub(crate) fn verify(token: &str, keys: &KeySet) -> Result<Value, Invalid> {
    let mut parts = token.split('.');
    let (Some(head), Some(body), Some(signature), None) =
        (parts.next(), parts.next(), parts.next(), parts.next())
    else {
        return Err(Invalid::Format);
    };
    let header: Value = serde_json::from_slice(&decode(head)?).map_err(|_| Invalid::Format)?;
    // An unknown critical extension must be refused (RFC 7515 §4.1.11), and we know none.
    if header.get("crit").is_some() {
        return Err(Invalid::Format);
    }
    let algorithm = header["alg"].as_str().ok_or(Invalid::Algorithm)?;
    if !["RS256", "ES256"].contains(&algorithm) {
        return Err(Invalid::Algorithm);
    }
    let signature = decode(signature)?;
    let input = &token.as_bytes()[..head.len() + 1 + body.len()];
    // The algorithm must suit the key: the header alone never chooses how to verify.
    match (algorithm, keys.verifier(header["kid"].as_str())?) {
        ("RS256", Verifier::Rsa(key)) => key
            .pkcs1v15_verify::<Sha256>(input, &signature)
            .map_err(|_| Invalid::Signature)?,
        ("ES256", Verifier::P256(key)) => {
            let signature = Signature::from_slice(&signature).map_err(|_| Invalid::Signature)?;
            key.verify(input, &signature)
                .map_err(|_| Invalid::Signature)?;
        }
        _ => return Err(Invalid::Algorithm),
    }
    let claims: Value = serde_json::from_slice(&decode(body)?).map_err(|_| Invalid::Format)?;
    if claims.is_object() {
        Ok(claims)
    } else {
        Err(Invalid::Format)
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::super::vectors::*;
    use super::*;
    use rsa::BoxedUint;

    /// The key of RFC 7515 §A.2 as a signer, for every test that needs one.
    pub(crate) fn signer() -> Signer {
        let number = |text: &str| BoxedUint::from_be_slice_vartime(&decode(text).unwrap());
        let key = PrivateKey::from_components(
            number(A2_N),
            number(A2_E),
            number(A2_D),
            vec![number(A2_P), number(A2_Q)],
        );
        Signer {
            kid: "a2".into(),
            key: key.unwrap(),
        }
    }

    /// The same key as the other side publishes it, for signatures and for encryption.
    pub(crate) fn key_set() -> KeySet {
        let rsa =
            |usage: &str| json!({"kty": "RSA", "use": usage, "kid": "a2", "n": A2_N, "e": A2_E});
        let point =
            json!({"kty": "EC", "crv": "P-256", "use": "sig", "kid": "a3", "x": A3_X, "y": A3_Y});
        KeySet::parse(&json!({"keys": [rsa("sig"), rsa("enc"), point]})).unwrap()
    }

    fn only(key: Value) -> KeySet {
        KeySet::parse(&json!({"keys": [key]})).unwrap()
    }

    #[test]
    fn the_rs256_example_of_rfc_7515_is_verified() {
        let keys = only(json!({"kty": "RSA", "use": "sig", "n": A2_N, "e": A2_E}));
        assert_eq!(verify(A2_JWS, &keys).unwrap()["iss"], "joe");
    }

    #[test]
    fn the_es256_example_of_rfc_7515_is_verified() {
        let keys = only(json!({"kty": "EC", "crv": "P-256", "use": "sig", "x": A3_X, "y": A3_Y}));
        assert_eq!(verify(A3_JWS, &keys).unwrap()["iss"], "joe");
    }

    #[test]
    fn signing_the_rfc_input_gives_the_rfc_signature() {
        let (input, signature) = A2_JWS.rsplit_once('.').unwrap();
        let made = signer()
            .key
            .pkcs1v15_sign::<Sha256>(input.as_bytes())
            .unwrap();
        assert_eq!(encode(&made), signature);
    }

    #[test]
    fn a_signed_token_is_verified_and_a_changed_one_is_not() {
        let token = signer().sign("JWT", &json!({"sub": "x"})).unwrap();
        assert_eq!(verify(&token, &key_set()).unwrap()["sub"], "x");
        let (_, rest) = token.split_once('.').unwrap();
        let signature = rest.split_once('.').unwrap().1;
        let head = token.split('.').next().unwrap();
        let forged = format!("{head}.{}.{signature}", encode(br#"{"sub":"y"}"#));
        assert_eq!(verify(&forged, &key_set()), Err(Invalid::Signature));
    }

    #[test]
    fn none_hmac_and_confused_algorithms_are_refused() {
        let body = encode(br#"{"sub":"x"}"#);
        let token = |head: &str| format!("{}.{body}.AAAA", encode(head.as_bytes()));
        let refused = |head: &str| verify(&token(head), &key_set()).unwrap_err();
        assert_eq!(refused(r#"{"alg":"none"}"#), Invalid::Algorithm);
        assert_eq!(refused(r#"{"alg":"HS256","kid":"a2"}"#), Invalid::Algorithm);
        assert_eq!(refused(r#"{"alg":"ES256","kid":"a2"}"#), Invalid::Algorithm);
        assert_eq!(refused(r#"{"alg":"RS256","kid":"b"}"#), Invalid::UnknownKey);
        assert_eq!(
            refused(r#"{"alg":"RS256","kid":"a2","crit":["x"]}"#),
            Invalid::Format
        );
        assert_eq!(verify("a.b", &key_set()), Err(Invalid::Format));
    }
}
