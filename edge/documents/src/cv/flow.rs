// SPDX-License-Identifier: EUPL-1.2
//! The blocks of which a CV or a letter is made, from top to bottom: lines of words with their
//! tags, languages and links, kept together where a page break would tear them.

use std::num::NonZeroU16;

use contract::cv::outline::{Block, Phrase};
use contract::cv::style::Style as Choice;
use contract::cv::words::{Language, words};
use contract::problem::{FieldProblem, Problem};
use krilla::tagging::{ListNumbering, Tag, TagKind};

mod word;

pub(crate) use word::{Place, Word};

use super::scheme::{Mark, Scheme};
use crate::paper::draw::{self, Frame, Furniture};
use crate::paper::pages::{Area, deal};
use crate::paper::sheet::{Fill, Link, Node, PAGE, Run, Sheet, Slot, Strip};
use crate::paper::text::{Piece, Style};

/// A document that is being laid out.
pub(crate) struct Flow {
    pub(crate) sheet: Sheet,
    pub(crate) scheme: Scheme,
    pub(crate) language: Language,
    pub(crate) problems: Vec<FieldProblem>,
    /// What stands at the foot of the pages when there are several.
    pub(crate) foot: String,
}

/// Pages with their tags, not yet written.
pub(crate) struct Finished {
    pub(crate) pages: Vec<draw::Sheet>,
    pub(crate) nodes: Vec<Node>,
    pub(crate) slots: usize,
    pub(crate) language: Language,
    pub(crate) problems: Vec<FieldProblem>,
}

/// Lines that are set but do not stand anywhere yet.
pub(crate) struct Lines {
    pub(crate) strips: Vec<Strip>,
    pub(crate) nodes: Vec<Node>,
}

impl Flow {
    pub(crate) fn new(choice: Choice, language: Language) -> Self {
        Self {
            sheet: Sheet::default(),
            scheme: Scheme::of(choice),
            language,
            problems: Vec::new(),
            foot: String::new(),
        }
    }

    /// The whole width, close to what stands before.
    pub(crate) fn place(&self) -> Place {
        Place {
            x: self.scheme.margin,
            width: self.scheme.width(),
            before: 0.0,
            keep: false,
        }
    }

    /// A block of words under one tag.
    pub(crate) fn block(&mut self, tag: TagKind, words: &[Word], place: Place) {
        let lines = self.lines(words, place);
        self.put(tag, lines);
    }

    /// Puts lines at the end of the document under one tag.
    pub(crate) fn put(&mut self, tag: TagKind, lines: Lines) {
        if !lines.strips.is_empty() {
            self.sheet.nodes.push(Node::Group(tag, lines.nodes));
            self.sheet.strips.extend(lines.strips);
        }
    }

    /// Sets words in lines. There is a node for each change of style, language or link.
    pub(crate) fn lines(&mut self, words: &[Word], place: Place) -> Lines {
        let stretches: Vec<&[Word]> = words.chunk_by(Word::goes_on).collect();
        let pieces: Vec<Piece<'_>> = stretches.iter().map(|words| word::piece(words)).collect();
        let rows = self.sheet.shaper.rich(&pieces, place.width);
        self.refuse_missing(words);
        let slots: Vec<Slot> = stretches.iter().map(|_| self.sheet.slot()).collect();
        let nodes = stretches
            .iter()
            .zip(&slots)
            .map(|(words, slot)| self.node(&words[0], *slot));
        let nodes = nodes.collect();
        let count = rows.len();
        let mut strips = Vec::with_capacity(count);
        for (index, row) in rows.into_iter().enumerate() {
            let styles = row.iter().map(|segment| segment.line.style);
            let height = styles
                .clone()
                .map(|style| style.leading)
                .fold(0.0, f32::max);
            let baseline = styles.map(|style| style.baseline()).fold(0.0, f32::max);
            let last = index + 1 == count;
            let mut strip = Strip {
                before: if index == 0 { place.before } else { 0.0 },
                height,
                keep: if last {
                    place.keep
                } else {
                    count <= 3 || index == 0 || index + 2 == count
                },
                ..Strip::default()
            };
            for segment in row {
                let word = &stretches[segment.piece][0];
                let x = place.x + segment.x;
                if let Some(target) = &word.link {
                    strip.links.push(Link {
                        x,
                        y: 1.0,
                        width: segment.line.width,
                        height: height - 2.0,
                        target: target.clone(),
                        name: word.text.clone(),
                        slot: slots[segment.piece],
                    });
                }
                strip.runs.push(Run {
                    x,
                    y: baseline,
                    line: segment.line,
                    slot: slots[segment.piece],
                });
            }
            strips.push(strip);
        }
        Lines { strips, nodes }
    }

