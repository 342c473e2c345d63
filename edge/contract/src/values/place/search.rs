// SPDX-License-Identifier: EUPL-1.2
//! Finding a place while somebody types its name: whole names first, then beginnings, then words, then names with one
//! slip; among equals the larger towns and the shorter names.

use alloc::{string::String, vec::Vec};
use core::cmp::Reverse;

use super::{Entry, Place};
use crate::values::text::fold_into;

/// From so many letters on a word may have one slip.
const FORGIVING: usize = 5;

/// How well a place fits; the smaller the better.
type Rank = (Fit, Reverse<usize>, usize, usize);

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Fit {
    /// The whole name.
    Whole,
    /// The name begins with what was typed.
    Start,
    /// Each word typed begins a word of the name.
    Words,
    /// The same, with one slip in a long word.
    Slip,
}

/// The best places for what was typed, at most `limit`.
pub(super) fn best<'a>(
    entries: impl Iterator<Item = Entry<'a>>,
    typed: &str,
    limit: usize,
) -> Vec<Place<'a>> {
    let query = Query::new(typed);
    if query.words().next().is_none() {
        return Vec::new();
    }
    let mut folded = String::new();
    let mut found: Vec<(Rank, Entry<'a>)> = Vec::new();
    for (index, entry) in entries.enumerate() {
        let (names, [second, ..]) = entry.columns();
        folded.clear();
        fold_words(&mut folded, names);
        let is_state = entry.belfiore().starts_with('Z');
        if is_state && !second.is_empty() {
            folded.push('/');
            fold_words(&mut folded, second);
        }
        if let Some(fit) = query.fit(&folded, entry.province) {
            let size = if is_state { 0 } else { size(second) };
            found.push(((fit, Reverse(size), names.len(), index), entry));
        }
    }
    // A slip is only forgiven when nothing fits as it was typed.
    if found.iter().any(|((fit, ..), _)| *fit != Fit::Slip) {
        found.retain(|((fit, ..), _)| *fit != Fit::Slip);
    }
    found.sort_unstable_by_key(|(rank, _)| *rank);
    found
        .into_iter()
        .take(limit)
        .map(|(_, entry)| entry.place())
        .collect()
}

/// The size of a town as far as its postal codes tell: their number, and `00` at the end for most provincial capitals.
fn size(caps: &str) -> usize {
    match caps.split(' ').count() {
        1 if caps.ends_with("00") => 2,
        1 => 0,
        zones => zones + 1,
    }
}

/// Plain words with one space between; the two languages of a name with a `/` between.
fn fold_words(plain: &mut String, text: &str) {
    for letter in text.chars() {
        let before = plain.len();
        fold_into(plain, letter);
        if plain.len() == before {
            if letter == '/' {
                plain.push('/');
            } else if !plain.ends_with([' ', '/']) && before > 0 {
                plain.push(' ');
            }
        }
    }
}

struct Query {
    folded: String,
    /// The last word, if it can be a province.
    sigla: Option<String>,
}

impl Query {
    fn new(typed: &str) -> Self {
        let mut folded = String::new();
        // More is no name; a long paste must not cost time.
        typed
            .chars()
            .take(80)
            .filter(|letter| *letter != '/')
            .for_each(|letter| {
                let mut buffer = [0; 4];
                fold_words(&mut folded, letter.encode_utf8(&mut buffer));
            });
        folded.truncate(folded.trim_end().len());
        let sigla = folded
            .rsplit_once(' ')
            .filter(|(_, last)| last.len() == 2)
            .map(|(_, last)| last.to_uppercase());
        Self { folded, sigla }
    }

    fn words(&self) -> impl Iterator<Item = &str> + Clone {
        self.folded.split(' ').filter(|word| !word.is_empty())
    }

    fn fit(&self, folded: &str, province: &str) -> Option<Fit> {
        let mut words: Vec<&str> = self.words().collect();
        let in_province = words.len() > 1 && self.sigla.as_deref() == Some(province);
        let spoken = |words: &[&str]| {
            let begins = folded
                .split('/')
                .filter_map(|name| rest_after(name, words))
                .min();
            begins.map(|rest| if rest == 0 { Fit::Whole } else { Fit::Start })
        };
        if let Some(fit) = spoken(&words) {
            return Some(fit);
        }
        if in_province {
            words.pop();
            if let Some(fit) = spoken(&words) {
                return Some(fit);
            }
        }
        let name_words = || folded.split([' ', '/']).filter(|word| !word.is_empty());
        let mut fit = Fit::Words;
        for word in words {
            if name_words().any(|name| name.starts_with(word)) {
                continue;
            }
            if word.len() < FORGIVING || !name_words().any(|name| begins_with_one_slip(name, word))
            {
                return None;
            }
            fit = Fit::Slip;
        }
        Some(fit)
    }
}

/// How many letters of `name` are left after the words, spaces apart: `santagata` begins `sant agata`.
fn rest_after(name: &str, words: &[&str]) -> Option<usize> {
    let mut letters = name.bytes().filter(|byte| *byte != b' ');
    for typed in words.iter().flat_map(|word| word.bytes()) {
        if letters.next() != Some(typed) {
            return None;
        }
    }
    Some(letters.count())
}

/// True if `name` begins with `typed` but for one letter changed, missing, too much, or swapped with the next.
fn begins_with_one_slip(name: &str, typed: &str) -> bool {
    let (name, typed) = (name.as_bytes(), typed.as_bytes());
    let same = name.iter().zip(typed).take_while(|(a, b)| a == b).count();
    let (rest, typed_rest) = (&name[same..], &typed[same..]);
    let changed = after(rest, 1).starts_with(after(typed_rest, 1));
    let missing = after(rest, 1).starts_with(typed_rest);
    let extra = rest.starts_with(after(typed_rest, 1));
    let swapped = matches!((rest, typed_rest), ([a, b, ..], [c, d, ..]) if (a, b) == (d, c))
        && after(rest, 2).starts_with(after(typed_rest, 2));
    let long_enough = name.len() + 1 >= typed.len();
    long_enough && (changed || missing || extra || swapped)
}

fn after(bytes: &[u8], skip: usize) -> &[u8] {
    bytes.get(skip..).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::begins_with_one_slip;

    #[test]
    fn one_slip_is_forgiven_and_two_are_not() {
        for typed in [
            "bolgna", "bolongna", "bolonga", "balogna", "bologma", "bolognaa", "oblogna", "bolog",
        ] {
            assert!(begins_with_one_slip("bologna", typed), "{typed}");
        }
        for typed in ["bolgan", "blgna", "bolognaaa", "milano", "bolognese"] {
            assert!(!begins_with_one_slip("bologna", typed), "{typed}");
        }
    }
}
