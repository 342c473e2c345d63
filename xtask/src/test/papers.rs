// SPDX-License-Identifier: EUPL-1.2
//! Our papers before checkers of PDF/A and PDF/UA that others have written. They are small programs in Python; where none
//! is found that can run them, a line says so.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::Result;

use super::{Count, number_before, watched};
use crate::tools;

/// Which checkers, with their versions.
const CHECKERS: &str = "tests/papers/requirements.txt";
/// What asks them.
const SCRIPT: &str = "tests/papers/check.py";
/// Names under which a Python is found, and how it says that it is new enough.
const PYTHONS: [&str; 2] = ["python3", "python"];
const NEW_ENOUGH: &str = "import sys, venv, ensurepip; print(sys.version_info >= (3, 11))";

/// Writes every paper of the tests and has it checked.
pub(super) fn check(count: &mut Count) -> Result<bool> {
    let Some(python) = python()? else {
        println!("\npapers: no Python 3.11 with pip, so no checker but ours has seen them");
        return Ok(true);
    };
    let folder = tools::cargo_target().join("papers");
    if folder.exists() {
        fs::remove_dir_all(&folder)?;
    }
    let mut cargo = tools::cargo(&["run", "--quiet", "--package", "documents"]);
    cargo.args(["--example", "papers", "--"]).arg(&folder);
    tools::run(cargo)?;
    println!();
    let mut checkers = tools::command(&python.to_string_lossy(), &[SCRIPT]);
    checkers.arg(&folder);
    watched(checkers, |line| {
        count.passed += number_before(line, " passed");
        count.failed += number_before(line, " failed");
    })
}

/// A Python that has the checkers: in a folder of its own, filled when it is not there or the versions have changed.
fn python() -> Result<Option<PathBuf>> {
    let folder = tools::cargo_target().join("checkers");
    let inside = folder.join("bin/python");
    let stamp = folder.join("requirements.txt");
    let wanted = fs::read(tools::root().join(CHECKERS))?;
    if inside.exists() && fs::read(&stamp).ok().as_deref() == Some(&wanted) {
        return Ok(Some(inside));
    }
    let able = |name: &str| tools::answer(name, &["-c", NEW_ENOUGH]).as_deref() == Some("True");
    let Some(name) = PYTHONS.into_iter().find(|name| able(name)) else {
        return Ok(None);
    };
    if folder.exists() {
        fs::remove_dir_all(&folder)?;
    }
    println!("\npapers: fetching the checkers …");
    fill(name, &folder, &inside)?;
    fs::write(&stamp, wanted)?;
    Ok(Some(inside))
}

fn fill(name: &str, folder: &Path, inside: &Path) -> Result<()> {
    let mut room = tools::command(name, &["-m", "venv"]);
    room.arg(folder);
    tools::run_quietly(room)?;
    let arguments = [
        "-m",
        "pip",
        "install",
        "--quiet",
        "--disable-pip-version-check",
    ];
    let mut pip = tools::command(&inside.to_string_lossy(), &arguments);
    pip.args(["--only-binary", ":all:", "--requirement", CHECKERS]);
    tools::run_quietly(pip)
}
