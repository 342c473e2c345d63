// SPDX-License-Identifier: EUPL-1.2

use alloc::collections::BTreeSet;

use super::*;
use crate::cv::consigli::{Context, Severity, advise_letter};
use crate::cv::lettera::{KINDS, ONE_PAGE};
use crate::cv::words::Words;

fn letter(value: Value) -> Lettera {
    Lettera::from_value(value).unwrap()
}

#[test]
fn every_kind_of_letter_has_a_guide() {
    let kinds: Vec<&str> = KINDS.iter().map(|kind| kind.code).collect();
    let guides: Vec<&str> = GUIDES.iter().map(|guide| guide.kind).collect();
    assert_eq!(kinds, guides);
    assert!(guide("poem").is_none());
}

#[test]
fn questions_are_complete_in_both_languages_and_named_once() {
    for guide in GUIDES {
        let mut ids = BTreeSet::new();
        for question in guide.questions {
            assert!(ids.insert(question.id), "{} {}", guide.kind, question.id);
            let texts = [
                question.ask,
                question.hint,
                question.example,
                question.sentence,
            ];
            for Words { it, en } in texts.into_iter().chain([guide.intro]) {
                assert!(
                    !it.trim().is_empty() && !en.trim().is_empty(),
                    "{}",
                    question.id
                );
            }
            for language in Language::ALL {
                assert_eq!(
                    question.sentence.get(language).matches("{valore}").count(),
                    1
                );
                assert!(!question.example.get(language).ends_with('.'));
            }
        }
        assert!(guide.questions[0].required, "the subject needs it");
        assert!(guide.questions.len() >= 4);
    }
}

#[test]
fn a_letter_of_the_examples_is_a_good_letter_of_one_page() {
    for guide in GUIDES {
        for language in Language::ALL {
            let draft = guide.example(language);
            let mut value = draft.to_value();
            let map = value.as_object_mut().unwrap();
            for (key, text) in [
                ("kind", guide.kind),
                ("language", language.as_str()),
                ("text_language", language.as_str()),
                ("date", "2026-11-24"),
                ("place", "Bologna"),
                ("reference", "1"),
            ] {
                map.insert(key.into(), text.into());
            }
            map.insert("recipient".into(), json!({ "organization": "Mensa" }));
            let letter = letter(value);
            assert!(letter.check().is_empty(), "{draft:?}");
            assert!(
                (300..ONE_PAGE).contains(&letter.length()),
                "{} {}",
                guide.kind,
                letter.length()
            );
            let context = Context::on(jiff::civil::date(2026, 11, 24));
            let advice: Vec<_> = advise_letter(&letter, &context)
                .into_iter()
                .filter(|advice| advice.rule.severity != Severity::Low)
                .filter(|advice| advice.rule.code != "letter_too_short")
                .collect();
            assert!(advice.is_empty(), "{} {language:?}: {advice:?}", guide.kind);
        }
    }
}

#[test]
fn answers_become_sentences_and_what_is_missing_is_marked() {
    let answers = json!({ "job": " barista. ", "why": "abito\nvicino", "fact": "ho servito 300 caffè!", "skills": "   " });
    let letter = letter(json!({ "recipient": { "person": "Anna Neri" } }));
    let draft = guide("ad")
        .unwrap()
        .compose(answers.as_object().unwrap(), &letter);
    assert_eq!(draft.subject, "Candidatura: barista");
    assert_eq!(draft.salutation, "Alla cortese attenzione di Anna Neri,");
    assert_eq!(
        draft.paragraphs,
        [
            "Ho letto il vostro annuncio e vorrei candidarmi per questo posto: barista.",
            "Mi interessa lavorare con voi perché abito vicino.",
            "Tra le altre cose chiedete [Quale richiesta dell'annuncio sai coprire meglio?]: è un lavoro che conosco. So [Che cosa sai fare che serve per questo posto?]. Ho servito 300 caffè!",
            "Vi ringrazio per l'attenzione e vi racconterei volentieri di più a voce.",
        ]
    );
}

