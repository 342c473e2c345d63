// SPDX-License-Identifier: EUPL-1.2
//! Words before they are set in lines, and where a block of them stands.

use std::borrow::Cow;

use contract::cv::outline::Phrase;
use contract::cv::words::Language;

use crate::paper::text::{Piece, Style, tidy};

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

    /// Whether nothing tells where this word ends and the next begins: every stretch of text costs the file a place in the
    /// tag tree, and who makes it time.
    pub(super) fn goes_on(&self, next: &Self) -> bool {
        let linked = self.link.is_some() || next.link.is_some();
        !linked && self.style == next.style && self.language == next.language
    }

    /// About how wide it is on one line: its letters side by side, no pair of them moved together.
    pub(crate) fn width(&self) -> f32 {
        self.style.face.width(&self.text) * self.style.size
    }

    pub(crate) fn leading_to(mut self, target: Option<String>) -> Self {
        self.link = target;
        self
    }
}

/// Words that go on from one another, as one piece of text.
pub(super) fn piece(words: &[Word]) -> Piece<'_> {
    let text = match words {
        [word] => Cow::Borrowed(&*word.text),
        _ => words.iter().map(|word| &*word.text).collect(),
    };
    let style = words[0].style;
    Piece { text, style }
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
