// SPDX-License-Identifier: EUPL-1.2
//! The OpenAPI document says what the route table does: the same addresses, the same doors, the same codes.

use std::collections::BTreeSet;

use contract::pratica::{Action, Actor, Stato, TRANSITIONS};
use contract::services;
use serde_json::Value;

use super::*;

#[test]
fn every_route_is_in_the_document_and_the_other_way_round() {
    let served: BTreeSet<_> = routes()
        .map(|(method, path, ..)| format!("{method} {path}"))
        .collect();
    let told: BTreeSet<_> = operations(&document())
        .into_iter()
        .map(|(name, _)| name)
        .collect();
    assert_eq!(served, told);
}

#[test]
fn the_document_names_the_same_doors() {
    for (name, operation) in operations(&document()) {
        let (.., access, _) = routes()
            .find(|(method, path, ..)| format!("{method} {path}") == name)
            .expect("the test above");
        let told = |status: &str| operation["responses"].get(status).is_some();
        let signed = access != Access::Public;
        assert_eq!(
            operation["security"] != serde_json::json!([]),
            signed,
            "{name}: security"
        );
        assert_eq!(told("401"), signed, "{name}: 401");
        assert_eq!(
            told("403"),
            access == Access::Operator || !(name.starts_with("GET") || prints(&name)),
            "{name}: 403"
        );
        assert_eq!(told("404"), name.contains('{'), "{name}: 404");
        assert_eq!(
            told("415"),
            operation.get("requestBody").is_some(),
            "{name}: 415"
        );
        assert!(told("429") && told("503"), "{name}: 429 and 503");
    }
}

/// Printing takes what it is sent and keeps nothing, so it may be asked from anywhere.
fn prints(name: &str) -> bool {
    name.starts_with("POST") && name.ends_with("/pdf")
}

#[test]
fn operations_have_names_of_their_own_and_words_for_people() {
    let document = document();
    let operations = operations(&document);
    let names: BTreeSet<_> = operations
        .iter()
        .filter_map(|(_, operation)| operation["operationId"].as_str())
        .collect();
    assert_eq!(names.len(), operations.len());
    for (name, operation) in &operations {
        assert!(
            operation["summary"].is_string() && operation["tags"].is_array(),
            "{name}"
        );
    }
}

#[test]
fn the_document_lists_the_codes_of_the_contract() {
    let document = document();
    let codes = |pointer: &str| -> BTreeSet<String> {
        let list = document
            .pointer(pointer)
            .and_then(Value::as_array)
            .unwrap_or_else(|| panic!("{pointer}"));
        list.iter()
            .filter_map(Value::as_str)
            .map(str::to_owned)
            .collect()
    };
    let states: BTreeSet<_> = Stato::ALL
        .iter()
        .map(|stato| stato.as_str().to_owned())
        .collect();
    assert_eq!(codes("/components/schemas/StatoPratica/enum"), states);
    let slugs: BTreeSet<_> = services::ALL
        .iter()
        .map(|service| service.slug.to_owned())
        .collect();
    assert_eq!(codes("/components/schemas/Servizio/enum"), slugs);
    let desk: BTreeSet<_> = TRANSITIONS
        .iter()
        .filter(|row| row.actor == Actor::Operatore)
        .map(|row| row.action.as_str().to_owned())
        .collect();
    assert_eq!(codes("/components/parameters/Azione/schema/enum"), desk);
    let actions: BTreeSet<_> = Action::ALL
        .iter()
        .map(|action| action.as_str().replace('-', "_"))
        .collect();
    assert_eq!(
        codes("/components/schemas/Pratica/properties/azioni/items/enum"),
        actions
    );
    let told: BTreeSet<_> = codes("/components/schemas/ErroreCampo/properties/code/examples");
    let general = contract::problem::ITALIAN
        .iter()
        .map(|(code, _)| (*code).to_owned());
    assert!(
        general
            .chain(services::RULES.iter().map(|(code, _)| (*code).to_owned()))
            .all(|code| told.contains(&code))
    );
}

#[test]
fn the_document_lists_every_answer_of_the_did_with_its_codes() {
    let document = document();
    let told = document
        .pointer("/components/schemas/RisposteDid/properties")
        .and_then(Value::as_object)
        .expect("a map");
    let fields = || services::did::DID.steps.iter().flat_map(|step| step.fields);
    let asked: BTreeSet<_> = fields().map(|field| field.id).collect();
    assert_eq!(
        told.keys().map(String::as_str).collect::<BTreeSet<_>>(),
        asked
    );
    for field in fields().filter(|field| !field.kind.choices().is_empty()) {
        let entry = &told[field.id];
        let list = entry
            .get("enum")
            .or_else(|| entry.pointer("/items/enum"))
            .and_then(Value::as_array);
        let list: Vec<_> = list
            .into_iter()
            .flatten()
            .filter_map(Value::as_str)
            .collect();
        assert_eq!(
            list,
            field
                .kind
                .choices()
                .iter()
                .map(|choice| choice.code)
                .collect::<Vec<_>>(),
            "{}",
            field.id
        );
    }
}

#[test]
fn another_method_is_told_the_methods_of_the_same_address() {
    let allowed = |method: &str, path: &str| match find(&Request::made(method, path, &[])) {
        Err(Error::Method(allow)) => allow,
        other => panic!("{method} {path}: {other:?}"),
    };
    assert_eq!(allowed("PATCH", "/api/status"), "GET, HEAD");
    assert_eq!(allowed("DELETE", "/api/pratiche"), "GET, HEAD, POST");
    assert_eq!(allowed("POST", "/api/bozze/did"), "GET, HEAD, PUT, DELETE");
    // An address with a name of its own is not the one whose pattern it would fit as well.
    let paper = "/api/operatore/pratiche/x/documento.pdf";
    assert_eq!(allowed("POST", paper), "GET, HEAD");
    assert_eq!(allowed("GET", "/api/operatore/pratiche/x/accogli"), "POST");
}

#[test]
fn the_document_has_the_fields_of_cv_and_letter() {
    let document = document();
    for (name, schema) in [("Cv", schema::cv()), ("Lettera", schema::lettera())] {
        let told = &document["components"]["schemas"][name];
        assert!(*told == schema, "{name} in openapi.json should be {schema}");
    }
}

mod schema;

fn document() -> Value {
    serde_json::from_str(include_str!("../../openapi.json")).expect("the document is JSON")
}

fn operations(document: &Value) -> Vec<(String, Value)> {
    let paths = document["paths"]
        .as_object()
        .expect("the document has paths");
    paths
        .iter()
        .flat_map(|(path, methods)| {
            let methods = methods.as_object().into_iter().flatten();
            methods.map(move |(method, operation)| {
                (
                    format!("{} {path}", method.to_uppercase()),
                    operation.clone(),
                )
            })
        })
        .collect()
}
