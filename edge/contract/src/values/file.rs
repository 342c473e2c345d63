// SPDX-License-Identifier: EUPL-1.2
//! Files that people add to a request: which kinds are taken, told by their first bytes and never by their name, and
//! the name in a form that is safe to show, to store and to send back.

use alloc::string::String;

use crate::problem::Problem;

/// Largest file: 5 MiB, in bytes.
pub const LARGEST: u32 = 5 << 20;
/// First bytes that are enough to tell the kind.
pub const HEAD: usize = 8;
/// Longest name, in characters.
const LONGEST_NAME: usize = 120;

/// A kind of file that every office can open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FileKind {
    /// A document.
    Pdf,
    /// A photograph.
    Jpeg,
    /// A picture of a screen.
    Png,
}

impl FileKind {
    /// Every kind.
    pub const ALL: [Self; 3] = [Self::Pdf, Self::Jpeg, Self::Png];

    /// Tells the kind by the first [`HEAD`] bytes.
    ///
    /// # Errors
    /// [`Problem::FileEmpty`] for no bytes at all, [`Problem::FileKind`] for any other kind of file.
    pub fn of(bytes: &[u8]) -> Result<Self, Problem> {
        if bytes.is_empty() {
            return Err(Problem::FileEmpty);
        }
        Self::ALL
            .into_iter()
            .find(|kind| bytes.starts_with(kind.magic()))
            .ok_or(Problem::FileKind)
    }

    /// Reads a media type as it stands in `Content-Type`; parameters do not matter.
    #[must_use]
    pub fn of_media_type(text: &str) -> Option<Self> {
        let name = text.split(';').next().unwrap_or(text).trim();
        Self::ALL
            .into_iter()
            .find(|kind| kind.media_type().eq_ignore_ascii_case(name))
    }

    const fn magic(self) -> &'static [u8] {
        match self {
            Self::Pdf => b"%PDF-",
            Self::Jpeg => b"\xff\xd8\xff",
            Self::Png => b"\x89PNG\r\n\x1a\n",
        }
    }

    /// The media type, for `Content-Type`.
    #[must_use]
    pub const fn media_type(self) -> &'static str {
        match self {
            Self::Pdf => "application/pdf",
            Self::Jpeg => "image/jpeg",
            Self::Png => "image/png",
        }
    }

    /// What its name ends with.
    #[must_use]
    pub const fn extension(self) -> &'static str {
        match self {
            Self::Pdf => "pdf",
            Self::Jpeg => "jpg",
            Self::Png => "png",
        }
    }

    /// The name that the file is kept under: no folders, no signs that a system or a reader could take for something
    /// else, an ending that says the true kind, at most 120 characters. A name of which nothing remains becomes
    /// `documento`.
    #[must_use]
    pub fn name(self, given: &str) -> String {
        let last = given.rsplit(['/', '\\']).next().unwrap_or(given);
        let stem = match last.rsplit_once('.') {
            Some((stem, ending)) if self.ends_with(ending) => stem,
            _ => last,
        };
        let mut name = String::new();
        for letter in stem.chars().filter(|letter| !letter.is_control()) {
            let letter = if letter.is_whitespace() { ' ' } else { letter };
            let safe = letter.is_alphanumeric() || " -_.,()'".contains(letter);
            let repeated = letter == ' ' && (name.is_empty() || name.ends_with(' '));
            if safe && !repeated {
                name.push(letter);
            }
        }
        let room = LONGEST_NAME - 1 - self.extension().len();
        let cut: String = name.trim_matches([' ', '.']).chars().take(room).collect();
        let stem = cut.trim_end_matches([' ', '.']);
        let stem = if stem.is_empty() { "documento" } else { stem };
        [stem, ".", self.extension()].concat()
    }

    fn ends_with(self, ending: &str) -> bool {
        ending.eq_ignore_ascii_case(self.extension())
            || matches!(self, Self::Jpeg) && ending.eq_ignore_ascii_case("jpeg")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_bytes_tell_the_kind() {
        assert_eq!(FileKind::of(b"%PDF-1.7\n"), Ok(FileKind::Pdf));
        assert_eq!(
            FileKind::of(b"\xff\xd8\xff\xe0\0\x10JF"),
            Ok(FileKind::Jpeg)
        );
        assert_eq!(FileKind::of(b"\x89PNG\r\n\x1a\n"), Ok(FileKind::Png));
        assert_eq!(FileKind::of(b""), Err(Problem::FileEmpty));
        for other in [
            &b"PK\x03\x04"[..],
            b"<html>",
            b"GIF89a",
            b"%PDF",
            b" %PDF-1.7",
            b"\x89PNG",
            b"MZ",
        ] {
            assert_eq!(FileKind::of(other), Err(Problem::FileKind), "{other:?}");
        }
    }

    #[test]
    fn media_types_are_read_without_their_parameters() {
        let read = FileKind::of_media_type;
        assert_eq!(read("application/pdf"), Some(FileKind::Pdf));
        assert_eq!(read("Image/JPEG; charset=x"), Some(FileKind::Jpeg));
        assert_eq!(read("application/json"), None);
        assert_eq!(read(""), None);
    }

    #[track_caller]
    fn check(kind: FileKind, given: &str, kept: &str) {
        assert_eq!(kind.name(given), kept);
    }

    #[test]
    fn a_name_keeps_what_people_can_read() {
        check(
            FileKind::Pdf,
            "Certificato medico.pdf",
            "Certificato medico.pdf",
        );
        check(
            FileKind::Pdf,
            "Perché è così (2).PDF",
            "Perché è così (2).pdf",
        );
        check(FileKind::Jpeg, "foto.JPEG", "foto.jpg");
        check(FileKind::Png, "截图 1.png", "截图 1.png");
    }

    #[test]
    fn a_name_loses_folders_and_signs_that_mean_something_else() {
        check(FileKind::Pdf, "../../etc/passwd", "passwd.pdf");
        check(FileKind::Pdf, "C:\\carte\\ricorso.pdf", "ricorso.pdf");
        check(
            FileKind::Pdf,
            "a\r\nset-cookie: x=\"1\".pdf",
            "aset-cookie x1.pdf",
        );
        check(
            FileKind::Pdf,
            "fattura\u{202e}fdp.exe",
            "fatturafdp.exe.pdf",
        );
        check(FileKind::Pdf, "  ..  .pdf", "documento.pdf");
        check(FileKind::Png, "<script>", "script.png");
        check(FileKind::Png, "", "documento.png");
    }

    #[test]
    fn a_name_is_never_longer_than_120_characters() {
        let name = FileKind::Pdf.name(&"è".repeat(500));
        assert_eq!(name.chars().count(), 120);
        assert!(name.ends_with("è.pdf"));
    }
}
