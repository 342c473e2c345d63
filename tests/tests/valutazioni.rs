// SPDX-License-Identifier: EUPL-1.2
//! How easy people found a service: counted once, without a name, and never with the wrong reasons.

use serde_json::{Value, json};
use tests::{ADA, Call, Client, MARIO, Reply, System};

const RATINGS: &str = "/api/valutazioni";

fn rate(client: &Client, body: &Value, key: &str) -> Reply {
    client.send(
        &Call::post(RATINGS)
            .json(body)
            .header("idempotency-key", key),
    )
}

#[test]
fn an_opinion_is_counted_once_and_for_everybody_to_see() {
    let system = System::start();
    let (ada, mario) = (system.signed_in(ADA), system.signed_in(MARIO));
    let happy =
        json!({ "servizio": "did", "stelle": 5, "motivi": ["chiare"], "testo": "Tutto bene" });
    let reply = rate(&ada, &happy, "k").expect(201);
    assert_eq!(reply.header("location"), "/api/valutazioni/did");
    rate(&ada, &happy, "k").expect(201);
    rate(&ada, &json!({ "servizio": "did", "stelle": 1 }), "k").refused(422, "key_reused");
    // Two people may use the same key.
    let hard = json!({ "servizio": "did", "stelle": 2, "motivi": ["problemi_tecnici"] });
    rate(&mario, &hard, "k").expect(201);
    let counted = system.browser().get("/api/valutazioni/did").expect(200);
    assert_eq!(
        counted.json(),
        json!({ "servizio": "did", "totale": 2, "stelle": [0, 1, 0, 0, 1],
                "motivi": [["chiare", 1], ["problemi_tecnici", 1]] })
    );
    assert!(!counted.text().contains("Tutto bene"));
}

#[test]
fn what_is_no_opinion_is_refused_by_field() {
    let ada = System::shared().signed_in(ADA);
    for (body, field, code) in [
        (
            json!({ "servizio": "nessuno", "stelle": 3 }),
            "servizio",
            "unknown_code",
        ),
        (
            json!({ "servizio": "did", "stelle": 0 }),
            "stelle",
            "at_least",
        ),
        (
            json!({ "servizio": "did", "stelle": 6 }),
            "stelle",
            "at_most",
        ),
        (
            json!({ "servizio": "did", "stelle": 5, "motivi": ["non_chiare"] }),
            "motivi",
            "unknown_code",
        ),
        (
            json!({ "servizio": "did", "stelle": 5, "testo": "x".repeat(201) }),
            "testo",
            "too_long",
        ),
    ] {
        let refusal = ada.post(RATINGS, &body).refused(422, "refused");
        assert_eq!(refusal.fields(), [(field.to_owned(), code.to_owned())]);
    }
    for body in [
        json!([]),
        json!({}),
        json!({ "servizio": "did", "stelle": -1 }),
        json!({ "servizio": "did", "stelle": 3, "nome": "x" }),
    ] {
        ada.post(RATINGS, &body).refused(400, "bad_request");
    }
    let sound = json!({ "servizio": "did", "stelle": 3 });
    for key in [String::new(), "k".repeat(129)] {
        rate(&ada, &sound, &key).refused(400, "bad_request");
    }
    System::shared()
        .browser()
        .get("/api/valutazioni/nessuno")
        .refused(404, "not_found");
}
