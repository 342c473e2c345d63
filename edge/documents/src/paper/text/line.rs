// SPDX-License-Identifier: EUPL-1.2
//! Lines of positioned glyphs, and how they are put together.

use std::ops::Range;
use std::rc::Rc;

use krilla::text::{GlyphId, KrillaGlyph};

use super::Style;
use crate::paper::fonts::Family;

/// One line of glyphs, ready to be drawn.
#[derive(Clone)]
pub(crate) struct Line {
    pub(crate) style: Style,
    /// The whole text the glyphs point into.
    pub(crate) text: Rc<str>,
    /// Shared: the same words come again, and so do the headings of tables.
    pub(crate) glyphs: Rc<Vec<KrillaGlyph>>,
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

/// A part of a line that comes from one piece; `x` from the start of the line.
pub(crate) struct Segment {
    pub(crate) piece: usize,
    pub(crate) x: f32,
    pub(crate) line: Line,
}

/// A segment to which glyphs are added.
pub(super) struct Open {
    pub(super) piece: usize,
    x: f32,
    style: Style,
    pub(super) glyphs: Vec<KrillaGlyph>,
    second: Vec<Range<usize>>,
}

impl Open {
    pub(super) fn new(piece: usize, x: f32, style: Style, most: usize) -> Self {
        Self {
            piece,
            x,
            style,
            glyphs: Vec::with_capacity(most.min(128)),
            second: Vec::new(),
        }
    }

    /// Adds a glyph for a stretch of the text.
    pub(super) fn push(&mut self, glyph: &parley::Glyph, range: Range<usize>) {
        let size = self.style.size;
        self.glyphs.push(KrillaGlyph::new(
            GlyphId::new(glyph.id),
            units(glyph.advance / size),
            units(glyph.x / size),
            units(glyph.y / size),
            0.0,
            range,
            None,
        ));
    }

    /// Takes the glyphs from here on for ones of the second family.
    pub(super) fn second_from(&mut self, start: usize) {
        let end = self.glyphs.len();
        match self.second.last_mut() {
            _ if start == end => {}
            Some(last) if last.end == start => last.end = end,
            _ => self.second.push(start..end),
        }
    }

    /// The segment, which ends at `end`.
    pub(super) fn close(self, end: f32, text: &Rc<str>) -> Segment {
        Segment {
            piece: self.piece,
            x: self.x,
            line: Line {
                style: self.style,
                text: Rc::clone(text),
                glyphs: Rc::new(self.glyphs),
                second: self.second,
                width: end - self.x,
            },
        }
    }
}

/// A length in whole thousandths of the size, the units of both typefaces: what the shaper multiplied and we divided again
/// would else be written with seven digits.
fn units(length: f32) -> f32 {
    // The nearest one; `round` is a call where `floor` is one instruction.
    (length * 1000.0 + 0.5).floor() / 1000.0
}
