// SPDX-License-Identifier: EUPL-1.2
//! The PDF and the other formats, made on the device, and what came of it.

use contract::cv::{exchange, place::place};
use leptos::task::spawn_local;
use serde_json::Value;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Blob, BlobPropertyBag, HtmlAnchorElement, Url};

use super::{editor::Editor, field::spoken, intake, press};
use crate::{api, dom::*, shell, texts::tr};

/// A way out: call, name of the format, ending, kind of file.
type Format = (&'static str, &'static str, &'static str);

const DOCX: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
const CV: &[Format] = &[
    ("docx", "docx", DOCX),
    ("text", "txt", "text/plain"),
    ("markdown", "md", "text/markdown"),
    ("json", "json", "application/json"),
    ("europass", "xml", "application/xml"),
];
const LETTER: &[Format] = &[
    ("docx", "docx", DOCX),
    ("text", "txt", "text/plain"),
    ("markdown", "md", "text/markdown"),
];

/// What came of the last thing done here.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Outcome {
    pub(super) good: bool,
    pub(super) sentence: String,
    /// Each with its place and why.
    pub(super) list: Vec<(String, String)>,
}

/// The panel.
pub(super) fn draw(editor: Editor) -> AnyView {
    let outcome = RwSignal::new(None::<Outcome>);
    let formats = if editor.letter { LETTER } else { CV };
    let buttons = formats
        .iter()
        .map(|format| {
            el("button")
                .at("type", "button")
                .at("class", "btn btn-outline-primary")
                .on("click", move |_| {
                    let call = if editor.letter {
                        "export_letter"
                    } else {
                        "export_cv"
                    };
                    let json = editor.json();
                    hand_out(
                        editor,
                        call,
                        vec![json.into(), format.0.into()],
                        *format,
                        outcome,
                    );
                })
                .with(name(format.0))
                .into_any()
        })
        .collect();
    many(vec![
        el("h2").with(tr("ui/cv/out", "Scarica")).into_any(),
        el("p")
            .with(tr("ui/cv/out/about", "Il file si prepara sul tuo dispositivo, anche senza rete. Nessuno lo vede prima di te."))
            .into_any(),
        el("p").with(pdf_button(editor, outcome, "btn btn-primary")).into_any(),
        el("div").at("class", "cv-buttons").with(many(buttons)).into_any(),
        shown(outcome),
        (!editor.letter).then(|| intake::draw(editor)).into_any(),
    ])
}

fn name(format: &str) -> &'static str {
    match format {
        "docx" => tr("ui/cv/out/docx", "Word (DOCX)"),
        "text" => tr("ui/cv/out/text", "Solo testo"),
        "markdown" => "Markdown",
        "json" => "JSON Resume",
        _ => "Europass (XML)",
    }
}

/// The button that everybody is here for, with what came of it below.
pub(super) fn pdf(editor: Editor) -> AnyView {
    let outcome = RwSignal::new(None::<Outcome>);
    el("div")
        .at("class", "cv-pdf")
        .with(pdf_button(editor, outcome, "btn btn-primary"))
        .with(shown(outcome))
        .into_any()
}

fn pdf_button(editor: Editor, outcome: RwSignal<Option<Outcome>>, class: &'static str) -> AnyView {
    el("button")
        .at("type", "button")
        .at("class", class)
        .on("click", move |_| {
            let call = if editor.letter { "letter_pdf" } else { "pdf" };
            let format = ("pdf", "pdf", "application/pdf");
            hand_out(editor, call, vec![editor.json().into()], format, outcome);
        })
        .with(tr("ui/cv/out/pdf", "Scarica il PDF"))
        .into_any()
}

fn hand_out(
    editor: Editor,
    call: &'static str,
    args: Vec<JsValue>,
    format: Format,
    outcome: RwSignal<Option<Outcome>>,
) {
    outcome.set(None);
    let title = file_name(editor);
    spawn_local(async move {
        let answer = press::ask(call, &args).await;
        let told = match answer {
            None => missing(),
            Some(answer) => {
                let pdf = answer.get("pdf");
                if let Some(pdf) = &pdf {
                    let size = js_sys::Uint8Array::new(pdf).length() as usize;
                    let _ = editor.paper.try_update(|paper| paper.1 = Some(size));
                }
                let bytes = pdf.or_else(|| answer.get("file"));
                match bytes
                    .and_then(|bytes| save(&bytes, &[&title, ".", format.1].concat(), format.2))
                {
                    Some(()) => Outcome {
                        good: true,
                        sentence: tr(
                            "ui/cv/out/done",
                            "Il file è pronto: lo trovi tra i tuoi download.",
                        )
                        .to_owned(),
                        list: not_mapped(answer.json("not_mapped").as_ref()),
                    },
                    None => refused(answer.json("problems").as_ref(), editor.letter),
                }
            }
        };
        shell::announce(&told.sentence);
        let _ = outcome.try_set(Some(told));
    });
}

