// SPDX-License-Identifier: EUPL-1.2
//! `/cv`: the CVs and letters on this device and in the personal space. Make a new one, make a copy for another ad, take
//! one away, keep one in the space, say that one still holds.

use std::{future::Future, pin::Pin};

use leptos::prelude::{on_cleanup, window_event_listener_untyped};
use leptos::task::spawn_local;
use serde_json::Value;

use super::{
    items::focus_later,
    path,
    shelf::{self, Entry, Record},
    space::{self, Told},
};
use crate::{
    api::CallError,
    dom::*,
    routes,
    session::{Session, Who},
    shell,
    texts::{self, tr},
    ui,
};

mod forget;
mod offer;
mod row;

/// Something that may fail; ends with the id that gets the focus.
type Work = Pin<Box<dyn Future<Output = Result<String, CallError>>>>;

/// A document on the page.
#[derive(Debug, Clone, PartialEq)]
struct Row {
    entry: Entry,
    /// What the edge says of it.
    kept: Option<Value>,
    /// It is on this device too.
    here: bool,
}

impl Row {
    fn title(&self) -> String {
        let kept = self.kept("titolo");
        if kept.is_empty() || self.entry.record.waits() {
            self.entry.title()
        } else {
            kept.to_owned()
        }
    }

    /// A text of what the edge says.
    fn kept(&self, key: &str) -> &str {
        self.kept.as_ref().map_or("", |kept| path::text(kept, key))
    }

    fn key(&self) -> String {
        shelf::name(&self.entry.owner, self.entry.letter, &self.entry.id)
    }
}

/// The page with all that it holds.
#[derive(Clone, Copy)]
struct Shelf {
    session: Session,
    rows: RwSignal<Option<Vec<Row>>>,
    /// The key of the one that is about to be thrown away.
    doomed: RwSignal<String>,
    /// What went wrong, until something else is done.
    trouble: RwSignal<String>,
    /// Something was thrown away that the edge still has.
    away: RwSignal<bool>,
    /// The keys of those that were brought to this device while the list stood.
    brought: RwSignal<Vec<String>>,
}

/// The page.
pub(crate) fn page() -> AnyView {
    let session = expect_context::<Session>();
    space::prepare(session);
    let shelf = Shelf {
        session,
        rows: RwSignal::new(None),
        doomed: RwSignal::new(String::new()),
        trouble: RwSignal::new(String::new()),
        away: RwSignal::new(false),
        brought: RwSignal::new(Vec::new()),
    };
    let online = window_event_listener_untyped("online", move |_| {
        if shelf.session.signed_untracked() {
            spawn_local(shelf.load());
        }
    });
    on_cleanup(move || online.remove());
    Effect::new(move |_| {
        let who = session.who.get();
        spawn_local(async move {
            texts::load_cv().await;
            shelf::settle().await;
            if who == Who::Nobody && session.codice_fiscale().is_none() {
                shelf::sweep("").await;
            }
            shelf.load().await;
        });
    });
    let body = move || match shelf.rows.get() {
        None => ui::waiting(),
        Some(all) => shown(&all, shelf),
    };
    // A text that is there before those of the editor have come.
    let title = tr("ui/nav/cv", "CV e lettere");
    ui::page(&[], title, body.into_any())
}

impl Shelf {
    fn owner(self) -> String {
        self.session.codice_fiscale().unwrap_or_default()
    }

    /// Shows what is on the device, then what the edge says.
    async fn load(self) {
        let owner = self.owner();
        let rows = local(&owner).await;
        let signed = self.session.signed_untracked();
        if !signed || self.rows.try_get_untracked() == Some(None) {
            let _ = self.rows.try_set(Some(rows.clone()));
        }
        let compared = if signed {
            self.compare(&owner, &rows).await
        } else {
            Ok(())
        };
        let away = !owner.is_empty() && !shelf::doomed(&owner).await.is_empty();
        let _ = self.away.try_set(away);
        if let Err(error) = compared {
            self.show_what_is_here(&owner).await;
            // What waits for the network is said already.
            if !away || error.status() != 0 {
                self.fail(&error);
            }
        }
    }

