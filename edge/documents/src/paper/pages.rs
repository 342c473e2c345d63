// SPDX-License-Identifier: EUPL-1.2
//! Deals strips out on pages, has them drawn, and ties what was drawn to tags and bookmarks.

use krilla::Document;
use krilla::destination::XyzDestination;
use krilla::embed::EmbeddedFile;
use krilla::geom::Point;
use krilla::outline::{Outline, OutlineNode};
use krilla::tagging::{Identifier, Node as TagNode, TagGroup, TagTree};

use super::draw::{self, Frame, Furniture, Placed, draw};
use super::fonts::Face;
use super::sheet::{Fill, MARGIN, MUTED, Node, PAGE, RULE, Sheet, Strip, WIDTH};
use super::standard::{Properties, metadata, settings};
use super::text::Style;
use super::{Meta, standard};
use crate::DocumentError;

/// Where text may stand on a page.
#[derive(Clone, Copy)]
pub(crate) struct Area {
    /// Where it starts on the first page.
    pub(crate) first: f32,
    /// Where it starts on the pages after the first, under the running header.
    pub(crate) top: f32,
    /// Where it ends on every page, above the footer.
    pub(crate) bottom: f32,
}

const AREA: Area = Area {
    first: MARGIN,
    top: 68.0,
    bottom: PAGE.1 - 60.0,
};
const SMALL: Style = Style {
    face: Face::Regular,
    size: 8.5,
    leading: 12.0,
    color: MUTED,
};

pub(crate) fn write(meta: &Meta, mut sheet: Sheet) -> Result<Vec<u8>, DocumentError> {
    let strips = std::mem::take(&mut sheet.strips);
    let pages = deal(strips, &sheet.repeats, AREA);
    let count = pages.len();
    let pages = pages.into_iter().enumerate().map(|(page, strips)| {
        let frame = frame(meta, &mut sheet, page, count);
        draw::Sheet { strips, frame }
    });
    let pages: Vec<_> = pages.collect();
    if !sheet.shaper.missing.is_empty() {
        return Err(DocumentError::Glyphs {
            characters: sheet.shaper.missing.into_iter().collect(),
        });
    }

    let properties = Properties {
        title: &meta.title,
        language: &meta.language,
        subject: &meta.subject,
        author: &meta.author,
        created: Some(standard::instant(&meta.created)),
    };
    finish(&pages, sheet.nodes, sheet.slots, &properties, Vec::new())
}

/// Draws pages, ties them to their tags and bookmarks, attaches files, and checks the result.
pub(crate) fn finish(
    pages: &[draw::Sheet],
    nodes: Vec<Node>,
    slots: usize,
    properties: &Properties<'_>,
    attached: Vec<EmbeddedFile>,
) -> Result<Vec<u8>, DocumentError> {
    let mut document = Document::new_with(settings(!attached.is_empty())?);
    let mut drawn: Vec<Vec<Identifier>> = vec![Vec::new(); slots];
    let mut bookmarks = Vec::new();
    for (number, page) in pages.iter().enumerate() {
        for placed in &page.strips {
            if let Some((level, text)) = &placed.strip.bookmark {
                bookmarks.push((*level, text.clone(), number, placed.y));
            }
        }
        draw(&mut document, page, &mut drawn)?;
    }

    let mut tree = TagTree::new().with_lang(Some(properties.language.to_owned()));
    for node in nodes {
        for node in resolve(node, &mut drawn) {
            tree.push(node);
        }
    }
    document.set_tag_tree(tree);
    document.set_outline(outline(&bookmarks));
    document.set_metadata(metadata(properties));
    for file in attached {
        document
            .embed_file(file)
            .ok_or_else(|| DocumentError::writer("two attachments have one name"))?;
    }
    document.finish().map_err(DocumentError::from_krilla)
}

/// Greedy: what is kept together moves to the next page when it does not fit, unless it is longer
/// than a page.
pub(crate) fn deal(strips: Vec<Strip>, repeats: &[Vec<Strip>], area: Area) -> Vec<Vec<Placed>> {
    let mut pages: Vec<Vec<Placed>> = vec![Vec::new()];
    let mut y = area.first;
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
        let mut fresh = y + height > area.bottom && height <= area.bottom - area.top;
        for strip in group {
            let page = pages.last_mut().map_or(0, |page| page.len());
            if fresh || (page > 0 && y + strip.before + strip.height > area.bottom) {
                pages.push(Vec::new());
                y = area.top;
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
    let furniture = |rule: f32, lines: Vec<_>| Furniture {
        fills: vec![Fill {
            x: MARGIN,
            y: rule,
            width: WIDTH,
            height: 0.6,
            color: RULE,
        }],
        lines,
    };
    Frame {
        header: furniture(50.0, header),
        footer: furniture(PAGE.1 - 50.0, footer),
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
