// SPDX-License-Identifier: EUPL-1.2
//! CVs and letters that a person keeps: theirs alone, never overwritten unseen, valid for twelve months, gone when thrown
//! away.

use rusqlite::Connection;
use serde_json::{Value, json};
use tests::{
    ADA, ALI, CHIARA, Call, Client, ELENA, GIANFRANCO, IOANA, MARIA, MARIO, PAOLO, Reply, System,
};

const DAY: i64 = 24 * 3600;

fn cv(name: &str) -> Value {
    json!({ "basics": { "name": name }, "x_desired": [{ "name": "Cuoca" }] })
}

fn put(client: &Client, path: &str, doc: &Value, condition: (&str, &str)) -> Reply {
    client.send(
        &Call::new("PUT", path)
            .json(doc)
            .header(condition.0, condition.1),
    )
}

const NEW: (&str, &str) = ("if-none-match", "*");

/// Keeps a new document and gives its version.
#[track_caller]
fn add(client: &Client, path: &str, doc: &Value) -> String {
    let reply = put(client, path, doc, NEW).expect(201);
    assert_eq!(reply.header("location"), path);
    reply.header("etag").to_owned()
}

fn confirm(client: &Client, path: &str, tag: &str) -> Reply {
    client.send(&Call::post(&format!("{path}/conferma")).header("if-match", tag))
}

fn drop(client: &Client, path: &str) -> Reply {
    client.send(&Call::new("DELETE", path))
}

#[test]
fn a_cv_follows_its_person_to_another_device_and_nobody_else() {
    let system = System::shared();
    let phone = system.signed_in(MARIO);
    let tag = add(&phone, "/api/cv/uno", &cv("Mario"));
    let desk = system.signed_in(MARIO);
    let read = desk.get("/api/cv/uno").expect(200);
    assert_eq!((read.json(), read.header("etag")), (cv("Mario"), &*tag));
    assert_eq!(read.header("cache-control"), "no-store");
    let list = desk.get("/api/cv").expect(200);
    let one = list.json()[0].clone();
    assert_eq!(one["id"], "uno");
    assert_eq!(
        (&one["titolo"], &one["lingua"]),
        (&json!("Mario"), &json!("it"))
    );
    assert_eq!(
        (&one["stato"], &one["etag"]),
        (&json!("valido"), &json!(tag))
    );
    for (path, tag) in [("/api/cv/uno", &*tag), ("/api/cv", list.header("etag"))] {
        let again = desk.send(&Call::get(path).header("if-none-match", tag));
        assert!(again.expect(304).body.is_empty());
    }

    // The same id in other hands is another document, and none as long as nobody wrote it.
    let maria = system.signed_in(MARIA);
    maria.get("/api/cv/uno").refused(404, "not_found");
    drop(&maria, "/api/cv/uno").refused(404, "not_found");
    confirm(&maria, "/api/cv/uno", &tag).refused(404, "not_found");
    put(&maria, "/api/cv/uno", &cv("Maria"), ("if-match", &tag))
        .refused(412, "precondition_failed");
    add(&maria, "/api/cv/uno", &cv("Maria"));
    assert_eq!(phone.get("/api/cv/uno").expect(200).json(), cv("Mario"));
    assert_eq!(
        maria
            .get("/api/cv")
            .expect(200)
            .json()
            .as_array()
            .map(Vec::len),
        Some(1)
    );
}

#[test]
fn nobody_overwrites_what_they_have_not_seen() {
    let client = System::shared().signed_in(ADA);
    let path = "/api/cv/due";
    client
        .send(&Call::new("PUT", path).json(&cv("Ada")))
        .refused(428, "precondition_required");
    let first = add(&client, path, &cv("Ada"));
    let second = put(&client, path, &cv("Ada Fo"), ("if-match", &first)).expect(200);
    let second = second.header("etag").to_owned();
    assert_ne!(first, second);

    for condition in [("if-match", &*first), NEW] {
        let late = put(&client, path, &cv("Altra"), condition).refused(412, "precondition_failed");
        assert_eq!(late.header("content-type"), "application/problem+json");
        assert_eq!(late.header("etag"), second);
        let there = late.json()["presente"].clone();
        assert_eq!(
            (&there["documento"], &there["etag"]),
            (&cv("Ada Fo"), &json!(second))
        );
        assert!(there["cambiato_il"].is_string());
    }
    assert_eq!(client.get(path).expect(200).json(), cv("Ada Fo"));
    // An answer that was lost on the way is given once more.
    put(&client, path, &cv("Ada Fo"), ("if-match", &first)).expect(200);
    put(&client, path, &cv("Ada Fo"), NEW).expect(200);

    let seen = Call::new("DELETE", path).header("if-match", &first);
    client.send(&seen).refused(412, "precondition_failed");
    client
        .send(&Call::new("DELETE", path).header("if-match", &second))
        .expect(204);
    // What another device has thrown away is not brought back unseen, and there is no version to show.
    let gone =
        put(&client, path, &cv("Ada"), ("if-match", &second)).refused(412, "precondition_failed");
    assert!(gone.json().get("presente").is_none() && gone.header("etag").is_empty());
}

