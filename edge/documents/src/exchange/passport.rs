// SPDX-License-Identifier: EUPL-1.2
//! The retired Europass `SkillsPassport` 3.x, which many people still have: read only.

mod skills;

use contract::cv::Cv;
use contract::cv::exchange::{ImportError, NotMapped};
use contract::cv::words::Language;
use serde_json::{Value, json};

use super::record::{Record, Sections, put, put_list};
use super::rich;
use super::settle::settle;
use super::xml::Node;
use super::{codes, xml};

pub(super) fn read(root: &Node) -> Result<(Cv, Vec<NotMapped>), ImportError> {
    let mut cv = Record::new();
    for plumbing in ["DocumentInfo", "PrintingPreferences"] {
        root.all(plumbing).for_each(Node::skip);
    }
    let locale = root.attribute("locale").unwrap_or_default();
    let language = Language::parse(&locale.to_ascii_lowercase());
    if let Some(language) = language {
        cv.insert("x_text_language".into(), language.as_str().into());
    }
    let language = language.unwrap_or_default();
    if let Some(learner) = root.child("LearnerInfo") {
        let mut basics = Record::new();
        if let Some(person) = learner.child("Identification") {
            identification(person, language, &mut basics);
        }
        headline(learner, &mut basics, &mut cv);
        let jobs = learner.child("WorkExperienceList");
        let jobs = jobs.into_iter().flat_map(|list| list.all("WorkExperience"));
        put_list(&mut cv, "work", jobs.map(job).collect());
        let studies = learner.child("EducationList");
        let studies = studies.into_iter().flat_map(|list| list.all("Education"));
        put_list(&mut cv, "education", studies.map(study).collect());
        if let Some(skills) = learner.child("Skills") {
            skills::read(skills, language, &mut cv);
        }
        achievements(learner, &mut cv);
        if !basics.is_empty() {
            cv.insert("basics".into(), basics.into());
        }
    }
    let mut listed = Vec::new();
    root.leftovers("", &mut listed);
    settle(cv, listed)
}

fn identification(person: &Node, language: Language, basics: &mut Record) {
    if let Some(name) = person.child("PersonName") {
        name.all("Title").for_each(Node::skip);
        let given = name.text(&["FirstName"]);
        let family = name.text(&["Surname"]);
        let whole: Vec<&str> = given.into_iter().chain(family).collect();
        put(basics, "name", Some(&whole.join(" ")));
        put(basics, "x_family_name", family);
    }
    if let Some(contacts) = person.child("ContactInfo") {
        if let Some(address) = contacts.find(&["Address", "Contact"]) {
            let mut location = Record::new();
            let lines = ["AddressLine", "AddressLine2"];
            let lines: Vec<&str> = lines
                .iter()
                .filter_map(|line| address.text(&[line]))
                .collect();
            put(&mut location, "address", Some(&lines.join(", ")));
            put(&mut location, "postalCode", address.text(&["PostalCode"]));
            put(&mut location, "city", address.text(&["Municipality"]));
            let country = address.text(&["Country", "Code"]).map(|code| match code {
                // They write the United Kingdom and Greece in their own way.
                "UK" => "GB",
                "EL" => "GR",
                other => other,
            });
            put(&mut location, "countryCode", country);
            if let Some(label) = address.find(&["Country", "Label"]) {
                label.skip();
            }
            if !location.is_empty() {
                basics.insert("location".into(), location.into());
            }
        }
        put(basics, "email", contacts.text(&["Email", "Contact"]));
        if let Some(phone) = contacts.find(&["TelephoneList", "Telephone"]) {
            put(basics, "phone", phone.text(&["Contact"]));
            phone.all("Use").for_each(Node::skip);
        }
        online(contacts, basics);
    }
    if let Some(facts) = person.child("Demographics") {
        let birth = facts.child("Birthdate").and_then(day);
        put(basics, "x_birth_date", birth.as_deref());
        let nations = facts.child("NationalityList");
        let nations = nations.into_iter().flat_map(|list| list.all("Nationality"));
        let nations: Vec<String> = nations
            .filter_map(|nation| {
                let code = nation.text(&["Code"]);
                let label = nation.text(&["Label"]);
                let code = code.map(|code| codes::nationality(code, language));
                label.map(str::to_owned).or(code)
            })
            .collect();
        put(basics, "x_nationality", Some(&nations.join(", ")));
    }
    if let Some(photo) = person.child("Photo") {
        photo.all("MetadataList").for_each(Node::skip);
        let kind = photo.text(&["MimeType"]).unwrap_or("image/jpeg");
        if let Some(data) = photo.text(&["Data"]) {
            let data: String = data
                .chars()
                .filter(|letter| !letter.is_whitespace())
                .collect();
            let url = format!("data:{kind};base64,{data}");
            put(basics, "x_photo", Some(&url));
        }
    }
}

fn online(contacts: &Node, basics: &mut Record) {
    let mut profiles: Vec<Value> = Vec::new();
    for (list, one) in [
        ("WebsiteList", "Website"),
        ("InstantMessagingList", "InstantMessaging"),
    ] {
        let sites = contacts.child(list);
        for site in sites.into_iter().flat_map(|list| list.all(one)) {
            let Some(address) = site.text(&["Contact"]) else {
                continue;
            };
            let network = site.text(&["Use", "Label"]).or(site.text(&["Use", "Code"]));
            site.all("Use").for_each(Node::skip);
            if one == "Website" && !basics.contains_key("url") {
                put(basics, "url", Some(address));
            } else {
                let mut profile = Record::new();
                put(&mut profile, "network", network);
                let key = if one == "Website" { "url" } else { "username" };
                put(&mut profile, key, Some(address));
                profiles.push(profile.into());
            }
        }
    }
    put_list(basics, "profiles", profiles);
}

