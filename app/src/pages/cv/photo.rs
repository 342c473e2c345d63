// SPDX-License-Identifier: EUPL-1.2
//! The photo: chosen, cut to a square and made small in the browser. It is drawn anew, so nothing of the file it came
//! from (place, camera, time) remains in it.

use leptos::task::spawn_local;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{CanvasRenderingContext2d, File, HtmlCanvasElement, HtmlInputElement, ImageBitmap};

use super::{editor::Editor, field::message, items::focus_later, path};
use crate::{dom::*, shell, texts::tr};

const PLACE: &str = "basics.x_photo";
/// Dots of a side: three centimetres at 400 dots an inch.
const SIDE: u32 = 480;
/// Larger files are no photos of a person.
const LARGEST: f64 = 30e6;

/// The photo, or the way to one.
pub(super) fn draw(editor: Editor) -> AnyView {
    let given = editor.text(PLACE);
    let failed = RwSignal::new(false);
    let chosen = move |event: web_sys::Event| {
        let Some(input) = event
            .target()
            .and_then(|at| at.dyn_into::<HtmlInputElement>().ok())
        else {
            return;
        };
        let Some(file) = input.files().and_then(|files| files.get(0)) else {
            return;
        };
        failed.set(false);
        spawn_local(async move {
            match small(&file).await {
                Some(url) if editor.version.try_get_untracked().is_some() => {
                    editor.alter(move |doc| path::set(doc, PLACE, Some(url.into())));
                    shell::announce(tr("ui/cv/photo/put", "Foto aggiunta"));
                    focus_later("photo-remove".to_owned());
                }
                _ => {
                    let _ = failed.try_set(true);
                }
            }
        });
    };
    let picture = (!given.is_empty()).then(|| {
        el("div")
            .at("class", "cv-photo")
            .with(
                el("img")
                    .at("src", given.as_str())
                    .at("alt", tr("ui/cv/photo/alt", "La foto del tuo CV"))
                    .at("width", "96")
                    .at("height", "96"),
            )
            .with(
                el("button")
                    .at("type", "button")
                    .at("id", "photo-remove")
                    .at("class", "btn btn-sm btn-outline-primary")
                    .on("click", move |_| {
                        editor.alter(|doc| path::set(doc, PLACE, None));
                        focus_later(PLACE.to_owned());
                    })
                    .with(tr("ui/cv/photo/remove", "Togli la foto")),
            )
    });
    el("div")
        .at("class", "field file-field")
        .with(
            el("label")
                .at("for", PLACE)
                .with(tr("ui/cv/photo", "Foto"))
                .with(el("span").at("class", "field-optional").with(tr("ui/cv/optional", " (facoltativa)"))),
        )
        .with(el("span").at("class", "field-hint").with(tr(
            "ui/cv/photo/hint",
            "Non serve: molte aziende preferiscono un CV senza. Se la metti, scegli un primo piano recente su sfondo chiaro. La rimpiccioliamo qui, sul tuo dispositivo.",
        )))
        .with(message(editor, PLACE.to_owned()))
        .with(move || {
            failed.get().then(|| {
                el("p").at("class", "field-error").at("role", "alert").with(tr(
                    "ui/cv/photo/failed",
                    "Il browser non riesce ad aprire questo file come foto. Prova con un JPEG o un PNG.",
                ))
            })
        })
        .with(picture)
        .with(
            el("input")
                .at("type", "file")
                .at("id", PLACE)
                .at("accept", "image/*")
                .at("aria-describedby", "basics.x_photo-error")
                .on("change", chosen),
        )
        .into_any()
}

/// The middle of a picture as a small JPEG.
async fn small(file: &File) -> Option<String> {
    if file.size() > LARGEST {
        return None;
    }
    let decoded = window().create_image_bitmap_with_blob(file).ok()?;
    let picture: ImageBitmap = JsFuture::from(decoded).await.ok()?.dyn_into().ok()?;
    let (width, height) = (f64::from(picture.width()), f64::from(picture.height()));
    let side = width.min(height);
    let canvas: HtmlCanvasElement = document().create_element("canvas").ok()?.dyn_into().ok()?;
    canvas.set_width(SIDE);
    canvas.set_height(SIDE);
    let context: CanvasRenderingContext2d = canvas.get_context("2d").ok()??.dyn_into().ok()?;
    let dots = f64::from(SIDE);
    // Where a picture is clear, paper is white.
    context.set_fill_style_str("#fff");
    context.fill_rect(0.0, 0.0, dots, dots);
    // Faces stand above the middle of a portrait.
    let top = (height - side) / 3.0;
    context
        .draw_image_with_image_bitmap_and_sw_and_sh_and_dx_and_dy_and_dw_and_dh(
            &picture,
            (width - side) / 2.0,
            top,
            side,
            side,
            0.0,
            0.0,
            dots,
            dots,
        )
        .ok()?;
    picture.close();
    canvas
        .to_data_url_with_type_and_encoder_options("image/jpeg", &JsValue::from_f64(0.86))
        .ok()
}
