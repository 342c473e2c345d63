// SPDX-License-Identifier: EUPL-1.2
//! The built system as a process of its own: started on free ports with an empty data folder, ended with the tests.

use std::fs::{self, File};
use std::io::{BufRead, BufReader};
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, Instant};

use crate::{Call, Client, Persona};

/// How often other ports are tried when somebody else was faster.
const ATTEMPTS: u32 = 5;
/// The secret of every installation that is started here; it guards nothing.
pub const SECRET: &str = "a secret of the tests, which guards nothing at all";

/// The HMAC-SHA256 of `lavori` under that secret: what a scheduler shows.
const JOB_TOKEN: &str = "edd02d4ab9b6104287757ace79012042569ee4a61e134e48657112f4d0550b55";

/// A running system.
pub struct System {
    /// Such as `http://127.0.0.1:41000`.
    pub origin: String,
    /// The outside world in a box, on the next port up.
    pub world: String,
    program: PathBuf,
    manifest: PathBuf,
    folder: PathBuf,
    environment: Vec<(String, String)>,
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
        Self::configured(&[])
    }

    /// A system with nothing in it and these variables of the manifest, given as an installation gives them.
    #[must_use]
    pub fn configured(variables: &[(&str, &str)]) -> Self {
        static NUMBER: AtomicU32 = AtomicU32::new(0);
        let name = format!(
            "sportello-tests-{}-{}",
            std::process::id(),
            NUMBER.fetch_add(1, Ordering::Relaxed)
        );
        let folder = std::env::temp_dir().join(name);
        Self::of(program(), Path::new("edge/spin.toml"), folder, variables)
    }

    /// A system of any runner and manifest, in a folder that is gone when it ends.
    #[must_use]
    pub fn measured(program: PathBuf, manifest: &Path, folder: PathBuf) -> Self {
        Self::of(program, manifest, folder, &[])
    }

    fn of(program: PathBuf, manifest: &Path, folder: PathBuf, variables: &[(&str, &str)]) -> Self {
        assert_built(&program);
        let cache = root().join("target/tests-cache");
        fs::create_dir_all(folder.join("data")).expect("a folder for the data");
        fs::create_dir_all(&cache).expect("a folder for compiled code");
        // Compiled code is the same for every system; the runner keeps it beside the data.
        std::os::unix::fs::symlink(&cache, folder.join("data/cache"))
            .expect("a link to compiled code");
        let environment = variables
            .iter()
            .map(|(name, value)| {
                let name = format!("SPIN_VARIABLE_{}", name.to_ascii_uppercase());
                (name, (*value).to_owned())
            })
            .collect();
        Self::start_in(program, manifest.to_owned(), folder, environment, &[])
    }

    /// Kills the runner with SIGKILL, as a power cut would, and starts another one on the same data.
    #[must_use]
    pub fn crash_and_restart(self) -> Self {
        self.crash_and_restart_with(&[])
    }

    /// The same, with more words on the command line of the runner.
    #[must_use]
    pub fn crash_and_restart_with(mut self, arguments: &[&str]) -> Self {
        self.end();
        let folder = std::mem::take(&mut self.folder);
        let environment = std::mem::take(&mut self.environment);
        let manifest = std::mem::take(&mut self.manifest);
        let program = std::mem::take(&mut self.program);
        Self::start_in(program, manifest, folder, environment, arguments)
    }

    /// Where the database lies, for tests that do to it what a machine can do.
    #[must_use]
    pub fn database(&self) -> PathBuf {
        self.folder.join("data/default.db")
    }

    /// The runner's process, for tests that end it while people use it.
    #[must_use]
    pub fn pid(&self) -> u32 {
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

    /// Sets the clock that components and the box see so many seconds ahead of the machine's. Sessions are timed by it.
    #[track_caller]
    pub fn set_clock(&self, ahead: i64) {
        let wish = serde_json::json!({ "avanti_s": ahead });
        Client::new(&self.world)
            .post("/orologio/prova", &wish)
            .expect(200);
    }

    /// Runs the scheduled job, as its scheduler does once a minute.
    #[track_caller]
    pub fn run_job(&self) -> serde_json::Value {
        let call = Call::post("/api/lavori/promemoria")
            .without_origin()
            .header("x-lavori", JOB_TOKEN);
        self.browser().send(&call).expect(200).json()
    }

    /// Everything that the runner has written to standard error so far.
    #[must_use]
    pub fn log(&self) -> String {
        fs::read_to_string(self.folder.join("log")).expect("the log can be read")
    }

    fn start_in(
        program: PathBuf,
        manifest: PathBuf,
        folder: PathBuf,
        environment: Vec<(String, String)>,
        arguments: &[&str],
    ) -> Self {
        for _ in 0..ATTEMPTS {
            let port = free_port();
            let origin = format!("http://127.0.0.1:{port}");
            let log = File::options()
                .create(true)
                .append(true)
                .open(folder.join("log"))
                .expect("a log can be written");
            let mut runner = Command::new(&program)
                .args(["--listen", &format!("127.0.0.1:{port}"), "--manifest"])
                .arg(&manifest)
                .arg("--data")
                .arg(folder.join("data"))
                .args(arguments)
                .current_dir(root())
                .envs(environment.clone())
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
                program: program.clone(),
                manifest: manifest.clone(),
                folder: folder.clone(),
                environment: environment.clone(),
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
    std::env::var_os("LOCAL_BIN").map_or_else(|| target.join("debug/local"), PathBuf::from)
}

fn assert_built(program: &Path) {
    let components =
        ["edge.wasm", "site.wasm"].map(|name| root().join("target/wasm32-wasip2/edge").join(name));
    for path in components.iter().map(PathBuf::as_path).chain([program]) {
        assert!(
            path.is_file(),
            "{} is missing: run `cargo xtask test`, which builds it first",
            path.display()
        );
    }
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .expect("the package lies in the repository")
}

/// Waits for what happens after an answer, for ten seconds at most.
pub fn eventually(what: &str, mut holds: impl FnMut() -> bool) {
    let begin = Instant::now();
    while !holds() {
        assert!(begin.elapsed() < Duration::from_secs(10), "not yet: {what}");
        std::thread::sleep(Duration::from_millis(20));
    }
}
