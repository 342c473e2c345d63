// SPDX-License-Identifier: EUPL-1.2
//! Thousands of people who are signed in. A sign-in is RSA at both ends, tens of milliseconds of processors, and is not
//! what is measured here: one person signs in as everybody does, and the sessions of all others are written into the
//! store as the edge writes them, each with an identity and a token of its own. The edge cannot tell them apart.

use anyhow::{Context, Result, ensure};
use hmac::{Hmac, KeyInit, Mac};
use serde_json::Value;
use sha2::Sha256;
use tests::Persona;

use super::super::stage::Stage;

/// The name of the cookie of a session on plain http.
const COOKIE: &str = "sessione=";

/// Gives the cookies of these people.
pub(super) fn write(stage: &Stage, people: &[Persona]) -> Result<Vec<String>> {
    let (first, others) = people.split_first().context("there is nobody")?;
    let mut cookies = stage.sign_in(&[*first])?;
    let token = cookies[0].trim_start_matches(COOKIE);
    let known = fingerprint(token)?;
    let mut store = stage.store()?;
    let identity: String = store
        .query_row(
            "SELECT identita FROM sessioni WHERE impronta = ?1",
            [&known],
            |row| row.get(0),
        )
        .context("the edge makes fingerprints of sessions in another way")?;
    let identity: Value = serde_json::from_str(&identity)?;
    ensure!(identity["codice_fiscale"] == first.codice_fiscale);
    let all = store.transaction()?;
    for (number, person) in others.iter().enumerate() {
        let token = format!("bench-{number}");
        let mut own = identity.clone();
        own["codice_fiscale"] = person.codice_fiscale.into();
        own["email"] = format!("{}@example.com", person.codice_fiscale).into();
        all.execute(
            "INSERT INTO sessioni SELECT ?1, ?2, ?3, livello, fornitore, token_sigillato, creata, ultimo_uso, \
             scade_comunque FROM sessioni WHERE impronta = ?4",
            (fingerprint(&token)?, person.codice_fiscale, own.to_string(), &known),
        )?;
        cookies.push(format!("{COOKIE}{token}"));
    }
    all.commit().context("the sessions are not written")?;
    Ok(cookies)
}

/// What stands in the store instead of a token: HMAC-SHA256 under the key that HKDF (RFC 5869) makes of the secret for
/// sessions.
fn fingerprint(token: &str) -> Result<String> {
    let root = mac(b"sportello-lavoro", tests::SECRET.as_bytes())?;
    let key = mac(&root, b"session\x01")?;
    let print = mac(&key, token.as_bytes())?;
    Ok(print.iter().map(|byte| format!("{byte:02x}")).collect())
}

fn mac(key: &[u8], text: &[u8]) -> Result<Vec<u8>> {
    let mut mac = Hmac::<Sha256>::new_from_slice(key)?;
    mac.update(text);
    Ok(mac.finalize().into_bytes().to_vec())
}
