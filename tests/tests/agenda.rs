// SPDX-License-Identifier: EUPL-1.2
//! The desk's agenda: the office runs its day from the same data that people book in.

use serde_json::{Value, json};
use tests::{
    ADA, Call, Client, LUCA, MARIO, Persona, Reply, System, at, book, crowd, days_from_now, free,
    instant, now,
};

const SERVICE: &str = "prima_informazione";
const OFFICE: &str = "bologna";

fn act(client: &Client, id: &str, action: &str, body: &Value) -> Reply {
    client.post(&format!("/api/operatore/appuntamenti/{id}/{action}"), body)
}

#[track_caller]
fn id(reply: &Value) -> String {
    reply["id"].as_str().expect("an id").to_owned()
}

fn at_the_desk(person: Persona, servizio: &str) -> Value {
    json!({
        "codice_fiscale": person.codice_fiscale, "nome": person.nome, "cognome": person.cognome,
        "servizio": servizio, "modalita": "presenza",
    })
}

fn day(inizio: &str) -> &str {
    &inizio[..10]
}

/// A system of its own with a citizen, an operator and the places that are free in the operator's office.
struct Office {
    system: System,
    ada: Client,
    luca: Client,
    slots: Vec<Value>,
}

impl Office {
    fn open() -> Self {
        let system = System::start();
        let (ada, luca) = (system.signed_in(ADA), system.signed_in(LUCA));
        let slots = free(&ada, SERVICE, OFFICE, (3, 20));
        Self {
            system,
            ada,
            luca,
            slots,
        }
    }
}

/// The id of an appointment at the first of these places.
#[track_caller]
fn first_booked(client: &Client, slots: &[Value]) -> String {
    id(&book(client, SERVICE, OFFICE, at(&slots[0]))
        .expect(201)
        .json())
}

#[test]
fn the_day_shows_who_comes_and_every_look_is_written_down() {
    let Office {
        system: _system,
        ada,
        luca,
        slots,
    } = Office::open();
    let id = first_booked(&ada, &slots);
    let on = day(at(&slots[0]));
    let agenda = luca
        .get(&format!("/api/operatore/agenda?dal={on}"))
        .expect(200)
        .json();
    assert_eq!(agenda["sede"], "bologna");
    let today = &agenda["giorni"][0];
    assert_eq!(agenda["giorni"].as_array().map(Vec::len), Some(1));
    assert_eq!(today["giorno"], on);
    assert_eq!(
        today["appuntamenti"][0]["cittadino"]["codice_fiscale"],
        ADA.codice_fiscale
    );
    assert_eq!(today["appuntamenti"][0]["gruppo"], "accoglienza");
    assert!(today["gruppi"].as_array().is_some_and(|all| all.len() == 5));
    let looks = || {
        ada.get("/api/accessi")
            .expect(200)
            .json()
            .as_array()
            .map_or(0, Vec::len)
    };
    assert_eq!(looks(), 1);
    // Drawing the page again is not another look, opening the appointment is.
    luca.get(&format!("/api/operatore/agenda?dal={on}&al={on}"))
        .expect(200);
    assert_eq!(looks(), 1);
    luca.get(&format!("/api/operatore/appuntamenti/{id}"))
        .expect(200);
    assert_eq!(looks(), 2);
    let told = |language: &str| {
        let call = Call::get("/api/accessi").header("accept-language", language);
        let looks = ada.send(&call).expect(200).json();
        let all = looks.as_array().expect("a list").iter();
        all.map(|look| look["cosa"].as_str().unwrap_or_default().to_owned())
            .collect::<std::collections::BTreeSet<_>>()
    };
    let both = |one: &str, other: &str| [one, other].map(str::to_owned).into();
    assert_eq!(
        told("it"),
        both(
            "Ha aperto l'appuntamento",
            "Ha visto l'appuntamento nell'agenda"
        )
    );
    assert_eq!(
        told("en"),
        both(
            "Opened your appointment",
            "Saw your appointment in the agenda"
        )
    );
    let noted = act(
        &luca,
        &id,
        "note",
        &json!({ "testo": "Porta il contratto." }),
    )
    .expect(200)
    .json();
    assert_eq!(noted["note_ufficio"][0]["testo"], "Porta il contratto.");
    act(&luca, &id, "note", &json!({ "testo": "  " })).refused(422, "refused");
    // The note is the office's own.
    let seen = ada
        .get(&format!("/api/appuntamenti/{id}"))
        .expect(200)
        .json();
    assert!(seen.get("note_ufficio").is_none() && seen.get("gruppo").is_none());
    let week = (days_from_now(0), days_from_now(40));
    luca.get(&format!(
        "/api/operatore/agenda?dal={}&al={}",
        week.0, week.1
    ))
    .refused(422, "refused");
    ada.get("/api/operatore/agenda").refused(403, "forbidden");
}

