// SPDX-License-Identifier: EUPL-1.2
//! The values of application variables, and the templates that hand them to components.
//!
//! A value comes from the manifest's default, from the addresses in use, from the environment
//! (`SPIN_VARIABLE_NAME`), or from `--set`: the later one wins. A secret that nobody gave is
//! made at the first start and kept in the data folder.

use crate::manifest::{Component, Manifest, is_name};
use anyhow::{Context, bail, ensure};
use std::collections::BTreeMap;
use std::io::Write;
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;

/// Values by name.
pub(crate) type Values = BTreeMap<String, String>;

/// The variables whose default is an address of this installation or of its outside world.
const ADDRESSES: [&str; 6] = [
    "indirizzo_pubblico",
    "spid_issuer",
    "cie_issuer",
    "registro_url",
    "messaggi_url",
    "mondo_esterno",
];

/// The origins that the manifest's defaults are written for.
const DEFAULT_APP: &str = "http://127.0.0.1:3000";
const DEFAULT_WORLD: &str = "http://127.0.0.1:3001";

/// Where this run answers and where its outside world does.
pub(crate) struct Origins {
    pub(crate) app: String,
    pub(crate) world: String,
}

/// The value of every application variable.
pub(crate) fn resolve(
    manifest: &Manifest,
    origins: &Origins,
    environment: impl Fn(&str) -> Option<String>,
    set: &Values,
    data: &Path,
) -> anyhow::Result<Values> {
    if let Some(name) = set
        .keys()
        .find(|name| !manifest.variables.contains_key(*name))
    {
        bail!("--set {name}: the manifest has no such variable");
    }
    let mut values = Values::new();
    let mut secrets = Vec::new();
    for (name, variable) in &manifest.variables {
        let given = set
            .get(name)
            .cloned()
            .or_else(|| environment(&format!("SPIN_VARIABLE_{}", name.to_ascii_uppercase())))
            .or_else(|| {
                variable
                    .default
                    .as_deref()
                    .map(|text| move_origin(name, text, origins))
            });
        match given {
            Some(value) => _ = values.insert(name.clone(), value),
            None if variable.required && variable.secret => secrets.push(name),
            None => bail!("the variable `{name}` has no value: give it with --set {name}=…"),
        }
    }
    if !secrets.is_empty() {
        values.extend(kept_secrets(&data.join("segreti.toml"), &secrets)?);
    }
    Ok(values)
}

fn move_origin(name: &str, text: &str, origins: &Origins) -> String {
    if !ADDRESSES.contains(&name) {
        return text.to_owned();
    }
    for (from, to) in [(DEFAULT_APP, &origins.app), (DEFAULT_WORLD, &origins.world)] {
        if let Some(rest) = text.strip_prefix(from) {
            return format!("{to}{rest}");
        }
    }
    text.to_owned()
}

/// The secrets of this data folder, made when they are missing.
fn kept_secrets(path: &Path, names: &[&String]) -> anyhow::Result<Values> {
    let mut kept: Values = match std::fs::read_to_string(path) {
        Ok(text) => toml::from_str(&text).with_context(|| format!("in {}", path.display()))?,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Values::new(),
        Err(error) => return Err(error).with_context(|| format!("cannot read {}", path.display())),
    };
    let missing: Vec<_> = names
        .iter()
        .filter(|name| !kept.contains_key(**name))
        .collect();
    if !missing.is_empty() {
        for name in missing {
            kept.insert((**name).clone(), random_hex()?);
        }
        let text: String = kept
            .iter()
            .map(|(name, value)| format!("{name} = \"{value}\"\n"))
            .collect();
        // Written beside and renamed: a crash half way must not lose the secret that opens the data.
        let beside = path.with_extension("toml.new");
        let mut file = std::fs::OpenOptions::new()
            .write(true)
            .create(true)
            .truncate(true)
            .mode(0o600)
            .open(&beside)
            .with_context(|| format!("cannot write {}", beside.display()))?;
        file.write_all(text.as_bytes())?;
        file.sync_all()?;
        std::fs::rename(&beside, path)?;
    }
    kept.retain(|name, _| names.contains(&name));
    Ok(kept)
}

fn random_hex() -> anyhow::Result<String> {
    let mut bytes = [0; 32];
    getrandom::fill(&mut bytes).context("the system gives no random bytes")?;
    Ok(bytes.iter().map(|byte| format!("{byte:02x}")).collect())
}

/// The variables of a component, its templates filled in.
pub(crate) fn of_component(component: &Component, values: &Values) -> anyhow::Result<Values> {
    let mut filled = Values::new();
    for (name, template) in &component.variables {
        ensure!(is_name(name), "`{name}` is not a variable name");
        let value =
            expand(template, values).with_context(|| format!("in the variable `{name}`"))?;
        filled.insert(name.clone(), value);
    }
    Ok(filled)
}

