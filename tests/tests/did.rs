// SPDX-License-Identifier: EUPL-1.2
//! The DID from the first answer to the receipt, for each of the invented people.

use serde_json::{Value, json};
use tests::{
    ADA, ALI, CHIARA, Call, Client, ELENA, GIANFRANCO, IOANA, MARIA, MARIO, MARIO_BIS, PAOLO,
    Reply, SARA, System, TOMMASO, did, did_of, eventually, present,
};

#[track_caller]
fn refuses(reply: &Reply, field: &str, code: &str) {
    assert_eq!(reply.status, 422, "{}", reply.text());
    let fields = reply.fields();
    assert!(
        fields.iter().any(|(f, c)| f == field && c == code),
        "{field} {code} is not in {fields:?}"
    );
}

/// The number and the year of a protocol.
#[track_caller]
fn protocol(answer: &Value) -> (u32, u32) {
    let text = answer["protocollo"].as_str().expect("a protocol");
    let (number, year) = text.split_once('/').expect("a number and a year");
    assert!(
        number.len() >= 7 && number.bytes().all(|b| b.is_ascii_digit()),
        "{text}"
    );
    assert!(
        year.len() == 4 && year.bytes().all(|b| b.is_ascii_digit()),
        "{text}"
    );
    (
        number.parse().expect("a number"),
        year.parse().expect("a year"),
    )
}

/// RFC 3339 with an offset of Rome, winter or summer.
#[track_caller]
fn is_instant(value: &Value) {
    let text = value.as_str().unwrap_or_default();
    assert!(text.len() >= 25 && &text[10..11] == "T", "{text}");
    assert!(
        text.ends_with("+01:00") || text.ends_with("+02:00"),
        "{text}"
    );
}

fn path(answer: &Value) -> String {
    format!("/api/pratiche/{}", answer["id"].as_str().expect("an id"))
}

#[test]
fn who_is_out_of_work_presents_a_did_once_and_gets_a_protocol_and_papers() {
    let system = System::shared();
    let mario = system.signed_in(MARIO);
    let reply = present(&mario, &did(), "chiave-1").expect(201);
    let answer = reply.json();
    assert_eq!(reply.header("location"), path(&answer));
    protocol(&answer);
    is_instant(&answer["presentata_il"]);
    let presented = &answer["presentata_il"].as_str().expect("an instant")[..10];
    let term = answer["termine_il"].as_str().expect("a day");
    assert!(term.len() == 10 && term > presented, "{term}");
    assert!(
        !answer["responsabile"]
            .as_str()
            .unwrap_or_default()
            .is_empty()
    );
    assert_eq!(
        (&answer["servizio"], &answer["stato"]),
        (&json!("did"), &json!("protocollata"))
    );
    assert_eq!(answer["eventi"].as_array().map(Vec::len), Some(1));
    is_instant(&answer["eventi"][0]["quando"]);
    assert_eq!(answer["eventi"][0]["stato"], "protocollata");
    assert_eq!(answer["azioni"], json!(["ritiro"]));
    assert_eq!(answer["risposte"]["cellulare"], "+393331234567");

    // The same key once more: the same answer, and nothing new.
    let again = present(&mario, &did(), "chiave-1").expect(201);
    assert_eq!(again.json(), answer);
    assert_eq!(again.header("location"), reply.header("location"));
    present(&mario, &did_of(json!({ "mesi_ricerca": 5 })), "chiave-1").refused(422, "key_reused");
    present(&mario, &did(), "chiave-2").refused(409, "did_presente");
    present(&mario, &did(), "").refused(409, "did_presente");
    let mine = mario.get("/api/pratiche").expect(200).json();
    assert_eq!(mine.as_array().map(Vec::len), Some(1));
    assert_eq!(mine[0]["protocollo"], answer["protocollo"]);
    // The national node is told once the answer is on its way: that is all that changes.
    let mut read = Value::Null;
    eventually("the node has given the identifier", || {
        read = mario.get(&path(&answer)).expect(200).json();
        read["identificativo_did"].is_string()
    });
    read.as_object_mut()
        .expect("an object")
        .remove("identificativo_did");
    assert_eq!(read, answer);

    papers(&mario, &system.signed_in(CHIARA), &answer);
}

