// SPDX-License-Identifier: EUPL-1.2
//! Why a document could not be made, in words a maintainer can act on.

use std::fmt;

use krilla::configure::ValidationError;
use krilla::error::KrillaError;

/// Why no PDF was made. None of these carries the text of the document, only single characters,
/// so all of them may be written to a log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DocumentError {
    /// The embedded typeface has no drawing for these characters, sorted and without repetition.
    /// It covers the Latin alphabets of the European Union; Greek, Cyrillic, Arabic and the rest
    /// must be romanised before they come here.
    Glyphs {
        /// The characters that cannot be drawn.
        characters: Vec<char>,
    },
    /// The document would break PDF/A-2a or PDF/UA-1. One sentence for each problem.
    Conformance {
        /// What is wrong, all of it, in the order in which it was met.
        problems: Vec<String>,
    },
    /// A picture in it is damaged.
    Picture,
    /// The embedded typeface or the PDF writer failed: a defect of this crate, not of the input.
    Writer {
        /// What the writer said.
        reason: String,
    },
}

impl fmt::Display for DocumentError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Glyphs { characters } => {
                f.write_str("the typeface has no drawing for")?;
                for character in characters {
                    write!(f, " {character} (U+{:04X})", u32::from(*character))?;
                }
                Ok(())
            }
            Self::Conformance { problems } => {
                write!(f, "the document is not accessible and archivable: ")?;
                f.write_str(&problems.join("; "))
            }
            Self::Picture => f.write_str("a picture is damaged"),
            Self::Writer { reason } => write!(f, "the PDF writer failed: {reason}"),
        }
    }
}

impl std::error::Error for DocumentError {}

impl DocumentError {
    /// A defect of this crate.
    pub(crate) fn writer(reason: &str) -> Self {
        Self::Writer {
            reason: reason.into(),
        }
    }

    /// Puts what krilla found at `finish()` into sentences.
    pub(crate) fn from_krilla(error: KrillaError) -> Self {
        match error {
            KrillaError::Validation(found) => Self::Conformance {
                problems: found
                    .iter()
                    .map(|(problem, standards)| {
                        let names: Vec<_> = standards
                            .into_iter()
                            .map(|standard| standard.as_str())
                            .collect();
                        format!("{} ({})", sentence(problem), names.join(", "))
                    })
                    .collect(),
            },
            KrillaError::Image(..) | KrillaError::SixteenBitImage(..) => Self::Picture,
            other => Self::Writer {
                reason: other.to_string(),
            },
        }
    }
}

/// The problems a caller of this crate can cause have their own sentence; the others are defects
/// of the renderer, and the name of the rule is what its maintainer needs.
fn sentence(problem: &ValidationError) -> String {
    match problem {
        ValidationError::NoDocumentTitle => "the document has no title".into(),
        ValidationError::NoDocumentLanguage => "the document has no language".into(),
        ValidationError::MissingDocumentOutline => "the document has no bookmarks".into(),
        ValidationError::MissingHeadingTitle => "a heading has no text".into(),
        ValidationError::MissingTagging => "the document has no tags".into(),
        ValidationError::TooLongString => "a text is longer than 32767 bytes".into(),
        ValidationError::ContainsNotDefGlyph(..) => "a character has no drawing".into(),
        ValidationError::UnicodePrivateArea(_, _, character, _)
        | ValidationError::InvalidCodepointMapping(_, _, character, _) => {
            format!("U+{:04X} may not be used", u32::from(*character))
        }
        other => {
            let name = format!("{other:?}");
            let end = name
                .find(|c: char| !c.is_alphanumeric())
                .unwrap_or(name.len());
            format!("rule {} of the PDF writer is broken", &name[..end])
        }
    }
}
