// SPDX-License-Identifier: EUPL-1.2
//! What is taken in: a file, or the jobs that the registry knows. It stands in the editor only when all of it was read,
//! and what could not be carried over is listed.

use contract::cv::{Cv, exchange, history, place::place};
use contract::endpoint::KnownFacts;
use leptos::task::spawn_local;
use serde_json::Value;
use wasm_bindgen::JsCast;
use web_sys::{File, HtmlInputElement};

use super::{
    editor::Editor,
    field::spoken,
    files::{Outcome, missing, not_mapped, shown},
    path, press, shelf,
};
use crate::{
    api,
    dom::*,
    session::Session,
    shell,
    texts::{self, tr},
};

/// The ways in.
pub(super) fn draw(editor: Editor) -> AnyView {
    let outcome = RwSignal::new(None::<Outcome>);
    let added = RwSignal::new(None::<Outcome>);
    let session = expect_context::<Session>();
    let chosen = move |event: web_sys::Event| {
        let input = event
            .target()
            .and_then(|at| at.dyn_into::<HtmlInputElement>().ok());
        if let Some(file) = input.and_then(|input| input.files()?.get(0)) {
            outcome.set(None);
            spawn_local(async move {
                let told = import(editor, &file).await;
                shell::announce(&told.sentence);
                let _ = outcome.try_set(Some(told));
            });
        }
    };
    many(vec![
        el("h2").with(tr("ui/cv/in", "Porta qui un CV che hai già")).into_any(),
        el("div")
            .at("class", "field file-field wide")
            .with(el("label").at("for", "cv-import").with(tr("ui/cv/in/label", "File del CV")))
            .with(el("span").at("class", "field-hint").with(tr(
                "ui/cv/in/hint",
                "Un PDF fatto qui o da Europass, un file Europass XML o JSON Resume. Prende il posto di quello che hai scritto: se cambi idea, usa Annulla. Il file resta sul dispositivo.",
            )))
            .with(
                el("input")
                    .at("type", "file")
                    .at("id", "cv-import")
                    .at("accept", ".pdf,.json,.xml,application/pdf,application/json,application/xml,text/xml")
                    .on("change", chosen),
            )
            .into_any(),
        shown(outcome),
        (move || {
            session.signed().then(|| {
                many(vec![
                    el("h2").with(tr("ui/cv/registry", "I lavori che il registro conosce")).into_any(),
                    el("p")
                        .with(tr("ui/cv/registry/about", "Aggiungiamo i rapporti di lavoro delle comunicazioni obbligatorie che nel CV non ci sono. La mansione ha il nome generico del registro: riscrivila con le tue parole."))
                        .into_any(),
                    el("button")
                        .at("type", "button")
                        .at("class", "btn btn-outline-primary")
                        .on("click", move |_| registry(editor, session, added))
                        .with(tr("ui/cv/registry/add", "Aggiungi i lavori dal registro"))
                        .into_any(),
                    shown(added),
                ])
            })
        })
        .into_any(),
    ])
}

async fn import(editor: Editor, file: &File) -> Outcome {
    if file.size() > exchange::LARGEST as f64 {
        return refusal("too_large", "");
    }
    let Ok(bytes) = wasm_bindgen_futures::JsFuture::from(file.array_buffer()).await else {
        return refusal("broken_pdf", "");
    };
    let bytes = js_sys::Uint8Array::new(&bytes);
    let Some(answer) = press::ask("import_file", &[bytes.into()]).await else {
        return missing();
    };
    if let Some(told) = answer.json("refused") {
        let text = |key: &str| told.get(key).and_then(Value::as_str).unwrap_or_default();
        return refusal(text("code"), text("value"));
    }
    let imported = answer.json("imported").unwrap_or_default();
    let Some(cv) = imported.get("cv").filter(|cv| cv.is_object()).cloned() else {
        return missing();
    };
    if editor.version.try_get_untracked().is_some() {
        // The name under which the person keeps this CV stays theirs.
        let title = editor.text("x_title");
        let both = shelf::writes_both(&cv);
        editor.alter(move |doc| {
            *doc = cv;
            if !title.is_empty() {
                path::set(doc, "x_title", Some(title.into()));
            }
        });
        editor.note(|record| record.both |= both);
    }
    Outcome {
        good: true,
        sentence: tr("ui/cv/in/done", "Fatto: il CV del file ora è nell'editor.").to_owned(),
        list: not_mapped(imported.get("not_mapped")),
    }
}

fn refusal(code: &str, value: &str) -> Outcome {
    let italian = exchange::IMPORT.iter().find(|(known, _)| *known == code);
    let italian = italian.map_or("", |(_, sentence)| sentence);
    // Places of a CV have names of their own; a line or a character is a number.
    let value = match (code, value) {
        ("over_limit", "") => tr("ui/cv/in/all", "troppo testo in tutto").to_owned(),
        ("over_limit", field) => place(field, false, spoken()),
        _ => value.to_owned(),
    };
    let why = tr(&["import/", code].concat(), italian).replace("{valore}", &value);
    Outcome {
        sentence: [
            &why,
            " ",
            tr(
                "ui/cv/in/untouched",
                "Quello che avevi scritto non è cambiato.",
            ),
        ]
        .concat(),
        ..Outcome::default()
    }
}

fn registry(editor: Editor, session: Session, outcome: RwSignal<Option<Outcome>>) {
    outcome.set(None);
    spawn_local(async move {
        let answer = session.seen(api::call::<KnownFacts>(&["did"], &[], None).await);
        let told = match answer.map(|facts| facts.fascicolo) {
            Ok(Some(file)) => {
                let mut cv = editor.cv();
                let added = history::add_history(&mut cv, &file.rapporti, file.aggiornato_il);
                if added > 0 {
                    put(editor, cv);
                }
                Outcome {
                    good: true,
                    sentence: match added {
                        0 => tr(
                            "ui/cv/registry/nothing",
                            "Nel registro non c'è niente che manchi al CV.",
                        )
                        .to_owned(),
                        _ => texts::with(
                            tr(
                                "ui/cv/registry/done",
                                "Lavori aggiunti: {valore}. Riscrivi la mansione di ognuno con le tue parole.",
                            ),
                            &added.to_string(),
                        ),
                    },
                    list: Vec::new(),
                }
            }
            Ok(None) => Outcome {
                sentence: tr(
                    "ui/cv/registry/silent",
                    "Il registro ora non risponde, o non sa niente di te: riprova più tardi.",
                )
                .to_owned(),
                ..Outcome::default()
            },
            Err(error) => Outcome {
                sentence: error.sentence(),
                ..Outcome::default()
            },
        };
        shell::announce(&told.sentence);
        let _ = outcome.try_set(Some(told));
    });
}

fn put(editor: Editor, mut cv: Cv) {
    let map = std::mem::take(cv.as_map_mut());
    editor.alter(move |doc| *doc = Value::Object(map));
}
