// SPDX-License-Identifier: EUPL-1.2
//! Words before they are set in lines, and where a block of them stands.

use contract::cv::outline::Phrase;
use contract::cv::words::Language;

use crate::paper::text::{Style, tidy};

/// A stretch of a line in one style, from one field.
#[derive(Clone)]
pub(crate) struct Word {
    pub(super) text: String,
    pub(super) style: Style,
    pub(super) language: Language,
    pub(super) field: String,
    pub(super) link: Option<String>,
}

impl Word {
    pub(crate) fn of(phrase: &Phrase, style: Style) -> Self {
        Self {
            text: tidy(&phrase.text),
            style,
            language: phrase.language,
            field: phrase.field.clone(),
            link: None,
        }
    }

    /// Words of ours between those of the person.
    pub(crate) fn ours(text: impl Into<String>, style: Style, language: Language) -> Self {
        Self {
            text: text.into(),
            style,
            language,
            field: String::new(),
            link: None,
        }
    }

    pub(crate) fn text(&self) -> &str {
        &self.text
    }

    pub(crate) fn leading_to(mut self, target: Option<String>) -> Self {
        self.link = target;
        self
    }
}

/// Where a block stands and how it is kept together.
#[derive(Clone, Copy)]
pub(crate) struct Place {
    pub(crate) x: f32,
    pub(crate) width: f32,
    /// Space before it, dropped at the top of a page.
    pub(crate) before: f32,
    /// Whether it stays with what follows.
    pub(crate) keep: bool,
}
