// SPDX-License-Identifier: EUPL-1.2
//! Dates of a CV: a year, mostly with a month, seldom with a day; and periods of them.

use alloc::{
    format,
    string::{String, ToString},
};

use super::words::{self, Language, ONGOING};

/// A year with the month and the day if they are known. Ordered by time; a year alone comes before its months.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Month {
    /// 1900 to 2100.
    pub year: u16,
    /// 1 to 12.
    pub month: Option<u8>,
    /// Kept for export; never printed.
    pub day: Option<u8>,
}

impl Month {
    /// Reads `2024`, `2024-05` or `2024-05-31`, also with a time behind (`2024-05-31T10:00:00Z`).
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let day = text.split_once('T').map_or(text, |(day, _)| day);
        let mut parts = day.split('-');
        let year: u16 = digits(parts.next()?, 4)?.parse().ok()?;
        let month = match parts.next() {
            Some(month) => Some(digits(month, 2)?.parse::<u8>().ok()?),
            None => None,
        };
        let day = match parts.next() {
            Some(day) => Some(digits(day, 2)?.parse::<u8>().ok()?),
            None => None,
        };
        let exists = jiff::civil::Date::new(
            i16::try_from(year).ok()?,
            i8::try_from(month.unwrap_or(1)).ok()?,
            i8::try_from(day.unwrap_or(1)).ok()?,
        )
        .is_ok();
        (exists && parts.next().is_none() && (1900..=2100).contains(&year)).then_some(Self {
            year,
            month,
            day,
        })
    }

    /// As it stands in the JSON.
    #[must_use]
    pub fn as_text(self) -> String {
        match (self.month, self.day) {
            (Some(month), Some(day)) => format!("{:04}-{month:02}-{day:02}", self.year),
            (Some(month), None) => format!("{:04}-{month:02}", self.year),
            (None, _) => format!("{:04}", self.year),
        }
    }

    /// `maggio 2024`, `May 2024`, `2024`. The space does not break.
    #[must_use]
    pub fn long(self, language: Language) -> String {
        match self.month {
            Some(month) => format!("{}\u{a0}{}", words::month(month, language), self.year),
            None => self.year.to_string(),
        }
    }

    /// `05/2024`, `2024`: as Europass writes it.
    #[must_use]
    pub fn short(self) -> String {
        match self.month {
            Some(month) => format!("{month:02}/{}", self.year),
            None => self.year.to_string(),
        }
    }

    /// Months since the year 0, counting a year alone as its first (`late = false`) or last month.
    #[must_use]
    pub fn count(self, late: bool) -> u32 {
        let month = self.month.unwrap_or(if late { 12 } else { 1 });
        u32::from(self.year) * 12 + u32::from(month) - 1
    }
}

fn digits(text: &str, count: usize) -> Option<&str> {
    (text.len() == count && text.bytes().all(|byte| byte.is_ascii_digit())).then_some(text)
}

/// A stretch of time.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Period {
    /// When it began, if known.
    pub start: Option<Month>,
    /// When it ended, if it has.
    pub end: Option<Month>,
    /// It has not ended.
    pub ongoing: bool,
}

impl Period {
    /// `marzo 2020 – in corso`, with names of months; `None` when nothing is known.
    #[must_use]
    pub fn long(self, language: Language) -> Option<String> {
        self.written(language, |month| month.long(language))
    }

    /// `03/2020 – in corso`.
    #[must_use]
    pub fn short(self, language: Language) -> Option<String> {
        self.written(language, Month::short)
    }

    fn written(self, language: Language, month: impl Fn(Month) -> String) -> Option<String> {
        let end = match (self.end, self.ongoing) {
            (_, true) => Some(ONGOING.get(language).replace(' ', "\u{a0}")),
            (Some(end), _) => Some(month(end)),
            (None, false) => None,
        };
        match (self.start.map(&month), end) {
            (Some(start), Some(end)) if start == end => Some(start),
            (Some(start), Some(end)) => Some(format!("{start}\u{a0}– {end}")),
            (Some(one), None) | (None, Some(one)) => Some(one),
            (None, None) => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_read_as_far_as_they_are_known() {
        for (text, long) in [
            ("2024", "2024"),
            ("2024-05", "maggio\u{a0}2024"),
            ("2024-02-29", "febbraio\u{a0}2024"),
            ("2024-05-31T10:00:00Z", "maggio\u{a0}2024"),
        ] {
            let month = Month::parse(text).unwrap();
            assert_eq!(month.long(Language::Italian), long);
        }
    }

    #[test]
    fn what_is_no_date_is_not_read() {
        for text in [
            "",
            "24",
            "2024-5",
            "2024-13",
            "2024-00",
            "2023-02-29",
            "1899",
            "2101",
            "2024-05-01-01",
            "maggio 2024",
            "٢٠٢٤",
            "2024-",
            "-2024",
            "+024",
        ] {
            assert_eq!(Month::parse(text), None, "{text}");
        }
    }

    #[test]
    fn a_period_says_when_it_goes_on() {
        let period = |start, end, ongoing| {
            let read = |text: &str| Month::parse(text);
            Period {
                start: read(start),
                end: read(end),
                ongoing,
            }
            .short(Language::Italian)
        };
        assert_eq!(
            period("2020-03", "", true).unwrap(),
            "03/2020\u{a0}– in\u{a0}corso"
        );
        assert_eq!(
            period("2020-03", "2021", false).unwrap(),
            "03/2020\u{a0}– 2021"
        );
        assert_eq!(period("2020", "2020", false).unwrap(), "2020");
        assert_eq!(period("", "2020", false).unwrap(), "2020");
        assert_eq!(period("", "", false), None);
    }
}