fn papers(owner: &Client, other: &Client, answer: &Value) {
    for paper in ["ricevuta.pdf", "documento.pdf"] {
        let target = format!("{}/{paper}", path(answer));
        let pdf = owner.get(&target).expect(200);
        assert_eq!(pdf.header("content-type"), "application/pdf");
        assert_eq!(pdf.header("cache-control"), "no-store");
        assert!(pdf.body.starts_with(b"%PDF-"));
        other.get(&target).refused(404, "not_found");
    }
    other.get(&path(answer)).refused(404, "not_found");
    other
        .get(&format!("{}/scadenza.ics", path(answer)))
        .refused(404, "not_found");
    for action in ["ritiro", "integrazione"] {
        let target = format!("{}/{action}", path(answer));
        other
            .post(&target, &json!({ "motivo": "Una pratica che non è mia" }))
            .refused(404, "not_found");
    }

    let calendar = owner
        .get(&format!("{}/scadenza.ics", path(answer)))
        .expect(200);
    assert!(calendar.header("content-type").starts_with("text/calendar"));
    let text = calendar.text();
    let day = answer["contatto_entro"]
        .as_str()
        .expect("a day")
        .replace('-', "");
    for line in [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "METHOD:PUBLISH",
        "BEGIN:VEVENT",
        "END:VEVENT",
        "END:VCALENDAR",
    ] {
        assert!(text.split("\r\n").any(|found| found == line), "{line}");
    }
    assert!(
        text.contains(&format!("DTSTART;VALUE=DATE:{day}\r\n")),
        "{text}"
    );
    for name in [
        "UID:",
        "DTSTAMP:",
        "SUMMARY:",
        "PRODID:",
        "DTEND;VALUE=DATE:",
    ] {
        assert!(text.contains(&format!("\r\n{name}")), "{name}");
    }
    assert!(
        text.split("\r\n")
            .all(|line| line.len() <= 75 && !line.contains('\n'))
    );
    assert!(
        !text.contains(MARIO.codice_fiscale),
        "a calendar is shared with many programs"
    );
}

#[test]
fn who_works_part_time_is_not_out_of_work_but_may_earn_little() {
    let maria = System::shared().signed_in(MARIA);
    let home =
        json!({ "residenza_comune": "H501", "residenza_cap": "00179", "domicilio_comune": "F257" });
    refuses(
        &present(&maria, &did_of(home.clone()), ""),
        "condizione",
        "open_relation",
    );
    let mut answers = did_of(home);
    answers["condizione"] = json!("dipendente");
    refuses(
        &present(&maria, &answers, ""),
        "reddito_prospettico",
        "missing",
    );
    answers["reddito_prospettico"] = json!("8500.01");
    refuses(
        &present(&maria, &answers, ""),
        "reddito_prospettico",
        "sopra_soglia",
    );
    answers["reddito_prospettico"] = json!("7200");
    let answer = present(&maria, &answers, "").expect(201).json();
    assert_eq!(answer["risposte"]["reddito_prospettico"], "7200.00");
    assert_eq!(answer["ufficio"], "CPI di Modena", "the domicile decides");
}

#[test]
fn who_earns_exactly_the_limit_is_within_it() {
    let elena = System::shared().signed_in(ELENA);
    let mut answers =
        did_of(json!({ "condizione": "autonomo", "posizione_ultimo_lavoro": "autonomo" }));
    answers["reddito_prospettico"] = json!("5500.01");
    let refusal = present(&elena, &answers, "").expect(422);
    refuses(&refusal, "reddito_prospettico", "sopra_soglia");
    let limits = refusal.json();
    let limits: Vec<&Value> = limits["errors"]
        .as_array()
        .expect("errors")
        .iter()
        .map(|e| &e["limit"])
        .collect();
    assert!(limits.contains(&&json!("5500.00")), "{limits:?}");
    answers["reddito_prospettico"] = json!("5500.00");
    present(&elena, &answers, "").expect(201);
}

