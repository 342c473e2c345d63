// SPDX-License-Identifier: EUPL-1.2
//! The index of what is wrong on a page: it takes the focus and leads to each question.

use crate::dom::*;
use contract::{flow, service::Step};

use crate::{
    browser,
    drafts::Draft,
    fields::Told,
    texts::{self, tr},
};

/// The id of the index.
pub(super) const ID: &str = "error-summary";

/// The index; nothing while nothing is wrong.
pub(super) fn summary(draft: Draft, step: &'static Step, told: Told) -> AnyView {
    (move || {
        let entries: Vec<_> = told
            .get()
            .into_iter()
            .map(|(field, problem)| entry(draft, step, field, texts::problem(&problem)))
            .collect();
        (!entries.is_empty()).then(|| {
            el("div")
                .at("class", "error-summary")
                .at("id", ID)
                .at("tabindex", "-1")
                .at("role", "alert")
                .at("aria-labelledby", "error-summary-title")
                .with(
                    el("h2")
                        .at("id", "error-summary-title")
                        .with(tr("ui/errors/title", "Controlla queste risposte")),
                )
                .with(el("ul").with(entries))
                .into_any()
        })
    })
    .into_any()
}

fn entry(draft: Draft, step: &'static Step, field: String, sentence: String) -> AnyView {
    let question = flow::find(draft.service, &field)
        .filter(|(found, _)| found.slug == step.slug)
        .map(|(_, known)| texts::field(draft.service, known, "label", known.label));
    let row = item_number(&field).map(|number| [" (", &number, ")"].concat());
    let address = ["#", &field].concat();
    el("li")
        .with(
            el("a")
                .at("href", address)
                .on("click", move |event| {
                    event.prevent_default();
                    if let Some(input) = browser::by_id(&field) {
                        input.scroll_into_view();
                        browser::focus(&input);
                    }
                })
                .with(question)
                .with(row)
                .with(": ")
                .with(sentence),
        )
        .into_any()
}

/// Messages inside items name the item, counted from one.
fn item_number(field: &str) -> Option<String> {
    let (_, rest) = field.split_once('[')?;
    let index: usize = rest.split_once(']')?.0.parse().ok()?;
    Some((index + 1).to_string())
}

#[cfg(test)]
mod tests {
    use super::item_number;

    #[test]
    fn items_are_counted_from_one() {
        assert_eq!(item_number("esperienze[2].datore").as_deref(), Some("3"));
        assert_eq!(item_number("email"), None);
    }
}
