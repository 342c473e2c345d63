// SPDX-License-Identifier: EUPL-1.2
//! The harness of the HTTP suite: starts the built system, and speaks to it as invented people.
//!
//! Nothing here knows the code of the edge: the suite holds for whatever answers the HTTP contract, on this runner or
//! on Spin. A failed expectation is a panic, as in any test.

mod bookings;
mod client;
mod crowd;
mod message;
mod personas;
mod system;
mod wire;

pub use bookings::{Slot, at, book, days_from_now, free, instant, now};
pub use client::{Client, Step};
pub use crowd::crowd;
pub use message::{Call, Reply};
pub use personas::{
    ADA, ALI, ANNA, CHIARA, ELENA, GIANFRANCO, IOANA, LUCA, MARIA, MARIO, MARIO_BIS, PAOLO, PEOPLE,
    Persona, SARA, TOMMASO, did, did_of, present, with, without,
};
pub use system::{SECRET, System, eventually};
