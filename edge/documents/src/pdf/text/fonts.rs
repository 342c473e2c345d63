// SPDX-License-Identifier: EUPL-1.2
//! The fonts of a page that is read: how wide each code is and which characters it means.

use std::collections::HashMap;

use super::MOST_OPERATORS;
use crate::pdf::{Dict, File, Lexer, Object, PdfError};

/// More codes than a font has, each counted as often as it is named.
const MOST_CODES: usize = 200_000;

/// What the codes of a font mean and how wide they are.
pub(super) struct Font {
    pub(super) wide: bool,
    pub(super) meanings: HashMap<u32, String>,
    pub(super) widths: HashMap<u32, f32>,
    pub(super) width: f32,
}

pub(super) fn fonts(file: &File<'_>, page: &Dict) -> Result<HashMap<Vec<u8>, Font>, PdfError> {
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
