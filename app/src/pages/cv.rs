// SPDX-License-Identifier: EUPL-1.2
//! The CV and the letter: what is kept on this device, and the editor. Nobody has to sign in, and what a person does not
//! keep in their personal space never leaves the device.

use contract::cv::consigli::Advice;
use leptos::task::spawn_local;
use wasm_bindgen::JsCast;

use crate::{
    dom::*,
    session::{Session, Who},
    shell,
    texts::{self, tr},
    ui,
};
use editor::{Editor, Saving};
use sync::WAITS;

mod advice;
mod consent;
mod drag;
mod editor;
mod field;
mod files;
mod intake;
mod items;
mod letter;
mod list;
mod look;
mod month;
mod path;
mod photo;
mod press;
mod preview;
mod rival;
mod sections;
mod shelf;
mod space;
mod sync;

pub(crate) use list::page as shelf_page;

/// What stands in front of the person.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Tab {
    Write,
    Look,
    Advice,
    Files,
    /// On phones only: where there is room the preview stands beside the others.
    Preview,
}

/// The editor of one document.
pub(crate) fn editor_page(letter: bool, id: &str) -> AnyView {
    let session = expect_context::<Session>();
    space::prepare(session);
    let found = RwSignal::new(None::<Option<(String, shelf::Record)>>);
    let wanted = id.to_owned();
    Effect::new(move |_| {
        let who = session.who.get();
        // What is on the page stays, whoever comes or goes.
        if matches!(found.get_untracked(), Some(Some(_))) {
            return;
        }
        let wanted = wanted.clone();
        spawn_local(async move {
            texts::load_cv().await;
            shelf::settle().await;
            let record = find(session, letter, &wanted).await;
            if record.is_none() && who == Who::Unknown {
                return;
            }
            if !matches!(found.try_get_untracked(), Some(Some(Some(_)))) {
                let _ = found.try_set(Some(record));
            }
            request_animation_frame(|| shell::arrived("", false));
        });
    });
    let id = id.to_owned();
    (move || match found.get() {
        None => ui::waiting(),
        Some(None) => ui::page(&way(), tr("ui/cv/lost", "Qui non c'è"), lost(session)),
        Some(Some((owner, record))) => workshop(Editor::new(session, letter, &id, owner, record)),
    })
    .into_any()
}

/// The document of this address: on the device, or in the personal space.
async fn find(session: Session, letter: bool, id: &str) -> Option<(String, shelf::Record)> {
    if let Some(record) = shelf::read(&shelf::name("", letter, id)).await {
        return Some((String::new(), record));
    }
    let owner = session.codice_fiscale()?;
    let here = shelf::read(&shelf::name(&owner, letter, id)).await;
    let record = match here {
        Some(record) => record,
        None => space::bring(session, &owner, letter, id).await?,
    };
    Some((owner, record))
}

fn way() -> [(&'static str, &'static str); 1] {
    [("/cv", tr("ui/cv/title", "CV e lettere"))]
}

fn lost(session: Session) -> AnyView {
    many(vec![
        el("p")
            .at("class", "lead")
            .with(tr(
                "ui/cv/lost/text",
                "Questo documento non è su questo dispositivo e non è nel tuo spazio personale.",
            ))
            .into_any(),
        (!session.signed_untracked())
            .then(|| {
                many(vec![
                    el("p")
                        .with(tr(
                            "ui/cv/lost/sign_in",
                            "Se lo tieni nel tuo spazio personale, entra e lo ritrovi.",
                        ))
                        .into_any(),
                    ui::sign_in_buttons(&crate::browser::here()),
                ])
            })
            .into_any(),
        el("p")
            .with(ui::link(
                "/cv",
                "btn btn-outline-primary",
                tr("ui/cv/lost/back", "Vai ai tuoi CV e lettere"),
            ))
            .into_any(),
    ])
}

fn workshop(editor: Editor) -> AnyView {
    files::keep_press();
    let tab = RwSignal::new(Tab::Write);
    let found = RwSignal::new(Vec::new());
    Effect::new(move |_| {
        editor.paused.track();
        found.set(advice::found(editor));
    });
    let write = move || tab.set(Tab::Write);
    let body = move || match tab.get() {
        Tab::Write | Tab::Preview if editor.letter => letter::draw(editor),
        Tab::Write | Tab::Preview => sections::draw(editor),
        Tab::Look => (move || {
            editor.shape.track();
            look::draw(editor)
        })
        .into_any(),
        Tab::Advice => advice::draw(editor, found, write),
        Tab::Files => files::draw(editor),
    };
    let kind = if editor.letter {
        tr("ui/cv/letter/title", "La tua lettera")
    } else {
        tr("ui/cv/editor", "Il tuo CV")
    };
    el("div")
        .at("class", "container cv-editor py-4")
        .at("data-tab", move || {
            if tab.get() == Tab::Preview {
                "preview"
            } else {
                "write"
            }
        })
        .on("keydown", move |event| keys(editor, &event))
        .with(ui::breadcrumb(&way(), kind))
        .with(el("h1").with(kind))
        .with(rival::draw(editor))
        .with(name(editor))
        .with(bar(editor))
        .with(tabs(editor, tab, found))
        .with(
            el("div")
                .at("class", "cv-desk")
                .with(el("div").at("class", "cv-work").with(body))
                .with(
                    el("div")
                        .at("class", "cv-paper")
                        .with(files::pdf(editor))
                        .with(preview::draw(editor)),
                ),
        )
        .into_any()
}