#[test]
fn who_keeps_one_cv_only_keeps_it_at_the_address_of_the_list() {
    let client = System::shared().signed_in(IOANA);
    let first = put(&client, "/api/cv", &cv("Ioana"), NEW).expect(201);
    assert_eq!(first.header("location"), "/api/cv/principale");
    let list = client.get("/api/cv").expect(200);
    assert_eq!(list.header("etag"), first.header("etag"));
    let changed = ("if-match", first.header("etag"));
    put(&client, "/api/cv", &cv("Ioana Popescu"), changed).expect(200);
    assert_eq!(
        client.get("/api/cv/principale").expect(200).json(),
        cv("Ioana Popescu")
    );
    put(&client, "/api/cv", &cv("Altra"), changed).refused(412, "precondition_failed");
    put(&client, "/api/cv", &cv("Altra"), NEW).refused(412, "precondition_failed");
    client
        .send(&Call::new("PUT", "/api/cv").json(&cv("Altra")))
        .refused(428, "precondition_required");
    let letter = json!({ "subject": "Candidatura", "paragraphs": [] });
    put(&client, "/api/lettere", &letter, NEW).expect(201);
    let letters = client.get("/api/lettere").expect(200).json();
    assert_eq!(letters[0]["titolo"], "Candidatura");
    assert!(letters[0].get("stato").is_none() && letters[0].get("valido_fino").is_none());
}

#[test]
fn the_twenty_first_has_no_place_until_one_is_thrown_away() {
    let client = System::shared().signed_in(ALI);
    for n in 0..20 {
        add(
            &client,
            &format!("/api/lettere/{n}"),
            &json!({ "x_title": n.to_string() }),
        );
    }
    let more = json!({ "x_title": "di troppo" });
    put(&client, "/api/lettere/20", &more, NEW).refused(409, "too_many_kept");
    // CVs have twenty places of their own, and what is there can still be changed.
    add(&client, "/api/cv/20", &cv("Ali"));
    let tag = client.get("/api/lettere/3").expect(200);
    put(
        &client,
        "/api/lettere/3",
        &more,
        ("if-match", tag.header("etag")),
    )
    .expect(200);
    drop(&client, "/api/lettere/0").expect(204);
    put(&client, "/api/lettere/20", &more, NEW).expect(201);
}