#[test]
fn nobody_is_marked_before_the_time_and_a_slip_can_be_put_right() {
    let Office {
        system,
        ada,
        luca,
        slots,
    } = Office::open();
    let id = first_booked(&ada, &slots);
    for action in ["erogato", "assente"] {
        act(&luca, &id, action, &json!({})).refused(409, "too_early");
    }
    system.set_clock(instant(at(&slots[0])) - now() + 60);
    let luca = system.signed_in(LUCA);
    act(&luca, &id, "assente", &json!({ "stato_visto": "erogato" })).refused(409, "changed");
    assert_eq!(
        act(&luca, &id, "assente", &json!({})).expect(200).json()["stato"],
        "non_presentato"
    );
    act(&luca, &id, "assente", &json!({})).refused(409, "not_allowed");
    assert_eq!(
        act(&luca, &id, "erogato", &json!({})).expect(200).json()["stato"],
        "erogato"
    );
    act(&luca, &id, "annulla", &json!({ "motivo": "Sbaglio." })).refused(409, "not_allowed");
    let ada = system.signed_in(ADA);
    let told = ada.get("/api/avvisi").expect(200).text();
    assert!(told.contains("Non ti abbiamo visto all'appuntamento"));
    assert!(
        !told.contains("NASpI"),
        "only who receives a benefit is warned of it"
    );
    // The service can be booked again.
    let slots = free(&ada, SERVICE, OFFICE, (30, 50));
    book(&ada, SERVICE, OFFICE, at(&slots[0])).expect(201);
}

#[test]
fn the_office_cancels_with_a_reason_and_moves_without_the_citizens_limits() {
    let Office {
        system,
        ada,
        luca,
        slots,
    } = Office::open();
    let id = first_booked(&ada, &slots);
    system.set_clock(instant(at(&slots[0])) - now() - 3600);
    let (ada, luca_now) = (system.signed_in(ADA), system.signed_in(LUCA));
    drop(luca);
    let goal = json!({ "inizio": at(&slots[5]) });
    ada.post(&format!("/api/appuntamenti/{id}/sposta"), &goal)
        .refused(409, "too_late");
    let moved = act(&luca_now, &id, "sposta", &goal).expect(200).json();
    assert_eq!(moved["inizio"], at(&slots[5]));
    let refusal = act(&luca_now, &id, "annulla", &json!({})).refused(422, "refused");
    assert_eq!(
        refusal.fields(),
        [("motivo".to_owned(), "missing".to_owned())]
    );
    let gone = act(
        &luca_now,
        &id,
        "annulla",
        &json!({ "motivo": "L'operatrice è malata." }),
    );
    assert_eq!(gone.expect(200).json()["stato"], "annullato");
    let told = ada.get("/api/avvisi").expect(200).text();
    assert!(told.contains("L'operatrice è malata."));
}

