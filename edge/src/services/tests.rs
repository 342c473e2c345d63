// SPDX-License-Identifier: EUPL-1.2
//! What native tests of handlers start from: a store in memory and somebody who is signed in.

use std::rc::Rc;
use std::sync::Arc;

use contract::facts::Citizen;

use super::{appuntamenti, facts, find, notices, pratiche};
use crate::ctx::{Config, Ctx};
use crate::db::{Db, migrate};
use crate::http::{FetchError, Incoming, Request};
use crate::identity::session::{self, Session};
use crate::identity::wait;
use crate::native::recompiled;

/// 24 November 2026, 10:00 in Rome.
pub(crate) const START: i64 = 1_795_510_800;

/// A new store.
pub(crate) fn store() -> Db {
    let db = Db(Rc::new(rusqlite::Connection::open_in_memory().unwrap()));
    wait(migrate(&db)).unwrap();
    db
}

/// Somebody who is signed in, at an instant.
pub(crate) fn ctx(db: &Db, person: &str, now: i64) -> Ctx {
    let citizen: Citizen = serde_json::from_value(serde_json::json!({
        "codice_fiscale": person, "nome": "Ada", "cognome": "Fo", "data_nascita": "2000-02-29", "sesso": "F",
        "luogo_nascita": "A944",
    }))
    .unwrap();
    Ctx {
        now: jiff::Timestamp::from_second(now).unwrap(),
        config: Config {
            segreto: "a secret of at least thirty-two characters".into(),
            ..Config::default()
        }
        .into(),
        db: db.clone(),
        session: Some(Session::of(citizen, None)),
        language: crate::texts::Language::Italian,
        owing: Default::default(),
        net: Rc::new(|_| Err(FetchError)),
    }
}

#[test]
fn services_for_trying_out_exist_only_where_one_tries_out() {
    let mut ctx = ctx(&store(), "FOXDAA00B69A944O", START);
    for (environment, there) in [("prova", true), ("produzione", false), ("", false)] {
        Arc::make_mut(&mut ctx.config).ambiente = environment.into();
        assert_eq!(find(&ctx, "prova").is_some(), there, "{environment}");
        assert!(find(&ctx, "did").is_some());
    }
}

/// The DID of somebody who has never worked, as the app sends it.
fn did(ctx: &mut Ctx, key: &str) -> Request {
    ctx.net = Rc::new(|_| {
        Ok(Incoming {
            status: 200,
            body: br#"{ "aggiornato_il": "2026-11-01" }"#.into(),
        })
    });
    let body = serde_json::json!({ "servizio": "did", "risposte": {
        "scopo": "lavoro", "condizione": "privo_di_impiego", "cittadinanza": "000", "residenza_comune": "A944",
        "residenza_indirizzo": "Via Roma 1", "residenza_cap": "40121", "email": "prova@example.com",
        "cellulare": "3331234567", "titolo_studio": "diploma", "iscritto_corso": "no", "ha_lavorato": false,
        "mesi_ricerca": 2, "condizione_un_anno_prima": "studente", "presenza_italia": "nascita",
        "componenti_nucleo": 2, "figli_a_carico": false, "patente": true, "disponibilita_immediata": true,
        "conosce_sospensione": true, "conosce_decadenza": true,
    } });
    let headers = [
        ("content-type", "application/json"),
        ("idempotency-key", key),
    ];
    let mut request = Request::made("POST", "/api/pratiche", &headers);
    request.body = body.to_string().into_bytes();
    request
}

/// SQLite compiles some statements anew whenever a value in them changes: those with an outer join or ORDER BY beside a
/// value in WHERE, or with a value for LIMIT or beside an aggregate. That costs ten times what a search by key does.
#[test]
fn what_is_asked_most_keeps_its_plan() {
    let db = store();
    let round = |n: i64| {
        let mut ctx = ctx(&db, &format!("FOXDAA00B69A94{n}O"), START + n * 60);
        let new = did(&mut ctx, &n.to_string());
        assert_eq!(wait(pratiche::present(&ctx, &new)).unwrap().status, 201);
        ctx.net = Rc::new(|_| Err(FetchError));
        let cookie = format!("sessione=token-{n}");
        let request = Request::made("GET", "/api/me", &[("cookie", &cookie)]);
        assert!(wait(session::load(&ctx, &request)).unwrap().is_none());
        assert!(wait(pratiche::list(&ctx)).is_ok());
        assert!(wait(pratiche::one(&ctx, &n.to_string())).is_err());
        assert!(wait(facts::known(&ctx, "did")).is_ok());
        assert!(wait(appuntamenti::list(&ctx)).is_ok());
        assert!(wait(notices::deliver(&ctx, 4)).is_err());
    };
    round(0);
    let before = recompiled();
    (1..5).for_each(round);
    assert_eq!(recompiled(), before);
}
