// SPDX-License-Identifier: EUPL-1.2
//! A request belongs to the desk of its office: for another office it is not there, whatever is asked of it.

use contract::endpoint::Role;

use super::*;
use crate::db::Db;
use crate::identity::wait;
use crate::services::tests::{START, ctx, store};

/// A DID of Ada's in Bologna, which the national node refuses.
fn refused(db: &Db) {
    db.0.execute_batch(&format!(
        r#"INSERT INTO pratiche (id, servizio, versione, protocollo, codice_fiscale, identita, fornitore, stato, risposte,
        impronta, presentata, termine, responsabile, ufficio, nodo_codice, nodo_motivo, nodo_dal, nodo_tentativi, nodo_riprova)
        VALUES ('p1', 'did', 1, '0000001/2026', 'FOXDAA00B69A944O', '{{"codice_fiscale":"FOXDAA00B69A944O","nome":"Ada",
        "cognome":"Fo","data_nascita":"2000-02-29","sesso":"F","luogo_nascita":"A944"}}', 'spid', 'protocollata', '{{}}', '',
        {START}, '2026-12-24', 'Anna Neri', 'CPI di Bologna', 422, 'no', {START}, 1, {START} + 600)"#
    ))
    .unwrap();
}

fn operator(db: &Db, office: &str) -> Ctx {
    let mut ctx = ctx(db, "VRDLCU80A01A944V", START);
    if let Some(session) = &mut ctx.session {
        session.office = Some(office.into());
        session.role = Role::Operatore;
    }
    ctx
}

/// How often somebody's look was written down, and how often the DID was sent.
fn traces(db: &Db) -> (i64, i64) {
    let sql = "SELECT (SELECT count(*) FROM accessi), nodo_tentativi FROM pratiche";
    db.0.query_row(sql, [], |row| Ok((row.get(0)?, row.get(1)?)))
        .unwrap()
}

#[test]
fn another_office_neither_reads_nor_sends_again_nor_decides() {
    let db = store();
    refused(&db);
    let act = Request {
        body: b"{}".to_vec(),
        ..Request::made("POST", "/", &[("content-type", "application/json")])
    };
    let modena = operator(&db, "CPI di Modena");
    let answers = [
        wait(one(&modena, "p1")),
        wait(document(&modena, "p1")),
        wait(retransmit(&modena, "p1")),
        wait(super::act(&modena, "p1", "prendi-in-carico", &act)),
    ];
    for (n, answer) in answers.into_iter().enumerate() {
        assert!(matches!(answer, Err(Error::NotFound)), "{n}");
    }
    let queue = wait(queue(&modena, &act)).unwrap();
    assert_eq!(queue.body, b"[]");
    assert_eq!(traces(&db), (0, 1), "nothing was looked at, nothing sent");

    // The office whose request it is may, and that it did is written down.
    let bologna = operator(&db, "CPI di Bologna");
    assert!(wait(one(&bologna, "p1")).is_ok());
    let sent = wait(retransmit(&bologna, "p1"));
    assert!(!matches!(sent, Err(Error::NotFound | Error::Forbidden)));
    assert_eq!(traces(&db).0, 2);
}
