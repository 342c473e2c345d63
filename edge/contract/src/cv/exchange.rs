// SPDX-License-Identifier: EUPL-1.2
//! What imports and exports have to say: why a file was not taken, and what of it has no place on the other side. Nothing
//! is dropped in silence.

use alloc::string::{String, ToString};
use serde::ser::{Serialize, SerializeStruct, Serializer};

use crate::problem::FieldProblem;

/// The largest file that is imported, in bytes.
pub const LARGEST: usize = 5 << 20;

/// A list of codes with their Italian sentences; other languages have them under `import/CODE` and `not_mapped/CODE`.
type Sentences = &'static [(&'static str, &'static str)];

/// Why a file was not imported. The CV in the editor stays as it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ImportError {
    /// Nothing in it.
    Empty,
    /// More bytes than [`LARGEST`], or more than that once it is unpacked.
    TooLarge,
    /// Neither JSON, XML nor PDF.
    UnknownFormat,
    /// Bytes that are no text in UTF-8 or UTF-16.
    Encoding,
    /// Not JSON; the line on which it stops being so.
    Json(usize),
    /// JSON, but not of a CV.
    NotAResume,
    /// Not XML; the place in bytes where it stops being so.
    Xml(usize),
    /// XML with a document type or entities of its own.
    XmlEntities,
    /// XML with more levels or elements than a CV can have.
    XmlTooDeep,
    /// XML, but not a Europass CV.
    NotEuropass,
    /// A PDF that cannot be read.
    BrokenPdf,
    /// A PDF with a password.
    LockedPdf,
    /// A PDF with no CV attached that a program can read.
    NoCvInPdf,
    /// More items or text than a CV may have, at the field that is over the limit.
    OverLimit(FieldProblem),
    /// So many things in it are wrong that it is no use to list them.
    TooManyFaults,
}

impl ImportError {
    /// The stable code.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Empty => "empty",
            Self::TooLarge => "too_large",
            Self::UnknownFormat => "unknown_format",
            Self::Encoding => "encoding",
            Self::Json(_) => "json",
            Self::NotAResume => "not_a_resume",
            Self::Xml(_) => "xml",
            Self::XmlEntities => "xml_entities",
            Self::XmlTooDeep => "xml_too_deep",
            Self::NotEuropass => "not_europass",
            Self::BrokenPdf => "broken_pdf",
            Self::LockedPdf => "locked_pdf",
            Self::NoCvInPdf => "no_cv_in_pdf",
            Self::OverLimit(_) => "over_limit",
            Self::TooManyFaults => "too_many_faults",
        }
    }

    /// What stands for `{valore}`: a line, a place or a field; never anything that the file says.
    #[must_use]
    pub fn value(&self) -> Option<String> {
        match self {
            Self::Json(at) | Self::Xml(at) => Some(at.to_string()),
            Self::OverLimit(refusal) => Some(refusal.field.clone()),
            _ => None,
        }
    }

    /// The Italian sentence.
    #[must_use]
    pub fn italian(&self) -> String {
        let sentence = sentence(IMPORT, self.code());
        sentence.replace("{valore}", &self.value().unwrap_or_default())
    }
}

impl core::fmt::Display for ImportError {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str(self.code())?;
        match self.value() {
            Some(value) => write!(f, " {value}"),
            None => Ok(()),
        }
    }
}

impl core::error::Error for ImportError {}

impl Serialize for ImportError {
    /// `{code, value, message}`, the message in Italian.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut error = serializer.serialize_struct("ImportError", 3)?;
        error.serialize_field("code", self.code())?;
        error.serialize_field("value", &self.value())?;
        error.serialize_field("message", &self.italian())?;
        error.end()
    }
}

/// The sentence of each [`ImportError`].
pub const IMPORT: Sentences = &[
    ("empty", "Il file è vuoto."),
    ("too_large", "Il file è troppo grande: al massimo 5 MB."),
    (
        "unknown_format",
        "Non riconosciamo questo file. Puoi usare un CV in JSON Resume, in XML Europass o in PDF con il CV allegato.",
    ),
    (
        "encoding",
        "Il testo del file è scritto in un modo che non leggiamo. Salvalo di nuovo come UTF-8.",
    ),
    ("json", "Il file JSON ha un errore alla riga {valore}."),
    (
        "not_a_resume",
        "Il file JSON non contiene un CV in formato JSON Resume.",
    ),
    (
        "xml",
        "Il file XML ha un errore vicino al carattere {valore}.",
    ),
    (
        "xml_entities",
        "Il file XML contiene definizioni che per sicurezza non leggiamo.",
    ),
    (
        "xml_too_deep",
        "Il file XML è troppo complicato per essere un CV.",
    ),
    ("not_europass", "Il file XML non è un CV Europass."),
    (
        "broken_pdf",
        "Il PDF è rovinato: prova a scaricarlo di nuovo.",
    ),
    (
        "locked_pdf",
        "Il PDF è protetto da una password: salvalo senza.",
    ),
    (
        "no_cv_in_pdf",
        "Dentro questo PDF non c'è un CV che possiamo leggere. Funziona con i PDF fatti qui e con quelli di Europass.",
    ),
    (
        "over_limit",
        "Nel file c'è più di quanto può stare in un CV: {valore}.",
    ),
    (
        "too_many_faults",
        "Nel file ci sono troppi errori per importarlo.",
    ),
];

