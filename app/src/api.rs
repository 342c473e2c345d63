// SPDX-License-Identifier: EUPL-1.2
//! The only HTTP of the app: one `call` for every endpoint of the contract.

use contract::endpoint::{ApiError, Endpoint};
use leptos::prelude::window;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Headers, RequestInit, Response};

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

/// Calls an endpoint. `params` fill the parts of its path in order, `query` stands behind it without `?`.
pub(crate) async fn call<E: Endpoint>(
    params: &[&str],
    query: &str,
    input: Option<&E::Input>,
) -> Result<E::Output, CallError> {
    call_once::<E>(params, query, input, "").await
}

/// Calls an endpoint that creates: the same key creates once, however often it is tried.
pub(crate) async fn call_once<E: Endpoint>(
    params: &[&str],
    query: &str,
    input: Option<&E::Input>,
    key: &str,
) -> Result<E::Output, CallError> {
    let body = input.and_then(|input| serde_json::to_string(input).ok());
    let text = send(
        E::METHOD.as_str(),
        &address(E::PATH, params, query),
        body,
        key,
    )
    .await?;
    serde_json::from_str(if text.is_empty() { "null" } else { &text })
        .map_err(|_| CallError::Unreadable)
}

fn address(path: &str, params: &[&str], query: &str) -> String {
    let mut params = params.iter();
    let mut address = String::new();
    for part in path.split('/').skip(1) {
        address.push('/');
        match part.strip_prefix('{').and_then(|_| params.next()) {
            Some(value) => address.push_str(&encode(value)),
            None => address.push_str(part),
        }
    }
    if !query.is_empty() {
        address.push('?');
        address.push_str(query);
    }
    address
}

async fn send(
    method: &str,
    address: &str,
    body: Option<String>,
    key: &str,
) -> Result<String, CallError> {
    let response = fetch(method, address, body, key)
        .await
        .map_err(|_| CallError::Offline)?;
    let text = text_of(&response).await.ok_or(CallError::Offline)?;
    if response.ok() {
        return Ok(text);
    }
    Err(problem(response.status(), &text))
}

/// What the edge says of a refusal, or a sentence of ours when somebody in between has answered.
pub(crate) fn problem(status: u16, text: &str) -> CallError {
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

async fn fetch(
    method: &str,
    address: &str,
    body: Option<String>,
    key: &str,
) -> Result<Response, JsValue> {
    let headers = Headers::new()?;
    headers.set("Accept", "application/json, application/problem+json")?;
    headers.set("Accept-Language", texts::language())?;
    if !key.is_empty() {
        headers.set("Idempotency-Key", key)?;
    }
    let init = RequestInit::new();
    init.set_method(method);
    if let Some(body) = body {
        headers.set("Content-Type", "application/json")?;
        init.set_body(&JsValue::from_str(&body));
    }
    init.set_headers(headers.as_ref());
    JsFuture::from(window().fetch_with_str_and_init(address, &init))
        .await?
        .dyn_into()
}

pub(crate) async fn text_of(response: &Response) -> Option<String> {
    JsFuture::from(response.text().ok()?)
        .await
        .ok()?
        .as_string()
}

/// A file of the site by its address: the texts of a language, the list of places.
pub(crate) async fn text_file(address: &str) -> Option<String> {
    let response: Response = JsFuture::from(window().fetch_with_str(address))
        .await
        .ok()?
        .dyn_into()
        .ok()?;
    if response.ok() {
        text_of(&response).await
    } else {
        None
    }
}
