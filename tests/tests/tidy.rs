// SPDX-License-Identifier: EUPL-1.2
//! The house keeps to its plan: layers, sizes, licences, and the two files that machines of the public sector read.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

/// What each package may use of ours.
const LAYERS: [(&str, &[&str]); 10] = [
    ("contract", &[]),
    ("documents", &["contract"]),
    ("edge", &["contract", "documents"]),
    ("app", &["contract"]),
    // The part of the app that runs beside the page.
    ("worker", &["contract", "documents"]),
    // Its build script lists the addresses of the services.
    ("site", &["contract"]),
    ("local", &["contract"]),
    ("tests", &["contract", "documents"]),
    // `bench` signs in as the personas of the tests.
    ("xtask", &["tests"]),
    // What `bench` compares with, and papers timed inside Wasm.
    ("probes", &["contract", "documents"]),
];
/// What the packages without input and output may use of others: nothing here knows a file, a socket or a clock.
const QUIET: [(&str, &[&str]); 2] = [
    ("contract", &["base64ct", "jiff", "serde", "serde_json"]),
    (
        "documents",
        &[
            "base64ct",
            "flate2",
            "jiff",
            "krilla",
            "miniz_oxide",
            "parley",
            "quick-xml",
            "serde_json",
            "skrifa",
            "zip",
        ],
    ),
];
/// What would let the world into them all the same.
const LOUD: [&str; 12] = [
    "std::env",
    "std::fs",
    "std::io::stdin",
    "std::io::stdout",
    "std::net",
    "std::process",
    "std::thread",
    "std::time",
    "SystemTime",
    "Timestamp::now",
    "Zoned::now",
    "async fn",
];
/// Longer than this is two files.
const LINES: usize = 400;
/// Tables, which are as long as what they list.
const TABLES: [&str; 3] = [
    "edge/contract/src/cv/guida/kinds.rs",
    "edge/contract/src/cv/sections.rs",
    "edge/local/src/world/people.rs",
];

#[test]
fn dependencies_point_one_way() {
    let packages = packages();
    let names: BTreeSet<&str> = packages.keys().map(String::as_str).collect();
    assert_eq!(names, LAYERS.iter().map(|(name, _)| *name).collect());
    for (name, allowed) in LAYERS {
        for used in packages[name].intersection(&packages.keys().cloned().collect()) {
            assert!(
                allowed.contains(&used.as_str()),
                "{name} must not use {used}"
            );
        }
    }
}

#[test]
fn the_contract_and_the_documents_know_no_world_outside() {
    let packages = packages();
    for (name, allowed) in QUIET {
        let ours = packages.keys().cloned().collect();
        for used in packages[name].difference(&ours) {
            assert!(
                allowed.contains(&used.as_str()),
                "{name} must not use {used}"
            );
        }
        let files = sources(&[&format!("edge/{name}/src")]);
        for file in files.iter().filter(|file| !is_test(file)) {
            let text = fs::read_to_string(root().join(file)).expect("a source");
            for word in LOUD {
                assert!(!text.contains(word), "{file} speaks of {word}");
            }
        }
    }
}

#[test]
fn no_file_is_longer_than_one_sitting() {
    let long: Vec<_> = ours()
        .into_iter()
        .filter(|file| !is_test(file) && !TABLES.contains(&file.as_str()))
        .filter(|file| {
            let text = fs::read_to_string(root().join(file)).expect("a source");
            text.lines().count() > LINES
        })
        .collect();
    assert!(long.is_empty(), "make two files of each: {long:#?}");
}

#[test]
fn every_source_names_its_licence() {
    let bare: Vec<_> = ours()
        .into_iter()
        .chain([".ci/run".to_owned()])
        .filter(|file| {
            let text = fs::read_to_string(root().join(file)).expect("a source");
            let mut head = text.lines().take(2);
            !head.any(|line| line.contains("SPDX-License-Identifier: EUPL-1.2"))
        })
        .collect();
    assert!(bare.is_empty(), "{bare:#?}");
}

#[test]
fn modules_are_named_after_their_folder() {
    let old: Vec<_> = ours()
        .into_iter()
        .filter(|file| file.ends_with("/mod.rs"))
        .collect();
    assert!(old.is_empty(), "{old:?}");
}

