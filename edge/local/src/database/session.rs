// SPDX-License-Identifier: EUPL-1.2
//! A component's connection while it has it: reads go to a connection of its own, writes to the one on which all write.

use super::state::{Done, Place, State, Turn, read_at_once};
use super::words::{
    WRITING, alters_connection, begins_transaction, begins_writing, ends_transaction, first_word,
    is_one_of, tells_of_earlier, undoes_transaction,
};
use super::writer::Writer;
use super::{BUSY, Database, Error, IDLE, Table, Value, lock, run};
use rusqlite::{Connection, InterruptHandle};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tokio::task::spawn_blocking;

/// When a transaction is stored.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Ending {
    /// Before anybody else writes: whoever asks keeps others from going on until it has its answer.
    Now,
    /// Together with those who stand in the queue.
    Shared,
}

/// A component's hold on a connection; what still runs when it lets go is interrupted.
#[expect(unreachable_pub, reason = "the generated bindings re-export it")]
pub struct Lease {
    session: Arc<Session>,
    interrupt: InterruptHandle,
}

impl Lease {
    pub(super) fn new(database: Arc<Database>, connection: Connection) -> Self {
        static NUMBER: AtomicU64 = AtomicU64::new(1);
        let interrupt = connection.get_interrupt_handle();
        let state = State {
            number: NUMBER.fetch_add(1, Ordering::Relaxed),
            own: Some(connection),
            rowid: 0,
            changes: 0,
            wrote: None,
            altered: false,
            turn: None,
        };
        Self {
            session: Arc::new(Session {
                database,
                state: Mutex::new(state),
            }),
            interrupt,
        }
    }

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

impl Session {
    /// Runs one statement to its end, and to where what it stores is on the disk.
    pub(crate) async fn perform(
        self: &Arc<Self>,
        sql: String,
        parameters: Vec<Value>,
        ending: Ending,
    ) -> Result<Table, Error> {
        self.queue(&sql).await;
        let done = match self.execute_at_once(&sql, &parameters, ending) {
            Some(done) => done?,
            None => {
                let session = self.clone();
                spawn_blocking(move || session.execute(&sql, &parameters, ending))
                    .await
                    .map_err(|error| Error::Other(error.to_string()))??
            }
        };
        if let Some(stored) = done.stored {
            stored
                .await
                .map_err(|_| Error::Other("the writer is gone".to_owned()))??;
        }
        Ok(done.table)
    }

    /// Waits until this session may write, if the statement is one that does. Who does not get a turn in time goes on
    /// without: SQLite then says that the database is locked.
    async fn queue(&self, sql: &str) {
        {
            let state = lock(&self.state);
            let asks = state.wrote == Some(Place::Writer) && tells_of_earlier(sql);
            if state.turn.is_some() || !(begins_writing(sql) || asks) {
                return;
            }
        }
        let turn = self.database.writer.clone().lock_owned();
        if let Ok(turn) = tokio::time::timeout(BUSY, turn).await {
            lock(&self.state).turn = Some(Turn(turn));
        }
    }

    /// Runs one statement; it waits on the disk and on other processes that write.
    pub(super) fn execute(
        &self,
        sql: &str,
        parameters: &[Value],
        ending: Ending,
    ) -> Result<Done, Error> {
        let mut state = lock(&self.state);
        let done = self.run(&mut state, sql, parameters, ending);
        state.yield_turn();
        done
    }

    fn run(
        &self,
        state: &mut State,
        sql: &str,
        parameters: &[Value],
        ending: Ending,
    ) -> Result<Done, Error> {
        let own = state.altered || state.own_is_open();
        let inside = state.inside();
        let asks = tells_of_earlier(sql);
        if let Some(turn) = &mut state.turn
            && !own
            && (inside || asks || !alters_connection(sql))
        {
            if asks && (state.wrote.is_none() || turn.0.last != state.number) {
                return Err(forgotten());
            }
            let done = self.write(&mut turn.0, sql, parameters, ending)?;
            if is_one_of(first_word(sql), &WRITING) {
                turn.0.last = state.number;
                let connection = turn.0.connection(|| self.database.connect())?;
                let (changes, rowid) = (connection.changes(), connection.last_insert_rowid());
                state.note(sql, Place::Writer, changes, rowid);
            }
            return Ok(done);
        }
        if asks && state.wrote == Some(Place::Writer) {
            return Err(forgotten());
        }
        if let Some(turn) = &mut state.turn {
            // Two connections cannot both write.
            turn.0.commit();
        }
        if asks && state.wrote.is_none() {
            // What came earlier on this connection is another session's: take one with no past.
            state.own = Some(self.database.connect()?);
        }
        state.altered |= alters_connection(sql);
        let connection = state.own.as_ref().ok_or_else(closed)?;
        let mut statement = connection.prepare_cached(sql)?;
        let table = run(&mut statement, parameters)?;
        drop(statement);
        if is_one_of(first_word(sql), &WRITING) {
            let (changes, rowid) = (connection.changes(), connection.last_insert_rowid());
            state.note(sql, Place::Own, changes, rowid);
        }
        Ok(table.into())
    }

