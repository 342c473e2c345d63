// SPDX-License-Identifier: EUPL-1.2
//! The desk of the Centro per l'impiego: a request from hand to hand, with reasons, and everything written down.

use serde_json::{Value, json};
use tests::{
    ADA, ALI, ANNA, Client, IOANA, LUCA, MARIA, MARIO, MARIO_BIS, Persona, Reply, System, did,
    did_of, eventually, present,
};

/// A citizen with a DID that has just been presented.
#[track_caller]
fn citizen(persona: Persona) -> (Client, String) {
    let client = System::shared().signed_in(persona);
    let answer = present(&client, &did(), "").expect(201).json();
    (client, answer["id"].as_str().expect("an id").to_owned())
}

fn luca() -> Client {
    System::shared().signed_in(LUCA)
}

fn act(client: &Client, id: &str, action: &str, body: &Value) -> Reply {
    client.post(&format!("/api/operatore/pratiche/{id}/{action}"), body)
}

fn because(reason: &str) -> Value {
    json!({ "motivo": reason })
}

#[track_caller]
fn state(reply: Reply, wanted: &str) -> Value {
    let answer = reply.expect(200).json();
    assert_eq!(answer["stato"], wanted);
    answer
}

fn ids(queue: &Value) -> Vec<String> {
    let rows = queue.as_array().expect("a list");
    rows.iter()
        .map(|row| row["id"].as_str().expect("an id").to_owned())
        .collect()
}

#[test]
fn a_request_goes_through_integration_notice_and_observations_to_a_refusal() {
    let (mario, id) = citizen(MARIO);
    let luca = luca();
    let own = format!("/api/pratiche/{id}");
    let answer = |text: &str| mario.post(&format!("{own}/integrazione"), &because(text));

    // Nothing is refused or granted before somebody has taken charge.
    for action in ["accogli", "respingi", "preavviso", "richiedi-integrazione"] {
        act(&luca, &id, action, &because("Un motivo abbastanza lungo"))
            .refused(409, "not_permitted");
    }
    state(act(&luca, &id, "prendi-in-carico", &json!({})), "in_carico");
    let refusal = act(&luca, &id, "richiedi-integrazione", &json!({})).refused(422, "refused");
    assert_eq!(
        refusal.fields(),
        [("motivo".to_owned(), "missing".to_owned())]
    );
    act(&luca, &id, "richiedi-integrazione", &because("   ")).refused(422, "refused");
    answer("Non me l'avete chiesto").refused(409, "not_permitted");
    state(
        act(
            &luca,
            &id,
            "richiedi-integrazione",
            &because("Manca la copia del contratto."),
        ),
        "integrazione_richiesta",
    );
    let seen = mario.get(&own).expect(200).json();
    assert_eq!(seen["azioni"], json!(["integrazione", "ritiro"]));
    mario
        .post(&format!("{own}/integrazione"), &json!({}))
        .refused(422, "refused");
    state(answer("Ecco la copia del contratto."), "integrata");

    act(&luca, &id, "preavviso", &json!({})).refused(422, "refused");
    let notice = state(
        act(
            &luca,
            &id,
            "preavviso",
            &because("Il reddito supera il limite."),
        ),
        "preavviso_rigetto",
    );
    assert!(
        notice["osservazioni_entro"]
            .as_str()
            .is_some_and(|day| day.len() == 10)
    );
    // The ten days belong to the citizen (art. 10-bis L. 241/1990).
    act(
        &luca,
        &id,
        "respingi",
        &because("Il reddito supera il limite."),
    )
    .refused(409, "observations_open");
    state(answer("Il mio reddito è più basso."), "osservazioni");
    act(&luca, &id, "respingi", &json!({})).refused(422, "refused");
    state(
        act(
            &luca,
            &id,
            "respingi",
            &because("Il reddito supera comunque il limite."),
        ),
        "respinta",
    );
    for action in ["accogli", "prendi-in-carico", "respingi"] {
        act(&luca, &id, action, &because("Un motivo abbastanza lungo"))
            .refused(409, "not_permitted");
    }

    let history = mario.get(&own).expect(200).json();
    let steps: Vec<&str> = history["eventi"]
        .as_array()
        .expect("events")
        .iter()
        .map(|event| event["stato"].as_str().expect("a state"))
        .collect();
    assert_eq!(
        steps,
        [
            "protocollata",
            "in_carico",
            "integrazione_richiesta",
            "integrata",
            "preavviso_rigetto",
            "osservazioni",
            "respinta"
        ]
    );
    assert_eq!(
        history["eventi"][2]["motivo"],
        "Manca la copia del contratto."
    );
    assert!(
        history["eventi"][6]["chi"]
            .as_str()
            .is_some_and(|who| who.contains(LUCA.cognome))
    );
    assert_eq!(history["azioni"], json!([]));
    // Every step of the office has told the citizen.
    let notices = mario.get("/api/avvisi").expect(200).json();
    assert!(
        notices.as_array().is_some_and(|all| all.len() >= 5),
        "{notices}"
    );
    // After a refusal the way is free for another DID.
    present(&mario, &did(), "").expect(201);
}

