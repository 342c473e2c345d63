// SPDX-License-Identifier: EUPL-1.2
//! Reads PDFs: our own, and those of others as far as imports need it. Small, and bounded in time and memory whatever
//! the file says: a hostile file gets an error, not the machine.
//!
//! Cross-reference tables are not believed. Objects are found where they stand, as repair tools do it, so that a file
//! with a broken table is read as well.

mod lexer;
mod text;

use std::collections::BTreeMap;
use std::fmt;

use miniz_oxide::inflate::decompress_to_vec_zlib_with_limit;

pub(crate) use lexer::{Dict, Lexer, Object};
pub(crate) use text::{Line, lines};

/// The largest file that is read: 20 MiB.
pub const LARGEST_FILE: usize = 20 << 20;
/// The most that one stream may become.
const LARGEST_STREAM: usize = 16 << 20;
/// The most that all streams of a file may become together.
const LARGEST_WHOLE: usize = 64 << 20;
/// The most objects and pages.
const MOST_OBJECTS: usize = 200_000;
const MOST_PAGES: usize = 200;

/// Why a file was not read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PdfError {
    /// It does not begin as a PDF does, or has nothing in it that a PDF has.
    NotAPdf,
    /// It is larger than [`LARGEST_FILE`], or becomes too large when it is unpacked.
    TooLarge,
    /// It can only be opened with a password.
    Encrypted,
    /// It packs its contents in a way that is not read here.
    Unsupported,
}

impl fmt::Display for PdfError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NotAPdf => "not a PDF",
            Self::TooLarge => "a PDF that is too large",
            Self::Encrypted => "a PDF with a password",
            Self::Unsupported => "a PDF that is packed in an unusual way",
        })
    }
}

impl std::error::Error for PdfError {}

/// A file inside a PDF.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attachment {
    /// Its name.
    pub name: String,
    /// Its contents.
    pub data: Vec<u8>,
}

/// A PDF whose objects have been found.
pub(crate) struct File<'a> {
    bytes: &'a [u8],
    objects: BTreeMap<u32, Object>,
    left: std::cell::Cell<usize>,
}

impl<'a> File<'a> {
    pub(crate) fn read(bytes: &'a [u8]) -> Result<Self, PdfError> {
        if bytes.len() > LARGEST_FILE {
            return Err(PdfError::TooLarge);
        }
        let head = bytes.get(..1024).unwrap_or(bytes);
        if !head.windows(5).any(|window| window == b"%PDF-") {
            return Err(PdfError::NotAPdf);
        }
        let mut file = Self {
            bytes,
            objects: BTreeMap::new(),
            left: std::cell::Cell::new(LARGEST_WHOLE),
        };
        file.find_objects()?;
        if file.is_encrypted() {
            return Err(PdfError::Encrypted);
        }
        file.unpack_objects()?;
        if file.catalog().is_none() {
            return Err(PdfError::NotAPdf);
        }
        Ok(file)
    }

    /// Finds every `7 0 obj`; of two with one number the later counts.
    fn find_objects(&mut self) -> Result<(), PdfError> {
        let mut from = 0;
        // Without this each stream that has no end would be searched for one to the end of the file.
        let ends = self.bytes.windows(9).rposition(|word| word == b"endstream");
        while let Some(found) = find(self.bytes, b"obj", from) {
            from = found + 3;
            let Some(number) = number_before(self.bytes, found) else {
                continue;
            };
            let mut lexer = Lexer::new(self.bytes, from).with_streams_until(ends.unwrap_or(0));
            if let Some(object) = lexer.object() {
                // What stands inside a stream is no object of the file.
                from = match &object {
                    Object::Stream(_, range) => range.end,
                    _ => lexer.at(),
                };
                self.objects.insert(number, object);
            }
            if self.objects.len() > MOST_OBJECTS {
                return Err(PdfError::TooLarge);
            }
        }
        Ok(())
    }