#[test]
fn who_gets_the_naspi_is_told_that_the_did_is_there_already() {
    let gianfranco = System::shared().signed_in(GIANFRANCO);
    present(&gianfranco, &did(), "").refused(409, "did_inps");
    assert_eq!(
        gianfranco.get("/api/pratiche").expect(200).json(),
        json!([])
    );
}

#[test]
fn who_needs_a_permit_of_stay_is_asked_for_it() {
    let ali = System::shared().signed_in(ALI);
    let mut answers = did_of(json!({ "cittadinanza": "Z243", "presenza_italia": "da_5_a_10" }));
    let refusal = present(&ali, &answers, "");
    refuses(&refusal, "titolo_soggiorno", "missing");
    refuses(&refusal, "numero_titolo_soggiorno", "missing");
    answers["titolo_soggiorno"] = json!("permesso");
    answers["numero_titolo_soggiorno"] = json!("I12345678");
    refuses(
        &present(&ali, &answers, ""),
        "scadenza_titolo_soggiorno",
        "missing",
    );
    answers["scadenza_titolo_soggiorno"] = json!("2020-01-01");
    refuses(
        &present(&ali, &answers, ""),
        "scadenza_titolo_soggiorno",
        "date_before",
    );
    answers["scadenza_titolo_soggiorno"] = json!("2099-08-31");
    present(&ali, &answers, "").expect(201);
}

#[test]
fn a_citizen_of_the_union_needs_no_permit() {
    let ioana = System::shared().signed_in(IOANA);
    let answers = did_of(json!({ "cittadinanza": "Z129", "presenza_italia": "da_1_a_5" }));
    let answer = present(&ioana, &answers, "").expect(201).json();
    assert!(answer["risposte"].get("titolo_soggiorno").is_none());
}

#[test]
fn who_is_fifteen_is_too_young_and_who_is_seventeen_names_a_parent() {
    let system = System::shared();
    present(&system.signed_in(TOMMASO), &did(), "").refused(409, "eta_minima");
    let sara = system.signed_in(SARA);
    let mut answers = did_of(json!({
        "titolo_studio": "secondaria_primo_grado", "condizione_un_anno_prima": "studente",
    }));
    refuses(
        &present(&sara, &answers, ""),
        "genitore_codice_fiscale",
        "missing",
    );
    for (field, value) in [
        ("genitore_ruolo", "genitore"),
        ("genitore_nome", "Paola"),
        ("genitore_cognome", "Conti"),
        ("obbligo_istruzione", "si"),
    ] {
        answers[field] = json!(value);
    }
    answers["genitore_codice_fiscale"] = json!(SARA.codice_fiscale);
    refuses(
        &present(&sara, &answers, ""),
        "genitore_codice_fiscale",
        "not_oneself",
    );
    answers["genitore_codice_fiscale"] = json!(MARIA.codice_fiscale);
    present(&sara, &answers, "").expect(201);
}

#[test]
fn who_has_never_worked_is_not_asked_about_the_last_job() {
    let ada = System::shared().signed_in(ADA);
    let answers = did_of(json!({
        "ha_lavorato": false, "mesi_da_ultimo_lavoro": null, "condizione_un_anno_prima": "studente",
        // Left over from a branch that was abandoned: it does not reach the store.
        "posizione_ultimo_lavoro": "impiegato",
    }));
    let answer = present(&ada, &answers, "").expect(201).json();
    assert!(answer["risposte"].get("posizione_ultimo_lavoro").is_none());
}

