// SPDX-License-Identifier: EUPL-1.2
//! What happens when the store does not do its part: it is full, it is locked, or time has passed in it.

use std::time::Instant;

use rusqlite::{Connection, ErrorCode};
use serde_json::{Value, json};
use tests::{ADA, ANNA, Call, Client, IOANA, LUCA, MARIO, Reply, System, did, did_of, present};

fn mine(client: &Client) -> usize {
    let all = client.get("/api/pratiche").expect(200).json();
    all.as_array().map_or(0, Vec::len)
}

#[track_caller]
fn asks_to_come_back(reply: Reply) {
    let reply = reply.refused(503, "unavailable");
    let wait: u32 = reply.header("retry-after").parse().expect("seconds");
    assert!((1..=60).contains(&wait), "{wait}");
    assert!(!reply.text().contains("database"), "{}", reply.text());
}

/// Uses up every page that the database has, and the room that is left inside the pages of requests.
fn fill_up(store: &Connection) {
    let least = store.pragma_update(None, "max_page_count", 1);
    least.expect("no page more than there is");
    let mut rows = 0;
    let mut until_full = |sql: &str, fill: &str| {
        let error = loop {
            match store.execute(sql, [fill]) {
                Ok(_) => rows += 1,
                Err(error) => break error,
            }
            assert!(rows < 1000, "the database goes on growing");
        };
        let code = error.sqlite_error_code();
        assert_eq!(code, Some(ErrorCode::DiskFull), "{error}");
    };
    // Rows of one page each, in a table whose index hardly grows: no page is left over.
    let pages = "INSERT INTO registro_accessi_identita VALUES (0, ?1, 2, 'x', 'x')";
    let page = "FILL".repeat(1000);
    until_full(pages, &page);
    let small = "INSERT INTO pratiche (id, servizio, versione, protocollo, codice_fiscale, identita, fornitore, stato, \
         risposte, impronta, presentata, termine, contatto_entro, osservazioni_entro, responsabile, ufficio, \
         identificativo_did) SELECT ?1 || hex(randomblob(9)), servizio, versione, hex(randomblob(9)), \
         ?1 || hex(randomblob(9)), '{}', fornitore, stato, '{}', '', presentata, termine, contatto_entro, NULL, \
         '', '', NULL FROM pratiche LIMIT 1";
    until_full(small, "FILL");
    until_full(pages, &page);
}

#[test]
fn on_a_full_disk_nothing_is_half_stored() {
    let system = System::start();
    let (mario, ada) = (system.signed_in(MARIO), system.signed_in(ADA));
    let token = |client: &Client| client.cookie("sessione").expect("a session");
    let (of_mario, of_ada) = (token(&mario), token(&ada));
    present(&mario, &did(), "prima").expect(201);

    // From here on the database has the pages that it has, and no more.
    let system = system.crash_and_restart_with(&["--database-pages", "1"]);
    let browser = system.browser();
    let send = |call: Call, token: &str| {
        browser.send(&call.header("cookie", &format!("sessione={token}")))
    };
    let store = Connection::open(system.database()).expect("the database");
    fill_up(&store);
    let body = json!({ "servizio": "did", "risposte": did_of(json!({ "residenza_indirizzo": "Via Po 2" })) });
    let call = || {
        Call::post("/api/pratiche")
            .json(&body)
            .header("idempotency-key", "di-ada")
    };
    asks_to_come_back(send(call(), &of_ada));
    let draft =
        json!({ "versione": 1, "risposte": { "note": "x".repeat(9000) }, "cambiata_il": 1 });
    let draft = Call::new("PUT", "/api/bozze/did").json(&draft);
    asks_to_come_back(send(draft, &of_mario));
    // Reading goes on, and shows nothing of it.
    let list = send(Call::get("/api/pratiche"), &of_ada).expect(200).json();
    assert_eq!(list, json!([]));
    let notices = send(Call::get("/api/avvisi"), &of_ada).expect(200).json();
    assert_eq!(notices, json!([]));

    store
        .execute_batch(
            "DELETE FROM registro_accessi_identita; DELETE FROM pratiche WHERE id LIKE 'FILL%'",
        )
        .expect("room");
    // With room again the same key is free, and no protocol number was lost.
    let system = system.crash_and_restart();
    let browser = system.browser();
    let call = call().header("cookie", &format!("sessione={of_ada}"));
    let answer = browser.send(&call).expect(201).json();
    let number = answer["protocollo"].as_str().unwrap_or_default();
    assert!(number.starts_with("0000002/"), "{number}");
    let counts = Connection::open(system.database()).expect("the database");
    let count = |table: &str| -> i64 {
        let sql = format!("SELECT count(*) FROM {table}");
        counts
            .query_row(&sql, [], |row| row.get(0))
            .expect("a count")
    };
    assert_eq!((count("pratiche"), count("eventi")), (2, 2));
}

