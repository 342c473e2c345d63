// SPDX-License-Identifier: EUPL-1.2
//! Every forged or broken answer is refused, and leaves no session behind.

use serde_json::{Value, json};

use super::super::jose::encode;
use super::provider::{CIE, SPID, Twist, broken, encrypted, reheaded};
use super::stage::{Stage, cookie, location, set_cookies, state};

#[track_caller]
fn refused(twist: Twist, reason: &str) {
    let stage = Stage::new();
    let reply = stage.sign_in("/", twist);
    assert_eq!(
        location(&reply),
        format!("/accesso-non-riuscito?motivo={reason}")
    );
    assert_eq!(stage.count("sessioni"), 0);
    assert!(
        !set_cookies(&reply)
            .iter()
            .any(|cookie| cookie.starts_with("sessione="))
    );
    assert_eq!(stage.count("registro_accessi_identita"), 1);
    assert_eq!(stage.count("tentativi_accesso"), 0);
}

fn id(change: impl Fn(&mut Value) + 'static) -> Twist {
    Twist {
        id_claims: Box::new(change),
        ..Twist::default()
    }
}

fn id_raw(forge: impl Fn(String) -> String + 'static) -> Twist {
    Twist {
        id_token: Box::new(forge),
        ..Twist::default()
    }
}

fn info(change: impl Fn(&mut Value) + 'static) -> Twist {
    Twist {
        info_claims: Box::new(change),
        ..Twist::default()
    }
}

#[test]
fn an_id_token_for_another_nonce_audience_or_issuer() {
    refused(
        id(|claims| claims["nonce"] = "n".repeat(64).into()),
        "errore",
    );
    refused(id(|claims| claims["nonce"] = Value::Null), "errore");
    refused(
        id(|claims| claims["aud"] = "https://other.example".into()),
        "errore",
    );
    refused(
        id(|claims| claims["aud"] = json!(["https://other.example"])),
        "errore",
    );
    refused(
        id(|claims| claims["aud"] = json!([claims["aud"], "https://other.example"])),
        "errore",
    );
    refused(
        id(|claims| claims["iss"] = "https://other.example".into()),
        "errore",
    );
    refused(
        id(|claims| claims["iss"] = format!("{SPID}/").into()),
        "errore",
    );
    refused(id(|claims| claims["sub"] = "".into()), "errore");
}

#[test]
fn an_id_token_out_of_its_time() {
    let shift = |name: &'static str, by: i64| {
        id(move |claims| claims[name] = (claims["iat"].as_i64().unwrap() + by).into())
    };
    refused(shift("exp", -60), "errore");
    refused(shift("exp", -3600), "errore");
    refused(shift("iat", 61), "errore");
    refused(id(|claims| claims["exp"] = Value::Null), "errore");
    refused(id(|claims| claims["exp"] = "tomorrow".into()), "errore");
    let stage = Stage::new();
    assert_eq!(location(&stage.sign_in("/a", shift("exp", -59))), "/a");
    assert_eq!(location(&stage.sign_in("/a", shift("iat", 60))), "/a");
}

#[test]
fn an_id_token_of_another_access_token() {
    refused(
        id(|claims| claims["at_hash"] = encode(&[0; 16]).into()),
        "errore",
    );
    refused(id(|claims| claims["at_hash"] = Value::Null), "errore");
}

#[test]
fn a_lower_level_than_the_second() {
    refused(
        id(|claims| claims["acr"] = "https://www.spid.gov.it/SpidL1".into()),
        "livello",
    );
    refused(
        id(|claims| claims["acr"] = "https://www.spid.gov.it/SpidL4".into()),
        "livello",
    );
    refused(id(|claims| claims["acr"] = "SpidL2".into()), "livello");
    refused(id(|claims| claims["acr"] = Value::Null), "livello");
    let stage = Stage::new();
    let reply = stage.sign_in(
        "/",
        id(|claims| claims["acr"] = "https://www.spid.gov.it/SpidL3".into()),
    );
    assert_eq!(stage.me(&cookie(&reply, "sessione")).1["livello"], 3);
}

