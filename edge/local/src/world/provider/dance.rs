// SPDX-License-Identifier: EUPL-1.2
//! The whole sign-in as a test, with the app's keys put in place instead of fetched.

use super::trial::Outcome;
use super::{Provider, Scheme};
use crate::world::jose::jws::tests::{key_set, signer};
use crate::world::jose::{self, jws};
use crate::world::wire::{Call, Parameters, now};
use form_urlencoded::Serializer;
use serde_json::{Value, json};

const CLIENT: &str = "http://127.0.0.1:3000/api/accesso";
const VERIFIER: &str = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
const FORM: (&str, &str) = ("content-type", "application/x-www-form-urlencoded");

fn provider() -> Provider {
    let app = "http://127.0.0.1:3000/";
    let made = Provider::with_key(
        Scheme::Spid,
        "http://127.0.0.1:3001",
        app,
        signer().key,
        "salt".into(),
    );
    *made.client_keys.lock().unwrap() = Some(key_set());
    made
}

fn query(values: &[(&str, &str)]) -> String {
    Serializer::new(String::new()).extend_pairs(values).finish()
}

/// A sound request for one person, or for the page when the hint is empty.
fn request(hint: &str) -> Call {
    let challenge = jose::digest(VERIFIER);
    let inner = json!({
        "iss": CLIENT, "client_id": CLIENT, "aud": "http://127.0.0.1:3001/spid",
        "iat": now(), "exp": now() + 300, "response_type": "code", "scope": "openid",
        "redirect_uri": format!("{CLIENT}/callback"),
        "code_challenge": challenge, "code_challenge_method": "S256",
        "state": "s".repeat(32), "nonce": "n".repeat(32),
        "acr_values": "https://www.spid.gov.it/SpidL2",
        "claims": {"userinfo": {"given_name": null}},
    });
    let outer = query(&[
        ("client_id", CLIENT),
        ("response_type", "code"),
        ("scope", "openid"),
        ("code_challenge", &challenge),
        ("code_challenge_method", "S256"),
        ("request", &signer().sign("JWT", &inner).unwrap()),
        ("login_hint", hint),
    ]);
    Call::made(&outer, &[], "")
}

/// What the browser brings back to the app.
async fn callback(provider: &Provider, hint: &str) -> Parameters {
    let reply = provider.authorize(&request(hint)).await;
    let (status, location, _) = reply.parts();
    assert_eq!(status, 302);
    let (address, query) = location.split_once('?').unwrap();
    assert_eq!(address, format!("{CLIENT}/callback"));
    Parameters::parse(query.as_bytes()).unwrap()
}

/// The token request, with an assertion of the given `jti`.
async fn exchange(provider: &Provider, code: &str, verifier: &str, jti: &str) -> (u16, Value) {
    let assertion = json!({
        "iss": CLIENT, "sub": CLIENT, "aud": "http://127.0.0.1:3001/spid/token",
        "iat": now(), "exp": now() + 60, "jti": jti,
    });
    let body = query(&[
        ("grant_type", "authorization_code"),
        ("code", code),
        ("code_verifier", verifier),
        (
            "client_assertion_type",
            "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
        ),
        (
            "client_assertion",
            &signer().sign("JWT", &assertion).unwrap(),
        ),
    ]);
    let reply = provider.token(&Call::made("", &[FORM], &body)).await;
    let (status, _, body) = reply.parts();
    (status, serde_json::from_str(body).unwrap())
}

#[tokio::test]
async fn a_known_person_signs_in_and_the_code_works_once() {
    let provider = provider();
    let back = callback(&provider, "FOXDAA00B69A944O").await;
    assert_eq!(back.get("iss"), "http://127.0.0.1:3001/spid");
    assert_eq!(back.get("state"), "s".repeat(32));
    let (status, tokens) = exchange(&provider, back.get("code"), VERIFIER, "1").await;
    assert_eq!(status, 200);
    let id_token = tokens["id_token"].as_str().unwrap();
    let payload = jose::decode(id_token.split('.').nth(1).unwrap()).unwrap();
    let claims: Value = serde_json::from_slice(&payload).unwrap();
    assert_eq!(claims["nonce"], "n".repeat(32));
    assert_eq!(claims["acr"], "https://www.spid.gov.it/SpidL2");
    assert_eq!(
        claims["at_hash"],
        jose::at_hash(tokens["access_token"].as_str().unwrap())
    );
    // SPID gives no attributes in the ID token.
    assert_eq!(claims.get("given_name"), None);
    let (status, refusal) = exchange(&provider, back.get("code"), VERIFIER, "2").await;
    assert_eq!((status, &refusal["error"]), (400, &json!("invalid_grant")));
}

