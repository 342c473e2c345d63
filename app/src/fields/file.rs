// SPDX-License-Identifier: EUPL-1.2
//! A file: chosen, looked at before it leaves, sent at once with its progress in sight, and then shown by its name. The
//! answer is the id that the edge gives it. Without a network nothing else on the page is lost.

use contract::{
    answers::Answer,
    endpoint::{DropFile, FileView},
    problem::{Problem, megabytes},
    values::file::{FileKind, HEAD},
};
use leptos::{prelude::IsDisposed, task::spawn_local};
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::{File, HtmlInputElement, XmlHttpRequest};

use super::Slot;
use crate::{
    api::{self, CallError, upload::upload},
    browser,
    dom::*,
    session::Session,
    shell,
    texts::{self, tr},
    ui::{self, icon},
};

/// What the chooser of the device offers.
const ACCEPTED: &str = "application/pdf,image/jpeg,image/png,.pdf,.jpg,.jpeg,.png";

/// How the sending goes.
#[derive(Clone, PartialEq)]
enum Way {
    /// Nothing is on its way.
    None,
    /// So many per cent.
    Busy(u32),
    /// It did not arrive; the sentence says why.
    Failed(String),
}

#[derive(Clone, Copy)]
struct Desk {
    slot: Slot,
    session: Session,
    way: RwSignal<Way>,
    /// Held for one more try.
    chosen: StoredValue<Option<File>, leptos::prelude::LocalStorage>,
    request: StoredValue<Option<XmlHttpRequest>, leptos::prelude::LocalStorage>,
}

/// The field: the chooser while there is no file, then the file.
pub(super) fn draw(slot: Slot, largest: u32) -> AnyView {
    let session = expect_context::<Session>();
    let desk = Desk {
        slot,
        session,
        way: RwSignal::new(Way::None),
        chosen: StoredValue::new_local(None),
        request: StoredValue::new_local(None),
    };
    let answer = Memo::new(move |_| {
        slot.draft.answers.track();
        slot.text()
    });
    Effect::new(move |_| {
        if session.signed() {
            slot.draft.need_files();
        }
    });
    // A file that the edge no longer has is asked for again.
    Effect::new(move |_| {
        let id = answer.get();
        let gone = slot.draft.files.with(|files| {
            files
                .as_ref()
                .is_some_and(|all| all.iter().all(|f| f.id != id))
        });
        if !id.is_empty() && gone {
            slot.set_text(String::new());
            tell(slot, Problem::FileGone);
        }
    });
    // The percentage moves by itself: drawing anew would take the focus off the button.
    let phase = Memo::new(move |_| match desk.way.get() {
        Way::Busy(_) => Way::Busy(0),
        other => other,
    });
    let shown = move || {
        let id = answer.get();
        if !id.is_empty() {
            kept(desk, id)
        } else if session.signed() {
            chooser(desk, largest)
        } else {
            many(vec![
                el("p")
                    .with(tr(
                        "ui/file/sign_in",
                        "Per aggiungere un file devi entrare. Dopo torni qui e trovi tutte le risposte.",
                    ))
                    .into_any(),
                ui::sign_in_buttons(&browser::here()),
            ])
        }
    };
    el("div")
        .at("class", "file-field")
        .at("id", part(slot, "-file"))
        .with(shown)
        .with(move || way(desk, phase.get()))
        .into_any()
}

fn part(slot: Slot, suffix: &str) -> String {
    [slot.id().as_str(), suffix].concat()
}

fn chooser(desk: Desk, largest: u32) -> AnyView {
    let slot = desk.slot;
    let limits = texts::with(
        tr("ui/file/limits", "PDF, JPEG o PNG, fino a {valore}."),
        &megabytes(largest),
    );
    let limits_id = part(slot, "-limits");
    let described = [slot.described().as_str(), " ", &limits_id].concat();
    many(vec![
        el("span")
            .at("class", "field-hint")
            .at("id", limits_id)
            .with(limits)
            .into_any(),
        el("input")
            .at("id", slot.id())
            .at("name", slot.field.id)
            .at("type", "file")
            .at("accept", ACCEPTED)
            .at("aria-describedby", described)
            .at("aria-invalid", slot.invalid())
            .on("change", move |event| {
                let input = event
                    .target()
                    .and_then(|target| target.dyn_into::<HtmlInputElement>().ok());
                let Some(input) = input else { return };
                if let Some(file) = input.files().and_then(|files| files.get(0)) {
                    // The same file can be chosen again after it was refused.
                    input.set_value("");
                    desk.chosen.set_value(Some(file.clone()));
                    spawn_local(desk.look_at(file, largest));
                }
            })
            .into_any(),
    ])
}

/// The file that is there, its size, and the button that takes it away.
fn kept(desk: Desk, id: String) -> AnyView {
    let slot = desk.slot;
    let file = slot.draft.file(&id);
    let name = file.as_ref().map_or_else(
        || tr("ui/file/unnamed", "Il file che hai caricato").to_owned(),
        |file| file.nome.clone(),
    );
    let size = file.map(|file| [" (", &megabytes(file.dimensione), ")"].concat());
    let remove = [tr("ui/file/remove", "Togli il file"), " ", &name].concat();
    let gone = texts::with(tr("ui/file/removed", "Tolto: {valore}"), &name);
    el("div")
        .at("class", "file-kept")
        .with(icon("it-file"))
        .with(
            el("span")
                .at("class", "file-name")
                .with(ui::link(&["/api/file/", &id].concat(), "", name))
                .with(size),
        )
        .with(
            el("button")
                .at("type", "button")
                .at("id", part(slot, "-remove"))
                .at("class", "btn btn-sm btn-outline-danger")
                .at("aria-label", remove)
                .on("click", move |_| {
                    let id = id.clone();
                    slot.set_text(String::new());
                    shell::announce(&gone);
                    focus_later(slot.id());
                    spawn_local(async move {
                        // What cannot be thrown away now goes by itself after a day.
                        let _ = api::call::<DropFile>(&[&id], &[], None).await;
                    });
                })
                .with(tr("ui/items/remove", "Togli")),
        )
        .into_any()
}