/// The name under which the person finds it again.
fn name(editor: Editor) -> AnyView {
    let label = if editor.letter {
        tr("ui/cv/letter/name", "Nome di questa lettera, solo per te")
    } else {
        tr("ui/cv/name", "Nome di questo CV, solo per te")
    };
    el("div")
        .at("class", "field cv-name")
        .with(el("label").at("for", "x_title").with(label))
        .with(move || {
            editor.shape.track();
            el("input")
                .at("type", "text")
                .at("id", "x_title")
                .at("class", "form-control")
                .at("maxlength", "120")
                .at("autocomplete", "off")
                .prop("value", editor.text("x_title"))
                .on("input", move |event| {
                    let text = event_target_value(&event);
                    editor.write("x_title", (!text.is_empty()).then_some(text.into()));
                })
        })
        .into_any()
}

/// Undo, redo, and whether everything is on the device.
fn bar(editor: Editor) -> AnyView {
    let step = |text: &'static str, id: &'static str, redo: bool| {
        let off = move || {
            let (undo, again) = editor.steps.get();
            (!if redo { again } else { undo }).then_some("true")
        };
        el("button")
            .at("type", "button")
            .at("id", id)
            .at("class", "btn btn-sm btn-outline-primary")
            .at("aria-disabled", off)
            .on(
                "click",
                move |_| if redo { editor.redo() } else { editor.undo() },
            )
            .with(text)
    };
    let state = move || {
        match (editor.saving.get(), editor.space.get()) {
        (Saving::Failed, _) => el("span").at("class", "field-error").at("role", "alert").with(tr(
            "ui/cv/save_failed",
            "Il dispositivo non ha salvato: forse manca spazio. Scarica il PDF per non perdere niente.",
        )),
        (Saving::Waiting, _) => el("span").at("class", "save-state").with(tr("ui/cv/saving", "Salvo…")),
        (Saving::Done, space) => el("span").at("class", "save-state").with(saved(editor, space)),
    }
    };
    let gone = move || {
        let name = editor.gone.get();
        (!name.is_empty()).then(|| {
            el("p").at("class", "cv-gone").with(texts::with(
                tr("ui/cv/gone", "Tolto: {valore}. Puoi annullare."),
                &name,
            ))
        })
    };
    el("div")
        .at("class", "cv-bar")
        .with(step(tr("ui/cv/undo", "Annulla"), "cv-undo", false))
        .with(step(tr("ui/cv/redo", "Ripeti"), "cv-redo", true))
        .with(state)
        .with(gone)
        .into_any()
}

/// How far what was written has come.
fn saved(editor: Editor, space: String) -> String {
    let here = tr("ui/cv/saved", "Salvato su questo dispositivo");
    if editor.owner.with_value(String::is_empty) {
        return here.to_owned();
    }
    match space.as_str() {
        "" => tr("ui/cv/saved_both", "Salvato qui e nel tuo spazio personale").to_owned(),
        WAITS => [here, WAITS].concat(),
        _ => space,
    }
}

fn tabs(editor: Editor, tab: RwSignal<Tab>, found: RwSignal<Vec<Advice>>) -> AnyView {
    let one = |which: Tab, class: &'static str, text: &'static str| {
        el("button")
            .at("type", "button")
            .at("class", class)
            .at("aria-pressed", move || {
                if tab.get() == which { "true" } else { "false" }
            })
            .on("click", move |_| tab.set(which))
            .with(text)
            .with((which == Tab::Advice).then(|| {
                el("span")
                    .at("class", "cv-count")
                    .with(move || found.with(Vec::len).to_string())
            }))
    };
    let _ = editor;
    el("div")
        .at("class", "cv-tabs")
        .at("role", "group")
        .at("aria-label", tr("ui/cv/tabs", "Parti dell'editor"))
        .with(one(Tab::Write, "cv-tab", tr("ui/cv/tab/write", "Scrivi")))
        .with(one(
            Tab::Preview,
            "cv-tab cv-tab-preview",
            tr("ui/cv/preview", "Anteprima"),
        ))
        .with(one(Tab::Look, "cv-tab", tr("ui/cv/look", "Aspetto")))
        .with(one(
            Tab::Advice,
            "cv-tab",
            tr("ui/cv/tab/advice", "Consigli"),
        ))
        .with(one(Tab::Files, "cv-tab", tr("ui/cv/tab/files", "File")))
        .into_any()
}

/// Ctrl+Z and Ctrl+Y, or with the key of the Mac, take back and repeat anywhere in the editor.
fn keys(editor: Editor, event: &web_sys::Event) {
    let Some(event) = event.dyn_ref::<web_sys::KeyboardEvent>() else {
        return;
    };
    // The box of the job ad is not part of the document and keeps the browser's own undo.
    let inside = document()
        .active_element()
        .map(|element| element.id())
        .unwrap_or_default();
    if !(event.ctrl_key() || event.meta_key()) || inside == "cv-ad" {
        return;
    }
    match (event.key().to_lowercase().as_str(), event.shift_key()) {
        ("z", false) => editor.undo(),
        ("z", true) | ("y", _) => editor.redo(),
        _ => return,
    }
    event.prevent_default();
}
