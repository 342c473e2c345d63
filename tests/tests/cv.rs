// SPDX-License-Identifier: EUPL-1.2
//! CV and letter as PDFs from the built system: for everybody, the same bytes as everywhere, and nothing but.

#[path = "../../edge/documents/tests/papers/curricula.rs"]
mod curricula;

use std::path::Path;

use serde_json::{Value, json};
use tests::{Call, System};

#[test]
fn the_component_prints_the_same_bytes_as_this_machine() {
    let client = System::shared().browser();
    let folder =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("../edge/documents/tests/papers/curricula");
    for (name, cv) in curricula::all(&folder) {
        let value = serde_json::to_value(&cv).expect("JSON");
        let call = Call::post("/api/cv/pdf").json(&value).without_origin();
        let reply = client.send(&call).expect(200);
        assert_eq!(reply.header("content-type"), "application/pdf");
        assert_eq!(reply.header("cache-control"), "no-store");
        let here = documents::cv::cv_pdf(&cv).expect("a PDF");
        assert!(reply.body == here, "{name}");
    }
}

#[test]
fn a_letter_is_printed_for_who_has_not_signed_in() {
    let letter =
        json!({ "sender": { "name": "Ada Fo" }, "paragraphs": ["Vi scrivo per candidarmi."] });
    let reply = System::shared()
        .browser()
        .post("/api/lettere/pdf", &letter)
        .expect(200);
    assert!(reply.body.starts_with(b"%PDF-") && reply.header("set-cookie").is_empty());
}

#[test]
fn every_refusal_is_told_at_its_field_in_both_languages() {
    let client = System::shared().browser();
    let cv = json!({ "basics": { "name": "Ada 李", "email": "ada" }, "work": [{ "startDate": "ieri" }] });
    let reply = client.post("/api/cv/pdf", &cv).expect(422).json();
    let fields: Vec<&str> = reply["errors"]
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(|error| error["field"].as_str())
        .collect();
    assert_eq!(fields, ["basics.email", "work[0].startDate"]);
    let call = Call::post("/api/cv/pdf")
        .json(&json!({ "basics": { "name": "Ada 李" } }))
        .header("accept-language", "en");
    let error = client.send(&call).expect(422).json()["errors"][0].clone();
    assert_eq!(
        (&error["code"], &error["limit"]),
        (&"glyphs".into(), &"李".into())
    );
    let message = error["message"].as_str().unwrap_or_default();
    assert!(
        message.contains("We cannot print") && message.contains('李'),
        "{message}"
    );
}

#[test]
fn hostile_bodies_are_refused_at_once() {
    let client = System::shared().browser();
    let post = |kind: &str, body: Vec<u8>| {
        client
            .send(&Call::post("/api/cv/pdf").body(kind, body))
            .status
    };
    assert_eq!(post("text/plain", b"{}".to_vec()), 415);
    assert_eq!(post("application/json", b"{".to_vec()), 400);
    assert_eq!(
        post("application/json", "[".repeat(100_000).into_bytes()),
        400
    );
    assert_eq!(post("application/json", b"[]".to_vec()), 422);
    assert_eq!(post("application/json", vec![b' '; (1 << 20) + 1]), 413);
    let items: Vec<Value> = (0..10_000).map(|_| json!({ "position": "x" })).collect();
    assert_eq!(
        client.post("/api/cv/pdf", &json!({ "work": items })).status,
        422
    );
    let long = json!({ "basics": { "name": "Ada", "summary": "a".repeat(1_000_000) } });
    assert_eq!(client.post("/api/cv/pdf", &long).status, 422);
    // A picture of 60,000 by 60,000 dots in a few bytes.
    let bomb = "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAA6mAAAOpgCAIAAAAAAAAA";
    let photo = json!({ "basics": { "name": "Ada", "x_photo": bomb } });
    assert_eq!(client.post("/api/cv/pdf", &photo).status, 422);
    assert_eq!(client.get("/api/cv/pdf").status, 405);
}
