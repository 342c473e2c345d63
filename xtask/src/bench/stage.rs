// SPDX-License-Identifier: EUPL-1.2
//! The system that is measured: the components of `edge/spin.toml` as they are, and the probes beside them.

use std::fs;
use std::path::PathBuf;
use std::time::Duration;

use anyhow::{Context, Result};
use serde_json::Value;
use tests::{Persona, System};

use super::Measure;
use crate::build;
use crate::tools;

/// Where the probes answer.
pub(crate) const EMPTY: &str = "/bench/empty";
pub(crate) const PAPER: &str = "/bench/paper";

/// The running system.
pub(crate) struct Stage {
    system: System,
}

impl Stage {
    /// Starts a system with nothing in it.
    pub(crate) fn set() -> Result<Self> {
        let folder = tools::target().join("bench");
        // What a run that was interrupted has left.
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(&folder)?;
        let path = application().context("the manifest of the bench")?;
        let system = System::measured(build::measured_local()?, &path, folder);
        Ok(Self { system })
    }

    /// Ends it and starts it again on the same data, with the compiled code of before.
    pub(crate) fn restart(self) -> Self {
        let system = self.system.crash_and_restart();
        Self { system }
    }

    /// Such as `127.0.0.1:41000`.
    pub(crate) fn address(&self) -> &str {
        let origin = &self.system.origin;
        origin.strip_prefix("http://").unwrap_or(origin)
    }

    /// Signs people in, some at the same time, and gives their cookies as a header has them.
    pub(crate) fn sign_in(&self, people: &[Persona]) -> Result<Vec<String>> {
        const AT_ONCE: usize = 8;
        let cookie = |person: &Persona| -> Result<String> {
            let code = person.codice_fiscale;
            let client = self.system.browser();
            let steps = client.follow(
                &format!("/api/accesso?ritorno=/api/me&login_hint={code}"),
                "",
            );
            let token = client.cookie("sessione").with_context(|| {
                let last = steps
                    .last()
                    .map(|step| (step.reply.status, step.reply.text()));
                format!("{code} cannot sign in: {last:?}")
            })?;
            Ok(format!("sessione={token}"))
        };
        std::thread::scope(|scope| {
            let threads: Vec<_> = people
                .chunks(people.len().div_ceil(AT_ONCE).max(1))
                .map(|some| {
                    scope.spawn(move || some.iter().map(cookie).collect::<Result<Vec<_>>>())
                })
                .collect();
            let mut cookies = Vec::with_capacity(people.len());
            for thread in threads {
                let some = thread.join().ok().context("signing in has panicked")?;
                cookies.extend(some?);
            }
            Ok(cookies)
        })
    }

    /// The store of the running system, for what who runs an installation may do there.
    pub(crate) fn store(&self) -> Result<rusqlite::Connection> {
        let store = rusqlite::Connection::open(self.system.database())?;
        store.busy_timeout(Duration::from_secs(5))?;
        Ok(store)
    }

    /// The body of a GET.
    pub(crate) fn get(&self, target: &str) -> Result<Value> {
        let reply = self.system.browser().get(target);
        serde_json::from_slice(&reply.body).with_context(|| format!("GET {target}"))
    }

    /// Seconds for which the runner has kept processors busy, as Linux counts them.
    pub(crate) fn busy(&self) -> f64 {
        const TICKS_A_SECOND: f64 = 100.0;
        let stat = fs::read_to_string(format!("/proc/{}/stat", self.system.pid()));
        let ticks = stat.ok().and_then(|text| {
            // After the name, which is in brackets: user time and system time are the 12th and 13th.
            let (_, rest) = text.rsplit_once(')')?;
            let mut times = rest.split_whitespace().skip(11);
            let user: f64 = times.next()?.parse().ok()?;
            let system: f64 = times.next()?.parse().ok()?;
            Some(user + system)
        });
        ticks.map_or(f64::NAN, |ticks| ticks / TICKS_A_SECOND)
    }

    /// What the runner holds in memory, all components together.
    pub(crate) fn memory(&self, when: &str) -> Measure {
        let status = fs::read_to_string(format!("/proc/{}/status", self.system.pid()));
        let kib = status
            .iter()
            .flat_map(|text| text.lines())
            .find_map(|line| line.strip_prefix("VmRSS:"))
            .and_then(|rest| rest.split_whitespace().next()?.parse::<f64>().ok());
        Measure {
            name: format!("memory of the runner {when}"),
            unit: "MiB",
            is: kib.map_or(f64::NAN, |kib| kib / 1024.0),
            at_most: None,
        }
    }
}

/// Writes the manifest into a folder of its own, and beside it the files that it grants: they have to be below it.
fn application() -> Result<PathBuf> {
    let folder = tools::target().join("bench-application");
    let config = folder.join("config");
    fs::create_dir_all(&config)?;
    for entry in fs::read_dir(tools::root().join("edge/config"))? {
        let entry = entry?;
        fs::copy(entry.path(), config.join(entry.file_name()))?;
    }
    let path = folder.join("spin.toml");
    fs::write(&path, manifest()?)?;
    Ok(path)
}

/// `edge/spin.toml`, its sources found from anywhere, and the probes, which are granted nothing.
fn manifest() -> Result<String> {
    let text = fs::read_to_string(tools::root().join("edge/spin.toml"))?;
    let mut text = text.replace(
        "source = \"../",
        &format!("source = \"{}/", tools::root().display()),
    );
    for (name, route) in [
        ("empty", EMPTY.to_owned()),
        ("paper", format!("{PAPER}/...")),
    ] {
        let source = build::probe(name);
        text.push_str(&format!(
            "\n[[trigger.http]]\nroute = \"{route}\"\ncomponent = \"{name}\"\n\n\
             [component.{name}]\nsource = \"{}\"\n",
            source.display()
        ));
    }
    Ok(text)
}
