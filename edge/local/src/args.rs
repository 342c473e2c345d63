// SPDX-License-Identifier: EUPL-1.2
//! The command line.

use crate::variables::Values;
use anyhow::{Context, bail};
use std::net::SocketAddr;
use std::path::PathBuf;

const USAGE: &str = "local --manifest edge/spin.toml [--listen 127.0.0.1:3000] [--data .data] [--set name=value]... [--database-pages N]";

/// What the command line says.
#[derive(Debug)]
pub(crate) struct Args {
    pub(crate) manifest: PathBuf,
    pub(crate) listen: SocketAddr,
    pub(crate) data: PathBuf,
    pub(crate) set: Values,
    /// How many pages a database may have, or as many as it has already: to try what happens on a full disk.
    pub(crate) database_pages: Option<u32>,
}

impl Args {
    /// Reads the words after the command's name.
    pub(crate) fn parse(words: impl IntoIterator<Item = String>) -> anyhow::Result<Self> {
        let mut words = words.into_iter();
        let mut manifest = None;
        let mut args = Self {
            manifest: PathBuf::new(),
            listen: SocketAddr::from(([127, 0, 0, 1], 3000)),
            data: PathBuf::from(".data"),
            set: Values::new(),
            database_pages: None,
        };
        while let Some(word) = words.next() {
            let (name, joined) = match word.split_once('=') {
                Some((name, value)) => (name.to_owned(), Some(value.to_owned())),
                None => (word, None),
            };
            let mut value = || {
                joined
                    .clone()
                    .or_else(|| words.next())
                    .with_context(|| format!("{name} needs a value"))
            };
            match name.as_str() {
                "--manifest" => manifest = Some(PathBuf::from(value()?)),
                "--listen" => {
                    args.listen = value()?
                        .parse()
                        .context("--listen is like 127.0.0.1:3000")?
                }
                "--data" => args.data = PathBuf::from(value()?),
                "--database-pages" => {
                    let number = value()?.parse().context("--database-pages is a number")?;
                    args.database_pages = Some(number);
                }
                "--set" => {
                    let pair = value()?;
                    let (name, value) = pair.split_once('=').context("--set is like name=value")?;
                    args.set.insert(name.to_owned(), value.to_owned());
                }
                _ => bail!("unknown option {name}; the command is\n  {USAGE}"),
            }
        }
        args.manifest =
            manifest.with_context(|| format!("no manifest; the command is\n  {USAGE}"))?;
        Ok(args)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(line: &str) -> anyhow::Result<Args> {
        Args::parse(line.split(' ').map(str::to_owned))
    }

    #[test]
    fn both_ways_of_writing_a_value_are_read() {
        let args =
            parse("--manifest edge/spin.toml --listen=127.0.0.1:0 --set a=b=c --data d --database-pages=9")
                .unwrap();
        assert_eq!(args.database_pages, Some(9));
        assert_eq!(args.manifest, PathBuf::from("edge/spin.toml"));
        assert_eq!((args.listen.port(), args.data), (0, PathBuf::from("d")));
        assert_eq!(args.set["a"], "b=c");
    }

    #[test]
    fn what_is_not_understood_is_refused() {
        for line in [
            "--data d",
            "--manifest",
            "--manifest m --set x",
            "--manifest m --what",
            "--manifest m --listen x",
            "--manifest m --database-pages many",
        ] {
            assert!(parse(line).is_err(), "{line}");
        }
    }
}
