// SPDX-License-Identifier: EUPL-1.2
//! The components at the edge, the runner for one machine, and the secret of an installation.

use std::fs;
use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};

use super::{Step, assets, stamps};
use crate::tools;

/// The folder that `edge/spin.toml` names, relative to `target/`.
const EDGE: &str = "wasm32-wasip2/edge";

/// The two components, `edge.wasm` and `site.wasm`.
pub(crate) fn edge_step() -> Step {
    let root = tools::root();
    let mut inputs: Vec<PathBuf> = [
        "Cargo.toml",
        "Cargo.lock",
        "edge/Cargo.toml",
        "edge/src",
        "edge/migrations",
        "edge/contract",
        "edge/documents",
        "edge/site",
    ]
    .map(|path| root.join(path))
    .to_vec();
    inputs.push(assets::folder());
    Step {
        name: "components",
        what: "compiling the components at the edge",
        inputs,
        outputs: ["edge.wasm", "site.wasm"]
            .map(|file| tools::target().join(EDGE).join(file))
            .to_vec(),
        shares: None,
        run: build_edge,
    }
}

fn build_edge() -> Result<()> {
    tools::run(cargo_edge())?;
    for file in ["edge.wasm", "site.wasm"] {
        bring_home(
            &Path::new("wasm32-wasip2").join(profile()).join(file),
            &Path::new(EDGE).join(file),
        )?;
    }
    Ok(())
}

fn cargo_edge() -> Command {
    let mut cargo = tools::cargo_build(&[
        "--keep-going",
        "--profile",
        profile(),
        "--target",
        "wasm32-wasip2",
        "--package",
        "site",
        "--package",
        "edge",
    ]);
    cargo.env("SITE_DIR", assets::folder());
    cargo
}

/// Compiles the components that only the bench runs, together with the others: cargo then has nothing to do twice.
pub(crate) fn probes() -> Result<()> {
    let mut cargo = cargo_edge();
    cargo.args(["--package", "probes", "--lib", "--examples"]);
    tools::run(cargo)
}

/// One of them.
pub(crate) fn probe(name: &str) -> PathBuf {
    tools::cargo_target()
        .join("wasm32-wasip2")
        .join(profile())
        .join("examples")
        .join(format!("{name}.wasm"))
}

fn profile() -> &'static str {
    if tools::quick() { "quick" } else { "edge" }
}

/// The program that runs `edge/spin.toml` where no Spin is installed.
pub(crate) fn local_step() -> Step {
    let root = tools::root();
    Step {
        name: "local",
        what: "compiling the runner for this machine",
        inputs: ["Cargo.toml", "Cargo.lock", "edge/local", "edge/contract"]
            .map(|path| root.join(path))
            .to_vec(),
        outputs: vec![local()],
        shares: None,
        run: build_local,
    }
}

/// The finished program.
pub(crate) fn local() -> PathBuf {
    tools::target().join("debug/local")
}

/// In the profile of `xtask` and the tests: far less is optimised, and a first start is shorter.
fn build_local() -> Result<()> {
    let mut cargo = tools::cargo_build(&["--package", "local"]);
    // Another cargo shows its progress meanwhile.
    cargo.env("CARGO_TERM_QUIET", "true");
    tools::run(cargo)?;
    bring_home(Path::new("debug/local"), Path::new("debug/local"))
}

/// The same program, optimised: for measures, which are to tell what the components cost.
pub(crate) fn measured_local() -> Result<PathBuf> {
    tools::run(tools::cargo_build(&["--release", "--package", "local"]))?;
    Ok(tools::cargo_target().join("release/local"))
}

/// Copies what cargo built into the project's own `target/` when cargo builds elsewhere, because
/// `edge/spin.toml` can name only one place.
fn bring_home(built: &Path, wanted: &Path) -> Result<()> {
    let from = tools::cargo_target().join(built);
    let to = tools::target().join(wanted);
    if from != to {
        fs::create_dir_all(to.parent().unwrap_or(&to))?;
        fs::copy(&from, &to).with_context(|| format!("copying {}", from.display()))?;
    }
    Ok(())
}

/// Where the secret of this installation lies; git does not see it.
pub(crate) fn secret_file() -> PathBuf {
    tools::root().join("edge/.env")
}

/// Makes a secret when there is none yet, so that the manifest finds the one that it asks for.
pub(crate) fn write_secret() -> Result<()> {
    let path = secret_file();
    if path.exists() {
        return Ok(());
    }
    let mut random = [0; 32];
    fs::File::open("/dev/urandom")
        .and_then(|mut source| source.read_exact(&mut random))
        .context("no source of randomness: write edge/.env by hand")?;
    let mut options = fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let line = format!("SPIN_VARIABLE_SEGRETO={}\n", stamps::hex(&random));
    options
        .open(&path)
        .and_then(|mut file| file.write_all(line.as_bytes()))
        .context("could not write edge/.env")
}
