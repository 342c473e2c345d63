// SPDX-License-Identifier: EUPL-1.2
//! Questions: what all kinds have in common (label, help, message, where the value comes from), and the one match
//! from a kind of answer to its input.

use crate::dom::*;
use contract::{
    answers::{Answer, Answers},
    flow,
    problem::Problem,
    service::{Case, Field, Kind, Source, Step},
};

use crate::{
    dates,
    drafts::Draft,
    texts::{self, tr},
    ui::icon,
};

mod choice;
pub(crate) mod combobox;
mod date;
mod file;
mod text;
mod yes;

/// The problems that the person was told, by field path; each goes when its field is mended.
pub(crate) type Told = RwSignal<Vec<(String, Problem)>>;

/// A question in its place: in a step, or in one item of a repeatable step.
#[derive(Clone, Copy)]
pub(crate) struct Slot {
    pub(crate) draft: Draft,
    pub(crate) step: &'static Step,
    pub(crate) field: &'static Field,
    /// Which item of a repeatable step.
    pub(crate) item: Option<usize>,
    pub(crate) told: Told,
}

impl Slot {
    /// Its path in the answers, which is also the id of its (first) input.
    pub(crate) fn id(&self) -> String {
        match (&self.step.repeat, self.item) {
            (Some(repeat), Some(item)) => {
                [repeat.id, "[", &item.to_string(), "].", self.field.id].concat()
            }
            _ => self.field.id.to_owned(),
        }
    }

    /// What help and message are tied to the input with.
    pub(crate) fn described(&self) -> String {
        let id = self.id();
        [id.as_str(), "-hint ", &id, "-error"].concat()
    }

    /// The answer as it stands, without watching it.
    pub(crate) fn answer(&self) -> Option<Answer> {
        self.draft.answers.with_untracked(|answers| {
            self.around(answers)
                .and_then(|near| near.get(self.field.id).cloned())
        })
    }

    fn around<'a>(&self, answers: &'a Answers) -> Option<&'a Answers> {
        match (&self.step.repeat, self.item) {
            (Some(repeat), Some(item)) => answers.items(repeat.id).get(item),
            _ => Some(answers),
        }
    }

    /// The text of the answer; empty for none.
    pub(crate) fn text(&self) -> String {
        match self.answer() {
            Some(Answer::Text(text)) => text,
            _ => String::new(),
        }
    }

    /// Writes the answer and looks again at a message that stands at this field.
    pub(crate) fn set(&self, answer: Answer) {
        self.write(answer);
        self.look_again();
    }

    /// Writes the answer, also when its page has gone.
    pub(crate) fn write(&self, answer: Answer) {
        match (&self.step.repeat, self.item) {
            (Some(repeat), Some(item)) => {
                let mut items = self
                    .draft
                    .answers
                    .with_untracked(|answers| answers.items(repeat.id).to_vec());
                if let Some(near) = items.get_mut(item) {
                    near.set(self.field.id, answer);
                }
                self.draft.set(repeat.id, Answer::Items(items));
            }
            _ => self.draft.set(self.field.id, answer),
        }
    }

    /// Writes a text.
    pub(crate) fn set_text(&self, text: String) {
        self.set(Answer::Text(text));
    }

    fn look_again(&self) {
        let id = self.id();
        if self
            .told
            .with_untracked(|told| told.iter().all(|(field, _)| *field != id))
        {
            return;
        }
        let now = self.draft.with_case_untracked(|case| {
            let answers = self.around(case.answers)?;
            flow::check_field(self.field, Case { answers, ..case })
        });
        self.told.update(|told| match now {
            None => told.retain(|(field, _)| *field != id),
            Some(problem) => told
                .iter_mut()
                .filter(|(field, _)| *field == id)
                .for_each(|entry| entry.1 = problem.clone()),
        });
    }

    /// Whether the question belongs to the path, as the answers change.
    fn asked(self) -> Memo<bool> {
        Memo::new(move |_| {
            self.draft.with_case(|case| {
                let answers = self.around(case.answers).unwrap_or(case.answers);
                self.field
                    .when
                    .is_none_or(|when| when(&Case { answers, ..case }))
            })
        })
    }

    /// What is wrong with it, as far as the person was told.
    fn problem(self) -> Memo<Option<Problem>> {
        let id = self.id();
        Memo::new(move |_| {
            self.told.with(|told| {
                told.iter()
                    .find(|(field, _)| *field == id)
                    .map(|(_, p)| p.clone())
            })
        })
    }

    /// The value for `aria-invalid`.
    pub(crate) fn invalid(self) -> impl Fn() -> Option<&'static str> + Send + 'static {
        let problem = self.problem();
        move || problem.with(Option::is_some).then_some("true")
    }

    /// The question in the language of the page.
    pub(crate) fn label(&self) -> &'static str {
        texts::field(self.draft.service, self.field, "label", self.field.label)
    }
}

