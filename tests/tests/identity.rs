// SPDX-License-Identifier: EUPL-1.2
//! Signing in with SPID and CIE, and everything that must not sign anybody in.

use serde_json::json;
use tests::{
    ADA, ALI, ANNA, CHIARA, Call, Client, ELENA, IOANA, MARIA, MARIO, PAOLO, Persona, SARA, System,
    TOMMASO,
};

/// Where somebody is told that it did not work.
const FAILED: &str = "/accesso-non-riuscito";

fn door(persona: Persona, more: &str) -> String {
    format!(
        "/api/accesso?ritorno=/api/me&login_hint={}{more}",
        persona.codice_fiscale
    )
}

/// The callback that the provider sends this person's browser to, not yet followed.
#[track_caller]
fn callback(client: &Client, persona: Persona) -> String {
    let steps = client.follow(&door(persona, ""), "/api/accesso/callback");
    let to = steps
        .last()
        .expect("a step")
        .reply
        .header("location")
        .to_owned();
    let at = to.find("/api/accesso/callback").expect("the way back");
    to[at..].to_owned()
}

#[track_caller]
fn stays_outside(client: &Client, target: &str) {
    let reply = client.get(target).expect(302);
    assert!(
        reply.header("location").starts_with(FAILED),
        "{}",
        reply.header("location")
    );
    assert!(reply.cookies().all(|line| !line.starts_with("sessione=")));
    client.get("/api/me").refused(401, "signed_out");
}

#[test]
fn who_signs_in_with_spid_is_who_the_provider_says() {
    let client = System::shared().signed_in(MARIO);
    let me = client.get("/api/me").expect(200).json();
    assert_eq!(
        (&me["nome"], &me["cognome"]),
        (&json!(MARIO.nome), &json!(MARIO.cognome))
    );
    assert_eq!(
        (&me["ruolo"], &me["livello"], &me["fornitore"]),
        (&json!("cittadino"), &json!(2), &json!("spid"))
    );
    assert_eq!(
        (&me["data_nascita"], &me["sesso"]),
        (&json!("1989-12-13"), &json!("M"))
    );
}

#[test]
fn who_signs_in_with_cie_is_who_the_provider_says() {
    let client = System::shared().browser();
    let steps = client.follow(&door(ADA, "&idp=cie"), "");
    assert!(steps.iter().any(|step| step.address.contains("/cie/")));
    assert!(steps.iter().all(|step| !step.address.contains("/spid/")));
    let me = client.get("/api/me").expect(200).json();
    assert_eq!(
        (&me["codice_fiscale"], &me["fornitore"]),
        (&json!(ADA.codice_fiscale), &json!("cie"))
    );
}

#[test]
fn an_operator_is_known_as_one() {
    assert_eq!(
        System::shared().signed_in(ANNA).get("/api/me").json()["ruolo"],
        "operatore"
    );
}

#[test]
fn an_unknown_provider_is_refused() {
    System::shared()
        .browser()
        .get("/api/accesso?idp=altro")
        .refused(400, "bad_request");
}

#[test]
fn the_request_to_the_provider_is_signed_and_holds_a_challenge() {
    let reply = System::shared().browser().get(&door(MARIO, "")).expect(302);
    let to = reply.header("location");
    for part in [
        "request=",
        "code_challenge_method=S256",
        "code_challenge=",
        "response_type=code",
        "scope=openid",
    ] {
        assert!(to.contains(part), "{part}");
    }
    // The hint stands inside the signed object alone, not in addresses that are written to logs.
    assert!(!to.contains(MARIO.codice_fiscale));
}

#[test]
fn a_callback_that_nobody_asked_for_signs_nobody_in() {
    let client = System::shared().browser();
    stays_outside(&client, "/api/accesso/callback");
    let state = "a".repeat(64);
    stays_outside(
        &client,
        &format!("/api/accesso/callback?code=forged&state={state}"),
    );
    stays_outside(
        &client,
        &format!(
            "/api/accesso/callback?code=forged&state={state}&iss={}/spid",
            System::shared().world
        ),
    );
    stays_outside(&client, "/api/accesso/callback?error=access_denied&state=x");
}

#[test]
fn a_callback_counts_once() {
    let system = System::shared();
    let client = system.browser();
    let target = callback(&client, MARIA);
    assert_eq!(
        client.get(&target).expect(302).header("location"),
        "/api/me"
    );
    let token = client.cookie("sessione").expect("a session");
    let again = client.get(&target).expect(302);
    assert!(again.header("location").starts_with(FAILED));
    // The replay neither gives a session nor takes the one that is there.
    assert_eq!(client.cookie("sessione"), Some(token));
    client.get("/api/me").expect(200);
}

#[test]
fn a_callback_in_another_browser_signs_nobody_in() {
    let system = System::shared();
    let thief = system.browser();
    let victim = system.browser();
    let target = callback(&thief, CHIARA);
    stays_outside(&victim, &target);
    // The owner of the attempt can still finish it.
    assert_eq!(thief.get(&target).expect(302).header("location"), "/api/me");
}

#[test]
fn a_code_that_was_changed_signs_nobody_in() {
    let client = System::shared().browser();
    let target = callback(&client, ELENA);
    let at = target.find("code=").expect("a code") + 5;
    let other = if &target[at..=at] == "A" { "B" } else { "A" };
    stays_outside(
        &client,
        &format!("{}{other}{}", &target[..at], &target[at + 1..]),
    );
}

