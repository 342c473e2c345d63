// SPDX-License-Identifier: EUPL-1.2
//! The CV on paper: an outline in, one column of blocks out, in the look that the person chose.
//!
//! There is one renderer. A look is a set of values ([`scheme`]), never another order of reading:
//! whoever listens to the file, or searches it, finds the same text in all four.

mod chapters;
pub(crate) mod flow;
pub(crate) mod header;
pub(crate) mod scheme;

use std::fmt;

use contract::cv::Cv;
use contract::cv::outline::Outline;
use contract::cv::photo::Photo;
use contract::cv::words::{Language, Words, words};
use contract::problem::{FieldProblem, Problem};
use jiff::civil::Date;
use krilla::embed::{AssociationKind, EmbeddedFile, MimeType};
use krilla::metadata::DateTime;

use crate::DocumentError;
use crate::drawing::Drawing;
use crate::exchange::europass_attachment;
use crate::paper::standard::midnight;
use flow::{Finished, Flow};

/// The day in the properties of a file whose CV does not say when it was last changed, or whose
/// letter has no date. The standards want one, and a clock would make every copy another file.
pub(crate) const NO_DAY: Date = jiff::civil::date(1970, 1, 1);

/// Why a CV or a letter was not printed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PrintError {
    /// Something in it has to be mended first, each at its field.
    Refused(Vec<FieldProblem>),
    /// The document could not be made: a defect of this crate.
    Document(DocumentError),
}

impl fmt::Display for PrintError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Refused(problems) => {
                f.write_str("refused")?;
                for refusal in problems {
                    write!(f, " {}: {};", refusal.field, refusal.problem.code())?;
                }
                Ok(())
            }
            Self::Document(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for PrintError {}

/// The CV as a PDF/A-3a and PDF/UA-1 with itself attached, as JSON Resume and as Europass XML, so
/// that nothing has to be typed twice. The same CV gives the same bytes.
///
/// # Errors
/// [`PrintError::Refused`] for what [`Cv::printable`] finds, for characters that the typeface does
/// not have ([`Problem::Glyphs`], which names them) and for photos that cannot be drawn.
pub fn cv_pdf(cv: &Cv) -> Result<Vec<u8>, PrintError> {
    let problems = cv.printable();
    if !problems.is_empty() {
        return Err(PrintError::Refused(problems));
    }
    let outline = cv.outline();
    let finished = lay_out(&outline).finish();
    let created = midnight(outline.date.unwrap_or(NO_DAY));
    let about = words("Curriculum vitae di", "Curriculum vitae of").get(outline.language);
    finished.pdf(
        &outline.title,
        &format!("{about} {}", outline.name.text),
        &outline.name.text,
        created,
        attachments(cv, outline.language, created)?,
    )
}

/// The pages of the CV as they are in its PDF, to be drawn on a screen, and what keeps it from
/// being printed. A draft with gaps is drawn all the same; only what is beyond all limits is not.
#[must_use]
pub fn cv_drawing(cv: &Cv) -> (Drawing, Vec<FieldProblem>) {
    let mut problems = cv.printable();
    if beyond(&problems) {
        return (Drawing::default(), problems);
    }
    let finished = lay_out(&cv.outline()).finish();
    problems.extend(finished.problems.iter().cloned());
    (Drawing::of(&finished.pages), problems)
}

/// What is wrong with the photo of a CV that is to be kept and not printed yet: it is no picture, or none that can be
/// drawn. What [`Cv::check`] says of it is not said again.
#[must_use]
pub fn photo_problem(cv: &Cv) -> Option<FieldProblem> {
    let photo = Photo::parse(cv.basics().text("x_photo")?).ok()?;
    let refused = header::drawable(&photo).is_none();
    refused.then(|| FieldProblem::new(header::PHOTO_FIELD, Problem::Image))
}

/// True when there is more than can be drawn while somebody types.
pub(crate) fn beyond(problems: &[FieldProblem]) -> bool {
    let huge = |refusal: &FieldProblem| {
        matches!(refusal.problem, Problem::TooMany(_)) || refusal.field.is_empty()
    };
    problems.iter().any(huge)
}

fn lay_out(outline: &Outline) -> Flow {
    let mut flow = Flow::new(outline.style, outline.language);
    header::cv(&mut flow, outline);
    for chapter in &outline.chapters {
        chapters::chapter(&mut flow, chapter);
    }
    if let Some(consent) = &outline.consent {
        flow.small_print(consent);
    }
    flow
}

fn attachments(
    cv: &Cv,
    language: Language,
    modified: DateTime,
) -> Result<Vec<EmbeddedFile>, PrintError> {
    let failed = |reason: &str| PrintError::Document(DocumentError::writer(reason));
    let json = serde_json::to_vec(cv).map_err(|_| failed("JSON"))?;
    let file = |path: &str, kind, about: Words, association_kind, data: Vec<u8>| EmbeddedFile {
        path: path.into(),
        mime_type: MimeType::new(kind),
        description: Some(about.get(language).into()),
        association_kind,
        data: data.into(),
        modification_date: Some(modified),
        compress: Some(true),
        location: None,
    };
    Ok(vec![
        file(
            "cv.json",
            "application/json",
            words(
                "Questo curriculum in formato JSON Resume",
                "This CV in the JSON Resume format",
            ),
            AssociationKind::Source,
            json,
        ),
        file(
            "europass.xml",
            "application/xml",
            words(
                "Questo curriculum in formato Europass",
                "This CV in the Europass format",
            ),
            AssociationKind::Alternative,
            europass_attachment(cv),
        ),
    ])
}

impl Finished {
    /// Writes the pages as a PDF.
    pub(crate) fn pdf(
        self,
        title: &str,
        subject: &str,
        author: &str,
        created: DateTime,
        attached: Vec<EmbeddedFile>,
    ) -> Result<Vec<u8>, PrintError> {
        if !self.problems.is_empty() {
            return Err(PrintError::Refused(self.problems));
        }
        let properties = crate::paper::standard::Properties {
            title,
            language: self.language.as_str(),
            subject,
            author,
            created,
        };
        let Self {
            pages,
            nodes,
            slots,
            ..
        } = self;
        crate::paper::pages::finish(&pages, nodes, slots, &properties, attached).map_err(|error| {
            match error {
                DocumentError::Picture => PrintError::Refused(vec![FieldProblem::new(
                    header::PHOTO_FIELD,
                    Problem::Image,
                )]),
                other => PrintError::Document(other),
            }
        })
    }
}
