// SPDX-License-Identifier: EUPL-1.2
//! The last step of every import: what came in is made to hold to the limits of a CV. What a person can mend in the
//! editor (a text that is too long, an address with a slip) stays; what the editor cannot show is taken out and listed.

use contract::cv::Cv;
use contract::cv::exchange::{ImportError, NotMapped, Reason};
use contract::problem::{FieldProblem, Problem};
use contract::values::text::clean_lines;
use serde_json::{Map, Value};

/// Refusals come at most a hundred at a time.
const MOST_ROUNDS: usize = 20;

/// The CV with everything unsound taken out, and the list of it.
pub(super) fn settle(
    map: Map<String, Value>,
    mut listed: Vec<NotMapped>,
) -> Result<(Cv, Vec<NotMapped>), ImportError> {
    let mut cv = Cv::from_value(Value::Object(map)).map_err(|_| ImportError::NotAResume)?;
    for _ in 0..MOST_ROUNDS {
        let found = cv.examine();
        let over = found.problems.iter().find(|refusal| over_limit(refusal));
        if let Some(refusal) = over {
            return Err(ImportError::OverLimit(refusal.clone()));
        }
        // From the last to the first, so that places in lists stay true while entries leave.
        let unsound = found.problems.iter().rev();
        let mut mended = false;
        for refusal in unsound {
            if let Some(reason) = reason(&refusal.problem) {
                mended |= mend(&mut cv, refusal, reason, &mut listed);
            }
        }
        if !mended {
            let path = |key: &String| {
                let value = at(cv.as_map(), key).map(shown).unwrap_or_default();
                NotMapped::new(key.clone(), &value, Reason::Kept)
            };
            listed.extend(found.unknown.iter().map(path));
            return Ok((cv, listed));
        }
    }
    Err(ImportError::TooManyFaults)
}

fn over_limit(refusal: &FieldProblem) -> bool {
    match refusal.problem {
        Problem::TooMany(_) | Problem::UnknownField => true,
        Problem::TooLong(_) => refusal.field.is_empty(),
        _ => false,
    }
}

/// Why a refusal cannot stay; `None` for those that a person mends.
const fn reason(problem: &Problem) -> Option<Reason> {
    match problem {
        Problem::WrongType => Some(Reason::Shape),
        Problem::Characters => Some(Reason::Characters),
        Problem::NotAMonth | Problem::NotADate => Some(Reason::Date),
        Problem::UnknownCode => Some(Reason::Code),
        Problem::Image => Some(Reason::Image),
        _ => None,
    }
}

fn mend(cv: &mut Cv, refusal: &FieldProblem, reason: Reason, listed: &mut Vec<NotMapped>) -> bool {
    let path = &refusal.field;
    let Some(slot) = at_mut(cv.as_map_mut(), path) else {
        return false;
    };
    let before = std::mem::take(slot);
    listed.push(NotMapped::new(path.clone(), &shown(&before), reason));
    match (reason, &before) {
        (Reason::Characters, Value::String(text)) => *slot = Value::String(printable(text)),
        _ => remove(cv.as_map_mut(), path),
    }
    true
}

/// The text without the characters that [`clean_lines`] refuses.
fn printable(text: &str) -> String {
    let mut buffer = [0; 4];
    text.chars()
        .filter(|letter| {
            letter.is_whitespace() || clean_lines(letter.encode_utf8(&mut buffer), 9).is_ok()
        })
        .collect()
}

fn shown(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Null => String::new(),
        // Only the beginning is shown: a huge value must not be written out for that.
        Value::Array(list) => format!("[{}]", list.len()),
        Value::Object(map) => format!(
            "{{{}}}",
            map.keys().take(9).cloned().collect::<Vec<_>>().join(", ")
        ),
        other => other.to_string(),
    }
}

/// One step of a path: `work`, `[2]`.
enum Step<'a> {
    Key(&'a str),
    Index(usize),
}

fn steps(path: &str) -> impl Iterator<Item = Step<'_>> {
    path.split(['.', '['])
        .filter(|step| !step.is_empty())
        .map(
            |step| match step.strip_suffix(']').and_then(|index| index.parse().ok()) {
                Some(index) => Step::Index(index),
                None => Step::Key(step),
            },
        )
}

fn at<'v>(map: &'v Map<String, Value>, path: &str) -> Option<&'v Value> {
    let mut steps = steps(path);
    let Some(Step::Key(first)) = steps.next() else {
        return None;
    };
    let mut value = map.get(first)?;
    for step in steps {
        value = match step {
            Step::Key(key) => value.as_object()?.get(key)?,
            Step::Index(index) => value.as_array()?.get(index)?,
        };
    }
    Some(value)
}

fn at_mut<'v>(map: &'v mut Map<String, Value>, path: &str) -> Option<&'v mut Value> {
    let mut steps = steps(path);
    let Some(Step::Key(first)) = steps.next() else {
        return None;
    };
    let mut value = map.get_mut(first)?;
    for step in steps {
        value = match step {
            Step::Key(key) => value.as_object_mut()?.get_mut(key)?,
            Step::Index(index) => value.as_array_mut()?.get_mut(index)?,
        };
    }
    Some(value)
}

fn remove(map: &mut Map<String, Value>, path: &str) {
    let cut = path.rfind(['.', '[']).unwrap_or(0);
    let (parent, last) = path.split_at(cut);
    let last = last.trim_start_matches(['.', '[']).trim_end_matches(']');
    if parent.is_empty() {
        map.remove(last);
        return;
    }
    match at_mut(map, parent) {
        Some(Value::Object(map)) => {
            map.remove(last);
        }
        Some(Value::Array(list)) => {
            if let Ok(index) = last.parse::<usize>()
                && index < list.len()
            {
                list.remove(index);
            }
        }
        _ => {}
    }
}
