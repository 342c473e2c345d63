// SPDX-License-Identifier: EUPL-1.2
//! How many requests somebody may make in a minute.
//!
//! Who is signed in is counted as a person, whatever the number of their sessions; everybody else by the address that
//! they call from (of IPv6 the first 64 bits, which is what a household or a phone is given). Reading, changing and
//! starting to sign in are counted apart. The minutes are those of the clock, the same for every instance, so that an
//! answer can say in how many seconds a new one begins.
//!
//! Instances are many and short-lived, so the true count is in the store. A write for each read would cost more than
//! most reads, and counting in memory alone would be a limit for each instance and not for each client. So a request
//! reads the count (one row by its key, as cheap as it gets) unless its instance has done so within [`PAUSE`], adds what
//! its own instance has counted and not yet written, and the instance writes after it has answered, for all its clients
//! together: after [`PAUSE`] or [`BATCH`] requests, whichever is first. Other instances do not see what is not written yet, so what one may keep to
//! itself shrinks with what a client has left: never more than [`SHARE`] of it. Near the limit, and for starting to
//! sign in always, each request is written before it is answered, and the store's own sum decides. A client who
//! spreads requests over `n` instances can therefore get at most `n × BATCH` over the limit, and with few left not
//! even that. Refused requests are not written: a flood costs one read each, and in an instance that has seen the
//! limit reached, none.
//!
//! When the store cannot be written, requests are let through on what is known: whatever needs the store will say so
//! itself, and a full disk should not lock readers out.

mod ledger;

use std::net::{IpAddr, SocketAddr};

use crate::ctx::{Config, Ctx};
use crate::db::{Db, Row, Value};
use crate::error::Error;
use crate::http::Request;
use crate::identity;
use ledger::{Key, Tally};

/// Seconds in which requests are counted together.
const WINDOW: i64 = 60;
/// Requests that an instance counts at most before it writes.
const BATCH: u32 = 32;
/// Milliseconds between two writes of an instance while there is room, and between two looks at a client's count.
const PAUSE: i64 = 250;
/// The part of what a client has left that an instance may keep to itself: one sixteenth.
const SHARE: u32 = 16;

/// What is counted apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Class {
    /// GET and HEAD.
    Reads,
    /// Everything that changes something, or works hard.
    Writes,
    /// `GET /api/accesso`, which starts a sign-in at somebody else's door.
    SignIns,
}

impl Class {
    const fn as_str(self) -> &'static str {
        match self {
            Self::Reads => "letture",
            Self::Writes => "scritture",
            Self::SignIns => "accessi",
        }
    }
}

/// Requests a minute, see `spin.toml`.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Limits {
    reads: u32,
    writes: u32,
    sign_ins: u32,
}

impl Default for Limits {
    /// What suits people in front of a browser; an installation that says nothing gets these.
    fn default() -> Self {
        Self {
            reads: 600,
            writes: 120,
            sign_ins: 30,
        }
    }
}

impl Limits {
    /// Reads the variables `limite_letture`, `limite_scritture` and `limite_accessi`. What is not a positive number
    /// leaves the default in place, so that a slip of the pen opens no door.
    pub(crate) fn read(reads: &str, writes: &str, sign_ins: &str) -> Self {
        let usual = Self::default();
        let number = |name: &str, text: &str, usual: u32| match text.trim().parse() {
            Ok(number) if number > 0 => number,
            _ => {
                eprintln!(
                    "limits: the variable `{name}` is not a positive number: {usual} a minute"
                );
                usual
            }
        };
        Self {
            reads: number("limite_letture", reads, usual.reads),
            writes: number("limite_scritture", writes, usual.writes),
            sign_ins: number("limite_accessi", sign_ins, usual.sign_ins),
        }
    }

    const fn of(self, class: Class) -> u32 {
        match class {
            Class::Reads => self.reads,
            Class::Writes => self.writes,
            Class::SignIns => self.sign_ins,
        }
    }
}

/// What an answer says of the limit, in its three headers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Allowance {
    /// Requests a minute.
    pub(crate) limit: u32,
    /// How many are left.
    pub(crate) remaining: u32,
    /// Seconds to the next minute.
    pub(crate) reset: u32,
}

impl Allowance {
    /// Nothing could be counted, because there is no store to be had.
    pub(crate) fn uncounted(config: &Config, now: jiff::Timestamp, class: Class) -> Self {
        Self::of(config.limits.of(class), 0, now.as_second())
    }

    fn of(limit: u32, used: u32, now: i64) -> Self {
        Self {
            limit,
            remaining: limit.saturating_sub(used),
            reset: u32::try_from(WINDOW - now.rem_euclid(WINDOW)).unwrap_or(1),
        }
    }
}

