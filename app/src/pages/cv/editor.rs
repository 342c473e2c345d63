// SPDX-License-Identifier: EUPL-1.2
//! The document being written: its history, and how it is kept on this device after every pause.

use contract::cv::{Cv, lettera::Lettera, words::Language};
use contract::problem::{FieldProblem, Problem};
use leptos::prelude::set_timeout;
use serde_json::Value;
use wasm_bindgen::{JsCast, closure::Closure};

use super::{
    path,
    shelf::Record,
    sync::{Rival, WAITS},
};
use crate::{
    browser,
    dom::*,
    session::Session,
    shell,
    texts::{self, tr},
};

/// Milliseconds of quiet before the document is written down, and before it is looked at.
const QUIET: u64 = 350;
/// Strokes in the same field within this time are one step of the history.
const ONE_STEP: f64 = 1500.0;
/// So many steps can be undone.
const STEPS: usize = 100;

/// Whether what is on the screen is also on the device.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Saving {
    Done,
    Waiting,
    Failed,
}

#[derive(Clone)]
struct Step {
    doc: Value,
    place: String,
    at: f64,
}

/// A document under the hands of a person.
#[derive(Clone, Copy)]
pub(super) struct Editor {
    pub(super) letter: bool,
    pub(super) id: StoredValue<String>,
    pub(super) record: StoredValue<Record>,
    /// Counts every change.
    pub(super) version: RwSignal<u32>,
    /// Counts the changes after which inputs have to be drawn anew.
    pub(super) shape: RwSignal<u32>,
    /// Counts the pauses: what is slow looks at the document then.
    pub(super) paused: RwSignal<u32>,
    pub(super) problems: RwSignal<Vec<FieldProblem>>,
    /// What keeps it from being printed and only the press can tell: signs that the typeface does not have, a photo that
    /// cannot be drawn.
    pub(super) unprintable: RwSignal<Vec<FieldProblem>>,
    /// Pages of the preview, and bytes of the last PDF, once they are known.
    pub(super) paper: RwSignal<(Option<usize>, Option<usize>)>,
    pub(super) saving: RwSignal<Saving>,
    /// Whether there is something to undo, and to redo.
    pub(super) steps: RwSignal<(bool, bool)>,
    /// The section and the item that are open.
    pub(super) section: RwSignal<String>,
    pub(super) item: RwSignal<String>,
    /// What was just taken away, until something else happens.
    pub(super) gone: RwSignal<String>,
    pub(super) session: Session,
    /// Whose personal space it is in; empty when it is on this device only.
    pub(super) owner: StoredValue<String>,
    /// Why the space does not have the last change; empty when it has.
    pub(super) space: RwSignal<String>,
    /// Another version, until the person has chosen.
    pub(super) rival: RwSignal<Option<Rival>>,
    /// The edge is being told.
    pub(super) pushing: StoredValue<bool>,
    /// The change with which the page was last put away.
    put_away: StoredValue<u32>,
    past: StoredValue<Vec<Step>>,
    future: StoredValue<Vec<Step>>,
}

impl Editor {
    pub(super) fn new(
        session: Session,
        letter: bool,
        id: &str,
        owner: String,
        record: Record,
    ) -> Self {
        let space = if record.waits() { WAITS } else { "" };
        let editor = Self {
            session,
            owner: StoredValue::new(owner),
            space: RwSignal::new(space.to_owned()),
            rival: RwSignal::new(None),
            pushing: StoredValue::new(false),
            letter,
            id: StoredValue::new(id.to_owned()),
            record: StoredValue::new(record),
            version: RwSignal::new(0),
            shape: RwSignal::new(0),
            paused: RwSignal::new(0),
            problems: RwSignal::new(Vec::new()),
            unprintable: RwSignal::new(Vec::new()),
            paper: RwSignal::new((None, None)),
            saving: RwSignal::new(Saving::Done),
            steps: RwSignal::new((false, false)),
            section: RwSignal::new("basics".to_owned()),
            item: RwSignal::new(String::new()),
            gone: RwSignal::new(String::new()),
            put_away: StoredValue::new(0),
            past: StoredValue::new(Vec::new()),
            future: StoredValue::new(Vec::new()),
        };
        editor.examine();
        editor.watch_the_page();
        editor.look_around();
        editor
    }