#[test]
fn a_walk_in_begins_now_at_a_desk_that_is_free() {
    let system = System::start();
    let luca = system.signed_in(LUCA);
    // A working day at ten, when the office is open.
    let slots = free(&luca, SERVICE, OFFICE, (3, 20));
    let morning = instant(at(&slots[0]));
    system.set_clock(morning - now());
    let luca = system.signed_in(LUCA);
    let arrive = |person: Persona| {
        luca.post(
            "/api/operatore/appuntamenti",
            &at_the_desk(person, "prima_informazione"),
        )
    };
    let people = crowd(0, 4);
    let first = arrive(people[0]).expect(201).json();
    assert_eq!(first["stato"], "da_erogare");
    assert!(instant(at(&first)) <= morning + 60);
    arrive(people[0]).refused(409, "already_booked");
    // Three desks.
    arrive(people[1]).expect(201);
    arrive(people[2]).expect(201);
    arrive(people[3]).refused(409, "no_desk");
    act(&luca, &id(&first), "erogato", &json!({})).expect(200);

    let mut wrong = at_the_desk(MARIO, "prima_informazione");
    wrong["codice_fiscale"] = "RSSMRA89T13F205X".into();
    wrong["nome"] = " ".into();
    let refusal = luca
        .post("/api/operatore/appuntamenti", &wrong)
        .refused(422, "refused");
    assert_eq!(refusal.fields()[0].1, "codice_fiscale_check");
    let mut summons = at_the_desk(MARIO, "did_patto");
    summons["convocazione"] = true.into();
    let refusal = luca
        .post("/api/operatore/appuntamenti", &summons)
        .refused(422, "refused");
    assert_eq!(
        refusal.fields(),
        [("inizio".to_owned(), "missing".to_owned())]
    );
    let oneself = at_the_desk(LUCA, "prima_informazione");
    assert!(matches!(
        luca.post("/api/operatore/appuntamenti", &oneself).status,
        403 | 422
    ));
}

#[test]
fn blocked_time_cannot_be_booked_and_booked_time_cannot_be_blocked() {
    let Office {
        system: _system,
        ada,
        luca,
        slots,
    } = Office::open();
    let slot = &slots[0];
    let block = |sportello: Value| {
        let body = json!({
            "gruppo": "accoglienza", "sportello": sportello, "inizio": at(slot), "fine": slots[1]["inizio"],
            "motivo": "Riunione",
        });
        luca.post("/api/operatore/blocchi", &body)
    };
    let one = block(json!(0)).expect(201).json();
    let left = |slot: &Value| {
        let all = free(&ada, SERVICE, OFFICE, (3, 20));
        all.iter()
            .find(|one| at(one) == at(slot))
            .map_or(0, |one| one["posti"].as_u64().unwrap_or_default())
    };
    assert_eq!(left(slot), slot["posti"].as_u64().unwrap_or_default() - 1);
    block(json!(0)).refused(409, "time_in_use");
    block(json!(99)).refused(422, "refused");
    luca.send(&Call::new(
        "DELETE",
        &format!("/api/operatore/blocchi/{}", id(&one)),
    ))
    .expect(204);
    luca.send(&Call::new(
        "DELETE",
        &format!("/api/operatore/blocchi/{}", id(&one)),
    ))
    .refused(404, "not_found");
    let all = block(Value::Null).expect(201).json();
    assert_eq!(left(slot), 0);
    book(&ada, SERVICE, OFFICE, at(slot)).refused(409, "slot_taken");
    // More desks do not open what the whole group keeps for itself.
    let on = day(at(slot));
    let more = json!({ "gruppo": "accoglienza", "dal": on, "al": on, "sportelli": 9 });
    luca.send(&Call::new("PUT", "/api/operatore/capienza").json(&more))
        .expect(200);
    assert_eq!(left(slot), 0);
    assert_eq!(left(&slots[1]), 9);
    let listed = luca
        .get(&format!("/api/operatore/blocchi?dal={on}"))
        .expect(200)
        .json();
    assert_eq!(listed[0]["id"], all["id"]);
    book(&ada, SERVICE, OFFICE, at(&slots[3])).expect(201);
    let over = json!({ "gruppo": "accoglienza", "inizio": at(&slots[3]), "fine": slots[4]["inizio"], "motivo": "Corso" });
    luca.post("/api/operatore/blocchi", &over)
        .refused(409, "time_in_use");
}

