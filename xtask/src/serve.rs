// SPDX-License-Identifier: EUPL-1.2
//! `cargo xtask serve`: builds what is missing and becomes the local runner.

use std::fs;

use anyhow::{Context, Result, bail};

use crate::build::{self, local, secret_file};
use crate::tools;

/// Does not come back while the system runs.
pub(crate) fn run(options: &[&str]) -> Result<()> {
    let mut listen = "127.0.0.1:3000";
    let mut data = ".data";
    let mut rest = options.iter();
    while let Some(option) = rest.next() {
        let value = rest
            .next()
            .with_context(|| format!("{option} wants a value"))?;
        match *option {
            "--listen" => listen = value,
            "--data" => data = value,
            other => bail!("serve does not know {other}"),
        }
    }
    build::run()?;
    let program = local();
    let mut command = tools::command(
        &program.to_string_lossy(),
        &[
            "--manifest",
            "edge/spin.toml",
            "--listen",
            listen,
            "--data",
            data,
        ],
    );
    // Spin reads this file by itself; whoever sets the variable by hand keeps the last word.
    for line in fs::read_to_string(secret_file())
        .unwrap_or_default()
        .lines()
    {
        if let Some((name, value)) = line.split_once('=')
            && std::env::var_os(name).is_none()
        {
            command.env(name, value);
        }
    }
    become_it(command)
}

/// Signals then reach the runner itself, with nobody in between to pass them on.
#[cfg(unix)]
fn become_it(mut command: std::process::Command) -> Result<()> {
    let error = std::os::unix::process::CommandExt::exec(&mut command);
    Err(error).context("could not start the local runner")
}

#[cfg(not(unix))]
fn become_it(command: std::process::Command) -> Result<()> {
    tools::run(command)
}
