// SPDX-License-Identifier: EUPL-1.2
//! A `Candidate` document becomes a CV.

mod person;

use contract::cv::Cv;
use contract::cv::exchange::{ImportError, NotMapped};
use contract::cv::sections::section;
use contract::cv::words::{LANGUAGE_SKILLS, Language};
use serde_json::{Value, json};

use super::{Activity, FREE, LISTS, OWN, SCORES, THEIRS};
use crate::exchange::codes;
use crate::exchange::record::{Record, Sections, put, put_list};
use crate::exchange::rich::{self, Rich};
use crate::exchange::settle::settle;
use crate::exchange::xml::Node;

pub(in crate::exchange) fn read(root: &Node) -> Result<(Cv, Vec<NotMapped>), ImportError> {
    let mut cv = Record::new();
    for plumbing in ["DocumentID", "CandidateSupplier", "RenderingInformation"] {
        root.all(plumbing).for_each(Node::skip);
    }
    let profile = root.child("CandidateProfile");
    let language = profile
        .and_then(|profile| profile.attribute("languageCode"))
        .and_then(|code| Language::parse(&code.to_ascii_lowercase()));
    if let Some(language) = language {
        cv.insert("x_text_language".into(), language.as_str().into());
    }
    let reader = Reader {
        language: language.unwrap_or_default(),
    };
    let mut basics = Record::new();
    let mut languages: Vec<Value> = Vec::new();
    if let Some(person) = root.child("CandidatePerson") {
        person::person(person, reader.language, &mut basics, &mut languages);
    }
    if let Some(profile) = profile {
        reader.profile(profile, &mut basics, &mut languages, &mut cv);
    }
    put_list(&mut cv, "languages", languages);
    if !basics.is_empty() {
        cv.insert("basics".into(), basics.into());
    }
    let mut listed = Vec::new();
    root.leftovers("", &mut listed);
    settle(cv, listed)
}

struct Reader {
    language: Language,
}

impl Reader {
    fn profile(
        &self,
        profile: &Node,
        basics: &mut Record,
        languages: &mut Vec<Value>,
        cv: &mut Record,
    ) {
        profile.all("ID").for_each(Node::skip);
        put(basics, "label", profile.text(&["ProfileName"]));
        let summary = profile.text(&["ExecutiveSummary"]).map(rich::read);
        put(basics, "summary", summary.map(joined).as_deref());
        if let Some(url) = profile.all("Attachment").find_map(person::photo) {
            put(basics, "x_photo", Some(&url));
        }
        let employers = profile.child("EmploymentHistory");
        let jobs = employers
            .into_iter()
            .flat_map(|list| list.all("EmployerHistory"));
        put_list(cv, "work", jobs.flat_map(jobs_of).collect());
        let schools = profile.child("EducationHistory");
        let schools = schools
            .into_iter()
            .flat_map(|list| list.all("EducationOrganizationAttendance"));
        put_list(cv, "education", schools.map(study).collect());
        let licences = profile.child("Licenses");
        let licences = licences.into_iter().flat_map(|list| list.all("License"));
        let licences = licences.filter_map(|licence| {
            let code = licence.text(&["LicenseTypeCode"])?;
            Some(json!({ "category": code.to_ascii_uppercase() }))
        });
        put_list(cv, "x_licences", licences.collect());
        self.skills(profile, languages, cv);
        for list in LISTS {
            let items = profile.child(list.group);
            let items = items.into_iter().flat_map(|group| group.all(list.item));
            put_list(
                cv,
                list.section,
                items.map(|item| activity(item, list)).collect(),
            );
        }
        self.free(profile, cv);
    }

