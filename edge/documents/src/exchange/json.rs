// SPDX-License-Identifier: EUPL-1.2
//! JSON Resume 1.x: the form in which a CV is kept anyway, so that in and out it stays as it is.

use contract::cv::Cv;
use contract::cv::exchange::{ImportError, NotMapped, Reason};
use contract::cv::sections::SECTIONS;
use serde_json::{Map, Value};

use super::settle::settle;

/// Where the schema stands, for files that do not say it themselves.
const SCHEMA: &str =
    "https://raw.githubusercontent.com/jsonresume/resume-schema/v1.0.0/schema.json";

/// What other programs write for a job that goes on.
const STILL: &[&str] = &[
    "present", "current", "now", "ongoing", "in corso", "oggi", "attuale",
];

/// Reads a file.
pub(super) fn read(text: &str) -> Result<(Cv, Vec<NotMapped>), ImportError> {
    let value: Value =
        serde_json::from_str(text).map_err(|error| ImportError::Json(error.line()))?;
    let Value::Object(mut map) = value else {
        return Err(ImportError::NotAResume);
    };
    let known = |key: &str| key == "basics" || SECTIONS.iter().any(|section| section.key == key);
    if !map.keys().any(|key| known(key)) {
        return Err(ImportError::NotAResume);
    }
    let mut listed = Vec::new();
    usual_slips(&mut map, &mut listed);
    settle(map, listed)
}

/// Dates such as `Present`, and numbers where JSON Resume has texts.
fn usual_slips(map: &mut Map<String, Value>, listed: &mut Vec<NotMapped>) {
    for section in SECTIONS {
        let Some(Value::Array(items)) = map.get_mut(section.key) else {
            continue;
        };
        for (index, item) in items.iter_mut().enumerate() {
            let Value::Object(item) = item else { continue };
            let still = item
                .get("endDate")
                .and_then(Value::as_str)
                .is_some_and(|end| {
                    STILL
                        .iter()
                        .any(|word| word.eq_ignore_ascii_case(end.trim()))
                });
            if still {
                item.remove("endDate");
                item.insert("x_current".into(), true.into());
            }
            for (key, value) in item.iter_mut() {
                if let Value::Number(number) = value {
                    let text = number.to_string();
                    let path = format!("{}[{index}].{key}", section.key);
                    listed.push(NotMapped::new(path, &text, Reason::Shape));
                    *value = Value::String(text);
                }
            }
        }
    }
}

/// Writes a CV as it is, with the address of the schema when it has none.
#[must_use]
pub fn write(cv: &Cv) -> Vec<u8> {
    let mut map = cv.as_map().clone();
    if !map.contains_key("$schema") {
        map.insert("$schema".into(), SCHEMA.into());
    }
    let mut bytes = serde_json::to_vec_pretty(&Value::Object(map)).unwrap_or_default();
    bytes.push(b'\n');
    bytes
}
