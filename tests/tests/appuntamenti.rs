// SPDX-License-Identifier: EUPL-1.2
//! Appointments as citizens book, move and cancel them, answer a summons and wait for an earlier place.

use std::io::Read;

use serde_json::{Value, json};
use tests::{
    ADA, CHIARA, Call, Client, ELENA, GIANFRANCO, IOANA, LUCA, MARIA, MARIO, Persona, Reply, SARA,
    System, TOMMASO, at, book, crowd, days_from_now, free, instant, now,
};

const DAY: i64 = 86_400;

#[track_caller]
fn id(reply: &Value) -> String {
    reply["id"].as_str().expect("an id").to_owned()
}

fn act(client: &Client, id: &str, action: &str, body: &Value) -> Reply {
    client.post(&format!("/api/appuntamenti/{id}/{action}"), body)
}

fn read(client: &Client, id: &str) -> Value {
    client
        .get(&format!("/api/appuntamenti/{id}"))
        .expect(200)
        .json()
}

fn notices(client: &Client) -> Vec<String> {
    let all = client.get("/api/avvisi").expect(200).json();
    let all = all.as_array().expect("a list").clone();
    all.iter()
        .map(|one| one["oggetto"].as_str().unwrap_or_default().to_owned())
        .collect()
}

fn happened(appointment: &Value) -> Vec<&str> {
    let all = appointment["eventi"].as_array().expect("a history");
    all.iter().filter_map(|one| one["cosa"].as_str()).collect()
}

/// Whether somebody who takes the store away can read this.
fn stands_in_the_store(system: &System, text: &str) -> bool {
    let database = system.database();
    let log = format!("{}-wal", database.display());
    [database, log.into()].iter().any(|path| {
        let bytes = std::fs::read(path).expect("the store");
        bytes
            .windows(text.len())
            .any(|part| part == text.as_bytes())
    })
}

#[test]
fn a_place_is_booked_moved_and_cancelled() {
    let system = System::shared();
    let ada = system.signed_in(ADA);
    let slots = free(&ada, "prima_informazione", "bologna", (3, 20));
    let (first, second) = (at(&slots[0]), at(&slots[9]));
    let reply = book(&ada, "prima_informazione", "bologna", first).expect(201);
    let booked = reply.json();
    let id = id(&booked);
    assert_eq!(reply.header("location"), format!("/api/appuntamenti/{id}"));
    assert_eq!(booked["stato"], "da_erogare");
    assert_eq!(booked["inizio"], first);
    assert_eq!(booked["azioni"], json!(["sposta", "disdici", "attendi"]));
    assert!(booked.get("collegamento").is_none() && booked.get("cittadino").is_none());
    assert!(
        booked["email"].is_string(),
        "the identity's contacts are taken"
    );

    // The place is one less, or gone.
    let after = free(&ada, "prima_informazione", "bologna", (3, 20));
    let left = after
        .iter()
        .find(|slot| at(slot) == first)
        .map_or(0, |slot| slot["posti"].as_u64().unwrap_or_default());
    assert!(left < slots[0]["posti"].as_u64().unwrap_or_default());

    let entry = || {
        ada.get(&format!("/api/appuntamenti/{id}/invito.ics"))
            .expect(200)
            .text()
    };
    let before = entry();
    assert!(before.contains("SEQUENCE:0\r\n") && before.contains("STATUS:CONFIRMED\r\n"));
    let moved = act(&ada, &id, "sposta", &json!({ "inizio": second }))
        .expect(200)
        .json();
    assert_eq!(moved["inizio"], second);
    // The history says what it was moved from.
    let step = moved["eventi"].as_array().and_then(|all| all.last());
    let from = json!({ "inizio": first, "sede": "bologna" });
    assert_eq!(step.map(|step| &step["prima"]), Some(&from));
    assert!(moved["eventi"][0].get("prima").is_none());
    let after = entry();
    let uid = |text: &str| {
        text.lines()
            .find(|line| line.starts_with("UID:"))
            .map(str::to_owned)
    };
    assert_eq!(uid(&before), uid(&after));
    assert!(after.contains("SEQUENCE:1\r\n"));
    // What was left is free again.
    let again = free(&ada, "prima_informazione", "bologna", (3, 20));
    assert_eq!(again.iter().find(|slot| at(slot) == first), Some(&slots[0]));

    act(&ada, &id, "disdici", &json!({})).expect(400);
    let refusal = act(&ada, &id, "disdici", &json!({ "motivo": "boh" })).refused(422, "refused");
    assert_eq!(
        refusal.fields(),
        [("motivo".to_owned(), "unknown_code".to_owned())]
    );
    let gone = act(
        &ada,
        &id,
        "disdici",
        &json!({ "motivo": "lavoro", "note": "Da lunedì." }),
    );
    let gone = gone.expect(200).json();
    assert_eq!(gone["stato"], "disdetto");
    assert_eq!(happened(&gone), ["prenotato", "spostato", "disdetto"]);
    let why = &gone["eventi"][2]["motivo"];
    assert_eq!(*why, "Ho trovato lavoro o devo lavorare. Da lunedì.");
    assert!(!stands_in_the_store(system, "Da lunedì."));
    assert!(
        stands_in_the_store(system, "prima_informazione"),
        "it is looked for where it would be"
    );
    assert_eq!(gone["azioni"], json!([]));
    assert!(entry().contains("STATUS:CANCELLED\r\n"));
    act(&ada, &id, "disdici", &json!({ "motivo": "lavoro" })).refused(409, "not_allowed");
    act(&ada, &id, "sposta", &json!({ "inizio": first })).refused(409, "not_allowed");
    let told = notices(&ada);
    for subject in [
        "Il tuo appuntamento è prenotato",
        "Il tuo appuntamento è stato spostato",
        "Hai disdetto l'appuntamento",
    ] {
        assert!(told.iter().any(|one| one == subject), "{subject}: {told:?}");
    }
    // The service can be booked again.
    let again = book(&ada, "prima_informazione", "bologna", first)
        .expect(201)
        .json();
    act(
        &ada,
        &self::id(&again),
        "disdici",
        &json!({ "motivo": "altro" }),
    )
    .expect(200);
}

