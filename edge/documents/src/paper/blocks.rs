// SPDX-License-Identifier: EUPL-1.2
//! What each block looks like and which tags it carries. Everything is a row of cells: a paragraph
//! is a row with one, a list item has its mark and its body, a fact has its name and its value.

use std::num::NonZeroU16;

use krilla::tagging::{ListNumbering, TableHeaderScope, Tag, TagKind};

use super::fonts::Face;
use super::sheet::{
    BLUE, Color, Fill, INK, MARGIN, MUTED, Node, RULE, Run, Sheet, Slot, Strip, TINT, WIDTH,
};
use super::text::{Line, Style};

const BODY: Style = style(Face::Regular, 10.5, 15.0, INK);
const STRONG: Style = style(Face::SemiBold, 10.5, 15.0, INK);
const LABEL: Style = style(Face::SemiBold, 9.5, 15.0, MUTED);
const CAPTION: Style = style(Face::Regular, 9.0, 13.0, MUTED);

/// What stands in for a value that is not there.
const NOTHING: &str = "non indicato";

const fn style(face: Face, size: f32, leading: f32, color: Color) -> Style {
    Style {
        face,
        size,
        leading,
        color,
    }
}

struct Cell {
    x: f32,
    slot: Slot,
    lines: Vec<Line>,
}

/// How a row of cells stands on the page. Lengths in points.
#[derive(Clone, Copy)]
struct Look {
    /// Space above the row, outside its background.
    before: f32,
    /// Space inside the row, above and below its text.
    above: f32,
    below: f32,
    leading: f32,
    /// A row of at most so many lines is never cut; of a longer one two lines stay together at
    /// each end.
    whole: usize,
    /// Whether the row stays with the one that follows.
    keep: bool,
    background: Option<Color>,
    /// A vertical bar at the left edge.
    bar: Option<Color>,
    /// A hairline under the row.
    rule: Option<Color>,
}

