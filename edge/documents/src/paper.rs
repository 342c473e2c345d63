// SPDX-License-Identifier: EUPL-1.2
//! The one look of every paper of the employment centre: A4, letterhead, headings, tables, notes.
//!
//! A [`Paper`] is filled from top to bottom with blocks and then finished. Blocks are laid out as
//! they come (`blocks`, `tables`), in strips that no page break may cut; `pages` deals the strips
//! out on pages and `draw` draws them with their tags. The tag tree follows the order of the calls, which is
//! therefore the order in which a screen reader reads.

mod blocks;
pub(crate) mod draw;
pub(crate) mod fonts;
pub(crate) mod pages;
mod rows;
pub(crate) mod sheet;
pub(crate) mod standard;
mod tables;
pub(crate) mod text;

use jiff::ZonedDateTime;

use crate::DocumentError;
use sheet::Sheet;

/// What a document says about itself, in its properties and on every page.
#[derive(Debug, Clone)]
pub struct Meta {
    /// Title of the document: first heading, window title, first bookmark.
    pub title: String,
    /// Language of the text, as in BCP 47: `it`.
    pub language: String,
    /// One sentence on what the document is, for catalogues and archives.
    pub subject: String,
    /// The body that issues it, for example `Agenzia regionale per il lavoro Emilia-Romagna`.
    pub author: String,
    /// The office that holds the file, for example `Centro per l'Impiego di Bologna`.
    pub office: String,
    /// The moment written into the file as its creation. Passed in, never read from a clock.
    pub created: ZonedDateTime,
    /// Registration number, repeated at the foot of every page; none for informal papers.
    pub protocol: Option<String>,
}

/// A document under construction.
pub struct Paper {
    meta: Meta,
    sheet: Sheet,
}

impl std::fmt::Debug for Paper {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Paper")
            .field("meta", &self.meta)
            .finish_non_exhaustive()
    }
}

impl Paper {
    /// Opens a document with its letterhead and its title.
    #[must_use]
    pub fn new(meta: Meta) -> Self {
        let mut sheet = Sheet::default();
        blocks::letterhead(&mut sheet, &meta.author, &meta.office);
        blocks::title(&mut sheet, &meta.title);
        Self { meta, sheet }
    }

    /// A heading of the second level. It stays on the page of what follows it.
    pub fn section(&mut self, text: &str) -> &mut Self {
        blocks::heading(&mut self.sheet, 2, text);
        self
    }

    /// A heading of the third level, inside a section.
    pub fn part(&mut self, text: &str) -> &mut Self {
        blocks::heading(&mut self.sheet, 3, text);
        self
    }

    /// A paragraph of running text.
    pub fn paragraph(&mut self, text: &str) -> &mut Self {
        blocks::paragraph(&mut self.sheet, text);
        self
    }

    /// Two to four facts that must be found at a glance, side by side under their names.
    pub fn highlights(&mut self, facts: &[(&str, &str)]) -> &mut Self {
        tables::highlights(&mut self.sheet, facts);
        self
    }

    /// Names and values, one a row. Read as a table whose first column holds the row headers. A
    /// value that is empty is written `non indicato`, because an empty cell is a riddle for who
    /// listens.
    pub fn facts<N: AsRef<str>, V: AsRef<str>>(&mut self, rows: &[(N, V)]) -> &mut Self {
        tables::facts(&mut self.sheet, rows);
        self
    }

    /// A table with a heading for each column, repeated on every page it reaches. Rows shorter
    /// than `columns` are filled up, longer ones are cut.
    pub fn table<R: AsRef<[String]>>(&mut self, columns: &[&str], rows: &[R]) -> &mut Self {
        tables::table(&mut self.sheet, columns, rows);
        self
    }

    /// A list in which the order means nothing.
    pub fn bullets<T: AsRef<str>>(&mut self, items: &[T]) -> &mut Self {
        blocks::list(&mut self.sheet, items, false);
        self
    }

    /// A numbered list: things to be done in this order.
    pub fn steps<T: AsRef<str>>(&mut self, items: &[T]) -> &mut Self {
        blocks::list(&mut self.sheet, items, true);
        self
    }

    /// A framed notice with its own short title, which the reader must not miss.
    pub fn note(&mut self, title: &str, text: &str) -> &mut Self {
        blocks::note(&mut self.sheet, title, text);
        self
    }

    /// Places to sign by hand, side by side, each with the name of who signs under its line.
    pub fn signatures(&mut self, signers: &[&str]) -> &mut Self {
        blocks::signatures(&mut self.sheet, signers);
        self
    }

    /// Breaks the pages, draws them and checks the result.
    ///
    /// # Errors
    /// [`DocumentError::Glyphs`] names every character of the document that cannot be drawn;
    /// [`DocumentError::Conformance`] tells what is missing for PDF/A-2a and PDF/UA-1.
    pub fn finish(self) -> Result<Vec<u8>, DocumentError> {
        pages::write(&self.meta, self.sheet)
    }
}
