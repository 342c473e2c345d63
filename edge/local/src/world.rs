// SPDX-License-Identifier: EUPL-1.2
//! The outside world in a box: what the Sportello reaches over HTTP and does not own.
//!
//! One small server on loopback with three services for invented people: the SPID and CIE
//! identity providers, the employment registry, and a message inbox. The edge knows them only
//! by address, so the same components meet the real ones by configuration alone.

mod inbox;
mod jose;
mod pages;
mod people;
mod provider;
mod registry;
mod wire;

use anyhow::{Context, ensure};
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use std::convert::Infallible;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;
use tokio::net::TcpListener;
use wire::{Call, Reply};

/// Where the box listens and whom it serves.
pub(crate) struct Config {
    /// A loopback address: the box gives any identity to who asks.
    pub(crate) listen: SocketAddr,
    /// The origin of the Sportello, such as `http://127.0.0.1:3000`.
    pub(crate) app: String,
    /// The folder for state; the box keeps its own in `world/`.
    pub(crate) data: PathBuf,
    /// Whether tests may move the clock.
    pub(crate) trial: bool,
}

/// The three services and what they share.
struct World {
    spid: provider::Provider,
    cie: provider::Provider,
    registry: registry::Registry,
    inbox: inbox::Inbox,
    trial: bool,
}

/// Binds, makes keys at the first start, and serves until the task is dropped or aborted.
pub(crate) async fn serve(config: Config) -> anyhow::Result<tokio::task::JoinHandle<()>> {
    ensure!(
        config.listen.ip().is_loopback(),
        "the outside world in a box listens on loopback only"
    );
    let folder = config.data.join("world");
    std::fs::create_dir_all(&folder)
        .with_context(|| format!("cannot make {}", folder.display()))?;
    let listener = TcpListener::bind(config.listen)
        .await
        .with_context(|| format!("cannot listen on {}", config.listen))?;
    let origin = format!("http://{}", listener.local_addr()?);
    // Making RSA keys takes a moment, which must not block the other tasks.
    let world = tokio::task::spawn_blocking(move || open(&origin, &config, &folder)).await??;
    Ok(tokio::spawn(accept(listener, Arc::new(world))))
}

fn open(origin: &str, config: &Config, folder: &std::path::Path) -> anyhow::Result<World> {
    let app = &config.app;
    Ok(World {
        trial: config.trial,
        spid: provider::Provider::open(provider::Scheme::Spid, origin, app, folder)?,
        cie: provider::Provider::open(provider::Scheme::Cie, origin, app, folder)?,
        registry: registry::Registry::open(&folder.join("did.jsonl"))?,
        inbox: inbox::Inbox::open(&folder.join("messaggi.jsonl"))?,
    })
}

async fn accept(listener: TcpListener, world: Arc<World>) {
    loop {
        // A connection that fails to open is the caller's loss; the box goes on.
        let Ok((stream, peer)) = listener.accept().await else {
            continue;
        };
        if !peer.ip().is_loopback() {
            continue;
        }
        // Failing is only slower.
        _ = stream.set_nodelay(true);
        let world = Arc::clone(&world);
        tokio::spawn(async move {
            let service = service_fn(move |request| {
                let world = Arc::clone(&world);
                async move { Ok::<_, Infallible>(answer(&world, request).await) }
            });
            let served = hyper::server::conn::http1::Builder::new()
                .timer(TokioTimer::new())
                .serve_connection(TokioIo::new(stream), service);
            // A caller that hangs up early is nobody's error.
            let _ = served.await;
        });
    }
}

async fn answer(world: &World, request: hyper::Request<hyper::body::Incoming>) -> wire::Response {
    let reply = match Call::read(request).await {
        Ok(call) => route(world, &call).await,
        Err(refusal) => refusal,
    };
    reply.finish()
}

/// The route table: the first part of the path chooses the service.
async fn route(world: &World, call: &Call) -> Reply {
    let (service, rest) = call
        .path
        .trim_start_matches('/')
        .split_once('/')
        .unwrap_or((call.path.trim_start_matches('/'), ""));
    match (service, rest) {
        ("", _) => pages::start(),
        ("stile.css", "") => pages::style(),
        ("spid", rest) => world.spid.route(call, rest).await,
        ("cie", rest) => world.cie.route(call, rest).await,
        ("registro", rest) => world.registry.route(call, rest).await,
        ("messaggi", rest) => world.inbox.route(call, rest),
        ("orologio", "prova") if world.trial => set_clock(call),
        _ => Reply::not_found(),
    }
}

/// `POST /orologio/prova {"avanti_s": …}`: how far the clock of components and box is ahead of the machine's.
fn set_clock(call: &Call) -> Reply {
    if call.method != hyper::Method::POST {
        return Reply::wrong_method("POST");
    }
    match call.json().map(|wish| wish["avanti_s"].as_i64()) {
        Ok(Some(seconds)) if seconds.abs() <= crate::clock::FARTHEST => {
            crate::clock::set_ahead(seconds);
            Reply::json(200, &serde_json::json!({ "avanti_s": seconds }))
        }
        Ok(_) => Reply::problem(422, "avanti_s is a number of seconds, four years at most."),
        Err(refusal) => refusal,
    }
}
