// SPDX-License-Identifier: EUPL-1.2
//! How long a paper takes inside a component: the probe makes each one hundreds of times and tells the times.

use anyhow::{Context, Result};

use super::Measure;
use super::load::quantile;
use super::stage::{PAPER, Stage};

/// The papers that the probe knows, by their names in its addresses and in the table, and the most milliseconds that the
/// median of each may be.
const PAPERS: [(&str, &str, f64); 3] = [
    ("receipt", "receipt", 5.0),
    ("declaration", "declaration", 5.0),
    ("cv", "CV of two pages", 4.0),
];

/// Median and slowest hundredth of each paper.
pub(crate) fn measure(stage: &Stage, measures: &mut Vec<Measure>) -> Result<()> {
    for (address, paper, most) in PAPERS {
        let times = stage.get(&format!("{PAPER}/{address}"))?;
        let times = times.as_array().context("the probe tells no times")?;
        let mut micros: Vec<u32> = times
            .iter()
            .filter_map(|micros| u32::try_from(micros.as_u64()?).ok())
            .collect();
        micros.sort_unstable();
        for (name, part, at_most) in [("p50", 0.5, Some(most)), ("p99", 0.99, None)] {
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