    /// Shows what is on the device, beside what the edge said when it last answered.
    async fn show_what_is_here(self, owner: &str) {
        let before = self.rows.try_get_untracked().flatten().unwrap_or_default();
        let mut rows = local(owner).await;
        let away = shelf::doomed(owner).await;
        for old in before {
            match rows.iter_mut().find(|row| row.key() == old.key()) {
                Some(row) => row.kept = old.kept,
                None if old.here || away.iter().any(|gone| gone.1 == old.entry.id) => {}
                None => rows.push(old),
            }
        }
        let rows = shelf::newest_first(rows, &|row| row.entry.record.changed);
        let _ = self.rows.try_set(Some(rows));
    }

    /// Tells the edge what it has not heard, and shows the two side by side.
    async fn compare(self, owner: &str, before: &[Row]) -> Result<(), CallError> {
        space::throw_away_there(self.session, owner).await?;
        let waiting = before.iter().map(|row| &row.entry);
        for entry in waiting.filter(|entry| !entry.owner.is_empty() && entry.record.waits()) {
            let told = space::push(self.session, owner, entry.letter, &entry.id).await;
            // What has to be mended is told where it is mended.
            if let Told::Failed(error) = told
                && error.status() == 409
            {
                self.fail(&error);
            }
        }
        let mut lists = [
            space::list(self.session, false).await?,
            space::list(self.session, true).await?,
        ];
        let mut rows = Vec::new();
        for mut row in local(owner).await {
            let list = &mut lists[usize::from(row.entry.letter)];
            if !row.entry.owner.is_empty() {
                let there = list
                    .iter()
                    .position(|kept| path::text(kept, "id") == row.entry.id);
                row.kept = there.map(|index| list.swap_remove(index));
                let record = &row.entry.record;
                if row.kept.is_none() && !record.etag.is_empty() && !record.waits() {
                    // Thrown away on another device.
                    shelf::forget(&row.key()).await;
                    continue;
                }
            }
            rows.push(row);
        }
        for (letter, list) in [false, true].into_iter().zip(lists) {
            rows.extend(list.into_iter().map(|kept| elsewhere(owner, letter, kept)));
        }
        let rows = shelf::newest_first(rows, &|row| row.entry.record.changed);
        let _ = self.brought.try_set(Vec::new());
        let _ = self.rows.try_set(Some(rows.clone()));
        spawn_local(self.bring(rows));
        Ok(())
    }

    /// Brings what only the edge has, or has newer, to this device: then it opens without a network.
    async fn bring(self, rows: Vec<Row>) {
        let stale = |row: &&Row| {
            let record = &row.entry.record;
            !row.here || !record.waits() && row.kept("etag") != record.etag
        };
        for row in rows.iter().filter(|row| row.kept.is_some()).filter(stale) {
            let entry = &row.entry;
            let (session, owner) = (self.session, &entry.owner);
            // Whoever goes on to another page does not wait for the rest.
            let there = self.rows.try_with_untracked(|_| ()).is_some();
            if !there || session.codice_fiscale().as_ref() != Some(owner) {
                return;
            }
            let brought = space::bring(session, owner, entry.letter, &entry.id).await;
            if brought.is_some() {
                let _ = self.brought.try_update(|all| all.push(row.key()));
            }
        }
    }

    fn fail(self, error: &CallError) {
        let sentence = error.sentence();
        shell::announce(&sentence);
        let _ = self.trouble.try_set(sentence);
    }

    /// Does something that may fail, and shows what is there then.
    fn act(self, work: Work, said: &'static str) {
        self.trouble.set(String::new());
        spawn_local(async move {
            let done = work.await;
            self.load().await;
            match done {
                Ok(focus) => {
                    if self.trouble.with_untracked(String::is_empty) {
                        shell::announce(said);
                    }
                    focus_later(focus);
                }
                Err(error) => self.fail(&error),
            }
        });
    }
}

