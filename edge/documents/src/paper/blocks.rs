// SPDX-License-Identifier: EUPL-1.2
//! What running text, headings, lists, notes and signatures look like and which tags they carry.

use std::num::NonZeroU16;

use krilla::tagging::{ListNumbering, Tag, TagKind};

use super::fonts::Face;
use super::rows::{
    BODY, CAPTION, Cell, Look, PLAIN, STRONG, cell, columns, space, strips, style, tagged,
};
use super::sheet::{BLUE, Fill, INK, MARGIN, MUTED, Node, Sheet, TINT, WIDTH};
use super::text::Style;

pub(super) fn letterhead(sheet: &mut Sheet, author: &str, office: &str) {
    let name = style(Face::SemiBold, 13.0, 17.0, BLUE);
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
    let face = style(Face::SemiBold, 24.0, 29.0, INK);
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
        (style(Face::SemiBold, 14.0, 18.0, BLUE), 18.0)
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
