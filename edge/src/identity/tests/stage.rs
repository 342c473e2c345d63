// SPDX-License-Identifier: EUPL-1.2
//! A provider in memory, made with our own JOSE the other way round, and a browser to walk through it.

use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::pin::pin;
use std::rc::Rc;
use std::task::{Context, Poll, Waker};

use rsa::PrivateKey;
use rsa::traits::PrivateKeyParts;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use super::super::jose::{cbc_hmac, decode, digest, encode, jwk, jws, vectors};
use super::super::vault::Vault;
use super::super::{session, sign_in};
use crate::ctx::{Config, Ctx};
use crate::db::{Db, migrate};
use crate::http::{FetchError, Incoming, Outgoing, Reply, Request};

pub(super) const SPID: &str = "https://spid.example/oidc";
pub(super) const CIE: &str = "https://cie.example/oidc";
pub(super) const BOX: &str = "http://127.0.0.1:3001/spid";
pub(super) const CITIZEN: &str = "RSSMRA89T13F205B";
const CLIENT: &str = "https://sportello.example/api/accesso";
const SECRET: &str = "a secret of at least thirty-two characters";
/// 24 November 2026, 10:00 in Rome.
const START: i64 = 1_795_510_800;

type Change = Box<dyn Fn(&mut Value)>;
type Forge = Box<dyn Fn(String) -> String>;

/// What the provider does otherwise than it should.
pub(super) struct Twist {
    pub(super) id_claims: Change,
    pub(super) id_token: Forge,
    pub(super) info_claims: Change,
    /// The signed token inside.
    pub(super) info_inner: Forge,
    /// The encrypted token outside.
    pub(super) info_token: Forge,
    pub(super) tokens: Change,
}

impl Default for Twist {
    fn default() -> Self {
        Self {
            id_claims: Box::new(|_| {}),
            id_token: Box::new(|token| token),
            info_claims: Box::new(|_| {}),
            info_inner: Box::new(|token| token),
            info_token: Box::new(|token| token),
            tokens: Box::new(|_| {}),
        }
    }
}

/// The provider's side.
pub(super) struct Provider {
    key: RefCell<(&'static str, PrivateKey)>,
    twist: RefCell<Twist>,
    nonce: RefCell<String>,
    challenge: RefCell<String>,
    now: Cell<i64>,
    asked: RefCell<Vec<String>>,
    silent: RefCell<String>,
    pub(super) revoked: RefCell<Vec<String>>,
}

impl Provider {
    fn answer(&self, request: &Outgoing) -> Result<Incoming, FetchError> {
        self.asked.borrow_mut().push(request.url.clone());
        let silent = self.silent.borrow();
        if !silent.is_empty() && request.url.ends_with(silent.as_str()) {
            return Err(FetchError);
        }
        let issuer = [SPID, CIE, BOX]
            .into_iter()
            .find(|issuer| request.url.starts_with(issuer))
            .unwrap();
        let body = match &request.url[issuer.len()..] {
            "/.well-known/openid-configuration" => discovery(issuer).to_string(),
            "/jwks.json" => self.keys().to_string(),
            "/token" => self.token(issuer, request),
            "/userinfo" => self.userinfo(issuer, request),
            "/revoke" => {
                self.revoked
                    .borrow_mut()
                    .push(fields(&request.body)["token"].clone());
                String::from("{}")
            }
            other => panic!("nobody asks for {other}"),
        };
        Ok(Incoming {
            status: 200,
            body: body.into_bytes(),
        })
    }

    fn keys(&self) -> Value {
        let key = self.key.borrow();
        let mut published = jwk::published(key.1.as_public_key(), "sig", Some("RS256"));
        published["kid"] = key.0.into();
        json!({ "keys": [published] })
    }

    pub(super) fn sign(&self, claims: &Value) -> String {
        let key = self.key.borrow();
        jws::sign(&key.1, key.0, "JWT", claims).unwrap()
    }

    fn token(&self, issuer: &str, request: &Outgoing) -> String {
        let form = fields(&request.body);
        assert_eq!(form["grant_type"], "authorization_code");
        assert_eq!(form["redirect_uri"], format!("{CLIENT}/callback"));
        assert_eq!(
            digest(&form["code_verifier"]),
            *self.challenge.borrow(),
            "PKCE"
        );
        let assertion = ours(&form["client_assertion"]);
        assert_eq!(
            (&assertion["iss"], &assertion["sub"]),
            (&json!(CLIENT), &json!(CLIENT))
        );
        assert_eq!(assertion["aud"], format!("{issuer}/token"));
        let access_token = "access-token";
        let mut claims = json!({
            "iss": issuer, "sub": "subject", "aud": CLIENT, "nonce": *self.nonce.borrow(),
            "iat": self.now.get(), "exp": self.now.get() + 300, "acr": "https://www.spid.gov.it/SpidL2",
            "at_hash": encode(&Sha256::digest(access_token.as_bytes())[..16]),
        });
        let twist = self.twist.borrow();
        (twist.id_claims)(&mut claims);
        let id_token = (twist.id_token)(self.sign(&claims));
        let mut tokens =
            json!({"access_token": access_token, "token_type": "Bearer", "id_token": id_token});
        (twist.tokens)(&mut tokens);
        tokens.to_string()
    }

