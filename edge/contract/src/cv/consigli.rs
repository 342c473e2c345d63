// SPDX-License-Identifier: EUPL-1.2
//! Advice on a CV or a letter while it is being written ("consigli utili"). Every check is a value: a stable code, how
//! much it matters, a sentence, a reason and an example. The checks say only what the text itself shows; whether a
//! person is any good is not for a rule to judge. Nothing is refused here: refusals are [`super::check`].
//!
//! Pure and quick: one walk over the texts, one table of words. The day, the pasted job ad and the size of the finished
//! file come in through [`Context`].

pub mod annuncio;
mod consenso;
mod date;
mod insieme;
mod lavoro;
mod lessico;
mod lettera;
mod lingue;
mod parole;
mod passages;
mod persona;
mod photo;
mod protetti;
mod testo;

#[cfg(test)]
mod tests;

use alloc::{
    format,
    string::{String, ToString},
    vec::Vec,
};

use jiff::civil::Date;
use serde::ser::{Serialize, SerializeStruct, Serializer};

use super::Cv;
use super::lettera::Lettera;

/// At most so many places are shown for one rule: more would be a reproach, not advice.
const MOST_PLACES: usize = 6;

/// How much a piece of advice matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// The CV hardly works without it.
    High,
    /// Worth an effort.
    Medium,
    /// A matter of taste, or of the job that one looks for.
    Low,
}

impl Severity {
    /// As it stands in the JSON.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::High => "high",
            Self::Medium => "medium",
            Self::Low => "low",
        }
    }
}

/// A check. Its Italian texts are the source; other languages have them under `consigli/CODE/text`, `…/reason` and
/// `…/example`. A `{valore}` in the sentence stands for [`Advice::value`].
#[derive(Debug, PartialEq, Eq)]
pub struct Rule {
    /// Stable, for machines.
    pub code: &'static str,
    /// How much it matters.
    pub severity: Severity,
    /// What was seen and what to do.
    pub text: &'static str,
    /// Why.
    pub reason: &'static str,
    /// How it can look.
    pub example: &'static str,
}

/// Writes down the rules of one file, so that none is checked without being listed.
macro_rules! rules {
    ($($name:ident $code:literal $severity:ident $text:literal $reason:literal $example:literal;)*) => {
        $(pub(super) static $name: super::Rule = super::Rule {
            code: $code,
            severity: super::Severity::$severity,
            text: $text,
            reason: $reason,
            example: $example,
        };)*
        /// Every rule of this file.
        pub(super) static RULES: &[&super::Rule] = &[$(&$name),*];
    };
}
use rules;

/// Every rule there is, those of the letter last.
#[must_use]
pub fn all() -> Vec<&'static Rule> {
    [
        persona::RULES,
        lavoro::RULES,
        date::RULES,
        lingue::RULES,
        testo::RULES,
        protetti::RULES,
        consenso::RULES,
        insieme::RULES,
        lettera::RULES,
    ]
    .concat()
}

/// A rule that applies at a place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Advice {
    /// Which rule.
    pub rule: &'static Rule,
    /// Where, as in refusals: `work[2].position`; a key alone for a section as a whole, empty for the document.
    pub field: String,
    /// The word, the number or the month that stands for `{valore}`.
    pub value: Option<String>,
}

impl Advice {
    /// The key of the section: `work` of `work[2].position`.
    #[must_use]
    pub fn section(&self) -> &str {
        let end = self.field.find(['[', '.']).unwrap_or(self.field.len());
        &self.field[..end]
    }

    /// The place of the item in its section.
    #[must_use]
    pub fn item(&self) -> Option<usize> {
        let rest = self.field[self.section().len()..].strip_prefix('[')?;
        rest.split_once(']')?.0.parse().ok()
    }

    /// The Italian sentence.
    #[must_use]
    pub fn italian(&self) -> String {
        self.said(self.rule.text)
    }

    /// A sentence of another language with the value in it.
    #[must_use]
    pub fn said(&self, text: &str) -> String {
        match &self.value {
            Some(value) => text.replace("{valore}", value),
            None => text.to_string(),
        }
    }
}

