// SPDX-License-Identifier: EUPL-1.2
//! `cargo xtask build`: from sources to what runs, doing only what is out of date.
//!
//! Each step knows its inputs. A step whose inputs have not changed since it last succeeded is
//! skipped without asking cargo or npm, so a second run takes a fraction of a second.

mod app;
mod assets;
mod budget;
mod components;
mod npm;
mod parts;
mod site;
mod stamps;
mod styles;
mod worker;

use std::panic::resume_unwind;
use std::path::PathBuf;
use std::sync::{Mutex, PoisonError};
use std::time::Instant;

use anyhow::{Result, bail};

pub(crate) use self::assets::folder as pages;
pub(crate) use self::budget::{Row, rows};
pub(crate) use self::components::{local, measured_local, probe, probes, secret_file};
use self::stamps::Stamps;
use crate::tools;

/// One thing to build: when, from what, into what, and how.
struct Step {
    name: &'static str,
    what: &'static str,
    inputs: Vec<PathBuf>,
    outputs: Vec<PathBuf>,
    /// A step of the same lane that asks the compiler for the same: where that fails this has nothing to try.
    shares: Option<&'static str>,
    run: fn() -> Result<()>,
}

/// Builds everything that is out of date, says what failed, and checks the budgets.
pub(crate) fn run() -> Result<()> {
    let begin = Instant::now();
    let _alone = stamps::wait_for_others()?;
    let lanes = lanes();
    let stamps = Stamps::load();
    let mut steps = lanes.iter().flatten();
    if steps.any(|step| !step.is_fresh(&stamps::fingerprint(&step.inputs), &stamps)) {
        tools::check_prerequisites()?;
        if stamps.is_empty() {
            println!(
                "The first build compiles everything: about a quarter of an hour on two processors. Later ones build only what \
                 has changed."
            );
        }
    }
    let stamps = Mutex::new(stamps);
    let outcomes: Vec<Outcome> = std::thread::scope(|scope| {
        let lanes = lanes.map(|steps| scope.spawn(|| go_along(steps, &stamps)));
        lanes
            .into_iter()
            .map(|lane| lane.join().unwrap_or_else(|panic| resume_unwind(panic)))
            .collect()
    });
    components::write_secret()?;
    let failed: Vec<_> = outcomes
        .iter()
        .flat_map(|one| &one.failed)
        .copied()
        .collect();
    if !failed.is_empty() {
        bail!("not built: {}", failed.join(", "));
    }
    let ran = outcomes.iter().any(|one| one.ran);
    budget::check(ran)?;
    if ran {
        println!("Built in {:.1} s.", begin.elapsed().as_secs_f32());
    }
    Ok(())
}

/// What came of a lane.
#[derive(Default)]
struct Outcome {
    ran: bool,
    failed: Vec<&'static str>,
}

/// Builds what is out of date in a lane. One step that fails does not keep the others from being tried: whoever works on
/// the edge wants a running edge also while the app does not compile.
fn go_along(steps: Vec<Step>, stamps: &Mutex<Stamps>) -> Outcome {
    let stamps = || stamps.lock().unwrap_or_else(PoisonError::into_inner);
    let mut outcome = Outcome::default();
    for step in steps {
        // What is there when the step begins: a file that changes meanwhile may not be in it.
        let print = stamps::fingerprint(&step.inputs);
        if step.is_fresh(&print, &stamps()) {
            continue;
        }
        if let Some(other) = step.shares.filter(|other| outcome.failed.contains(other)) {
            eprintln!("  {}: is compiled together with {other}", step.name);
            outcome.failed.push(step.name);
            continue;
        }
        let begin = Instant::now();
        println!("  {}: {} …", step.name, step.what);
        match (step.run)().and_then(|()| stamps().set(step.name, print)) {
            Ok(()) => {
                outcome.ran = true;
                println!("  {}: {:.1} s", step.name, begin.elapsed().as_secs_f32());
            }
            Err(error) => {
                eprintln!("  {}: {error:#}", step.name);
                outcome.failed.push(step.name);
            }
        }
    }
    outcome
}

impl Step {
    /// Whether it was last built from just these inputs, and what it gave is still there.
    fn is_fresh(&self, print: &str, stamps: &Stamps) -> bool {
        stamps.holds(self.name, print) && self.outputs.iter().all(|path| path.exists())
    }
}

/// A lane is what needs one another, in that order. The lanes go side by side: much of what compilers and linkers do they
/// do on one processor.
fn lanes() -> [Vec<Step>; 2] {
    [
        vec![
            npm::step(),
            app::step(),
            worker::step(),
            styles::step(),
            site::step(),
            components::edge_step(),
        ],
        vec![components::local_step()],
    ]
}
