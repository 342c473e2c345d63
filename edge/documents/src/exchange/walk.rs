// SPDX-License-Identifier: EUPL-1.2
//! A CV or a letter told from top to bottom, once for every format that is read as text.

use contract::cv::lettera::Lettera;
use contract::cv::outline::{Block, Body, Entry, Outline, Pair, Phrase, Tongue};
use contract::cv::words::{LANGUAGE_SKILLS, Language, Words, day, words};

/// A stretch of text in one language.
#[derive(Debug, Clone, Copy)]
pub(super) struct Run<'a> {
    pub(super) text: &'a str,
    pub(super) language: Language,
    /// Where it leads.
    pub(super) link: Option<&'a str>,
}

impl<'a> Run<'a> {
    fn of(phrase: &'a Phrase) -> Self {
        Self::new(&phrase.text, phrase.language)
    }

    const fn new(text: &'a str, language: Language) -> Self {
        Self {
            text,
            language,
            link: None,
        }
    }
}

/// What a line is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Style {
    /// The name of the person.
    Title,
    /// What stands below it.
    Subtitle,
    /// The heading of a section.
    Heading,
    /// The heading of one of its entries.
    Entry,
    /// Text.
    Text,
    /// A line that belongs to the one before.
    Close,
    /// A point of a list.
    Point,
    /// Small print.
    Small,
}

