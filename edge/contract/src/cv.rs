// SPDX-License-Identifier: EUPL-1.2
//! The curriculum vitae: JSON Resume 1.x with `x_` fields of ours, and the letter that goes with it ([`lettera`]).
//!
//! Like a service, a CV is a value: [`sections`] says once which sections there are, which fields they have and what may
//! stand in them. The editor draws that table, [`Cv::check`] walks it, exports read it. The data themselves stay the
//! JSON object that came in, so that nothing is lost that we do not know.
//!
//! What there is besides the table: `x_hidden` on an item or, with a list of keys, on the root; `x_order` on the root;
//! `x_en` beside the texts of a record (`x_it` when `x_text_language` is `en`), which holds the same keys in the other
//! language.

pub mod check;
pub mod consigli;
pub mod date;
pub mod exchange;
pub mod field;
pub mod guida;
pub mod history;
pub mod item;
pub mod kept;
pub mod lettera;
pub mod outline;
pub mod photo;
pub mod place;
pub mod sections;
pub mod style;
pub mod words;

#[cfg(test)]
mod tests;

use alloc::{string::String, vec::Vec};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::problem::{FieldProblem, Problem};
use check::Found;
use item::Item;
use sections::{OWN, PROFILE, SECTIONS, Section, section};
use style::Style;
use words::Language;

/// A CV as a person wrote it or a file brought it. Never trusted: see [`Cv::check`].
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Cv(Map<String, Value>);

/// A section of a given CV, in the order in which it is printed.
#[derive(Debug, Clone, Copy)]
pub enum Part<'a> {
    /// The profile, `basics.summary`.
    Profile,
    /// A section of the table.
    Table(&'static Section),
    /// A section that the person added; its place in `x_sections`.
    Own(usize, Item<'a>),
}

impl Part<'_> {
    /// The name by which `x_order` and `x_hidden` know it.
    #[must_use]
    pub fn key(&self) -> String {
        match self {
            Self::Profile => PROFILE.into(),
            Self::Table(section) => section.key.into(),
            Self::Own(index, own) => match own.text("x_id") {
                Some(id) => alloc::format!("{OWN}/{id}"),
                None => alloc::format!("{OWN}/{index}"),
            },
        }
    }
}

impl Cv {
    /// An empty one.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Takes a JSON value.
    ///
    /// # Errors
    /// [`Problem::WrongType`] at the root for anything but an object.
    pub fn from_value(value: Value) -> Result<Self, FieldProblem> {
        match value {
            Value::Object(map) => Ok(Self(map)),
            _ => Err(FieldProblem::new("", Problem::WrongType)),
        }
    }

    /// The JSON object as it is.
    #[must_use]
    pub const fn as_map(&self) -> &Map<String, Value> {
        &self.0
    }

    /// The JSON object, to be changed.
    pub const fn as_map_mut(&mut self) -> &mut Map<String, Value> {
        &mut self.0
    }

    /// The language of the texts that stand in the records themselves; the other one stands in their `x_en` or `x_it`.
    #[must_use]
    pub fn text_language(&self) -> Language {
        self.language_at("x_text_language").unwrap_or_default()
    }

    /// The language to print.
    #[must_use]
    pub fn language(&self) -> Language {
        self.language_at("x_language")
            .unwrap_or_else(|| self.text_language())
    }

    /// How it looks.
    #[must_use]
    pub fn style(&self) -> Style {
        Style::read(self.root().record("x_style"))
    }

    /// A view of the root.
    #[must_use]
    pub fn root(&self) -> Item<'_> {
        Item::of(&self.0, self.text_language())
    }

    /// A view of who the person is.
    #[must_use]
    pub fn basics(&self) -> Item<'_> {
        self.root().record("basics")
    }

    /// The items of a section, hidden ones included.
    pub fn items(&self, key: &str) -> impl Iterator<Item = Item<'_>> {
        self.root().records(key)
    }

    /// The sections in the order chosen, then those that the choice does not name. Empty and hidden ones included.
    #[must_use]
    pub fn parts(&self) -> Vec<Part<'_>> {
        let mut parts: Vec<Part<'_>> = Vec::with_capacity(SECTIONS.len() + 1);
        parts.push(Part::Profile);
        parts.extend(SECTIONS.iter().map(Part::Table));
        let own = self.root().records(OWN).enumerate();
        parts.extend(own.map(|(index, item)| Part::Own(index, item)));
        let order = self.root().list("x_order");
        parts.sort_by_key(|part| {
            let key = part.key();
            order
                .iter()
                .position(|named| *named == key)
                .unwrap_or(usize::MAX)
        });
        parts
    }

    /// True when the section of this key is not to be printed.
    #[must_use]
    pub fn hides(&self, key: &str) -> bool {
        self.root().list("x_hidden").contains(&key)
    }

    /// Everything that is wrong with it, at its field (`work[2].position`, `work[2].x_en.position`). What is incomplete
    /// is not wrong: see [`Cv::printable`].
    #[must_use]
    pub fn check(&self) -> Vec<FieldProblem> {
        self.examine().problems
    }

    /// As [`Cv::check`], and what a printed CV cannot do without: a name.
    #[must_use]
    pub fn printable(&self) -> Vec<FieldProblem> {
        let mut problems = self.check();
        if self.basics().text("name").is_none() {
            problems.insert(0, FieldProblem::new("basics.name", Problem::Missing));
        }
        problems
    }

    /// What is wrong and which keys are unknown.
    #[must_use]
    pub fn examine(&self) -> Found {
        let first = self.text_language();
        let mut found = check::document(&self.0, sections::ROOT, first);
        for section in SECTIONS {
            if let Some(items) = self.0.get(section.key).filter(|items| !items.is_null()) {
                check::items(
                    items,
                    section.fields,
                    section.most,
                    first,
                    section.key,
                    &mut found,
                );
            }
        }
        check::total(&mut found);
        found
    }

    /// True when the CV may count as `valido`: it is sound, has a name and at least one desired job.
    #[must_use]
    pub fn is_complete(&self) -> bool {
        let wanted = self
            .items("x_desired")
            .any(|job| job.said("name", self.language()).is_some());
        wanted && self.printable().is_empty()
    }

    fn language_at(&self, key: &str) -> Option<Language> {
        Language::parse(self.0.get(key)?.as_str()?)
    }
}

/// The fields of the items of a section, own ones included; `None` for a key that is no section.
#[must_use]
pub fn item_fields(key: &str) -> Option<&'static [field::Field]> {
    if key.starts_with(OWN) {
        return Some(sections::OWN_ITEM);
    }
    section(key).map(|section| section.fields)
}