#[test]
fn two_operators_never_overwrite_each_other() {
    let (ada, id) = citizen(ADA);
    let (luca, anna) = (luca(), System::shared().signed_in(ANNA));
    state(
        act(
            &luca,
            &id,
            "prendi-in-carico",
            &json!({ "stato_visto": "protocollata" }),
        ),
        "in_carico",
    );
    let read = || ada.get(&format!("/api/pratiche/{id}")).expect(200).json();
    // What the national node has to say comes when it comes.
    eventually("the identifier of the national node", || {
        read()["identificativo_did"].is_string()
    });
    let before = read();
    // Anna's page still shows what it was a minute ago.
    act(
        &anna,
        &id,
        "prendi-in-carico",
        &json!({ "stato_visto": "protocollata" }),
    )
    .refused(409, "moved_on");
    act(
        &anna,
        &id,
        "accogli",
        &json!({ "stato_visto": "protocollata" }),
    )
    .refused(409, "moved_on");
    assert_eq!(read(), before);
    state(
        act(
            &anna,
            &id,
            "accogli",
            &json!({ "stato_visto": "in_carico" }),
        ),
        "accolta",
    );
    ada.post(&format!("/api/pratiche/{id}/ritiro"), &json!({}))
        .refused(409, "not_permitted");
}

#[test]
fn of_many_operators_at_once_one_takes_charge() {
    let (citizen, id) = citizen(MARIO_BIS);
    let desks: Vec<Client> = [LUCA, ANNA, LUCA, ANNA]
        .map(|who| System::shared().signed_in(who))
        .into();
    let statuses: Vec<u16> = std::thread::scope(|scope| {
        let take = |desk| act(desk, &id, "prendi-in-carico", &json!({})).status;
        let sent: Vec<_> = desks
            .iter()
            .map(|desk| scope.spawn(move || take(desk)))
            .collect();
        sent.into_iter()
            .map(|thread| thread.join().expect("a status"))
            .collect()
    });
    assert_eq!(
        statuses.iter().filter(|status| **status == 200).count(),
        1,
        "{statuses:?}"
    );
    assert_eq!(
        statuses.iter().filter(|status| **status == 409).count(),
        3,
        "{statuses:?}"
    );
    let events = citizen
        .get(&format!("/api/pratiche/{id}"))
        .expect(200)
        .json()["eventi"]
        .as_array()
        .map(Vec::len);
    assert_eq!(events, Some(2));
}

