// SPDX-License-Identifier: EUPL-1.2
//! Files over HTTP: what is taken, what is refused, and who may have it back.

use serde_json::json;
use tests::{ADA, Call, Client, LUCA, MARIA, MARIO, Reply, System};

const FILES: &str = "/api/file";
const LARGEST: usize = 5 << 20;

fn pdf(size: usize) -> Vec<u8> {
    let mut bytes = b"%PDF-1.7\n".to_vec();
    bytes.resize(size, b' ');
    bytes
}

fn send(client: &Client, name: &str, kind: &str, bytes: Vec<u8>) -> Reply {
    let name = format!("attachment; filename*=UTF-8''{name}");
    let call = Call::post(FILES).body(kind, bytes);
    client.send(&call.header("content-disposition", &name))
}

#[track_caller]
fn kept(client: &Client, size: usize) -> String {
    let reply = send(client, "carta.pdf", "application/pdf", pdf(size)).expect(201);
    let id = reply.json()["id"].as_str().expect("an id").to_owned();
    assert_eq!(reply.header("location"), format!("{FILES}/{id}"));
    id
}

#[test]
fn a_file_is_kept_listed_given_back_and_thrown_away() {
    let ada = System::shared().signed_in(ADA);
    let bytes = pdf(LARGEST);
    let reply = send(
        &ada,
        "Perch%C3%A9%20no.pdf",
        "application/pdf",
        bytes.clone(),
    )
    .expect(201);
    let view = reply.json();
    let id = view["id"].as_str().expect("an id");
    assert_eq!(view["nome"], "Perché no.pdf");
    assert_eq!(view["dimensione"], LARGEST);
    assert_eq!(view["allegato"], false);
    let list = ada.get(FILES).expect(200).json();
    assert!(list.as_array().expect("a list").contains(&view));

    let back = ada.get(&format!("{FILES}/{id}")).expect(200);
    assert!(back.body == bytes, "every byte comes back");
    assert_eq!(back.header("content-type"), "application/pdf");
    assert_eq!(
        back.header("content-disposition"),
        "attachment; filename=\"Perch_ no.pdf\"; filename*=UTF-8''Perch%C3%A9%20no.pdf"
    );
    assert_eq!(back.header("cache-control"), "no-store");
    assert_eq!(back.header("x-content-type-options"), "nosniff");

    let own = format!("{FILES}/{id}");
    ada.send(&Call::new("DELETE", &own)).expect(204);
    ada.get(&own).refused(404, "not_found");
    ada.send(&Call::new("DELETE", &own))
        .refused(404, "not_found");
}

#[test]
fn a_file_over_five_mebibytes_is_too_large_and_other_bodies_still_have_one() {
    let mario = System::shared().signed_in(MARIO);
    for size in [LARGEST + 1, 10 << 20] {
        send(&mario, "a.pdf", "application/pdf", pdf(size)).refused(413, "too_large");
    }
    let other = Call::new("DELETE", "/api/file/x").body("application/pdf", pdf((1 << 20) + 1));
    mario.send(&other).refused(413, "too_large");
}

#[test]
fn what_is_no_pdf_jpeg_or_png_is_refused() {
    let mario = System::shared().signed_in(MARIO);
    for kind in [
        "text/html",
        "application/json",
        "multipart/form-data; boundary=x",
        "image/svg+xml",
    ] {
        send(&mario, "a.pdf", kind, pdf(100)).refused(415, "file_media_type");
    }
    mario
        .send(&Call::post(FILES))
        .refused(415, "file_media_type");
    for (bytes, code) in [
        (Vec::new(), "file_empty"),
        (b"<html><script>".to_vec(), "file_kind"),
        (b"PK\x03\x04".to_vec(), "file_kind"),
    ] {
        let refusal = send(&mario, "a.pdf", "application/pdf", bytes).refused(422, "refused");
        assert_eq!(refusal.fields(), [("file".to_owned(), code.to_owned())]);
    }
}

#[test]
fn nobody_else_can_read_or_throw_away_a_file() {
    let system = System::shared();
    let maria = system.signed_in(MARIA);
    let own = format!("{FILES}/{}", kept(&maria, 1000));
    for other in [system.signed_in(MARIO), system.signed_in(LUCA)] {
        other.get(&own).refused(404, "not_found");
        other
            .send(&Call::new("DELETE", &own))
            .refused(404, "not_found");
        assert!(
            !other
                .get(FILES)
                .expect(200)
                .text()
                .contains(&own[FILES.len() + 1..])
        );
    }
    system.browser().get(&own).refused(401, "signed_out");
    maria
        .send(&Call::new("DELETE", &own).header("origin", "https://evil.example"))
        .refused(403, "cross_site");
    maria.get(&own).expect(200);
}

#[test]
fn the_same_key_keeps_a_file_once() {
    let ada = System::shared().signed_in(ADA);
    let call = |size| {
        Call::post(FILES)
            .body("application/pdf", pdf(size))
            .header("idempotency-key", "una-volta")
    };
    let first = ada.send(&call(500)).expect(201).json();
    assert_eq!(ada.send(&call(500)).expect(201).json(), first);
    ada.send(&call(501)).refused(422, "key_reused");
}

#[test]
fn a_request_with_a_file_is_answered_as_it_is_read() {
    let maria = System::shared().signed_in(MARIA);
    let file = kept(&maria, 2_000);
    let answers = json!({
        "testo": "uno", "numero": "3", "importo": "10,50", "giorno": "2026-01-31", "poche": "uno", "alcune": "rosso",
        "lingue": ["it"], "tante": "maggio", "si_no": "no", "comune": "A944", "indirizzo": "via Roma 1", "cap": "40121",
        "stato": "000", "email": "a@example.com", "cellulare": "333 1234567", "altra_persona": "RSSMRA85D41H501J",
        "persone": [{ "nome": "Ugo", "ruolo": "figlio", "anni": "4" }], "documento": file, "confermo": "si",
    });
    let wanted = json!({ "servizio": "prova", "risposte": answers });
    let presented = maria.post("/api/pratiche", &wanted).expect(201).json();
    let id = presented["id"].as_str().expect("an id");
    assert_eq!(presented["risposte"]["documento"], file.as_str());
    let read = maria.get(&format!("/api/pratiche/{id}")).expect(200).json();
    assert_eq!(presented, read);
    let list = maria.get("/api/pratiche").expect(200).json();
    let listed = list
        .as_array()
        .and_then(|all| all.iter().find(|one| one["id"] == id));
    assert!(listed.is_some());
    let own = maria.get(FILES).expect(200).json();
    let attached = own
        .as_array()
        .and_then(|all| all.iter().find(|one| one["id"] == file.as_str()));
    assert_eq!(attached.expect("still there")["allegato"], true);
    // What a request rests on is not thrown away.
    let drop = Call::new("DELETE", &format!("{FILES}/{file}"));
    maria.send(&drop).refused(409, "file_attached");
}