/// Fills in a template: every `{{ name }}` becomes the value of that application variable.
pub(crate) fn expand(template: &str, values: &Values) -> anyhow::Result<String> {
    let mut out = String::new();
    let mut rest = template;
    while let Some((before, after)) = rest.split_once("{{") {
        let (name, after) = after
            .split_once("}}")
            .context("a template is not closed with }}")?;
        let name = name.trim();
        let value = values
            .get(name)
            .with_context(|| format!("there is no variable `{name}`"))?;
        out.push_str(before);
        out.push_str(value);
        rest = after;
    }
    out.push_str(rest);
    Ok(out)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::os::unix::fs::PermissionsExt;

    fn values(pairs: &[(&str, &str)]) -> Values {
        pairs
            .iter()
            .map(|(k, v)| ((*k).to_owned(), (*v).to_owned()))
            .collect()
    }

    fn manifest(variables: &str) -> Manifest {
        Manifest::parse(&format!(
            "spin_manifest_version = 2\ntrigger.http = []\n[application]\nname = \"a\"\n\
             [component.a]\nsource = \"a\"\n[variables]\n{variables}"
        ))
        .unwrap()
    }

    fn origins() -> Origins {
        Origins {
            app: "http://127.0.0.1:3100".into(),
            world: "http://127.0.0.1:3101".into(),
        }
    }

    /// A folder of its own for one test, gone at the end.
    struct Folder(std::path::PathBuf);

    impl Folder {
        fn new() -> Self {
            let path = std::env::temp_dir().join(format!("local-{}", random_hex().unwrap()));
            std::fs::create_dir_all(&path).unwrap();
            Self(path)
        }
    }

    impl Drop for Folder {
        fn drop(&mut self) {
            std::fs::remove_dir_all(&self.0).unwrap();
        }
    }

    #[test]
    fn templates_are_filled_in() {
        let known = values(&[("a", "1"), ("b_c", "2")]);
        assert_eq!(expand("x{{ a }}y{{b_c}}", &known).unwrap(), "x1y2");
        assert_eq!(expand("plain", &known).unwrap(), "plain");
        assert!(expand("{{ z }}", &known).is_err());
        assert!(expand("{{ a ", &known).is_err());
    }

    #[test]
    fn a_value_is_not_a_template() {
        assert_eq!(
            expand("{{ a }}", &values(&[("a", "{{ a }}")])).unwrap(),
            "{{ a }}"
        );
    }

    #[test]
    fn the_later_source_wins() {
        let manifest =
            manifest("x = { default = \"d\" }\ny = { default = \"d\" }\nz = { default = \"d\" }");
        let environment = |name: &str| (name != "SPIN_VARIABLE_X").then(|| "e".to_owned());
        let set = values(&[("z", "s")]);
        let found = resolve(&manifest, &origins(), environment, &set, Path::new(".")).unwrap();
        assert_eq!(found, values(&[("x", "d"), ("y", "e"), ("z", "s")]));
    }

    #[test]
    fn addresses_follow_the_listening_port() {
        let manifest = manifest(
            "indirizzo_pubblico = { default = \"http://127.0.0.1:3000\" }\n\
             spid_issuer = { default = \"http://127.0.0.1:3001/spid\" }\n\
             other = { default = \"http://127.0.0.1:3000\" }",
        );
        let found = resolve(
            &manifest,
            &origins(),
            |_| None,
            &Values::new(),
            Path::new("."),
        )
        .unwrap();
        assert_eq!(found["indirizzo_pubblico"], "http://127.0.0.1:3100");
        assert_eq!(found["spid_issuer"], "http://127.0.0.1:3101/spid");
        assert_eq!(found["other"], "http://127.0.0.1:3000");
    }

    #[test]
    fn a_missing_secret_is_made_once_and_kept_to_oneself() {
        let folder = Folder::new();
        let manifest = manifest("s = { required = true, secret = true }");
        let get = || resolve(&manifest, &origins(), |_| None, &Values::new(), &folder.0).unwrap();
        let first = get();
        assert_eq!(first["s"].len(), 64);
        assert_eq!(get(), first);
        let mode = std::fs::metadata(folder.0.join("segreti.toml"))
            .unwrap()
            .permissions()
            .mode();
        assert_eq!(mode & 0o777, 0o600);
    }

    #[test]
    fn a_required_value_or_an_unknown_name_is_an_error() {
        let manifest = manifest("r = { required = true }");
        let none = Values::new();
        assert!(resolve(&manifest, &origins(), |_| None, &none, Path::new(".")).is_err());
        let set = values(&[("r", "1"), ("q", "1")]);
        assert!(resolve(&manifest, &origins(), |_| None, &set, Path::new(".")).is_err());
    }
}
