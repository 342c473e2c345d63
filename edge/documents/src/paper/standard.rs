// SPDX-License-Identifier: EUPL-1.2
//! The standards every paper keeps, and what it says about itself in its properties.

use jiff::ZonedDateTime;
use jiff::civil::Date;
use krilla::SerializeSettings;
use krilla::configure::{Accessibility, Archival, ConfigurationBuilder};
use krilla::metadata::{DateTime, Metadata, TextDirection};

use crate::DocumentError;

/// What a document says about itself.
pub(crate) struct Properties<'a> {
    pub(crate) title: &'a str,
    pub(crate) language: &'a str,
    pub(crate) subject: &'a str,
    pub(crate) author: &'a str,
    pub(crate) created: Option<DateTime>,
}

/// PDF/A-2a, or PDF/A-3a where files are attached, and PDF/UA-1 together: the writer refuses to
/// finish a file that is not both.
pub(super) fn settings(attached: bool) -> Result<SerializeSettings, DocumentError> {
    let archival = if attached {
        Archival::A3_A
    } else {
        Archival::A2_A
    };
    let configuration = ConfigurationBuilder::new()
        .with_archival_validator(archival)
        .with_accessibility_validator(Accessibility::UA1)
        .finish()
        .map_err(|_| DocumentError::writer("the two standards exclude each other"))?;
    Ok(SerializeSettings {
        configuration,
        ..SerializeSettings::default()
    })
}

pub(super) fn metadata(properties: &Properties<'_>) -> Metadata {
    let mut metadata = Metadata::new()
        .title(properties.title.to_owned())
        .description(properties.subject.to_owned())
        .authors(vec![properties.author.to_owned()])
        .creator("Sportello Lavoro".into())
        .text_direction(TextDirection::LeftToRight);
    if let Some(created) = properties.created {
        metadata = metadata.creation_date(created);
    }
    if !properties.language.is_empty() {
        metadata = metadata.language(properties.language.to_owned());
    }
    metadata
}

/// An instant as the writer wants it.
pub(super) fn instant(at: &ZonedDateTime) -> DateTime {
    let (day, time, offset) = (at.date(), at.time(), at.offset().seconds());
    DateTime::new(day.year().unsigned_abs())
        .month(day.month().unsigned_abs())
        .day(day.day().unsigned_abs())
        .hour(time.hour().unsigned_abs())
        .minute(time.minute().unsigned_abs())
        .second(time.second().unsigned_abs())
        .utc_offset_hour((offset / 3600) as i8)
        .utc_offset_minute((offset.abs() / 60 % 60) as u8)
}

/// A day as the writer wants it: its midnight, in no zone but UTC.
pub(crate) fn midnight(day: Date) -> DateTime {
    DateTime::new(day.year().unsigned_abs())
        .month(day.month().unsigned_abs())
        .day(day.day().unsigned_abs())
        .hour(0)
        .minute(0)
        .second(0)
        .utc_offset_hour(0)
        .utc_offset_minute(0)
}
