// SPDX-License-Identifier: EUPL-1.2
//! A CV as it is to be read: one language chosen, hidden things left out, sections in order, dates and levels in words.
//! Paper, plain text, Markdown and DOCX are all written from this, and so say the same in the same order.

mod entries;

use alloc::{format, string::String, vec::Vec};

use super::check::{day, link};
use super::item::{Item, Said};
use super::photo::Photo;
use super::sections::{PROFILE_TITLE, SECTIONS};
use super::style::Style;
use super::words::{self, Language, Words, words};
use super::{Cv, Part};

/// A piece of text with its language, where that may differ from the document's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Phrase {
    /// The text; its lines are one line.
    pub text: String,
    /// In which language it is written.
    pub language: Language,
    /// Where in the JSON it comes from, for refusals: `work[2].position`.
    pub field: String,
}

/// A way to reach the person, or a fact about them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Contact {
    /// Its name, for those who want one before it.
    pub label: Words,
    /// As it is printed.
    pub text: Phrase,
    /// Where it leads: `mailto:`, `tel:` or a web address.
    pub link: Option<String>,
    /// It says nothing without its name: a date of birth, a nationality.
    pub named: bool,
}

/// The whole CV.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outline {
    /// The language of the document.
    pub language: Language,
    /// How it looks.
    pub style: Style,
    /// Title of the file: `Curriculum vitae – Ada Fo`.
    pub title: String,
    /// The day in the properties of the file, from `meta.lastModified`.
    pub date: Option<jiff::civil::Date>,
    /// Full name; empty when it is missing.
    pub name: Phrase,
    /// Professional title.
    pub label: Option<Phrase>,
    /// Contacts and facts, in the order in which they are printed.
    pub contacts: Vec<Contact>,
    /// The photo.
    pub photo: Option<Photo>,
    /// The sections that have something in them.
    pub chapters: Vec<Chapter>,
    /// The sentence of consent.
    pub consent: Option<Phrase>,
}

/// A section.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chapter {
    /// Its key, as in `x_order`.
    pub key: String,
    /// Its heading.
    pub heading: Phrase,
    /// What stands in it.
    pub body: Body,
}

/// What can stand in a section.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Body {
    /// Running text.
    Text(Vec<Block>),
    /// Things that took place somewhere at some time.
    Entries(Vec<Entry>),
    /// A name with a few words each: skills, licences.
    Pairs(Vec<Pair>),
    /// Languages.
    Languages {
        /// Mother tongues.
        mother: Vec<Phrase>,
        /// The others.
        others: Vec<Tongue>,
    },
}

/// A paragraph or one point of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Block {
    /// A paragraph.
    Paragraph(Phrase),
    /// A point of a list. Points that follow each other are one list.
    Point(Phrase),
}

/// A job, a title of study, a project.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// What.
    pub heading: Phrase,
    /// Where and for whom, from the most to the least important.
    pub at: Vec<Phrase>,
    /// When, with months in words.
    pub period: Option<String>,
    /// When, in figures.
    pub short_period: Option<String>,
    /// Facts with a name: `Voto: 110/110`.
    pub details: Vec<(Words, Phrase)>,
    /// The text.
    pub text: Vec<Block>,
    /// A web address: as it is printed, and where it leads.
    pub link: Option<(Phrase, String)>,
}

/// A name with a few words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pair {
    /// The name.
    pub name: Phrase,
    /// A level or the like, next to the name.
    pub level: Option<Phrase>,
    /// What belongs to it, to be written with commas between.
    pub values: Vec<Phrase>,
    /// More words.
    pub text: Vec<Block>,
}

/// A language that is not the mother tongue.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tongue {
    /// Its name.
    pub name: Phrase,
    /// CEFR levels in the order of [`words::LANGUAGE_SKILLS`].
    pub levels: [Option<&'static str>; 5],
    /// The level in the person's words.
    pub fluency: Option<Phrase>,
    /// A certificate.
    pub certificate: Option<Phrase>,
}

const ADDRESS: Words = words("Indirizzo", "Address");
const PHONE: Words = words("Telefono", "Phone");
const EMAIL: Words = words("Email", "Email");
const WEB: Words = words("Sito web", "Website");
const PROFILE: Words = words("Profilo in rete", "Online profile");
const BORN: Words = words("Data di nascita", "Date of birth");
const NATIONALITY: Words = words("Cittadinanza", "Nationality");