#[test]
fn signatures_that_do_not_fit_or_are_not_allowed() {
    refused(id_raw(broken), "errore");
    refused(
        id_raw(|token| reheaded(&token, &json!({"alg": "none"}), "")),
        "errore",
    );
    refused(
        id_raw(|token| {
            reheaded(
                &token,
                &json!({"alg": "HS256", "kid": "first"}),
                &encode(&[1; 32]),
            )
        }),
        "errore",
    );
    refused(
        id_raw(|token| reheaded(&token, &json!({"alg": "RS256", "kid": "other"}), "AAAA")),
        "errore",
    );
    refused(id_raw(|_| String::from("a.b.c")), "errore");
    refused(id_raw(|_| String::new()), "errore");
    refused(
        Twist {
            tokens: Box::new(|tokens| tokens["token_type"] = "mac".into()),
            ..Twist::default()
        },
        "errore",
    );
    refused(
        Twist {
            tokens: Box::new(|tokens| tokens["access_token"] = "a\r\nb".into()),
            ..Twist::default()
        },
        "errore",
    );
    refused(
        Twist {
            tokens: Box::new(|tokens| *tokens = json!([])),
            ..Twist::default()
        },
        "errore",
    );
}

#[test]
fn userinfo_about_somebody_else() {
    refused(info(|claims| claims["sub"] = "other".into()), "errore");
    refused(info(|claims| claims["iss"] = CIE.into()), "errore");
    refused(
        info(|claims| claims["aud"] = "https://other.example".into()),
        "errore",
    );
    refused(
        info(|claims| claims["exp"] = 1_700_000_000.into()),
        "errore",
    );
}

#[test]
fn userinfo_that_is_not_signed_or_not_encrypted() {
    refused(
        Twist {
            info_inner: Box::new(broken),
            ..Twist::default()
        },
        "errore",
    );
    let bare = |token: String| reheaded(&token, &json!({"alg": "none"}), "");
    refused(
        Twist {
            info_inner: Box::new(bare),
            ..Twist::default()
        },
        "errore",
    );
    refused(
        Twist {
            info_token: Box::new(|_| encrypted("{}")),
            ..Twist::default()
        },
        "errore",
    );
    let cut = |token: String| token[..token.len() - 1].to_owned();
    refused(
        Twist {
            info_token: Box::new(cut),
            ..Twist::default()
        },
        "errore",
    );
    refused(
        Twist {
            info_token: Box::new(|_| String::from("{}")),
            ..Twist::default()
        },
        "errore",
    );
}

#[test]
fn userinfo_that_says_too_little_or_nonsense() {
    const NUMBER: &str = "https://attributes.eid.gov.it/fiscal_number";
    for name in ["given_name", "family_name", "birthdate", "gender", NUMBER] {
        refused(info(move |claims| claims[name] = Value::Null), "errore");
        refused(info(move |claims| claims[name] = "\n".into()), "errore");
        refused(info(move |claims| claims[name] = json!([])), "errore");
    }
    refused(
        info(|claims| claims[NUMBER] = "RSSMRA89T13F205B".into()),
        "errore",
    );
    refused(
        info(|claims| claims[NUMBER] = "TINIT-RSSMRA89T13F205".into()),
        "errore",
    );
    refused(
        info(|claims| claims[NUMBER] = "TINDE-RSSMRA89T13F205B".into()),
        "errore",
    );
    refused(
        info(|claims| claims["birthdate"] = "1989-02-30".into()),
        "errore",
    );
}

#[test]
fn a_callback_is_good_once() {
    let stage = Stage::new();
    let begun = stage.begin(&[]);
    let (state, cookie) = (state(&begun), cookie(&begun, "accesso_"));
    let query = [("code", "code"), ("state", state.as_str()), ("iss", SPID)];
    assert_eq!(location(&stage.callback(&query, &cookie)), "/");
    assert_eq!(
        location(&stage.callback(&query, &cookie)),
        "/accesso-non-riuscito?motivo=scaduto"
    );
    assert_eq!(
        (
            stage.count("sessioni"),
            stage.count("registro_accessi_identita")
        ),
        (1, 1)
    );
}

