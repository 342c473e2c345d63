// SPDX-License-Identifier: EUPL-1.2
//! The waiting list gets what comes free first, whatever it comes free by, and no place is ever given twice.

use serde_json::{Value, json};
use tests::{Call, Client, LUCA, Persona, Reply, System, at, book, crowd, free, instant, now};

const SERVICE: &str = "collocamento_mirato";
const OFFICE: &str = "bologna";
/// Two desks, open in the morning.
const GROUP: &str = "mirato";

/// A system with an operator, and the free places of a group with two desks.
struct Office {
    system: System,
    luca: Client,
    slots: Vec<Value>,
    people: Vec<Persona>,
}

impl Office {
    fn open() -> Self {
        let system = System::start();
        let luca = system.signed_in(LUCA);
        let slots = free(&luca, SERVICE, OFFICE, (5, 30));
        Self {
            system,
            luca,
            slots,
            people: crowd(0, 8),
        }
    }

    fn client(&self, n: usize) -> Client {
        self.system.signed_in(self.people[n])
    }

    /// The n-th person books this place and waits for an earlier one.
    fn waits(&self, n: usize, slot: &Value) -> String {
        let client = self.client(n);
        let booked = book(&client, SERVICE, OFFICE, at(slot)).expect(201).json();
        let id = booked["id"].as_str().expect("an id").to_owned();
        let target = format!("/api/appuntamenti/{id}/attendi");
        client.post(&target, &json!({})).expect(200);
        id
    }

    fn offer(&self, n: usize, id: &str) -> Option<Value> {
        let target = format!("/api/appuntamenti/{id}");
        let seen = self.client(n).get(&target).expect(200).json();
        seen.get("offerta").cloned()
    }

    fn accept(&self, n: usize, offer: &Value) -> Reply {
        let id = offer["id"].as_str().expect("an id");
        self.client(n)
            .post(&format!("/api/offerte/{id}/accetta"), &json!({}))
    }

    /// The first place of the days after the one of the n-th, so that a whole day lies before it.
    fn later(&self) -> &Value {
        let first = &at(&self.slots[0])[..10];
        self.slots
            .iter()
            .find(|slot| &at(slot)[..10] > first)
            .expect("another day")
    }

    fn desk(&self, method: &str, target: &str) -> Reply {
        self.luca.send(&Call::new(method, target))
    }
}

fn hold(client: &Client, slot: &Value) -> Reply {
    let body =
        json!({ "servizio": SERVICE, "sede": OFFICE, "inizio": at(slot), "modalita": "presenza" });
    client.post("/api/blocchi", &body)
}

#[test]
fn what_a_hold_gives_back_goes_to_the_waiting_list() {
    let office = Office::open();
    let slot = &office.slots[0];
    // Both desks are held: one by whoever gives it back, one by whoever lets it run out.
    let given = hold(&office.client(0), slot).expect(201).json();
    hold(&office.client(1), slot).expect(201);
    let (second, third) = (
        office.waits(2, office.later()),
        office.waits(3, office.later()),
    );
    assert!(office.offer(2, &second).is_none() && office.offer(3, &third).is_none());
    let target = format!("/api/blocchi/{}", given["id"].as_str().expect("an id"));
    office
        .client(0)
        .send(&Call::new("DELETE", &target))
        .expect(204);
    let offer = office.offer(2, &second).expect("an offer");
    assert_eq!(offer["posto"]["inizio"], at(slot));
    assert!(office.offer(3, &third).is_none(), "one place, one person");
    // Nobody else gets it meanwhile.
    book(&office.client(4), SERVICE, OFFICE, at(slot)).refused(409, "slot_taken");

    office.system.set_clock(601);
    let done = office.system.run_job();
    assert_eq!(
        (&done["blocchi_scaduti"], &done["offerte_nuove"]),
        (&json!(1), &json!(1))
    );
    let other = office.offer(3, &third).expect("an offer");
    assert_eq!(other["posto"]["inizio"], at(slot));
    for (n, offer) in [(2, offer), (3, other)] {
        let moved = office.accept(n, &offer).expect(200).json();
        assert_eq!(moved["inizio"], at(slot));
    }
    book(&office.client(4), SERVICE, OFFICE, at(slot)).refused(409, "slot_taken");
    let again = office.system.run_job();
    assert_eq!(again["offerte_nuove"], 0);
}

