// SPDX-License-Identifier: EUPL-1.2
//! A CV becomes a `Candidate` document, in the language in which it would be printed.

mod person;
mod rest;

use std::cell::RefCell;
use std::collections::BTreeSet;

use base64ct::{Base64, Encoding};
use contract::cv::check::link;
use contract::cv::exchange::NotMapped;
use contract::cv::item::Item;
use contract::cv::sections::section;
use contract::cv::words::{LANGUAGE_SKILLS, Language};
use contract::cv::{Cv, Part};

use super::{Activity, FREE, LISTS, OWN, SCORES};
use crate::exchange::codes;
use crate::exchange::rich;
use crate::exchange::xml::Writer;

const HEAD: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<Candidate xsi:schemaLocation=\"http://www.europass.eu/1.0 Candidate.xsd\" xmlns=\"http://www.europass.eu/1.0\" xmlns:oa=\"http://www.openapplications.org/oagis/9\" xmlns:eures=\"http://www.europass_eures.eu/1.0\" xmlns:hr=\"http://www.hr-xml.org/3\" xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\">\n";

/// The CV as Europass XML, and what has no place in it.
#[must_use]
pub fn write(cv: &Cv) -> (Vec<u8>, Vec<NotMapped>) {
    let source = Source::of(cv, Some(RefCell::default()));
    let document = document(&source, "  ");
    (document, source.leftovers())
}

/// The CV as Europass XML to be read by programs, for who does not ask what is missing.
pub(crate) fn attachment(cv: &Cv) -> Vec<u8> {
    document(&Source::of(cv, None), "")
}

fn document(source: &Source<'_>, step: &'static str) -> Vec<u8> {
    let mut out = Writer::new(step);
    out.empty("hr:DocumentID schemeID=\"CV\" schemeName=\"DocumentIdentifier\" schemeAgencyName=\"EUROPASS\" schemeVersionID=\"4.0\"");
    out.inside("CandidateSupplier", |out| {
        out.empty("hr:PartyID schemeID=\"CV\" schemeName=\"PartyID\" schemeAgencyName=\"EUROPASS\" schemeVersionID=\"1.0\"");
        out.text("hr:PartyName", Some("Owner"));
        out.inside("PersonContact", |out| source.name(out));
        out.text("hr:PrecedenceCode", Some("1"));
    });
    out.inside("CandidatePerson", |out| source.person(out));
    let profile = format!(
        "CandidateProfile languageCode=\"{}\"",
        source.language.as_str()
    );
    out.inside(&profile, |out| source.profile(out));
    format!("{HEAD}{}</Candidate>\n", out.out).into_bytes()
}

/// A CV, and every field of it that has been written, if that is wanted.
struct Source<'a> {
    cv: &'a Cv,
    language: Language,
    used: Option<RefCell<BTreeSet<String>>>,
}

impl<'a> Source<'a> {
    fn of(cv: &'a Cv, used: Option<RefCell<BTreeSet<String>>>) -> Self {
        Self {
            cv,
            language: cv.language(),
            used,
        }
    }

    fn mark(&self, path: impl FnOnce() -> String) {
        if let Some(used) = &self.used {
            used.borrow_mut().insert(path());
        }
    }

    fn marked(&self, path: &str) -> bool {
        let used = self.used.as_ref();
        used.is_some_and(|used| used.borrow().contains(path))
    }

