// SPDX-License-Identifier: EUPL-1.2
//! How texts are written: empty phrases, first person, spelling, capitals, length of sentences, ease of reading.

use alloc::{format, string::String, vec::Vec};

use super::lessico::{Lexicon, Words};
use super::parole::{FIRST_PERSONS, GENERIC_PHRASES, SLIPS, WEAK_PHRASES};
use super::passages::Passage;
use super::{Report, Rule, rules};
use crate::cv::Cv;
use crate::cv::sections::SECTIONS;
use crate::cv::words::Language;

rules! {
    GENERIC "generic_phrase" Medium
        "«{valore}» lo scrivono tutti. Racconta un fatto che lo dimostra."
        "Chi seleziona legge queste parole cento volte al giorno."
        "Ho formato 4 colleghi nuovi, invece di «spirito di squadra»";
    WEAK "weak_phrase" Low
        "«{valore}» dice poco. Comincia con che cosa facevi."
        "Una parola precisa fa capire il tuo lavoro."
        "Controllo delle fatture, invece di «varie mansioni»";
    FIRST_PERSON "first_person" Low
        "Nell'elenco dei compiti evita «{valore}»: usa un nome o un verbo senza soggetto."
        "È più breve, e si capisce già che parli di te."
        "Gestione della cassa, invece di «mi occupavo della cassa»";
    SPELLING "spelling" Medium
        "Controlla come è scritto: {valore}."
        "Gli errori si notano subito, anche quando non contano per il lavoro."
        "perché, un po', qual è, Excel, LinkedIn";
    CAPITALS "capitals" Low
        "Evita le frasi tutte in maiuscolo."
        "Si leggono male e sembrano gridate."
        "Addetta alla mensa, non ADDETTA ALLA MENSA";
    PUNCTUATION "punctuation" Low
        "Togli «{valore}»."
        "In un CV i segni ripetuti non aggiungono niente."
        "Un punto solo alla fine della frase.";
    LONG_SENTENCE "long_sentence" Low
        "Qui c'è una frase di {valore} parole. Dividila in due."
        "Le frasi corte si capiscono alla prima lettura."
        "Meno di 25 parole per frase";
    HARD_TO_READ "hard_to_read" Medium
        "Questo testo è difficile da leggere (indice Gulpease {valore} su 100)."
        "Sotto 40 fa fatica anche chi ha un diploma."
        "Frasi corte, parole di tutti i giorni";
    REPEATED "repeated_text" Medium
        "Questo testo è uguale a un altro. Di' che cosa c'era di diverso."
        "Un testo ripetuto sembra messo lì per riempire."
        "Secondo anno in mensa: anche gli ordini e i turni";
    TRANSLATION_MISSING "translation_missing" Low
        "In questa lingua mancano {valore} testi: verranno stampati nell'altra."
        "Un CV metà e metà sembra non finito."
        "Scrivi i testi che mancano, oppure stampa nella lingua in cui li hai scritti.";
}

const LONG_SENTENCE_WORDS: usize = 40;
const HARD: f64 = 40.0;
/// An index over fewer words says nothing.
const MEASURED_WORDS: usize = 40;
const REPEATED_LETTERS: usize = 60;

pub(super) fn check(passages: &[Passage<'_>], report: &mut Report) {
    let lexicon: Lexicon<&'static Rule> = Lexicon::new(&[
        (GENERIC_PHRASES, &GENERIC),
        (WEAK_PHRASES, &WEAK),
        (FIRST_PERSONS, &FIRST_PERSON),
    ]);
    let mut words = Words::default();
    for passage in passages {
        words.read(passage.text);
        lexicon.find(&words, |rule, from, to| {
            let fits = rule.code != FIRST_PERSON.code || passage.tells_of_work();
            if fits && report.takes(rule) {
                report.add_with(rule, passage.path(), words.shown(passage.text, from, to));
            }
        });
        spelling(passage, report);
        signs(passage, report);
        reading(passage, report);
    }
    repeated(passages, report);
}

fn spelling(passage: &Passage<'_>, report: &mut Report) {
    for word in passage.text.split_whitespace() {
        let bare = word.trim_matches(|letter: char| !letter.is_alphanumeric());
        let find = |wanted: &str| {
            let at = SLIPS
                .binary_search_by_key(&wanted, |(wrong, _)| wrong)
                .ok()?;
            Some(SLIPS[at].1)
        };
        // Words at the beginning of a sentence are looked up in small letters as well.
        let right = find(bare).or_else(|| {
            let upper = bare.chars().next().is_some_and(char::is_uppercase);
            upper.then(|| find(&bare.to_lowercase())).flatten()
        });
        if let Some(right) = right {
            report.add_with(&SPELLING, passage.path(), format!("«{bare}», cioè {right}"));
        }
    }
}

fn signs(passage: &Passage<'_>, report: &mut Report) {
    let text = passage.text;
    if let Some(sign) = repeated_sign(text) {
        report.add_with(&PUNCTUATION, passage.path(), sign);
    }
    let (mut letters, mut capitals, mut words) = (0_usize, 0_usize, 0_usize);
    for word in text.split_whitespace() {
        let before = letters;
        for letter in word.chars().filter(|letter| letter.is_alphabetic()) {
            letters += 1;
            capitals += usize::from(letter.is_uppercase());
        }
        words += usize::from(letters > before + 3);
    }
    if words >= 3 && letters >= 15 && capitals * 10 >= letters * 9 {
        report.add(&CAPITALS, passage.path());
    }
}

