// SPDX-License-Identifier: EUPL-1.2
//! Who is signed in and until when. The cookie cannot be read by the page: the edge is asked.

use contract::endpoint::{Me, MeView, Renew, Role, SignOut};
use leptos::prelude::*;
use std::{future::Future, pin::Pin};

use crate::{
    api::{self, CallError},
    browser, routes,
};

/// Set while somebody is believed to be signed in on this device: who, and until when at most (`CODICE_FISCALE/ms`).
/// Whoever never signed in is not asked for; without a network it tells whose drafts may be opened.
const HINT: &str = "accesso";
/// The cookie with which the edge tells of a sign-in; it holds nothing.
const ENTERED: &str = "entrato";
/// Seconds before the end at which the person is warned.
const WARNING: f64 = 120.0;

/// What is known of the session.
#[derive(Clone, PartialEq)]
pub(crate) enum Who {
    /// The edge has not answered yet.
    Unknown,
    /// Nobody is signed in.
    Nobody,
    /// Somebody is.
    Person(Box<MeView>),
}

/// The session, one of the three contexts.
#[derive(Clone, Copy)]
pub(crate) struct Session {
    /// Who is there.
    pub(crate) who: RwSignal<Who>,
    /// True after a session has ended under the person's hands.
    pub(crate) expired: RwSignal<bool>,
    /// True while the warning is shown.
    pub(crate) warned: RwSignal<bool>,
    /// Who was signed in when the network was last there, while it cannot be asked.
    remembered: StoredValue<Option<String>>,
    /// When the edge ends the session, in ms.
    ends: StoredValue<f64>,
    /// How long somebody may be idle, in ms.
    idle: StoredValue<f64>,
    /// When the person last did something here, in ms.
    active: StoredValue<f64>,
    leaving: StoredValue<Vec<Leave>, LocalStorage>,
}

/// What has to be done before somebody is signed out.
pub(crate) type Leave = Box<dyn Fn() -> Pin<Box<dyn Future<Output = ()>>>>;

impl Session {
    /// A session of which nothing is known.
    pub(crate) fn new() -> Self {
        Self {
            who: RwSignal::new(Who::Unknown),
            expired: RwSignal::new(false),
            warned: RwSignal::new(false),
            remembered: StoredValue::new(None),
            ends: StoredValue::new(f64::MAX),
            idle: StoredValue::new(f64::MAX),
            active: StoredValue::new(browser::now()),
            leaving: StoredValue::new_local(Vec::new()),
        }
    }

    /// Says what has to be done before somebody is signed out.
    pub(crate) fn before_leaving(self, leave: Leave) {
        self.leaving.update_value(|all| all.push(leave));
    }

    /// Asks the edge who is there. Of somebody who never signed in here a page that is the same for all does not ask.
    pub(crate) fn start(self) {
        let entered = browser::take_cookie(ENTERED);
        let here = browser::here();
        let path = here.split('?').next().unwrap_or_default();
        let same_for_all = routes::page(path).is_the_same_for_all();
        if same_for_all && browser::setting(HINT).is_none() && !entered {
            self.who.set(Who::Nobody);
        } else {
            self.ask();
        }
        window_event_listener_untyped("online", move |_| {
            if self.remembered.with_value(Option::is_some) {
                self.ask();
            }
        });
        for name in ["keydown", "pointerdown"] {
            window_event_listener_untyped(name, move |_| self.active.set_value(browser::now()));
        }
        set_interval(move || self.tick(), std::time::Duration::from_secs(15));
    }

    fn ask(self) {
        leptos::task::spawn_local(async move {
            let answer = api::call::<Me>(&[], &[], None).await;
            self.learn(answer);
        });
    }

    fn learn(self, answer: Result<MeView, CallError>) {
        match answer {
            Ok(me) => {
                let last = browser::now() + f64::from(me.scade_comunque_tra) * 1000.0;
                let hint = [me.codice_fiscale.as_str(), "/", &last.to_string()].concat();
                browser::set_setting(HINT, Some(&hint));
                self.remembered.set_value(None);
                let end = f64::from(me.scade_tra.min(me.scade_comunque_tra)) * 1000.0;
                self.ends.set_value(browser::now() + end);
                // At a start and at a renewal the whole time is still there.
                self.idle.set_value(f64::from(me.scade_tra) * 1000.0);
                self.expired.set(false);
                self.warned.set(false);
                self.who.set(Who::Person(Box::new(me)));
            }
            Err(error) if error.status() == 401 => self.lost(),
            // Without an answer nothing is known; what needs a session says so by itself.
            Err(error) if self.who.with_untracked(|who| *who == Who::Unknown) => {
                if error == CallError::Offline {
                    self.remembered.set_value(remembered());
                }
                self.who.set(Who::Nobody)
            }
            Err(_) => {}
        }
    }

