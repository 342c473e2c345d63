// SPDX-License-Identifier: EUPL-1.2
//! The invented people of the box, and what each of them would answer in a DID.

use serde_json::{Value, json};

use crate::{Call, Client, Reply};

/// An invented person.
#[derive(Debug, Clone, Copy)]
pub struct Persona {
    /// Codice fiscale, by which the box knows them.
    pub codice_fiscale: &'static str,
    /// First name.
    pub nome: &'static str,
    /// Family name.
    pub cognome: &'static str,
}

const fn persona(
    codice_fiscale: &'static str,
    nome: &'static str,
    cognome: &'static str,
) -> Persona {
    Persona {
        codice_fiscale,
        nome,
        cognome,
    }
}

/// Out of work, with a long history; lives in Bologna.
pub const MARIO: Persona = persona("RSSMRA89T13F205B", "Mario", "Rossi");
/// Works part-time for 7,200 euro a year; lives in Modena.
pub const MARIA: Persona = persona("RSSMRA85D41H501J", "Maria", "Rossi");
/// Has never worked; lives in Bologna.
pub const ADA: Persona = persona("FOXDAA00B69A944O", "Ada", "Fo");
/// Receives the NASpI.
pub const GIANFRANCO: Persona = persona("SPSGFR70M31F839F", "Gianfranco", "Esposito");
/// Turkish citizen with a permit of stay; lives in Parma.
pub const ALI: Persona = persona("ZOXLAI90A01Z243P", "Ali", "Oz");
/// Operator in Bologna.
pub const LUCA: Persona = persona("VRDLCU80A01A944V", "Luca", "Verdi");
/// Another operator in Bologna.
pub const ANNA: Persona = persona("NRENNA82L50A944O", "Anna", "Neri");
/// Seventeen years old; lives in Modena.
pub const SARA: Persona = persona("CNTSRA09E52F257P", "Sara", "Conti");
/// Has got a letter of dismissal and still works.
pub const PAOLO: Persona = persona("FRRPLA78P23F257W", "Paolo", "Ferrari");
/// Works on her own account.
pub const ELENA: Persona = persona("MRCLNE87C58H294E", "Elena", "Marchi");
/// Namesake of Mario, born on the same day in the same town.
pub const MARIO_BIS: Persona = persona("RSSMRA89T13F20RW", "Mario", "Rossi");
/// Works full-time, far above the limit.
pub const CHIARA: Persona = persona("FNTCHR91H45G337J", "Chiara", "Fontana");
/// Rumanian citizen, out of work.
pub const IOANA: Persona = persona("PPSNIO94R61Z129H", "Ioana", "Popescu");
/// Fifteen years old.
pub const TOMMASO: Persona = persona("RVITMS11C08A944G", "Tommaso", "Riva");

/// Everybody.
pub const PEOPLE: [Persona; 14] = [
    MARIO, MARIA, ADA, GIANFRANCO, ALI, LUCA, ANNA, SARA, PAOLO, ELENA, MARIO_BIS, CHIARA, IOANA,
    TOMMASO,
];

/// The answers of somebody out of work who lives in Bologna.
#[must_use]
pub fn did() -> Value {
    json!({
        "scopo": "lavoro",
        "condizione": "privo_di_impiego",
        "cittadinanza": "000",
        "residenza_comune": "A944",
        "residenza_indirizzo": "Via Roma 1",
        "residenza_cap": "40121",
        "email": "prova@example.com",
        "cellulare": "3331234567",
        "titolo_studio": "diploma",
        "iscritto_corso": "no",
        "ha_lavorato": true,
        "mesi_da_ultimo_lavoro": 3,
        "posizione_ultimo_lavoro": "impiegato",
        "mesi_ricerca": 2,
        "condizione_un_anno_prima": "occupato",
        "presenza_italia": "nascita",
        "componenti_nucleo": 2,
        "figli_a_carico": false,
        "patente": true,
        "disponibilita_immediata": true,
        "conosce_sospensione": true,
        "conosce_decadenza": true,
    })
}

/// A DID with other answers in place of those of [`did`]; `null` takes an answer away.
#[must_use]
pub fn did_of(changes: Value) -> Value {
    let mut answers = did();
    for (field, value) in changes.as_object().expect("changes are an object") {
        answers = if value.is_null() {
            without(answers, field)
        } else {
            with(answers, field, value.clone())
        };
    }
    answers
}

/// The answers with one more, or another one.
#[must_use]
pub fn with(mut answers: Value, field: &str, value: Value) -> Value {
    answers[field] = value;
    answers
}

/// The answers without one.
#[must_use]
pub fn without(mut answers: Value, field: &str) -> Value {
    answers
        .as_object_mut()
        .expect("answers are an object")
        .remove(field);
    answers
}

/// `POST /api/pratiche` with these answers, under an idempotency key if one is given.
pub fn present(client: &Client, answers: &Value, key: &str) -> Reply {
    let call = Call::post("/api/pratiche").json(&json!({ "servizio": "did", "risposte": answers }));
    client.send(&if key.is_empty() {
        call
    } else {
        call.header("idempotency-key", key)
    })
}