#[test]
fn a_letter_is_composed_among_the_texts_of_the_language_to_print() {
    let answers = json!({ "job": "cook" });
    let composed = |value: Value| {
        let mut letter = letter(value);
        let guide = guide("ad").unwrap();
        let draft = guide.compose(answers.as_object().unwrap(), &letter);
        draft.put(&mut letter);
        Value::Object(letter.as_map().clone())
    };
    let italian = json!({ "paragraphs": ["Vi scrivo."], "subject": "Mensa", "x_en": { "consent": "I agree." } });
    let one = composed(italian.clone());
    assert_eq!(one["subject"], "Candidatura: cook");
    assert_eq!(one["x_en"], italian["x_en"]);
    let mut both = italian.clone();
    both["language"] = "en".into();
    let both = composed(both);
    assert_eq!(both["paragraphs"], italian["paragraphs"]);
    assert_eq!(both["subject"], "Mensa");
    assert_eq!(both["x_en"]["subject"], "Application: cook");
    assert_eq!(both["x_en"]["consent"], "I agree.");
    let mut english = italian;
    english["language"] = "en".into();
    english["text_language"] = "en".into();
    english["x_it"] = 3.into();
    assert_eq!(composed(english)["subject"], "Application: cook");
}

#[test]
fn every_answer_has_its_place_in_the_letter_and_is_checked_there() {
    let asked: BTreeSet<&str> = GUIDES
        .iter()
        .flat_map(|guide| guide.questions.iter().map(|question| question.id))
        .collect();
    let kept: Vec<&str> = ANSWERS.iter().map(|field| field.key).collect();
    assert_eq!(kept.len(), asked.len());
    assert_eq!(kept.into_iter().collect::<BTreeSet<_>>(), asked);
    let good = letter(json!({ "x_answers": { "job": "cuoca", "why": "è vicino" } }));
    assert!(good.check().is_empty() && good.examine().unknown.is_empty());
    let bad = letter(json!({ "x_answers": { "job": "c".repeat(601), "why": 3 } }));
    let fields: Vec<_> = bad.check().into_iter().map(|one| one.field).collect();
    assert_eq!(fields, ["x_answers.job", "x_answers.why"]);
}

#[test]
fn answers_are_neither_counted_nor_advised_on() {
    let with =
        letter(json!({ "paragraphs": ["Vi scrivo."], "x_answers": { "why": "sono cattolica" } }));
    assert_eq!(with.length(), 10);
    let context = Context::on(jiff::civil::date(2026, 11, 24));
    let advice = advise_letter(&with, &context);
    assert!(advice.iter().all(|one| !one.field.starts_with("x_answers")));
}

#[test]
fn protected_categories_are_named_only_in_the_letter_that_was_chosen_for_it() {
    for guide in GUIDES {
        for language in Language::ALL {
            let text = guide.example(language).to_value().to_string();
            assert_eq!(text.contains("68"), guide.kind == "protected", "{text}");
        }
    }
}

#[test]
fn odd_answers_do_no_harm() {
    let answers = json!({ "job": "{valore} {valore}", "why": ["x"], "skills": "a".repeat(100_000), "other": "x" });
    for guide in GUIDES {
        let draft = guide.compose(answers.as_object().unwrap(), &Lettera::new());
        let value = draft.to_value();
        assert!(letter(value).length() < 2_000);
    }
}

#[test]
fn a_guide_is_shown_in_the_language_of_the_page_with_examples_in_that_of_the_letter() {
    let shown = guide("ad")
        .unwrap()
        .shown(Language::English, Language::Italian);
    assert_eq!(
        shown["questions"][0]["ask"],
        "Which job are you writing about?"
    );
    assert_eq!(shown["questions"][0]["example"], "cuoca di mensa");
}
