// SPDX-License-Identifier: EUPL-1.2
//! The application manifest, `spin.toml` version 2, as far as this runner knows it.
//!
//! A key that the runner does not know is refused by name: something that Spin would honour
//! and the runner would pass over in silence makes two systems out of one manifest.

use anyhow::{Context, bail, ensure};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::fmt;
use std::path::Path;

/// The whole manifest.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Manifest {
    spin_manifest_version: u32,
    pub(crate) application: Application,
    #[serde(default)]
    pub(crate) variables: BTreeMap<String, Variable>,
    pub(crate) trigger: Triggers,
    pub(crate) component: BTreeMap<String, Component>,
}

/// What the application says of itself.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Application {
    pub(crate) name: String,
    #[serde(default, rename = "version")]
    _version: String,
    #[serde(default, rename = "description")]
    _description: String,
    #[serde(default, rename = "authors")]
    _authors: Vec<String>,
}

/// An application variable: it has a default, or it must be given.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Variable {
    pub(crate) default: Option<String>,
    #[serde(default)]
    pub(crate) required: bool,
    #[serde(default)]
    pub(crate) secret: bool,
    #[serde(default, rename = "description")]
    _description: String,
}

/// The events that wake a component; the runner knows HTTP only.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Triggers {
    pub(crate) http: Vec<HttpTrigger>,
}

/// One route and its component.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct HttpTrigger {
    pub(crate) route: Route,
    pub(crate) component: String,
    #[serde(default, rename = "id")]
    _id: String,
}

/// A path pattern, or no path: a private component is reached by other components only.
#[derive(Debug, Deserialize)]
#[serde(
    untagged,
    expecting = "a route is a path such as \"/api/...\" or { private = true }"
)]
pub(crate) enum Route {
    Path(String),
    Private(Private),
}

/// The table form of a route.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Private {
    private: bool,
}

/// A component and all that it is granted.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Component {
    pub(crate) source: String,
    #[serde(default, rename = "description")]
    _description: String,
    #[serde(default)]
    pub(crate) variables: BTreeMap<String, String>,
    #[serde(default)]
    pub(crate) environment: BTreeMap<String, String>,
    #[serde(default)]
    pub(crate) sqlite_databases: Vec<String>,
    #[serde(default)]
    pub(crate) allowed_outbound_hosts: Vec<String>,
    #[serde(default)]
    pub(crate) files: Vec<Mount>,
    #[serde(default)]
    pub(crate) exclude_files: Vec<String>,
    /// How Spin would build it; the runner takes what is built.
    #[serde(default, rename = "build")]
    _build: Option<toml::Value>,
}

/// Files that the component may read: a pattern, or a folder or file and where it appears.
#[derive(Debug, Deserialize)]
#[serde(
    untagged,
    expecting = "files are patterns or { source = \"…\", destination = \"…\" }"
)]
pub(crate) enum Mount {
    Pattern(String),
    Placed(Placed),
}

impl fmt::Display for Mount {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Pattern(text) => out.write_str(text),
            Self::Placed(placed) => out.write_str(&placed.source),
        }
    }
}

/// The table form of a mount.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Placed {
    pub(crate) source: String,
    pub(crate) destination: String,
}

impl Manifest {
    /// Reads and checks the manifest in a file.
    pub(crate) fn load(path: &Path) -> anyhow::Result<Self> {
        let text = std::fs::read_to_string(path)
            .with_context(|| format!("cannot read the manifest {}", path.display()))?;
        Self::parse(&text).with_context(|| format!("in the manifest {}", path.display()))
    }

