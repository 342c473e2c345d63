// SPDX-License-Identifier: EUPL-1.2
//! The notation of PDF objects, and of the operators on a page.

use std::collections::BTreeMap;
use std::ops::Range;

/// Deeper than any honest file nests.
const DEEPEST: usize = 60;
/// More than any honest file puts into one list.
const LONGEST: usize = 200_000;

pub(crate) type Dict = BTreeMap<Vec<u8>, Object>;

/// An object, or an operator inside a page.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Object {
    Null,
    Bool,
    Number(f32),
    Name(Vec<u8>),
    Text(Vec<u8>),
    Array(Vec<Object>),
    Dict(Dict),
    /// Its dictionary and where its bytes stand in the file.
    Stream(Dict, Range<usize>),
    Reference(u32),
    Operator(Vec<u8>),
}

impl Object {
    /// The dictionary of a dictionary or a stream.
    pub(crate) fn dict(&self) -> Option<&Dict> {
        match self {
            Self::Dict(dict) | Self::Stream(dict, _) => Some(dict),
            _ => None,
        }
    }

    /// Whether `/Type` says so.
    pub(crate) fn is(&self, kind: &[u8]) -> bool {
        let name = self.dict().and_then(|dict| dict.get(&b"Type"[..]));
        matches!(name, Some(Self::Name(name)) if name == kind)
    }
}

/// Reads objects one after the other.
pub(crate) struct Lexer<'a> {
    bytes: &'a [u8],
    at: usize,
    depth: usize,
    /// Where the last `endstream` stands.
    last_end: usize,
}

impl<'a> Lexer<'a> {
    pub(crate) const fn new(bytes: &'a [u8], at: usize) -> Self {
        Self {
            bytes,
            at,
            depth: 0,
            last_end: 0,
        }
    }

    /// Takes what follows a dictionary for a stream, as far as streams end in this file.
    pub(crate) const fn with_streams_until(mut self, last_end: usize) -> Self {
        self.last_end = last_end;
        self
    }

    /// Where it stands.
    pub(crate) const fn at(&self) -> usize {
        self.at
    }

    /// Goes on at another place.
    pub(crate) const fn go(&mut self, at: usize) {
        self.at = at;
    }

    /// The next object; `None` at the end or where nothing can be made of what follows.
    pub(crate) fn object(&mut self) -> Option<Object> {
        self.skip_space();
        match self.peek()? {
            b'/' => {
                self.at += 1;
                Some(Object::Name(self.name()))
            }
            b'(' => Some(Object::Text(self.text())),
            b'<' if self.bytes.get(self.at + 1) == Some(&b'<') => self.dict(),
            b'<' => Some(Object::Text(self.hex())),
            b'[' => self.array(),
            b'+' | b'-' | b'.' | b'0'..=b'9' => Some(self.number()),
            b']' | b'>' | b')' | b'}' | b'{' => {
                self.at += 1;
                None
            }
            _ => {
                let word = self.word();
                Some(match &*word {
                    b"null" => Object::Null,
                    b"true" | b"false" => Object::Bool,
                    _ => Object::Operator(word),
                })
            }
        }
    }

    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    pub(crate) fn skip_space(&mut self) {
        while let Some(byte) = self.peek() {
            if byte == b'%' {
                while self
                    .peek()
                    .is_some_and(|byte| byte != b'\n' && byte != b'\r')
                {
                    self.at += 1;
                }
            } else if is_space(byte) {
                self.at += 1;
            } else {
                return;
            }
        }
    }

    fn word(&mut self) -> Vec<u8> {
        let start = self.at;
        while self
            .peek()
            .is_some_and(|byte| !is_space(byte) && !is_mark(byte))
        {
            self.at += 1;
        }
        self.bytes[start..self.at].to_vec()
    }

    fn name(&mut self) -> Vec<u8> {
        let raw = self.word();
        let mut name = Vec::with_capacity(raw.len());
        let mut rest = &raw[..];
        while let Some((first, tail)) = rest.split_first() {
            let coded = (*first == b'#')
                .then(|| Some(nibble(*tail.first()?)? << 4 | nibble(*tail.get(1)?)?))
                .flatten();
            match coded {
                Some(byte) => {
                    name.push(byte);
                    rest = &tail[2..];
                }
                None => {
                    name.push(*first);
                    rest = tail;
                }
            }
        }
        name
    }

    /// A number, or a reference such as `12 0 R`.
    fn number(&mut self) -> Object {
        let word = self.word();
        let whole = word.iter().all(u8::is_ascii_digit) && word.len() < 9;
        let text = String::from_utf8_lossy(&word);
        if whole {
            let after = self.at;
            self.skip_space();
            let generation = self.word();
            if (1..=5).contains(&generation.len()) && generation.iter().all(u8::is_ascii_digit) {
                self.skip_space();
                if self.word() == b"R" {
                    return Object::Reference(text.parse().unwrap_or(0));
                }
            }
            self.at = after;
        }
        Object::Number(text.parse().unwrap_or(0.0))
    }