/// What stands before the points of a list in texts that were written or pasted.
const MARKS: [char; 19] = [
    '-', '–', '—', '•', '*', '·', '▪', '▫', '■', '□', '●', '○', '◦', '➢', '➤', '►', '▸', '✓', '✔',
];

impl Cv {
    /// The CV as it is to be read, in [`Cv::language`]. Works on whatever there is: what is unsound is left out.
    #[must_use]
    pub fn outline(&self) -> Outline {
        let language = self.language();
        let basics = self.basics();
        let reader = Reader { language };
        let name = reader.plain("basics", basics, "name");
        let shown = name.clone().unwrap_or(Phrase {
            text: String::new(),
            language,
            field: "basics.name".into(),
        });
        Outline {
            language,
            style: self.style(),
            title: format!("Curriculum vitae – {}", shown.text),
            date: self
                .root()
                .record("meta")
                .text("lastModified")
                .and_then(day),
            label: reader.phrase("basics", basics, "label"),
            contacts: contacts(&reader, basics),
            photo: basics
                .text("x_photo")
                .and_then(|url| Photo::parse(url).ok()),
            chapters: self.chapters(&reader),
            consent: reader.phrase("basics", basics, "x_consent"),
            name: shown,
        }
    }

    fn chapters(&self, reader: &Reader) -> Vec<Chapter> {
        let language = reader.language;
        let title = |words: Words, field: &str| Phrase {
            text: words.get(language).into(),
            language,
            field: field.into(),
        };
        let mut chapters = Vec::new();
        for part in self.parts() {
            let key = part.key();
            if self.hides(&key) {
                continue;
            }
            let (heading, body) = match part {
                Part::Profile => (
                    Some(title(PROFILE_TITLE, &key)),
                    Body::Text(reader.blocks("basics", self.basics(), "summary")),
                ),
                Part::Table(section) => (
                    Some(title(section.title, &key)),
                    entries::body(reader, section.key, self.items(section.key)),
                ),
                Part::Own(index, own) => {
                    let path = format!("x_sections[{index}]");
                    let items = own.records("items");
                    let body = entries::own(reader, &format!("{path}.items"), items);
                    (reader.phrase(&path, own, "name"), body)
                }
            };
            if let Some(heading) = heading
                && !body.is_empty()
            {
                chapters.push(Chapter { key, heading, body });
            }
        }
        debug_assert!(SECTIONS.len() < 40, "x_order has room for every section");
        chapters
    }
}

impl Body {
    fn is_empty(&self) -> bool {
        match self {
            Self::Text(blocks) => blocks.is_empty(),
            Self::Entries(entries) => entries.is_empty(),
            Self::Pairs(pairs) => pairs.is_empty(),
            Self::Languages { mother, others } => mother.is_empty() && others.is_empty(),
        }
    }
}

/// Turns fields into phrases of one language.
pub(super) struct Reader {
    pub(super) language: Language,
}

impl Reader {
    /// A text that may have a twin in the other language.
    pub(super) fn phrase(&self, path: &str, item: Item<'_>, key: &str) -> Option<Phrase> {
        let said = item.said(key, self.language)?;
        Some(owned(said, format!("{path}.{key}")))
    }

    /// A text that is the same in every language.
    pub(super) fn plain(&self, path: &str, item: Item<'_>, key: &str) -> Option<Phrase> {
        let text = item.text(key)?;
        let language = self.language;
        Some(owned(Said { text, language }, format!("{path}.{key}")))
    }

    /// One of our words, standing where a field was.
    pub(super) fn word(&self, path: &str, key: &str, text: impl Into<String>) -> Phrase {
        Phrase {
            text: text.into(),
            language: self.language,
            field: format!("{path}.{key}"),
        }
    }

    /// The texts of a list.
    pub(super) fn phrases(&self, path: &str, item: Item<'_>, key: &str) -> Vec<Phrase> {
        let said = item.said_list(key, self.language).into_iter().enumerate();
        said.map(|(index, said)| owned(said, format!("{path}.{key}[{index}]")))
            .collect()
    }