#[test]
fn a_locked_database_is_waited_for_and_then_refused_with_nothing_stored() {
    let system = System::start();
    let mario = system.signed_in(MARIO);
    let other = Connection::open(system.database()).expect("the database");
    other.execute_batch("BEGIN IMMEDIATE").expect("a lock");

    let begin = Instant::now();
    asks_to_come_back(present(&mario, &did(), "chiave"));
    assert!(begin.elapsed().as_secs() < 20, "{:?}", begin.elapsed());
    // Readers wait for nobody.
    let begin = Instant::now();
    assert_eq!(mine(&mario), 0);
    mario.get("/api/me").expect(200);
    assert!(begin.elapsed().as_secs() < 3, "{:?}", begin.elapsed());

    other.execute_batch("ROLLBACK").expect("the lock is gone");
    present(&mario, &did(), "chiave").expect(201);
    assert_eq!(mine(&mario), 1);
}

#[test]
fn a_session_ends_after_a_quarter_of_an_hour_without_use_and_after_eight_hours_with_it() {
    let system = System::start();
    let store = Connection::open(system.database()).expect("the database");
    let pass = |column: &str, seconds: i64, person: &str| {
        let sql = format!("UPDATE sessioni SET {column} = {column} - ?1 WHERE codice_fiscale = ?2");
        let changed = store.execute(&sql, (seconds, person)).expect("time passes");
        assert_eq!(changed, 1);
    };
    let left =
        |client: &Client, name: &str| client.get("/api/me").expect(200).json()[name].as_i64();

    let mario = system.signed_in(MARIO);
    let idle = |seconds| pass("ultimo_uso", seconds, MARIO.codice_fiscale);
    idle(14 * 60);
    // Asking how much time is left is no use of the session; anything else is.
    assert!(left(&mario, "scade_tra").is_some_and(|left| (1..=60).contains(&left)));
    assert!(left(&mario, "scade_tra").is_some_and(|left| (1..=60).contains(&left)));
    mario.get("/api/pratiche").expect(200);
    assert!(left(&mario, "scade_tra").is_some_and(|left| left > 14 * 60));
    idle(14 * 60);
    mario.send(&Call::post("/api/sessione/rinnovo")).expect(200);
    assert!(left(&mario, "scade_tra").is_some_and(|left| left > 14 * 60));
    idle(15 * 60);
    mario.get("/api/me").refused(401, "signed_out");
    present(&mario, &did(), "").refused(401, "signed_out");
    mario
        .send(&Call::post("/api/sessione/rinnovo"))
        .refused(401, "signed_out");

    let ada = system.signed_in(ADA);
    let late = |seconds| pass("scade_comunque", seconds, ADA.codice_fiscale);
    late(8 * 3600 - 60);
    ada.send(&Call::post("/api/sessione/rinnovo")).expect(200);
    assert!(left(&ada, "scade_tra").is_some_and(|left| (1..=60).contains(&left)));
    late(60);
    ada.get("/api/me").refused(401, "signed_out");
    ada.send(&Call::post("/api/sessione/rinnovo"))
        .refused(401, "signed_out");
    // Whoever signs in again starts with a new session.
    ada.sign_in(ADA);
    assert!(left(&ada, "scade_comunque_tra").is_some_and(|left| left > 7 * 3600));
}

#[test]
fn the_first_answer_comes_again_byte_for_byte_whatever_has_happened_since() {
    let system = System::start();
    let ioana = system.signed_in(IOANA);
    let answers = did_of(json!({ "cittadinanza": "Z129" }));
    let first = present(&ioana, &answers, "una").expect(201);
    let id = first.json()["id"].as_str().expect("an id").to_owned();
    let luca = system.signed_in(LUCA);
    let take = format!("/api/operatore/pratiche/{id}/prendi-in-carico");
    luca.post(&take, &json!({})).expect(200);

    let again = present(&ioana, &answers, "una").expect(201);
    assert_eq!(again.body, first.body);
    assert_eq!(again.header("location"), first.header("location"));
    assert_eq!(again.header("content-type"), first.header("content-type"));
    let now = ioana.get(&format!("/api/pratiche/{id}")).expect(200).json();
    assert_ne!(now["stato"], first.json()["stato"]);
    // A key is a person's own: another one's stands for another request.
    let anna = system.signed_in(ANNA);
    let hers = present(&anna, &answers, "una").json();
    assert_ne!(hers["code"], "key_reused");
    assert_ne!(hers["id"], first.json()["id"]);

    // The answer survives a power cut, is sealed in the store, and is forgotten after a day.
    let token = ioana.cookie("sessione").expect("a session");
    let system = system.crash_and_restart();
    let call = Call::post("/api/pratiche")
        .json(&json!({ "servizio": "did", "risposte": answers }))
        .header("idempotency-key", "una")
        .header("cookie", &format!("sessione={token}"));
    let browser = system.browser();
    assert_eq!(browser.send(&call).expect(201).body, first.body);
    let store = Connection::open(system.database()).expect("the database");
    let kept: Vec<u8> = store
        .query_row(
            "SELECT corpo FROM risposte_date WHERE codice_fiscale = ?1",
            [IOANA.codice_fiscale],
            |row| row.get(0),
        )
        .expect("an answer");
    assert!(!kept.windows(8).any(|part| part == b"Popescu\""));
    let text: Value = first.json();
    assert!(text["risposte"].is_object());
    store
        .execute("UPDATE risposte_date SET quando = quando - 86400", [])
        .expect("a day passes");
    browser.send(&call).refused(409, "did_presente");
}