    /// Who is signed in, or nobody.
    pub(super) fn person(self) -> String {
        self.session.codice_fiscale().unwrap_or_default()
    }

    /// Looks at the document.
    pub(super) fn with<T>(self, look: impl FnOnce(&Value) -> T) -> T {
        self.record.with_value(|record| look(&record.doc))
    }

    /// A text of the document.
    pub(super) fn text(self, place: &str) -> String {
        self.with(|doc| path::text(doc, place).to_owned())
    }

    /// The document as a CV.
    pub(super) fn cv(self) -> Cv {
        Cv::from_value(self.with(Value::clone)).unwrap_or_default()
    }

    /// The document as a letter.
    pub(super) fn lettera(self) -> Lettera {
        Lettera::from_value(self.with(Value::clone)).unwrap_or_default()
    }

    /// The document as JSON.
    pub(super) fn json(self) -> String {
        self.with(|doc| serde_json::to_string(doc).unwrap_or_default())
    }

    /// The language of the texts that stand first.
    pub(super) fn text_language(self) -> Language {
        let place = if self.letter {
            "text_language"
        } else {
            "x_text_language"
        };
        Language::parse(&self.text(place)).unwrap_or_default()
    }

    /// Writes what was typed in a field; the inputs stay as they are.
    pub(super) fn write(self, place: &str, value: Option<Value>) {
        if self.with(|doc| path::get(doc, place) == value.as_ref()) {
            return;
        }
        self.remember(place);
        self.record
            .update_value(|record| path::set(&mut record.doc, place, value));
        self.changed();
    }

    /// Changes the document in another way; what shows it is drawn anew.
    pub(super) fn alter(self, act: impl FnOnce(&mut Value)) {
        self.remember("");
        self.record.update_value(|record| act(&mut record.doc));
        self.changed();
        self.shape.update(|count| *count += 1);
    }

    /// Shows another version; it can be undone.
    pub(super) fn take(self, record: Record) {
        self.remember("");
        self.record.set_value(record);
        self.steps.set((true, false));
        self.examine();
        for count in [self.version, self.paused, self.shape] {
            count.update(|count| *count += 1);
        }
    }

    /// Keeps something that belongs to the record and not to the document.
    pub(super) fn note(self, act: impl FnOnce(&mut Record)) {
        self.record.update_value(act);
        self.changed();
    }

    /// Says what was taken away, and that it can be had back.
    pub(super) fn removed(self, name: &str) {
        self.gone.set(name.to_owned());
        shell::announce(&texts::with(
            tr("ui/cv/gone", "Tolto: {valore}. Puoi annullare."),
            name,
        ));
    }

    /// Takes the last change back.
    pub(super) fn undo(self) {
        self.step(self.past, self.future, tr("ui/cv/undone", "Annullato"));
    }

    /// Makes it again.
    pub(super) fn redo(self) {
        self.step(self.future, self.past, tr("ui/cv/redone", "Ripristinato"));
    }

    fn step(self, from: StoredValue<Vec<Step>>, to: StoredValue<Vec<Step>>, said: &'static str) {
        let Some(step) = from.try_update_value(Vec::pop).flatten() else {
            return;
        };
        let focused = document().active_element().map(|element| element.id());
        let doc = self.with(Value::clone);
        to.update_value(|steps| {
            steps.push(Step {
                doc,
                place: step.place.clone(),
                at: 0.0,
            });
        });
        self.record.update_value(|record| record.doc = step.doc);
        self.changed();
        self.shape.update(|count| *count += 1);
        shell::announce(said);
        // The inputs are new: whoever was in one of them goes on there.
        if let Some(id) = focused.filter(|id| !id.is_empty()) {
            request_animation_frame(move || {
                if let Some(element) = browser::by_id(&id) {
                    let _ = element.focus();
                }
            });
        }
    }

