// SPDX-License-Identifier: EUPL-1.2
//! The first time: how long the runner takes to start when the compiled code is on the disk already, and how much longer
//! a request takes that finds no instance ready.

use std::time::Instant;

use anyhow::{Result, ensure};

use super::Measure;
use super::load::quantile;
use super::stage::{EMPTY, Stage};
use super::wire::{Connection, request};

/// After so many requests an instance is replaced: Spin's number, and the runner's.
const REUSE: usize = 128;
/// Fresh instances that are timed.
const INSTANCES: usize = 9;

/// Starts the system once more and times its first requests.
pub(crate) fn measure(stage: Stage, measures: &mut Vec<Measure>) -> Result<Stage> {
    // The first request of the first start compiles and migrates; that is not what is asked here.
    stage.get("/api/status")?;
    let begin = Instant::now();
    let stage = stage.restart();
    measures.push(milliseconds(
        "start of the runner, compiled code on the disk",
        begin.elapsed().as_secs_f64() * 1e3,
        Some(2_000.0),
    ));
    measures.push(stage.memory("after the start"));
    for (name, target) in [("empty component", EMPTY), ("edge", "/api/status")] {
        let (fresh, warm) = instances(&stage, target)?;
        measures.push(milliseconds(
            &format!("request to a fresh instance, {name}"),
            fresh,
            None,
        ));
        measures.push(milliseconds(
            &format!("request to a warm instance, {name}, one connection"),
            warm,
            None,
        ));
    }
    Ok(stage)
}

/// The median time of the requests that are the first of their instance, and of all others, in milliseconds. Nobody
/// has asked this component since the start, and nobody else does now.
fn instances(stage: &Stage, target: &str) -> Result<(f64, f64)> {
    let mut connection = Connection::open(stage.address())?;
    let request = request("GET", target, &[], None);
    let (mut fresh, mut warm) = (Vec::new(), Vec::new());
    for number in 0..REUSE * INSTANCES {
        let begin = Instant::now();
        let answer = connection.ask(&request)?;
        let micros = u32::try_from(begin.elapsed().as_micros()).unwrap_or(u32::MAX);
        ensure!(answer.status == 200, "{target} answered {}", answer.status);
        if number % REUSE == 0 {
            fresh.push(micros);
        } else {
            warm.push(micros);
        }
    }
    fresh.sort_unstable();
    warm.sort_unstable();
    Ok((quantile(&fresh, 0.5) / 1e3, quantile(&warm, 0.5) / 1e3))
}

fn milliseconds(name: &str, is: f64, at_most: Option<f64>) -> Measure {
    Measure {
        name: name.to_owned(),
        unit: "ms",
        is,
        at_most,
    }
}
