// SPDX-License-Identifier: EUPL-1.2
//! How much a person may earn and still be unemployed before the law: limits by year, both included.
//! Art. 4 c. 15-quater DL 4/2019 (L. 26/2019), circ. ANPAL 1/2019; amounts from art. 13 TUIR in its yearly versions.

use jiff::civil::{Date, date};

/// The yearly limits of one period, in cents of euro. An income equal to the limit is within it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct IncomeLimit {
    /// First day of the period.
    pub from: Date,
    /// Employees and co.co.co.
    pub dipendente: i64,
    /// Self-employed.
    pub autonomo: i64,
    /// The act that sets them.
    pub source: &'static str,
}

/// All periods, oldest first; each lasts until the next begins.
pub const LIMITS: &[IncomeLimit] = &[
    IncomeLimit {
        from: date(2019, 3, 30),
        dipendente: 814_500,
        autonomo: 480_000,
        source: "Circolare ANPAL 1/2019",
    },
    IncomeLimit {
        from: date(2022, 1, 1),
        dipendente: 817_400,
        autonomo: 550_000,
        source: "Art. 13 TUIR, L. 234/2021",
    },
    IncomeLimit {
        from: date(2024, 1, 1),
        dipendente: 850_000,
        autonomo: 550_000,
        source: "Art. 13 TUIR, D.Lgs. 216/2023 e L. 207/2024",
    },
];

/// The limits in force on a day. Days before the first period get the first one: no request can be that old.
#[must_use]
pub fn limit_on(day: Date) -> IncomeLimit {
    LIMITS
        .iter()
        .rev()
        .find(|limit| limit.from <= day)
        .copied()
        .unwrap_or(LIMITS[0])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(day: Date, dipendente: i64, autonomo: i64) {
        let limit = limit_on(day);
        assert_eq!((limit.dipendente, limit.autonomo), (dipendente, autonomo));
    }

    #[test]
    fn each_year_has_its_limits() {
        check(date(2021, 12, 31), 814_500, 480_000);
        check(date(2022, 1, 1), 817_400, 550_000);
        check(date(2023, 12, 31), 817_400, 550_000);
        check(date(2024, 1, 1), 850_000, 550_000);
        check(date(2026, 11, 24), 850_000, 550_000);
    }
}
