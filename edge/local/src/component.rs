// SPDX-License-Identifier: EUPL-1.2
//! Components as compiled code and as running instances.
//!
//! The numbers are those of Spin 4.1: an instance serves up to 16 requests at once and 128 in
//! all. What traps, runs too long or grows too large takes down its own instance only, and with
//! it the requests that the instance was serving at that moment: WebAssembly has no way to go on
//! in a memory that a trap left half changed. Spin does the same, with the same `ProxyHandler`.

use crate::host::{self, Grants, Guest, Plain};
use anyhow::Context as _;
use std::collections::BTreeMap;
use std::path::Path;
use std::pin::Pin;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, OnceLock};
use std::task::{Context, Poll};
use std::time::{Duration, Instant};
use tokio::time::Sleep;
use wasmtime::component::{Component, GuestTaskId, Linker};
use wasmtime::{
    Cache, CacheConfig, Config, Engine, PoolingAllocationConfig, Store, StoreContextMut,
};
use wasmtime_wasi_http::WasiHttpView;
use wasmtime_wasi_http::handler::{
    HandlerState, Instance, Proxy, ProxyHandler, Request, Response, ShouldAccept, WorkerExpiration,
    WorkerState, WorkerStatus,
};
use wasmtime_wasi_http::p3::bindings::ServicePre;

/// How long a request may take.
const REQUEST: Duration = Duration::from_secs(60);
/// How long an instance with nothing to do is kept.
const IDLE: Duration = Duration::from_secs(30);
/// How many requests an instance serves in all, and at once.
const REUSE: usize = 128;
const AT_ONCE: usize = 16;
/// How often running code lets others run.
const TICK: Duration = Duration::from_millis(10);
/// The most instances alive at once, over all components.
const INSTANCES: u32 = 500;

/// The process is ending: instances that go with it have not failed.
static STOPPING: AtomicBool = AtomicBool::new(false);

/// To be called once no request is served any more.
pub(crate) fn stopping() {
    STOPPING.store(true, Ordering::Relaxed);
}

/// The compiler and the room for instances, one for all components.
pub(crate) fn engine(cache: &Path) -> anyhow::Result<Engine> {
    std::fs::create_dir_all(cache).with_context(|| format!("cannot make {}", cache.display()))?;
    let mut kept = CacheConfig::new();
    kept.with_directory(std::path::absolute(cache)?);
    let mut pool = PoolingAllocationConfig::new();
    pool.total_component_instances(INSTANCES)
        .total_core_instances(INSTANCES * 4)
        .total_memories(INSTANCES)
        .total_tables(INSTANCES * 4)
        .total_stacks(INSTANCES * 2)
        .max_memory_size(host::MEMORY)
        .linear_memory_keep_resident(1 << 20);
    let mut config = Config::new();
    config
        .wasm_component_model_async(true)
        .epoch_interruption(true)
        .cache(Some(Cache::new(kept)?))
        .allocation_strategy(pool);
    let engine = Engine::new(&config)?;
    let weak = engine.weak();
    std::thread::spawn(move || {
        while let Some(engine) = weak.upgrade() {
            engine.increment_epoch();
            drop(engine);
            std::thread::sleep(TICK);
        }
    });
    Ok(engine)
}

/// The components of the application by name; complete once all of them are loaded.
#[derive(Clone, Default)]
pub(crate) struct Handlers(Arc<OnceLock<BTreeMap<String, Handler>>>);

impl Handlers {
    pub(crate) fn get(&self, name: &str) -> Option<&Handler> {
        self.0.get()?.get(name)
    }

    /// Says which components there are; only the first call counts.
    pub(crate) fn complete(&self, handlers: BTreeMap<String, Handler>) {
        self.0.get_or_init(|| handlers);
    }
}

/// A component that is ready for requests.
pub(crate) struct Handler(ProxyHandler<Instances>);

