// SPDX-License-Identifier: EUPL-1.2
//! Deals strips out on pages, draws them, and ties what is drawn to the tag tree.

use jiff::ZonedDateTime;
use krilla::Document;
use krilla::SerializeSettings;
use krilla::color::rgb;
use krilla::configure::{Accessibility, Archival, ConfigurationBuilder};
use krilla::destination::XyzDestination;
use krilla::geom::{PathBuilder, Point, Rect};
use krilla::metadata::{DateTime, Metadata, TextDirection};
use krilla::outline::{Outline, OutlineNode};
use krilla::page::PageSettings;
use krilla::paint::Fill as Paint;
use krilla::surface::Surface;
use krilla::tagging::{
    Artifact, ArtifactType, ContentTag, Identifier, Node as TagNode, SpanTag, TagGroup, TagTree,
};

use super::Meta;
use super::fonts::Face;
use super::sheet::{Color, Fill, MARGIN, MUTED, Node, PAGE, RULE, Sheet, Strip, WIDTH};
use super::text::{Line, Style};
use crate::DocumentError;

/// Where the text starts on the pages after the first, under the running header.
const TOP: f32 = 68.0;
/// Where the text ends on every page, above the footer.
const BOTTOM: f32 = PAGE.1 - 60.0;
const SMALL: Style = Style {
    face: Face::Regular,
    size: 8.5,
    leading: 12.0,
    color: MUTED,
};

/// A strip at its place; `repeated` ones are decoration, because they have been read before.
struct Placed {
    y: f32,
    strip: Strip,
    repeated: bool,
}

pub(super) fn write(meta: &Meta, mut sheet: Sheet) -> Result<Vec<u8>, DocumentError> {
    let strips = std::mem::take(&mut sheet.strips);
    let pages = deal(strips, &sheet.repeats);
    let frames: Vec<_> = (0..pages.len())
        .map(|page| frame(meta, &mut sheet, page, pages.len()))
        .collect();
    if !sheet.shaper.missing.is_empty() {
        return Err(DocumentError::Glyphs {
            characters: sheet.shaper.missing.into_iter().collect(),
        });
    }

    let mut document = Document::new_with(settings()?);
    let mut drawn: Vec<Vec<Identifier>> = vec![Vec::new(); sheet.slots];
    let mut bookmarks = Vec::new();
    for (number, (page, frame)) in pages.iter().zip(&frames).enumerate() {
        for placed in page {
            if let Some((level, text)) = &placed.strip.bookmark {
                bookmarks.push((*level, text.clone(), number, placed.y));
            }
        }
        draw(&mut document, page, frame, &mut drawn)?;
    }

    let mut tree = TagTree::new().with_lang(Some(meta.language.clone()));
    for node in sheet.nodes {
        for node in resolve(node, &mut drawn) {
            tree.push(node);
        }
    }
    document.set_tag_tree(tree);
    document.set_outline(outline(&bookmarks));
    document.set_metadata(metadata(meta));
    document.finish().map_err(DocumentError::from_krilla)
}

/// Greedy: what is kept together moves to the next page when it does not fit, unless it is longer
/// than a page.
fn deal(strips: Vec<Strip>, repeats: &[Vec<Strip>]) -> Vec<Vec<Placed>> {
    let mut pages: Vec<Vec<Placed>> = vec![Vec::new()];
    let mut y = MARGIN;
    let mut strips = strips.into_iter().peekable();
    while strips.peek().is_some() {
        let mut group = Vec::new();
        for strip in strips.by_ref() {
            let keep = strip.keep;
            group.push(strip);
            if !keep {
                break;
            }
        }
        let height: f32 = group.iter().map(|s| s.before + s.height).sum();
        let mut fresh = y + height > BOTTOM && height <= BOTTOM - TOP;
        for strip in group {
            let page = pages.last_mut().map_or(0, |page| page.len());
            if fresh || (page > 0 && y + strip.before + strip.height > BOTTOM) {
                pages.push(Vec::new());
                y = TOP;
                fresh = false;
                let again = strip.repeat.and_then(|index| repeats.get(index));
                for head in again.into_iter().flatten() {
                    place(&mut pages, &mut y, head.clone(), true);
                }
            }
            place(&mut pages, &mut y, strip, false);
        }
    }
    pages
}

fn place(pages: &mut [Vec<Placed>], y: &mut f32, strip: Strip, repeated: bool) {
    if let Some(page) = pages.last_mut() {
        if !page.is_empty() {
            *y += strip.before;
        }
        let top = *y;
        *y += strip.height;
        page.push(Placed {
            y: top,
            strip,
            repeated,
        });
    }
}

/// Header and footer of one page: lines with the place of their baseline.
struct Frame {
    header: Vec<(f32, f32, Line)>,
    footer: Vec<(f32, f32, Line)>,
}

