// SPDX-License-Identifier: EUPL-1.2
//! Languages, other skills and licences of a `SkillsPassport`.

use contract::cv::words::{Language, words};
use serde_json::{Value, json};

use super::told;
use crate::exchange::codes;
use crate::exchange::record::{Record, put, put_list};
use crate::exchange::xml::Node;

pub(super) fn read(skills: &Node, language: Language, cv: &mut Record) {
    let mut languages: Vec<Value> = Vec::new();
    if let Some(tongues) = skills.child("Linguistic") {
        let mother = tongues.child("MotherTongueList");
        for tongue in mother.into_iter().flat_map(|list| list.all("MotherTongue")) {
            if let Some(name) = tongue_name(tongue, language) {
                languages.push(json!({ "language": name, "x_mother": true }));
            }
        }
        let foreign = tongues.child("ForeignLanguageList");
        for tongue in foreign
            .into_iter()
            .flat_map(|list| list.all("ForeignLanguage"))
        {
            languages.push(foreign_language(tongue, language));
        }
    }
    put_list(cv, "languages", languages);
    let mut others: Vec<Value> = Vec::new();
    for (kind, name) in [
        (
            "Communication",
            words("Competenze comunicative", "Communication skills"),
        ),
        (
            "Organisational",
            words("Competenze organizzative", "Organisational skills"),
        ),
        (
            "JobRelated",
            words("Competenze professionali", "Job-related skills"),
        ),
        ("Other", words("Altre competenze", "Other skills")),
    ] {
        if let Some(text) = skills.text(&[kind, "Description"]) {
            let text = told(text).join("\n");
            others.push(json!({ "name": name.get(language), "x_summary": text }));
        }
    }
    put_list(cv, "skills", others);
    if let Some(text) = skills.text(&["Computer", "Description"]) {
        let name = words("Competenze digitali", "Digital skills").get(language);
        let text = told(text).join("\n");
        cv.insert(
            "x_digital".into(),
            json!([{ "name": name, "summary": text }]),
        );
    }
    let licences = skills.find(&["Driving", "Description"]);
    let licences = licences.into_iter().flat_map(|list| list.all("Licence"));
    let licences = licences.filter_map(Node::take);
    let licences = licences.map(|code| json!({ "category": code.to_ascii_uppercase() }));
    put_list(cv, "x_licences", licences.collect());
}

fn foreign_language(tongue: &Node, language: Language) -> Value {
    let mut item = Record::new();
    put(
        &mut item,
        "language",
        tongue_name(tongue, language).as_deref(),
    );
    for (theirs, ours) in [
        ("Listening", "x_listening"),
        ("Reading", "x_reading"),
        ("SpokenInteraction", "x_interaction"),
        ("SpokenProduction", "x_production"),
        ("Writing", "x_writing"),
    ] {
        put(&mut item, ours, tongue.text(&["ProficiencyLevel", theirs]));
    }
    let certificates = tongue.child("VerifiedBy");
    let certificates = certificates
        .into_iter()
        .flat_map(|list| list.all("Certificate"));
    let titles: Vec<&str> = certificates
        .filter_map(|one| one.text(&["Title"]))
        .collect();
    put(&mut item, "x_certificate", Some(&titles.join(", ")));
    item.into()
}

fn tongue_name(tongue: &Node, language: Language) -> Option<String> {
    let code = tongue.text(&["Description", "Code"]);
    let label = tongue.text(&["Description", "Label"]);
    label
        .map(str::to_owned)
        .or_else(|| code.map(|code| codes::language_name(code, language)))
}
