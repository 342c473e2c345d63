// SPDX-License-Identifier: EUPL-1.2
//! The entry against the requirements of RFC 5545, point by point.

use alloc::{string::String, vec::Vec};
use jiff::civil::{Weekday, date};

use super::*;
use crate::values::calendar::rome_instant;

fn entry() -> Entry<'static> {
    Entry {
        uid: "3f2a@sportello-lavoro",
        sequence: 2,
        stamp: "2026-11-24T09:10:11.5Z".parse().unwrap(),
        start: "2026-12-01T08:00:00Z".parse().unwrap(),
        end: "2026-12-01T08:50:00Z".parse().unwrap(),
        summary: "Centro per l'impiego: DID, patto; e altro",
        location: "Via dell'Esempio 62, 40121 Bologna",
        geo: Some((44.493_81, 11.338_75)),
        description: "Porta:\n- carta d'identità\n- C:\\tessera; sanitaria, CV\r\nPerché è così più facile trovare un lavoro è à ì ò ù €€€€€€€€€€€€",
        organizer: ("CPI di \"Bologna\"", "cpi.bologna@agenzia.example"),
        url: "https://sportello.example/area-personale/appuntamenti/3f2a",
        cancelled: false,
        alarms: &[24],
    }
}

/// Content lines as a reader unfolds them.
fn unfolded(text: &str) -> Vec<String> {
    text.replace("\r\n ", "")
        .trim_end_matches("\r\n")
        .split("\r\n")
        .map(Into::into)
        .collect()
}

#[track_caller]
fn has(entry: &Entry<'_>, content: &str) {
    let lines = unfolded(&entry.to_text());
    assert!(lines.iter().any(|line| line == content), "{lines:#?}");
}

#[test]
fn lines_end_with_crlf_and_hold_at_most_75_octets() {
    let text = entry().to_text();
    assert!(text.ends_with("END:VCALENDAR\r\n"));
    assert_eq!(text.matches('\n').count(), text.matches("\r\n").count());
    assert_eq!(text.matches('\r').count(), text.matches("\r\n").count());
    for row in text.split("\r\n") {
        assert!(row.len() <= 75, "{row}");
    }
    assert!(text.contains("\r\n "), "something is folded");
}

#[test]
fn folding_never_cuts_a_letter() {
    for length in 0..80 {
        let content = ["x".repeat(length), "€".repeat(60)].concat();
        let mut text = String::new();
        line(&mut text, &content);
        assert!(text.split("\r\n").all(|row| row.len() <= 75));
        assert_eq!(unfolded(&text), [content]);
    }
}

#[test]
fn what_a_calendar_needs_is_there_once() {
    let lines = unfolded(&entry().to_text());
    for name in [
        "VERSION:",
        "PRODID:",
        "METHOD:",
        "UID:",
        "SEQUENCE:",
        "DTSTAMP:",
        "DTSTART;",
        "DTEND;",
        "SUMMARY:",
        "STATUS:",
        "ORGANIZER;",
        "LAST-MODIFIED:",
    ] {
        let count = lines.iter().filter(|line| line.starts_with(name)).count();
        assert_eq!(count, 1, "{name}");
    }
    has(&entry(), "UID:3f2a@sportello-lavoro");
    has(&entry(), "SEQUENCE:2");
    has(&entry(), "DTSTAMP:20261124T091011Z");
    has(&entry(), "DTSTART;TZID=Europe/Rome:20261201T090000");
    has(&entry(), "DTEND;TZID=Europe/Rome:20261201T095000");
    has(&entry(), "METHOD:PUBLISH");
    has(&entry(), "GEO:44.493810;11.338750");
    has(&entry(), "TRIGGER:-PT24H");
}

#[test]
fn signs_with_a_meaning_are_escaped() {
    has(
        &entry(),
        "SUMMARY:Centro per l'impiego: DID\\, patto\\; e altro",
    );
    assert_eq!(escaped("a, b; c\\d\r\ne\u{7}"), "a\\, b\\; c\\\\d\\ne");
    has(
        &entry(),
        "ORGANIZER;CN=\"CPI di 'Bologna'\":mailto:cpi.bologna@agenzia.example",
    );
}

#[test]
fn nothing_breaks_out_of_its_line() {
    let hostile = Entry {
        summary: "x\r\nATTENDEE:mailto:y@z",
        url: "https://a.example/\r\nX-BAD:1",
        organizer: ("n\"\r\nX-BAD:1", "a@b.example\r\nX-BAD:1"),
        uid: "1\r\nX-BAD:1",
        ..entry()
    };
    for line in unfolded(&hostile.to_text()) {
        assert!(!line.starts_with("X-BAD") && !line.starts_with("ATTENDEE"));
    }
}

#[test]
fn a_cancelled_meeting_keeps_its_uid_and_is_struck_out() {
    let cancelled = Entry {
        cancelled: true,
        sequence: 3,
        ..entry()
    };
    has(&cancelled, "METHOD:CANCEL");
    has(&cancelled, "STATUS:CANCELLED");
    has(&cancelled, "UID:3f2a@sportello-lavoro");
    has(&cancelled, "SEQUENCE:3");
    assert!(!cancelled.to_text().contains("VALARM"));
}

#[test]
fn components_are_closed_in_the_order_in_which_they_were_opened() {
    let mut open: Vec<String> = Vec::new();
    for line in unfolded(&entry().to_text()) {
        if let Some(name) = line.strip_prefix("BEGIN:") {
            open.push(name.into());
        } else if let Some(name) = line.strip_prefix("END:") {
            assert_eq!(open.pop().as_deref(), Some(name));
        }
    }
    assert!(open.is_empty());
}

#[test]
fn an_empty_text_has_no_line() {
    let bare = Entry {
        location: "",
        description: "",
        url: "",
        geo: None,
        ..entry()
    };
    for name in ["LOCATION", "URL", "GEO"] {
        assert!(!bare.to_text().contains(name), "{name}");
    }
}

/// The rules beside the entry say the same as the zone itself, at both changes of every year.
#[test]
fn the_rules_of_rome_are_those_of_the_zone() {
    let last_sunday = |year, month| {
        let mut day = date(year, month, 31);
        while day.weekday() != Weekday::Sunday {
            day = day.yesterday().unwrap();
        }
        day
    };
    for year in 1996..=2040 {
        for (month, hour, before, after) in [(3, 2, 1, 2), (10, 3, 2, 1)] {
            let local = last_sunday(year, month).at(hour, 0, 0, 0);
            let change = jiff::tz::offset(before).to_timestamp(local).unwrap();
            let shown = |second| calendar::in_rome(change + jiff::Span::new().seconds(second));
            assert_eq!(shown(-1).offset(), jiff::tz::offset(before), "{year}");
            assert_eq!(shown(0).offset(), jiff::tz::offset(after), "{year}");
        }
        let middle = rome_instant(date(year, 7, 1).at(12, 0, 0, 0)).unwrap();
        assert_eq!(middle.offset(), jiff::tz::offset(2));
    }
    for (name, local) in [
        ("DAYLIGHT", "19960331T020000"),
        ("STANDARD", "19961027T030000"),
    ] {
        let text = ROME.join("\n");
        let block = text.split(&["BEGIN:", name].concat()).nth(1).unwrap();
        assert!(block.split("END:").next().unwrap().contains(local));
    }
}
