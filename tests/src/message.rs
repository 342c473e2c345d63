// SPDX-License-Identifier: EUPL-1.2
//! What is sent and what comes back, with the expectations that tests have of it.

use serde_json::Value;

/// A request to be sent.
#[derive(Debug, Clone)]
pub struct Call {
    pub(crate) method: String,
    pub(crate) target: String,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: Option<Vec<u8>>,
    /// Whether our own `Origin` goes along.
    pub(crate) origin: bool,
    /// Bytes of the body that are told of and never come.
    pub(crate) missing: usize,
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
            missing: 0,
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

    /// Breaks off when so many bytes of the body have still to come.
    #[must_use]
    pub fn broken_off(mut self, missing: usize) -> Self {
        self.missing = missing;
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
