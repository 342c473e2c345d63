// SPDX-License-Identifier: EUPL-1.2
//! How to reach a person: e-mail, mobile number, postal code.

use alloc::{
    format,
    string::{String, ToString},
};

use crate::problem::Problem;

/// An e-mail address in the form that providers really accept (RFC 5321 without quoting), its domain in lower case.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Email(String);

super::serde_as_text!(Email);

impl Email {
    /// Reads an address.
    ///
    /// # Errors
    /// [`Problem::Email`] for anything that is not one, also above 254 characters (RFC 5321 §4.5.3.1.3).
    pub fn parse(typed: &str) -> Result<Self, Problem> {
        let typed = typed.trim();
        let (local, domain) = typed.split_once('@').ok_or(Problem::Email)?;
        let domain = domain.to_ascii_lowercase();
        if typed.len() <= 254 && is_local(local) && is_domain(&domain) {
            Ok(Self(format!("{local}@{domain}")))
        } else {
            Err(Problem::Email)
        }
    }

    /// The address.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

fn is_local(local: &str) -> bool {
    local.len() <= 64
        && local.split('.').all(|part| {
            !part.is_empty()
                && part
                    .bytes()
                    .all(|b| b.is_ascii_alphanumeric() || b"!#$%&'*+/=?^_`{|}~-".contains(&b))
        })
}

fn is_domain(domain: &str) -> bool {
    let sound = |label: &str| {
        (1..=63).contains(&label.len())
            && label
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
            && !label.starts_with('-')
            && !label.ends_with('-')
    };
    let Some((_, last)) = domain.rsplit_once('.') else {
        return false;
    };
    let top = last.len() >= 2
        && (last.starts_with("xn--") || last.bytes().all(|byte| byte.is_ascii_alphabetic()));
    domain.len() <= 253 && top && domain.split('.').all(sound)
}

/// A mobile number in E.164: Italian ones always `+39…`, foreign ones with their own prefix.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Mobile(String);

super::serde_as_text!(Mobile);

impl Mobile {
    /// Reads `333 1234567`, `+39 333 1234567`, `0039…`; foreign numbers want `+` or `00` and their prefix.
    ///
    /// # Errors
    /// [`Problem::Mobile`] for anything else, Italian landlines included.
    pub fn parse(typed: &str) -> Result<Self, Problem> {
        let digits: String = typed
            .chars()
            .filter(|c| !c.is_whitespace() && !matches!(c, '.' | '-' | '/' | '(' | ')'))
            .collect();
        let abroad = digits
            .strip_prefix('+')
            .or_else(|| digits.strip_prefix("00"));
        let international = match abroad {
            Some(number) => number.to_string(),
            None => format!("39{digits}"),
        };
        let sound = international.bytes().all(|byte| byte.is_ascii_digit())
            && match international.strip_prefix("39") {
                Some(italian) => italian.starts_with('3') && matches!(italian.len(), 9 | 10),
                // E.164: at most fifteen digits; no country has numbers below seven with its prefix.
                None => !international.starts_with('0') && (7..=15).contains(&international.len()),
            };
        if sound {
            Ok(Self(format!("+{international}")))
        } else {
            Err(Problem::Mobile)
        }
    }

    /// The number in E.164.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The number with spaces, for reading: `+39 333 1234567`. Foreign numbers stay in one piece.
    #[must_use]
    pub fn italian(&self) -> String {
        match self.0.strip_prefix("+39") {
            Some(number) => format!("+39 {} {}", &number[..3], &number[3..]),
            None => self.0.clone(),
        }
    }
}

/// A postal code (codice di avviamento postale).
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Cap(String);

super::serde_as_text!(Cap);

/// The old codes of whole cities that are now divided into zones: letters with them arrive late or not at all.
const GENERIC: &[&str] = &[
    "00100", "06100", "09100", "10100", "15100", "16100", "19100", "20100", "24100", "25100",
    "28900", "29100", "30100", "34100", "35100", "37100", "38100", "40100", "41100", "42100",
    "43100", "44100", "47023", "47100", "47500", "47900", "48100", "50100", "56100", "57100",
    "60100", "61100", "65100", "70100", "71100", "74100", "80100", "84100", "89100", "90100",
    "95100", "98100",
];

impl Cap {
    /// Reads a postal code. Whether it is one of the comune's is [`Places::cap_fits`](super::place::Places::cap_fits).
    ///
    /// # Errors
    /// [`Problem::Cap`] if it is not five digits, [`Problem::CapGeneric`] for the old code of a city with zones.
    pub fn parse(typed: &str) -> Result<Self, Problem> {
        let typed = typed.trim();
        if typed.len() != 5 || !typed.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(Problem::Cap);
        }
        if GENERIC.contains(&typed) {
            Err(Problem::CapGeneric)
        } else {
            Ok(Self(typed.to_string()))
        }
    }

