// SPDX-License-Identifier: EUPL-1.2
//! The two languages of a CV and the words that we, not the person, put on it.

use alloc::{format, string::String};

/// A language in which a CV or a letter can be printed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Language {
    /// Italian.
    #[default]
    Italian,
    /// English.
    English,
}

impl Language {
    /// Both, Italian first.
    pub const ALL: [Self; 2] = [Self::Italian, Self::English];

    /// As in BCP 47 and in the JSON: `it`, `en`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Italian => "it",
            Self::English => "en",
        }
    }

    /// Reads a code; `None` for any other.
    #[must_use]
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|language| language.as_str() == code)
    }

    /// The other one.
    #[must_use]
    pub const fn other(self) -> Self {
        match self {
            Self::Italian => Self::English,
            Self::English => Self::Italian,
        }
    }

    /// The key under which an item keeps its texts in this language, when it is not the first: `x_it`, `x_en`.
    #[must_use]
    pub const fn texts_key(self) -> &'static str {
        match self {
            Self::Italian => "x_it",
            Self::English => "x_en",
        }
    }
}

/// One of our own words in both languages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Words {
    /// Italian.
    pub it: &'static str,
    /// English.
    pub en: &'static str,
}

impl Words {
    /// The word in a language.
    #[must_use]
    pub const fn get(self, language: Language) -> &'static str {
        match language {
            Language::Italian => self.it,
            Language::English => self.en,
        }
    }
}

/// `words("Lingue", "Languages")`.
#[must_use]
pub const fn words(it: &'static str, en: &'static str) -> Words {
    Words { it, en }
}

/// An entry of a list of codes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Code {
    /// As it stands in the JSON.
    pub code: &'static str,
    /// As people read it.
    pub words: Words,
}

const fn code(code: &'static str, it: &'static str, en: &'static str) -> Code {
    Code {
        code,
        words: words(it, en),
    }
}

/// Finds the words of a code; `None` when the list has no such code.
#[must_use]
pub fn label(list: &[Code], code: &str, language: Language) -> Option<&'static str> {
    list.iter()
        .find(|entry| entry.code == code)
        .map(|entry| entry.words.get(language))
}

/// The languages in which a document can be printed.
pub const LANGUAGES: &[Code] = &[
    code("it", "Italiano", "Italian"),
    code("en", "Inglese", "English"),
];

/// Levels of the Common European Framework of Reference for Languages (QCER).
pub const CEFR: &[Code] = &[
    code("A1", "A1 · base", "A1 · basic"),
    code("A2", "A2 · base", "A2 · basic"),
    code("B1", "B1 · autonomo", "B1 · independent"),
    code("B2", "B2 · autonomo", "B2 · independent"),
    code("C1", "C1 · avanzato", "C1 · proficient"),
    code("C2", "C2 · avanzato", "C2 · proficient"),
];

/// The five skills of a language: key in the JSON and name, in the order of the Europass language passport.
pub const LANGUAGE_SKILLS: [(&str, Words); 5] = [
    ("x_listening", words("Ascolto", "Listening")),
    ("x_reading", words("Lettura", "Reading")),
    (
        "x_interaction",
        words("Interazione orale", "Spoken interaction"),
    ),
    (
        "x_production",
        words("Produzione orale", "Spoken production"),
    ),
    ("x_writing", words("Scrittura", "Writing")),
];

/// Levels of digital skills, the four bands of DigComp 2.2.
pub const DIGITAL_LEVELS: &[Code] = &[
    code("base", "Base", "Foundation"),
    code("intermediate", "Intermedio", "Intermediate"),
    code("advanced", "Avanzato", "Advanced"),
    code("specialised", "Specializzato", "Highly specialised"),
];

/// Levels of the European Qualifications Framework, with the Italian titles that stand for them (D.M. 8 January 2018).
pub const EQF: &[Code] = &[
    code("1", "EQF 1 (licenza media)", "EQF 1 (lower secondary)"),
    code(
        "2",
        "EQF 2 (obbligo di istruzione)",
        "EQF 2 (compulsory education)",
    ),
    code(
        "3",
        "EQF 3 (qualifica professionale)",
        "EQF 3 (vocational qualification)",
    ),
    code("4", "EQF 4 (diploma)", "EQF 4 (upper secondary diploma)"),
    code(
        "5",
        "EQF 5 (diploma ITS o IFTS)",
        "EQF 5 (higher technical diploma)",
    ),
    code("6", "EQF 6 (laurea)", "EQF 6 (bachelor's degree)"),
    code("7", "EQF 7 (laurea magistrale)", "EQF 7 (master's degree)"),
    code("8", "EQF 8 (dottorato)", "EQF 8 (doctorate)"),
];

