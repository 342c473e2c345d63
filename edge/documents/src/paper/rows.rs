// SPDX-License-Identifier: EUPL-1.2
//! Rows of cells, of which every block is made: a paragraph is a row with one cell, a list item
//! has its mark and its body, a fact has its name and its value.

use krilla::tagging::TagKind;

use super::fonts::Face;
use super::sheet::{BLUE, Color, Fill, INK, MARGIN, MUTED, Node, Run, Sheet, Slot, Strip, WIDTH};
use super::text::{Line, Style};

pub(super) const BODY: Style = style(Face::Regular, 10.5, 15.0, INK);
pub(super) const STRONG: Style = style(Face::SemiBold, 10.5, 15.0, INK);
pub(super) const LABEL: Style = style(Face::SemiBold, 9.5, 15.0, MUTED);
pub(super) const CAPTION: Style = style(Face::Regular, 9.0, 13.0, MUTED);

/// What stands in for a value that is not there.
pub(super) const NOTHING: &str = "non indicato";

pub(super) const fn style(face: Face, size: f32, leading: f32, color: Color) -> Style {
    Style {
        face,
        size,
        leading,
        color,
    }
}

pub(super) struct Cell {
    pub(super) x: f32,
    pub(super) slot: Slot,
    pub(super) lines: Vec<Line>,
}

/// How a row of cells stands on the page. Lengths in points.
#[derive(Clone, Copy)]
pub(super) struct Look {
    /// Space above the row, outside its background.
    pub(super) before: f32,
    /// Space inside the row, above and below its text.
    pub(super) above: f32,
    pub(super) below: f32,
    pub(super) leading: f32,
    /// A row of at most so many lines is never cut; of a longer one two lines stay together at
    /// each end.
    pub(super) whole: usize,
    /// Whether the row stays with the one that follows.
    pub(super) keep: bool,
    pub(super) background: Option<Color>,
    /// A vertical bar at the left edge.
    pub(super) bar: Option<Color>,
    /// A hairline under the row.
    pub(super) rule: Option<Color>,
}

pub(super) const PLAIN: Look = Look {
    before: 0.0,
    above: 0.0,
    below: 0.0,
    leading: 15.0,
    whole: 3,
    keep: false,
    background: None,
    bar: None,
    rule: None,
};

/// The left edge and the width of the text in columns that share the page as `widths` do.
pub(super) fn columns(widths: &[f32], inset: f32) -> Vec<(f32, f32)> {
    let total: f32 = widths.iter().sum();
    let mut x = MARGIN;
    widths
        .iter()
        .map(|width| {
            let width = WIDTH * width / total;
            let place = (x + inset, width - 2.0 * inset);
            x += width;
            place
        })
        .collect()
}

pub(super) fn cell(sheet: &mut Sheet, words: &str, style: Style, x: f32, width: f32) -> Cell {
    let words = if words.trim().is_empty() {
        NOTHING
    } else {
        words
    };
    Cell {
        x,
        slot: sheet.slot(),
        lines: sheet.shaper.lines(words, style, width),
    }
}

pub(super) fn tagged(kind: TagKind, cell: &Cell) -> Node {
    Node::Group(kind, vec![Node::Text(cell.slot)])
}

/// Empty paper under a block whose background needs air.
pub(super) fn space(sheet: &mut Sheet, height: f32) {
    sheet.strips.push(Strip {
        before: height,
        ..Strip::default()
    });
}

/// Cuts a row of cells into strips, one for each line.
pub(super) fn strips(cells: Vec<Cell>, look: Look) -> Vec<Strip> {
    let count = cells.iter().map(|cell| cell.lines.len()).max().unwrap_or(0);
    let mut strips: Vec<Strip> = (0..count)
        .map(|index| {
            let (first, last) = (index == 0, index + 1 == count);
            let above = if first { look.above } else { 0.0 };
            let height = above + look.leading + if last { look.below } else { 0.0 };
            let together = count <= look.whole || first || index + 2 == count;
            let band = |x, y, width, height, color| Fill {
                x,
                y,
                width,
                height,
                color,
            };
            let mut fills = Vec::new();
            fills.extend(look.background.map(|c| band(MARGIN, 0.0, WIDTH, height, c)));
            fills.extend(look.bar.map(|c| band(MARGIN, 0.0, 3.0, height, c)));
            if last {
                let thick = if look.rule == Some(BLUE) { 1.5 } else { 0.6 };
                fills.extend(
                    look.rule
                        .map(|c| band(MARGIN, height - thick, WIDTH, thick, c)),
                );
            }
            Strip {
                before: if first { look.before } else { 0.0 },
                height,
                keep: if last { look.keep } else { together },
                fills,
                ..Strip::default()
            }
        })
        .collect();
    // Smaller type stands on the baseline of its bigger neighbour.
    let baseline = cells
        .iter()
        .flat_map(|cell| &cell.lines)
        .map(|line| line.style.baseline())
        .fold(0.0, f32::max);
    for cell in cells {
        for (index, (line, strip)) in cell.lines.into_iter().zip(&mut strips).enumerate() {
            let above = if index == 0 { look.above } else { 0.0 };
            strip.runs.push(Run {
                x: cell.x,
                y: above + baseline,
                line,
                slot: cell.slot,
            });
        }
    }
    strips
}
