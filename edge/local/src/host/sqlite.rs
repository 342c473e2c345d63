// SPDX-License-Identifier: EUPL-1.2
//! `spin:sqlite`: the databases that the manifest grants. Statements run on threads that may
//! wait, so that the ones that serve requests never do.

use super::Guest;
use super::bindings::spin::sqlite::sqlite::{
    self, Error, HostConnection, HostConnectionWithStore, QueryResult, RowResult,
};
use crate::database::{self, Database, Ending, Lease, Session, Table, Value};
use std::sync::Arc;
use tokio::task::spawn_blocking;
use wasmtime::component::{Accessor, FutureReader, HasSelf, Resource, StreamReader};

type Answer = (
    Vec<String>,
    StreamReader<RowResult>,
    FutureReader<Result<(), Error>>,
);

impl sqlite::Host for Guest {}

impl Guest {
    fn database(&self, name: &str) -> Result<Arc<Database>, Error> {
        self.grants
            .databases
            .get(name)
            .cloned()
            .ok_or(Error::AccessDenied)
    }

    fn session(&self, connection: &Resource<Lease>) -> wasmtime::Result<Arc<Session>> {
        Ok(self.table.get(connection)?.session())
    }
}

impl<T> HostConnectionWithStore<T> for HasSelf<Guest> {
    async fn open_async(
        accessor: &Accessor<T, Self>,
        name: String,
    ) -> wasmtime::Result<Result<Resource<Lease>, Error>> {
        let database = match accessor.with(|mut access| access.get().database(&name)) {
            Ok(database) => database,
            Err(error) => return Ok(Err(error)),
        };
        let lease = match open(database).await? {
            Ok(lease) => lease,
            Err(error) => return Ok(Err(error)),
        };
        Ok(Ok(
            accessor.with(|mut access| access.get().table.push(lease))?
        ))
    }

    async fn execute_async(
        accessor: &Accessor<T, Self>,
        connection: Resource<Lease>,
        statement: String,
        parameters: Vec<sqlite::Value>,
    ) -> wasmtime::Result<Result<Answer, Error>> {
        let session = accessor.with(|mut access| access.get().session(&connection))?;
        let table = match execute(session, statement, parameters, Ending::Shared).await {
            Ok(table) => table,
            Err(error) => return Ok(Err(error)),
        };
        accessor.with(|mut access| {
            let rows = StreamReader::new(&mut access, rows(table.rows))?;
            // All rows are there already, so nothing can go wrong while they are read.
            let end = FutureReader::new(&mut access, async { wasmtime::error::Ok(Ok(())) })?;
            Ok(Ok((table.columns, rows, end)))
        })
    }

    async fn last_insert_rowid_async(
        accessor: &Accessor<T, Self>,
        connection: Resource<Lease>,
    ) -> wasmtime::Result<i64> {
        let session = accessor.with(|mut access| access.get().session(&connection))?;
        Ok(session.last_insert_rowid())
    }

    async fn changes_async(
        accessor: &Accessor<T, Self>,
        connection: Resource<Lease>,
    ) -> wasmtime::Result<u64> {
        let session = accessor.with(|mut access| access.get().session(&connection))?;
        Ok(session.changes())
    }
}

impl HostConnection for Guest {
    async fn open(&mut self, name: String) -> wasmtime::Result<Result<Resource<Lease>, Error>> {
        let database = match self.database(&name) {
            Ok(database) => database,
            Err(error) => return Ok(Err(error)),
        };
        Ok(match open(database).await? {
            Ok(lease) => Ok(self.table.push(lease)?),
            Err(error) => Err(error),
        })
    }

    async fn execute(
        &mut self,
        connection: Resource<Lease>,
        statement: String,
        parameters: Vec<sqlite::Value>,
    ) -> wasmtime::Result<Result<QueryResult, Error>> {
        let session = self.session(&connection)?;
        // A plain call keeps the whole instance waiting, and with it whoever else is in the queue from there.
        let done = execute(session, statement, parameters, Ending::Now).await;
        Ok(done.map(|table| QueryResult {
            columns: table.columns,
            rows: rows(table.rows),
        }))
    }

    fn last_insert_rowid(&mut self, connection: Resource<Lease>) -> wasmtime::Result<i64> {
        Ok(self.session(&connection)?.last_insert_rowid())
    }

    fn changes(&mut self, connection: Resource<Lease>) -> wasmtime::Result<u64> {
        Ok(self.session(&connection)?.changes())
    }

    fn drop(&mut self, connection: Resource<Lease>) -> wasmtime::Result<()> {
        self.table.delete(connection)?;
        Ok(())
    }
}

async fn open(database: Arc<Database>) -> wasmtime::Result<Result<Lease, Error>> {
    if let Some(lease) = database.reuse() {
        return Ok(Ok(lease));
    }
    Ok(spawn_blocking(move || database.open())
        .await?
        .map_err(Error::from))
}

async fn execute(
    session: Arc<Session>,
    statement: String,
    parameters: Vec<sqlite::Value>,
    ending: Ending,
) -> Result<Table, Error> {
    let parameters = parameters.into_iter().map(Value::from).collect();
    let done = session.perform(statement, parameters, ending).await;
    done.map_err(Error::from)
}

fn rows(rows: Vec<Vec<Value>>) -> Vec<RowResult> {
    let row = |values: Vec<Value>| RowResult {
        values: values.into_iter().map(sqlite::Value::from).collect(),
    };
    rows.into_iter().map(row).collect()
}

impl From<database::Error> for Error {
    fn from(error: database::Error) -> Self {
        match error {
            database::Error::Full => Self::DatabaseFull,
            database::Error::Interrupted => Self::Io("the statement was interrupted".to_owned()),
            database::Error::Busy(text) | database::Error::Other(text) => Self::Io(text),
        }
    }
}

impl From<sqlite::Value> for Value {
    fn from(value: sqlite::Value) -> Self {
        match value {
            sqlite::Value::Integer(value) => Self::Integer(value),
            sqlite::Value::Real(value) => Self::Real(value),
            sqlite::Value::Text(value) => Self::Text(value),
            sqlite::Value::Blob(value) => Self::Blob(value),
            sqlite::Value::Null => Self::Null,
        }
    }
}

impl From<Value> for sqlite::Value {
    fn from(value: Value) -> Self {
        match value {
            Value::Integer(value) => Self::Integer(value),
            Value::Real(value) => Self::Real(value),
            Value::Text(value) => Self::Text(value),
            Value::Blob(value) => Self::Blob(value),
            Value::Null => Self::Null,
        }
    }
}
