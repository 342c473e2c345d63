// SPDX-License-Identifier: EUPL-1.2
//! What a person typed, never trusted: field ids with texts, lists and items, in the shape of the JSON `risposte`.

use alloc::{
    collections::BTreeMap,
    string::{String, ToString},
    vec::Vec,
};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// One answer. Numbers and booleans of a client become the text a person would have typed (`3`, `si`).
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answer {
    /// Anything that is one value.
    Text(String),
    /// The codes of a field with many choices.
    Many(Vec<String>),
    /// The items of a repeatable step.
    Items(Vec<Answers>),
    /// A shape that no field has; kept so that the refusal can name the field.
    Other,
}

/// A draft: every answer by its field id.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Answers(BTreeMap<String, Answer>);

impl Answers {
    /// No answers yet.
    #[must_use]
    pub const fn new() -> Self {
        Self(BTreeMap::new())
    }

    /// The text given to `id`, trimmed; empty counts as not given.
    #[must_use]
    pub fn text(&self, id: &str) -> Option<&str> {
        match self.0.get(id) {
            Some(Answer::Text(text)) => Some(text.trim()).filter(|text| !text.is_empty()),
            _ => None,
        }
    }

    /// True if `id` was answered with yes.
    #[must_use]
    pub fn yes(&self, id: &str) -> bool {
        self.text(id).and_then(yes_or_no) == Some(true)
    }

    /// True if `id` was answered with exactly `code`.
    #[must_use]
    pub fn is(&self, id: &str, code: &str) -> bool {
        self.text(id) == Some(code)
    }

    /// The answer as it stands.
    #[must_use]
    pub fn get(&self, id: &str) -> Option<&Answer> {
        self.0.get(id)
    }

    /// The items of a repeatable step; none when there are none.
    #[must_use]
    pub fn items(&self, id: &str) -> &[Answers] {
        match self.0.get(id) {
            Some(Answer::Items(items)) => items,
            _ => &[],
        }
    }

    /// Writes an answer; an empty text takes it away.
    pub fn set(&mut self, id: &str, answer: Answer) {
        if matches!(&answer, Answer::Text(text) if text.is_empty()) {
            self.0.remove(id);
        } else {
            self.0.insert(id.to_string(), answer);
        }
    }

    /// Writes a text.
    pub fn set_text(&mut self, id: &str, text: impl Into<String>) {
        self.set(id, Answer::Text(text.into()));
    }

    /// Takes an answer away.
    pub fn remove(&mut self, id: &str) -> Option<Answer> {
        self.0.remove(id)
    }

    /// All answers, by field id.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Answer)> {
        self.0.iter().map(|(id, answer)| (id.as_str(), answer))
    }

    /// True when nothing was answered.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl<const N: usize> From<[(&str, &str); N]> for Answers {
    fn from(pairs: [(&str, &str); N]) -> Self {
        let mut answers = Self::new();
        for (id, text) in pairs {
            answers.set_text(id, text);
        }
        answers
    }
}

/// Reads `si`, `sì`, `no` and what machines write for them.
#[must_use]
pub fn yes_or_no(text: &str) -> Option<bool> {
    match text {
        "si" | "sì" | "Si" | "Sì" | "SI" | "S" | "s" | "true" => Some(true),
        "no" | "No" | "NO" | "N" | "n" | "false" => Some(false),
        _ => None,
    }
}

impl Serialize for Answer {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Text(text) => text.serialize(serializer),
            Self::Many(codes) => codes.serialize(serializer),
            Self::Items(items) => items.serialize(serializer),
            Self::Other => serializer.serialize_none(),
        }
    }
}

impl<'de> Deserialize<'de> for Answer {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(from_json(serde_json::Value::deserialize(deserializer)?))
    }
}

fn from_json(value: serde_json::Value) -> Answer {
    use serde_json::Value;
    match value {
        Value::String(text) => Answer::Text(text),
        Value::Bool(true) => Answer::Text("si".into()),
        Value::Bool(false) => Answer::Text("no".into()),
        Value::Number(number) => Answer::Text(number.to_string()),
        Value::Null => Answer::Text(String::new()),
        Value::Array(values) if values.iter().all(Value::is_string) => Answer::Many(
            values
                .into_iter()
                .filter_map(|value| match value {
                    Value::String(code) => Some(code),
                    _ => None,
                })
                .collect(),
        ),
        Value::Array(values) if values.iter().all(Value::is_object) => Answer::Items(
            values
                .into_iter()
                .map(|value| match value {
                    Value::Object(fields) => Answers(
                        fields
                            .into_iter()
                            .map(|(id, value)| (id, from_json(value)))
                            .collect(),
                    ),
                    _ => Answers::new(),
                })
                .collect(),
        ),
        Value::Array(_) | Value::Object(_) => Answer::Other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_and_booleans_become_what_a_person_would_type() {
        let answers: Answers =
            serde_json::from_str(r#"{"a":3,"b":true,"c":false,"d":"x","e":["p","q"],"f":[{"g":1}],"h":{"i":1},"l":null}"#)
                .expect("reads");
        assert_eq!(answers.text("a"), Some("3"));
        assert!(answers.yes("b"));
        assert_eq!(answers.text("c"), Some("no"));
        assert_eq!(
            answers.get("e"),
            Some(&Answer::Many(vec!["p".into(), "q".into()]))
        );
        assert_eq!(answers.items("f")[0].text("g"), Some("1"));
        assert_eq!(answers.get("h"), Some(&Answer::Other));
        assert_eq!(answers.text("l"), None);
    }

    #[test]
    fn an_empty_text_takes_the_answer_away() {
        let mut answers = Answers::from([("a", "x")]);
        answers.set_text("a", "");
        assert!(answers.is_empty());
    }
}
