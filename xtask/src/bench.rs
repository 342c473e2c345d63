// SPDX-License-Identifier: EUPL-1.2
//! `cargo xtask bench`: the measures of the project as a Markdown table and as `target/bench.json`.
//!
//! Times of requests are told as so many times those of an empty component that the same runner serves in the same run:
//! a slow or busy machine slows both. Only bytes fail the command, because only they are the same on every machine;
//! whatever else is over its target is marked.
//!
//! A new row is a line in `rows.rs`; a measure of another kind is a function that gives [`Measure`]s.

mod cold;
mod load;
mod paper;
mod report;
mod rows;
mod stage;
mod wire;

use anyhow::Result;

use crate::build;
use load::Figures;
use stage::Stage;

/// One number with its unit, and the most it should be.
pub(crate) struct Measure {
    pub(crate) name: String,
    pub(crate) unit: &'static str,
    pub(crate) is: f64,
    pub(crate) at_most: Option<f64>,
}

/// Everything that was measured.
pub(crate) struct Measures {
    pub(crate) bytes: Vec<build::Row>,
    pub(crate) endpoints: Vec<Figures>,
    pub(crate) others: Vec<Measure>,
}

/// Builds, measures, prints, writes.
pub(crate) fn run() -> Result<()> {
    build::run()?;
    build::probes()?;
    let stage = Stage::set()?;
    let mut others = Vec::new();
    let stage = cold::measure(stage, &mut others)?;
    others.push(stage.memory("after the first requests"));
    let rows = rows::all(&stage)?;
    let endpoints = load::measure(&rows, stage.address(), &|| stage.busy())?;
    others.push(stage.memory("after the load"));
    paper::measure(&stage, &mut others)?;
    report::give(&Measures {
        bytes: build::rows(),
        endpoints,
        others,
    })
}
