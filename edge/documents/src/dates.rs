// SPDX-License-Identifier: EUPL-1.2
//! Days and instants as an Italian reads them on paper.

use contract::values::calendar::clock;
use jiff::{ZonedDateTime, civil::Date};

const MONTHS: [&str; 12] = [
    "gennaio",
    "febbraio",
    "marzo",
    "aprile",
    "maggio",
    "giugno",
    "luglio",
    "agosto",
    "settembre",
    "ottobre",
    "novembre",
    "dicembre",
];

/// `1° dicembre 2026`: the first of the month is an ordinal in Italian. The spaces do not break,
/// so that a date never falls on two lines.
pub(crate) fn day(date: Date) -> String {
    let month = MONTHS[usize::from(date.month().unsigned_abs()) - 1];
    let ordinal = if date.day() == 1 { "°" } else { "" };
    format!("{}{ordinal}\u{a0}{month}\u{a0}{}", date.day(), date.year())
}

/// `24 novembre 2026, ore 10:05`, in the zone of the value.
pub(crate) fn instant(at: &ZonedDateTime) -> String {
    format!("{}, ore\u{a0}{}", day(at.date()), clock(at.time()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_of_the_month_is_an_ordinal() {
        assert_eq!(
            day(jiff::civil::date(2026, 12, 1)),
            "1°\u{a0}dicembre\u{a0}2026"
        );
        assert_eq!(
            day(jiff::civil::date(2026, 1, 31)),
            "31\u{a0}gennaio\u{a0}2026"
        );
    }
}