async fn local(owner: &str) -> Vec<Row> {
    let all = shelf::all(owner).await.into_iter();
    all.map(|entry| Row {
        entry,
        kept: None,
        here: true,
    })
    .collect()
}

fn elsewhere(owner: &str, letter: bool, kept: Value) -> Row {
    let changed = js_sys::Date::parse(path::text(&kept, "cambiato_il")) as i64;
    Row {
        entry: Entry {
            owner: owner.to_owned(),
            letter,
            id: path::text(&kept, "id").to_owned(),
            record: Record {
                changed,
                synced: changed,
                ..Record::default()
            },
        },
        kept: Some(kept),
        here: false,
    }
}

fn shown(all: &[Row], shelf: Shelf) -> AnyView {
    let part = |letter: bool, title: &'static str, none: &'static str, new: &'static str| {
        let mine: Vec<_> = all
            .iter()
            .filter(|row| row.entry.letter == letter)
            .collect();
        let rows: Vec<_> = mine.iter().map(|one| row::draw(one, shelf)).collect();
        let empty = mine.is_empty();
        let (class, id) = if letter {
            ("btn btn-outline-primary", "new-letter")
        } else {
            ("btn btn-primary", "new-cv")
        };
        el("section")
            .at("class", "cv-shelf")
            .with(el("h2").with(title))
            .with(empty.then(|| el("p").with(none)))
            .with((!empty).then(|| el("ul").at("class", "item-list").with(many(rows))))
            .with(
                el("button")
                    .at("type", "button")
                    .at("class", class)
                    .at("id", id)
                    .on("click", move |_| open_new(letter, shelf))
                    .with(new),
            )
            .into_any()
    };
    let lead = if shelf.session.signed() {
        tr(
            "ui/cv/lead_signed",
            "Scrivi il tuo CV e la lettera di presentazione e scarica il PDF. Quelli nel tuo spazio personale li ritrovi su ogni dispositivo.",
        )
    } else {
        tr(
            "ui/cv/lead",
            "Scrivi il tuo CV e la lettera di presentazione e scarica il PDF. Non devi entrare: tutto resta su questo dispositivo.",
        )
    };
    many(vec![
        el("p").at("class", "lead").with(lead).into_any(),
        (move || {
            let why = shelf.trouble.get();
            (!why.is_empty()).then(|| {
                el("p")
                    .at("class", "notice warning")
                    .at("role", "alert")
                    .with(why)
            })
        })
        .into_any(),
        forget::waiting(shelf),
        offer::draw(all, shelf),
        part(
            false,
            tr("ui/cv/cvs", "I tuoi CV"),
            tr(
                "ui/cv/cvs/none",
                "Non ne hai ancora. Per il primo bastano nome, contatti e quello che sai fare.",
            ),
            tr("ui/cv/new", "Crea un CV"),
        ),
        part(
            true,
            tr("ui/cv/letters", "Le tue lettere"),
            tr(
                "ui/cv/letters/none",
                "Una lettera breve dice perché vuoi proprio quel lavoro. Ti aiutiamo con domande ed esempi.",
            ),
            tr("ui/cv/new_letter", "Scrivi una lettera"),
        ),
        forget::dialog(shelf),
    ])
}

fn open_new(letter: bool, shelf: Shelf) {
    spawn_local(async move {
        match shelf::add(&shelf.owner(), letter, shelf::empty(letter)).await {
            Some(id) => routes::go(&shelf::address(letter, &id), false),
            None => no_store(shelf),
        }
    });
}

fn no_store(shelf: Shelf) {
    let _ = shelf.trouble.try_set(
        tr("ui/cv/no_store", "Questo browser non ci lascia salvare: forse sei in una finestra privata o manca spazio.").to_owned(),
    );
}
