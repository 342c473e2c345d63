// SPDX-License-Identifier: EUPL-1.2
//! The guide to a letter: by its kind a few questions with good examples, and from the answers paragraphs that the
//! person then edits. Both languages stand side by side, because the letter is written in its own language, whatever
//! the language of the page.
//!
//! What has to be there and was not answered stands in square brackets in the text; the advice on letters finds it.

mod kinds;

#[cfg(test)]
mod tests;

use alloc::{
    format,
    string::{String, ToString},
    vec::Vec,
};

use serde_json::{Map, Value, json};

use super::field::{Field, Kind, plain};
use super::lettera::Lettera;
use super::words::{Language, Words, words};

pub use kinds::GUIDES;

/// A question of the guide. The sentence takes the answer at `{valore}`.
#[derive(Debug, Clone, Copy)]
pub struct Question {
    /// Its name in the answers.
    pub id: &'static str,
    /// The question.
    pub ask: Words,
    /// How to answer.
    pub hint: Words,
    /// A good answer.
    pub example: Words,
    /// The sentence that comes of it.
    pub sentence: Words,
    /// In which paragraph, from 0.
    pub paragraph: usize,
    /// The letter cannot do without.
    pub required: bool,
}

/// What is asked for one kind of letter.
#[derive(Debug, Clone, Copy)]
pub struct Guide {
    /// A code of [`super::lettera::KINDS`].
    pub kind: &'static str,
    /// What makes a good letter of this kind.
    pub intro: Words,
    /// The subject, with the answer to the first question at `{valore}`.
    pub subject: Words,
    /// Sentences that stand in every such letter, with their paragraph.
    pub always: &'static [(usize, Words)],
    /// The questions in order.
    pub questions: &'static [Question],
}

/// A letter made of answers, to be edited.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Draft {
    /// What it is about.
    pub subject: String,
    /// How it begins.
    pub salutation: String,
    /// The text.
    pub paragraphs: Vec<String>,
    /// How it ends.
    pub closing: String,
}

const LAST: Words = words(
    "Vi ringrazio per l'attenzione e vi racconterei volentieri di più a voce.",
    "Thank you for your attention. I would be glad to tell you more in person.",
);
const CLOSING: Words = words("Cordiali saluti", "Kind regards");
const NO_NAME: Words = words("Buongiorno,", "Good morning,");
const NAMED: Words = words("Alla cortese attenzione di {valore},", "Dear {valore},");

/// More of an answer than this is not taken.
const MOST: u16 = 600;

/// The answers as they are kept with the letter: one field for each question of any kind, so that who tries another
/// kind finds again what both ask. Nothing of them is printed.
pub const ANSWERS: &[Field] = &[
    answer("job"),
    answer("why"),
    answer("skills"),
    answer("fact"),
    answer("available"),
    answer("learn"),
    answer("study"),
    answer("where"),
    answer("request"),
    answer("use"),
    answer("outside"),
    answer("before"),
    answer("meanwhile"),
    answer("from"),
    answer("bring"),
    answer("prepare"),
    answer("period"),
    answer("needs"),
];

const fn answer(id: &'static str) -> Field {
    plain(
        id,
        Kind::Text(MOST),
        "Risposta alla guida",
        "Answer to the guide",
    )
}

/// The guide to a kind of letter.
#[must_use]
pub fn guide(kind: &str) -> Option<&'static Guide> {
    GUIDES.iter().find(|guide| guide.kind == kind)
}

impl Guide {
    /// `{kind, intro, questions: [{id, ask, hint, example, required}]}` in the language of the page; the examples are in
    /// the language of the letter.
    #[must_use]
    pub fn shown(&self, page: Language, letter: Language) -> Value {
        let questions: Vec<Value> = self
            .questions
            .iter()
            .map(|question| {
                json!({
                    "id": question.id,
                    "ask": question.ask.get(page),
                    "hint": question.hint.get(page),
                    "example": question.example.get(letter),
                    "required": question.required,
                })
            })
            .collect();
        json!({ "kind": self.kind, "intro": self.intro.get(page), "questions": questions })
    }

