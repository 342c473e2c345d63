// SPDX-License-Identifier: EUPL-1.2
//! The texts of a document that will be printed, each with the place where it stands. Places are only written out when
//! there is something to say about them.

use alloc::{format, string::String, vec::Vec};

use crate::cv::field::{Field, Kind};
use crate::cv::item::{Item, Said};
use crate::cv::lettera::{FIELDS, Lettera};
use crate::cv::sections::{OWN, OWN_ITEM, PROFILE, section};
use crate::cv::words::Language;
use crate::cv::{Cv, Part};

/// A text of the person.
#[derive(Debug, Clone, Copy)]
pub(super) struct Passage<'a> {
    pub(super) text: &'a str,
    pub(super) language: Language,
    /// The section, or what stands for it: `basics`, `work`, `x_sections`; empty in a letter.
    pub(super) section: &'a str,
    pub(super) field: &'static str,
    item: Option<usize>,
    inner: Option<usize>,
    entry: Option<usize>,
    twin: bool,
}

impl Passage<'_> {
    /// Where it stands, as in refusals.
    pub(super) fn path(&self) -> String {
        let mut path = String::from(self.section);
        if let Some(item) = self.item {
            path.push_str(&format!("[{item}]"));
        }
        if let Some(inner) = self.inner {
            path.push_str(&format!(".items[{inner}]"));
        }
        if !path.is_empty() {
            path.push('.');
        }
        if self.twin {
            path.push_str(self.language.texts_key());
            path.push('.');
        }
        path.push_str(self.field);
        if let Some(entry) = self.entry {
            path.push_str(&format!("[{entry}]"));
        }
        path
    }

    /// True for what tells of tasks: the text of a job, of a project, of a course.
    pub(super) fn tells_of_work(&self) -> bool {
        matches!(self.section, "work" | "projects" | "volunteer")
            && matches!(self.field, "summary" | "highlights" | "description")
    }
}

struct Collector<'a> {
    passages: Vec<Passage<'a>>,
    wanted: Language,
    first: Language,
}

impl<'a> Collector<'a> {
    fn fields(
        &mut self,
        item: Item<'a>,
        fields: &'static [Field],
        section: &'a str,
        index: Option<usize>,
        inner: Option<usize>,
    ) {
        for field in fields.iter().filter(|field| field.translated) {
            let mut push = |said: Said<'a>, entry| {
                self.passages.push(Passage {
                    text: said.text,
                    language: said.language,
                    section,
                    field: field.key,
                    item: index,
                    inner,
                    entry,
                    twin: said.language != self.first,
                });
            };
            if let Kind::List(..) = field.kind {
                let list = item.said_list(field.key, self.wanted).into_iter();
                list.enumerate().for_each(|(n, said)| push(said, Some(n)));
            } else if let Some(said) = item.said(field.key, self.wanted) {
                push(said, None);
            }
        }
    }
}

/// The texts of a CV in the order in which they are printed. The consent is not among them.
pub(super) fn of_cv(cv: &Cv) -> Vec<Passage<'_>> {
    let mut collector = Collector {
        passages: Vec::with_capacity(128),
        wanted: cv.language(),
        first: cv.text_language(),
    };
    collector.fields(cv.basics(), PERSON, "basics", None, None);
    for part in cv.parts() {
        if cv.hides(&part.key()) {
            continue;
        }
        match part {
            Part::Profile => collector.fields(cv.basics(), SUMMARY, "basics", None, None),
            Part::Table(section) => {
                for (index, item) in cv.items(section.key).enumerate() {
                    if !item.hidden() {
                        let fields = section.fields;
                        collector.fields(item, fields, section.key, Some(index), None);
                    }
                }
            }
            Part::Own(index, own) => {
                for (inner, item) in own.records("items").enumerate() {
                    if !item.hidden() {
                        collector.fields(item, OWN_ITEM, OWN, Some(index), Some(inner));
                    }
                }
            }
        }
    }
    debug_assert!(section(PROFILE).is_none());
    collector.passages
}

/// The texts of a letter.
pub(super) fn of_letter(letter: &Lettera) -> Vec<Passage<'_>> {
    let mut collector = Collector {
        passages: Vec::with_capacity(24),
        wanted: letter.language(),
        first: letter.text_language(),
    };
    collector.fields(letter.root(), FIELDS, "", None, None);
    collector
        .passages
        .retain(|passage| passage.field != "consent");
    collector.passages
}

const fn text(key: &'static str) -> Field {
    Field {
        key,
        kind: Kind::Long(2_000),
        label: crate::cv::words::words("", ""),
        translated: true,
    }
}

const PERSON: &[Field] = &[text("label"), text("x_nationality")];
const SUMMARY: &[Field] = &[text("summary")];