/// What has to be mended before there can be a file.
fn refused(problems: Option<&Value>, letter: bool) -> Outcome {
    let text = |one: &Value, key: &str| {
        one.get(key)
            .and_then(Value::as_str)
            .unwrap_or_default()
            .to_owned()
    };
    let list = problems.and_then(Value::as_array).into_iter().flatten();
    let list = list
        .map(|one| {
            let field = text(one, "field");
            let label = place(&field, letter, spoken());
            let code = text(one, "code");
            let limit = text(one, "limit");
            let sentence = tr(&["problem/", &code].concat(), "");
            let sentence = if sentence.is_empty() {
                text(one, "message")
            } else {
                sentence.replace("{limite}", &limit)
            };
            (label, sentence)
        })
        .collect();
    Outcome {
        good: false,
        sentence: tr(
            "ui/cv/out/mend",
            "Prima del file c'è qualcosa da sistemare:",
        )
        .to_owned(),
        list,
    }
}

pub(super) fn missing() -> Outcome {
    Outcome {
        sentence: tr(
            "ui/cv/out/missing",
            "La parte che prepara i file non si è caricata: forse manca la connessione. Riprova tra poco.",
        )
        .to_owned(),
        ..Outcome::default()
    }
}

/// `curriculum-ada-fo`, in letters that every system takes.
fn file_name(editor: Editor) -> String {
    let (kind, place) = if editor.letter {
        ("lettera", "sender.name")
    } else {
        ("curriculum", "basics.name")
    };
    let mut name = String::from(kind);
    for word in editor.text(place).to_lowercase().split_whitespace().take(6) {
        name.push('-');
        name.extend(
            word.chars()
                .filter(|letter| letter.is_alphanumeric())
                .take(30),
        );
    }
    name
}

/// Hands bytes to the browser as a download.
fn save(bytes: &JsValue, name: &str, kind: &str) -> Option<()> {
    let parts = js_sys::Array::of1(bytes);
    let options = BlobPropertyBag::new();
    options.set_type(kind);
    let blob = Blob::new_with_u8_array_sequence_and_options(&parts, &options).ok()?;
    let url = Url::create_object_url_with_blob(&blob).ok()?;
    let link: HtmlAnchorElement = document().create_element("a").ok()?.dyn_into().ok()?;
    link.set_href(&url);
    link.set_download(name);
    link.click();
    // The download has begun by then.
    leptos::prelude::set_timeout(
        move || {
            let _ = Url::revoke_object_url(&url);
        },
        std::time::Duration::from_secs(60),
    );
    Some(())
}

pub(super) fn not_mapped(list: Option<&Value>) -> Vec<(String, String)> {
    let list = list.and_then(Value::as_array).into_iter().flatten();
    list.map(|one| {
        let text = |key: &str| one.get(key).and_then(Value::as_str).unwrap_or_default();
        let code = text("reason");
        let italian = exchange::NOT_MAPPED
            .iter()
            .find(|(known, _)| *known == code);
        let why = tr(
            &["not_mapped/", code].concat(),
            italian.map_or("", |(_, sentence)| sentence),
        );
        let place = [text("path"), ": ", text("value")].concat();
        (place, why.to_owned())
    })
    .collect()
}

pub(super) fn shown(outcome: RwSignal<Option<Outcome>>) -> AnyView {
    (move || {
        outcome.get().map(|told| {
            let items = told
                .list
                .iter()
                .take(100)
                .map(|(place, why)| {
                    el("li")
                        .with(el("strong").with(place.as_str()))
                        .with(" – ")
                        .with(why.as_str())
                        .into_any()
                })
                .collect();
            let left = told.good && !told.list.is_empty();
            el("div")
                .at(
                    "class",
                    if told.good {
                        "notice success"
                    } else {
                        "notice warning"
                    },
                )
                .at("role", "status")
                .with(el("p").with(told.sentence))
                .with(left.then(|| {
                    el("p").with(tr(
                        "ui/cv/left",
                        "Non abbiamo potuto portare tutto. Ecco che cosa:",
                    ))
                }))
                .with((!told.list.is_empty()).then(|| el("ul").with(many(items))))
        })
    })
    .into_any()
}

/// Has the service worker keep what makes the files, so that it is there without a network too: the first visit fetches
/// it before the service worker is at work.
pub(super) fn keep_press() {
    spawn_local(async {
        let container = window().navigator().service_worker();
        let Ok(ready) = container.ready() else { return };
        if wasm_bindgen_futures::JsFuture::from(ready).await.is_ok() {
            for name in ["cv/cv-worker.js", "cv/worker.js", "cv/worker.wasm"] {
                let _ = api::text_file(&crate::browser::asset(name)).await;
            }
        }
    });
}
