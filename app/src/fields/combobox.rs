// SPDX-License-Identifier: EUPL-1.2
//! A list that narrows while one types (ARIA combobox with a listbox): places, States, long code lists. Arrows move,
//! Enter takes, Escape closes, a tap takes; how many entries there are is told to screen readers.

use crate::dom::*;
use contract::{service::Choice, values::place::Places};
use leptos::task::spawn_local;
use wasm_bindgen::JsCast;

use super::Slot;
use crate::{
    browser, places,
    texts::{self, tr},
};

/// A list that stands on a page of its own, outside of any service.
#[derive(Clone, Copy)]
pub(crate) struct Free {
    /// Id of the input.
    pub(crate) id: &'static str,
    /// What is asked for.
    pub(crate) label: &'static str,
    /// The code, or what was typed.
    pub(crate) value: RwSignal<String>,
    /// The list of places, once it is loaded.
    pub(crate) places: RwSignal<Option<&'static Places<'static>>>,
}

/// Where the answer of the list belongs.
#[derive(Clone, Copy)]
pub(super) enum Host {
    /// To a question of a service.
    Slot(Slot),
    /// To the page.
    Free(Free),
}

impl Host {
    fn id(self) -> String {
        match self {
            Self::Slot(slot) => slot.id(),
            Self::Free(free) => free.id.to_owned(),
        }
    }

    fn label(self) -> &'static str {
        match self {
            Self::Slot(slot) => slot.label(),
            Self::Free(free) => free.label,
        }
    }

    fn text(self) -> String {
        match self {
            Self::Slot(slot) => slot.text(),
            Self::Free(free) => free.value.get_untracked(),
        }
    }

    fn set_text(self, text: String) {
        match self {
            Self::Slot(slot) => slot.set_text(text),
            Self::Free(free) => free.value.set(text),
        }
    }

    fn described(self) -> Option<String> {
        match self {
            Self::Slot(slot) => Some(slot.described()),
            Self::Free(_) => None,
        }
    }

    fn invalid(self) -> Box<dyn Fn() -> Option<&'static str>> {
        match self {
            Self::Slot(slot) => Box::new(slot.invalid()),
            Self::Free(_) => Box::new(|| None),
        }
    }

    fn places(self) -> RwSignal<Option<&'static Places<'static>>> {
        match self {
            Self::Slot(slot) => slot.draft.places,
            Self::Free(free) => free.places,
        }
    }

    fn need_places(self) {
        match self {
            Self::Slot(slot) => slot.draft.need_places(),
            Self::Free(free) => spawn_local(async move {
                places::load().await;
                let _ = free.places.try_set(places::get());
            }),
        }
    }
}

/// What is looked through.
#[derive(Clone, Copy)]
pub(super) enum Source {
    Comuni,
    States,
    Codes(&'static [Choice]),
}

/// A code and what people read.
type Entry = (String, String);

const MOST: usize = 8;

impl Source {
    fn search(self, slot: Host, typed: &str) -> Vec<Entry> {
        let places = slot.places().get_untracked();
        match (self, places) {
            (Self::Comuni, Some(places)) => places
                .search(typed, MOST)
                .iter()
                .map(|place| (place.belfiore.to_owned(), place.label()))
                .collect(),
            (Self::States, Some(places)) => {
                let italy = italy();
                let is_italy = italy.to_lowercase().starts_with(&typed.to_lowercase())
                    || "italia".starts_with(&typed.to_lowercase());
                let first = is_italy.then(|| ("000".to_owned(), italy.to_owned()));
                let found = places.search_states(typed, MOST);
                first
                    .into_iter()
                    .chain(
                        found
                            .iter()
                            .map(|state| (state.belfiore.to_owned(), state_name(state))),
                    )
                    .collect()
            }
            (Self::Codes(list), _) => {
                let typed = typed.to_lowercase();
                let all = list.iter().map(|choice| {
                    (
                        choice.code.to_owned(),
                        choice_label(slot, choice).to_owned(),
                    )
                });
                all.filter(|(_, label)| label.to_lowercase().contains(&typed))
                    .take(MOST)
                    .collect()
            }
            _ => Vec::new(),
        }
    }

