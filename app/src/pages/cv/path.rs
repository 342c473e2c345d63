// SPDX-License-Identifier: EUPL-1.2
//! Places in a document, written as refusals and advice write them: `work[2].x_en.position`. The same text is the id of
//! the input that stands there.

use serde_json::{Map, Value};

enum Part<'a> {
    Key(&'a str),
    Index(usize),
}

fn parts(path: &str) -> impl Iterator<Item = Part<'_>> {
    path.split('.').flat_map(|piece| {
        let mut pieces = piece.split('[');
        let key = pieces.next().filter(|key| !key.is_empty()).map(Part::Key);
        let indexes = pieces.filter_map(|index| {
            let digits = index.strip_suffix(']')?;
            digits.parse().ok().map(Part::Index)
        });
        key.into_iter().chain(indexes)
    })
}

/// What stands at a place.
pub(super) fn get<'a>(root: &'a Value, path: &str) -> Option<&'a Value> {
    let mut here = root;
    for part in parts(path) {
        here = match part {
            Part::Key(key) => here.get(key)?,
            Part::Index(index) => here.get(index)?,
        };
    }
    Some(here)
}

/// The text at a place; empty when there is none.
pub(super) fn text<'a>(root: &'a Value, path: &str) -> &'a str {
    get(root, path).and_then(Value::as_str).unwrap_or_default()
}

/// How many items the list at a place has.
pub(super) fn count(root: &Value, path: &str) -> usize {
    get(root, path)
        .and_then(Value::as_array)
        .map_or(0, Vec::len)
}

/// Writes at a place, making the records on the way, and empty texts before a text of a list; `None` takes away what is
/// there.
pub(super) fn set(root: &mut Value, path: &str, value: Option<Value>) {
    match value {
        Some(value) => {
            if let (Value::String(_), Some((before, index))) = (&value, last_index(path)) {
                let texts = list(root, before);
                while texts.len() <= index {
                    texts.push(Value::String(String::new()));
                }
            }
            *reach(root, path) = value;
        }
        None => {
            let (record, key) = path.rsplit_once('.').unwrap_or(("", path));
            let around = reach(root, record);
            if let Some(map) = around.as_object_mut() {
                map.remove(key);
            }
        }
    }
}

/// The list and the place in it that a path ends with.
fn last_index(path: &str) -> Option<(&str, usize)> {
    let (list, index) = path.strip_suffix(']')?.rsplit_once('[')?;
    Some((list, index.parse().ok()?))
}

/// The list at a place, made when there is none.
pub(super) fn list<'a>(root: &'a mut Value, path: &str) -> &'a mut Vec<Value> {
    let here = reach(root, path);
    if !here.is_array() {
        *here = Value::Array(Vec::new());
    }
    match here {
        Value::Array(list) => list,
        // It has just been made one.
        _ => unreachable!(),
    }
}

fn reach<'a>(root: &'a mut Value, path: &str) -> &'a mut Value {
    let mut here = root;
    for part in parts(path) {
        here = match part {
            Part::Key(key) => {
                if !here.is_object() {
                    *here = Value::Object(Map::new());
                }
                &mut here[key]
            }
            Part::Index(index) => {
                if !here.is_array() {
                    *here = Value::Array(Vec::new());
                }
                let Value::Array(list) = here else {
                    unreachable!()
                };
                while list.len() <= index {
                    list.push(Value::Object(Map::new()));
                }
                &mut list[index]
            }
        };
    }
    here
}

/// The place of a text in the other language: beside the first, in a record of its own.
pub(super) fn twin(path: &str, texts_key: &str) -> String {
    match path.rsplit_once('.') {
        Some((record, key)) => [record, ".", texts_key, ".", key].concat(),
        None => [texts_key, ".", path].concat(),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn what_is_written_at_a_place_is_read_there() {
        let mut root = json!({});
        set(&mut root, "work[1].x_en.position", Some("Cook".into()));
        assert_eq!(
            root,
            json!({ "work": [{}, { "x_en": { "position": "Cook" } }] })
        );
        assert_eq!(text(&root, "work[1].x_en.position"), "Cook");
        assert_eq!(count(&root, "work"), 2);
        set(&mut root, "work[1].x_en.position", None);
        assert_eq!(text(&root, "work[1].x_en.position"), "");
        assert_eq!(get(&root, "work[7].name"), None);
    }

    #[test]
    fn a_text_of_a_list_has_texts_before_it() {
        let mut root = json!({});
        set(&mut root, "x_en.paragraphs[2]", Some("Yours".into()));
        assert_eq!(root, json!({ "x_en": { "paragraphs": ["", "", "Yours"] } }));
        set(&mut root, "x_en.paragraphs[0]", Some("Dear".into()));
        assert_eq!(text(&root, "x_en.paragraphs[0]"), "Dear");
        assert_eq!(count(&root, "x_en.paragraphs"), 3);
    }

    #[test]
    fn a_text_has_its_twin_in_the_same_record() {
        assert_eq!(twin("work[2].position", "x_en"), "work[2].x_en.position");
        assert_eq!(twin("subject", "x_en"), "x_en.subject");
    }

    #[test]
    fn lists_are_made_where_none_was() {
        let mut root = json!({ "work": "no list" });
        list(&mut root, "work").push(json!({}));
        assert_eq!(root, json!({ "work": [{}] }));
    }
}
