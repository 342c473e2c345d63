// SPDX-License-Identifier: EUPL-1.2
//! Drafts: one for each service, saved on the device at every change and, for who is signed in, on the edge as well.
//! A draft outlives the page, the session and the network; only the edge's answer that a request was received ends it.

use contract::{
    answers::{Answer, Answers},
    endpoint::{DropDraft, FileView, KeepDraft},
    facts::Facts,
    flow::{self, Walk},
    service::{Case, Service, Step},
    services,
    values::place::Places,
};
use leptos::{prelude::*, task::spawn_local};
use serde::{Deserialize, Serialize};

use crate::{api, browser, dates, places, session::Session, store};

mod files;
mod other;
mod read;
mod send;

pub(crate) use other::Other;
pub(crate) use send::Sending;

/// Milliseconds without a change before the device writes.
const DEBOUNCE: u64 = 250;
/// Milliseconds more before the edge is told.
const DEBOUNCE_EDGE: u64 = 900;

/// Where the answers are.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Save {
    /// Nothing was typed yet.
    Nothing,
    /// About to be written.
    Soon,
    /// On this device.
    Device,
    /// On this device and on the edge.
    Edge,
    /// On the edge only: this device keeps nothing.
    EdgeOnly,
    /// Nowhere but in this page.
    Failed,
}

/// A draft as the device keeps it.
#[derive(Clone, Default, Serialize, Deserialize)]
#[serde(default)]
struct Kept {
    version: u32,
    answers: Answers,
    changed: i64,
    /// The change that the edge was last known to have.
    synced: i64,
    /// Ids that were filled in once from what is known: whoever empties them is not overruled.
    prefilled: Vec<String>,
    /// Names the one attempt to send these answers.
    key: String,
    /// True while a sending waits for the network.
    waiting: bool,
}

/// The draft of one service, alive as long as the page.
#[derive(Clone, Copy)]
pub(crate) struct Draft {
    /// The service.
    pub(crate) service: &'static Service,
    /// The answers as they are typed.
    pub(crate) answers: RwSignal<Answers>,
    /// What is known of the person.
    pub(crate) facts: RwSignal<Facts>,
    /// The list of places, once it is loaded.
    pub(crate) places: RwSignal<Option<&'static Places<'static>>>,
    /// The person's files, once they were asked for.
    pub(crate) files: RwSignal<Option<Vec<FileView>>>,
    /// True once draft and facts are read.
    pub(crate) ready: RwSignal<bool>,
    /// Where the answers are.
    pub(crate) save: RwSignal<Save>,
    /// What the person has to be told about this draft.
    pub(crate) notes: RwSignal<Vec<String>>,
    /// Another version of the answers, written on another device.
    pub(crate) other: RwSignal<Option<Other>>,
    /// How the sending goes.
    pub(crate) sending: RwSignal<Sending>,
    session: Session,
    kept: StoredValue<Kept>,
    generation: StoredValue<u64>,
    /// For whom it was read, and whether the edge could be asked.
    reading: StoredValue<Option<(Option<String>, bool)>>,
}

/// All drafts, one of the three contexts.
#[derive(Clone, Copy)]
pub(crate) struct DraftStore {
    drafts: StoredValue<Vec<Draft>>,
    owner: StoredValue<Owner>,
}

impl DraftStore {
    /// Called once, by the outermost owner, so that drafts live as long as the page. It knows no service yet: the home
    /// page does not carry them.
    pub(crate) fn new() -> Self {
        Self {
            drafts: StoredValue::new(Vec::new()),
            owner: StoredValue::new(Owner::current().unwrap_or_default()),
        }
    }

    /// A draft for each service, the first time that one is asked for.
    fn fill(self) {
        if self.drafts.with_value(|drafts| !drafts.is_empty()) {
            return;
        }
        let session = expect_context::<Session>();
        let drafts: Vec<Draft> = self.owner.get_value().with(|| {
            services::known()
                .map(|service| Draft::new(service, session))
                .collect()
        });
        for event in ["pagehide", "visibilitychange"] {
            let drafts = drafts.clone();
            window_event_listener_untyped(event, move |_| {
                drafts.iter().for_each(|draft| draft.flush())
            });
        }
        let coming_back = drafts.clone();
        window_event_listener_untyped("visibilitychange", move |_| {
            if !document().hidden() {
                coming_back.iter().for_each(|draft| draft.look_around())
            }
        });
        let waiting = drafts.clone();
        window_event_listener_untyped("online", move |_| {
            waiting.iter().for_each(|draft| draft.retry())
        });
        self.drafts.set_value(drafts);
        session.before_leaving(Box::new(move || Box::pin(self.leave())));
    }

    /// The draft of a service.
    pub(crate) fn of(self, slug: &str) -> Option<Draft> {
        self.fill();
        self.drafts.with_value(|drafts| {
            drafts
                .iter()
                .find(|draft| draft.service.slug == slug)
                .copied()
        })
    }

    /// Signing out takes a person's answers off this device, as far as the edge has them.
    async fn leave(self) {
        for draft in self.drafts.get_value() {
            draft.leave().await;
        }
    }
}

impl Draft {
    fn new(service: &'static Service, session: Session) -> Self {
        Self {
            service,
            answers: RwSignal::new(Answers::new()),
            facts: RwSignal::new(Facts::nobody(dates::today())),
            places: RwSignal::new(None),
            files: RwSignal::new(None),
            ready: RwSignal::new(false),
            save: RwSignal::new(Save::Nothing),
            notes: RwSignal::new(Vec::new()),
            other: RwSignal::new(None),
            sending: RwSignal::new(Sending::No),
            session,
            kept: StoredValue::new(Kept::default()),
            generation: StoredValue::new(0),
            reading: StoredValue::new(None),
        }
    }

