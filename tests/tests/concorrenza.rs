// SPDX-License-Identifier: EUPL-1.2
//! Many people, one place: whatever they do at the same time and whatever happens to the machine, a place is given once
//! and what was answered stays.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Barrier, Mutex};

use serde_json::{Value, json};
use tests::{Call, Client, Reply, System, at, book, crowd, free};

/// A service and an office with one desk for it.
const SERVICE: &str = "collocamento_mirato";
const OFFICE: &str = "imola";

fn signed_in(system: &System, count: usize) -> Vec<Client> {
    crowd(0, count)
        .into_iter()
        .map(|person| system.signed_in(person))
        .collect()
}

/// `times` requests from each browser, all at once, each on a connection of its own.
fn all_at_once(
    clients: &[Client],
    times: usize,
    ask: impl Fn(&Client, usize) -> Option<Reply> + Sync,
) -> Vec<(usize, Reply)> {
    let start = Barrier::new(clients.len() * times);
    std::thread::scope(|scope| {
        let mut running = Vec::new();
        for (n, client) in clients.iter().enumerate() {
            for turn in 0..times {
                let (start, ask) = (&start, &ask);
                running.push(scope.spawn(move || {
                    start.wait();
                    ask(client, turn).map(|reply| (n, reply))
                }));
            }
        }
        running
            .into_iter()
            .filter_map(|thread| thread.join().expect("a request"))
            .collect()
    })
}

fn statuses(replies: &[(usize, Reply)]) -> BTreeMap<(u16, String), usize> {
    let mut counted = BTreeMap::new();
    for (_, reply) in replies {
        let code = reply.json()["code"].as_str().unwrap_or_default().to_owned();
        *counted.entry((reply.status, code)).or_insert(0) += 1;
    }
    counted
}

fn mine(client: &Client) -> Vec<Value> {
    let all = client.get("/api/appuntamenti").expect(200).json();
    all.as_array().expect("a list").clone()
}

#[test]
fn a_thousand_confirmations_of_one_place_give_one_appointment() {
    let system = System::start();
    let clients = signed_in(&system, 40);
    let slots = free(&clients[0], SERVICE, OFFICE, (3, 30));
    let slot = &slots[0];
    assert_eq!(slot["posti"], 1);
    let replies = all_at_once(&clients, 25, |client, _| {
        Some(book(client, SERVICE, OFFICE, at(slot)))
    });
    let counted = statuses(&replies);
    assert_eq!(replies.len(), 1000);
    assert_eq!(counted.get(&(201, String::new())), Some(&1), "{counted:?}");
    let refused: usize = ["slot_taken", "already_booked"]
        .iter()
        .filter_map(|code| counted.get(&(409, (*code).to_owned())))
        .sum();
    assert_eq!(refused, 999, "{counted:?}");
    // Everybody else is told what is still free, and it is.
    let after = free(&clients[0], SERVICE, OFFICE, (3, 30));
    for (_, reply) in &replies {
        let body = reply.json();
        if body["code"] == "slot_taken" {
            let others = body["alternative"]
                .as_array()
                .expect("other places")
                .clone();
            assert!(!others.is_empty() && others.iter().all(|other| after.contains(other)));
        }
    }
    let winner = replies
        .iter()
        .find(|(_, reply)| reply.status == 201)
        .expect("a winner")
        .0;
    for (n, client) in clients.iter().enumerate() {
        assert_eq!(mine(client).len(), usize::from(n == winner));
    }
}

/// A booking with a key.
fn confirmation(slot: &Value, key: &str) -> Call {
    Call::post("/api/appuntamenti")
        .header("idempotency-key", key)
        .json(&json!({ "servizio": SERVICE, "sede": OFFICE, "inizio": at(slot), "modalita": "presenza" }))
}

#[test]
fn the_same_request_sent_fifty_times_at_once_books_once_and_is_answered_alike() {
    let system = System::start();
    let clients = signed_in(&system, 1);
    // One desk: the twins want the very same place.
    let slots = free(&clients[0], SERVICE, OFFICE, (3, 30));
    let replies = all_at_once(&clients, 50, |client, _| {
        Some(client.send(&confirmation(&slots[0], "gemelle")))
    });
    let counted = statuses(&replies);
    assert_eq!(counted.get(&(201, String::new())), Some(&50), "{counted:?}");
    let answers: BTreeSet<String> = replies.iter().map(|(_, reply)| reply.text()).collect();
    assert_eq!(answers.len(), 1);
    assert_eq!(mine(&clients[0]).len(), 1);
    let other = free(&clients[0], "prima_informazione", "modena", (3, 30))[9].clone();
    let body = json!({ "servizio": "prima_informazione", "sede": "modena", "modalita": "presenza", "inizio": at(&other) });
    let replies = all_at_once(&clients, 50, |client, _| {
        let call = Call::post("/api/blocchi").header("idempotency-key", "tieni");
        Some(client.send(&call.json(&body)))
    });
    let counted = statuses(&replies);
    assert_eq!(counted.get(&(201, String::new())), Some(&50), "{counted:?}");
    let held: BTreeSet<String> = replies
        .iter()
        .map(|(_, reply)| reply.json()["id"].to_string())
        .collect();
    assert_eq!(held.len(), 1);
}