#[test]
fn the_same_key_is_answered_alike_byte_for_byte_whatever_happened_since() {
    let system = System::shared();
    let client = system.signed_in(crowd(107, 1)[0]);
    let slots = free(&client, "prima_informazione", "modena", (3, 20));
    let send = |target: &str, slot: &Value, key: &str| {
        let body = json!({ "servizio": "prima_informazione", "sede": "modena", "inizio": at(slot), "modalita": "telefono" });
        client.send(
            &Call::post(target)
                .header("idempotency-key", key)
                .json(&body),
        )
    };
    // A hold that is asked for once more is the same hold, and its time goes on.
    let held = send("/api/blocchi", &slots[0], "tieni").expect(201);
    let again = send("/api/blocchi", &slots[0], "tieni").expect(201);
    assert_eq!(again.text(), held.text());
    assert_eq!(again.header("location"), held.header("location"));
    send("/api/blocchi", &slots[1], "tieni").refused(422, "key_reused");

    let first = send("/api/appuntamenti", &slots[0], "prenota").expect(201);
    let booked = first.json();
    act(
        &client,
        &id(&booked),
        "disdici",
        &json!({ "motivo": "altro" }),
    )
    .expect(200);
    let again = send("/api/appuntamenti", &slots[0], "prenota").expect(201);
    assert_eq!(
        again.text(),
        first.text(),
        "the first answer, not today's state"
    );
    assert_eq!(again.header("location"), first.header("location"));
    assert_eq!(read(&client, &id(&booked))["stato"], "disdetto");
    let mine = client.get("/api/appuntamenti").expect(200).json();
    assert_eq!(mine.as_array().map(Vec::len), Some(1));
    // The key of a hold is no key of a booking.
    send("/api/appuntamenti", &slots[0], "tieni").refused(422, "key_reused");
}

#[test]
fn the_same_key_books_once() {
    let system = System::shared();
    let client = system.signed_in(crowd(100, 1)[0]);
    let slots = free(&client, "prima_informazione", "modena", (3, 20));
    let body = |slot: &Value| json!({ "servizio": "prima_informazione", "sede": "modena", "inizio": at(slot), "modalita": "telefono" });
    let send = |body: &Value| {
        let call = Call::post("/api/appuntamenti").header("idempotency-key", "una");
        client.send(&call.json(body))
    };
    let first = send(&body(&slots[0])).expect(201).json();
    assert_eq!(send(&body(&slots[0])).expect(201).json()["id"], first["id"]);
    send(&body(&slots[1])).refused(422, "key_reused");
    let mine = client.get("/api/appuntamenti").expect(200).json();
    assert_eq!(mine.as_array().map(Vec::len), Some(1));
}

#[test]
fn one_open_appointment_for_each_service_and_nobody_in_two_places() {
    let system = System::shared();
    let client = system.signed_in(crowd(101, 1)[0]);
    let slots = free(&client, "prima_informazione", "parma", (3, 20));
    book(&client, "prima_informazione", "parma", at(&slots[0])).expect(201);
    book(&client, "prima_informazione", "parma", at(&slots[5])).refused(409, "already_booked");
    book(
        &client,
        "prima_informazione",
        "reggio_emilia",
        at(&slots[5]),
    )
    .refused(409, "already_booked");
    // Another service at the same time, somewhere else.
    let wanted = at(&slots[0]);
    let other = free(&client, "collocamento_mirato", "modena", (3, 20));
    if other.iter().any(|slot| at(slot) == wanted) {
        book(&client, "collocamento_mirato", "modena", wanted).refused(409, "overlap");
    }
    let mine = client.get("/api/appuntamenti").expect(200).json();
    assert_eq!(mine.as_array().map(Vec::len), Some(1));
}

#[test]
fn what_is_offered_instead_of_a_lost_place_is_no_time_at_which_one_is_expected_elsewhere() {
    let system = System::start();
    let people = crowd(0, 2);
    let (first, second) = (system.signed_in(people[0]), system.signed_in(people[1]));
    // One desk in Imola. The second person is expected in Bologna at the beginning next to the one that is taken.
    let slots = free(&first, "collocamento_mirato", "imola", (3, 20));
    let (taken, beside) = (at(&slots[0]), at(&slots[1]));
    let end = |slot: &Value| instant(slot["fine"].as_str().expect("an end"));
    let own = free(&second, "did_patto", "bologna", (3, 20))
        .into_iter()
        .find(|slot| instant(at(slot)) <= instant(beside) && instant(beside) < end(slot))
        .expect("a place at the same time");
    book(&second, "did_patto", "bologna", at(&own)).expect(201);
    book(&first, "collocamento_mirato", "imola", taken).expect(201);
    let lost = book(&second, "collocamento_mirato", "imola", taken)
        .refused(409, "slot_taken")
        .json();
    let others = lost["alternative"]
        .as_array()
        .expect("other places")
        .clone();
    assert!(!others.is_empty());
    for other in &others {
        let apart = end(other) <= instant(at(&own)) || end(&own) <= instant(at(other));
        assert!(apart, "{other} while expected at {own}");
        let body = json!({ "servizio": "collocamento_mirato", "sede": "imola", "inizio": at(other), "modalita": "presenza" });
        second.post("/api/blocchi", &body).expect(201);
    }
    book(&second, "collocamento_mirato", "imola", at(&others[0])).expect(201);
}

#[test]
fn several_services_fit_into_one_visit() {
    let system = System::shared();
    let client = system.signed_in(crowd(102, 1)[0]);
    let days = (days_from_now(3), days_from_now(20));
    let target = format!(
        "/api/disponibilita?servizio=prima_informazione&altri=supporto_cv&sede=ferrara&dal={}&al={}",
        days.0, days.1
    );
    let slots = client.get(&target).expect(200).json();
    let slot = &slots[0];
    assert_eq!(
        instant(slot["fine"].as_str().unwrap_or_default()) - instant(at(slot)),
        3600
    );
    let body = json!({
        "servizio": "prima_informazione", "altri_servizi": ["supporto_cv"], "sede": "ferrara",
        "inizio": at(slot), "modalita": slot["modalita"][0],
    });
    let booked = client.post("/api/appuntamenti", &body).expect(201).json();
    assert_eq!(booked["altri_servizi"], json!(["supporto_cv"]));
    // Both count as booked.
    let other = free(&client, "supporto_cv", "ferrara", (3, 20));
    book(&client, "supporto_cv", "ferrara", at(&other[9])).refused(409, "already_booked");
    let wrong =
        client.get("/api/disponibilita?servizio=prima_informazione&altri=eures&sede=ferrara");
    wrong.refused(422, "refused");
}

