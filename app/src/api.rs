// SPDX-License-Identifier: EUPL-1.2
//! The only HTTP of the app: one `call` for every endpoint of the contract.

use contract::endpoint::{self, ApiError, Endpoint};
use gloo_net::http::{Method, Request, RequestBuilder};

use crate::{browser::encode, texts};

pub(crate) mod upload;

/// Why there is no answer.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum CallError {
    /// The edge could not be reached.
    Offline,
    /// The edge refused, and says why.
    Problem(Box<ApiError>),
    /// The answer cannot be read.
    Unreadable,
}

impl CallError {
    /// The HTTP status, zero without an answer.
    pub(crate) fn status(&self) -> u16 {
        match self {
            Self::Problem(problem) => problem.status,
            _ => 0,
        }
    }

    /// What to tell the person.
    pub(crate) fn sentence(&self) -> String {
        match self {
            Self::Offline => texts::tr(
                "ui/error/offline",
                "Sembra che manchi la connessione. Controlla la rete e riprova.",
            )
            .to_owned(),
            Self::Problem(problem) if !problem.detail.is_empty() => problem.detail.clone(),
            Self::Problem(problem) => problem.title.clone(),
            Self::Unreadable => texts::tr(
                "ui/error/unreadable",
                "Il sistema ha risposto in un modo che non capiamo. Riprova tra qualche minuto.",
            )
            .to_owned(),
        }
    }
}

/// What an address is asked with, behind its path: names and values as they are. A value that is empty is left out.
pub(crate) type Query<'a> = &'a [(&'a str, &'a str)];

/// Any answer of the edge, also a refusal.
pub(crate) struct Reply {
    pub(crate) status: u16,
    pub(crate) etag: String,
    pub(crate) text: String,
}

impl Reply {
    /// Why it is not what was asked for.
    pub(crate) fn refusal(&self) -> CallError {
        problem(self.status, &self.text)
    }
}

/// Calls an endpoint. `params` fill the parts of its path in order.
pub(crate) async fn call<E: Endpoint>(
    params: &[&str],
    query: Query<'_>,
    input: Option<&E::Input>,
) -> Result<E::Output, CallError> {
    call_once::<E>(params, query, input, "").await
}

/// Calls an endpoint that creates: the same key creates once, however often it is tried.
pub(crate) async fn call_once<E: Endpoint>(
    params: &[&str],
    query: Query<'_>,
    input: Option<&E::Input>,
    key: &str,
) -> Result<E::Output, CallError> {
    let body = input.and_then(|input| serde_json::to_string(input).ok());
    let key = ("Idempotency-Key", key);
    let reply = ask(E::METHOD, &address(E::PATH, params), query, body, key).await?;
    if !(200..300).contains(&reply.status) {
        return Err(reply.refusal());
    }
    let text = if reply.text.is_empty() {
        "null"
    } else {
        &reply.text
    };
    serde_json::from_str(text).map_err(|_| CallError::Unreadable)
}

fn address(path: &str, params: &[&str]) -> String {
    let mut params = params.iter();
    let mut address = String::new();
    for part in path.split('/').skip(1) {
        address.push('/');
        match part.strip_prefix('{').and_then(|_| params.next()) {
            Some(value) => address.push_str(&encode(value)),
            None => address.push_str(part),
        }
    }
    address
}

/// Asks the edge, with a header more when it has a value.
pub(crate) async fn ask(
    method: endpoint::Method,
    address: &str,
    query: Query<'_>,
    body: Option<String>,
    header: (&str, &str),
) -> Result<Reply, CallError> {
    let mut request = RequestBuilder::new(address)
        .method(match method {
            endpoint::Method::Get => Method::GET,
            endpoint::Method::Post => Method::POST,
            endpoint::Method::Put => Method::PUT,
            endpoint::Method::Delete => Method::DELETE,
        })
        .query(query.iter().copied().filter(|(_, value)| !value.is_empty()))
        .header("Accept", "application/json, application/problem+json")
        .header("Accept-Language", texts::language());
    if !header.1.is_empty() {
        request = request.header(header.0, header.1);
    }
    let request = match body {
        Some(body) => request
            .header("Content-Type", "application/json")
            .body(body),
        None => request.build(),
    };
    // Whatever the browser says, nobody has answered.
    let answer = async {
        let response = request?.send().await?;
        Ok::<_, gloo_net::Error>(Reply {
            status: response.status(),
            etag: response.headers().get("etag").unwrap_or_default(),
            text: response.text().await?,
        })
    };
    answer.await.map_err(|_| CallError::Offline)
}

/// What the edge says of a refusal, or a sentence of ours when somebody in between has answered.
fn problem(status: u16, text: &str) -> CallError {
    let problem = serde_json::from_str(text).unwrap_or_else(|_| ApiError {
        kind: String::new(),
        title: texts::tr(
            "ui/error/server",
            "Il sistema non riesce a rispondere. Riprova tra qualche minuto.",
        )
        .to_owned(),
        status,
        detail: String::new(),
        instance: String::new(),
        code: None,
        errors: Vec::new(),
        alternative: Vec::new(),
    });
    CallError::Problem(Box::new(problem))
}

/// A file of the site by its address: the texts of a language, the list of places.
pub(crate) async fn text_file(address: &str) -> Option<String> {
    let response = Request::get(address).send().await.ok()?;
    if response.ok() {
        response.text().await.ok()
    } else {
        None
    }
}
