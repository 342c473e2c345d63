// SPDX-License-Identifier: EUPL-1.2
//! The letter: guided by its kind, then edited as text. Who writes it can be taken from a CV on this device.

use contract::cv::{
    Cv,
    field::Kind,
    guida,
    lettera::{Lettera, RECIPIENT, SENDER},
};
use leptos::task::spawn_local;
use serde_json::Value;

use super::{
    editor::Editor,
    field::{self, spoken},
    items::focus_later,
    path, shelf,
};
use crate::{
    dom::*,
    shell,
    texts::{self, tr},
};

mod text;

/// Everything there is to write.
pub(super) fn draw(editor: Editor) -> AnyView {
    // Whoever takes a change back finds the guide as it was, open or shut.
    let open = RwSignal::new(editor.with(|doc| path::count(doc, "paragraphs") == 0));
    (move || {
        editor.shape.track();
        many(vec![
            guide(editor, open),
            part(
                tr("ui/cv/letter/sender", "Chi scrive"),
                many(vec![
                    from_cv(editor),
                    field::fields(editor, "sender", SENDER, &[]),
                ]),
            ),
            part(
                tr("ui/cv/letter/recipient", "A chi"),
                field::fields(editor, "recipient", RECIPIENT, &[]),
            ),
            part(tr("ui/cv/letter/letter", "La lettera"), text::draw(editor)),
        ])
    })
    .into_any()
}

fn part(title: &'static str, body: AnyView) -> AnyView {
    el("section")
        .at("class", "cv-panel")
        .with(el("h2").with(title))
        .with(el("div").at("class", "cv-body").with(body))
        .into_any()
}

/// Questions with examples; from the answers comes a first text.
fn guide(editor: Editor, open: RwSignal<bool>) -> AnyView {
    let kind = RwSignal::new(editor.text("kind"));
    let options = contract::cv::lettera::KINDS
        .iter()
        .map(|entry| {
            el("option")
                .at("value", entry.code)
                .at("selected", entry.code == kind.get_untracked())
                .with(entry.words.get(spoken()))
                .into_any()
        })
        .collect();
    let chooser = el("div")
        .at("class", "field")
        .with(
            el("label")
                .at("for", "kind")
                .with(tr("ui/cv/letter/kind", "Perché scrivi?")),
        )
        .with(
            el("select")
                .at("id", "kind")
                .at("class", "form-control")
                .on("change", move |event| {
                    let code = event_target_value(&event);
                    editor.write("kind", Some(code.clone().into()));
                    kind.set(code);
                })
                .with(many(options)),
        );
    let questions = move || {
        let code = kind.get();
        open.get()
            .then(|| guida::guide(&code).map(|guide| ask(editor, guide)))
    };
    let toggle = el("button")
        .at("type", "button")
        .at("class", "btn btn-sm btn-outline-primary")
        .at(
            "aria-expanded",
            move || if open.get() { "true" } else { "false" },
        )
        .on("click", move |_| open.update(|open| *open = !*open))
        .with(tr("ui/cv/letter/guide_toggle", "Le domande della guida"));
    part(
        tr("ui/cv/letter/guide", "Guida"),
        many(vec![
            chooser.into_any(),
            el("p").with(toggle).into_any(),
            questions.into_any(),
        ]),
    )
}

/// What is answered is kept with the letter, and can be taken back like everything in it.
fn ask(editor: Editor, guide: &'static guida::Guide) -> AnyView {
    let language = editor.lettera().language();
    let questions = guide
        .questions
        .iter()
        .map(|question| {
            let place = ["x_answers.", question.id].concat();
            let hint = [&place, "-hint"].concat();
            let example = [
                tr("ui/cv/advice/example", "Esempio: "),
                question.example.get(language),
            ]
            .concat();
            el("div")
                .at("class", "field wide")
                .with(
                    el("label")
                        .at("for", place.clone())
                        .with(question.ask.get(spoken()))
                        .with((!question.required).then(|| {
                            el("span")
                                .at("class", "field-optional")
                                .with(tr("ui/cv/optional_it", " (facoltativo)"))
                        })),
                )
                .with(
                    el("span")
                        .at("class", "field-hint")
                        .at("id", hint.clone())
                        .with(question.hint.get(spoken()))
                        .with(" ")
                        .with(example),
                )
                .with(field::message(editor, place.clone()))
                .with(
                    field::line(editor, &place, Kind::Text(0))
                        .at("aria-describedby", [&hint, " ", &place, "-error"].concat()),
                )
                .into_any()
        })
        .collect();
    many(vec![
        el("p").with(guide.intro.get(spoken())).into_any(),
        many(questions),
        el("p")
            .with(tr("ui/cv/letter/compose_about", "Dalle risposte nasce un testo che poi cambi come vuoi. Prende il posto dei paragrafi che ci sono: puoi annullare."))
            .into_any(),
        el("button")
            .at("type", "button")
            .at("class", "btn btn-primary")
            .on("click", move |_| {
                let answers = editor.with(|doc| path::get(doc, "x_answers").and_then(Value::as_object).cloned());
                let mut letter = editor.lettera();
                guide.compose(&answers.unwrap_or_default(), &letter).put(&mut letter);
                let beside = letter.language() != letter.text_language();
                if beside {
                    editor.note(|record| record.both = true);
                }
                let list = text::list(editor, beside);
                let map = std::mem::take(letter.as_map_mut());
                editor.alter(move |doc| *doc = Value::Object(map));
                shell::announce(tr("ui/cv/letter/composed", "Il testo è pronto: leggilo e cambialo."));
                focus_later([&list, "[0]"].concat());
            })
            .with(tr("ui/cv/letter/compose", "Scrivi il testo dalle risposte"))
            .into_any(),
    ])
}

/// Takes who writes from a CV on this device.
fn from_cv(editor: Editor) -> AnyView {
    let cvs = RwSignal::new(Vec::new());
    spawn_local(async move {
        let all = shelf::all(&editor.person()).await;
        let _ = cvs.try_set(all.into_iter().filter(|one| !one.letter).collect());
    });
    (move || {
        let cvs = cvs.get();
        let buttons = cvs
            .iter()
            .take(5)
            .map(|entry| {
                let title = entry.title();
                let text = texts::with(
                    tr("ui/cv/letter/take", "Prendi i dati da «{valore}»"),
                    &title,
                );
                let entry = entry.clone();
                el("button")
                    .at("type", "button")
                    .at("class", "btn btn-sm btn-outline-primary")
                    .on("click", move |_| take(editor, &entry))
                    .with(text)
                    .into_any()
            })
            .collect();
        (!cvs.is_empty()).then(|| el("div").at("class", "cv-buttons").with(many(buttons)))
    })
    .into_any()
}

fn take(editor: Editor, entry: &shelf::Entry) {
    let Ok(cv) = Cv::from_value(entry.record.doc.clone()) else {
        return;
    };
    let taken = Lettera::from_cv(&cv);
    let id = entry.id.clone();
    editor.alter(move |doc| {
        for key in ["sender", "signature", "style"] {
            if let Some(value) = taken.as_map().get(key) {
                path::set(doc, key, Some(value.clone()));
            }
        }
        path::set(doc, "x_cv", Some(id.into()));
    });
    focus_later("sender.name".to_owned());
}