#[test]
fn times_that_cannot_be_booked_are_refused_with_the_reason() {
    let system = System::shared();
    let client = system.signed_in(crowd(103, 1)[0]);
    let slots = free(&client, "prima_informazione", "ravenna", (3, 20));
    let good = at(&slots[0]).to_owned();
    let (day, rest) = good.split_at(10);
    let offset = &rest[9..];
    // The next changes of the clocks in Rome: last Sundays of March and October.
    let year: i64 = days_from_now(0)[..4].parse().expect("a year");
    let last_sunday = |year: i64, month: u32| {
        (25..=31)
            .rev()
            .map(|day| format!("{year}-{month:02}-{day}"))
            .find(|day| (instant(&format!("{day}T00:00:00+00:00")).div_euclid(DAY) + 3) % 7 == 6)
            .expect("a Sunday")
    };
    let cases = [
        (format!("{day}T09:07:00{offset}"), "off_grid"),
        (format!("{day}T03:00:00{offset}"), "outside_hours"),
        ("2020-01-07T09:00:00+01:00".into(), "past"),
        (
            format!("{}T09:00:00+01:00", days_from_now(200)),
            "beyond_horizon",
        ),
        (
            format!("{}T02:30:00", last_sunday(year + 1, 3)),
            "no_such_time",
        ),
        (
            format!("{}T02:30:00+01:00", last_sunday(year + 1, 3)),
            "no_such_time",
        ),
        (
            format!("{}T02:30:00", last_sunday(year + 1, 10)),
            "ambiguous_time",
        ),
        ("domani alle nove".into(), "not_an_instant"),
        (String::new(), "not_an_instant"),
        ("9999-12-31T23:59:59+00:00".into(), "not_an_instant"),
    ];
    // One appointment of another person, which stays where it is whatever is asked of it.
    let mover = system.signed_in(crowd(108, 1)[0]);
    let standing = book(&mover, "prima_informazione", "ravenna", at(&slots[9]))
        .expect(201)
        .json();
    for (wanted, code) in cases {
        let body = json!({
            "servizio": "prima_informazione", "sede": "ravenna", "inizio": wanted, "modalita": "presenza",
        });
        let expected = [("inizio".to_owned(), code.to_owned())];
        let held = client.post("/api/blocchi", &body).refused(422, "refused");
        assert_eq!(held.fields(), expected, "held at {wanted}");
        let moved = act(
            &mover,
            &id(&standing),
            "sposta",
            &json!({ "inizio": wanted }),
        );
        let moved = moved.refused(422, "refused");
        assert_eq!(moved.fields(), expected, "moved to {wanted}");
        let refusal = client.post("/api/appuntamenti", &body);
        let refusal = refusal.refused(422, "refused");
        assert_eq!(refusal.fields(), expected, "{wanted}");
        let message = refusal.json()["errors"][0]["message"].clone();
        assert!(
            message.as_str().is_some_and(|text| text.ends_with('.')),
            "{message}"
        );
    }
    // The nearest place of whoever may come at short notice is too near for a service that wants a day.
    let soon = free(&client, "prima_informazione", "ravenna", (0, 7));
    let soon = at(&soon[0]).to_owned();
    if instant(&soon) - now() < DAY {
        let body = json!({ "servizio": "supporto_cv", "sede": "ravenna", "inizio": soon, "modalita": "presenza" });
        let refusal = client.post("/api/blocchi", &body).refused(422, "refused");
        assert_eq!(
            refusal.fields(),
            [("inizio".to_owned(), "too_soon".to_owned())]
        );
    }
    for (body, field, code) in [
        (
            json!({ "servizio": "did_patto", "modalita": "telefono" }),
            "modalita",
            "wrong_modality",
        ),
        (
            json!({ "servizio": "caffè" }),
            "servizio",
            "unknown_service",
        ),
        (json!({ "sede": "atlantide" }), "sede", "unknown_office"),
        (
            json!({ "altri_servizi": ["eures"] }),
            "altri_servizi",
            "not_together",
        ),
        (json!({ "email": "così" }), "email", "email"),
        (
            json!({ "pratica": "di-un-altro" }),
            "pratica",
            "unknown_code",
        ),
    ] {
        let mut whole = json!({
            "servizio": "prima_informazione", "sede": "ravenna", "inizio": good, "modalita": "presenza",
        });
        for (name, value) in body.as_object().expect("an object") {
            whole[name] = value.clone();
        }
        let refusal = client
            .post("/api/appuntamenti", &whole)
            .refused(422, "refused");
        assert_eq!(refusal.fields(), [(field.to_owned(), code.to_owned())]);
    }
    let english = Call::post("/api/appuntamenti").header("accept-language", "en").json(&json!({
        "servizio": "prima_informazione", "sede": "ravenna", "inizio": "x", "modalita": "presenza",
    }));
    let words = client.send(&english).expect(422).json()["errors"][0]["message"].clone();
    assert!(
        words.as_str().is_some_and(|text| !text.contains("fuso")),
        "{words}"
    );
    assert_eq!(
        client.get("/api/appuntamenti").expect(200).json(),
        json!([])
    );
    assert_eq!(read(&mover, &id(&standing)), standing, "nothing moved");
}