#[test]
fn a_callback_in_another_browser_is_refused_and_takes_nothing_from_its_owner() {
    let stage = Stage::new();
    let (others, begun) = (stage.begin(&[]), stage.begin(&[]));
    let (state, own) = (state(&begun), cookie(&begun, "accesso_"));
    let query = [("code", "code"), ("state", state.as_str()), ("iss", SPID)];
    let planted = format!("accesso_{}=x", &state[..8]);
    for cookies in ["", "accesso_=x", &planted, &cookie(&others, "accesso_")] {
        assert_eq!(
            location(&stage.callback(&query, cookies)),
            "/accesso-non-riuscito?motivo=scaduto"
        );
    }
    assert_eq!(
        (
            stage.count("sessioni"),
            stage.count("registro_accessi_identita")
        ),
        (0, 0)
    );
    assert_eq!(stage.count("tentativi_accesso"), 2);
    assert_eq!(location(&stage.callback(&query, &own)), "/");
    assert_eq!(stage.count("tentativi_accesso"), 1);
}

#[test]
fn forged_states_and_late_answers() {
    let mut stage = Stage::new();
    let begun = stage.begin(&[]);
    let (state, cookie) = (state(&begun), cookie(&begun, "accesso_"));
    for forged in [
        "",
        "x",
        &"0".repeat(64),
        &"é".repeat(32),
        &state.to_uppercase(),
    ] {
        let query = [("code", "code"), ("state", forged), ("iss", SPID)];
        assert_eq!(
            location(&stage.callback(&query, &cookie)),
            "/accesso-non-riuscito?motivo=scaduto"
        );
    }
    assert_eq!(
        location(&stage.callback(&[("code", "code")], &cookie)),
        "/accesso-non-riuscito?motivo=scaduto"
    );
    stage.now += 600;
    let query = [("code", "code"), ("state", state.as_str()), ("iss", SPID)];
    assert_eq!(
        location(&stage.callback(&query, &cookie)),
        "/accesso-non-riuscito?motivo=scaduto"
    );
}

#[test]
fn answers_of_another_issuer_and_errors_of_this_one() {
    let told = |query: &[(&str, &str)]| {
        let stage = Stage::new();
        let begun = stage.begin(&[]);
        let (state, cookie) = (state(&begun), cookie(&begun, "accesso_"));
        let query = [query, &[("state", state.as_str())]].concat();
        let reply = stage.callback(&query, &cookie);
        assert_eq!(stage.count("sessioni"), 0);
        location(&reply)
            .strip_prefix("/accesso-non-riuscito?motivo=")
            .unwrap()
            .to_owned()
    };
    assert_eq!(told(&[("code", "code"), ("iss", CIE)]), "errore");
    assert_eq!(told(&[("code", "code")]), "errore");
    assert_eq!(told(&[("iss", SPID)]), "errore");
    assert_eq!(
        told(&[("error", "access_denied"), ("iss", SPID)]),
        "annullato"
    );
    assert_eq!(told(&[("error", "access_denied"), ("iss", CIE)]), "errore");
    assert_eq!(
        told(&[
            ("error", "unmet_authentication_requirements"),
            ("iss", SPID)
        ]),
        "livello"
    );
    assert_eq!(
        told(&[("error", "login_required"), ("iss", SPID)]),
        "scaduto"
    );
    assert_eq!(
        told(&[("error", "temporarily_unavailable"), ("iss", SPID)]),
        "non_disponibile"
    );
    assert_eq!(
        told(&[("error", "invalid_request"), ("iss", SPID)]),
        "errore"
    );
    let description = ("error_description", "ErrorCode nr20");
    assert_eq!(
        told(&[("error", "access_denied"), description, ("iss", SPID)]),
        "livello"
    );
}

#[test]
fn a_provider_that_does_not_answer() {
    for path in [
        "/.well-known/openid-configuration",
        "/jwks.json",
        "/token",
        "/userinfo",
    ] {
        let stage = Stage::new();
        stage.silence(path);
        let reply = stage.sign_in("/", Twist::default());
        assert_eq!(
            location(&reply),
            "/accesso-non-riuscito?motivo=non_disponibile",
            "{path}"
        );
    }
}
