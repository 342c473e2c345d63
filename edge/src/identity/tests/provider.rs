// SPDX-License-Identifier: EUPL-1.2
//! A provider in memory, made with our own JOSE the other way round. Tests twist what it answers.

use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::rc::Rc;

use rsa::PrivateKey;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use super::super::jose::{cbc_hmac, decode, digest, encode, jwk, jws, vectors};
use crate::http::{FetchError, Incoming, Outgoing};

pub(super) const SPID: &str = "https://spid.example/oidc";
pub(super) const CIE: &str = "https://cie.example/oidc";
pub(super) const BOX: &str = "http://127.0.0.1:3001/spid";
pub(super) const CITIZEN: &str = "RSSMRA89T13F205B";
const CLIENT: &str = "https://sportello.example/api/accesso";

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
    pub(super) key: RefCell<(&'static str, PrivateKey)>,
    pub(super) twist: RefCell<Twist>,
    pub(super) nonce: RefCell<String>,
    pub(super) challenge: RefCell<String>,
    pub(super) now: Cell<i64>,
    pub(super) asked: RefCell<Vec<String>>,
    pub(super) silent: RefCell<String>,
    pub(super) revoked: RefCell<Vec<String>>,
}

impl Provider {
    pub(super) fn new(now: i64) -> Rc<Self> {
        Rc::new(Self {
            key: RefCell::new(("first", vectors::a1_key())),
            twist: RefCell::default(),
            nonce: RefCell::default(),
            challenge: RefCell::default(),
            now: Cell::new(now),
            asked: RefCell::default(),
            silent: RefCell::default(),
            revoked: RefCell::default(),
        })
    }

    pub(super) fn answer(&self, request: &Outgoing) -> Result<Incoming, FetchError> {
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

/// The key that stands in for both of ours.
pub(super) fn our_key() -> PrivateKey {
    vectors::a2_key()
}

/// The claims of a token that we have signed.
pub(super) fn ours(token: &str) -> Value {
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

pub(super) fn fields(text: &[u8]) -> HashMap<String, String> {
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