#[test]
fn what_is_not_sound_is_refused_at_its_field_and_changes_nothing() {
    let client = System::shared().signed_in(ELENA);
    let path = "/api/cv/tre";
    let tag = add(&client, path, &cv("Elena"));
    let bomb = "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAA6mAAAOpgCAIAAAAAAAAA";
    let items: Vec<Value> = (0..10_000).map(|_| json!({ "position": "x" })).collect();
    for (doc, field, code) in [
        (
            json!({ "basics": { "email": "elena" } }),
            "basics.email",
            "email",
        ),
        (
            json!({ "basics": { "name": "\u{202e}anelE" } }),
            "basics.name",
            "characters",
        ),
        (
            json!({ "basics": { "x_photo": bomb } }),
            "basics.x_photo",
            "image",
        ),
        (json!({ "work": items }), "work", "too_many"),
        (
            json!({ "basics": { "summary": "a".repeat(900_000) } }),
            "basics.summary",
            "too_long",
        ),
        (json!([]), "", "wrong_type"),
    ] {
        let reply = put(&client, path, &doc, ("if-match", &tag)).refused(422, "refused");
        let error = reply.json()["errors"][0].clone();
        assert_eq!(
            (&error["field"], &error["code"]),
            (&json!(field), &json!(code))
        );
    }
    let raw = |kind: &str, body: Vec<u8>| {
        let call = Call::new("PUT", path).body(kind, body);
        client.send(&call.header("if-match", &tag))
    };
    raw("text/plain", b"{}".to_vec()).refused(415, "media_type");
    raw("application/json", b"{".to_vec()).refused(400, "bad_request");
    raw("application/json", "[".repeat(100_000).into_bytes()).refused(400, "bad_request");
    raw("application/json", vec![b' '; (1 << 20) + 1]).refused(413, "too_large");
    for id in ["a%20b", &"x".repeat(41)] {
        put(&client, &format!("/api/cv/{id}"), &cv("x"), NEW).refused(400, "bad_request");
    }
    put(&client, path, &cv("x"), ("if-match", "senza virgolette")).refused(400, "bad_request");
    let foreign = Call::new("PUT", path)
        .json(&cv("x"))
        .header("if-match", &tag);
    let foreign = foreign.header("origin", "https://altro.example");
    client.send(&foreign).refused(403, "cross_site");
    assert_eq!(client.get(path).expect(200).header("etag"), tag);
    assert_eq!(client.get("/api/cv/pdf").status, 405);

    // A draft may have gaps, and letters that no typeface has.
    add(
        &client,
        "/api/cv/vuoto",
        &json!({ "basics": { "name": "محمد" } }),
    );
    let error = json!({ "sender": { "email": "elena" } });
    put(&client, "/api/lettere/x", &error, NEW).refused(422, "refused");
}

#[test]
fn what_is_kept_is_sealed_and_what_is_thrown_away_is_gone() {
    let system = System::start();
    let client = system.signed_in(CHIARA);
    let letter =
        json!({ "kind": "protected", "x_title": "SEGRETO", "paragraphs": ["Invalidità SEGRETA"] });
    add(&client, "/api/lettere/una", &letter);
    add(&client, "/api/cv/una", &cv("SEGRETO"));
    let store = Connection::open(system.database()).expect("the database");
    let dump = || -> Vec<u8> {
        let sql = "SELECT id || versione || scade || coalesce(ricordato, ''), testata, sigillato FROM curricula";
        let mut query = store.prepare(sql).expect("the table");
        let rows = query.query_map([], |row| {
            let text: String = row.get(0)?;
            Ok([text.into_bytes(), row.get(1)?, row.get(2)?].concat())
        });
        rows.expect("rows")
            .flat_map(|row| row.expect("a row"))
            .collect()
    };
    let stored = dump();
    assert!(!stored.is_empty());
    let clear = String::from_utf8_lossy(&stored);
    for word in ["SEGRET", "protected", "paragraphs"] {
        assert!(!clear.contains(word), "{word}");
    }
    // A row that is given to somebody else opens for nobody.
    let stolen = format!(
        "UPDATE curricula SET codice_fiscale = '{}' WHERE tipo = 'cv'",
        PAOLO.codice_fiscale
    );
    store.execute(&stolen, []).expect("a theft");
    assert_eq!(system.signed_in(PAOLO).get("/api/cv/una").status, 503);
    let back = format!(
        "UPDATE curricula SET codice_fiscale = '{}'",
        CHIARA.codice_fiscale
    );
    store.execute(&back, []).expect("given back");

    drop(&client, "/api/cv/una").expect(204);
    drop(&client, "/api/lettere/una").expect(204);
    assert!(dump().is_empty());
    drop(&client, "/api/cv/una").refused(404, "not_found");
    assert!(!system.log().contains("SEGRET"));
}

