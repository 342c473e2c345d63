// SPDX-License-Identifier: EUPL-1.2
//! What a person typed, never trusted: field ids with texts, lists and items, in the shape of the JSON `risposte`.

use alloc::{
    collections::BTreeMap,
    string::{String, ToString},
    vec::Vec,
};
use core::fmt;
use serde::de::{MapAccess, SeqAccess, Visitor};
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
        Ok(match Given::deserialize(deserializer)? {
            Given::Text(text) => Self::Text(text),
            Given::Fields(_) => Self::Other,
            Given::Else(answer) => answer,
        })
    }
}

/// What a client sends as an answer or as one value of a list.
enum Given {
    Text(String),
    Fields(Answers),
    Else(Answer),
}

impl<'de> Deserialize<'de> for Given {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(AnyShape)
    }
}

struct AnyShape;

impl AnyShape {
    /// A number, as a person would type it.
    fn number(number: impl Into<serde_json::Number>) -> Given {
        Given::Else(Answer::Text(number.into().to_string()))
    }
}

impl<'de> Visitor<'de> for AnyShape {
    type Value = Given;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("an answer")
    }

    fn visit_str<E>(self, text: &str) -> Result<Given, E> {
        Ok(Given::Text(text.to_string()))
    }

    fn visit_string<E>(self, text: String) -> Result<Given, E> {
        Ok(Given::Text(text))
    }

    fn visit_bool<E>(self, yes: bool) -> Result<Given, E> {
        let text = if yes { "si" } else { "no" };
        Ok(Given::Else(Answer::Text(text.to_string())))
    }

    fn visit_i64<E>(self, number: i64) -> Result<Given, E> {
        Ok(Self::number(number))
    }

    fn visit_u64<E>(self, number: u64) -> Result<Given, E> {
        Ok(Self::number(number))
    }

    fn visit_f64<E>(self, number: f64) -> Result<Given, E> {
        let number = serde_json::Number::from_f64(number);
        Ok(number.map_or(Given::Else(Answer::Other), Self::number))
    }

    fn visit_unit<E>(self) -> Result<Given, E> {
        Ok(Given::Else(Answer::Text(String::new())))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Given, A::Error> {
        let (mut codes, mut items, mut strange) = (Vec::new(), Vec::new(), false);
        while let Some(given) = seq.next_element()? {
            match given {
                Given::Text(code) => codes.push(code),
                Given::Fields(item) => items.push(item),
                Given::Else(_) => strange = true,
            }
        }
        Ok(Given::Else(match (codes.is_empty(), items.is_empty()) {
            _ if strange => Answer::Other,
            (_, true) => Answer::Many(codes),
            (true, false) => Answer::Items(items),
            (false, false) => Answer::Other,
        }))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Given, A::Error> {
        let mut fields = BTreeMap::new();
        while let Some((id, answer)) = map.next_entry()? {
            fields.insert(id, answer);
        }
        Ok(Given::Fields(Answers(fields)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_and_booleans_become_what_a_person_would_type() {
        let answers: Answers = serde_json::from_str(
            r#"{"a":3,"b":true,"c":false,"d":"x","e":["p","q"],"f":[{"g":1}],"h":{"i":1},"l":null,
                "m":1.5,"n":-2,"o":[],"p":["x",{"y":1}],"q":["x",2],"r":[null],"s":[[]]}"#,
        )
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
        assert_eq!(answers.text("m"), Some("1.5"));
        assert_eq!(answers.text("n"), Some("-2"));
        assert_eq!(answers.get("o"), Some(&Answer::Many(vec![])));
        for mixed in ["p", "q", "r", "s"] {
            assert_eq!(answers.get(mixed), Some(&Answer::Other), "{mixed}");
        }
    }

    #[test]
    fn an_empty_text_takes_the_answer_away() {
        let mut answers = Answers::from([("a", "x")]);
        answers.set_text("a", "");
        assert!(answers.is_empty());
    }
}