#[test]
fn another_persons_appointment_is_not_there() {
    let system = System::shared();
    let people = crowd(104, 2);
    let (owner, other) = (system.signed_in(people[0]), system.signed_in(people[1]));
    let slots = free(&owner, "prima_informazione", "rimini", (3, 20));
    let booked = book(&owner, "prima_informazione", "rimini", at(&slots[0]))
        .expect(201)
        .json();
    let id = id(&booked);
    for target in ["", "/invito.ics"] {
        other
            .get(&format!("/api/appuntamenti/{id}{target}"))
            .refused(404, "not_found");
    }
    let inizio = json!({ "inizio": at(&slots[3]) });
    act(&other, &id, "sposta", &inizio).refused(404, "not_found");
    act(&other, &id, "disdici", &json!({ "motivo": "altro" })).refused(404, "not_found");
    for action in ["conferma", "attendi", "non-attendere"] {
        act(&other, &id, action, &json!({})).refused(404, "not_found");
    }
    act(&other, &id, "giustifica", &json!({ "motivo": "malattia" })).refused(404, "not_found");
    act(&owner, &id, "sparisci", &json!({})).refused(404, "not_found");
    // Nor for who has not signed in, nor for a citizen at the desk.
    system
        .browser()
        .get(&format!("/api/appuntamenti/{id}"))
        .refused(401, "signed_out");
    other
        .get(&format!("/api/operatore/appuntamenti/{id}"))
        .refused(403, "forbidden");
    // Another office's operators do not see it either: Luca works in Bologna.
    let luca = system.signed_in(LUCA);
    luca.get(&format!("/api/operatore/appuntamenti/{id}"))
        .refused(404, "not_found");
    assert_eq!(read(&owner, &id)["stato"], "da_erogare");
}

#[test]
fn a_hold_keeps_the_place_for_its_person_and_is_used_once() {
    let system = System::start();
    let people = crowd(0, 2);
    let (first, second) = (system.signed_in(people[0]), system.signed_in(people[1]));
    // One desk.
    let slots = free(&first, "collocamento_mirato", "imola", (3, 20));
    let (slot, later) = (&slots[0], &slots[9]);
    assert_eq!(slot["posti"], 1);
    let body = |slot: &Value| json!({ "servizio": "collocamento_mirato", "sede": "imola", "inizio": at(slot), "modalita": "presenza" });
    let hold = |client: &Client, slot: &Value| client.post("/api/blocchi", &body(slot));
    let held = hold(&first, slot).expect(201).json();
    assert_eq!(held["scade_tra"], 600);
    let refusal =
        book(&second, "collocamento_mirato", "imola", at(slot)).refused(409, "slot_taken");
    let others = refusal.json()["alternative"].clone();
    assert!(others.as_array().is_some_and(|all| !all.is_empty()));
    // What is offered instead is real.
    hold(&second, &others[0]).expect(201);
    hold(&second, slot).refused(409, "slot_taken");
    let with = |slot: &Value, hold: &Value| {
        let mut body = body(slot);
        body["blocco"] = hold["id"].clone();
        body
    };
    // Somebody else's hold, another place, then the right one, then once more.
    second
        .post("/api/appuntamenti", &with(slot, &held))
        .refused(409, "hold_expired");
    first
        .post("/api/appuntamenti", &with(later, &held))
        .refused(409, "hold_other");
    let booked = first
        .post("/api/appuntamenti", &with(slot, &held))
        .expect(201)
        .json();
    first
        .post("/api/appuntamenti", &with(slot, &held))
        .refused(409, "already_booked");
    act(
        &first,
        &id(&booked),
        "disdici",
        &json!({ "motivo": "altro" }),
    )
    .expect(200);
    first
        .post("/api/appuntamenti", &with(slot, &held))
        .refused(409, "hold_expired");

    // A second hold gives the first one back.
    let older = hold(&first, slot).expect(201).json();
    let newer = hold(&first, later).expect(201).json();
    first
        .post("/api/appuntamenti", &with(slot, &older))
        .refused(409, "hold_expired");
    let target = format!("/api/blocchi/{}", newer["id"].as_str().expect("an id"));
    second
        .send(&Call::new("DELETE", &target))
        .refused(404, "not_found");
    first.send(&Call::new("DELETE", &target)).expect(204);

    // Ten minutes later the place is everybody's, and the form says so.
    let held = hold(&first, slot).expect(201).json();
    system.set_clock(601);
    assert!(free(&second, "collocamento_mirato", "imola", (3, 20)).contains(slot));
    first
        .post("/api/appuntamenti", &with(slot, &held))
        .refused(409, "hold_expired");
    book(&second, "collocamento_mirato", "imola", at(slot)).expect(201);
}

#[test]
fn who_may_book_what() {
    let system = System::shared();
    let tommaso = system.signed_in(TOMMASO);
    let slots = free(&tommaso, "autoimpiego", "imola", (3, 20));
    book(&tommaso, "autoimpiego", "imola", at(&slots[0])).refused(409, "too_young");
    let slots = free(&tommaso, "did_patto", "imola", (3, 20));
    book(&tommaso, "did_patto", "imola", at(&slots[0])).refused(409, "needs_school");
    let nobody = system.signed_in(crowd(106, 1)[0]);
    let slots = free(&nobody, "orientamento_base", "parma", (3, 20));
    book(&nobody, "orientamento_base", "parma", at(&slots[0])).refused(409, "needs_did");
    // Gianfranco has applied for the NASpI, which counts as a DID.
    let gianfranco = system.signed_in(GIANFRANCO);
    let booked = book(&gianfranco, "orientamento_base", "parma", at(&slots[0]))
        .expect(201)
        .json();
    let slots = free(&gianfranco, "orientamento_specialistico", "parma", (3, 20));
    let refusal = book(
        &gianfranco,
        "orientamento_specialistico",
        "parma",
        at(&slots[0]),
    );
    refusal.refused(409, "needs_patto");
    act(
        &gianfranco,
        &id(&booked),
        "disdici",
        &json!({ "motivo": "non_serve" }),
    )
    .expect(200);
}

