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
mod site;
mod stamps;
mod styles;
mod worker;

use std::path::PathBuf;
use std::time::Instant;

use anyhow::{Result, bail};

pub(crate) use self::assets::folder as pages;
pub(crate) use self::budget::{Row, rows};
pub(crate) use self::components::{local, probe, probes, secret_file};
use self::stamps::Stamps;
use crate::tools;

/// One thing to build: when, from what, into what, and how.
struct Step {
    name: &'static str,
    what: &'static str,
    inputs: Vec<PathBuf>,
    outputs: Vec<PathBuf>,
    run: fn() -> Result<()>,
}

/// Builds everything that is out of date, says what failed, and checks the budgets.
pub(crate) fn run() -> Result<()> {
    let begin = Instant::now();
    let _alone = stamps::wait_for_others()?;
    let mut stamps = Stamps::load();
    let mut failed = Vec::new();
    let mut ran = 0;
    for step in steps() {
        let print = stamps::fingerprint(&step.inputs);
        if stamps.holds(step.name, &print) && step.outputs.iter().all(|path| path.exists()) {
            continue;
        }
        if ran == 0 && failed.is_empty() {
            tools::check_prerequisites()?;
        }
        let begin = Instant::now();
        println!("  {}: {} …", step.name, step.what);
        // One step that fails does not keep the others from being tried: whoever works on the
        // edge wants a running edge also while the app does not compile.
        match (step.run)() {
            Ok(()) => {
                ran += 1;
                // What was there when the step began: a file that changed meanwhile may not be in it.
                stamps.set(step.name, print)?;
                println!("  {}: {:.1} s", step.name, begin.elapsed().as_secs_f32());
            }
            Err(error) => {
                eprintln!("  {}: {error:#}", step.name);
                failed.push(step.name);
            }
        }
    }
    components::write_secret()?;
    if !failed.is_empty() {
        bail!("not built: {}", failed.join(", "));
    }
    budget::check(ran > 0)?;
    if ran > 0 {
        println!("Built in {:.1} s.", begin.elapsed().as_secs_f32());
    }
    Ok(())
}

/// In the order in which they need each other.
fn steps() -> Vec<Step> {
    vec![
        npm::step(),
        app::step(),
        worker::step(),
        styles::step(),
        site::step(),
        components::edge_step(),
        components::local_step(),
    ]
}
