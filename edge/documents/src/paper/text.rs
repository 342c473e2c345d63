// SPDX-License-Identifier: EUPL-1.2
//! From a string to lines of positioned glyphs, and a record of the characters that have none.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::ops::Range;
use std::rc::Rc;

use krilla::text::{GlyphId, KrillaGlyph};
use parley::style::{FontFamily, FontFamilyName, LineHeight, OverflowWrap, StyleProperty};
use parley::{FontContext, LayoutContext};

use super::fonts::{self, Face, Family};
use super::sheet::Color;

/// How a text is set. Sizes in points.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Style {
    pub(crate) face: Face,
    pub(crate) size: f32,
    /// Distance from one baseline to the next.
    pub(crate) leading: f32,
    pub(crate) color: Color,
}

impl Style {
    /// Where the baseline stands below the top of its line: ascender and descender of the typeface
    /// (1.133 and 0.388 of the size) are centred in the leading.
    pub(crate) fn baseline(&self) -> f32 {
        self.leading / 2.0 + self.size * 0.3725
    }
}

/// One line of glyphs, ready to be drawn.
#[derive(Clone)]
pub(crate) struct Line {
    pub(crate) style: Style,
    /// The whole text the glyphs point into.
    pub(crate) text: Rc<str>,
    pub(crate) glyphs: Vec<KrillaGlyph>,
    /// Which of the glyphs are of the second family.
    second: Vec<Range<usize>>,
    /// Width without the space at the end.
    pub(crate) width: f32,
}

impl Line {
    /// The glyphs in stretches of one family, from left to right.
    pub(crate) fn stretches(&self) -> impl Iterator<Item = (Family, &[KrillaGlyph])> {
        let mut at = 0;
        std::iter::from_fn(move || {
            let (family, end) = match self.second.iter().find(|range| range.end > at) {
                Some(range) if range.start <= at => (Family::Second, range.end),
                Some(range) => (Family::First, range.start),
                None => (Family::First, self.glyphs.len()),
            };
            let stretch = at..end;
            at = end;
            (!stretch.is_empty()).then(|| (family, &self.glyphs[stretch]))
        })
    }
}

/// Breaks texts into lines.
pub(crate) struct Shaper {
    fonts: FontContext,
    layouts: LayoutContext<[u8; 4]>,
    /// Every character met so far for which the typeface has no glyph.
    pub(crate) missing: BTreeSet<char>,
}

impl Default for Shaper {
    fn default() -> Self {
        Self {
            fonts: fonts::context(),
            layouts: LayoutContext::new(),
            missing: BTreeSet::new(),
        }
    }
}

/// A stretch of text in one style.
#[derive(Debug, Clone)]
pub(crate) struct Piece<'a> {
    pub(crate) text: Cow<'a, str>,
    pub(crate) style: Style,
}

/// A part of a line that comes from one piece; `x` from the start of the line.
pub(crate) struct Segment {
    pub(crate) piece: usize,
    pub(crate) x: f32,
    pub(crate) line: Line,
}

impl Shaper {
    /// Sets `text` in lines not wider than `width` points. An empty text has no lines.
    pub(crate) fn lines(&mut self, text: &str, style: Style, width: f32) -> Vec<Line> {
        let text = clean(text).into();
        self.rich(&[Piece { text, style }], width)
            .into_iter()
            .filter_map(|mut line| line.pop().map(|segment| segment.line))
            .collect()
    }

