// SPDX-License-Identifier: EUPL-1.2
//! The texts that people read: every one is there in English, no translation is left over, and the Italian is plain.
//! The texts of the CV stand in a file of their own, which only the editor loads, and those of notices in one that only
//! the edge reads. Keys below `ui/` belong to the app and keys below `error/` to the edge, which have tests of their own.

use std::collections::{BTreeMap, BTreeSet};

use contract::texts;

/// Words of offices for which there is a plain one.
const BUREAUCRATIC: [&str; 20] = [
    "istanza",
    "suddett",
    "codest",
    "pertanto",
    "espletare",
    "espletamento",
    "ai sensi",
    "di cui al",
    "nonché",
    "qualora",
    "laddove",
    "medesim",
    "predett",
    "in ottemperanza",
    "usufruire",
    "effettuare",
    "inoltrare",
    "adempimento",
    "sottoscritt",
    "a tal fine",
];

/// Least Gulpease index of one text: 40 is hard for who has a middle-school diploma, 60 is easy for them.
const LEAST: f64 = 50.0;
/// Least mean of all texts.
const LEAST_MEAN: f64 = 65.0;
/// Texts with fewer words are labels: an index over a handful of words says nothing.
const WORDS: usize = 12;

/// A file of translations with the texts that it translates.
type Pair = (&'static str, Vec<(String, &'static str)>);

fn files() -> [Pair; 3] {
    [
        ("en.json", texts::all()),
        ("en-cv.json", texts::of_cv()),
        ("en-notices.json", texts::of_notices()),
    ]
}

fn everything() -> impl Iterator<Item = (String, &'static str)> {
    files().into_iter().flat_map(|(_, texts)| texts)
}

#[test]
fn every_text_stands_in_english() {
    for (file, texts) in files() {
        let english = english(file);
        let missing: Vec<_> = texts
            .into_iter()
            .map(|(key, _)| key)
            .filter(|key| !english.contains_key(key))
            .collect();
        assert!(
            missing.is_empty(),
            "add to public/texts/{file}: {missing:#?}"
        );
    }
}

#[test]
fn no_translation_is_left_over() {
    let others = |key: &String| key.starts_with("ui/") || key.starts_with("error/");
    for (file, texts) in files() {
        let used: BTreeSet<_> = texts.into_iter().map(|(key, _)| key).collect();
        let unused: Vec<_> = english(file)
            .into_keys()
            .filter(|key| !others(key) && !used.contains(key))
            .collect();
        assert!(
            unused.is_empty(),
            "remove from public/texts/{file}: {unused:#?}"
        );
    }
}

#[test]
fn no_key_names_two_texts() {
    let mut seen = BTreeMap::new();
    for (key, text) in everything() {
        if let Some(other) = seen.insert(key.clone(), text) {
            assert_eq!(other, text, "{key} names two texts");
        }
    }
}

#[test]
fn both_languages_have_the_same_placeholders() {
    for (file, texts) in files() {
        let english = english(file);
        for (key, italian) in texts {
            let translated = english.get(&key).map(String::as_str).unwrap_or_default();
            assert_eq!(placeholders(italian), placeholders(translated), "{key}");
        }
    }
}

#[test]
fn no_translation_is_empty_or_has_spaces_around_it() {
    for (file, _) in files() {
        let texts = english(file).into_iter();
        for (key, text) in texts.filter(|(key, _)| !key.starts_with("ui/")) {
            assert!(!text.is_empty() && text.trim() == text, "{key}");
        }
    }
}

#[test]
fn the_italian_is_easy_to_read() {
    let mut measured: Vec<_> = everything()
        .filter(|(_, text)| words(text).count() >= WORDS)
        .map(|(key, text)| (gulpease(text), key, text))
        .collect();
    measured.sort_by(|a, b| a.0.total_cmp(&b.0));
    let mean = measured.iter().map(|(index, ..)| index).sum::<f64>() / measured.len() as f64;
    for (index, key, _) in measured.iter().take(5) {
        println!("{index:.1} {key}");
    }
    println!("mean {mean:.1} of {} texts", measured.len());
    let hard: Vec<_> = measured
        .iter()
        .filter(|(index, ..)| *index < LEAST)
        .collect();
    assert!(
        hard.is_empty(),
        "shorter sentences and words, please: {hard:#?}"
    );
    assert!(mean >= LEAST_MEAN, "the texts became harder: {mean:.1}");
}

#[test]
fn the_italian_speaks_as_people_do() {
    for (key, text) in everything() {
        let lower = text.to_lowercase();
        for word in BUREAUCRATIC {
            let found = lower.match_indices(word).any(|(n, _)| {
                lower[..n]
                    .chars()
                    .next_back()
                    .is_none_or(|before| !before.is_alphabetic())
            });
            assert!(!found, "{key} says «{word}»: is there a plain word?");
        }
    }
}

#[test]
fn the_index_is_the_published_formula() {
    // 6 words, 21 letters, 2 sentences: 89 + (600 - 210) / 6.
    let index = gulpease("Io vado a casa. Ci troviamo.");
    assert!((index - (89.0 + 390.0 / 6.0)).abs() < 0.001, "{index}");
}

fn english(file: &str) -> BTreeMap<String, String> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../public/texts/");
    let text = std::fs::read_to_string(format!("{folder}{file}"))
        .expect("the English texts are in the repository");
    serde_json::from_str(&text).expect("the English texts are a flat map")
}

fn placeholders(text: &str) -> BTreeSet<&str> {
    text.split('{')
        .skip(1)
        .filter_map(|rest| rest.split_once('}'))
        .map(|(name, _)| name)
        .collect()
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| c.is_whitespace() || c == '\'')
        .filter(|word| word.contains(char::is_alphanumeric))
}

/// The Gulpease index (GULP, Università La Sapienza, 1988): 0 is unreadable, 100 is easy. Only full stops, question
/// and exclamation marks end a sentence here, which is the stricter reading.
fn gulpease(text: &str) -> f64 {
    let count = words(text).count() as f64;
    let letters = words(text)
        .flat_map(str::chars)
        .filter(|c| c.is_alphanumeric())
        .count() as f64;
    let ends = text
        .split_whitespace()
        .filter(|word| word.trim_end_matches(')').ends_with(['.', '!', '?']))
        .count();
    let open = usize::from(!text.trim_end_matches(')').ends_with(['.', '!', '?']));
    89.0 + (300.0 * (ends + open) as f64 - 10.0 * letters) / count
}
