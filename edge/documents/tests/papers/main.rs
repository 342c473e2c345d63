// SPDX-License-Identifier: EUPL-1.2
//! The papers read back from their bytes, as those who cannot see them hear them.

mod curricula;
mod cv;
mod did;
mod paper;
mod reader;
mod samples;
