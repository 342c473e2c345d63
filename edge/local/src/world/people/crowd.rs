// SPDX-License-Identifier: EUPL-1.2
//! A crowd: as many invented people as a trial wants, known by a codice fiscale alone.
//!
//! Everybody in it is called Persona Prova and was born in Bologna between 1950 and 1999: `PRVPSN`, birth, `A944` and
//! the right last letter. Whoever fits is there; nothing else sets them apart.

use super::{Person, Place, check_letter};
use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

/// The most people of the crowd that one run remembers.
const MOST: usize = 20_000;
/// The months of DM 23/12/1976, January first.
const MONTHS: &[u8] = b"ABCDEHLMPRST";

/// The person of the crowd with this codice fiscale.
pub(super) fn find(codice_fiscale: &str) -> Option<&'static Person> {
    static MET: Mutex<BTreeMap<String, &'static Person>> = Mutex::new(BTreeMap::new());
    let code = codice_fiscale.to_ascii_uppercase();
    let mut met = MET.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(person) = met.get(&code) {
        return Some(person);
    }
    if met.len() >= MOST {
        return None;
    }
    let person: &'static Person = Box::leak(Box::new(person(&code)?));
    met.insert(code, person);
    Some(person)
}

fn person(code: &str) -> Option<Person> {
    let birth = code.strip_prefix("PRVPSN")?.get(..5)?;
    let rest = code.get(11..)?;
    if code.len() != 16 || !rest.starts_with("A944") || !code.ends_with(check_letter(code)) {
        return None;
    }
    let number = |text: &str| -> Option<u32> {
        let digits = text.bytes().all(|byte| byte.is_ascii_digit());
        digits.then(|| text.parse().ok())?
    };
    let year = number(birth.get(..2)?)?;
    let month = MONTHS
        .iter()
        .position(|letter| birth.as_bytes().get(2) == Some(letter))?;
    let day = number(birth.get(3..)?)?;
    let (sesso, day) = if day > 40 {
        ("F", day - 40)
    } else {
        ("M", day)
    };
    let born = format!("19{year:02}-{:02}-{day:02}", month + 1);
    if year < 50 || born.parse::<jiff::civil::Date>().is_err() {
        return None;
    }
    // One number for each codice fiscale: it makes the mobile number theirs alone.
    let number =
        (year * 12 + u32::try_from(month).ok()?) * 64 + day + if sesso == "F" { 32 } else { 0 };
    Some(Person {
        codice_fiscale: leak(code.to_owned()),
        nome: "Persona",
        cognome: "Prova",
        sesso,
        data_nascita: leak(born),
        nascita_belfiore: "A944",
        nascita_sigla: "BO",
        cittadinanza: "000",
        email: leak(format!("persona.{}", code.to_ascii_lowercase())),
        cellulare: leak(format!("339{number:07}")),
        residenza: Place {
            street: "Via dell'Indipendenza 8",
            postal_code: "40121",
            belfiore: "A944",
            name: "Bologna",
            province: "BO",
        },
        domicilio: None,
        situazione: "Fa numero",
    })
}

fn leak(text: String) -> &'static str {
    Box::leak(text.into_boxed_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code(birth: &str) -> String {
        let stem = format!("PRVPSN{birth}A944");
        let last = check_letter(&format!("{stem}A"));
        format!("{stem}{last}")
    }

    #[test]
    fn whoever_fits_is_there_and_always_the_same() {
        let first = find(&code("50A01")).unwrap();
        assert_eq!((first.data_nascita, first.sesso), ("1950-01-01", "M"));
        assert!(std::ptr::eq(first, find(&code("50A01")).unwrap()));
        let other = find(&code("99T71")).unwrap();
        assert_eq!((other.data_nascita, other.sesso), ("1999-12-31", "F"));
        assert_ne!(first.cellulare, other.cellulare);
    }

    #[test]
    fn whoever_does_not_fit_is_not_there() {
        for birth in ["49A01", "50A00", "50A32", "50B70", "50F01", "5ZA01"] {
            assert!(find(&code(birth)).is_none(), "{birth}");
        }
        let mut wrong = code("50A01");
        let last = if wrong.ends_with('A') { 'B' } else { 'A' };
        wrong.replace_range(15.., &last.to_string());
        assert!(find(&wrong).is_none());
        assert!(find("").is_none() && find("PRVPSNèèè").is_none());
    }
}
