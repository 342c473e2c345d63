// SPDX-License-Identifier: EUPL-1.2
//! The empty component: answers 200 with no body and may do nothing else. What it costs is what any request costs, so
//! every other time of the bench is told as so many times this one.
#![cfg(target_family = "wasm")]

use http::Response;
use spin_sdk::http::{EmptyBody, IntoResponse, Request};
use spin_sdk::http_service;

#[http_service]
async fn handle(_: Request) -> impl IntoResponse {
    Response::new(EmptyBody::new())
}
