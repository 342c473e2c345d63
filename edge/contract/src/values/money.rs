// SPDX-License-Identifier: EUPL-1.2
//! Amounts in euro, kept in whole cents so that sums are exact, read the way people in Italy write them.

use alloc::{
    format,
    string::{String, ToString},
};

use crate::problem::Problem;

/// An amount of zero or more, in cents of euro.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Money(i64);

super::serde_as_text!(Money);

/// Digits before the comma that are still read: beyond a hundred billion euro somebody pressed a key too long.
const MOST_DIGITS: usize = 12;

impl Money {
    /// An amount of so many cents.
    #[must_use]
    pub const fn from_cents(cents: i64) -> Self {
        Self(cents)
    }

    /// The amount in cents.
    #[must_use]
    pub const fn cents(self) -> i64 {
        self.0
    }

    /// Reads `8.500,00`, `8500`, `8500.00`, `8 500,5`, `€ 8500`. A single dot before one or two last digits is read as
    /// a comma, before three as the sign of thousands.
    ///
    /// # Errors
    /// [`Problem::AtLeast`] zero for a negative amount, [`Problem::NotMoney`] for anything else that is not an amount.
    pub fn parse(typed: &str) -> Result<Self, Problem> {
        // The spaces that keyboards and spreadsheets put into numbers.
        let plain = typed
            .replace(['\u{a0}', '\u{202f}', '\u{2009}'], " ")
            .to_lowercase();
        let plain = without_currency(plain.trim());
        if let Some(rest) = plain.strip_prefix(['-', '−']) {
            let amount = Self::parse(rest)?;
            return if amount.0 == 0 {
                Ok(amount)
            } else {
                Err(Problem::AtLeast(0))
            };
        }
        let (whole, decimals) = split_decimals(plain);
        let cents = match decimals.map(str::as_bytes) {
            None => 0,
            Some([tens @ b'0'..=b'9']) => i64::from(tens - b'0') * 10,
            Some([tens @ b'0'..=b'9', ones @ b'0'..=b'9']) => {
                i64::from(tens - b'0') * 10 + i64::from(ones - b'0')
            }
            Some(_) => return Err(Problem::NotMoney),
        };
        let digits = ungroup(whole).ok_or(Problem::NotMoney)?;
        let euro: i64 = digits.parse().map_err(|_| Problem::NotMoney)?;
        Ok(Self(euro * 100 + cents))
    }

    /// The normal form for machines: `8500.00`.
    #[must_use]
    pub fn as_str(self) -> String {
        format!("{}.{:02}", self.0 / 100, self.0 % 100)
    }

    /// The form for people: `8.500,00 €`, with a space that does not break.
    #[must_use]
    pub fn italian(self) -> String {
        let euro = (self.0 / 100).to_string();
        let mut grouped = String::with_capacity(euro.len() + euro.len() / 3);
        for (index, digit) in euro.chars().enumerate() {
            if index > 0 && (euro.len() - index).is_multiple_of(3) {
                grouped.push('.');
            }
            grouped.push(digit);
        }
        format!("{grouped},{:02}\u{a0}€", self.0 % 100)
    }
}

fn without_currency(text: &str) -> &str {
    let mut rest = text;
    for sign in ["€", "euro", "eur"] {
        rest = rest.strip_prefix(sign).unwrap_or(rest).trim();
        rest = rest.strip_suffix(sign).unwrap_or(rest).trim();
    }
    rest
}

fn split_decimals(text: &str) -> (&str, Option<&str>) {
    if let Some((whole, decimals)) = text.split_once(',') {
        return (whole, Some(decimals));
    }
    match text.split_once('.') {
        Some((whole, decimals)) if decimals.len() <= 2 => (whole, Some(decimals)),
        _ => (text, None),
    }
}

/// The digits without the signs of thousands, if these stand before every group of three and nowhere else.
fn ungroup(whole: &str) -> Option<String> {
    let mut groups = whole.split(['.', ' ']);
    let first = groups.next()?;
    let mut digits = first.to_string();
    let mut grouped = false;
    for group in groups {
        grouped = true;
        if group.len() != 3 {
            return None;
        }
        digits.push_str(group);
    }
    let sound = !first.is_empty()
        && (!grouped || first.len() <= 3)
        && digits.len() <= MOST_DIGITS
        && digits.bytes().all(|byte| byte.is_ascii_digit());
    sound.then_some(digits)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn reads(typed: &str, as_str: &str) {
        assert_eq!(
            Money::parse(typed).map(Money::as_str),
            Ok(as_str.into()),
            "{typed}"
        );
    }

    #[test]
    fn every_way_of_writing_an_amount_is_read() {
        for typed in [
            "8.500,00",
            "8500",
            "8500.00",
            "8 500,00",
            "€ 8500",
            "8500 €",
            "8.500",
            "8500,0",
            "euro 8.500",
            " 8\u{a0}500 EUR ",
            "8500.0",
            "008500",
            "8.500,00\u{a0}€",
        ] {
            reads(typed, "8500.00");
        }
        reads("8 500,5", "8500.50");
        reads("0", "0.00");
        reads("-0", "0.00");
        reads("0,05", "0.05");
        reads("1.234.567,89", "1234567.89");
        reads("12.34", "12.34");
    }

    #[test]
    fn what_is_not_an_amount_is_refused() {
        for typed in [
            "",
            "€",
            "abc",
            "8,500.00",
            "8500,",
            "8500,123",
            ",50",
            "1,2,3",
            "85.00.00",
            "8.50,00",
            "1234.567",
            "1.2345",
            "12 34",
            "1e3",
            "８５００",
            "1234567890123",
            "99999999999999999999",
            "8500 lire",
            "+5",
            "0x10",
        ] {
            assert_eq!(Money::parse(typed), Err(Problem::NotMoney), "{typed}");
        }
    }

    #[test]
    fn a_negative_amount_is_told_the_limit() {
        assert_eq!(Money::parse("-5"), Err(Problem::AtLeast(0)));
        assert_eq!(Money::parse("€ -8.500,00"), Err(Problem::AtLeast(0)));
    }

    #[test]
    fn people_read_dots_and_a_comma() {
        assert_eq!(Money::from_cents(850_000).italian(), "8.500,00\u{a0}€");
        assert_eq!(
            Money::from_cents(123_456_789).italian(),
            "1.234.567,89\u{a0}€"
        );
        assert_eq!(Money::from_cents(5).italian(), "0,05\u{a0}€");
        assert_eq!(Money::from_cents(99_900).italian(), "999,00\u{a0}€");
    }

    #[test]
    fn json_holds_the_normal_form() {
        let money: Money = serde_json::from_str("\"8.500,5\"").unwrap();
        assert_eq!(serde_json::to_string(&money).unwrap(), "\"8500.50\"");
        let refused = serde_json::from_str::<Money>("\"tanto\"")
            .unwrap_err()
            .to_string();
        assert!(refused.contains("not_money") && !refused.contains("tanto"));
    }
}