    /// A long text: its lines are paragraphs, those that begin with a dash or a dot are points of a list.
    pub(super) fn blocks(&self, path: &str, item: Item<'_>, key: &str) -> Vec<Block> {
        let Some(said) = item.said(key, self.language) else {
            return Vec::new();
        };
        let lines = said.text.lines().map(str::trim);
        lines
            .filter(|line| !line.is_empty())
            .map(|line| {
                let point = line
                    .strip_prefix(MARKS)
                    .map(str::trim_start)
                    .filter(|rest| rest.len() < line.len() - 1 && !rest.is_empty());
                let text = point.unwrap_or(line);
                let language = said.language;
                let phrase = owned(Said { text, language }, format!("{path}.{key}"));
                match point {
                    Some(_) => Block::Point(phrase),
                    None => Block::Paragraph(phrase),
                }
            })
            .collect()
    }
}

fn owned(said: Said<'_>, field: String) -> Phrase {
    Phrase {
        text: said.text.into(),
        language: said.language,
        field,
    }
}

fn contacts(reader: &Reader, basics: Item<'_>) -> Vec<Contact> {
    let mut contacts = Vec::new();
    let mut add = |label, text: Option<Phrase>, link: Option<String>| {
        contacts.extend(text.map(|text| Contact {
            named: matches!(label, BORN | NATIONALITY),
            label,
            text,
            link,
        }));
    };
    add(ADDRESS, address(reader, basics.record("location")), None);
    let phone = reader.plain("basics", basics, "phone");
    let digits = phone.as_ref().map(|phone| {
        let kept = |letter: &char| letter.is_ascii_digit() || *letter == '+';
        let digits: String = phone.text.chars().filter(kept).collect();
        format!("tel:{digits}")
    });
    add(PHONE, phone, digits.filter(|link| link.len() > 7));
    let email = reader.plain("basics", basics, "email");
    let mailto = email.as_ref().map(|email| format!("mailto:{}", email.text));
    add(EMAIL, email, mailto);
    let (url, target) = shown_url(reader, "basics", basics).unzip();
    add(WEB, url, target);
    for (index, profile) in basics.records("profiles").enumerate() {
        let path = format!("basics.profiles[{index}]");
        let (url, target) = shown_url(reader, &path, profile).unzip();
        let text = reader.plain(&path, profile, "username").or(url);
        let network = profile.text("network");
        let text = text.map(|mut text| {
            if let Some(network) = network {
                text.text = format!("{network}: {}", text.text);
            }
            text
        });
        add(PROFILE, text, target);
    }
    let born = basics.text("x_birth_date").and_then(day);
    let born =
        born.map(|day| reader.word("basics", "x_birth_date", words::day(day, reader.language)));
    add(BORN, born, None);
    add(
        NATIONALITY,
        reader.phrase("basics", basics, "x_nationality"),
        None,
    );
    contacts
}

/// `Via Roma 1, 40121 Bologna (BO)`.
fn address(reader: &Reader, location: Item<'_>) -> Option<Phrase> {
    let text = |key| location.text(key);
    let city = location.said("city", reader.language).map(|said| said.text);
    let mut town: String = [text("postalCode"), city]
        .into_iter()
        .flatten()
        .collect::<Vec<_>>()
        .join(" ");
    if let Some(region) = text("region") {
        let province = region.len() == 2 && region.bytes().all(|byte| byte.is_ascii_uppercase());
        town = match (province, town.is_empty()) {
            (true, false) => format!("{town} ({region})"),
            (false, false) => format!("{town}, {region}"),
            _ => region.into(),
        };
    }
    let abroad = text("countryCode").filter(|code| !code.eq_ignore_ascii_case("it"));
    let parts = [text("address"), Some(town.as_str()), abroad];
    let parts: Vec<&str> = parts
        .into_iter()
        .flatten()
        .filter(|part| !part.is_empty())
        .collect();
    (!parts.is_empty()).then(|| reader.word("basics", "location", parts.join(", ")))
}

/// A web address as it is printed, without its scheme, and where it leads.
pub(super) fn shown_url(reader: &Reader, path: &str, item: Item<'_>) -> Option<(Phrase, String)> {
    let mut phrase = reader.plain(path, item, "url")?;
    let target = link(&phrase.text)?;
    let bare = target.split_once("://").map_or(&*target, |(_, bare)| bare);
    phrase.text = bare.trim_end_matches('/').into();
    Some((phrase, target))
}