#[test]
fn fewer_desks_take_fewer_people() {
    let Office {
        system: _system,
        ada,
        luca,
        slots,
    } = Office::open();
    let on = day(at(&slots[0]));
    let change = |places: Value| {
        let body = json!({ "gruppo": "accoglienza", "dal": on, "al": on, "sportelli": places });
        luca.send(&Call::new("PUT", "/api/operatore/capienza").json(&body))
    };
    change(json!(65)).refused(422, "refused");
    let groups = change(json!(0)).expect(200).json();
    let group = groups
        .as_array()
        .expect("groups")
        .iter()
        .find(|one| one["gruppo"] == "accoglienza")
        .cloned();
    assert_eq!(group.expect("the group")["variazioni"][0]["sportelli"], 0);
    let open = || {
        free(&ada, SERVICE, OFFICE, (3, 20))
            .iter()
            .filter(|slot| day(at(slot)) == on)
            .count()
    };
    assert_eq!(open(), 0);
    book(&ada, SERVICE, OFFICE, at(&slots[0])).refused(409, "slot_taken");
    change(Value::Null).expect(200);
    assert!(open() > 0);
}

#[test]
fn closing_a_day_tells_everybody_and_keeps_another_place_for_them() {
    let system = System::start();
    let luca = system.signed_in(LUCA);
    let people = crowd(0, 4);
    let slots = free(&luca, "collocamento_mirato", "bologna", (5, 20));
    let on = day(at(&slots[0])).to_owned();
    let mut ids = Vec::new();
    for (n, person) in people.iter().enumerate() {
        let client = system.signed_in(*person);
        let slot = slots
            .iter()
            .filter(|slot| day(at(slot)) == on)
            .nth(n / 2 * 2)
            .expect("a place");
        ids.push(id(&book(
            &client,
            "collocamento_mirato",
            "bologna",
            at(slot),
        )
        .expect(201)
        .json()));
    }
    let body = json!({ "giorno": on, "motivo": "Lavori all'impianto elettrico" });
    luca.post(
        "/api/operatore/chiusure",
        &json!({ "giorno": on, "motivo": "" }),
    )
    .refused(422, "refused");
    luca.post(
        "/api/operatore/chiusure",
        &json!({ "giorno": "2020-01-07", "motivo": "x" }),
    )
    .refused(422, "refused");
    let outcome = luca
        .post("/api/operatore/chiusure", &body)
        .expect(201)
        .json();
    assert_eq!(outcome["annullati"], 4);
    assert_eq!(outcome["con_offerta"], 4);
    // Again: nothing more to do.
    assert_eq!(
        luca.post("/api/operatore/chiusure", &body)
            .expect(201)
            .json()["annullati"],
        0
    );
    let after = free(&luca, "collocamento_mirato", "bologna", (5, 20));
    assert!(after.iter().all(|slot| day(at(slot)) != on));
    let agenda = luca
        .get(&format!("/api/operatore/agenda?dal={on}"))
        .expect(200)
        .json();
    assert_eq!(
        agenda["giorni"][0]["chiuso"],
        "Lavori all'impianto elettrico"
    );
    let mut places = Vec::new();
    for (person, id) in people.iter().zip(&ids) {
        let client = system.signed_in(*person);
        let seen = client
            .get(&format!("/api/appuntamenti/{id}"))
            .expect(200)
            .json();
        assert_eq!(seen["stato"], "annullato");
        let offer = &seen["offerta"];
        assert_eq!(offer["motivo"], "sostituzione");
        assert_ne!(day(at(&offer["posto"])), on);
        let told = client.get("/api/avvisi").expect(200).text();
        assert!(told.contains("Lavori all'impianto elettrico"), "{told}");
        let target = format!(
            "/api/offerte/{}/accetta",
            offer["id"].as_str().expect("an id")
        );
        let taken = client.post(&target, &json!({})).expect(200).json();
        assert_eq!(taken["stato"], "da_erogare");
        assert_eq!(taken["inizio"], offer["posto"]["inizio"]);
        places.push((taken["inizio"].clone(), id.clone()));
    }
    // Two desks: no beginning is given to more than two people.
    for (inizio, _) in &places {
        assert!(places.iter().filter(|(other, _)| other == inizio).count() <= 2);
    }
    let ada = system.signed_in(ADA);
    let refusal =
        book(&ada, "collocamento_mirato", "bologna", at(&slots[0])).refused(422, "refused");
    assert_eq!(
        refusal.fields(),
        [("inizio".to_owned(), "closed".to_owned())]
    );
}

