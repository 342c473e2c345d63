// SPDX-License-Identifier: EUPL-1.2
//! Makes the papers over and over and answers how long each took, in microseconds as a JSON array: the time inside the
//! component, with no HTTP and no store in it. The papers are those of invented people that the tests use.
#![cfg(target_family = "wasm")]

use std::hint::black_box;
use std::time::Instant;

use bytes::Bytes;
use contract::cv::Cv;
use documents::cv::cv_pdf;
use documents::did::{did_declaration, did_receipt};
use http::{Response, StatusCode};
use spin_sdk::http::{FullBody, IntoResponse, Request};
use spin_sdk::http_service;

#[path = "../../../edge/documents/tests/papers/samples.rs"]
mod samples;

/// A CV of two pages with most sections, in two languages.
const CURRICULUM: &str =
    include_str!("../../../edge/documents/tests/papers/curricula/shop-assistant.json");
/// Papers made before the first one that counts.
const WARM_UP: usize = 30;
/// Papers that count.
const TIMES: usize = 300;

#[http_service]
async fn handle(request: Request) -> impl IntoResponse {
    let name = request.uri().path().rsplit('/').next().unwrap_or_default();
    let micros = match name {
        "receipt" => times(|| did_receipt(&samples::receipt()).is_ok()),
        "declaration" => times(|| did_declaration(&samples::did()).is_ok()),
        "cv" => curriculum().and_then(|cv| times(|| cv_pdf(&cv).is_ok())),
        _ => None,
    };
    let (status, body) = match micros {
        Some(micros) => (StatusCode::OK, serde_json::Value::from(micros).to_string()),
        None => (StatusCode::NOT_FOUND, String::new()),
    };
    let mut response = Response::new(FullBody::new(Bytes::from(body)));
    *response.status_mut() = status;
    response
}

fn curriculum() -> Option<Cv> {
    Cv::from_value(serde_json::from_str(CURRICULUM).ok()?).ok()
}

/// How long each paper took; nothing when one could not be made.
fn times(make: impl Fn() -> bool) -> Option<Vec<u64>> {
    let mut micros = Vec::with_capacity(TIMES);
    for n in 0..WARM_UP + TIMES {
        let begin = Instant::now();
        if !black_box(make()) {
            return None;
        }
        if n >= WARM_UP {
            micros.push(u64::try_from(begin.elapsed().as_micros()).unwrap_or(u64::MAX));
        }
    }
    Some(micros)
}
