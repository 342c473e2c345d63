// SPDX-License-Identifier: EUPL-1.2
//! A document laid out but not yet broken into pages: strips to draw and the tags they carry.

use krilla::tagging::TagKind;

use super::text::{Line, Shaper};

/// A4 in points.
pub(super) const PAGE: (f32, f32) = (595.28, 841.89);
/// 20 mm: the margin at both sides, and above the letterhead.
pub(super) const MARGIN: f32 = 56.69;
/// Width of the text.
pub(super) const WIDTH: f32 = PAGE.0 - 2.0 * MARGIN;

/// A colour of the screen, red, green and blue.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Color(pub(super) u8, pub(super) u8, pub(super) u8);

/// Text, near black with a hint of the institutional blue.
pub(super) const INK: Color = Color(0x17, 0x24, 0x32);
/// Names and captions; 7:1 on white.
pub(super) const MUTED: Color = Color(0x45, 0x55, 0x66);
/// The blue of Italian public services; 5.6:1 on white.
pub(super) const BLUE: Color = Color(0x00, 0x66, 0xcc);
/// Hairlines.
pub(super) const RULE: Color = Color(0xc6, 0xd0, 0xda);
/// Backgrounds behind text.
pub(super) const TINT: Color = Color(0xef, 0xf4, 0xfa);

/// A place in the tag tree that owns text. Numbered in reading order.
pub(super) type Slot = usize;

/// The tag tree before the text is drawn and its identifiers are known.
pub(super) enum Node {
    Group(TagKind, Vec<Node>),
    Text(Slot),
}

/// A line of text at `x` on the page, its baseline `y` below the top of its strip.
#[derive(Clone)]
pub(super) struct Run {
    pub(super) x: f32,
    pub(super) y: f32,
    pub(super) line: Line,
    pub(super) slot: Slot,
}

/// A filled rectangle, decoration only; `y` is below the top of its strip.
#[derive(Clone, Copy)]
pub(super) struct Fill {
    pub(super) x: f32,
    pub(super) y: f32,
    pub(super) width: f32,
    pub(super) height: f32,
    pub(super) color: Color,
}

/// The smallest thing a page break cannot cut.
#[derive(Clone, Default)]
pub(super) struct Strip {
    /// Space above, dropped at the top of a page.
    pub(super) before: f32,
    pub(super) height: f32,
    /// Whether the next strip must be on the same page.
    pub(super) keep: bool,
    pub(super) fills: Vec<Fill>,
    pub(super) runs: Vec<Run>,
    /// Which of [`Sheet::repeats`] is drawn again when a page starts with this strip.
    pub(super) repeat: Option<usize>,
    /// Level and text of the bookmark that leads here.
    pub(super) bookmark: Option<(u16, String)>,
}

/// The whole document, one endless sheet.
#[derive(Default)]
pub(super) struct Sheet {
    pub(super) shaper: Shaper,
    pub(super) strips: Vec<Strip>,
    pub(super) nodes: Vec<Node>,
    /// How many slots have been given out.
    pub(super) slots: usize,
    /// Table headings to repeat.
    pub(super) repeats: Vec<Vec<Strip>>,
}

impl Sheet {
    /// A new place for text, after all others in reading order.
    pub(super) fn slot(&mut self) -> Slot {
        self.slots += 1;
        self.slots - 1
    }
}
