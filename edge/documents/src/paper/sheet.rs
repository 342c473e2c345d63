// SPDX-License-Identifier: EUPL-1.2
//! A document laid out but not yet broken into pages: strips to draw and the tags they carry.

use krilla::image::Image;
use krilla::tagging::TagKind;

use super::text::{Line, Shaper};

/// A4 in points.
pub(crate) const PAGE: (f32, f32) = (595.28, 841.89);
/// 20 mm: the margin at both sides, and above the letterhead.
pub(crate) const MARGIN: f32 = 56.69;
/// Width of the text.
pub(crate) const WIDTH: f32 = PAGE.0 - 2.0 * MARGIN;

/// A colour of the screen, red, green and blue.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Color(pub(crate) u8, pub(crate) u8, pub(crate) u8);

/// Text, near black with a hint of the institutional blue.
pub(crate) const INK: Color = Color(0x17, 0x24, 0x32);
/// Names and captions; 7:1 on white.
pub(crate) const MUTED: Color = Color(0x45, 0x55, 0x66);
/// The blue of Italian public services; 5.6:1 on white.
pub(crate) const BLUE: Color = Color(0x00, 0x66, 0xcc);
/// Hairlines.
pub(crate) const RULE: Color = Color(0xc6, 0xd0, 0xda);
/// Backgrounds behind text.
pub(crate) const TINT: Color = Color(0xef, 0xf4, 0xfa);

/// A place in the tag tree that owns text. Numbered in reading order.
pub(crate) type Slot = usize;

/// The tag tree before the text is drawn and its identifiers are known.
pub(crate) enum Node {
    Group(TagKind, Vec<Node>),
    Text(Slot),
}

/// A line of text at `x` on the page, its baseline `y` below the top of its strip.
#[derive(Clone)]
pub(crate) struct Run {
    pub(crate) x: f32,
    pub(crate) y: f32,
    pub(crate) line: Line,
    pub(crate) slot: Slot,
}

/// A filled rectangle, decoration only; `y` is below the top of its strip.
#[derive(Clone, Copy)]
pub(crate) struct Fill {
    pub(crate) x: f32,
    pub(crate) y: f32,
    pub(crate) width: f32,
    pub(crate) height: f32,
    pub(crate) color: Color,
}

/// A picture at `x` on the page, `y` below the top of its strip.
#[derive(Clone)]
pub(crate) struct Picture {
    pub(crate) x: f32,
    pub(crate) y: f32,
    pub(crate) width: f32,
    pub(crate) height: f32,
    pub(crate) image: Image,
    pub(crate) slot: Slot,
}

/// A part of the page that leads somewhere, `y` below the top of its strip.
#[derive(Clone)]
pub(crate) struct Link {
    pub(crate) x: f32,
    pub(crate) y: f32,
    pub(crate) width: f32,
    pub(crate) height: f32,
    /// Where it leads.
    pub(crate) target: String,
    /// What it says to those who do not see it.
    pub(crate) name: String,
    pub(crate) slot: Slot,
}

/// The smallest thing a page break cannot cut.
#[derive(Clone, Default)]
pub(crate) struct Strip {
    /// Space above, dropped at the top of a page.
    pub(crate) before: f32,
    pub(crate) height: f32,
    /// Whether the next strip must be on the same page.
    pub(crate) keep: bool,
    pub(crate) fills: Vec<Fill>,
    pub(crate) runs: Vec<Run>,
    pub(crate) pictures: Vec<Picture>,
    pub(crate) links: Vec<Link>,
    /// Which of [`Sheet::repeats`] is drawn again when a page starts with this strip.
    pub(crate) repeat: Option<usize>,
    /// Level and text of the bookmark that leads here.
    pub(crate) bookmark: Option<(u16, String)>,
}

/// The whole document, one endless sheet.
#[derive(Default)]
pub(crate) struct Sheet {
    pub(crate) shaper: Shaper,
    pub(crate) strips: Vec<Strip>,
    pub(crate) nodes: Vec<Node>,
    /// How many slots have been given out.
    pub(crate) slots: usize,
    /// Table headings to repeat.
    pub(crate) repeats: Vec<Vec<Strip>>,
}

impl Sheet {
    /// A new place for text, after all others in reading order.
    pub(crate) fn slot(&mut self) -> Slot {
        self.slots += 1;
        self.slots - 1
    }
}
