// SPDX-License-Identifier: EUPL-1.2
//! The keys of the page's own texts stand in the sources; the English files have to hold exactly those.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::Path,
};

fn sources(folder: &Path, into: &mut String) {
    for entry in fs::read_dir(folder).expect("folder of the sources") {
        let path = entry.expect("entry").path();
        if path.is_dir() {
            sources(&path, into);
        } else if path.extension().is_some_and(|ext| ext == "rs")
            && !path.ends_with("texts/tests.rs")
        {
            into.push_str(&fs::read_to_string(path).expect("source"));
        }
    }
}

fn keys_in_sources() -> BTreeSet<String> {
    let mut all = String::new();
    sources(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut all);
    let starts = all.match_indices("\"ui/").map(|(at, _)| at + 1);
    starts
        .filter_map(|at| all[at..].split('"').next())
        .map(str::to_owned)
        .collect()
}

#[test]
fn english_has_exactly_the_keys_of_the_page() {
    let english = ["en.json", "en-cv.json"].map(|name| {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../public/texts");
        let text = fs::read_to_string(folder.join(name)).expect("the file is there");
        let texts: BTreeMap<String, String> = serde_json::from_str(&text).expect("a flat map");
        texts
    });
    let english: BTreeSet<String> = english
        .into_iter()
        .flat_map(BTreeMap::into_keys)
        .filter(|key| key.starts_with("ui/"))
        .collect();
    let asked = keys_in_sources();
    assert_eq!(
        asked.difference(&english).collect::<Vec<_>>(),
        Vec::<&String>::new(),
        "missing"
    );
    assert_eq!(
        english.difference(&asked).collect::<Vec<_>>(),
        Vec::<&String>::new(),
        "unused"
    );
}
