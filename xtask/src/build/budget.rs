// SPDX-License-Identifier: EUPL-1.2
//! What a page may weigh on a phone. A build above a budget is a failed build.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail};

use super::{assets, parts, stamps};
use crate::tools;

/// A kind of file of the first load of the home page.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Kind {
    Page,
    Styles,
    Scripts,
    App,
    Fonts,
    Icons,
}

impl Kind {
    const ALL: [Self; 6] = [
        Self::Page,
        Self::Styles,
        Self::Scripts,
        Self::App,
        Self::Fonts,
        Self::Icons,
    ];

    /// As it is shown in tables.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Page => "page",
            Self::Styles => "styles",
            Self::Scripts => "scripts",
            Self::App => "app (wasm)",
            Self::Fonts => "fonts",
            Self::Icons => "icons",
        }
    }

    /// The most bytes over the wire, for the kinds that have a budget of their own.
    fn budget(self) -> Option<u64> {
        match self {
            Self::Styles => Some(40_000),
            Self::App => Some(180_000),
            _ => None,
        }
    }

    /// Which kind a file is, when the home page loads it at once.
    fn of(path: &str) -> Option<Self> {
        let file = path.rsplit('/').next().unwrap_or(path);
        if file.starts_with("worker-") || file.starts_with("cv-worker-") {
            return None;
        }
        let (_, extension) = file.rsplit_once('.')?;
        match extension {
            "html" if file == "index.html" => Some(Self::Page),
            // Fetched when the page stands and nothing else is to be done.
            "js" if file == "service-worker.js" => None,
            "css" => Some(Self::Styles),
            "js" => Some(Self::Scripts),
            // The other parts of the app come later, when a page of theirs is opened.
            "wasm" if file.starts_with("app-") => Some(Self::App),
            "woff2" if !file.contains("latin-ext") => Some(Self::Fonts),
            "svg" => Some(Self::Icons),
            _ => None,
        }
    }
}

/// All of the first load together, the list of places, and each part of the app with all that it needs.
const FIRST_LOAD: u64 = 250_000;
const PLACES: u64 = 120_000;
const PART: u64 = 230_000;
/// The CV worker with its typefaces, loaded when first needed.
const CV_WORKER: u64 = 1_300_000;

/// A row of the table: what, its bytes over the wire, and the most it may have.
pub(crate) struct Row {
    pub(crate) name: &'static str,
    pub(crate) bytes: u64,
    pub(crate) budget: Option<u64>,
}

/// Measures what lies in `target/site`.
pub(crate) fn rows() -> Result<Vec<Row>> {
    let folder = assets::folder();
    let files: Vec<(String, u64)> = stamps::files(&folder)
        .iter()
        .filter(|path| path.extension().is_none_or(|extension| extension != "br"))
        .map(|path| (path.to_string_lossy().into_owned(), over_the_wire(path)))
        .collect();
    let sum = |kind: Kind| {
        files
            .iter()
            .filter(|(path, _)| Kind::of(path) == Some(kind))
            .map(|(_, bytes)| bytes)
            .sum::<u64>()
    };
    let mut rows: Vec<Row> = Kind::ALL
        .iter()
        .map(|kind| Row {
            name: kind.name(),
            bytes: sum(*kind),
            budget: kind.budget(),
        })
        .collect();
    let first_load = rows.iter().map(|row| row.bytes).sum();
    rows.push(Row {
        name: "first load",
        bytes: first_load,
        budget: Some(FIRST_LOAD),
    });
    rows.push(Row {
        name: "largest part",
        bytes: largest_part(&folder)?,
        budget: Some(PART),
    });
    let places = files.iter().filter(|(path, _)| path.contains("/luoghi-"));
    rows.push(Row {
        name: "places (later)",
        bytes: places.map(|(_, bytes)| bytes).sum(),
        budget: Some(PLACES),
    });
    let worker = files.iter().filter(|(path, _)| path.contains("worker-"));
    rows.push(Row {
        name: "CV worker (later)",
        bytes: worker.map(|(_, bytes)| bytes).sum(),
        budget: Some(CV_WORKER),
    });
    Ok(rows)
}

/// The heaviest of the parts of the app, each with all the files that it needs: what a page of it costs beside the first
/// load.
fn largest_part(folder: &Path) -> Result<u64> {
    let list = fs::read_to_string(parts::list()).context("the list of parts")?;
    let parts: BTreeMap<String, Vec<String>> = serde_json::from_str(&list)?;
    let weight = |files: &Vec<String>| {
        let paths = files
            .iter()
            .map(|url| folder.join(url.trim_start_matches('/')));
        paths.map(|path| over_the_wire(&path)).sum::<u64>()
    };
    parts.values().map(weight).max().context("no parts")
}

/// Fails when something is too heavy; shows the table when asked to, and always then.
pub(crate) fn check(show: bool) -> Result<()> {
    let rows = rows()?;
    let heavy: Vec<&str> = rows
        .iter()
        .filter(|row| row.budget.is_some_and(|budget| row.bytes > budget))
        .map(|row| row.name)
        .collect();
    if show || !heavy.is_empty() {
        println!("  {:<17} {:>9} {:>9}", "brotli bytes", "is", "at most");
        for row in &rows {
            let budget = row
                .budget
                .map(|budget| budget.to_string())
                .unwrap_or_default();
            println!("  {:<17} {:>9} {budget:>9}", row.name, row.bytes);
        }
    }
    if !heavy.is_empty() && !tools::quick() {
        bail!("over budget: {}", heavy.join(", "));
    }
    Ok(())
}

fn over_the_wire(path: &Path) -> u64 {
    [assets::twin(path), path.to_owned()]
        .iter()
        .find_map(|path| fs::metadata(path).ok())
        .map_or(0, |meta| meta.len())
}

#[cfg(test)]
mod tests {
    use super::Kind;

    #[test]
    fn the_first_load_has_no_extended_fonts_and_no_texts() {
        assert_eq!(Kind::of("/s/assets/app-0a.wasm"), Some(Kind::App));
        assert_eq!(Kind::of("/s/assets/split_desk-0a.wasm"), None);
        assert_eq!(
            Kind::of("/s/assets/titillium-web-latin-400-normal-0a.woff2"),
            Some(Kind::Fonts)
        );
        assert_eq!(
            Kind::of("/s/assets/titillium-web-latin-ext-400-normal-0a.woff2"),
            None
        );
        assert_eq!(Kind::of("/s/assets/en-0a.json"), None);
        assert_eq!(Kind::of("/s/page.html"), None);
        assert_eq!(Kind::of("/s/service-worker.js"), None);
        assert_eq!(Kind::of("/s/assets/worker-0a.wasm"), None);
        assert_eq!(Kind::of("/s/assets/cv-worker-0a.js"), None);
    }
}
