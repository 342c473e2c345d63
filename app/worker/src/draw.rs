// SPDX-License-Identifier: EUPL-1.2
//! Pages as bitmaps, drawn off the main thread from the shapes of the PDF's own layout.

use std::cell::RefCell;
use std::collections::HashMap;
use std::collections::hash_map::Entry;

use contract::cv::photo::Photo;
use documents::{Drawing, Family, Glyphs, Page, Shape, Weight, outline};
use js_sys::{Array, Uint8Array};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    Blob, DedicatedWorkerGlobalScope, ImageBitmap, OffscreenCanvas,
    OffscreenCanvasRenderingContext2d, Path2d,
};

/// More dots than any screen shows of one page; keeps memory bounded.
const WIDEST: f64 = 2_400.0;

thread_local! {
    /// Outlines of glyphs, made once.
    static PATHS: RefCell<HashMap<(Family, Weight, u16), Path2d>> = RefCell::default();
    /// The last photo and what became of it.
    static PHOTO: RefCell<Option<(String, ImageBitmap)>> = RefCell::default();
}

/// Draws every page `width` dots wide.
pub(crate) async fn pages(
    drawing: &Drawing,
    width: f64,
    photo: Option<&str>,
) -> Result<Array, JsValue> {
    let photo = match photo {
        Some(url) => decoded(url).await,
        None => None,
    };
    let width = width.clamp(50.0, WIDEST).round();
    let bitmaps: Result<Vec<ImageBitmap>, JsValue> = drawing
        .pages
        .iter()
        .map(|page| draw(page, width, photo.as_ref()))
        .collect();
    Ok(super::list(bitmaps?))
}

fn draw(page: &Page, width: f64, photo: Option<&ImageBitmap>) -> Result<ImageBitmap, JsValue> {
    let scale = width / f64::from(Drawing::SIZE.0);
    let height = (f64::from(Drawing::SIZE.1) * scale).round();
    let canvas = OffscreenCanvas::new(width as u32, height as u32)?;
    let context: OffscreenCanvasRenderingContext2d = canvas
        .get_context("2d")?
        .ok_or("no canvas")?
        .unchecked_into();
    context.set_fill_style_str("#fff");
    context.fill_rect(0.0, 0.0, width, height);
    for shape in &page.shapes {
        match shape {
            Shape::Rectangle(area, color) => {
                let [x, y, wide, high] = area.map(f64::from);
                context.set_fill_style_str(&css(*color));
                context.set_transform(scale, 0.0, 0.0, scale, 0.0, 0.0)?;
                context.fill_rect(x, y, wide, high);
            }
            Shape::Glyphs(glyphs) => text(&context, glyphs, scale)?,
            Shape::Photo(area) => {
                let [x, y, wide, high] = area.map(f64::from);
                context.set_transform(scale, 0.0, 0.0, scale, 0.0, 0.0)?;
                match photo {
                    Some(photo) => context
                        .draw_image_with_image_bitmap_and_dw_and_dh(photo, x, y, wide, high)?,
                    None => {
                        context.set_fill_style_str("#dde3ea");
                        context.fill_rect(x, y, wide, high);
                    }
                }
            }
        }
    }
    canvas.transfer_to_image_bitmap()
}

fn text(
    context: &OffscreenCanvasRenderingContext2d,
    glyphs: &Glyphs,
    scale: f64,
) -> Result<(), JsValue> {
    context.set_fill_style_str(&css(glyphs.color));
    let em = scale * f64::from(glyphs.size) / 1000.0;
    let y = scale * f64::from(glyphs.y);
    PATHS.with_borrow_mut(|paths| {
        for (glyph, x) in &glyphs.glyphs {
            let path = match paths.entry((glyphs.family, glyphs.weight, *glyph)) {
                Entry::Occupied(known) => known.into_mut(),
                Entry::Vacant(empty) => {
                    let path = outline(glyphs.family, glyphs.weight, *glyph);
                    empty.insert(Path2d::new_with_path_string(&path)?)
                }
            };
            context.set_transform(em, 0.0, 0.0, em, scale * f64::from(*x), y)?;
            context.fill_with_path_2d(path);
        }
        Ok(())
    })
}

fn css([red, green, blue]: [u8; 3]) -> String {
    format!("#{red:02x}{green:02x}{blue:02x}")
}

/// The photo as a bitmap; none when the browser cannot read it, which the check of the CV tells.
async fn decoded(url: &str) -> Option<ImageBitmap> {
    let known = PHOTO.with_borrow(|photo| {
        let (known, bitmap) = photo.as_ref()?;
        (known == url).then(|| bitmap.clone())
    });
    if known.is_some() {
        return known;
    }
    let (Photo::Jpeg(bytes) | Photo::Png(bytes)) = Photo::parse(url).ok()?;
    let parts = super::list([Uint8Array::from(&*bytes)]);
    let blob = Blob::new_with_u8_array_sequence(&parts).ok()?;
    let scope: DedicatedWorkerGlobalScope = js_sys::global().unchecked_into();
    let promise = scope.create_image_bitmap_with_blob(&blob).ok()?;
    let bitmap: ImageBitmap = JsFuture::from(promise).await.ok()?.unchecked_into();
    PHOTO.with_borrow_mut(|photo| *photo = Some((url.to_owned(), bitmap.clone())));
    Some(bitmap)
}
