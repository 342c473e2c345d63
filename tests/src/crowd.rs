// SPDX-License-Identifier: EUPL-1.2
//! A crowd of invented people that the box knows by their codice fiscale alone.

use crate::Persona;

/// The months of DM 23/12/1976, January first.
const MONTHS: &[u8; 12] = b"ABCDEHLMPRST";
/// What a character of an odd place counts, by its digit or letter.
const ODD: [u32; 26] = [
    1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23,
];

/// `count` people of the crowd, from the `first` on: always the same ones. There are 33,600.
#[must_use]
pub fn crowd(first: usize, count: usize) -> Vec<Persona> {
    (first..first + count)
        .map(|number| Persona {
            codice_fiscale: codice_fiscale(number).leak(),
            nome: "Persona",
            cognome: "Prova",
        })
        .collect()
}

fn codice_fiscale(number: usize) -> String {
    // Days that every month has, for men and women.
    let (day, rest) = (number % 56, number / 56);
    let day = if day < 28 { day + 1 } else { day - 28 + 41 };
    let month = char::from(MONTHS[rest % 12]);
    let year = 50 + rest / 12;
    assert!(year < 100, "there are 33,600 people in the crowd");
    let stem = format!("PRVPSN{year}{month}{day:02}A944");
    let last = check_letter(&stem);
    format!("{stem}{last}")
}

fn check_letter(stem: &str) -> char {
    let value = |letter: u8| match letter {
        b'0'..=b'9' => usize::from(letter - b'0'),
        _ => usize::from(letter - b'A'),
    };
    let sum: u32 = stem
        .bytes()
        .enumerate()
        .map(|(at, letter)| {
            if at % 2 == 0 {
                ODD[value(letter)]
            } else {
                u32::try_from(value(letter)).unwrap_or(0)
            }
        })
        .sum();
    char::from(b"ABCDEFGHIJKLMNOPQRSTUVWXYZ"[(sum % 26) as usize])
}
