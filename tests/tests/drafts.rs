// SPDX-License-Identifier: EUPL-1.2
//! Drafts on the edge: a person goes on where they stopped, on another device too.

use serde_json::{Value, json};
use tests::{ADA, ALI, Call, Client, MARIA, MARIO, Reply, System, did, present};

const DRAFT: &str = "/api/bozze/did";

fn keep(client: &Client, answers: &Value, changed: i64) -> Reply {
    let draft = json!({ "versione": 1, "risposte": answers, "cambiata_il": changed });
    client.send(&Call::new("PUT", DRAFT).json(&draft))
}

#[test]
fn a_draft_follows_its_person_to_another_device_and_nobody_else() {
    let system = System::shared();
    let phone = system.signed_in(MARIO);
    phone.get(DRAFT).refused(404, "not_found");
    keep(
        &phone,
        &json!({ "scopo": "lavoro", "patenti": ["a", "b"] }),
        1_000,
    )
    .expect(204);
    let desk = system.signed_in(MARIO);
    let draft = desk.get(DRAFT).expect(200).json();
    assert_eq!(
        draft["risposte"],
        json!({ "scopo": "lavoro", "patenti": ["a", "b"] })
    );
    assert_eq!(
        (&draft["versione"], &draft["cambiata_il"]),
        (&json!(1), &json!(1_000))
    );
    system.signed_in(MARIA).get(DRAFT).refused(404, "not_found");
    // What was sent is no draft any more.
    present(&desk, &did(), "").expect(201);
    phone.get(DRAFT).refused(404, "not_found");
}

#[test]
fn an_older_draft_never_replaces_a_newer_one() {
    let ada = System::shared().signed_in(ADA);
    keep(&ada, &json!({ "email": "nuova@example.com" }), 2_000).expect(204);
    keep(&ada, &json!({ "email": "vecchia@example.com" }), 1_000).expect(204);
    assert_eq!(
        ada.get(DRAFT).expect(200).json()["risposte"]["email"],
        "nuova@example.com"
    );
    ada.send(&Call::new("DELETE", DRAFT)).expect(204);
    ada.get(DRAFT).refused(404, "not_found");
    ada.send(&Call::new("DELETE", DRAFT)).expect(204);
}

#[test]
fn a_draft_of_another_shape_is_refused() {
    let ali = System::shared().signed_in(ALI);
    for body in [
        json!([]),
        json!({}),
        json!({ "versione": -1, "risposte": {}, "cambiata_il": 1 }),
        json!({ "versione": 1, "risposte": [], "cambiata_il": 1 }),
    ] {
        ali.send(&Call::new("PUT", DRAFT).json(&body))
            .refused(400, "bad_request");
    }
    let sound = json!({ "versione": 1, "risposte": {}, "cambiata_il": 1 });
    ali.send(&Call::new("PUT", "/api/bozze/nessuno").json(&sound))
        .refused(404, "not_found");
    ali.get(DRAFT).refused(404, "not_found");
}