#[test]
fn the_queue_shows_what_the_office_has_and_what_is_asked_for() {
    let (_ioana, id) = citizen(IOANA);
    let luca = luca();
    let queue = |filter: &str| {
        luca.get(&format!("/api/operatore/pratiche{filter}"))
            .expect(200)
            .json()
    };
    let all = queue("");
    let row = all
        .as_array()
        .and_then(|rows| rows.iter().find(|row| row["id"] == id.as_str()))
        .expect("the request");
    assert_eq!(row["cittadino"]["codice_fiscale"], IOANA.codice_fiscale);
    assert!(row.get("risposte").is_none(), "a list holds no answers");
    let protocol = row["protocollo"].as_str().expect("a protocol");
    for filter in [
        "?stato=protocollata&servizio=did".to_owned(),
        "?servizio=did".to_owned(),
        format!("?q={}", IOANA.codice_fiscale),
        "?q=popescu".to_owned(),
        format!("?q={}", protocol.replace('/', "%2F")),
    ] {
        assert!(ids(&queue(&filter)).contains(&id), "{filter}");
    }
    for filter in [
        "?stato=accolta",
        "?servizio=altro",
        "?q=NESSUNO",
        "?q=%27%20OR%201%3D1",
    ] {
        assert!(!ids(&queue(filter)).contains(&id), "{filter}");
    }
    let accepted = queue("?stato=accolta");
    assert!(
        accepted
            .as_array()
            .expect("a list")
            .iter()
            .all(|row| row["stato"] == "accolta")
    );
    let fields = |filter: &str| {
        luca.get(&format!("/api/operatore/pratiche{filter}"))
            .refused(422, "refused")
            .fields()
    };
    let unknown = |field: &str| (field.to_owned(), "unknown_code".to_owned());
    assert_eq!(fields("?stato=persa"), [unknown("stato")]);
    for wrong in ["forse", "true", "SI", "1", "%27%20OR%201%3D1"] {
        let filter = format!("?rifiuto_nodo={wrong}");
        assert_eq!(fields(&filter), [unknown("rifiuto_nodo")], "{wrong}");
    }
    assert_eq!(
        fields("?stato=persa&rifiuto_nodo=forse"),
        [unknown("stato"), unknown("rifiuto_nodo")]
    );
    // An empty filter is none.
    assert!(ids(&queue("?rifiuto_nodo=&stato=&servizio=&q=")).contains(&id));
}

#[test]
fn every_look_of_the_desk_stands_in_the_register_of_the_citizen() {
    let system = System::shared();
    let maria = system.signed_in(MARIA);
    let answers = did_of(json!({ "condizione": "dipendente", "reddito_prospettico": "7200.00" }));
    let id = present(&maria, &answers, "").expect(201).json()["id"]
        .as_str()
        .expect("an id")
        .to_owned();
    let count = || {
        maria
            .get("/api/accessi")
            .expect(200)
            .json()
            .as_array()
            .map_or(0, Vec::len)
    };
    assert_eq!(count(), 0);
    let anna = system.signed_in(ANNA);
    let desk = format!("/api/operatore/pratiche/{id}");
    let seen = anna.get(&desk).expect(200).json();
    assert_eq!(seen["cittadino"]["codice_fiscale"], MARIA.codice_fiscale);
    assert_eq!(seen["risposte"]["reddito_prospettico"], "7200.00");
    assert_eq!(count(), 1);
    assert!(
        anna.get(&format!("{desk}/documento.pdf"))
            .expect(200)
            .body
            .starts_with(b"%PDF-")
    );
    assert_eq!(count(), 2);
    act(&anna, &id, "prendi-in-carico", &json!({})).expect(200);
    assert_eq!(count(), 3);
    for look in maria.get("/api/accessi").json().as_array().expect("a list") {
        assert!(
            look["chi"]
                .as_str()
                .is_some_and(|who| who.contains(ANNA.cognome)),
            "{look}"
        );
        assert!(
            look["quando"].as_str().is_some_and(|when| when.len() >= 25),
            "{look}"
        );
        assert!(
            look["cosa"].as_str().is_some_and(|what| !what.is_empty()),
            "{look}"
        );
    }
    // What concerns one citizen is shown to no other.
    let other = system.signed_in(tests::PAOLO);
    assert_eq!(other.get("/api/accessi").expect(200).json(), json!([]));
}

