// SPDX-License-Identifier: EUPL-1.2
//! The standards every paper keeps, and what it says about itself in its properties.

use jiff::ZonedDateTime;
use krilla::SerializeSettings;
use krilla::configure::{Accessibility, Archival, ConfigurationBuilder};
use krilla::metadata::{DateTime, Metadata, TextDirection};

use super::Meta;
use crate::DocumentError;

/// PDF/A-2a and PDF/UA-1 together: the writer refuses to finish a file that is not both.
pub(super) fn settings() -> Result<SerializeSettings, DocumentError> {
    let configuration = ConfigurationBuilder::new()
        .with_archival_validator(Archival::A2_A)
        .with_accessibility_validator(Accessibility::UA1)
        .finish()
        .map_err(|_| DocumentError::writer("the two standards exclude each other"))?;
    Ok(SerializeSettings {
        configuration,
        ..SerializeSettings::default()
    })
}

pub(super) fn metadata(meta: &Meta) -> Metadata {
    let mut metadata = Metadata::new()
        .title(meta.title.clone())
        .description(meta.subject.clone())
        .authors(vec![meta.author.clone()])
        .creator("Sportello Lavoro".into())
        .creation_date(date(&meta.created))
        .text_direction(TextDirection::LeftToRight);
    if !meta.language.is_empty() {
        metadata = metadata.language(meta.language.clone());
    }
    metadata
}

fn date(at: &ZonedDateTime) -> DateTime {
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
