// SPDX-License-Identifier: EUPL-1.2
//! The letter that goes with a CV (lettera di presentazione): a document of its own, on one page. Shaped by a table of
//! fields like the CV; who writes it is taken from the CV and can be changed.

use alloc::{string::String, vec::Vec};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::check::{self, Found, day};
use super::field::{Field, Kind, plain, said};
use super::guida::ANSWERS;
use super::item::Item;
use super::sections::STYLE;
use super::style::Style;
use super::words::{Code, LANGUAGES, Language, words};
use super::{Cv, outline};
use crate::problem::{FieldProblem, Problem};
use Kind::{Day, Email, List, Long, Record, Text, Url};

/// More than about so many characters do not fit on one page.
pub const ONE_PAGE: usize = 2_500;

/// On what occasion a letter is written.
pub const KINDS: &[Code] = &[
    kind("ad", "Risposta a un annuncio", "Reply to a job ad"),
    kind(
        "spontaneous",
        "Candidatura spontanea",
        "Speculative application",
    ),
    kind("first_job", "Primo lavoro", "First job"),
    kind(
        "return",
        "Ritorno al lavoro dopo una pausa",
        "Return to work after a break",
    ),
    kind("change", "Cambio di mestiere", "Change of trade"),
    kind("internship", "Tirocinio", "Internship"),
    kind(
        "protected",
        "Categorie protette (L. 68/1999)",
        "Protected categories (L. 68/1999)",
    ),
];

const fn kind(code: &'static str, it: &'static str, en: &'static str) -> Code {
    Code {
        code,
        words: words(it, en),
    }
}

const LINE: Kind = Text(160);

/// Who writes.
pub const SENDER: &[Field] = &[
    plain("name", Text(120), "Nome e cognome", "Full name"),
    said("label", LINE, "Titolo professionale", "Professional title"),
    plain("address", Text(300), "Indirizzo", "Address"),
    plain("phone", Text(40), "Telefono", "Phone"),
    plain("email", Email, "Email", "Email"),
    plain("url", Url, "Sito web", "Website"),
];

/// To whom.
pub const RECIPIENT: &[Field] = &[
    plain("organization", LINE, "Azienda o ente", "Organisation"),
    said("person", LINE, "Alla persona di", "For the attention of"),
    plain("address", LINE, "Indirizzo", "Address"),
    plain("city", LINE, "CAP e città", "Postcode and city"),
    plain("email", Email, "Email", "Email"),
];

/// The whole letter.
pub const FIELDS: &[Field] = &[
    plain(
        "kind",
        Kind::Code(KINDS),
        "Tipo di lettera",
        "Kind of letter",
    ),
    plain("sender", Record(SENDER), "Mittente", "Sender"),
    plain("recipient", Record(RECIPIENT), "Destinatario", "Recipient"),
    plain("place", Text(80), "Luogo", "Place"),
    plain("date", Day, "Data", "Date"),
    said("subject", Text(200), "Oggetto", "Subject"),
    plain(
        "reference",
        LINE,
        "Riferimento dell'annuncio",
        "Reference of the ad",
    ),
    said("salutation", LINE, "Saluto iniziale", "Salutation"),
    said("paragraphs", List(12, 2_000), "Paragrafi", "Paragraphs"),
    said("closing", Text(200), "Saluto finale", "Closing"),
    plain("signature", Text(120), "Firma", "Signature"),
    said("attachments", List(20, 160), "Allegati", "Attachments"),
    said(
        "consent",
        Long(600),
        "Consenso al trattamento dei dati",
        "Consent to data processing",
    ),
    plain("style", Record(STYLE), "Stile", "Style"),
    plain(
        "language",
        Kind::Code(LANGUAGES),
        "Lingua di stampa",
        "Language to print",
    ),
    plain(
        "text_language",
        Kind::Code(LANGUAGES),
        "Lingua dei testi",
        "Language of the texts",
    ),
    plain("x_id", Text(40), "Identificativo", "Identifier"),
    plain(
        "x_title",
        Text(120),
        "Nome di questa lettera",
        "Name of this letter",
    ),
    plain(
        "x_cv",
        Text(40),
        "CV a cui si accompagna",
        "CV that it goes with",
    ),
    plain(
        "x_answers",
        Record(ANSWERS),
        "Risposte alla guida",
        "Answers to the guide",
    ),
];

