// SPDX-License-Identifier: EUPL-1.2
//! Makes `public/data/luoghi.txt` from the source tables, and sees that the committed file is what they give. After a
//! change of the tables: `RIGENERA=1 cargo test -p contract luoghi`.

use alloc::collections::BTreeMap;
use std::{fs, path::PathBuf};

use super::*;

/// A row of a source table: a name with its days, as `YYYYMMDD`.
#[derive(Clone)]
struct Row {
    belfiore: String,
    names: String,
    province: String,
    second: String,
    from: String,
    to: String,
}

impl Row {
    fn line(&self) -> String {
        let Self {
            belfiore,
            names,
            second,
            from,
            to,
            ..
        } = self;
        format!("{belfiore}{names}|{second}|{from}|{to}")
            .trim_end_matches('|')
            .to_string()
    }
}

/// The text of all places.
fn encode(comuni: &str, states: &str) -> String {
    let mut rows: Vec<Row> = comuni
        .lines()
        .skip(1)
        .map(|line| comune(&cells(line)))
        .collect();
    // Comuni that ended before the codes were given have `ND`: no codice fiscale names them.
    rows.retain(|row| row.belfiore.len() == 4);
    rows.extend(states.lines().skip(1).map(|line| state(&cells(line))));
    let mut provinces: BTreeMap<String, Vec<Row>> = BTreeMap::new();
    for row in joined(rows) {
        provinces.entry(row.province.clone()).or_default().push(row);
    }
    let mut text = format!("{HEAD}\n");
    for (province, mut rows) in provinces {
        text.push_str(&format!(">{province}\n"));
        // Names that follow each other in the alphabet have beginnings in common, which compresses well.
        rows.sort_by(|a, b| {
            (!a.to.is_empty(), &a.names, &a.to).cmp(&(!b.to.is_empty(), &b.names, &b.to))
        });
        rows.iter()
            .for_each(|row| text.push_str(&format!("{}\n", row.line())));
    }
    text
}

fn comune(cells: &[String]) -> Row {
    let other = spelled(&cells[2]);
    let today = cells[8].is_empty();
    let names = if other.is_empty() || !today {
        spelled(&cells[1])
    } else {
        format!("{}/{other}", spelled(&cells[1]))
    };
    Row {
        belfiore: cells[0].clone(),
        names,
        province: cells[3].clone(),
        second: if today {
            cells[6].clone()
        } else {
            String::new()
        },
        from: day(&cells[7]),
        to: day(&cells[8]),
    }
}

