// SPDX-License-Identifier: EUPL-1.2
//! The commands of the project: `cargo xtask build`, `serve`, `test` and `bench`.
//!
//! Everything that a fresh clone needs is fetched and built from here, so that nobody has to
//! install or remember a tool. `anyhow` is at home here: the reader of an error is a developer.

mod bench;
mod build;
mod serve;
mod test;
mod tools;

use std::process::ExitCode;

const HELP: &str = "\
Usage: cargo xtask COMMAND

  build                          everything that is missing: app, pages, components, local runner
  serve [--listen ADDRESS]       build, then serve the whole system (default 127.0.0.1:3000)
        [--data DIR]             where state lives (default .data)
  test  [--no-browser]           build, then run every test
  bench [NAME]                   measure, print Markdown, write target/bench.json; with a name only
                                 the endpoints that have it in theirs, the appointments (`slots`,
                                 `morning`) or the papers (`paper` in the component, `browser`)
";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let done = match arguments.as_slice() {
        ["build"] => build::run(),
        ["serve", options @ ..] => serve::run(options),
        ["test"] => test::run(true),
        ["test", "--no-browser"] => test::run(false),
        ["bench"] => bench::run(None),
        ["bench", name] => bench::run(Some(name)),
        [] | ["help" | "--help" | "-h"] => {
            print!("{HELP}");
            return ExitCode::SUCCESS;
        }
        other => {
            eprint!("Not understood: {}\n\n{HELP}", other.join(" "));
            return ExitCode::from(2);
        }
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}