#[test]
fn what_the_desk_sends_twice_is_done_once() {
    let Office {
        system: _system,
        ada,
        luca,
        slots,
    } = Office::open();
    let send = |path: &str, body: &Value| {
        let target = format!("/api/operatore/{path}");
        luca.send(
            &Call::post(&target)
                .header("idempotency-key", path)
                .json(body),
        )
    };
    let mut summons = at_the_desk(MARIO, SERVICE);
    summons["inizio"] = slots[7]["inizio"].clone();
    let block = json!({ "gruppo": "accoglienza", "sportello": 0, "inizio": at(&slots[3]), "fine": slots[4]["inizio"],
        "motivo": "Riunione" });
    first_booked(&ada, &slots);
    let close = json!({ "giorno": day(at(&slots[0])), "motivo": "Sciopero" });
    for (path, body) in [
        ("blocchi", block),
        ("appuntamenti", summons),
        ("chiusure", close),
    ] {
        let first = send(path, &body).expect(201);
        let again = send(path, &body).expect(201);
        assert_eq!(again.text(), first.text(), "{path}");
        assert_eq!(again.header("location"), first.header("location"));
        let mut other = body.clone();
        other["motivo"] = "Un altro".into();
        other["nome"] = "Un altro".into();
        if path == "appuntamenti" {
            other = body.clone();
            other["note"] = "Un'altra".into();
        } else {
            other.as_object_mut().expect("an object").remove("nome");
        }
        send(path, &other).refused(422, "key_reused");
    }
    // The second closing would have found nobody left to cancel.
    let on = day(at(&slots[0]));
    let blocked = luca.get(&format!("/api/operatore/blocchi?dal={on}&al={on}"));
    assert_eq!(blocked.expect(200).json().as_array().map(Vec::len), Some(1));
}

#[test]
fn a_day_that_the_desk_closed_can_be_opened_again() {
    let Office {
        system: _system,
        ada,
        luca,
        slots,
    } = Office::open();
    let on = day(at(&slots[0])).to_owned();
    let target = format!("/api/operatore/chiusure/{on}");
    let reopen = |client: &Client, target: &str| client.send(&Call::new("DELETE", target));
    reopen(&luca, &target).refused(404, "not_found");
    let close = json!({ "giorno": on, "motivo": "Neve" });
    luca.post("/api/operatore/chiusure", &close).expect(201);
    book(&ada, SERVICE, OFFICE, at(&slots[0])).refused(422, "refused");
    reopen(&ada, &target).refused(403, "forbidden");
    reopen(&luca, "/api/operatore/chiusure/domani").refused(404, "not_found");
    let seen = || {
        let agenda = luca.get(&format!("/api/operatore/agenda?dal={on}"));
        agenda.expect(200).json()["giorni"][0].clone()
    };
    assert_eq!(seen()["riapribile"], true);
    reopen(&luca, &target).expect(204);
    assert_eq!(seen()["riapribile"], false);
    assert!(seen().get("chiuso").is_none());
    book(&ada, SERVICE, OFFICE, at(&slots[0])).expect(201);
}

