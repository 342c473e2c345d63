// SPDX-License-Identifier: EUPL-1.2
//! The endpoints that are measured. To add one: a line in [`all`], and people for it if it needs any.

use std::fs;

use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};

use super::load::{CONNECTIONS, Row, Work};
use super::stage::{EMPTY, Stage};
use super::wire::{Connection, request};
use crate::build;

/// The most that a read of somebody who is signed in, and sending a DID, may take, as so many times the empty component.
const READ: f64 = 3.0;
const DID: f64 = 6.0;
/// People who send their DID, each once in a batch.
const SENDERS: usize = CONNECTIONS * 8;

/// All rows, the empty component first.
pub(crate) fn all(stage: &Stage) -> Result<Vec<Row>> {
    println!("  people: {} are signing in …", CONNECTIONS + SENDERS);
    let cookies = stage.sign_in(&tests::crowd(0, CONNECTIONS + SENDERS))?;
    let (readers, senders) = cookies.split_at(CONNECTIONS);
    let pratiche = readers
        .iter()
        .map(|cookie| present(stage, cookie))
        .collect::<Result<Vec<_>>>()?;

    let nobody = |target: &str| Work::Again(vec![request("GET", target, &[], None)]);
    let reader = |target: &str| {
        let send = |cookie: &String| request("GET", target, &[("cookie", cookie)], None);
        Work::Again(readers.iter().map(send).collect())
    };
    let own = |rest: &str| {
        let both = readers.iter().zip(&pratiche);
        let send = |(cookie, path): (&String, &String)| {
            request("GET", &format!("{path}{rest}"), &[("cookie", cookie)], None)
        };
        Work::Again(both.map(send).collect())
    };
    Ok(vec![
        row("empty component", None, 200, nobody(EMPTY)),
        row("GET / (a page)", None, 200, nobody("/")),
        row("GET the app's Wasm", None, 200, nobody(&app()?)),
        row("GET /api/status", None, 200, nobody("/api/status")),
        row("GET /api/servizi", None, 200, nobody("/api/servizi")),
        row("GET /api/me", Some(READ), 200, reader("/api/me")),
        row(
            "GET /api/pratiche (one)",
            Some(READ),
            200,
            reader("/api/pratiche"),
        ),
        row("GET /api/pratiche/{id}", Some(READ), 200, own("")),
        row("PUT /api/bozze/did", None, 204, drafts(readers)),
        row("POST /api/pratiche (a DID)", Some(DID), 201, dids(senders)),
        row("GET …/ricevuta.pdf", None, 200, own("/ricevuta.pdf")),
        row("GET …/documento.pdf", None, 200, own("/documento.pdf")),
    ])
}

fn row(name: &'static str, at_most: Option<f64>, status: u16, work: Work) -> Row {
    Row {
        name,
        at_most,
        status,
        work,
    }
}

/// The path of the app's Wasm, whose name has a hash of its contents in it.
fn app() -> Result<String> {
    let folder = build::pages().join("assets");
    let names = fs::read_dir(&folder)?
        .flatten()
        .map(|entry| entry.file_name());
    let mut names = names.filter_map(|name| name.into_string().ok());
    let name = names
        .find(|name| name.starts_with("app-") && name.ends_with(".wasm"))
        .context("the app is not built")?;
    Ok(format!("/assets/{name}"))
}

/// What somebody of the crowd, who has never worked, sends as a DID.
fn did() -> String {
    json!({ "servizio": "did", "risposte": answers() }).to_string()
}

fn answers() -> Value {
    tests::did_of(json!({
        "ha_lavorato": false,
        "mesi_da_ultimo_lavoro": null,
        "posizione_ultimo_lavoro": null,
        "condizione_un_anno_prima": "studente",
    }))
}

/// Sends a DID and gives its path.
fn present(stage: &Stage, cookie: &str) -> Result<String> {
    let request = request("POST", "/api/pratiche", &[("cookie", cookie)], Some(&did()));
    let answer = Connection::open(stage.address())?.ask(&request)?;
    ensure!(
        answer.status == 201,
        "a DID was answered with {}: {}",
        answer.status,
        String::from_utf8_lossy(&answer.body)
    );
    Ok(answer.location)
}

/// The draft of a whole DID, as the app sends it while somebody types.
fn drafts(readers: &[String]) -> Work {
    let body =
        json!({ "versione": 1, "cambiata_il": 1_795_000_000_000_i64, "risposte": answers() })
            .to_string();
    let send =
        |cookie: &String| request("PUT", "/api/bozze/did", &[("cookie", cookie)], Some(&body));
    Work::Again(readers.iter().map(send).collect())
}

/// A DID of each sender, under a key that is new each time; then all of them are withdrawn.
fn dids(senders: &[String]) -> Work {
    let body = did();
    let cookies = senders.to_vec();
    let withdrawing = senders.to_vec();
    Work::Once {
        batch: Box::new(move |batch| {
            let send = |cookie: &String| {
                let key = format!("bench-{batch}");
                let headers = [("cookie", cookie.as_str()), ("idempotency-key", &key)];
                request("POST", "/api/pratiche", &headers, Some(&body))
            };
            cookies.iter().map(send).collect()
        }),
        undo: Box::new(move |place, answer| {
            let target = format!("{}/ritiro", answer.location);
            request("POST", &target, &[("cookie", &withdrawing[place])], None)
        }),
    }
}
