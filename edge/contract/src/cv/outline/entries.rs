// SPDX-License-Identifier: EUPL-1.2
//! What the items of each section say, and in which order.

use alloc::{format, string::String, vec::Vec};

use super::{Block, Body, Entry, Pair, Phrase, Reader, Tongue, shown_url};
use crate::cv::item::Item;
use crate::cv::words::{
    self, CEFR, CONTRACTS, DIGITAL_LEVELS, EQF, HOURS, LANGUAGE_SKILLS, LICENCES, Words, words,
};

/// Which fields of an item say what.
struct Plan {
    heading: &'static str,
    /// Where and for whom; the first stands in for a heading that is missing.
    at: &'static [&'static str],
    text: &'static [&'static str],
    points: &'static str,
    /// Lists that are written in one line, with their name.
    lists: &'static [(&'static str, Words)],
    /// The key of a single date, for what has no period.
    date: &'static str,
}

const PLAIN: Plan = Plan {
    heading: "name",
    at: &[],
    text: &["summary"],
    points: "highlights",
    lists: &[],
    date: "date",
};

const COURSES: &[(&str, Words)] = &[("courses", words("Materie", "Courses"))];
const PROJECT_LISTS: &[(&str, Words)] = &[
    ("roles", words("Ruoli", "Roles")),
    ("keywords", words("Parole chiave", "Keywords")),
];

fn plan(key: &str) -> Plan {
    match key {
        "work" => Plan {
            heading: "position",
            at: &["name", "location", "description"],
            ..PLAIN
        },
        "education" => Plan {
            heading: "studyType",
            at: &["institution", "x_location"],
            text: &["x_summary"],
            lists: COURSES,
            ..PLAIN
        },
        "x_training" => Plan {
            heading: "title",
            at: &["institution", "location"],
            ..PLAIN
        },
        "certificates" => Plan {
            at: &["issuer"],
            text: &["x_summary"],
            ..PLAIN
        },
        "projects" => Plan {
            at: &["entity"],
            text: &["description"],
            lists: PROJECT_LISTS,
            ..PLAIN
        },
        "volunteer" => Plan {
            heading: "position",
            at: &["organization", "x_location"],
            ..PLAIN
        },
        "awards" => Plan {
            heading: "title",
            at: &["awarder"],
            ..PLAIN
        },
        "publications" => Plan {
            at: &["publisher"],
            date: "releaseDate",
            ..PLAIN
        },
        "references" => Plan {
            at: &["x_role", "x_contact"],
            text: &["reference"],
            ..PLAIN
        },
        _ => Plan {
            heading: "title",
            at: &["subtitle", "location"],
            ..PLAIN
        },
    }
}

/// The items of a section of the table.
pub(super) fn body<'a>(
    reader: &Reader,
    key: &'static str,
    items: impl Iterator<Item = Item<'a>>,
) -> Body {
    let items = visible(key, items);
    match key {
        "languages" => languages(reader, &items),
        "x_desired" | "x_digital" | "skills" | "interests" | "x_licences" => {
            let pairs = items
                .iter()
                .filter_map(|(path, item)| pair(reader, key, path, *item));
            Body::Pairs(pairs.collect())
        }
        _ => entries(reader, &plan(key), &items),
    }
}

/// The items of a section that the person added.
pub(super) fn own<'a>(reader: &Reader, path: &str, items: impl Iterator<Item = Item<'a>>) -> Body {
    entries(reader, &plan(""), &visible(path, items))
}

fn visible<'a>(path: &str, items: impl Iterator<Item = Item<'a>>) -> Vec<(String, Item<'a>)> {
    let numbered = items.enumerate().filter(|(_, item)| !item.hidden());
    numbered
        .map(|(index, item)| (format!("{path}[{index}]"), item))
        .collect()
}

