// SPDX-License-Identifier: EUPL-1.2
//! Sign-in and sessions against a provider that tests can twist: what is right works, what is forged is refused.

mod forged;
mod provider;
mod sessions;
pub(super) mod stage;

use provider::{CITIZEN, Twist};
use serde_json::Value;
use stage::{Stage, location};

use super::{keys, session, sign_in};

#[test]
fn signing_in_gives_a_session_and_leads_back() {
    let stage = Stage::new();
    let reply = stage.sign_in("/servizi/did?passo=email", Twist::default());
    assert_eq!(
        (reply.status, location(&reply)),
        (302, "/servizi/did?passo=email")
    );
    let (status, me) = stage.me(&stage::cookie(&reply, "sessione"));
    assert_eq!(status, 200);
    assert_eq!(me["codice_fiscale"], CITIZEN);
    assert_eq!(me["nome"], "Mario");
    assert_eq!(me["cognome"], "Rossi");
    assert_eq!(me["data_nascita"], "1989-12-13");
    assert_eq!(me["sesso"], "M");
    assert_eq!(me["email"], "mario.rossi@example.com");
    assert_eq!(me["ruolo"], "cittadino");
    assert_eq!(me["livello"], 2);
    assert_eq!(me["fornitore"], "spid");
    assert_eq!(me["scade_tra"], 900);
    assert_eq!(me["scade_comunque_tra"], 8 * 3600);
}

#[test]
fn the_request_is_signed_and_says_inside_what_it_says_outside() {
    let stage = Stage::new();
    let reply = stage.begin(&[("ritorno", "/")]);
    let (outer, inner) = stage::request_object(&reply);
    assert_eq!(outer["client_id"], "https://sportello.example/api/accesso");
    for name in [
        "client_id",
        "response_type",
        "scope",
        "code_challenge",
        "code_challenge_method",
    ] {
        assert_eq!(outer[name], inner[name], "{name}");
    }
    assert_eq!(inner["iss"], outer["client_id"]);
    assert_eq!(inner["aud"], provider::SPID);
    assert_eq!(
        inner["redirect_uri"],
        "https://sportello.example/api/accesso/callback"
    );
    assert_eq!(inner["acr_values"], "https://www.spid.gov.it/SpidL2");
    assert_eq!(inner["prompt"], "consent login");
    assert!(inner["claims"]["userinfo"]["https://attributes.eid.gov.it/fiscal_number"].is_null());
    for name in ["state", "nonce"] {
        let text = inner[name].as_str().unwrap();
        assert!(text.len() >= 32 && text.bytes().all(|byte| byte.is_ascii_alphanumeric()));
    }
    assert_eq!(inner.get("login_hint"), None);
}

#[test]
fn cookies_are_out_of_reach_of_scripts_and_other_sites() {
    let stage = Stage::new();
    let begun = stage.begin(&[]);
    let set = stage::set_cookies(&begun);
    assert_eq!(set.len(), 1);
    assert!(
        set[0].ends_with("; Path=/api/accesso; HttpOnly; SameSite=Lax; Max-Age=600; Secure"),
        "{}",
        set[0]
    );
    let reply = stage.sign_in("/", Twist::default());
    let set = stage::set_cookies(&reply);
    let session = set
        .iter()
        .find(|cookie| cookie.starts_with("sessione="))
        .unwrap();
    assert!(
        session.ends_with("; Path=/; HttpOnly; SameSite=Lax; Secure"),
        "{session}"
    );
    assert!(
        set.iter()
            .any(|cookie| cookie.starts_with("accesso_") && cookie.contains("Max-Age=0"))
    );
}

#[test]
fn cie_is_asked_at_its_own_issuer() {
    let stage = Stage::new();
    let reply = stage.begin(&[("idp", "cie")]);
    assert!(location(&reply).starts_with(provider::CIE));
    assert!(
        stage::wait(sign_in::begin(
            &stage.ctx(),
            &stage.get("/api/accesso", &[("idp", "x")], "")
        ))
        .is_err()
    );
}

#[test]
fn only_paths_of_ours_are_returned_to() {
    let long = format!("/{}", "a".repeat(512));
    for foreign in [
        "https://evil.example/",
        "//evil.example",
        "/\\evil.example",
        "\\/evil.example",
        "evil",
        "",
        "/a\nb",
        "/\tb",
        "/a b",
        "javascript:alert(1)",
        &long,
    ] {
        let stage = Stage::new();
        assert_eq!(
            location(&stage.sign_in(foreign, Twist::default())),
            "/",
            "{foreign:?}"
        );
    }
}

