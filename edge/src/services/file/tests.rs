// SPDX-License-Identifier: EUPL-1.2
//! Files in a store in memory: sealed, theirs alone, and gone when nothing refers to them.

use contract::problem::Problem;

use super::attach::{attach, attached, check};
use super::*;
use crate::db::{Db, Value};
use crate::identity::session::Session;
use crate::identity::wait;
use crate::services::tests::{START, ctx, store};

const PDF: &[u8] = b"%PDF-1.7\nriservato";
const ADA: &str = "FOXDAA00B69A944O";
const MARIO: &str = "RSSMRA89T13F205B";
const OFFICE: &str = "CPI di Bologna";

fn operator(db: &Db, office: &str) -> Ctx {
    let mut ctx = ctx(db, MARIO, START);
    let citizen = ctx.session.unwrap().citizen;
    ctx.session = Some(Session::of(citizen, Some(office.into())));
    ctx
}

fn request(kind: &str, name: &str, key: Option<&str>, body: &[u8]) -> Request {
    let mut headers = vec![("content-type", kind), ("content-disposition", name)];
    headers.extend(key.map(|key| ("idempotency-key", key)));
    let mut request = Request::made("POST", "/api/file", &headers);
    request.body = body.to_vec();
    request
}

fn kept(ctx: &Ctx) -> String {
    let reply = wait(keep(ctx, &request("application/pdf", "", None, PDF))).unwrap();
    assert_eq!(reply.status, 201);
    let view: FileView = serde_json::from_slice(&reply.body).unwrap();
    view.id
}

#[track_caller]
fn named(header: &str, name: &str) {
    let db = store();
    let request = request("application/pdf", header, None, PDF);
    let reply = wait(keep(&ctx(&db, ADA, START), &request)).unwrap();
    let view: FileView = serde_json::from_slice(&reply.body).unwrap();
    assert_eq!(view.nome, name);
}

#[test]
fn the_name_comes_from_the_header_in_either_form() {
    named(
        "attachment; filename*=UTF-8''Perch%C3%A9%20no+.pdf",
        "Perché no.pdf",
    );
    named(
        "attachment; filename=\"certificato.pdf\"",
        "certificato.pdf",
    );
    named(
        "attachment; filename*=latin1''x; filename=\"b.pdf\"",
        "b.pdf",
    );
    named("", "documento.pdf");
}

#[test]
fn nothing_of_a_file_can_be_read_in_the_database() {
    let db = store();
    let ctx = ctx(&db, ADA, START);
    let name = "attachment; filename=\"certificato.pdf\"";
    wait(keep(&ctx, &request("application/pdf", name, None, PDF))).unwrap();
    let rows = wait(db.query("SELECT * FROM file", &[])).unwrap();
    for value in &rows[0].0 {
        let bytes = match value {
            Value::Text(text) => text.as_bytes(),
            Value::Blob(bytes) => bytes,
            _ => continue,
        };
        for secret in [&b"riservato"[..], b"certificato"] {
            assert!(!bytes.windows(secret.len()).any(|part| part == secret));
        }
    }
}

#[test]
fn a_row_that_is_given_to_somebody_else_cannot_be_opened() {
    let db = store();
    let id = kept(&ctx(&db, ADA, START));
    wait(db.execute("UPDATE file SET codice_fiscale = ?1", &[MARIO.into()])).unwrap();
    assert!(matches!(
        wait(one(&ctx(&db, MARIO, START), &id)),
        Err(Error::Db(_))
    ));
}

#[test]
fn only_the_owner_and_the_office_that_it_was_sent_to_read_a_file() {
    let db = store();
    let ada = ctx(&db, ADA, START);
    let id = kept(&ada);
    assert_eq!(wait(one(&ada, &id)).unwrap().body, PDF);
    let not_found = |ctx: &Ctx| matches!(wait(one(ctx, &id)), Err(Error::NotFound));
    assert!(not_found(&ctx(&db, MARIO, START)));
    assert!(not_found(&operator(&db, OFFICE)), "it is not sent yet");
    assert!(wait(attach(&ada, &id, "pratiche/x1", OFFICE)).unwrap());
    assert!(not_found(&operator(&db, "CPI di Modena")));
    let looks = || {
        let all = "SELECT chi, pratica, cosa, file FROM accessi";
        wait(db.query(all, &[])).unwrap()
    };
    assert!(looks().is_empty());
    assert_eq!(wait(one(&operator(&db, OFFICE), &id)).unwrap().body, PDF);
    assert_eq!(looks()[0].text(1).unwrap(), "x1");
    // The name of a file may tell of somebody's health: it is nowhere but in its seal.
    assert_eq!(looks()[0].text(2).unwrap(), "file");
    assert_eq!(looks()[0].text(3).unwrap(), id);
    let told = wait(accessi::list(&ada)).unwrap();
    let told = String::from_utf8(told.body).unwrap();
    assert!(told.contains("Ha aperto il file «documento.pdf»"), "{told}");
    wait(one(&ada, &id)).unwrap();
    assert_eq!(looks().len(), 1, "one's own looks are nobody's business");
}