#[test]
fn who_was_dismissed_says_when_the_work_ends() {
    let paolo = System::shared().signed_in(PAOLO);
    let mut answers = did_of(json!({ "condizione": "a_rischio", "mesi_da_ultimo_lavoro": 0 }));
    refuses(&present(&paolo, &answers, ""), "fine_rapporto", "missing");
    answers["fine_rapporto"] = json!("2020-02-29");
    refuses(
        &present(&paolo, &answers, ""),
        "fine_rapporto",
        "date_before",
    );
    answers["fine_rapporto"] = json!("2027-02-30");
    refuses(
        &present(&paolo, &answers, ""),
        "fine_rapporto",
        "not_a_date",
    );
    answers["fine_rapporto"] = json!("2099-01-01");
    let refusal = present(&paolo, &answers, "");
    refuses(&refusal, "fine_rapporto", "date_after");
    // The last day that is possible stands in the refusal, so that nobody has to guess.
    answers["fine_rapporto"] = refusal.json()["errors"][0]["limit"].clone();
    let answer = present(&paolo, &answers, "").expect(201).json();
    assert_eq!(answer["risposte"]["condizione"], "a_rischio");
}

#[test]
fn a_refusal_lists_every_problem_at_once() {
    let chiara = System::shared().signed_in(CHIARA);
    let answers = did_of(json!({
        "scopo": "vacanza", "email": "nessuna", "cellulare": "051123", "residenza_cap": "00100",
        "componenti_nucleo": 100, "mesi_ricerca": "due", "disponibilita_immediata": false,
        "titolo_studio": null, "patente": ["A"], "colore_preferito": "blu",
    }));
    let refusal = present(&chiara, &answers, "").refused(422, "refused");
    for (field, code) in [
        ("scopo", "unknown_code"),
        ("condizione", "open_relation"),
        ("email", "email"),
        ("cellulare", "mobile"),
        ("componenti_nucleo", "at_most"),
        ("mesi_ricerca", "not_a_number"),
        ("disponibilita_immediata", "must_declare"),
        ("titolo_studio", "missing"),
        ("patente", "wrong_type"),
        ("colore_preferito", "unknown_field"),
    ] {
        refuses(&refusal, field, code);
    }
    assert!(
        refusal
            .fields()
            .iter()
            .any(|(field, _)| field == "residenza_cap")
    );
    let body = refusal.json();
    for error in body["errors"].as_array().expect("errors") {
        assert!(
            error["message"].as_str().is_some_and(|text| text.len() > 5),
            "{error}"
        );
    }
    // What was typed stands in no refusal.
    for typed in ["nessuna", "051123", "vacanza"] {
        assert!(!refusal.text().contains(typed), "{typed}");
    }
}

#[test]
fn typed_text_is_cleaned_or_refused_before_it_is_kept() {
    let chiara = System::shared().signed_in(CHIARA);
    for (field, typed, code) in [
        (
            "residenza_indirizzo",
            json!("Via\u{0} Roma 1"),
            "characters",
        ),
        (
            "residenza_indirizzo",
            json!("Via \u{202e}Roma 1"),
            "characters",
        ),
        ("residenza_indirizzo", json!("a".repeat(5000)), "too_long"),
        (
            "email",
            json!("a@example.com\r\nBcc: b@example.com"),
            "email",
        ),
        ("componenti_nucleo", json!(2.5), "not_a_number"),
        ("componenti_nucleo", json!(1e300), "not_a_number"),
        ("componenti_nucleo", json!(0), "at_least"),
        ("mesi_ricerca", json!("9".repeat(100_000)), "not_a_number"),
        ("residenza_comune", json!("Z129"), "unknown_place"),
        ("cittadinanza", json!("A944"), "unknown_place"),
        ("scopo", json!("LAVORO"), "unknown_code"),
        ("patenti", json!(vec!["x"; 100_000]), "unknown_code"),
        ("figli_a_carico", json!("forse"), "unknown_code"),
    ] {
        let mut answers = did();
        answers[field] = typed;
        refuses(&present(&chiara, &answers, ""), field, code);
    }
}

