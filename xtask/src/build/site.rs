// SPDX-License-Identifier: EUPL-1.2
//! Puts together `target/site`: everything that the browser is given, under its final names.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use serde_json::Value;
use sha2::{Digest, Sha256};

use super::assets::{self, Assets};
use super::parts::{self, Parts};
use super::{Step, app, stamps, styles, worker};
use crate::tools;

/// Folders of `public/` whose files the app asks for by name while it runs. It finds their URLs
/// in the page, as `<meta name="asset:texts/en.json" content="/assets/en-….json">`.
const ON_DEMAND: [&str; 2] = ["texts", "data"];

/// Bytes (before compression) above which a file is not fetched before somebody asks for it.
const HEAVIEST_UNASKED: u64 = 2 << 20;

/// The weights of Titillium Web that the style sheet names.
const FONTS: [&str; 3] = ["400", "600", "700"];

/// Runs after the app and the styles.
pub(crate) fn step() -> Step {
    Step {
        name: "site",
        what: "naming, compressing and listing what the browser is given",
        inputs: vec![public(), app::folder(), worker::folder(), styles::sheet()],
        outputs: vec![assets::folder().join("index.html")],
        shares: None,
        run: build,
    }
}

fn build() -> Result<()> {
    let mut assets = Assets::new();
    let agency = agency()?;
    for folder in ON_DEMAND.iter().chain(&["icons"]) {
        for path in stamps::files(&public().join(folder)) {
            let contents = fs::read(&path)?;
            assets.add(&name_of(&path)?, &contents)?;
        }
    }
    assets.add("icons.svg", sprite()?.as_bytes())?;
    fonts(&mut assets)?;
    let sheet = fs::read_to_string(styles::sheet()).context("the style sheet is not built")?;
    let sheet = assets.fill(&sheet, &agency)?;
    assets.add("styles.css", sheet.as_bytes())?;
    program(&mut assets, &agency)?;
    worker::add(&mut assets)?;
    pages(&mut assets, agency)?;
    assets.finish()
}

/// The app, its JavaScript, the snippets it imports, and the module that starts it.
fn program(assets: &mut Assets, agency: &BTreeMap<String, String>) -> Result<()> {
    let folder = app::folder();
    let read = |name: &str| fs::read_to_string(folder.join(name));
    let mut script = read("app.js").context("the app is not built")?;
    let snippets = folder.join("snippets");
    for path in stamps::files(&snippets) {
        let inside = path
            .strip_prefix(&folder)?
            .to_string_lossy()
            .replace('\\', "/");
        let url = assets.add(&inside, &fs::read(&path)?)?;
        script = script.replace(&format!("./{inside}"), &url);
    }
    // The two scripts import each other, so neither can carry a hash of its finished self: both are named by a hash of
    // what they are before they know each other's names.
    let Parts {
        script: mut split,
        files,
    } = parts::add(assets, &folder, &read(app::SPLIT)?)?;
    let both = [script.as_bytes(), split.as_bytes()].concat();
    let app_url = assets::hashed("app.js", &both)?;
    let split_url = assets::hashed(app::SPLIT, &both)?;
    // The name after `from` is an address; the same name as a key of the imports is what the Wasm calls it.
    let imported = |url: &str| format!("from \"{url}\"");
    script = script.replace(
        &imported(&format!("./{}", app::SPLIT)),
        &imported(&split_url),
    );
    split = split.replace("./app.js", &app_url);
    assets.put("app.js", app_url, script.as_bytes())?;
    assets.put(app::SPLIT, split_url, split.as_bytes())?;
    assets.add("app.wasm", &fs::read(folder.join("app_bg.wasm"))?)?;
    let start = fs::read_to_string(public().join("start.js"))?;
    let mut values = agency.clone();
    let files = serde_json::to_string(&files)?;
    fs::write(parts::list(), &files)?;
    values.insert("parts".to_owned(), files);
    let start = assets.fill(&start, &values)?;
    assets.add("start.js", start.as_bytes())?;
    Ok(())
}

/// The files with fixed names, which point at those with hashed names.
fn pages(assets: &mut Assets, mut values: BTreeMap<String, String>) -> Result<()> {
    let public = public();
    let manifest = fs::read_to_string(public.join("manifest.webmanifest"))?;
    let manifest = assets.fill(&manifest, &values)?;
    assets.add("manifest.webmanifest", manifest.as_bytes())?;
    let on_demand: String = ON_DEMAND
        .iter()
        .chain(&["icons.svg", "cv/"])
        .flat_map(|prefix| assets.starting_with(prefix))
        .map(|(name, url)| format!("<meta name=\"asset:{name}\" content=\"{url}\">\n"))
        .collect();
    let known: String = values
        .iter()
        .map(|(name, value)| {
            let name = name.replace('.', ":").replace('_', "-");
            format!("<meta name=\"{name}\" content=\"{value}\">\n")
        })
        .collect();
    values.insert("agency".to_owned(), known.trim_end().to_owned());
    values.insert("on-demand".to_owned(), on_demand.trim_end().to_owned());
    let home = fs::read_to_string(public.join("home.html"))?;
    let shell = fs::read_to_string(public.join("index.html"))?;
    let mut shells = String::new();
    // Two shells: the home page comes with its first words, the other pages with a line that
    // says that they are being opened.
    for (file, main) in [
        ("/index.html", home),
        ("/page.html", fs::read_to_string(public.join("page.html"))?),
    ] {
        values.insert(
            "main".to_owned(),
            assets.fill(&main, &values)?.trim_end().to_owned(),
        );
        let page = assets.fill(&shell, &values)?;
        assets.write(file, page.as_bytes())?;
        shells.push_str(&page);
    }
    let script = fs::read_to_string(public.join("service-worker.js"))?;
    assets.write(
        "/service-worker.js",
        worker(assets, &script, &shells, &mut values)?.as_bytes(),
    )?;
    for name in ["robots.txt", ".well-known/security.txt"] {
        let text = fs::read_to_string(public.join(name))?;
        let text = assets.fill(&text, &values)?;
        assets.write(&format!("/{name}"), text.as_bytes())?;
    }
    Ok(())
}

