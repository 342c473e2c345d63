// SPDX-License-Identifier: EUPL-1.2
//! The text of a PDF in the order in which its pages draw it, as programs that know no tags read it. Page numbers and
//! other artifacts are left out.

use std::collections::HashMap;

use super::{Dict, File, Lexer, Object, PdfError};

/// More operators than a page of text needs.
const MOST_OPERATORS: usize = 500_000;
/// More codes than a font has, each counted as often as it is named.
const MOST_CODES: usize = 200_000;

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

/// What the codes of a font mean and how wide they are.
struct Font {
    wide: bool,
    meanings: HashMap<u32, String>,
    widths: HashMap<u32, f32>,
    width: f32,
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

fn fonts(file: &File<'_>, page: &Dict) -> Result<HashMap<Vec<u8>, Font>, PdfError> {
    let mut fonts = HashMap::new();
    // A page may have its resources from the node above.
    let mut node = page;
    let mut resources = file.dict(node, b"Resources");
    for _ in 0..20 {
        if resources.is_some() {
            break;
        }
        let Some(parent) = file.dict(node, b"Parent") else {
            break;
        };
        node = parent;
        resources = file.dict(node, b"Resources");
    }
    let Some(named) = resources.and_then(|resources| file.dict(resources, b"Font")) else {
        return Ok(fonts);
    };
    for (name, font) in named.iter().take(500) {
        if let Some(dict) = file.follow(font).dict() {
            fonts.insert(name.clone(), read_font(file, dict)?);
        }
    }
    Ok(fonts)
}

fn read_font(file: &File<'_>, dict: &Dict) -> Result<Font, PdfError> {
    let wide = matches!(file.get(dict, b"Subtype"), Object::Name(kind) if kind == b"Type0");
    let mut font = Font {
        wide,
        meanings: HashMap::new(),
        widths: HashMap::new(),
        width: 500.0,
    };
    if let stream @ Object::Stream(..) = file.get(dict, b"ToUnicode") {
        meanings(&file.unpacked(stream)?, &mut font.meanings);
    }
    if wide {
        if let Object::Array(below) = file.get(dict, b"DescendantFonts")
            && let Some(below) = below.first().and_then(|below| file.follow(below).dict())
        {
            font.width = file.number(below, b"DW").unwrap_or(1000.0);
            let mut left = MOST_CODES;
            if let Object::Array(widths) = file.get(below, b"W") {
                wide_widths(file, widths, &mut font.widths, &mut left);
            }
        }
    } else if let (Some(first), Object::Array(widths)) =
        (file.number(dict, b"FirstChar"), file.get(dict, b"Widths"))
    {
        for (index, width) in widths.iter().take(256).enumerate() {
            if let Object::Number(width) = file.follow(width) {
                font.widths.insert(first as u32 + index as u32, *width);
            }
        }
    }
    Ok(font)
}

/// `[1 [500 600] 7 9 400]`: code 1 is 500 wide, 2 is 600, 7 to 9 are 400.
fn wide_widths(file: &File<'_>, list: &[Object], widths: &mut HashMap<u32, f32>, left: &mut usize) {
    let mut list = list.iter().map(|object| file.follow(object));
    while let (Some(Object::Number(first)), Some(next)) = (list.next(), list.next()) {
        let first = *first as u32;
        match next {
            Object::Array(each) => {
                for (index, width) in each.iter().enumerate().take(*left) {
                    *left -= 1;
                    if let Object::Number(width) = file.follow(width) {
                        widths.insert(first + index as u32, *width);
                    }
                }
            }
            Object::Number(last) => {
                if let Some(Object::Number(width)) = list.next() {
                    for code in (first..=*last as u32).take(*left) {
                        *left -= 1;
                        widths.insert(code, *width);
                    }
                }
            }
            _ => {}
        }
    }
}

/// A ToUnicode table: `<0041> <0061>` in `bfchar`, `<0041> <0043> <0061>` or a list in `bfrange`.
fn meanings(table: &[u8], meanings: &mut HashMap<u32, String>) {
    let mut lexer = Lexer::new(table, 0);
    let mut pending: Vec<Object> = Vec::new();
    let mut left = MOST_CODES;
    for _ in 0..MOST_OPERATORS {
        lexer.skip_space();
        if lexer.at() >= table.len() {
            return;
        }
        match lexer.object() {
            Some(Object::Operator(name)) => {
                match &*name {
                    b"endbfchar" => {
                        for pair in pending.chunks_exact(2) {
                            if let [Object::Text(code), Object::Text(meaning)] = pair {
                                meanings.insert(whole(code), utf16(meaning));
                            }
                        }
                    }
                    b"endbfrange" => {
                        for three in pending.chunks_exact(3) {
                            range(three, meanings, &mut left);
                        }
                    }
                    _ => {}
                }
                pending.clear();
            }
            Some(object) if pending.len() < 200_000 => pending.push(object),
            _ => {}
        }
    }
}

fn range(three: &[Object], meanings: &mut HashMap<u32, String>, left: &mut usize) {
    let [Object::Text(first), Object::Text(last), target] = three else {
        return;
    };
    let codes = (whole(first)..=whole(last)).take(*left);
    match target {
        Object::Text(start) => {
            let start = utf16(start);
            let mut letters: Vec<char> = start.chars().collect();
            let Some(last) = letters.pop() else { return };
            for (index, code) in codes.enumerate() {
                let letter = char::from_u32(u32::from(last) + index as u32).unwrap_or('\u{fffd}');
                let meaning = letters.iter().copied().chain([letter]).collect();
                *left -= 1;
                meanings.insert(code, meaning);
            }
        }
        Object::Array(each) => {
            for (code, meaning) in codes.zip(each) {
                *left -= 1;
                if let Object::Text(meaning) = meaning {
                    meanings.insert(code, utf16(meaning));
                }
            }
        }
        _ => {}
    }
}

fn whole(code: &[u8]) -> u32 {
    let fold = |code: u32, byte: &u8| code << 8 | u32::from(*byte);
    code.iter().take(4).fold(0, fold)
}

fn utf16(bytes: &[u8]) -> String {
    let units = bytes
        .chunks_exact(2)
        .map(|pair| u16::from_be_bytes([pair[0], pair[1]]));
    char::decode_utf16(units)
        .map(|letter| letter.unwrap_or('\u{fffd}'))
        .collect()
}
