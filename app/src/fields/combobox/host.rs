// SPDX-License-Identifier: EUPL-1.2
//! Where the answer of a list belongs: to a question of a service, or to a page of its own.

use crate::dom::*;
use contract::values::place::Places;
use leptos::task::spawn_local;

use crate::{fields::Slot, places};

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
pub(in crate::fields) enum Host {
    /// To a question of a service.
    Slot(Slot),
    /// To the page.
    Free(Free),
}

impl Host {
    pub(super) fn id(self) -> String {
        match self {
            Self::Slot(slot) => slot.id(),
            Self::Free(free) => free.id.to_owned(),
        }
    }

    pub(super) fn label(self) -> &'static str {
        match self {
            Self::Slot(slot) => slot.label(),
            Self::Free(free) => free.label,
        }
    }

    pub(super) fn text(self) -> String {
        match self {
            Self::Slot(slot) => slot.text(),
            Self::Free(free) => free.value.get_untracked(),
        }
    }

    pub(super) fn set_text(self, text: String) {
        match self {
            Self::Slot(slot) => slot.set_text(text),
            Self::Free(free) => free.value.set(text),
        }
    }

    pub(super) fn described(self) -> Option<String> {
        match self {
            Self::Slot(slot) => Some(slot.described()),
            Self::Free(_) => None,
        }
    }

    pub(super) fn invalid(self) -> Box<dyn Fn() -> Option<&'static str>> {
        match self {
            Self::Slot(slot) => Box::new(slot.invalid()),
            Self::Free(_) => Box::new(|| None),
        }
    }

    pub(super) fn places(self) -> RwSignal<Option<&'static Places<'static>>> {
        match self {
            Self::Slot(slot) => slot.draft.places,
            Self::Free(free) => free.places,
        }
    }

    pub(super) fn need_places(self) {
        match self {
            Self::Slot(slot) => slot.draft.need_places(),
            Self::Free(free) => spawn_local(async move {
                places::load().await;
                let _ = free.places.try_set(places::get());
            }),
        }
    }
}