#[test]
fn whoever_holds_another_place_leaves_the_first_to_the_waiting_list() {
    let office = Office::open();
    let slot = &office.slots[0];
    hold(&office.client(0), slot).expect(201);
    hold(&office.client(1), slot).expect(201);
    let waiting = office.waits(2, office.later());
    // The same place once more is no place that comes free.
    hold(&office.client(0), slot).expect(201);
    assert!(office.offer(2, &waiting).is_none());
    hold(&office.client(0), &office.slots[3]).expect(201);
    let offer = office.offer(2, &waiting).expect("an offer");
    assert_eq!(offer["posto"]["inizio"], at(slot));
}

#[test]
fn time_that_the_desk_gives_back_goes_to_the_waiting_list() {
    let office = Office::open();
    let day = at(&office.slots[0])[..10].to_owned();
    let last = office.slots.iter().rfind(|slot| at(slot)[..10] == day);
    let body = json!({ "gruppo": GROUP, "inizio": at(&office.slots[0]), "fine": last.expect("a place")["fine"],
        "motivo": "Riunione" });
    let block = office
        .luca
        .post("/api/operatore/blocchi", &body)
        .expect(201)
        .json();
    let ids: Vec<String> = (0..3)
        .map(|n| office.waits(n, &later_days(&office)[n * 2]))
        .collect();
    let target = format!(
        "/api/operatore/blocchi/{}",
        block["id"].as_str().expect("an id")
    );
    office.desk("DELETE", &target).expect(204);
    let offers: Vec<Value> = (0..3)
        .map(|n| office.offer(n, &ids[n]).expect("an offer"))
        .collect();
    // Two desks: two people at the first hour, the third at the next.
    let begins: Vec<&str> = offers.iter().map(|offer| at(&offer["posto"])).collect();
    assert_eq!(begins[0], at(&office.slots[0]));
    assert_eq!(begins[1], at(&office.slots[0]));
    assert!(
        begins[2] > begins[0] && begins[2][..10] == day,
        "{begins:?}"
    );
    for (n, offer) in offers.iter().enumerate() {
        office.accept(n, offer).expect(200);
    }
    let told = office.client(0).get("/api/avvisi").expect(200).text();
    assert!(told.contains("Si è liberato un posto prima"), "{told}");
}

/// Places on days after the first.
fn later_days(office: &Office) -> Vec<Value> {
    let first = at(&office.slots[0])[..10].to_owned();
    let later = office.slots.iter().filter(|slot| at(slot)[..10] > *first);
    later.cloned().collect()
}

#[test]
fn a_day_that_opens_again_goes_to_the_waiting_list_first() {
    let office = Office::open();
    let day = at(&office.slots[0])[..10].to_owned();
    let body = json!({ "giorno": day, "motivo": "Sciopero" });
    office
        .luca
        .post("/api/operatore/chiusure", &body)
        .expect(201);
    let id = office.waits(0, office.later());
    let target = format!("/api/operatore/chiusure/{day}");
    office.desk("DELETE", &target).expect(204);
    let offer = office.offer(0, &id).expect("an offer");
    assert_eq!(offer["posto"]["inizio"], at(&office.slots[0]));
}

