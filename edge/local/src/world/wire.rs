// SPDX-License-Identifier: EUPL-1.2
//! Requests and answers as the box sees them, and its one outgoing call.

use bytes::Bytes;
use http_body_util::{BodyExt, Empty, Full, Limited};
use hyper::body::Incoming;
use hyper::header::{HeaderName, HeaderValue};
use hyper::{Method, StatusCode};
use hyper_util::client::legacy::Client;
use hyper_util::rt::TokioExecutor;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::time::Duration;

/// The only kind of answer that leaves the box.
pub(crate) type Response = hyper::Response<Full<Bytes>>;

/// No request of the app is larger than this.
const BODY_LIMIT: usize = 256 * 1024;

/// The seconds since 1970 by the clock that components see.
pub(crate) fn now() -> i64 {
    crate::clock::now().as_secs().cast_signed()
}

/// A request, read whole.
pub(crate) struct Call {
    pub(crate) method: Method,
    pub(crate) path: String,
    pub(crate) query: String,
    headers: hyper::HeaderMap,
    body: Bytes,
}

impl Call {
    /// Reads the body up to the limit.
    pub(crate) async fn read(request: hyper::Request<Incoming>) -> Result<Call, Reply> {
        let (head, body) = request.into_parts();
        let body = Limited::new(body, BODY_LIMIT)
            .collect()
            .await
            .map_err(|_| Reply::problem(413, "The body is too large or was cut off."))?
            .to_bytes();
        Ok(Call {
            method: head.method,
            path: head.uri.path().to_owned(),
            query: head.uri.query().unwrap_or_default().to_owned(),
            headers: head.headers,
            body,
        })
    }

    /// A request made up by a test.
    #[cfg(test)]
    pub(crate) fn made(query: &str, headers: &[(&'static str, &str)], body: &str) -> Call {
        let headers = headers.iter().map(|(name, value)| {
            (
                HeaderName::from_static(name),
                HeaderValue::from_str(value).unwrap(),
            )
        });
        Call {
            method: Method::GET,
            path: String::new(),
            query: query.to_owned(),
            headers: headers.collect(),
            body: Bytes::from(body.to_owned()),
        }
    }

    /// A request header as text, empty when missing.
    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers
            .get(name)
            .and_then(|value| value.to_str().ok())
            .unwrap_or_default()
    }

    /// The body as JSON. The content type is asked for, so that a foreign page cannot post it unseen.
    pub(crate) fn json(&self) -> Result<Value, Reply> {
        if !self.header("content-type").starts_with("application/json") {
            return Err(Reply::problem(415, "The body must be application/json."));
        }
        serde_json::from_slice(&self.body).map_err(|_| Reply::problem(400, "The body is not JSON."))
    }

    /// The parameters of the query.
    pub(crate) fn parameters(&self) -> Option<Parameters> {
        Parameters::parse(self.query.as_bytes())
    }

    /// The parameters of a form in the body.
    pub(crate) fn form(&self) -> Option<Parameters> {
        if !self
            .header("content-type")
            .starts_with("application/x-www-form-urlencoded")
        {
            return None;
        }
        Parameters::parse(&self.body)
    }
}

/// Named values of a query or a form, each name once.
pub(crate) struct Parameters(BTreeMap<String, String>);

impl Parameters {
    /// Nothing when a name stands twice: OAuth 2.0 §3.1 forbids it, and the two could disagree.
    pub(crate) fn parse(text: &[u8]) -> Option<Parameters> {
        let mut read = BTreeMap::new();
        for (name, value) in form_urlencoded::parse(text) {
            if read.insert(name.into_owned(), value.into_owned()).is_some() {
                return None;
            }
        }
        Some(Parameters(read))
    }

    /// A value, empty when missing: OAuth treats the two alike.
    pub(crate) fn get(&self, name: &str) -> &str {
        self.0.get(name).map_or("", String::as_str)
    }
}

/// An answer in the making.
pub(crate) struct Reply {
    status: u16,
    headers: Vec<(&'static str, String)>,
    body: Vec<u8>,
}

impl Reply {
    /// An answer of any media type; nothing the box says may be kept by a cache.
    pub(crate) fn new(status: u16, media: &str, body: impl Into<Vec<u8>>) -> Reply {
        let headers = vec![
            ("content-type", media.to_owned()),
            ("cache-control", "no-store".to_owned()),
            ("x-content-type-options", "nosniff".to_owned()),
        ];
        Reply {
            status,
            headers,
            body: body.into(),
        }
    }

