// SPDX-License-Identifier: EUPL-1.2
//! Languages and their levels, digital and other skills, study, certificates and licences that have run out, references.

use alloc::string::String;

use super::{Context, Report, date, path, rules};
use crate::cv::Cv;
use crate::cv::date::Month;
use crate::cv::item::Item;
use crate::cv::words::LANGUAGE_SKILLS;

rules! {
    LANGUAGES_MISSING "languages_missing" Low
        "Aggiungi le lingue che conosci, anche la tua."
        "Spesso decidono loro, per esempio nei negozi e negli alberghi."
        "Italiano: lingua madre. Inglese: B1";
    MOTHER_MISSING "mother_tongue_missing" Low
        "Segna qual è la tua lingua madre."
        "Senza, non si capisce quale lingua parli meglio."
        "Arabo: lingua madre. Italiano: C1";
    LEVEL_MISSING "language_level_missing" Medium
        "Scegli il livello di questa lingua, da A1 a C2."
        "I livelli europei dicono la stessa cosa a tutti."
        "Inglese: B2 in tutto, C1 in lettura";
    LEVEL_IN_WORDS "language_level_in_words" Medium
        "«{valore}» vuol dire cose diverse per ognuno. Scegli un livello da A1 a C2."
        "Sui siti delle aziende si cerca per livello."
        "B1: te la cavi in viaggio e sul lavoro";
    LEVELS_PARTIAL "language_levels_partial" Low
        "Completa i livelli di questa lingua: ne mancano {valore}."
        "Capire e parlare sono due cose diverse."
        "Ascolto B2, lettura C1, parlato B1, scrittura B1";
    DIGITAL_LEVEL "digital_level_missing" Low
        "Scegli un livello per questa competenza digitale."
        "«Excel» può essere una somma o una tabella pivot."
        "Excel: intermedio (formule, filtri, grafici)";
    SKILLS_MANY "skills_many" Low
        "Ci sono {valore} competenze. Tieni quelle che servono per il posto."
        "Un elenco troppo lungo sembra copiato."
        "Da cinque a dieci competenze";
    EDUCATION_MISSING "education_missing" Medium
        "Aggiungi il tuo titolo di studio, anche la licenza media."
        "Molti annunci chiedono un titolo minimo."
        "Diploma di perito meccanico, 2009";
    SCHOOL_MISSING "school_missing" Low
        "Scrivi la scuola o l'università."
        "Così il titolo si può controllare."
        "Istituto tecnico Aldini, Bologna";
    LICENCE_EXPIRED "licence_expired" Medium
        "Questa patente risulta scaduta ({valore}). Aggiorna la data o toglila."
        "Se serve guidare, una patente scaduta non vale."
        "Patente B, scade 05/2031";
    CERTIFICATE_EXPIRED "certificate_expired" Medium
        "Questo certificato risulta scaduto ({valore}). Aggiorna la data o toglilo."
        "Alcuni certificati, come quelli sulla sicurezza, valgono pochi anni."
        "Patentino del muletto, scade 09/2029";
    REFERENCE_CONSENT "reference_consent" Medium
        "Hai messo il contatto di un'altra persona. Chiedile prima il permesso."
        "Sono dati suoi, e così non la sorprende una telefonata."
        "Referenze disponibili su richiesta";
}

const MANY_SKILLS: usize = 15;

pub(super) fn check(cv: &Cv, context: &Context<'_>, report: &mut Report) {
    languages(cv, report);
    if !cv.hides("x_digital") {
        for (index, skill) in shown(cv, "x_digital") {
            if skill.said("name", cv.language()).is_some() && skill.text("level").is_none() {
                report.add(&DIGITAL_LEVEL, path("x_digital", index, "level"));
            }
        }
    }
    let skills = shown(cv, "skills").count() + shown(cv, "x_digital").count();
    if skills > MANY_SKILLS {
        report.add_with(&SKILLS_MANY, "skills", skills);
    }
    let mut studies = shown(cv, "education").peekable();
    if studies.peek().is_none() {
        report.add(&EDUCATION_MISSING, "education");
    }
    for (index, study) in studies {
        let named = study.said("studyType", cv.language()).is_some();
        if named && study.text("institution").is_none() {
            report.add(&SCHOOL_MISSING, path("education", index, "institution"));
        }
    }
    expired(cv, context, report);
    for (index, reference) in shown(cv, "references") {
        if reference.text("x_contact").is_some() {
            report.add(&REFERENCE_CONSENT, path("references", index, "x_contact"));
        }
    }
}

fn languages(cv: &Cv, report: &mut Report) {
    let mut languages = shown(cv, "languages").peekable();
    if languages.peek().is_none() {
        report.add(&LANGUAGES_MISSING, "languages");
        return;
    }
    if !cv.items("languages").any(|tongue| tongue.flag("x_mother")) {
        report.add(&MOTHER_MISSING, "languages");
    }
    for (index, tongue) in languages.filter(|(_, tongue)| !tongue.flag("x_mother")) {
        if tongue.said("language", cv.language()).is_none() {
            continue;
        }
        let levels = LANGUAGE_SKILLS
            .iter()
            .filter(|(key, _)| tongue.text(key).is_some())
            .count();
        let first = path("languages", index, LANGUAGE_SKILLS[0].0);
        match (levels, tongue.said("fluency", cv.language())) {
            (0, Some(words)) if !names_a_level(words.text) => {
                report.add_with(
                    &LEVEL_IN_WORDS,
                    path("languages", index, "fluency"),
                    words.text,
                );
            }
            (0, None) => report.add(&LEVEL_MISSING, first),
            (1..=4, _) => report.add_with(&LEVELS_PARTIAL, first, 5 - levels),
            _ => {}
        }
    }
}

/// True for words that have a European level among them: `B2 (First)`.
fn names_a_level(words: &str) -> bool {
    words
        .split(|letter: char| !letter.is_ascii_alphanumeric())
        .any(|word| {
            let word = word.as_bytes();
            word.len() == 2
                && matches!(word[0].to_ascii_uppercase(), b'A'..=b'C')
                && matches!(word[1], b'1' | b'2')
        })
}

fn expired(cv: &Cv, context: &Context<'_>, report: &mut Report) {
    let today = context.today;
    let now = (today.year().unsigned_abs(), today.month().unsigned_abs());
    let past = |end: Month| (end.year, end.month.unwrap_or(12)) < now;
    let ends: [(&'static str, &'static str, &'static super::Rule); 2] = [
        ("x_licences", "until", &LICENCE_EXPIRED),
        ("certificates", "x_expires", &CERTIFICATE_EXPIRED),
    ];
    for (section, field, rule) in ends {
        for (index, item) in shown(cv, section) {
            if let Some(end) = item.month(field).filter(|end| past(*end)) {
                let shown: String = date::short(end);
                report.add_with(rule, path(section, index, field), shown);
            }
        }
    }
}

/// The items of a section that will be printed, with their place.
fn shown<'a>(cv: &'a Cv, section: &'static str) -> impl Iterator<Item = (usize, Item<'a>)> {
    let hidden = cv.hides(section);
    cv.items(section)
        .enumerate()
        .filter(move |(_, item)| !hidden && !item.hidden())
}