    /// Objects that are packed together in streams (PDF 1.5).
    fn unpack_objects(&mut self) -> Result<(), PdfError> {
        let packed: Vec<u32> = self
            .objects
            .iter()
            .filter(|(_, object)| object.is(b"ObjStm"))
            .map(|(number, _)| *number)
            .collect();
        for number in packed {
            let Some(stream) = self.objects.get(&number) else {
                continue;
            };
            let dict = stream.dict().cloned().unwrap_or_default();
            let data = self.unpacked(stream)?;
            let whole = |key: &[u8]| self.number(&dict, key).map(|n| n as usize);
            let (Some(count), Some(first)) = (whole(b"N"), whole(b"First")) else {
                continue;
            };
            let mut head = Lexer::new(&data, 0);
            let mut places: Vec<(usize, u32)> = Vec::new();
            for _ in 0..count.min(MOST_OBJECTS) {
                let (Some(Object::Number(number)), Some(Object::Number(offset))) =
                    (head.object(), head.object())
                else {
                    break;
                };
                places.push((first.saturating_add(offset as usize), number as u32));
            }
            // Each object ends where the next begins, so that nothing is read twice.
            places.sort_unstable();
            for (index, (start, number)) in places.iter().enumerate() {
                let end = places.get(index + 1).map_or(data.len(), |next| next.0);
                let part = data.get(*start..end.min(data.len())).unwrap_or_default();
                if let Some(object) = Lexer::new(part, 0).object() {
                    self.objects.entry(*number).or_insert(object);
                }
                if self.objects.len() > MOST_OBJECTS {
                    return Err(PdfError::TooLarge);
                }
            }
        }
        Ok(())
    }

    fn is_encrypted(&self) -> bool {
        let in_table = self.objects.values().any(|object| {
            object.is(b"XRef")
                && object
                    .dict()
                    .is_some_and(|d| d.contains_key(&b"Encrypt"[..]))
        });
        let mut from = 0;
        let mut in_trailer = false;
        while let Some(found) = find(self.bytes, b"trailer", from) {
            from = found + 7;
            if let Some(Object::Dict(dict)) = Lexer::new(self.bytes, from).object() {
                in_trailer |= dict.contains_key(&b"Encrypt"[..]);
            }
        }
        in_table || in_trailer
    }

    /// The object itself where there is a reference to one.
    pub(crate) fn follow<'o>(&'o self, object: &'o Object) -> &'o Object {
        let mut object = object;
        for _ in 0..16 {
            match object {
                Object::Reference(number) => match self.objects.get(number) {
                    Some(next) => object = next,
                    None => return &Object::Null,
                },
                other => return other,
            }
        }
        &Object::Null
    }

    /// The value of a key, references followed.
    pub(crate) fn get<'o>(&'o self, dict: &'o Dict, key: &[u8]) -> &'o Object {
        dict.get(key)
            .map_or(&Object::Null, |value| self.follow(value))
    }

    pub(crate) fn dict<'o>(&'o self, dict: &'o Dict, key: &[u8]) -> Option<&'o Dict> {
        self.get(dict, key).dict()
    }

    pub(crate) fn number(&self, dict: &Dict, key: &[u8]) -> Option<f32> {
        match self.get(dict, key) {
            Object::Number(number) => Some(*number),
            _ => None,
        }
    }

    pub(crate) fn catalog(&self) -> Option<&Dict> {
        let mut catalogs = self.objects.values().filter(|object| object.is(b"Catalog"));
        catalogs.next_back().and_then(Object::dict)
    }

    /// The bytes of a stream, unpacked.
    pub(crate) fn unpacked(&self, stream: &Object) -> Result<Vec<u8>, PdfError> {
        let Object::Stream(dict, range) = stream else {
            return Err(PdfError::Unsupported);
        };
        let raw = self.bytes.get(range.clone()).ok_or(PdfError::NotAPdf)?;
        let filter = match self.get(dict, b"Filter") {
            Object::Array(filters) if filters.len() == 1 => self.follow(&filters[0]),
            Object::Array(filters) if filters.is_empty() => &Object::Null,
            other => other,
        };
        let data = match filter {
            Object::Null => raw.to_vec(),
            Object::Name(name) if name == b"FlateDecode" || name == b"Fl" => {
                let most = self.left.get().min(LARGEST_STREAM);
                decompress_to_vec_zlib_with_limit(raw, most).map_err(|error| {
                    use miniz_oxide::inflate::TINFLStatus;
                    if error.status == TINFLStatus::HasMoreOutput {
                        PdfError::TooLarge
                    } else {
                        PdfError::NotAPdf
                    }
                })?
            }
            _ => return Err(PdfError::Unsupported),
        };
        let left = self.left.get().checked_sub(data.len());
        self.left.set(left.ok_or(PdfError::TooLarge)?);
        Ok(data)
    }

