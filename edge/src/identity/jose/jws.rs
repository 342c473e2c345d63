// SPDX-License-Identifier: EUPL-1.2
//! Signing and verifying compact JWS with JSON claims (RFC 7515).

use p256::ecdsa::{Signature, signature::Verifier as _};
use rsa::PrivateKey;
use serde_json::{Map, Value, json};
use sha2::{Sha256, Sha512};

use super::jwk::{KeySet, Verifier};
use super::{Refusal, decode, encode, header, parts};

/// Claims of a token.
pub(crate) type Claims = Map<String, Value>;

/// A token whose signature was right.
#[derive(Debug, PartialEq)]
pub(crate) struct Verified {
    /// The claims inside.
    pub(crate) claims: Claims,
    /// True when the signature rests on SHA-512, false for SHA-256: `at_hash` uses the same.
    pub(crate) long_hash: bool,
}

/// Signs claims with RS256.
pub(crate) fn sign(
    key: &PrivateKey,
    kid: &str,
    typ: &str,
    claims: &Value,
) -> Result<String, Refusal> {
    let header = json!({"alg": "RS256", "kid": kid, "typ": typ});
    let input = format!(
        "{}.{}",
        encode(header.to_string().as_bytes()),
        encode(claims.to_string().as_bytes())
    );
    let signature = key
        .pkcs1v15_sign::<Sha256>(input.as_bytes())
        .map_err(|_| Refusal::Signature)?;
    Ok(format!("{input}.{}", encode(&signature)))
}

/// Verifies the signature and returns the claims; what they say is for the caller to judge.
pub(crate) fn verify(token: &str, keys: &KeySet) -> Result<Verified, Refusal> {
    let [head, body, signature] = parts(token)?;
    let header = header(head)?;
    // An unencoded payload (RFC 7797) is critical by definition; a header that hides it is refused with it.
    if header.contains_key("b64") {
        return Err(Refusal::Format);
    }
    let algorithm = header
        .get("alg")
        .and_then(Value::as_str)
        .ok_or(Refusal::Algorithm)?;
    if !["RS256", "RS512", "ES256"].contains(&algorithm) {
        return Err(Refusal::Algorithm);
    }
    let kid = header.get("kid").and_then(Value::as_str);
    let signature = decode(signature)?;
    let input = &token.as_bytes()[..head.len() + 1 + body.len()];
    // The algorithm must suit the key: the header alone never chooses how to verify.
    let matches = match (algorithm, keys.find(kid, algorithm)?) {
        ("RS256", Verifier::Rsa(key)) => key.pkcs1v15_verify::<Sha256>(input, &signature).is_ok(),
        ("RS512", Verifier::Rsa(key)) => key.pkcs1v15_verify::<Sha512>(input, &signature).is_ok(),
        ("ES256", Verifier::P256(key)) => Signature::from_slice(&signature)
            .is_ok_and(|signature| key.verify(input, &signature).is_ok()),
        _ => return Err(Refusal::Algorithm),
    };
    if !matches {
        return Err(Refusal::Signature);
    }
    let claims = serde_json::from_slice(&decode(body)?).map_err(|_| Refusal::Format)?;
    Ok(Verified {
        claims,
        long_hash: algorithm == "RS512",
    })
}

#[cfg(test)]
mod tests {
    use super::super::vectors::*;
    use super::*;

    fn keys() -> KeySet {
        KeySet::parse(&json!({"keys": [
            {"kty": "RSA", "use": "sig", "kid": "a2", "n": A2_N, "e": A2_E},
            {"kty": "EC", "crv": "P-256", "use": "sig", "kid": "a3", "x": A3_X, "y": A3_Y},
        ]}))
        .unwrap()
    }

    fn only(key: Value) -> KeySet {
        KeySet::parse(&json!({"keys": [key]})).unwrap()
    }

    #[test]
    fn the_rs256_example_of_rfc_7515_is_verified_and_made_again() {
        let keys = only(json!({"kty": "RSA", "n": A2_N, "e": A2_E}));
        assert_eq!(verify(A2_JWS, &keys).unwrap().claims["iss"], "joe");
        let (input, signature) = A2_JWS.rsplit_once('.').unwrap();
        assert_eq!(
            encode(&a2_key().pkcs1v15_sign::<Sha256>(input.as_bytes()).unwrap()),
            signature
        );
    }

    #[test]
    fn the_es256_example_of_rfc_7515_is_verified() {
        let keys = only(json!({"kty": "EC", "crv": "P-256", "x": A3_X, "y": A3_Y}));
        assert_eq!(verify(A3_JWS, &keys).unwrap().claims["iss"], "joe");
    }

    #[test]
    fn rs512_is_verified() {
        let input = format!(
            "{}.{}",
            encode(br#"{"alg":"RS512","kid":"a2"}"#),
            encode(br#"{"sub":"x"}"#)
        );
        let signature = encode(&a2_key().pkcs1v15_sign::<Sha512>(input.as_bytes()).unwrap());
        assert_eq!(
            verify(&format!("{input}.{signature}"), &keys())
                .unwrap()
                .claims["sub"],
            "x"
        );
    }

    #[test]
    fn a_signed_token_is_verified_and_a_changed_one_is_not() {
        let token = sign(&a2_key(), "a2", "JWT", &json!({"sub": "x"})).unwrap();
        assert_eq!(verify(&token, &keys()).unwrap().claims["sub"], "x");
        let [head, _, signature] = parts(&token).unwrap();
        let forged = format!("{head}.{}.{signature}", encode(br#"{"sub":"y"}"#));
        assert_eq!(verify(&forged, &keys()), Err(Refusal::Signature));
        assert!(verify(&format!("{token}A"), &keys()).is_err());
        assert_eq!(
            verify(&format!("{head}.{}.", encode(b"{}")), &keys()),
            Err(Refusal::Signature)
        );
    }

    #[test]
    fn none_hmac_and_confused_algorithms_are_refused() {
        let body = encode(br#"{"sub":"x"}"#);
        let refused = |head: &str| {
            let token = format!("{}.{body}.AAAA", encode(head.as_bytes()));
            verify(&token, &keys()).unwrap_err()
        };
        for algorithm in [
            "none", "None", "HS256", "HS512", "PS256", "ES384", "RS1", "EdDSA", "",
        ] {
            assert_eq!(
                refused(&format!(r#"{{"alg":"{algorithm}","kid":"a2"}}"#)),
                Refusal::Algorithm
            );
        }
        assert_eq!(refused(r#"{"alg":"ES256","kid":"a2"}"#), Refusal::Algorithm);
        assert_eq!(refused(r#"{"alg":"RS256","kid":"a3"}"#), Refusal::Algorithm);
        assert_eq!(refused(r#"{"alg":"ES256","kid":"a3"}"#), Refusal::Signature);
        assert_eq!(refused(r#"{"alg":"RS256","kid":"b"}"#), Refusal::UnknownKey);
        assert_eq!(refused(r#"{"alg":"RS256"}"#), Refusal::UnknownKey);
        assert_eq!(
            refused(r#"{"alg":["RS256"],"kid":"a2"}"#),
            Refusal::Algorithm
        );
        assert_eq!(
            refused(r#"{"alg":"RS256","kid":"a2","crit":["x"]}"#),
            Refusal::Format
        );
        assert_eq!(
            refused(r#"{"alg":"RS256","kid":"a2","b64":false}"#),
            Refusal::Format
        );
        assert_eq!(refused("[]"), Refusal::Format);
        assert_eq!(verify("a.b", &keys()), Err(Refusal::Format));
    }
}
