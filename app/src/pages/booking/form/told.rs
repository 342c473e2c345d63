// SPDX-License-Identifier: EUPL-1.2
//! A small form as a whole: what was refused, at its fields and beside them, the frame with its one button, and what
//! happens with the answer.

use contract::appuntamento::Appuntamento;

use super::{Errors, Field, LINE, field, refuse, refuse_one, wrong};
use crate::{api::CallError, dom::*, session::Session, shell};

/// One appointment as the edge last told it; `None` while it is asked for.
pub(crate) type Answer = RwSignal<Option<Result<Appuntamento, CallError>>>;

/// What a form was told.
#[derive(Clone, Copy)]
pub(crate) struct Told {
    /// At its fields.
    pub(crate) errors: Errors,
    /// What belongs to no field.
    pub(crate) said: RwSignal<String>,
    session: Session,
}

impl Told {
    /// Nothing yet.
    pub(crate) fn new() -> Self {
        Self {
            errors: RwSignal::new(Vec::new()),
            said: RwSignal::new(String::new()),
            session: expect_context(),
        }
    }

    /// Says something at one field and moves the focus there.
    pub(crate) fn refuse(self, id: &'static str, said: &'static str) {
        refuse_one(self.errors, id, said);
    }

    /// Takes an answer: what it brings, or `None` when it was refused and that has been said.
    pub(crate) fn take<T>(self, answer: Result<T, CallError>) -> Option<T> {
        let error = match self.session.seen(answer) {
            Ok(brought) => return Some(brought),
            Err(error) => error,
        };
        let said = match &error {
            CallError::Problem(problem) if !problem.errors.is_empty() => {
                refuse(self.errors, &problem.errors)
            }
            _ => Some(error.sentence()),
        };
        if let Some(said) = said {
            let _ = self.said.try_set(said);
        }
        None
    }

    /// Takes the answer of an action on an appointment: shows it as it is now and says that it is done.
    pub(crate) fn settle(
        self,
        result: Result<Appuntamento, CallError>,
        answer: Answer,
        done: &'static str,
    ) {
        if let Some(now) = self.take(result) {
            let _ = answer.try_set(Some(Ok(now)));
            shell::announce(done);
            request_animation_frame(|| shell::arrived("", true));
        }
    }

    /// Where a refusal is said that belongs to no field.
    pub(crate) fn place(self) -> AnyView {
        el("div")
            .at("role", "alert")
            .with(move || {
                let said = self.said.get();
                (!said.is_empty()).then(|| wrong(said))
            })
            .into_any()
    }

    /// A field that has to be filled.
    pub(crate) fn line(
        self,
        id: &'static str,
        label: &'static str,
        kind: &'static str,
        value: RwSignal<String>,
    ) -> AnyView {
        self.drawn(id, label, kind, false, value)
    }

    /// A field that may stay empty.
    pub(crate) fn may(
        self,
        id: &'static str,
        label: &'static str,
        kind: &'static str,
        value: RwSignal<String>,
    ) -> AnyView {
        self.drawn(id, label, kind, true, value)
    }

    fn drawn(
        self,
        id: &'static str,
        label: &'static str,
        kind: &'static str,
        optional: bool,
        value: RwSignal<String>,
    ) -> AnyView {
        let about = Field {
            id,
            label,
            kind,
            memory: Some("off"),
            optional,
            ..LINE
        };
        field(about, value, self.errors)
    }

    /// The form around its fields, with its button.
    pub(crate) fn form(
        self,
        fields: Vec<AnyView>,
        button: &'static str,
        class: &'static str,
        send: impl Fn() + 'static,
    ) -> AnyView {
        el("form")
            .at("class", "inline-form")
            .at("novalidate", true)
            .on("submit", move |event| {
                event.prevent_default();
                self.said.set(String::new());
                send();
            })
            .with(fields)
            .with(self.place())
            .with(
                el("button")
                    .at("type", "submit")
                    .at("class", class)
                    .with(button),
            )
            .into_any()
    }
}

/// Fields side by side where there is room.
pub(crate) fn beside(fields: Vec<AnyView>) -> AnyView {
    el("div").at("class", "form-row").with(fields).into_any()
}
