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
            "app/Cargo.toml",
            "app/src",
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
    let profile = if tools::quick() { "quick" } else { "app" };
    let mut cargo = tools::cargo_build(&[
        "--package",
        "app",
        "--profile",
        profile,
        "--target",
        "wasm32-unknown-unknown",
    ]);
    cargo.env("RUSTFLAGS", flags());
    // Lets the stable compiler take those two flags, for this one program.
    cargo.env("RUSTC_BOOTSTRAP", "1");
    tools::run(cargo)?;
    let built = tools::cargo_target()
        .join("wasm32-unknown-unknown")
        .join(profile)
        .join("app.wasm");
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
    shrink(&folder.join("app_bg.wasm"), "-Oz")
}

/// `erase_components` makes Leptos share the code of views that look alike. The two flags after it
/// leave out what only a developer at a console would read: the output of `{:?}` and the places of
/// panics. Paths of this machine are cut from what remains. Together that is a fifth of the bytes.
pub(super) fn flags() -> String {
    let home = std::env::home_dir().map(|home| home.join(".cargo"));
    let cargo_home = std::env::var_os("CARGO_HOME").map(PathBuf::from).or(home);
    let mut flags = String::from("--cfg=erase_components -Zfmt-debug=none -Zlocation-detail=none");
    // A flag cannot hold a blank; such a path stays as it is.
    if let Some(path) = cargo_home.and_then(|path| path.to_str().map(str::to_owned))
        && !path.contains(' ')
    {
        flags.push_str(&format!(" --remap-path-prefix={path}=cargo"));
    }
    flags
}

/// The features are those that rustc turns on for this target; wasm-opt has to be told, because
/// the section that lists them is gone by now.
pub(super) fn shrink(wasm: &Path, level: &str) -> Result<()> {
    let path = wasm.to_string_lossy();
    let tool = tools::root().join("public/node_modules/binaryen/bin/wasm-opt");
    tools::run_quietly(tools::command(
        "node",
        &[
            &*tool.to_string_lossy(),
            level,
            "--merge-similar-functions",
            level,
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