#[test]
fn a_cv_is_valid_for_twelve_months_and_its_person_is_reminded_once() {
    let system = System::start();
    let client = system.signed_in(PAOLO);
    let state = |client: &Client, id: &str| {
        let list = client.get("/api/cv").expect(200).json();
        let all = list.as_array().expect("a list").clone();
        all.into_iter().find(|one| one["id"] == id).expect("there")["stato"].clone()
    };
    let draft = json!({ "basics": { "name": "Paolo" } });
    let tag = add(&client, "/api/cv/bozza", &draft);
    assert_eq!(state(&client, "bozza"), "bozza");
    confirm(&client, "/api/cv/bozza", &tag).refused(409, "cv_incomplete");
    let tag = add(&client, "/api/cv/buono", &cv("Paolo"));
    assert_eq!(state(&client, "buono"), "valido");
    let letter = json!({ "paragraphs": ["x"] });
    add(&client, "/api/lettere/una", &letter);

    // A year has 365 or 366 days: well before, well inside and well after the thirty days.
    system.set_clock(320 * DAY);
    assert_eq!(system.run_job()["cv_in_scadenza"], 0);
    system.set_clock(350 * DAY);
    assert_eq!(system.run_job()["cv_in_scadenza"], 1);
    assert_eq!(system.run_job()["cv_in_scadenza"], 0);
    let client = system.signed_in(PAOLO);
    let notices = client.get("/api/avvisi").expect(200).json();
    assert_eq!(notices.as_array().map(Vec::len), Some(1));
    assert_eq!(notices[0]["oggetto"], "Il tuo CV sta per scadere");
    let asked = |client: &Client| -> Vec<Value> {
        let list = client.get("/api/cv").expect(200).json();
        let all = list.as_array().expect("a list").iter();
        all.filter(|one| one["da_confermare"] == true)
            .map(|one| one["id"].clone())
            .collect()
    };
    assert_eq!(asked(&client), ["buono"]);
    assert!(!notices[0].to_string().contains("Paolo"));
    assert_eq!(state(&client, "buono"), "valido");

    system.set_clock(380 * DAY);
    let client = system.signed_in(PAOLO);
    assert_eq!(state(&client, "buono"), "scaduto");
    assert_eq!(state(&client, "bozza"), "bozza");
    client
        .send(&Call::post("/api/cv/buono/conferma"))
        .refused(428, "precondition_required");
    confirm(&client, "/api/cv/buono", "\"altra\"").refused(412, "precondition_failed");
    let confirmed = confirm(&client, "/api/cv/buono", &tag).expect(200);
    assert_eq!(confirmed.json()["stato"], "valido");
    assert!(asked(&client).is_empty());
    // Confirming changes nothing of what it says.
    assert_eq!(confirmed.header("etag"), tag);
    assert_eq!(client.get("/api/cv/buono").expect(200).json(), cv("Paolo"));

    // The next term has its own reminder, and a change begins a new one.
    system.set_clock((380 + 350) * DAY);
    assert_eq!(system.run_job()["cv_in_scadenza"], 1);
    let client = system.signed_in(PAOLO);
    put(
        &client,
        "/api/cv/buono",
        &cv("Paolo Ferrari"),
        ("if-match", &tag),
    )
    .expect(200);
    assert_eq!(system.run_job()["cv_in_scadenza"], 0);
    system.set_clock((380 + 400) * DAY);
    let client = system.signed_in(PAOLO);
    assert_eq!(state(&client, "buono"), "valido");
    system.set_clock(0);
}

#[test]
fn the_cv_of_who_is_enrolled_under_article_1_of_law_68_never_expires_and_nothing_tells_why() {
    let system = System::start();
    let (exempt, other) = (system.signed_in(GIANFRANCO), system.signed_in(PAOLO));
    let tag = add(&exempt, "/api/cv/uno", &cv("Gianfranco"));
    add(&other, "/api/cv/uno", &cv("Paolo"));
    let facts = exempt.get("/api/servizi/did/fatti").expect(200);
    assert!(!facts.text().contains("collocamento"));
    for year in 1..=3 {
        system.set_clock(year * 350 * DAY);
        // Only the other is reminded, and in the first year only: afterwards that CV has expired.
        assert_eq!(system.run_job()["cv_in_scadenza"], i64::from(year == 1));
        let exempt = system.signed_in(GIANFRANCO);
        let list = exempt.get("/api/cv").expect(200).json();
        assert_eq!(list[0]["stato"], "valido");
        assert_eq!(
            (&list[0]["etag"], &list[0]["da_confermare"]),
            (&json!(tag), &json!(false))
        );
        assert_eq!(exempt.get("/api/avvisi").expect(200).json(), json!([]));
    }
    let list = system.signed_in(PAOLO).get("/api/cv").expect(200).json();
    assert_eq!(list[0]["stato"], "scaduto");
    system.set_clock(0);
}
