// SPDX-License-Identifier: EUPL-1.2
//! The text of a PDF in the order in which its pages draw it, as programs that know no tags read it. Page numbers and
//! other artifacts are left out.

use std::collections::HashMap;

mod fonts;

use fonts::{Font, fonts};

use super::{File, Lexer, Object, PdfError};

/// More operators than a page of text needs.
pub(super) const MOST_OPERATORS: usize = 500_000;

/// A line of text.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Line {
    pub(crate) text: String,
    /// The largest type on it, in points.
    pub(crate) size: f32,
}

/// The lines of all pages.
pub(crate) fn lines(file: &File<'_>) -> Result<Vec<Line>, PdfError> {
    let mut lines = Vec::new();
    for page in file.pages() {
        let mut content = Vec::new();
        match file.get(page, b"Contents") {
            Object::Array(parts) => {
                for part in parts.iter().take(1_000) {
                    content.extend(file.unpacked(file.follow(part))?);
                    content.push(b'\n');
                }
            }
            stream @ Object::Stream(..) => content = file.unpacked(stream)?,
            _ => {}
        }
        let mut reader = Reader {
            fonts: fonts(file, page)?,
            lines: &mut lines,
            font: None,
            size: 0.0,
            spacing: (0.0, 0.0),
            leading: 0.0,
            line: IDENTITY,
            place: IDENTITY,
            ground: vec![IDENTITY],
            marks: Vec::new(),
            last: None,
        };
        reader.page(&content);
    }
    lines.retain(|line| !line.text.trim().is_empty());
    Ok(lines)
}

type Matrix = [f32; 6];
const IDENTITY: Matrix = [1.0, 0.0, 0.0, 1.0, 0.0, 0.0];

fn times(a: Matrix, b: Matrix) -> Matrix {
    [
        a[0] * b[0] + a[1] * b[2],
        a[0] * b[1] + a[1] * b[3],
        a[2] * b[0] + a[3] * b[2],
        a[2] * b[1] + a[3] * b[3],
        a[4] * b[0] + a[5] * b[2] + b[4],
        a[4] * b[1] + a[5] * b[3] + b[5],
    ]
}

/// A stretch of marked content.
#[derive(Default)]
struct Mark {
    /// Decoration, not read.
    artifact: bool,
    /// What is to be read in the place of its glyphs; taken by the first of them.
    actual: Option<String>,
    /// It had such a text.
    replaced: bool,
}

struct Reader<'l> {
    fonts: HashMap<Vec<u8>, Font>,
    lines: &'l mut Vec<Line>,
    font: Option<Vec<u8>>,
    size: f32,
    /// Between characters and between words.
    spacing: (f32, f32),
    leading: f32,
    line: Matrix,
    place: Matrix,
    ground: Vec<Matrix>,
    /// What the open marks say, from the outer to the inner.
    marks: Vec<Mark>,
    /// Where the last text ended.
    last: Option<(f32, f32)>,
}

