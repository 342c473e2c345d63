// SPDX-License-Identifier: EUPL-1.2
//! How the paper looks, in which language it is printed, and whether texts are written in both.

use contract::cv::{
    style::{COLORS, DENSITIES, LOOKS},
    words::{Code, LANGUAGES},
};

use super::{
    editor::Editor,
    field::{self, spoken},
    items::focus_later,
    shelf,
};
use crate::{dom::*, texts::tr};

/// The panel.
pub(super) fn draw(editor: Editor) -> AnyView {
    let (style, print, write) = if editor.letter {
        ("style", "language", "text_language")
    } else {
        ("x_style", "x_language", "x_text_language")
    };
    let place = |key: &str| [style, ".", key].concat();
    let both = editor.record.with_value(|record| record.both);
    // Where texts stand in both languages, each stands under its own.
    let single = !both && !editor.with(shelf::writes_both);
    many(vec![
        el("h2").with(tr("ui/cv/look", "Aspetto")).into_any(),
        el("p")
            .with(tr("ui/cv/look/about", "Il testo resta uguale: cambia solo come appare. Ogni aspetto si legge bene anche stampato in bianco e nero."))
            .into_any(),
        radios(editor, place("look"), tr("ui/cv/look/look", "Stile"), LOOKS, "sober"),
        radios(editor, place("color"), tr("ui/cv/look/color", "Colore"), COLORS, "blue"),
        radios(editor, place("density"), tr("ui/cv/look/density", "Spazi"), DENSITIES, "normal"),
        el("h2").with(tr("ui/cv/languages", "Lingue")).into_any(),
        radios(
            editor,
            print.to_owned(),
            tr("ui/cv/languages/print", "Lingua di stampa"),
            LANGUAGES,
            editor.text_language().as_str(),
        ),
        single
            .then(|| {
                radios(
                    editor,
                    write.to_owned(),
                    tr("ui/cv/languages/write", "Lingua in cui scrivi"),
                    LANGUAGES,
                    editor.text_language().as_str(),
                )
            })
            .into_any(),
        field::check(
            "cv-both".to_owned(),
            tr("ui/cv/languages/both", "Scrivo i testi in italiano e in inglese, uno accanto all'altro"),
            both,
            move |on| {
                editor.note(|record| record.both = on);
                editor.shape.update(|count| *count += 1);
                focus_later("cv-both".to_owned());
            },
        ),
        el("p")
            .at("class", "field-hint")
            .with(tr("ui/cv/languages/hint", "Titoli, mesi e livelli li traduciamo noi. I tuoi testi no: dove manca una lingua si stampa l'altra."))
            .into_any(),
    ])
}

fn radios(
    editor: Editor,
    place: String,
    legend: &'static str,
    list: &'static [Code],
    usual: &str,
) -> AnyView {
    let given = editor.text(&place);
    let given = if given.is_empty() {
        usual.to_owned()
    } else {
        given
    };
    let entries = list
        .iter()
        .map(|entry| {
            let id = [&place, "-", entry.code].concat();
            let (target, code) = (place.clone(), entry.code);
            let dot = (list[0].code == COLORS[0].code).then(|| {
                el("span")
                    .at("class", dot(entry.code))
                    .at("aria-hidden", "true")
            });
            el("div")
                .at("class", "form-check")
                .with(
                    el("input")
                        .at("type", "radio")
                        .at("id", id.clone())
                        .at("name", place.clone())
                        .at("value", entry.code)
                        .prop("checked", given == entry.code)
                        .on("change", move |_| editor.write(&target, Some(code.into()))),
                )
                .with(
                    el("label")
                        .at("for", id)
                        .with(entry.words.get(spoken()))
                        .with(dot),
                )
                .into_any()
        })
        .collect();
    el("fieldset")
        .at("class", "field cv-choice")
        .with(el("legend").with(legend))
        .with(el("div").at("class", "cv-choices").with(many(entries)))
        .into_any()
}

/// A drop of the colour itself.
fn dot(code: &str) -> &'static str {
    match code {
        "green" => "cv-dot cv-green",
        "teal" => "cv-dot cv-teal",
        "violet" => "cv-dot cv-violet",
        "red" => "cv-dot cv-red",
        "orange" => "cv-dot cv-orange",
        "slate" => "cv-dot cv-slate",
        "black" => "cv-dot cv-black",
        _ => "cv-dot cv-blue",
    }
}