    /// Runs a statement on the connection on which all write.
    fn write(
        &self,
        writer: &mut Writer,
        sql: &str,
        parameters: &[Value],
        ending: Ending,
    ) -> Result<Done, Error> {
        writer.connection(|| self.database.connect())?;
        let inside = writer.inside();
        if !inside && begins_transaction(sql) {
            writer.begin()?;
            return Ok(Table::default().into());
        }
        let table = if inside && undoes_transaction(sql) {
            writer.roll_back()?;
            if !writer.awaited() {
                return Ok(Table::default().into());
            }
            // It may have read what others have written and what is not stored yet: it goes on when that is.
            Table::default()
        } else if inside && ends_transaction(sql) {
            Table::default()
        } else if inside || tells_of_earlier(sql) {
            return writer.run(sql, parameters).map(Done::from);
        } else {
            writer.open()?;
            writer.run(sql, parameters)?
        };
        let first = !writer.awaited();
        let mut stored = writer.keep()?;
        if ending == Ending::Now {
            writer.commit();
            let done = stored.try_recv();
            done.map_err(|_| Error::Other("nothing is known of the end".to_owned()))??;
            return Ok(table.into());
        }
        if first {
            let writer = self.database.writer.clone();
            // Last in the queue: those who stand there already come along.
            tokio::spawn(async move {
                let mut turn = writer.lock_owned().await;
                spawn_blocking(move || turn.commit()).await
            });
        }
        Ok(Done {
            table,
            stored: Some(stored),
        })
    }

    /// Runs a statement here and now when it is soon done: handing it to another thread costs more. In WAL mode a reader
    /// waits for nobody; and whoever has the turn to write, see [`Session::queue`], waits for no other writer of this
    /// process. `None` says that the statement belongs on a thread that may wait.
    pub(super) fn execute_at_once(
        &self,
        sql: &str,
        parameters: &[Value],
        ending: Ending,
    ) -> Option<Result<Done, Error>> {
        let mut state = self.state.try_lock().ok()?;
        match first_word(sql) {
            word if is_one_of(word, &["SELECT", "WITH", "VALUES"]) => {
                if tells_of_earlier(sql) {
                    return None;
                }
                let done = read_at_once(&mut state, sql, parameters)?;
                state.yield_turn();
                Some(done)
            }
            word if state.turn.is_some()
                && is_one_of(
                    word,
                    &["BEGIN", "INSERT", "UPDATE", "DELETE", "COMMIT", "ROLLBACK"],
                ) =>
            {
                self.write_at_once(&mut state, sql, parameters, ending)
            }
            _ => None,
        }
    }

    fn write_at_once(
        &self,
        state: &mut State,
        sql: &str,
        parameters: &[Value],
        ending: Ending,
    ) -> Option<Result<Done, Error>> {
        // Another process may write; that is waited for elsewhere.
        self.patience(state, Duration::ZERO)?;
        let done = self.run(state, sql, parameters, ending);
        self.patience(state, BUSY)?;
        if matches!(done, Err(Error::Busy(_))) {
            return None;
        }
        state.yield_turn();
        Some(done)
    }

    /// How long the connections of a session wait for another process.
    fn patience(&self, state: &mut State, time: Duration) -> Option<()> {
        state.own.as_ref()?.busy_timeout(time).ok()?;
        let turn = state.turn.as_mut()?;
        let connection = turn.0.connection(|| self.database.connect()).ok()?;
        connection.busy_timeout(time).ok()
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
        state.turn = None;
        let Some(connection) = state.own.take() else {
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

fn closed() -> Error {
    Error::Other("the connection is closed".to_owned())
}

fn forgotten() -> Error {
    let text =
        "others have written since: ask the connection, not SQL, for its last row and its changes";
    Error::Other(text.to_owned())
}
