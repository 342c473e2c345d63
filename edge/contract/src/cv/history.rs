// SPDX-License-Identifier: EUPL-1.2
//! What the employment registry knows of a person's work, as entries of a CV. Every entry says where it comes from
//! (`x_source`), and an entry that is there already is not added again.

use alloc::{borrow::ToOwned, format, string::String, vec::Vec};

use jiff::civil::Date;
use serde_json::{Map, Value};

use super::Cv;
use super::date::Month;
use super::item::Item;
use super::words::{Language, Words, day, words};
use crate::facts::Rapporto;

const SOURCE: Words = words(
    "Comunicazioni obbligatorie, dati al ",
    "Employment registry, data of ",
);
const INTERNSHIP: Words = words("Tirocinio", "Internship");

/// The entry for an employment relation. The position is the job as the registry names it, a general name in Italian and
/// in the plural that the person makes their own ([`is_general_name`]); where it is not known the position is left to be
/// written. In a CV whose texts are English it stands under the Italian ones. `updated` is the day of the registry's data.
#[must_use]
pub fn work_item(relation: &Rapporto, updated: Date, language: Language) -> Map<String, Value> {
    let mut item = Map::new();
    let mut put = |key: &str, text: &str| {
        if !text.trim().is_empty() {
            item.insert(key.into(), text.trim().into());
        }
    };
    put("x_id", &identifier(relation));
    put("name", &relation.datore);
    let job = relation.qualifica.as_ref();
    let job = job
        .map(|qualifica| qualifica.descrizione.trim())
        .unwrap_or_default();
    let internship = if relation.is_internship() {
        INTERNSHIP.get(language)
    } else {
        ""
    };
    let between = if job.is_empty() || internship.is_empty() {
        ""
    } else {
        ": "
    };
    if job.is_empty() || language == Language::Italian {
        put("position", &format!("{internship}{between}{job}"));
    }
    put("startDate", &month(relation.dal));
    if let Some(end) = relation.al {
        put("endDate", &month(end));
    }
    let mut source = format!("{}{}", SOURCE.get(language), day(updated, language));
    if !job.is_empty() {
        source = format!("{source}: «{job}»");
    }
    put("x_source", &source);
    if !job.is_empty() && language != Language::Italian {
        let internship = INTERNSHIP.get(Language::Italian);
        let position = match relation.is_internship() {
            true => format!("{internship}{between}{job}"),
            false => job.into(),
        };
        let texts = [("position".to_owned(), position.into())];
        let texts = Map::from_iter(texts);
        item.insert(Language::Italian.texts_key().into(), texts.into());
    }
    if relation.al.is_none_or(|end| end > updated) {
        item.remove("endDate");
        item.insert("x_current".into(), true.into());
    }
    item
}

/// True for an entry whose position still is the registry's general name for the job.
#[must_use]
pub fn is_general_name(item: &Item<'_>, language: Language) -> bool {
    let (Some(source), Some(said)) = (item.text("x_source"), item.said("position", language))
    else {
        return false;
    };
    let (_, job) = said.text.rsplit_once(": ").unwrap_or(("", said.text));
    source.ends_with(&format!("«{job}»"))
}

/// Adds what the registry knows and the CV does not have yet, the latest first, and puts all jobs in order of time.
/// Returns how many were added. Nothing that the person wrote is changed; when the section is full, no more is added.
pub fn add_history(cv: &mut Cv, relations: &[Rapporto], updated: Date) -> usize {
    let language = cv.text_language();
    let room = super::sections::section("work").map_or(0, |section| usize::from(section.most));
    let mut new: Vec<&Rapporto> = relations
        .iter()
        .filter(|relation| !knows(cv, relation))
        .collect();
    new.sort_by_key(|relation| core::cmp::Reverse(relation.dal));
    let map = cv.as_map_mut();
    let list = map
        .entry("work")
        .or_insert_with(|| Value::Array(Vec::new()));
    let Value::Array(jobs) = list else {
        return 0;
    };
    new.truncate(room.saturating_sub(jobs.len()));
    let added = new.len();
    for relation in new {
        jobs.push(work_item(relation, updated, language).into());
    }
    if added > 0 {
        // The sort is stable: jobs of the same time stay as the person has put them.
        jobs.sort_by_key(|job| core::cmp::Reverse(rank(job)));
    }
    added
}

/// Ongoing jobs first, then by their end, then by their start; what has no dates comes last.
fn rank(job: &Value) -> (u32, u32) {
    let date = |key: &str| {
        let text = job.get(key).and_then(Value::as_str)?;
        Month::parse(text.trim())
    };
    let start = date("startDate").map_or(0, |month| month.count(false));
    let end = match date("endDate") {
        Some(end) => end.count(true),
        None if start > 0 => u32::MAX,
        None => 0,
    };
    (end, start)
}

/// True when an entry has the same identifier, or the same employer and month of beginning.
fn knows(cv: &Cv, relation: &Rapporto) -> bool {
    let id = identifier(relation);
    let begun = month(relation.dal);
    cv.items("work").any(|job| {
        let same_name = job
            .text("name")
            .is_some_and(|name| name.to_lowercase() == relation.datore.trim().to_lowercase());
        job.text("x_id") == Some(&id) || same_name && job.month("startDate") == Month::parse(&begun)
    })
}

fn identifier(relation: &Rapporto) -> String {
    if relation.codice_comunicazione.is_empty() {
        format!("co-{}", relation.dal)
    } else {
        format!("co-{}", relation.codice_comunicazione)
    }
}