#[test]
fn a_file_answers_one_question_of_its_owner_once() {
    let db = store();
    let ada = ctx(&db, ADA, START);
    let id = kept(&ada);
    let large = u32::try_from(PDF.len()).unwrap();
    assert_eq!(wait(check(&ada, &id, large)).unwrap(), None);
    assert_eq!(
        wait(check(&ada, &id, large - 1)).unwrap(),
        Some(Problem::FileTooLarge(large - 1))
    );
    let mario = ctx(&db, MARIO, START);
    assert_eq!(
        wait(check(&mario, &id, large)).unwrap(),
        Some(Problem::FileGone)
    );
    assert!(!wait(attach(&mario, &id, "pratiche/x1", OFFICE)).unwrap());
    assert!(wait(attach(&ada, &id, "pratiche/x1", OFFICE)).unwrap());
    assert!(!wait(attach(&ada, &id, "pratiche/x2", OFFICE)).unwrap());
    assert_eq!(
        wait(check(&ada, &id, large)).unwrap(),
        Some(Problem::FileGone)
    );
    assert!(matches!(
        wait(discard(&ada, &id)),
        Err(Error::Conflict("file_attached", _))
    ));
    let all = wait(attached(&ada, "pratiche/x1")).unwrap();
    assert!(all.len() == 1 && all[0].allegato && all[0].id == id);
}

#[test]
fn what_belongs_to_nothing_goes_after_a_day_and_with_a_draft_after_thirty() {
    let db = store();
    let ada = ctx(&db, ADA, START);
    let (loose, drafted, sent) = (kept(&ada), kept(&ada), kept(&ada));
    assert!(wait(attach(&ada, &sent, "pratiche/x1", OFFICE)).unwrap());
    wait(db.execute(
        "INSERT INTO bozze VALUES (?1, 'prova', 1, ?2, 0)",
        &[ADA.into(), format!("{{\"a\":\"{drafted}\"}}").into()],
    ))
    .unwrap();
    let there = |id: &str| {
        let rows = wait(db.query("SELECT 1 FROM file WHERE id = ?1", &[id.into()])).unwrap();
        !rows.is_empty()
    };
    // Somebody else's upload is enough to make room.
    let at = |now| {
        kept(&ctx(&db, MARIO, START + now));
        [&loose, &drafted, &sent].map(|id| there(id))
    };
    assert_eq!(at(24 * 3600), [true, true, true]);
    assert_eq!(at(24 * 3600 + 1), [false, true, true]);
    assert_eq!(at(30 * 24 * 3600 + 1), [false, false, true]);
}

#[test]
fn the_same_key_keeps_one_file_and_another_file_is_refused_with_it() {
    let db = store();
    let ada = ctx(&db, ADA, START);
    let send = |body: &[u8]| wait(keep(&ada, &request("application/pdf", "", Some("k"), body)));
    let first = send(PDF).unwrap();
    assert_eq!(send(PDF).unwrap().body, first.body);
    assert!(matches!(send(b"%PDF-2.0"), Err(Error::KeyReused)));
    let all: Vec<FileView> = serde_json::from_slice(&wait(list(&ada)).unwrap().body).unwrap();
    assert_eq!(all.len(), 1);
}

#[test]
fn nobody_fills_the_store_with_files_that_belong_to_nothing() {
    let db = store();
    let ada = ctx(&db, ADA, START);
    let all: Vec<String> = (0..20).map(|_| kept(&ada)).collect();
    let more = || wait(keep(&ada, &request("application/pdf", "", None, PDF)));
    assert!(matches!(more(), Err(Error::Conflict("too_many_files", _))));
    wait(discard(&ada, &all[0])).unwrap();
    assert!(more().is_ok());
}

#[track_caller]
fn refused(kind: &str, body: &[u8], code: &str) {
    let db = store();
    match wait(keep(&ctx(&db, ADA, START), &request(kind, "", None, body))) {
        Err(Error::Refused(problems)) => assert_eq!(problems[0].problem.code(), code),
        Err(Error::FileMediaType) => assert_eq!(code, "file_media_type"),
        Err(Error::TooLarge) => assert_eq!(code, "too_large"),
        _ => panic!("{kind} is not refused"),
    }
    assert!(
        wait(db.query("SELECT 1 FROM file", &[]))
            .unwrap()
            .is_empty()
    );
}

#[test]
fn other_kinds_are_refused_whatever_they_are_called() {
    refused("text/html", PDF, "file_media_type");
    refused("", PDF, "file_media_type");
    refused("application/pdf", b"", "file_empty");
    refused("application/pdf", b"<html>", "file_kind");
    refused("image/png", b"MZ\x90\0", "file_kind");
    let mut large = PDF.to_vec();
    large.resize(LARGEST as usize + 1, b' ');
    refused("application/pdf", &large, "too_large");
}

#[test]
fn the_true_kind_is_kept_when_another_was_declared() {
    let db = store();
    let ada = ctx(&db, ADA, START);
    let reply = wait(keep(
        &ada,
        &request("image/png", "attachment; filename=\"a.png\"", None, PDF),
    ));
    let view: FileView = serde_json::from_slice(&reply.unwrap().body).unwrap();
    assert_eq!(
        (view.tipo.as_str(), view.nome.as_str()),
        ("application/pdf", "a.png.pdf")
    );
}
