// SPDX-License-Identifier: EUPL-1.2
//! What a component meets outside itself: WASI, HTTP calls, variables and SQLite, each as far
//! as the manifest grants it and no further.

mod plain;
mod sqlite;
mod variables;

use crate::component::Handlers;
use crate::database::Database;
use crate::outbound::AllowedHosts;
use crate::variables::Values;
use http::uri::Scheme;
pub(crate) use plain::Plain;
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;
use wasmtime::component::{HasSelf, Linker, ResourceTable};
use wasmtime::{StoreLimits, StoreLimitsBuilder};
use wasmtime_wasi::{FsPerms, WasiCtx, WasiCtxView, WasiView};
use wasmtime_wasi_http::{
    Error, RequestOptions, WasiBody, WasiHttpCtx, WasiHttpCtxView, WasiHttpHooks, WasiHttpView,
    default_send_request,
};

mod bindings {
    wasmtime::component::bindgen!({
        path: "wit",
        world: "local:runner/host",
        imports: {
            "spin:sqlite/sqlite.[static]connection.open": async | trappable,
            "spin:sqlite/sqlite.[method]connection.execute": async | trappable,
            default: trappable,
        },
        with: { "spin:sqlite/sqlite.connection": crate::database::Lease },
        require_store_data_send: true,
    });
}

/// The most memory that one instance may use, in bytes.
pub(crate) const MEMORY: usize = 256 << 20;
/// The suffix of hosts that are components of this application.
const INTERNAL: &str = ".spin.internal";

/// What the manifest grants to one component.
pub(crate) struct Grants {
    /// The component's name, for the log.
    pub(crate) name: String,
    pub(crate) variables: Values,
    pub(crate) environment: Vec<(String, String)>,
    /// The databases by their name in the manifest.
    pub(crate) databases: BTreeMap<String, Arc<Database>>,
    pub(crate) hosts: AllowedHosts,
    /// The folder that the component sees as `/` and may only read.
    pub(crate) files: Option<PathBuf>,
    /// The other components, reached through `http://name.spin.internal`.
    pub(crate) siblings: Handlers,
}

/// The state of one instance.
pub(crate) struct Guest {
    grants: Arc<Grants>,
    wasi: WasiCtx,
    http: WasiHttpCtx,
    hooks: Outbound,
    table: ResourceTable,
    pub(crate) limits: StoreLimits,
}

impl Guest {
    pub(crate) fn new(grants: Arc<Grants>, plain: Arc<Plain>) -> wasmtime::Result<Self> {
        let mut wasi = WasiCtx::builder();
        // Standard output is for the line that says Ready: what components print goes beside it.
        wasi.stdout(std::io::stderr())
            .stderr(std::io::stderr())
            .wall_clock(crate::clock::Clock)
            .envs(&grants.environment);
        if let Some(files) = &grants.files {
            wasi.preopened_dir(files, "/", FsPerms::ReadOnly)?;
        }
        Ok(Self {
            wasi: wasi.build(),
            http: WasiHttpCtx::new(),
            hooks: Outbound {
                grants: grants.clone(),
                plain,
            },
            grants,
            table: ResourceTable::new(),
            limits: StoreLimitsBuilder::new().memory_size(MEMORY).build(),
        })
    }
}

/// Adds what components of the Spin worlds may import and this runner knows. Sockets it does not know: of HTTP it asks
/// `allowed_outbound_hosts`, and of them nobody would. A component that imports them does not start here.
pub(crate) fn add_to_linker(linker: &mut Linker<Guest>) -> wasmtime::Result<()> {
    wasmtime_wasi::p2::add_to_linker_proxy_interfaces_async(linker)?;
    add_program_to_linker(linker)?;
    wasmtime_wasi::p3::cli::add_to_linker(linker)?;
    wasmtime_wasi::p3::clocks::add_to_linker(linker)?;
    wasmtime_wasi::p3::filesystem::add_to_linker(linker)?;
    wasmtime_wasi::p3::random::add_to_linker(linker)?;
    wasmtime_wasi_http::p3::add_to_linker(linker)?;
    bindings::Host_::add_to_linker::<_, HasSelf<Guest>>(linker, |guest| guest)
}

