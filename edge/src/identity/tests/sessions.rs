// SPDX-License-Identifier: EUPL-1.2
//! How long a session lives, how it ends, and what is left of it in the database.

use contract::endpoint::Role;

use super::super::session;
use super::provider::{CITIZEN, Twist};
use super::stage::{Stage, cookie, set_cookies, wait};
use crate::http::Reply;

fn signed_in() -> (Stage, String) {
    let stage = Stage::new();
    let cookie = cookie(&stage.sign_in("/", Twist::default()), "sessione");
    (stage, cookie)
}

/// Any signed-in request that counts as use.
fn use_it(stage: &Stage, cookie: &str) -> bool {
    wait(session::load(
        &stage.ctx(),
        &stage.get("/api/pratiche", &[], cookie),
    ))
    .unwrap()
    .is_some()
}

fn renew(stage: &Stage, cookie: &str) -> Option<Reply> {
    let request = stage.get("/api/sessione/rinnovo", &[], cookie);
    let mut ctx = stage.ctx();
    ctx.session = wait(session::load(&ctx, &request)).unwrap();
    wait(session::renew(&ctx, &request)).ok()
}

#[test]
fn a_session_ends_after_fifteen_minutes_without_use() {
    let (mut stage, cookie) = signed_in();
    stage.now += 899;
    assert_eq!(stage.me(&cookie).0, 200);
    stage.now += 1;
    assert_eq!(stage.me(&cookie).0, 401);
}

#[test]
fn use_and_renewal_begin_the_time_again_and_asking_does_not() {
    let (mut stage, cookie) = signed_in();
    stage.now += 600;
    assert_eq!(stage.me(&cookie).1["scade_tra"], 300);
    assert_eq!(stage.me(&cookie).1["scade_tra"], 300);
    assert!(use_it(&stage, &cookie));
    assert_eq!(stage.me(&cookie).1["scade_tra"], 900);
    // Within a minute use is not written again.
    stage.now += 59;
    assert!(use_it(&stage, &cookie));
    assert_eq!(stage.me(&cookie).1["scade_tra"], 841);
    let reply = renew(&stage, &cookie).unwrap();
    let me: serde_json::Value = serde_json::from_slice(&reply.body).unwrap();
    assert_eq!(me["scade_tra"], 900);
}

#[test]
fn a_session_ends_after_eight_hours_whatever_is_done() {
    let (mut stage, cookie) = signed_in();
    for _ in 0..47 {
        stage.now += 600;
        assert!(use_it(&stage, &cookie));
    }
    stage.now += 599;
    assert_eq!(stage.me(&cookie).1["scade_tra"], 1);
    stage.now += 1;
    assert!(!use_it(&stage, &cookie));
    assert!(renew(&stage, &cookie).is_none());
}

#[test]
fn unknown_and_forged_cookies_are_nobody() {
    let (stage, cookie) = signed_in();
    for forged in [
        "",
        "sessione=",
        "sessione=x",
        "Sessione=x",
        "sessione",
        ";;=;",
    ] {
        assert_eq!(stage.me(forged).0, 401, "{forged}");
    }
    assert_eq!(stage.me(&format!("{cookie}x")).0, 401);
    assert_eq!(stage.me(&format!("a=b; {cookie}; c=d")).0, 200);
}

#[test]
fn only_a_fingerprint_of_the_cookie_is_kept() {
    let (stage, cookie) = signed_in();
    let token = cookie.split_once('=').unwrap().1;
    let rows = wait(stage.db.query(
        "SELECT impronta, identita, token_sigillato FROM sessioni",
        &[],
    ))
    .unwrap();
    let stored = rows[0].text(0).unwrap();
    assert_eq!(stored.len(), 64);
    assert!(!stored.contains(token));
    // What was stolen from the database does not open anything, sent as a cookie.
    assert_eq!(stage.me(&format!("sessione={stored}")).0, 401);
    let sealed = rows[0].blob(2).unwrap();
    assert!(!sealed.windows(12).any(|part| part == b"access-token"));
    let rows = wait(stage.db.query(
        "SELECT impronta_cf, esito, livello FROM registro_accessi_identita",
        &[],
    ))
    .unwrap();
    assert_ne!(rows[0].text(0).unwrap(), CITIZEN);
    assert_eq!(
        (rows[0].text(1).unwrap(), rows[0].integer(2).unwrap()),
        ("riuscito", 2)
    );
}

#[test]
fn signing_out_ends_the_session_and_the_access_token() {
    let (stage, cookie) = signed_in();
    let request = stage.get("/api/uscita", &[], &cookie);
    let reply = wait(session::sign_out(&stage.ctx(), &request)).unwrap();
    assert_eq!(reply.status, 204);
    assert!(set_cookies(&reply)[0].starts_with("sessione=; Path=/; "));
    assert!(set_cookies(&reply)[0].contains("Max-Age=0"));
    assert_eq!(stage.me(&cookie).0, 401);
    assert_eq!(*stage.provider.revoked.borrow(), ["access-token"]);
    // Once more, and without any cookie: the same answer.
    assert_eq!(
        wait(session::sign_out(&stage.ctx(), &request))
            .unwrap()
            .status,
        204
    );
    assert_eq!(
        wait(session::sign_out(
            &stage.ctx(),
            &stage.get("/api/uscita", &[], "")
        ))
        .unwrap()
        .status,
        204
    );
}

#[test]
fn a_silent_provider_keeps_nobody_signed_in() {
    let (stage, cookie) = signed_in();
    stage.silence("/revoke");
    let reply = wait(session::sign_out(
        &stage.ctx(),
        &stage.get("/api/uscita", &[], &cookie),
    ))
    .unwrap();
    assert_eq!(reply.status, 204);
    assert_eq!(stage.me(&cookie).0, 401);
}

#[test]
fn signing_in_sweeps_what_has_ended() {
    let (mut stage, _) = signed_in();
    stage.begin(&[]);
    assert_eq!(
        (stage.count("sessioni"), stage.count("tentativi_accesso")),
        (1, 1)
    );
    stage.now += 3600;
    let cookie = cookie(&stage.sign_in("/", Twist::default()), "sessione");
    assert_eq!(
        (stage.count("sessioni"), stage.count("tentativi_accesso")),
        (1, 0)
    );
    let session = wait(session::load(
        &stage.ctx(),
        &stage.get("/api/me", &[], &cookie),
    ))
    .unwrap()
    .unwrap();
    assert_eq!((session.role, session.office), (Role::Cittadino, None));
}
