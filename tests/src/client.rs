// SPDX-License-Identifier: EUPL-1.2
//! A small HTTP/1.1 client with a cookie jar, which sends exactly what a test says.
//!
//! Written here because a full client would mend what the refusals are about: it adds an origin only where a browser
//! would, follows no redirect by itself, and goes on reading when a server answers before the body is sent.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use serde_json::Value;

use crate::Persona;

/// How long an answer may take.
const PATIENCE: Duration = Duration::from_secs(30);
/// How many redirects a sign-in may take.
const REDIRECTS: usize = 10;

/// A request to be sent.
#[derive(Debug, Clone)]
pub struct Call {
    method: String,
    target: String,
    headers: Vec<(String, String)>,
    body: Option<Vec<u8>>,
    origin: bool,
}

impl Call {
    /// Any method.
    #[must_use]
    pub fn new(method: &str, target: &str) -> Self {
        Self {
            method: method.into(),
            target: target.into(),
            headers: Vec::new(),
            body: None,
            origin: method != "GET",
        }
    }

    /// A GET.
    #[must_use]
    pub fn get(target: &str) -> Self {
        Self::new("GET", target)
    }

    /// A POST that comes from our own pages.
    #[must_use]
    pub fn post(target: &str) -> Self {
        Self::new("POST", target)
    }

    /// One more header. An `origin` takes the place of our own.
    #[must_use]
    pub fn header(mut self, name: &str, value: &str) -> Self {
        self.origin &= name != "origin";
        self.headers.push((name.into(), value.into()));
        self
    }

    /// Sends no `Origin`.
    #[must_use]
    pub fn without_origin(mut self) -> Self {
        self.origin = false;
        self
    }

    /// A JSON body.
    #[must_use]
    pub fn json(self, value: &Value) -> Self {
        self.body("application/json", value.to_string().into_bytes())
    }

    /// Any body.
    #[must_use]
    pub fn body(mut self, kind: &str, bytes: Vec<u8>) -> Self {
        self.body = Some(bytes);
        self.header("content-type", kind)
    }
}

/// An answer.
#[derive(Debug, Clone)]
pub struct Reply {
    /// HTTP status.
    pub status: u16,
    /// Names in lower case.
    pub headers: Vec<(String, String)>,
    /// The whole body.
    pub body: Vec<u8>,
}

impl Reply {
    /// The first header of this lower-case name, or nothing at all.
    #[must_use]
    pub fn header(&self, name: &str) -> &str {
        self.headers
            .iter()
            .find(|(found, _)| found == name)
            .map_or("", |(_, value)| value)
    }

    /// All `Set-Cookie` values.
    pub fn cookies(&self) -> impl Iterator<Item = &str> {
        self.headers
            .iter()
            .filter(|(name, _)| name == "set-cookie")
            .map(|(_, value)| value.as_str())
    }

    /// The body as text.
    #[must_use]
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    /// The body as JSON.
    #[must_use]
    #[track_caller]
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body)
            .unwrap_or_else(|error| panic!("no JSON ({error}): {}", self.text()))
    }

    /// The same answer, if its status is this one.
    #[track_caller]
    pub fn expect(self, status: u16) -> Self {
        assert_eq!(self.status, status, "{}", self.text());
        self
    }

    /// The same answer, if it is a refusal with this status and this stable code.
    #[track_caller]
    pub fn refused(self, status: u16, code: &str) -> Self {
        let reply = self.expect(status);
        assert_eq!(reply.json()["code"], code, "{}", reply.text());
        reply
    }

    /// The refused fields with their codes, in the order of the answer.
    #[must_use]
    #[track_caller]
    pub fn fields(&self) -> Vec<(String, String)> {
        let body = self.json();
        let errors = body["errors"].as_array().cloned().unwrap_or_default();
        let word = |error: &Value, name: &str| error[name].as_str().unwrap_or_default().to_owned();
        errors
            .iter()
            .map(|error| (word(error, "field"), word(error, "code")))
            .collect()
    }
}

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
        self.follow(
            &format!(
                "/api/accesso?ritorno=/api/me&login_hint={}",
                persona.codice_fiscale
            ),
            "",
        );
        assert_eq!(
            self.get("/api/me").expect(200).json()["codice_fiscale"],
            persona.codice_fiscale
        );
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
        if call.body.is_some() || call.method != "GET" {
            head.push_str(&format!(
                "content-length: {}\r\n",
                call.body.as_ref().map_or(0, Vec::len)
            ));
        }
        head.push_str("\r\n");
        let reply = exchange(
            host,
            head.as_bytes(),
            call.body.as_deref().unwrap_or_default(),
        );
        if ours {
            reply.cookies().for_each(|line| self.keep(line));
        }
        reply
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

/// Writes and reads at the same time: a server may refuse a body before it has all of it.
#[track_caller]
fn exchange(host: &str, head: &[u8], body: &[u8]) -> Reply {
    let mut stream =
        TcpStream::connect(host).unwrap_or_else(|error| panic!("cannot reach {host}: {error}"));
    stream
        .set_read_timeout(Some(PATIENCE))
        .expect("a time limit can be set");
    stream
        .set_write_timeout(Some(PATIENCE))
        .expect("a time limit can be set");
    let mut writer = stream.try_clone().expect("a socket can be shared");
    let mut bytes = Vec::new();
    std::thread::scope(|scope| {
        scope.spawn(move || {
            // A server that has already refused may hang up: the answer tells.
            let _ = writer.write_all(head).and_then(|()| writer.write_all(body));
        });
        // An early refusal may end in a reset; what came before it is the answer.
        let _ = stream.read_to_end(&mut bytes);
    });
    read(&bytes)
        .unwrap_or_else(|| panic!("not an HTTP answer: {:?}", String::from_utf8_lossy(&bytes)))
}

fn read(bytes: &[u8]) -> Option<Reply> {
    let end = bytes.windows(4).position(|four| four == b"\r\n\r\n")?;
    let head = std::str::from_utf8(&bytes[..end]).ok()?;
    let mut lines = head.split("\r\n");
    let status = lines.next()?.split(' ').nth(1)?.parse().ok()?;
    let headers: Vec<(String, String)> = lines
        .filter_map(|line| line.split_once(':'))
        .map(|(name, value)| (name.to_ascii_lowercase(), value.trim().to_owned()))
        .collect();
    let rest = &bytes[end + 4..];
    let chunked = headers
        .iter()
        .any(|(name, value)| name == "transfer-encoding" && value == "chunked");
    let body = if chunked {
        unchunked(rest)?
    } else {
        rest.to_vec()
    };
    Some(Reply {
        status,
        headers,
        body,
    })
}

fn unchunked(mut rest: &[u8]) -> Option<Vec<u8>> {
    let mut body = Vec::new();
    loop {
        let end = rest.windows(2).position(|two| two == b"\r\n")?;
        let size =
            usize::from_str_radix(std::str::from_utf8(&rest[..end]).ok()?.trim(), 16).ok()?;
        if size == 0 {
            return Some(body);
        }
        body.extend_from_slice(rest.get(end + 2..end + 2 + size)?);
        rest = rest.get(end + 4 + size..)?;
    }
}
