// SPDX-License-Identifier: EUPL-1.2
//! Connections that serve again tell nothing of who had them before, and errors are told apart.

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
        let database = Database::new(self.0.join("default.db"), None);
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

#[test]
fn a_database_that_may_not_grow_is_full() {
    let folder = Folder::new("full");
    folder.database();
    let small = Database::new(folder.0.join("default.db"), Some(1));
    let lease = small.open().unwrap();
    let much = "INSERT INTO t (x) VALUES (zeroblob(100000))";
    let error = lease.session().execute(much, &[]).unwrap_err();
    assert!(matches!(error, Error::Full), "{error:?}");
    assert!(done(&lease, "SELECT * FROM t").rows.is_empty());
}