#[test]
fn a_video_has_a_link_and_a_visit_in_person_has_none() {
    let system = System::shared();
    let client = system.signed_in(CHIARA);
    let slots = free(&client, "prima_informazione", "piacenza", (3, 20));
    let body = |modalita: &str| json!({ "servizio": "prima_informazione", "sede": "piacenza", "inizio": at(&slots[0]), "modalita": modalita });
    let booked = client
        .post("/api/appuntamenti", &body("video"))
        .expect(201)
        .json();
    assert!(
        booked["collegamento"]
            .as_str()
            .is_some_and(|link| link.starts_with("https://"))
    );
    let change = json!({ "inizio": at(&slots[0]), "modalita": "presenza" });
    let moved = act(&client, &id(&booked), "sposta", &change)
        .expect(200)
        .json();
    assert!(moved.get("collegamento").is_none());
    act(
        &client,
        &id(&booked),
        "disdici",
        &json!({ "motivo": "altro" }),
    )
    .expect(200);
}

#[test]
fn after_the_limit_the_office_has_to_be_called() {
    let system = System::start();
    let client = system.signed_in(IOANA);
    let slots = free(&client, "supporto_cv", "ferrara", (4, 20));
    let booked = book(&client, "supporto_cv", "ferrara", at(&slots[0]))
        .expect(201)
        .json();
    let until = instant(booked["disdicibile_fino_a"].as_str().expect("a limit"));
    assert_eq!(instant(at(&slots[0])) - until, DAY);
    system.set_clock(until - now() - 30);
    let client = system.signed_in(IOANA);
    let id = id(&booked);
    assert!(
        read(&client, &id)["azioni"]
            .as_array()
            .is_some_and(|all| all.contains(&json!("disdici")))
    );
    system.set_clock(until - now() + 30);
    let cancelled = act(&client, &id, "disdici", &json!({ "motivo": "altro" }));
    let detail = cancelled.refused(409, "too_late").json()["detail"].clone();
    assert!(
        detail.as_str().is_some_and(|text| text.contains("chiama")),
        "{detail}"
    );
    act(&client, &id, "sposta", &json!({ "inizio": at(&slots[9]) })).refused(409, "too_late");
    assert_eq!(read(&client, &id)["stato"], "da_erogare");
}

#[test]
fn reminders_are_sent_once_at_each_step_even_by_two_schedulers() {
    let system = System::start();
    let client = system.signed_in(MARIA);
    let slots = free(&client, "prima_informazione", "modena", (5, 20));
    let booked = book(&client, "prima_informazione", "modena", at(&slots[0]))
        .expect(201)
        .json();
    let begins = instant(at(&slots[0]));
    let reminders = |client: &Client| {
        let told = notices(client);
        [
            "Fra due giorni hai un appuntamento",
            "Domani hai un appuntamento",
        ]
        .map(|subject| told.iter().filter(|one| *one == subject).count())
    };
    assert_eq!(system.run_job()["promemoria"], 0);
    for (hours, expected) in [
        (47, [1, 0]),
        (46, [1, 0]),
        (23, [1, 1]),
        (20, [1, 1]),
        (11, [1, 1]),
    ] {
        system.set_clock(begins - hours * 3600 - now());
        std::thread::scope(|scope| {
            for _ in 0..4 {
                scope.spawn(|| system.run_job());
            }
        });
        let client = system.signed_in(MARIA);
        assert_eq!(reminders(&client), expected, "{hours} hours before");
    }
    // The inbox got each of them once, too.
    let world = Client::new(&system.world);
    let got = world
        .get(&format!("/messaggi/persona/{}.json", MARIA.codice_fiscale))
        .json();
    let got = got.as_array().expect("a list").clone();
    assert_eq!(got.len(), 3, "booked and two reminders: {got:?}");
    let client = system.signed_in(MARIA);
    assert_eq!(
        happened(&read(&client, &id(&booked)))
            .iter()
            .filter(|one| **one == "promemoria")
            .count(),
        2
    );
    // Without the secret there is no job.
    for call in [
        Call::post("/api/lavori/promemoria"),
        Call::post("/api/lavori/promemoria").header("x-lavori", &"0".repeat(64)),
    ] {
        client.send(&call).refused(403, "forbidden");
    }
}

#[test]
fn whoever_books_late_is_not_reminded_of_what_they_have_just_done() {
    let system = System::start();
    let client = system.signed_in(ELENA);
    let slots = free(&client, "prima_informazione", "rimini", (1, 14));
    let begins = instant(at(&slots[0]));
    system.set_clock(begins - 30 * 3600 - now());
    let client = system.signed_in(ELENA);
    book(&client, "prima_informazione", "rimini", at(&slots[0])).expect(201);
    assert_eq!(system.run_job()["promemoria"], 0);
    system.set_clock(begins - 23 * 3600 - now());
    assert_eq!(system.run_job()["promemoria"], 1);
}

#[test]
fn a_freed_place_is_offered_to_one_person_at_a_time() {
    let system = System::start();
    let people = crowd(0, 3);
    let sign_in = |n: usize| system.signed_in(people[n]);
    // One desk: whoever comes later waits for whoever comes earlier.
    let slots = free(&sign_in(0), "collocamento_mirato", "imola", (6, 40));
    let early = at(&slots[0]).to_owned();
    let mut ids = Vec::new();
    for (n, slot) in [&slots[0], &slots[4], &slots[8]].into_iter().enumerate() {
        let client = sign_in(n);
        let booked = book(&client, "collocamento_mirato", "imola", at(slot))
            .expect(201)
            .json();
        let id = id(&booked);
        if n > 0 {
            let waiting = act(&client, &id, "attendi", &json!({})).expect(200).json();
            assert_eq!(waiting["in_attesa"], true);
            act(&client, &id, "attendi", &json!({})).refused(409, "not_allowed");
        }
        ids.push(id);
    }
    act(
        &sign_in(0),
        &ids[0],
        "disdici",
        &json!({ "motivo": "lavoro" }),
    )
    .expect(200);
    // At once the first of the list has it, and nobody else.
    let (second, third) = (sign_in(1), sign_in(2));
    let offer = read(&second, &ids[1])["offerta"].clone();
    assert_eq!(offer["posto"]["inizio"], early);
    assert_eq!(offer["motivo"], "anticipo");
    assert!(read(&third, &ids[2]).get("offerta").is_none());
    assert!(
        !free(&third, "collocamento_mirato", "imola", (6, 40))
            .iter()
            .any(|slot| at(slot) == early)
    );
    book(&sign_in(0), "collocamento_mirato", "imola", &early).refused(409, "slot_taken");
    let answer = |client: &Client, offer: &Value, answer: &str| {
        let id = offer["id"].as_str().expect("an id");
        client.post(&format!("/api/offerte/{id}/{answer}"), &json!({}))
    };
    answer(&third, &offer, "accetta").refused(404, "not_found");
    // Declined, it goes to the next person; accepted, the appointment moves.
    answer(&second, &offer, "rifiuta").expect(200);
    answer(&second, &offer, "accetta").refused(409, "offer_expired");
    let offer = read(&third, &ids[2])["offerta"].clone();
    assert_eq!(offer["posto"]["inizio"], early);
    let moved = answer(&third, &offer, "accetta").expect(200).json();
    assert_eq!(moved["inizio"], early);
    assert_eq!(moved["in_attesa"], false);
    answer(&third, &offer, "accetta").refused(409, "offer_expired");
    // The place that the third left later is no earlier place for the second: nothing is offered.
    assert!(read(&second, &ids[1]).get("offerta").is_none());
    let told = notices(&third);
    assert!(
        told.iter().any(|one| one == "Si è liberato un posto prima"),
        "{told:?}"
    );
}

