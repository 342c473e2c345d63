// SPDX-License-Identifier: EUPL-1.2
//! Cells of time, the days of Rome, and instants as clients write them.

use alloc::string::String;
use core::ops::Range;
use jiff::{
    SignedDuration, Timestamp,
    civil::{Date, DateTime, Time},
    fmt::temporal::{DateTimePrinter, Pieces, PiecesOffset},
};

use crate::{
    appuntamento::refusal::Refusal,
    values::calendar::{self, Shown},
};

/// A quarter of an hour, counted from 1970 in UTC.
pub type Cell = i64;

/// Length of a cell.
pub const CELL_SECONDS: i64 = 900;

/// Minutes of a cell.
pub(super) const CELL_MINUTES: u16 = 15;

/// The cell in which an instant lies.
#[must_use]
pub fn cell_of(instant: Timestamp) -> Cell {
    instant.as_second().div_euclid(CELL_SECONDS)
}

/// When a cell begins; the first or last instant there is for cells outside of all years.
#[must_use]
pub fn instant_of(cell: Cell) -> Timestamp {
    Timestamp::from_second(cell.saturating_mul(CELL_SECONDS)).unwrap_or(if cell < 0 {
        Timestamp::MIN
    } else {
        Timestamp::MAX
    })
}

/// The cells of the days from `dal` to `al` in Rome: what the store has to be asked for.
#[must_use]
pub fn cells_between(dal: Date, al: Date) -> Range<Cell> {
    let midnight = |day: Date| {
        calendar::rome_instant(day.to_datetime(Time::midnight()))
            .map_or(0, |zoned| cell_of(zoned.timestamp()))
    };
    midnight(dal)..midnight(al.saturating_add(jiff::Span::new().days(1)))
}

/// An instant as it stands on the wire: RFC 3339 with the offset of Rome.
#[must_use]
pub fn written(instant: Timestamp) -> String {
    let rome = calendar::in_rome(instant);
    DateTimePrinter::new().timestamp_with_offset_to_string(&instant, rome.offset())
}

/// A wanted beginning that exists exactly once on the clocks of Rome.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Start {
    /// The instant.
    pub instant: Timestamp,
    /// What clocks in Rome show then.
    pub local: DateTime,
}

impl Start {
    /// The start of a cell.
    #[must_use]
    pub fn of_cell(cell: Cell) -> Self {
        let instant = instant_of(cell);
        Self {
            instant,
            local: calendar::in_rome(instant).datetime(),
        }
    }

    /// The cell that begins at this instant, if one does.
    #[must_use]
    pub fn cell(&self) -> Option<Cell> {
        let cell = cell_of(self.instant);
        (instant_of(cell) == self.instant).then_some(cell)
    }

    /// Minutes from midnight on the clocks of Rome.
    pub(super) fn minute(&self) -> u16 {
        minute_of(self.local.time())
    }
}

/// Minutes from midnight.
pub(super) fn minute_of(time: Time) -> u16 {
    u16::try_from(i32::from(time.hour()) * 60 + i32::from(time.minute())).unwrap_or(0)
}

/// Reads a beginning: RFC 3339 with an offset, or a local time of Rome without one.
///
/// # Errors
///
/// [`Refusal::NotAnInstant`]; [`Refusal::NoSuchTime`] for a time of Rome that the clocks skip, [`Refusal::AmbiguousTime`]
/// for one that they show twice.
pub fn parse_start(text: &str) -> Result<Start, Refusal> {
    let pieces = Pieces::parse(text.trim()).map_err(|_| Refusal::NotAnInstant)?;
    let time = pieces.time().ok_or(Refusal::NotAnInstant)?;
    if pieces.time_zone_annotation().is_some() {
        return Err(Refusal::NotAnInstant);
    }
    let written = pieces.date().to_datetime(time);
    let once = |local: DateTime| match calendar::rome_shows(local) {
        Some(Shown::Once(instant)) => Ok(Start { instant, local }),
        Some(Shown::Never) => Err(Refusal::NoSuchTime),
        Some(Shown::Twice) => Err(Refusal::AmbiguousTime),
        None => Err(Refusal::NotAnInstant),
    };
    match pieces.offset() {
        None => once(written),
        Some(PiecesOffset::Numeric(offset)) => {
            let offset = offset.offset();
            // A time written with an offset that Rome has in winter or summer is meant as a time of Rome.
            if matches!(offset.seconds(), 3600 | 7200) {
                once(written)?;
            }
            let instant = offset
                .to_timestamp(written)
                .map_err(|_| Refusal::NotAnInstant)?;
            once(calendar::in_rome(instant).datetime())
        }
        // `Z` and whatever else may come: an instant in UTC.
        Some(_) => {
            let instant = jiff::tz::Offset::UTC
                .to_timestamp(written)
                .map_err(|_| Refusal::NotAnInstant)?;
            once(calendar::in_rome(instant).datetime())
        }
    }
}

/// The clock of one day in Rome: from minutes after midnight to cells.
#[derive(Debug, Clone, Copy)]
pub(super) struct DayClock {
    day: Date,
    midnight: Timestamp,
    /// Whether every minute of this day is shown once: no change of the clocks.
    plain: bool,
}

impl DayClock {
    pub(super) fn new(day: Date) -> Option<Self> {
        let at = |day: Date| calendar::rome_instant(day.to_datetime(Time::midnight()));
        let (midnight, next) = (at(day)?, at(day.tomorrow().ok()?)?);
        Some(Self {
            day,
            midnight: midnight.timestamp(),
            plain: midnight.offset() == next.offset(),
        })
    }

    /// The instant of a minute; `None` if clocks do not show it exactly once.
    fn instant(&self, minute: u16) -> Option<Timestamp> {
        if self.plain {
            let after = SignedDuration::from_mins(i64::from(minute));
            return self.midnight.checked_add(after).ok();
        }
        let time = Time::new(
            i8::try_from(minute / 60).ok()?,
            i8::try_from(minute % 60).ok()?,
            0,
            0,
        )
        .ok()?;
        match calendar::rome_shows(self.day.to_datetime(time))? {
            Shown::Once(instant) => Some(instant),
            Shown::Never | Shown::Twice => None,
        }
    }

    /// The cell that begins at a minute, if one does and `minutes` from there on run as on any other day.
    pub(super) fn cell(&self, minute: u16, minutes: u16) -> Option<Cell> {
        let start = self.instant(minute)?;
        if !self.plain {
            let end = self.instant(minute + minutes)?;
            if end.duration_since(start) != SignedDuration::from_mins(i64::from(minutes)) {
                return None;
            }
        }
        let cell = cell_of(start);
        (instant_of(cell) == start).then_some(cell)
    }
}
