// SPDX-License-Identifier: EUPL-1.2
//! The head of a CV or a letter: name, professional title, contacts, photo.

use contract::cv::outline::{Contact, Outline, Phrase};
use contract::cv::photo::Photo;
use contract::cv::words::words;
use contract::problem::{FieldProblem, Problem};
use krilla::image::Image;
use krilla::tagging::Tag;

use super::flow::{Flow, Place, Word};
use crate::paper::sheet::{Fill, Node, PAGE, Picture, Strip};

/// Where the photo stands in the JSON.
pub(crate) const PHOTO_FIELD: &str = "basics.x_photo";
/// A picture with more dots takes more memory than a stamp on paper is worth.
const MOST_DOTS: u32 = 6_000_000;

/// What stands at the head of a page.
pub(crate) struct Head<'a> {
    pub(crate) name: &'a Phrase,
    pub(crate) label: Option<&'a Phrase>,
    pub(crate) contacts: &'a [Contact],
    pub(crate) photo: Option<&'a Photo>,
    /// The name is the title of the document; otherwise it is a line like others.
    pub(crate) title: bool,
}

/// The head of a CV.
pub(super) fn cv(flow: &mut Flow, outline: &Outline) {
    head(
        flow,
        &Head {
            name: &outline.name,
            label: outline.label.as_ref(),
            contacts: &outline.contacts,
            photo: outline.photo.as_ref(),
            title: true,
        },
    );
}

/// Draws the head; all of it stays on the first page.
pub(crate) fn head(flow: &mut Flow, head: &Head<'_>) {
    let scheme = flow.scheme;
    flow.foot.clone_from(&head.name.text);
    let picture = head.photo.and_then(|photo| picture(flow, photo, head.name));
    let aside = picture.as_ref().map_or(0.0, |shown| shown.0.width + 20.0);
    let place = Place {
        width: scheme.width() - aside,
        keep: true,
        ..flow.place()
    };
    let first = flow.sheet.strips.len();
    let name = [Word::of(head.name, scheme.name)];
    if head.title {
        flow.heading(1, &name, place);
    } else {
        flow.block(Tag::P.into(), &name, place);
    }
    if let Some(label) = head.label {
        flow.block(Tag::P.into(), &[Word::of(label, scheme.label)], place);
    }
    let place = Place {
        before: 4.0,
        ..place
    };
    if scheme.labelled {
        one_each(flow, head.contacts, place);
    } else {
        in_a_row(flow, head.contacts, place);
    }
    let mut height: f32 = flow.sheet.strips[first..]
        .iter()
        .enumerate()
        .map(|(index, strip)| strip.height + if index == 0 { 0.0 } else { strip.before })
        .sum();
    if let Some((shown, node)) = picture {
        let missing = shown.height - height;
        if missing > 0.0 {
            flow.sheet.strips.push(space(missing));
            height = shown.height;
        }
        if let Some(strip) = flow.sheet.strips.get_mut(first) {
            strip.pictures.push(shown);
        }
        flow.sheet.nodes.push(node);
    }
    if scheme.banner {
        let below = scheme.top * 0.55;
        if let Some(strip) = flow.sheet.strips.get_mut(first) {
            strip.fills.push(Fill {
                x: 0.0,
                y: -scheme.top,
                width: PAGE.0,
                height: scheme.top + height + below,
                color: scheme.accent,
            });
        }
        flow.sheet.strips.push(space(below));
    }
}

fn space(height: f32) -> Strip {
    Strip {
        height,
        keep: true,
        ..Strip::default()
    }
}

/// `Telefono: 333 1234567`, one below the other.
fn one_each(flow: &mut Flow, contacts: &[Contact], place: Place) {
    let style = flow.scheme.contact;
    let strong = crate::paper::text::Style {
        face: crate::paper::fonts::Face::SemiBold,
        ..style
    };
    for (index, contact) in contacts.iter().enumerate() {
        let name = format!("{}: ", contact.label.get(flow.language));
        let words = [
            Word::ours(name, strong, flow.language),
            Word::of(&contact.text, style).leading_to(contact.link.clone()),
        ];
        let before = if index == 0 { place.before } else { 0.0 };
        flow.block(Tag::P.into(), &words, Place { before, ..place });
    }
}

