// SPDX-License-Identifier: EUPL-1.2
//! What a machine reads: a finished PDF read back as the programs do that sort applications. They know no tags and no
//! layout, only text in the order in which it was drawn, headings that they have a word for, and patterns.

use contract::cv::sections::{PROFILE, PROFILE_TITLE, SECTIONS};
use contract::cv::words::Language;

use crate::pdf::{self, File, PdfError};

/// What was found in a PDF.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Reading {
    /// How many pages it has.
    pub pages: usize,
    /// Its language, as it says itself.
    pub language: Option<String>,
    /// Whether it has tags, which screen readers need.
    pub tagged: bool,
    /// The first line in the largest type: taken for the name.
    pub name: Option<String>,
    /// Everything that looks like an e-mail address.
    pub emails: Vec<String>,
    /// Everything that looks like a telephone number.
    pub phones: Vec<String>,
    /// The text before the first heading that is known, then one part for each of those.
    pub parts: Vec<ReadPart>,
    /// Names of the files inside.
    pub files: Vec<String>,
}

/// A stretch of text under a heading.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ReadPart {
    /// The section that the heading was taken for, as in `x_order`; none before the first.
    pub section: Option<&'static str>,
    /// The heading as it stands; empty before the first.
    pub heading: String,
    /// The lines below.
    pub lines: Vec<String>,
}

impl Reading {
    /// All the text, a line a line.
    #[must_use]
    pub fn text(&self) -> String {
        let mut text = String::new();
        for part in &self.parts {
            for line in [&part.heading].into_iter().chain(&part.lines) {
                if !line.is_empty() {
                    text.push_str(line);
                    text.push('\n');
                }
            }
        }
        text
    }
}

/// Reads a PDF back.
///
/// # Errors
/// See [`PdfError`]; a file without text is read, and has none.
pub fn extract(bytes: &[u8]) -> Result<Reading, PdfError> {
    let file = File::read(bytes)?;
    let lines = pdf::lines(&file)?;
    let mut reading = Reading {
        pages: file.pages().len(),
        files: file
            .attachments()?
            .into_iter()
            .map(|attachment| attachment.name)
            .collect(),
        ..Reading::default()
    };
    if let Some(catalog) = file.catalog() {
        reading.tagged = file.dict(catalog, b"StructTreeRoot").is_some();
        if let pdf::Object::Text(language) = file.get(catalog, b"Lang") {
            reading.language = Some(pdf::decoded(language));
        }
    }
    let largest = lines.iter().map(|line| line.size).fold(0.0, f32::max);
    let body = common_size(&lines);
    let mut part = ReadPart::default();
    for line in &lines {
        let text = line.text.replace('\u{a0}', " ");
        let text = text.trim();
        if reading.name.is_none() && line.size >= largest && largest > body {
            reading.name = Some(text.to_owned());
        }
        for word in text.split_whitespace() {
            reading.emails.extend(email(word));
        }
        reading.phones.extend(phone(text));
        match known(text) {
            Some(section) if text.chars().count() < 50 => {
                let next = ReadPart {
                    section: Some(section),
                    heading: text.to_owned(),
                    lines: Vec::new(),
                };
                reading.parts.push(std::mem::replace(&mut part, next));
            }
            _ => part.lines.push(text.to_owned()),
        }
    }
    reading.parts.push(part);
    Ok(reading)
}

/// The size in which most of the text is set.
fn common_size(lines: &[pdf::Line]) -> f32 {
    let mut sizes: Vec<(f32, usize)> = Vec::new();
    for line in lines {
        let letters = line.text.len();
        match sizes
            .iter_mut()
            .find(|(size, _)| (*size - line.size).abs() < 0.1)
        {
            Some((_, sum)) => *sum += letters,
            None => sizes.push((line.size, letters)),
        }
    }
    let most = sizes.into_iter().max_by_key(|(_, letters)| *letters);
    most.map_or(0.0, |(size, _)| size)
}

/// Other words by which CVs call their sections.
const SYNONYMS: [(&str, &str); 21] = [
    ("work", "esperienza lavorativa"),
    ("work", "esperienze lavorative"),
    ("work", "esperienza professionale"),
    ("work", "esperienze professionali"),
    ("work", "employment history"),
    ("work", "professional experience"),
    ("education", "istruzione e formazione"),
    ("education", "education and training"),
    ("education", "studi"),
    ("languages", "competenze linguistiche"),
    ("languages", "language skills"),
    ("x_digital", "informatica"),
    ("x_digital", "competenze informatiche"),
    ("skills", "competenze"),
    ("skills", "skills"),
    ("x_licences", "patente di guida"),
    ("x_licences", "driving licence"),
    ("certificates", "certificazioni"),
    ("certificates", "certifications"),
    ("interests", "hobby e interessi"),
    ("summary", "chi sono"),
];

fn known(line: &str) -> Option<&'static str> {
    let line = line.trim_end_matches(':').to_lowercase();
    let titles = SECTIONS
        .iter()
        .map(|section| (section.key, section.title))
        .chain([(PROFILE, PROFILE_TITLE)]);
    for (key, title) in titles {
        let is = |language| title.get(language).to_lowercase() == line;
        if Language::ALL.into_iter().any(is) {
            return Some(key);
        }
    }
    let found = SYNONYMS.iter().find(|(_, word)| *word == line);
    found.map(|(key, _)| *key)
}

fn email(word: &str) -> Option<String> {
    let word = word.trim_matches(|letter: char| !letter.is_alphanumeric());
    let read = contract::values::contact::Email::parse(word).ok()?;
    Some(read.as_str().to_owned())
}

/// Eight to fifteen digits with nothing but spaces and signs between, at most one space at a time.
fn phone(line: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut run = String::new();
    for letter in line.chars().chain(['\n']) {
        let inside = letter.is_ascii_digit()
            || (letter == '+' && run.is_empty())
            || (matches!(letter, ' ' | '.' | '-' | '/')
                && !run.is_empty()
                && run.ends_with(|c: char| c.is_ascii_digit()));
        if inside {
            run.push(letter);
            continue;
        }
        let digits = run.chars().filter(char::is_ascii_digit).count();
        let dates = run.contains('/') || run.contains('-');
        if (8..=15).contains(&digits) && !dates {
            found.push(run.trim().to_owned());
        }
        run.clear();
    }
    found
}