/// Every wrong answer of a provider, one after the other: the box keeps one wish for each person.
#[test]
fn no_wrong_answer_of_a_provider_signs_anybody_in() {
    let system = System::shared();
    for (idp, persona) in [("spid", TOMMASO), ("cie", PAOLO)] {
        let provider = Client::new(&system.world);
        for wrong in [
            "rifiuta",
            "errore",
            "livello_basso",
            "firma_rotta",
            "nonce_errato",
            "aud_errata",
            "scaduto",
            "iss_errato",
            "at_hash_errato",
            "iss_risposta_errato",
            "state_errato",
            "userinfo_altro_sub",
            "userinfo_firma_rotta",
        ] {
            let wish = json!({ "prossimo": { "esito": wrong, "persona": persona.codice_fiscale } });
            provider.post(&format!("/{idp}/prova"), &wish).expect(200);
            let client = system.browser();
            let steps = client.follow(&door(persona, &format!("&idp={idp}")), FAILED);
            let last = &steps.last().expect("a step").reply;
            assert!(
                last.header("location").starts_with(FAILED),
                "{idp} {wrong}: {} {}",
                last.status,
                last.header("location")
            );
            assert_eq!(client.cookie("sessione"), None, "{idp} {wrong}");
            client.get("/api/me").refused(401, "signed_out");
        }
        // Afterwards the same person comes in as ever.
        let client = system.browser();
        client.follow(&door(persona, &format!("&idp={idp}")), "");
        client.get("/api/me").expect(200);
    }
}

#[test]
fn a_refusal_at_the_provider_says_why() {
    let system = System::shared();
    let provider = Client::new(&system.world);
    let mut said = Vec::new();
    for wrong in ["rifiuta", "livello_basso", "errore"] {
        let wish = json!({ "prossimo": { "esito": wrong, "persona": SARA.codice_fiscale } });
        provider.post("/spid/prova", &wish).expect(200);
        let steps = system.browser().follow(&door(SARA, ""), FAILED);
        said.push(
            steps
                .last()
                .expect("a step")
                .reply
                .header("location")
                .to_owned(),
        );
    }
    assert!(said.iter().all(|to| to.contains("?motivo=")), "{said:?}");
    said.dedup();
    assert_eq!(said.len(), 3, "{said:?}");
}

#[test]
fn signing_out_ends_the_session_for_whoever_holds_its_cookie() {
    let system = System::shared();
    let client = system.signed_in(ALI);
    let token = client.cookie("sessione").expect("a session");
    let copy = || {
        system
            .browser()
            .send(&Call::get("/api/me").header("cookie", &format!("sessione={token}")))
    };
    copy().expect(200);
    let reply = client.send(&Call::post("/api/uscita")).expect(204);
    assert!(
        reply
            .cookies()
            .any(|line| line.starts_with("sessione=;") && line.contains("Max-Age=0"))
    );
    copy().refused(401, "signed_out");
    client.get("/api/me").refused(401, "signed_out");
    // Once more changes nothing.
    client.send(&Call::post("/api/uscita")).expect(204);
}

#[test]
fn a_new_sign_in_ends_the_older_session_of_that_browser() {
    let system = System::shared();
    let client = system.signed_in(IOANA);
    let older = client.cookie("sessione").expect("a session");
    client.sign_in(IOANA);
    assert_ne!(client.cookie("sessione"), Some(older.clone()));
    let call = Call::get("/api/me").header("cookie", &format!("sessione={older}"));
    system.browser().send(&call).refused(401, "signed_out");
}

#[test]
fn scripts_and_other_sites_do_not_get_the_cookies() {
    let steps = System::shared().browser().follow(&door(MARIO, ""), "");
    let cookies: Vec<&str> = steps.iter().flat_map(|step| step.reply.cookies()).collect();
    assert!(cookies.iter().any(|line| line.starts_with("sessione=")));
    for line in cookies {
        let attributes: Vec<&str> = line.split(';').skip(1).map(str::trim).collect();
        // Only that somebody has just signed in is the app's to see, and for a short while.
        if line.starts_with("entrato=1;") {
            assert!(attributes.contains(&"Max-Age=120"), "{line}");
        } else {
            assert!(attributes.contains(&"HttpOnly"), "{line}");
        }
        assert!(attributes.contains(&"SameSite=Lax"), "{line}");
        assert!(!line.to_ascii_lowercase().contains("domain="), "{line}");
        // `Secure` is for https, which a system on loopback does not speak.
        assert!(!attributes.contains(&"Secure"), "{line}");
    }
}

#[test]
fn a_sign_in_never_ends_on_another_site() {
    let client = System::shared().browser();
    for foreign in [
        "https://example.com/",
        "//example.com/",
        "/%5Cexample.com",
        "%5C%5Cexample.com",
        "javascript:alert(1)",
        "/%0d%0aset-cookie:a=b",
    ] {
        let target = format!(
            "/api/accesso?ritorno={foreign}&login_hint={}",
            MARIO.codice_fiscale
        );
        let steps = client.follow(&target, "/api/accesso/callback");
        let to = steps
            .last()
            .expect("a step")
            .reply
            .header("location")
            .to_owned();
        let at = to.find("/api/accesso/callback").expect("the way back");
        let reply = client.get(&to[at..]).expect(302);
        assert_eq!(reply.header("location"), "/", "{foreign}");
    }
}

#[test]
fn an_invented_session_is_nobody() {
    let browser = System::shared().browser();
    for token in ["", "x", &"a".repeat(43), &"a".repeat(4000), "' OR 1=1 --"] {
        let call = Call::get("/api/me").header("cookie", &format!("sessione={token}"));
        browser.send(&call).refused(401, "signed_out");
    }
}
