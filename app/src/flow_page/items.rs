// SPDX-License-Identifier: EUPL-1.2
//! A step that is a list: its items can be added, changed and removed, each button says which one it means.

use crate::dom::*;
use contract::{
    answers::{Answer, Answers},
    service::{Repeat, Step},
    texts as keys,
};

use crate::{
    browser,
    drafts::Draft,
    fields::{self, Slot, Told},
    places, shell,
    texts::{self, tr},
    ui,
};

/// All items with their questions, and the button that adds one.
pub(super) fn draw(draft: Draft, step: &'static Step, told: Told) -> AnyView {
    let Some(repeat) = &step.repeat else {
        return ().into_any();
    };
    let count = Memo::new(move |_| draft.answers.with(|answers| answers.items(repeat.id).len()));
    // An item is changed or removed as a whole: drawing anew happens only when their number changes.
    let drawn = move || {
        (0..count.get())
            .map(|index| item(draft, step, repeat, index, told))
            .collect::<Vec<_>>()
    };
    let add = texts::step(draft.service, step, "add", repeat.add);
    let room = move || count.get() < usize::from(repeat.max);
    let button = move || {
        room().then(|| {
            el("button")
                .at("type", "button")
                .at("id", repeat.id)
                .at("class", "btn btn-outline-primary")
                .at("aria-describedby", [repeat.id, "-error"].concat())
                .on("click", move |_| append(draft, step, repeat, told))
                .with(add)
                .into_any()
        })
    };
    many(vec![
        (drawn).into_any(),
        message(repeat, told),
        el("p").with(button).into_any(),
    ])
}

fn item(
    draft: Draft,
    step: &'static Step,
    repeat: &'static Repeat,
    index: usize,
    told: Told,
) -> AnyView {
    let name = [
        texts::step(draft.service, step, "item", repeat.item),
        " ",
        &(index + 1).to_string(),
    ]
    .concat();
    let questions = step.fields.iter().map(|field| {
        fields::question(Slot {
            draft,
            step,
            field,
            item: Some(index),
            told,
        })
    });
    let removed = texts::with(tr("ui/items/removed", "Tolta: {valore}"), &name);
    let remove = [
        tr("ui/items/remove", "Togli"),
        " ",
        &name,
        &first_answer(draft, step, repeat, index),
    ]
    .concat();
    el("fieldset")
        .at("class", "item")
        .with(el("legend").at("class", "h4").with(name))
        .with(questions.collect::<Vec<_>>())
        .with(
            el("button")
                .at("type", "button")
                .at("class", "btn btn-outline-danger btn-sm")
                .on("click", move |_| {
                    let mut items = items_of(draft, repeat);
                    items.remove(index);
                    told.set(Vec::new());
                    draft.set(repeat.id, Answer::Items(items));
                    shell::announce(&removed);
                    browser::focus_soon(repeat.id);
                })
                .with(remove),
        )
        .into_any()
}

fn first_answer(draft: Draft, step: &Step, repeat: &Repeat, index: usize) -> String {
    let items = items_of(draft, repeat);
    let shown = step.fields.first().and_then(|field| {
        let answer = items.get(index)?.get(field.id)?;
        Some(keys::shown_answer(field, answer, places::get()))
    });
    shown
        .map(|shown| [": ", &shown].concat())
        .unwrap_or_default()
}

fn items_of(draft: Draft, repeat: &Repeat) -> Vec<Answers> {
    draft
        .answers
        .with_untracked(|answers| answers.items(repeat.id).to_vec())
}

/// What is wrong with the list as a whole: too few items, or too many.
fn message(repeat: &'static Repeat, told: Told) -> AnyView {
    let shown = move || {
        let problem = told.with(|told| {
            let found = told.iter().find(|(field, _)| field == repeat.id);
            found.map(|(_, problem)| texts::problem(problem))
        });
        problem.map(|sentence| {
            el("p")
                .at("class", "field-error")
                .with(ui::icon("it-error"))
                .with(el("span").with(sentence))
                .into_any()
        })
    };
    el("div")
        .at("id", [repeat.id, "-error"].concat())
        .with(shown)
        .into_any()
}

/// Adds an empty item and goes to its first question.
fn append(draft: Draft, step: &'static Step, repeat: &'static Repeat, told: Told) {
    let mut items = items_of(draft, repeat);
    let first = step.fields.first().map_or("", |field| field.id);
    let id = [repeat.id, "[", &items.len().to_string(), "].", first].concat();
    items.push(Answers::new());
    told.update(|told| told.retain(|(field, _)| field != repeat.id));
    draft.set(repeat.id, Answer::Items(items));
    request_animation_frame(move || {
        if let Some(input) = browser::by_id(&id) {
            browser::focus(&input);
        }
    });
}