/// A CV wants months, not days.
fn month(day: Date) -> String {
    format!("{:04}-{:02}", day.year(), day.month())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::Qualifica;
    use jiff::civil::date;
    use serde_json::json;

    fn relation(code: &str, employer: &str, from: Date, to: Option<Date>) -> Rapporto {
        Rapporto {
            codice_comunicazione: code.into(),
            datore: employer.into(),
            contratto: "A.02.00".into(),
            orario: "F".into(),
            dal: from,
            al: to,
            reddito_annuo_stimato: None,
            qualifica: None,
        }
    }

    fn as_job(mut relation: Rapporto, name: &str) -> Rapporto {
        relation.qualifica = Some(Qualifica {
            codice: "5.1.2.2.0".into(),
            descrizione: name.into(),
        });
        relation
    }

    const DAY: Date = date(2026, 11, 23);

    #[test]
    fn a_relation_becomes_an_entry_that_says_where_it_comes_from() {
        let ended = relation(
            "0800009002014702",
            "Due Torri Spa",
            date(2009, 10, 1),
            Some(date(2012, 9, 30)),
        );
        let item = work_item(&as_job(ended, "Commessi "), DAY, Language::Italian);
        assert_eq!(
            Value::from(item),
            json!({ "x_id": "co-0800009002014702", "name": "Due Torri Spa", "position": "Commessi", "startDate": "2009-10", "endDate": "2012-09",
                "x_source": "Comunicazioni obbligatorie, dati al 23\u{a0}novembre\u{a0}2026: «Commessi»" })
        );
    }

    #[test]
    fn the_general_name_of_a_job_is_known_until_it_is_written_anew() {
        let mut one = relation("1", "Bar", date(2020, 1, 1), None);
        one.contratto = "C.01.00".into();
        let one = as_job(one, "Camerieri di ristorante");
        for language in [Language::Italian, Language::English] {
            let mut item = work_item(&one, DAY, language);
            let seen =
                |item: &Map<String, Value>| is_general_name(&Item::of(item, language), language);
            assert!(seen(&item), "{item:?}");
            item.insert("position".into(), "Cameriera".into());
            assert!(!seen(&item), "{item:?}");
        }
        let unnamed = relation("2", "Bar", date(2020, 1, 1), None);
        let item = work_item(&unnamed, DAY, Language::Italian);
        assert!(!is_general_name(
            &Item::of(&item, Language::Italian),
            Language::Italian
        ));
    }

    #[test]
    fn in_an_english_cv_the_italian_name_of_a_job_stands_as_italian() {
        let one = as_job(relation("1", "Bar", date(2020, 1, 1), None), "Commessi");
        let item = work_item(&one, DAY, Language::English);
        assert!(!item.contains_key("position"));
        assert_eq!(item["x_it"], json!({ "position": "Commessi" }));
        let said = Item::of(&item, Language::English).said("position", Language::English);
        assert_eq!(said.map(|said| said.language), Some(Language::Italian));
    }

    #[test]
    fn a_relation_that_goes_on_is_ongoing_and_an_internship_is_named() {
        let mut open = relation("", "Bar", date(2026, 1, 7), None);
        open.contratto = "C.01.00".into();
        let item = work_item(&open, DAY, Language::English);
        assert_eq!(item["x_current"], true);
        assert_eq!(item["position"], "Internship");
        let item = work_item(&as_job(open, "Commessi"), DAY, Language::Italian);
        assert_eq!(item["position"], "Tirocinio: Commessi");
        let fixed = relation("", "Bar", date(2026, 1, 7), Some(date(2027, 1, 6)));
        let item = work_item(&fixed, DAY, Language::Italian);
        assert!(!item.contains_key("endDate") && !item.contains_key("position"));
        assert_eq!(item["x_id"], "co-2026-01-07");
    }

    #[test]
    fn only_what_is_new_is_added_and_the_latest_stands_first() {
        let mut cv = Cv::from_value(json!({ "work": [
            { "position": "Cassiera", "name": "due torri spa", "startDate": "2009-10" },
            { "position": "Baby-sitter", "startDate": "2005", "endDate": "2006" }
        ] }))
        .unwrap();
        let known = relation(
            "1",
            "Due Torri Spa",
            date(2009, 10, 5),
            Some(date(2012, 9, 30)),
        );
        let new = relation("2", "Navile Srl", date(2024, 6, 3), Some(date(2026, 9, 30)));
        let newest = relation("3", "Interporto", date(2026, 10, 1), None);
        let all = [known, as_job(new, "Conduttori di carrelli"), newest];
        assert_eq!(add_history(&mut cv, &all, DAY), 2);
        let names: Vec<&str> = cv
            .items("work")
            .map(|job| job.text("name").or(job.text("position")).unwrap())
            .collect();
        // The entry without an end is still going on, as in JSON Resume.
        assert_eq!(
            names,
            ["Interporto", "due torri spa", "Navile Srl", "Baby-sitter"]
        );
        let positions: Vec<Option<&str>> =
            cv.items("work").map(|job| job.text("position")).collect();
        assert_eq!(
            positions[..3],
            [None, Some("Cassiera"), Some("Conduttori di carrelli")]
        );
        assert_eq!(add_history(&mut cv, &all, DAY), 0);
        assert!(cv.check().is_empty());
    }

    #[test]
    fn a_full_section_takes_no_more() {
        let jobs: Vec<Value> = (0..49)
            .map(|n| json!({ "name": format!("Ditta {n}") }))
            .collect();
        let mut cv = Cv::from_value(json!({ "work": jobs })).unwrap();
        let one = relation("1", "A", date(2020, 1, 1), None);
        let two = relation("2", "B", date(2021, 1, 1), None);
        assert_eq!(add_history(&mut cv, &[one.clone(), two], DAY), 1);
        assert!(cv.check().is_empty());
        let mut odd = Cv::from_value(json!({ "work": 3 })).unwrap();
        assert_eq!(add_history(&mut odd, &[one], DAY), 0);
    }
}
