// SPDX-License-Identifier: EUPL-1.2
//! CVs and letters in and out: JSON Resume, Europass XML old and new, PDFs with one of these attached; DOCX, Markdown
//! and plain text out. Bytes in, bytes out; whatever comes in, it ends in bounded time and memory, and what cannot be
//! carried over is listed.

mod candidate;
mod codes;
mod docx;
mod json;
mod passport;
mod plain;
mod record;
mod rich;
mod settle;
mod walk;
mod xml;

use contract::cv::Cv;
use contract::cv::exchange::{ImportError, LARGEST, NotMapped};

use crate::pdf::{self, PdfError};

pub(crate) use candidate::attachment as europass_attachment;
pub use candidate::write as europass_xml;
pub use docx::{cv_docx, lettera_docx};
pub use json::write as json_resume;
pub use plain::{cv_markdown, cv_text, lettera_markdown, lettera_text};

/// What kind of file an import came from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// JSON Resume 1.x.
    JsonResume,
    /// The Europass `Candidate` of today.
    Candidate,
    /// The retired Europass `SkillsPassport` 3.x.
    SkillsPassport,
}

impl Format {
    /// As it stands in the JSON.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::JsonResume => "json_resume",
            Self::Candidate => "europass",
            Self::SkillsPassport => "skills_passport",
        }
    }
}

/// A CV from a file.
#[derive(Debug, Clone, PartialEq)]
pub struct Imported {
    /// Which holds to every limit of a CV; single texts may be too long, for the person to shorten.
    pub cv: Cv,
    /// What was not carried over as it was.
    pub not_mapped: Vec<NotMapped>,
    /// How it was written.
    pub format: Format,
    /// It was attached to a PDF.
    pub from_pdf: bool,
}

/// Reads a file of any kind that is known here.
///
/// # Errors
/// See [`ImportError`].
pub fn import(bytes: &[u8]) -> Result<Imported, ImportError> {
    if bytes.len() > LARGEST {
        return Err(ImportError::TooLarge);
    }
    let head = bytes.get(..1024).unwrap_or(bytes);
    if head.windows(5).any(|window| window == b"%PDF-") {
        return from_pdf(bytes);
    }
    if OTHERS
        .iter()
        .any(|(at, sign)| bytes.get(*at..).is_some_and(|rest| rest.starts_with(sign)))
    {
        return Err(ImportError::UnknownFormat);
    }
    from_text(bytes)
}

/// What people also choose, told apart by the signs with which it begins and never opened: what Word and LibreOffice
/// write (a ZIP, or the older kind), RTF, and pictures (PNG, JPEG, GIF, WebP, HEIC).
const OTHERS: [(usize, &[u8]); 8] = [
    (0, b"PK\x03\x04"),
    (0, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"),
    (0, b"{\\rtf"),
    (0, b"\x89PNG\r\n"),
    (0, b"\xff\xd8\xff"),
    (0, b"GIF8"),
    (8, b"WEBP"),
    (4, b"ftyp"),
];

fn from_text(bytes: &[u8]) -> Result<Imported, ImportError> {
    let text = text_of(bytes)?;
    let (cv, not_mapped, format) = match text.trim_start().as_bytes().first() {
        None => return Err(ImportError::Empty),
        Some(b'{' | b'[') => {
            let (cv, listed) = json::read(&text)?;
            (cv, listed, Format::JsonResume)
        }
        Some(b'<') => {
            let root = xml::read(&text)?;
            match root.name.as_str() {
                "Candidate" => {
                    let (cv, listed) = candidate::read(&root)?;
                    (cv, listed, Format::Candidate)
                }
                "SkillsPassport" => {
                    let (cv, listed) = passport::read(&root)?;
                    (cv, listed, Format::SkillsPassport)
                }
                _ => return Err(ImportError::NotEuropass),
            }
        }
        Some(_) => return Err(ImportError::UnknownFormat),
    };
    Ok(Imported {
        cv,
        not_mapped,
        format,
        from_pdf: false,
    })
}

/// Of what is attached, JSON comes before XML: our own files have both, and JSON Resume holds more.
fn from_pdf(bytes: &[u8]) -> Result<Imported, ImportError> {
    let attached = pdf::attachments(bytes).map_err(|error| match error {
        PdfError::TooLarge => ImportError::TooLarge,
        PdfError::Encrypted => ImportError::LockedPdf,
        PdfError::NotAPdf | PdfError::Unsupported => ImportError::BrokenPdf,
    })?;
    let mut files: Vec<&[u8]> = attached.iter().map(|file| file.data.as_slice()).collect();
    let first = |data: &[u8]| {
        data.iter()
            .copied()
            .find(|byte| !byte.is_ascii_whitespace())
    };
    files.sort_by_key(|data| first(data) != Some(b'{'));
    let mut failed = ImportError::NoCvInPdf;
    for data in files.into_iter().take(20) {
        if data.len() > LARGEST {
            failed = ImportError::TooLarge;
            continue;
        }
        match from_text(data) {
            Ok(imported) => {
                return Ok(Imported {
                    from_pdf: true,
                    ..imported
                });
            }
            // Other things may be attached to a PDF: a diploma, a photo.
            Err(
                ImportError::UnknownFormat
                | ImportError::Encoding
                | ImportError::Empty
                | ImportError::NotEuropass
                | ImportError::NotAResume,
            ) => {}
            Err(error) => failed = error,
        }
    }
    Err(failed)
}

/// UTF-8 or UTF-16 with a mark, without the mark.
fn text_of(bytes: &[u8]) -> Result<String, ImportError> {
    let wide = |rest: &[u8], unit: fn([u8; 2]) -> u16| {
        if rest.len() % 2 == 1 {
            return Err(ImportError::Encoding);
        }
        let units = rest.chunks_exact(2).map(|pair| unit([pair[0], pair[1]]));
        char::decode_utf16(units)
            .collect::<Result<String, _>>()
            .map_err(|_| ImportError::Encoding)
    };
    match bytes {
        [0xff, 0xfe, rest @ ..] => wide(rest, u16::from_le_bytes),
        [0xfe, 0xff, rest @ ..] => wide(rest, u16::from_be_bytes),
        [0xef, 0xbb, 0xbf, rest @ ..] => utf8(rest),
        rest => utf8(rest),
    }
}

fn utf8(bytes: &[u8]) -> Result<String, ImportError> {
    let text = std::str::from_utf8(bytes).map_err(|_| ImportError::Encoding)?;
    Ok(text.to_owned())
}
