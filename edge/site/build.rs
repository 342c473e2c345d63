// SPDX-License-Identifier: EUPL-1.2
//! Writes the table of everything in `target/site`, so that the component carries its files inside
//! and needs no file system, and the addresses of the services' pages. Where nothing is built yet the table is empty, and the crate compiles.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

fn main() -> io::Result<()> {
    println!("cargo::rerun-if-env-changed=SITE_DIR");
    println!("cargo::rerun-if-changed=build.rs");
    let folder = env::var_os("SITE_DIR").map_or_else(
        || Path::new(env!("CARGO_MANIFEST_DIR")).join("../../target/site"),
        PathBuf::from,
    );
    println!("cargo::rerun-if-changed={}", folder.display());
    let folder = folder.canonicalize().unwrap_or(folder);
    let mut files = Vec::new();
    collect(&folder, &mut files)?;
    files.sort();

    let mut table = String::from("[\n");
    for path in &files {
        if path.extension().is_some_and(|extension| extension == "br") {
            continue;
        }
        let inside = path.strip_prefix(&folder).map_err(io::Error::other)?;
        let url = format!("/{}", inside.to_string_lossy().replace('\\', "/"));
        let mut twin = path.clone().into_os_string();
        twin.push(".br");
        let twin = Path::new(&twin);
        let brotli = if twin.exists() {
            format!("Some(include_bytes!({twin:?}))")
        } else {
            "None".to_owned()
        };
        let tag = fnv(&fs::read(path)?);
        let kind = content_type(path);
        writeln!(
            table,
            "File {{ path: {url:?}, content_type: {kind:?}, tag: \"{tag:016x}\", \
             plain: include_bytes!({path:?}), brotli: {brotli} }},"
        )
        .map_err(io::Error::other)?;
    }
    table.push(']');
    let services: Vec<String> = contract::services::known().flat_map(pages).collect();
    let out = env::var_os("OUT_DIR")
        .map(PathBuf::from)
        .unwrap_or_default();
    fs::write(out.join("services.rs"), format!("{services:?}"))?;
    fs::write(out.join("files.rs"), table)
}

/// The addresses of a service: its sheet, its steps, the summary, and the page of who cannot go on.
fn pages(service: &contract::service::Service) -> Vec<String> {
    let sheet = format!("/servizi/{}", service.slug);
    let steps = service.steps.iter().map(|step| step.slug);
    let inside: Vec<String> = steps
        .chain(["riepilogo", "esito"])
        .map(|page| format!("{sheet}/{page}"))
        .collect();
    [vec![sheet], inside].concat()
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) -> io::Result<()> {
    let Ok(entries) = fs::read_dir(folder) else {
        return Ok(());
    };
    for entry in entries {
        let path = entry?.path();
        if path.is_dir() {
            collect(&path, files)?;
        } else {
            files.push(path);
        }
    }
    Ok(())
}

fn content_type(path: &Path) -> &'static str {
    match path.extension().and_then(|extension| extension.to_str()) {
        Some("html") => "text/html; charset=utf-8",
        Some("css") => "text/css; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("json") => "application/json",
        Some("wasm") => "application/wasm",
        Some("webmanifest") => "application/manifest+json",
        Some("svg") => "image/svg+xml",
        Some("png") => "image/png",
        Some("woff2") => "font/woff2",
        Some("txt") => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}

/// FNV-1a, 64 bits. It tells two versions of one file apart; nobody's safety hangs on it.
fn fnv(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3)
    })
}
