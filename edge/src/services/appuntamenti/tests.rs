// SPDX-License-Identifier: EUPL-1.2
//! Lists of appointments ask the store as often for many as for few, and nobody books whom the office cannot reach.

use contract::endpoint::Role;
use serde_json::Value;

use super::reasons::{self, Reason};
use crate::ctx::Ctx;
use crate::db::Db;
use crate::http::{Reply, Request};
use crate::identity::wait;
use crate::native::asked;
use crate::services::tests::{START, ctx, store};
use crate::services::{agenda, appuntamenti};

const ADA: &str = "FOXDAA00B69A944O";

/// `count` appointments of one person, an hour apart, each with a wish for an earlier place and an offer.
fn fill(db: &Db, count: i64) {
    let sql = format!(
        "WITH RECURSIVE n (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n WHERE n < {count}) \
         INSERT INTO appuntamenti (id, codice_fiscale, nome, cognome, stato, servizi, sede, gruppo, sportello, inizio, \
         fine, modalita, creato, cambiato) SELECT 'a' || n, '{ADA}', 'Ada', 'Fo', 'da_erogare', 'prima_informazione', \
         'bologna', 'accoglienza', 0, {START} + n * 3600, {START} + n * 3600 + 1800, 'presenza', 0, 0 FROM n"
    );
    db.0.execute_batch(&sql).unwrap();
    db.0.execute_batch(&format!(
        "INSERT INTO attese (appuntamento, numero, codice_fiscale, sede, gruppo, inizio, creata) \
         SELECT id, 1, codice_fiscale, sede, gruppo, inizio, 0 FROM appuntamenti; \
         INSERT INTO offerte (id, appuntamento, codice_fiscale, motivo, sede, gruppo, sportello, inizio, fine, creata, \
         scade, stato) SELECT 'o' || id, id, codice_fiscale, 'anticipo', sede, gruppo, 1, inizio - 900, fine - 900, 0, \
         {START} + 60, 'aperta' FROM appuntamenti"
    ))
    .unwrap();
}

fn request(query: &[(&str, &str)]) -> Request {
    let pairs = query.iter();
    Request {
        query: pairs
            .map(|&(name, value)| (name.to_owned(), value.to_owned()))
            .collect(),
        ..Request::made("GET", "/", &[])
    }
}

/// How often the store was asked, and the answer.
fn counted(ask: impl FnOnce() -> Reply) -> (usize, Value) {
    let before = asked();
    let reply = ask();
    (
        asked() - before,
        serde_json::from_slice(&reply.body).unwrap(),
    )
}

fn operator(db: &Db) -> Ctx {
    let mut ctx = ctx(db, "VRDLCU80A01A944V", START);
    if let Some(session) = &mut ctx.session {
        session.office = Some("CPI di Bologna".into());
        session.role = Role::Operatore;
    }
    ctx
}

#[test]
fn a_persons_list_is_one_query_however_long() {
    let db = store();
    fill(&db, 30);
    let ctx = ctx(&db, ADA, START);
    let (queries, all) = counted(|| wait(appuntamenti::list(&ctx)).unwrap());
    assert_eq!(queries, 1);
    assert_eq!(all.as_array().map(Vec::len), Some(30));
    assert_eq!(all[0]["in_attesa"], true);
    assert_eq!(all[0]["offerta"]["motivo"], "anticipo");
}

#[test]
fn the_agenda_asks_as_often_for_a_full_day_as_for_an_empty_one() {
    let day = [("dal", "2026-11-24"), ("al", "2026-11-24")];
    let of = |count: i64| {
        let db = store();
        if count > 0 {
            fill(&db, count);
        }
        let ctx = operator(&db);
        counted(|| wait(agenda::days(&ctx, &request(&day))).unwrap())
    };
    let (few, empty) = of(0);
    let (many, full) = of(12);
    assert_eq!(few, many);
    let rows = |answer: &Value| answer["giorni"][0]["appuntamenti"].as_array().map(Vec::len);
    assert_eq!((rows(&empty), rows(&full)), (Some(0), Some(12)));
    assert_eq!(
        full["giorni"][0]["appuntamenti"][0]["nome_gruppo"],
        "Accoglienza"
    );
}

#[test]
fn who_cannot_be_reached_books_nothing() {
    let db = store();
    // Neither the identity nor the form has a contact.
    let ctx = ctx(&db, ADA, START);
    let book = |modalita: &str, more: &str| {
        let body = format!(
            r#"{{"servizio":"prima_informazione","sede":"bologna","inizio":"2026-12-01T09:00:00+01:00","modalita":"{modalita}"{more}}}"#
        );
        let asked = Request {
            body: body.into_bytes(),
            ..Request::made("POST", "/", &[("content-type", "application/json")])
        };
        match wait(appuntamenti::book::book(&ctx, &asked)) {
            Ok(reply) => reply.status.to_string(),
            Err(error) => format!("{error:?}"),
        }
    };
    let (email, mobile) = (
        r#","email":"ada@example.com""#,
        r#","cellulare":"3331234567""#,
    );
    let missing =
        |answer: &str| answer.contains("ContactsMissing") || answer.contains("contacts_missing");
    for (modalita, given) in [
        ("presenza", ""),
        ("telefono", ""),
        ("telefono", email),
        ("video", email),
        ("video", mobile),
    ] {
        let answer = book(modalita, given);
        assert!(missing(&answer), "{modalita} with «{given}»: {answer}");
    }
    // One contact is enough to come in person.
    assert_eq!(book("presenza", mobile), "201");
}

#[test]
fn a_reason_is_read_with_its_appointment_and_with_no_other() {
    let db = store();
    fill(&db, 2);
    let ada = ctx(&db, ADA, START);
    let justified = "UPDATE appuntamenti SET stato = 'non_presentato', giustificata = 1";
    db.0.execute(justified, []).unwrap();
    let reason = |id: &str| {
        let reply = wait(appuntamenti::one(&ada, id));
        let view: Option<Value> = reply
            .ok()
            .map(|reply| serde_json::from_slice(&reply.body).unwrap());
        view.map(|view| view["giustificazione"].clone())
    };
    let stored = wait(appuntamenti::store::find(&ada, "a1")).unwrap();
    let told = Reason {
        motivo: "malattia".into(),
        note: None,
        file: None,
    };
    wait(reasons::keep(&ada, &stored, reasons::JUSTIFIED, &told)).unwrap();
    assert_eq!(reason("a1"), Some("malattia".into()));
    // What was stored before it was sealed is read as it is.
    let plain = "INSERT INTO motivi VALUES ('a2', 'giustificato', CAST('{\"motivo\":\"famiglia\",\"quando\":1}' AS BLOB))";
    db.0.execute(plain, []).unwrap();
    assert_eq!(reason("a2"), Some("famiglia".into()));
    // A sealed reason that is put in another's place is not opened.
    let moved =
        "UPDATE motivi SET sigillato = (SELECT sigillato FROM motivi WHERE appuntamento = 'a1')";
    db.0.execute(moved, []).unwrap();
    assert_eq!(reason("a1"), Some("malattia".into()));
    assert_eq!(reason("a2"), None);
}