/// Why something was not carried over as it was.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reason {
    /// The key is unknown here. It is kept in the file and not printed.
    Kept,
    /// There is no place for it on the other side.
    NoPlace,
    /// Characters that do not belong in a text were taken out.
    Characters,
    /// It has another shape than expected.
    Shape,
    /// It is no date.
    Date,
    /// It is not in the list of codes.
    Code,
    /// It is no picture that can be printed.
    Image,
    /// It is marked not to be printed.
    Hidden,
    /// It is text in the other language.
    OtherLanguage,
}

impl Reason {
    /// The stable code.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Kept => "kept",
            Self::NoPlace => "no_place",
            Self::Characters => "characters",
            Self::Shape => "shape",
            Self::Date => "date",
            Self::Code => "code",
            Self::Image => "image",
            Self::Hidden => "hidden",
            Self::OtherLanguage => "other_language",
        }
    }

    /// The Italian sentence.
    #[must_use]
    pub fn italian(self) -> &'static str {
        sentence(NOT_MAPPED, self.code())
    }
}

/// The sentence of each [`Reason`].
pub const NOT_MAPPED: Sentences = &[
    (
        "kept",
        "Non lo conosciamo: resta nel file, ma non viene stampato.",
    ),
    ("no_place", "Nel nuovo formato non ha un posto."),
    (
        "characters",
        "Abbiamo tolto caratteri che non si possono stampare.",
    ),
    ("shape", "È scritto in una forma che non leggiamo."),
    ("date", "Non è una data che possiamo leggere."),
    ("code", "Non è tra le voci possibili."),
    ("image", "Non è una foto che possiamo stampare."),
    ("hidden", "È segnato come da non stampare."),
    ("other_language", "È un testo nell'altra lingua."),
];

fn sentence(list: Sentences, code: &str) -> &'static str {
    list.iter()
        .find(|(known, _)| *known == code)
        .map_or("", |(_, sentence)| sentence)
}

/// A piece of a file that was not carried over as it was.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotMapped {
    /// Where it stands in the file: `work[0].remote`, `CandidateProfile/PatentHistory`.
    pub path: String,
    /// What it says, shortened.
    pub value: String,
    /// Why.
    pub reason: Reason,
}

impl NotMapped {
    /// The most characters of a value that are shown.
    pub const MOST: usize = 200;

    /// Notes something down.
    #[must_use]
    pub fn new(path: impl Into<String>, value: &str, reason: Reason) -> Self {
        let kept = value
            .chars()
            .filter(|letter| !letter.is_control() || *letter == '\n');
        let mut shown: String = kept.take(Self::MOST).collect();
        if value.chars().nth(Self::MOST).is_some() {
            shown.push('…');
        }
        Self {
            path: path.into(),
            value: shown,
            reason,
        }
    }
}

impl Serialize for NotMapped {
    /// `{path, value, reason, message}`, the message in Italian.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut piece = serializer.serialize_struct("NotMapped", 4)?;
        piece.serialize_field("path", &self.path)?;
        piece.serialize_field("value", &self.value)?;
        piece.serialize_field("reason", self.reason.code())?;
        piece.serialize_field("message", self.reason.italian())?;
        piece.end()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::problem::Problem;

    #[test]
    fn every_error_and_reason_has_its_sentence() {
        for error in [
            ImportError::Empty,
            ImportError::TooLarge,
            ImportError::UnknownFormat,
            ImportError::Encoding,
            ImportError::Json(3),
            ImportError::NotAResume,
            ImportError::Xml(7),
            ImportError::XmlEntities,
            ImportError::XmlTooDeep,
            ImportError::NotEuropass,
            ImportError::BrokenPdf,
            ImportError::LockedPdf,
            ImportError::NoCvInPdf,
            ImportError::OverLimit(FieldProblem::new("work", Problem::TooMany(50))),
            ImportError::TooManyFaults,
        ] {
            let sentence = error.italian();
            assert!(!sentence.is_empty() && !sentence.contains('{'), "{error}");
        }
        for reason in [
            Reason::Kept,
            Reason::NoPlace,
            Reason::Characters,
            Reason::Shape,
            Reason::Date,
            Reason::Code,
            Reason::Image,
            Reason::Hidden,
            Reason::OtherLanguage,
        ] {
            assert!(!reason.italian().is_empty(), "{reason:?}");
        }
    }

    #[test]
    fn long_values_are_shortened() {
        let piece = NotMapped::new("a", &"è\u{0}".repeat(300), Reason::Kept);
        assert_eq!(piece.value.chars().count(), 201);
        assert!(!piece.value.contains('\u{0}'));
    }
}
