// SPDX-License-Identifier: EUPL-1.2
//! The calendar of Italian offices: national holidays, terms that end on a holiday, and the time in Rome. The zone is
//! compiled in, so that browser and edge count alike and need no files of the system.

use alloc::{format, string::String};
use jiff::{
    Timestamp, ToSpan, ZonedDateTime,
    civil::{Date, DateTime, Time, Weekday},
    tz::{self, AmbiguousOffset, TimeZone},
};

/// The one copy of the rules of Europe/Rome.
static ROME: TimeZone = tz::get!("Europe/Rome");

/// Days on which an office is closed beside Sundays and national holidays.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Closed {
    /// Month and day of the patron saint of the comune where the office stands, for example `(10, 4)` in Bologna.
    pub patron: Option<(i8, i8)>,
    /// True when a Saturday counts as a holiday for terms. The civil code counts it as a working day.
    pub saturday: bool,
}

impl Closed {
    /// True when the office is closed on `day`.
    #[must_use]
    pub fn on(self, day: Date) -> bool {
        is_holiday(day)
            || self.patron == Some((day.month(), day.day()))
            || (self.saturday && day.weekday() == Weekday::Saturday)
    }
}

/// Easter Sunday of the Gregorian calendar, by the method of Meeus, Jones and Butcher. `None` outside of the years that
/// dates can have.
#[must_use]
pub fn easter(year: i16) -> Option<Date> {
    let y = i32::from(year);
    let (golden, century, rest) = (y.rem_euclid(19), y.div_euclid(100), y.rem_euclid(100));
    let correction = (century + 8) / 25;
    let epact =
        (19 * golden + century - century / 4 - (century - correction + 1) / 3 + 15).rem_euclid(30);
    let weekday = (32 + 2 * (century % 4) + 2 * (rest / 4) - epact - rest % 4).rem_euclid(7);
    let shift = (golden + 11 * epact + 22 * weekday) / 451;
    let days = epact + weekday - 7 * shift + 114;
    Date::new(
        year,
        i8::try_from(days / 31).ok()?,
        i8::try_from(days % 31 + 1).ok()?,
    )
    .ok()
}

/// True on Sundays and national holidays (L. 260/1949, DPR 792/1985, L. 336/2000; 4 October from 2026, L. 151/2025).
/// The list is the one in force since 2001.
#[must_use]
pub fn is_holiday(day: Date) -> bool {
    let fixed = match (day.month(), day.day()) {
        (1, 1 | 6) | (4, 25) | (5, 1) | (6, 2) | (8, 15) | (11, 1) | (12, 8 | 25 | 26) => true,
        (10, 4) => day.year() >= 2026,
        _ => false,
    };
    let easter_monday =
        || easter(day.year()).and_then(|easter| easter.tomorrow().ok()) == Some(day);
    fixed || day.weekday() == Weekday::Sunday || (matches!(day.month(), 3 | 4) && easter_monday())
}

/// The last day of a term of `days` that begins on `from`: the first day does not count, holidays do, and a term that
/// would end on a holiday ends on the next working day (art. 2963 c.c.).
#[must_use]
pub fn end_of_term(from: Date, days: u16, closed: Closed) -> Date {
    let mut end = from.saturating_add(i64::from(days).days());
    while closed.on(end) && end < Date::MAX {
        end = end.saturating_add(1.day());
    }
    end
}

/// An instant as clocks in Rome show it.
#[must_use]
pub fn in_rome(instant: Timestamp) -> ZonedDateTime {
    instant.to_zoned_datetime(ROME.clone())
}

/// The day in Rome at an instant.
#[must_use]
pub fn rome_date(instant: Timestamp) -> Date {
    in_rome(instant).date()
}

/// A time of day as people read it here, on pages, in messages and on paper: `08:30`.
#[must_use]
pub fn clock(time: Time) -> String {
    format!("{:02}:{:02}", time.hour(), time.minute())
}

/// The instant at which clocks in Rome show `local`. In the hour that is skipped in March the clock is taken to run on;
/// of the hour that comes twice in October the first is meant. `None` outside of the years that instants can have.
#[must_use]
pub fn rome_instant(local: DateTime) -> Option<ZonedDateTime> {
    local.to_zoned_datetime(ROME.clone()).ok()
}

/// How often clocks in Rome show a local time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Shown {
    /// Once, at this instant.
    Once(Timestamp),
    /// Never: the clocks skip it in March.
    Never,
    /// Twice, in October.
    Twice,
}

