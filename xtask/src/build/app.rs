// SPDX-License-Identifier: EUPL-1.2
//! The app for the browser: cargo, then wasm-bindgen as a library, then wasm-opt.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use wasm_bindgen_cli_support::Bindgen;

use super::{Step, stamps};
use crate::tools;

/// From the Rust sources to `app.js` and a small `app_bg.wasm`.
pub(crate) fn step() -> Step {
    let root = tools::root();
    Step {
        name: "app",
        what: "compiling the app for the browser and making it small",
        inputs: [
            "Cargo.toml",
            "Cargo.lock",
            "app",
            "edge/contract",
            "edge/documents",
        ]
        .map(|path| root.join(path))
        .to_vec(),
        outputs: vec![folder().join("app.js"), folder().join("app_bg.wasm")],
        run: build,
    }
}

/// Where the finished app lies, with its JavaScript and the snippets that crates bring.
pub(crate) fn folder() -> PathBuf {
    stamps::work().join("app")
}

fn build() -> Result<()> {
    tools::run(tools::cargo_build(&[
        "--package",
        "app",
        "--profile",
        "app",
        "--target",
        "wasm32-unknown-unknown",
    ]))?;
    let built = tools::cargo_target().join("wasm32-unknown-unknown/app/app.wasm");
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
    shrink(&folder.join("app_bg.wasm"))
}

/// The features are those that rustc turns on for this target; wasm-opt has to be told, because
/// the section that lists them is gone by now.
fn shrink(wasm: &Path) -> Result<()> {
    let path = wasm.to_string_lossy();
    let tool = tools::root().join("public/node_modules/binaryen/bin/wasm-opt");
    tools::run_quietly(tools::command(
        "node",
        &[
            &*tool.to_string_lossy(),
            "-Oz",
            "--enable-bulk-memory",
            "--enable-nontrapping-float-to-int",
            "--enable-sign-ext",
            "--enable-reference-types",
            "--enable-multivalue",
            "--enable-mutable-globals",
            &path,
            "-o",
            &path,
        ],
    ))
}
