// SPDX-License-Identifier: EUPL-1.2
//! Places as the registers name them: the comuni of today with their province and postal codes, those that ended, for
//! who was born there, and foreign States. All of them stand in one compact text, `public/data/luoghi.txt`, which the
//! browser loads on demand and the edge carries inside.
//!
//! The text, made by the tests of this module from `edge/contract/data/`: the first line is `luoghi 1`. A line `>BO`
//! opens a province, `>` alone the foreign States. Every other line is a place: four characters of the Belfiore code,
//! the name (`Bolzano/Bozen` where there are two; of a State also what people call it), and up to three more columns after `|`: the CAPs with a space between
//! (of a State its English name), the first and the last day as `YYYYMMDD`. Empty columns at the end are left out; no
//! first day means before 1900, no last day means that the place exists today.

use alloc::{
    format,
    string::{String, ToString},
    vec::Vec,
};
use jiff::civil::Date;

#[cfg(test)]
mod encode;
mod search;
#[cfg(test)]
mod tests;

/// The first line of the text: what it is, and the version of its form.
const HEAD: &str = "luoghi 1";

/// A comune or a State.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place<'a> {
    /// The code of the register of land (codice catastale, Belfiore): `A944`; of a State `Z` and three digits.
    pub belfiore: &'a str,
    /// The Italian name.
    pub name: &'a str,
    /// The name in the other official language of the comune; of a State the English one. Empty if there is none.
    pub other_name: &'a str,
    /// The two letters of the province; empty for a State.
    pub province: &'a str,
    /// The postal codes with a space between; empty if they are not known.
    pub caps: &'a str,
}

impl<'a> Place<'a> {
    /// What people read: `Bologna (BO)`, `Bolzano/Bozen (BZ)`, `Albania`.
    #[must_use]
    pub fn label(&self) -> String {
        match (self.is_state(), self.other_name) {
            (true, _) => self.name.to_string(),
            (false, "") => format!("{} ({})", self.name, self.province),
            (false, other) => format!("{}/{other} ({})", self.name, self.province),
        }
    }

    /// True for a foreign State.
    #[must_use]
    pub fn is_state(&self) -> bool {
        self.belfiore.starts_with('Z')
    }

    /// Each postal code.
    pub fn cap_list(&self) -> impl Iterator<Item = &'a str> + use<'a> {
        self.caps.split(' ').filter(|cap| !cap.is_empty())
    }

    /// True if `cap` may be of this comune; without known postal codes only those of Sardinia can be told apart.
    #[must_use]
    pub fn has_cap(&self, cap: &str) -> bool {
        if !self.caps.is_empty() {
            return self.cap_list().any(|own| own == cap);
        }
        let in_sardinia = matches!(self.province, "CA" | "NU" | "OR" | "SS" | "SU");
        !in_sardinia
            || ["07", "08", "09"]
                .iter()
                .any(|start| cap.starts_with(start))
    }
}

/// A line of the text with the province it stands under; taken apart only when somebody asks for it.
#[derive(Debug, Clone, Copy)]
struct Entry<'a> {
    /// The Belfiore code: places are many, and four bytes are compared in one step.
    code: [u8; 4],
    line: &'a str,
    province: &'a str,
}

impl<'a> Entry<'a> {
    /// `None` if the line does not begin with a code and go on after it.
    fn read(line: &'a str, province: &'a str) -> Option<Self> {
        let code = line.as_bytes().first_chunk()?;
        (code.is_ascii() && line.len() > code.len()).then_some(Self {
            code: *code,
            line,
            province,
        })
    }

    fn belfiore(self) -> &'a str {
        self.line.get(..4).unwrap_or_default()
    }

    /// The names as they stand, and the three columns.
    fn columns(self) -> (&'a str, [&'a str; 3]) {
        let mut parts = self.line.get(4..).unwrap_or_default().split('|');
        let names = parts.next().unwrap_or_default();
        (
            names,
            core::array::from_fn(|_| parts.next().unwrap_or_default()),
        )
    }

    fn place(self) -> Place<'a> {
        let (names, [second, ..]) = self.columns();
        let (name, other_name) = names.split_once('/').unwrap_or((names, ""));
        let belfiore = self.belfiore();
        if belfiore.starts_with('Z') {
            Place {
                belfiore,
                name,
                other_name: second,
                province: "",
                caps: "",
            }
        } else {
            Place {
                belfiore,
                name,
                other_name,
                province: self.province,
                caps: second,
            }
        }
    }

    /// True if the place existed on a day written as `YYYYMMDD`.
    fn existed(self, day: &str) -> bool {
        let (_, [_, from, to]) = self.columns();
        from <= day && (to.is_empty() || day <= to)
    }
}