/// Counts a request, and says what is left. Refuses the one that is too many.
pub(crate) async fn take(
    ctx: &Ctx,
    request: &Request,
    class: Class,
) -> (Allowance, Result<(), Error>) {
    let limit = ctx.config.limits.of(class);
    let now = ctx.now.as_second();
    let window = now.div_euclid(WINDOW);
    let key = key(ctx, request, class);
    // The minute is known to be used up: the store has nothing to add.
    let full = ledger::known(window, key) >= limit;
    let instant = ctx.now.as_millisecond();
    let stored = if full || ledger::looked_since(window, key, instant - PAUSE) {
        0
    } else {
        let stored = stored(&ctx.db, window, key).await;
        ledger::look(window, key, instant);
        stored
    };
    let share = if class == Class::SignIns { 0 } else { SHARE };
    let used = match ledger::add(window, key, stored, limit, share) {
        Tally::Over => limit.saturating_add(1),
        Tally::Counted(used) => used,
        Tally::WriteFirst(used) => match write(&ctx.db, ctx.now).await {
            // The store has put all instances' requests in an order: this is the place of this one.
            Ok(sums) => sums
                .iter()
                .find(|(of, _)| *of == key)
                .map_or(used, |(_, sum)| *sum),
            Err(error) => {
                eprintln!("limits: a request was not written: {error:?}");
                used
            }
        },
    };
    let allowance = Allowance::of(limit, used, now);
    let verdict = if used > limit {
        Err(Error::TooMany(allowance.reset))
    } else {
        Ok(())
    };
    (allowance, verdict)
}

/// Whether [`settle`] has something to do.
pub(crate) fn due(now: jiff::Timestamp) -> bool {
    ledger::due(now.as_millisecond(), PAUSE, BATCH)
}

/// Writes what this instance has counted; to be called once the answer is on its way.
pub(crate) async fn settle(db: &Db, now: jiff::Timestamp) {
    // A store that is locked or full says so where it matters.
    if write(db, now).await.is_ok() && ledger::sweeps() {
        let window = now.as_second().div_euclid(WINDOW);
        let past = "DELETE FROM limiti WHERE finestra < ?1";
        if let Err(error) = db.execute(past, &[window.into()]).await {
            eprintln!("limits: past minutes are still there: {error:?}");
        }
    }
}

async fn stored(db: &Db, window: i64, key: Key) -> u32 {
    let rows = db
        .query(
            "SELECT conteggio FROM limiti WHERE finestra = ?1 AND chiave = ?2",
            &[window.into(), key.to_vec().into()],
        )
        .await;
    let count = |rows: Vec<Row>| rows.first().map_or(Ok(0), |row| row.integer(0));
    rows.and_then(count)
        .map_or(0, |count| u32::try_from(count).unwrap_or(u32::MAX))
}

/// Adds everything that waits to the store, in one statement, and takes back the sums.
async fn write(db: &Db, now: jiff::Timestamp) -> Result<Vec<(Key, u32)>, Error> {
    let flight = ledger::depart(now.as_millisecond());
    if flight.counts.is_empty() {
        return Ok(Vec::new());
    }
    let mut sql = String::from("INSERT INTO limiti (finestra, chiave, conteggio) VALUES ");
    let mut values: Vec<Value> = vec![flight.window.into()];
    for (n, (key, count)) in flight.counts.iter().enumerate() {
        let comma = if n == 0 { "" } else { ", " };
        sql.push_str(&format!("{comma}(?1, ?{}, ?{})", 2 * n + 2, 2 * n + 3));
        values.extend([key.to_vec().into(), i64::from(*count).into()]);
    }
    sql.push_str(
        " ON CONFLICT (finestra, chiave) DO UPDATE SET conteggio = limiti.conteggio + excluded.conteggio \
         RETURNING chiave, conteggio",
    );
    let rows = db.query(&sql, &values).await;
    let sums = rows.and_then(|rows| rows.iter().map(sum).collect::<Result<Vec<_>, _>>());
    match &sums {
        Ok(sums) => ledger::arrive(&flight, sums),
        Err(_) => ledger::turn_back(&flight),
    }
    sums
}

fn sum(row: &Row) -> Result<(Key, u32), Error> {
    let key = row
        .blob(0)?
        .try_into()
        .map_err(|_| Error::Db("a key is broken".into()))?;
    Ok((key, u32::try_from(row.integer(1)?).unwrap_or(u32::MAX)))
}

/// Whose requests are counted together. Without the secret nobody can go back from here to a person or an address.
fn key(ctx: &Ctx, request: &Request, class: Class) -> Key {
    let who = match &ctx.session {
        Some(session) => session.citizen.codice_fiscale.clone(),
        None => address(ctx, request),
    };
    let mut key = Key::default();
    // An installation without a secret can do nothing but say so: there all share one count.
    if let Ok(vault) = identity::vault(ctx) {
        let bytes = vault.derive("limit", &format!("{} {who}", class.as_str()));
        let half = key.len();
        key.copy_from_slice(&bytes[..half]);
    }
    key
}

/// The address that a request comes from: what the proxy in front says if the installation names its header, else what
/// the server saw. Of several the last one counts: what comes before may be the client's own invention.
fn address(ctx: &Ctx, request: &Request) -> String {
    let last = |name: &str| {
        let last = request.last_header(name)?;
        last.rsplit(',').next().map(|last| last.trim().to_owned())
    };
    let told = [ctx.config.intestazione_cliente.trim(), "spin-client-addr"];
    let read = |text: &str| {
        text.parse::<SocketAddr>()
            .map(|both| both.ip())
            .or_else(|_| text.parse())
            .ok()
    };
    match told
        .into_iter()
        .filter_map(|name| read(&last(name)?))
        .next()
    {
        Some(address) => household(address),
        None => "unknown".into(),
    }
}

fn household(address: IpAddr) -> String {
    match address.to_canonical() {
        IpAddr::V4(address) => address.to_string(),
        IpAddr::V6(address) => {
            let [a, b, c, d, ..] = address.segments();
            format!("{a:x}:{b:x}:{c:x}:{d:x}::/64")
        }
    }
}

#[cfg(test)]
mod tests;
