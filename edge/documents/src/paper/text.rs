// SPDX-License-Identifier: EUPL-1.2
//! From a string to lines of positioned glyphs, and a record of the characters that have none.

mod line;

use std::borrow::Cow;
use std::collections::{BTreeSet, HashMap};
use std::rc::Rc;

use parley::style::{FontFamily, FontFamilyName, LineHeight, OverflowWrap, StyleProperty};
use parley::{FontContext, Layout, LayoutContext};

use super::fonts::{self, Face, Family};
use super::sheet::Color;
use line::Open;
pub(crate) use line::{Line, Segment};

/// How a text is set. Sizes in points.
#[derive(Debug, Clone, Copy, PartialEq)]
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

/// Breaks texts into lines.
pub(crate) struct Shaper {
    fonts: FontContext,
    layouts: LayoutContext<[u8; 4]>,
    /// The last text, kept for the room that it takes.
    layout: Layout<[u8; 4]>,
    /// Every character met so far for which the typeface has no glyph.
    pub(crate) missing: BTreeSet<char>,
    /// Short texts that were set on one line: dots, bullets, names and numbers come again and again.
    known: HashMap<String, Vec<Line>>,
}

/// The longest text that is worth keeping, in bytes.
const SHORT: usize = 40;

impl Default for Shaper {
    fn default() -> Self {
        Self {
            fonts: fonts::context(),
            layouts: LayoutContext::new(),
            layout: Layout::default(),
            missing: BTreeSet::new(),
            known: HashMap::new(),
        }
    }
}

/// A stretch of text in one style.
#[derive(Debug, Clone)]
pub(crate) struct Piece<'a> {
    pub(crate) text: Cow<'a, str>,
    pub(crate) style: Style,
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
        let [piece] = pieces else {
            return self.set(pieces, width).0;
        };
        if let Some(line) = self.known(piece, width) {
            return vec![vec![Segment {
                piece: 0,
                x: 0.0,
                line,
            }]];
        }
        let (lines, whole) = self.set(pieces, width);
        if let ([line], true) = (&*lines, whole && piece.text.len() <= SHORT)
            && let [segment] = &**line
        {
            let known = self.known.entry(piece.text.as_ref().to_owned());
            known.or_default().push(segment.line.clone());
        }
        lines
    }

    /// A text that was set before in the same face and size, if it fits on one line.
    fn known(&self, piece: &Piece<'_>, width: f32) -> Option<Line> {
        let mut lines = self.known.get(&*piece.text)?.iter();
        let same = |line: &&Line| {
            let (one, other) = (&line.style, &piece.style);
            one.face == other.face && one.size == other.size && line.width <= width
        };
        let mut line = lines.find(same)?.clone();
        line.style = piece.style;
        Some(line)
    }

    /// The lines, and whether every character has its glyph.
    fn set(&mut self, pieces: &[Piece<'_>], width: f32) -> (Vec<Vec<Segment>>, bool) {
        let mut ends = Vec::with_capacity(pieces.len());
        let mut whole = String::new();
        for piece in pieces {
            whole.push_str(&piece.text);
            ends.push(whole.len());
        }
        let Some(first) = pieces.first().filter(|_| !whole.is_empty()) else {
            return (Vec::new(), true);
        };
        let mut sound = true;
        let text: Rc<str> = whole.into();
        let mut builder = self
            .layouts
            .ranged_builder(&mut self.fonts, &text, 1.0, false);
        let named = |family: Family| FontFamilyName::Named(Cow::Borrowed(family.name()));
        let families = [named(Family::First), named(Family::Second)];
        // The first family has all of ASCII: then nobody needs to look up the other.
        builder.push_default(StyleProperty::FontFamily(if text.is_ascii() {
            FontFamily::Single(named(Family::First))
        } else {
            FontFamily::List(Cow::Borrowed(&families))
        }));
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
        let layout = &mut self.layout;
        builder.build_into(layout, &*text);
        layout.break_all_lines(Some(width));

        let mut lines = Vec::with_capacity(layout.len());
        for line in layout.lines() {
            let mut segments: Vec<Segment> = Vec::new();
            let mut open: Option<Open> = None;
            let mut x = 0.0;
            for run in line.runs() {
                let used = run.font().data.data().as_ptr();
                let second = Face::ALL.map(|face| face.data(Family::Second).as_ptr());
                let second = second.contains(&used);
                for cluster in run.visual_clusters() {
                    let range = cluster.text_range();
                    let piece = match pieces {
                        [_] => 0,
                        _ => ends.partition_point(|end| *end <= range.start),
                    };
                    if open.as_ref().is_none_or(|open| open.piece != piece) {
                        segments.extend(open.take().map(|open| open.close(x, &text)));
                    }
                    let open = open.get_or_insert_with(|| {
                        let style = pieces.get(piece).map_or(first.style, |piece| piece.style);
                        Open::new(piece, x, style, text.len())
                    });
                    if cluster.is_ligature_continuation() {
                        if let Some(last) = open.glyphs.last_mut() {
                            last.text_range.end = range.end;
                        }
                        continue;
                    }
                    let before = open.glyphs.len();
                    cluster.glyphs().for_each(|glyph| {
                        x += glyph.advance;
                        if glyph.id == 0 {
                            sound = false;
                            self.missing.extend(text[range.clone()].chars());
                        }
                        open.push(&glyph, range.clone());
                    });
                    if second {
                        open.second_from(before);
                    }
                }
            }
            segments.extend(open.map(|open| open.close(x, &text)));
            if let Some(last) = segments.last_mut() {
                last.line.width -= line.metrics().hanging_advance;
            }
            lines.push(segments);
        }
        (lines, sound)
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