#[test]
fn nothing_that_was_answered_is_lost_when_the_power_fails() {
    let system = System::start();
    let clients = signed_in(&system, 24);
    let slots = free(&clients[0], SERVICE, OFFICE, (3, 60));
    let slots = &slots[..slots.len().min(40)];
    // Everybody tries one place after the other, until the machine is gone.
    let pid = system.pid();
    let first = Mutex::new(Vec::new());
    let booked: Vec<(usize, Value)> = std::thread::scope(|scope| {
        let running: Vec<_> = clients
            .iter()
            .enumerate()
            .map(|(n, client)| {
                let first = &first;
                scope.spawn(move || {
                    let mut got = Vec::new();
                    for turn in 0..slots.len() {
                        let slot = &slots[(n + turn) % slots.len()];
                        let key = format!("{n}-{turn}");
                        let Some(reply) = client.try_send(&confirmation(slot, &key)) else {
                            break;
                        };
                        if reply.status == 201 {
                            let booked = reply.json();
                            let id = booked["id"].as_str().expect("an id").to_owned();
                            first
                                .lock()
                                .expect("a list")
                                .push((n, slot, key, reply.text()));
                            got.push((n, booked));
                            let why = json!({ "motivo": "altro" });
                            // Half of them cancel and go on.
                            if n % 2 == 0 {
                                let target = format!("/api/appuntamenti/{id}/disdici");
                                match client.try_post(&target, &why) {
                                    Some(reply) if reply.status == 200 => {
                                        got.push((n, reply.json()))
                                    }
                                    _ => break,
                                }
                            }
                        }
                    }
                    got
                })
            })
            .collect();
        std::thread::sleep(std::time::Duration::from_millis(400));
        let killed = std::process::Command::new("kill")
            .args(["-9", &pid.to_string()])
            .status();
        assert!(killed.is_ok_and(|status| status.success()));
        running
            .into_iter()
            .flat_map(|thread| thread.join().expect("a person"))
            .collect()
    });
    assert!(
        !booked.is_empty(),
        "nobody was answered before the power failed"
    );
    let system = system.crash_and_restart();
    let mut taken: BTreeMap<String, usize> = BTreeMap::new();
    for (n, person) in crowd(0, clients.len()).into_iter().enumerate() {
        let client = system.signed_in(person);
        let kept = mine(&client);
        for one in kept.iter().filter(|one| one["stato"] == "da_erogare") {
            *taken
                .entry(one["inizio"].as_str().unwrap_or_default().to_owned())
                .or_insert(0) += 1;
        }
        for (_, answer) in booked.iter().filter(|(who, _)| *who == n) {
            let same = kept.iter().find(|one| one["id"] == answer["id"]);
            let same = same.unwrap_or_else(|| panic!("lost: {answer}"));
            if answer["stato"] == "disdetto" {
                assert_eq!(same["stato"], "disdetto");
            }
        }
    }
    assert!(
        taken.values().all(|count| *count == 1),
        "given twice: {taken:?}"
    );
    // Whoever repeats a request whose answer arrived gets that answer, and makes nothing new.
    for (n, slot, key, answer) in first.into_inner().expect("a list") {
        let client = system.signed_in(crowd(0, clients.len())[n]);
        let before = mine(&client).len();
        let again = client.send(&confirmation(slot, &key)).expect(201);
        assert_eq!(again.text(), answer);
        assert_eq!(mine(&client).len(), before);
    }
    // What is taken is taken, what is free can be booked.
    let last = system.signed_in(crowd(100, 1)[0]);
    for (inizio, _) in taken.iter().take(3) {
        book(&last, SERVICE, OFFICE, inizio).refused(409, "slot_taken");
    }
    let slots = free(&last, SERVICE, OFFICE, (3, 60));
    book(&last, SERVICE, OFFICE, at(&slots[0])).expect(201);
}

