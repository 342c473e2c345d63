// SPDX-License-Identifier: EUPL-1.2
//! What a session has at hand: its own connection, the turn to write, and what its last change said.

use super::words::{first_word, is_one_of};
use super::writer::{Stored, Writer};
use super::{Error, Table, Value, run};
use rusqlite::Connection;
use tokio::sync::OwnedMutexGuard;

/// How many steps of SQLite's machine a short read may take: about a millisecond.
const SOON: i32 = 20_000;

/// Where a session has written last.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    Own,
    Writer,
}

pub(super) struct State {
    pub(super) number: u64,
    /// The connection for reading. Taken only when the session ends.
    pub(super) own: Option<Connection>,
    /// What the last INSERT and the last change of this session said; a connection that serves
    /// again would tell those of who had it before.
    pub(super) rowid: i64,
    pub(super) changes: u64,
    pub(super) wrote: Option<Place>,
    /// Whether a statement may have changed the session's own connection; from then on it does everything there.
    pub(super) altered: bool,
    /// This session is the one that writes, until its transaction ends.
    pub(super) turn: Option<Turn>,
}

/// The turn to write.
pub(super) struct Turn(pub(super) OwnedMutexGuard<Writer>);

impl Drop for Turn {
    fn drop(&mut self) {
        // Whoever goes away in the middle has done nothing; an error here has ended the transaction already.
        _ = self.0.roll_back();
        if !self.0.awaited() {
            self.0.commit();
        }
    }
}

/// What a statement gave, and what is to be waited for before anybody hears of it.
#[derive(Debug)]
pub(super) struct Done {
    pub(super) table: Table,
    pub(super) stored: Option<Stored>,
}

impl From<Table> for Done {
    fn from(table: Table) -> Self {
        Self {
            table,
            stored: None,
        }
    }
}

impl State {
    pub(super) fn inside(&self) -> bool {
        self.turn.as_ref().is_some_and(|turn| turn.0.inside())
    }

    pub(super) fn own_is_open(&self) -> bool {
        self.own
            .as_ref()
            .is_some_and(|connection| !connection.is_autocommit())
    }

    /// Keeps what a change has said.
    pub(super) fn note(&mut self, sql: &str, place: Place, changes: u64, rowid: i64) {
        self.wrote = Some(place);
        self.changes = changes;
        if !is_one_of(first_word(sql), &["UPDATE", "DELETE"]) {
            self.rowid = rowid;
        }
    }

    /// Lets the next session write, unless a transaction goes on.
    pub(super) fn yield_turn(&mut self) {
        if !self.inside() && !self.own_is_open() {
            self.turn = None;
        }
    }
}

/// A session that has its turn reads what it has written so far.
pub(super) fn read_at_once(
    state: &mut State,
    sql: &str,
    parameters: &[Value],
) -> Option<Result<Done, Error>> {
    let connection = match &mut state.turn {
        Some(turn) if turn.0.inside() => turn.0.there()?,
        _ => state.own.as_mut()?,
    };
    connection.progress_handler(SOON, Some(|| true)).ok()?;
    let done = match connection.prepare_cached(sql) {
        Ok(mut statement) if statement.readonly() => Some(run(&mut statement, parameters)),
        Ok(_) => None,
        Err(error) => Some(Err(error.into())),
    };
    connection.progress_handler(0, None::<fn() -> bool>).ok()?;
    let done = done.filter(|done| !matches!(done, Err(Error::Interrupted)))?;
    Some(done.map(Done::from))
}
