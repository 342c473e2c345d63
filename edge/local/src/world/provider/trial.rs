// SPDX-License-Identifier: EUPL-1.2
//! Answers on demand: tests say how the next authorization goes, wrong ways included.

use super::Provider;
use crate::world::people::{self, Person};
use crate::world::wire::{Call, Reply, now};
use serde_json::json;

/// How an authorization is answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Outcome {
    /// As it should be.
    Ok,
    /// The person does not consent.
    Refused,
    /// The provider breaks down.
    Failed,
    /// Level 1, whatever was asked.
    LowLevel,
    /// Right, after eight seconds.
    Late,
    /// The ID token's signature does not fit.
    BrokenSignature,
    /// The ID token answers to another nonce.
    WrongNonce,
    /// The ID token is for somebody else.
    WrongAudience,
    /// The ID token has expired an hour ago.
    Expired,
    /// The ID token is from another issuer.
    WrongIssuer,
    /// The ID token does not fit the access token.
    WrongAtHash,
    /// The redirect names another issuer: the mix-up attack.
    WrongResponseIssuer,
    /// The redirect carries another state: a forged callback.
    WrongState,
    /// UserInfo is about another subject.
    OtherSubject,
    /// The signature inside the encrypted UserInfo does not fit.
    BrokenUserinfo,
}

/// Every outcome with the word that tests use for it.
const WORDS: &[(&str, Outcome)] = &[
    ("ok", Outcome::Ok),
    ("rifiuta", Outcome::Refused),
    ("errore", Outcome::Failed),
    ("livello_basso", Outcome::LowLevel),
    ("ritardo", Outcome::Late),
    ("firma_rotta", Outcome::BrokenSignature),
    ("nonce_errato", Outcome::WrongNonce),
    ("aud_errata", Outcome::WrongAudience),
    ("scaduto", Outcome::Expired),
    ("iss_errato", Outcome::WrongIssuer),
    ("at_hash_errato", Outcome::WrongAtHash),
    ("iss_risposta_errato", Outcome::WrongResponseIssuer),
    ("state_errato", Outcome::WrongState),
    ("userinfo_altro_sub", Outcome::OtherSubject),
    ("userinfo_firma_rotta", Outcome::BrokenUserinfo),
];

impl Outcome {
    /// Reads the word.
    pub(super) fn parse(word: &str) -> Option<Outcome> {
        WORDS
            .iter()
            .find(|(known, _)| *known == word)
            .map(|(_, outcome)| *outcome)
    }
}

impl Provider {
    /// `POST /prova {"prossimo": {"esito": …, "persona"?: …}}`: how the next authorization is answered,
    /// of anybody or of one person, so that tests can run side by side.
    pub(super) fn trial(&self, call: &Call) -> Reply {
        let wish = match call.json() {
            Ok(wish) => wish,
            Err(refusal) => return refusal,
        };
        let word = wish["prossimo"]["esito"].as_str().unwrap_or_default();
        let Some(outcome) = Outcome::parse(word) else {
            let words: Vec<_> = WORDS.iter().map(|(word, _)| *word).collect();
            let why = format!("prossimo.esito is one of {}.", words.join(", "));
            return Reply::problem(422, &why);
        };
        let person = wish["prossimo"]["persona"].as_str().unwrap_or_default();
        if !person.is_empty() && people::find(person).is_none() {
            return Reply::problem(422, "prossimo.persona is not one of the people.");
        }
        self.state(now()).next.insert(person.to_owned(), outcome);
        Reply::json(200, &json!({"prossimo": {"esito": word}}))
    }

    /// Takes what was asked for this person, or else for anybody.
    pub(super) fn wished(&self, person: &Person) -> Option<Outcome> {
        let next = &mut self.state(now()).next;
        next.remove(person.codice_fiscale)
            .or_else(|| next.remove(""))
    }
}