/// Signs that stand twice or, for full stops, four times in a row.
fn repeated_sign(text: &str) -> Option<&str> {
    let bytes = text.as_bytes();
    let mut begun = 0;
    for at in 1..=bytes.len() {
        let first = bytes[begun];
        let same = bytes.get(at).is_some_and(|byte| {
            *byte == first || matches!((first, *byte), (b'!', b'?') | (b'?', b'!'))
        });
        if same {
            continue;
        }
        let enough = match first {
            b'!' | b'?' | b';' => 2,
            b'.' => 4,
            _ => usize::MAX,
        };
        if at - begun >= enough {
            return text.get(begun..at);
        }
        begun = at;
    }
    None
}

fn reading(passage: &Passage<'_>, report: &mut Report) {
    let counts = counts(passage.text);
    if counts.longest > LONG_SENTENCE_WORDS {
        report.add_with(&LONG_SENTENCE, passage.path(), counts.longest);
    }
    let index = counts.gulpease();
    if passage.language == Language::Italian && counts.words >= MEASURED_WORDS && index < HARD {
        report.add_with(&HARD_TO_READ, passage.path(), format!("{index:.0}"));
    }
}

/// What the Gulpease index is computed from.
#[derive(Debug, Default, Clone, Copy)]
struct Counts {
    words: usize,
    letters: usize,
    sentences: usize,
    longest: usize,
}

impl Counts {
    /// GULP, Università La Sapienza, 1988: 0 is unreadable, 100 is easy.
    fn gulpease(self) -> f64 {
        let number = |count: usize| f64::from(u32::try_from(count).unwrap_or(u32::MAX));
        let index = 89.0
            + (300.0 * number(self.sentences) - 10.0 * number(self.letters))
                / number(self.words.max(1));
        index.clamp(0.0, 100.0)
    }
}

/// A line ends a sentence too: lists have no full stops.
fn counts(text: &str) -> Counts {
    let mut counts = Counts::default();
    let mut here = 0;
    let close = |here: &mut usize, counts: &mut Counts| {
        if *here > 0 {
            counts.sentences += 1;
            counts.longest = counts.longest.max(*here);
            *here = 0;
        }
    };
    for line in text.lines() {
        for word in line.split([' ', '\t', '\'', '’']) {
            let letters = word
                .chars()
                .filter(|letter| letter.is_alphanumeric())
                .count();
            counts.letters += letters;
            counts.words += usize::from(letters > 0);
            here += usize::from(letters > 0);
            if word
                .trim_end_matches([')', '"', '»'])
                .ends_with(['.', '!', '?', ';', ':'])
            {
                close(&mut here, &mut counts);
            }
        }
        close(&mut here, &mut counts);
    }
    counts
}

fn repeated(passages: &[Passage<'_>], report: &mut Report) {
    let mut long: Vec<(&str, usize)> = passages
        .iter()
        .enumerate()
        .filter(|(_, passage)| passage.text.len() >= REPEATED_LETTERS)
        .map(|(n, passage)| (passage.text, n))
        .collect();
    long.sort_unstable();
    for pair in long.windows(2) {
        if pair[0].0 == pair[1].0 {
            report.add(&REPEATED, passages[pair[1].1].path());
        }
    }
}

/// How many texts have no twin in the language to print, when it is not the one they were written in.
pub(super) fn translations(cv: &Cv, report: &mut Report) {
    let wanted = cv.language();
    if wanted == cv.text_language() {
        return;
    }
    let mut missing = 0_usize;
    let mut first: Option<String> = None;
    for section in SECTIONS.iter().filter(|section| !cv.hides(section.key)) {
        for (index, item) in cv.items(section.key).enumerate() {
            for field in section.fields.iter().filter(|field| field.translated) {
                let said = item.said(field.key, wanted);
                if !item.hidden() && said.is_some_and(|said| said.language != wanted) {
                    missing += 1;
                    first.get_or_insert_with(|| super::path(section.key, index, field.key));
                }
            }
        }
    }
    if let Some(first) = first {
        report.add_with(&TRANSLATION_MISSING, first, missing);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_of_slips_is_sorted() {
        assert!(SLIPS.is_sorted_by_key(|(wrong, _)| *wrong));
    }

    #[test]
    fn signs_are_counted_in_a_row() {
        for (text, sign) in [
            ("Sì!!", Some("!!")),
            ("Davvero?!? Sì", Some("?!?")),
            ("E così via.....", Some(".....")),
            ("Forse...", None),
            ("Ciao! Ciao!", None),
            ("é", None),
        ] {
            assert_eq!(repeated_sign(text), sign, "{text}");
        }
    }

    #[test]
    fn the_index_is_the_published_formula() {
        // 6 words, 21 letters, 2 sentences: 89 + (600 - 210) / 6.
        let counts = counts("Io vado a casa. Ci troviamo.");
        assert!((counts.gulpease() - 100.0).abs() < 0.001);
        assert_eq!((counts.words, counts.letters, counts.sentences), (6, 21, 2));
        assert_eq!(super::counts("Uno due\ntre").longest, 2);
    }
}
