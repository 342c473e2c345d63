// SPDX-License-Identifier: EUPL-1.2
//! What the edge refuses, how it says so, and what it never says.

use serde_json::{Value, json};
use tests::{ADA, ANNA, Call, ELENA, LUCA, MARIO, PEOPLE, Reply, SARA, System, did, present};

/// Everything that wants somebody to have signed in.
const SIGNED: &[(&str, &str)] = &[
    ("GET", "/api/me"),
    ("POST", "/api/sessione/rinnovo"),
    ("GET", "/api/servizi/did/fatti"),
    ("GET", "/api/bozze/did"),
    ("PUT", "/api/bozze/did"),
    ("DELETE", "/api/bozze/did"),
    ("GET", "/api/file"),
    ("POST", "/api/file"),
    ("GET", "/api/file/x"),
    ("DELETE", "/api/file/x"),
    ("POST", "/api/pratiche"),
    ("GET", "/api/pratiche"),
    ("GET", "/api/pratiche/x"),
    ("GET", "/api/pratiche/x/ricevuta.pdf"),
    ("GET", "/api/pratiche/x/documento.pdf"),
    ("GET", "/api/pratiche/x/scadenza.ics"),
    ("POST", "/api/pratiche/x/ritiro"),
    ("POST", "/api/pratiche/x/integrazione"),
    ("POST", "/api/valutazioni"),
    ("GET", "/api/avvisi"),
    ("GET", "/api/accessi"),
    ("GET", "/api/operatore/pratiche"),
    ("GET", "/api/operatore/pratiche/x"),
    ("GET", "/api/operatore/pratiche/x/documento.pdf"),
    ("POST", "/api/operatore/pratiche/x/prendi-in-carico"),
    ("POST", "/api/operatore/pratiche/x/richiedi-integrazione"),
    ("POST", "/api/operatore/pratiche/x/preavviso"),
    ("POST", "/api/operatore/pratiche/x/accogli"),
    ("POST", "/api/operatore/pratiche/x/respingi"),
];

/// What every answer carries, whoever asked for what.
#[track_caller]
fn is_dressed(reply: &Reply) {
    let policy = reply.header("content-security-policy");
    assert!(policy.contains("frame-ancestors 'none'"), "{policy}");
    assert!(
        !policy.contains("unsafe-inline") && !policy.contains("'unsafe-eval'"),
        "{policy}"
    );
    assert_eq!(reply.header("x-content-type-options"), "nosniff");
    assert!(!reply.header("referrer-policy").is_empty());
    assert!(!reply.header("permissions-policy").is_empty());
    assert!(!reply.header("cache-control").is_empty());
    // In one piece. A HEAD is told the length of what it does not get.
    assert_eq!(reply.header("transfer-encoding"), "");
    let length = reply.header("content-length");
    assert!(reply.body.is_empty() || length == reply.body.len().to_string());
    let number = |name: &str| {
        reply
            .header(name)
            .parse::<u32>()
            .unwrap_or_else(|_| panic!("{name}: {:?}", reply.header(name)))
    };
    assert!(number("ratelimit-remaining") <= number("ratelimit-limit"));
    assert!(number("ratelimit-reset") <= 3600);
}

/// A refusal of this kind in the shape of RFC 9457.
#[track_caller]
fn is_problem(reply: &Reply, status: u16, code: &str, path: &str) {
    assert_eq!(reply.status, status, "{path}: {}", reply.text());
    assert_eq!(
        reply.header("content-type"),
        "application/problem+json",
        "{path}"
    );
    assert_eq!(reply.header("cache-control"), "no-store");
    is_dressed(reply);
    let body = reply.json();
    assert_eq!(body["status"], status);
    assert_eq!(body["code"], code, "{path}");
    assert_eq!(body["instance"], path);
    for field in ["type", "title", "detail"] {
        assert!(
            body[field].as_str().is_some_and(|text| !text.is_empty()),
            "{field}: {body}"
        );
    }
    for word in ["sqlite", "SELECT", "panicked", "src/", ".rs:", "wasm"] {
        assert!(!reply.text().contains(word), "{word}: {body}");
    }
}

#[test]
fn who_is_not_signed_in_is_told_so_everywhere() {
    let browser = System::shared().browser();
    for (method, path) in SIGNED {
        is_problem(
            &browser.send(&Call::new(method, path)),
            401,
            "signed_out",
            path,
        );
    }
}

