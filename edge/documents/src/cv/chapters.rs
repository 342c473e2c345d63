// SPDX-License-Identifier: EUPL-1.2
//! The sections of a CV on paper.

use std::num::NonZeroU16;

use contract::cv::outline::{Block, Body, Chapter, Entry, Pair, Phrase, Tongue};
use contract::cv::words::{LANGUAGE_SKILLS, words};
use krilla::tagging::{ListNumbering, Tag};

use super::flow::{Flow, Place, Word};
use super::scheme::Dates;
use crate::paper::sheet::Node;

/// Draws a section with its heading.
pub(super) fn chapter(flow: &mut Flow, chapter: &Chapter) {
    flow.section(&chapter.heading);
    match &chapter.body {
        Body::Text(blocks) => flow.text(blocks),
        Body::Entries(entries) => {
            for (index, entry) in entries.iter().enumerate() {
                self::entry(flow, entry, index == 0);
            }
        }
        Body::Pairs(pairs) => list(flow, pairs, pair),
        Body::Languages { mother, others } => {
            if !mother.is_empty() {
                mother_tongues(flow, mother);
            }
            list(flow, others, tongue);
        }
    }
}

/// Heading, period, place, details, text: always in this order but for a period that stands first.
fn entry(flow: &mut Flow, entry: &Entry, first: bool) {
    let scheme = flow.scheme;
    let mut head = Place {
        before: if first { scheme.gaps.2 } else { scheme.gaps.1 },
        keep: true,
        ..flow.place()
    };
    let heading = Word::of(&entry.heading, scheme.entry);
    match scheme.dates {
        Dates::Before => {
            if let Some(period) = &entry.short_period {
                let period = Word::ours(period, scheme.muted, flow.language);
                flow.block(Tag::P.into(), &[period], head);
                head.before = 0.0;
            }
            flow.heading(3, &[heading], head);
        }
        Dates::After => dated(flow, heading, entry.period.as_deref(), head),
    }
    let close = Place {
        before: 0.0,
        ..head
    };
    let mut at: Vec<Word> = Vec::new();
    for phrase in &entry.at {
        if !at.is_empty() {
            at.push(Word::ours(" · ", scheme.at, flow.language));
        }
        at.push(Word::of(phrase, scheme.at));
    }
    flow.block(Tag::P.into(), &at, close);
    let mut details: Vec<Word> = Vec::new();
    for (name, phrase) in &entry.details {
        if !details.is_empty() {
            details.push(Word::ours(" · ", scheme.body, flow.language));
        }
        let name = format!("{}: ", name.get(flow.language));
        details.push(Word::ours(name, scheme.body, flow.language));
        details.push(Word::of(phrase, scheme.body));
    }
    flow.block(Tag::P.into(), &details, close);
    flow.text(&entry.text);
    if let Some((shown, target)) = &entry.link {
        let word = Word::of(shown, scheme.at).leading_to(Some(target.clone()));
        flow.block(
            Tag::P.into(),
            &[word],
            Place {
                before: scheme.gaps.2 * 0.7,
                ..close
            },
        );
    }
    if let Some(last) = flow.sheet.strips.last_mut() {
        last.keep = false;
    }
}

/// A heading with its period behind it on the same line. At the right end of the line it would look
/// tidier and be read wrong: programs take what stands far to the right for a second column.
fn dated(flow: &mut Flow, heading: Word, period: Option<&str>, place: Place) {
    let Some(period) = period else {
        flow.heading(3, &[heading], place);
        return;
    };
    let (style, language) = (flow.scheme.muted, flow.language);
    let title = heading.text().to_owned();
    let words = [
        heading,
        Word::ours("  ·  ", style, language),
        Word::ours(period.replace(' ', "\u{a0}"), style, language),
    ];
    let mut lines = flow.lines(&words, place);
    // Two nodes, because the two look different.
    let period = lines.nodes.split_off(1);
    let level = NonZeroU16::MIN.saturating_add(2);
    flow.put(Tag::Hn(level, Some(title)).into(), lines);
    flow.sheet.nodes.push(Node::Group(Tag::P.into(), period));
}

