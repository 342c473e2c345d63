// SPDX-License-Identifier: EUPL-1.2
//! The pages of the very PDF, drawn by the press after each pause. For screen readers there is nothing in them that the
//! fields do not say; what a machine finds in the finished file can be read as text.

use leptos::task::spawn_local;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{HtmlCanvasElement, ImageBitmap, ImageBitmapRenderingContext};

use super::{editor::Editor, press};
use crate::{
    browser,
    dom::*,
    texts::{self, tr},
};

const SHEETS: &str = "cv-sheets";
/// Dots of a page's width when it is shown on a screen of double density.
const WIDEST: f64 = 1400.0;

/// What is shown of the finished paper.
#[derive(Debug, Clone, PartialEq)]
enum State {
    Waiting,
    Pages(usize),
    /// The press cannot be had: no network at the first visit, or an old browser.
    Missing,
}

/// The preview, and behind a button what a machine reads.
pub(super) fn draw(editor: Editor) -> AnyView {
    let state = RwSignal::new(State::Waiting);
    let machine = RwSignal::new(None);
    Effect::new(move |_| {
        editor.paused.track();
        editor.shape.track();
        look(editor, state);
    });
    let sheets = el("div")
        .at("id", SHEETS)
        .at("class", "cv-sheets")
        .at("aria-hidden", "true");
    let status = move || {
        match state.get() {
        State::Waiting => el("p").at("class", "waiting").with(tr("ui/cv/preview/waiting", "Preparo l'anteprima…")),
        State::Pages(1) => el("p").with(tr("ui/cv/preview/one", "1 pagina")),
        State::Pages(count) => el("p").with(texts::with(
            tr("ui/cv/preview/pages", "{valore} pagine"),
            &count.to_string(),
        )),
        State::Missing => el("p")
            .at("class", "notice warning")
            .with(tr("ui/cv/preview/missing", "L'anteprima non si è caricata: forse manca la connessione. Quello che scrivi è salvato lo stesso."))
            .with(" ")
            .with(
                el("button")
                    .at("type", "button")
                    .at("class", "link")
                    .on("click", move |_| {
                        state.set(State::Waiting);
                        look(editor, state);
                    })
                    .with(tr("ui/again", "Riprova")),
            ),
    }
    };
    el("section")
        .at("class", "cv-preview")
        .at("aria-labelledby", "cv-preview-title")
        .with(
            el("div")
                .at("class", "cv-preview-head")
                .with(
                    el("h2")
                        .at("id", "cv-preview-title")
                        .at("class", "h5")
                        .with(tr("ui/cv/preview", "Anteprima")),
                )
                .with(status),
        )
        .with(sheets)
        .with((!editor.letter).then(|| {
            el("button")
                .at("type", "button")
                .at("class", "btn btn-sm btn-outline-primary")
                .at("id", "cv-machine")
                .at("aria-expanded", move || {
                    if machine.get().is_some() {
                        "true"
                    } else {
                        "false"
                    }
                })
                .on("click", move |_| {
                    if machine.get_untracked().is_some() {
                        machine.set(None);
                    } else {
                        read(editor, machine);
                    }
                })
                .with(tr("ui/cv/machine", "Leggi come lo legge una macchina"))
        }))
        .with(move || machine.get().map(reading))
        .into_any()
}

/// Asks for the pages and puts them up; whatever is newer wins.
fn look(editor: Editor, state: RwSignal<State>) {
    let json = editor.json();
    let call = if editor.letter {
        "letter_pages"
    } else {
        "pages"
    };
    let ratio = window().device_pixel_ratio().clamp(1.0, 2.0);
    let width = browser::by_id(SHEETS).map_or(0, |sheets| sheets.client_width());
    let width = if width == 0 { 480.0 } else { f64::from(width) };
    let width = (width * ratio).min(WIDEST);
    spawn_local(async move {
        let answer = press::ask(call, &[JsValue::from_str(&json), JsValue::from_f64(width)]).await;
        let Some(answer) = answer else {
            let _ = state.try_set(State::Missing);
            return;
        };
        if answer.stale() {
            return;
        }
        let pages: Vec<ImageBitmap> = answer
            .get("pages")
            .and_then(|pages| pages.dyn_into::<js_sys::Array>().ok())
            .into_iter()
            .flatten()
            .filter_map(|page| page.dyn_into().ok())
            .collect();
        editor.examined(answer.json("problems").as_ref());
        note_pages(editor, pages.len());
        put_up(&pages);
        let _ = state.try_set(State::Pages(pages.len()));
    });
}