    /// The tags of a word inside its block.
    fn node(&self, word: &Word, slot: Slot) -> Node {
        let mut node = Node::Text(slot);
        if word.link.is_some() {
            node = Node::Group(Tag::Link.into(), vec![node]);
        }
        if word.language != self.language {
            let language = Some(word.language.as_str().to_owned());
            node = Node::Group(Tag::Span.with_lang(language).into(), vec![node]);
        }
        node
    }

    /// Names, at its field, every character that could not be drawn.
    fn refuse_missing(&mut self, words: &[Word]) {
        let missing = std::mem::take(&mut self.sheet.shaper.missing);
        if missing.is_empty() {
            return;
        }
        for word in words {
            let mut characters = String::new();
            for letter in word.text.chars().filter(|letter| missing.contains(letter)) {
                if !characters.contains(letter) && characters.chars().count() < 20 {
                    characters.push(letter);
                }
            }
            let known = self.problems.iter().any(|known| known.field == word.field);
            if !characters.is_empty() && !known {
                let problem = Problem::Glyphs(characters);
                self.problems.push(FieldProblem::new(&*word.field, problem));
            }
        }
    }

    /// A heading with its bookmark.
    pub(crate) fn heading(&mut self, level: u16, words: &[Word], place: Place) {
        let title: String = words.iter().map(|word| word.text.trim()).collect();
        let number = NonZeroU16::new(level).unwrap_or(NonZeroU16::MIN);
        let mut lines = self.lines(
            words,
            Place {
                keep: true,
                ..place
            },
        );
        if let Some(first) = lines.strips.first_mut()
            && level < 3
        {
            first.bookmark = Some((level, title.clone()));
        }
        self.put(Tag::Hn(number, Some(title)).into(), lines);
    }

    /// The heading of a section, set off as the look has it.
    pub(crate) fn section(&mut self, heading: &Phrase) {
        let scheme = self.scheme;
        let first = self.sheet.strips.len();
        let indent = match scheme.mark {
            Mark::Band => 6.0,
            _ => 0.0,
        };
        let mut place = self.place();
        place.x += indent;
        place.width -= 2.0 * indent;
        place.before = scheme.gaps.0;
        self.heading(2, &[Word::of(heading, scheme.heading)], place);
        let strips = &mut self.sheet.strips[first..];
        let fill = |x: f32, y, width: f32, height, color| Fill {
            x,
            y,
            width,
            height,
            color,
        };
        let (x, width) = (scheme.margin, scheme.width());
        match scheme.mark {
            Mark::Rule(thick, color) => {
                if let Some(last) = strips.last_mut() {
                    last.fills
                        .push(fill(x, last.height + 1.0, width, thick, color));
                    last.height += thick + 3.0;
                }
            }
            Mark::Bar => {
                for strip in strips {
                    strip
                        .fills
                        .push(fill(x - 13.0, 2.0, 4.0, strip.height - 4.0, scheme.accent));
                }
            }
            Mark::Band => {
                for strip in strips {
                    strip
                        .fills
                        .push(fill(x, 0.0, width, strip.height, scheme.tint));
                }
                if let Some(last) = self.sheet.strips.last_mut() {
                    last.height += 2.0;
                }
            }
        }
    }

