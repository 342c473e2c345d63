// SPDX-License-Identifier: EUPL-1.2
//! Connections that serve again tell nothing of who had them before, and errors are told apart.

use super::words::alters_connection;
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
    wait(asked(lease, sql, Ending::Now)).unwrap()
}

fn asked(lease: &Lease, sql: &str, ending: Ending) -> impl Future<Output = Result<Table, Error>> {
    let (session, sql) = (lease.session(), sql.to_owned());
    async move { session.perform(sql, Vec::new(), ending).await }
}

fn wait<T>(work: impl Future<Output = T>) -> T {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_time()
        .build();
    runtime.unwrap().block_on(work)
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
        .execute("SELECT ?1 AS a, ?2, ?3, ?4, ?5", &given(), Ending::Now)
        .unwrap()
        .table;
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
        assert!(
            next.session()
                .execute("SELECT * FROM mine", &[], Ending::Now)
                .is_err()
        );
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
            .execute_at_once("SELECT 1", &[], Ending::Now)
            .is_some_and(|done| done.is_ok())
    );
    assert!(
        session
            .execute_at_once("SELEC 1", &[], Ending::Now)
            .is_none()
    );
    assert!(
        session
            .execute_at_once("SELECT 1 FROM nowhere", &[], Ending::Now)
            .is_some_and(|done| done.is_err())
    );
    assert!(session.execute_at_once(long, &[], Ending::Now).is_none());
    assert_eq!(done(&lease, long).rows, vec![vec![Value::Integer(9999)]]);
    assert!(
        session
            .execute_at_once("WITH a AS (SELECT 1) DELETE FROM t", &[], Ending::Now)
            .is_none()
    );
    assert!(
        session
            .execute_at_once("INSERT INTO t (x) VALUES (1)", &[], Ending::Now)
            .is_none()
    );
}

#[test]
fn no_other_file_can_be_opened() {
    let folder = Folder::new("attach");
    let lease = folder.database().open().unwrap();
    let attach = format!("ATTACH '{}' AS other", folder.0.join("other.db").display());
    assert!(lease.session().execute(&attach, &[], Ending::Now).is_err());
    let vacuum = format!("VACUUM INTO '{}'", folder.0.join("copy.db").display());
    assert!(lease.session().execute(&vacuum, &[], Ending::Now).is_err());
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
    let error = wait(asked(&lease, much, Ending::Now)).unwrap_err();
    assert!(matches!(error, Error::Full), "{error:?}");
    assert!(done(&lease, "SELECT * FROM t").rows.is_empty());
}

/// Begins transactions one after the other, each of which inserts a number, and ends them as the queue goes on; gives what
/// each was told.
async fn crowd(
    database: &Arc<Database>,
    numbers: std::ops::Range<i64>,
) -> Vec<Result<Table, Error>> {
    let mut tasks = Vec::new();
    for number in numbers {
        let lease = database
            .reuse()
            .map_or_else(|| database.open(), Ok)
            .unwrap();
        tasks.push(tokio::spawn(async move {
            asked(&lease, "BEGIN IMMEDIATE", Ending::Shared).await?;
            asked(
                &lease,
                &format!("INSERT INTO t (x) VALUES ({number})"),
                Ending::Shared,
            )
            .await?;
            let end = if number % 3 == 0 {
                "ROLLBACK"
            } else {
                "COMMIT"
            };
            asked(&lease, end, Ending::Shared).await
        }));
    }
    let mut told = Vec::new();
    for task in tasks {
        told.push(task.await.unwrap());
    }
    told
}

#[test]
fn transactions_that_are_stored_together_are_undone_each_by_itself() {
    let folder = Folder::new("together");
    let database = folder.database();
    let told = wait(crowd(&database, 1..31));
    assert!(told.iter().all(Result::is_ok));
    let other = Connection::open(folder.0.join("default.db")).unwrap();
    let count = |sql| {
        other
            .query_row(sql, [], |row| row.get::<_, i64>(0))
            .unwrap()
    };
    assert_eq!(count("SELECT count(*) FROM t"), 20);
    assert_eq!(count("SELECT count(*) FROM t WHERE x % 3 = 0"), 0);
}