const PLAIN: Look = Look {
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

pub(super) fn letterhead(sheet: &mut Sheet, author: &str, office: &str) {
    let name = style(Face::Bold, 13.0, 17.0, BLUE);
    let look = Look {
        leading: 17.0,
        whole: usize::MAX,
        keep: true,
        ..PLAIN
    };
    text(sheet, Tag::P.into(), author, name, look);
    let look = Look {
        leading: 14.0,
        below: 10.0,
        rule: Some(BLUE),
        ..look
    };
    text(
        sheet,
        Tag::P.into(),
        office,
        style(Face::Regular, 10.0, 14.0, MUTED),
        look,
    );
}

pub(super) fn title(sheet: &mut Sheet, title: &str) {
    let face = style(Face::Bold, 24.0, 29.0, INK);
    let look = Look {
        before: 22.0,
        below: 8.0,
        leading: 29.0,
        whole: usize::MAX,
        keep: true,
        ..PLAIN
    };
    bookmarked(sheet, 1, title, face, look);
}

pub(super) fn heading(sheet: &mut Sheet, level: u16, title: &str) {
    let (face, before) = if level == 2 {
        (style(Face::Bold, 14.0, 18.0, BLUE), 18.0)
    } else {
        (style(Face::SemiBold, 11.5, 16.0, INK), 12.0)
    };
    let look = Look {
        before,
        below: 2.0,
        leading: face.leading,
        whole: usize::MAX,
        keep: true,
        ..PLAIN
    };
    bookmarked(sheet, level, title, face, look);
}

pub(super) fn paragraph(sheet: &mut Sheet, words: &str) {
    text(
        sheet,
        Tag::P.into(),
        words,
        BODY,
        Look {
            before: 6.0,
            ..PLAIN
        },
    );
}

pub(super) fn highlights(sheet: &mut Sheet, facts: &[(&str, &str)]) {
    let inset = 14.0;
    let caption = style(Face::SemiBold, 9.0, 13.0, MUTED);
    let value = style(Face::Bold, 13.0, 17.0, INK);
    let mut widths: Vec<f32> = Vec::with_capacity(facts.len());
    for (_, words) in facts {
        let line = sheet.shaper.lines(words, value, f32::INFINITY);
        widths.push(
            line.iter()
                .map(|line| line.width)
                .fold(0.0, f32::max)
                .max(90.0),
        );
    }
    // Each value on one line if they all fit; equal columns if they do not.
    let spare = WIDTH - widths.iter().sum::<f32>() - 2.0 * inset * widths.len() as f32;
    if spare < 1.0 {
        widths.fill(1.0);
    } else {
        let share = 2.0 * inset + spare / widths.len() as f32;
        widths.iter_mut().for_each(|width| *width += share);
    }
    let columns = columns(&widths, inset);
    let head = Look {
        before: 12.0,
        above: 11.0,
        leading: 13.0,
        whole: usize::MAX,
        keep: true,
        background: Some(TINT),
        bar: Some(BLUE),
        ..PLAIN
    };
    let body = Look {
        before: 0.0,
        above: 1.0,
        below: 12.0,
        leading: 17.0,
        keep: false,
        ..head
    };
    let th = || Tag::TH(TableHeaderScope::Column).into();
    let names = cells(sheet, facts.iter().map(|fact| fact.0), &columns, caption);
    let names = row(sheet, names, th, head, None);
    let values = cells(sheet, facts.iter().map(|fact| fact.1), &columns, value);
    let values = row(sheet, values, || Tag::TD.into(), body, None);
    let table = Node::Group(Tag::Table.into(), vec![names, values]);
    sheet.nodes.push(table);
    space(sheet, 4.0);
}

pub(super) fn facts<N: AsRef<str>, V: AsRef<str>>(sheet: &mut Sheet, rows: &[(N, V)]) {
    let split = 168.0;
    let count = rows.len();
    let mut nodes = Vec::with_capacity(count);
    for (index, (name, value)) in rows.iter().enumerate() {
        let look = Look {
            before: if index == 0 { 4.0 } else { 0.0 },
            above: 3.5,
            below: 3.5,
            whole: 10,
            // A short table is not cut; of a long one two rows stay together at each end.
            keep: index + 1 < count && (count <= 5 || index == 0 || index + 2 == count),
            rule: Some(RULE),
            ..PLAIN
        };
        let name = cell(sheet, name.as_ref(), LABEL, MARGIN, split - 12.0);
        let value = value.as_ref();
        // A fingerprint is for machines: smaller, and so on one line.
        let long_word = value.len() > 48 && !value.contains(char::is_whitespace);
        let size = if long_word { 9.0 } else { BODY.size };
        let face = Style { size, ..BODY };
        let value = cell(sheet, value, face, MARGIN + split, WIDTH - split);
        nodes.push(Node::Group(
            Tag::TR.into(),
            vec![
                tagged(Tag::TH(TableHeaderScope::Row).into(), &name),
                tagged(Tag::TD.into(), &value),
            ],
        ));
        let strips = strips(vec![name, value], look);
        sheet.strips.extend(strips);
    }
    sheet.nodes.push(Node::Group(Tag::Table.into(), nodes));
}

pub(super) fn table<R: AsRef<[String]>>(sheet: &mut Sheet, heads: &[&str], rows: &[R]) {
    // A column is as wide as its longest cell asks, within reason.
    let widths: Vec<f32> = heads
        .iter()
        .enumerate()
        .map(|(column, head)| {
            let cells = rows.iter().filter_map(|row| row.as_ref().get(column));
            let longest = cells.map(|cell| cell.chars().count()).max();
            longest.unwrap_or(0).max(head.chars().count()).clamp(6, 40) as f32
        })
        .collect();
    let columns = columns(&widths, 6.0);
    let head = Look {
        before: 6.0,
        above: 5.0,
        below: 5.0,
        whole: usize::MAX,
        keep: true,
        background: Some(TINT),
        rule: Some(BLUE),
        ..PLAIN
    };
    let body = Look {
        above: 4.0,
        below: 4.0,
        whole: 10,
        rule: Some(RULE),
        ..PLAIN
    };
    let first = sheet.strips.len();
    let th = || Tag::TH(TableHeaderScope::Column).into();
    let caption = style(Face::SemiBold, 9.5, 15.0, INK);
    let header = cells(sheet, heads.iter().copied(), &columns, caption);
    let header = row(sheet, header, th, head, None);
    let repeat = sheet.repeats.len();
    sheet.repeats.push(sheet.strips[first..].to_vec());
    let mut body_rows = Vec::with_capacity(rows.len());
    for values in rows {
        let values = values.as_ref().iter().map(String::as_str);
        let values = values.chain(std::iter::repeat("")).take(heads.len());
        let values = cells(sheet, values, &columns, BODY);
        body_rows.push(row(sheet, values, || Tag::TD.into(), body, Some(repeat)));
    }
    sheet.nodes.push(Node::Group(
        Tag::Table.into(),
        vec![
            Node::Group(Tag::THead.into(), vec![header]),
            Node::Group(Tag::TBody.into(), body_rows),
        ],
    ));
}

pub(super) fn list<T: AsRef<str>>(sheet: &mut Sheet, items: &[T], ordered: bool) {
    let indent = 18.0;
    let numbering = if ordered {
        ListNumbering::Decimal
    } else {
        ListNumbering::Disc
    };
    let look = Look {
        before: 4.0,
        ..PLAIN
    };
    let mut nodes = Vec::with_capacity(items.len());
    for (index, item) in items.iter().enumerate() {
        let (mark, face) = if ordered {
            (
                format!("{}.", index + 1),
                Style {
                    color: BLUE,
                    ..STRONG
                },
            )
        } else {
            (
                "•".to_owned(),
                Style {
                    color: BLUE,
                    ..BODY
                },
            )
        };
        let mark = cell(sheet, &mark, face, MARGIN + 2.0, indent);
        let body = cell(sheet, item.as_ref(), BODY, MARGIN + indent, WIDTH - indent);
        nodes.push(Node::Group(
            Tag::LI.into(),
            vec![
                tagged(Tag::Lbl.into(), &mark),
                tagged(Tag::LBody.into(), &body),
            ],
        ));
        let strips = strips(vec![mark, body], look);
        sheet.strips.extend(strips);
    }
    sheet
        .nodes
        .push(Node::Group(Tag::L(numbering).into(), nodes));
}

pub(super) fn note(sheet: &mut Sheet, title: &str, words: &str) {
    let (x, width) = (MARGIN + 16.0, WIDTH - 30.0);
    let head = Look {
        before: 14.0,
        above: 9.0,
        keep: true,
        background: Some(TINT),
        bar: Some(BLUE),
        ..PLAIN
    };
    let body = Look {
        before: 0.0,
        above: 1.0,
        below: 10.0,
        keep: false,
        ..head
    };
    let title = cell(sheet, title, STRONG, x, width);
    let words = cell(sheet, words, BODY, x, width);
    sheet.nodes.push(Node::Group(
        Tag::Div.into(),
        vec![tagged(Tag::P.into(), &title), tagged(Tag::P.into(), &words)],
    ));
    let title = strips(vec![title], head);
    let words = strips(vec![words], body);
    sheet.strips.extend(title);
    sheet.strips.extend(words);
    space(sheet, 4.0);
}

pub(super) fn signatures(sheet: &mut Sheet, signers: &[&str]) {
    let columns = columns(&vec![1.0; signers.len()], 0.0);
    let mut cells = Vec::with_capacity(signers.len());
    for (signer, (x, width)) in signers.iter().zip(&columns) {
        let signer = cell(sheet, signer, CAPTION, *x, width - 24.0);
        sheet.nodes.push(tagged(Tag::P.into(), &signer));
        cells.push(signer);
    }
    let look = Look {
        before: 16.0,
        above: 44.0,
        leading: 13.0,
        whole: usize::MAX,
        ..PLAIN
    };
    let mut strips = strips(cells, look);
    if let Some(first) = strips.first_mut() {
        first.fills = columns
            .iter()
            .map(|(x, width)| Fill {
                x: *x,
                y: 40.0,
                width: width - 24.0,
                height: 0.6,
                color: INK,
            })
            .collect();
    }
    sheet.strips.extend(strips);
}

/// The left edge and the width of the text in columns that share the page as `widths` do.
fn columns(widths: &[f32], inset: f32) -> Vec<(f32, f32)> {
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

fn cell(sheet: &mut Sheet, words: &str, style: Style, x: f32, width: f32) -> Cell {
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

/// One cell for each column.
fn cells<'a>(
    sheet: &mut Sheet,
    words: impl Iterator<Item = &'a str>,
    columns: &[(f32, f32)],
    style: Style,
) -> Vec<Cell> {
    words
        .zip(columns)
        .map(|(words, (x, width))| cell(sheet, words, style, *x, *width))
        .collect()
}

/// Adds a row of a table and returns its tags.
fn row(
    sheet: &mut Sheet,
    cells: Vec<Cell>,
    kind: impl Fn() -> TagKind,
    look: Look,
    repeat: Option<usize>,
) -> Node {
    let nodes = cells.iter().map(|cell| tagged(kind(), cell)).collect();
    let mut strips = strips(cells, look);
    for strip in &mut strips {
        strip.repeat = repeat;
    }
    sheet.strips.extend(strips);
    Node::Group(Tag::TR.into(), nodes)
}

fn text(sheet: &mut Sheet, kind: TagKind, words: &str, style: Style, look: Look) {
    let slot = sheet.slot();
    let lines = sheet.shaper.lines(words, style, WIDTH);
    let cell = Cell {
        x: MARGIN,
        slot,
        lines,
    };
    sheet.nodes.push(tagged(kind, &cell));
    let strips = strips(vec![cell], look);
    sheet.strips.extend(strips);
}

fn bookmarked(sheet: &mut Sheet, level: u16, words: &str, style: Style, look: Look) {
    let first = sheet.strips.len();
    let number = NonZeroU16::new(level).unwrap_or(NonZeroU16::MIN);
    let kind = Tag::Hn(number, Some(words.to_owned())).into();
    text(sheet, kind, words, style, look);
    if let Some(strip) = sheet.strips.get_mut(first) {
        strip.bookmark = Some((level, words.to_owned()));
    }
}

fn tagged(kind: TagKind, cell: &Cell) -> Node {
    Node::Group(kind, vec![Node::Text(cell.slot)])
}

/// Empty paper under a block whose background needs air.
fn space(sheet: &mut Sheet, height: f32) {
    sheet.strips.push(Strip {
        before: height,
        ..Strip::default()
    });
}

/// Cuts a row of cells into strips, one for each line.
fn strips(cells: Vec<Cell>, look: Look) -> Vec<Strip> {
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