#[test]
fn the_desk_reads_names_in_its_language() {
    let Office {
        system: _system,
        ada,
        luca,
        slots,
    } = Office::open();
    let id = first_booked(&ada, &slots);
    let names = |language: &str| {
        let read = |target: &str| {
            let call = Call::get(target).header("accept-language", language);
            luca.send(&call).expect(200).json()
        };
        let on = day(at(&slots[0]));
        let agenda = read(&format!("/api/operatore/agenda?dal={on}"));
        // The day after a Saturday.
        let sunday = (0..7)
            .map(days_from_now)
            .find(|day| {
                let days = instant(&format!("{day}T00:00:00+00:00")).div_euclid(86_400);
                (days + 3) % 7 == 6
            })
            .expect("a Sunday");
        let closed = read(&format!("/api/operatore/agenda?dal={sunday}"));
        let capacity = read("/api/operatore/capienza");
        let one = read(&format!("/api/operatore/appuntamenti/{id}"));
        [
            agenda["giorni"][0]["gruppi"][0]["nome"].clone(),
            capacity[0]["nome"].clone(),
            one["nome_gruppo"].clone(),
            closed["giorni"][0]["chiuso"].clone(),
        ]
    };
    assert_eq!(
        names("it"),
        ["Accoglienza", "Accoglienza", "Accoglienza", "Domenica"]
    );
    assert_eq!(
        names("en"),
        ["Front desk", "Front desk", "Front desk", "Sunday"]
    );
}

#[test]
fn days_that_cannot_be_are_refused_with_their_name() {
    let luca = System::shared().signed_in(LUCA);
    for (path, too_far) in [
        ("/api/operatore/agenda", "2026-05-01"),
        ("/api/operatore/blocchi", "2026-05-01"),
        ("/api/operatore/statistiche", "2027-05-01"),
    ] {
        let refused = |query: &str| {
            let reply = luca.get(&format!("{path}?{query}"));
            reply.refused(422, "refused").fields()
        };
        for day in [
            "oggi",
            "2026-02-30",
            "2026-3-1",
            "01/03/2026",
            "2026-03-01T00:00:00Z",
        ] {
            let wrong = [("dal".to_owned(), "not_a_date".to_owned())];
            assert_eq!(refused(&format!("dal={day}")), wrong, "{path} {day}");
            let wrong = [("al".to_owned(), "not_a_date".to_owned())];
            assert_eq!(
                refused(&format!("dal=2026-03-01&al={day}")),
                wrong,
                "{path} {day}"
            );
        }
        let before = [("al".to_owned(), "date_before".to_owned())];
        assert_eq!(refused("dal=2026-03-02&al=2026-03-01"), before, "{path}");
        let after = [("al".to_owned(), "date_after".to_owned())];
        assert_eq!(
            refused(&format!("dal=2026-02-01&al={too_far}")),
            after,
            "{path}"
        );
    }
}

#[test]
fn figures_count_what_happened() {
    let system = System::start();
    let luca = system.signed_in(LUCA);
    let people = crowd(0, 3);
    let slots = free(&luca, SERVICE, OFFICE, (3, 20));
    let on = day(at(&slots[0])).to_owned();
    let ids: Vec<String> = people
        .iter()
        .map(|person| first_booked(&system.signed_in(*person), &slots))
        .collect();
    system.set_clock(instant(at(&slots[0])) - now() + 60);
    let luca = system.signed_in(LUCA);
    act(&luca, &ids[0], "erogato", &json!({})).expect(200);
    act(&luca, &ids[1], "assente", &json!({})).expect(200);
    let figures = luca
        .get(&format!("/api/operatore/statistiche?dal={on}&al={on}"))
        .expect(200)
        .json();
    let total = &figures["totale"];
    assert_eq!(
        (
            &total["erogati"],
            &total["non_presentati"],
            &total["da_erogare"]
        ),
        (&json!(1), &json!(1), &json!(1))
    );
    assert_eq!(total["assenze_per_mille"], 500);
    let waited = (instant(at(&slots[0])) - now()).unsigned_abs() / 3600;
    let median = total["attesa_mediana_ore"].as_u64().expect("a median");
    assert!(median.abs_diff(waited) <= 1, "{median} {waited}");
    assert!(
        total["uso_per_mille"]
            .as_u64()
            .is_some_and(|use_| use_ > 0 && use_ < 1000)
    );
    assert_eq!(figures["per_servizio"][0]["di"], "prima_informazione");
    assert_eq!(figures["per_giorno"][0]["di"], on.as_str());
    let usual = luca.get("/api/operatore/statistiche").expect(200).json();
    let empty = luca.get("/api/operatore/statistiche?dal=&al=").expect(200);
    assert_eq!(empty.json(), usual, "an empty day is none");
}
