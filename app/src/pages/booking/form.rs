// SPDX-License-Identifier: EUPL-1.2
//! The few fields that stand outside of any flow: contacts, notes, reasons, the forms of the desk. Each carries its own
//! message, and what the edge refuses is said at the field it speaks of.

use contract::problem::FieldError;

use crate::{browser, dom::*, texts::tr, ui::icon};

mod told;

pub(crate) use told::{Answer, Told, beside};

/// What was refused: field and sentence.
pub(crate) type Errors = RwSignal<Vec<(String, String)>>;

/// How a field looks and what the browser may help with.
#[derive(Clone, Copy)]
pub(crate) struct Field {
    /// Id of the input; also the name under which the edge refuses it.
    pub(crate) id: &'static str,
    /// The question.
    pub(crate) label: &'static str,
    /// Help below it.
    pub(crate) hint: &'static str,
    /// `text`, `email`, `tel`, `date`, `time`, `number`; `area` for several lines.
    pub(crate) kind: &'static str,
    /// What the browser may fill in.
    pub(crate) memory: Option<&'static str>,
    /// Whether it may stay empty.
    pub(crate) optional: bool,
}

/// A line of text that has to be given.
pub(crate) const LINE: Field = Field {
    id: "",
    label: "",
    hint: "",
    kind: "text",
    memory: None,
    optional: false,
};

/// A field with its label, help and message.
pub(crate) fn field(field: Field, value: RwSignal<String>, errors: Errors) -> AnyView {
    let invalid = move || has(errors, field.id).then_some("true");
    let tag = if field.kind == "area" {
        "textarea"
    } else {
        "input"
    };
    let input = el(tag)
        .at("id", field.id)
        .at("class", "form-control")
        .at("type", (field.kind != "area").then_some(field.kind))
        .at("autocomplete", field.memory)
        .at("aria-describedby", described(field.id))
        .at("aria-invalid", invalid)
        .prop("value", move || value.get())
        .on("input", move |event| {
            value.set(event_target_value(&event));
            forget(errors, field.id);
        })
        .into_any();
    framed(field, errors, input)
}

/// One of a list, which begins with nothing chosen.
pub(crate) fn choice(
    field: Field,
    options: Vec<(String, String)>,
    value: RwSignal<String>,
    errors: Errors,
) -> AnyView {
    let nothing = (
        String::new(),
        tr("ui/field/choose", "Scegli una voce").to_owned(),
    );
    let options = std::iter::once(nothing).chain(options).collect();
    one_of(field, options, value, errors)
}

/// One of a list.
pub(crate) fn one_of(
    field: Field,
    options: Vec<(String, String)>,
    value: RwSignal<String>,
    errors: Errors,
) -> AnyView {
    let invalid = move || has(errors, field.id).then_some("true");
    let options: Vec<_> = options
        .into_iter()
        .map(|(code, name)| el("option").at("value", code).with(name).into_any())
        .collect();
    let input = el("select")
        .at("id", field.id)
        .at("aria-describedby", described(field.id))
        .at("aria-invalid", invalid)
        .with(options)
        .prop("value", move || value.get())
        .on("change", move |event| {
            value.set(event_target_value(&event));
            forget(errors, field.id);
        })
        .into_any();
    framed(field, errors, input)
}

/// A filter: one of a list, which takes effect at once.
pub(crate) fn filter(
    id: &'static str,
    label: &'static str,
    options: Vec<(String, String)>,
    value: impl FnMut() -> String + 'static,
    chosen: impl Fn(String) + 'static,
) -> AnyView {
    let options: Vec<_> = options
        .into_iter()
        .map(|(code, name)| el("option").at("value", code).with(name).into_any())
        .collect();
    let list = el("select")
        .at("id", id)
        .with(options)
        .prop("value", value)
        .on("change", move |event| chosen(event_target_value(&event)));
    labelled(id, label, list.into_any())
}