/// How often clocks in Rome show `local`; `None` outside of the years that instants can have.
#[must_use]
pub fn rome_shows(local: DateTime) -> Option<Shown> {
    let found = ROME.to_ambiguous_timestamp(local);
    Some(match found.offset() {
        AmbiguousOffset::Unambiguous { .. } => Shown::Once(found.compatible().ok()?),
        AmbiguousOffset::Gap { .. } => Shown::Never,
        AmbiguousOffset::Fold { .. } => Shown::Twice,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn easter_mondays_are_holidays() {
        for day in [
            date(2025, 4, 21),
            date(2026, 4, 6),
            date(2027, 3, 29),
            date(2028, 4, 17),
            date(2029, 4, 2),
        ] {
            assert_eq!(easter(day.year()).unwrap().tomorrow().unwrap(), day);
            assert!(is_holiday(day), "{day}");
            assert!(!is_holiday(day.tomorrow().unwrap()), "{day}");
        }
    }

    #[test]
    fn easter_is_a_sunday_between_22_march_and_25_april() {
        for year in 1583..=4000 {
            let day = easter(year).unwrap();
            assert_eq!(day.weekday(), Weekday::Sunday, "{day}");
            assert!(
                (date(year, 3, 22)..=date(year, 4, 25)).contains(&day),
                "{day}"
            );
        }
        assert_eq!(easter(1818), Some(date(1818, 3, 22)));
        assert_eq!(easter(1943), Some(date(1943, 4, 25)));
        assert_eq!(easter(2000), Some(date(2000, 4, 23)));
    }

    #[test]
    fn the_list_of_the_law() {
        for (month, day) in [
            (1, 1),
            (1, 6),
            (4, 25),
            (5, 1),
            (6, 2),
            (8, 15),
            (11, 1),
            (12, 8),
            (12, 25),
            (12, 26),
        ] {
            assert!(is_holiday(date(2025, month, day)), "{day}/{month}");
        }
        let working = |day: &Date| !is_holiday(*day) && day.weekday() != Weekday::Saturday;
        let days_of = |year| {
            date(year, 1, 1)
                .series(1.day())
                .take_while(move |day| day.year() == year)
        };
        assert_eq!(days_of(2025).filter(working).count(), 251);
    }

    #[test]
    fn saint_francis_is_a_holiday_from_2026() {
        assert!(!is_holiday(date(2025, 10, 4)));
        assert!(is_holiday(date(2026, 10, 4)) && date(2026, 10, 4).weekday() == Weekday::Sunday);
        assert!(is_holiday(date(2027, 10, 4)) && date(2027, 10, 4).weekday() == Weekday::Monday);
    }

    #[test]
    fn a_term_skips_the_first_day_and_a_holiday_at_its_end() {
        let ends = |from, days, closed| end_of_term(from, days, closed);
        let civil = Closed::default();
        // Tuesday + 30 days is Thursday 24 December; one day more is Christmas, then Saint Stephen, then Sunday.
        assert_eq!(ends(date(2026, 11, 24), 30, civil), date(2026, 12, 24));
        assert_eq!(ends(date(2026, 11, 25), 30, civil), date(2026, 12, 28));
        // A Saturday is a working day unless the office says otherwise.
        assert_eq!(ends(date(2026, 11, 24), 4, civil), date(2026, 11, 28));
        assert_eq!(
            ends(
                date(2026, 11, 24),
                4,
                Closed {
                    saturday: true,
                    ..civil
                }
            ),
            date(2026, 11, 30)
        );
        // The patron day of the office: Bari 8 May, Bologna 4 October 2025, followed by a Sunday.
        assert_eq!(
            ends(
                date(2026, 5, 6),
                2,
                Closed {
                    patron: Some((5, 8)),
                    ..civil
                }
            ),
            date(2026, 5, 9)
        );
        assert_eq!(
            ends(
                date(2025, 10, 1),
                3,
                Closed {
                    patron: Some((10, 4)),
                    ..civil
                }
            ),
            date(2025, 10, 6)
        );
        assert_eq!(ends(date(2026, 11, 24), 0, civil), date(2026, 11, 24));
        assert_eq!(
            ends(
                Date::MAX,
                30,
                Closed {
                    saturday: true,
                    ..civil
                }
            ),
            Date::MAX
        );
    }

    #[test]
    fn a_local_time_is_shown_once_twice_or_never() {
        let shown = |local: &str| super::rome_shows(local.parse().unwrap()).unwrap();
        assert_eq!(shown("2026-03-29T02:00"), Shown::Never);
        assert_eq!(shown("2026-03-29T02:59"), Shown::Never);
        assert_eq!(shown("2026-10-25T02:00"), Shown::Twice);
        assert_eq!(
            shown("2026-10-25T03:00"),
            Shown::Once("2026-10-25T02:00:00Z".parse().unwrap())
        );
    }

    #[track_caller]
    fn clocks_show(instant: &str, local: &str) {
        let instant: Timestamp = instant.parse().unwrap();
        assert_eq!(in_rome(instant).datetime(), local.parse().unwrap());
    }

    #[test]
    fn clocks_go_forward_in_march_and_back_in_october() {
        clocks_show("2026-03-29T00:59:59Z", "2026-03-29T01:59:59");
        clocks_show("2026-03-29T01:00:00Z", "2026-03-29T03:00:00");
        clocks_show("2026-10-25T00:59:59Z", "2026-10-25T02:59:59");
        clocks_show("2026-10-25T01:00:00Z", "2026-10-25T02:00:00");
        clocks_show("2040-07-01T12:00:00Z", "2040-07-01T14:00:00");
    }

    #[test]
    fn hours_are_written_with_two_digits() {
        let written = |hour, minute| clock(Time::constant(hour, minute, 59, 0));
        assert_eq!(written(8, 5), "08:05");
        assert_eq!(written(0, 0), "00:00");
        assert_eq!(written(17, 30), "17:30");
    }

    #[test]
    fn the_day_changes_at_midnight_in_rome() {
        assert_eq!(
            rome_date("2026-06-30T21:59:59Z".parse().unwrap()),
            date(2026, 6, 30)
        );
        assert_eq!(
            rome_date("2026-06-30T22:00:00Z".parse().unwrap()),
            date(2026, 7, 1)
        );
        assert_eq!(
            rome_date("2026-12-31T23:00:00Z".parse().unwrap()),
            date(2027, 1, 1)
        );
    }

    #[test]
    fn local_times_become_instants() {
        let instant = |local: &str| rome_instant(local.parse().unwrap()).unwrap().timestamp();
        assert_eq!(
            instant("2026-11-24T09:00"),
            "2026-11-24T08:00:00Z".parse().unwrap()
        );
        assert_eq!(
            instant("2026-03-29T02:30"),
            "2026-03-29T01:30:00Z".parse().unwrap()
        );
        assert_eq!(
            instant("2026-10-25T02:30"),
            "2026-10-25T00:30:00Z".parse().unwrap()
        );
    }
}
