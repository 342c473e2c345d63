// SPDX-License-Identifier: EUPL-1.2
//! One small style sheet: Sass, then PurgeCSS against the Rust sources, then lightningcss.

use std::fs;
use std::path::PathBuf;

use anyhow::Result;

use super::{Step, stamps};
use crate::tools;

/// Depends on the Rust sources of the app, because only class names found there are kept.
pub(crate) fn step() -> Step {
    let root = tools::root();
    Step {
        name: "styles",
        what: "compiling and purging the style sheet",
        inputs: [
            "public/styles",
            "public/package-lock.json",
            "public/index.html",
            "public/page.html",
            "app/src",
        ]
        .map(|path| root.join(path))
        .to_vec(),
        outputs: vec![sheet()],
        shares: None,
        run: build,
    }
}

/// The finished sheet, still with placeholders for the names of fonts.
pub(crate) fn sheet() -> PathBuf {
    stamps::work().join("styles.css")
}

fn build() -> Result<()> {
    fs::create_dir_all(stamps::work())?;
    tools::run_quietly(tools::command(
        "node",
        &["public/styles/build.mjs", &sheet().to_string_lossy()],
    ))
}