/// The document of the contract is asked, so that a new route cannot be forgotten here.
#[test]
fn what_the_document_says_of_access_is_what_happens() {
    let browser = System::shared().browser();
    let document = browser.get("/api/openapi.json").expect(200).json();
    let mut guarded = 0;
    for (path, methods) in document["paths"].as_object().expect("paths") {
        let target = path
            .replace("{slug}", "did")
            .replace("{id}", "x")
            .replace("{azione}", "accogli");
        for (method, operation) in methods.as_object().expect("methods") {
            let open = operation["security"].as_array().is_none_or(Vec::is_empty);
            let status = browser
                .send(&Call::new(&method.to_uppercase(), &target))
                .status;
            assert_eq!(status == 401, !open, "{method} {path}: {status}");
            guarded += u32::from(!open);
        }
    }
    assert!(guarded >= 20, "only {guarded} operations are guarded");
}

#[test]
fn a_path_that_is_not_there_is_not_found() {
    let browser = System::shared().browser();
    for path in [
        "/api/",
        "/api/nessuno",
        "/api/me/",
        "/api//me",
        "/api/servizi/nessuno",
        "/api/servizi/did/altro",
        "/api/Me",
    ] {
        is_problem(&browser.get(path), 404, "not_found", path);
        if path != "/api/servizi/nessuno" {
            is_problem(&browser.send(&Call::post(path)), 404, "not_found", path);
        }
    }
}

#[test]
fn a_method_that_is_not_there_is_refused_with_those_that_are() {
    let browser = System::shared().browser();
    for (method, path, allow) in [
        ("DELETE", "/api/me", "GET, HEAD"),
        ("POST", "/api/status", "GET, HEAD"),
        ("GET", "/api/uscita", "POST"),
        ("PUT", "/api/pratiche", "GET, HEAD, POST"),
        ("PATCH", "/api/bozze/did", "GET, HEAD, PUT, DELETE"),
        ("GET", "/api/pratiche/x/ritiro", "POST"),
        ("OPTIONS", "/api/servizi", "GET, HEAD"),
    ] {
        let reply = browser.send(&Call::new(method, path));
        is_problem(&reply, 405, "method", path);
        let given: Vec<&str> = reply.header("allow").split(", ").collect();
        for wanted in allow.split(", ") {
            assert!(given.contains(&wanted), "{path}: {given:?}");
        }
        assert!(!given.contains(&method), "{path}: {given:?}");
    }
}

#[test]
fn a_head_is_a_get_without_a_body() {
    let system = System::shared();
    let (browser, signed) = (system.browser(), system.signed_in(SARA));
    for path in ["/api/status", "/api/servizi", "/api/me"] {
        // A browser sends no origin with it, as with a GET.
        let head = Call::new("HEAD", path).without_origin();
        let reply = signed.send(&head).expect(200);
        is_dressed(&reply);
        assert!(reply.body.is_empty());
        assert_ne!(reply.header("content-length"), "0");
        let status = browser.send(&head).status;
        assert_eq!(status, browser.get(path).status, "{path}");
    }
}

#[test]
fn a_body_may_come_in_chunks_and_not_be_too_large() {
    let client = System::shared().signed_in(SARA);
    let send = |body: &[u8]| {
        let mut chunks = Vec::new();
        for chunk in body.chunks(10_000) {
            chunks.extend(format!("{:x}\r\n", chunk.len()).into_bytes());
            chunks.extend([chunk, b"\r\n"].concat());
        }
        chunks.extend(b"0\r\n\r\n");
        let call = Call::new("PUT", "/api/bozze/did").header("transfer-encoding", "chunked");
        client.send(&call.body("application/json", chunks))
    };
    let told = "x".repeat(30_000);
    let draft = json!({ "versione": 1, "cambiata_il": 1, "risposte": { "note": told } });
    send(draft.to_string().as_bytes()).expect(204);
    let kept = client.get("/api/bozze/did").expect(200).json();
    assert_eq!(kept["risposte"]["note"], told);
    let large = send(" ".repeat((1 << 20) + 1).as_bytes());
    is_problem(&large, 413, "too_large", "/api/bozze/did");
    client
        .send(&Call::new("DELETE", "/api/bozze/did"))
        .expect(204);
}

