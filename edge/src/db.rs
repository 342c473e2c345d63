// SPDX-License-Identifier: EUPL-1.2
//! The one door to the store. SQL with `?1` placeholders; on the edge Spin's SQLite, in native tests SQLite in memory.

use crate::error::Error;

#[cfg(target_family = "wasm")]
pub(crate) use crate::spin::Db;

#[cfg(not(target_family = "wasm"))]
pub(crate) use crate::native::Db;

/// A value of the store.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Value {
    /// NULL.
    Null,
    /// 64 bits.
    Integer(i64),
    /// UTF-8.
    Text(String),
    /// Bytes.
    Blob(Vec<u8>),
}

impl From<i64> for Value {
    fn from(value: i64) -> Self {
        Self::Integer(value)
    }
}

impl From<&str> for Value {
    fn from(value: &str) -> Self {
        Self::Text(value.to_owned())
    }
}

impl From<String> for Value {
    fn from(value: String) -> Self {
        Self::Text(value)
    }
}

impl From<Vec<u8>> for Value {
    fn from(value: Vec<u8>) -> Self {
        Self::Blob(value)
    }
}

impl<T: Into<Value>> From<Option<T>> for Value {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Null, Into::into)
    }
}

/// One row of a result.
pub(crate) struct Row(pub(crate) Vec<Value>);

impl Row {
    /// A text that is there.
    pub(crate) fn text(&self, n: usize) -> Result<&str, Error> {
        self.opt_text(n)?.ok_or_else(|| wrong(n))
    }

    /// A text or NULL.
    pub(crate) fn opt_text(&self, n: usize) -> Result<Option<&str>, Error> {
        match self.0.get(n) {
            Some(Value::Text(text)) => Ok(Some(text)),
            Some(Value::Null) => Ok(None),
            _ => Err(wrong(n)),
        }
    }

    /// An integer.
    pub(crate) fn integer(&self, n: usize) -> Result<i64, Error> {
        match self.0.get(n) {
            Some(Value::Integer(value)) => Ok(*value),
            _ => Err(wrong(n)),
        }
    }

    /// Bytes.
    pub(crate) fn blob(&self, n: usize) -> Result<Vec<u8>, Error> {
        match self.0.get(n) {
            Some(Value::Blob(bytes)) => Ok(bytes.clone()),
            _ => Err(wrong(n)),
        }
    }
}

/// The rows with the largest integers in column `n`, those first. To ask the store for this order costs more than to make
/// it here: with ORDER BY beside a value in WHERE, SQLite compiles the statement anew for every value.
pub(crate) fn newest(mut rows: Vec<Row>, n: usize, most: usize) -> Vec<Row> {
    rows.sort_by_key(|row| row.integer(n).ok());
    rows.reverse();
    rows.truncate(most);
    rows
}

fn wrong(n: usize) -> Error {
    Error::Db(format!("column {n} has another type than expected"))
}

/// How often a transaction asks for its turn; the store itself waits seconds each time.
const TURNS: usize = 2;

/// Runs `work` as the store's only writer: all of it is kept, or nothing.
///
/// The lock is taken before anything is read, so that what `work` reads is still so when it writes.
pub(crate) async fn transaction<T>(
    db: &Db,
    work: impl AsyncFnOnce() -> Result<T, Error>,
) -> Result<T, Error> {
    begin(db).await?;
    let outcome = work().await;
    let end = match outcome {
        Ok(_) => db.execute("COMMIT", &[]).await,
        Err(_) => db.execute("ROLLBACK", &[]).await,
    };
    match (outcome, end) {
        (Ok(_), Err(failed)) => {
            // What could not be kept is not half kept.
            let _ = db.execute("ROLLBACK", &[]).await;
            Err(failed)
        }
        (outcome, _) => outcome,
    }
}

async fn begin(db: &Db) -> Result<(), Error> {
    for _ in 0..TURNS {
        match db.execute("BEGIN IMMEDIATE", &[]).await {
            Ok(_) => return Ok(()),
            Err(Error::Db(words)) if words.contains("locked") || words.contains("busy") => {}
            Err(other) => return Err(other),
        }
    }
    Err(Error::Unavailable)
}

/// Whether the store refused a second row where `table` has room for one.
pub(crate) fn is_second(error: &Error, table: &str) -> bool {
    matches!(error, Error::Db(words) if words.contains("UNIQUE") && words.contains(&format!(" {table}.")))
}

/// Migrations, in order; applied once each, in a transaction of their own.
const MIGRATIONS: [(i64, &str); 16] = [
    (1, include_str!("../migrations/0001_pratiche.sql")),
    (2, include_str!("../migrations/0002_identity.sql")),
    (3, include_str!("../migrations/0003_limiti.sql")),
    (4, include_str!("../migrations/0004_risposte_date.sql")),
    (5, include_str!("../migrations/0005_file.sql")),
    (6, include_str!("../migrations/0006_valutazioni.sql")),
    (7, include_str!("../migrations/0007_appuntamenti.sql")),
    (8, include_str!("../migrations/0008_lingue.sql")),
    (9, include_str!("../migrations/0009_curricula.sql")),
    (10, include_str!("../migrations/0010_consegne.sql")),
    (11, include_str!("../migrations/0011_lingua_scelta.sql")),
    (12, include_str!("../migrations/0012_rifiuti.sql")),
    (13, include_str!("../migrations/0013_spostamenti.sql")),
    (14, include_str!("../migrations/0014_turni.sql")),
    (15, include_str!("../migrations/0015_accessi.sql")),
    (16, include_str!("../migrations/0016_motivi.sql")),
];

/// Brings the store to the newest shape. Costs one query when there is nothing to do, and on the edge that is once an
/// instance: a store never goes back.
pub(crate) async fn migrate(db: &Db) -> Result<(), Error> {
    #[cfg(target_family = "wasm")]
    {
        static NEWEST: std::sync::OnceLock<()> = std::sync::OnceLock::new();
        if NEWEST.get().is_none() {
            bring_up(db).await?;
            NEWEST.get_or_init(|| ());
        }
        Ok(())
    }
    #[cfg(not(target_family = "wasm"))]
    bring_up(db).await
}

async fn bring_up(db: &Db) -> Result<(), Error> {
    let newest = MIGRATIONS[MIGRATIONS.len() - 1].0;
    if version(db).await.is_ok_and(|version| version >= newest) {
        return Ok(());
    }
    // Whoever comes at the same time waits here, and then finds nothing left to do.
    transaction(db, async || {
        db.execute(
            "CREATE TABLE IF NOT EXISTS migrazioni (versione INTEGER PRIMARY KEY)",
            &[],
        )
        .await?;
        apply(db).await
    })
    .await
}

async fn version(db: &Db) -> Result<i64, Error> {
    let rows = db
        .query("SELECT coalesce(max(versione), 0) FROM migrazioni", &[])
        .await?;
    rows.first().map_or(Ok(0), |row| row.integer(0))
}

async fn apply(db: &Db) -> Result<(), Error> {
    let done = version(db).await?;
    for (number, sql) in MIGRATIONS.iter().filter(|(number, _)| *number > done) {
        let plain: String = sql
            .lines()
            .filter(|line| !line.trim_start().starts_with("--"))
            .collect::<Vec<_>>()
            .join("\n");
        for statement in plain
            .split(';')
            .filter(|statement| !statement.trim().is_empty())
        {
            db.execute(statement, &[]).await?;
        }
        db.execute(
            "INSERT INTO migrazioni (versione) VALUES (?1)",
            &[(*number).into()],
        )
        .await?;
    }
    Ok(())
}
