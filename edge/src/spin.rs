// SPDX-License-Identifier: EUPL-1.2
//! The only lines that know Spin: its HTTP entry, its SQLite, its variables, its outbound HTTP.

mod wire;

use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::sync::atomic::Ordering::Relaxed;
use std::sync::atomic::{AtomicBool, AtomicU32};
use std::sync::{Arc, OnceLock};

use futures_util::future::join;
use spin_sdk::sqlite::Value as Stored;
use spin_sdk::sqlite::wit::sqlite::Connection;
use spin_sdk::wasip3::clocks::monotonic_clock;
use spin_sdk::wasip3::exports::http::handler::Guest;
use spin_sdk::wasip3::http::service;
use spin_sdk::wasip3::http::types::{ErrorCode, Request as Inbound, Response};
use talc::wasm::{WasmDynamicTalc, new_wasm_dynamic_allocator};

use crate::ctx::{Config, Ctx};
use crate::db::{Row, Value};
use crate::error::Error;
use crate::http::{Reply, Request};
use crate::limit::{self, Limits};
use crate::outbox::{self, Turn};
pub(crate) use wire::{Headers, fetch};

/// Strings come and go by the hundred with each request, and the allocator of wasi-libc is slow at it.
#[global_allocator]
static MEMORY: WasmDynamicTalc = new_wasm_dynamic_allocator();

struct Edge;

service::export!(Edge);

impl Guest for Edge {
    async fn handle(inbound: Inbound) -> Result<Response, ErrorCode> {
        let (request, read) = wire::receive(inbound).await;
        wire::send(answer(&request, read).await)
    }
}

/// `read` is what is wrong with the request's body.
async fn answer(request: &Request, read: Result<(), Error>) -> Reply {
    let (now, config) = (crate::ctx::now(), config().await);
    let db = match Db::open() {
        Ok(db) => db,
        Err(error) => return crate::routes::without_store(request, &config, now, &error),
    };
    let ctx = Ctx {
        now,
        config,
        db,
        session: None,
        language: crate::texts::Language::Italian,
        owing: Default::default(),
    };
    let (reply, ctx) = crate::routes::respond(ctx, request, read).await;
    // Goes on when the answer is on its way: nobody waits for it.
    if limit::due(now) || ctx.owing.get() {
        spin_sdk::wasip3::spawn(afterwards(ctx));
    }
    reply
}

/// What an instance does once it has answered. One request at a time sends what waits for the neighbours; those that come
/// meanwhile leave theirs to it.
async fn afterwards(mut ctx: Ctx) {
    static SENDING: AtomicBool = AtomicBool::new(false);
    /// Turns after which nothing of this instance waits any more.
    static LEFT: AtomicU32 = AtomicU32::new(0);
    if limit::due(ctx.now) {
        limit::settle(&ctx.db, ctx.now).await;
    }
    if !ctx.owing.get() {
        return;
    }
    LEFT.store(outbox::TURNS, Relaxed);
    if SENDING.swap(true, Relaxed) {
        return;
    }
    loop {
        let left = LEFT.swap(0, Relaxed);
        let again = match outbox::turn(&ctx).await {
            Turn::Ours { more: true } => outbox::TURNS,
            Turn::Ours { more: false } => 0,
            Turn::Others => left.saturating_sub(1),
        };
        // Whoever came meanwhile has written a number here.
        if LEFT.fetch_max(again, Relaxed).max(again) == 0 {
            break;
        }
        // An instance may live on for this alone.
        IDLE.take();
        monotonic_clock::wait_for(u64::from(outbox::PAUSE) * 1_000_000).await;
        ctx.now = crate::ctx::now();
    }
    SENDING.store(false, Relaxed);
}

/// The variables, asked for once an instance; one that is missing is empty, and whoever needs it says so.
async fn config() -> Arc<Config> {
    static KNOWN: OnceLock<Arc<Config>> = OnceLock::new();
    if let Some(config) = KNOWN.get() {
        return config.clone();
    }
    let config = Arc::new(variables().await);
    // Without the secret nothing works: it may be there next time.
    if config.segreto.is_empty() {
        return config;
    }
    KNOWN.get_or_init(|| config).clone()
}

