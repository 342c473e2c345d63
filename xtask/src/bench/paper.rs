// SPDX-License-Identifier: EUPL-1.2
//! How long a paper takes inside a component: the probe makes each one hundreds of times and tells the times.

use anyhow::{Context, Result};

use super::Measure;
use super::load::quantile;
use super::stage::{PAPER, Stage};

/// The most that the median may be, in milliseconds.
const AT_MOST: f64 = 5.0;

/// The papers that the probe knows.
const PAPERS: [&str; 2] = ["receipt", "declaration"];

/// Median and slowest hundredth of each paper.
pub(crate) fn measure(stage: &Stage, measures: &mut Vec<Measure>) -> Result<()> {
    for paper in PAPERS {
        let times = stage.get(&format!("{PAPER}/{paper}"))?;
        let times = times.as_array().context("the probe tells no times")?;
        let mut micros: Vec<u32> = times
            .iter()
            .filter_map(|micros| u32::try_from(micros.as_u64()?).ok())
            .collect();
        micros.sort_unstable();
        for (name, part, at_most) in [("p50", 0.5, Some(AT_MOST)), ("p99", 0.99, None)] {
            measures.push(Measure {
                name: format!("{paper} as PDF, inside the component, {name}"),
                unit: "ms",
                is: quantile(&micros, part) / 1e3,
                at_most,
            });
        }
    }
    Ok(())
}
