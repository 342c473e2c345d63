// SPDX-License-Identifier: EUPL-1.2
//! The connection on which everybody writes, one after the other: what it has read of the file is never out of date.
//!
//! Each transaction is a savepoint of one transaction of SQLite, which ends when nobody else stands in the queue: those who
//! come close together write their pages and wait for the disk once. Nobody is told that something is stored before it is,
//! and what fails at the end fails for all of them.

use super::words::alters_connection;
use super::{Error, Table, Value, run};
use rusqlite::Connection;
use tokio::sync::oneshot;

/// The name of a session's savepoint.
const BEGIN: &str = "SAVEPOINT local_session";
const KEEP: &str = "RELEASE local_session";
const UNDO: &str = "ROLLBACK TO local_session";

/// What a session waits for once its part is done.
pub(super) type Stored = oneshot::Receiver<Result<(), Error>>;

/// The connection for writing; whoever has the turn has it alone.
#[derive(Default)]
pub(super) struct Writer {
    connection: Option<Connection>,
    /// Whether a transaction of SQLite is open.
    open: bool,
    /// Whether the session that has the turn is inside its own transaction.
    inside: bool,
    /// A statement may have changed the connection itself.
    altered: bool,
    /// Whose parts are done and wait for the end of the transaction.
    waiting: Vec<oneshot::Sender<Result<(), Error>>>,
    /// The session that wrote last.
    pub(super) last: u64,
}

impl Writer {
    /// The connection, opened by `connect` when there is none.
    pub(super) fn connection(
        &mut self,
        connect: impl FnOnce() -> Result<Connection, Error>,
    ) -> Result<&mut Connection, Error> {
        match &mut self.connection {
            Some(connection) => Ok(connection),
            none => Ok(none.insert(connect()?)),
        }
    }

    /// The connection, if there is one.
    pub(super) fn there(&mut self) -> Option<&mut Connection> {
        self.connection.as_mut()
    }

    /// Whether the session that has the turn is inside its own transaction.
    pub(super) const fn inside(&self) -> bool {
        self.inside
    }

    /// Whether others wait for the end of the transaction.
    pub(super) fn awaited(&self) -> bool {
        !self.waiting.is_empty()
    }

    /// Begins a session's transaction.
    pub(super) fn begin(&mut self) -> Result<(), Error> {
        self.open()?;
        self.plain(BEGIN)?;
        self.inside = true;
        Ok(())
    }

    /// Undoes a session's transaction.
    pub(super) fn roll_back(&mut self) -> Result<(), Error> {
        if self.inside {
            self.inside = false;
            self.plain(UNDO)?;
            self.plain(KEEP)?;
        }
        Ok(())
    }

    /// The session's part is done: what comes of it is told once it is stored.
    pub(super) fn keep(&mut self) -> Result<Stored, Error> {
        if self.inside {
            self.inside = false;
            self.plain(KEEP)?;
        }
        let (sender, stored) = oneshot::channel();
        self.waiting.push(sender);
        Ok(stored)
    }

    /// Opens the transaction of SQLite, unless it is open.
    pub(super) fn open(&mut self) -> Result<(), Error> {
        if !self.open {
            self.plain("BEGIN IMMEDIATE")?;
            self.open = true;
        }
        Ok(())
    }

    /// Runs a statement of a session.
    pub(super) fn run(&mut self, sql: &str, parameters: &[Value]) -> Result<Table, Error> {
        self.altered |= alters_connection(sql);
        let Some(connection) = &self.connection else {
            return Err(Error::Other("the connection is closed".to_owned()));
        };
        let done = connection
            .prepare_cached(sql)
            .map_err(Error::from)
            .and_then(|mut statement| run(&mut statement, parameters));
        if let Err(error) = &done
            && self.open
            && connection.is_autocommit()
        {
            // A full disk and its like end the whole transaction.
            let error = error.clone();
            self.ended(Err(error));
        }
        done
    }

    /// Ends the transaction of SQLite: all is stored now, or nothing of it.
    pub(super) fn commit(&mut self) {
        if !self.open {
            return;
        }
        let done = self.plain("COMMIT");
        if done.is_err() {
            // Most often SQLite has done so itself.
            _ = self.plain("ROLLBACK");
        }
        self.ended(done);
    }

    fn ended(&mut self, done: Result<(), Error>) {
        self.open = false;
        self.inside = false;
        for sender in self.waiting.drain(..) {
            // Who has gone away wants to know nothing.
            _ = sender.send(done.clone());
        }
        if self.altered {
            self.connection = None;
            self.altered = false;
        }
    }

    fn plain(&mut self, sql: &str) -> Result<(), Error> {
        self.run(sql, &[]).map(drop)
    }
}
