// SPDX-License-Identifier: EUPL-1.2
//! `files` of a component, as Spin 4.1 takes them: copied at the start into a folder of the component's own, which it
//! sees as `/` and can only read. What a component reads is then what was there at the start, however the sources change.

use crate::manifest::{Component, Mount};
use anyhow::{Context, bail, ensure};
use std::fs;
use std::path::{Component as Part, Path, PathBuf};

/// Copies the files of a component from the application's folder into `target`; `None` when it is granted none.
pub(crate) fn assemble(
    component: &Component,
    application: &Path,
    target: &Path,
) -> anyhow::Result<Option<PathBuf>> {
    if target.exists() {
        fs::remove_dir_all(target).with_context(|| format!("cannot empty {}", target.display()))?;
    }
    if component.files.is_empty() {
        return Ok(None);
    }
    let copy = Copy {
        application: fs::canonicalize(application)?,
        target,
        excluded: component
            .exclude_files
            .iter()
            .map(|text| glob::Pattern::new(text).with_context(|| format!("exclude_files `{text}`")))
            .collect::<anyhow::Result<_>>()?,
    };
    fs::create_dir_all(target).with_context(|| format!("cannot make {}", target.display()))?;
    for mount in &component.files {
        match mount {
            Mount::Pattern(text) => copy.pattern(text),
            Mount::Placed(placed) => copy.placed(&placed.source, &placed.destination),
        }
        .with_context(|| format!("files {mount}"))?;
    }
    Ok(Some(target.to_owned()))
}

struct Copy<'a> {
    application: PathBuf,
    target: &'a Path,
    excluded: Vec<glob::Pattern>,
}

impl Copy<'_> {
    /// A file, or a glob such as `assets/**/*.txt`: each file keeps its place below the application's folder.
    fn pattern(&self, text: &str) -> anyhow::Result<()> {
        let path = self.application.join(inside(text)?);
        ensure!(
            !path.is_dir(),
            "a folder is written {{ source = \"{text}\", destination = \"/{text}\" }}"
        );
        if path.is_file() {
            return self.file(&path, Path::new(text));
        }
        ensure!(
            text.contains(['*', '?', '[']),
            "there is no such file, and it is no pattern"
        );
        self.all(&path, &self.application, Path::new(""))
    }

    /// A folder with all that is in it, or one file, at a place of the component's choice.
    fn placed(&self, source: &str, destination: &str) -> anyhow::Result<()> {
        let from = self.application.join(inside(source)?);
        let to = inside(destination.trim_start_matches('/'))?;
        if from.is_dir() {
            return self.all(&from.join("**/*"), &from, to);
        }
        ensure!(from.is_file(), "{} is not there", from.display());
        ensure!(
            to.file_name().is_some() && !destination.ends_with('/'),
            "`{destination}` does not name a file"
        );
        self.file(&from, to)
    }

    fn all(&self, pattern: &Path, base: &Path, to: &Path) -> anyhow::Result<()> {
        let pattern = pattern.to_str().context("a path is UTF-8")?;
        for found in glob::glob(pattern)? {
            let from = found?;
            if from.is_file() {
                let place = to.join(from.strip_prefix(base)?);
                self.file(&from, &place)?;
            }
        }
        Ok(())
    }

    fn file(&self, from: &Path, to: &Path) -> anyhow::Result<()> {
        let real = fs::canonicalize(from)?;
        ensure!(
            real.starts_with(&self.application),
            "{} leads out of the folder of the application",
            from.display()
        );
        let name = from.strip_prefix(&self.application)?;
        if self
            .excluded
            .iter()
            .any(|pattern| pattern.matches_path(name))
        {
            return Ok(());
        }
        let to = self.target.join(to);
        if let Some(folder) = to.parent() {
            fs::create_dir_all(folder)?;
        }
        fs::copy(&real, &to).with_context(|| format!("copying {}", from.display()))?;
        Ok(())
    }
}

/// A path that stays below where it begins.
fn inside(text: &str) -> anyhow::Result<&Path> {
    let path = Path::new(text);
    for part in path.components() {
        if !matches!(part, Part::Normal(_) | Part::CurDir) {
            bail!("`{text}` must stay inside the folder of the application");
        }
    }
    Ok(path)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::manifest::Manifest;

    /// An application's folder with some files, gone at the end.
    struct Folder(PathBuf);

    impl Folder {
        fn new(name: &str) -> Self {
            let name = format!("local-files-{name}-{}", std::process::id());
            let root = std::env::temp_dir().join(name);
            for file in [
                "app/config/a.toml",
                "app/config/deep/b.txt",
                "app/one.txt",
                "secret",
            ] {
                let path = root.join(file);
                fs::create_dir_all(path.parent().unwrap()).unwrap();
                fs::write(path, file).unwrap();
            }
            Self(root)
        }

        /// The files that a component sees with this line in its manifest.
        fn seen(&self, line: &str) -> anyhow::Result<Vec<String>> {
            let manifest = Manifest::parse(&format!(
                "spin_manifest_version = 2\ntrigger.http = []\n[application]\nname = \"a\"\n\
                 [component.a]\nsource = \"a\"\n{line}"
            ))?;
            let target = self.0.join("seen");
            let found = assemble(&manifest.component["a"], &self.0.join("app"), &target)?;
            let Some(found) = found else {
                return Ok(Vec::new());
            };
            let all = glob::glob(found.join("**/*").to_str().unwrap())?;
            let files = all.map(|path| path.unwrap()).filter(|path| path.is_file());
            let name = |path: PathBuf| path.strip_prefix(&found).unwrap().display().to_string();
            Ok(files.map(name).collect())
        }
    }

    impl Drop for Folder {
        fn drop(&mut self) {
            fs::remove_dir_all(&self.0).unwrap();
        }
    }

    #[test]
    fn folders_files_and_patterns_come_where_they_are_wanted() {
        let folder = Folder::new("kinds");
        let seen = |line| folder.seen(line).unwrap();
        assert_eq!(
            seen("files = [{ source = \"config\", destination = \"/config\" }]"),
            ["config/a.toml", "config/deep/b.txt"]
        );
        assert_eq!(
            seen("files = [{ source = \"config\", destination = \"/\" }]"),
            ["a.toml", "deep/b.txt"]
        );
        assert_eq!(
            seen("files = [{ source = \"one.txt\", destination = \"/x/y.txt\" }]"),
            ["x/y.txt"]
        );
        assert_eq!(seen("files = [\"one.txt\"]"), ["one.txt"]);
        assert_eq!(
            seen("files = [\"config/**/*.t*\"]"),
            ["config/a.toml", "config/deep/b.txt"]
        );
        assert_eq!(
            seen("files = [\"**/*\"]\nexclude_files = [\"config/**/*\"]"),
            ["one.txt"]
        );
        assert!(seen("").is_empty());
    }

    #[test]
    fn what_lies_outside_or_is_not_there_is_refused() {
        let folder = Folder::new("refused");
        for line in [
            "files = [\"../secret\"]",
            "files = [\"config\"]",
            "files = [\"nothing.txt\"]",
            "files = [{ source = \"..\", destination = \"/x\" }]",
            "files = [{ source = \"config\", destination = \"/../x\" }]",
            "files = [{ source = \"nothing\", destination = \"/x\" }]",
            "files = [{ source = \"one.txt\", destination = \"/\" }]",
        ] {
            assert!(folder.seen(line).is_err(), "{line}");
        }
        std::os::unix::fs::symlink(folder.0.join("secret"), folder.0.join("app/link")).unwrap();
        assert!(folder.seen("files = [\"link\"]").is_err());
    }
}
