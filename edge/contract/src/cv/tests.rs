// SPDX-License-Identifier: EUPL-1.2

use alloc::{format, string::String, vec::Vec};
use serde_json::{Value, json};

use super::lettera::Lettera;
use super::outline::Body;
use super::words::Language;
use super::*;

fn cv(value: Value) -> Cv {
    Cv::from_value(value).unwrap()
}

/// The refusals of a CV that has only these keys, as `field code`.
#[track_caller]
fn check(value: Value, refused: &[&str]) {
    let found: Vec<String> = cv(value)
        .check()
        .iter()
        .map(|refusal| format!("{} {}", refusal.field, refusal.problem.code()))
        .collect();
    assert_eq!(found, refused);
}

#[test]
fn a_plain_json_resume_is_sound() {
    check(
        json!({
            "$schema": "https://raw.githubusercontent.com/jsonresume/resume-schema/v1.0.0/schema.json",
            "basics": { "name": "Ada Fo", "label": null, "email": "ada@posta.it", "url": "www.ada.it",
                "location": { "city": "Bologna", "countryCode": "IT" },
                "profiles": [{ "network": "LinkedIn", "username": "adafo", "url": "https://linkedin.com/in/adafo" }] },
            "work": [{ "name": "Bar Roma", "position": "Barista", "startDate": "2020-03", "endDate": "2021", "summary": "Uno\nDue", "highlights": ["Caffè"] }],
            "skills": [{ "name": "Cassa", "level": "buono", "keywords": ["contanti"] }],
            "awards": [], "meta": { "lastModified": "2026-11-24T10:00:00" }
        }),
        &[],
    );
}

#[test]
fn every_refusal_names_its_field() {
    check(json!({ "work": {} }), &["work wrong_type"]);
    check(json!({ "work": ["a"] }), &["work[0] wrong_type"]);
    check(
        json!({ "work": [{ "position": 3 }] }),
        &["work[0].position wrong_type"],
    );
    check(
        json!({ "basics": { "email": "ada" } }),
        &["basics.email email"],
    );
    check(
        json!({ "basics": { "url": "javascript:alert(1)" } }),
        &["basics.url url"],
    );
    check(
        json!({ "basics": { "name": "a\u{202e}b" } }),
        &["basics.name characters"],
    );
    check(
        json!({ "basics": { "name": "a\u{0}b" } }),
        &["basics.name characters"],
    );
    check(
        json!({ "work": [{ "highlights": ["a", "\u{7}"] }] }),
        &["work[0].highlights[1] characters"],
    );
    check(
        json!({ "work": [{ "startDate": "marzo" }] }),
        &["work[0].startDate not_a_month"],
    );
    check(
        json!({ "work": [{ "startDate": "2021-05", "endDate": "2020" }] }),
        &["work[0].endDate date_before"],
    );
    check(
        json!({ "languages": [{ "language": "Inglese", "x_reading": "B3" }] }),
        &["languages[0].x_reading unknown_code"],
    );
    check(
        json!({ "x_sections": [{ "name": "Altro", "items": [{ "title": "a".repeat(161) }] }] }),
        &["x_sections[0].items[0].title too_long"],
    );
    check(
        json!({ "work": [{ "x_en": { "position": "\u{2066}" } }] }),
        &["work[0].x_en.position characters"],
    );
    check(
        json!({ "x_style": { "look": "baroque" } }),
        &["x_style.look unknown_code"],
    );
    check(
        json!({ "basics": { "x_photo": "data:image/svg+xml;base64,AAAA" } }),
        &["basics.x_photo image"],
    );
    check(
        json!({ "basics": { "x_photo": "data:image/png;base64,AAAA" } }),
        &["basics.x_photo image"],
    );
}

#[test]
fn too_many_items_and_too_much_text_are_refused() {
    let items: Vec<Value> = (0..10_000).map(|_| json!({})).collect();
    check(json!({ "work": items }), &["work too_many"]);
    check(
        json!({ "basics": { "summary": "a".repeat(1_000_000) } }),
        &["basics.summary too_long", " too_long"],
    );
    let long = "a".repeat(1_999);
    let items: Vec<Value> = (0..40).map(|_| json!({ "summary": long })).collect();
    check(json!({ "work": items }), &[" too_long"]);
    let junk: Vec<String> = (0..200).map(|_| "a".repeat(1_000)).collect();
    check(json!({ "junk": junk }), &["junk unknown_field"]);
}

#[test]
fn at_most_a_hundred_refusals_are_listed() {
    let texts: Vec<&str> = (0..20).map(|_| "\u{0}").collect();
    let items: Vec<Value> = (0..50).map(|_| json!({ "highlights": texts })).collect();
    assert_eq!(cv(json!({ "work": items })).check().len(), 100);
}

#[test]
fn what_is_unknown_is_kept_and_listed() {
    let value = json!({ "basics": { "name": "Ada", "pronouns": "lei" }, "work": [{ "remote": true, "x_en": { "name": "x" } }], "extra": 1 });
    let cv = cv(value.clone());
    assert_eq!(
        cv.examine().unknown,
        [
            "basics.pronouns",
            "extra",
            "work[0].remote",
            "work[0].x_en.name"
        ]
    );
    assert_eq!(serde_json::to_value(&cv).unwrap(), value);
}

