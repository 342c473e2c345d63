// SPDX-License-Identifier: EUPL-1.2
//! CVs of invented people, as unlike each other as those that a Centro per l'impiego sees: every look, colour and
//! density, one page and many, with a photo and without, in letters of four scripts. Beside each stand its words in the
//! order in which they are to be read, for readers that are not written in Rust.

use std::path::PathBuf;

use contract::cv::Cv;
use serde_json::{Value, json};

/// Where they are kept.
pub(crate) fn folder() -> PathBuf {
    [env!("CARGO_MANIFEST_DIR"), "tests", "papers", "curricula"]
        .iter()
        .collect()
}

/// All of them, by name.
pub(crate) fn all() -> Vec<(String, Cv)> {
    let mut curricula: Vec<_> = std::fs::read_dir(folder())
        .expect("the folder")
        .map(|entry| entry.expect("a file").path())
        .filter(|path| path.extension().is_some_and(|ending| ending == "json"))
        .map(|path| {
            let name = path.file_stem().expect("a name").to_string_lossy();
            let cv = Cv::from_value(read(&name)).expect("an object");
            (name.into_owned(), cv)
        })
        .collect();
    curricula.sort_by(|one, other| one.0.cmp(&other.0));
    curricula
}

fn read(name: &str) -> Value {
    let text = std::fs::read_to_string(folder().join(format!("{name}.json"))).expect("a file");
    serde_json::from_str(&text).expect("JSON")
}

/// The same CV in another look.
pub(crate) fn styled(mut cv: Value, look: &str, color: &str, density: &str) -> Value {
    cv["x_style"] = json!({ "look": look, "color": color, "density": density });
    cv
}

/// The one that most tests take: two pages, most sections, texts in both languages.
pub(crate) fn maria() -> Value {
    read("shop-assistant")
}
