// SPDX-License-Identifier: EUPL-1.2
//! CVs of invented people, as unlike each other as those that a Centro per l'impiego sees: every look, colour and
//! density, one page and many, with a photo and without, in letters of four scripts. Beside each stand its words in the
//! order in which they are to be read, for readers that are not written in Rust.

use std::path::Path;

use contract::cv::Cv;
use serde_json::Value;

/// All of them, by name, from the folder where they are kept.
pub(crate) fn all(folder: &Path) -> Vec<(String, Cv)> {
    let mut curricula: Vec<_> = std::fs::read_dir(folder)
        .expect("the folder")
        .map(|entry| entry.expect("a file").path())
        .filter(|path| path.extension().is_some_and(|ending| ending == "json"))
        .map(|path| {
            let name = path.file_stem().expect("a name").to_string_lossy();
            let cv = Cv::from_value(read(folder, &name)).expect("an object");
            (name.into_owned(), cv)
        })
        .collect();
    curricula.sort_by(|one, other| one.0.cmp(&other.0));
    curricula
}

/// One of them.
pub(crate) fn read(folder: &Path, name: &str) -> Value {
    let text = std::fs::read_to_string(folder.join(format!("{name}.json"))).expect("a file");
    serde_json::from_str(&text).expect("JSON")
}
