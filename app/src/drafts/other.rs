// SPDX-License-Identifier: EUPL-1.2
//! Two devices, two versions of the answers: the newer one is shown, the other is kept until the person has chosen.

use contract::{
    answers::Answers,
    endpoint::{self, ReadDraft},
    service::Field,
};
use leptos::{prelude::*, task::spawn_local};
use serde::{Deserialize, Serialize};

use super::{Draft, Kept, Sending};
use crate::{api, store};

/// The version that is not shown.
#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct Other {
    kept: Kept,
    /// True if it was written on this device.
    pub(crate) here: bool,
}

impl Other {
    /// Its answers.
    pub(crate) fn answers(&self) -> &Answers {
        &self.kept.answers
    }

    /// When it was last changed, in milliseconds since 1970.
    pub(crate) fn changed(&self) -> i64 {
        self.kept.changed
    }
}

/// What comes of the draft on this device and the one on the edge: the version to be shown and, when both have changes
/// that the other lacks, the other one.
pub(super) fn merge(mine: Option<Kept>, edge: endpoint::Draft) -> (Kept, Option<Other>) {
    let theirs = Kept {
        version: edge.versione,
        answers: edge.risposte,
        changed: edge.cambiata_il,
        synced: edge.cambiata_il,
        ..Kept::default()
    };
    let Some(mine) = mine.filter(|mine| !mine.answers.is_empty()) else {
        return (theirs, None);
    };
    if mine.answers == theirs.answers || mine.synced == theirs.changed {
        let synced = theirs.changed;
        return (Kept { synced, ..mine }, None);
    }
    if mine.changed <= mine.synced {
        return (theirs, None);
    }
    let here = mine.changed < theirs.changed;
    let (shown, other) = if here {
        (theirs, mine)
    } else {
        let synced = theirs.changed;
        (Kept { synced, ..mine }, theirs)
    };
    let other = Other { kept: other, here };
    (shown, Some(other))
}

impl Draft {
    fn aside(self) -> String {
        [self.name().as_str(), "/altra"].concat()
    }

    /// Keeps the other version until the person has chosen; without one, looks for what was kept before.
    pub(super) async fn set_aside(self, other: Option<Other>) {
        let name = self.aside();
        let other = match other {
            Some(other) => {
                if let Ok(text) = serde_json::to_string(&other) {
                    store::write(&name, Some(&text)).await;
                }
                Some(other)
            }
            None => store::read(&name)
                .await
                .and_then(|text| serde_json::from_str(&text).ok()),
        };
        self.other.set(other);
    }

    /// Throws the other version away.
    pub(super) async fn drop_other(self) {
        self.other.set(None);
        store::write(&self.aside(), None).await;
    }

    /// Looks whether another device has gone on meanwhile: people come back to a page that they had left open.
    pub(super) fn look_around(self) {
        let busy = self.sending.get_untracked() == Sending::Busy;
        if busy || !self.ready.get_untracked() || !self.session.signed_untracked() {
            return;
        }
        spawn_local(async move {
            let Ok(edge) = api::call::<ReadDraft>(&[self.service.slug], &[], None).await else {
                return;
            };
            let newer = self.kept.with_value(|kept| kept.synced < edge.cambiata_il);
            if newer && self.answers.with_untracked(|mine| *mine != edge.risposte) {
                self.reading.set_value(None);
                self.open();
            }
        });
    }

    /// The person has chosen: what is shown, or the other version.
    pub(crate) fn choose(self, take_other: bool) {
        let other = self.other.get_untracked();
        spawn_local(async move {
            if let Some(mut other) = other.filter(|_| take_other) {
                if other.kept.version != self.service.version {
                    self.carry_over(&mut other.kept);
                }
                self.ready.set(false);
                self.answers.set(other.kept.answers);
                self.touch();
                self.ready.set(true);
            }
            self.drop_other().await;
        });
    }

    /// The questions that the two versions answer differently.
    pub(crate) fn differing(self, other: &Other) -> Vec<&'static Field> {
        let steps = self.service.steps.iter();
        self.answers.with_untracked(|shown| {
            steps
                .filter(|step| step.repeat.is_none())
                .flat_map(|step| step.fields)
                .filter(|field| shown.get(field.id) != other.answers().get(field.id))
                .collect()
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kept(email: &str, changed: i64, synced: i64) -> Kept {
        Kept {
            answers: Answers::from([("email", email)]),
            changed,
            synced,
            ..Kept::default()
        }
    }

    fn edge(email: &str, changed: i64) -> endpoint::Draft {
        endpoint::Draft {
            versione: 1,
            risposte: Answers::from([("email", email)]),
            cambiata_il: changed,
        }
    }

    #[track_caller]
    fn check(mine: Option<Kept>, theirs: endpoint::Draft, shown: &str, other: Option<&str>) {
        let (kept, found) = merge(mine, theirs);
        assert_eq!(kept.answers.text("email"), Some(shown));
        let found = found
            .as_ref()
            .and_then(|other| other.answers().text("email"));
        assert_eq!(found, other);
    }

    #[test]
    fn a_device_with_nothing_new_takes_what_the_edge_has() {
        check(None, edge("b", 5), "b", None);
        check(Some(kept("a", 3, 3)), edge("b", 5), "b", None);
    }

    #[test]
    fn what_the_edge_has_not_heard_yet_stays() {
        check(Some(kept("a", 7, 5)), edge("b", 5), "a", None);
        check(Some(kept("a", 7, 0)), edge("a", 5), "a", None);
    }

    #[test]
    fn changes_on_both_sides_are_shown_newer_first() {
        check(Some(kept("a", 4, 3)), edge("b", 5), "b", Some("a"));
        check(Some(kept("a", 6, 3)), edge("b", 5), "a", Some("b"));
        let (_, other) = merge(Some(kept("a", 4, 3)), edge("b", 5));
        assert!(other.is_some_and(|other| other.here));
    }
}