#[test]
fn an_offer_that_nobody_answers_goes_to_the_next_person_and_never_twice() {
    let system = System::start();
    let people = crowd(0, 3);
    let slots = free(
        &system.signed_in(people[0]),
        "collocamento_mirato",
        "imola",
        (6, 40),
    );
    let early = at(&slots[0]).to_owned();
    let mut ids = Vec::new();
    for (person, slot) in people.iter().zip([&slots[0], &slots[4], &slots[8]]) {
        let client = system.signed_in(*person);
        ids.push(id(&book(&client, "collocamento_mirato", "imola", at(slot))
            .expect(201)
            .json()));
    }
    for n in [1, 2] {
        act(&system.signed_in(people[n]), &ids[n], "attendi", &json!({})).expect(200);
    }
    act(
        &system.signed_in(people[0]),
        &ids[0],
        "disdici",
        &json!({ "motivo": "altro" }),
    )
    .expect(200);
    let offer = |n: usize| {
        read(&system.signed_in(people[n]), &ids[n])
            .get("offerta")
            .cloned()
    };
    let first = offer(1).expect("an offer");
    let until = instant(first["scade_il"].as_str().expect("an end"));
    system.set_clock(until - now() + 5);
    // Before the job has run the place still belongs to the list.
    book(
        &system.signed_in(people[0]),
        "collocamento_mirato",
        "imola",
        &early,
    )
    .refused(409, "slot_taken");
    let done: Vec<Value> = std::thread::scope(|scope| {
        let jobs: Vec<_> = (0..4).map(|_| scope.spawn(|| system.run_job())).collect();
        jobs.into_iter()
            .map(|job| job.join().expect("a job"))
            .collect()
    });
    let expired: u64 = done
        .iter()
        .filter_map(|one| one["offerte_scadute"].as_u64())
        .sum();
    assert_eq!(expired, 1, "{done:?}");
    assert!(offer(1).is_none());
    let second = offer(2).expect("the next person's offer");
    assert_eq!(second["posto"]["inizio"], early);
    // Nobody is left: the place is everybody's again.
    let until = instant(second["scade_il"].as_str().expect("an end"));
    system.set_clock(until - now() + 5);
    system.run_job();
    assert!(offer(1).is_none() && offer(2).is_none());
    book(
        &system.signed_in(people[0]),
        "collocamento_mirato",
        "imola",
        &early,
    )
    .expect(201);
}