#[test]
fn the_entry_for_the_catalogue_of_public_software_is_complete() {
    let text = fs::read_to_string(root().join("publiccode.yml")).expect("publiccode.yml");
    let entry = read_yaml(&text);
    let value = |key: &str| entry.get(key).map(String::as_str).unwrap_or_default();
    for key in [
        "name",
        "url",
        "platforms/0",
        "categories/0",
        "maintenance/contacts/0/name",
        "localisation/localisationReady",
    ] {
        assert!(!value(key).is_empty(), "{key} is missing");
    }
    assert_eq!(value("publiccodeYmlVersion"), "0.7");
    assert_eq!(value("softwareType"), "standalone/web");
    assert_eq!(value("softwareVersion"), version());
    assert_eq!(value("legal/license"), "EUPL-1.2");
    let known = ["concept", "development", "beta", "stable", "obsolete"];
    assert!(known.contains(&value("developmentStatus")));
    let known = ["internal", "contract", "community", "none"];
    assert!(known.contains(&value("maintenance/type")));
    // The section of Italy's own is gone since version 0.7: `supports` stands in its place.
    assert!(!entry.keys().any(|key| key.starts_with("it/")));
    let listed = |list: &str, wanted: &str| {
        let inside = format!("{list}/");
        let found = entry
            .iter()
            .any(|(key, value)| key.starts_with(&inside) && value == wanted);
        assert!(found, "{list} lacks {wanted}");
    };
    for what in ["alias:spid", "alias:cie", "alias:gdpr", "alias:eidas"] {
        listed("supports", what);
    }
    listed("intendedAudience/scope", "employment");
    for language in ["it", "en"] {
        listed("localisation/availableLanguages", language);
        let of = |key: &str| {
            value(&format!("description/{language}/{key}"))
                .chars()
                .count()
        };
        assert!(
            (1..=150).contains(&of("shortDescription")),
            "{language}: short"
        );
        assert!(
            (150..=10_000).contains(&of("longDescription")),
            "{language}: long"
        );
        let features = format!("description/{language}/features/");
        let features = entry
            .keys()
            .filter(|key| key.starts_with(&features))
            .count();
        assert!(
            (5..=20).contains(&features),
            "{language}: {features} features"
        );
    }
}

#[test]
fn the_version_of_bootstrap_italia_can_be_read_from_the_style_sheet() {
    let folder = root().join("target/site/assets");
    let sheets: Vec<_> = fs::read_dir(&folder)
        .unwrap_or_else(|_| panic!("{} is missing: run `cargo xtask build`", folder.display()))
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| path.extension().is_some_and(|end| end == "css"))
        .collect();
    assert!(!sheets.is_empty());
    // The observatory of public sites looks for exactly this form, with double quotes.
    let told = sheets.iter().any(|path| {
        let text = fs::read_to_string(path).expect("a style sheet");
        let after = text
            .split_once("--bootstrap-italia-version:")
            .map(|(_, rest)| rest.trim_start());
        after.is_some_and(|rest| {
            let version = rest.strip_prefix('"').and_then(|rest| rest.split_once('"'));
            version.is_some_and(|(version, _)| version.split('.').all(|n| n.parse::<u32>().is_ok()))
        })
    });
    assert!(
        told,
        "no style sheet says --bootstrap-italia-version: \"…\""
    );
}

#[test]
fn the_reader_of_yaml_knows_what_our_file_uses() {
    let text = "a: \"b: c\" # note\nl:\n  - x\n  - k: 1\n    m: 'y'\nd:\n  t: |\n    one\n    two\n  e: []\n";
    let read = read_yaml(text);
    let pairs = [
        ("a", "b: c"),
        ("l/0", "x"),
        ("l/1/k", "1"),
        ("l/1/m", "y"),
        ("d/t", "one two"),
        ("d/e", "[]"),
    ];
    let wanted = pairs.map(|(key, value)| (key.to_owned(), value.to_owned()));
    assert_eq!(read, BTreeMap::from(wanted));
}

/// Our packages with what each uses outside its tests, whatever the target.
fn packages() -> BTreeMap<String, BTreeSet<String>> {
    let metadata = metadata();
    let list = |value: &Value| value.as_array().cloned().unwrap_or_default();
    let name = |value: &Value| value["name"].as_str().unwrap_or_default().to_owned();
    list(&metadata["packages"])
        .iter()
        .map(|package| {
            let used = list(&package["dependencies"]);
            let used = used.iter().filter(|dependency| dependency["kind"] != "dev");
            (name(package), used.map(name).collect())
        })
        .collect()
}