    /// What people read for an answer; the answer itself if it is no code.
    fn label(self, slot: Host, answer: &str) -> String {
        let places = slot.places().get();
        let found = match self {
            Self::States if answer == "000" => Some(italy().to_owned()),
            Self::Comuni => places
                .and_then(|places| places.by_belfiore(answer))
                .map(|place| place.label()),
            Self::States => places
                .and_then(|places| places.state(answer))
                .map(|state| state_name(&state)),
            Self::Codes(list) => list
                .iter()
                .find(|choice| choice.code == answer)
                .map(|choice| choice_label(slot, choice).to_owned()),
        };
        // Before the list is there a code would tell nobody anything.
        let waits = places.is_none() && !matches!(self, Self::Codes(_));
        found.unwrap_or_else(|| {
            if waits {
                String::new()
            } else {
                answer.to_owned()
            }
        })
    }
}

fn italy() -> &'static str {
    tr("ui/italy", "Italia")
}

fn state_name(state: &contract::values::place::Place<'_>) -> String {
    let english = texts::language() == "en" && !state.other_name.is_empty();
    if english {
        state.other_name.to_owned()
    } else {
        state.label()
    }
}

fn choice_label(slot: Host, choice: &Choice) -> &'static str {
    match slot {
        Host::Slot(slot) => texts::choice(
            slot.draft.service,
            slot.field,
            choice.code,
            "label",
            choice.label,
        ),
        Host::Free(_) => choice.label,
    }
}

/// The parts that the keys and the finger work on.
#[derive(Clone, Copy)]
struct Combobox {
    slot: Host,
    source: Source,
    shown: RwSignal<String>,
    found: RwSignal<Vec<Entry>>,
    active: RwSignal<Option<usize>>,
    open: RwSignal<bool>,
}

/// The input with its list.
pub(super) fn draw(slot: Slot, source: Source) -> AnyView {
    drawn(Host::Slot(slot), source)
}

/// The list of comuni for a page of its own, with its label.
pub(crate) fn comuni(free: Free) -> AnyView {
    el("div")
        .at("class", "field")
        .with(
            el("label")
                .at("class", "field-label")
                .at("for", free.id)
                .with(free.label),
        )
        .with(drawn(Host::Free(free), Source::Comuni))
        .into_any()
}

fn drawn(slot: Host, source: Source) -> AnyView {
    let this = Combobox {
        slot,
        source,
        shown: RwSignal::new(String::new()),
        found: RwSignal::new(Vec::new()),
        active: RwSignal::new(None),
        open: RwSignal::new(false),
    };
    if !matches!(source, Source::Codes(_)) {
        slot.need_places();
    }
    Effect::new(move |_| this.shown.set(source.label(slot, &slot.text())));
    let id = slot.id();
    let list_id = StoredValue::new([id.as_str(), "-list"].concat());
    let active_id = move || this.active.get().map(|index| option_id(&slot.id(), index));
    el("div")
        .at("class", "combobox")
        .with(
            el("input")
                .at("id", id)
                .at("type", "text")
                .at("class", "form-control")
                .at("role", "combobox")
                .at("autocomplete", "off")
                .at("spellcheck", "false")
                .at("aria-autocomplete", "list")
                .at("aria-controls", list_id.get_value())
                .at("aria-expanded", move || {
                    if this.open.get() { "true" } else { "false" }
                })
                .at("aria-activedescendant", active_id)
                .at("aria-describedby", slot.described())
                .at("aria-invalid", slot.invalid())
                .prop("value", move || this.shown.get())
                .on("input", move |event| this.typed(event_target_value(&event)))
                .on("keydown", move |event| this.key(event.unchecked_ref()))
                .on("blur", move |_| this.close()),
        )
        .with(
            el("ul")
                .at("class", "combobox-list")
                .at("role", "listbox")
                .at("id", list_id.get_value())
                .at("aria-label", slot.label())
                .at("hidden", move || !this.open.get())
                .with(move || this.entries()),
        )
        .with(
            el("div")
                .at("class", "visually-hidden")
                .at("role", "status")
                .with(move || this.told()),
        )
        .into_any()
}