    /// Reads and checks a manifest.
    pub(crate) fn parse(text: &str) -> anyhow::Result<Self> {
        let manifest: Self = toml::from_str(text).context("the runner cannot use this manifest")?;
        ensure!(
            manifest.spin_manifest_version == 2,
            "only version 2 of the manifest is known"
        );
        for trigger in &manifest.trigger.http {
            ensure!(
                manifest.component.contains_key(&trigger.component),
                "a route names the component `{}`, which is not there",
                trigger.component
            );
            if let Route::Private(Private { private: false }) = trigger.route {
                bail!("a route table must say `private = true`");
            }
        }
        for (name, variable) in &manifest.variables {
            ensure!(
                is_name(name),
                "`{name}` is not a variable name: lower case, digits and _ only"
            );
            ensure!(
                variable.required != variable.default.is_some(),
                "the variable `{name}` is either required or has a default"
            );
        }
        Ok(manifest)
    }
}

/// Whether a variable or template name is one that Spin accepts.
pub(crate) fn is_name(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_lowercase())
        && name
            .chars()
            .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_')
        && !name.ends_with('_')
        && !name.contains("__")
}

#[cfg(test)]
mod tests {
    use super::*;

    const SMALL: &str = r#"
        spin_manifest_version = 2
        application = { name = "a", version = "1.0.0" }
        [[trigger.http]]
        route = "/api/..."
        component = "edge"
        [[trigger.http]]
        route = { private = true }
        component = "edge"
        [component.edge]
        source = "edge.wasm"
    "#;

    #[track_caller]
    fn refused(text: &str, naming: &str) {
        let error = format!("{:#}", Manifest::parse(text).unwrap_err());
        assert!(error.contains(naming), "{error}");
    }

    #[test]
    fn our_own_manifest_is_read() {
        let manifest = Manifest::parse(include_str!("../../spin.toml")).unwrap();
        assert!(manifest.component.contains_key("edge") && manifest.component.contains_key("site"));
        assert!(manifest.variables["segreto"].secret && manifest.variables["segreto"].required);
    }

    #[test]
    fn a_small_manifest_grants_nothing() {
        let manifest = Manifest::parse(SMALL).unwrap();
        let edge = &manifest.component["edge"];
        assert!(edge.sqlite_databases.is_empty() && edge.allowed_outbound_hosts.is_empty());
        assert!(edge.files.is_empty() && edge.variables.is_empty());
    }

    #[test]
    fn an_unknown_key_is_refused_by_name() {
        refused(&format!("{SMALL}\nai_models = [\"x\"]"), "ai_models");
        refused(&format!("{SMALL}\n[component.edge.tool]\nx = 1"), "tool");
        refused(
            &format!("{SMALL}\n[[trigger.redis]]\nchannel = \"x\""),
            "redis",
        );
        refused(
            &SMALL.replace("private = true", "private = true, other = 1"),
            "a route is",
        );
    }

    #[test]
    fn a_manifest_that_contradicts_itself_is_refused() {
        refused(
            &SMALL.replace("component = \"edge\"", "component = \"other\""),
            "other",
        );
        refused(
            &SMALL.replace("private = true", "private = false"),
            "private = true",
        );
        refused(&SMALL.replace("version = 2", "version = 1"), "version 2");
        refused(
            &format!("[variables]\nBad = {{ default = \"\" }}\n{SMALL}")
                .replace("spin_manifest_version = 2", "")
                .replace("[variables]", "spin_manifest_version = 2\n[variables]")
                .replace(
                    "application = { name = \"a\", version = \"1.0.0\" }",
                    "[application]\nname = \"a\"",
                ),
            "Bad",
        );
    }

    #[test]
    fn a_variable_is_required_or_has_a_default() {
        for (line, sound) in [
            ("x = { default = \"\" }", true),
            ("x = { required = true, secret = true }", true),
            ("x = { required = true, default = \"\" }", false),
            ("x = {}", false),
        ] {
            let text = format!("{SMALL}\n[variables]\n{line}");
            assert_eq!(Manifest::parse(&text).is_ok(), sound, "{line}");
        }
    }

    #[test]
    fn the_build_table_is_accepted() {
        Manifest::parse(&format!(
            "{SMALL}\n[component.edge.build]\ncommand = \"cargo build\""
        ))
        .unwrap();
    }
}
