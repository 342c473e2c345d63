// SPDX-License-Identifier: EUPL-1.2
//! What happens when the registry or the inbox does not answer: nothing is lost, and nobody is told a lie.
//!
//! One test after the other on one system: a neighbour is out of order for everybody at once.

use serde_json::{Value, json};
use tests::{ADA, Client, IOANA, LUCA, MARIO, System, did, did_of, eventually, present};

#[test]
fn a_neighbour_that_is_silent_costs_nobody_a_request() {
    let system = System::start();
    let world = Client::new(&system.world);
    let out_of_order = |service: &str, broken: bool| {
        let wish = json!({ "guasto": broken });
        world.post(&format!("/{service}/prova"), &wish).expect(200);
    };

    // Without the registry the form still opens, but nothing is accepted unchecked.
    let mario = system.signed_in(MARIO);
    let known = || mario.get("/api/servizi/did/fatti").expect(200).json();
    assert!(known()["fascicolo"].is_object());
    out_of_order("registro", true);
    let facts = known();
    assert!(facts["fascicolo"].is_null(), "{facts}");
    assert_eq!(facts["citizen"]["codice_fiscale"], MARIO.codice_fiscale);
    let reply = present(&mario, &did(), "chiave").refused(503, "unavailable");
    assert!(reply.header("retry-after").parse::<u32>().is_ok());
    assert_eq!(mario.get("/api/pratiche").expect(200).json(), json!([]));
    // The same key is still free for the same request.
    out_of_order("registro", false);
    let answer = present(&mario, &did(), "chiave").expect(201).json();
    assert!(
        answer["protocollo"]
            .as_str()
            .is_some_and(|text| text.starts_with("0000001/"))
    );
    // The national node is told once the answer is on its way.
    let own = format!("/api/pratiche/{}", answer["id"].as_str().expect("an id"));
    eventually("the node has given the identifier", || {
        mario.get(&own).expect(200).json()["identificativo_did"].is_string()
    });

    // Without the inbox a request is accepted, and its notice waits for the next change.
    out_of_order("messaggi", true);
    let ioana = system.signed_in(IOANA);
    let answers = did_of(json!({ "cittadinanza": "Z129" }));
    let answer = present(&ioana, &answers, "").expect(201).json();
    let delivered = || {
        let notices = ioana.get("/api/avvisi").expect(200).json();
        let all: Vec<Value> = notices
            .as_array()
            .expect("a list")
            .iter()
            .map(|one| one["consegna"].clone())
            .collect();
        all
    };
    // Its DID reaches the node after the answer, and by then the inbox has refused.
    let own = format!("/api/pratiche/{}", answer["id"].as_str().expect("an id"));
    eventually("the node has given the identifier", || {
        ioana.get(&own).expect(200).json()["identificativo_did"].is_string()
    });
    assert_eq!(delivered(), ["in_coda"]);
    out_of_order("messaggi", false);
    let id = answer["id"].as_str().expect("an id");
    let take = format!("/api/operatore/pratiche/{id}/prendi-in-carico");
    system.signed_in(LUCA).post(&take, &json!({})).expect(200);
    eventually("both notices are delivered", || {
        delivered() == ["consegnato", "consegnato"]
    });

    // What the node refuses is no secret of the log: the desk sees it, and can send it again.
    let wish = json!({ "rifiuto": true });
    world.post("/registro/prova", &wish).expect(200);
    let ada = system.signed_in(ADA);
    let answer = present(&ada, &did(), "").expect(201).json();
    let id = answer["id"].as_str().expect("an id");
    let luca = system.signed_in(LUCA);
    let desk = format!("/api/operatore/pratiche/{id}");
    let seen = || luca.get(&desk).expect(200).json()["rifiuto_nodo"].clone();
    eventually("the desk sees the refusal", || seen().is_object());
    let first = seen();
    assert_eq!(
        (&first["codice"], &first["tentativi"]),
        (&json!(422), &json!(1))
    );
    assert!(
        first["motivo"]
            .as_str()
            .is_some_and(|said| !said.is_empty())
    );
    // The queue marks exactly these, and lists them or the others when asked.
    let queue = |filter: &str| {
        let address = format!("/api/operatore/pratiche?servizio=did{filter}");
        let rows = luca.get(&address).expect(200).json();
        rows.as_array().expect("a list").clone()
    };
    let ids = |rows: &[Value]| -> Vec<Value> { rows.iter().map(|row| row["id"].clone()).collect() };
    let (marked, others): (Vec<_>, Vec<_>) = queue("")
        .into_iter()
        .partition(|row| row["rifiuto_nodo"].is_object());
    assert_eq!(ids(&marked), [json!(id)]);
    assert_eq!(others.len(), 2);
    assert_eq!(queue("&rifiuto_nodo=si"), marked);
    assert_eq!(queue("&rifiuto_nodo=no"), others);
    assert_eq!(queue("&rifiuto_nodo=si&stato=accolta"), [] as [Value; 0]);
    let own = format!("/api/pratiche/{id}");
    assert!(ada.get(&own).expect(200).json()["rifiuto_nodo"].is_null());

    // Who presses too early only puts the next attempt off; whoever is no operator presses nothing.
    let again = format!("{desk}/ritrasmissione");
    ada.post(&again, &json!({})).refused(403, "forbidden");
    system
        .browser()
        .post(&again, &json!({}))
        .refused(401, "signed_out");
    let second = luca.post(&again, &json!({})).expect(200).json()["rifiuto_nodo"].clone();
    assert_eq!(second["tentativi"], 2);
    assert_eq!(second["dal"], first["dal"]);
    assert_ne!(second["riprova_il"], first["riprova_il"]);
    out_of_order("registro", true);
    luca.post(&again, &json!({})).refused(503, "unavailable");
    out_of_order("registro", false);
    let taken = luca.post(&again, &json!({})).expect(200).json();
    assert!(taken["identificativo_did"].is_string() && taken["rifiuto_nodo"].is_null());
    luca.post(&again, &json!({})).refused(409, "not_permitted");
    let looks = ada.get("/api/accessi").expect(200).json();
    assert!(
        looks
            .to_string()
            .contains("Ha chiesto di ritrasmettere la DID al nodo nazionale")
    );

    // What was taken back is no longer sent to the node, and so no longer refused.
    assert_eq!(queue("&rifiuto_nodo=si"), [] as [Value; 0]);
    world.post("/registro/prova", &wish).expect(200);
    let take_back = |id: &str| {
        let address = format!("/api/pratiche/{id}/ritiro");
        ada.post(&address, &json!({})).expect(200);
    };
    take_back(id);
    let answer = present(&ada, &did(), "").expect(201).json();
    let id = answer["id"].as_str().expect("an id");
    eventually("the queue lists the refused one", || {
        ids(&queue("&rifiuto_nodo=si")) == [json!(id)]
    });
    take_back(id);
    assert_eq!(queue("&rifiuto_nodo=si"), [] as [Value; 0]);
    assert!(ids(&queue("&rifiuto_nodo=no")).contains(&json!(id)));
}
