// SPDX-License-Identifier: EUPL-1.2
//! One file beside a justification: sent at once with its progress in sight, then shown by its name, and taken away again.

use contract::endpoint::{DropFile, FileView};
use leptos::task::spawn_local;
use wasm_bindgen::JsCast;
use web_sys::HtmlInputElement;

use crate::{
    api::{self, upload::upload},
    browser,
    dom::*,
    pages::booking::form,
    session::Session,
    shell,
    texts::{self, tr},
    ui,
};

/// What the chooser of the device offers.
const ACCEPTED: &str = "application/pdf,image/jpeg,image/png,.pdf,.jpg,.jpeg,.png";
const ID: &str = "documento-assenza";

/// The field; `file` holds what the edge has received.
pub(super) fn field(file: RwSignal<Option<FileView>>) -> AnyView {
    let session = expect_context::<Session>();
    let percent = RwSignal::new(None::<u32>);
    let said = RwSignal::new(String::new());
    let chosen = move |event: web_sys::Event| {
        let input = event
            .target()
            .and_then(|target| target.dyn_into::<HtmlInputElement>().ok());
        let Some(input) = input else { return };
        let Some(paper) = input.files().and_then(|files| files.get(0)) else {
            return;
        };
        said.set(String::new());
        percent.set(Some(0));
        upload(
            &paper,
            &browser::uuid(),
            move |now| {
                let _ = percent.try_set(Some(now));
            },
            move |answer| {
                let _ = percent.try_set(None);
                match session.seen(answer) {
                    Ok(view) => {
                        shell::announce(&texts::with(
                            tr("ui/file/sent", "Caricato: {valore}"),
                            &view.nome,
                        ));
                        let _ = file.try_set(Some(view));
                    }
                    Err(error) => {
                        let _ = said.try_set(error.sentence());
                    }
                }
            },
        );
        // The same file can be chosen again after it was refused.
        input.set_value("");
    };
    let shown = move || match file.get() {
        Some(view) => kept(file, view),
        None => el("input")
            .at("id", ID)
            .at("type", "file")
            .at("accept", ACCEPTED)
            .at(
                "aria-describedby",
                "documento-assenza-hint documento-assenza-error",
            )
            .on("change", chosen)
            .into_any(),
    };
    let way = move || {
        percent.get().map(|now| {
            el("progress")
                .at("max", "100")
                .at("value", now.to_string())
                .at("aria-label", tr("ui/file/sending", "Caricamento del file"))
                .into_any()
        })
    };
    el("div")
        .at("class", "field")
        .with(
            el("label")
                .at("class", "field-label")
                .at("for", ID)
                .with(tr(
                    "ui/appointment/justify_file",
                    "Un documento che lo dimostra",
                )),
        )
        .with(
            el("span")
                .at("class", "field-hint")
                .at("id", "documento-assenza-hint")
                .with(texts::with(
                    tr("ui/file/limits", "PDF, JPEG o PNG, fino a {valore}."),
                    "5 MB",
                )),
        )
        .with(
            el("div")
                .at("id", "documento-assenza-error")
                .at("role", "alert")
                .with(move || {
                    let said = said.get();
                    (!said.is_empty()).then(|| form::wrong(said))
                }),
        )
        .with(shown)
        .with(way)
        .into_any()
}

fn kept(file: RwSignal<Option<FileView>>, view: FileView) -> AnyView {
    let id = view.id.clone();
    el("div")
        .at("class", "file-kept")
        .with(ui::icon("it-file"))
        .with(el("span").at("class", "file-name").with(ui::link(
            &["/api/file/", &view.id].concat(),
            "",
            view.nome,
        )))
        .with(
            el("button")
                .at("type", "button")
                .at("class", "btn btn-sm btn-outline-danger")
                .on("click", move |_| {
                    let id = id.clone();
                    file.set(None);
                    browser::focus_soon(ID);
                    spawn_local(async move {
                        // What cannot be thrown away now goes by itself after a day.
                        let _ = api::call::<DropFile>(&[&id], &[], None).await;
                    });
                })
                .with(tr("ui/file/remove", "Togli il file")),
        )
        .into_any()
}