/// Something that lines can be written to.
pub(super) trait Sink {
    /// Writes one line.
    fn line(&mut self, style: Style, runs: &[Run<'_>]);
}

const MOTHER: Words = words("Lingua madre", "Mother tongue");
const SUBJECT: Words = words("Oggetto", "Subject");
const ATTACHED: Words = words("Allegati", "Attachments");
const REFERENCE: Words = words(" – rif. ", " – ref. ");
const ATTENTION: Words = words("Alla cortese attenzione di ", "For the attention of ");

/// Tells a CV.
pub(super) fn cv(outline: &Outline, sink: &mut dyn Sink) {
    sink.line(Style::Title, &[Run::of(&outline.name)]);
    if let Some(label) = &outline.label {
        sink.line(Style::Subtitle, &[Run::of(label)]);
    }
    for contact in &outline.contacts {
        let label = format!("{}: ", contact.label.get(outline.language));
        let text = Run {
            link: contact.link.as_deref(),
            ..Run::of(&contact.text)
        };
        sink.line(Style::Close, &[Run::new(&label, outline.language), text]);
    }
    for chapter in &outline.chapters {
        sink.line(Style::Heading, &[Run::of(&chapter.heading)]);
        match &chapter.body {
            Body::Text(blocks) => text(blocks, sink),
            Body::Entries(entries) => {
                entries
                    .iter()
                    .for_each(|one| entry(one, outline.language, sink));
            }
            Body::Pairs(pairs) => pairs
                .iter()
                .for_each(|one| pair(one, outline.language, sink)),
            Body::Languages { mother, others } => {
                if !mother.is_empty() {
                    let label = format!("{}: ", MOTHER.get(outline.language));
                    let mut runs = vec![Run::new(&label, outline.language)];
                    commas(&mut runs, mother.iter(), outline.language);
                    sink.line(Style::Text, &runs);
                }
                others
                    .iter()
                    .for_each(|one| tongue(one, outline.language, sink));
            }
        }
    }
    if let Some(consent) = &outline.consent {
        sink.line(Style::Small, &[Run::of(consent)]);
    }
}

fn text(blocks: &[Block], sink: &mut dyn Sink) {
    for block in blocks {
        match block {
            Block::Paragraph(phrase) => sink.line(Style::Text, &[Run::of(phrase)]),
            Block::Point(phrase) => sink.line(Style::Point, &[Run::of(phrase)]),
        }
    }
}

fn commas<'a>(
    runs: &mut Vec<Run<'a>>,
    phrases: impl Iterator<Item = &'a Phrase>,
    language: Language,
) {
    for (n, phrase) in phrases.enumerate() {
        if n > 0 {
            runs.push(Run::new(", ", language));
        }
        runs.push(Run::of(phrase));
    }
}

fn entry(entry: &Entry, language: Language, sink: &mut dyn Sink) {
    sink.line(Style::Entry, &[Run::of(&entry.heading)]);
    if !entry.at.is_empty() {
        let mut runs = Vec::new();
        commas(&mut runs, entry.at.iter(), language);
        sink.line(Style::Close, &runs);
    }
    if let Some(period) = &entry.period {
        sink.line(Style::Close, &[Run::new(period, language)]);
    }
    for (label, phrase) in &entry.details {
        let label = format!("{}: ", label.get(language));
        sink.line(Style::Close, &[Run::new(&label, language), Run::of(phrase)]);
    }
    text(&entry.text, sink);
    if let Some((phrase, target)) = &entry.link {
        let run = Run {
            link: Some(target),
            ..Run::of(phrase)
        };
        sink.line(Style::Close, &[run]);
    }
}

fn pair(pair: &Pair, language: Language, sink: &mut dyn Sink) {
    let ours = |text| Run::new(text, language);
    let mut runs = vec![Run::of(&pair.name)];
    if let Some(level) = &pair.level {
        runs.extend([ours(" ("), Run::of(level), ours(")")]);
    }
    if !pair.values.is_empty() {
        runs.push(ours(": "));
        commas(&mut runs, pair.values.iter(), language);
    }
    sink.line(Style::Point, &runs);
    text(&pair.text, sink);
}

fn tongue(tongue: &Tongue, language: Language, sink: &mut dyn Sink) {
    let levels = tongue.levels.iter().zip(LANGUAGE_SKILLS);
    let levels: Vec<String> = levels
        .filter_map(|(level, (_, name))| {
            Some(format!(
                "{} {}",
                name.get(language).to_lowercase(),
                (*level)?
            ))
        })
        .collect();
    let levels = levels.join(", ");
    let mut runs = vec![Run::of(&tongue.name)];
    let mut between = ": ";
    if !levels.is_empty() {
        runs.extend([Run::new(between, language), Run::new(&levels, language)]);
        between = "; ";
    }
    for more in [&tongue.fluency, &tongue.certificate].into_iter().flatten() {
        runs.extend([Run::new(between, language), Run::of(more)]);
        between = "; ";
    }
    sink.line(Style::Point, &runs);
}

/// Tells a letter.
pub(super) fn lettera(letter: &Lettera, sink: &mut dyn Sink) {
    let language = letter.language();
    let root = letter.root();
    let sender = root.record("sender");
    let mut line = |style, text: &str| sink.line(style, &[Run::new(text, language)]);
    if let Some(name) = sender.text("name") {
        line(Style::Title, name);
    }
    if let Some(label) = sender.said("label", language) {
        line(Style::Subtitle, label.text);
    }
    for key in ["address", "phone", "email", "url"] {
        if let Some(text) = sender.text(key) {
            line(Style::Close, text);
        }
    }
    let recipient = root.record("recipient");
    let person = recipient.said("person", language);
    let person = person.map(|said| [ATTENTION.get(language), said.text].concat());
    let lines = [
        recipient.text("organization"),
        person.as_deref(),
        recipient.text("address"),
        recipient.text("city"),
        recipient.text("email"),
    ];
    for (n, text) in lines.into_iter().flatten().enumerate() {
        line(if n == 0 { Style::Text } else { Style::Close }, text);
    }
    let date = letter.date().map(|date| day(date, language));
    let when: Vec<&str> = root
        .text("place")
        .into_iter()
        .chain(date.as_deref())
        .collect();
    if !when.is_empty() {
        line(Style::Text, &when.join(", "));
    }
    if let Some(subject) = root.said("subject", language) {
        let reference = root.text("reference");
        let reference = reference.map(|reference| [REFERENCE.get(language), reference].concat());
        let reference = reference.unwrap_or_default();
        let subject = subject.text;
        line(
            Style::Entry,
            &format!("{}: {subject}{reference}", SUBJECT.get(language)),
        );
    }
    if let Some(said) = root.said("salutation", language) {
        line(Style::Text, said.text);
    }
    for said in root.said_each("paragraphs", language) {
        for text in said.text.lines().filter(|text| !text.trim().is_empty()) {
            line(Style::Text, text.trim());
        }
    }
    if let Some(said) = root.said("closing", language) {
        line(Style::Text, said.text);
    }
    if let Some(name) = root.text("signature").or(sender.text("name")) {
        line(Style::Text, name);
    }
    let attached = root.said_list("attachments", language);
    if !attached.is_empty() {
        line(Style::Text, &format!("{}:", ATTACHED.get(language)));
        for said in attached {
            line(Style::Point, said.text);
        }
    }
    if let Some(said) = root.said("consent", language) {
        line(Style::Small, said.text);
    }
}
