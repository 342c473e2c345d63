// SPDX-License-Identifier: EUPL-1.2
//! The shared heart: what each public service is, in the words of the law. Browser and edge read the same values.
//! No IO, clock, async, web or Spin in here: time and facts are always passed in.
#![deny(missing_docs)]

extern crate alloc;

pub mod accessi;
pub mod answers;
pub mod appuntamento;
pub mod avvisi;
pub mod cv;
pub mod endpoint;
pub mod facts;
pub mod flow;
pub mod ics;
pub mod pratica;
pub mod prestazioni;
pub mod problem;
pub mod sede;
pub mod service;
pub mod services;
pub mod slots;
pub mod texts;
pub mod values;
pub mod valutazione;
