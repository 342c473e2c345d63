// SPDX-License-Identifier: EUPL-1.2
//! The codice fiscale, Italy's tax code of a person (DM 23/12/1976, DPR 605/1973), with omocodia and the provisional
//! form of eleven digits.

use alloc::string::{String, ToString};
use jiff::civil::Date;

use super::partita_iva;
use crate::problem::Problem;

mod letters;
#[cfg(test)]
mod tests;

/// Codice fiscale: sixteen characters whose check character holds, or the provisional eleven digits.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CodiceFiscale(String);

super::serde_as_text!(CodiceFiscale);

/// Sex as the registers have it: what a codice fiscale encodes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sex {
    /// `M`.
    Male,
    /// `F`.
    Female,
}

impl Sex {
    /// Reads `M` or `F`.
    ///
    /// # Errors
    /// [`Problem::UnknownCode`] for anything else.
    pub fn parse(typed: &str) -> Result<Self, Problem> {
        match typed.trim() {
            "M" | "m" => Ok(Self::Male),
            "F" | "f" => Ok(Self::Female),
            _ => Err(Problem::UnknownCode),
        }
    }

    /// `M` or `F`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Male => "M",
            Self::Female => "F",
        }
    }
}

/// Where the digits stand that omocodia may turn into letters, counted from zero.
const DIGITS: [usize; 7] = [6, 7, 9, 10, 12, 13, 14];
/// The letters that omocodia writes for 0 to 9.
const OMOCODIA: &[u8; 10] = b"LMNPQRSTUV";
/// The letters of the months.
const MONTHS: &[u8; 12] = b"ABCDEHLMPRST";

impl CodiceFiscale {
    /// Reads a codice fiscale; spaces and small letters are mended. Omocodic codes are as good as any.
    ///
    /// # Errors
    /// [`Problem::CodiceFiscaleLength`], [`Problem::CodiceFiscaleShape`], [`Problem::CodiceFiscaleCheck`] and
    /// [`Problem::CodiceFiscaleDate`], looked for in this order.
    pub fn parse(typed: &str) -> Result<Self, Problem> {
        let code: String = typed
            .chars()
            .filter(|letter| !letter.is_whitespace())
            .map(|letter| letter.to_ascii_uppercase())
            .collect();
        match code.chars().count() {
            11 if !code.bytes().all(|byte| byte.is_ascii_digit()) => {
                Err(Problem::CodiceFiscaleShape)
            }
            11 if !partita_iva::check_digit_holds(&code) => Err(Problem::CodiceFiscaleCheck),
            11 => Ok(Self(code)),
            16 => Self::of_a_person(code),
            _ => Err(Problem::CodiceFiscaleLength),
        }
    }

    fn of_a_person(code: String) -> Result<Self, Problem> {
        let bytes = code.as_bytes();
        let plain = plain_digits(bytes).ok_or(Problem::CodiceFiscaleShape)?;
        let letters =
            |range: core::ops::Range<usize>| plain[range].iter().all(u8::is_ascii_uppercase);
        if !(letters(0..6) && MONTHS.contains(&plain[8]) && letters(11..12) && letters(15..16)) {
            return Err(Problem::CodiceFiscaleShape);
        }
        if letters::check_letter(bytes) != bytes[15] {
            return Err(Problem::CodiceFiscaleCheck);
        }
        let code = Self(code);
        // Of the years that two digits can mean, 2000 is the only leap one that 1900 is not: it decides 29 February.
        if code.day_in(20).is_none() {
            return Err(Problem::CodiceFiscaleDate);
        }
        Ok(code)
    }

    /// The code a person has unless somebody else has it already: made from what the registers hold.
    /// `None` if `belfiore` is no Belfiore code or the names hold no letter.
    #[must_use]
    pub fn compute(
        cognome: &str,
        nome: &str,
        birth: Date,
        sex: Sex,
        belfiore: &str,
    ) -> Option<Self> {
        let mut code = String::with_capacity(16);
        code.push_str(&letters::of_surname(&letters::plain(cognome))?);
        code.push_str(&letters::of_name(&letters::plain(nome))?);
        let day = birth.day() + if sex == Sex::Female { 40 } else { 0 };
        let month = char::from(MONTHS[usize::from(birth.month().unsigned_abs()) - 1]);
        code.push_str(&alloc::format!(
            "{:02}{month}{day:02}{belfiore}",
            birth.year().rem_euclid(100)
        ));
        if code.len() != 15 || !code.is_ascii() {
            return None;
        }
        code.push(char::from(letters::check_letter(code.as_bytes())));
        Self::parse(&code).ok()
    }