    /// The pages in order.
    pub(crate) fn pages(&self) -> Vec<&Dict> {
        let mut pages = Vec::new();
        if let Some(root) = self.catalog().and_then(|root| self.dict(root, b"Pages")) {
            self.collect_pages(root, 0, &mut pages);
        }
        pages
    }

    fn collect_pages<'o>(&'o self, node: &'o Dict, depth: usize, pages: &mut Vec<&'o Dict>) {
        if depth > 20 || pages.len() >= MOST_PAGES {
            return;
        }
        match self.get(node, b"Kids") {
            Object::Array(kids) => {
                for kid in kids.iter().take(MOST_PAGES) {
                    if let Some(kid) = self.follow(kid).dict() {
                        self.collect_pages(kid, depth + 1, pages);
                    }
                }
            }
            _ => pages.push(node),
        }
    }

    /// The files inside, found by their specifications wherever those hang.
    pub(crate) fn attachments(&self) -> Result<Vec<Attachment>, PdfError> {
        let mut found: Vec<Attachment> = Vec::new();
        for object in self.objects.values() {
            let Some(dict) = object.dict() else { continue };
            let Some(files) = self.dict(dict, b"EF") else {
                continue;
            };
            let stream = match self.get(files, b"UF") {
                Object::Null => self.get(files, b"F"),
                stream => stream,
            };
            let name = [&b"UF"[..], b"F"]
                .iter()
                .find_map(|key| match self.get(dict, key) {
                    Object::Text(text) => Some(decoded(text)),
                    _ => None,
                });
            if matches!(stream, Object::Stream(..)) {
                found.push(Attachment {
                    name: name.unwrap_or_default(),
                    data: self.unpacked(stream)?,
                });
            }
        }
        Ok(found)
    }
}

/// The files inside a PDF, whoever wrote it.
///
/// # Errors
/// See [`PdfError`].
pub fn attachments(pdf: &[u8]) -> Result<Vec<Attachment>, PdfError> {
    File::read(pdf)?.attachments()
}

/// A text string: UTF-16 with a mark, UTF-8 with a mark, or one byte a character.
pub(crate) fn decoded(text: &[u8]) -> String {
    match text {
        [0xfe, 0xff, rest @ ..] => {
            let units = rest
                .chunks_exact(2)
                .map(|pair| u16::from_be_bytes([pair[0], pair[1]]));
            char::decode_utf16(units)
                .map(|letter| letter.unwrap_or('\u{fffd}'))
                .collect()
        }
        [0xef, 0xbb, 0xbf, rest @ ..] => String::from_utf8_lossy(rest).into_owned(),
        other => other.iter().map(|byte| char::from(*byte)).collect(),
    }
}

fn find(bytes: &[u8], word: &[u8], from: usize) -> Option<usize> {
    let rest = bytes.get(from..)?;
    let found = rest.windows(word.len()).position(|window| window == word)?;
    Some(from + found)
}

/// The number of the object that begins with the `obj` at `at`: `12 0 obj`.
fn number_before(bytes: &[u8], at: usize) -> Option<u32> {
    let head = bytes.get(at.saturating_sub(24)..at)?;
    let head = std::str::from_utf8(
        head.rsplit(|byte| !byte.is_ascii_digit() && *byte != b' ')
            .next()?,
    )
    .ok()?;
    let mut parts = head.split_ascii_whitespace().rev();
    let generation = parts.next()?;
    let number = parts.next()?;
    (head.ends_with(' ') && generation.len() <= 5)
        .then(|| number.parse().ok())
        .flatten()
}