#[test]
fn what_is_told_as_stored_can_be_read_by_everybody() {
    let folder = Folder::new("stored");
    let database = folder.database();
    let other = Connection::open(folder.0.join("default.db")).unwrap();
    let one = database.open().unwrap();
    wait(async {
        for number in 1..9 {
            asked(&one, "INSERT INTO t (x) VALUES (1)", Ending::Shared)
                .await
                .unwrap();
            let count = other.query_row("SELECT count(*) FROM t", [], |row| row.get::<_, i64>(0));
            assert_eq!(count.unwrap(), number);
        }
    });
    assert_eq!(
        (one.session().last_insert_rowid(), one.session().changes()),
        (8, 1)
    );
}

#[test]
fn who_rolls_back_goes_on_only_when_what_it_has_read_is_stored() {
    let folder = Folder::new("read");
    let database = folder.database();
    let other = Connection::open(folder.0.join("default.db")).unwrap();
    let stored = || {
        other
            .query_row("SELECT count(*) FROM t", [], |row| row.get::<_, i64>(0))
            .unwrap()
    };
    wait(async {
        let (first, second) = (database.open().unwrap(), database.open().unwrap());
        let shared = |lease, sql| asked(lease, sql, Ending::Shared);
        let begin = "BEGIN IMMEDIATE";
        shared(&first, begin).await.unwrap();
        shared(&first, "INSERT INTO t (x) VALUES (1)")
            .await
            .unwrap();
        let ends = async { shared(&first, "COMMIT").await.unwrap() };
        let reads = async {
            shared(&second, begin).await.unwrap();
            let seen = shared(&second, "SELECT count(*) FROM t").await.unwrap();
            assert_eq!(seen.rows, [vec![Value::Integer(1)]]);
            assert_eq!(stored(), 0, "the two share a transaction");
            shared(&second, "ROLLBACK").await.unwrap();
            assert_eq!(stored(), 1);
        };
        // The second stands in the queue before the first is done.
        tokio::join!(reads, ends);
    });
}

#[test]
fn who_goes_away_in_the_middle_holds_nobody_up() {
    let folder = Folder::new("away");
    let database = folder.database();
    wait(async {
        let gone = database.open().unwrap();
        asked(&gone, "BEGIN IMMEDIATE", Ending::Shared)
            .await
            .unwrap();
        asked(&gone, "INSERT INTO t (x) VALUES (0)", Ending::Shared)
            .await
            .unwrap();
        let crowd = crowd(&database, 1..3);
        let leaving = async {
            tokio::task::yield_now().await;
            drop(gone);
        };
        let (told, ()) = tokio::join!(crowd, leaving);
        assert!(told.iter().all(Result::is_ok));
    });
    let rows = done(&database.open().unwrap(), "SELECT x FROM t ORDER BY x").rows;
    assert_eq!(rows, [vec![Value::Integer(1)], vec![Value::Integer(2)]]);
}

#[test]
fn what_fails_at_the_end_fails_for_all_who_wait() {
    let folder = Folder::new("fails");
    let database = folder.database();
    wait(async {
        // A constraint that is looked at when the transaction ends.
        for sql in [
            "CREATE TABLE p (id INTEGER PRIMARY KEY)",
            "CREATE TABLE c (p REFERENCES p DEFERRABLE INITIALLY DEFERRED)",
        ] {
            let lease = database.open().unwrap();
            asked(&lease, sql, Ending::Now).await.unwrap();
        }
        let mut told = Vec::new();
        for _ in 0..2 {
            let lease = database.open().unwrap();
            told.push(tokio::spawn(async move {
                asked(&lease, "INSERT INTO c VALUES (7)", Ending::Shared).await
            }));
        }
        for task in told {
            assert!(task.await.unwrap().is_err());
        }
    });
    let lease = database.open().unwrap();
    assert!(done(&lease, "SELECT * FROM c").rows.is_empty());
    done(&lease, "INSERT INTO t (x) VALUES (1)");
}

#[test]
fn sql_does_not_tell_what_others_wrote_since() {
    let folder = Folder::new("since");
    let database = folder.database();
    let (one, other) = (database.open().unwrap(), database.open().unwrap());
    done(&one, "INSERT INTO t (x) VALUES (1)");
    assert_eq!(
        done(&one, "SELECT last_insert_rowid(), changes()").rows,
        [[Value::Integer(1), Value::Integer(1)]]
    );
    done(&other, "INSERT INTO t (x) VALUES (1)");
    assert!(wait(asked(&one, "SELECT last_insert_rowid()", Ending::Now)).is_err());
    assert_eq!(one.session().last_insert_rowid(), 1);
}
