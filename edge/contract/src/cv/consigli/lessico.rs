// SPDX-License-Identifier: EUPL-1.2
//! Finding words and phrases in a text: a text becomes plain lower-case words, a table of phrases is looked up at each
//! of them. A phrase word that ends in `*` stands for every word that begins so.

use alloc::{string::String, vec::Vec};

use crate::values::text::fold_into;

/// The plain words of one text, with their place in it. Used again for the next text, so that it allocates once.
#[derive(Debug, Default)]
pub(super) struct Words {
    plain: String,
    spans: Vec<Span>,
}

#[derive(Debug, Clone, Copy)]
struct Span {
    plain: (usize, usize),
    text: (usize, usize),
}

impl Words {
    /// Takes a text apart.
    pub(super) fn read(&mut self, text: &str) {
        self.plain.clear();
        self.spans.clear();
        let mut open: Option<(usize, usize)> = None;
        for (at, letter) in text.char_indices() {
            if letter.is_alphanumeric() {
                open.get_or_insert((self.plain.len(), at));
                fold_into(&mut self.plain, letter);
            } else if let Some(begun) = open.take() {
                self.close(begun, at);
            }
        }
        if let Some(begun) = open {
            self.close(begun, text.len());
        }
    }

    fn close(&mut self, (plain, text): (usize, usize), end: usize) {
        self.spans.push(Span {
            plain: (plain, self.plain.len()),
            text: (text, end),
        });
    }

    /// How many words there are.
    pub(super) fn len(&self) -> usize {
        self.spans.len()
    }

    /// A plain word; empty past the end and for words of other scripts.
    pub(super) fn word(&self, index: usize) -> &str {
        self.spans
            .get(index)
            .map_or("", |span| &self.plain[span.plain.0..span.plain.1])
    }

    /// The text from one word up to, and without, another.
    pub(super) fn shown<'a>(&self, text: &'a str, from: usize, to: usize) -> &'a str {
        match (
            self.spans.get(from),
            to.checked_sub(1).and_then(|last| self.spans.get(last)),
        ) {
            (Some(first), Some(last)) => text.get(first.text.0..last.text.1).unwrap_or_default(),
            _ => "",
        }
    }

    /// Where a phrase that stands at a word ends; `None` when it does not stand there.
    pub(super) fn end_of(&self, phrase: &str, at: usize) -> Option<usize> {
        let mut index = at;
        for wanted in phrase.split(' ') {
            let word = self.word(index);
            let same = match wanted.strip_suffix('*') {
                Some(start) => word.starts_with(start),
                None => word == wanted,
            };
            if !same {
                return None;
            }
            index += 1;
        }
        Some(index)
    }
}

/// Phrases with what they stand for, sorted so that few are compared at each word.
#[derive(Debug)]
pub(super) struct Lexicon<T>(Vec<([u8; 3], &'static str, T)>);

impl<T: Copy> Lexicon<T> {
    /// Sorts lists of phrases by the first three letters of their first word, which must not be hidden behind a `*`.
    pub(super) fn new(lists: &[(&[&'static str], T)]) -> Self {
        let phrases = lists
            .iter()
            .flat_map(|(phrases, stands_for)| phrases.iter().map(|phrase| (*phrase, *stands_for)));
        let mut entries: Vec<_> = phrases
            .map(|(phrase, stands_for)| {
                let first = phrase.split(' ').next().unwrap_or_default();
                debug_assert!(!first.ends_with('*') || first.len() > 3, "{phrase}");
                (key(first), phrase, stands_for)
            })
            .collect();
        entries.sort_by_key(|entry| entry.0);
        Self(entries)
    }

    /// Every phrase in a text: what it stands for, and the words from and to which it goes.
    pub(super) fn find(&self, words: &Words, mut found: impl FnMut(T, usize, usize)) {
        for at in 0..words.len() {
            let wanted = key(words.word(at));
            let from = self.0.partition_point(|entry| entry.0 < wanted);
            let same = self.0[from..].iter().take_while(|entry| entry.0 == wanted);
            for (_, phrase, stands_for) in same {
                if let Some(end) = words.end_of(phrase, at) {
                    found(*stands_for, at, end);
                }
            }
        }
    }
}

fn key(word: &str) -> [u8; 3] {
    let mut key = [0; 3];
    for (slot, letter) in key.iter_mut().zip(word.bytes()) {
        *slot = letter;
    }
    key
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn phrases_are_found_whatever_stands_between_the_words() {
        let lexicon = Lexicon::new(&[(&["problem solving", "cattolic*"][..], 1), (&["io"][..], 2)]);
        let text = "Io: Problem-Solving! È una persona cattolica; IO.";
        let mut words = Words::default();
        words.read(text);
        let mut found = Vec::new();
        lexicon.find(&words, |what, from, to| {
            found.push((what, words.shown(text, from, to)));
        });
        assert_eq!(
            found,
            [
                (2, "Io"),
                (1, "Problem-Solving"),
                (1, "cattolica"),
                (2, "IO")
            ]
        );
    }

    #[test]
    fn a_part_of_a_word_is_not_the_word() {
        let lexicon = Lexicon::new(&[(&["io"][..], ())]);
        let mut words = Words::default();
        words.read("Iolanda, negozio, 李 محمد");
        lexicon.find(&words, |(), _, _| panic!("nothing to find"));
    }
}
