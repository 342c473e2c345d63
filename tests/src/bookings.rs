// SPDX-License-Identifier: EUPL-1.2
//! What tests of appointments have in common: days, free places, a booking.

use std::time::{SystemTime, UNIX_EPOCH};

use serde_json::{Value, json};

use crate::{Client, Reply};

/// A free place as the availability shows it.
pub type Slot = Value;

/// Seconds since 1970 by the clock of this machine.
#[must_use]
#[expect(
    clippy::disallowed_methods,
    reason = "what is booked lies in the future of the running system"
)]
pub fn now() -> i64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH);
    since.map_or(0, |since| since.as_secs().cast_signed())
}

/// A day so many days from now, as `YYYY-MM-DD` (UTC).
#[must_use]
pub fn days_from_now(days: i64) -> String {
    let z = now().div_euclid(86_400) + days + 719_468;
    let era = z.div_euclid(146_097);
    let doe = z.rem_euclid(146_097);
    let yoe = (doe - doe / 1460 + doe / 36_524 - doe / 146_096) / 365;
    let doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
    let mp = (5 * doy + 2) / 153;
    let (day, month) = (
        doy - (153 * mp + 2) / 5 + 1,
        if mp < 10 { mp + 3 } else { mp - 9 },
    );
    let year = yoe + era * 400 + i64::from(month <= 2);
    format!("{year:04}-{month:02}-{day:02}")
}

/// The instant of an RFC 3339 text with a numeric offset, in seconds since 1970.
#[must_use]
#[track_caller]
pub fn instant(text: &str) -> i64 {
    let number = |from: usize, to: usize| -> i64 {
        text.get(from..to)
            .and_then(|digits| digits.parse().ok())
            .unwrap_or_else(|| panic!("not an instant: {text}"))
    };
    let (y, m, d) = (number(0, 4), number(5, 7), number(8, 10));
    let y = if m <= 2 { y - 1 } else { y };
    let era = y.div_euclid(400);
    let yoe = y.rem_euclid(400);
    let doy = (153 * (if m > 2 { m - 3 } else { m + 9 }) + 2) / 5 + d - 1;
    let days = era * 146_097 + yoe * 365 + yoe / 4 - yoe / 100 + doy - 719_468;
    let sign = if text.as_bytes().get(19) == Some(&b'-') {
        -1
    } else {
        1
    };
    let offset = sign * (number(20, 22) * 3600 + number(23, 25) * 60);
    days * 86_400 + number(11, 13) * 3600 + number(14, 16) * 60 + number(17, 19) - offset
}

/// The free places of a service in an office between two days, counted from now.
#[track_caller]
pub fn free(client: &Client, servizio: &str, sede: &str, (dal, al): (i64, i64)) -> Vec<Slot> {
    let (dal, al) = (days_from_now(dal), days_from_now(al));
    let target = format!("/api/disponibilita?servizio={servizio}&sede={sede}&dal={dal}&al={al}");
    let all = client.get(&target).expect(200).json();
    all.as_array().expect("a list").clone()
}

/// The beginning of a free place.
#[must_use]
#[track_caller]
pub fn at(slot: &Slot) -> &str {
    slot["inizio"].as_str().expect("a beginning")
}

/// Books a place in person.
#[track_caller]
pub fn book(client: &Client, servizio: &str, sede: &str, inizio: &str) -> Reply {
    client.post(
        "/api/appuntamenti",
        &json!({ "servizio": servizio, "sede": sede, "inizio": inizio, "modalita": "presenza" }),
    )
}
