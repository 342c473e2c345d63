// SPDX-License-Identifier: EUPL-1.2
//! What is made of the installation's one secret: keys for each purpose (HKDF, RFC 5869), fingerprints of tokens, and
//! sealed values. The database alone is then worth nothing to whoever steals it: no session can be taken over, no key
//! used.

use std::collections::BTreeMap;
use std::sync::{PoisonError, RwLock};

use chacha20poly1305::XChaCha20Poly1305;
use chacha20poly1305::aead::{Aead, Payload};
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

use super::jose::cbc_hmac::Content;

/// The secret must be at least this long: less could be guessed from a stolen database.
const SHORTEST: usize = 32;

/// Bytes of randomness before a sealed value: enough never to come twice by chance.
const NONCE: usize = 24;

/// Everything derived from the secret.
pub(crate) struct Vault {
    root: [u8; 32],
    sealing: XChaCha20Poly1305,
    /// Opens what was sealed before, with A256CBC-HS512.
    earlier: [u8; 64],
    /// For each purpose HMAC with its key, ready for a token: every request needs two of them.
    keyed: RwLock<BTreeMap<String, Hmac<Sha256>>>,
}

impl Vault {
    /// `None` when the secret is too short to protect anything.
    pub(crate) fn new(secret: &str) -> Option<Self> {
        (secret.len() >= SHORTEST).then(|| {
            let root = mac(b"sportello-lavoro", &[secret.as_bytes()]);
            Self {
                root,
                sealing: XChaCha20Poly1305::new(&expand(&root, b"xchacha20-poly1305").into()),
                earlier: expand(&root, b"seal"),
                keyed: RwLock::default(),
            }
        })
    }

    /// What stands in the database instead of a token: nobody can go back from here to the token.
    pub(crate) fn fingerprint(&self, purpose: &str, token: &str) -> String {
        const DIGITS: [char; 16] = [
            '0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f',
        ];
        let bytes = self.derive(purpose, token);
        bytes
            .iter()
            .flat_map(|byte| [byte >> 4, byte & 15])
            .map(|half| DIGITS[usize::from(half)])
            .collect()
    }

    /// Bytes that only the holder of the secret can make from `token`, different for each purpose.
    pub(crate) fn derive(&self, purpose: &str, token: &str) -> [u8; 32] {
        self.keyed(purpose)
            .chain_update(token)
            .finalize()
            .into_bytes()
            .into()
    }

    fn keyed(&self, purpose: &str) -> Hmac<Sha256> {
        let known = self.keyed.read().unwrap_or_else(PoisonError::into_inner);
        if let Some(keyed) = known.get(purpose) {
            return keyed.clone();
        }
        drop(known);
        let made = hmac(&expand::<32>(&self.root, purpose.as_bytes()));
        let mut known = self.keyed.write().unwrap_or_else(PoisonError::into_inner);
        known.entry(purpose.to_owned()).or_insert(made).clone()
    }

    /// Seals with XChaCha20-Poly1305 (draft-irtf-cfrg-xchacha-03), which needs no processor that helps: in Wasm AES has
    /// none. `nonce` must be fresh randomness; `name` is authenticated, so that one sealed value cannot be put in
    /// another's place. Gives the nonce, the sealed text, and 16 bytes that authenticate both.
    pub(crate) fn seal(&self, name: &str, nonce: [u8; NONCE], text: &[u8]) -> Option<Vec<u8>> {
        let payload = Payload {
            msg: text,
            aad: name.as_bytes(),
        };
        let sealed = self.sealing.encrypt(&nonce.into(), payload).ok()?;
        Some([&nonce, sealed.as_slice()].concat())
    }

    /// Opens what `seal` made; `None` when anything differs, for example the secret.
    pub(crate) fn open(&self, name: &str, sealed: &[u8]) -> Option<Vec<u8>> {
        let (nonce, rest) = sealed.split_first_chunk::<NONCE>()?;
        let payload = Payload {
            msg: rest,
            aad: name.as_bytes(),
        };
        let opened = self.sealing.decrypt(&(*nonce).into(), payload);
        opened.ok().or_else(|| self.open_earlier(name, sealed))
    }