/// What is on its way, or why it did not arrive.
fn way(desk: Desk, phase: Way) -> AnyView {
    match phase {
        Way::None => ().into_any(),
        Way::Busy(_) => {
            let percent = move || match desk.way.get() {
                Way::Busy(percent) => percent.to_string(),
                _ => "100".to_owned(),
            };
            el("div")
                .at("class", "file-way")
                .with(
                    el("progress")
                        .at("max", "100")
                        .at("value", percent)
                        .at("aria-label", tr("ui/file/sending", "Caricamento del file")),
                )
                .with(
                    el("button")
                        .at("type", "button")
                        .at("class", "btn btn-sm btn-outline-primary")
                        .on("click", move |_| desk.break_off())
                        .with(tr("ui/file/stop", "Interrompi")),
                )
                .into_any()
        }
        Way::Failed(sentence) => el("div")
            .at("role", "alert")
            .with(
                el("p")
                    .at("class", "field-error")
                    .with(icon("it-error"))
                    .with(el("span").with(sentence)),
            )
            .with(
                el("button")
                    .at("type", "button")
                    .at("id", part(desk.slot, "-again"))
                    .at("class", "btn btn-sm btn-outline-primary")
                    .on("click", move |_| desk.again())
                    .with(tr("ui/file/again", "Riprova a caricare")),
            )
            .into_any(),
    }
}

impl Desk {
    /// What the edge would refuse is said before anything is sent.
    async fn look_at(self, file: File, largest: u32) {
        self.break_off();
        let problem = if file.size() > f64::from(largest) {
            Some(Problem::FileTooLarge(largest))
        } else {
            FileKind::of(&first_bytes(&file).await).err()
        };
        match problem {
            Some(problem) => {
                self.chosen.set_value(None);
                self.way.set(Way::None);
                tell(self.slot, problem);
            }
            None => self.send(file),
        }
    }

    fn again(self) {
        if let Some(file) = self.chosen.get_value() {
            focus_later(self.slot.id());
            self.send(file);
        }
    }

    fn send(self, file: File) {
        self.slot
            .told
            .update(|told| told.retain(|(field, _)| *field != self.slot.id()));
        shell::announce(tr("ui/file/sending", "Caricamento del file"));
        self.way.set(Way::Busy(0));
        let progress = move |percent| {
            if matches!(self.way.try_get_untracked(), Some(Way::Busy(_))) {
                self.way.set(Way::Busy(percent));
            }
        };
        let request = upload(&file, &browser::uuid(), progress, move |answer| {
            self.arrived(answer);
        });
        self.request.set_value(request);
    }

    fn break_off(self) {
        let request = self.request.get_value();
        self.request.set_value(None);
        if let Some(request) = request {
            self.way.set(Way::None);
            let _ = request.abort();
            focus_later(self.slot.id());
        }
    }

    fn arrived(self, answer: Result<FileView, CallError>) {
        let slot = self.slot;
        // Whoever went on to another page has sent the file all the same.
        if self.way.is_disposed() {
            if let Ok(file) = answer {
                slot.write(Answer::Text(file.id.clone()));
                slot.draft.learn_file(file);
            }
            return;
        }
        // Broken off by hand.
        if !matches!(self.way.get_untracked(), Way::Busy(_)) {
            return;
        }
        self.request.set_value(None);
        match self.session.seen(answer) {
            Ok(file) => {
                let here = browser::holds_focus(&part(slot, "-file"));
                self.way.set(Way::None);
                shell::announce(&texts::with(
                    tr("ui/file/sent", "Caricato: {valore}"),
                    &file.nome,
                ));
                slot.draft.learn_file(file.clone());
                slot.set_text(file.id);
                // What took long to send is not left to the pause after typing.
                slot.draft.flush();
                // Whoever is typing elsewhere by now is left alone.
                if here {
                    focus_later(part(slot, "-remove"));
                }
            }
            Err(error) => self.way.set(Way::Failed(sentence(&error))),
        }
    }
}

fn sentence(error: &CallError) -> String {
    match error {
        CallError::Offline => tr(
            "ui/file/offline",
            "Manca la connessione: il file non è stato caricato. Le altre risposte restano salvate.",
        )
        .to_owned(),
        CallError::Problem(problem) => problem
            .errors
            .first()
            .map_or_else(|| error.sentence(), |first| first.message.clone()),
        CallError::Unreadable => error.sentence(),
    }
}

async fn first_bytes(file: &File) -> Vec<u8> {
    let head = file.slice_with_i32_and_i32(0, HEAD as i32);
    let Ok(head) = head else { return Vec::new() };
    match JsFuture::from(head.array_buffer()).await {
        Ok(buffer) => js_sys::Uint8Array::new(&buffer).to_vec(),
        Err(_) => Vec::new(),
    }
}

/// Puts a message at the field.
fn tell(slot: Slot, problem: Problem) {
    let id = slot.id();
    slot.told.update(|told| {
        told.retain(|(field, _)| *field != id);
        told.push((id, problem));
    });
}

fn focus_later(id: String) {
    request_animation_frame(move || {
        if let Some(element) = browser::by_id(&id) {
            browser::focus(&element);
        }
    });
}