#[test]
fn a_body_that_breaks_off_is_refused_and_nothing_of_it_is_kept() {
    let client = System::shared().signed_in(ELENA);
    let draft = json!({ "versione": 1, "cambiata_il": 1, "risposte": { "note": "metà" } });
    let text = draft.to_string().into_bytes();
    // It can be read as it is, but it was said to be longer.
    let call = Call::new("PUT", "/api/bozze/did");
    let short = call.body("application/json", text.clone()).broken_off(10);
    is_problem(&client.send(&short), 400, "bad_request", "/api/bozze/did");
    let chunk = [format!("{:x}\r\n", text.len()).as_bytes(), &text, b"\r\n"].concat();
    let call = Call::new("PUT", "/api/bozze/did").header("transfer-encoding", "chunked");
    let without_end = call.body("application/json", chunk).broken_off(1);
    is_problem(
        &client.send(&without_end),
        400,
        "bad_request",
        "/api/bozze/did",
    );
    client.get("/api/bozze/did").refused(404, "not_found");
}

#[test]
fn a_body_that_is_not_json_is_refused() {
    let client = System::shared().signed_in(SARA);
    let send = |kind: &str, body: &[u8]| {
        client.send(&Call::post("/api/pratiche").body(kind, body.to_vec()))
    };
    let sound = json!({ "servizio": "did", "risposte": {} }).to_string();
    for kind in [
        "text/plain",
        "application/x-www-form-urlencoded",
        "multipart/form-data; boundary=x",
        "application/jsonp",
        "",
    ] {
        is_problem(
            &send(kind, sound.as_bytes()),
            415,
            "media_type",
            "/api/pratiche",
        );
    }
    let without = Call::post("/api/pratiche");
    is_problem(&client.send(&without), 415, "media_type", "/api/pratiche");
    for body in [
        "",
        "{",
        "{\"servizio\":\"did\",}",
        "nulla",
        "[1,2",
        "\u{feff}{}",
        "{\"servizio\":\"did\"}{}",
        "{\"a\":NaN}",
    ] {
        is_problem(
            &send("application/json", body.as_bytes()),
            400,
            "bad_request",
            "/api/pratiche",
        );
    }
    for bytes in [
        &b"\xff\xfe\x00"[..],
        b"{\"servizio\":\"\xc3\x28\",\"risposte\":{}}",
        b"{\"servizio\":\"\\ud800\",\"risposte\":{}}",
    ] {
        is_problem(
            &send("application/json", bytes),
            400,
            "bad_request",
            "/api/pratiche",
        );
    }
    // Parameters of the media type do no harm.
    assert_eq!(
        send("Application/JSON; charset=utf-8", sound.as_bytes()).status,
        422
    );
}

#[test]
fn a_key_that_stands_twice_does_not_pass_unseen() {
    let client = System::shared().signed_in(SARA);
    let body = br#"{"servizio":"did","servizio":"did","risposte":{}}"#.to_vec();
    let reply = client.send(&Call::post("/api/pratiche").body("application/json", body));
    is_problem(&reply, 400, "bad_request", "/api/pratiche");
}

