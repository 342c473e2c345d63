// SPDX-License-Identifier: EUPL-1.2
//! How easy a service was, in the five stars and the fixed words of the national design model, so that answers can be
//! compared between administrations. Nobody's name stands beside them.

use alloc::{string::String, vec::Vec};
use serde::{Deserialize, Serialize};

use crate::{
    problem::{FieldProblem, Problem},
    values::text,
};

/// The question at the end of a service.
pub const QUESTION: &str = "Quanto è stato facile usare questo servizio?";
/// Asked after one to three stars.
pub const QUESTION_NEGATIVE: &str = "Dove hai incontrato le maggiori difficoltà?";
/// Asked after four or five stars.
pub const QUESTION_POSITIVE: &str = "Quali sono stati gli aspetti che hai preferito?";
/// Most characters of the free text.
pub const LONGEST: u16 = 200;

/// Answers after one to three stars: code and fixed words.
pub const NEGATIVE: &[(&str, &str)] = &[
    ("non_chiare", "A volte le indicazioni non erano chiare"),
    ("non_complete", "A volte le indicazioni non erano complete"),
    (
        "senza_conferme",
        "A volte non capivo se stavo procedendo correttamente",
    ),
    ("problemi_tecnici", "Ho avuto problemi tecnici"),
    ("altro_negativo", "Altro"),
];

/// Answers after four or five stars: code and fixed words.
pub const POSITIVE: &[(&str, &str)] = &[
    ("chiare", "Le indicazioni erano chiare"),
    ("complete", "Le indicazioni erano complete"),
    (
        "con_conferme",
        "Capivo sempre che stavo procedendo correttamente",
    ),
    ("senza_problemi", "Non ho avuto problemi tecnici"),
    ("altro_positivo", "Altro"),
];

/// The answers that belong to so many stars.
#[must_use]
pub const fn reasons(stars: u8) -> &'static [(&'static str, &'static str)] {
    if stars > 3 { POSITIVE } else { NEGATIVE }
}

/// `POST /api/valutazioni`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NewValutazione {
    /// Service slug.
    pub servizio: String,
    /// One (hard) to five (easy).
    pub stelle: u8,
    /// Codes of [`reasons`].
    #[serde(default)]
    pub motivi: Vec<String>,
    /// Free text of at most [`LONGEST`] characters; empty for none.
    #[serde(default)]
    pub testo: String,
}

impl NewValutazione {
    /// The same, cleaned; codes in the order of the list and each once.
    ///
    /// # Errors
    /// Every refused field.
    pub fn check(self) -> Result<Self, Vec<FieldProblem>> {
        let mut problems = Vec::new();
        if self.stelle < 1 {
            problems.push(FieldProblem::new("stelle", Problem::AtLeast(1)));
        }
        if self.stelle > 5 {
            problems.push(FieldProblem::new("stelle", Problem::AtMost(5)));
        }
        let known = reasons(self.stelle);
        let strange = |code: &String| known.iter().all(|(name, _)| name != code);
        if self.motivi.iter().any(strange) {
            problems.push(FieldProblem::new("motivi", Problem::UnknownCode));
        }
        let testo = text::clean_lines(&self.testo, LONGEST);
        let testo = testo.unwrap_or_else(|problem| {
            problems.push(FieldProblem::new("testo", problem));
            String::new()
        });
        if !problems.is_empty() {
            return Err(problems);
        }
        let given = known
            .iter()
            .filter(|(code, _)| self.motivi.iter().any(|motivo| motivo == code));
        Ok(Self {
            motivi: given.map(|(code, _)| (*code).into()).collect(),
            testo,
            ..self
        })
    }
}

/// `GET /api/valutazioni/{slug}`: how often each number of stars and each answer was given.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Valutazioni {
    /// Service slug.
    pub servizio: String,
    /// All of them.
    pub totale: u32,
    /// From one star to five.
    pub stelle: [u32; 5],
    /// Code and number, for the answers that were given at least once.
    pub motivi: Vec<(String, u32)>,
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::string::ToString;

    fn new(stars: u8, reasons: &[&str], text: &str) -> NewValutazione {
        NewValutazione {
            servizio: "did".into(),
            stelle: stars,
            motivi: reasons.iter().map(ToString::to_string).collect(),
            testo: text.into(),
        }
    }

    #[track_caller]
    fn refused(new: NewValutazione, field: &str, code: &str) {
        let problems = new.check().expect_err("it is refused");
        assert_eq!(problems[0].field, field);
        assert_eq!(problems[0].problem.code(), code);
    }

    #[test]
    fn answers_are_cleaned_and_counted_once() {
        let sound = new(4, &["complete", "chiare", "chiare"], "  tutto \n bene ").check();
        let sound = sound.expect("it is sound");
        assert_eq!(sound.motivi, ["chiare", "complete"]);
        assert_eq!(sound.testo, "tutto\nbene");
    }

    #[test]
    fn what_does_not_belong_is_refused() {
        refused(new(0, &[], ""), "stelle", "at_least");
        refused(new(6, &[], ""), "stelle", "at_most");
        refused(new(3, &["chiare"], ""), "motivi", "unknown_code");
        refused(new(4, &["non_chiare"], ""), "motivi", "unknown_code");
        refused(new(4, &[], &"x".repeat(201)), "testo", "too_long");
        refused(new(4, &[], "a\u{202e}b"), "testo", "characters");
    }
}