    /// A text that is the same in every language.
    fn plain(&self, item: Item<'a>, path: &str, key: &str) -> Option<&'a str> {
        let text = item.text(key)?;
        self.mark(|| format!("{path}.{key}"));
        Some(text)
    }

    /// A text in the language of the document.
    fn said(&self, item: Item<'a>, path: &str, key: &str) -> Option<&'a str> {
        if key.is_empty() {
            return None;
        }
        let said = item.said(key, self.language)?;
        self.mark(|| self.place(path, key, said.language));
        Some(said.text)
    }

    fn list(&self, item: Item<'a>, path: &str, key: &str) -> Vec<&'a str> {
        if key.is_empty() {
            return Vec::new();
        }
        let list = item.said_list(key, self.language);
        if let Some(first) = list.first() {
            self.mark(|| self.place(path, key, first.language));
        }
        list.iter().map(|said| said.text).collect()
    }

    fn place(&self, path: &str, key: &str, language: Language) -> String {
        if language == self.cv.text_language() {
            format!("{path}.{key}")
        } else {
            format!("{path}.{}.{key}", language.texts_key())
        }
    }

    fn flag(&self, item: Item<'a>, path: &str, key: &str) -> bool {
        self.mark(|| format!("{path}.{key}"));
        item.flag(key)
    }

    fn shown(&self, key: &'static str) -> impl Iterator<Item = (String, Item<'a>)> {
        let items = self.cv.items(key).enumerate();
        let hidden = self.cv.hides(key);
        items
            .filter(move |(_, item)| !hidden && !item.hidden())
            .map(move |(index, item)| (format!("{key}[{index}]"), item))
    }

    fn profile(&self, out: &mut Writer) {
        let basics = self.cv.basics();
        out.empty("hr:ID schemeID=\"CV\" schemeName=\"CandidateProfileID\" schemeAgencyName=\"EUROPASS\" schemeVersionID=\"1.0\"");
        out.text("hr:ProfileName", self.said(basics, "basics", "label"));
        if !self.cv.hides("summary") {
            let summary = self.said(basics, "basics", "summary");
            let html = summary.map(|text| rich::write(None, text, &[]));
            out.text("hr:ExecutiveSummary", html.as_deref());
        }
        out.inside("EmploymentHistory", |out| {
            for (path, job) in self.shown("work") {
                out.inside("EmployerHistory", |out| self.job(&path, job, out));
            }
        });
        out.inside("EducationHistory", |out| {
            for (path, study) in self.shown("education") {
                out.inside("EducationOrganizationAttendance", |out| {
                    self.study(&path, study, out)
                });
            }
        });
        out.inside("eures:Licenses", |out| {
            for (path, licence) in self.shown("x_licences") {
                let code = self.plain(licence, &path, "category");
                out.inside("eures:License", |out| out.text("hr:LicenseTypeCode", code));
            }
        });
        out.inside("PersonQualifications", |out| {
            for (path, tongue) in self.shown("languages") {
                if !tongue.flag("x_mother") {
                    out.inside("PersonCompetency", |out| self.tongue(&path, tongue, out));
                }
            }
        });
        self.photo(out);
        for list in LISTS {
            out.inside(list.group, |out| {
                for (path, item) in self.shown(list.section) {
                    out.inside(list.item, |out| self.activity(&path, item, list, out));
                }
            });
        }
        out.inside("Skills", |out| {
            self.skills("x_digital", "Digital_Skill", out);
            self.skills("skills", "Other_Skill", out);
        });
        self.free(out);
    }

    fn job(&self, path: &str, job: Item<'a>, out: &mut Writer) {
        out.text("hr:OrganizationName", self.plain(job, path, "name"));
        self.web(path, job, None, out);
        out.inside("PositionHistory", |out| {
            out.text(
                "PositionTitle typeCode=\"FREE_TEXT\"",
                self.said(job, path, "position"),
            );
            out.inside("eures:EmploymentPeriod", |out| {
                self.days(path, job, ("startDate", "endDate"), "eures:", out);
                if self.flag(job, path, "x_current") {
                    out.text("hr:CurrentIndicator", Some("true"));
                }
            });
            let text = self.said(job, path, "summary").unwrap_or_default();
            let html = rich::write(None, text, &self.list(job, path, "highlights"));
            out.text("oa:Description", Some(&html));
            out.text("City", self.said(job, path, "location"));
        });
        out.text("Department", self.said(job, path, "description"));
    }

    fn study(&self, path: &str, study: Item<'a>, out: &mut Writer) {
        out.text(
            "hr:OrganizationName",
            self.plain(study, path, "institution"),
        );
        self.web(path, study, self.said(study, path, "x_location"), out);
        out.text("EducationLevelCode", self.plain(study, path, "x_level"));
        out.inside("AttendancePeriod", |out| {
            self.days(path, study, ("startDate", "endDate"), "", out);
            if self.flag(study, path, "x_current") {
                out.text("Ongoing", Some("true"));
            }
        });
        out.inside("EducationDegree", |out| {
            out.text("hr:DegreeName", self.said(study, path, "studyType"));
            out.inside("DegreeMajor", |out| {
                out.text("hr:ProgramName", self.said(study, path, "area"));
            });
            out.inside("FinalGrade", |out| {
                out.text("hr:ScoreText", self.plain(study, path, "score"));
            });
            let text = self.said(study, path, "x_summary").unwrap_or_default();
            let html = rich::write(None, text, &self.list(study, path, "courses"));
            out.text("OccupationalSkillsCovered", Some(&html));
        });
    }

    /// Where an organisation is, and its web address.
    fn web(&self, path: &str, item: Item<'a>, city: Option<&str>, out: &mut Writer) {
        out.inside("OrganizationContact", |out| {
            out.inside("Communication", |out| {
                out.inside("Address", |out| out.text("oa:CityName", city));
            });
            if let Some(url) = self.plain(item, path, "url") {
                out.inside("Communication", |out| {
                    out.text("ChannelCode", Some("Web"));
                    out.text("oa:URI", Some(url));
                });
            }
        });
    }

    fn days(&self, path: &str, item: Item<'a>, keys: (&str, &str), prefix: &str, out: &mut Writer) {
        for (tag, key) in [("StartDate", keys.0), ("EndDate", keys.1)] {
            if !key.is_empty() {
                let day = self.plain(item, path, key);
                out.inside(&format!("{prefix}{tag}"), |out| {
                    out.text("hr:FormattedDateTime", day);
                });
            }
        }
    }

    fn tongue(&self, path: &str, tongue: Item<'a>, out: &mut Writer) {
        let name = self.said(tongue, path, "language").unwrap_or_default();
        match codes::language_code(name) {
            Some(code) => out.text("CompetencyID schemeName=\"NORMAL\"", Some(code)),
            None => out.text("CompetencyID schemeName=\"FREE_TEXT\"", Some(name)),
        }
        out.text("hr:TaxonomyID", Some("language"));
        for (score, (key, _)) in SCORES.iter().zip(LANGUAGE_SKILLS) {
            if let Some(level) = self.plain(tongue, path, key) {
                out.inside("eures:CompetencyDimension", |out| {
                    out.text("hr:CompetencyDimensionTypeCode", Some(score));
                    out.inside("eures:Score", |out| out.text("hr:ScoreText", Some(level)));
                });
            }
        }
    }

    fn skills(&self, key: &'static str, taxonomy: &str, out: &mut Writer) {
        let title = section(key).map(|section| section.title.get(self.language));
        let skills: Vec<&str> = self
            .shown(key)
            .filter_map(|(path, skill)| self.said(skill, &path, "name"))
            .collect();
        if skills.is_empty() {
            return;
        }
        out.inside("SkillsGroup", |out| {
            out.text("Title", title);
            for name in skills {
                out.inside("PersonCompetency", |out| {
                    out.text("hr:TaxonomyID", Some(taxonomy));
                    out.text("hr:CompetencyName", Some(name));
                });
            }
        });
    }

    fn photo(&self, out: &mut Writer) {
        if let Some(url) = self.plain(self.cv.basics(), "basics", "x_photo") {
            out.inside("eures:Attachment", |out| {
                out.text(
                    "oa:EmbeddedData",
                    Some(&Base64::encode_string(url.as_bytes())),
                );
                out.text("oa:FileType", Some("photo"));
                out.text("hr:Instructions", Some("ProfilePicture"));
            });
        }
    }

    fn activity(&self, path: &str, item: Item<'a>, shape: &Activity, out: &mut Writer) {
        out.text("Title", self.said(item, path, shape.title));
        out.inside("Date", |out| {
            self.days(path, item, (shape.from, shape.to), "", out);
            if shape.to == "endDate" && self.flag(item, path, "x_current") {
                out.text("Ongoing", Some("true"));
            }
        });
        out.text("Location", self.said(item, path, shape.place));
        let who = self.said(item, path, shape.who);
        let text = self.said(item, path, shape.text).unwrap_or_default();
        let html = rich::write(who, text, &self.list(item, path, shape.points));
        out.text("Description", Some(&html));
        if let Some(url) = item.text(shape.url) {
            self.mark(|| format!("{path}.{}", shape.url));
            // Without its scheme a link is none there.
            out.text("Link", Some(link(url).as_deref().unwrap_or(url)));
        }
    }

    fn free(&self, out: &mut Writer) {
        for shape in FREE {
            let title = section(shape.section).map(|section| section.title.get(self.language));
            let items: Vec<_> = self.shown(shape.section).collect();
            if !items.is_empty() {
                out.inside("Others", |out| {
                    out.text("Title", title);
                    for (path, item) in items {
                        out.inside(shape.item, |out| self.activity(&path, item, shape, out));
                    }
                });
            }
        }
        for part in self.cv.parts() {
            if let Part::Own(index, own) = part
                && !self.cv.hides(&part.key())
            {
                let path = format!("x_sections[{index}]");
                out.inside("Others", |out| {
                    out.text("Title", self.said(own, &path, "name"));
                    for (inner, item) in own.records("items").enumerate() {
                        let path = format!("{path}.items[{inner}]");
                        if !item.hidden() {
                            out.inside("Other", |out| self.activity(&path, item, &OWN, out));
                        }
                    }
                });
            }
        }
    }
}
