// SPDX-License-Identifier: EUPL-1.2
//! The same door to a store in memory, for native tests of handlers.

use std::rc::Rc;

use crate::db::{Row, Value};
use crate::error::Error;

/// The headers of a request.
#[derive(Default)]
pub(crate) struct Headers(Vec<(&'static str, Vec<u8>)>);

impl Headers {
    /// In tests: these.
    #[cfg(test)]
    pub(crate) fn made(headers: &[(&'static str, &str)]) -> Self {
        let headers = headers.iter();
        Self(
            headers
                .map(|(name, value)| (*name, (*value).into()))
                .collect(),
        )
    }

    /// The values under this name, in order.
    pub(crate) fn all(&self, name: &str) -> impl Iterator<Item = Vec<u8>> {
        let same = self
            .0
            .iter()
            .filter(move |(own, _)| own.eq_ignore_ascii_case(name));
        same.map(|(_, value)| value.clone())
    }
}

#[cfg(test)]
thread_local! {
    static ASKED: std::cell::Cell<usize> = const { std::cell::Cell::new(0) };
    static RECOMPILED: std::cell::Cell<i32> = const { std::cell::Cell::new(0) };
}

/// How many statements this thread has run.
#[cfg(test)]
pub(crate) fn asked() -> usize {
    ASKED.get()
}

/// How often SQLite has compiled a statement of this thread again for other values.
#[cfg(test)]
pub(crate) fn recompiled() -> i32 {
    RECOMPILED.get()
}

/// A connection.
#[derive(Clone)]
pub(crate) struct Db(pub(crate) Rc<rusqlite::Connection>);

impl Db {
    /// All rows.
    pub(crate) async fn query(&self, sql: &str, values: &[Value]) -> Result<Vec<Row>, Error> {
        self.rows(sql, values)
            .map_err(|error| Error::Db(error.to_string()))
    }

    /// The number of rows changed.
    pub(crate) async fn execute(&self, sql: &str, values: &[Value]) -> Result<u64, Error> {
        self.query(sql, values).await?;
        Ok(self.0.changes())
    }

    fn rows(&self, sql: &str, values: &[Value]) -> rusqlite::Result<Vec<Row>> {
        use rusqlite::types::Value as Native;
        let native = values.iter().map(|value| match value {
            Value::Null => Native::Null,
            Value::Integer(value) => Native::Integer(*value),
            Value::Text(text) => Native::Text(text.clone()),
            Value::Blob(bytes) => Native::Blob(bytes.clone()),
        });
        #[cfg(test)]
        ASKED.set(ASKED.get() + 1);
        let mut statement = self.0.prepare_cached(sql)?;
        let columns = statement.column_count();
        let mut rows = statement.query(rusqlite::params_from_iter(native))?;
        let mut all = Vec::new();
        while let Some(row) = rows.next()? {
            let mut values = Vec::with_capacity(columns);
            for column in 0..columns {
                values.push(match row.get::<_, Native>(column)? {
                    Native::Null => Value::Null,
                    Native::Integer(value) => Value::Integer(value),
                    Native::Real(value) => Value::Text(value.to_string()),
                    Native::Text(text) => Value::Text(text),
                    Native::Blob(bytes) => Value::Blob(bytes),
                });
            }
            all.push(Row(values));
        }
        #[cfg(test)]
        {
            drop(rows);
            let again = statement.reset_status(rusqlite::StatementStatus::RePrepare);
            RECOMPILED.set(RECOMPILED.get() + again);
        }
        Ok(all)
    }
}