/// The places of the text.
#[derive(Debug, Clone, Default)]
pub struct Places<'a> {
    comuni: Vec<Entry<'a>>,
    states: Vec<Entry<'a>>,
    ended: Vec<Entry<'a>>,
}

impl<'a> Places<'a> {
    /// Reads the text of `luoghi.txt`. `None` if it is something else, for example an error page.
    #[must_use]
    pub fn parse(text: &'a str) -> Option<Self> {
        let mut lines = text.lines();
        if lines.next() != Some(HEAD) {
            return None;
        }
        let mut places = Self::default();
        let mut province = "";
        for line in lines {
            if let Some(sigla) = line.strip_prefix('>') {
                province = sigla;
                continue;
            }
            let entry = Entry::read(line, province)?;
            if line.bytes().filter(|byte| *byte == b'|').count() == 3 {
                places.ended.push(entry);
            } else if line.starts_with('Z') {
                places.states.push(entry);
            } else {
                places.comuni.push(entry);
            }
        }
        Some(places)
    }

    /// The comune of today with this code.
    #[must_use]
    pub fn by_belfiore(&self, belfiore: &str) -> Option<Place<'a>> {
        find(&self.comuni, belfiore)
    }

    /// The State of today with this code.
    #[must_use]
    pub fn state(&self, belfiore: &str) -> Option<Place<'a>> {
        find(&self.states, belfiore)
    }

    /// The name that the comune or State with this code had on the day of a birth; `None` if it did not exist then.
    /// Between dissolution and new foundation under one name a comune counts as existing: registers differ there.
    #[must_use]
    pub fn born(&self, belfiore: &str, on: Date) -> Option<&'a str> {
        let day = compact(on);
        self.of_all_times()
            .find(|entry| entry.code == belfiore.as_bytes() && entry.existed(&day))
            .map(|entry| entry.place().name)
    }

    /// True if the postal code may be of the comune with this Belfiore code. What is not known counts as right.
    #[must_use]
    pub fn cap_fits(&self, cap: &str, comune: &str) -> bool {
        self.by_belfiore(comune)
            .is_none_or(|place| place.has_cap(cap))
    }

    /// Comuni of today for what was typed, the best first. Accents, capital letters and apostrophes do not matter; the
    /// province may follow; from five letters on one slip is forgiven.
    #[must_use]
    pub fn search(&self, typed: &str, limit: usize) -> Vec<Place<'a>> {
        search::best(self.comuni.iter().copied(), typed, limit)
    }

    /// States of today for what was typed, by their Italian or English name.
    #[must_use]
    pub fn search_states(&self, typed: &str, limit: usize) -> Vec<Place<'a>> {
        search::best(self.states.iter().copied(), typed, limit)
    }

    /// Comuni and States that existed on the day of a birth.
    #[must_use]
    pub fn search_births(&self, typed: &str, on: Date, limit: usize) -> Vec<Place<'a>> {
        let day = compact(on);
        search::best(
            self.of_all_times().filter(|entry| entry.existed(&day)),
            typed,
            limit,
        )
    }

    fn of_all_times(&self) -> impl Iterator<Item = Entry<'a>> {
        self.comuni
            .iter()
            .chain(&self.states)
            .chain(&self.ended)
            .copied()
    }
}

fn find<'a>(entries: &[Entry<'a>], belfiore: &str) -> Option<Place<'a>> {
    let code: [u8; 4] = belfiore.as_bytes().try_into().ok()?;
    let found = entries.iter().find(|entry| entry.code == code);
    found.map(|entry| entry.place())
}

/// A day as it stands in the text.
fn compact(day: Date) -> String {
    format!("{:04}{:02}{:02}", day.year(), day.month(), day.day())
}
