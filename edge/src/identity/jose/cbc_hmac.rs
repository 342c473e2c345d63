// SPDX-License-Identifier: EUPL-1.2
//! Authenticated encryption with AES-CBC and HMAC (RFC 7518 §5.2): what UserInfo answers are wrapped in.

use aes::{Aes128, Aes256};
#[cfg(test)]
use cbc::cipher::BlockModeEncrypt;
use cbc::cipher::{BlockModeDecrypt, KeyIvInit, block_padding::Pkcs7};
use hmac::{Hmac, KeyInit, Mac};
use sha2::{Sha256, Sha512};

use super::Refusal;

/// Which of the two sizes in use.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Content {
    /// `A128CBC-HS256`.
    A128,
    /// `A256CBC-HS512`.
    A256,
}

impl Content {
    /// By the name that a header gives.
    pub(crate) fn named(name: &str) -> Result<Self, Refusal> {
        match name {
            "A128CBC-HS256" => Ok(Self::A128),
            "A256CBC-HS512" => Ok(Self::A256),
            _ => Err(Refusal::Algorithm),
        }
    }

    /// Half of the key's length: the first half authenticates, the second encrypts. The tag is as long.
    const fn half(self) -> usize {
        match self {
            Self::A128 => 16,
            Self::A256 => 32,
        }
    }

    /// Checks the tag in constant time, and only then decrypts.
    pub(crate) fn open(
        self,
        key: &[u8],
        iv: &[u8],
        aad: &[u8],
        sealed: &[u8],
        tag: &[u8],
    ) -> Result<Vec<u8>, Refusal> {
        if key.len() != 2 * self.half() || tag.len() != self.half() {
            return Err(Refusal::Decryption);
        }
        let (mac_key, key) = key.split_at(self.half());
        let bits = bits(aad);
        let authentic =
            match self {
                Self::A128 => mac::<Hmac<Sha256>>(mac_key, [aad, iv, sealed, &bits])?
                    .verify_truncated_left(tag),
                Self::A256 => mac::<Hmac<Sha512>>(mac_key, [aad, iv, sealed, &bits])?
                    .verify_truncated_left(tag),
            };
        authentic.map_err(|_| Refusal::Decryption)?;
        match self {
            Self::A128 => cbc::Decryptor::<Aes128>::new_from_slices(key, iv)
                .map_err(|_| Refusal::Decryption)?
                .decrypt_padded_vec::<Pkcs7>(sealed),
            Self::A256 => cbc::Decryptor::<Aes256>::new_from_slices(key, iv)
                .map_err(|_| Refusal::Decryption)?
                .decrypt_padded_vec::<Pkcs7>(sealed),
        }
        .map_err(|_| Refusal::Decryption)
    }
}

/// `A256CBC-HS512` in the other direction, as a provider does it: ciphertext and tag.
#[cfg(test)]
pub(crate) fn seal(
    key: &[u8; 64],
    iv: &[u8; 16],
    aad: &[u8],
    text: &[u8],
) -> Result<(Vec<u8>, Vec<u8>), Refusal> {
    let (mac_key, key) = key.split_at(32);
    let sealed = cbc::Encryptor::<Aes256>::new_from_slices(key, iv)
        .map_err(|_| Refusal::Format)?
        .encrypt_padded_vec::<Pkcs7>(text);
    let tag = mac::<Hmac<Sha512>>(mac_key, [aad, iv, &sealed, &bits(aad)])?
        .finalize()
        .into_bytes();
    Ok((sealed, tag[..32].to_vec()))
}

/// The length of the associated data in bits, as the MAC takes it.
fn bits(aad: &[u8]) -> [u8; 8] {
    (aad.len() as u64 * 8).to_be_bytes()
}

fn mac<M: Mac + KeyInit>(key: &[u8], input: [&[u8]; 4]) -> Result<M, Refusal> {
    let mut mac = <M as KeyInit>::new_from_slice(key).map_err(|_| Refusal::Decryption)?;
    for part in input {
        mac.update(part);
    }
    Ok(mac)
}

#[cfg(test)]
mod tests {
    use super::super::vectors::{B_AAD, B_IV, B_PLAIN, B1_TAG, B1_TEXT, B3_TAG, B3_TEXT, hex};
    use super::*;

    fn key<const N: usize>() -> [u8; N] {
        core::array::from_fn(|at| at as u8)
    }

    #[test]
    fn the_examples_of_rfc_7518_appendix_b_are_opened() {
        let iv = hex(B_IV);
        let opened = Content::A128.open(&key::<32>(), &iv, B_AAD, &hex(B1_TEXT), &hex(B1_TAG));
        assert_eq!(opened.as_deref(), Ok(B_PLAIN));
        let opened = Content::A256.open(&key::<64>(), &iv, B_AAD, &hex(B3_TEXT), &hex(B3_TAG));
        assert_eq!(opened.as_deref(), Ok(B_PLAIN));
    }

    #[test]
    fn the_example_of_rfc_7518_appendix_b3_is_made_again() {
        let iv = hex(B_IV).try_into().unwrap();
        assert_eq!(
            seal(&key::<64>(), &iv, B_AAD, B_PLAIN),
            Ok((hex(B3_TEXT), hex(B3_TAG)))
        );
    }

    #[test]
    fn any_changed_byte_is_refused() {
        let (key, iv, text, tag) = (key::<64>(), hex(B_IV), hex(B3_TEXT), hex(B3_TAG));
        let flip = |bytes: &[u8], at: usize| {
            let mut bytes = bytes.to_vec();
            bytes[at] ^= 1;
            bytes
        };
        let refused = Err(Refusal::Decryption);
        for at in 0..text.len() {
            assert_eq!(
                Content::A256.open(&key, &iv, B_AAD, &flip(&text, at), &tag),
                refused
            );
        }
        for at in 0..tag.len() {
            assert_eq!(
                Content::A256.open(&key, &iv, B_AAD, &text, &flip(&tag, at)),
                refused
            );
        }
        assert_eq!(
            Content::A256.open(&key, &flip(&iv, 0), B_AAD, &text, &tag),
            refused
        );
        assert_eq!(
            Content::A256.open(&key, &iv, b"other", &text, &tag),
            refused
        );
        assert_eq!(
            Content::A256.open(&key, &iv, B_AAD, &text, &tag[..16]),
            refused
        );
        assert_eq!(Content::A256.open(&key, &iv, B_AAD, &text, &[]), refused);
        assert_eq!(Content::A128.open(&key, &iv, B_AAD, &text, &tag), refused);
    }
}
