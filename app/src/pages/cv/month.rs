// SPDX-License-Identifier: EUPL-1.2
//! A month and a year: the month from a list, the year typed. A year alone is enough.

use contract::cv::words;
use serde_json::Value;

use super::{
    editor::Editor,
    field::{message, spoken},
};
use crate::{dom::*, texts::tr};

/// The two boxes; the year carries the id of the field.
pub(super) fn draw(editor: Editor, place: String, label: String) -> AnyView {
    let (year, month) = split(&editor.text(&place));
    let parts = StoredValue::new((year.clone(), month.clone()));
    let target = StoredValue::new(place.clone());
    let changed = move || {
        let text = parts.with_value(|(year, month)| join(year, month));
        let value = (!text.is_empty()).then_some(Value::String(text));
        target.with_value(|place| editor.write(place, value));
    };
    let months = (1..=12_u8)
        .map(|number| {
            let code = [if number < 10 { "0" } else { "" }, &number.to_string()].concat();
            el("option")
                .at("selected", code == month)
                .at("value", code)
                .with(words::month(number, spoken()))
                .into_any()
        })
        .collect();
    let month_id = [&place, "-month"].concat();
    let described = [&place, "-error"].concat();
    el("fieldset")
        .at("class", "field")
        .with(el("legend").with(label))
        .with(message(editor, place.clone()))
        .with(
            el("div")
                .at("class", "date-parts cv-month")
                .with(
                    el("div")
                        .with(
                            el("label")
                                .at("for", month_id.clone())
                                .with(tr("ui/date/month", "Mese")),
                        )
                        .with(
                            el("select")
                                .at("id", month_id)
                                .at("class", "form-control")
                                .on("change", move |event| {
                                    parts
                                        .update_value(|parts| parts.1 = event_target_value(&event));
                                    changed();
                                })
                                .with(el("option").at("value", "").with("–"))
                                .with(many(months)),
                        ),
                )
                .with(
                    el("div")
                        .at("class", "year")
                        .with(
                            el("label")
                                .at("for", place.clone())
                                .with(tr("ui/date/year", "Anno")),
                        )
                        .with(
                            el("input")
                                .at("id", place)
                                .at("type", "text")
                                .at("class", "form-control")
                                .at("inputmode", "numeric")
                                .at("autocomplete", "off")
                                .at("maxlength", "4")
                                .at("aria-describedby", described)
                                .prop("value", year)
                                .on("input", move |event| {
                                    parts.update_value(|parts| {
                                        parts.0 = event_target_value(&event).trim().to_owned();
                                    });
                                    changed();
                                }),
                        ),
                ),
        )
        .into_any()
}

fn split(text: &str) -> (String, String) {
    let day = text.split_once('T').map_or(text, |(day, _)| day);
    let mut parts = day.split('-').map(str::to_owned);
    let mut next = || parts.next().unwrap_or_default();
    (next(), next())
}

/// What is not complete is kept as it is: the message at the field says what is missing.
fn join(year: &str, month: &str) -> String {
    if month.is_empty() {
        year.to_owned()
    } else {
        [year, "-", month].concat()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_month_is_read_as_it_is_written() {
        for text in ["2024-05", "2024", "-05", ""] {
            let (year, month) = split(text);
            assert_eq!(join(&year, &month), text);
        }
        assert_eq!(split("2024-05-31T10:00"), ("2024".into(), "05".into()));
    }
}