/// The advice speaks of them too.
fn note_pages(editor: Editor, pages: usize) {
    let known = editor.paper.try_get_untracked();
    if known.is_some_and(|(known, _)| known != Some(pages)) {
        editor.paper.update(|paper| paper.0 = Some(pages));
    }
}

/// Keeps the sheets that are there, so that nothing jumps under the reader's eyes.
fn put_up(pages: &[ImageBitmap]) -> Option<()> {
    let around = browser::by_id(SHEETS)?;
    while around.child_element_count() > pages.len() as u32 {
        around.last_element_child()?.remove();
    }
    while around.child_element_count() < pages.len() as u32 {
        let canvas = document().create_element("canvas").ok()?;
        around.append_child(&canvas).ok()?;
    }
    for (index, page) in pages.iter().enumerate() {
        let canvas: HtmlCanvasElement = around.children().item(index as u32)?.dyn_into().ok()?;
        canvas.set_width(page.width());
        canvas.set_height(page.height());
        let context: ImageBitmapRenderingContext = canvas
            .get_context("bitmaprenderer")
            .ok()??
            .dyn_into()
            .ok()?;
        context.transfer_from_image_bitmap(page);
    }
    Some(())
}

fn read(editor: Editor, machine: RwSignal<Option<serde_json::Value>>) {
    let json = editor.json();
    spawn_local(async move {
        let answer = press::ask("machine", &[JsValue::from_str(&json)]).await;
        let reading = answer.and_then(|answer| answer.json("reading"));
        let _ = machine.try_set(Some(reading.unwrap_or_default()));
    });
}

/// The sections that a program finds, with their lines.
fn reading(found: serde_json::Value) -> AnyView {
    let parts = found.get("parts").and_then(|parts| parts.as_array());
    let Some(parts) = parts else {
        return el("p")
            .at("class", "notice warning")
            .at("role", "status")
            .with(tr("ui/cv/machine/none", "Per leggere il PDF bisogna prima poterlo fare: scrivi il tuo nome e correggi gli errori segnati in rosso."))
            .into_any();
    };
    let texts = |value: &serde_json::Value| value.as_str().unwrap_or_default().to_owned();
    let list = |key: &str| {
        let list = found.get(key).and_then(|list| list.as_array());
        list.into_iter()
            .flatten()
            .map(texts)
            .collect::<Vec<_>>()
            .join(", ")
    };
    let facts = [
        (
            tr("ui/cv/machine/name", "Nome"),
            found.get("name").map(texts).unwrap_or_default(),
        ),
        (tr("ui/cv/machine/email", "Email"), list("emails")),
        (tr("ui/cv/machine/phone", "Telefono"), list("phones")),
    ];
    let facts = facts
        .into_iter()
        .map(|(name, value)| {
            let value = if value.is_empty() {
                "–".to_owned()
            } else {
                value
            };
            many(vec![
                el("dt").with(name).into_any(),
                el("dd").with(value).into_any(),
            ])
        })
        .collect();
    let sections = parts
        .iter()
        .map(|part| {
            let heading = part.get("heading").map(texts).unwrap_or_default();
            let lines = part.get("lines").and_then(|lines| lines.as_array());
            let lines = lines
                .into_iter()
                .flatten()
                .map(|line| el("li").with(texts(line)).into_any())
                .collect();
            many(vec![
                (!heading.is_empty())
                    .then(|| el("h4").at("class", "h6").with(heading))
                    .into_any(),
                el("ul").with(many(lines)).into_any(),
            ])
        })
        .collect();
    el("div")
        .at("class", "cv-reading")
        .at("role", "region")
        .at("aria-labelledby", "cv-machine")
        .with(el("p").with(tr(
            "ui/cv/machine/about",
            "Molte aziende ordinano i CV con un programma. Questo è ciò che un programma trova nel tuo PDF, nell'ordine in cui lo trova.",
        )))
        .with(el("dl").at("class", "fact-list").with(many(facts)))
        .with(many(sections))
        .into_any()
}
