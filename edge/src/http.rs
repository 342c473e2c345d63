// SPDX-License-Identifier: EUPL-1.2
//! Requests and replies without a runtime: handlers, tests and the Spin shell all speak these.

use http_types::header::{CONTENT_TYPE, HeaderMap, HeaderName, HeaderValue};
use serde::{Serialize, de::DeserializeOwned};

use crate::error::Error;
#[cfg(not(target_family = "wasm"))]
pub(crate) use crate::native::Headers;
#[cfg(target_family = "wasm")]
pub(crate) use crate::spin::Headers;

/// Largest body that is read: 1 MiB, or a whole file where files are taken in.
pub(crate) fn largest_body(method: &str, path: &str) -> usize {
    if method == "POST" && path == "/api/file" {
        contract::values::file::LARGEST as usize
    } else {
        1 << 20
    }
}

/// What came in.
pub(crate) struct Request {
    /// Upper case.
    pub(crate) method: String,
    /// Without query.
    pub(crate) path: String,
    /// Decoded.
    pub(crate) query: Vec<(String, String)>,
    /// All headers: asked for one by one, because few of the many that a browser sends are ever looked at.
    pub(crate) headers: Headers,
    /// The whole body.
    pub(crate) body: Vec<u8>,
}

impl Request {
    /// In tests: a request with neither query nor body.
    #[cfg(test)]
    pub(crate) fn made(method: &str, path: &str, headers: &[(&'static str, &str)]) -> Self {
        Self {
            method: method.into(),
            path: path.into(),
            query: Vec::new(),
            headers: Headers::made(headers),
            body: Vec::new(),
        }
    }

    /// The first header of this name, if it is text.
    pub(crate) fn header(&self, name: &str) -> Option<String> {
        self.headers.all(name).next().and_then(text)
    }

    /// The last one.
    pub(crate) fn last_header(&self, name: &str) -> Option<String> {
        self.headers.all(name).last().and_then(text)
    }

    /// The first query value of this name.
    pub(crate) fn query_value(&self, name: &str) -> Option<&str> {
        self.query
            .iter()
            .find(|(n, _)| n == name)
            .map(|(_, value)| value.as_str())
    }

    /// The same without the space around it, where an empty value says as much as none.
    pub(crate) fn query_given(&self, name: &str) -> Option<&str> {
        let value = self.query_value(name).map(str::trim);
        value.filter(|value| !value.is_empty())
    }

    /// Only our own pages change anything: the browser says where a request comes from. `public` is where people reach us.
    pub(crate) fn same_origin(&self, public: &str) -> bool {
        match (self.header("sec-fetch-site"), self.header("origin")) {
            (Some(site), _) if site != "same-origin" => false,
            (_, Some(origin)) => {
                origin == public.trim_end_matches('/')
                    || self.header("host").is_some_and(|host| {
                        origin.split_once("://").is_some_and(|(_, o)| o == host)
                    })
            }
            (Some(_), None) => true,
            (None, None) => false,
        }
    }

    /// The JSON body.
    pub(crate) fn json<T: DeserializeOwned>(&self) -> Result<T, Error> {
        let json = self.header("content-type").is_some_and(|kind| {
            kind.split(';')
                .next()
                .is_some_and(|kind| kind.trim().eq_ignore_ascii_case("application/json"))
        });
        if !json {
            return Err(Error::MediaType);
        }
        serde_json::from_slice(&self.body).map_err(|_| Error::BadRequest("corpo"))
    }
}

/// What is no text is no value that anything here could want.
fn text(value: Vec<u8>) -> Option<String> {
    String::from_utf8(value).ok().filter(|text| text.is_ascii())
}

/// What goes out.
pub(crate) struct Reply {
    /// HTTP status.
    pub(crate) status: u16,
    /// All headers.
    pub(crate) headers: HeaderMap,
    /// The whole body.
    pub(crate) body: Vec<u8>,
}

impl Reply {
    /// A JSON body.
    pub(crate) fn json<T: Serialize>(status: u16, value: &T) -> Self {
        let body = serde_json::to_vec(value).unwrap_or_default();
        Self::body(status, "application/json", body)
    }

    /// Any body.
    pub(crate) fn body(status: u16, kind: &str, body: Vec<u8>) -> Self {
        let mut reply = Self::empty(status);
        reply.body = body;
        reply.add(CONTENT_TYPE, kind);
        reply
    }

    /// No body.
    pub(crate) fn empty(status: u16) -> Self {
        Self {
            status,
            headers: HeaderMap::new(),
            body: Vec::new(),
        }
    }

    /// Adds a header, whose name is in lower case.
    pub(crate) fn header(mut self, name: &'static str, value: &str) -> Self {
        self.add(HeaderName::from_static(name), value);
        self
    }

    /// What no header can hold, such as a line break, is left out.
    fn add(&mut self, name: HeaderName, value: &str) {
        if let Ok(value) = HeaderValue::from_str(value) {
            self.headers.append(name, value);
        }
    }
}

/// A request to the world outside.
pub(crate) struct Outgoing {
    /// HTTP method.
    pub(crate) method: String,
    /// Absolute address.
    pub(crate) url: String,
    /// Headers.
    pub(crate) headers: Vec<(String, String)>,
    /// Body.
    pub(crate) body: Vec<u8>,
}

/// Its answer.
pub(crate) struct Incoming {
    /// HTTP status.
    pub(crate) status: u16,
    /// Body.
    pub(crate) body: Vec<u8>,
}

/// The world outside did not answer.
#[derive(Debug, Clone, Copy)]
pub(crate) struct FetchError;

/// Splits a target into its path and its decoded query.
pub(crate) fn target(path_and_query: &str) -> (String, Vec<(String, String)>) {
    let (path, query) = path_and_query
        .split_once('?')
        .unwrap_or((path_and_query, ""));
    let pairs = query
        .split('&')
        .filter(|pair| !pair.is_empty())
        .map(|pair| {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            (decode(name), decode(value))
        });
    (path.to_owned(), pairs.collect())
}

pub(crate) fn decode(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut n = 0;
    while n < bytes.len() {
        let escaped = (bytes[n] == b'%')
            .then(|| {
                text.get(n + 1..n + 3)
                    .and_then(|hex| u8::from_str_radix(hex, 16).ok())
            })
            .flatten();
        match (bytes[n], escaped) {
            (_, Some(byte)) => {
                out.push(byte);
                n += 3;
            }
            (b'+', _) => {
                out.push(b' ');
                n += 1;
            }
            (byte, _) => {
                out.push(byte);
                n += 1;
            }
        }
    }
    String::from_utf8_lossy(&out).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_filter_forgives_the_space_around_it_and_says_nothing_when_it_is_empty() {
        let mut request = Request::made("GET", "/api/operatore/pratiche", &[]);
        for (name, value) in [("stato", " presentata\t"), ("q", "  "), ("servizio", "")] {
            request.query.push((name.into(), value.into()));
        }
        assert_eq!(request.query_given("stato"), Some("presentata"));
        for name in ["q", "servizio", "rifiuto_nodo"] {
            assert_eq!(request.query_given(name), None, "{name}");
        }
    }

    #[test]
    fn no_value_can_begin_another_header() {
        let reply = Reply::empty(303)
            .header("location", "/\r\nset-cookie: a=b")
            .header("set-cookie", "a=1")
            .header("set-cookie", "b=2");
        let all: Vec<_> = reply.headers.iter().collect();
        assert!(all.iter().all(|(name, _)| *name == "set-cookie"), "{all:?}");
        assert_eq!(all.len(), 2);
    }
}
