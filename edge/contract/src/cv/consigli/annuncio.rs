// SPDX-License-Identifier: EUPL-1.2
//! Which words of a job ad stand in a CV and which do not. Nothing is guessed: only words of the ad, compared with the
//! words of the CV after taking off endings (`magazzini`, `magazzino`), without words that say nothing.

use alloc::{string::String, vec::Vec};

use serde::Serialize;

use super::lessico::Words;
use super::passages;
use crate::cv::Cv;
use crate::cv::words::LICENCES;

/// More of an ad than this is not read.
pub const MOST_AD: usize = 20_000;
/// At most so many words are shown.
const MOST_WORDS: usize = 40;

/// A word of the ad.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Keyword {
    /// As it stands in the ad for the first time.
    pub word: String,
    /// How often it stands there.
    pub times: usize,
}

/// The words of the ad, those that it says most often first.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct AdMatch {
    /// They stand in the CV as well.
    pub present: Vec<Keyword>,
    /// They do not.
    pub missing: Vec<Keyword>,
}

/// Compares an ad with what will be printed of a CV.
#[must_use]
pub fn match_ad(cv: &Cv, ad: &str) -> AdMatch {
    let known = stems_of(cv);
    let stop = stop_words();
    let mut words = Words::default();
    let ad = clip(ad);
    words.read(ad);
    let mut stem = String::new();
    // Stem, place of the first word, times.
    let mut found: Vec<(u64, usize, usize)> = Vec::new();
    for at in 0..words.len() {
        let word = words.word(at);
        if word.len() < 3
            || word.bytes().all(|byte| byte.is_ascii_digit())
            || stop.binary_search(&word).is_ok()
        {
            continue;
        }
        stemmed(word, &mut stem);
        let hash = hash(&stem);
        match found.iter_mut().find(|entry| entry.0 == hash) {
            Some(entry) => entry.2 += 1,
            None => found.push((hash, at, 1)),
        }
    }
    // The sort is stable: words as frequent as each other stay in the order of the ad.
    found.sort_by_key(|entry| core::cmp::Reverse(entry.2));
    found.truncate(MOST_WORDS);
    let mut matched = AdMatch::default();
    for (hash, at, times) in found {
        let word = words.shown(ad, at, at + 1).into();
        let list = if known.binary_search(&hash).is_ok() {
            &mut matched.present
        } else {
            &mut matched.missing
        };
        list.push(Keyword { word, times });
    }
    matched
}

/// The words of the CV without their endings, as sorted numbers.
fn stems_of(cv: &Cv) -> Vec<u64> {
    let mut stems = Vec::with_capacity(1_024);
    let mut words = Words::default();
    let mut stem = String::new();
    let mut add = |text: &str| {
        words.read(text);
        for at in 0..words.len() {
            stemmed(words.word(at), &mut stem);
            stems.push(hash(&stem));
        }
    };
    for passage in passages::of_cv(cv) {
        add(passage.text);
    }
    for (section, field) in [
        ("work", "name"),
        ("education", "institution"),
        ("x_training", "institution"),
        ("certificates", "issuer"),
    ] {
        if !cv.hides(section) {
            cv.items(section)
                .filter(|item| !item.hidden())
                .filter_map(|item| item.text(field))
                .for_each(&mut add);
        }
    }
    if let Some(city) = cv.basics().record("location").text("city") {
        add(city);
    }
    let licence = cv
        .items("x_licences")
        .filter_map(|item| item.text("category"))
        .any(|category| LICENCES.iter().any(|entry| entry.code == category));
    if licence && !cv.hides("x_licences") {
        add("patente patenti licence license");
    }
    stems.sort_unstable();
    stems.dedup();
    stems
}

/// Takes off the ending: the last vowels, `h` before them, the `s` of English plurals.
fn stemmed(word: &str, stem: &mut String) {
    stem.clear();
    stem.push_str(word);
    if stem.len() > 4 && stem.ends_with('s') && !stem.ends_with("ss") {
        stem.pop();
    }
    let mut taken = 0;
    while stem.len() > 3 && taken < 2 && stem.ends_with(['a', 'e', 'i', 'o']) {
        stem.pop();
        taken += 1;
    }
    if taken > 0 && stem.len() > 3 && stem.ends_with('h') {
        stem.pop();
    }
}

/// FNV-1a: equal for equal words, and a number takes less room than a word.
fn hash(word: &str) -> u64 {
    word.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    })
}

fn clip(ad: &str) -> &str {
    match ad.char_indices().nth(MOST_AD) {
        Some((end, _)) => &ad[..end],
        None => ad,
    }
}

fn stop_words() -> Vec<&'static str> {
    let mut words: Vec<&str> = STOP.split_whitespace().collect();
    words.sort_unstable();
    words
}