/// Kinds of contract that a person looks for.
pub const CONTRACTS: &[Code] = &[
    code("any", "Qualsiasi contratto", "Any contract"),
    code("permanent", "Tempo indeterminato", "Permanent"),
    code("fixed_term", "Tempo determinato", "Fixed term"),
    code("apprenticeship", "Apprendistato", "Apprenticeship"),
    code("agency", "Somministrazione", "Agency work"),
    code("seasonal", "Lavoro stagionale", "Seasonal work"),
    code("on_call", "Lavoro intermittente", "On-call work"),
    code("internship", "Tirocinio", "Internship"),
    code("freelance", "Lavoro autonomo", "Self-employment"),
];

/// Working time that a person looks for.
pub const HOURS: &[Code] = &[
    code("any", "Qualsiasi orario", "Any working hours"),
    code("full_time", "Tempo pieno", "Full time"),
    code("part_time", "Tempo parziale", "Part time"),
    code("shifts", "Turni", "Shifts"),
];

/// Categories of driving licences (art. 116 D.Lgs. 285/1992) and the driver's qualification card (CQC).
pub const LICENCES: &[Code] = &[
    code("AM", "AM", "AM"),
    code("A1", "A1", "A1"),
    code("A2", "A2", "A2"),
    code("A", "A", "A"),
    code("B1", "B1", "B1"),
    code("B", "B", "B"),
    code("BE", "BE", "BE"),
    code("C1", "C1", "C1"),
    code("C1E", "C1E", "C1E"),
    code("C", "C", "C"),
    code("CE", "CE", "CE"),
    code("D1", "D1", "D1"),
    code("D1E", "D1E", "D1E"),
    code("D", "D", "D"),
    code("DE", "DE", "DE"),
    code("KA", "KA", "KA"),
    code("KB", "KB", "KB"),
    code("CQC_P", "CQC persone", "CPC passengers"),
    code("CQC_M", "CQC merci", "CPC goods"),
];

const MONTHS: [Words; 12] = [
    words("gennaio", "January"),
    words("febbraio", "February"),
    words("marzo", "March"),
    words("aprile", "April"),
    words("maggio", "May"),
    words("giugno", "June"),
    words("luglio", "July"),
    words("agosto", "August"),
    words("settembre", "September"),
    words("ottobre", "October"),
    words("novembre", "November"),
    words("dicembre", "December"),
];

/// The name of a month, 1 to 12; empty for any other number.
#[must_use]
pub fn month(number: u8, language: Language) -> &'static str {
    usize::from(number)
        .checked_sub(1)
        .and_then(|index| MONTHS.get(index))
        .map_or("", |words| words.get(language))
}

/// A day as people write it: `1° dicembre 2026`, `1 December 2026`. Its spaces do not break.
#[must_use]
pub fn day(day: jiff::civil::Date, language: Language) -> String {
    let month = month(day.month().unsigned_abs(), language);
    let ordinal = if day.day() == 1 && language == Language::Italian {
        "°"
    } else {
        ""
    };
    format!("{}{ordinal}\u{a0}{month}\u{a0}{}", day.day(), day.year())
}

/// What stands for the end of a period that has none yet.
pub const ONGOING: Words = words("in corso", "present");

/// The sentence by which a person agrees to the use of the data. It is customary; the law does not ask for it when a CV
/// is sent of one's own accord (art. 111-bis D.Lgs. 196/2003).
pub const CONSENT: Words = words(
    "Autorizzo il trattamento dei miei dati personali per finalità di ricerca e selezione del personale, secondo il Regolamento (UE) 2016/679 (GDPR) e il D.Lgs. 196/2003.",
    "I authorise the processing of my personal data for recruitment purposes, under Regulation (EU) 2016/679 (GDPR) and Italian Legislative Decree 196/2003.",
);
