// SPDX-License-Identifier: EUPL-1.2
//! Opening what was encrypted to us (RFC 7516): RSA-OAEP around AES-CBC-HMAC.

use rsa::PrivateKey;
use serde_json::Value;
use sha1::Sha1;
use sha2::Sha256;

use super::cbc_hmac::Content;
use super::{Refusal, decode, header, parts};

/// Opens a compact JWE that was encrypted to `key`, published under `kid`.
pub(crate) fn open(token: &str, kid: &str, key: &PrivateKey) -> Result<Vec<u8>, Refusal> {
    let [head, wrapped, iv, sealed, tag] = parts(token)?;
    let header = header(head)?;
    let text = |name: &str| header.get(name).and_then(Value::as_str);
    // Compressed content could be a bomb, and neither SPID nor CIE compress.
    if header.contains_key("zip") {
        return Err(Refusal::Format);
    }
    if text("kid").is_some_and(|named| named != kid) {
        return Err(Refusal::UnknownKey);
    }
    let content = Content::named(text("enc").ok_or(Refusal::Algorithm)?)?;
    let wrapped = decode(wrapped)?;
    let content_key = match text("alg") {
        Some("RSA-OAEP-256") => key.oaep_decrypt::<Sha256>(&wrapped),
        Some("RSA-OAEP") => key.oaep_decrypt::<Sha1>(&wrapped),
        _ => return Err(Refusal::Algorithm),
    }
    .map_err(|_| Refusal::Decryption)?;
    content.open(
        &content_key,
        &decode(iv)?,
        head.as_bytes(),
        &decode(sealed)?,
        &decode(tag)?,
    )
}

#[cfg(test)]
mod tests {
    use super::super::encode;
    use super::super::vectors::*;
    use super::*;

    #[test]
    fn the_encrypted_key_of_rfc_7516_appendix_a1_is_opened() {
        let key = a1_key()
            .oaep_decrypt::<Sha1>(&decode(A1_ENCRYPTED_KEY).unwrap())
            .unwrap();
        assert_eq!(key, A1_CONTENT_KEY);
    }

    #[test]
    fn tokens_made_by_another_implementation_are_opened() {
        for token in [
            JWE_OAEP_A128,
            JWE_OAEP_A256,
            JWE_OAEP256_A128,
            JWE_OAEP256_A256,
        ] {
            assert_eq!(
                open(token, "a2", &a2_key()).as_deref(),
                Ok(&b"inner.jws.token"[..])
            );
        }
    }

    #[test]
    fn other_keys_and_changed_tokens_are_refused() {
        assert_eq!(
            open(JWE_OAEP256_A256, "other", &a2_key()),
            Err(Refusal::UnknownKey)
        );
        assert_eq!(
            open(JWE_OAEP256_A256, "a2", &a1_key()),
            Err(Refusal::Decryption)
        );
        let [head, key, iv, text, tag] = parts::<5>(JWE_OAEP256_A256).unwrap();
        let refused = |token: [&str; 5]| open(&token.join("."), "a2", &a2_key()).unwrap_err();
        assert_eq!(refused([head, key, iv, text, key]), Refusal::Decryption);
        assert_eq!(refused([head, tag, iv, text, tag]), Refusal::Decryption);
        assert_eq!(refused([head, key, "", text, tag]), Refusal::Decryption);
        assert_eq!(refused([head, key, iv, "", tag]), Refusal::Decryption);
        // A header that was not the one authenticated.
        let other = encode(br#"{"alg":"RSA-OAEP-256","enc":"A256CBC-HS512"}"#);
        assert_eq!(refused([&other, key, iv, text, tag]), Refusal::Decryption);
        assert_eq!(open("a.b.c", "a2", &a2_key()), Err(Refusal::Format));
    }

    #[test]
    fn weak_and_unknown_algorithms_are_refused() {
        let refused = |head: &str| {
            let token = format!("{}.AA.AA.AA.AA", encode(head.as_bytes()));
            open(&token, "a2", &a2_key()).unwrap_err()
        };
        for algorithm in ["RSA1_5", "dir", "A128KW", "none", "ECDH-ES", ""] {
            assert_eq!(
                refused(&format!(r#"{{"alg":"{algorithm}","enc":"A256CBC-HS512"}}"#)),
                Refusal::Algorithm
            );
        }
        assert_eq!(
            refused(r#"{"alg":"RSA-OAEP","enc":"A256GCM"}"#),
            Refusal::Algorithm
        );
        assert_eq!(
            refused(r#"{"alg":"RSA-OAEP","enc":"A256CBC-HS512","zip":"DEF"}"#),
            Refusal::Format
        );
        assert_eq!(
            refused(r#"{"alg":"RSA-OAEP","enc":"A256CBC-HS512","crit":["exp"]}"#),
            Refusal::Format
        );
    }
}