/// Short items as a list without marks.
fn list<T>(flow: &mut Flow, items: &[T], item: fn(&mut Flow, &T, Place) -> Vec<Node>) {
    let mut nodes = Vec::with_capacity(items.len());
    for each in items {
        let place = Place {
            before: flow.scheme.gaps.2,
            ..flow.place()
        };
        let body = item(flow, each, place);
        let body = Node::Group(Tag::LBody.into(), body);
        nodes.push(Node::Group(Tag::LI.into(), vec![body]));
    }
    if !nodes.is_empty() {
        let list = Tag::L(ListNumbering::None).into();
        flow.sheet.nodes.push(Node::Group(list, nodes));
    }
}

/// `Cassa (buono): contanti, carte`.
fn pair(flow: &mut Flow, pair: &Pair, place: Place) -> Vec<Node> {
    let scheme = flow.scheme;
    let language = flow.language;
    let mut words = vec![Word::of(&pair.name, scheme.strong)];
    if let Some(level) = &pair.level {
        words.push(Word::ours(" (", scheme.body, language));
        words.push(Word::of(level, scheme.body));
        words.push(Word::ours(")", scheme.body, language));
    }
    for (index, value) in pair.values.iter().enumerate() {
        let before = if index == 0 { ": " } else { ", " };
        words.push(Word::ours(before, scheme.body, language));
        words.push(Word::of(value, scheme.body));
    }
    let mut nodes = paragraph(flow, &words, place);
    for block in &pair.text {
        let (Block::Paragraph(phrase) | Block::Point(phrase)) = block;
        let words = [Word::of(phrase, scheme.body)];
        let close = Place {
            before: 0.0,
            ..place
        };
        nodes.extend(paragraph(flow, &words, close));
    }
    nodes
}

/// `Inglese: Ascolto B2 · Lettura C1 · …`.
fn tongue(flow: &mut Flow, tongue: &Tongue, place: Place) -> Vec<Node> {
    let scheme = flow.scheme;
    let language = flow.language;
    let ours = |text: &str, style| Word::ours(text, style, language);
    let mut words = vec![Word::of(&tongue.name, scheme.strong)];
    let mut parts: Vec<Vec<Word>> = Vec::new();
    for ((_, skill), level) in LANGUAGE_SKILLS.iter().zip(tongue.levels) {
        if let Some(level) = level {
            let name = format!("{}\u{a0}", skill.get(language).replace(' ', "\u{a0}"));
            parts.push(vec![ours(&name, scheme.body), ours(level, scheme.strong)]);
        }
    }
    for phrase in [&tongue.fluency, &tongue.certificate].into_iter().flatten() {
        parts.push(vec![Word::of(phrase, scheme.body)]);
    }
    for (index, part) in parts.into_iter().enumerate() {
        words.push(ours(if index == 0 { ": " } else { " · " }, scheme.body));
        words.extend(part);
    }
    paragraph(flow, &words, place)
}

fn mother_tongues(flow: &mut Flow, mother: &[Phrase]) {
    let scheme = flow.scheme;
    let language = flow.language;
    let name = match mother.len() {
        1 => words("Lingua madre: ", "Mother tongue: "),
        _ => words("Lingue madri: ", "Mother tongues: "),
    };
    let mut words = vec![Word::ours(name.get(language), scheme.strong, language)];
    for (index, phrase) in mother.iter().enumerate() {
        if index > 0 {
            words.push(Word::ours(", ", scheme.body, language));
        }
        words.push(Word::of(phrase, scheme.body));
    }
    let place = Place {
        before: scheme.gaps.2,
        ..flow.place()
    };
    flow.block(Tag::P.into(), &words, place);
}

/// Lines inside an item of a list.
fn paragraph(flow: &mut Flow, words: &[Word], place: Place) -> Vec<Node> {
    let lines = flow.lines(words, place);
    flow.sheet.strips.extend(lines.strips);
    lines.nodes
}
