// SPDX-License-Identifier: EUPL-1.2
//! Pages for a screen: the very glyphs at the very places of the PDF, as a short list of shapes.
//!
//! A preview that is laid out by a browser is another document. This one is the output of the same
//! layout, before the PDF writer; whoever draws it needs only filled rectangles and filled paths.

use krilla::text::Glyph;
use skrifa::instance::{LocationRef, Size};
use skrifa::outline::{DrawSettings, OutlinePen};
use skrifa::{FontRef, GlyphId, MetadataProvider};

use crate::paper::draw::Sheet;
use crate::paper::fonts::Face;
pub use crate::paper::fonts::Family;
use crate::paper::sheet::{Color, PAGE};
use crate::paper::text::Line;

/// Units of an outline in one em: a glyph of size `s` is its outline times `s / EM`.
const EM: f32 = 1000.0;

/// A document on a screen.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Drawing {
    /// Its pages, A4.
    pub pages: Vec<Page>,
}

/// A page.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Page {
    /// What is drawn on it, from the bottom to the top.
    pub shapes: Vec<Shape>,
}

/// One thing to draw. Lengths in points, from the top left corner of the page.
#[derive(Debug, Clone, PartialEq)]
pub enum Shape {
    /// A filled rectangle: left, top, width, height, colour.
    Rectangle([f32; 4], [u8; 3]),
    /// Text.
    Glyphs(Glyphs),
    /// The photo: left, top, width, height.
    Photo([f32; 4]),
}

/// Glyphs of one typeface, size and colour on one baseline.
#[derive(Debug, Clone, PartialEq)]
pub struct Glyphs {
    /// The typeface.
    pub family: Family,
    /// Its weight.
    pub weight: Weight,
    /// Size of the type.
    pub size: f32,
    /// Red, green, blue.
    pub color: [u8; 3],
    /// Height of the baseline.
    pub y: f32,
    /// Numbers of the glyphs with their left ends.
    pub glyphs: Vec<(u16, f32)>,
}

/// A weight of a typeface.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Weight {
    /// 400.
    Regular,
    /// 600.
    SemiBold,
}

impl Drawing {
    /// Width and height of every page, in points.
    pub const SIZE: (f32, f32) = PAGE;

    /// The shapes of finished pages.
    pub(crate) fn of(pages: &[Sheet]) -> Self {
        Self {
            pages: pages.iter().map(page).collect(),
        }
    }
}

fn page(sheet: &Sheet) -> Page {
    let mut shapes = Vec::new();
    for placed in &sheet.strips {
        for fill in &placed.strip.fills {
            let area = [fill.x, placed.y + fill.y, fill.width, fill.height];
            shapes.push(Shape::Rectangle(area, rgb(fill.color)));
        }
    }
    for placed in &sheet.strips {
        for run in &placed.strip.runs {
            glyphs(run.x, placed.y + run.y, &run.line, &mut shapes);
        }
        for shown in &placed.strip.pictures {
            let area = [shown.x, placed.y + shown.y, shown.width, shown.height];
            shapes.push(Shape::Photo(area));
        }
    }
    for furniture in [&sheet.frame.header, &sheet.frame.footer] {
        for (x, y, line) in &furniture.lines {
            glyphs(*x, *y, line, &mut shapes);
        }
    }
    Page { shapes }
}

fn glyphs(mut x: f32, y: f32, line: &Line, shapes: &mut Vec<Shape>) {
    let size = line.style.size;
    for (family, glyphs) in line.stretches() {
        let mut set = Vec::with_capacity(glyphs.len());
        for glyph in glyphs {
            let number = u16::try_from(glyph.glyph_id().to_u32()).unwrap_or(0);
            set.push((number, x + glyph.x_offset(size)));
            x += glyph.x_advance(size);
        }
        shapes.push(Shape::Glyphs(Glyphs {
            family,
            weight: match line.style.face {
                Face::Regular => Weight::Regular,
                Face::SemiBold => Weight::SemiBold,
            },
            size,
            color: rgb(line.style.color),
            y,
            glyphs: set,
        }));
    }
}

const fn rgb(Color(red, green, blue): Color) -> [u8; 3] {
    [red, green, blue]
}

/// The outline of a glyph as an SVG path, 1000 units to the em, `y` downwards from the baseline.
/// Empty for a space and for numbers that are no glyph.
#[must_use]
pub fn outline(family: Family, weight: Weight, glyph: u16) -> String {
    let face = match weight {
        Weight::Regular => Face::Regular,
        Weight::SemiBold => Face::SemiBold,
    };
    let mut path = Path(String::new());
    let drawn = FontRef::new(face.data(family)).ok().and_then(|font| {
        let settings = DrawSettings::unhinted(Size::new(EM), LocationRef::default());
        let outline = font.outline_glyphs().get(GlyphId::from(glyph))?;
        outline.draw(settings, &mut path).ok()
    });
    drawn.map_or_else(String::new, |_| path.0)
}

struct Path(String);

impl Path {
    fn push(&mut self, command: char, points: &[(f32, f32)]) {
        use std::fmt::Write;
        self.0.push(command);
        for (index, (x, y)) in points.iter().enumerate() {
            let space = if index == 0 { "" } else { " " };
            let _ = write!(self.0, "{space}{:.0} {:.0}", x, -y);
        }
    }
}

impl OutlinePen for Path {
    fn move_to(&mut self, x: f32, y: f32) {
        self.push('M', &[(x, y)]);
    }

    fn line_to(&mut self, x: f32, y: f32) {
        self.push('L', &[(x, y)]);
    }

    fn quad_to(&mut self, cx0: f32, cy0: f32, x: f32, y: f32) {
        self.push('Q', &[(cx0, cy0), (x, y)]);
    }

    fn curve_to(&mut self, cx0: f32, cy0: f32, cx1: f32, cy1: f32, x: f32, y: f32) {
        self.push('C', &[(cx0, cy0), (cx1, cy1), (x, y)]);
    }

    fn close(&mut self) {
        self.0.push('Z');
    }
}
