// SPDX-License-Identifier: EUPL-1.2
//! What a field of a CV or of a letter is: the vocabulary in which their shape is written down once, for the editor,
//! the checks, the renderer and every import and export.

use super::words::{Code, Words};

/// What may stand in a field, with its limits.
#[derive(Debug, Clone, Copy)]
pub enum Kind {
    /// One line of at most so many characters.
    Text(u16),
    /// Several lines, of at most so many characters in all.
    Long(u16),
    /// A list of texts: at most so many, each with at most so many characters.
    List(u16, u16),
    /// `YYYY`, `YYYY-MM` or `YYYY-MM-DD`, as in JSON Resume.
    Month,
    /// `YYYY-MM-DD`, with or without a time behind it.
    Day,
    /// One code of a list.
    Code(&'static [Code]),
    /// `true` or `false`.
    Flag,
    /// An e-mail address.
    Email,
    /// A web address; `https://` may be left out.
    Url,
    /// A picture as a `data:` URL, JPEG or PNG.
    Photo,
    /// An object with fields of its own.
    Record(&'static [Field]),
    /// A list of at most so many such objects.
    Records(&'static [Field], u16),
}

/// One field.
#[derive(Debug, Clone, Copy)]
pub struct Field {
    /// Its key in the JSON.
    pub key: &'static str,
    /// What may stand in it.
    pub kind: Kind,
    /// Its name for people.
    pub label: Words,
    /// Whether its text can also be given in the other language, beside the first.
    pub translated: bool,
}

/// A field with the same content in every language.
pub(super) const fn plain(
    key: &'static str,
    kind: Kind,
    it: &'static str,
    en: &'static str,
) -> Field {
    Field {
        key,
        kind,
        label: Words { it, en },
        translated: false,
    }
}

/// A field whose text has a twin in the other language.
pub(super) const fn said(
    key: &'static str,
    kind: Kind,
    it: &'static str,
    en: &'static str,
) -> Field {
    Field {
        translated: true,
        ..plain(key, kind, it, en)
    }
}

/// The field of this key.
#[must_use]
pub fn find(fields: &'static [Field], key: &str) -> Option<&'static Field> {
    fields.iter().find(|field| field.key == key)
}
