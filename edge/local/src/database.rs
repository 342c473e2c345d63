// SPDX-License-Identifier: EUPL-1.2
//! SQLite databases in the data folder, and the connections that components hold.
//!
//! Every open is a connection of its own, as in Spin, so a transaction belongs to who began
//! it. Opening a file costs more than most statements, so a connection that was given back
//! clean serves again: with no transaction left, and never after a statement that could have
//! changed the connection itself (a temporary table, most pragmas).

use rusqlite::limits::Limit;
use rusqlite::types::{ToSqlOutput, ValueRef};
use rusqlite::{Connection, InterruptHandle, Statement, ToSql};
use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// How long a statement waits for another writer.
const BUSY: Duration = Duration::from_secs(5);
/// Compiled statements kept by each connection.
const STATEMENTS: usize = 128;
/// How many steps of SQLite's machine a short read may take: about a millisecond.
const SOON: i32 = 20_000;
/// The statements that change rows; `WITH` may begin one.
const WRITING: [&str; 5] = ["INSERT", "REPLACE", "WITH", "UPDATE", "DELETE"];
/// Connections kept open for the next request.
const IDLE: usize = 32;

/// What goes wrong in a statement; told apart because components are told apart too.
#[derive(Debug)]
pub(crate) enum Error {
    Full,
    Interrupted,
    Other(String),
}

