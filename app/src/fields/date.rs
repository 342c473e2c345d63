// SPDX-License-Identifier: EUPL-1.2
//! A day as three numbers: quicker than a calendar for days that one knows, and the same for every reader.

use crate::dom::*;

use super::Slot;
use crate::texts::tr;

/// Day, month and year. The first one carries the id of the question.
pub(super) fn draw(slot: Slot) -> AnyView {
    let parts = StoredValue::new(split(&slot.text()));
    let typed = move |index: usize, value: String| {
        parts.update_value(|parts| parts[index] = value);
        slot.set_text(parts.with_value(join));
    };
    let one =
        move |index: usize, suffix: &'static str, class: &'static str, label: &'static str| {
            let id = [slot.id().as_str(), suffix].concat();
            el("div")
                .at("class", class)
                .with(el("label").at("for", id.clone()).with(label))
                .with(
                    el("input")
                        .at("id", id)
                        .at("type", "text")
                        .at("class", "form-control")
                        .at("inputmode", "numeric")
                        .at("aria-describedby", slot.described())
                        .at("aria-invalid", slot.invalid())
                        .prop("value", parts.with_value(|parts| parts[index].clone()))
                        .on("input", move |event| {
                            typed(index, event_target_value(&event))
                        }),
                )
                .into_any()
        };
    el("div")
        .at("class", "date-parts")
        .with(one(2, "", "day", tr("ui/date/day", "Giorno")))
        .with(one(1, "-month", "month", tr("ui/date/month", "Mese")))
        .with(one(0, "-year", "year", tr("ui/date/year", "Anno")))
        .into_any()
}

fn split(text: &str) -> [String; 3] {
    let mut parts = text.splitn(3, '-').map(str::to_owned);
    [(); 3].map(|()| parts.next().unwrap_or_default())
}

/// A whole date in the form of the contract; a part of one as it was typed, so that nothing is lost in a draft.
fn join(parts: &[String; 3]) -> String {
    let [year, month, day] = parts.each_ref().map(|part| part.trim());
    match (year.is_empty(), month.is_empty(), day.is_empty()) {
        (true, true, true) => String::new(),
        (false, false, false) => [year, "-", &padded(month), "-", &padded(day)].concat(),
        _ => [year, "-", month, "-", day].concat(),
    }
}

fn padded(number: &str) -> String {
    if number.len() == 1 {
        ["0", number].concat()
    } else {
        number.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_is_written_with_two_digits_and_read_back() {
        let parts = ["2026", "3", "7"].map(str::to_owned);
        assert_eq!(join(&parts), "2026-03-07");
        assert_eq!(split("2026-03-07"), ["2026", "03", "07"].map(str::to_owned));
    }

    #[test]
    fn half_a_date_is_kept() {
        let parts = ["", "3", ""].map(str::to_owned);
        assert_eq!(split(&join(&parts)), parts);
        assert_eq!(join(&["", "", ""].map(str::to_owned)), "");
    }
}