fn state(cells: &[String]) -> Row {
    // The table writes accents at the end as apostrophes.
    let name = spelled(&cells[1])
        .replace("a'", "à")
        .replace("e'", "é")
        .replace("u'", "ù");
    let of = |table: &[(&str, &'static str)]| {
        table
            .iter()
            .find(|(code, _)| *code == cells[0])
            .map(|(_, name)| *name)
    };
    Row {
        belfiore: cells[0].clone(),
        names: of(ALSO_CALLED).map_or(name.clone(), |also| format!("{name}/{also}")),
        province: String::new(),
        second: of(ENGLISH).map_or_else(|| spelled(&cells[2]), ToString::to_string),
        from: day(&cells[3]),
        to: day(&cells[4]),
    }
}

/// Consecutive rows of one code and one name become one; what ended before 1900 bears nobody living.
fn joined(mut rows: Vec<Row>) -> Vec<Row> {
    rows.sort_by(|a, b| {
        (&a.belfiore, a.to.is_empty(), &a.from, &a.to).cmp(&(
            &b.belfiore,
            b.to.is_empty(),
            &b.from,
            &b.to,
        ))
    });
    let name = |row: &Row| row.names.split('/').next().unwrap_or_default().to_string();
    let mut joined: Vec<Row> = Vec::new();
    for row in rows {
        match joined
            .last_mut()
            .filter(|last| last.belfiore == row.belfiore && name(last) == name(&row))
        {
            Some(last) => {
                *last = Row {
                    from: last.from.clone(),
                    ..row
                }
            }
            None => joined.push(row),
        }
    }
    joined.retain(|row| row.to.is_empty() || row.to.as_str() >= "1900");
    for row in &mut joined {
        if row.from.as_str() <= "19000101" {
            row.from.clear();
        }
    }
    joined
}

fn day(iso: &str) -> String {
    iso.replace('-', "")
}

/// The cells of a line of CSV; commas inside quotes belong to the cell.
fn cells(line: &str) -> Vec<String> {
    let mut cells = alloc::vec![String::new()];
    let mut quoted = false;
    for letter in line.chars() {
        match letter {
            '"' => quoted = !quoted,
            ',' if !quoted => cells.push(String::new()),
            other => cells.last_mut().unwrap().push(other),
        }
    }
    cells
}

/// What people call States beside the official name; found by the search, never shown.
const ALSO_CALLED: &[(&str, &str)] = &[
    ("Z106", "Vaticano/Santa Sede"),
    ("Z108", "Isole Fær Øer"),
    (
        "Z114",
        "Gran Bretagna/Inghilterra/Scozia/Galles/Irlanda del Nord/UK",
    ),
    ("Z126", "Olanda"),
    ("Z139", "Belarus"),
    ("Z140", "Moldavia"),
    ("Z153", "Bosnia ed Erzegovina"),
    ("Z154", "Russia"),
    ("Z156", "Cechia"),
    ("Z161", "Palestina"),
    ("Z204", "Bahrain"),
    ("Z206", "Birmania"),
    ("Z210", "Cina"),
    ("Z213", "Corea del Sud"),
    ("Z214", "Corea del Nord"),
    ("Z242", "Timor Est"),
    ("Z256", "Kirghisistan"),
    ("Z312", "Congo-Kinshasa"),
    ("Z338", "Rwanda"),
    ("Z347", "Sudafrica"),
    ("Z349", "Swaziland"),
    ("Z404", "USA/America"),
    ("Z505", "Santo Domingo"),
    ("Z735", "Micronesia"),
];

/// English names better than those of the table.
const ENGLISH: &[(&str, &str)] = &[
    ("Z108", "Faroe Islands"),
    ("Z140", "Moldova"),
    ("Z148", "North Macedonia"),
    ("Z161", "Palestine"),
    ("Z213", "South Korea"),
    ("Z214", "North Korea"),
    ("Z217", "Taiwan"),
    ("Z224", "Iran"),
    ("Z228", "Laos"),
    ("Z240", "Syria"),
    ("Z251", "Vietnam"),
    ("Z312", "Democratic Republic of the Congo"),
    ("Z326", "Libya"),
    ("Z349", "Eswatini"),
    ("Z357", "Tanzania"),
    ("Z601", "Bolivia"),
    ("Z614", "Venezuela"),
    ("Z735", "Micronesia"),
    ("Z907", "South Sudan"),
];

/// Articles and prepositions inside a name.
const SMALL: &[&str] = &[
    "a", "ai", "al", "alla", "alle", "allo", "am", "an", "and", "con", "d", "da", "dal", "dalla",
    "de", "degli", "dei", "del", "dell", "della", "delle", "dello", "der", "di", "du", "e", "ed",
    "et", "in", "all", "nel", "nell", "nella", "of", "per", "s", "sul", "sull", "sulla", "sulle",
    "the", "tra",
];

/// The tables write every word with a capital letter; the official names do not.
fn spelled(name: &str) -> String {
    let mut spelled = String::new();
    let mut word = String::new();
    for letter in name.chars().chain([' ']) {
        if letter.is_alphabetic() {
            word.push(letter);
            continue;
        }
        let lower = word.to_lowercase();
        let elided = matches!(lower.as_str(), "d" | "dell" | "all" | "nell" | "sull");
        let inside = !spelled.is_empty() && SMALL.contains(&lower.as_str());
        // `d'` and the like need the apostrophe: `D` alone may be anything.
        let small = inside && (!elided || letter == '\'');
        spelled.push_str(if small { &lower } else { &word });
        spelled.push(letter);
        word.clear();
    }
    spelled.trim_end().to_string()
}

#[test]
fn luoghi_txt_is_what_the_tables_give() {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    let read = |path: &str| fs::read_to_string(root.join(path)).unwrap_or_default();
    let text = encode(&read("data/comuni.csv"), &read("data/stati.csv"));
    let path = "../../public/data/luoghi.txt";
    if std::env::var_os("RIGENERA").is_some() {
        fs::write(root.join(path), &text).unwrap();
    }
    assert!(
        read(path) == text,
        "run RIGENERA=1 cargo test -p contract luoghi"
    );
}

#[test]
fn names_are_spelled_as_officially() {
    for (table, official) in [
        ("Reggio Nell'Emilia", "Reggio nell'Emilia"),
        ("Sant'Agata De' Goti", "Sant'Agata de' Goti"),
        ("San Giovanni In Persiceto", "San Giovanni in Persiceto"),
        ("L'Aquila", "L'Aquila"),
        ("Eppan An Der Weinstraße", "Eppan an der Weinstraße"),
        ("Costa D'Avorio", "Costa d'Avorio"),
        ("Abbadia Lariana", "Abbadia Lariana"),
    ] {
        assert_eq!(spelled(table), official);
    }
}
