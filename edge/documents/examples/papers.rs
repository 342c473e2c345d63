// SPDX-License-Identifier: EUPL-1.2
//! Writes every paper of the tests into a folder, for checkers that are not written in Rust:
//! `cargo run -p documents --example papers -- FOLDER`.

use std::error::Error;
use std::path::{Path, PathBuf};

use contract::cv::lettera::Lettera;
use documents::cv::cv_pdf;
use documents::did::{did_declaration, did_receipt};
use documents::lettera::lettera_pdf;

#[path = "../tests/papers/curricula.rs"]
mod curricula;
#[path = "../tests/papers/samples.rs"]
mod samples;

fn main() -> Result<(), Box<dyn Error>> {
    let folder = std::env::args_os().nth(1).ok_or("a folder is missing")?;
    let folder = PathBuf::from(folder);
    std::fs::create_dir_all(&folder)?;
    let write = |name: &str, pdf: Vec<u8>| std::fs::write(folder.join(name), pdf);
    write("receipt.2a.pdf", did_receipt(&samples::receipt())?)?;
    write("declaration.2a.pdf", did_declaration(&samples::did())?)?;
    let tests = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests");
    let letter = std::fs::read_to_string(tests.join("exchange/lettera.json"))?;
    let letter = Lettera::from_value(serde_json::from_str(&letter)?)
        .map_err(|refusal| refusal.problem.code())?;
    write("letter.2a.pdf", lettera_pdf(&letter)?)?;
    for (name, cv) in curricula::all(&tests.join("papers/curricula")) {
        write(&format!("cv-{name}.3a.pdf"), cv_pdf(&cv)?)?;
    }
    Ok(())
}