/// The script that opens the app without a network, with the files of this version and a name for them. Letters of
/// other languages, pictures for home screens, and parts of the app that are too heavy to be fetched unasked are kept
/// when a page has asked for them.
fn worker(
    assets: &Assets,
    script: &str,
    shells: &str,
    values: &mut BTreeMap<String, String>,
) -> Result<String> {
    let kept: Vec<&str> = assets
        .starting_with("")
        .filter(|(name, url)| {
            !name.contains("latin-ext")
                && !name.ends_with(".png")
                && assets.size(url) <= HEAVIEST_UNASKED
        })
        .map(|(_, url)| url)
        .collect();
    let print = stamps::hex(&Sha256::digest(kept.join("\n") + shells)[..6]);
    values.insert("service-worker:version".to_owned(), print);
    values.insert(
        "service-worker:files".to_owned(),
        serde_json::to_string(&kept)?,
    );
    assets.fill(script, values)
}

/// Latin for everybody; the rest of Europe's letters only when a page has one of them.
fn fonts(assets: &mut Assets) -> Result<()> {
    let folder = public().join("node_modules/@fontsource/titillium-web/files");
    for weight in FONTS {
        for subset in ["latin", "latin-ext"] {
            let file = format!("titillium-web-{subset}-{weight}-normal.woff2");
            let contents = fs::read(folder.join(&file)).with_context(|| file.clone())?;
            assets.add(&format!("fonts/{file}"), &contents)?;
        }
    }
    Ok(())
}

/// The icons of the design system that the sources name, in one file.
fn sprite() -> Result<String> {
    let path = public().join("node_modules/bootstrap-italia/dist/svg/sprites.svg");
    let whole = fs::read_to_string(path).context("the icons of Bootstrap Italia")?;
    let mut sources = String::new();
    for path in stamps::files(&tools::root().join("app/src")) {
        sources.push_str(&fs::read_to_string(path)?);
    }
    for page in ["index.html", "home.html", "page.html"] {
        sources.push_str(&fs::read_to_string(public().join(page))?);
    }
    Ok(cut_sprite(&whole, &sources))
}

/// Keeps the symbols of `whole` whose id stands in `sources` as a word.
fn cut_sprite(whole: &str, sources: &str) -> String {
    let words: std::collections::BTreeSet<&str> = sources
        .split(|letter: char| !letter.is_ascii_alphanumeric() && letter != '-')
        .filter(|word| word.starts_with("it-"))
        .collect();
    let mut kept = String::from("<svg xmlns=\"http://www.w3.org/2000/svg\">");
    for symbol in whole.split("<symbol").skip(1) {
        let Some((symbol, _)) = symbol.split_once("</symbol>") else {
            continue;
        };
        let id = symbol
            .split_once("id=\"")
            .and_then(|(_, rest)| rest.split('"').next());
        if id.is_some_and(|id| words.contains(id)) {
            kept.push_str("<symbol");
            kept.push_str(symbol);
            kept.push_str("</symbol>");
        }
    }
    kept.push_str("</svg>");
    kept
}

/// What differs from one agency to the next, as `agency.name` and so on.
fn agency() -> Result<BTreeMap<String, String>> {
    let text = fs::read_to_string(public().join("agency.json"))?;
    let Value::Object(fields) = serde_json::from_str(&text).context("public/agency.json")? else {
        bail!("public/agency.json is not an object");
    };
    let mut values = BTreeMap::new();
    for (name, value) in &fields {
        let value = value.as_str().unwrap_or_default();
        // They go into HTML and JSON as they are.
        if value.is_empty() || value.contains(['"', '<', '&', '\\']) {
            bail!("public/agency.json: {name} is empty or has one of \" < & \\ in it");
        }
        values.insert(format!("agency.{name}"), value.to_owned());
    }
    Ok(values)
}

fn public() -> PathBuf {
    tools::root().join("public")
}

/// `texts/en.json` for the file of that name below `public/`.
fn name_of(path: &Path) -> Result<String> {
    let inside = path.strip_prefix(public())?;
    Ok(inside.to_string_lossy().replace('\\', "/"))
}

#[cfg(test)]
mod tests {
    use super::cut_sprite;

    #[test]
    fn only_icons_that_the_sources_name_are_kept() {
        let whole = r#"<svg><defs><symbol viewBox="0 0 24 24" id="it-mail"><path/></symbol><symbol id="it-mail-open"><g/></symbol></defs></svg>"#;
        let kept = cut_sprite(whole, r#"icon("it-mail")"#);
        assert!(kept.contains(r#"id="it-mail""#) && !kept.contains("it-mail-open"));
    }
}