/// An input with its label and nothing else.
pub(crate) fn labelled(id: &'static str, label: &'static str, input: AnyView) -> AnyView {
    el("div")
        .at("class", "field")
        .with(
            el("label")
                .at("class", "field-label")
                .at("for", id)
                .with(label),
        )
        .with(input)
        .into_any()
}

/// One box with its sentence.
pub(crate) fn check(id: &'static str, label: &'static str, value: RwSignal<bool>) -> AnyView {
    el("div")
        .at("class", "form-check")
        .with(
            el("input")
                .at("id", id)
                .at("type", "checkbox")
                .prop("checked", move || value.get())
                .on("change", move |event| {
                    value.set(event_target_checked(&event));
                }),
        )
        .with(el("label").at("for", id).with(label))
        .into_any()
}

fn described(id: &str) -> String {
    [id, "-hint ", id, "-error"].concat()
}

fn framed(field: Field, errors: Errors, input: AnyView) -> AnyView {
    let class = move || {
        if has(errors, field.id) {
            "field has-error"
        } else {
            "field"
        }
    };
    let optional = field.optional.then(|| {
        el("span")
            .at("class", "field-optional")
            .with(" (")
            .with(tr("ui/field/optional", "facoltativo"))
            .with(")")
            .into_any()
    });
    el("div")
        .at("class", class)
        .with(
            el("label")
                .at("class", "field-label")
                .at("for", field.id)
                .with(field.label)
                .with(optional),
        )
        .with(
            el("span")
                .at("class", "field-hint")
                .at("id", [field.id, "-hint"].concat())
                .with(field.hint),
        )
        .with(
            el("div")
                .at("id", [field.id, "-error"].concat())
                .with(move || message(errors, field.id)),
        )
        .with(input)
        .into_any()
}

/// The message at a field.
fn message(errors: Errors, id: &str) -> Option<AnyView> {
    let said = errors.with(|errors| {
        let own = errors.iter().find(|(field, _)| field == id);
        own.map(|(_, said)| said.clone())
    })?;
    Some(wrong(said))
}

/// A sentence about something that is wrong.
pub(crate) fn wrong(said: String) -> AnyView {
    el("span")
        .at("class", "field-error")
        .with(icon("it-error"))
        .with(
            el("span")
                .with(
                    el("span")
                        .at("class", "visually-hidden")
                        .with(tr("ui/error/prefix", "Errore:"))
                        .with(" "),
                )
                .with(said),
        )
        .into_any()
}

fn has(errors: Errors, id: &str) -> bool {
    errors.with(|errors| errors.iter().any(|(field, _)| field == id))
}

fn forget(errors: Errors, id: &str) {
    if errors.with_untracked(|errors| errors.iter().any(|(field, _)| field == id)) {
        errors.update(|errors| errors.retain(|(field, _)| field != id));
    }
}

/// Says what the edge refused and moves the focus to the first field that it speaks of. Gives back what belongs to no
/// field of the page.
pub(crate) fn refuse(errors: Errors, refused: &[FieldError]) -> Option<String> {
    let all: Vec<_> = refused
        .iter()
        .map(|error| (error.field.clone(), error.message.clone()))
        .collect();
    let first = all
        .iter()
        .find_map(|(field, _)| browser::by_id(field).filter(|_| !field.is_empty()));
    let other = all
        .iter()
        .find(|(field, _)| field.is_empty() || browser::by_id(field).is_none())
        .map(|(_, said)| said.clone());
    errors.set(all);
    if let Some(field) = first {
        browser::focus(&field);
    }
    other
}

/// Says something at one field and moves the focus there.
pub(crate) fn refuse_one(errors: Errors, id: &'static str, said: &'static str) {
    errors.set(vec![(id.to_owned(), said.to_owned())]);
    if let Some(field) = browser::by_id(id) {
        browser::focus(&field);
    }
}