    /// What was sealed before this took XChaCha20-Poly1305: initialisation vector, text, tag.
    fn open_earlier(&self, name: &str, sealed: &[u8]) -> Option<Vec<u8>> {
        let (iv, rest) = sealed.split_at_checked(16)?;
        let (text, tag) = rest.split_at_checked(rest.len().checked_sub(32)?)?;
        Content::A256
            .open(&self.earlier, iv, name.as_bytes(), text, tag)
            .ok()
    }
}

/// HKDF-Expand; `N` is at most 8160.
fn expand<const N: usize>(root: &[u8; 32], info: &[u8]) -> [u8; N] {
    let mut output = [0; N];
    let mut block: Vec<u8> = Vec::new();
    for (count, chunk) in output.chunks_mut(32).enumerate() {
        block = mac(root, &[&block, info, &[count as u8 + 1]]).to_vec();
        chunk.copy_from_slice(&block[..chunk.len()]);
    }
    output
}

fn hmac(key: &[u8]) -> Hmac<Sha256> {
    // HMAC takes keys of every length, so there is no error to pass on.
    let Ok(keyed) = <Hmac<Sha256> as KeyInit>::new_from_slice(key) else {
        unreachable!("HMAC takes every key")
    };
    keyed
}

fn mac(key: &[u8], input: &[&[u8]]) -> [u8; 32] {
    let mut mac = hmac(key);
    for part in input {
        mac.update(part);
    }
    mac.finalize().into_bytes().into()
}

#[cfg(test)]
mod tests {
    use super::super::jose::cbc_hmac;
    use super::super::jose::vectors::hex;
    use super::*;

    const SECRET: &str = "a secret of at least thirty-two characters";

    #[test]
    fn the_first_example_of_rfc_5869_is_found_again() {
        let root = mac(&hex("000102030405060708090a0b0c"), &[&[0x0b; 22]]);
        assert_eq!(
            root.to_vec(),
            hex("077709362c2e32df0ddc3f0dc47bba6390b6c73bb50f9c3122ec844ad7c2b3e5")
        );
        assert_eq!(
            expand::<42>(&root, &hex("f0f1f2f3f4f5f6f7f8f9")).to_vec(),
            hex(
                "3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865"
            )
        );
    }

    #[test]
    fn short_secrets_are_refused() {
        assert!(Vault::new("short").is_none());
        assert!(Vault::new(&"x".repeat(31)).is_none());
        assert!(Vault::new(&"x".repeat(32)).is_some());
    }

    #[test]
    fn only_the_same_secret_and_name_open_what_was_sealed() {
        let vault = Vault::new(SECRET).unwrap();
        let sealed = vault.seal("a", [7; NONCE], b"text").unwrap();
        assert_eq!(vault.open("a", &sealed).as_deref(), Some(&b"text"[..]));
        assert_eq!(vault.open("b", &sealed), None);
        assert_eq!(
            Vault::new(&SECRET.to_uppercase())
                .unwrap()
                .open("a", &sealed),
            None
        );
        for at in 0..sealed.len() {
            assert_eq!(vault.open("a", &sealed[..at]), None);
            let mut changed = sealed.clone();
            changed[at] ^= 1;
            assert_eq!(vault.open("a", &changed), None, "byte {at}");
        }
    }

    #[test]
    fn what_was_sealed_with_cbc_and_hmac_still_opens() {
        let vault = Vault::new(SECRET).unwrap();
        let (text, tag) = cbc_hmac::seal(&vault.earlier, &[7; 16], b"a", b"text").unwrap();
        let sealed = [&[7; 16], text.as_slice(), &tag].concat();
        assert_eq!(vault.open("a", &sealed).as_deref(), Some(&b"text"[..]));
        assert_eq!(vault.open("b", &sealed), None);
    }

    #[test]
    fn fingerprints_differ_by_purpose_and_token() {
        let vault = Vault::new(SECRET).unwrap();
        let one = vault.fingerprint("session", "x");
        assert_eq!(one.len(), 64);
        assert_ne!(one, vault.fingerprint("session", "y"));
        assert_ne!(one, vault.fingerprint("attempt", "x"));
    }
}