fn frame(meta: &Meta, sheet: &mut Sheet, page: usize, pages: usize) -> Frame {
    let half = WIDTH * 0.6;
    let mut left = |text: &str, y: f32| {
        let lines = sheet.shaper.lines(text, SMALL, half);
        lines.into_iter().next().map(|line| (MARGIN, y, line))
    };
    let protocol = meta.protocol.as_ref();
    let protocol = protocol.map_or(meta.author.clone(), |p| format!("Protocollo n. {p}"));
    let mut footer: Vec<_> = left(&protocol, PAGE.1 - 34.0).into_iter().collect();
    let mut header: Vec<_> = Vec::new();
    if page > 0 {
        header.extend(left(&meta.author, 42.0));
    }
    let mut right = |text: &str, y: f32| {
        let lines = sheet.shaper.lines(text, SMALL, WIDTH - half);
        let line = lines.into_iter().next();
        line.map(|line| (PAGE.0 - MARGIN - line.width, y, line))
    };
    footer.extend(right(
        &format!("pagina {} di {pages}", page + 1),
        PAGE.1 - 34.0,
    ));
    if page > 0 {
        header.extend(right(&meta.title, 42.0));
    }
    Frame { header, footer }
}

fn draw(
    document: &mut Document,
    strips: &[Placed],
    frame: &Frame,
    drawn: &mut [Vec<Identifier>],
) -> Result<(), DocumentError> {
    let settings = PageSettings::from_wh(PAGE.0, PAGE.1).ok_or_else(|| writer("page size"))?;
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
    let font = line.style.face.font().ok_or_else(|| writer("typeface"))?;
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

/// The tags of a node with the identifiers of what was drawn for them.
fn resolve(node: Node, drawn: &mut [Vec<Identifier>]) -> Vec<TagNode> {
    match node {
        Node::Text(slot) => std::mem::take(&mut drawn[slot])
            .into_iter()
            .map(TagNode::Leaf)
            .collect(),
        Node::Group(kind, children) => {
            let children = children.into_iter().flat_map(|child| resolve(child, drawn));
            vec![TagNode::Group(TagGroup::with_children(
                kind,
                children.collect(),
            ))]
        }
    }
}

/// Where a bookmark leads: level, text, page, distance from the top.
type Bookmark = (u16, String, usize, f32);

fn outline(bookmarks: &[Bookmark]) -> Outline {
    let mut outline = Outline::new();
    for node in nest(bookmarks) {
        outline.push_child(node);
    }
    outline
}

/// Nests bookmarks by the level of their headings.
fn nest(mut bookmarks: &[Bookmark]) -> Vec<OutlineNode> {
    let mut nodes = Vec::new();
    while let Some(((level, text, page, y), tail)) = bookmarks.split_first() {
        let end = tail.iter().position(|next| next.0 <= *level);
        let (inside, after) = tail.split_at(end.unwrap_or(tail.len()));
        let target = XyzDestination::new(*page, Point::from_xy(0.0, *y));
        let mut node = OutlineNode::new(text.clone(), target).with_open(true);
        for child in nest(inside) {
            node.push_child(child);
        }
        nodes.push(node);
        bookmarks = after;
    }
    nodes
}

fn settings() -> Result<SerializeSettings, DocumentError> {
    let configuration = ConfigurationBuilder::new()
        .with_archival_validator(Archival::A2_A)
        .with_accessibility_validator(Accessibility::UA1)
        .finish()
        .map_err(|_| writer("the two standards exclude each other"))?;
    Ok(SerializeSettings {
        configuration,
        ..SerializeSettings::default()
    })
}

fn metadata(meta: &Meta) -> Metadata {
    let mut metadata = Metadata::new()
        .title(meta.title.clone())
        .description(meta.subject.clone())
        .authors(vec![meta.author.clone()])
        .creator("Sportello Lavoro".into())
        .creation_date(date(&meta.created))
        .text_direction(TextDirection::LeftToRight);
    if !meta.language.is_empty() {
        metadata = metadata.language(meta.language.clone());
    }
    metadata
}

fn date(at: &ZonedDateTime) -> DateTime {
    let (day, time, offset) = (at.date(), at.time(), at.offset().seconds());
    DateTime::new(day.year().unsigned_abs())
        .month(day.month().unsigned_abs())
        .day(day.day().unsigned_abs())
        .hour(time.hour().unsigned_abs())
        .minute(time.minute().unsigned_abs())
        .second(time.second().unsigned_abs())
        .utc_offset_hour((offset / 3600) as i8)
        .utc_offset_minute((offset.abs() / 60 % 60) as u8)
}

fn writer(reason: &str) -> DocumentError {
    DocumentError::Writer {
        reason: reason.into(),
    }
}