fn version() -> String {
    let metadata = metadata();
    let version = metadata["packages"][0]["version"].as_str();
    version.unwrap_or_default().to_owned()
}

fn metadata() -> Value {
    let output = Command::new(env!("CARGO"))
        .args([
            "metadata",
            "--no-deps",
            "--format-version",
            "1",
            "--offline",
        ])
        .current_dir(root())
        .output()
        .expect("cargo can be asked");
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    serde_json::from_slice(&output.stdout).expect("JSON")
}

/// Every source file of ours.
fn ours() -> Vec<String> {
    sources(&["app", "edge", "public", "tests", "xtask"])
}

/// Source files below these folders, by their path in the repository; nothing that was built or fetched.
fn sources(folders: &[&str]) -> Vec<String> {
    let mut found = Vec::new();
    let mut left: Vec<PathBuf> = folders.iter().map(|folder| root().join(folder)).collect();
    while let Some(folder) = left.pop() {
        for entry in fs::read_dir(&folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            let name = path
                .file_name()
                .and_then(|name| name.to_str())
                .unwrap_or_default();
            if path.is_dir() {
                if !name.starts_with('.')
                    && !["node_modules", "target", "test-results"].contains(&name)
                {
                    left.push(path);
                }
            } else if ["rs", "mjs", "js", "scss", "css"]
                .iter()
                .any(|end| name.ends_with(&format!(".{end}")))
            {
                let path = path.strip_prefix(root()).expect("below the root");
                found.push(path.display().to_string());
            }
        }
    }
    found.sort();
    assert!(!found.is_empty());
    found
}

/// Whether a file is compiled for tests only: it lies among tests, or its parent says so where it names it.
fn is_test(file: &str) -> bool {
    if file.starts_with("tests/") || file.ends_with("/tests.rs") || file.contains("/tests/") {
        return true;
    }
    let Some((folder, name)) = file
        .strip_suffix(".rs")
        .and_then(|path| path.rsplit_once('/'))
    else {
        return false;
    };
    let parent = fs::read_to_string(root().join(format!("{folder}.rs"))).unwrap_or_default();
    parent.contains(&format!("#[cfg(test)]\nmod {name};"))
}

/// As much of YAML as `publiccode.yml` uses: maps, lists and text, as paths and values. Lines of a block are joined.
fn read_yaml(text: &str) -> BTreeMap<String, String> {
    let mut read = BTreeMap::new();
    // The open map keys and list places, each with its column.
    let mut open: Vec<(usize, String)> = Vec::new();
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    let mut block: Option<(usize, String)> = None;
    for line in text.lines() {
        let mut column = line.len() - line.trim_start().len();
        let mut rest = line.trim();
        if let Some((from, path)) = &block {
            if column > *from || rest.is_empty() {
                let whole: &mut String = read.entry(path.clone()).or_default();
                whole.push_str(if whole.is_empty() || rest.is_empty() {
                    ""
                } else {
                    " "
                });
                whole.push_str(rest);
                continue;
            }
            block = None;
        }
        if rest.is_empty() || rest.starts_with('#') {
            continue;
        }
        open.retain(|(at, _)| *at < column);
        let path = |open: &[(usize, String)]| {
            let names: Vec<&str> = open.iter().map(|(_, name)| name.as_str()).collect();
            names.join("/")
        };
        if let Some(item) = rest.strip_prefix("- ") {
            let count = counts.entry(path(&open)).or_default();
            open.push((column, count.to_string()));
            *count += 1;
            column += 2;
            rest = item.trim();
        }
        let plain = |value: &str| {
            let value = value.trim();
            let quoted = |mark| {
                value
                    .strip_prefix(mark)?
                    .split_once(mark)
                    .map(|(text, _)| text)
            };
            let bare = value.split(" #").next().unwrap_or_default().trim();
            quoted('"')
                .or_else(|| quoted('\''))
                .unwrap_or(bare)
                .to_owned()
        };
        let pair = rest.split_once(':').filter(|(key, value)| {
            key.chars().all(char::is_alphanumeric) && (value.is_empty() || value.starts_with(' '))
        });
        match pair {
            None => _ = read.insert(path(&open), plain(rest)),
            Some((key, value)) => {
                open.push((column, key.to_owned()));
                match value.trim() {
                    "" => {}
                    "|" | ">" => block = Some((column, path(&open))),
                    value => _ = read.insert(path(&open), plain(value)),
                }
            }
        }
    }
    read
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .expect("the package lies in the repository")
}