impl From<rusqlite::Error> for Error {
    fn from(error: rusqlite::Error) -> Self {
        match error.sqlite_error_code() {
            Some(rusqlite::ErrorCode::DiskFull) => Self::Full,
            Some(rusqlite::ErrorCode::OperationInterrupted) => Self::Interrupted,
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
    idle: Mutex<Vec<Connection>>,
}

impl Database {
    pub(crate) fn new(path: PathBuf) -> Arc<Self> {
        Arc::new(Self {
            path,
            idle: Mutex::default(),
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
}

impl Session {
    /// Runs one statement to its end; it waits on the disk and on other writers.
    pub(crate) fn execute(&self, sql: &str, parameters: &[Value]) -> Result<Table, Error> {
        let mut state = lock(&self.state);
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

    /// Runs a statement here and now when it only reads and is soon done: in WAL mode a reader
    /// waits for nobody, and handing a short read to another thread costs more than the read.
    /// `None` says that the statement belongs on a thread that may wait.
    pub(crate) fn execute_at_once(
        &self,
        sql: &str,
        parameters: &[Value],
    ) -> Option<Result<Table, Error>> {
        if !is_one_of(first_word(sql), &["SELECT", "WITH", "VALUES"]) || tells_of_earlier(sql) {
            return None;
        }
        let mut state = self.state.try_lock().ok()?;
        let connection = state.connection.as_mut()?;
        connection.progress_handler(SOON, Some(|| true)).ok()?;
        let done = match connection.prepare_cached(sql) {
            Ok(mut statement) if statement.readonly() => Some(run(&mut statement, parameters)),
            Ok(_) => None,
            Err(error) => Some(Err(error.into())),
        };
        connection.progress_handler(0, None::<fn() -> bool>).ok()?;
        match done {
            Some(Err(Error::Interrupted)) | None => None,
            Some(done) => Some(done),
        }
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

fn first_word(sql: &str) -> &str {
    let sql = sql.trim_start();
    &sql[..sql
        .find(|c: char| !c.is_ascii_alphabetic())
        .unwrap_or(sql.len())]
}

fn is_one_of(word: &str, words: &[&str]) -> bool {
    words.iter().any(|known| word.eq_ignore_ascii_case(known))
}

/// Whether a statement asks what earlier ones on its connection did.
fn tells_of_earlier(sql: &str) -> bool {
    let sql = sql.to_ascii_lowercase();
    ["last_insert_rowid", "changes("]
        .iter()
        .any(|name| sql.contains(name))
}

/// Whether a statement may leave its mark on the connection; when in doubt it does.
fn alters_connection(sql: &str) -> bool {
    const PLAIN: [&str; 14] = [
        "SELECT",
        "INSERT",
        "UPDATE",
        "DELETE",
        "REPLACE",
        "WITH",
        "VALUES",
        "BEGIN",
        "COMMIT",
        "END",
        "ROLLBACK",
        "SAVEPOINT",
        "RELEASE",
        "EXPLAIN",
    ];
    let word = first_word(sql);
    if is_one_of(word, &["CREATE", "ALTER", "DROP"]) {
        return sql.to_ascii_uppercase().contains("TEMP");
    }
    if word.eq_ignore_ascii_case("PRAGMA") {
        let name = first_part(sql.trim_start()[word.len()..].trim_start());
        return !is_one_of(
            name,
            &[
                "user_version",
                "table_info",
                "integrity_check",
                "quick_check",
                "optimize",
            ],
        );
    }
    !is_one_of(word, &PLAIN)
}

fn first_part(text: &str) -> &str {
    &text[..text
        .find(|c: char| !c.is_ascii_alphanumeric() && c != '_')
        .unwrap_or(text.len())]
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A database of its own for one test, gone at the end.
    struct Folder(PathBuf);

    impl Folder {
        fn new(name: &str) -> Self {
            let path = std::env::temp_dir().join(format!("local-db-{name}-{}", std::process::id()));
            std::fs::create_dir_all(&path).unwrap();
            Self(path)
        }

        fn database(&self) -> Arc<Database> {
            let database = Database::new(self.0.join("default.db"));
            done(
                &database.open().unwrap(),
                "CREATE TABLE t (id INTEGER PRIMARY KEY, x)",
            );
            database
        }
    }

    impl Drop for Folder {
        fn drop(&mut self) {
            std::fs::remove_dir_all(&self.0).unwrap();
        }
    }

    #[track_caller]
    fn done(lease: &Lease, sql: &str) -> Table {
        lease.session().execute(sql, &[]).unwrap()
    }

    #[test]
    fn every_kind_of_value_comes_back_as_it_went() {
        let folder = Folder::new("values");
        let lease = folder.database().open().unwrap();
        let given = || {
            vec![
                Value::Integer(-1),
                Value::Real(1.5),
                Value::Text("è".into()),
                Value::Blob(vec![0, 255]),
                Value::Null,
            ]
        };
        let table = lease
            .session()
            .execute("SELECT ?1 AS a, ?2, ?3, ?4, ?5", &given())
            .unwrap();
        assert_eq!(table.rows, vec![given()]);
        assert_eq!(table.columns[0], "a");
    }

    #[test]
    fn a_transaction_left_open_is_rolled_back() {
        let folder = Folder::new("rollback");
        let database = folder.database();
        let lease = database.open().unwrap();
        done(&lease, "BEGIN IMMEDIATE");
        done(&lease, "INSERT INTO t (x) VALUES (1)");
        drop(lease);
        let again = database.reuse().unwrap();
        assert!(done(&again, "SELECT * FROM t").rows.is_empty());
        done(&again, "BEGIN IMMEDIATE");
    }

    #[test]
    fn who_comes_next_does_not_see_who_was_before() {
        let folder = Folder::new("reuse");
        let database = folder.database();
        let lease = database.open().unwrap();
        done(&lease, "INSERT INTO t (x) VALUES (1)");
        assert_eq!(
            (
                lease.session().last_insert_rowid(),
                lease.session().changes()
            ),
            (1, 1)
        );
        drop(lease);
        let again = database.reuse().unwrap();
        assert_eq!(
            (
                again.session().last_insert_rowid(),
                again.session().changes()
            ),
            (0, 0)
        );
        done(&again, "CREATE TEMP TABLE mine (x)");
        drop(again);
        while let Some(next) = database.reuse() {
            assert!(next.session().execute("SELECT * FROM mine", &[]).is_err());
            std::mem::forget(next);
        }
    }

    #[test]
    fn sql_functions_do_not_tell_of_another_session() {
        let folder = Folder::new("functions");
        let database = folder.database();
        done(&database.open().unwrap(), "INSERT INTO t (x) VALUES (1)");
        let again = database.reuse().unwrap();
        let rows = done(&again, "SELECT last_insert_rowid(), changes()").rows;
        assert_eq!(rows, vec![vec![Value::Integer(0), Value::Integer(0)]]);
        done(&again, "INSERT INTO t (x) VALUES (1)");
        assert_eq!(
            done(&again, "SELECT last_insert_rowid()").rows,
            vec![vec![Value::Integer(2)]]
        );
    }

    #[test]
    fn only_short_reads_are_done_at_once() {
        let folder = Folder::new("short");
        let lease = folder.database().open().unwrap();
        let session = lease.session();
        let long = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 9999) \
                    SELECT count(*) FROM n";
        assert!(
            session
                .execute_at_once("SELECT 1", &[])
                .is_some_and(|done| done.is_ok())
        );
        assert!(session.execute_at_once("SELEC 1", &[]).is_none());
        assert!(
            session
                .execute_at_once("SELECT 1 FROM nowhere", &[])
                .is_some_and(|done| done.is_err())
        );
        assert!(session.execute_at_once(long, &[]).is_none());
        assert_eq!(done(&lease, long).rows, vec![vec![Value::Integer(9999)]]);
        assert!(
            session
                .execute_at_once("WITH a AS (SELECT 1) DELETE FROM t", &[])
                .is_none()
        );
        assert!(
            session
                .execute_at_once("INSERT INTO t (x) VALUES (1)", &[])
                .is_none()
        );
    }

    #[test]
    fn no_other_file_can_be_opened() {
        let folder = Folder::new("attach");
        let lease = folder.database().open().unwrap();
        let attach = format!("ATTACH '{}' AS other", folder.0.join("other.db").display());
        assert!(lease.session().execute(&attach, &[]).is_err());
        let vacuum = format!("VACUUM INTO '{}'", folder.0.join("copy.db").display());
        assert!(lease.session().execute(&vacuum, &[]).is_err());
    }

    #[test]
    fn durable_settings_are_in_force() {
        let folder = Folder::new("pragmas");
        let lease = folder.database().open().unwrap();
        assert_eq!(
            done(&lease, "PRAGMA journal_mode").rows,
            vec![vec![Value::Text("wal".into())]]
        );
        assert_eq!(
            done(&lease, "PRAGMA synchronous").rows,
            vec![vec![Value::Integer(2)]]
        );
        assert_eq!(
            done(&lease, "PRAGMA foreign_keys").rows,
            vec![vec![Value::Integer(1)]]
        );
    }

    #[test]
    fn statements_that_mark_a_connection_are_known() {
        for sql in [
            "PRAGMA foreign_keys = OFF",
            "CREATE TEMPORARY TABLE x (y)",
            "ANALYZE",
            "-- x\nPRAGMA x",
        ] {
            assert!(alters_connection(sql), "{sql}");
        }
        for sql in [
            "select 1",
            " BEGIN IMMEDIATE",
            "CREATE TABLE x (y)",
            "PRAGMA user_version = 3",
        ] {
            assert!(!alters_connection(sql), "{sql}");
        }
    }
}
