// SPDX-License-Identifier: EUPL-1.2
//! Checked types in, PDF bytes out.
//!
//! Every paper of the Sportello is made here, so that it is accessible (PDF/UA-1) and keeps for
//! ever (PDF/A-2a) by construction: the renderer refuses to hand out a file that is not both.
//! [`Paper`] knows how a page of the employment centre looks and knows no law; each module named
//! after a service knows what its paper must say, and nothing about points and fonts.
//!
//! There is no clock, no randomness and no file here: the same input gives the same bytes, in the
//! browser and at the edge.

#![deny(missing_docs)]

mod dates;
mod drawing;
mod error;
mod paper;

pub mod cv;
pub mod did;
pub mod exchange;
pub mod extract;
pub mod lettera;
pub mod pdf;

pub use drawing::{Drawing, Family, Glyphs, Page, Shape, Weight, outline};
pub use error::DocumentError;
pub use paper::{Meta, Paper};
