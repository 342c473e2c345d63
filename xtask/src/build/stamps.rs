// SPDX-License-Identifier: EUPL-1.2
//! What was last built from what: a fingerprint of the inputs of each step, kept in `target/`.
//!
//! Names, sizes and times of change are enough, as they are for cargo and make; contents are not
//! read, so that asking "is anything to do?" costs milliseconds.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;

use anyhow::{Context, Result};
use sha2::{Digest, Sha256};

use crate::tools;

/// The fingerprints of the last successful run of each step.
pub(crate) struct Stamps(BTreeMap<String, String>);

impl Stamps {
    /// Reads the file; no file, or one that is not understood, means that nothing is built yet.
    pub(crate) fn load() -> Self {
        let text = fs::read_to_string(file()).unwrap_or_default();
        let lines = text.lines().filter_map(|line| line.split_once(' '));
        Self(
            lines
                .map(|(name, print)| (name.to_owned(), print.to_owned()))
                .collect(),
        )
    }

    /// Whether nothing was ever built here.
    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether the step was last built from just these inputs.
    pub(crate) fn holds(&self, step: &str, print: &str) -> bool {
        self.0.get(step).is_some_and(|known| known == print)
    }

    /// Remembers at once, so that work is not lost when a later step fails.
    pub(crate) fn set(&mut self, step: &str, print: String) -> Result<()> {
        self.0.insert(step.to_owned(), print);
        let lines: String = self
            .0
            .iter()
            .map(|(name, print)| format!("{name} {print}\n"))
            .collect();
        fs::create_dir_all(work())?;
        fs::write(file(), lines).context("could not write the stamps of the build")
    }
}

/// Where intermediate products of the build lie.
pub(crate) fn work() -> PathBuf {
    tools::target().join("xtask")
}

/// Two builds at once would write over each other: the second waits. The lock ends with the file.
pub(crate) fn wait_for_others() -> Result<fs::File> {
    fs::create_dir_all(work())?;
    let lock = fs::File::create(work().join("lock"))?;
    if lock.try_lock().is_err() {
        println!("Another build is running, waiting for it to end.");
        lock.lock()?;
    }
    Ok(lock)
}

/// One line that changes when a file below `inputs` comes, goes or changes.
pub(crate) fn fingerprint(inputs: &[PathBuf]) -> String {
    let mut hash = Sha256::new();
    hash.update([u8::from(tools::quick())]);
    // A new xtask may build differently. Its sources, not its program: cargo relinks that often.
    let itself = tools::root().join("xtask/src");
    for input in inputs.iter().chain([&itself]) {
        for path in files(input) {
            add(&mut hash, &path);
        }
    }
    hex(&hash.finalize())
}

/// All files below a folder (or the file itself), in a stable order, without what npm installs.
pub(crate) fn files(path: &Path) -> Vec<PathBuf> {
    if path.is_file() {
        return vec![path.to_owned()];
    }
    let Ok(entries) = fs::read_dir(path) else {
        return Vec::new();
    };
    let mut found: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
    found.sort();
    found.retain(|path| !path.ends_with("node_modules"));
    found.iter().flat_map(|path| files(path)).collect()
}

/// Lower-case hexadecimal.
pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn add(hash: &mut Sha256, path: &Path) {
    let Ok(meta) = fs::metadata(path) else { return };
    let changed = meta.modified().ok();
    let nanos = changed.and_then(|time| time.duration_since(UNIX_EPOCH).ok());
    hash.update(path.as_os_str().as_encoded_bytes());
    hash.update(meta.len().to_le_bytes());
    hash.update(nanos.map_or(0, |nanos| nanos.as_nanos()).to_le_bytes());
}

fn file() -> PathBuf {
    work().join("stamps")
}
