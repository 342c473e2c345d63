// SPDX-License-Identifier: EUPL-1.2
//! Requests: presenting one (checked in full, protocolled, once), reading them, acting on one by the table. Nothing here
//! knows a service: what is special to one stands in its own file, and is asked of it through `effects`.

mod present;
mod read;
mod transition;

use contract::pratica::Stato;
use sha2::{Digest, Sha256};

pub(crate) use present::present;
pub(crate) use read::{
    BRIEF, Stored, brief, calendar, document, find, list, one, receipt, refused_by_node,
};
pub(crate) use transition::{act, input, not_permitted, transition};

/// SHA-256 in hexadecimal.
pub(crate) fn fingerprint(bytes: &[u8]) -> String {
    use std::fmt::Write;
    Sha256::digest(bytes)
        .iter()
        .fold(String::with_capacity(64), |mut hex, byte| {
            let _ = write!(hex, "{byte:02x}");
            hex
        })
}

/// What SQL asks of a request that stands ([`Stato::stands`]), word for word as the partial indexes of the store say it:
/// they are used only by who asks the same.
pub(crate) fn standing() -> String {
    let over: Vec<_> = Stato::ALL
        .iter()
        .filter(|stato| !stato.stands())
        .map(|stato| format!("'{}'", stato.as_str()))
        .collect();
    format!("stato NOT IN ({})", over.join(", "))
}

/// A day as people write it.
pub(crate) fn italian_day(day: &str) -> String {
    let mut parts = day.split('-');
    let (year, month, day) = (parts.next(), parts.next(), parts.next());
    format!(
        "{}/{}/{}",
        day.unwrap_or(""),
        month.unwrap_or(""),
        year.unwrap_or("")
    )
}

#[cfg(test)]
mod tests;