    /// Puts the answers into sentences, in the language of the letter. Answers are texts by the id of their question.
    #[must_use]
    pub fn compose(&self, answers: &Map<String, Value>, letter: &Lettera) -> Draft {
        let answer = |question: &Question| {
            let text = answers.get(question.id)?.as_str()?;
            tidy(text)
        };
        self.draft(answer, letter)
    }

    /// The letter that comes of the examples.
    #[must_use]
    pub fn example(&self, language: Language) -> Draft {
        let mut letter = Lettera::new();
        let map = letter.as_map_mut();
        map.insert("language".into(), language.as_str().into());
        let answer = |question: &Question| Some(question.example.get(language).to_string());
        self.draft(answer, &letter)
    }

    fn draft(&self, answer: impl Fn(&Question) -> Option<String>, letter: &Lettera) -> Draft {
        let language = letter.language();
        let mut paragraphs: Vec<String> = Vec::new();
        let mut add = |paragraph: usize, sentence: &str| {
            if paragraphs.len() <= paragraph {
                paragraphs.resize(paragraph + 1, String::new());
            }
            let text = &mut paragraphs[paragraph];
            if !text.is_empty() {
                text.push(' ');
            }
            text.push_str(sentence);
        };
        let open = |question: &Question| format!("[{}]", question.ask.get(language));
        for question in self.questions {
            let given = answer(question).or_else(|| question.required.then(|| open(question)));
            if let Some(given) = given {
                add(
                    question.paragraph,
                    &spoken(question.sentence.get(language), &given),
                );
            }
        }
        for (paragraph, sentence) in self.always {
            add(*paragraph, sentence.get(language));
        }
        paragraphs.retain(|text| !text.is_empty());
        paragraphs.push(LAST.get(language).into());
        let first = self.questions.first();
        let job = first.and_then(&answer).or_else(|| first.map(open));
        let recipient = letter.root().record("recipient");
        Draft {
            subject: self
                .subject
                .get(language)
                .replace("{valore}", &job.unwrap_or_default()),
            salutation: match recipient.said("person", language) {
                Some(person) => NAMED.get(language).replace("{valore}", person.text),
                None => NO_NAME.get(language).into(),
            },
            paragraphs,
            closing: CLOSING.get(language).into(),
        }
    }
}

impl Draft {
    /// Writes it into a letter, over what stands there in the language to print: in the letter itself when its texts are
    /// in that language, beside them (`x_en`, `x_it`) when they are in the other one.
    pub fn put(&self, letter: &mut Lettera) {
        let Value::Object(draft) = self.to_value() else {
            return;
        };
        let language = letter.language();
        let beside = language != letter.text_language();
        let map = letter.as_map_mut();
        if !beside {
            map.extend(draft);
            return;
        }
        let texts = map
            .entry(language.texts_key())
            .or_insert_with(|| Map::new().into());
        match texts.as_object_mut() {
            Some(texts) => texts.extend(draft),
            None => *texts = draft.into(),
        }
    }

    /// `{subject, salutation, paragraphs, closing}`.
    #[must_use]
    pub fn to_value(&self) -> Value {
        json!({
            "subject": self.subject,
            "salutation": self.salutation,
            "paragraphs": self.paragraphs,
            "closing": self.closing,
        })
    }
}

/// An answer as one line without the full stop that the sentence brings; `None` when nothing is left.
fn tidy(text: &str) -> Option<String> {
    let words: Vec<&str> = text.split_whitespace().collect();
    let line: String = words.join(" ").chars().take(usize::from(MOST)).collect();
    let line = line.trim_end_matches(['.', ',', ';', ' ']);
    (!line.is_empty()).then(|| line.to_string())
}

/// The sentence with the answer in it; it begins with a capital and ends once.
fn spoken(sentence: &str, answer: &str) -> String {
    let ends = answer.ends_with(['!', '?', '…']) && sentence.ends_with("{valore}.");
    let sentence = if ends {
        sentence.trim_end_matches('.')
    } else {
        sentence
    };
    let text = sentence.replace("{valore}", answer);
    let mut letters = text.chars();
    match letters.next() {
        Some(first) => first.to_uppercase().chain(letters).collect(),
        None => text,
    }
}
