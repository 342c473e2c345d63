// SPDX-License-Identifier: EUPL-1.2
//! Keeping a document in one piece: between this tab and another, between this device and the personal space. Where two
//! versions meet that nobody has seen together, both stay until the person has chosen.

use leptos::prelude::set_timeout;
use leptos::task::spawn_local;

use super::{
    editor::{Editor, Saving},
    path,
    shelf::{self, Record, Written},
    space::{self, Seen, Told},
};
use crate::{
    api::CallError,
    browser,
    dom::*,
    routes, shell,
    texts::{self, tr},
};

/// Milliseconds of quiet, after the device has it, before the edge is told.
const QUIET: u64 = 1_500;
/// Milliseconds after which the edge is tried again when it does not answer.
const AGAIN: u64 = 10_000;

/// In place of a sentence why the edge does not have the last change: it was not told yet.
pub(super) const WAITS: &str = "…";

/// Another version of the document on the screen.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Rival {
    /// Written in another tab of this device, not on the edge.
    pub(super) tab: bool,
    /// It; none when the document was thrown away there.
    pub(super) other: Option<Record>,
    /// Where what is on the screen is kept meanwhile, when its own name is taken.
    aside: String,
}

/// What the person does with two versions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Choice {
    Mine,
    Theirs,
    Both,
}

impl Editor {
    fn name(self) -> Option<String> {
        let id = self.id.try_get_value()?;
        Some(shelf::name(&self.owner.try_get_value()?, self.letter, &id))
    }

    /// The change that this page last wrote or read.
    fn base(self) -> i64 {
        self.record
            .try_with_value(|record| record.changed)
            .unwrap_or_default()
    }

    fn set_base(self, changed: i64) {
        let _ = self
            .record
            .try_update_value(|record| record.changed = changed);
    }

    /// Writes the document on the device, and has the edge told.
    pub(super) fn save(self) {
        let Some(own) = self.name() else { return };
        let version = self.version.get_untracked();
        let base = self.base();
        self.record.update_value(|record| {
            record.changed = (browser::now() as i64).max(base + 1);
        });
        let record = self.record.get_value();
        let aside = self.aside();
        spawn_local(async move {
            let written = match aside {
                Some(aside) if shelf::keep(&aside, &record).await => Written::Done,
                Some(_) => Written::Failed,
                None => shelf::replace(&own, &record, base).await,
            };
            let state = match written {
                Written::Failed => Saving::Failed,
                Written::Done => {
                    shelf::forget_last(&own);
                    Saving::Done
                }
                Written::Other(other) => {
                    self.meet_tab(record, other).await;
                    Saving::Done
                }
            };
            // Whoever has left the page does not wait for it.
            if self.version.try_get_untracked() == Some(version) {
                let _ = self.saving.try_set(state);
                self.push_soon(version);
            }
        });
    }

    /// Notes what is on the screen where it is written at once, until it has come to the store.
    pub(super) fn note_last(self) {
        if let (Some(name), None) = (self.name(), self.aside()) {
            self.record
                .with_value(|record| shelf::note_last(&name, record));
        }
    }

    /// Where what is on the screen is kept while its own name is taken.
    fn aside(self) -> Option<String> {
        let rival = self.rival.try_get_untracked().flatten()?;
        (!rival.aside.is_empty()).then_some(rival.aside)
    }

    /// Somebody has written in another tab. What is on this screen is put aside before anything else.
    async fn meet_tab(self, mine: Record, other: Option<Record>) {
        let Some(owner) = self.owner.try_get_value() else {
            return;
        };
        let known = self.aside();
        let aside = match known.clone() {
            Some(aside) => aside,
            None => shelf::name(&owner, self.letter, &browser::uuid()),
        };
        if known.is_none() {
            self.meet(Rival {
                tab: true,
                other,
                aside: aside.clone(),
            });
        }
        let copy = Record {
            etag: String::new(),
            synced: 0,
            ..mine
        };
        shelf::keep(&aside, &copy).await;
    }

    fn meet(self, rival: Rival) {
        let _ = self.rival.try_set(Some(rival));
        shell::announce(tr("ui/cv/rival/title", "Ci sono due versioni"));
    }

    fn push_soon(self, version: u32) {
        if self.owner.with_value(String::is_empty) {
            return;
        }
        self.space.set(WAITS.to_owned());
        set_timeout(
            move || {
                if self.version.try_get_untracked() == Some(version) {
                    self.push();
                }
            },
            std::time::Duration::from_millis(QUIET),
        );
    }

    /// Tells the edge what it has not heard; the newest change wins over those before it.
    pub(super) fn push(self) {
        let free = self.rival.try_get_untracked() == Some(None);
        let (Some(owner), Some(id)) = (self.owner.try_get_value(), self.id.try_get_value()) else {
            return;
        };
        if !free || owner.is_empty() || self.pushing.get_value() {
            return;
        }
        self.pushing.set_value(true);
        let (session, letter) = (self.session, self.letter);
        spawn_local(async move {
            let told = space::push(session, &owner, letter, &id).await;
            let _ = self.pushing.try_set_value(false);
            let base = self.base();
            match told {
                Told::Kept => {
                    let _ = self.space.try_set(String::new());
                    // What was written meanwhile is told next.
                    let name = shelf::name(&owner, letter, &id);
                    if shelf::read(&name)
                        .await
                        .is_some_and(|record| record.waits())
                    {
                        self.push();
                    }
                }
                Told::Other(there) if self.is_same(there.as_ref()) => {
                    let etag = there.map(|there| there.etag).unwrap_or_default();
                    space::mark(&shelf::name(&owner, letter, &id), etag, base).await;
                    let _ = self.space.try_set(String::new());
                }
                Told::Other(there) => self.meet(Rival {
                    tab: false,
                    other: there,
                    aside: String::new(),
                }),
                Told::Failed(error) => self.not_told(&error),
            }
        });
    }

