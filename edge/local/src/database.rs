// SPDX-License-Identifier: EUPL-1.2
//! SQLite databases in the data folder, and the connections that components hold.
//!
//! Every open is a connection of its own, as in Spin, so a transaction belongs to who began
//! it. Opening a file costs more than most statements, so a connection that was given back
//! clean serves again: with no transaction left, and never after a statement that could have
//! changed the connection itself (a temporary table, most pragmas).

mod words;

use rusqlite::limits::Limit;
use rusqlite::types::{ToSqlOutput, ValueRef};
use rusqlite::{Connection, InterruptHandle, Statement, ToSql};
use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use words::{WRITING, alters_connection, begins_writing, first_word, is_one_of, tells_of_earlier};

/// How long a statement waits for another writer: as long as in Spin, which leaves rusqlite its default.
const BUSY: Duration = Duration::from_secs(5);
/// Compiled statements kept by each connection.
const STATEMENTS: usize = 128;
/// How many steps of SQLite's machine a short read may take: about a millisecond.
const SOON: i32 = 20_000;
/// Connections kept open for the next request.
const IDLE: usize = 32;

/// What goes wrong in a statement; told apart because components are told apart too.
#[derive(Debug)]
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
#[derive(Debug)]
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
    writer: Arc<Semaphore>,
}