impl Handler {
    /// Compiles a component, or takes it from the cache, and checks that it can be run.
    pub(crate) fn load(engine: &Engine, source: &Path, grants: Grants) -> anyhow::Result<Self> {
        let component = Component::from_file(engine, source)
            .map_err(anyhow::Error::from)
            .with_context(|| format!("cannot load {}", source.display()))?;
        let mut linker = Linker::new(engine);
        host::add_to_linker(&mut linker)?;
        let service = linker
            .instantiate_pre(&component)
            .and_then(ServicePre::new)
            .map_err(anyhow::Error::from)
            .with_context(|| {
                format!(
                    "{} asks for what the runner does not have",
                    source.display()
                )
            })?;
        Ok(Self(ProxyHandler::new(Instances {
            engine: engine.clone(),
            service,
            grants: Arc::new(grants),
            plain: Arc::new(Plain::new()),
        })))
    }

    /// Hands a request to an instance.
    pub(crate) async fn call(&self, request: Request) -> wasmtime::Result<Response> {
        self.0.handle((), request).await
    }
}

/// Makes the instances of one component.
struct Instances {
    engine: Engine,
    service: ServicePre<Guest>,
    grants: Arc<Grants>,
    /// The component's calls share their connections, whichever instance makes them.
    plain: Arc<Plain>,
}

impl HandlerState for Instances {
    type StoreData = Guest;
    type WorkerExpiration = Expiration;
    type WorkerState = Limits;

    async fn instantiate(&self) -> wasmtime::Result<Instance<Guest, Expiration, Limits>> {
        let mut store = Store::new(
            &self.engine,
            Guest::new(self.grants.clone(), self.plain.clone())?,
        );
        store.limiter(|guest| &mut guest.limits);
        // Code that computes for long lets other requests run, and is stopped from outside.
        store.set_epoch_deadline(1);
        store.epoch_deadline_async_yield_and_update(1);
        let service = self.service.instantiate_async(&mut store).await?;
        Ok(Instance {
            store,
            proxy: Proxy::P3(service),
            view: Guest::http,
            expiration: Expiration {
                sleep: Box::pin(tokio::time::sleep(IDLE)),
            },
            state: Limits {
                name: self.grants.name.clone(),
            },
        })
    }
}

/// Ends an instance that is stuck, or that nobody needs.
struct Expiration {
    sleep: Pin<Box<Sleep>>,
}

impl WorkerExpiration for Expiration {
    fn poll(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        status: WorkerStatus,
        start: Instant,
    ) -> Poll<()> {
        let allowed = match status {
            WorkerStatus::Idle => IDLE,
            // A little more than the request's own limit, which gives the better answer.
            WorkerStatus::Requests | WorkerStatus::PostReturn => REQUEST + TICK * 10,
        };
        let deadline = tokio::time::Instant::from_std(start + allowed);
        if self.sleep.deadline() != deadline {
            self.sleep.as_mut().reset(deadline);
        }
        self.sleep.as_mut().poll(cx)
    }
}

/// How much one instance is asked to do.
struct Limits {
    name: String,
}

impl WorkerState for Limits {
    type StoreData = Guest;
    type RequestData = ();

    fn should_accept_request(&self, concurrent: usize, total: usize) -> ShouldAccept {
        if total >= REUSE {
            ShouldAccept::Never
        } else if concurrent >= AT_ONCE {
            ShouldAccept::No
        } else {
            ShouldAccept::Yes
        }
    }

    fn on_request_start(
        &self,
        _: StoreContextMut<'_, Guest>,
        (): (),
        _: GuestTaskId,
    ) -> Pin<Box<dyn Future<Output = ()> + 'static + Send + Sync>> {
        Box::pin(tokio::time::sleep(REQUEST))
    }

    fn drop(&self, store: Store<Guest>, result: wasmtime::Result<()>) {
        if let Err(error) = result
            && !STOPPING.load(Ordering::Relaxed)
        {
            eprintln!("an instance of {} ended: {error:#}", self.name);
        }
        drop(store);
    }
}