    fn skills(&self, profile: &Node, languages: &mut Vec<Value>, cv: &mut Record) {
        let (mut digital, mut others) = (Vec::new(), Vec::new());
        let is = |key, title: &str| {
            section(key)
                .is_some_and(|section| title == section.title.it || title == section.title.en)
        };
        let mut one = |competency: &Node, group: Option<&str>| {
            let kind = competency.text(&["TaxonomyID"]).unwrap_or_default();
            if kind.eq_ignore_ascii_case("language") {
                languages.push(self.tongue(competency));
                return;
            }
            let name = competency
                .text(&["CompetencyName"])
                .or_else(|| competency.text(&["CompetencyID"]));
            let Some(name) = name else { return };
            let other = group.is_some_and(|group| is("skills", group));
            let list = if kind.eq_ignore_ascii_case("Digital_Skill") && !other {
                &mut digital
            } else {
                &mut others
            };
            list.push(json!({ "name": name }));
        };
        for qualifications in profile.all("PersonQualifications") {
            for competency in qualifications.all("PersonCompetency") {
                one(competency, None);
            }
        }
        for skills in profile.all("Skills") {
            for group in skills.all("SkillsGroup") {
                // A group of another name than ours is listed by that name.
                let title = group.child("Title").map(|title| {
                    if is("skills", title.peek()) || is("x_digital", title.peek()) {
                        title.skip();
                    }
                    title.peek()
                });
                for competency in group.all("PersonCompetency") {
                    one(competency, title);
                }
            }
        }
        put_list(cv, "x_digital", digital);
        put_list(cv, "skills", others);
    }

    fn tongue(&self, competency: &Node) -> Value {
        let mut tongue = Record::new();
        let name = competency
            .text(&["CompetencyID"])
            .or_else(|| competency.text(&["CompetencyName"]))
            .map(|code| codes::language_name(code, self.language));
        put(&mut tongue, "language", name.as_deref());
        for dimension in competency.all("CompetencyDimension") {
            let kind = dimension.text(&["CompetencyDimensionTypeCode"]);
            let place = SCORES.iter().position(|score| Some(*score) == kind);
            if let Some(place) = place {
                let level = dimension.text(&["Score", "ScoreText"]);
                put(&mut tongue, LANGUAGE_SKILLS[place].0, level);
            }
        }
        tongue.into()
    }

