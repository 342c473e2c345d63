// SPDX-License-Identifier: EUPL-1.2
//! A small HTTP/1.1 client with a cookie jar, which sends exactly what a test says.
//!
//! Written here because a full client would mend what the refusals are about: it adds an origin only where a browser
//! would, follows no redirect by itself, and goes on reading when a server answers before the body is sent.

use std::sync::{Mutex, PoisonError};

use serde_json::Value;

use crate::wire::exchange;
use crate::{Call, Persona, Reply};

/// How many redirects a sign-in may take.
const REDIRECTS: usize = 10;

/// One answer on the way of a redirect.
pub struct Step {
    /// What was asked for, as an absolute address.
    pub address: String,
    /// What came back.
    pub reply: Reply,
}

struct Cookie {
    name: String,
    value: String,
    path: String,
}

/// A browser of one person: an origin and a cookie jar.
pub struct Client {
    origin: String,
    jar: Mutex<Vec<Cookie>>,
}

impl Client {
    /// Nobody has signed in yet.
    #[must_use]
    pub fn new(origin: &str) -> Self {
        Self {
            origin: origin.to_owned(),
            jar: Mutex::default(),
        }
    }

    /// Sends a request to our own origin.
    #[track_caller]
    pub fn send(&self, call: &Call) -> Reply {
        self.ask(&format!("{}{}", self.origin, call.target), call)
    }

    /// `GET`.
    #[track_caller]
    pub fn get(&self, target: &str) -> Reply {
        self.send(&Call::get(target))
    }

    /// `POST` of JSON from our own pages.
    #[track_caller]
    pub fn post(&self, target: &str, body: &Value) -> Reply {
        self.send(&Call::post(target).json(body))
    }

    /// `POST` of JSON from our own pages to a machine that may be gone: then there is no answer, or half of one.
    pub fn try_post(&self, target: &str, body: &Value) -> Option<Reply> {
        self.try_send(&Call::post(target).json(body))
    }

    /// Sends a request to a machine that may be gone.
    pub fn try_send(&self, call: &Call) -> Option<Reply> {
        self.try_ask(&format!("{}{}", self.origin, call.target), call)
            .ok()
    }

    /// `GET` and every redirect after it, the last answer last. Stops before an address that `stop` names.
    #[track_caller]
    pub fn follow(&self, target: &str, stop: &str) -> Vec<Step> {
        let mut address = format!("{}{target}", self.origin);
        let mut steps = Vec::new();
        for _ in 0..REDIRECTS {
            let reply = self.ask(&address, &Call::get(""));
            let to = reply.header("location").to_owned();
            steps.push(Step {
                address: address.clone(),
                reply,
            });
            if to.is_empty() || (!stop.is_empty() && to.contains(stop)) {
                return steps;
            }
            address = if to.starts_with('/') {
                format!("{}{to}", self.origin)
            } else {
                to
            };
        }
        panic!("more than {REDIRECTS} redirects from {target}");
    }

    /// Signs somebody in with SPID, and makes sure of it.
    #[track_caller]
    pub fn sign_in(&self, persona: Persona) -> &Self {
        let steps = self.follow(
            &format!(
                "/api/accesso?ritorno=/api/me&login_hint={}",
                persona.codice_fiscale
            ),
            "",
        );
        let way: Vec<_> = steps
            .iter()
            .map(|step| (&step.address, step.reply.status))
            .collect();
        let me = self.get("/api/me");
        assert_eq!(me.status, 200, "the sign-in went {way:#?}: {}", me.text());
        assert_eq!(me.json()["codice_fiscale"], persona.codice_fiscale);
        self
    }

    /// The value of a cookie that this browser holds.
    pub fn cookie(&self, name: &str) -> Option<String> {
        let jar = self.jar.lock().unwrap_or_else(PoisonError::into_inner);
        jar.iter()
            .find(|cookie| cookie.name == name)
            .map(|cookie| cookie.value.clone())
    }

    /// Sends a request to any address; cookies go to our own origin only.
    #[track_caller]
    fn ask(&self, address: &str, call: &Call) -> Reply {
        self.try_ask(address, call)
            .unwrap_or_else(|why| panic!("{why}"))
    }

    fn try_ask(&self, address: &str, call: &Call) -> Result<Reply, String> {
        let rest = address.strip_prefix("http://").expect("an http address");
        let (host, target) = rest
            .split_once('/')
            .map_or((rest, "/".to_owned()), |(host, path)| {
                (host, format!("/{path}"))
            });
        let ours = address.starts_with(&format!("{}/", self.origin));
        let mut head = format!(
            "{} {target} HTTP/1.1\r\nhost: {host}\r\nconnection: close\r\n",
            call.method
        );
        for (name, value) in &call.headers {
            head.push_str(&format!("{name}: {value}\r\n"));
        }
        if ours && call.origin {
            head.push_str(&format!("origin: {}\r\n", self.origin));
        }
        if ours && let Some(cookies) = self.cookies(&target) {
            head.push_str(&format!("cookie: {cookies}\r\n"));
        }
        let in_chunks = call
            .headers
            .iter()
            .any(|(name, _)| name == "transfer-encoding");
        if (call.body.is_some() || call.method != "GET") && !in_chunks {
            head.push_str(&format!(
                "content-length: {}\r\n",
                call.body.as_ref().map_or(0, Vec::len) + call.missing
            ));
        }
        head.push_str("\r\n");
        let reply = exchange(
            host,
            head.as_bytes(),
            call.body.as_deref().unwrap_or_default(),
            call.missing > 0,
        )?;
        if ours {
            reply.cookies().for_each(|line| self.keep(line));
        }
        Ok(reply)
    }

    fn cookies(&self, target: &str) -> Option<String> {
        let path = target.split('?').next().unwrap_or_default();
        let jar = self.jar.lock().unwrap_or_else(PoisonError::into_inner);
        let pairs: Vec<String> = jar
            .iter()
            .filter(|cookie| path.starts_with(&cookie.path))
            .map(|cookie| format!("{}={}", cookie.name, cookie.value))
            .collect();
        (!pairs.is_empty()).then(|| pairs.join("; "))
    }

    fn keep(&self, line: &str) {
        let mut parts = line.split(';').map(str::trim);
        let (name, value) = parts
            .next()
            .and_then(|pair| pair.split_once('='))
            .unwrap_or((line, ""));
        let attributes: Vec<&str> = parts.collect();
        let path = attributes
            .iter()
            .find_map(|part| part.strip_prefix("Path="))
            .unwrap_or("/");
        let mut jar = self.jar.lock().unwrap_or_else(PoisonError::into_inner);
        jar.retain(|cookie| cookie.name != name || cookie.path != path);
        if !attributes.contains(&"Max-Age=0") {
            jar.push(Cookie {
                name: name.into(),
                value: value.into(),
                path: path.into(),
            });
        }
    }
}
