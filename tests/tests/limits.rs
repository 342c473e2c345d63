// SPDX-License-Identifier: EUPL-1.2
//! How many requests somebody may make in a minute, on a system that allows few.
//!
//! Minutes are those of the clock: a test that comes to the end of one waits for the next.

use std::time::Duration;

use serde_json::json;
use tests::{ADA, Call, MARIO, Reply, System};

const FEW: [(&str, &str); 3] = [
    ("limite_letture", "12"),
    ("limite_scritture", "4"),
    ("limite_accessi", "3"),
];

/// Seconds that a test takes at most.
const LONG: u32 = 15;

fn number(reply: &Reply, name: &str) -> u32 {
    let text = reply.header(name);
    text.parse()
        .unwrap_or_else(|_| panic!("{name} is {text:?}"))
}

/// Waits for the next minute when this one is nearly over.
fn with_time_left(system: &System) {
    let reset = number(&system.browser().get("/api/status"), "ratelimit-reset");
    if reset < LONG {
        std::thread::sleep(Duration::from_secs(u64::from(reset) + 1));
    }
}

#[track_caller]
fn is_too_many(reply: Reply) {
    let reply = reply.refused(429, "too_many_requests");
    assert_eq!(reply.header("content-type"), "application/problem+json");
    assert_eq!(number(&reply, "ratelimit-remaining"), 0);
    let wait = number(&reply, "retry-after");
    assert_eq!(wait, number(&reply, "ratelimit-reset"));
    assert!((1..=60).contains(&wait), "{wait}");
}

#[test]
fn what_is_left_counts_down_and_the_one_too_many_is_refused() {
    let system = System::configured(&FEW);
    with_time_left(&system);
    let nobody = system.browser();
    let first = number(&nobody.get("/api/status"), "ratelimit-remaining");
    // Whatever is asked for, and whatever the answer: everything from one address is counted together.
    let others = [
        "/api/me",
        "/api/servizi",
        "/api/no-such-thing",
        "/api/servizi/none",
    ];
    let mut left = first;
    for path in others.iter().cycle().take(first as usize) {
        let reply = nobody.get(path);
        assert_ne!(reply.status, 429, "{path} with {left} left");
        assert_eq!(number(&reply, "ratelimit-limit"), 12);
        left -= 1;
        assert_eq!(number(&reply, "ratelimit-remaining"), left, "{path}");
    }
    is_too_many(nobody.get("/api/status"));
    // An address that a client makes up changes nothing.
    for header in ["spin-client-addr", "x-forwarded-for", "forwarded"] {
        is_too_many(nobody.send(&Call::get("/api/status").header(header, "192.0.2.7")));
    }
}

#[test]
fn people_are_counted_apart_and_their_sessions_together() {
    let system = System::configured(&FEW);
    with_time_left(&system);
    let mario = system.signed_in(MARIO);
    let again = system.signed_in(MARIO);
    let renew = |client: &tests::Client| client.send(&Call::post("/api/sessione/rinnovo"));
    for (n, client) in [&mario, &again, &mario, &again].into_iter().enumerate() {
        let left = number(&renew(client).expect(200), "ratelimit-remaining");
        assert_eq!(left as usize, 3 - n);
    }
    is_too_many(renew(&mario));
    is_too_many(renew(&again));
    // Reading is another matter, and so is another person.
    mario.get("/api/me").expect(200);
    let ada = system.signed_in(ADA);
    assert_eq!(number(&renew(&ada).expect(200), "ratelimit-remaining"), 3);
    // Three people have signed in from here: the fourth has to wait, before the provider is asked.
    is_too_many(system.browser().get("/api/accesso"));
}

#[test]
fn a_change_that_is_too_many_changes_nothing() {
    let system = System::configured(&FEW);
    with_time_left(&system);
    let mario = system.signed_in(MARIO);
    let draft = |month: u32| {
        let body =
            json!({ "versione": 1, "risposte": { "mesi_ricerca": month }, "cambiata_il": month });
        mario.send(&Call::new("PUT", "/api/bozze/did").json(&body))
    };
    for month in 1..=4 {
        draft(month).expect(204);
    }
    is_too_many(draft(5));
    let kept = mario.get("/api/bozze/did").expect(200).json();
    assert_eq!(kept["cambiata_il"], 4);
}