/// The question, shown while it belongs to the path.
pub(crate) fn question(slot: Slot) -> AnyView {
    let asked = slot.asked();
    (move || asked.get().then(|| drawn(slot))).into_any()
}

fn drawn(slot: Slot) -> AnyView {
    match slot.field.kind {
        Kind::Choice(list) if list.len() > 10 => {
            labelled(slot, combobox::draw(slot, combobox::Source::Codes(list)))
        }
        Kind::Choice(list) if list.len() > 5 => labelled(slot, choice::select(slot, list)),
        Kind::Choice(list) => grouped(slot, choice::radios(slot, list)),
        Kind::Many(list) => grouped(slot, choice::checkboxes(slot, list)),
        Kind::YesNo => grouped(slot, yes::yes_no(slot)),
        Kind::Declaration => framed(slot, yes::declaration(slot)),
        Kind::Date => grouped(slot, date::draw(slot)),
        Kind::Comune => labelled(slot, combobox::draw(slot, combobox::Source::Comuni)),
        Kind::State => labelled(slot, combobox::draw(slot, combobox::Source::States)),
        Kind::LongText(_) => labelled(slot, text::area(slot)),
        Kind::File(largest) => labelled(slot, file::draw(slot, largest)),
        _ => labelled(slot, text::line(slot)),
    }
}

fn labelled(slot: Slot, input: AnyView) -> AnyView {
    let id = slot.id();
    let inner = many(vec![
        el("label")
            .at("for", id)
            .at("class", "field-label")
            .with(slot.label())
            .with(optional(slot))
            .into_any(),
        (notes(slot)).into_any(),
        (input).into_any(),
    ]);
    framed(slot, inner.into_any())
}

fn grouped(slot: Slot, inputs: AnyView) -> AnyView {
    let described = slot.described();
    let inner = el("fieldset")
        .at("aria-describedby", described)
        .with(el("legend").with(slot.label()).with(optional(slot)))
        .with(notes(slot))
        .with(inputs);
    framed(slot, inner.into_any())
}

fn framed(slot: Slot, inner: AnyView) -> AnyView {
    let problem = slot.problem();
    let class = move || {
        if problem.with(Option::is_some) {
            "field has-error"
        } else {
            "field"
        }
    };
    el("div").at("class", class).with(inner).into_any()
}

fn optional(slot: Slot) -> Option<AnyView> {
    (!slot.field.required).then(|| {
        el("span")
            .at("class", "field-optional")
            .with(" (")
            .with(tr("ui/field/optional", "facoltativo"))
            .with(")")
            .into_any()
    })
}

/// Help, the message, and where a value comes from that was not typed.
fn notes(slot: Slot) -> AnyView {
    let id = slot.id();
    let hint = (!slot.field.hint.is_empty())
        .then(|| texts::field(slot.draft.service, slot.field, "hint", slot.field.hint));
    let hint_id = [id.as_str(), "-hint"].concat();
    many(vec![
        el("span")
            .at("class", "field-hint")
            .at("id", hint_id)
            .with(hint)
            .with(move || provenance(slot))
            .into_any(),
        (message(slot)).into_any(),
    ])
    .into_any()
}

/// Help below a declaration, which is its own label.
fn notes_for_declaration(slot: Slot) -> AnyView {
    let id = [slot.id().as_str(), "-hint"].concat();
    let hint = (!slot.field.hint.is_empty())
        .then(|| texts::field(slot.draft.service, slot.field, "hint", slot.field.hint));
    el("span")
        .at("class", "field-hint")
        .at("id", id)
        .with(hint)
        .into_any()
}

/// The message at a field. Its element is always there, so that it is read out when it is filled.
pub(crate) fn message(slot: Slot) -> AnyView {
    let problem = slot.problem();
    let id = [slot.id().as_str(), "-error"].concat();
    let shown = move || {
        problem.get().map(|problem| {
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
                        .with(texts::problem(&problem)),
                )
                .into_any()
        })
    };
    el("div").at("id", id).with(shown).into_any()
}

fn provenance(slot: Slot) -> Option<AnyView> {
    let prefill = slot.field.prefill?;
    slot.draft.with_case(|case| {
        let (value, source) = prefill(case.facts)?;
        if case.answers.text(slot.field.id) != Some(value.as_str()) {
            return None;
        }
        let said = match source {
            Source::Identity => tr("ui/source/identity", "Da SPID o CIE: puoi cambiarlo.").to_owned(),
            Source::Registry => {
                let day = case.facts.fascicolo.as_ref().map(|file| dates::day(file.aggiornato_il)).unwrap_or_default();
                texts::with(tr("ui/source/registry", "Dal registro del lavoro, aggiornato il {valore}: controlla che sia giusto."), &day)
            }
        };
        Some(el("span").at("class", "state-chip d-table mt-1")
.with(said).into_any())
    })
}