    /// The code, in capital letters.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// True for the eleven digits that are given until the sixteen characters are.
    #[must_use]
    pub const fn is_provisional(&self) -> bool {
        self.0.len() == 11
    }

    /// The code with digits wherever omocodia put letters; its last character is then not a check character any more.
    /// A provisional code stays as it is.
    #[must_use]
    pub fn decoded(&self) -> String {
        match plain_digits(self.0.as_bytes()) {
            Some(plain) => plain.iter().map(|byte| char::from(*byte)).collect(),
            None => self.0.clone(),
        }
    }

    /// The day of birth. The code has two digits of the year only: the century comes from the declared date, or it is
    /// the latest that is not after `today`. `None` for a provisional code.
    #[must_use]
    pub fn birth_date(&self, declared: Option<Date>, today: Date) -> Option<Date> {
        if let Some(declared) = declared {
            let same = self.day_in(declared.year().div_euclid(100));
            if same == Some(declared) {
                return same;
            }
        }
        let this_century = today.year().div_euclid(100);
        [this_century, this_century - 1]
            .into_iter()
            .filter_map(|century| self.day_in(century))
            .find(|day| *day <= today)
    }

    /// The sex that the code encodes. `None` for a provisional code.
    #[must_use]
    pub fn sex(&self) -> Option<Sex> {
        let day = number(self.decoded().get(9..11)?)?;
        (!self.is_provisional()).then_some(if day > 40 { Sex::Female } else { Sex::Male })
    }

    /// The Belfiore code of the comune, or the Z code of the State, of birth. `None` for a provisional code.
    #[must_use]
    pub fn belfiore(&self) -> Option<String> {
        if self.is_provisional() {
            None
        } else {
            self.decoded().get(11..15).map(ToString::to_string)
        }
    }

    /// Compares the encoded day of birth and sex with the declared ones. A provisional code encodes neither.
    ///
    /// # Errors
    /// [`Problem::CodiceFiscaleOther`] if one of them differs.
    pub fn agrees_with(&self, birth: Date, sex: Sex) -> Result<(), Problem> {
        let same_day = self.day_in(birth.year().div_euclid(100)) == Some(birth);
        if self.is_provisional() || (same_day && self.sex() == Some(sex)) {
            Ok(())
        } else {
            Err(Problem::CodiceFiscaleOther)
        }
    }

    /// True when the first six letters are those of the name. Transliterated and double names may differ lawfully: a
    /// mismatch is worth a warning, never a refusal.
    #[must_use]
    pub fn name_matches(&self, nome: &str, cognome: &str) -> bool {
        if self.is_provisional() {
            return true;
        }
        let of = |part: fn(&str) -> Option<String>, text: &str, code: &str| {
            letters::spellings(text)
                .iter()
                .any(|spelling| part(spelling).as_deref() == Some(code))
        };
        of(letters::of_surname, cognome, &self.0[..3]) && of(letters::of_name, nome, &self.0[3..6])
    }

    fn day_in(&self, century: i16) -> Option<Date> {
        if self.is_provisional() {
            return None;
        }
        let plain = self.decoded();
        let month = MONTHS
            .iter()
            .position(|letter| *letter == plain.as_bytes()[8])?
            + 1;
        let day = number(&plain[9..11])?;
        let day = if day > 40 { day - 40 } else { day };
        let year = century * 100 + i16::from(number(&plain[6..8])?);
        Date::new(year, i8::try_from(month).ok()?, day).ok()
    }
}

/// Two digits as a number.
fn number(digits: &str) -> Option<i8> {
    digits.parse().ok()
}

/// Undoes omocodia; `None` if there are not sixteen characters with digits, or letters for digits, in their places.
fn plain_digits(code: &[u8]) -> Option<[u8; 16]> {
    let mut plain: [u8; 16] = code.try_into().ok()?;
    for place in DIGITS {
        if !plain[place].is_ascii_digit() {
            let digit = OMOCODIA.iter().position(|letter| *letter == plain[place])?;
            plain[place] = b'0' + u8::try_from(digit).ok()?;
        }
    }
    Some(plain)
}
