// SPDX-License-Identifier: EUPL-1.2
//! What the app asks of `documents`, in a Web Worker: the PDF of a CV or of a letter, made on the device, and its pages
//! for the preview. Loaded when it is first needed; the main thread never waits for it.
//!
//! `public/cv-worker.js` is the few lines of JavaScript between the two. It takes `{ id, call, args }`, calls the export
//! named `call`, and answers `{ id, … }` with what that returned. Every answer has `problems`, a JSON list of what has to
//! be mended (`field`, `code`, `message`, `limit`), empty when nothing has.

mod draw;
pub mod exchange;

use contract::cv::Cv;
use contract::cv::lettera::Lettera;
use contract::problem::{FieldError, FieldProblem, Problem};
use documents::cv::{PrintError, cv_drawing, cv_pdf};
use documents::extract::{Reading, extract};
use documents::lettera::{lettera_drawing, lettera_pdf};
use js_sys::{Array, Object, Reflect, Uint8Array};
use serde_json::json;
use wasm_bindgen::prelude::*;

/// `pdf(cv)`: `{ pdf: Uint8Array, problems }`; no `pdf` when something has to be mended first.
///
/// # Errors
/// When the document could not be made for another reason, which is a defect of ours.
#[wasm_bindgen]
pub fn pdf(cv: &str) -> Result<JsValue, JsValue> {
    printed(read(cv, Cv::from_value).and_then(|cv| cv_pdf(&cv)))
}

/// `letter_pdf(letter)`: as [`pdf`].
///
/// # Errors
/// As [`pdf`].
#[wasm_bindgen]
pub fn letter_pdf(letter: &str) -> Result<JsValue, JsValue> {
    printed(read(letter, Lettera::from_value).and_then(|letter| lettera_pdf(&letter)))
}

/// `pages(cv, width)`: `{ pages: [ImageBitmap], problems }`, each page `width` dots wide.
///
/// # Errors
/// When the browser cannot draw in a worker.
#[wasm_bindgen]
pub async fn pages(cv: String, width: f64) -> Result<JsValue, JsValue> {
    let (drawing, problems, photo) = match read(&cv, Cv::from_value) {
        Ok(cv) => {
            let photo = cv.basics().text("x_photo").map(str::to_owned);
            let (drawing, problems) = cv_drawing(&cv);
            (drawing, problems, photo)
        }
        Err(error) => return refused(error),
    };
    let pages = draw::pages(&drawing, width, photo.as_deref()).await?;
    answer("pages", Some(pages.into()), &problems)
}

/// `letter_pages(letter, width)`: as [`pages`].
///
/// # Errors
/// As [`pages`].
#[wasm_bindgen]
pub async fn letter_pages(letter: String, width: f64) -> Result<JsValue, JsValue> {
    let (drawing, problems) = match read(&letter, Lettera::from_value) {
        Ok(letter) => lettera_drawing(&letter),
        Err(error) => return refused(error),
    };
    let pages = draw::pages(&drawing, width, None).await?;
    answer("pages", Some(pages.into()), &problems)
}

/// `machine(cv)`: prints the CV and reads the PDF back as programs do that sort applications. `{ reading, problems }`,
/// with `reading` a JSON object: `pages`, `language`, `tagged`, `name`, `emails`, `phones`, `files`, and `parts`, each
/// with `section`, `heading` and `lines`.
///
/// # Errors
/// As [`pdf`].
#[wasm_bindgen]
pub fn machine(cv: &str) -> Result<JsValue, JsValue> {
    let pdf = match read(cv, Cv::from_value).and_then(|cv| cv_pdf(&cv)) {
        Ok(pdf) => pdf,
        Err(error) => return refused(error),
    };
    let reading = extract(&pdf).map_err(|error| JsValue::from(error.to_string()))?;
    answer("reading", Some(shown(&reading).to_string().into()), &[])
}

/// A reading as JSON.
fn shown(reading: &Reading) -> serde_json::Value {
    let parts: Vec<_> = reading
        .parts
        .iter()
        .map(
            |part| json!({ "section": part.section, "heading": part.heading, "lines": part.lines }),
        )
        .collect();
    json!({
        "pages": reading.pages,
        "language": reading.language,
        "tagged": reading.tagged,
        "name": reading.name,
        "emails": reading.emails,
        "phones": reading.phones,
        "files": reading.files,
        "parts": parts,
    })
}

/// Reads JSON; what is none is refused as an answer of the wrong shape.
fn read<T>(
    json: &str,
    from: fn(serde_json::Value) -> Result<T, FieldProblem>,
) -> Result<T, PrintError> {
    serde_json::from_str(json)
        .map_err(|_| FieldProblem::new("", Problem::WrongType))
        .and_then(from)
        .map_err(|refusal| PrintError::Refused(vec![refusal]))
}

fn printed(paper: Result<Vec<u8>, PrintError>) -> Result<JsValue, JsValue> {
    match paper {
        Ok(bytes) => answer("pdf", Some(Uint8Array::from(&*bytes).into()), &[]),
        Err(error) => refused(error),
    }
}

fn refused(error: PrintError) -> Result<JsValue, JsValue> {
    match error {
        PrintError::Refused(problems) => answer("", None, &problems),
        PrintError::Document(error) => Err(error.to_string().into()),
    }
}

fn answer(
    name: &str,
    value: Option<JsValue>,
    problems: &[FieldProblem],
) -> Result<JsValue, JsValue> {
    let answer = Object::new();
    if let Some(value) = value {
        Reflect::set(&answer, &name.into(), &value)?;
    }
    let problems: Vec<FieldError> = problems.iter().map(told).collect();
    let problems = serde_json::to_string(&problems).unwrap_or_default();
    Reflect::set(&answer, &"problems".into(), &problems.into())?;
    Ok(answer.into())
}

fn told(refusal: &FieldProblem) -> FieldError {
    let problem = &refusal.problem;
    FieldError {
        field: refusal.field.clone(),
        code: problem.code().to_owned(),
        message: problem.sentence_with(problem.italian()),
        limit: problem.limit(),
    }
}

/// A list of what the main thread may take over without a copy.
pub(crate) fn list<T: AsRef<JsValue>>(items: impl IntoIterator<Item = T>) -> Array {
    items
        .into_iter()
        .map(|item| item.as_ref().clone())
        .collect()
}
