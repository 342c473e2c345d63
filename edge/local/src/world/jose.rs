// SPDX-License-Identifier: EUPL-1.2
//! Signed and encrypted tokens: the small part of JOSE that SPID and CIE use.
//!
//! It exists here so that the box is a peer of its own: nothing is shared with the
//! relying party in `edge`, so an error in one is found by the other.
//! JWS with RS256 and ES256 (RFC 7515, 7518), JWE with RSA-OAEP-256 and A256CBC-HS512 (RFC 7516).

pub(crate) mod jwe;
pub(crate) mod jwk;
pub(crate) mod jws;
#[cfg(test)]
pub(crate) mod vectors;

use base64ct::{Base64UrlUnpadded, Encoding};
use sha2::{Digest, Sha256};
use std::fmt;

/// Why a token is refused. The sentences are for developers and never hold token contents.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Invalid {
    /// Not three base64url parts with JSON inside.
    Format,
    /// An algorithm outside RS256 and ES256, `none` and HS* included.
    Algorithm,
    /// No key of the right use and type answers to the `kid`.
    UnknownKey,
    /// The signature does not match.
    Signature,
    /// A key that cannot be used: too short, or not well formed.
    Key,
}

impl fmt::Display for Invalid {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(match self {
            Invalid::Format => "the token is not well formed",
            Invalid::Algorithm => "the algorithm is not allowed",
            Invalid::UnknownKey => "no key with this kid",
            Invalid::Signature => "the signature does not match",
            Invalid::Key => "the key cannot be used",
        })
    }
}

impl std::error::Error for Invalid {}

/// Bytes as base64url without padding.
pub(crate) fn encode(bytes: &[u8]) -> String {
    Base64UrlUnpadded::encode_string(bytes)
}

/// Strict base64url without padding; spaces, padding and stray bits are refused.
pub(crate) fn decode(text: &str) -> Result<Vec<u8>, Invalid> {
    Base64UrlUnpadded::decode_vec(text).map_err(|_| Invalid::Format)
}

/// SHA-256 as base64url: PKCE challenges and thumbprints.
pub(crate) fn digest(text: &str) -> String {
    encode(&Sha256::digest(text.as_bytes()))
}

/// The `at_hash` of an access token: the left half of its SHA-256 (OpenID Connect Core §3.1.3.6).
pub(crate) fn at_hash(access_token: &str) -> String {
    encode(&Sha256::digest(access_token.as_bytes())[..16])
}

/// Random text with `bytes` bytes of entropy.
pub(crate) fn random(bytes: usize) -> anyhow::Result<String> {
    let mut buffer = vec![0; bytes];
    getrandom::fill(&mut buffer).map_err(|error| anyhow::anyhow!("no randomness: {error}"))?;
    Ok(encode(&buffer))
}

/// Compares without telling by time where two texts differ.
pub(crate) fn same(left: &str, right: &str) -> bool {
    left.len() == right.len()
        && left
            .bytes()
            .zip(right.bytes())
            .fold(0, |all, (a, b)| all | (a ^ b))
            == 0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_challenge_of_rfc_7636_appendix_b_is_found_again() {
        assert_eq!(
            digest("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"),
            "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"
        );
    }

    #[test]
    fn padding_and_stray_bits_are_refused() {
        assert_eq!(decode("YQ=="), Err(Invalid::Format));
        assert_eq!(decode("YR"), Err(Invalid::Format));
        assert_eq!(decode("YQ"), Ok(b"a".to_vec()));
    }

    #[test]
    fn texts_are_compared_whole() {
        assert!(same("abc", "abc"));
        assert!(!same("abc", "abd"));
        assert!(!same("abc", "abcd"));
    }
}