#[tokio::test]
async fn another_verifier_gets_nothing_and_spends_the_code() {
    let provider = provider();
    let back = callback(&provider, "FOXDAA00B69A944O").await;
    let wrong = "x".repeat(43);
    assert_eq!(
        exchange(&provider, back.get("code"), &wrong, "1").await.0,
        400
    );
    assert_eq!(
        exchange(&provider, back.get("code"), VERIFIER, "2").await.0,
        400
    );
}

#[tokio::test]
async fn an_assertion_is_good_for_one_use() {
    let provider = provider();
    let first = callback(&provider, "FOXDAA00B69A944O").await;
    assert_eq!(
        exchange(&provider, first.get("code"), VERIFIER, "1")
            .await
            .0,
        200
    );
    let second = callback(&provider, "FOXDAA00B69A944O").await;
    let (status, refusal) = exchange(&provider, second.get("code"), VERIFIER, "1").await;
    assert_eq!((status, &refusal["error"]), (401, &json!("invalid_client")));
}

#[tokio::test]
async fn userinfo_is_encrypted_and_ends_with_revocation_of_the_token() {
    let provider = provider();
    let back = callback(&provider, "FOXDAA00B69A944O").await;
    let (_, tokens) = exchange(&provider, back.get("code"), VERIFIER, "1").await;
    let access_token = tokens["access_token"].as_str().unwrap();
    let bearer = Call::made(
        "",
        &[("authorization", &format!("Bearer {access_token}"))],
        "",
    );
    let reply = provider.userinfo(&bearer).await;
    let (status, _, body) = reply.parts();
    assert_eq!((status, body.split('.').count()), (200, 5));
    provider.state(now()).tokens.remove(access_token);
    assert_eq!(provider.userinfo(&bearer).await.parts().0, 401);
}

#[tokio::test]
async fn a_wish_for_one_person_does_not_touch_the_others() {
    let provider = provider();
    let wish = r#"{"prossimo": {"esito": "rifiuta", "persona": "ZOXLAI90A01Z243P"}}"#;
    let json = ("content-type", "application/json");
    assert_eq!(
        provider.trial(&Call::made("", &[json], wish)).parts().0,
        200
    );
    assert!(
        !callback(&provider, "FOXDAA00B69A944O")
            .await
            .get("code")
            .is_empty()
    );
    assert_eq!(
        callback(&provider, "ZOXLAI90A01Z243P").await.get("error"),
        "access_denied"
    );
    assert!(
        !callback(&provider, "ZOXLAI90A01Z243P")
            .await
            .get("code")
            .is_empty()
    );
    // A page of another site cannot send this: without the content type it is refused.
    assert_eq!(
        provider.trial(&Call::made("", &[FORM], wish)).parts().0,
        415
    );
}

#[tokio::test]
async fn a_broken_signature_is_really_broken() {
    let provider = provider();
    provider
        .state(now())
        .next
        .insert(String::new(), Outcome::BrokenSignature);
    let back = callback(&provider, "FOXDAA00B69A944O").await;
    let (_, tokens) = exchange(&provider, back.get("code"), VERIFIER, "1").await;
    let key = jose::jwk::published(&provider.signer.kid, provider.signer.key.as_public_key());
    let keys = jose::jwk::KeySet::parse(&json!({"keys": [key]})).unwrap();
    let answer = jws::verify(tokens["id_token"].as_str().unwrap(), &keys);
    assert_eq!(answer, Err(jose::Invalid::Signature));
}

#[tokio::test]
async fn the_page_answers_its_form_once() {
    let provider = provider();
    let page = provider.authorize(&request("")).await;
    let html = page.parts().2;
    let at = html.split_once("name=\"transazione\" value=\"").unwrap().1;
    let transaction = at.split('"').next().unwrap();
    let form = query(&[
        ("transazione", transaction),
        ("livello", "3"),
        ("persona", "FOXDAA00B69A944O"),
    ]);
    let sent = Call::made("", &[FORM], &form);
    assert_eq!(provider.choose(&sent).await.parts().0, 303);
    assert_eq!(provider.choose(&sent).await.parts().0, 400);
}
