// SPDX-License-Identifier: EUPL-1.2
//! Signed and encrypted tokens: the part of JOSE that SPID and CIE use, and nothing more.
//!
//! It is written here because the ready crates bring a second generation of cryptography with a known advisory. What is
//! not allowed (`none`, HS*, RSA1_5, GCM, compression) has no code at all, so no header can ask for it.
//! JWS: RFC 7515 with RS256, RS512 and ES256. JWE: RFC 7516 with RSA-OAEP(-256) and AES-CBC-HMAC. JWK: RFC 7517, 7638.

pub(crate) mod cbc_hmac;
pub(crate) mod jwe;
pub(crate) mod jwk;
pub(crate) mod jws;
#[cfg(test)]
pub(crate) mod vectors;

use base64ct::{Base64UrlUnpadded, Encoding};
use serde_json::{Map, Value};
use sha2::{Digest, Sha256};

/// Why a token is refused. It never holds anything of the token, so it can be logged.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Refusal {
    /// Not the expected base64url parts with JSON inside, or a header that must be refused.
    Format,
    /// An algorithm that is not allowed, or that does not suit the key.
    Algorithm,
    /// No key answers to the `kid`.
    UnknownKey,
    /// The signature does not match.
    Signature,
    /// The content cannot be opened. One answer for all reasons, so that nothing can be learned by trying.
    Decryption,
}

/// Bytes as base64url without padding.
pub(crate) fn encode(bytes: &[u8]) -> String {
    Base64UrlUnpadded::encode_string(bytes)
}

/// Strict base64url without padding: spaces, padding and stray bits are refused.
pub(crate) fn decode(text: &str) -> Result<Vec<u8>, Refusal> {
    Base64UrlUnpadded::decode_vec(text).map_err(|_| Refusal::Format)
}

/// SHA-256 of a text as base64url: PKCE challenges (RFC 7636 §4.2) and thumbprints (RFC 7638 §3).
pub(crate) fn digest(text: &str) -> String {
    encode(&Sha256::digest(text.as_bytes()))
}

/// The parts of a compact token, exactly as many as expected.
fn parts<const N: usize>(token: &str) -> Result<[&str; N], Refusal> {
    let mut found = [""; N];
    let mut rest = token.split('.');
    for part in &mut found {
        *part = rest.next().ok_or(Refusal::Format)?;
    }
    if rest.next().is_some() {
        Err(Refusal::Format)
    } else {
        Ok(found)
    }
}

/// A protected header. Critical extensions are refused (RFC 7515 §4.1.11): none is known here.
fn header(part: &str) -> Result<Map<String, Value>, Refusal> {
    let header: Map<String, Value> =
        serde_json::from_slice(&decode(part)?).map_err(|_| Refusal::Format)?;
    if header.contains_key("crit") {
        Err(Refusal::Format)
    } else {
        Ok(header)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_challenge_of_rfc_7636_appendix_b_is_found_again() {
        let challenge = digest("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk");
        assert_eq!(challenge, "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM");
    }

    #[test]
    fn padding_spaces_and_stray_bits_are_refused() {
        for text in ["YQ==", "YR", "Y Q", "Y+", "Y"] {
            assert_eq!(decode(text), Err(Refusal::Format), "{text}");
        }
        assert_eq!(decode("YQ"), Ok(b"a".to_vec()));
    }

    #[test]
    fn a_token_has_exactly_its_parts() {
        assert_eq!(parts::<3>("a.b.c"), Ok(["a", "b", "c"]));
        assert_eq!(parts::<3>("a.b"), Err(Refusal::Format));
        assert_eq!(parts::<3>("a.b.c.d"), Err(Refusal::Format));
    }
}
