// SPDX-License-Identifier: EUPL-1.2
//! Encrypting to the relying party: RSA-OAEP-256 around A256CBC-HS512 (RFC 7518 §4.3, §5.2.5).

use super::{Invalid, encode};
use aes::Aes256;
use cbc::cipher::{BlockModeEncrypt, KeyIvInit, block_padding::Pkcs7};
use hmac::{Hmac, KeyInit, Mac};
use rsa::PublicKey;
use rsa::sha2::Sha256;
use serde_json::json;
use sha2::Sha512;

/// Encrypts a signed token to a public key, as a nested JWT in compact form.
pub(crate) fn encrypt(inner: &str, kid: &str, key: &PublicKey) -> anyhow::Result<String> {
    let mut random = [0; 80];
    getrandom::fill(&mut random).map_err(|error| anyhow::anyhow!("no randomness: {error}"))?;
    let (content_key, iv) = random.split_at(64);
    let header = json!({"alg": "RSA-OAEP-256", "enc": "A256CBC-HS512", "kid": kid, "cty": "JWT"});
    let header = encode(header.to_string().as_bytes());
    let wrapped = key.oaep_encrypt::<Sha256>(content_key)?;
    let (text, tag) = seal(content_key, iv, header.as_bytes(), inner.as_bytes())?;
    Ok([
        header,
        encode(&wrapped),
        encode(iv),
        encode(&text),
        encode(&tag),
    ]
    .join("."))
}

/// A256CBC-HS512: ciphertext and tag. The first half of the key authenticates, the second encrypts.
fn seal(key: &[u8], iv: &[u8], aad: &[u8], text: &[u8]) -> Result<(Vec<u8>, Vec<u8>), Invalid> {
    let (mac_key, enc_key) = key.split_at_checked(32).ok_or(Invalid::Key)?;
    let cipher =
        cbc::Encryptor::<Aes256>::new_from_slices(enc_key, iv).map_err(|_| Invalid::Key)?;
    let sealed = cipher.encrypt_padded_vec::<Pkcs7>(text);
    let mut mac = Hmac::<Sha512>::new_from_slice(mac_key).map_err(|_| Invalid::Key)?;
    mac.update(aad);
    mac.update(iv);
    mac.update(&sealed);
    mac.update(&(aad.len() as u64 * 8).to_be_bytes());
    let tag = mac.finalize().into_bytes()[..32].to_vec();
    Ok((sealed, tag))
}

#[cfg(test)]
mod tests {
    use super::super::decode;
    use super::super::jws::tests::{key_set, signer};
    use super::super::vectors::{B3_TAG, B3_TEXT};
    use super::*;
    use cbc::cipher::BlockModeDecrypt;

    fn bytes(hex: &str) -> Vec<u8> {
        (0..hex.len())
            .step_by(2)
            .map(|at| u8::from_str_radix(&hex[at..at + 2], 16).unwrap())
            .collect()
    }

    #[test]
    fn the_a256cbc_hs512_example_of_rfc_7518_is_made_again() {
        let key: Vec<u8> = (0..64).collect();
        let iv = bytes("1af38c2dc2b96ffdd86694092341bc04");
        let text = "A cipher system must not be required to be secret, and it must be able to fall into the hands of the enemy without inconvenience";
        let aad = "The second principle of Auguste Kerckhoffs";
        let (sealed, tag) = seal(&key, &iv, aad.as_bytes(), text.as_bytes()).unwrap();
        assert_eq!((sealed, tag), (bytes(B3_TEXT), bytes(B3_TAG)));
    }

    #[test]
    fn the_owner_of_the_key_opens_what_was_encrypted() {
        let keys = key_set();
        let (kid, key) = keys.encrypter().unwrap();
        let token = encrypt("inner.jws.token", kid, key).unwrap();
        let parts: Vec<_> = token.split('.').collect();
        let content_key = signer()
            .key
            .oaep_decrypt::<Sha256>(&decode(parts[1]).unwrap())
            .unwrap();
        let (iv, sealed) = (decode(parts[2]).unwrap(), decode(parts[3]).unwrap());
        let (_, tag) = seal(&content_key, &iv, parts[0].as_bytes(), b"inner.jws.token").unwrap();
        assert_eq!(tag, decode(parts[4]).unwrap());
        let opened = cbc::Decryptor::<Aes256>::new_from_slices(&content_key[32..], &iv)
            .unwrap()
            .decrypt_padded_vec::<Pkcs7>(&sealed)
            .unwrap();
        assert_eq!(opened, b"inner.jws.token");
    }
}