    /// A JSON answer.
    pub(crate) fn json(status: u16, value: &Value) -> Reply {
        Reply::new(status, "application/json", value.to_string())
    }

    /// An RFC 9457 problem.
    pub(crate) fn problem(status: u16, detail: &str) -> Reply {
        let title = StatusCode::from_u16(status)
            .ok()
            .and_then(|code| code.canonical_reason());
        let problem =
            json!({"type": "about:blank", "title": title, "status": status, "detail": detail});
        Reply::new(status, "application/problem+json", problem.to_string())
    }

    /// Nothing lives at this path.
    pub(crate) fn not_found() -> Reply {
        Reply::problem(404, "There is nothing at this address of the box.")
    }

    /// The path lives, the method does not.
    pub(crate) fn wrong_method(allow: &str) -> Reply {
        Reply::problem(405, "This address does not answer to this method.").with("allow", allow)
    }

    /// Sends a browser on; 303 so that a form's POST is not repeated.
    pub(crate) fn redirect(status: u16, location: &str) -> Reply {
        Reply::new(status, "text/plain; charset=utf-8", "").with("location", location)
    }

    /// A page; forms may lead to `targets` besides the box itself. Chromium holds `form-action`
    /// against the redirect after a form too, so the app's origin must stand there.
    pub(crate) fn page(status: u16, html: String, targets: &str) -> Reply {
        let policy = format!(
            "default-src 'none'; style-src 'self'; form-action 'self' {targets}; base-uri 'none'; frame-ancestors 'none'"
        );
        Reply::new(status, "text/html; charset=utf-8", html)
            .with("content-security-policy", &policy)
            .with("referrer-policy", "no-referrer")
    }

    /// Adds a header.
    pub(crate) fn with(mut self, name: &'static str, value: &str) -> Reply {
        self.headers.push((name, value.to_owned()));
        self
    }

    /// Status, `location` and body, for tests to look at.
    #[cfg(test)]
    pub(crate) fn parts(&self) -> (u16, &str, &str) {
        let location = self.headers.iter().find(|(name, _)| *name == "location");
        let location = location.map_or("", |(_, value)| value);
        (
            self.status,
            location,
            std::str::from_utf8(&self.body).unwrap(),
        )
    }

    /// The answer as hyper wants it.
    pub(crate) fn finish(self) -> Response {
        let mut response = hyper::Response::new(Full::new(Bytes::from(self.body)));
        *response.status_mut() =
            StatusCode::from_u16(self.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        for (name, value) in self.headers {
            if let Ok(value) = HeaderValue::from_str(&value) {
                response
                    .headers_mut()
                    .insert(HeaderName::from_static(name), value);
            }
        }
        response
    }
}

/// Fetches JSON from the app, with a limit on time and size.
pub(crate) async fn fetch(address: &str) -> anyhow::Result<Value> {
    let client = Client::builder(TokioExecutor::new()).build_http::<Empty<Bytes>>();
    let answer =
        tokio::time::timeout(Duration::from_secs(10), client.get(address.parse()?)).await??;
    anyhow::ensure!(
        answer.status() == StatusCode::OK,
        "{address} answered {}",
        answer.status()
    );
    let body = Limited::new(answer.into_body(), BODY_LIMIT)
        .collect()
        .await
        .map_err(|error| anyhow::anyhow!("{address} was cut off: {error}"))?;
    Ok(serde_json::from_slice(&body.to_bytes())?)
}

/// A time zone free instant, as RFC 3339 in UTC.
pub(crate) fn instant(seconds: i64) -> String {
    jiff::Timestamp::from_second(seconds)
        .map(|at| at.to_string())
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_given_twice_is_refused() {
        assert!(Parameters::parse(b"a=1&a=2").is_none());
        assert_eq!(Parameters::parse(b"a=1&b=2").unwrap().get("b"), "2");
        assert_eq!(Parameters::parse(b"").unwrap().get("b"), "");
    }
}