/// Words without a meaning of their own, and those that stand in every ad.
const STOP: &str = "
a ad al allo alla ai agli alle anche ancora altre altri altro avere aver avra essere era fra gli
con col coi contro come che chi cio cui da dal dallo dalla dai dagli dalle degli dei del della
delle dello di dove due e ed entro fino ha hai hanno ho i il in io la le lei li lo loro lui ma
mia mie miei mio ne negli nei nel nella nelle nello noi non nostra nostre nostri nostro o od ogni
oltre oppure ore per perche piu poi presso prima pro qua quale quali quanto quella quelle quelli
quello questa queste questi questo se sei sempre senza si sia siamo solo sono sopra sotto sta su
sua sue sugli sui sul sulla sulle sullo suo suoi tra tre tu tua tuo tuoi tutta tutte tutti tutto
un una uno vi voi vostra vostro durante inoltre almeno sara saranno verra verranno puo possono
deve devono secondo base tipo caso parte modo via invia inviare
annuncio annunci azienda aziende cliente cerca cerchi cerchiamo ricerca ricerchiamo seleziona
selezioniamo selezione candidato candidata candidati candidature candidatura candidarsi figura
figure profilo profili risorsa risorse offre offriamo offerta offerte richiede richiesta richiesti
richieste richiesto requisiti requisito requisiti mansioni mansione attivita lavoro lavorare lavori
lavorativa lavorativo posizione posizioni ruolo ruoli sede zona luogo contratto contratti
retribuzione stipendio orario orari inserimento assunzione assumere ccnl livello giorni settimana
mese mesi anno anni capacita buona buone buono buoni ottima ottime ottimo ottimi conoscenza
conoscenze esperienza esperienze competenza competenze preferibile preferibilmente gradita gradito
necessaria necessario indispensabile disponibilita disponibile titolo possesso ambosessi sessi
entrambi rivolto rivolta legge dati personali privacy regolamento gdpr sensi art decreto leg dlgs
informativa autorizzazione trattamento curriculum cv vitae email mail sito www http https com
telefono oggetto riferimento rif codice immediata immediato subito urgente nuova nuovo nuove nuovi
societa gruppo team settore ambito responsabile riporta persona persone dinamica dinamico ambiente
the and for with you your our are will have has that this from they their who what when where which
not but all any can may must should would able about into over under than then there here also
job jobs role roles work working company companies position positions candidate candidates
experience experiences skill skills looking offer offers offered requirements required require
requires ideal team join apply salary contract location years year month months day days week
good strong excellent knowledge ability plus preferred based within opportunity opportunities
";

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn words(list: &[Keyword]) -> Vec<&str> {
        list.iter().map(|keyword| &*keyword.word).collect()
    }

    #[test]
    fn words_of_the_ad_are_found_whatever_their_ending() {
        let cv = Cv::from_value(json!({
            "work": [{ "position": "Magazziniere", "highlights": ["Carico e scarico merci", "Uso del muletto"] }],
            "x_licences": [{ "category": "B" }]
        }))
        .unwrap();
        let ad = "Azienda cerca MAGAZZINIERI con patente. Si richiede uso di muletti e transpallet, \
                  inventario. Il magazziniere userà il transpallet ogni giorno.";
        let matched = match_ad(&cv, ad);
        assert_eq!(
            words(&matched.present),
            ["MAGAZZINIERI", "patente", "uso", "muletti"]
        );
        assert_eq!(matched.present[0].times, 2);
        assert_eq!(matched.missing[0].word, "transpallet");
        assert!(words(&matched.missing).contains(&"inventario"));
    }

    #[test]
    fn nothing_is_said_of_an_empty_ad() {
        let cv = Cv::new();
        assert_eq!(match_ad(&cv, ""), AdMatch::default());
        assert_eq!(match_ad(&cv, "e di il 12345 si cerca"), AdMatch::default());
    }

    #[test]
    fn endings_are_taken_off_in_both_languages() {
        let mut stem = String::new();
        for (one, other) in [
            ("cuoca", "cuochi"),
            ("vendita", "vendite"),
            ("esempio", "esempi"),
            ("database", "databases"),
            ("skill", "skills"),
        ] {
            stemmed(one, &mut stem);
            let first = stem.clone();
            stemmed(other, &mut stem);
            assert_eq!(first, stem, "{one}, {other}");
        }
        stemmed("cassa", &mut stem);
        let first = stem.clone();
        stemmed("cassiere", &mut stem);
        assert_ne!(first, stem);
    }

    #[test]
    fn a_huge_ad_is_read_as_far_as_ads_go() {
        let ad = "saldatore ".repeat(100_000);
        let matched = match_ad(&Cv::new(), &ad);
        assert_eq!(matched.missing[0].times, 2_000);
    }
}
