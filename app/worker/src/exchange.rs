// SPDX-License-Identifier: EUPL-1.2
//! Files in and out, on the device: nothing that a person imports leaves it.

use contract::cv::Cv;
use contract::cv::lettera::Lettera;
use documents::exchange::{self, Imported};
use js_sys::{Reflect, Uint8Array};
use serde_json::json;
use wasm_bindgen::prelude::*;

use crate::{answer, read, refused};

/// `import_file(bytes)`: `{ imported, problems }`, with `imported` a JSON object: `cv`, `not_mapped` (what was not
/// carried over), `format`, `from_pdf`. A file that cannot be taken has `refused` instead, with `code`.
///
/// # Errors
/// Never for what is in the file.
#[wasm_bindgen]
pub fn import_file(bytes: &[u8]) -> Result<JsValue, JsValue> {
    let (name, told) = match exchange::import(bytes) {
        Ok(Imported {
            cv,
            not_mapped,
            format,
            from_pdf,
        }) => (
            "imported",
            json!({ "cv": cv, "not_mapped": not_mapped, "format": format.as_str(), "from_pdf": from_pdf }),
        ),
        Err(error) => ("refused", json!(error)),
    };
    answer(name, Some(told.to_string().into()), &[])
}

/// `export_cv(cv, format)`: `{ file: Uint8Array, not_mapped, problems }`. Formats: `json`, `europass`, `docx`, `text`,
/// `markdown`. `not_mapped` is JSON, what has no place in that format.
///
/// # Errors
/// For a format that there is not.
#[wasm_bindgen]
pub fn export_cv(cv: &str, format: &str) -> Result<JsValue, JsValue> {
    let cv = match read(cv, Cv::from_value) {
        Ok(cv) => cv,
        Err(error) => return refused(error),
    };
    let problems = cv.check();
    if !problems.is_empty() {
        return answer("", None, &problems);
    }
    let (bytes, not_mapped) = match format {
        "json" => (exchange::json_resume(&cv), Vec::new()),
        "europass" => exchange::europass_xml(&cv),
        "docx" => (exchange::cv_docx(&cv), Vec::new()),
        "text" => (exchange::cv_text(&cv).into_bytes(), Vec::new()),
        "markdown" => (exchange::cv_markdown(&cv).into_bytes(), Vec::new()),
        _ => return Err("no such format".into()),
    };
    let file = answer("file", Some(Uint8Array::from(&*bytes).into()), &[])?;
    let not_mapped = json!(not_mapped).to_string();
    Reflect::set(&file, &"not_mapped".into(), &not_mapped.into())?;
    Ok(file)
}

/// `export_letter(letter, format)`: `{ file: Uint8Array, problems }`. Formats: `docx`, `text`, `markdown`.
///
/// # Errors
/// For a format that there is not.
#[wasm_bindgen]
pub fn export_letter(letter: &str, format: &str) -> Result<JsValue, JsValue> {
    let letter = match read(letter, Lettera::from_value) {
        Ok(letter) => letter,
        Err(error) => return refused(error),
    };
    let problems = letter.check();
    if !problems.is_empty() {
        return answer("", None, &problems);
    }
    let bytes = match format {
        "docx" => exchange::lettera_docx(&letter),
        "text" => exchange::lettera_text(&letter).into_bytes(),
        "markdown" => exchange::lettera_markdown(&letter).into_bytes(),
        _ => return Err("no such format".into()),
    };
    answer("file", Some(Uint8Array::from(&*bytes).into()), &[])
}
