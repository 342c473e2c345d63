// SPDX-License-Identifier: EUPL-1.2
// What every test starts from: the built system on a free port with a data folder of its own, and a browser on it.

import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { delimiter, dirname, join, resolve } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

import { chromium } from "playwright-core";

const ROOT = resolve(dirname(fileURLToPath(import.meta.url)), "../..");
const READY_WITHIN = 120_000;

/** The program that runs the manifest with no Spin installed. */
function program() {
  const target = process.env.CARGO_TARGET_DIR ?? "target";
  return process.env.LOCAL_BIN ?? resolve(ROOT, target, "debug/local");
}

/** A Chromium: the one that the runner names, or one of the path. */
function browserPath() {
  if (process.env.CHROMIUM) return process.env.CHROMIUM;
  const names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"];
  const folders = (process.env.PATH ?? "").split(delimiter);
  const found = names.flatMap((name) => folders.map((folder) => join(folder, name))).find((path) => existsSync(path));
  if (!found) throw new Error("no Chromium found: install one, or name it in CHROMIUM");
  return found;
}

/** Holds a port for a moment: a server on it, or null when it is taken. */
function hold(port) {
  return new Promise((done) => {
    const server = createServer();
    server.once("error", () => done(null));
    server.listen(port, "127.0.0.1", () => done(server));
  });
}

const letGo = (server) => new Promise((done) => server.close(done));

/** A free port whose next one is free as well: the outside world in a box listens there. */
async function freePorts() {
  for (let attempt = 0; attempt < 50; attempt += 1) {
    const first = await hold(0);
    const { port } = first.address();
    const second = port < 65_535 ? await hold(port + 1) : null;
    await letGo(first);
    if (second) {
      await letGo(second);
      return port;
    }
  }
  throw new Error("no two free ports side by side");
}

/** Waits for the line that says that requests are answered. */
function ready(child) {
  return new Promise((done, fail) => {
    let said = "";
    const late = setTimeout(() => fail(new Error(`not ready in time\n${said}`)), READY_WITHIN);
    child.stderr.on("data", (text) => (said += text));
    child.once("error", fail);
    child.once("exit", (code) => fail(new Error(`ended with ${code} before it was ready\n${said}`)));
    createInterface({ input: child.stdout }).on("line", (line) => {
      if (!line.startsWith("Ready: ")) return;
      clearTimeout(late);
      done(line.slice("Ready: ".length).trim());
    });
  });
}

async function startServer() {
  const data = await mkdtemp(join(tmpdir(), "sportello-"));
  const port = await freePorts();
  const args = ["--manifest", "edge/spin.toml", "--listen", `127.0.0.1:${port}`, "--data", data];
  const child = spawn(program(), args, { cwd: ROOT, stdio: ["ignore", "pipe", "pipe"] });
  // A test that breaks off leaves nothing running.
  process.once("exit", () => child.kill("SIGKILL"));
  const stop = async () => {
    if (child.exitCode === null && child.signalCode === null) {
      const ended = new Promise((done) => child.once("exit", done));
      child.kill("SIGTERM");
      // Open connections may keep it: then it is ended the hard way.
      const hard = setTimeout(() => child.kill("SIGKILL"), 3_000);
      await ended;
      clearTimeout(hard);
    }
    await rm(data, { recursive: true, force: true });
  };
  try {
    return { origin: await ready(child), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Starts a browser. */
export const launch = () =>
  chromium.launch({
    executablePath: browserPath(),
    args: ["--no-sandbox", "--disable-quic", "--disable-background-networking"],
  });

/** Starts the system and a browser. `visit` opens a page of its own, `stop` ends everything. */
export async function start() {
  const server = await startServer();
  const browser = await launch();
  const visit = async (options = {}) => {
    const context = await browser.newContext({ baseURL: server.origin, locale: "it-IT", ...options });
    context.setDefaultTimeout(30_000);
    const page = await context.newPage();
    // Listened for from the start: a key could be quicker than the browser is told that a test chooses the files.
    page.on("filechooser", () => undefined);
    return page;
  };
  const stop = async () => {
    await browser.close();
    await server.stop();
  };
  return { origin: server.origin, visit, stop };
}

/** Signs in as a person of the box and comes back to `path`. */
export async function signIn(page, codiceFiscale, path) {
  await page.goto(`/api/accesso?ritorno=${encodeURIComponent(path)}&login_hint=${codiceFiscale}`);
  await page.getByRole("button", { name: "Esci" }).waitFor();
  await settled(page);
}

/** Waits until the app has drawn the page and nothing on it is still on its way. */
export async function settled(page) {
  await page.locator("main h1").first().waitFor();
  await nothingOnItsWay(page);
  await page.waitForLoadState("networkidle");
}

/** Waits until no part of the page waits for the edge. A page may have several at once, each with its own notice. */
export async function nothingOnItsWay(page) {
  await page.waitForFunction(() => document.querySelector('p.waiting[role="status"]') === null);
}