    /// Free sections, known by our headings, and lists of theirs that we have no section for.
    fn free(&self, profile: &Node, cv: &mut Record) {
        let mut own = Sections::default();
        let mut known: Vec<(&'static str, Vec<Value>)> = Vec::new();
        for others in profile.all("Others") {
            let title = others.text(&["Title"]).unwrap_or("…");
            let ours = FREE.iter().find(|free| {
                section(free.section)
                    .is_some_and(|section| title == section.title.it || title == section.title.en)
            });
            for item in others.all("Other") {
                match ours {
                    None => own.add(title, activity(item, &OWN)),
                    Some(free) => {
                        let value = activity(item, free);
                        match known.iter_mut().find(|(key, _)| *key == free.section) {
                            Some((_, items)) => items.push(value),
                            None => known.push((free.section, vec![value])),
                        }
                    }
                }
            }
        }
        for (group, words) in THEIRS {
            for list in profile.all(group) {
                for item in &list.children {
                    own.add(words.get(self.language), activity(item, &OWN));
                }
            }
        }
        for (key, items) in known {
            put_list(cv, key, items);
        }
        own.put(cv);
    }
}

/// One job for each position that was held there.
fn jobs_of(employer: &Node) -> Vec<Value> {
    let mut shared = Record::new();
    put(&mut shared, "name", employer.text(&["OrganizationName"]));
    put(&mut shared, "description", employer.text(&["Department"]));
    put(&mut shared, "url", web(employer));
    let positions = employer.all("PositionHistory").map(|position| {
        let mut job = shared.clone();
        put(&mut job, "position", position.text(&["PositionTitle"]));
        if let Some(period) = position.child("EmploymentPeriod") {
            period_of(period, "startDate", "endDate", &mut job);
        }
        let told = position.text(&["Description"]).map(rich::read);
        told_into(
            told.unwrap_or_default(),
            "",
            "summary",
            "highlights",
            &mut job,
        );
        let city = position.text(&["City"]);
        let country = position.text(&["Country"]).map(str::to_ascii_uppercase);
        let place = match (city, country) {
            (Some(city), Some(country)) if country != "IT" => Some(format!("{city} ({country})")),
            (Some(city), _) => Some(city.into()),
            (None, country) => country,
        };
        put(&mut job, "location", place.as_deref());
        Value::from(job)
    });
    let jobs: Vec<Value> = positions.collect();
    if jobs.is_empty() && !shared.is_empty() {
        return vec![shared.into()];
    }
    jobs
}

fn study(school: &Node) -> Value {
    let mut study = Record::new();
    put(
        &mut study,
        "institution",
        school.text(&["OrganizationName"]),
    );
    put(&mut study, "url", web(school));
    let contacts = school.child("OrganizationContact");
    let mut contacts = contacts
        .into_iter()
        .flat_map(|one| one.all("Communication"));
    let city = contacts.find_map(|one| one.text(&["Address", "CityName"]));
    put(&mut study, "x_location", city);
    put(&mut study, "x_level", school.text(&["EducationLevelCode"]));
    if let Some(period) = school.child("AttendancePeriod") {
        period_of(period, "startDate", "endDate", &mut study);
    }
    if let Some(degree) = school.child("EducationDegree") {
        put(&mut study, "studyType", degree.text(&["DegreeName"]));
        put(
            &mut study,
            "area",
            degree.text(&["DegreeMajor", "ProgramName"]),
        );
        put(
            &mut study,
            "score",
            degree.text(&["FinalGrade", "ScoreText"]),
        );
        let told = degree.text(&["OccupationalSkillsCovered"]).map(rich::read);
        told_into(
            told.unwrap_or_default(),
            "",
            "x_summary",
            "courses",
            &mut study,
        );
    }
    study.into()
}

/// The web address of an organisation: from its contacts, else the first link.
fn web(node: &Node) -> Option<&str> {
    let contacts = node.child("OrganizationContact");
    let mut contacts = contacts
        .into_iter()
        .flat_map(|one| one.all("Communication"));
    let web = contacts.find(|one| one.child("ChannelCode").and_then(Node::take) == Some("Web"));
    web.and_then(|web| web.text(&["URI"]))
        .or_else(|| node.text(&["Link"]))
}

fn activity(node: &Node, shape: &Activity) -> Value {
    let mut item = Record::new();
    put(&mut item, shape.title, node.text(&["Title"]));
    if let Some(period) = node.child("Date") {
        period_of(period, shape.from, shape.to, &mut item);
    }
    let told = node.text(&["Description"]).map(rich::read);
    told_into(
        told.unwrap_or_default(),
        shape.who,
        shape.text,
        shape.points,
        &mut item,
    );
    if !shape.place.is_empty() {
        put(&mut item, shape.place, node.text(&["Location"]));
    }
    put(&mut item, shape.url, node.text(&["Link"]));
    item.into()
}

fn period_of(period: &Node, from: &str, to: &str, item: &mut Record) {
    let day = |name| period.text(&[name, "FormattedDateTime"]);
    if !from.is_empty() {
        put(item, from, day("StartDate"));
    }
    if !to.is_empty() {
        put(item, to, day("EndDate"));
    }
    let ongoing = period
        .text(&["Ongoing"])
        .or(period.text(&["CurrentIndicator"]));
    if ongoing == Some("true") && to == "endDate" {
        item.insert("x_current".into(), true.into());
    }
}

/// Puts a description into fields; where there is none for a part, it joins the text.
fn told_into(told: Rich, who: &str, text: &str, points: &str, item: &mut Record) {
    let mut told = told;
    if !who.is_empty() {
        put(item, who, told.lead.take().as_deref());
    }
    if !points.is_empty() && !told.points.is_empty() {
        item.insert(points.into(), std::mem::take(&mut told.points).into());
    }
    put(item, text, Some(&joined(told)));
}

fn joined(told: Rich) -> String {
    let lead = told.lead.into_iter();
    let text = Some(told.text).filter(|text| !text.is_empty());
    let points = told.points.into_iter().map(|point| format!("- {point}"));
    lead.chain(text)
        .chain(points)
        .collect::<Vec<_>>()
        .join("\n")
}
