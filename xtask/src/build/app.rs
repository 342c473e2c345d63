// SPDX-License-Identifier: EUPL-1.2
//! The app for the browser: cargo, then the cut into parts that are fetched when needed, then wasm-bindgen (both as
//! libraries), then `shrink.mjs`.
//!
//! Cargo compiles the CV worker along with it: what both need is then compiled once.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, anyhow};
use wasm_bindgen_cli_support::Bindgen;
use wasm_split_cli_support::{Options, transform};

use super::{Step, stamps};
use crate::tools;

/// From the Rust sources to `app.js`, a small `app_bg.wasm`, the other parts and the script that fetches them.
pub(crate) fn step() -> Step {
    let root = tools::root();
    Step {
        name: "app",
        what: "compiling the app for the browser and making it small",
        inputs: ["Cargo.toml", "Cargo.lock", "app", "edge/contract"]
            .map(|path| root.join(path))
            .to_vec(),
        outputs: ["app.js", "app_bg.wasm", SPLIT]
            .map(|file| folder().join(file))
            .to_vec(),
        shares: None,
        run: build,
    }
}

/// The script that fetches the other parts; `app.js` imports it, and it imports `app.js`.
pub(crate) const SPLIT: &str = "split.js";

/// Where the finished app lies, with its JavaScript and the snippets that crates bring.
pub(crate) fn folder() -> PathBuf {
    stamps::work().join("app")
}

/// Compiles the app and the worker, and tells where `file` of the two lies.
pub(super) fn compiled(file: &str) -> Result<PathBuf> {
    let profile = if tools::quick() { "quick" } else { "app" };
    let mut cargo = tools::cargo_build(&[
        "--package",
        "app",
        "--package",
        "worker",
        "--profile",
        profile,
        "--target",
        "wasm32-unknown-unknown",
    ]);
    cargo.env("RUSTFLAGS", flags());
    tools::run(cargo)?;
    Ok(tools::cargo_target()
        .join("wasm32-unknown-unknown")
        .join(profile)
        .join(file))
}

fn build() -> Result<()> {
    let built = compiled("app.wasm")?;
    let folder = folder();
    if folder.exists() {
        fs::remove_dir_all(&folder)?;
    }
    let first = stamps::work().join("app.wasm");
    let parts = cut(&built, &first, &folder)?;
    Bindgen::new()
        .input_path(&first)
        .keep_lld_exports(true)
        .web(true)?
        .typescript(false)
        .omit_default_module_path(true)
        .remove_name_section(true)
        .remove_producers_section(true)
        .generate(&folder)
        .context("wasm-bindgen")?;
    if tools::quick() {
        return Ok(());
    }
    let mut all = parts;
    all.push(folder.join("app_bg.wasm"));
    shrink(["2", "2"], "merge-similar-functions", &all)
}

/// Cuts the program where it is marked; returns the parts besides the first.
fn cut(built: &Path, first: &Path, folder: &Path) -> Result<Vec<PathBuf>> {
    let whole = fs::read(built)?;
    let link = format!("./{SPLIT}");
    let mut options = Options::new(&whole);
    options.output_dir = folder;
    options.main_out_path = first;
    options.link_name = &link;
    options.main_module = "./app.js";
    let split = transform(options).map_err(|error| anyhow!("cutting the app: {error:#}"))?;
    Ok(split.split_modules)
}

/// Those of `.cargo/config.toml`, which these replace; and paths of this machine are cut from what panics would say.
fn flags() -> String {
    let mut flags = "--cfg=erase_components".to_owned();
    let home = std::env::home_dir().map(|home| home.join(".cargo"));
    let cargo_home = std::env::var_os("CARGO_HOME").map(PathBuf::from).or(home);
    // A flag cannot hold a blank; such a path stays as it is.
    if let Some(path) = cargo_home.and_then(|path| path.to_str().map(str::to_owned))
        && !path.contains(' ')
    {
        flags.push_str(&format!(" --remap-path-prefix={path}=cargo"));
    }
    flags
}

/// Runs what wasm-opt does over all these files; the levels are `OPTIMIZE SHRINK` and the passes come after them.
pub(super) fn shrink(levels: [&str; 2], passes: &str, files: &[PathBuf]) -> Result<()> {
    let mut node = tools::command("node", &["xtask/src/build/shrink.mjs"]);
    node.args(levels).arg(passes).args(files);
    tools::run_quietly(node)
}
