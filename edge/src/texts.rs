// SPDX-License-Identifier: EUPL-1.2
//! The language that a client asked for. Italian stands in the code; English in `public/texts/en.json`.

use std::collections::HashMap;
use std::sync::OnceLock;

/// A language of the answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Language {
    /// The source.
    Italian,
    /// From the texts.
    English,
}

impl Language {
    /// Reads `Accept-Language`: whichever of the two comes first.
    pub(crate) fn asked(header: Option<&str>) -> Self {
        let first = header
            .unwrap_or_default()
            .split(',')
            .map(str::trim)
            .find(|tag| tag.starts_with("it") || tag.starts_with("en"));
        if first.is_some_and(|tag| tag.starts_with("en")) {
            Self::English
        } else {
            Self::Italian
        }
    }

    /// The text under this key; the Italian one where there is no other.
    pub(crate) fn text(self, key: &str, italian: &'static str) -> &'static str {
        match self {
            Self::Italian => italian,
            Self::English => english().get(key).map_or(italian, String::as_str),
        }
    }
}

fn english() -> &'static HashMap<String, String> {
    static TEXTS: OnceLock<HashMap<String, String>> = OnceLock::new();
    TEXTS.get_or_init(|| {
        serde_json::from_str(include_str!("../../public/texts/en.json")).unwrap_or_default()
    })
}
