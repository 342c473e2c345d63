// SPDX-License-Identifier: EUPL-1.2
//! The only lines that know Spin: its HTTP entry, its SQLite, its variables, its outbound HTTP.

use std::cell::Cell;
use std::sync::atomic::AtomicBool;
use std::sync::atomic::Ordering::Relaxed;
use std::sync::{Arc, OnceLock};

use bytes::Bytes;
use http_body_util::{BodyExt, Limited};
use http_types::StatusCode;
use http_types::header::{HOST, HeaderValue};
use spin_sdk::http::body::IncomingBodyExt;
use spin_sdk::http::{FullBody, IntoResponse, Request as Inbound, Response};
use spin_sdk::http_service;
use spin_sdk::sqlite::Value as Stored;
use spin_sdk::sqlite::wit::sqlite::Connection;
use spin_sdk::wasip3::clocks::monotonic_clock;

use crate::ctx::{Config, Ctx};
use crate::db::{Row, Value};
use crate::error::Error;
use crate::http::{FetchError, Incoming, Outgoing, Reply, Request, largest_body, target};
use crate::limit::{self, Limits};
use crate::outbox;

#[http_service]
async fn handle(inbound: Inbound) -> impl IntoResponse {
    let reply = answer(inbound).await;
    let status = StatusCode::from_u16(reply.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let body = FullBody::new(Bytes::from(reply.body));
    (status, reply.headers, body)
}

async fn answer(inbound: Inbound) -> Reply {
    let (parts, body) = inbound.into_parts();
    let (path, query) = target(parts.uri.path_and_query().map_or("/", |both| both.as_str()));
    let mut headers = parts.headers;
    // wasi:http keeps the host apart from the headers.
    if let Some(host) = parts.uri.authority()
        && let Ok(host) = HeaderValue::from_str(host.as_str())
    {
        headers.append(HOST, host);
    }
    let mut request = Request {
        method: parts.method.as_str().to_owned(),
        path,
        query,
        headers,
        body: Vec::new(),
    };
    // Reading has no body (RFC 9110, 9.3.1): what somebody sends all the same is not even looked at.
    let reads = matches!(request.method.as_str(), "GET" | "HEAD");
    let largest = largest_body(&request.method, &request.path);
    let read = if reads {
        Ok(())
    } else {
        match Limited::new(body, largest).collect().await {
            Ok(body) => {
                request.body = body.to_bytes().to_vec();
                Ok(())
            }
            Err(_) => Err(Error::TooLarge),
        }
    };
    let (now, config) = (crate::ctx::now(), config().await);
    let db = match Connection::open("default") {
        Ok(connection) => Db::new(connection),
        Err(error) => {
            let error = Error::Db(error.to_string());
            return crate::routes::without_store(&request, &config, now, &error);
        }
    };
    let ctx = Ctx {
        now,
        config,
        db,
        session: None,
        language: crate::texts::Language::Italian,
        owing: Default::default(),
    };
    let (reply, ctx) = crate::routes::respond(ctx, &request, read).await;
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
    static MORE: AtomicBool = AtomicBool::new(false);
    if limit::due(ctx.now) {
        limit::settle(&ctx.db, ctx.now).await;
    }
    if !ctx.owing.get() {
        return;
    }
    MORE.store(true, Relaxed);
    if SENDING.swap(true, Relaxed) {
        return;
    }
    while MORE.swap(false, Relaxed) {
        if outbox::round(&ctx).await {
            MORE.store(true, Relaxed);
        }
        if MORE.load(Relaxed) {
            monotonic_clock::wait_for(outbox::PAUSE).await;
            ctx.now = crate::ctx::now();
        }
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

/// A connection of its own, as Spin gives one to each `open`.
pub(crate) struct Db {
    connection: Connection,
    /// Inside a transaction that has the lock.
    writing: Cell<bool>,
}

impl Db {
    fn new(connection: Connection) -> Self {
        Self {
            connection,
            writing: Cell::new(false),
        }
    }

    /// All rows.
    ///
    /// A read is one plain call: a stream of rows would cost more than most reads find, and in WAL mode it waits for
    /// nobody. A write may wait for another one, perhaps of this very instance, which must be able to go on meanwhile;
    /// inside a transaction it has waited already, and waits again at its end, for the disk.
    pub(crate) async fn query(&self, sql: &str, values: &[Value]) -> Result<Vec<Row>, Error> {
        let values: Vec<Stored> = values.iter().map(stored).collect();
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
            let rows = rows.collect().await;
            end.await.map_err(failed)?;
            self.writing.set(sql.starts_with("BEGIN"));
            rows
        };
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

/// Asks the world outside; Spin lets only the hosts of the manifest be reached.
pub(crate) async fn fetch(outgoing: Outgoing) -> Result<Incoming, FetchError> {
    let mut builder = http_types::Request::builder()
        .method(outgoing.method.as_str())
        .uri(&outgoing.url);
    for (name, value) in &outgoing.headers {
        builder = builder.header(name.as_str(), value.as_str());
    }
    let request = builder
        .body(FullBody::new(Bytes::from(outgoing.body)))
        .map_err(|_| FetchError)?;
    let response: Response = spin_sdk::http::send(request)
        .await
        .map_err(|_| FetchError)?;
    let status = response.status().as_u16();
    let body = response
        .into_body()
        .bytes()
        .await
        .map_err(|_| FetchError)?
        .to_vec();
    Ok(Incoming { status, body })
}