#[test]
fn a_citizen_has_no_desk() {
    let system = System::shared();
    let (ali, id) = {
        let ali = system.signed_in(ALI);
        let answers = did_of(json!({
            "cittadinanza": "Z243", "presenza_italia": "da_5_a_10", "titolo_soggiorno": "lungo_periodo",
            "numero_titolo_soggiorno": "I12345678", "residenza_comune": "G337", "residenza_cap": "43121",
        }));
        let id = present(&ali, &answers, "").expect(201).json()["id"]
            .as_str()
            .expect("an id")
            .to_owned();
        (ali, id)
    };
    let desk = format!("/api/operatore/pratiche/{id}");
    for target in [
        "/api/operatore/pratiche",
        &desk,
        &format!("{desk}/documento.pdf"),
    ] {
        ali.get(target).refused(403, "forbidden");
    }
    for action in [
        "prendi-in-carico",
        "richiedi-integrazione",
        "preavviso",
        "accogli",
        "respingi",
        "altro",
    ] {
        act(&ali, &id, action, &because("Me la accolgo da solo")).refused(403, "forbidden");
    }
    // Parma's request is not the business of the desk in Bologna.
    let luca = luca();
    luca.get(&desk).refused(404, "not_found");
    luca.get(&format!("{desk}/documento.pdf"))
        .refused(404, "not_found");
    act(&luca, &id, "prendi-in-carico", &json!({})).refused(404, "not_found");
    assert!(!ids(&luca.get("/api/operatore/pratiche").json()).contains(&id));
    // A register of looks holds only looks.
    assert_eq!(ali.get("/api/accessi").expect(200).json(), json!([]));
}

#[test]
fn nobody_decides_on_an_own_request() {
    let system = System::shared();
    let anna = system.signed_in(ANNA);
    let answers = did_of(json!({ "condizione": "dipendente", "reddito_prospettico": "5000" }));
    let own = present(&anna, &answers, "").expect(201).json();
    let id = own["id"].as_str().expect("an id");
    for action in ["prendi-in-carico", "accogli"] {
        act(&anna, id, action, &json!({})).refused(403, "forbidden");
    }
    state(
        act(&luca(), id, "prendi-in-carico", &json!({})),
        "in_carico",
    );
}

#[test]
fn a_reason_is_text_of_a_length_that_people_read() {
    let (chiara, id) = {
        let chiara = System::shared().signed_in(tests::CHIARA);
        let answers = did_of(json!({ "condizione": "dipendente", "reddito_prospettico": "8000" }));
        let id = present(&chiara, &answers, "").expect(201).json()["id"]
            .as_str()
            .expect("an id")
            .to_owned();
        (chiara, id)
    };
    let luca = luca();
    state(act(&luca, &id, "prendi-in-carico", &json!({})), "in_carico");
    let code = |reason: &str| {
        act(&luca, &id, "richiedi-integrazione", &because(reason))
            .refused(422, "refused")
            .fields()
    };
    assert_eq!(
        code(&"x".repeat(2001)),
        [("motivo".to_owned(), "too_long".to_owned())]
    );
    assert_eq!(
        code("Manca il\u{0} contratto."),
        [("motivo".to_owned(), "characters".to_owned())]
    );
    assert_eq!(
        code("Manca il \u{202e}contratto."),
        [("motivo".to_owned(), "characters".to_owned())]
    );
    // Line breaks and signs of every alphabet are text.
    let reason = "Manca il contratto:\n– la prima pagina;\n– la firma <di chi?> ß Ж.";
    state(
        act(&luca, &id, "richiedi-integrazione", &because(reason)),
        "integrazione_richiesta",
    );
    assert_eq!(
        chiara
            .get(&format!("/api/pratiche/{id}"))
            .expect(200)
            .json()["eventi"][2]["motivo"],
        reason
    );
}

#[test]
fn what_the_desk_cannot_do_is_not_found_or_not_understood() {
    let luca = luca();
    act(&luca, "nessuna", "prendi-in-carico", &json!({})).refused(404, "not_found");
    act(&luca, "nessuna", "cancella", &json!({})).refused(404, "not_found");
    luca.get("/api/operatore/pratiche/nessuna")
        .refused(404, "not_found");
    act(&luca, "nessuna", "accogli", &json!({ "motivo": 7 })).refused(400, "bad_request");
    act(&luca, "nessuna", "accogli", &json!({ "altro": "x" })).refused(400, "bad_request");
}
