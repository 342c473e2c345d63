// SPDX-License-Identifier: EUPL-1.2
//! `cargo xtask bench`: the measures of the project as a Markdown table and as `target/bench.json`.
//!
//! Times of requests are told as so many times those of an empty component that the same runner serves in the same run:
//! a slow or busy machine slows both. Only bytes fail the command, because only they are the same on every machine;
//! whatever else is over its target is marked.
//!
//! A new row is a line in `rows.rs`; a measure of another kind is a function that gives [`Measure`]s.

mod browser;
mod cold;
mod load;
mod morning;
mod paper;
mod report;
mod rows;
mod slots;
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

impl Measure {
    /// A time in milliseconds, and the same as so many times that of the empty component at the same pace.
    pub(crate) fn beside_empty(name: &str, is: f64, times: f64) -> [Self; 2] {
        [
            Self {
                name: name.to_owned(),
                unit: "ms",
                is,
                at_most: None,
            },
            Self {
                name: format!("{name}, as times the empty component's"),
                unit: "×",
                is: times,
                at_most: None,
            },
        ]
    }
}

/// Everything that was measured.
pub(crate) struct Measures {
    pub(crate) bytes: Vec<build::Row>,
    pub(crate) endpoints: Vec<Figures>,
    pub(crate) others: Vec<Measure>,
}

/// Builds, measures, prints, writes. With a name only the endpoints that have it in theirs, the appointments (`slots`,
/// `morning`) or the papers (`paper` in the component, `browser` in a browser), and nothing is written.
pub(crate) fn run(only: Option<&str>) -> Result<()> {
    build::run()?;
    build::probes()?;
    let stage = Stage::set()?;
    match only {
        None => report::give(&everything(stage)?),
        Some(name @ ("slots" | "morning" | "paper" | "browser")) => {
            let mut measures = Vec::new();
            if matches!(name, "slots" | "morning") {
                appointments(&stage, name, &mut measures)?;
            } else {
                papers(&stage, name, &mut measures)?;
            }
            report::rest(&measures);
            Ok(())
        }
        Some(name) => {
            let mut rows = rows::all(&stage)?;
            let mut place = 0;
            // The empty component is what the others are compared with.
            rows.retain(|row| {
                place += 1;
                place == 1 || row.name.contains(name)
            });
            let endpoints = load::measure(&rows, stage.address(), &|| stage.busy())?;
            report::some(&endpoints);
            Ok(())
        }
    }
}

fn everything(stage: Stage) -> Result<Measures> {
    let mut others = Vec::new();
    let stage = cold::measure(stage, &mut others)?;
    others.push(stage.memory("after the first requests"));
    let rows = rows::all(&stage)?;
    let endpoints = load::measure(&rows, stage.address(), &|| stage.busy())?;
    others.push(stage.memory("after the load"));
    papers(&stage, "", &mut others)?;
    appointments(&stage, "", &mut others)?;
    Ok(Measures {
        bytes: build::rows()?,
        endpoints,
        others,
    })
}

/// What is measured with a town full of people: both kinds, or the one that is named.
fn appointments(stage: &Stage, only: &str, measures: &mut Vec<Measure>) -> Result<()> {
    let town = slots::town::Town::fill(stage)?;
    if only != "morning" {
        slots::measure(stage, &town, measures)?;
    }
    if only != "slots" {
        morning::measure(stage, &town, measures)?;
        measures.push(stage.memory("after the morning"));
    }
    Ok(())
}

/// Papers in the component and in a browser: both, or the one that is named.
fn papers(stage: &Stage, only: &str, measures: &mut Vec<Measure>) -> Result<()> {
    if only != "browser" {
        paper::measure(stage, measures)?;
    }
    if only != "paper" {
        browser::measure(stage, measures)?;
    }
    Ok(())
}
