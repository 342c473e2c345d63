// SPDX-License-Identifier: EUPL-1.2
//! Jobs: what was done, for whom, with which result.

use super::{Context, Report, path, rules};
use crate::cv::Cv;
use crate::cv::history::is_general_name;
use crate::cv::item::{Item, Said};
use crate::cv::sections::SECTIONS;

rules! {
    POSITION_MISSING "position_missing" High
        "Scrivi la mansione di questo lavoro."
        "È la prima cosa che si cerca in un'esperienza."
        "Addetta alle vendite";
    REGISTRY_NAME "registry_name" Medium
        "«{valore}» è il nome generale del registro. Scrivi la mansione con parole tue, nella lingua del CV."
        "Il registro usa nomi al plurale e in italiano, uguali per tanti lavori."
        "Commessa in un negozio di scarpe";
    EMPLOYER_MISSING "employer_missing" Medium
        "Scrivi per chi hai lavorato. Se non puoi fare il nome, scrivi il tipo di azienda."
        "Il nome o il settore aiutano a capire che lavoro era."
        "Supermercato di quartiere";
    TASKS_MISSING "tasks_missing" Medium
        "Scrivi che cosa facevi in questo lavoro."
        "Lo stesso ruolo cambia molto da un posto all'altro."
        "Cassa, scaffali, ordini ai fornitori";
    RESULTS_MISSING "results_missing" Low
        "Se puoi, aggiungi un risultato o un numero."
        "Un numero dice più di un aggettivo."
        "Preparati 200 ordini al giorno con meno di 1 errore su 100";
    POINTS_MANY "points_many" Low
        "Ci sono {valore} punti per questo lavoro. Tieni i sei più importanti."
        "In un elenco lungo si perde quello che conta."
        "Metti per primi i compiti che servono per il nuovo posto.";
    POINT_LONG "point_long" Low
        "Questo punto ha {valore} caratteri: dividilo o accorcialo."
        "Un punto si legge bene se sta in una o due righe."
        "Gestione del magazzino: 3 addetti, 1200 articoli";
    OLD_LONG "old_long" Low
        "Questo lavoro è finito più di 15 anni fa: bastano una o due righe."
        "Contano di più i lavori recenti."
        "Commessa, Cartoleria Sole, 2003 – 2006";
    EMPTY_ITEM "empty_item" Low
        "Questa voce è vuota: completala o toglila."
        "Una voce vuota non viene stampata."
        "Se non ti serve, usa il pulsante per togliere la voce.";
}

const LONG_POINT: usize = 220;
const MANY_POINTS: usize = 8;
const OLD_YEARS: i16 = 15;
const OLD_TEXT: usize = 350;

/// Beginnings of words that tell of a result.
const RESULTS: &[&str] = &[
    "aument", "ridot", "ridu", "cresc", "miglior", "ottenut", "raggiun", "superat", "risparmi",
    "vint", "premi", "raddopp", "increas", "reduc", "grew", "improv", "achiev", "saved", "won",
];

pub(super) fn check(cv: &Cv, context: &Context<'_>, report: &mut Report) {
    if !cv.hides("work") {
        let jobs = cv.items("work").enumerate();
        for (index, job) in jobs.filter(|(_, job)| !job.hidden() && !is_empty(job)) {
            check_job(cv, index, job, context, report);
        }
    }
    for section in SECTIONS.iter().filter(|section| !cv.hides(section.key)) {
        for (index, item) in cv.items(section.key).enumerate() {
            if !item.hidden() && is_empty(&item) {
                report.add(&EMPTY_ITEM, path(section.key, index, section.name));
            }
        }
    }
}

fn check_job(cv: &Cv, index: usize, job: Item<'_>, context: &Context<'_>, report: &mut Report) {
    let at = |field: &str| path("work", index, field);
    let language = cv.language();
    match job.said("position", language) {
        None => report.add(&POSITION_MISSING, at("position")),
        Some(said) if is_general_name(&job, language) => {
            report.add_with(&REGISTRY_NAME, at("position"), said.text);
        }
        Some(_) => {}
    }
    if job.text("name").is_none() && job.said("description", language).is_none() {
        report.add(&EMPLOYER_MISSING, at("name"));
    }
    let points = job.said_list("highlights", language);
    let summary = job.said("summary", language);
    if points.is_empty() && summary.is_none() {
        report.add(&TASKS_MISSING, at("highlights"));
        return;
    }
    let texts = || points.iter().copied().chain(summary);
    if index < 2 && !texts().any(|said| tells_a_result(&said)) {
        report.add(&RESULTS_MISSING, at("highlights"));
    }
    if points.len() > MANY_POINTS {
        report.add_with(&POINTS_MANY, at("highlights"), points.len());
    }
    for (n, point) in points.iter().enumerate() {
        let length = point.text.chars().count();
        if length > LONG_POINT {
            let field = alloc::format!("highlights[{n}]");
            report.add_with(&POINT_LONG, at(&field), length);
        }
    }
    let length: usize = texts().map(|said| said.text.chars().count()).sum();
    let ended = job.period().end;
    let old = ended.is_some_and(|end| {
        i16::try_from(end.year).is_ok_and(|year| year < context.today.year() - OLD_YEARS)
    });
    if old && length > OLD_TEXT {
        report.add(&OLD_LONG, at("summary"));
    }
}

fn tells_a_result(said: &Said<'_>) -> bool {
    let begins_so = |word: &str| {
        RESULTS.iter().any(|start| {
            let head = word.as_bytes().get(..start.len());
            head.is_some_and(|head| head.eq_ignore_ascii_case(start.as_bytes()))
        })
    };
    said.text.bytes().any(|byte| byte.is_ascii_digit())
        || said
            .text
            .split(|letter: char| !letter.is_alphabetic())
            .any(begins_so)
}

/// True when nothing of it would be printed.
fn is_empty(item: &Item<'_>) -> bool {
    item.fields()
        .filter(|(key, _)| !matches!(*key, "x_id" | "x_hidden" | "x_source" | "x_current"))
        .all(|(_, value)| match value {
            serde_json::Value::Null => true,
            serde_json::Value::Bool(set) => !set,
            serde_json::Value::String(text) => text.trim().is_empty(),
            serde_json::Value::Array(list) => list.is_empty(),
            serde_json::Value::Object(map) => map.is_empty(),
            serde_json::Value::Number(_) => false,
        })
}
