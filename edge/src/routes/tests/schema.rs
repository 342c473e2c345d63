// SPDX-License-Identifier: EUPL-1.2
//! The JSON schema of a CV and of a letter, from the tables of their fields.

use contract::cv::field::{Field, Kind};
use contract::cv::{lettera, sections};
use serde_json::{Map, Value, json};

/// The schema that stands in the document as `Cv`.
pub(super) fn cv() -> Value {
    let mut properties = record(sections::ROOT, "x_en");
    for section in sections::SECTIONS {
        let mut item = record(section.fields, "x_en");
        item.extend(record(sections::ITEM, ""));
        properties.insert(
            section.key.into(),
            json!({
                "type": ["array", "null"],
                "title": section.title.en,
                "maxItems": section.most,
                "items": { "type": "object", "properties": item },
            }),
        );
    }
    json!({
        "type": "object",
        "description": "JSON Resume 1.x with `x_` fields of ours. `x_en` (or `x_it`) holds the texts of a record in the other language. Keys that are not listed are kept inside the PDF's attachment and not printed.",
        "properties": properties,
    })
}

/// The schema that stands in the document as `Lettera`.
pub(super) fn lettera() -> Value {
    json!({
        "type": "object",
        "description": "A letter of presentation. `x_en` (or `x_it`) holds its texts in the other language.",
        "properties": record(lettera::FIELDS, "x_en"),
    })
}

fn record(fields: &[Field], twin: &str) -> Map<String, Value> {
    let mut properties: Map<String, Value> = fields
        .iter()
        .map(|field| (field.key.to_owned(), field_schema(field)))
        .collect();
    if !twin.is_empty() && fields.iter().any(|field| field.translated) {
        let texts: Map<String, Value> = fields
            .iter()
            .filter(|field| field.translated)
            .map(|field| (field.key.to_owned(), field_schema(field)))
            .collect();
        let texts = json!({ "type": ["object", "null"], "properties": texts });
        properties.insert(twin.into(), texts);
    }
    properties
}

fn field_schema(field: &Field) -> Value {
    let text = |most: u16| json!({ "type": ["string", "null"], "maxLength": most });
    let mut schema = match field.kind {
        Kind::Text(most) | Kind::Long(most) => text(most),
        Kind::Url => json!({ "$ref": "#/components/schemas/IndirizzoWeb" }),
        Kind::List(most, each) => json!({
            "type": ["array", "null"],
            "maxItems": most,
            "items": { "type": "string", "maxLength": each },
        }),
        Kind::Month => json!({
            "type": ["string", "null"],
            "pattern": "^((19|20)[0-9]{2}|2100)(-(0[1-9]|1[0-2])(-[0-3][0-9])?)?$|^$",
        }),
        Kind::Day => json!({ "type": ["string", "null"], "examples": ["2026-11-24"] }),
        Kind::Code(list) => {
            let codes = list.iter().map(|entry| Value::from(entry.code));
            let codes: Vec<Value> = codes.chain([Value::Null]).collect();
            json!({ "enum": codes })
        }
        Kind::Flag => json!({ "type": ["boolean", "null"] }),
        Kind::Email => json!({ "type": ["string", "null"], "maxLength": 254, "format": "email" }),
        Kind::Photo => json!({
            "type": ["string", "null"],
            "description": "`data:image/jpeg;base64,…` or `data:image/png;base64,…`, at most 400 kB.",
            "pattern": "^(data:image/(jpeg|png);base64,[A-Za-z0-9+/]+=*)?$",
        }),
        Kind::Record(fields) => json!({
            "type": ["object", "null"],
            "properties": record(fields, "x_en"),
        }),
        Kind::Records(fields, most) => {
            let mut item = record(fields, "x_en");
            item.extend(record(sections::ITEM, ""));
            json!({
                "type": ["array", "null"],
                "maxItems": most,
                "items": { "type": "object", "properties": item },
            })
        }
    };
    schema["title"] = field.label.en.into();
    schema
}
