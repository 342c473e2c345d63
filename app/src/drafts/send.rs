// SPDX-License-Identifier: EUPL-1.2
//! Sending a draft. It is sent when the edge has said so, and never before: until then the draft stays.

use contract::{endpoint::Present, flow, pratica::NewPratica, problem::FieldError};
use leptos::{prelude::*, task::spawn_local};

use super::Draft;
use crate::{
    api::{self, CallError},
    browser, routes,
};

/// How a sending goes.
#[derive(Clone, PartialEq)]
pub(crate) enum Sending {
    /// Nobody asked for it.
    No,
    /// On its way.
    Busy,
    /// There is no network: it was not sent.
    Waiting,
    /// The edge refused the answers, one by one.
    Refused(Vec<FieldError>),
    /// Something else went wrong; the sentence says what.
    Failed(String),
}

impl Draft {
    /// Sends what belongs to the path taken. A second press while one is on its way does nothing.
    pub(crate) fn send(self) {
        if self.sending.get_untracked() == Sending::Busy {
            return;
        }
        self.sending.set(Sending::Busy);
        spawn_local(self.try_to_send());
    }

    /// Sends again if a sending waits for the network.
    pub(super) fn retry(self) {
        if self.sending.get_untracked() == Sending::Waiting && self.session.signed_untracked() {
            self.send();
        }
    }

    async fn try_to_send(self) {
        self.kept.update_value(|kept| {
            if kept.key.is_empty() {
                kept.key = browser::uuid();
            }
            kept.waiting = true;
        });
        // The key is on the device before the request leaves: a retry after a crash creates nothing twice.
        self.write().await;
        let key = self.kept.with_value(|kept| kept.key.clone());
        let risposte = self.with_case_untracked(|case| flow::prune(self.service, case));
        let request = NewPratica {
            servizio: self.service.slug.to_owned(),
            risposte,
        };
        let answer = self
            .session
            .seen(api::call_once::<Present>(&[], &[], Some(&request), &key).await);
        let waiting = matches!(answer, Err(CallError::Offline));
        self.kept.update_value(|kept| kept.waiting = waiting);
        match answer {
            Ok(pratica) => {
                self.forget().await;
                // What is known has changed: a new visit asks for it again.
                self.reading.set_value(None);
                self.ready.set(false);
                routes::go(
                    &["/area-personale/pratiche/", &pratica.id, "?inviata=1"].concat(),
                    false,
                );
            }
            Err(CallError::Offline) => self.sending.set(Sending::Waiting),
            Err(CallError::Problem(problem)) if !problem.errors.is_empty() => {
                self.sending.set(Sending::Refused(problem.errors));
            }
            Err(error) if error.status() == 401 => self.sending.set(Sending::No),
            Err(error) => self.sending.set(Sending::Failed(error.sentence())),
        }
        if !waiting && self.started() {
            self.write().await;
        }
    }
}