    /// The edge does not know the session any more. What was typed stays.
    pub(crate) fn lost(self) {
        browser::set_setting(HINT, None);
        self.remembered.set_value(None);
        self.ends.set_value(f64::MAX);
        self.warned.set(false);
        if self.signed_untracked() {
            self.expired.set(true);
        }
        self.who.set(Who::Nobody);
    }

    /// Looks at an answer: whoever is refused as a stranger has lost the session.
    pub(crate) fn seen<T>(self, answer: Result<T, CallError>) -> Result<T, CallError> {
        if answer.as_ref().is_err_and(|error| error.status() == 401) {
            self.lost();
        }
        answer
    }

    /// The person says to be there: the idle time starts again.
    pub(crate) fn renew(self) {
        self.active.set_value(browser::now());
        self.prolong();
    }

    fn prolong(self) {
        leptos::task::spawn_local(async move {
            let answer = api::call::<Renew>(&[], &[], None).await;
            self.learn(answer);
        });
    }

    /// Signs out and goes home.
    pub(crate) fn sign_out(self) {
        leptos::task::spawn_local(async move {
            let leaving = self
                .leaving
                .with_value(|all| all.iter().map(|leave| leave()).collect::<Vec<_>>());
            for leaving in leaving {
                leaving.await;
            }
            let _ = api::call::<SignOut>(&[], &[], None).await;
            browser::set_setting(HINT, None);
            let _ = window().location().set_href("/");
        });
    }

    /// Whoever works on the page is not idle, and the session goes on by itself. Whoever is not there any more is asked,
    /// and then signed out, also when the edge would still wait.
    fn tick(self) {
        if !self.signed_untracked() {
            return;
        }
        let now = browser::now();
        let left = (self.ends.get_value() - now) / 1000.0;
        let quiet = (self.active.get_value() + self.idle.get_value() - now) / 1000.0;
        let warned = self.warned.get_untracked();
        if left <= 0.0 {
            self.lost();
        } else if quiet <= 0.0 {
            leptos::task::spawn_local(async move {
                let _ = api::call::<SignOut>(&[], &[], None).await;
                self.lost();
            });
        } else if quiet <= WARNING {
            self.warned.set(true);
        } else if left <= WARNING || warned {
            self.prolong();
        }
    }

    /// Who is signed in, if anybody.
    pub(crate) fn person(self) -> Option<MeView> {
        self.who.with(|who| match who {
            Who::Person(me) => Some((**me).clone()),
            _ => None,
        })
    }

    /// The same, without watching for changes.
    pub(crate) fn person_untracked(self) -> Option<MeView> {
        self.who.with_untracked(|who| match who {
            Who::Person(me) => Some((**me).clone()),
            _ => None,
        })
    }

    /// The codice fiscale of who is signed in or, without a network, of who was; without watching for changes.
    pub(crate) fn codice_fiscale(self) -> Option<String> {
        self.who
            .with_untracked(|who| match who {
                Who::Person(me) => Some(me.codice_fiscale.clone()),
                _ => None,
            })
            .or_else(|| self.remembered.get_value())
    }

    /// True if somebody is signed in.
    pub(crate) fn signed(self) -> bool {
        self.who.with(|who| matches!(who, Who::Person(_)))
    }

    /// The same, without watching for changes.
    pub(crate) fn signed_untracked(self) -> bool {
        self.who.with_untracked(|who| matches!(who, Who::Person(_)))
    }

    /// True if an operator is signed in.
    pub(crate) fn is_operator(self) -> bool {
        self.who
            .with(|who| matches!(who, Who::Person(me) if me.ruolo == Role::Operatore))
    }
}

/// Who was signed in here, as long as that session can last.
fn remembered() -> Option<String> {
    let hint = browser::setting(HINT)?;
    let (person, last) = hint.split_once('/')?;
    (last.parse::<f64>().ok()? > browser::now()).then(|| person.to_owned())
}
