// SPDX-License-Identifier: EUPL-1.2
//! A meeting as a calendar entry (iCalendar, RFC 5545): the UID stays the same for life and SEQUENCE grows with every
//! change, so that a calendar moves or strikes out what it has. Times stand in Europe/Rome with the rules of the zone
//! beside them, so that the entry keeps its hour wherever it is opened.

use alloc::{
    format,
    string::{String, ToString},
};
use jiff::Timestamp;

use crate::values::calendar;

/// A line holds so many octets before it is folded (§3.1).
const LINE: usize = 75;

/// The rules of Europe/Rome since 1996 (Directive 2000/84/EC and its forerunner): summer time from the last Sunday of
/// March to the last one of October.
const ROME: &[&str] = &[
    "BEGIN:VTIMEZONE",
    "TZID:Europe/Rome",
    "BEGIN:DAYLIGHT",
    "TZOFFSETFROM:+0100",
    "TZOFFSETTO:+0200",
    "TZNAME:CEST",
    "DTSTART:19960331T020000",
    "RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU",
    "END:DAYLIGHT",
    "BEGIN:STANDARD",
    "TZOFFSETFROM:+0200",
    "TZOFFSETTO:+0100",
    "TZNAME:CET",
    "DTSTART:19961027T030000",
    "RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU",
    "END:STANDARD",
    "END:VTIMEZONE",
];

/// A meeting for a calendar. Texts are plain: escaping and folding happen here.
#[derive(Debug, Clone, Copy)]
pub struct Entry<'a> {
    /// The same for the whole life of the meeting, and unlike any other in the world: `ID@host`.
    pub uid: &'a str,
    /// Grows with every change, from 0.
    pub sequence: u32,
    /// When it was last changed.
    pub stamp: Timestamp,
    /// Its beginning.
    pub start: Timestamp,
    /// Its end.
    pub end: Timestamp,
    /// One line.
    pub summary: &'a str,
    /// Where; empty for nowhere.
    pub location: &'a str,
    /// Degrees north and east of that place.
    pub geo: Option<(f64, f64)>,
    /// Several lines; empty for none.
    pub description: &'a str,
    /// Name and e-mail of who invites.
    pub organizer: (&'a str, &'a str),
    /// The page of the meeting; empty for none.
    pub url: &'a str,
    /// Whether it was cancelled: calendars strike it out.
    pub cancelled: bool,
    /// Hours before the beginning at which the calendar reminds.
    pub alarms: &'a [u16],
}

impl Entry<'_> {
    /// The whole file, with CRLF at the end of each line of at most 75 octets.
    #[must_use]
    pub fn to_text(&self) -> String {
        let mut text = String::with_capacity(2048);
        let method = if self.cancelled { "CANCEL" } else { "PUBLISH" };
        let status = if self.cancelled {
            "CANCELLED"
        } else {
            "CONFIRMED"
        };
        for part in ["BEGIN:VCALENDAR", "VERSION:2.0"] {
            line(&mut text, part);
        }
        line(&mut text, "PRODID:-//Sportello Lavoro//Appuntamenti//IT");
        line(&mut text, "CALSCALE:GREGORIAN");
        line(&mut text, &format!("METHOD:{method}"));
        for part in ROME {
            line(&mut text, part);
        }
        line(&mut text, "BEGIN:VEVENT");
        line(&mut text, &format!("UID:{}", escaped(self.uid)));
        line(&mut text, &format!("SEQUENCE:{}", self.sequence));
        line(&mut text, &format!("DTSTAMP:{}", utc(self.stamp)));
        line(&mut text, &format!("LAST-MODIFIED:{}", utc(self.stamp)));
        let rome = [("DTSTART", self.start), ("DTEND", self.end)];
        for (name, instant) in rome {
            line(
                &mut text,
                &format!("{name};TZID=Europe/Rome:{}", local(instant)),
            );
        }
        for (name, words) in [
            ("SUMMARY", self.summary),
            ("LOCATION", self.location),
            ("DESCRIPTION", self.description),
        ] {
            if !words.is_empty() {
                line(&mut text, &format!("{name}:{}", escaped(words)));
            }
        }
        if let Some((lat, lon)) = self.geo {
            line(&mut text, &format!("GEO:{lat:.6};{lon:.6}"));
        }
        let (name, email) = self.organizer;
        line(
            &mut text,
            &format!("ORGANIZER;CN=\"{}\":mailto:{}", quoted(name), bare(email)),
        );
        if !self.url.is_empty() {
            line(&mut text, &format!("URL:{}", bare(self.url)));
        }
        line(&mut text, &format!("STATUS:{status}"));
        line(&mut text, "CLASS:PRIVATE");
        let alarms = if self.cancelled { &[] } else { self.alarms };
        for hours in alarms {
            line(&mut text, "BEGIN:VALARM");
            line(&mut text, "ACTION:DISPLAY");
            line(&mut text, &format!("DESCRIPTION:{}", escaped(self.summary)));
            line(&mut text, &format!("TRIGGER:-PT{hours}H"));
            line(&mut text, "END:VALARM");
        }
        line(&mut text, "END:VEVENT");
        line(&mut text, "END:VCALENDAR");
        text
    }
}

/// An instant in UTC: `20261201T080000Z`.
fn utc(instant: Timestamp) -> String {
    instant.strftime("%Y%m%dT%H%M%SZ").to_string()
}

/// An instant as clocks in Rome show it: `20261201T090000`.
fn local(instant: Timestamp) -> String {
    let rome = calendar::in_rome(instant);
    rome.strftime("%Y%m%dT%H%M%S").to_string()
}

/// A value of the type TEXT (§3.3.11). Control characters have no place in one.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '\\' | ';' | ',' => out.extend(['\\', letter]),
            '\n' => out.push_str("\\n"),
            letter if letter.is_control() => {}
            letter => out.push(letter),
        }
    }
    out
}

/// A value in quotes (§3.2), which cannot hold a quote.
fn quoted(text: &str) -> String {
    bare(text).replace('"', "'")
}

/// A value that is written as it is, such as an address; it cannot break out of its line.
fn bare(text: &str) -> String {
    text.chars().filter(|letter| !letter.is_control()).collect()
}

/// Adds a content line, folded between letters (§3.1).
fn line(text: &mut String, content: &str) {
    let mut room = LINE;
    for letter in content.chars() {
        if letter.len_utf8() > room {
            text.push_str("\r\n ");
            room = LINE - 1;
        }
        text.push(letter);
        room -= letter.len_utf8();
    }
    text.push_str("\r\n");
}

#[cfg(test)]
mod tests;