impl Reader<'_> {
    fn page(&mut self, content: &[u8]) {
        let mut lexer = Lexer::new(content, 0);
        let mut operands: Vec<Object> = Vec::new();
        for _ in 0..MOST_OPERATORS {
            lexer.skip_space();
            if lexer.at() >= content.len() {
                return;
            }
            match lexer.object() {
                Some(Object::Operator(name)) => {
                    if name == b"BI" {
                        // A picture in the middle of a page: go on behind it.
                        let end = super::find(content, b"EI", lexer.at());
                        lexer.go(end.map_or(content.len(), |end| end + 2));
                    }
                    self.operator(&name, &operands);
                    operands.clear();
                }
                Some(operand) if operands.len() < 1_000 => operands.push(operand),
                _ => {}
            }
        }
    }

    fn operator(&mut self, name: &[u8], operands: &[Object]) {
        let number = |index: usize| match operands.get(index) {
            Some(Object::Number(number)) => *number,
            _ => 0.0,
        };
        let matrix = || [0, 1, 2, 3, 4, 5].map(number);
        match name {
            b"q" => {
                let top = *self.ground.last().unwrap_or(&IDENTITY);
                if self.ground.len() < 100 {
                    self.ground.push(top);
                }
            }
            b"Q" if self.ground.len() > 1 => {
                self.ground.pop();
            }
            b"cm" => {
                if let Some(top) = self.ground.last_mut() {
                    *top = times(matrix(), *top);
                }
            }
            b"BT" => (self.line, self.place) = (IDENTITY, IDENTITY),
            b"Tf" => {
                self.font = match operands.first() {
                    Some(Object::Name(name)) => Some(name.clone()),
                    _ => None,
                };
                self.size = number(1);
            }
            b"Tc" => self.spacing.0 = number(0),
            b"Tw" => self.spacing.1 = number(0),
            b"TL" => self.leading = number(0),
            b"Tm" => (self.line, self.place) = (matrix(), matrix()),
            b"Td" => self.move_by(number(0), number(1)),
            b"TD" => {
                self.leading = -number(1);
                self.move_by(number(0), number(1));
            }
            b"T*" => self.move_by(0.0, -self.leading),
            b"Tj" | b"TJ" => self.show(operands.first()),
            b"'" | b"\"" => {
                self.move_by(0.0, -self.leading);
                self.show(operands.last());
            }
            b"BMC" | b"BDC" => {
                let properties = operands.get(1).and_then(Object::dict);
                let actual = properties.and_then(|dict| match dict.get(&b"ActualText"[..]) {
                    Some(Object::Text(text)) => Some(super::decoded(text)),
                    _ => None,
                });
                self.marks.push(Mark {
                    artifact: matches!(operands.first(), Some(Object::Name(name)) if name == b"Artifact"),
                    replaced: actual.is_some(),
                    actual,
                });
            }
            b"EMC" => {
                self.marks.pop();
            }
            _ => {}
        }
    }

    fn move_by(&mut self, x: f32, y: f32) {
        self.line = times([1.0, 0.0, 0.0, 1.0, x, y], self.line);
        self.place = self.line;
    }

    fn show(&mut self, shown: Option<&Object>) {
        match shown {
            Some(Object::Text(text)) => self.string(text),
            Some(Object::Array(parts)) => {
                for part in parts {
                    match part {
                        Object::Text(text) => self.string(text),
                        Object::Number(back) => self.advance(-back / 1000.0 * self.size),
                        _ => {}
                    }
                }
            }
            _ => {}
        }
    }

    fn advance(&mut self, x: f32) {
        self.place = times([1.0, 0.0, 0.0, 1.0, x, 0.0], self.place);
    }

    fn string(&mut self, codes: &[u8]) {
        let Some(font) = self.font.as_ref().and_then(|name| self.fonts.get(name)) else {
            return;
        };
        let length = if font.wide { 2 } else { 1 };
        let mut shown = String::new();
        let mut width = 0.0;
        for code in codes.chunks(length) {
            let code = code
                .iter()
                .fold(0, |code, byte| code << 8 | u32::from(*byte));
            match font.meanings.get(&code) {
                Some(meaning) => shown.push_str(meaning),
                // Without a table, codes of one byte are mostly letters.
                None if !font.wide => shown.extend(char::from_u32(code)),
                None => shown.push('\u{fffd}'),
            }
            let glyph = font.widths.get(&code).copied().unwrap_or(font.width);
            width += glyph / 1000.0 * self.size + self.spacing.0;
            if code == 32 && !font.wide {
                width += self.spacing.1;
            }
        }
        let ground = *self.ground.last().unwrap_or(&IDENTITY);
        let start = times(self.place, ground);
        self.advance(width);
        let end = times(self.place, ground);
        if self.marks.iter().any(|mark| mark.artifact) {
            return;
        }
        if let Some(mark) = self.marks.iter_mut().find(|mark| mark.replaced) {
            shown = mark.actual.take().unwrap_or_default();
        }
        let size = self.size * start[3].abs().max(start[1].abs());
        self.write(&shown, (start[4], start[5]), end[4], size);
    }

    /// Adds text to the line it stands on, or begins a new one.
    fn write(&mut self, text: &str, start: (f32, f32), end: f32, size: f32) {
        let same = self
            .last
            .is_some_and(|(_, y)| (y - start.1).abs() < size * 0.4);
        match self.lines.last_mut().filter(|_| same) {
            Some(line) => {
                let gap = self.last.map_or(0.0, |(x, _)| start.0 - x);
                if gap.abs() > size * 0.2 && !line.text.ends_with(' ') && !text.starts_with(' ') {
                    line.text.push(' ');
                }
                line.text.push_str(text);
                line.size = line.size.max(size);
            }
            None => self.lines.push(Line {
                text: text.to_owned(),
                size,
            }),
        }
        self.last = Some((end, start.1));
    }
}
