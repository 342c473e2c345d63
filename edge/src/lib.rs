// SPDX-License-Identifier: EUPL-1.2
//! The Spin functions under `/api`: all effects. What a service is stands in `contract`; here is what it does.
#![cfg_attr(
    not(target_family = "wasm"),
    allow(
        dead_code,
        reason = "the entry is Spin's; natively only tests call the handlers"
    )
)]

mod ctx;
mod db;
mod error;
mod http;
mod idempotency;
mod identity;
mod limit;
#[cfg(not(target_family = "wasm"))]
mod native;
mod outbox;
mod packing;
mod routes;
mod services;
#[cfg(target_family = "wasm")]
mod spin;
mod texts;