fn option_id(id: &str, index: usize) -> String {
    [id, "-option-", &index.to_string()].concat()
}

impl Combobox {
    fn typed(self, text: String) {
        let looked_for = text.trim();
        let found = if looked_for.is_empty() {
            Vec::new()
        } else {
            self.source.search(self.slot, looked_for)
        };
        // Whoever writes a name in full has chosen it; anything else is kept as typed, so that nothing is lost.
        let exact = found.iter().find(|(_, label)| {
            let label = label.to_lowercase();
            let typed = looked_for.to_lowercase();
            label == typed
                || label
                    .split_once(" (")
                    .is_some_and(|(name, _)| name == typed)
        });
        let answer = exact.map_or_else(|| text.clone(), |(code, _)| code.clone());
        self.slot.set_text(answer);
        self.active.set(None);
        self.open.set(!found.is_empty() || !looked_for.is_empty());
        self.found.set(found);
        self.shown.set(text);
    }

    fn take(self, index: usize) {
        let entry = self.found.with_untracked(|found| found.get(index).cloned());
        if let Some((code, label)) = entry {
            self.slot.set_text(code);
            self.shown.set(label);
        }
        self.close();
    }

    fn close(self) {
        self.open.set(false);
        self.active.set(None);
    }

    fn key(self, event: &web_sys::KeyboardEvent) {
        let count = self.found.with_untracked(Vec::len);
        let active = self.active.get_untracked();
        let next = match event.key().as_str() {
            "ArrowDown" if count > 0 => Some(active.map_or(0, |index| (index + 1) % count)),
            "ArrowUp" if count > 0 => {
                Some(active.map_or(count - 1, |index| (index + count - 1) % count))
            }
            "Enter" if self.open.get_untracked() => {
                // The key that takes an entry does not send the form as well.
                event.prevent_default();
                if let Some(index) = active.or((count == 1).then_some(0)) {
                    self.take(index);
                } else {
                    self.close();
                }
                return;
            }
            "Escape" => {
                self.close();
                return;
            }
            _ => return,
        };
        event.prevent_default();
        self.open.set(true);
        self.active.set(next);
        if let Some(option) =
            next.and_then(|index| browser::by_id(&option_id(&self.slot.id(), index)))
        {
            option.scroll_into_view_with_bool(false);
        }
    }

    fn entries(self) -> AnyView {
        let entries = self.found.get();
        if entries.is_empty() {
            let none = tr(
                "ui/combobox/none",
                "Nessun risultato: controlla come è scritto.",
            );
            return el("li")
                .at("class", "combobox-none")
                .at("role", "option")
                .at("aria-disabled", "true")
                .at("aria-selected", "false")
                .with(none)
                .into_any();
        }
        let id = self.slot.id();
        let drawn: Vec<_> = entries
            .into_iter()
            .enumerate()
            .map(|(index, (_, label))| {
                let selected = move || {
                    if self.active.get() == Some(index) {
                        "true"
                    } else {
                        "false"
                    }
                };
                el("li")
                    .at("role", "option")
                    .at("id", option_id(&id, index))
                    .at("aria-selected", selected)
                    .on("mousedown", |event| event.prevent_default())
                    .on("click", move |_| self.take(index))
                    .with(label)
                    .into_any()
            })
            .collect();
        drawn.into_any()
    }

    fn told(self) -> String {
        if !self.open.get() {
            return String::new();
        }
        match self.found.with(Vec::len) {
            0 => tr(
                "ui/combobox/none",
                "Nessun risultato: controlla come è scritto.",
            )
            .to_owned(),
            1 => tr(
                "ui/combobox/one",
                "1 risultato. Premi Invio per sceglierlo.",
            )
            .to_owned(),
            count => texts::with(
                tr(
                    "ui/combobox/many",
                    "{valore} risultati. Usa le frecce per scegliere, poi premi Invio.",
                ),
                &count.to_string(),
            ),
        }
    }
}