impl Database {
    pub(crate) fn new(path: PathBuf, largest: Option<u32>) -> Arc<Self> {
        Arc::new(Self {
            path,
            largest,
            idle: Mutex::default(),
            writer: Arc::new(Semaphore::new(1)),
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
        if let Some(pages) = self.largest {
            connection.pragma_update(None, "max_page_count", pages)?;
        }
        connection.set_prepared_statement_cache_capacity(STATEMENTS);
        // No second file: a grant is for one database, and ATTACH would open any other.
        connection.set_limit(Limit::SQLITE_LIMIT_ATTACHED, 0)?;
        Ok(connection)
    }

    fn lease(self: &Arc<Self>, connection: Connection) -> Lease {
        let interrupt = connection.get_interrupt_handle();
        let state = State {
            connection: Some(connection),
            rowid: 0,
            changes: 0,
            wrote: false,
            altered: false,
            turn: None,
        };
        Lease {
            session: Arc::new(Session {
                database: self.clone(),
                state: Mutex::new(state),
            }),
            interrupt,
        }
    }
}

/// A component's hold on a connection; what still runs when it lets go is interrupted.
#[expect(unreachable_pub, reason = "the generated bindings re-export it")]
pub struct Lease {
    session: Arc<Session>,
    interrupt: InterruptHandle,
}

impl Lease {
    /// The session, to run statements on another thread.
    pub(crate) fn session(&self) -> Arc<Session> {
        self.session.clone()
    }
}

impl Drop for Lease {
    fn drop(&mut self) {
        if Arc::strong_count(&self.session) > 1 {
            self.interrupt.interrupt();
        }
    }
}

/// A connection while somebody uses it.
pub(crate) struct Session {
    database: Arc<Database>,
    state: Mutex<State>,
}

struct State {
    /// Taken only when the session ends.
    connection: Option<Connection>,
    /// What the last INSERT and the last change of this session said; a connection that serves
    /// again would tell those of who had it before.
    rowid: i64,
    changes: u64,
    wrote: bool,
    /// Whether a statement may have changed the connection itself.
    altered: bool,
    /// This session is the one that writes, until its transaction ends.
    turn: Option<OwnedSemaphorePermit>,
}

impl State {
    /// Lets the next session write, unless a transaction goes on.
    fn yield_turn(&mut self) {
        if self
            .connection
            .as_ref()
            .is_none_or(Connection::is_autocommit)
        {
            self.turn = None;
        }
    }
}

impl Session {
    /// Waits until this session may write, if the statement is one that does. Who does not get a turn in time goes on
    /// without: SQLite then says that the database is locked.
    pub(crate) async fn queue(&self, sql: &str) {
        if !begins_writing(sql) || lock(&self.state).turn.is_some() {
            return;
        }
        let turn = self.database.writer.clone().acquire_owned();
        if let Ok(Ok(turn)) = tokio::time::timeout(BUSY, turn).await {
            lock(&self.state).turn = Some(turn);
        }
    }

    /// Runs one statement to its end; it waits on the disk and on other writers.
    pub(crate) fn execute(&self, sql: &str, parameters: &[Value]) -> Result<Table, Error> {
        let mut state = lock(&self.state);
        let done = self.run(&mut state, sql, parameters);
        state.yield_turn();
        done
    }

    fn run(&self, state: &mut State, sql: &str, parameters: &[Value]) -> Result<Table, Error> {
        if !state.wrote && tells_of_earlier(sql) {
            // What came earlier on this connection is another session's: take one with no past.
            state.connection = Some(self.database.connect()?);
        }
        state.altered |= alters_connection(sql);
        let Some(connection) = &state.connection else {
            return Err(Error::Other("the connection is closed".to_owned()));
        };
        let mut statement = connection.prepare_cached(sql)?;
        let table = run(&mut statement, parameters)?;
        drop(statement);
        if is_one_of(first_word(sql), &WRITING) {
            let (changes, rowid) = (connection.changes(), connection.last_insert_rowid());
            state.wrote = true;
            state.changes = changes;
            if !is_one_of(first_word(sql), &["UPDATE", "DELETE"]) {
                state.rowid = rowid;
            }
        }
        Ok(table)
    }

    /// Runs a statement here and now when it is soon done: handing it to another thread costs more. In WAL mode a reader
    /// waits for nobody; and whoever has the turn to write, see [`Session::queue`], waits for no other writer of this
    /// process, so that at most one thread a database waits for the disk. `None` says that the statement belongs on a
    /// thread that may wait.
    pub(crate) fn execute_at_once(
        &self,
        sql: &str,
        parameters: &[Value],
    ) -> Option<Result<Table, Error>> {
        let mut state = self.state.try_lock().ok()?;
        match first_word(sql) {
            word if is_one_of(word, &["SELECT", "WITH", "VALUES"]) => {
                if tells_of_earlier(sql) {
                    return None;
                }
                read_at_once(state.connection.as_mut()?, sql, parameters)
            }
            word if state.turn.is_some()
                && is_one_of(
                    word,
                    &["BEGIN", "INSERT", "UPDATE", "DELETE", "COMMIT", "ROLLBACK"],
                ) =>
            {
                self.write_at_once(&mut state, sql, parameters)
            }
            _ => None,
        }
    }

    fn write_at_once(
        &self,
        state: &mut State,
        sql: &str,
        parameters: &[Value],
    ) -> Option<Result<Table, Error>> {
        // Another process may write; that is waited for elsewhere.
        state
            .connection
            .as_ref()?
            .busy_timeout(Duration::ZERO)
            .ok()?;
        let done = self.run(state, sql, parameters);
        state.connection.as_ref()?.busy_timeout(BUSY).ok()?;
        if matches!(done, Err(Error::Busy(_))) {
            return None;
        }
        state.yield_turn();
        Some(done)
    }

    pub(crate) fn last_insert_rowid(&self) -> i64 {
        lock(&self.state).rowid
    }

    pub(crate) fn changes(&self) -> u64 {
        lock(&self.state).changes
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        let state = self.state.get_mut().unwrap_or_else(PoisonError::into_inner);
        let Some(connection) = state.connection.take() else {
            return;
        };
        if state.altered {
            return;
        }
        let clean = connection.is_autocommit() || connection.execute_batch("ROLLBACK").is_ok();
        state.turn = None;
        let mut idle = lock(&self.database.idle);
        if clean && idle.len() < IDLE {
            idle.push(connection);
        }
    }
}

/// A panic elsewhere does not make a connection unusable: SQLite keeps its own order.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

fn read_at_once(
    connection: &mut Connection,
    sql: &str,
    parameters: &[Value],
) -> Option<Result<Table, Error>> {
    connection.progress_handler(SOON, Some(|| true)).ok()?;
    let done = match connection.prepare_cached(sql) {
        Ok(mut statement) if statement.readonly() => Some(run(&mut statement, parameters)),
        Ok(_) => None,
        Err(error) => Some(Err(error.into())),
    };
    connection.progress_handler(0, None::<fn() -> bool>).ok()?;
    done.filter(|done| !matches!(done, Err(Error::Interrupted)))
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
