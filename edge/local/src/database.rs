// SPDX-License-Identifier: EUPL-1.2
//! SQLite databases in the data folder, and the connections that components hold.
//!
//! Every open is a session of its own, as in Spin, so a transaction belongs to who began it. A
//! session reads on a connection that nobody else has; what it writes goes through the one
//! connection on which all write in turn, see [`writer`]. Opening a file costs more than most
//! statements, so a connection that was given back clean serves again: with no transaction left,
//! and never after a statement that could have changed the connection itself (a temporary table,
//! most pragmas).

mod session;
mod state;
mod words;
mod writer;

use rusqlite::limits::Limit;
use rusqlite::types::{ToSqlOutput, ValueRef};
use rusqlite::{Connection, Statement, ToSql};
#[expect(unreachable_pub, reason = "the generated bindings re-export it")]
pub use session::Lease;
pub(crate) use session::{Ending, Session};
use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use writer::Writer;

/// How long a statement waits for another writer: as long as in Spin, which leaves rusqlite its default.
const BUSY: Duration = Duration::from_secs(5);
/// Compiled statements kept by each connection.
const STATEMENTS: usize = 256;
/// Connections kept open for the next request.
const IDLE: usize = 32;

/// What goes wrong in a statement; told apart because components are told apart too.
#[derive(Debug, Clone)]
pub(crate) enum Error {
    Full,
    Interrupted,
    /// Another process writes.
    Busy(String),
    Other(String),
}

impl From<rusqlite::Error> for Error {
    fn from(error: rusqlite::Error) -> Self {
        match error.sqlite_error_code() {
            Some(rusqlite::ErrorCode::DiskFull) => Self::Full,
            Some(rusqlite::ErrorCode::OperationInterrupted) => Self::Interrupted,
            Some(rusqlite::ErrorCode::DatabaseBusy) => Self::Busy(error.to_string()),
            _ => Self::Other(error.to_string()),
        }
    }
}

/// A value in a row or of a parameter.
#[derive(Debug, PartialEq)]
pub(crate) enum Value {
    Integer(i64),
    Real(f64),
    Text(String),
    Blob(Vec<u8>),
    Null,
}

impl ToSql for Value {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::Borrowed(match self {
            Self::Integer(value) => ValueRef::Integer(*value),
            Self::Real(value) => ValueRef::Real(*value),
            Self::Text(value) => ValueRef::Text(value.as_bytes()),
            Self::Blob(value) => ValueRef::Blob(value),
            Self::Null => ValueRef::Null,
        }))
    }
}

/// What a statement gives back.
#[derive(Debug, Default)]
pub(crate) struct Table {
    pub(crate) columns: Vec<String>,
    pub(crate) rows: Vec<Vec<Value>>,
}

/// One database file.
pub(crate) struct Database {
    path: PathBuf,
    /// The most pages that it may grow to; what it has already is never taken away.
    largest: Option<u32>,
    idle: Mutex<Vec<Connection>>,
    /// SQLite has one writer at a time and lets the others sleep and try again, so that some are late by far. Here they
    /// stand in a queue.
    writer: Arc<tokio::sync::Mutex<Writer>>,
}

impl Database {
    pub(crate) fn new(path: PathBuf, largest: Option<u32>) -> Arc<Self> {
        Arc::new(Self {
            path,
            largest,
            idle: Mutex::default(),
            writer: Arc::default(),
        })
    }

    /// A connection that waits for its next user, if there is one: no waiting on the disk.
    pub(crate) fn reuse(self: &Arc<Self>) -> Option<Lease> {
        let connection = lock(&self.idle).pop()?;
        Some(self.lease(connection))
    }

    /// A new connection; it waits on the disk.
    pub(crate) fn open(self: &Arc<Self>) -> Result<Lease, Error> {
        Ok(self.lease(self.connect()?))
    }

    fn connect(&self) -> Result<Connection, Error> {
        let connection = Connection::open(&self.path)?;
        connection.busy_timeout(BUSY)?;
        connection.pragma_update(None, "journal_mode", "WAL")?;
        connection.pragma_update(None, "synchronous", "FULL")?;
        // What a savepoint may have to take back would be written to a file of its own, page by page.
        connection.pragma_update(None, "temp_store", "MEMORY")?;
        if let Some(pages) = self.largest {
            connection.pragma_update(None, "max_page_count", pages)?;
        }
        connection.set_prepared_statement_cache_capacity(STATEMENTS);
        // No second file: a grant is for one database, and ATTACH would open any other.
        connection.set_limit(Limit::SQLITE_LIMIT_ATTACHED, 0)?;
        Ok(connection)
    }

    fn lease(self: &Arc<Self>, connection: Connection) -> Lease {
        Lease::new(self.clone(), connection)
    }
}

/// A panic elsewhere does not make a connection unusable: SQLite keeps its own order.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

fn run(statement: &mut Statement<'_>, parameters: &[Value]) -> Result<Table, Error> {
    let columns: Vec<_> = statement.column_names().map(str::to_owned).collect();
    let mut found = statement.query(rusqlite::params_from_iter(parameters))?;
    let mut rows = Vec::new();
    while let Some(row) = found.next()? {
        let values = (0..columns.len()).map(|i| read(row.get_ref(i)?));
        rows.push(values.collect::<Result<_, _>>()?);
    }
    Ok(Table { columns, rows })
}

fn read(value: ValueRef<'_>) -> Result<Value, Error> {
    Ok(match value {
        ValueRef::Null => Value::Null,
        ValueRef::Integer(value) => Value::Integer(value),
        ValueRef::Real(value) => Value::Real(value),
        ValueRef::Text(bytes) => match std::str::from_utf8(bytes) {
            Ok(text) => Value::Text(text.to_owned()),
            Err(error) => return Err(Error::Other(error.to_string())),
        },
        ValueRef::Blob(bytes) => Value::Blob(bytes.to_vec()),
    })
}

#[cfg(test)]
mod tests;