    /// Paragraphs and lists.
    pub(crate) fn text(&mut self, blocks: &[Block]) {
        let scheme = self.scheme;
        let mut points: Vec<Node> = Vec::new();
        for (index, block) in blocks.iter().enumerate() {
            match block {
                Block::Paragraph(phrase) => {
                    let place = Place {
                        before: scheme.gaps.2,
                        ..self.place()
                    };
                    self.block(Tag::P.into(), &[Word::of(phrase, scheme.body)], place);
                }
                Block::Point(phrase) => {
                    points.push(self.point(phrase));
                    let more = matches!(blocks.get(index + 1), Some(Block::Point(_)));
                    if !more {
                        let list = Tag::L(ListNumbering::Disc).into();
                        let points = std::mem::take(&mut points);
                        self.sheet.nodes.push(Node::Group(list, points));
                    }
                }
            }
        }
    }

    fn point(&mut self, phrase: &Phrase) -> Node {
        let scheme = self.scheme;
        let indent = scheme.body.size * 1.15;
        let mut place = Place {
            before: scheme.gaps.2 * 0.7,
            ..self.place()
        };
        let bullet = Style {
            color: scheme.accent,
            ..scheme.body
        };
        let mark = self.lines(&[Word::ours("•", bullet, self.language)], place);
        place.x += indent;
        place.width -= indent;
        let body = self.lines(&[Word::of(phrase, scheme.body)], place);
        let mut strips = body.strips;
        if let (Some(first), Some(mark)) = (strips.first_mut(), mark.strips.into_iter().next()) {
            first.runs.splice(0..0, mark.runs);
        }
        self.sheet.strips.extend(strips);
        Node::Group(
            Tag::LI.into(),
            vec![
                Node::Group(Tag::Lbl.into(), mark.nodes),
                Node::Group(Tag::LBody.into(), body.nodes),
            ],
        )
    }

    /// A sentence at the end, smaller than the rest.
    pub(crate) fn small_print(&mut self, phrase: &Phrase) {
        let scheme = self.scheme;
        let style = Style {
            size: scheme.muted.size * 0.93,
            leading: scheme.muted.leading * 0.9,
            ..scheme.muted
        };
        let place = Place {
            before: scheme.gaps.0,
            ..self.place()
        };
        self.block(Tag::P.into(), &[Word::of(phrase, style)], place);
    }

    /// Breaks the pages and puts a number on each when there are several.
    pub(crate) fn finish(mut self) -> Finished {
        let scheme = self.scheme;
        let area = |foot: f32| Area {
            first: scheme.top,
            top: scheme.top,
            bottom: PAGE.1 - foot,
        };
        let strips = std::mem::take(&mut self.sheet.strips);
        // One page has no number at its foot, and so a little more room.
        let mut dealt = deal(strips, &[], area(30.0));
        if dealt.len() > 1 {
            let strips = dealt.into_iter().flatten().map(|placed| placed.strip);
            dealt = deal(strips.collect(), &[], area(46.0));
        }
        let count = dealt.len();
        let pages = dealt.into_iter().enumerate().map(|(page, strips)| {
            let footer = if count > 1 {
                self.footer(page + 1, count)
            } else {
                Furniture::default()
            };
            let header = Furniture::default();
            draw::Sheet {
                strips,
                frame: Frame { header, footer },
            }
        });
        let pages = pages.collect();
        Finished {
            pages,
            nodes: self.sheet.nodes,
            slots: self.sheet.slots,
            language: self.language,
            problems: self.problems,
        }
    }

    fn footer(&mut self, page: usize, pages: usize) -> Furniture {
        let scheme = self.scheme;
        let style = Style {
            size: 8.2,
            leading: 11.0,
            ..scheme.muted
        };
        let of = words("pagina {n} di {m}", "page {n} of {m}").get(self.language);
        let number = of
            .replace("{n}", &page.to_string())
            .replace("{m}", &pages.to_string());
        let y = PAGE.1 - 26.0;
        let mut lines = Vec::new();
        for (text, right) in [(self.foot.clone(), false), (number, true)] {
            let set = self.sheet.shaper.lines(&text, style, scheme.width() * 0.7);
            if let Some(line) = set.into_iter().next() {
                let x = if right {
                    PAGE.0 - scheme.margin - line.width
                } else {
                    scheme.margin
                };
                lines.push((x, y, line));
            }
        }
        // What the foot says is said in the document too, and refused there.
        self.sheet.shaper.missing.clear();
        Furniture {
            fills: Vec::new(),
            lines,
        }
    }
}