    fn text(&mut self) -> Vec<u8> {
        self.at += 1;
        let mut text = Vec::new();
        let mut open = 1_usize;
        while let Some(byte) = self.peek() {
            self.at += 1;
            match byte {
                b'(' => {
                    open += 1;
                    text.push(byte);
                }
                b')' => {
                    open -= 1;
                    if open == 0 {
                        break;
                    }
                    text.push(byte);
                }
                b'\\' => self.escape(&mut text),
                _ => text.push(byte),
            }
        }
        text
    }

    fn escape(&mut self, text: &mut Vec<u8>) {
        let Some(byte) = self.peek() else { return };
        self.at += 1;
        match byte {
            b'n' => text.push(b'\n'),
            b'r' => text.push(b'\r'),
            b't' => text.push(b'\t'),
            b'b' => text.push(8),
            b'f' => text.push(12),
            b'0'..=b'7' => {
                let mut value = u32::from(byte - b'0');
                for _ in 0..2 {
                    match self.peek() {
                        Some(digit @ b'0'..=b'7') => {
                            value = value * 8 + u32::from(digit - b'0');
                            self.at += 1;
                        }
                        _ => break,
                    }
                }
                text.push((value & 0xff) as u8);
            }
            b'\r' => {
                if self.peek() == Some(b'\n') {
                    self.at += 1;
                }
            }
            b'\n' => {}
            other => text.push(other),
        }
    }

    fn hex(&mut self) -> Vec<u8> {
        self.at += 1;
        let mut digits = Vec::new();
        while let Some(byte) = self.peek() {
            self.at += 1;
            if byte == b'>' {
                break;
            }
            digits.extend(nibble(byte));
        }
        digits
            .chunks(2)
            .map(|pair| pair[0] << 4 | pair.get(1).copied().unwrap_or(0))
            .collect()
    }

    fn array(&mut self) -> Option<Object> {
        self.at += 1;
        self.depth += 1;
        let mut items = Vec::new();
        while self.depth <= DEEPEST && items.len() < LONGEST {
            self.skip_space();
            match self.peek() {
                Some(b']') => {
                    self.at += 1;
                    break;
                }
                None => break,
                Some(_) => items.extend(self.object()),
            }
        }
        let whole = self.depth <= DEEPEST;
        self.depth -= 1;
        whole.then_some(Object::Array(items))
    }

    fn dict(&mut self) -> Option<Object> {
        self.at += 2;
        self.depth += 1;
        let mut dict = Dict::new();
        while self.depth <= DEEPEST && dict.len() < LONGEST {
            self.skip_space();
            match self.peek() {
                Some(b'>') => {
                    self.at = (self.at + 2).min(self.bytes.len());
                    break;
                }
                Some(b'/') => {
                    self.at += 1;
                    let key = self.name();
                    if let Some(value) = self.object() {
                        dict.insert(key, value);
                    }
                }
                Some(_) => {
                    self.object();
                }
                None => break,
            }
        }
        let whole = self.depth <= DEEPEST;
        self.depth -= 1;
        if !whole {
            return None;
        }
        Some(match self.stream(&dict) {
            Some(range) => Object::Stream(dict, range),
            None => Object::Dict(dict),
        })
    }

    /// The bytes that follow a dictionary, if they are a stream.
    fn stream(&mut self, dict: &Dict) -> Option<Range<usize>> {
        if self.depth > 0 || self.at > self.last_end {
            return None;
        }
        let after = self.at;
        self.skip_space();
        if !self.bytes.get(self.at..)?.starts_with(b"stream") {
            self.at = after;
            return None;
        }
        let mut start = self.at + 6;
        if self.bytes.get(start) == Some(&b'\r') {
            start += 1;
        }
        if self.bytes.get(start) == Some(&b'\n') {
            start += 1;
        }
        let told = match dict.get(&b"Length"[..]) {
            Some(Object::Number(length)) => start.checked_add(*length as usize),
            _ => None,
        };
        // Believed only if the end is where it should be.
        let ends = |end: &usize| {
            let rest = self.bytes.get(*end..(*end + 16).min(self.bytes.len()));
            rest.is_some_and(|rest| rest.windows(9).any(|window| window == b"endstream"))
        };
        let end = told.filter(ends).or_else(|| {
            let rest = self.bytes.get(start..self.last_end + 9)?;
            let length = rest.windows(9).position(|window| window == b"endstream")?;
            Some(start + length)
        })?;
        self.at = end;
        Some(start..end)
    }
}

const fn is_space(byte: u8) -> bool {
    matches!(byte, 0 | b'\t' | b'\n' | 12 | b'\r' | b' ')
}

const fn is_mark(byte: u8) -> bool {
    matches!(
        byte,
        b'(' | b')' | b'<' | b'>' | b'[' | b']' | b'{' | b'}' | b'/' | b'%'
    )
}

const fn nibble(digit: u8) -> Option<u8> {
    match digit {
        b'0'..=b'9' => Some(digit - b'0'),
        b'a'..=b'f' => Some(digit - b'a' + 10),
        b'A'..=b'F' => Some(digit - b'A' + 10),
        _ => None,
    }
}