    fn userinfo(&self, issuer: &str, request: &Outgoing) -> String {
        assert!(
            request
                .headers
                .iter()
                .any(|(name, value)| name == "authorization" && value == "Bearer access-token")
        );
        let mut claims = json!({
            "iss": issuer, "sub": "subject", "aud": CLIENT, "given_name": "Mario", "family_name": "Rossi",
            "birthdate": "1989-12-13", "gender": "male", "place_of_birth": {"locality": "F205", "region": "MI"},
            "https://attributes.eid.gov.it/fiscal_number": format!("TINIT-{CITIZEN}"),
            "email": "mario.rossi@example.com", "phone_number": "+393331234501",
        });
        let twist = self.twist.borrow();
        (twist.info_claims)(&mut claims);
        (twist.info_token)(encrypted(&(twist.info_inner)(self.sign(&claims))))
    }
}

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
            let sealed = vault.seal(usage, [1; 16], &primes).unwrap();
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
            provider: Self::empty_provider(),
        }
    }

    pub(super) fn ctx(&self) -> Ctx {
        self.provider.now.set(self.now);
        let provider = Rc::clone(&self.provider);
        Ctx {
            now: jiff::Timestamp::from_second(self.now).unwrap(),
            config: self.config.clone(),
            db: self.db.clone(),
            session: None,
            net: Rc::new(move |request| provider.answer(&request)),
        }
    }

    pub(super) fn get(&self, path: &str, query: &[(&str, &str)], cookies: &str) -> Request {
        Request {
            method: "GET".into(),
            path: path.into(),
            query: query
                .iter()
                .map(|&(name, value)| (name.to_owned(), value.to_owned()))
                .collect(),
            headers: vec![("cookie".into(), cookies.into())],
            body: Vec::new(),
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

    pub(super) fn empty_provider() -> Rc<Provider> {
        Rc::new(Provider {
            key: RefCell::new(("first", vectors::a1_key())),
            twist: RefCell::default(),
            nonce: RefCell::default(),
            challenge: RefCell::default(),
            now: Cell::new(START),
            asked: RefCell::default(),
            silent: RefCell::default(),
            revoked: RefCell::default(),
        })
    }
}

/// Runs a future that never waits for anything outside.
pub(super) fn wait<T>(future: impl Future<Output = T>) -> T {
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
    &reply
        .headers
        .iter()
        .find(|(name, _)| name == "location")
        .unwrap()
        .1
}

pub(super) fn set_cookies(reply: &Reply) -> Vec<&str> {
    reply
        .headers
        .iter()
        .filter(|(name, _)| name == "set-cookie")
        .map(|(_, value)| value.as_str())
        .collect()
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

/// The key that stands in for both of ours.
fn our_key() -> PrivateKey {
    vectors::a2_key()
}

/// The claims of a token that we have signed.
fn ours(token: &str) -> Value {
    let set = json!({"keys": [jwk::published(our_key().as_public_key(), "sig", Some("RS256"))]});
    Value::Object(
        jws::verify(token, &jwk::KeySet::parse(&set).unwrap())
            .unwrap()
            .claims,
    )
}

/// A token encrypted to us with RSA-OAEP-256 and A256CBC-HS512.
pub(super) fn encrypted(inner: &str) -> String {
    let (key, iv) = ([7; 64], [9; 16]);
    let kid = jwk::thumbprint(our_key().as_public_key());
    let header = json!({"alg": "RSA-OAEP-256", "enc": "A256CBC-HS512", "kid": kid, "cty": "JWT"})
        .to_string();
    let header = encode(header.as_bytes());
    let wrapped = our_key()
        .to_public_key()
        .oaep_encrypt::<Sha256>(&key)
        .unwrap();
    let (sealed, tag) = cbc_hmac::seal(&key, &iv, header.as_bytes(), inner.as_bytes()).unwrap();
    [
        header,
        encode(&wrapped),
        encode(&iv),
        encode(&sealed),
        encode(&tag),
    ]
    .join(".")
}

/// The same token with a signature that does not fit.
pub(super) fn broken(token: String) -> String {
    let (input, signature) = token.rsplit_once('.').unwrap();
    let mut bytes = decode(signature).unwrap();
    bytes[9] ^= 1;
    format!("{input}.{}", encode(&bytes))
}

/// The same claims under another header and signature.
pub(super) fn reheaded(token: &str, header: &Value, signature: &str) -> String {
    let body = token.split('.').nth(1).unwrap();
    format!(
        "{}.{body}.{signature}",
        encode(header.to_string().as_bytes())
    )
}

fn discovery(issuer: &str) -> Value {
    json!({
        "issuer": issuer,
        "authorization_endpoint": format!("{issuer}/authorize"),
        "token_endpoint": format!("{issuer}/token"),
        "userinfo_endpoint": format!("{issuer}/userinfo"),
        "revocation_endpoint": format!("{issuer}/revoke"),
        "jwks_uri": format!("{issuer}/jwks.json"),
        "authorization_response_iss_parameter_supported": true,
    })
}

fn fields(text: &[u8]) -> HashMap<String, String> {
    let text = String::from_utf8(text.to_vec()).unwrap();
    text.split('&')
        .map(|pair| pair.split_once('=').unwrap())
        .map(|(name, value)| (unescape(name), unescape(value)))
        .collect()
}

fn unescape(text: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        bytes.push(match byte {
            b'%' => {
                let digits = [rest.next().unwrap(), rest.next().unwrap()];
                u8::from_str_radix(std::str::from_utf8(&digits).unwrap(), 16).unwrap()
            }
            byte => byte,
        });
    }
    String::from_utf8(bytes).unwrap()
}