/// One after the other with dots between, as many as fit on a line.
fn in_a_row(flow: &mut Flow, contacts: &[Contact], place: Place) {
    let style = flow.scheme.contact;
    let mut row: Vec<Word> = Vec::new();
    let mut used = 0.0;
    let mut before = place.before;
    for contact in contacts {
        let name = contact.named.then(|| {
            let name = format!("{}: ", contact.label.get(flow.language));
            Word::ours(name, style, flow.language)
        });
        let word = Word::of(&contact.text, style).leading_to(contact.link.clone());
        let words: Vec<Word> = name.into_iter().chain([word]).collect();
        let alone: f32 = words.iter().map(Word::width).sum();
        let dot = Word::ours(" · ", style, flow.language);
        let between = dot.width();
        if !row.is_empty() && used + between + alone > place.width {
            flow.block(Tag::P.into(), &row, Place { before, ..place });
            row.clear();
            before = 0.0;
        }
        if row.is_empty() {
            used = alone;
        } else {
            row.push(dot);
            used += between + alone;
        }
        row.extend(words);
    }
    if !row.is_empty() {
        flow.block(Tag::P.into(), &row, Place { before, ..place });
    }
}

/// The photo at the right of the head, and its tags. A file that is no picture is refused.
fn picture(flow: &mut Flow, photo: &Photo, name: &Phrase) -> Option<(Picture, Node)> {
    let scheme = flow.scheme;
    let Some(image) = drawable(photo) else {
        let refusal = FieldProblem::new(PHOTO_FIELD, Problem::Image);
        flow.problems.push(refusal);
        return None;
    };
    let (width, height) = image.size();
    let (width, height) = (width as f32, height as f32);
    let scale = (scheme.photo.0 / width).min(scheme.photo.1 / height);
    let slot = flow.sheet.slot();
    let of = words("Foto di", "Photo of").get(flow.language);
    let figure = Tag::Figure(Some(format!("{of} {}", name.text)));
    let shown = Picture {
        x: PAGE.0 - scheme.margin - width * scale,
        y: 0.0,
        width: width * scale,
        height: height * scale,
        image,
        slot,
    };
    Some((shown, Node::Group(figure.into(), vec![Node::Text(slot)])))
}

/// The picture, when it is one that can be drawn.
pub(super) fn drawable(photo: &Photo) -> Option<Image> {
    // Smoothing is left to whoever shows it: PDF/A forbids the file to ask for it.
    let read = match photo {
        Photo::Jpeg(bytes) if is_for_print(bytes) => Err("four inks".to_owned()),
        Photo::Jpeg(bytes) => Image::from_jpeg(bytes.clone().into(), false),
        Photo::Png(bytes) => Image::from_png(bytes.clone().into(), false),
    };
    read.ok().filter(|image| {
        let (width, height) = image.size();
        width > 0 && height > 0 && width.saturating_mul(height) <= MOST_DOTS
    })
}

/// Whether a JPEG has four inks, as printers use them and no camera makes them: PDF/A wants to be
/// told which printer.
fn is_for_print(jpeg: &[u8]) -> bool {
    let mut rest = jpeg.get(2..).unwrap_or_default();
    while let [0xff, marker, high, low, body @ ..] = rest {
        let length = usize::from(*high) << 8 | usize::from(*low);
        // The frame's header (SOF): precision, height, width, number of components.
        if matches!(marker, 0xc0..=0xc3 | 0xc5..=0xc7 | 0xc9..=0xcb | 0xcd..=0xcf) {
            return body.get(5).is_some_and(|components| *components > 3);
        }
        if *marker == 0xff {
            rest = &rest[1..];
        } else {
            rest = body.get(length.saturating_sub(2)..).unwrap_or_default();
        }
    }
    false
}
