// SPDX-License-Identifier: EUPL-1.2
//! The only lines that know Spin.

use bytes::Bytes;
use http::{HeaderMap, Response};
use spin_sdk::http::{FullBody, IntoResponse, Request};
use spin_sdk::http_service;

use crate::{Asked, answer};

#[http_service]
async fn handle(request: Request) -> impl IntoResponse {
    let headers = request.headers();
    let scheme = request.uri().scheme_str().unwrap_or_default();
    let reply = answer(&Asked {
        method: request.method().as_str(),
        path: request.uri().path(),
        accept_encoding: text(headers, "accept-encoding"),
        if_none_match: text(headers, "if-none-match"),
        https: scheme == "https" || text(headers, "x-forwarded-proto") == "https",
    });
    let mut response = Response::builder().status(reply.status);
    for (name, value) in &reply.headers {
        response = response.header(*name, value.as_ref());
    }
    response
        .body(FullBody::new(Bytes::from_owner(reply.body)))
        .map_err(spin_sdk::http::Error::from)
}

fn text<'a>(headers: &'a HeaderMap, name: &str) -> &'a str {
    headers
        .get(name)
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default()
}