    fn remember(self, place: &str) {
        let now = browser::now();
        let same = self.future.with_value(Vec::is_empty)
            && self.past.try_update_value(|past| match past.last_mut() {
                Some(last)
                    if !place.is_empty() && last.place == place && now - last.at < ONE_STEP =>
                {
                    last.at = now;
                    true
                }
                _ => false,
            }) == Some(true);
        if same {
            return;
        }
        let doc = self.with(Value::clone);
        self.past.update_value(|past| {
            past.push(Step {
                doc,
                place: place.to_owned(),
                at: now,
            });
            if past.len() > STEPS {
                past.remove(0);
            }
        });
        self.future.update_value(Vec::clear);
    }

    fn changed(self) {
        self.gone.set(String::new());
        // What the last PDF weighed says nothing of the next.
        if self.paper.with_untracked(|paper| paper.1.is_some()) {
            self.paper.update(|paper| paper.1 = None);
        }
        self.steps.set((
            self.past.with_value(|past| !past.is_empty()),
            self.future.with_value(|future| !future.is_empty()),
        ));
        self.version.update(|count| *count += 1);
        self.saving.set(Saving::Waiting);
        let version = self.version.get_untracked();
        set_timeout(
            move || {
                // Whoever types on is not interrupted; whoever has left has saved.
                if self.version.try_get_untracked() == Some(version) {
                    self.examine();
                    self.paused.update(|count| *count += 1);
                    self.save();
                }
            },
            std::time::Duration::from_millis(QUIET),
        );
    }

    fn examine(self) {
        let problems = if self.letter {
            self.lettera().check()
        } else {
            self.cv().check()
        };
        if self.problems.with_untracked(|known| *known != problems) {
            self.problems.set(problems);
        }
    }

    /// The first refusal of this kind, whoever found it.
    pub(super) fn wrong<T>(
        self,
        which: impl Fn(&FieldProblem) -> bool,
        look: impl Fn(&FieldProblem) -> T,
    ) -> Option<T> {
        let first = |found: &Vec<FieldProblem>| found.iter().find(|one| which(one)).map(&look);
        self.problems
            .with(first)
            .or_else(|| self.unprintable.with(first))
    }

    /// Takes over what the press has found, from its own list of refusals.
    pub(super) fn examined(self, told: Option<&Value>) {
        let told = told.and_then(Value::as_array).into_iter().flatten();
        let problems: Vec<_> = told.filter_map(unprintable).collect();
        if self
            .unprintable
            .try_get_untracked()
            .is_some_and(|known| known != problems)
        {
            self.unprintable.set(problems);
        }
    }

    /// A page that is put away may never come back; one that comes back may be behind.
    fn watch_the_page(self) {
        let act = Closure::<dyn FnMut()>::new(move || {
            self.flush();
            if !document().hidden() {
                self.look_around();
            }
        });
        let target: web_sys::EventTarget = document().into();
        let listener = act.as_ref().unchecked_ref();
        let _ = target.add_event_listener_with_callback("visibilitychange", listener);
        for event in ["pagehide", "online"] {
            let _ = window().add_event_listener_with_callback(event, listener);
        }
        let act = StoredValue::new_local(act);
        leptos::prelude::on_cleanup(move || {
            self.flush();
            act.with_value(|act| {
                let listener = act.as_ref().unchecked_ref();
                let target: web_sys::EventTarget = document().into();
                let _ = target.remove_event_listener_with_callback("visibilitychange", listener);
                for event in ["pagehide", "online"] {
                    let _ = window().remove_event_listener_with_callback(event, listener);
                }
            });
        });
    }

    fn flush(self) {
        let version = self.version.try_get_untracked();
        let waits = self.saving.try_get_untracked() == Some(Saving::Waiting);
        // A page goes away by more than one sign.
        if waits && version != self.put_away.try_get_value() {
            let _ = self.put_away.try_set_value(version.unwrap_or_default());
            // It may not live until the store has answered.
            self.note_last();
            self.save();
        }
    }
}

/// A refusal that only the press knows; the others are found here, and sooner.
fn unprintable(told: &Value) -> Option<FieldProblem> {
    let text = |key: &str| told.get(key).and_then(Value::as_str).unwrap_or_default();
    let problem = match text("code") {
        "glyphs" => Problem::Glyphs(text("limit").to_owned()),
        "image" => Problem::Image,
        _ => return None,
    };
    Some(FieldProblem::new(text("field"), problem))
}
