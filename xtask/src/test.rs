// SPDX-License-Identifier: EUPL-1.2
//! `cargo xtask test`: everything that can be checked, in one command.

mod papers;

use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};
use std::time::Instant;

use anyhow::{Context, Result, bail};

use crate::{build, tools};

/// Names under which a Chromium is found.
const CHROMIUMS: [&str; 5] = [
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "chrome",
];

/// How many tests passed and failed.
#[derive(Default)]
struct Count {
    passed: u32,
    failed: u32,
}

/// Builds, runs the Rust tests and, if wanted, those in the browser; ends with one line.
pub(crate) fn run(browser: bool) -> Result<()> {
    let begin = Instant::now();
    build::run()?;
    let mut count = Count::default();
    let mut sound = rust(&mut count)?;
    sound &= papers::check(&mut count)?;
    if browser {
        sound &= in_browser(&mut count)?;
    }
    let word = if sound { "ok" } else { "FAILED" };
    println!(
        "\ntest result: {word}. {} passed; {} failed; finished in {:.1}s{}",
        count.passed,
        count.failed,
        begin.elapsed().as_secs_f32(),
        if browser { "" } else { " (no browser)" },
    );
    if !sound {
        bail!("some tests failed");
    }
    Ok(())
}

fn rust(count: &mut Count) -> Result<bool> {
    let cargo = tools::cargo(&["test", "--workspace", "--no-fail-fast"]);
    watched(cargo, |line| {
        // test result: ok. 3 passed; 0 failed; 0 ignored; …
        if let Some((_, numbers)) = line.split_once("test result: ") {
            count.passed += number_before(numbers, " passed");
            count.failed += number_before(numbers, " failed");
        }
    })
}

fn in_browser(count: &mut Count) -> Result<bool> {
    let folder = tools::root().join("tests/browser");
    if !folder.join("package.json").exists() {
        bail!("tests/browser/package.json is missing");
    }
    let chromium = find_chromium()?;
    fetch_packages()?;
    let mut npm = tools::command("npm", &["test", "--prefix", "tests/browser"]);
    npm.env("CHROMIUM", &chromium);
    watched(npm, |line| {
        // Playwright: "  12 passed (8.1s)"; node: "# pass 12".
        let line = line.trim_start_matches(['#', 'ℹ', ' ']);
        count.passed += number_before(line, " passed") + number_after(line, "pass ");
        count.failed += number_before(line, " failed") + number_after(line, "fail ");
    })
}

/// Fetches what drives the browser.
pub(crate) fn fetch_packages() -> Result<()> {
    tools::run_quietly(tools::command(
        "npm",
        &[
            "ci",
            "--prefix",
            "tests/browser",
            "--ignore-scripts",
            "--no-audit",
            "--no-fund",
        ],
    ))
}

/// A browser that is there, or one that the system's package manager can bring.
fn find_chromium() -> Result<String> {
    if let Some(path) = chromium() {
        return Ok(path);
    }
    if tools::answer("id", &["-u"]).as_deref() != Some("0")
        || tools::answer("apt-get", &["--version"]).is_none()
    {
        bail!(
            "no Chromium found: install one (for example `apt-get install chromium`), or use --no-browser"
        );
    }
    tools::run_quietly(tools::command("apt-get", &["update", "-qq"]))?;
    let mut install = tools::command(
        "apt-get",
        &[
            "install",
            "-y",
            "-qq",
            "--no-install-recommends",
            "chromium",
        ],
    );
    install.env("DEBIAN_FRONTEND", "noninteractive");
    tools::run_quietly(install)?;
    chromium().context("apt-get installed no Chromium")
}

/// A browser that is there.
pub(crate) fn chromium() -> Option<String> {
    CHROMIUMS
        .into_iter()
        .find_map(|name| tools::answer("sh", &["-c", &format!("command -v {name}")]))
}

/// Runs a program whose lines are shown and also read. Returns whether it succeeded.
fn watched(mut command: Command, mut line_read: impl FnMut(&str)) -> Result<bool> {
    let mut child = command.stdout(Stdio::piped()).spawn()?;
    if let Some(output) = child.stdout.take() {
        for line in BufReader::new(output).lines() {
            let line = line?;
            println!("{line}");
            line_read(&line);
        }
    }
    Ok(child.wait()?.success())
}

/// The number that ends right before `word`, or 0.
fn number_before(text: &str, word: &str) -> u32 {
    let Some((before, _)) = text.split_once(word) else {
        return 0;
    };
    let digits = before
        .rsplit(|letter: char| !letter.is_ascii_digit())
        .next();
    digits.and_then(|digits| digits.parse().ok()).unwrap_or(0)
}

/// The number that follows `word` at the beginning of a line, or 0.
fn number_after(text: &str, word: &str) -> u32 {
    let Some(rest) = text.strip_prefix(word) else {
        return 0;
    };
    rest.trim().parse().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::{number_after, number_before};

    #[test]
    fn numbers_are_read_from_the_lines_of_both_runners() {
        assert_eq!(
            number_before("ok. 12 passed; 3 failed; 0 ignored", " failed"),
            3
        );
        assert_eq!(number_before("nothing here", " failed"), 0);
        assert_eq!(number_after("pass 7", "pass "), 7);
    }
}