/// A letter as a person wrote it. Never trusted: see [`Lettera::check`].
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Lettera(Map<String, Value>);

impl Lettera {
    /// An empty one.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// A letter from the person of a CV, in its language and look.
    #[must_use]
    pub fn from_cv(cv: &Cv) -> Self {
        let outline = cv.outline();
        let mut sender = Map::new();
        sender.insert("name".into(), outline.name.text.clone().into());
        if let Some(label) = outline.label {
            sender.insert("label".into(), label.text.into());
        }
        for contact in &outline.contacts {
            let field = &*contact.text.field;
            let key = match field {
                "basics.location" => "address",
                "basics.phone" | "basics.email" | "basics.url" => &field["basics.".len()..],
                _ => continue,
            };
            sender.insert(key.into(), contact.text.text.clone().into());
        }
        let mut letter = Map::new();
        letter.insert("sender".into(), sender.into());
        letter.insert("signature".into(), outline.name.text.into());
        let language = outline.language.as_str();
        letter.insert("language".into(), language.into());
        letter.insert("text_language".into(), language.into());
        if let Some(style) = cv.as_map().get("x_style") {
            letter.insert("style".into(), style.clone());
        }
        Self(letter)
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

    /// The language of the texts that stand in the letter itself; the other one stands in `x_en` or `x_it`.
    #[must_use]
    pub fn text_language(&self) -> Language {
        self.language_at("text_language").unwrap_or_default()
    }

    /// The language to print.
    #[must_use]
    pub fn language(&self) -> Language {
        self.language_at("language")
            .unwrap_or_else(|| self.text_language())
    }

    /// A view of the letter.
    #[must_use]
    pub fn root(&self) -> Item<'_> {
        Item::of(&self.0, self.text_language())
    }

    /// How it looks.
    #[must_use]
    pub fn style(&self) -> Style {
        Style::read(self.root().record("style"))
    }

    /// Everything that is wrong with it, at its field.
    #[must_use]
    pub fn check(&self) -> Vec<FieldProblem> {
        self.examine().problems
    }

    /// As [`Lettera::check`], and what a printed letter cannot do without: who writes it, and what.
    #[must_use]
    pub fn printable(&self) -> Vec<FieldProblem> {
        let mut problems = self.check();
        let root = self.root();
        if root.record("sender").text("name").is_none() {
            problems.push(FieldProblem::new("sender.name", Problem::Missing));
        }
        if root.said_each("paragraphs", self.language()).is_empty() {
            problems.push(FieldProblem::new("paragraphs", Problem::Missing));
        }
        problems
    }

    /// What is wrong and which keys are unknown.
    #[must_use]
    pub fn examine(&self) -> Found {
        let mut found = check::document(&self.0, FIELDS, self.text_language());
        check::total(&mut found);
        found
    }

    /// Characters of the text in the language to print, for the live count.
    #[must_use]
    pub fn length(&self) -> usize {
        let paragraphs = self.root().said_each("paragraphs", self.language());
        paragraphs
            .iter()
            .map(|said| said.text.chars().count())
            .sum()
    }

    /// The day it is dated.
    #[must_use]
    pub fn date(&self) -> Option<jiff::civil::Date> {
        self.root().text("date").and_then(day)
    }

    /// The web address of the sender: as it is printed, and where it leads.
    #[must_use]
    pub fn sender_link(&self) -> Option<(outline::Phrase, String)> {
        let reader = outline::Reader {
            language: self.language(),
        };
        outline::shown_url(&reader, "sender", self.root().record("sender"))
    }

    fn language_at(&self, key: &str) -> Option<Language> {
        Language::parse(self.0.get(key)?.as_str()?)
    }
}
