// SPDX-License-Identifier: EUPL-1.2
//! The CV worker for the browser: `documents` compiled a second time, loaded when first needed.

use std::fs;
use std::path::PathBuf;

use anyhow::{Context, Result};
use wasm_bindgen_cli_support::Bindgen;

use super::assets::Assets;
use super::{Step, app, stamps};
use crate::tools;

/// From the Rust sources to `worker.js` and `worker_bg.wasm`.
pub(crate) fn step() -> Step {
    let root = tools::root();
    Step {
        name: "worker",
        what: "compiling the CV worker for the browser",
        inputs: [
            "Cargo.toml",
            "Cargo.lock",
            "app/worker",
            "edge/contract",
            "edge/documents",
        ]
        .map(|path| root.join(path))
        .to_vec(),
        outputs: vec![folder().join("worker.js"), folder().join("worker_bg.wasm")],
        shares: Some("app"),
        run: build,
    }
}

/// Where the finished worker lies.
pub(crate) fn folder() -> PathBuf {
    stamps::work().join("worker")
}

/// Adds it to what the browser is given, with the few lines that stand between it and the app.
pub(crate) fn add(assets: &mut Assets) -> Result<()> {
    let folder = folder();
    let script = fs::read(folder.join("worker.js")).context("the CV worker is not built")?;
    assets.add("cv/worker.js", &script)?;
    assets.add("cv/worker.wasm", &fs::read(folder.join("worker_bg.wasm"))?)?;
    let between = fs::read_to_string(tools::root().join("public/cv-worker.js"))?;
    let between = assets.fill(&between, &Default::default())?;
    assets.add("cv/cv-worker.js", between.as_bytes())?;
    Ok(())
}

fn build() -> Result<()> {
    let built = app::compiled("worker.wasm")?;
    let folder = folder();
    if folder.exists() {
        fs::remove_dir_all(&folder)?;
    }
    Bindgen::new()
        .input_path(&built)
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
    // The compiler has done its best already: more passes took six times as long and saved nothing over the wire.
    app::shrink(["1", "0"], "", &[folder.join("worker_bg.wasm")])
}
