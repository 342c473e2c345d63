// SPDX-License-Identifier: EUPL-1.2
//! Other programs: where the project lies, how a program is called, and whether the few that
//! have to be there already are there.

use std::io::IsTerminal;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail};

/// The top folder of the project.
pub(crate) fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .unwrap_or(Path::new("."))
}

/// Where cargo puts what it builds.
pub(crate) fn cargo_target() -> PathBuf {
    match std::env::var_os("CARGO_TARGET_DIR") {
        Some(folder) => root().join(folder),
        None => root().join("target"),
    }
}

/// The project's own `target/`, where the pages and the components are found whatever cargo does.
pub(crate) fn target() -> PathBuf {
    root().join("target")
}

/// True with `QUICK=1` in the surroundings: builds for whoever is trying something out. They take a fraction of the time,
/// are larger and slower, and no budget of bytes is asked of them.
pub(crate) fn quick() -> bool {
    std::env::var_os("QUICK").is_some_and(|value| value == "1")
}

/// A call of `program` from the top folder.
pub(crate) fn command(program: &str, arguments: &[&str]) -> Command {
    let mut command = Command::new(program);
    command.args(arguments).current_dir(root());
    command
}

/// The cargo that runs us, so that both are of one toolchain.
pub(crate) fn cargo(arguments: &[&str]) -> Command {
    let program = std::env::var("CARGO").unwrap_or_else(|_| "cargo".to_owned());
    let mut command = command(&program, arguments);
    // `cargo run` describes this package to us; handed on, it would make cargo rebuild others.
    for (name, _) in std::env::vars_os() {
        if name
            .to_str()
            .is_some_and(|name| name.starts_with("CARGO_PKG_") || name == "CARGO_MANIFEST_DIR")
        {
            command.env_remove(name);
        }
    }
    command
}

/// `cargo build`, with cargo's own progress where somebody watches.
pub(crate) fn cargo_build(arguments: &[&str]) -> Command {
    let mut command = cargo(&["build"]);
    if !std::io::stderr().is_terminal() {
        command.arg("--quiet");
    }
    command.args(arguments);
    command
}

/// Runs to the end and fails when the program does.
pub(crate) fn run(mut command: Command) -> Result<()> {
    let shown = shown(&command);
    let status = command
        .status()
        .with_context(|| format!("could not start `{shown}`"))?;
    if !status.success() {
        bail!("`{shown}` failed ({status})");
    }
    Ok(())
}

/// Like `run`, but what the program says is shown only when it fails.
pub(crate) fn run_quietly(mut command: Command) -> Result<()> {
    let shown = shown(&command);
    let output = command
        .stdin(Stdio::null())
        .output()
        .with_context(|| format!("could not start `{shown}`"))?;
    if !output.status.success() {
        eprint!("{}", String::from_utf8_lossy(&output.stdout));
        eprint!("{}", String::from_utf8_lossy(&output.stderr));
        bail!("`{shown}` failed ({})", output.status);
    }
    Ok(())
}

/// What the program prints, or nothing when it is missing or fails.
pub(crate) fn answer(program: &str, arguments: &[&str]) -> Option<String> {
    let output = command(program, arguments)
        .stdin(Stdio::null())
        .stderr(Stdio::null())
        .output()
        .ok()?;
    let text = String::from_utf8(output.stdout).ok()?;
    output.status.success().then(|| text.trim().to_owned())
}

/// Says clearly what has to be installed by hand: everything else is fetched from here.
pub(crate) fn check_prerequisites() -> Result<()> {
    let node = answer("node", &["--version"])
        .context("Node.js 20 or later is needed to compile the styles: install it and try again")?;
    let major = node.trim_start_matches('v').split('.').next();
    if major
        .and_then(|major| major.parse::<u32>().ok())
        .is_none_or(|major| major < 20)
    {
        bail!("Node.js {node} is too old: version 20 or later is needed");
    }
    if answer("npm", &["--version"]).is_none() {
        bail!("npm is needed and comes with Node.js: install it and try again");
    }
    add_targets()
}

/// The two kinds of Wasm that we build for.
fn add_targets() -> Result<()> {
    const TARGETS: [&str; 2] = ["wasm32-unknown-unknown", "wasm32-wasip2"];
    let Some(installed) = answer("rustup", &["target", "list", "--installed"]) else {
        // A Rust without rustup may well have the targets; if not, rustc says so by itself.
        return Ok(());
    };
    let missing: Vec<&str> = TARGETS
        .into_iter()
        .filter(|target| !installed.lines().any(|line| line.trim() == *target))
        .collect();
    if missing.is_empty() {
        return Ok(());
    }
    run(command(
        "rustup",
        &[&["target", "add"], missing.as_slice()].concat(),
    ))
}

fn shown(command: &Command) -> String {
    let mut text = command.get_program().to_string_lossy().into_owned();
    for argument in command.get_args() {
        text.push(' ');
        text.push_str(&argument.to_string_lossy());
    }
    text
}
