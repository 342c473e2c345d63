// SPDX-License-Identifier: EUPL-1.2
<<<<<<< HEAD
//! A crowd: thousands of invented people who differ by their day of birth only, for measuring with many at once.
//!
//! They are made from their number, so nobody has to list them. All are called Persona Prova, live in Bologna and have
//! Mario Rossi's history of work.

use super::{Person, Place};
use jiff::Span;
use jiff::civil::{Date, date};
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// How many there are.
const SIZE: i64 = 5_000;
/// The day of birth of the first one; the others follow three days apart, the last one born in 2001.
const FIRST: Date = date(1960, 1, 1);
const APART: i64 = 3;
/// What every codice fiscale of theirs begins with.
const PREFIX: &str = "PRVPSN";
/// Whose history of work they have.
const HISTORY: &str = "RSSMRA89T13F205B";

/// Made when the first of them is looked for.
static CROWD: LazyLock<BTreeMap<&str, Person>> = LazyLock::new(|| {
    let people = (0..SIZE).filter_map(person);
    people
        .map(|person| (person.codice_fiscale, person))
        .collect()
});

/// The person with this codice fiscale, in capital letters.
pub(super) fn find(codice_fiscale: &str) -> Option<&'static Person> {
    if !codice_fiscale.starts_with(PREFIX) {
        return None;
    }
    CROWD.get(codice_fiscale)
}

/// The first codici fiscali of the crowd, at most `many`.
pub(crate) fn first(many: usize) -> impl Iterator<Item = &'static str> {
    CROWD.keys().copied().take(many)
}

/// The codice fiscale under which the registry keeps a person's history.
pub(crate) fn history_of(person: &Person) -> &str {
    if person.codice_fiscale.starts_with(PREFIX) {
        HISTORY
    } else {
        person.codice_fiscale
    }
}

fn person(number: i64) -> Option<Person> {
    const MONTHS: &[u8; 12] = b"ABCDEHLMPRST";
    let born = FIRST
        .checked_add(Span::new().days(number * APART))
        .ok()?;
    let month = char::from(MONTHS[usize::from(born.month().unsigned_abs()) - 1]);
    let year = born.year().rem_euclid(100);
    let code = format!("{PREFIX}{year:02}{month}{:02}A944", born.day());
    let code = format!("{code}{}", check_letter(&code));
    Some(Person {
        codice_fiscale: code.leak(),
        nome: "Persona",
        cognome: "Prova",
        sesso: "M",
        data_nascita: born.to_string().leak(),
        nascita_belfiore: "A944",
        nascita_sigla: "BO",
        cittadinanza: "000",
        email: format!("persona.prova.{number}").leak(),
        cellulare: "3331234500",
        residenza: Place {
            street: "Via dell'Esempio 1",
=======
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
>>>>>>> main
            postal_code: "40121",
            belfiore: "A944",
            name: "Bologna",
            province: "BO",
        },
        domicilio: None,
<<<<<<< HEAD
        situazione: "Una persona della folla",
    })
}

/// The check letter of DM 23/12/1976 for the first fifteen characters.
pub(super) fn check_letter(code: &str) -> char {
    const ODD: [u8; 26] = [
        1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24,
        23,
    ];
    let sum = code
        .bytes()
        .take(15)
        .enumerate()
        .fold(0, |sum, (at, letter)| {
            let value = if letter.is_ascii_digit() {
                letter - b'0'
            } else {
                letter - b'A'
            };
            sum + u32::from(if at % 2 == 0 {
                ODD[usize::from(value)]
            } else {
                value
            })
        });
    char::from(b'A' + (sum % 26) as u8)
=======
        situazione: "Fa numero",
    })
}

fn leak(text: String) -> &'static str {
    Box::leak(text.into_boxed_str())
>>>>>>> main
}

#[cfg(test)]
mod tests {
    use super::*;

<<<<<<< HEAD
    #[test]
    fn everybody_in_the_crowd_is_somebody_else() {
        assert_eq!(first(usize::MAX).count(), 5_000);
        assert!(first(usize::MAX).all(|code| code.len() == 16 && find(code).is_some()));
        assert!(find("PRVPSN60A01A944X").is_none());
=======
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
>>>>>>> main
    }
}