impl Serialize for Advice {
    /// `{code, severity, field, section, item, value, text, reason, example}`, the texts in Italian.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut advice = serializer.serialize_struct("Advice", 9)?;
        advice.serialize_field("code", self.rule.code)?;
        advice.serialize_field("severity", self.rule.severity.as_str())?;
        advice.serialize_field("field", &self.field)?;
        advice.serialize_field("section", self.section())?;
        advice.serialize_field("item", &self.item())?;
        advice.serialize_field("value", &self.value)?;
        advice.serialize_field("text", &self.italian())?;
        advice.serialize_field("reason", self.rule.reason)?;
        advice.serialize_field("example", self.rule.example)?;
        advice.end()
    }
}

/// What is known besides the document.
#[derive(Debug, Clone, Copy)]
pub struct Context<'a> {
    /// The day in Rome.
    pub today: Date,
    /// The text of a job ad that the person pasted.
    pub ad: Option<&'a str>,
    /// The size of the finished PDF in bytes, when it has been made.
    pub file_bytes: Option<usize>,
    /// Its pages.
    pub pages: Option<usize>,
}

impl Context<'_> {
    /// Only the day is known.
    #[must_use]
    pub const fn on(today: Date) -> Self {
        Self {
            today,
            ad: None,
            file_bytes: None,
            pages: None,
        }
    }
}

/// What has been found so far.
#[derive(Debug, Default)]
struct Report(Vec<Advice>);

impl Report {
    fn add(&mut self, rule: &'static Rule, field: impl Into<String>) {
        self.push(rule, field.into(), None);
    }

    fn add_with(&mut self, rule: &'static Rule, field: impl Into<String>, value: impl ToString) {
        self.push(rule, field.into(), Some(value.to_string()));
    }

    /// False when enough places have been shown for a rule: then no place has to be written out.
    fn takes(&self, rule: &'static Rule) -> bool {
        let same = self.0.iter().filter(|one| core::ptr::eq(one.rule, rule));
        same.count() < MOST_PLACES
    }

    fn push(&mut self, rule: &'static Rule, field: String, value: Option<String>) {
        let known = |one: &Advice| core::ptr::eq(one.rule, rule) && one.field == field;
        if self.takes(rule) && !self.0.iter().any(known) {
            self.0.push(Advice { rule, field, value });
        }
    }

    fn sorted(mut self) -> Vec<Advice> {
        self.0.sort_by_key(|advice| advice.rule.severity);
        self.0
    }
}

/// The advice on a CV, the weightiest first. Only what will be printed, in the language to print, is looked at.
#[must_use]
pub fn advise(cv: &Cv, context: &Context<'_>) -> Vec<Advice> {
    let mut report = Report::default();
    let passages = passages::of_cv(cv);
    persona::check(cv, context, &mut report);
    lavoro::check(cv, context, &mut report);
    date::check(cv, context, &mut report);
    lingue::check(cv, context, &mut report);
    testo::check(&passages, &mut report);
    testo::translations(cv, &mut report);
    protetti::check(&passages, &mut report);
    consenso::check(cv.basics().said("x_consent", cv.language()), &mut report);
    insieme::check(cv, &passages, context, &mut report);
    report.sorted()
}

/// The advice on a letter, the weightiest first.
#[must_use]
pub fn advise_letter(letter: &Lettera, context: &Context<'_>) -> Vec<Advice> {
    let mut report = Report::default();
    let passages = passages::of_letter(letter);
    lettera::check(letter, context, &mut report);
    testo::check(&passages, &mut report);
    protetti::check(&passages, &mut report);
    consenso::check_letter(letter, &mut report);
    // Who chose this kind of letter has decided to say so.
    if letter.root().text("kind") == Some("protected") {
        report
            .0
            .retain(|advice| advice.rule.code != protetti::PROTECTED_CATEGORY.code);
    }
    report.sorted()
}

/// The path of a field of an item.
fn path(section: &str, index: usize, field: &str) -> String {
    format!("{section}[{index}].{field}")
}
