// SPDX-License-Identifier: EUPL-1.2
//! Draws one page: decoration and page furniture as artifacts, text under its identifiers.

use krilla::Document;
use krilla::color::rgb;
use krilla::geom::{PathBuilder, Point, Rect};
use krilla::page::PageSettings;
use krilla::paint::Fill as Paint;
use krilla::surface::Surface;
use krilla::tagging::{Artifact, ArtifactType, ContentTag, Identifier, SpanTag};

use super::sheet::{Color, Fill, MARGIN, PAGE, RULE, Strip, WIDTH};
use super::text::Line;
use crate::DocumentError;

/// A strip at its place; `repeated` ones are decoration, because they have been read before.
pub(super) struct Placed {
    pub(super) y: f32,
    pub(super) strip: Strip,
    pub(super) repeated: bool,
}

/// Header and footer of one page: lines with the place of their baseline.
pub(super) struct Frame {
    pub(super) header: Vec<(f32, f32, Line)>,
    pub(super) footer: Vec<(f32, f32, Line)>,
}

/// Draws a page; `drawn` collects the identifiers of the text of each slot.
pub(super) fn draw(
    document: &mut Document,
    strips: &[Placed],
    frame: &Frame,
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

    for (kind, rule, lines) in [
        (ArtifactType::Header, 50.0, &frame.header),
        (ArtifactType::Footer, PAGE.1 - 50.0, &frame.footer),
    ] {
        if lines.is_empty() {
            continue;
        }
        surface.start_tagged(artifact(kind));
        let line = Fill {
            x: MARGIN,
            y: 0.0,
            width: WIDTH,
            height: 0.6,
            color: RULE,
        };
        rectangle(&mut surface, &line, rule);
        for (x, y, line) in lines {
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
    for (placed, run) in runs {
        if placed.repeated {
            surface.start_tagged(artifact(ArtifactType::PaginationOther));
        } else {
            let id = surface.start_tagged(ContentTag::Span(SpanTag::empty()));
            drawn[run.slot].push(id);
        }
        glyphs(&mut surface, run.x, placed.y + run.y, &run.line)?;
        surface.end_tagged();
    }
    surface.finish();
    page.finish();
    Ok(())
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
    let font = line
        .style
        .face
        .font()
        .ok_or_else(|| DocumentError::writer("typeface"))?;
    surface.set_fill(Some(paint(line.style.color)));
    let start = Point::from_xy(x, y);
    surface.draw_glyphs(
        start,
        &line.glyphs,
        font,
        &line.text,
        line.style.size,
        false,
    );
    Ok(())
}

fn paint(Color(red, green, blue): Color) -> Paint {
    Paint {
        paint: rgb::Color::new(red, green, blue).into(),
        ..Paint::default()
    }
}