    /// The name on the device: a person's own answers never show up under another person's hands.
    fn name(&self) -> String {
        match self.session.codice_fiscale() {
            Some(person) => [self.service.slug, "/", &person].concat(),
            None => self.service.slug.to_owned(),
        }
    }

    /// Writes an answer and has it saved soon.
    pub(crate) fn set(self, id: &str, answer: Answer) {
        self.answers.update(|answers| answers.set(id, answer));
        self.touch();
    }

    fn touch(self) {
        self.save.set(Save::Soon);
        let mut now = self.generation.get_value();
        now += 1;
        self.generation.set_value(now);
        self.kept.update_value(|kept| {
            // Clocks of devices differ: a change is always newer than what it changes.
            kept.changed = (browser::now() as i64).max(kept.synced + 1);
            // Other answers are another request to the edge: the old key would be refused with them.
            kept.key.clear();
            kept.waiting = false;
        });
        if self.sending.get_untracked() != Sending::Busy {
            self.sending.set(Sending::No);
        }
        let same = move || self.generation.try_get_value() == Some(now);
        set_timeout(
            move || {
                if same() {
                    self.flush()
                }
            },
            std::time::Duration::from_millis(DEBOUNCE),
        );
        let edge = move || {
            if same() && self.session.signed_untracked() {
                spawn_local(self.tell_edge());
            }
        };
        set_timeout(edge, std::time::Duration::from_millis(DEBOUNCE_EDGE));
    }

    /// Writes at once what is not written yet.
    pub(crate) fn flush(self) {
        if self.save.get_untracked() == Save::Soon {
            spawn_local(async move {
                self.write().await;
            });
        }
    }

    async fn write(self) {
        let kept = Kept {
            answers: self.answers.get_untracked(),
            version: self.service.version,
            ..self.kept.get_value()
        };
        let Ok(text) = serde_json::to_string(&kept) else {
            return;
        };
        self.kept.set_value(kept);
        let written = store::write(&self.name(), Some(&text)).await;
        self.save
            .set(if written { Save::Device } else { Save::Failed });
    }

    async fn tell_edge(self) {
        let answers = self.answers.get_untracked();
        let changed = self.kept.with_value(|kept| kept.changed);
        let draft = contract::endpoint::Draft {
            versione: self.service.version,
            risposte: answers,
            cambiata_il: changed,
        };
        let told = self
            .session
            .seen(api::call::<KeepDraft>(&[self.service.slug], &[], Some(&draft)).await);
        // Only what was told is safe there: a later change starts over.
        if told.is_ok() && self.kept.with_value(|kept| kept.changed) == changed {
            self.kept.update_value(|kept| kept.synced = changed);
            if self.save.get_untracked() != Save::Failed {
                self.write().await;
            }
            let alone = self.save.get_untracked() == Save::Failed;
            self.save
                .set(if alone { Save::EdgeOnly } else { Save::Edge });
        }
    }

    async fn leave(self) {
        if self.started() {
            self.write().await;
            self.tell_edge().await;
        }
        if matches!(self.save.get_untracked(), Save::Edge | Save::EdgeOnly) {
            store::write(&self.name(), None).await;
        }
    }

    /// True if the person has begun.
    pub(crate) fn started(self) -> bool {
        self.kept.with_value(|kept| kept.changed > 0)
    }

    /// Throws the answers away and begins anew.
    pub(crate) async fn start_over(self) {
        self.forget().await;
        let mut kept = Kept {
            version: self.service.version,
            ..Kept::default()
        };
        self.prefill(&mut kept);
        self.answers.set(kept.answers.clone());
        self.kept.set_value(kept);
    }

    /// Takes the draft away, here and on the edge.
    async fn forget(self) {
        self.generation.update_value(|generation| *generation += 1);
        self.save.set(Save::Nothing);
        self.sending.set(Sending::No);
        self.notes.set(Vec::new());
        self.kept.set_value(Kept::default());
        self.answers.set(Answers::new());
        store::write(&self.name(), None).await;
        self.drop_other().await;
        if self.session.signed_untracked() {
            let _ = api::call::<DropDraft>(&[self.service.slug], &[], None).await;
        }
    }

    /// Loads the list of places, once.
    pub(crate) fn need_places(self) {
        if self.places.get_untracked().is_none() {
            spawn_local(async move {
                if places::load().await {
                    self.places.set(places::get());
                }
            });
        }
    }

    /// Hands the case, as it stands, to a question about it; watches the answers.
    pub(crate) fn with_case<T>(self, ask: impl FnOnce(Case<'_>) -> T) -> T {
        self.answers.track();
        self.facts.track();
        self.with_case_untracked(ask)
    }

    /// The same, without watching.
    pub(crate) fn with_case_untracked<T>(self, ask: impl FnOnce(Case<'_>) -> T) -> T {
        let places = self.places.get_untracked();
        self.facts.with_untracked(|facts| {
            self.answers.with_untracked(|answers| {
                ask(Case {
                    answers,
                    facts,
                    places,
                })
            })
        })
    }

    /// How far the person got.
    pub(crate) fn walk(self) -> Walk<'static> {
        self.with_case_untracked(|case| flow::walk(self.service, case))
    }

    /// The steps of this person's path.
    pub(crate) fn path(self) -> Vec<&'static Step> {
        self.with_case_untracked(|case| flow::path(self.service, case).collect())
    }
}