#[test]
fn a_hundred_tabs_of_one_person_book_once() {
    let system = System::start();
    let clients = signed_in(&system, 1);
    let slots = free(&clients[0], "prima_informazione", "bologna", (3, 30));
    let replies = all_at_once(&clients, 100, |client, turn| {
        Some(book(
            client,
            "prima_informazione",
            "bologna",
            at(&slots[turn % slots.len()]),
        ))
    });
    let counted = statuses(&replies);
    assert_eq!(counted.get(&(201, String::new())), Some(&1), "{counted:?}");
    assert_eq!(
        counted.get(&(409, "already_booked".into())),
        Some(&99),
        "{counted:?}"
    );
    assert_eq!(mine(&clients[0]).len(), 1);
    // A hundred tabs hold one place, whichever was last.
    let clients: Vec<Client> = crowd(50, 1)
        .into_iter()
        .map(|p| system.signed_in(p))
        .collect();
    let before = free(&clients[0], SERVICE, OFFICE, (3, 30));
    let replies = all_at_once(&clients, 100, |client, turn| {
        let slot = &before[turn % before.len()];
        let body = json!({ "servizio": SERVICE, "sede": OFFICE, "inizio": at(slot), "modalita": "presenza" });
        Some(client.post("/api/blocchi", &body))
    });
    // Tabs may stand in each other's way, but never keep more than one place for the person.
    let counted = statuses(&replies);
    assert!(counted.contains_key(&(201, String::new())), "{counted:?}");
    let allowed = |(status, code): &(u16, String)| *status == 201 || code == "slot_taken";
    assert!(counted.keys().all(allowed), "{counted:?}");
    let after = free(&clients[0], SERVICE, OFFICE, (3, 30));
    let gone = before.iter().filter(|slot| !after.contains(slot)).count();
    assert!(
        (1..=3).contains(&gone),
        "one hold of an hour covers at most three beginnings: {gone}"
    );
}

#[test]
fn moving_at_the_same_time_never_loses_the_old_place_nor_takes_one_twice() {
    let system = System::start();
    let clients = signed_in(&system, 12);
    let slots = free(&clients[0], SERVICE, OFFICE, (5, 60));
    // Places far enough from each other not to touch.
    let apart: Vec<&Value> = slots.iter().step_by(2).collect();
    assert!(apart.len() >= clients.len() + 2);
    let ids: Vec<String> = clients
        .iter()
        .zip(&apart)
        .map(|(client, slot)| {
            let booked = book(client, SERVICE, OFFICE, at(slot)).expect(201).json();
            booked["id"].as_str().expect("an id").to_owned()
        })
        .collect();
    // All of them want the same two places that are still free, and each other's.
    let replies = all_at_once(&clients, 6, |client, turn| {
        let n = clients.iter().position(|one| std::ptr::eq(one, client))?;
        let goal = apart[clients.len() + turn % 2];
        let body = json!({ "inizio": at(goal) });
        Some(client.post(&format!("/api/appuntamenti/{}/sposta", ids[n]), &body))
    });
    let counted = statuses(&replies);
    assert!(
        counted
            .keys()
            .all(|(status, _)| matches!(status, 200 | 409)),
        "{counted:?}"
    );
    let places: Vec<String> = clients
        .iter()
        .map(|client| {
            let all = mine(client);
            assert_eq!(all.len(), 1);
            assert_eq!(
                all[0]["stato"], "da_erogare",
                "nobody is left without a place"
            );
            all[0]["inizio"].as_str().unwrap_or_default().to_owned()
        })
        .collect();
    let mut once = places.clone();
    once.sort();
    once.dedup();
    assert_eq!(once.len(), places.len(), "{places:?}");
}

#[test]
fn a_crawler_that_follows_every_address_changes_nothing() {
    let system = System::start();
    let clients = signed_in(&system, 1);
    let client = &clients[0];
    let slots = free(client, SERVICE, OFFICE, (3, 30));
    let booked = book(client, SERVICE, OFFICE, at(&slots[0]))
        .expect(201)
        .json();
    let id = booked["id"].as_str().expect("an id");
    let body = json!({ "servizio": "prima_informazione", "sede": "modena", "inizio": at(&free(client, "prima_informazione", "modena", (3, 30))[0]), "modalita": "presenza" });
    let hold = client.post("/api/blocchi", &body).expect(201).json();
    let target = format!("/api/appuntamenti/{id}");
    let before = client.get(&target).expect(200).json();
    let document = client.get("/api/openapi.json").expect(200).json();
    let luca = system.signed_in(tests::LUCA);
    for browser in [client, &luca] {
        for path in document["paths"].as_object().expect("paths").keys() {
            if path.starts_with("/api/accesso") {
                continue;
            }
            let path = path
                .replace("{slug}", "did")
                .replace("{codice}", OFFICE)
                .replace("{id}", id)
                .replace("{azione}", "disdici");
            let reply = browser.get(&path);
            assert!(reply.status < 500, "{path}: {}", reply.text());
        }
        for action in [
            "sposta",
            "disdici",
            "conferma",
            "giustifica",
            "attendi",
            "non-attendere",
        ] {
            client.get(&format!("{target}/{action}")).expect(405);
        }
    }
    let held = hold["id"].as_str().expect("an id");
    client.get(&format!("/api/blocchi/{held}")).expect(405);
    assert_eq!(client.get(&target).expect(200).json(), before);
    let mut body = body;
    body["blocco"] = hold["id"].clone();
    client.post("/api/appuntamenti", &body).expect(201);
}