#[test]
fn a_body_of_a_hundred_thousand_brackets_brings_nothing_down() {
    let system = System::shared();
    let client = system.signed_in(SARA);
    let deep = "[".repeat(100_000) + &"]".repeat(100_000);
    let objects = "{\"a\":".repeat(100_000) + "1" + &"}".repeat(100_000);
    for body in [
        deep.clone(),
        objects.clone(),
        format!(r#"{{"servizio":"did","risposte":{deep}}}"#),
        format!(r#"{{"servizio":"did","risposte":{{"scopo":{deep}}}}}"#),
        format!(r#"{{"servizio":"did","risposte":{{"patenti":{objects}}}}}"#),
        "[".repeat(200_000),
    ] {
        let reply =
            client.send(&Call::post("/api/pratiche").body("application/json", body.into_bytes()));
        assert!(
            matches!(reply.status, 400 | 422),
            "{} {}",
            reply.status,
            reply.text()
        );
        is_dressed(&reply);
    }
    system.browser().get("/api/status").expect(200);
    client.get("/api/me").expect(200);
}

#[test]
fn a_body_over_one_mebibyte_is_too_large() {
    let system = System::shared();
    let client = system.signed_in(SARA);
    for size in [(1 << 20) + 1, 2 << 20, 10 << 20] {
        let call = Call::post("/api/pratiche").body("application/json", vec![b' '; size]);
        is_problem(&client.send(&call), 413, "too_large", "/api/pratiche");
        // Also for those who have not signed in.
        is_problem(
            &system.browser().send(&call),
            413,
            "too_large",
            "/api/pratiche",
        );
    }
    // As large as allowed, and so refused for what it is.
    let call = Call::post("/api/pratiche").body("application/json", vec![b' '; 1 << 20]);
    is_problem(&client.send(&call), 400, "bad_request", "/api/pratiche");
    system.browser().get("/api/status").expect(200);
}

#[test]
fn a_change_that_another_site_asks_for_is_refused() {
    let system = System::shared();
    let client = system.signed_in(ADA);
    let body = json!({ "servizio": "did", "risposte": did() });
    for (method, path) in SIGNED
        .iter()
        .chain(&[("POST", "/api/uscita")])
        .filter(|(method, _)| *method != "GET")
    {
        let call = Call::new(method, path).json(&body);
        for origin in [
            "https://example.com",
            "null",
            "http://127.0.0.1",
            "http://127.0.0.1.example.com",
            &system.world,
        ] {
            is_problem(
                &client.send(&call.clone().header("origin", origin)),
                403,
                "cross_site",
                path,
            );
        }
        is_problem(
            &client.send(&call.clone().without_origin()),
            403,
            "cross_site",
            path,
        );
        for site in ["cross-site", "same-site", "none"] {
            is_problem(
                &client.send(&call.clone().header("sec-fetch-site", site)),
                403,
                "cross_site",
                path,
            );
        }
    }
    // Nothing has happened meanwhile, and whoever comes from our own pages goes through.
    assert_eq!(client.get("/api/pratiche").expect(200).json(), json!([]));
    let renew = Call::post("/api/sessione/rinnovo");
    client.send(&renew).expect(200);
    client
        .send(
            &renew
                .without_origin()
                .header("sec-fetch-site", "same-origin"),
        )
        .expect(200);
}

#[test]
fn no_get_changes_anything() {
    let client = System::shared().signed_in(LUCA);
    for (_, path) in SIGNED
        .iter()
        .chain(&[("POST", "/api/uscita")])
        .filter(|(method, _)| *method == "POST")
    {
        let status = client.get(path).status;
        // The address of a list is also that of a new request.
        assert!(
            status == 405 || ["/api/pratiche", "/api/file", "/api/appuntamenti"].contains(path),
            "{path}: {status}"
        );
    }
    client.get("/api/me").expect(200);
}

#[test]
fn every_answer_carries_the_headers_that_guard_it() {
    let system = System::shared();
    let (browser, signed) = (system.browser(), system.signed_in(ANNA));
    for path in [
        "/api/status",
        "/api/openapi.json",
        "/api/servizi",
        "/api/servizi/did",
        "/api/accesso",
        "/api/accesso/callback",
    ] {
        is_dressed(&browser.get(path));
    }
    for path in [
        "/api/me",
        "/api/pratiche",
        "/api/avvisi",
        "/api/accessi",
        "/api/operatore/pratiche",
    ] {
        let reply = signed.get(path).expect(200);
        is_dressed(&reply);
        assert_eq!(reply.header("cache-control"), "no-store", "{path}");
    }
    let page = browser.get("/").expect(200);
    let policy = page.header("content-security-policy");
    assert!(
        policy.contains("frame-ancestors 'none'") && policy.contains("'wasm-unsafe-eval'"),
        "{policy}"
    );
    assert!(
        !policy.contains("unsafe-inline") && !policy.contains("'unsafe-eval'"),
        "{policy}"
    );
    assert_eq!(page.header("x-content-type-options"), "nosniff");
    assert!(
        !page.header("referrer-policy").is_empty() && !page.header("permissions-policy").is_empty()
    );
}

#[test]
fn refusals_are_told_in_the_language_asked_for_with_the_same_code() {
    let browser = System::shared().browser();
    let english = browser
        .send(&Call::get("/api/me").header("accept-language", "en-GB,en;q=0.9"))
        .refused(401, "signed_out");
    let italian = browser
        .send(&Call::get("/api/me").header("accept-language", "it"))
        .refused(401, "signed_out");
    assert_ne!(english.json()["title"], italian.json()["title"]);
    assert_eq!(english.json()["type"], italian.json()["type"]);
    browser
        .send(&Call::get("/api/me").header("accept-language", "xx;q=abc,,;"))
        .refused(401, "signed_out");
}

#[test]
fn strange_addresses_and_headers_are_never_an_error_of_ours() {
    let system = System::shared();
    let client = system.signed_in(SARA);
    let long = format!("/api/pratiche/{}", "x".repeat(8000));
    for path in [
        "/api/pratiche/%00",
        "/api/pratiche/%ff%fe",
        "/api/pratiche/..%2f..%2fetc",
        "/api/pratiche/'%20OR%201=1",
        "/api/me?%zz=%",
        &long,
    ] {
        let status = client.get(path).status;
        assert!(status < 500, "{path}: {status}");
    }
    for value in [
        "\u{7f}".repeat(3),
        "é".repeat(50),
        "=;=;=".into(),
        "sessione".into(),
    ] {
        let status = client
            .send(&Call::get("/api/status").header("cookie", &value))
            .status;
        assert!(status < 500, "{value}: {status}");
    }
    system.browser().get("/api/status").expect(200);
}

/// On a system of its own, so that the log holds a whole story and nothing else.
#[test]
fn the_log_names_nobody() {
    let system = System::start();
    let mario = system.signed_in(MARIO);
    let answers = did();
    let wrong =
        json!({ "scopo": "lavoro", "email": "scritta.male", "genitore_codice_fiscale": "RSSMRA" });
    present(&mario, &wrong, "").expect(422);
    let id = present(&mario, &answers, "chiave-segreta")
        .expect(201)
        .json()["id"]
        .as_str()
        .expect("an id")
        .to_owned();
    mario
        .get(&format!("/api/pratiche/{id}/ricevuta.pdf"))
        .expect(200);
    mario
        .get(&format!("/api/pratiche/{}", MARIO.codice_fiscale))
        .expect(404);
    let luca = system.signed_in(LUCA);
    luca.get(&format!(
        "/api/operatore/pratiche?q={}",
        MARIO.codice_fiscale
    ))
    .expect(200);
    let take = format!("/api/operatore/pratiche/{id}/prendi-in-carico");
    luca.post(&take, &json!({})).expect(200);
    let token = mario.cookie("sessione").expect("a session");
    mario.send(&Call::post("/api/uscita")).expect(204);
    let provider = tests::Client::new(&system.world);
    let wish = json!({ "prossimo": { "esito": "firma_rotta", "persona": MARIO.codice_fiscale } });
    provider.post("/spid/prova", &wish).expect(200);
    mario.follow(
        &format!("/api/accesso?login_hint={}", MARIO.codice_fiscale),
        "/accesso-non-riuscito",
    );

    let log = system.log();
    assert!(
        log.contains("POST"),
        "the log is the one that is meant: {log}"
    );
    let mut never: Vec<String> = vec![
        id,
        token,
        "chiave-segreta".into(),
        "Via Roma".into(),
        "scritta.male".into(),
    ];
    never.extend(
        ["email", "cellulare"]
            .iter()
            .map(|field| answers[field].as_str().unwrap_or_default().to_owned()),
    );
    for person in PEOPLE {
        never.push(person.codice_fiscale.into());
        // Names of two letters stand in every text.
        never.extend(
            [person.nome, person.cognome]
                .iter()
                .filter(|name| name.len() > 3)
                .map(|name| (*name).to_owned()),
        );
    }
    let log = log.to_lowercase();
    for word in never {
        assert!(
            !log.contains(&word.to_lowercase()),
            "{word} stands in the log"
        );
    }
}

#[test]
fn the_public_part_answers_everybody() {
    let browser = System::shared().browser();
    assert_eq!(
        browser.get("/api/status").expect(200).json()["status"],
        "ok"
    );
    let document = browser.get("/api/openapi.json").expect(200).json();
    assert!(
        document["openapi"]
            .as_str()
            .is_some_and(|version| version.starts_with("3.1"))
    );
    let services = browser.get("/api/servizi").expect(200).json();
    let slugs: Vec<&Value> = services
        .as_array()
        .expect("a list")
        .iter()
        .map(|service| &service["slug"])
        .collect();
    assert!(slugs.contains(&&json!("did")), "{slugs:?}");
    assert_eq!(
        browser.get("/api/servizi/did").expect(200).json()["slug"],
        "did"
    );
}