    /// The five digits.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_read_and_their_domain_lowered() {
        for (typed, kept) in [
            (" Ada.Fo@Posta.IT ", "Ada.Fo@posta.it"),
            ("a+b_c@x-y.co.uk", "a+b_c@x-y.co.uk"),
            ("o'neil@xn--caf-dma.xn--p1ai", "o'neil@xn--caf-dma.xn--p1ai"),
        ] {
            assert_eq!(Email::parse(typed).unwrap().as_str(), kept);
        }
    }

    #[test]
    fn what_is_no_address_is_refused() {
        let long_local = format!("{}@posta.it", "a".repeat(65));
        let long = format!("a@{}it", "abcdefgh.".repeat(28));
        assert!(long.len() <= 256 && long.len() > 254 - 3);
        for typed in [
            "",
            "ada",
            "@posta.it",
            "ada@",
            "ada@posta",
            "ada@@posta.it",
            "a@b@posta.it",
            ".ada@posta.it",
            "ada.@posta.it",
            "a..b@posta.it",
            "a b@posta.it",
            "ada@-posta.it",
            "ada@posta-.it",
            "ada@posta..it",
            "ada@posta.i",
            "ada@posta.12",
            "ada@1.2.3.4",
            "\"a b\"@posta.it",
            "adà@posta.it",
            "ada@pòsta.it",
            "ada@posta.it\nBcc: x@y.it",
            "ada,fo@posta.it",
            "<ada@posta.it>",
            &long_local,
            &format!("a@{}.it", "b".repeat(64)),
            &format!("a@{}it", "abcdefgh.".repeat(29)),
        ] {
            assert_eq!(Email::parse(typed), Err(Problem::Email), "{typed}");
        }
    }

    #[test]
    fn italian_numbers_always_get_their_prefix() {
        for typed in [
            "3331234567",
            "333 1234567",
            "+39 333 123 45 67",
            "0039-333.1234567",
            "(333) 123/4567",
        ] {
            assert_eq!(
                Mobile::parse(typed).unwrap().as_str(),
                "+393331234567",
                "{typed}"
            );
        }
        assert_eq!(Mobile::parse("333123456").unwrap().as_str(), "+39333123456");
        assert_eq!(
            Mobile::parse("3331234567").unwrap().italian(),
            "+39 333 1234567"
        );
    }

    #[test]
    fn foreign_numbers_keep_theirs() {
        assert_eq!(
            Mobile::parse("+44 7700 900123").unwrap().as_str(),
            "+447700900123"
        );
        assert_eq!(
            Mobile::parse("00355 69 123 4567").unwrap().as_str(),
            "+355691234567"
        );
        assert_eq!(
            Mobile::parse("+355691234567").unwrap().italian(),
            "+355691234567"
        );
    }

    #[test]
    fn what_is_no_mobile_number_is_refused() {
        for typed in [
            "",
            "051123456",
            "+39 051 123456",
            "33312345",
            "33312345678",
            "333123456a",
            "+",
            "00",
            "+0123456789",
            "+44770",
            "+4477009001234567",
            "++393331234567",
            "393331234567",
            "３３３１２３４５６７",
        ] {
            assert_eq!(Mobile::parse(typed), Err(Problem::Mobile), "{typed}");
        }
    }

    #[test]
    fn five_digits_are_a_cap() {
        assert_eq!(Cap::parse(" 40121 ").unwrap().as_str(), "40121");
        for typed in ["", "4012", "401211", "4012a", "40 21", "４０１２１"] {
            assert_eq!(Cap::parse(typed), Err(Problem::Cap), "{typed}");
        }
    }

    #[test]
    fn the_code_of_a_whole_city_is_refused() {
        for typed in ["00100", "20100", "10100", "80100", "50100", "40100"] {
            assert_eq!(Cap::parse(typed), Err(Problem::CapGeneric), "{typed}");
        }
        // Cities without zones keep their code.
        for typed in ["22100", "36100", "00010"] {
            assert!(Cap::parse(typed).is_ok(), "{typed}");
        }
    }

    #[test]
    fn no_code_in_use_counts_as_generic() {
        let comuni = include_str!("../../data/comuni.csv");
        for cap in comuni
            .lines()
            .filter_map(|line| line.split(',').nth(6))
            .flat_map(|caps| caps.split(' '))
        {
            assert!(!GENERIC.contains(&cap), "{cap}");
        }
    }
}