/// What Rust's standard library asks for besides: a place in the file system, the environment, an end.
fn add_program_to_linker(linker: &mut Linker<Guest>) -> wasmtime::Result<()> {
    use wasmtime_wasi::cli::{WasiCli, WasiCliView as _};
    use wasmtime_wasi::filesystem::{WasiFilesystem, WasiFilesystemView as _};
    use wasmtime_wasi::p2::bindings::{cli, filesystem, random};
    use wasmtime_wasi::random::WasiRandom;

    filesystem::types::add_to_linker::<_, WasiFilesystem>(linker, Guest::filesystem)?;
    filesystem::preopens::add_to_linker::<_, WasiFilesystem>(linker, Guest::filesystem)?;
    random::insecure::add_to_linker::<_, WasiRandom>(linker, |guest| guest.wasi.random())?;
    random::insecure_seed::add_to_linker::<_, WasiRandom>(linker, |guest| guest.wasi.random())?;
    cli::exit::add_to_linker::<_, WasiCli>(linker, Guest::cli)?;
    cli::environment::add_to_linker::<_, WasiCli>(linker, Guest::cli)?;
    cli::terminal_input::add_to_linker::<_, WasiCli>(linker, Guest::cli)?;
    cli::terminal_output::add_to_linker::<_, WasiCli>(linker, Guest::cli)?;
    cli::terminal_stdin::add_to_linker::<_, WasiCli>(linker, Guest::cli)?;
    cli::terminal_stdout::add_to_linker::<_, WasiCli>(linker, Guest::cli)?;
    cli::terminal_stderr::add_to_linker::<_, WasiCli>(linker, Guest::cli)
}

impl WasiView for Guest {
    fn ctx(&mut self) -> WasiCtxView<'_> {
        WasiCtxView {
            ctx: &mut self.wasi,
            table: &mut self.table,
        }
    }
}

impl WasiHttpView for Guest {
    fn http(&mut self) -> WasiHttpCtxView<'_> {
        WasiHttpCtxView {
            hooks: &mut self.hooks,
            table: &mut self.table,
            ctx: &mut self.http,
        }
    }
}

/// Outgoing HTTP: to granted hosts only, and to other components without a network.
struct Outbound {
    grants: Arc<Grants>,
    plain: Arc<Plain>,
}

type Sent = Result<
    (
        http::Response<WasiBody>,
        Box<dyn Future<Output = Result<(), Error>> + Send>,
    ),
    Error,
>;

impl WasiHttpHooks for Outbound {
    fn send_request(
        &mut self,
        request: http::Request<WasiBody>,
        options: Option<RequestOptions>,
        _: Box<dyn Future<Output = Result<(), Error>> + Send>,
    ) -> Box<dyn Future<Output = Sent> + Send> {
        let (grants, plain) = (self.grants.clone(), self.plain.clone());
        Box::new(async move {
            if !grants.hosts.allow(request.uri()) {
                let host = request.uri().host().unwrap_or_default();
                eprintln!(
                    "{} is not allowed to call {host}: see allowed_outbound_hosts",
                    grants.name
                );
                return Err(Error::HttpRequestDenied);
            }
            let sibling = request
                .uri()
                .host()
                .and_then(|host| host.strip_suffix(INTERNAL));
            if let Some(name) = sibling.map(str::to_owned) {
                let sibling = grants
                    .siblings
                    .get(&name)
                    .ok_or(Error::DestinationNotFound)?;
                let response = sibling.call(request).await.map_err(|error| {
                    eprintln!("{name} did not answer {}: {error:#}", grants.name);
                    Error::DestinationUnavailable
                })?;
                return Ok((response, Box::new(async { Ok(()) }) as Box<_>));
            }
            if Plain::takes(&request, options.as_ref()) {
                let response = plain.send(request).await?;
                return Ok((response, Box::new(async { Ok(()) }) as Box<_>));
            }
            use http_body_util::BodyExt;
            let (response, io) = default_send_request(request, options).await?;
            Ok((response.map(BodyExt::boxed_unsync), Box::new(io) as Box<_>))
        })
    }

    fn default_scheme(&mut self) -> Option<Scheme> {
        Some(Scheme::HTTPS)
    }
}
