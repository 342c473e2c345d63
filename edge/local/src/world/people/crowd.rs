// SPDX-License-Identifier: EUPL-1.2
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
            postal_code: "40121",
            belfiore: "A944",
            name: "Bologna",
            province: "BO",
        },
        domicilio: None,
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
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everybody_in_the_crowd_is_somebody_else() {
        assert_eq!(first(usize::MAX).count(), 5_000);
        assert!(first(usize::MAX).all(|code| code.len() == 16 && find(code).is_some()));
        assert!(find("PRVPSN60A01A944X").is_none());
    }
}
