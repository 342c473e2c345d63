// SPDX-License-Identifier: EUPL-1.2
//! Files as the browser gets them: a name with a hash of the contents, and a brotli twin.
//!
//! A hashed name never means anything else, so browsers may keep the file for ever.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use sha2::{Digest, Sha256};

use super::stamps;
use crate::tools;

/// The folder of finished files while it is being filled.
pub(crate) struct Assets {
    folder: PathBuf,
    written: BTreeSet<PathBuf>,
    urls: BTreeMap<String, String>,
    to_compress: Vec<PathBuf>,
}

impl Assets {
    /// Starts with nothing known; what lies in the folder from before is used again or removed.
    pub(crate) fn new() -> Self {
        Self {
            folder: folder(),
            written: BTreeSet::new(),
            urls: BTreeMap::new(),
            to_compress: Vec::new(),
        }
    }

    /// Writes `contents` under `assets/` with a hash in the name. `name` is how other files call
    /// it between double braces, such as `icons/favicon.svg`. Returns the URL.
    pub(crate) fn add(&mut self, name: &str, contents: &[u8]) -> Result<String> {
        let url = hashed(name, contents)?;
        self.put(name, url.clone(), contents)?;
        Ok(url)
    }

    /// Writes `contents` at a URL of [`hashed`], to be called `name`.
    pub(crate) fn put(&mut self, name: &str, url: String, contents: &[u8]) -> Result<()> {
        self.write(&url, contents)?;
        self.urls.insert(name.to_owned(), url);
        Ok(())
    }

    /// Writes `contents` at a fixed path such as `/robots.txt`.
    pub(crate) fn write(&mut self, url: &str, contents: &[u8]) -> Result<()> {
        let path = self.folder.join(url.trim_start_matches('/'));
        let changed = fs::read(&path).ok().as_deref() != Some(contents);
        if changed {
            fs::create_dir_all(path.parent().unwrap_or(&self.folder))?;
            fs::write(&path, contents)?;
        }
        if compressible(&path) {
            let twin = twin(&path);
            if changed || !twin.exists() {
                self.to_compress.push(path.clone());
            }
            self.written.insert(twin);
        }
        self.written.insert(path);
        Ok(())
    }

    /// The URLs of files whose name begins with `prefix`.
    pub(crate) fn starting_with<'a>(
        &'a self,
        prefix: &'a str,
    ) -> impl Iterator<Item = (&'a str, &'a str)> {
        self.urls
            .iter()
            .filter(move |(name, _)| name.starts_with(prefix))
            .map(|(name, url)| (name.as_str(), url.as_str()))
    }

    /// The bytes of a file that was added, before compression.
    pub(crate) fn size(&self, url: &str) -> u64 {
        let path = self.folder.join(url.trim_start_matches('/'));
        fs::metadata(path).map_or(0, |meta| meta.len())
    }

    /// Puts URLs in the place of `{{name}}`; a name that is not known is an error.
    pub(crate) fn fill(&self, text: &str, more: &BTreeMap<String, String>) -> Result<String> {
        let mut filled = String::with_capacity(text.len());
        let mut rest = text;
        while let Some((before, after)) = rest.split_once("{{") {
            let (name, after) = after.split_once("}}").context("`{{` without `}}`")?;
            let Some(value) = self.urls.get(name).or_else(|| more.get(name)) else {
                bail!("nothing is called `{{{{{name}}}}}`");
            };
            filled.push_str(before);
            filled.push_str(value);
            rest = after;
        }
        filled.push_str(rest);
        Ok(filled)
    }

    /// Writes the brotli twins of what has changed, and removes files of earlier builds.
    pub(crate) fn finish(&self) -> Result<()> {
        if !self.to_compress.is_empty() {
            // Node's compressor makes files a tenth smaller than the one in Rust does.
            let mut node = tools::command("node", &["xtask/src/build/brotli.mjs"]);
            node.args(&self.to_compress);
            tools::run_quietly(node)?;
        }
        for path in stamps::files(&self.folder) {
            if !self.written.contains(&path) {
                fs::remove_file(path)?;
            }
        }
        Ok(())
    }
}

/// The URL of a file called `name` with these contents: a hash of them is part of it.
pub(crate) fn hashed(name: &str, contents: &[u8]) -> Result<String> {
    let file = name.rsplit('/').next().unwrap_or(name);
    let (stem, extension) = file
        .split_once('.')
        .context("a file name has an extension")?;
    let hash = stamps::hex(&Sha256::digest(contents)[..6]);
    Ok(format!("/assets/{stem}-{hash}.{extension}"))
}

/// `target/site`: what the component `site` takes in.
pub(crate) fn folder() -> PathBuf {
    tools::target().join("site")
}

/// The brotli file beside a file.
pub(crate) fn twin(path: &Path) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(".br");
    PathBuf::from(name)
}

/// Pictures and fonts are compressed already.
fn compressible(path: &Path) -> bool {
    let extension = path.extension().and_then(|extension| extension.to_str());
    !matches!(extension, Some("woff2" | "png" | "jpg" | "webp" | "avif"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn placeholders_become_urls_and_unknown_ones_are_refused() {
        let mut assets = Assets::new();
        assets.urls.insert("a.css".into(), "/assets/a-1.css".into());
        let more = BTreeMap::from([("agency.name".to_owned(), "Lavoro".to_owned())]);
        let filled = assets.fill("<{{a.css}}> {{agency.name}}", &more);
        assert_eq!(filled.expect("both are known"), "</assets/a-1.css> Lavoro");
        assert!(assets.fill("{{b.css}}", &more).is_err());
        assert!(assets.fill("{{a.css", &more).is_err());
    }
}
