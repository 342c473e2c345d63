// SPDX-License-Identifier: EUPL-1.2
//! The three kinds of tables: facts at a glance, names with values, and columns.

use krilla::tagging::{TableHeaderScope, Tag, TagKind};

use super::fonts::Face;
use super::rows::{
    BODY, Cell, LABEL, Look, NOTHING, PLAIN, cell, columns, space, strips, style, tagged,
};
use super::sheet::{BLUE, INK, MARGIN, MUTED, Node, RULE, Sheet, TINT, WIDTH};
use super::text::Style;

pub(super) fn highlights(sheet: &mut Sheet, facts: &[(&str, &str)]) {
    let inset = 14.0;
    let caption = style(Face::SemiBold, 9.0, 13.0, MUTED);
    let value = style(Face::SemiBold, 13.0, 17.0, INK);
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
            let cells = rows.iter().map(|row| row.as_ref().get(column));
            let cells = cells.map(|cell| cell.filter(|cell| !cell.trim().is_empty()));
            let lengths = cells.map(|cell| cell.map_or(NOTHING.len(), |cell| cell.chars().count()));
            let longest = lengths.max().unwrap_or(0).max(head.chars().count());
            longest.clamp(6, 40) as f32
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
