// SPDX-License-Identifier: EUPL-1.2
//! The letters of a codice fiscale: three of the surname, three of the name, and the check letter (DM 23/12/1976).

use alloc::{
    string::{String, ToString},
    vec::Vec,
};

use crate::values::text::fold_into;

/// What letters and digits count in odd places; in even places they count by their order.
const ODD: [u8; 26] = [
    1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23,
];

/// The check letter of the first fifteen characters, which are digits and capital letters.
pub(super) fn check_letter(code: &[u8]) -> u8 {
    let mut sum = 0;
    for (index, byte) in code.iter().take(15).enumerate() {
        let order = if byte.is_ascii_digit() {
            byte - b'0'
        } else {
            byte.saturating_sub(b'A')
        };
        // The first place is odd for the law and index zero here.
        sum += if index % 2 == 0 {
            ODD[usize::from(order) % 26]
        } else {
            order
        };
        sum %= 26;
    }
    b'A' + sum
}

/// A name in plain capital letters, without spaces and apostrophes.
pub(super) fn plain(name: &str) -> String {
    let mut plain = String::with_capacity(name.len());
    name.chars()
        .for_each(|letter| fold_into(&mut plain, letter));
    plain.retain(|letter| letter.is_ascii_alphabetic());
    plain.make_ascii_uppercase();
    plain
}

/// The ways a name may have been written when the code was made: with plain vowels, with the German ones spelled out,
/// and only the first of several names.
pub(super) fn spellings(name: &str) -> Vec<String> {
    let german: String = name
        .chars()
        .map(|letter| match letter {
            'ä' | 'Ä' => "AE".to_string(),
            'ö' | 'Ö' => "OE".to_string(),
            'ü' | 'Ü' => "UE".to_string(),
            other => other.to_string(),
        })
        .collect();
    let first = name.split_whitespace().next().unwrap_or_default();
    alloc::vec![plain(name), plain(&german), plain(first)]
}

/// Consonants, then vowels, then X.
pub(super) fn of_surname(plain: &str) -> Option<String> {
    let (consonants, vowels) = sorted(plain);
    three(consonants.chars().chain(vowels.chars()))
}

/// As the surname; but of four or more consonants the first, third and fourth.
pub(super) fn of_name(plain: &str) -> Option<String> {
    let (mut consonants, vowels) = sorted(plain);
    if consonants.len() >= 4 {
        consonants.remove(1);
    }
    three(consonants.chars().chain(vowels.chars()))
}

fn sorted(plain: &str) -> (String, String) {
    plain
        .chars()
        .partition(|letter| !matches!(letter, 'A' | 'E' | 'I' | 'O' | 'U'))
}

fn three(letters: impl Iterator<Item = char>) -> Option<String> {
    let mut three: String = letters.take(3).collect();
    if three.is_empty() {
        return None;
    }
    while three.len() < 3 {
        three.push('X');
    }
    Some(three)
}
