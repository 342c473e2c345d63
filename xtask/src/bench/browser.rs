// SPDX-License-Identifier: EUPL-1.2
//! The CV in a browser: how long its PDF takes on the device, beside the browser's own printer in the same run, and what
//! the editor costs in bytes. `tests/browser/bench.mjs` does it; without a Chromium the rows say so.

use anyhow::{Context, Result};
use serde_json::Value;

use super::Measure;
use super::stage::Stage;
use crate::{test, tools};

/// The most that a CV of two pages may take on a phone: a processor four times as slow, after the first.
const SLOW_AT_MOST: f64 = 150.0;
/// The most bytes that the worker may have over the wire.
const WORKER_AT_MOST: f64 = 1_300_000.0;

/// Name, unit, where the number stands, and the most that it may be.
type Row = (&'static str, &'static str, &'static str, Option<f64>);

#[rustfmt::skip]
const ROWS: [Row; 9] = [
    ("CV of two pages as PDF on the device, in its worker, p50", "ms", "/worker", None),
    ("the same code on the main thread, p50", "ms", "/here", None),
    ("the same with a processor slowed 4 times, p50", "ms", "/here_slow", Some(SLOW_AT_MOST)),
    ("how much a loop beside it was slowed", "times", "/slowdown", None),
    ("how much the worker is slowed by that setting", "times", "/worker_slowdown", None),
    ("the same CV printed by a warm headless Chromium, p50", "ms", "/print", None),
    ("the same with its main thread slowed 4 times, p50", "ms", "/print_slow", None),
    ("CV editor with its first preview on an empty device", "bytes", "/bytes/all", None),
    ("of these for its worker", "bytes", "/bytes/worker", Some(WORKER_AT_MOST)),
];

/// All rows.
pub(crate) fn measure(stage: &Stage, measures: &mut Vec<Measure>) -> Result<()> {
    let Some(chromium) = test::chromium() else {
        println!("  browser: no Chromium found");
        measures.extend(ROWS.iter().map(|row| measured(row, f64::NAN)));
        return Ok(());
    };
    test::fetch_packages()?;
    println!("  browser: papers on the device …");
    let mut node = tools::command("node", &["tests/browser/bench.mjs"]);
    node.arg(format!("http://{}", stage.address()));
    node.env("CHROMIUM", chromium);
    let output = node.output().context("node")?;
    let told: Result<Value, _> = serde_json::from_slice(&output.stdout);
    let mut told = told.with_context(|| String::from_utf8_lossy(&output.stderr).into_owned())?;
    for (name, fast, slow) in [
        ("slowdown", "loop", "loop_slow"),
        ("worker_slowdown", "worker", "worker_slow"),
    ] {
        told[name] = (number(&told[slow]) / number(&told[fast])).into();
    }
    for row in &ROWS {
        let is = told.pointer(row.2).map_or(f64::NAN, number);
        measures.push(measured(row, is));
    }
    Ok(())
}

fn number(value: &Value) -> f64 {
    value.as_f64().unwrap_or(f64::NAN)
}

fn measured((name, unit, _, at_most): &Row, is: f64) -> Measure {
    Measure {
        name: (*name).to_owned(),
        unit,
        is,
        at_most: *at_most,
    }
}
