// SPDX-License-Identifier: EUPL-1.2
//! One installation with its database, and a browser to walk through a sign-in.

use std::collections::HashMap;
use std::pin::pin;
use std::rc::Rc;
use std::task::{Context, Poll, Waker};

use rsa::traits::PrivateKeyParts;
use serde_json::Value;

use super::super::vault::Vault;
use super::super::{session, sign_in};
use super::provider::{CIE, Provider, SPID, Twist, fields, our_key, ours};
use crate::ctx::{Config, Ctx};
use crate::db::{Db, migrate};
use crate::http::{Reply, Request};

const SECRET: &str = "a secret of at least thirty-two characters";
/// 24 November 2026, 10:00 in Rome.
const START: i64 = 1_795_510_800;

/// One installation with its database, the provider, and a browser.
pub(super) struct Stage {
    pub(super) db: Db,
    pub(super) config: Config,
    pub(super) now: i64,
    pub(super) provider: Rc<Provider>,
}

impl Stage {
    pub(super) fn new() -> Self {
        let stage = Self::without_keys();
        // Making keys takes long without optimisation, so the published example keys stand in.
        let vault = Vault::new(SECRET).unwrap();
        let primes: Vec<u8> = our_key()
            .primes()
            .iter()
            .flat_map(|prime| prime.to_be_bytes().into_vec())
            .collect();
        for usage in ["sig", "enc"] {
            let sealed = vault.seal(usage, [1; 24], &primes).unwrap();
            let insert = "INSERT INTO chiavi (uso, sigillata, creata) VALUES (?1, ?2, 0)";
            wait(stage.db.execute(insert, &[usage.into(), sealed.into()])).unwrap();
        }
        stage
    }

    /// An installation that has not been used yet.
    pub(super) fn without_keys() -> Self {
        let db = Db(Rc::new(rusqlite::Connection::open_in_memory().unwrap()));
        wait(migrate(&db)).unwrap();
        let config = Config {
            segreto: SECRET.into(),
            indirizzo_pubblico: "https://sportello.example".into(),
            spid_issuer: SPID.into(),
            cie_issuer: CIE.into(),
            ambiente: "produzione".into(),
            ..Config::default()
        };
        Self {
            db,
            config,
            now: START,
            provider: Provider::new(START),
        }
    }

    pub(super) fn ctx(&self) -> Ctx {
        self.provider.now.set(self.now);
        let provider = Rc::clone(&self.provider);
        Ctx {
            now: jiff::Timestamp::from_second(self.now).unwrap(),
            config: self.config.clone().into(),
            db: self.db.clone(),
            session: None,
            language: crate::texts::Language::Italian,
            owing: Default::default(),
            net: Rc::new(move |request| provider.answer(&request)),
        }
    }

    pub(super) fn get(&self, path: &str, query: &[(&str, &str)], cookies: &str) -> Request {
        Request {
            query: query
                .iter()
                .map(|&(name, value)| (name.to_owned(), value.to_owned()))
                .collect(),
            ..Request::made("GET", path, &[("cookie", cookies)])
        }
    }

    /// `GET /api/accesso`; the provider remembers what was asked of it.
    pub(super) fn begin(&self, query: &[(&str, &str)]) -> Reply {
        let reply = wait(sign_in::begin(
            &self.ctx(),
            &self.get("/api/accesso", query, ""),
        ))
        .unwrap();
        if reply.status == 302 && !location(&reply).starts_with('/') {
            let (_, inner) = request_object(&reply);
            *self.provider.nonce.borrow_mut() = inner["nonce"].as_str().unwrap().into();
            *self.provider.challenge.borrow_mut() =
                inner["code_challenge"].as_str().unwrap().into();
        }
        reply
    }

    pub(super) fn callback(&self, query: &[(&str, &str)], cookies: &str) -> Reply {
        wait(sign_in::callback(
            &self.ctx(),
            &self.get("/api/accesso/callback", query, cookies),
        ))
        .unwrap()
    }

    /// The whole way, with the provider twisted.
    pub(super) fn sign_in(&self, return_to: &str, twist: Twist) -> Reply {
        *self.provider.twist.borrow_mut() = twist;
        let begun = self.begin(&[("ritorno", return_to)]);
        if begun.status != 302 || location(&begun).starts_with('/') {
            return begun;
        }
        let (state, cookie) = (state(&begun), cookie(&begun, "accesso_"));
        self.callback(
            &[
                ("code", "code"),
                ("state", &state),
                ("iss", &self.config.spid_issuer),
            ],
            &cookie,
        )
    }

    /// `GET /api/me` with these cookies.
    pub(super) fn me(&self, cookies: &str) -> (u16, Value) {
        let request = self.get("/api/me", &[], cookies);
        let mut ctx = self.ctx();
        ctx.session = wait(session::load(&ctx, &request)).unwrap();
        match wait(session::me(&ctx, &request)) {
            Ok(reply) => (reply.status, serde_json::from_slice(&reply.body).unwrap()),
            Err(_) => (401, Value::Null),
        }
    }

    pub(super) fn sql(&self, statement: &str) {
        wait(self.db.execute(statement, &[])).unwrap();
    }

    pub(super) fn count(&self, table: &str) -> i64 {
        let rows = wait(self.db.query(&format!("SELECT COUNT(*) FROM {table}"), &[])).unwrap();
        rows[0].integer(0).unwrap()
    }

    /// How often the provider was asked for a path.
    pub(super) fn asked(&self, path: &str) -> usize {
        self.provider
            .asked
            .borrow()
            .iter()
            .filter(|url| url.ends_with(path))
            .count()
    }

    pub(super) fn silence(&self, path: &str) {
        *self.provider.silent.borrow_mut() = path.into();
    }

    pub(super) fn new_provider_key(&self) {
        self.provider.key.borrow_mut().0 = "second";
    }
}

/// Runs a future that never waits for anything outside.
pub(crate) fn wait<T>(future: impl Future<Output = T>) -> T {
    let mut future = pin!(future);
    loop {
        if let Poll::Ready(value) = future
            .as_mut()
            .poll(&mut Context::from_waker(Waker::noop()))
        {
            return value;
        }
    }
}

pub(super) fn location(reply: &Reply) -> &str {
    reply.headers["location"].to_str().unwrap()
}

pub(super) fn set_cookies(reply: &Reply) -> Vec<&str> {
    let set = reply.headers.get_all("set-cookie").iter();
    set.map(|value| value.to_str().unwrap()).collect()
}

/// The cookie whose name begins so, as a browser sends it back.
pub(super) fn cookie(reply: &Reply, name: &str) -> String {
    let set = set_cookies(reply)
        .into_iter()
        .find(|cookie| cookie.starts_with(name))
        .unwrap();
    set.split(';').next().unwrap().to_owned()
}

/// The query and the request object that a browser carries to the provider.
pub(super) fn request_object(reply: &Reply) -> (HashMap<String, String>, Value) {
    let outer = fields(location(reply).split_once('?').unwrap().1.as_bytes());
    let inner = ours(&outer["request"]);
    (outer, inner)
}

pub(super) fn state(reply: &Reply) -> String {
    request_object(reply).1["state"]
        .as_str()
        .unwrap()
        .to_owned()
}
