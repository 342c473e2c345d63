// SPDX-License-Identifier: EUPL-1.2
//! Every refusal is told in both languages, and says nothing that is for the log.

use std::collections::BTreeMap;

use super::*;

#[test]
fn every_refusal_is_told_in_english_too() {
    let conflicts = [
        "did_presente",
        "did_inps",
        "eta_minima",
        "moved_on",
        "not_permitted",
        "observations_open",
        "too_many_files",
        "file_attached",
        "too_many_kept",
        "cv_incomplete",
    ];
    let errors = [
        Error::BadRequest("corpo"),
        Error::SignedOut,
        Error::Forbidden,
        Error::CrossSite,
        Error::NotFound,
        Error::Method("GET, HEAD".into()),
        Error::Changed(Box::default()),
        Error::Unconditional,
        Error::TooLarge,
        Error::MediaType,
        Error::FileMediaType,
        Error::Refused(Vec::new()),
        Error::KeyReused,
        Error::TooMany(7),
        Error::Unavailable,
    ];
    let conflicts = conflicts.map(|code| Error::Conflict(code, "Non è possibile."));
    let refusals: Vec<Error> = contract::appuntamento::refusal::Refusal::ALL
        .iter()
        .map(|refusal| crate::services::appuntamenti::refusals::refuse(*refusal))
        .filter(|error| matches!(error, Error::Conflict(..)))
        .collect();
    for error in errors.iter().chain(&conflicts).chain(&refusals) {
        let [italian, english] =
            [Language::Italian, Language::English].map(|language| told(error, language));
        assert_eq!(italian["code"], english["code"]);
        for part in ["title", "detail"] {
            assert_ne!(italian[part], english[part], "{}: {part}", italian["code"]);
        }
    }
}

#[test]
fn no_english_refusal_is_left_over() {
    let texts: BTreeMap<String, String> =
        serde_json::from_str(include_str!("../../../public/texts/en.json")).expect("a flat map");
    let document = include_str!("../../openapi.json");
    for key in texts.keys().filter(|key| key.starts_with("error/")) {
        let code = key.split('/').nth(1).unwrap_or_default();
        assert!(
            document.contains(&format!("\"{code}\"")),
            "{key}: no such refusal is documented"
        );
    }
}

#[test]
fn the_words_of_the_database_stay_in_the_log() {
    let reply = Error::Db("no such table: segreti".into()).reply(Language::Italian, "/api/me");
    assert_eq!(reply.status, 503);
    assert!(!String::from_utf8_lossy(&reply.body).contains("segreti"));
    assert!(reply.headers.contains_key("retry-after"));
}

fn told(error: &Error, language: Language) -> serde_json::Value {
    serde_json::from_slice(&error.reply(language, "/api/prova").body).expect("a problem is JSON")
}
