// SPDX-License-Identifier: EUPL-1.2
//! Days and instants as people read them, in the language of the page and in Rome's time.

use contract::values::calendar::rome_date;
use jiff::{Timestamp, civil::Date};
use wasm_bindgen::JsValue;

use crate::{
    browser::{self, format_date},
    texts,
};

const ROME: (&str, &str) = ("timeZone", "Europe/Rome");
const LONG: [(&str, &str); 4] = [
    ROME,
    ("day", "numeric"),
    ("month", "long"),
    ("year", "numeric"),
];

/// Today in Rome; the first day of the epoch when the browser cannot tell. Nothing of `Intl` is asked here: a page that
/// only wants to know the day would wait for it.
pub(crate) fn today() -> Date {
    rome_date(Timestamp::from_millisecond(browser::now() as i64).unwrap_or_default())
}

/// `24 novembre 2026`.
pub(crate) fn day(date: Date) -> String {
    written(&date.to_string(), &LONG)
}

/// `23 – 28 novembre 2026`; what both days have in common is said once.
pub(crate) fn days(from: Date, to: Date) -> String {
    let first = if (from.year(), from.month()) == (to.year(), to.month()) {
        from.day().to_string()
    } else if from.year() == to.year() {
        day_and_month(from)
    } else {
        day(from)
    };
    [&first, " – ", &day(to)].concat()
}

/// `24 novembre 2026 alle ore 08:05`, from an RFC 3339 text.
pub(crate) fn instant(text: &str) -> String {
    moment(&JsValue::from_str(text))
}

/// The same, from milliseconds since 1970.
pub(crate) fn milliseconds(at: i64) -> String {
    moment(&JsValue::from_f64(at as f64))
}

fn moment(at: &JsValue) -> String {
    let [zone, d, m, y] = LONG;
    let clock = [zone, d, m, y, ("hour", "2-digit"), ("minute", "2-digit")];
    format_date(&js_sys::Date::new(at), texts::locale(), &clock)
}

/// `martedì 1 dicembre 2026`.
pub(crate) fn weekday(date: Date) -> String {
    let [zone, d, m, y] = LONG;
    written(&date.to_string(), &[zone, ("weekday", "long"), d, m, y])
}

/// `martedì 1`: for the head of a column.
pub(crate) fn weekday_in_month(date: Date) -> String {
    let [zone, d, ..] = LONG;
    written(&date.to_string(), &[zone, ("weekday", "long"), d])
}

/// `mar 1`: for the axis of a chart.
pub(crate) fn short_weekday(date: Date) -> String {
    written(
        &date.to_string(),
        &[ROME, ("weekday", "short"), ("day", "numeric")],
    )
}

/// `4 ottobre`.
pub(crate) fn day_and_month(date: Date) -> String {
    let [zone, d, m, _] = LONG;
    written(&date.to_string(), &[zone, d, m])
}

/// `martedì`.
pub(crate) fn weekday_name(date: Date) -> String {
    written(&date.to_string(), &[ROME, ("weekday", "long")])
}

/// `dicembre 2026`.
pub(crate) fn month(date: Date) -> String {
    written(
        &date.to_string(),
        &[ROME, ("month", "long"), ("year", "numeric")],
    )
}

/// `martedì 1 dicembre 2026 alle ore 09:00`, from an RFC 3339 text.
pub(crate) fn weekday_instant(text: &str) -> String {
    let [zone, d, m, y] = LONG;
    written(
        text,
        &[
            zone,
            ("weekday", "long"),
            d,
            m,
            y,
            ("hour", "2-digit"),
            ("minute", "2-digit"),
        ],
    )
}

/// `09:00`, from an RFC 3339 text that is written in Rome's time.
pub(crate) fn clock(text: &str) -> &str {
    text.get(11..16).unwrap_or_default()
}

/// The day of an RFC 3339 text that is written in Rome's time.
pub(crate) fn day_of(text: &str) -> Date {
    text.get(..10)
        .and_then(|day| day.parse().ok())
        .unwrap_or_default()
}

fn written(text: &str, options: &[(&str, &str)]) -> String {
    format_date(
        &js_sys::Date::new(&JsValue::from_str(text)),
        texts::locale(),
        options,
    )
}