fn headline(learner: &Node, basics: &mut Record, cv: &mut Record) {
    let Some(headline) = learner.child("Headline") else {
        return;
    };
    let kind = headline.text(&["Type", "Code"]).unwrap_or_default();
    headline.all("Type").for_each(Node::skip);
    let text = headline.text(&["Description", "Label"]);
    if let Some(code) = headline.find(&["Description", "Code"]) {
        code.skip();
    }
    match (kind, text) {
        (_, None) => {}
        ("job_applied_for" | "preferred_job", Some(text)) => {
            cv.insert("x_desired".into(), json!([{ "name": text }]));
        }
        ("personal_statement", Some(text)) => {
            put(basics, "summary", Some(&told(text).join("\n")));
        }
        (_, text) => put(basics, "label", text),
    }
}

fn job(node: &Node) -> Value {
    let mut job = Record::new();
    period(node, &mut job);
    put(&mut job, "position", label(node, "Position"));
    let told = node
        .text(&["Activities"])
        .map(rich::read)
        .unwrap_or_default();
    let lead = told.lead.into_iter();
    let text: Vec<String> = lead
        .chain(Some(told.text))
        .filter(|text| !text.is_empty())
        .collect();
    put(&mut job, "summary", Some(&text.join("\n")));
    if !told.points.is_empty() {
        job.insert("highlights".into(), told.points.into());
    }
    if let Some(employer) = node.child("Employer") {
        put(&mut job, "name", employer.text(&["Name"]));
        put(&mut job, "location", town(employer).as_deref());
        put(
            &mut job,
            "url",
            employer.text(&["ContactInfo", "Website", "Contact"]),
        );
        put(&mut job, "description", label(employer, "Sector"));
    }
    job.into()
}

fn study(node: &Node) -> Value {
    let mut study = Record::new();
    period(node, &mut study);
    put(&mut study, "studyType", node.text(&["Title"]));
    let told = node.text(&["Activities"]).map(told);
    put(
        &mut study,
        "x_summary",
        told.map(|lines| lines.join("\n")).as_deref(),
    );
    if let Some(school) = node.child("Organisation") {
        put(&mut study, "institution", school.text(&["Name"]));
        put(&mut study, "x_location", town(school).as_deref());
        put(
            &mut study,
            "url",
            school.text(&["ContactInfo", "Website", "Contact"]),
        );
    }
    put(&mut study, "x_level", node.text(&["Level", "Code"]));
    if let Some(words) = node.find(&["Level", "Label"]) {
        words.skip();
    }
    put(&mut study, "area", label(node, "Field"));
    study.into()
}

/// Achievements become sections of the person's own, by their titles.
fn achievements(learner: &Node, cv: &mut Record) {
    let mut own = Sections::default();
    let list = learner.child("AchievementList");
    for achievement in list.into_iter().flat_map(|list| list.all("Achievement")) {
        let title = label(achievement, "Title").unwrap_or("…");
        let Some(text) = achievement.text(&["Description"]) else {
            continue;
        };
        let item = json!({ "summary": told(text).join("\n") });
        own.add(title, item);
    }
    own.put(cv);
}

/// A coded text: its words, else its code.
fn label<'n>(node: &'n Node, name: &str) -> Option<&'n str> {
    let coded = node.child(name)?;
    let code = coded.text(&["Code"]);
    coded.text(&["Label"]).or(code)
}

fn town(organisation: &xml::Node) -> Option<String> {
    let address = organisation.find(&["ContactInfo", "Address", "Contact"])?;
    let town = address.text(&["Municipality"]);
    let country = label(address, "Country");
    let parts: Vec<&str> = town.into_iter().chain(country).collect();
    (!parts.is_empty()).then(|| parts.join(", "))
}

fn period(node: &Node, item: &mut Record) {
    let Some(period) = node.child("Period") else {
        return;
    };
    put(
        item,
        "startDate",
        period.child("From").and_then(day).as_deref(),
    );
    put(item, "endDate", period.child("To").and_then(day).as_deref());
    if period.text(&["Current"]) == Some("true") {
        item.insert("x_current".into(), true.into());
    }
}

/// `year="1940" month="--03" day="---10"`.
fn day(node: &Node) -> Option<String> {
    let part = |name| {
        node.attribute(name)
            .map(|part| part.trim_start_matches('-'))
    };
    let year = part("year")?;
    Some(match (part("month"), part("day")) {
        (Some(month), Some(day)) => format!("{year}-{month:0>2}-{day:0>2}"),
        (Some(month), None) => format!("{year}-{month:0>2}"),
        _ => year.into(),
    })
}

/// A description as lines, points with a dash.
fn told(html: &str) -> Vec<String> {
    let told = rich::read(html);
    let text = told.text.lines().map(str::to_owned);
    let points = told.points.iter().map(|point| format!("- {point}"));
    told.lead
        .clone()
        .into_iter()
        .chain(text)
        .chain(points)
        .collect()
}