#[test]
fn wrong_shapes_are_refused_by_field_or_as_unreadable() {
    let chiara = System::shared().signed_in(CHIARA);
    for wrong in [json!({}), json!([]), json!([{}]), json!(null)] {
        let mut answers = did();
        answers["scopo"] = wrong.clone();
        let reply = present(&chiara, &answers, "");
        assert!(
            reply.fields().iter().any(|(field, _)| field == "scopo"),
            "{wrong}: {}",
            reply.text()
        );
    }
    for body in [
        json!([]),
        json!("did"),
        json!(null),
        json!({ "servizio": "did" }),
        json!({ "servizio": 7, "risposte": {} }),
    ] {
        chiara
            .post("/api/pratiche", &body)
            .refused(400, "bad_request");
    }
    let more =
        json!({ "servizio": "did", "risposte": did(), "codice_fiscale": MARIO.codice_fiscale });
    chiara
        .post("/api/pratiche", &more)
        .refused(400, "bad_request");
    refuses(
        &chiara.post(
            "/api/pratiche",
            &json!({ "servizio": "dad", "risposte": {} }),
        ),
        "servizio",
        "unknown_code",
    );
    let long = Call::post("/api/pratiche").header("idempotency-key", &"k".repeat(129));
    chiara
        .send(&long.json(&json!({ "servizio": "did", "risposte": did() })))
        .refused(400, "bad_request");
}

#[test]
fn who_takes_a_did_back_may_present_another() {
    let mario = System::shared().signed_in(MARIO_BIS);
    let first = present(&mario, &did(), "").expect(201).json();
    let withdrawn = mario
        .post(&format!("{}/ritiro", path(&first)), &json!({}))
        .expect(200)
        .json();
    assert_eq!(
        (&withdrawn["stato"], &withdrawn["azioni"]),
        (&json!("ritirata"), &json!([]))
    );
    assert_eq!(withdrawn["eventi"].as_array().map(Vec::len), Some(2));
    mario
        .post(&format!("{}/ritiro", path(&first)), &json!({}))
        .refused(409, "not_permitted");
    let second = present(&mario, &did(), "").expect(201).json();
    assert_ne!(first["id"], second["id"]);
    assert!(protocol(&second) > protocol(&first));
    assert_eq!(
        mario
            .get("/api/pratiche")
            .expect(200)
            .json()
            .as_array()
            .map(Vec::len),
        Some(2)
    );
}

#[test]
fn sent_many_times_at_once_a_did_is_presented_once_and_no_number_is_lost() {
    let system = System::start();
    let ioana = system.signed_in(IOANA);
    let mario = system.signed_in(MARIO);
    let ada = system.signed_in(ADA);
    let elsewhere = did_of(json!({ "cittadinanza": "Z129" }));
    let answers = did();
    let replies: Vec<Reply> = std::thread::scope(|scope| {
        let mut sent = Vec::new();
        for n in 0..8 {
            let (ioana, elsewhere) = (&ioana, &elsewhere);
            sent.push(scope.spawn(move || present(ioana, elsewhere, &format!("chiave-{n}"))));
            // With the same key every answer is the same.
            let (mario, answers) = (&mario, &answers);
            sent.push(scope.spawn(move || present(mario, answers, "chiave")));
        }
        let (ada, answers) = (&ada, &answers);
        sent.push(scope.spawn(move || present(ada, answers, "")));
        sent.into_iter()
            .map(|thread| thread.join().expect("a reply"))
            .collect()
    });
    let statuses = |wanted: u16| {
        replies
            .iter()
            .filter(|reply| reply.status == wanted)
            .count()
    };
    assert_eq!(
        (statuses(201), statuses(409)),
        (10, 7),
        "{:?}",
        replies.iter().map(|r| r.status).collect::<Vec<_>>()
    );
    let mut numbers: Vec<u32> = replies
        .iter()
        .filter(|reply| reply.status == 201)
        .map(|reply| protocol(&reply.json()).0)
        .collect();
    numbers.sort_unstable();
    numbers.dedup();
    assert_eq!(numbers, [1, 2, 3]);
    for person in [&ioana, &mario, &ada] {
        assert_eq!(
            person
                .get("/api/pratiche")
                .expect(200)
                .json()
                .as_array()
                .map(Vec::len),
            Some(1)
        );
    }
}