#[test]
fn a_summons_is_confirmed_moved_or_justified_but_not_cancelled() {
    let system = System::start();
    let luca = system.signed_in(LUCA);
    let slots = free(&luca, "did_patto", "bologna", (4, 20));
    let summon = |person: Persona, slot: &Value| {
        let body = json!({
            "codice_fiscale": person.codice_fiscale, "nome": person.nome, "cognome": person.cognome,
            "servizio": "did_patto", "inizio": at(slot), "modalita": "presenza", "convocazione": true,
        });
        luca.post("/api/operatore/appuntamenti", &body)
            .expect(201)
            .json()
    };
    let (holder, other) = (summon(GIANFRANCO, &slots[0]), summon(MARIO, &slots[1]));
    let (holder, other) = (id(&holder), id(&other));
    let text = |client: &Client, subject: &str| {
        let all = client.get("/api/avvisi").expect(200).json();
        let all = all.as_array().expect("a list").clone();
        let one = all.iter().find(|one| one["oggetto"] == subject);
        one.map_or_else(String::new, |one| {
            one["testo"].as_str().unwrap_or_default().to_owned()
        })
    };
    let subject = "Il Centro per l'impiego ti convoca";
    let (gianfranco, mario) = (system.signed_in(GIANFRANCO), system.signed_in(MARIO));
    // Only who receives a benefit is told of what they risk.
    assert!(text(&gianfranco, subject).contains("NASpI"));
    assert!(!text(&mario, subject).is_empty() && !text(&mario, subject).contains("NASpI"));
    let seen = read(&mario, &other);
    assert_eq!(seen["convocazione"], true);
    assert_eq!(
        seen["azioni"],
        json!(["conferma", "sposta", "giustifica", "attendi"])
    );
    act(&mario, &other, "disdici", &json!({ "motivo": "altro" })).refused(409, "not_allowed");
    let confirmed = act(&mario, &other, "conferma", &json!({}))
        .expect(200)
        .json();
    assert!(confirmed["confermata_il"].is_string());
    act(&mario, &other, "conferma", &json!({})).refused(409, "not_allowed");
    let moved = act(
        &mario,
        &other,
        "sposta",
        &json!({ "inizio": at(&slots[6]) }),
    )
    .expect(200)
    .json();
    assert!(
        moved.get("confermata_il").is_none(),
        "another time is confirmed anew"
    );

    act(
        &gianfranco,
        &holder,
        "giustifica",
        &json!({ "motivo": "pigrizia" }),
    )
    .refused(422, "refused");
    let with_file = json!({ "motivo": "malattia", "file": "di-un-altro" });
    let refusal = act(&gianfranco, &holder, "giustifica", &with_file).refused(422, "refused");
    assert_eq!(refusal.fields()[0].0, "file");
    let begins = instant(at(&slots[0]));
    system.set_clock(begins - now() + 3600);
    let luca = system.signed_in(LUCA);
    luca.post(
        &format!("/api/operatore/appuntamenti/{holder}/assente"),
        &json!({}),
    )
    .expect(200);
    // Until the end of the following day, in Rome.
    system.set_clock(begins - now() + 20 * 3600);
    let gianfranco = system.signed_in(GIANFRANCO);
    assert!(text(&gianfranco, "Non ti abbiamo visto all'appuntamento").contains("NASpI"));
    let pdf = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n".to_vec();
    let upload = Call::post("/api/file")
        .header(
            "content-disposition",
            "attachment; filename=\"certificato.pdf\"",
        )
        .body("application/pdf", pdf);
    let file = gianfranco.send(&upload).expect(201).json();
    let body = json!({ "motivo": "malattia", "note": "Febbre alta.", "file": file["id"] });
    let justified = act(&gianfranco, &holder, "giustifica", &body)
        .expect(200)
        .json();
    assert_eq!(justified["giustificazione"], "malattia");
    assert_eq!(justified["stato"], "non_presentato", "the office judges");
    act(&gianfranco, &holder, "giustifica", &body).refused(409, "not_allowed");
    // The office reads the certificate, and the look is written down.
    let luca = system.signed_in(LUCA);
    let name = file["id"].as_str().expect("an id");
    luca.get(&format!("/api/file/{name}")).expect(200);
    let looks = gianfranco.get("/api/accessi").expect(200).text();
    assert!(looks.contains("certificato.pdf"), "{looks}");
    // Its words stand in the history, in each one's language, and not in a list.
    let words = |client: &Client, target: &str, language: &str| {
        let call = Call::get(target).header("accept-language", language);
        let history = client.send(&call).expect(200).json()["eventi"].take();
        history
            .as_array()
            .and_then(|all| all.iter().find(|one| one["cosa"] == "giustificato"))
            .and_then(|one| one["motivo"].as_str().map(str::to_owned))
    };
    let own = format!("/api/appuntamenti/{holder}");
    let desk = format!("/api/operatore/appuntamenti/{holder}");
    for (client, target) in [(&gianfranco, &own), (&luca, &desk)] {
        let italian = words(client, target, "it").expect("words");
        assert_eq!(italian, "Malattia o infortunio documentati. Febbre alta.");
        let english = words(client, target, "en").expect("words");
        assert!(english.ends_with(". Febbre alta.") && english != italian);
    }
    let list = gianfranco.get("/api/appuntamenti").expect(200).text();
    assert!(
        !list.contains("malattia") && !list.contains("Febbre"),
        "{list}"
    );
    // What tells of somebody's health is nowhere in the store as it is.
    for secret in ["Febbre alta", "malattia", "certificato.pdf"] {
        assert!(!stands_in_the_store(&system, secret), "{secret}");
    }

    // Two days later it is too late.
    let begins = instant(at(&slots[6]));
    system.set_clock(begins - now() + 3 * DAY);
    let mario = system.signed_in(MARIO);
    act(
        &mario,
        &other,
        "giustifica",
        &json!({ "motivo": "famiglia" }),
    )
    .refused(409, "too_late");
}

#[test]
fn offices_and_first_places_are_public() {
    let browser = System::shared().browser();
    let offices = browser.get("/api/sedi").expect(200).json();
    assert!(offices.as_array().is_some_and(|all| all.len() >= 38));
    browser.get("/api/sedi/bologna").expect(200);
    browser.get("/api/sedi/atlantide").refused(404, "not_found");
    let services = browser.get("/api/prestazioni").expect(200).json();
    assert_eq!(services.as_array().map(Vec::len), Some(10));
    let english = Call::get("/api/prestazioni").header("accept-language", "en");
    assert_ne!(
        browser.send(&english).expect(200).json()[0]["nome"],
        services[0]["nome"]
    );
    let firsts = browser
        .get("/api/sedi/prime?servizio=prima_informazione&comune=A944")
        .expect(200)
        .json();
    assert_eq!(firsts[0]["sede"], "bologna");
    assert_eq!(firsts[0]["competente"], true);
    let distances: Vec<u64> = firsts
        .as_array()
        .expect("a list")
        .iter()
        .filter_map(|one| one["distanza_km"].as_u64())
        .collect();
    assert!(distances.is_sorted() && distances.len() >= 38);
    for target in [
        "/api/disponibilita",
        "/api/disponibilita?servizio=x&sede=bologna",
        "/api/disponibilita?servizio=prima_informazione&sede=x",
        "/api/disponibilita?servizio=prima_informazione&sede=bologna&dal=oggi",
        "/api/disponibilita?servizio=prima_informazione&sede=bologna&dal=2026-01-01&al=2027-01-01",
        "/api/disponibilita?servizio=prima_informazione&sede=bologna&modalita=piccione",
        "/api/sedi/prime?servizio=prima_informazione&comune=H501",
    ] {
        browser.get(target).refused(422, "refused");
    }
}