#[test]
fn a_hint_is_for_the_box_only() {
    let hint = [("login_hint", CITIZEN)];
    let mut stage = Stage::new();
    assert!(
        stage::wait(sign_in::begin(
            &stage.ctx(),
            &stage.get("/api/accesso", &hint, "")
        ))
        .is_err()
    );
    stage.config.ambiente = "prova".into();
    assert!(
        stage::wait(sign_in::begin(
            &stage.ctx(),
            &stage.get("/api/accesso", &hint, "")
        ))
        .is_err()
    );
    for issuer in [
        "http://127.0.0.1.evil.example/spid",
        "http://127.0.0.1@evil.example/spid",
        "https://127.0.0.1/",
    ] {
        stage.config.spid_issuer = issuer.into();
        let begun = stage::wait(sign_in::begin(
            &stage.ctx(),
            &stage.get("/api/accesso", &hint, ""),
        ));
        assert!(begun.is_err(), "{issuer}");
    }
    stage.config.spid_issuer = provider::BOX.into();
    let (_, inner) = stage::request_object(&stage.begin(&hint));
    assert_eq!(inner["login_hint"], CITIZEN);
}

#[test]
fn the_invented_operators_exist_in_the_test_environment_only() {
    let operator = || Twist {
        info_claims: Box::new(|claims| {
            claims["https://attributes.eid.gov.it/fiscal_number"] = "TINIT-NRENNA82L50A944O".into();
        }),
        ..Twist::default()
    };
    let mut stage = Stage::new();
    let (_, me) = stage.me(&stage::cookie(&stage.sign_in("/", operator()), "sessione"));
    assert_eq!(me["ruolo"], "cittadino");
    stage.config.ambiente = "prova".into();
    let cookie = stage::cookie(&stage.sign_in("/", operator()), "sessione");
    assert_eq!(stage.me(&cookie).1["ruolo"], "operatore");
    stage.sql("UPDATE operatori SET attivo = 0");
    assert_eq!(stage.me(&cookie).1["ruolo"], "cittadino");
}

#[test]
fn the_published_keys_are_public_and_named_by_their_thumbprint() {
    let stage = Stage::new();
    let reply = stage::wait(keys::published(
        &stage.ctx(),
        &stage.get("/api/accesso/jwks.json", &[], ""),
    ))
    .unwrap();
    let set: Value = serde_json::from_slice(&reply.body).unwrap();
    let keys = set["keys"].as_array().unwrap();
    assert_eq!(
        keys.iter()
            .map(|key| key["use"].as_str().unwrap())
            .collect::<Vec<_>>(),
        ["sig", "enc"]
    );
    for key in keys {
        assert_eq!(key["kid"].as_str().unwrap().len(), 43);
        assert!(
            ["d", "p", "q", "dp", "dq", "qi"]
                .iter()
                .all(|secret| key.get(secret).is_none())
        );
    }
}

#[test]
fn keys_are_made_once_and_sealed() {
    let stage = Stage::without_keys();
    let first = stage::wait(keys::load(&stage.ctx(), keys::Usage::Signing)).unwrap();
    let second = stage::wait(keys::load(&stage.ctx(), keys::Usage::Signing)).unwrap();
    let sign = |key: &keys::Key| key.sign("JWT", &Value::Null).unwrap();
    assert_eq!(sign(&first), sign(&second));
    let mut other = Stage::new();
    other.db = stage.db.clone();
    other.config.segreto = "another secret of thirty-two characters".into();
    assert!(stage::wait(keys::load(&other.ctx(), keys::Usage::Signing)).is_err());
}

#[test]
fn a_short_secret_stops_sign_in() {
    let mut stage = Stage::new();
    stage.config.segreto = "short".into();
    assert!(
        stage::wait(sign_in::begin(
            &stage.ctx(),
            &stage.get("/api/accesso", &[], "")
        ))
        .is_err()
    );
    assert!(
        stage::wait(session::load(
            &stage.ctx(),
            &stage.get("/api/me", &[], "sessione=x")
        ))
        .is_err()
    );
}

#[test]
fn a_provider_is_asked_again_only_after_an_hour_and_for_unknown_keys() {
    let mut stage = Stage::new();
    stage.sign_in("/", Twist::default());
    stage.sign_in("/", Twist::default());
    assert_eq!(stage.asked("/jwks.json"), 1);
    assert_eq!(stage.asked("/.well-known/openid-configuration"), 1);
    // The provider changes its key: asked once more, and the sign-in succeeds.
    stage.now += 120;
    stage.new_provider_key();
    assert_eq!(location(&stage.sign_in("/x", Twist::default())), "/x");
    assert_eq!(stage.asked("/jwks.json"), 2);
    stage.now += 3600;
    stage.sign_in("/", Twist::default());
    assert_eq!(stage.asked("/.well-known/openid-configuration"), 2);
    // A silent provider is believed to be what it was.
    stage.now += 3600;
    stage.silence("/.well-known/openid-configuration");
    assert_eq!(location(&stage.sign_in("/x", Twist::default())), "/x");
}
