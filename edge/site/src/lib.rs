// SPDX-License-Identifier: EUPL-1.2
//! The component that gives the browser its files. It has no privileges: no store, no network, no
//! variables, no file system. Everything it serves stands inside it.

mod files;
mod headers;
mod pages;
mod reply;
#[cfg(target_family = "wasm")]
mod spin;

pub use reply::{Asked, Reply, answer};