    /// Sets pieces, as they are, one after the other in lines not wider than `width` points. Each
    /// line is a list of segments, from left to right.
    pub(crate) fn rich(&mut self, pieces: &[Piece<'_>], width: f32) -> Vec<Vec<Segment>> {
        let mut ends = Vec::with_capacity(pieces.len());
        let mut whole = String::new();
        for piece in pieces {
            whole.push_str(&piece.text);
            ends.push(whole.len());
        }
        let Some(first) = pieces.first().filter(|_| !whole.is_empty()) else {
            return Vec::new();
        };
        let text: Rc<str> = whole.into();
        let mut builder = self
            .layouts
            .ranged_builder(&mut self.fonts, &text, 1.0, false);
        let named = |family: Family| FontFamilyName::Named(Cow::Borrowed(family.name()));
        let families = [named(Family::First), named(Family::Second)];
        builder.push_default(StyleProperty::FontFamily(FontFamily::List(Cow::Borrowed(
            &families,
        ))));
        builder.push_default(StyleProperty::FontWeight(first.style.face.weight()));
        builder.push_default(StyleProperty::FontSize(first.style.size));
        builder.push_default(StyleProperty::LineHeight(LineHeight::Absolute(
            first.style.leading,
        )));
        // A hash or an e-mail address longer than its column is cut rather than let out of it.
        builder.push_default(StyleProperty::OverflowWrap(OverflowWrap::Anywhere));
        for (index, piece) in pieces.iter().enumerate().skip(1) {
            let range = ends[index - 1]..ends[index];
            if piece.style.face != first.style.face {
                let weight = piece.style.face.weight();
                builder.push(StyleProperty::FontWeight(weight), range.clone());
            }
            if piece.style.size != first.style.size {
                builder.push(StyleProperty::FontSize(piece.style.size), range);
            }
        }
        let mut layout = builder.build(&*text);
        layout.break_all_lines(Some(width));

        let mut lines = Vec::with_capacity(layout.len());
        for line in layout.lines() {
            let mut segments: Vec<Segment> = Vec::new();
            let mut x = 0.0;
            for run in line.runs() {
                let used = run.font().data.data();
                for cluster in run.visual_clusters() {
                    let range = cluster.text_range();
                    let piece = ends.partition_point(|end| *end <= range.start);
                    let style = pieces.get(piece).map_or(first.style, |piece| piece.style);
                    if segments.last().is_none_or(|last| last.piece != piece) {
                        segments.push(Segment {
                            piece,
                            x,
                            line: Line {
                                style,
                                text: text.clone(),
                                glyphs: Vec::new(),
                                second: Vec::new(),
                                width: 0.0,
                            },
                        });
                    }
                    let Some(segment) = segments.last_mut() else {
                        continue;
                    };
                    x += cluster.advance();
                    segment.line.width = x - segment.x;
                    let second = style.face.data(Family::Second).as_ptr() == used.as_ptr();
                    let glyphs = &mut segment.line.glyphs;
                    let before = glyphs.len();
                    if cluster.is_ligature_continuation() {
                        if let Some(last) = glyphs.last_mut() {
                            last.text_range.end = range.end;
                        }
                        continue;
                    }
                    for glyph in cluster.glyphs() {
                        if glyph.id == 0 {
                            self.missing.extend(text[range.clone()].chars());
                        }
                        glyphs.push(KrillaGlyph::new(
                            GlyphId::new(glyph.id),
                            glyph.advance / style.size,
                            glyph.x / style.size,
                            glyph.y / style.size,
                            0.0,
                            range.clone(),
                            None,
                        ));
                    }
                    let new = before..glyphs.len();
                    if second && !new.is_empty() {
                        match segment.line.second.last_mut() {
                            Some(last) if last.end == new.start => last.end = new.end,
                            _ => segment.line.second.push(new),
                        }
                    }
                }
            }
            if let Some(last) = segments.last_mut() {
                last.line.width -= line.metrics().hanging_advance;
            }
            lines.push(segments);
        }
        lines
    }
}

/// Makes a text fit for print: one space between words, no invisible characters, and the few
/// typographic signs that Titillium lacks written in a way that says the same.
fn clean(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            // The space that does not break keeps its meaning; its narrow forms have no glyph.
            '\u{a0}' | '\u{202f}' | '\u{2007}' => out.push('\u{a0}'),
            c if c.is_whitespace() => {
                if !out.is_empty() && !out.ends_with(' ') {
                    out.push(' ');
                }
            }
            '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' => {}
            c if c.is_control() => {}
            '\u{2010}' | '\u{2011}' => out.push('-'),
            '\u{2032}' => out.push('\''),
            '\u{2033}' => out.push('"'),
            '→' => out.push('a'),
            '≤' => out.push_str("fino a"),
            '≥' => out.push_str("almeno"),
            '✓' | '✔' => out.push_str("sì"),
            '№' => out.push_str("n."),
            'ẞ' => out.push_str("SS"),
            c => out.push(c),
        }
    }
    out.truncate(out.trim_end_matches(' ').len());
    for abbreviation in GLUED {
        if out.contains(abbreviation) {
            let glued = format!("{}\u{a0}", abbreviation.trim_end());
            out = out.replace(abbreviation, &glued);
        }
    }
    out
}

/// What a person typed, made fit for print and changed as little as possible: one space between
/// words, no invisible characters, and the hyphens that Titillium lacks. Spaces at the ends stay.
pub(crate) fn tidy(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '\u{a0}' | '\u{202f}' | '\u{2007}' => out.push('\u{a0}'),
            c if c.is_whitespace() => {
                if !out.ends_with(' ') {
                    out.push(' ');
                }
            }
            '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' => {}
            c if c.is_control() => {}
            '\u{2010}' | '\u{2011}' => out.push('-'),
            '\u{2032}' => out.push('\''),
            '\u{2033}' => out.push('"'),
            c => out.push(c),
        }
    }
    out
}

/// What comes before the number in a citation of a law, and must not stand alone at the end of a
/// line.
const GLUED: [&str; 7] = [
    "art. ", "artt. ", " c. ", " cc. ", " lett. ", " n. ", " L. ",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signs_without_a_glyph_become_words() {
        assert_eq!(clean("reddito ≤ 8.500 €"), "reddito fino a 8.500 €");
        assert_eq!(clean("Bologna → Modena"), "Bologna a Modena");
    }

    #[test]
    fn white_space_is_one_space_and_invisible_characters_are_dropped() {
        assert_eq!(clean("  via\n\tRoma\u{200b}  1 "), "via Roma 1");
        assert_eq!(clean("1\u{a0}euro"), "1\u{a0}euro");
    }

    #[test]
    fn a_citation_is_not_cut_before_its_number() {
        assert_eq!(clean("art. 2 c. 9-bis"), "art.\u{a0}2 c.\u{a0}9-bis");
    }
}