#[test]
fn people_are_told_in_the_language_in_which_they_write() {
    let system = System::start();
    let client = system.signed_in(SARA);
    let slots = free(&client, "prima_informazione", "forli", (5, 20));
    let send = |target: &str, language: &str, body: &Value| {
        let call = Call::post(target).header("accept-language", language);
        client.send(&call.json(body))
    };
    let body = json!({ "servizio": "prima_informazione", "sede": "forli", "inizio": at(&slots[0]), "modalita": "telefono" });
    let booked = send("/api/appuntamenti", "en", &body).expect(201).json();
    let id = id(&booked);
    let latest = |client: &Client| {
        let all = client.get("/api/avvisi").expect(200).json();
        all[0].clone()
    };
    let told = latest(&client);
    assert_eq!(told["oggetto"], "Your appointment is booked");
    assert_eq!(told["appuntamento"], id.as_str());
    let words = told["testo"].as_str().expect("words").to_owned();
    assert!(words.starts_with("First information: "), "{words}");
    assert!(
        words.contains(" at ") && words.ends_with("that you gave us."),
        "{words}"
    );
    // Reading in another language changes nothing, nor does a client that names none.
    let read = Call::get("/api/appuntamenti").header("accept-language", "it");
    client.send(&read).expect(200);
    system.set_clock(instant(at(&slots[0])) - 47 * 3600 - now());
    system.run_job();
    let client = system.signed_in(SARA);
    assert_eq!(
        latest(&client)["oggetto"],
        "You have an appointment in two days"
    );
    let world = Client::new(&system.world);
    let inbox = world
        .get(&format!("/messaggi/persona/{}.json", SARA.codice_fiscale))
        .text();
    assert!(
        inbox.contains("For the details go to your personal area"),
        "{inbox}"
    );
    // Whoever goes on in Italian is answered in Italian from then on.
    let target = format!("/api/appuntamenti/{id}/disdici");
    let call = Call::post(&target).header("accept-language", "it-IT,it;q=0.9,en;q=0.8");
    client
        .send(&call.json(&json!({ "motivo": "altro" })))
        .expect(200);
    assert_eq!(latest(&client)["oggetto"], "Hai disdetto l'appuntamento");
}

#[test]
fn whoever_chooses_the_language_of_notices_gets_it_whatever_they_use() {
    let system = System::start();
    let client = system.signed_in(SARA);
    let language = || client.get("/api/lingua").expect(200).json();
    let choose = |body: &Value| client.send(&Call::new("PUT", "/api/lingua").json(body));
    assert_eq!(language(), json!({ "lingua": "it", "scelta": false }));
    for wrong in [
        json!({ "lingua": "de" }),
        json!({ "lingua": "" }),
        json!({ "lingua": "IT" }),
    ] {
        let refused = choose(&wrong).expect(422).fields();
        assert_eq!(refused, [("lingua".to_owned(), "unknown_code".to_owned())]);
    }
    for wrong in [
        json!({ "lingua": 7 }),
        json!({ "lingua": "it", "altro": 1 }),
    ] {
        assert!(matches!(choose(&wrong).status, 400 | 422), "{wrong}");
    }
    assert_eq!(language(), json!({ "lingua": "it", "scelta": false }));
    choose(&json!({ "lingua": "en" })).expect(200);
    assert_eq!(language(), json!({ "lingua": "en", "scelta": true }));

    // Booked with the app in Italian: the notice and the calendar entry are in English all the same.
    let slots = free(&client, "prima_informazione", "forli", (5, 20));
    let body = json!({ "servizio": "prima_informazione", "sede": "forli", "inizio": at(&slots[0]), "modalita": "presenza" });
    let italian = Call::post("/api/appuntamenti").header("accept-language", "it");
    let booked = client.send(&italian.json(&body)).expect(201).json();
    let told = client.get("/api/avvisi").expect(200).json();
    assert_eq!(told[0]["oggetto"], "Your appointment is booked");
    let target = format!("/api/appuntamenti/{}/invito.ics", id(&booked));
    let entry = || {
        let text = client.get(&target).expect(200).text();
        text.replace("\r\n ", "")
    };
    let english = entry();
    for line in [
        "SUMMARY:Job centre: First information",
        "\\nBring: ",
        "\\nPhone: ",
    ] {
        assert!(english.contains(line), "{line} in {english}");
    }
    assert!(!english.contains("Porta: "), "{english}");

    // Without a choice it is the language of the app again.
    let back = Call::new("PUT", "/api/lingua").header("accept-language", "it");
    let now = client
        .send(&back.json(&json!({ "lingua": null })))
        .expect(200);
    assert_eq!(now.json(), json!({ "lingua": "it", "scelta": false }));
    let italian = entry();
    for line in [
        "SUMMARY:Centro per l'impiego: Prima informazione",
        "\\nPorta: ",
        "\\nTelefono: ",
    ] {
        assert!(italian.contains(line), "{line} in {italian}");
    }
    // Somebody else's is their own, and nobody's is nobody's.
    let other = system
        .signed_in(MARIO)
        .get("/api/lingua")
        .expect(200)
        .json();
    assert_eq!(other["scelta"], false);
    system.browser().get("/api/lingua").expect(401);
}

#[test]
fn how_to_reach_an_office_is_said_in_the_language_asked_for() {
    let browser = System::shared().browser();
    let office = |language: &str| {
        let call = Call::get("/api/sedi/bologna").header("accept-language", language);
        browser.send(&call).expect(200).json()
    };
    let (italian, english) = (office("it"), office("en"));
    for part in ["come_arrivare", "accessibilita"] {
        let said = [&italian, &english].map(|office| office[part].as_str().unwrap_or_default());
        assert!(said.iter().all(|text| text.len() > 20), "{said:?}");
        assert_ne!(said[0], said[1]);
    }
    assert_eq!(italian["nome"], english["nome"]);
}

#[test]
fn the_offices_travel_packed_and_what_is_ones_own_does_not() {
    let ada = System::shared().signed_in(ADA);
    let ask = |target: &str, accepts: &str| {
        let call = Call::get(target).header("accept-encoding", accepts);
        ada.send(&call).expect(200)
    };
    let plain = ask("/api/sedi", "identity");
    assert_eq!(plain.header("content-encoding"), "");
    let packed = ask("/api/sedi", "gzip, deflate, br");
    assert_eq!(packed.header("content-encoding"), "gzip");
    assert!(packed.header("vary").contains("Accept-Encoding"));
    assert!(packed.body.len() * 5 < plain.body.len());
    let mut unpacked = Vec::new();
    let mut reader = flate2::read::GzDecoder::new(packed.body.as_slice());
    reader.read_to_end(&mut unpacked).expect("gzip");
    assert!(unpacked == plain.body);
    assert_eq!(ask("/api/me", "gzip").header("content-encoding"), "");
}
