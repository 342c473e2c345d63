// SPDX-License-Identifier: EUPL-1.2
//! Draws one page: decoration and page furniture as artifacts, text under its identifiers.

use krilla::Document;
use krilla::action::{Action, LinkAction};
use krilla::annotation::{Annotation, LinkAnnotation, Target};
use krilla::color::rgb;
use krilla::geom::{PathBuilder, Point, Rect, Size, Transform};
use krilla::page::PageSettings;
use krilla::paint::Fill as Paint;
use krilla::surface::Surface;
use krilla::tagging::{Artifact, ArtifactType, ContentTag, Identifier, SpanTag};
use krilla::text::Glyph;

use super::sheet::{Color, Fill, Link, PAGE, Picture, Strip};
use super::text::Line;
use crate::DocumentError;

/// A strip at its place; `repeated` ones are decoration, because they have been read before.
pub(crate) struct Placed {
    pub(crate) y: f32,
    pub(crate) strip: Strip,
    pub(crate) repeated: bool,
}

/// Header and footer of one page.
#[derive(Default)]
pub(crate) struct Frame {
    pub(crate) header: Furniture,
    pub(crate) footer: Furniture,
}

/// What stands outside the text: hairlines, and lines with the place of their baseline.
#[derive(Default)]
pub(crate) struct Furniture {
    pub(crate) fills: Vec<Fill>,
    pub(crate) lines: Vec<(f32, f32, Line)>,
}

/// One page, ready to be drawn.
pub(crate) struct Sheet {
    pub(crate) strips: Vec<Placed>,
    pub(crate) frame: Frame,
}

/// Draws a page; `drawn` collects the identifiers of the text of each slot.
pub(crate) fn draw(
    document: &mut Document,
    Sheet { strips, frame }: &Sheet,
    drawn: &mut [Vec<Identifier>],
) -> Result<(), DocumentError> {
    let settings =
        PageSettings::from_wh(PAGE.0, PAGE.1).ok_or_else(|| DocumentError::writer("page size"))?;
    let mut page = document.start_page_with(settings);
    let mut surface = page.surface();

    surface.start_tagged(artifact(ArtifactType::Layout));
    for placed in strips {
        for fill in &placed.strip.fills {
            rectangle(&mut surface, fill, placed.y);
        }
    }
    surface.end_tagged();

    for (kind, furniture) in [
        (ArtifactType::Header, &frame.header),
        (ArtifactType::Footer, &frame.footer),
    ] {
        if furniture.lines.is_empty() {
            continue;
        }
        surface.start_tagged(artifact(kind));
        for fill in &furniture.fills {
            rectangle(&mut surface, fill, 0.0);
        }
        for (x, y, line) in &furniture.lines {
            glyphs(&mut surface, *x, *y, line)?;
        }
        surface.end_tagged();
    }

    // Slots are numbered in reading order, so even who reads the page without its tags (a copy and
    // paste, a plain text extractor) gets a cell to its end before the next one starts.
    let mut runs: Vec<_> = strips
        .iter()
        .flat_map(|placed| placed.strip.runs.iter().map(move |run| (placed, run)))
        .collect();
    runs.sort_by_key(|(placed, run)| (!placed.repeated, run.slot));
    for runs in runs.chunk_by(|(one, run), (other, next)| {
        (one.repeated, run.slot) == (other.repeated, next.slot)
    }) {
        let (first, run) = runs[0];
        if first.repeated {
            surface.start_tagged(artifact(ArtifactType::PaginationOther));
        } else {
            let id = surface.start_tagged(ContentTag::Span(SpanTag::empty()));
            drawn[run.slot].push(id);
        }
        for (placed, run) in runs {
            glyphs(&mut surface, run.x, placed.y + run.y, &run.line)?;
        }
        surface.end_tagged();
    }
    for (placed, shown) in each(strips, |strip| &strip.pictures) {
        let id = surface.start_tagged(ContentTag::Other);
        drawn[shown.slot].push(id);
        picture(&mut surface, shown, placed.y);
        surface.end_tagged();
    }
    surface.finish();
    for (placed, link) in each(strips, |strip| &strip.links) {
        if let Some(area) = annotation(link, placed.y) {
            let id = page.add_tagged_annotation(area);
            drawn[link.slot].push(id);
        }
    }
    page.finish();
    Ok(())
}

/// Everything of one kind on a page, with the strip it stands in.
fn each<'a, T: 'a>(
    strips: &'a [Placed],
    of: fn(&Strip) -> &Vec<T>,
) -> impl Iterator<Item = (&'a Placed, &'a T)> {
    strips
        .iter()
        .flat_map(move |placed| of(&placed.strip).iter().map(move |one| (placed, one)))
}

fn picture(surface: &mut Surface<'_>, shown: &Picture, top: f32) {
    let Some(size) = Size::from_wh(shown.width, shown.height) else {
        return;
    };
    surface.push_transform(&Transform::from_translate(shown.x, top + shown.y));
    surface.draw_image(shown.image.clone(), size);
    surface.pop();
}

fn annotation(link: &Link, top: f32) -> Option<Annotation> {
    let rect = Rect::from_xywh(link.x, top + link.y, link.width, link.height)?;
    let target = Target::Action(Action::Link(LinkAction::new(link.target.clone())));
    let area = LinkAnnotation::new(rect, target);
    Some(Annotation::new_link(area, Some(link.name.clone())))
}

fn artifact(kind: ArtifactType) -> ContentTag<'static> {
    ContentTag::Artifact(Artifact::with_kind(kind))
}

fn rectangle(surface: &mut Surface<'_>, fill: &Fill, top: f32) {
    let Some(rect) = Rect::from_xywh(fill.x, top + fill.y, fill.width, fill.height) else {
        return;
    };
    let mut path = PathBuilder::new();
    path.push_rect(rect);
    if let Some(path) = path.finish() {
        surface.set_fill(Some(paint(fill.color)));
        surface.draw_path(&path);
    }
}

fn glyphs(surface: &mut Surface<'_>, x: f32, y: f32, line: &Line) -> Result<(), DocumentError> {
    let size = line.style.size;
    surface.set_fill(Some(paint(line.style.color)));
    let mut x = x;
    for (family, glyphs) in line.stretches() {
        let font = line.style.face.font(family);
        let font = font.ok_or_else(|| DocumentError::writer("typeface"))?;
        let at = Point::from_xy(hundredths(x), hundredths(y));
        surface.draw_glyphs(at, glyphs, font, &line.text, size, false);
        x += glyphs
            .iter()
            .map(|glyph| glyph.x_advance(size))
            .sum::<f32>();
    }
    Ok(())
}

/// A place on the page, as finely as anybody can see it.
fn hundredths(points: f32) -> f32 {
    (points * 100.0).round() / 100.0
}

fn paint(Color(red, green, blue): Color) -> Paint {
    Paint {
        paint: rgb::Color::new(red, green, blue).into(),
        ..Paint::default()
    }
}
