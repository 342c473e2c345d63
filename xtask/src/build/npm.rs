// SPDX-License-Identifier: EUPL-1.2
//! The npm packages of `public/`: design system, fonts, and the tools that make them small.

use anyhow::Result;

use super::Step;
use crate::tools;

/// Installs exactly what the lock file says. No package may run a script of its own.
pub(crate) fn step() -> Step {
    let public = tools::root().join("public");
    Step {
        name: "npm",
        what: "installing the design system and the tools for pages",
        inputs: vec![
            public.join("package.json"),
            public.join("package-lock.json"),
        ],
        outputs: vec![public.join("node_modules")],
        shares: None,
        run: install,
    }
}

fn install() -> Result<()> {
    tools::run_quietly(tools::command(
        "npm",
        &[
            "ci",
            "--prefix",
            "public",
            "--ignore-scripts",
            "--no-audit",
            "--no-fund",
        ],
    ))
}
