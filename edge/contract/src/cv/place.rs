// SPDX-License-Identifier: EUPL-1.2
//! Places in a document as people call them: `work[1].highlights[0]` is «Esperienze di lavoro 2, Attività e risultati 1».

use alloc::{format, string::String};

use super::field::{Field, Kind, find};
use super::lettera;
use super::sections::{ITEM, ROOT, section};
use super::words::Language;

/// The name of a place of a CV, or of a letter. What the tables do not know keeps the name that it has in the file.
#[must_use]
pub fn place(path: &str, letter: bool, language: Language) -> String {
    let mut fields: &'static [Field] = if letter { lettera::FIELDS } else { ROOT };
    let mut name = String::new();
    for (depth, piece) in path.split('.').enumerate() {
        let (key, index) = match piece.split_once('[') {
            Some((key, index)) => (key, index.trim_end_matches(']').parse::<usize>().ok()),
            None => (piece, None),
        };
        // The twin of a text has the name of the text.
        if Language::ALL.iter().any(|one| one.texts_key() == key) {
            continue;
        }
        let table = (!letter && depth == 0).then(|| section(key)).flatten();
        let field = find(fields, key).or_else(|| find(ITEM, key));
        let called = match (table, field) {
            (Some(section), _) => section.title.get(language),
            (None, Some(field)) => field.label.get(language),
            (None, None) => key,
        };
        // Who is asked for the name has not to be told that it is among the personal details.
        let plain =
            index.is_none() && matches!(field.map(|field| field.kind), Some(Kind::Record(_)));
        if !plain {
            if !name.is_empty() {
                name.push_str(", ");
            }
            name.push_str(called);
        }
        if let Some(index) = index {
            name.push_str(&format!(" {}", index + 1));
        }
        fields = match (table, field.map(|field| field.kind)) {
            (Some(section), _) => section.fields,
            (None, Some(Kind::Record(inner) | Kind::Records(inner, _))) => inner,
            _ => &[],
        };
    }
    if name.is_empty() { path.into() } else { name }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(path: &str, letter: bool, it: &str, en: &str) {
        assert_eq!(place(path, letter, Language::Italian), it);
        assert_eq!(place(path, letter, Language::English), en);
    }

    #[test]
    fn a_place_is_called_by_section_item_and_field() {
        check("basics.name", false, "Nome e cognome", "Full name");
        check("basics.x_en.summary", false, "Profilo", "Profile");
        check(
            "work[1].highlights[0]",
            false,
            "Esperienze di lavoro 2, Attività e risultati 1",
            "Work experience 2, Tasks and results 1",
        );
        check(
            "x_sections[0].items[2].title",
            false,
            "Altre sezioni 1, Voci 3, Titolo",
            "Other sections 1, Items 3, Title",
        );
        check("work", false, "Esperienze di lavoro", "Work experience");
    }

    #[test]
    fn places_of_a_letter_have_its_words() {
        check("sender.name", true, "Nome e cognome", "Full name");
        check("paragraphs[1]", true, "Paragrafi 2", "Paragraphs 2");
        check("x_en.subject", true, "Oggetto", "Subject");
    }

    #[test]
    fn what_is_not_in_the_tables_keeps_its_name() {
        check("basics.pronouns", false, "pronouns", "pronouns");
        check("", false, "", "");
        check(
            "work[x].[.]",
            false,
            "Esperienze di lavoro, , ]",
            "Work experience, , ]",
        );
    }
}