#[test]
fn sections_stand_in_the_order_chosen_and_the_rest_behind() {
    let cv = cv(json!({
        "x_order": ["languages", "x_sections/b", "nothing", "summary"],
        "x_sections": [{ "name": "A" }, { "name": "B", "x_id": "b" }]
    }));
    let keys: Vec<String> = cv.parts().iter().map(Part::key).collect();
    assert_eq!(
        keys[..4],
        ["languages", "x_sections/b", "summary", "x_desired"]
    );
    assert_eq!(keys.last().unwrap(), "x_sections/0");
}

#[test]
fn hidden_sections_and_items_are_not_printed() {
    let cv = cv(json!({
        "basics": { "summary": "Chi sono" },
        "work": [{ "position": "Cuoca" }, { "position": "Barista", "x_hidden": true }],
        "interests": [{ "name": "Nuoto" }],
        "x_hidden": ["interests"]
    }));
    let outline = cv.outline();
    let keys: Vec<&str> = outline
        .chapters
        .iter()
        .map(|chapter| &*chapter.key)
        .collect();
    assert_eq!(keys, ["summary", "work"]);
    let Body::Entries(entries) = &outline.chapters[1].body else {
        panic!("entries")
    };
    assert_eq!(entries.len(), 1);
}

#[test]
fn a_text_without_translation_keeps_its_language() {
    let cv = cv(json!({
        "x_language": "en",
        "work": [{ "position": "Cuoca", "name": "Bar", "startDate": "2020-05", "x_en": { "position": "Cook" }, "summary": "Cucina" }]
    }));
    let outline = cv.outline();
    assert_eq!(outline.chapters[0].heading.text, "Work experience");
    let Body::Entries(entries) = &outline.chapters[0].body else {
        panic!("entries")
    };
    assert_eq!(
        (&*entries[0].heading.text, entries[0].heading.language),
        ("Cook", Language::English)
    );
    assert_eq!(
        entries[0].period.as_deref(),
        Some("May\u{a0}2020\u{a0}– present")
    );
    let outline::Block::Paragraph(summary) = &entries[0].text[0] else {
        panic!("a paragraph")
    };
    assert_eq!(summary.language, Language::Italian);
}

#[test]
fn a_cv_counts_as_complete_with_a_desired_job() {
    assert!(!cv(json!({ "basics": { "name": "Ada Fo" } })).is_complete());
    assert!(
        cv(json!({ "basics": { "name": "Ada Fo" }, "x_desired": [{ "name": "Cuoca" }] }))
            .is_complete()
    );
}

#[test]
fn every_section_has_the_field_that_names_its_items() {
    for section in SECTIONS {
        assert!(
            field::find(section.fields, section.name).is_some(),
            "{}",
            section.key
        );
        assert!(field::find(sections::ROOT, section.key).is_none());
    }
}

#[test]
fn a_letter_takes_its_sender_from_the_cv() {
    let cv = cv(json!({
        "basics": { "name": "Ada Fo", "phone": "333 1234567", "email": "ada@posta.it", "location": { "address": "Via Roma 1", "postalCode": "40121", "city": "Bologna", "region": "BO" } },
        "x_style": { "look": "modern" }
    }));
    let letter = Lettera::from_cv(&cv);
    let sender = letter.root().record("sender");
    assert_eq!(
        sender.text("address"),
        Some("Via Roma 1, 40121 Bologna (BO)")
    );
    assert_eq!(sender.text("email"), Some("ada@posta.it"));
    assert_eq!(letter.style().look, style::Look::Modern);
    assert!(letter.check().is_empty());
    let missing: Vec<String> = letter
        .printable()
        .into_iter()
        .map(|refusal| refusal.field)
        .collect();
    assert_eq!(missing, ["paragraphs"]);
}

#[test]
fn a_letter_translated_in_part_loses_no_paragraph() {
    let letter = Lettera::from_value(json!({
        "text_language": "it",
        "language": "en",
        "paragraphs": ["Uno", "Due", "Tre"],
        "x_en": { "paragraphs": ["", "Two"] },
    }))
    .unwrap();
    let texts = |language| {
        let said = letter.root().said_each("paragraphs", language);
        said.iter().map(|said| said.text).collect::<Vec<_>>()
    };
    assert_eq!(texts(Language::English), ["Uno", "Two", "Tre"]);
    assert_eq!(texts(Language::Italian), ["Uno", "Due", "Tre"]);
    assert_eq!(letter.length(), 9);
}

#[test]
fn no_value_makes_the_checks_fail_to_end() {
    for text in ["null", "1", "\"a\"", "[]", "[[[[1]]]]"] {
        assert!(Cv::from_value(serde_json::from_str(text).unwrap()).is_err());
    }
    for value in [
        json!({ "basics": [], "work": null, "x_order": 3, "x_hidden": [1, null], "x_en": 1, "x_language": "fr" }),
        json!({ "basics": { "x_photo": "data:image/jpeg;base64,%%%", "location": [], "x_en": { "x_en": {} } } }),
        json!({ "languages": [{ "language": "è", "x_mother": "si" }], "x_sections": [null, { "items": [null] }] }),
    ] {
        let cv = cv(value);
        assert!(!cv.check().is_empty());
        let _ = (cv.outline(), Lettera::from_cv(&cv));
    }
}