async fn variables() -> Config {
    async fn variable(name: &str) -> String {
        spin_sdk::variables::get(name).await.unwrap_or_default()
    }
    Config {
        segreto: variable("segreto").await,
        indirizzo_pubblico: variable("indirizzo_pubblico").await,
        spid_issuer: variable("spid_issuer").await,
        cie_issuer: variable("cie_issuer").await,
        registro_url: variable("registro_url").await,
        messaggi_url: variable("messaggi_url").await,
        ambiente: variable("ambiente").await,
        agenzia: variable("agenzia").await,
        regione: variable("regione").await,
        video_url: variable("video_url").await,
        limits: Limits::read(
            &variable("limite_letture").await,
            &variable("limite_scritture").await,
            &variable("limite_accessi").await,
        ),
        intestazione_cliente: variable("intestazione_cliente").await,
    }
}

/// Connections that an instance keeps.
const KEPT: usize = 4;

thread_local! {
    /// Those that nobody uses now: to open one costs more than most requests ask of it.
    static IDLE: RefCell<Vec<Rc<Connection>>> = RefCell::default();
}

/// A connection that nobody else has meanwhile.
pub(crate) struct Db {
    connection: Rc<Connection>,
    /// Inside a transaction that has the lock.
    writing: Cell<bool>,
    /// Everything that was asked of it has worked.
    sound: Cell<bool>,
}

impl Drop for Db {
    fn drop(&mut self) {
        if self.sound.get() && !self.writing.get() {
            IDLE.with_borrow_mut(|idle| {
                if idle.len() < KEPT {
                    idle.push(self.connection.clone());
                }
            });
        }
    }
}

impl Db {
    fn open() -> Result<Self, Error> {
        let connection = match IDLE.with_borrow_mut(Vec::pop) {
            Some(connection) => connection,
            None => Rc::new(Connection::open("default").map_err(failed)?),
        };
        Ok(Self {
            connection,
            writing: Cell::new(false),
            sound: Cell::new(true),
        })
    }

    /// All rows.
    ///
    /// A read is one plain call: a stream of rows would cost more than most reads find, and in WAL mode it waits for
    /// nobody. A write may wait for another one, perhaps of this very instance, which must be able to go on meanwhile;
    /// inside a transaction it has waited already, and waits again at its end, for the disk.
    pub(crate) async fn query(&self, sql: &str, values: &[Value]) -> Result<Vec<Row>, Error> {
        let values: Vec<Stored> = values.iter().map(stored).collect();
        // Whoever fails or does not come back from here leaves a connection that nobody should be given.
        let sound = self.sound.replace(false);
        if matches!(sql, "COMMIT" | "ROLLBACK") {
            self.writing.set(false);
        }
        let rows = if sql.starts_with("SELECT") || self.writing.get() {
            self.connection.execute(sql, &values).map_err(failed)?.rows
        } else {
            let (_, rows, end) = self
                .connection
                .execute_async(sql.to_owned(), values)
                .await
                .map_err(failed)?;
            let (rows, end) = join(rows.collect(), end.into_future()).await;
            end.map_err(failed)?;
            self.writing.set(sql.starts_with("BEGIN"));
            rows
        };
        self.sound.set(sound);
        Ok(rows
            .into_iter()
            .map(|row| Row(row.values.into_iter().map(value).collect()))
            .collect())
    }

    /// The number of rows changed.
    pub(crate) async fn execute(&self, sql: &str, values: &[Value]) -> Result<u64, Error> {
        self.query(sql, values).await?;
        Ok(self.connection.changes())
    }
}

fn failed(error: spin_sdk::sqlite::Error) -> Error {
    Error::Db(error.to_string())
}

fn stored(value: &Value) -> Stored {
    match value {
        Value::Null => Stored::Null,
        Value::Integer(value) => Stored::Integer(*value),
        Value::Text(text) => Stored::Text(text.clone()),
        Value::Blob(bytes) => Stored::Blob(bytes.clone()),
    }
}

fn value(stored: Stored) -> Value {
    match stored {
        Stored::Null => Value::Null,
        Stored::Integer(value) => Value::Integer(value),
        Stored::Real(value) => Value::Text(value.to_string()),
        Stored::Text(text) => Value::Text(text),
        Stored::Blob(bytes) => Value::Blob(bytes.to_vec()),
    }
}