    fn is_same(self, there: Option<&Record>) -> bool {
        self.record
            .try_with_value(|record| there.is_some_and(|there| there.doc == record.doc))
            .unwrap_or(false)
    }

    fn not_told(self, error: &CallError) {
        let sentence = match error.status() {
            0 => tr("ui/cv/space/offline", "Salvato su questo dispositivo. Va nel tuo spazio personale appena torna la rete.").to_owned(),
            409 => tr("ui/cv/space/full", "Salvato su questo dispositivo. Nel tuo spazio personale hai già 20 documenti di questo tipo: eliminane uno per tenere anche questo.").to_owned(),
            401 => tr("ui/cv/space/signed_out", "Salvato su questo dispositivo. Entra di nuovo per salvarlo nel tuo spazio personale.").to_owned(),
            422 => tr("ui/cv/space/refused", "Salvato su questo dispositivo. Per il tuo spazio personale correggi prima i campi segnati.").to_owned(),
            _ => error.sentence(),
        };
        if self.space.try_get_untracked().as_ref() != Some(&sentence) {
            shell::announce(&sentence);
            let _ = self.space.try_set(sentence);
        }
        if matches!(error.status(), 0 | 429 | 503) {
            set_timeout(move || self.push(), std::time::Duration::from_millis(AGAIN));
        }
    }

    /// Looks whether another tab or another device has gone on meanwhile.
    pub(super) fn look_around(self) {
        let busy = self.rival.try_get_untracked() != Some(None)
            || self.saving.try_get_untracked() != Some(Saving::Done);
        let (Some(name), false) = (self.name(), busy) else {
            return;
        };
        spawn_local(async move {
            let here = shelf::read(&name).await;
            let here = match here {
                Some(here) if here.changed > self.base() => {
                    self.adopt(here.clone());
                    here
                }
                Some(here) => here,
                // Thrown away in another tab: the next change asks.
                None => return,
            };
            let (Some(owner), Some(id)) = (self.owner.try_get_value(), self.id.try_get_value())
            else {
                return;
            };
            if owner.is_empty() || !self.session.signed_untracked() {
                return;
            }
            if here.etag.is_empty() {
                return self.push();
            }
            match space::look(self.session, self.letter, &id, &here.etag).await {
                Seen::Same if here.waits() => self.push(),
                Seen::Same => {
                    let _ = self.space.try_set(String::new());
                }
                Seen::Other(there) if self.is_same(Some(&there)) => {
                    space::mark(&name, there.etag, here.changed).await;
                    let _ = self.space.try_set(String::new());
                }
                Seen::Other(other) => {
                    let typing = self.saving.try_get_untracked() != Some(Saving::Done)
                        || self.base() != here.changed;
                    if here.waits() || typing {
                        self.meet(Rival {
                            tab: false,
                            other: Some(other),
                            aside: String::new(),
                        });
                    } else if shelf::keep(&name, &other).await {
                        self.adopt(other);
                        let _ = self.space.try_set(String::new());
                    }
                }
                Seen::Gone => self.meet(Rival {
                    tab: false,
                    other: None,
                    aside: String::new(),
                }),
                Seen::Unknown => {}
            }
        });
    }

    /// Shows a version that was written elsewhere, when nothing here is lost by it.
    fn adopt(self, record: Record) {
        self.take(record);
        shell::announce(tr(
            "ui/cv/space/arrived",
            "Aggiornato: era cambiato altrove.",
        ));
    }

    /// The person has chosen.
    pub(super) fn choose(self, choice: Choice) {
        let (Some(rival), Some(name)) = (self.rival.get_untracked(), self.name()) else {
            return;
        };
        let (owner, letter) = (self.owner.get_value(), self.letter);
        let mine = self.record.get_value();
        spawn_local(async move {
            if choice == Choice::Both {
                let mut doc = mine.doc.clone();
                let title = texts::with(
                    tr("ui/cv/copy_of", "{valore} (copia)"),
                    &shelf::title(letter, &doc),
                );
                let title: String = title.chars().take(120).collect();
                path::set(&mut doc, "x_title", Some(title.into()));
                let Some(copy) = shelf::add(&owner, letter, doc).await else {
                    let _ = self.saving.try_set(Saving::Failed);
                    return;
                };
                if !owner.is_empty() {
                    space::push(self.session, &owner, letter, &copy).await;
                }
            }
            // What has taken its name in the meantime is shown again: nothing is written over unseen.
            let base = if rival.tab {
                rival.other.as_ref().map_or(0, |other| other.changed)
            } else {
                self.base()
            };
            if let (false, Some(other)) = (rival.tab, &rival.other) {
                let synced = if choice == Choice::Mine { 0 } else { base };
                space::mark(&name, other.etag.clone(), synced).await;
            }
            if !rival.aside.is_empty() {
                shelf::forget(&rival.aside).await;
            }
            let gone = rival.other.is_none();
            if gone && choice == Choice::Theirs {
                shelf::forget(&name).await;
                let _ = self.saving.try_set(Saving::Done);
                return routes::go("/cv", true);
            }
            if gone {
                space::mark(&name, String::new(), 0).await;
            }
            self.set_base(base);
            let _ = self.rival.try_set(None);
            match rival.other {
                Some(other) if choice != Choice::Mine => self.alter(move |doc| *doc = other.doc),
                _ => self.save(),
            }
            browser::focus_title();
        });
    }
}