fn entries(reader: &Reader, plan: &Plan, items: &[(String, Item<'_>)]) -> Body {
    let entries = items
        .iter()
        .filter_map(|(path, item)| entry(reader, plan, path, *item));
    Body::Entries(entries.collect())
}

fn entry(reader: &Reader, plan: &Plan, path: &str, item: Item<'_>) -> Option<Entry> {
    let language = reader.language;
    let phrase = |key: &str| reader.phrase(path, item, key);
    let mut at: Vec<Phrase> = plan.at.iter().filter_map(|key| phrase(key)).collect();
    let mut heading = phrase(plan.heading);
    if plan.heading == "studyType" {
        heading = joined(heading, phrase("area"));
    }
    let mut text: Vec<Block> = Vec::new();
    for key in plan.text {
        text.extend(reader.blocks(path, item, key));
    }
    let points = reader.phrases(path, item, plan.points);
    text.extend(points.into_iter().map(Block::Point));
    let heading = match heading {
        Some(heading) => heading,
        None if !at.is_empty() => at.remove(0),
        // Text alone is kept too: nothing typed is lost on the way to paper.
        None if !text.is_empty() => match text.remove(0) {
            Block::Paragraph(phrase) | Block::Point(phrase) => phrase,
        },
        None => return None,
    };
    let single = item.month(plan.date);
    let period = item.period();
    Some(Entry {
        heading,
        at,
        period: single
            .map(|month| month.long(language))
            .or_else(|| period.long(language)),
        short_period: single
            .map(|month| month.short())
            .or_else(|| period.short(language)),
        details: details(reader, plan, path, item),
        text,
        link: shown_url(reader, path, item),
    })
}

/// `Laurea` and `Economia` are one heading: `Laurea, Economia`.
fn joined(one: Option<Phrase>, other: Option<Phrase>) -> Option<Phrase> {
    match (one, other) {
        (Some(mut one), Some(other)) if one.language == other.language => {
            one.text = format!("{}, {}", one.text, other.text);
            Some(one)
        }
        (one, other) => one.or(other),
    }
}

fn details(reader: &Reader, plan: &Plan, path: &str, item: Item<'_>) -> Vec<(Words, Phrase)> {
    let language = reader.language;
    let mut details = Vec::new();
    let mut add = |words: Words, phrase: Option<Phrase>| details.extend(phrase.map(|p| (words, p)));
    let coded = |key: &str, list| {
        let label = words::label(list, item.text(key)?, language)?;
        Some(reader.word(path, key, label))
    };
    add(words("Voto", "Grade"), reader.plain(path, item, "score"));
    add(words("Livello", "Level"), coded("x_level", EQF));
    add(
        words("Durata", "Duration"),
        reader.phrase(path, item, "duration"),
    );
    add(
        words("Attestato", "Certificate"),
        reader.phrase(path, item, "certificate"),
    );
    let expires = item.month("x_expires");
    add(
        words("Scade", "Expires"),
        expires.map(|month| reader.word(path, "x_expires", month.long(language))),
    );
    add(words("Tipo", "Type"), reader.phrase(path, item, "type"));
    for (key, words) in plan.lists {
        let texts = reader.phrases(path, item, key);
        let list: Vec<&str> = texts.iter().map(|phrase| &*phrase.text).collect();
        if let Some(first) = texts.first() {
            let text = list.join(", ");
            add(
                *words,
                Some(Phrase {
                    text,
                    ..first.clone()
                }),
            );
        }
    }
    details
}

fn pair(reader: &Reader, key: &str, path: &str, item: Item<'_>) -> Option<Pair> {
    let language = reader.language;
    let coded = |key: &str, list| {
        let label = words::label(list, item.text(key)?, language)?;
        Some(reader.word(path, key, label))
    };
    // Our words stand in the middle of a line here.
    let inside = |key: &str, list| {
        coded(key, list).map(|phrase: Phrase| Phrase {
            text: phrase.text.to_lowercase(),
            ..phrase
        })
    };
    let phrase = |key: &str| reader.phrase(path, item, key);
    let mut pair = Pair {
        name: match key {
            "x_licences" => coded("category", LICENCES)?,
            _ => phrase("name")?,
        },
        level: None,
        values: reader.phrases(path, item, "keywords"),
        text: reader.blocks(path, item, "summary"),
    };
    match key {
        "x_desired" => {
            pair.values.extend(inside("contract", CONTRACTS));
            pair.values.extend(inside("hours", HOURS));
            pair.values.extend(phrase("area"));
        }
        "x_digital" => pair.level = inside("level", DIGITAL_LEVELS),
        "x_licences" => {
            for (key, words) in [
                ("since", words("dal", "since")),
                ("until", words("scade", "expires")),
            ] {
                let month = item.month(key);
                pair.values.extend(month.map(|month| {
                    let text = format!("{} {}", words.get(language), month.long(language));
                    reader.word(path, key, text)
                }));
            }
            pair.values.extend(phrase("note"));
        }
        _ => {
            pair.level = phrase("level");
            pair.text = reader.blocks(path, item, "x_summary");
        }
    }
    Some(pair)
}

fn languages(reader: &Reader, items: &[(String, Item<'_>)]) -> Body {
    let (mut mother, mut others) = (Vec::new(), Vec::new());
    for (path, item) in items {
        let Some(name) = reader.phrase(path, *item, "language") else {
            continue;
        };
        if item.flag("x_mother") {
            mother.push(name);
            continue;
        }
        let level = |(key, _): (&str, Words)| {
            let code = item.text(key)?;
            let known = CEFR.iter().find(|entry| entry.code == code);
            known.map(|entry| entry.code)
        };
        others.push(Tongue {
            name,
            levels: LANGUAGE_SKILLS.map(level),
            fluency: reader.phrase(path, *item, "fluency"),
            certificate: reader.phrase(path, *item, "x_certificate"),
        });
    }
    Body::Languages { mother, others }
}
