// SPDX-License-Identifier: EUPL-1.2
//! What of a CV has not been written, for the list that the person gets.

use contract::cv::exchange::{NotMapped, Reason};
use contract::cv::sections::SECTIONS;
use serde_json::{Map, Value};

use super::Source;

impl Source<'_> {
    /// Everything that was not written.
    pub(super) fn leftovers(&self) -> Vec<NotMapped> {
        let mut listed = Vec::new();
        for (key, value) in self.cv.as_map() {
            let settings = ["$schema", "meta", "x_language", "x_text_language"];
            if settings.contains(&key.as_str()) {
                continue;
            }
            let own = key == "basics" || key == "x_sections";
            let known = own || SECTIONS.iter().any(|section| section.key == key);
            if !known {
                listed.push(NotMapped::new(key.clone(), &text(value), Reason::NoPlace));
            } else if self.cv.hides(key) {
                listed.push(NotMapped::new(key.clone(), "", Reason::Hidden));
            } else {
                self.walk(value, key.clone(), &mut listed);
            }
        }
        listed
    }

    fn walk(&self, value: &Value, path: String, listed: &mut Vec<NotMapped>) {
        if self.marked(&path) || listed.len() >= 500 {
            return;
        }
        match value {
            Value::Null | Value::Bool(false) => {}
            Value::Object(map) if is_hidden(map) => {
                listed.push(NotMapped::new(path, "", Reason::Hidden));
            }
            Value::Object(map) => {
                for (key, value) in map.iter().filter(|(key, _)| *key != "x_id") {
                    self.walk(value, format!("{path}.{key}"), listed);
                }
            }
            Value::Array(list) => {
                for (index, value) in list.iter().enumerate() {
                    self.walk(value, format!("{path}[{index}]"), listed);
                }
            }
            leaf => {
                let text = text(leaf);
                if !text.trim().is_empty() {
                    let twin = path.contains(".x_en.") || path.contains(".x_it.");
                    let reason = if twin || self.said_otherwise(&path) {
                        Reason::OtherLanguage
                    } else {
                        Reason::NoPlace
                    };
                    listed.push(NotMapped::new(path, &text, reason));
                }
            }
        }
    }

    /// True when the twin of this text in the language of the document was written instead.
    fn said_otherwise(&self, path: &str) -> bool {
        let Some((parent, key)) = path.rsplit_once('.') else {
            return false;
        };
        let key = key.split('[').next().unwrap_or_default();
        let twin = format!("{parent}.{}.{key}", self.language.texts_key());
        self.marked(&twin)
    }
}

fn is_hidden(map: &Map<String, Value>) -> bool {
    map.get("x_hidden").and_then(Value::as_bool) == Some(true)
}

fn text(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Object(_) | Value::Array(_) => String::new(),
        other => other.to_string(),
    }
}
