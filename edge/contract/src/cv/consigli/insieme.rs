// SPDX-License-Identifier: EUPL-1.2
//! The document as a whole: its length, and how it fits the job ad.

use alloc::{string::String, vec::Vec};

use super::passages::Passage;
use super::{Context, Report, annuncio, rules};
use crate::cv::Cv;

rules! {
    TOO_LONG "too_long" Medium
        "Il CV è più lungo di due pagine: prova ad accorciarlo."
        "La prima lettura dura meno di un minuto."
        "Togli i lavori più vecchi e quello che non serve per questo posto.";
    TOO_SHORT "too_short" Low
        "Il CV è molto breve. Aggiungi compiti, corsi, volontariato, hobby utili."
        "Anche quello che hai fatto fuori dal lavoro dice che cosa sai fare."
        "Baby-sitter, aiuto in un negozio di famiglia, patente B";
    AD_WORDS_MISSING "ad_words_missing" Medium
        "Nell'annuncio ci sono parole che nel CV mancano: {valore}."
        "Molte aziende cercano nei CV proprio le parole dell'annuncio."
        "Se sai fare quella cosa, scrivila con le stesse parole. Se non la sai fare, lascia stare.";
}

/// About two full pages of text.
const TWO_PAGES: usize = 7_000;
const TOO_LITTLE: usize = 300;

pub(super) fn check(cv: &Cv, passages: &[Passage<'_>], context: &Context<'_>, report: &mut Report) {
    let characters: usize = passages.iter().map(|passage| passage.text.len()).sum();
    if context
        .pages
        .map_or(characters > TWO_PAGES, |pages| pages > 2)
    {
        report.add(&TOO_LONG, "");
    }
    if characters < TOO_LITTLE {
        report.add(&TOO_SHORT, "");
    }
    if let Some(ad) = context.ad {
        let missing = annuncio::match_ad(cv, ad).missing;
        let first: Vec<&str> = missing.iter().take(6).map(|word| &*word.word).collect();
        if !first.is_empty() {
            let words: String = first.join(", ");
            report.add_with(&AD_WORDS_MISSING, "", words);
        }
    }
}
