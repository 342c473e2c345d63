// SPDX-License-Identifier: EUPL-1.2
//! The parts of the app as files. What several parts share is cut so finely that a page would ask for dozens of files
//! smaller than the headers of their answers: those travel together in one.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

use super::assets::Assets;
use super::stamps;

/// Bytes, before compression, below which a part is not worth a request of its own.
const SMALL: usize = 4_300;

/// How `split.js` asks for a part.
fn request(file: &str) -> String {
    format!("fetch(new URL(\"{file}\", import.meta.url))")
}

/// The parts, ready for the browser.
pub(super) struct Parts {
    /// `split.js` with the ways to them.
    pub(super) script: String,
    /// What each part that is named in `app/src/chunks.rs` is made of: the addresses of all its files.
    pub(super) files: BTreeMap<String, Vec<String>>,
}

/// Where the list of their files lies, for the budget.
pub(super) fn list() -> PathBuf {
    stamps::work().join("parts.json")
}

/// Adds the parts in `folder` to what the browser is given; `split` is the script that fetches them.
pub(super) fn add(assets: &mut Assets, folder: &Path, split: &str) -> Result<Parts> {
    let mut script = split.to_owned();
    let mut link = |name: &str, way: &str| {
        let request = request(&format!("./{name}"));
        if !script.contains(&request) {
            bail!("split.js does not ask for {name} as it used to");
        }
        script = script.replace(&request, way);
        Ok(())
    };
    let mut together = Vec::new();
    for path in wasm(folder) {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let contents = fs::read(&path)?;
        if contents.len() < SMALL {
            let from = together.len();
            together.extend(contents);
            link(&name, &format!("packed({from}, {})", together.len()))?;
        } else {
            let url = assets.add(&name, &contents)?;
            link(&name, &request(&url))?;
        }
    }
    let pack = assets.add("parts.bin", &together)?;
    let files = files(&script, &pack)?;
    script.push('\n');
    script.push_str(&include_str!("packed.js").replace("{{parts.bin}}", &pack));
    Ok(Parts { script, files })
}

/// Reads from the linked script which files each named part needs. In it stands, for each part,
/// `const __NAME = …fetch(new URL("ADDRESS", …))…, [__OTHER, __ANOTHER]`; a part without a file of its own is in the pack.
fn files(script: &str, pack: &str) -> Result<BTreeMap<String, Vec<String>>> {
    const NAMED: &str = "wasm_split_load_";
    let between = |text: &str, from: &str, to: &str| {
        let (_, rest) = text.split_once(from)?;
        Some(rest.split_once(to)?.0.to_owned())
    };
    let mut own = BTreeMap::new();
    let mut files = BTreeMap::new();
    for part in script.split("const __").skip(1) {
        let (name, rest) = part.split_once(" = ").context("a part has a name")?;
        let file = between(rest, "new URL(\"", "\"").unwrap_or_else(|| pack.to_owned());
        own.insert(name, file.clone());
        let Some(named) = name.strip_prefix(NAMED) else {
            continue;
        };
        let needed = between(rest, ", [", "]").context("a part says what it needs")?;
        let mut all = vec![file];
        for other in needed.split(", ").filter(|other| !other.is_empty()) {
            let file = own.get(other.trim_start_matches("__"));
            all.push(
                file.with_context(|| format!("{other} is not known"))?
                    .clone(),
            );
        }
        all.sort();
        all.dedup();
        files.insert(named.to_owned(), all);
    }
    Ok(files)
}

/// All that is Wasm in the folder of the finished app but the first part.
fn wasm(folder: &Path) -> Vec<PathBuf> {
    let mut parts = stamps::files(folder);
    parts.retain(|path| {
        path.extension()
            .is_some_and(|extension| extension == "wasm")
            && path.file_name().is_some_and(|name| name != "app_bg.wasm")
    });
    parts
}

#[cfg(test)]
mod tests {
    use super::files;

    #[test]
    fn a_part_needs_its_own_file_those_of_others_and_the_pack() {
        let script = r#"
            const __chunk_8 = makeLoad(() => { fetch(new URL("/8.wasm", import.meta.url)); }, []);
            const __chunk_9 = makeLoad(() => { packed(0, 9); }, []);
            const __chunk_10 = makeLoad(() => { packed(9, 12); }, []);
            export const __wasm_split_load_area = wrapAsyncCb(makeLoad(() => { fetch(new URL("/area.wasm", import.meta.url)); }
            , [__chunk_8, __chunk_9, __chunk_10]));
            export const __wasm_split_load_info = wrapAsyncCb(makeLoad(() => { packed(12, 20); }
            , []));"#;
        let files = files(script, "/parts.bin").expect("it can be read");
        assert_eq!(files["area"], ["/8.wasm", "/area.wasm", "/parts.bin"]);
        assert_eq!(files["info"], ["/parts.bin"]);
        assert!(
            super::files(
                "const __wasm_split_load_x = a(new URL(\"/x\"), [__y]);",
                "/p"
            )
            .is_err()
        );
    }
}