#[test]
fn whoever_was_sent_away_is_offered_the_old_place_when_the_day_opens_again() {
    let office = Office::open();
    let slot = &office.slots[0];
    let day = &at(slot)[..10];
    let booked = |n: usize| {
        let booked = book(&office.client(n), SERVICE, OFFICE, at(slot)).expect(201);
        booked.json()["id"].as_str().expect("an id").to_owned()
    };
    let (stays, leaves) = (booked(0), booked(1));
    let body = json!({ "giorno": day, "motivo": "Sciopero" });
    let close = || {
        office
            .luca
            .post("/api/operatore/chiusure", &body)
            .expect(201)
    };
    assert_eq!(close().json()["con_offerta"], 2);
    // One has found another place meanwhile; the other has not answered yet.
    let other = office.offer(0, &stays).expect("an offer");
    assert_ne!(at(&other["posto"]), at(slot));
    book(
        &office.client(1),
        SERVICE,
        OFFICE,
        at(&later_days(&office)[9]),
    )
    .expect(201);
    // Somebody waits for what is offered to nobody else.
    let waits = office.waits(2, office.slots.last().expect("a place"));
    office
        .desk("DELETE", &format!("/api/operatore/chiusure/{day}"))
        .expect(204);
    let offer = office.offer(0, &stays).expect("an offer");
    assert_eq!(at(&offer["posto"]), at(slot));
    let told = office.client(0).get("/api/avvisi").expect(200).text();
    assert!(
        told.contains("Il tuo posto di prima c'è di nuovo"),
        "{told}"
    );
    office.accept(0, &other).refused(409, "offer_expired");
    let back = office.accept(0, &offer).expect(200).json();
    assert_eq!(
        (at(&back), &back["stato"]),
        (at(slot), &json!("da_erogare"))
    );
    // The desk beside it goes to the list, not to whoever has something else.
    let next = office.offer(2, &waits).expect("an offer");
    assert_eq!(at(&next["posto"]), at(slot));
    let told = office.client(1).get("/api/avvisi").expect(200).text();
    assert!(
        !told.contains("Il tuo posto di prima c'è di nuovo"),
        "{told}"
    );
    assert_eq!(
        office
            .client(1)
            .get(&format!("/api/appuntamenti/{leaves}"))
            .expect(200)
            .json()["stato"],
        "annullato"
    );
}

#[test]
fn a_place_of_another_group_that_does_the_same_is_offered_too() {
    // Two groups help with the CV: whoever waits for one is served by the other.
    const CV: &str = "supporto_cv";
    let office = Office::open();
    let slots = free(&office.luca, CV, OFFICE, (5, 20));
    let slot = &slots[0];
    let body = |group: &str| json!({ "gruppo": group, "inizio": at(slot), "fine": at(&slots[8]), "motivo": "Riunione" });
    // Both groups are busy in the first hours; somebody books later, at whichever desk, and waits.
    let blocks: Vec<String> = ["patto", "accoglienza"]
        .iter()
        .map(|group| {
            let block = office
                .luca
                .post("/api/operatore/blocchi", &body(group))
                .expect(201);
            block.json()["id"].as_str().expect("an id").to_owned()
        })
        .collect();
    let wait = |n: usize| {
        let later = slots.last().expect("a place");
        let booked = book(&office.client(n), CV, OFFICE, at(later))
            .expect(201)
            .json();
        let id = booked["id"].as_str().expect("an id").to_owned();
        let target = format!("/api/appuntamenti/{id}/attendi");
        office.client(n).post(&target, &json!({})).expect(200);
        id
    };
    let id = wait(0);
    let seen = office
        .luca
        .get(&format!("/api/operatore/appuntamenti/{id}"))
        .expect(200)
        .json();
    let own = seen["gruppo"].as_str().expect("a group").to_owned();
    let other = usize::from(own == "patto");
    office
        .desk(
            "DELETE",
            &format!("/api/operatore/blocchi/{}", blocks[other]),
        )
        .expect(204);
    let offer = office.offer(0, &id).expect("an offer");
    assert_eq!(at(&offer["posto"]), at(slot));
    let moved = office.accept(0, &offer).expect(200).json();
    assert_eq!(at(&moved), at(slot));
    let seen = office
        .luca
        .get(&format!("/api/operatore/appuntamenti/{id}"))
        .expect(200)
        .json();
    assert_ne!(seen["gruppo"], own);
}

#[test]
fn more_desks_are_offered_and_fewer_are_not() {
    let office = Office::open();
    let slot = &office.slots[0];
    let day = &at(slot)[..10];
    // Both desks of the first hour are taken.
    for n in [0, 1] {
        book(&office.client(n), SERVICE, OFFICE, at(slot)).expect(201);
    }
    let id = office.waits(2, &office.slots[2]);
    let places = |count: Value| {
        let body = json!({ "gruppo": GROUP, "dal": day, "al": day, "sportelli": count });
        let call = Call::new("PUT", "/api/operatore/capienza").json(&body);
        office.luca.send(&call).expect(200);
    };
    places(json!(1));
    assert!(office.offer(2, &id).is_none());
    places(json!(3));
    let offer = office.offer(2, &id).expect("an offer");
    assert_eq!(offer["posto"]["inizio"], at(slot));
    book(&office.client(3), SERVICE, OFFICE, at(slot)).refused(409, "slot_taken");
    assert!(instant(at(&offer["posto"])) > now());
}
