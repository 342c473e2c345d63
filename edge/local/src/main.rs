// SPDX-License-Identifier: EUPL-1.2
//! Runs `edge/spin.toml` on one machine with no Spin installed, and the outside world in a box.
//!
//! The same components run unchanged on Spin: this runner gives them the same interfaces and
//! only what the manifest grants. It says `Ready: http://…` on standard output once requests
//! are answered; everything else goes to standard error.

mod args;
mod clock;
mod component;
mod database;
mod files;
mod host;
mod manifest;
mod outbound;
mod routes;
mod scheduler;
mod server;
mod variables;
mod world;

use anyhow::{Context, bail, ensure};
use args::Args;
use component::{Handler, Handlers};
use database::Database;
use host::Grants;
use manifest::{Component, Manifest, Route};
use outbound::AllowedHosts;
use routes::Routes;
use std::collections::BTreeMap;
use std::fs::DirBuilder;
use std::net::SocketAddr;
use std::os::unix::fs::DirBuilderExt;
use std::path::Path;
use std::sync::Arc;
use tokio::net::TcpListener;
use tokio::signal::unix::{SignalKind, signal};
use variables::{Origins, Values};

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    run(Args::parse(std::env::args().skip(1))?).await
}

async fn run(args: Args) -> anyhow::Result<()> {
    let manifest = Manifest::load(&args.manifest)?;
    let data = std::path::absolute(&args.data)?;
    // For the owner only: it holds what people told the Sportello.
    DirBuilder::new()
        .recursive(true)
        .mode(0o700)
        .create(&data)
        .with_context(|| format!("cannot make {}", data.display()))?;
    // Asked for early, so that a signal during the start is not lost.
    let stop = stop_signal()?;
    let listener = TcpListener::bind(args.listen)
        .await
        .with_context(|| format!("cannot listen on {}", args.listen))?;
    let listen = listener.local_addr()?;
    let world = SocketAddr::new(
        if listen.ip().is_loopback() {
            listen.ip()
        } else {
            [127, 0, 0, 1].into()
        },
        listen
            .port()
            .checked_add(1)
            .context("no port is left for the outside world")?,
    );
    let origins = Origins {
        app: format!("http://{listen}"),
        world: format!("http://{world}"),
    };
    let environment = |name: &str| std::env::var(name).ok();
    let values = variables::resolve(&manifest, &origins, environment, &args.set, &data)?;
    eprintln!("{}: loading components", manifest.application.name);
    let (routes, handlers) = load(&manifest, &args, &values, &data).await?;
    // The box gives any identity to who asks: it is there only while the application points to it.
    if values
        .get("mondo_esterno")
        .is_none_or(|origin| *origin == origins.world)
    {
        let config = world::Config {
            listen: world,
            app: origins.app.clone(),
            data: data.clone(),
            trial: values.get("ambiente").is_some_and(|word| word == "prova"),
        };
        drop(world::serve(config).await?);
        eprintln!("the outside world in a box: {}", origins.world);
    }
    println!("Ready: {}", origins.app);
    if let Some(secret) = values.get("segreto") {
        tokio::spawn(scheduler::run(origins.app.clone(), secret.clone()));
    }
    server::serve(server::App::new(routes, handlers, listen), listener, stop).await;
    Ok(())
}

fn stop_signal() -> anyhow::Result<impl Future<Output = ()>> {
    let mut interrupt = signal(SignalKind::interrupt())?;
    let mut terminate = signal(SignalKind::terminate())?;
    Ok(async move {
        tokio::select! {
            _ = interrupt.recv() => {}
            _ = terminate.recv() => {}
        }
    })
}

/// Compiles all components at the same time and sets up their routes.
async fn load(
    manifest: &Manifest,
    args: &Args,
    values: &Values,
    data: &Path,
) -> anyhow::Result<(Routes, Handlers)> {
    let folder = match args.manifest.parent() {
        Some(folder) if folder != Path::new("") => folder,
        _ => Path::new("."),
    };
    let mut routes = Routes::default();
    for trigger in &manifest.trigger.http {
        if let Route::Path(raw) = &trigger.route {
            routes.add(raw, &trigger.component)?;
        }
    }
    let handlers = Handlers::default();
    let engine = component::engine(&data.join("cache"))?;
    let mut databases = Databases {
        data,
        largest: args.database_pages,
        opened: BTreeMap::new(),
    };
    let mut loading = Vec::new();
    for (name, component) in &manifest.component {
        let grants = grants(
            name,
            component,
            folder,
            values,
            data,
            &mut databases,
            &handlers,
        )
        .with_context(|| format!("in the component `{name}`"))?;
        let (engine, source, name) = (engine.clone(), folder.join(&component.source), name.clone());
        loading.push(tokio::task::spawn_blocking(move || {
            ensure!(
                source.is_file(),
                "{} is not built: run cargo xtask build",
                source.display()
            );
            anyhow::Ok((name, Handler::load(&engine, &source, grants)?))
        }));
    }
    for (name, database) in databases.opened {
        // Opened once now: the file is made and set to its mode before two requests can race.
        let open = move || database.open();
        if let Err(error) = tokio::task::spawn_blocking(open).await? {
            bail!("cannot open the database `{name}`: {error:?}");
        }
    }
    let mut loaded = BTreeMap::new();
    for task in loading {
        let (name, handler) = task.await??;
        loaded.insert(name, handler);
    }
    handlers.complete(loaded);
    Ok((routes, handlers))
}

/// What one component may use, as the manifest says.
fn grants(
    name: &str,
    component: &Component,
    folder: &Path,
    values: &Values,
    data: &Path,
    databases: &mut Databases<'_>,
    siblings: &Handlers,
) -> anyhow::Result<Grants> {
    let mut hosts = Vec::new();
    for template in &component.allowed_outbound_hosts {
        hosts.push(variables::expand(template, values)?);
    }
    let mut granted = BTreeMap::new();
    for name in &component.sqlite_databases {
        granted.insert(name.clone(), databases.named(name)?);
    }
    Ok(Grants {
        name: name.to_owned(),
        variables: variables::of_component(component, values)?,
        environment: component.environment.clone().into_iter().collect(),
        databases: granted,
        hosts: AllowedHosts::parse(hosts.iter().map(String::as_str))?,
        files: files::assemble(component, folder, &data.join("files").join(name))?,
        siblings: siblings.clone(),
    })
}

/// The databases of the application, each opened once whoever uses it.
struct Databases<'a> {
    data: &'a Path,
    largest: Option<u32>,
    opened: BTreeMap<String, Arc<Database>>,
}

impl Databases<'_> {
    fn named(&mut self, name: &str) -> anyhow::Result<Arc<Database>> {
        let letter = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '-';
        ensure!(
            !name.is_empty() && name.chars().all(letter),
            "`{name}` is not a name for a database"
        );
        let open = || Database::new(self.data.join(format!("{name}.db")), self.largest);
        let known = self.opened.entry(name.to_owned());
        Ok(known.or_insert_with(open).clone())
    }
}
