// SPDX-License-Identifier: EUPL-1.2
//! The built system as a process of its own: started on free ports with an empty data folder, ended with the tests.

use std::fs::{self, File};
use std::io::{BufRead, BufReader};
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU32, Ordering};

use crate::{Client, Persona};

/// How often other ports are tried when somebody else was faster.
const ATTEMPTS: u32 = 5;
/// The secret of this installation; it guards nothing.
const SECRET: &str = "a secret of the tests, which guards nothing at all";

/// A running system.
pub struct System {
    /// Such as `http://127.0.0.1:41000`.
    pub origin: String,
    /// The outside world in a box, on the next port up.
    pub world: String,
    manifest: PathBuf,
    folder: PathBuf,
    runner: Child,
    guard: Child,
}

impl System {
    /// The one system of a test binary, for tests that share nothing because each has people of its own.
    pub fn shared() -> &'static Self {
        static SHARED: OnceLock<System> = OnceLock::new();
        SHARED.get_or_init(Self::start)
    }

    /// A system with nothing in it.
    #[must_use]
    pub fn start() -> Self {
        static NUMBER: AtomicU32 = AtomicU32::new(0);
        let name = format!(
            "sportello-tests-{}-{}",
            std::process::id(),
            NUMBER.fetch_add(1, Ordering::Relaxed)
        );
        Self::start_with(
            Path::new("edge/spin.toml"),
            std::env::temp_dir().join(name),
        )
    }

    /// A system of any manifest with nothing in it, in a folder that is gone when it ends.
    #[must_use]
    pub fn start_with(manifest: &Path, folder: PathBuf) -> Self {
        let program = program();
        let cache = root().join("target/tests-cache");
        fs::create_dir_all(folder.join("data")).expect("a folder for the data");
        fs::create_dir_all(&cache).expect("a folder for compiled code");
        // Compiled code is the same for every system; the runner keeps it beside the data.
        std::os::unix::fs::symlink(&cache, folder.join("data/cache"))
            .expect("a link to compiled code");
        Self::start_in(&program, manifest.to_owned(), folder)
    }

    /// Kills the runner with SIGKILL, as a power cut would, and starts another one on the same data.
    #[must_use]
    pub fn crash_and_restart(mut self) -> Self {
        self.end();
        let folder = std::mem::take(&mut self.folder);
        Self::start_in(&program(), std::mem::take(&mut self.manifest), folder)
    }

    /// The number of the runner's process.
    #[must_use]
    pub fn process(&self) -> u32 {
        self.runner.id()
    }

    /// A browser in which nobody has signed in.
    #[must_use]
    pub fn browser(&self) -> Client {
        Client::new(&self.origin)
    }

    /// A browser in which this person has signed in.
    #[must_use]
    #[track_caller]
    pub fn signed_in(&self, persona: Persona) -> Client {
        let client = self.browser();
        client.sign_in(persona);
        client
    }

    /// Everything that the runner has written to standard error so far.
    #[must_use]
    pub fn log(&self) -> String {
        fs::read_to_string(self.folder.join("log")).expect("the log can be read")
    }

    fn start_in(program: &Path, manifest: PathBuf, folder: PathBuf) -> Self {
        for _ in 0..ATTEMPTS {
            let port = free_port();
            let origin = format!("http://127.0.0.1:{port}");
            let log = File::options()
                .create(true)
                .append(true)
                .open(folder.join("log"))
                .expect("a log can be written");
            let mut runner = Command::new(program)
                .args(["--listen", &format!("127.0.0.1:{port}"), "--manifest"])
                .arg(&manifest)
                .arg("--data")
                .arg(folder.join("data"))
                .current_dir(root())
                .env("SPIN_VARIABLE_SEGRETO", SECRET)
                .stdin(Stdio::null())
                .stdout(Stdio::piped())
                .stderr(log)
                .spawn()
                .unwrap_or_else(|error| panic!("cannot start {}: {error}", program.display()));
            let guard = guard(&runner, &folder);
            let ready = runner.stdout.take().is_some_and(|output| {
                BufReader::new(output)
                    .lines()
                    .map_while(Result::ok)
                    .any(|line| line == format!("Ready: {origin}"))
            });
            let world = format!("http://127.0.0.1:{}", port + 1);
            let mut system = Self {
                origin,
                world,
                manifest: manifest.clone(),
                folder: folder.clone(),
                runner,
                guard,
            };
            if ready {
                return system;
            }
            system.end();
            system.folder = PathBuf::new();
        }
        let log = fs::read_to_string(folder.join("log")).unwrap_or_default();
        let _ = fs::remove_dir_all(&folder);
        panic!("the system does not start; `cargo xtask test` builds what it needs.\n{log}");
    }

    /// The guard first: it must not outlive the process whose number it knows.
    fn end(&mut self) {
        let _ = self.guard.kill();
        let _ = self.guard.wait();
        let _ = self.runner.kill();
        let _ = self.runner.wait();
    }
}

impl Drop for System {
    fn drop(&mut self) {
        self.end();
        // Another system may have taken the folder over.
        if !self.folder.as_os_str().is_empty() {
            let _ = fs::remove_dir_all(&self.folder);
        }
    }
}

/// Ends the runner when this process ends, however it does: statics are never dropped, and tests may be interrupted.
fn guard(runner: &Child, folder: &Path) -> Child {
    Command::new("sh")
        .args([
            "-c",
            r#"read -r _; kill -9 "$0" 2>/dev/null; rm -rf "$1""#,
            &runner.id().to_string(),
        ])
        .arg(folder)
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("sh can be started")
}

/// A port whose next one up is free too.
fn free_port() -> u16 {
    loop {
        let first = TcpListener::bind(("127.0.0.1", 0)).expect("a free port");
        let port = first.local_addr().expect("a port has a number").port();
        if port < u16::MAX && TcpListener::bind(("127.0.0.1", port + 1)).is_ok() {
            return port;
        }
    }
}

fn program() -> PathBuf {
    let target = std::env::var_os("CARGO_TARGET_DIR")
        .map_or_else(|| root().join("target"), |path| root().join(path));
    let program =
        std::env::var_os("LOCAL_BIN").map_or_else(|| target.join("release/local"), PathBuf::from);
    let components =
        ["edge.wasm", "site.wasm"].map(|name| root().join("target/wasm32-wasip2/edge").join(name));
    for path in components.iter().chain([&program]) {
        assert!(
            path.is_file(),
            "{} is missing: run `cargo xtask test`, which builds it first",
            path.display()
        );
    }
    program
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .expect("the package lies in the repository")
}
