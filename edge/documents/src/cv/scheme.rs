// SPDX-License-Identifier: EUPL-1.2
//! The four looks as values. Lengths in points.

use contract::cv::style::{Color as Accent, Density, Look, Style as Choice};

use crate::paper::fonts::Face;
use crate::paper::sheet::{Color, INK, MUTED, PAGE, RULE};
use crate::paper::text::Style;

const WHITE: Color = Color(0xff, 0xff, 0xff);

/// Where the period of an entry stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Dates {
    /// Behind its heading on the same line, months in words.
    After,
    /// On a line of its own before its heading, in figures.
    Before,
}

/// What sets a heading of a section off.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Mark {
    /// A line below, of this thickness.
    Rule(f32, Color),
    /// A bar at the left.
    Bar,
    /// A tinted band behind it.
    Band,
}

/// Everything that a look decides.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Scheme {
    pub(crate) margin: f32,
    pub(crate) top: f32,
    pub(crate) accent: Color,
    pub(crate) tint: Color,
    pub(crate) name: Style,
    pub(crate) label: Style,
    pub(crate) contact: Style,
    pub(crate) heading: Style,
    pub(crate) entry: Style,
    pub(crate) at: Style,
    pub(crate) body: Style,
    pub(crate) strong: Style,
    pub(crate) muted: Style,
    pub(crate) mark: Mark,
    pub(crate) dates: Dates,
    /// The header stands on a band of the accent that reaches the edges of the paper.
    pub(crate) banner: bool,
    /// Each contact has a line of its own with its name before it.
    pub(crate) labelled: bool,
    /// The largest photo.
    pub(crate) photo: (f32, f32),
    /// Space before a section, an entry, a paragraph.
    pub(crate) gaps: (f32, f32, f32),
}

impl Scheme {
    pub(crate) fn of(choice: Choice) -> Self {
        let accent = accent(choice.color);
        let scheme = match choice.look {
            Look::Sober => sober(accent),
            Look::Modern => modern(accent),
            Look::Compact => compact(accent),
            Look::Europass => europass(accent),
        };
        scheme.spaced(choice.density)
    }

    pub(crate) fn width(&self) -> f32 {
        PAGE.0 - 2.0 * self.margin
    }

    fn spaced(mut self, density: Density) -> Self {
        let (air, leading, size) = match density {
            Density::Airy => (1.35, 1.09, 1.03),
            Density::Normal => return self,
            Density::Tight => (0.7, 0.94, 0.96),
        };
        self.gaps = (self.gaps.0 * air, self.gaps.1 * air, self.gaps.2 * air);
        for style in [
            &mut self.contact,
            &mut self.heading,
            &mut self.entry,
            &mut self.at,
            &mut self.body,
            &mut self.strong,
            &mut self.muted,
        ] {
            style.leading *= leading;
            style.size *= size;
        }
        self
    }
}

const fn style(face: Face, size: f32, leading: f32, color: Color) -> Style {
    Style {
        face,
        size,
        leading,
        color,
    }
}

fn sober(accent: Color) -> Scheme {
    let body = style(Face::Regular, 10.0, 14.0, INK);
    Scheme {
        margin: 58.0,
        top: 54.0,
        accent,
        tint: tint(accent),
        name: style(Face::SemiBold, 25.0, 30.0, INK),
        label: style(Face::Regular, 13.0, 18.0, MUTED),
        contact: style(Face::Regular, 9.5, 14.0, MUTED),
        heading: style(Face::SemiBold, 12.5, 17.0, accent),
        entry: style(Face::SemiBold, 10.8, 15.0, INK),
        at: style(Face::Regular, 10.0, 14.0, MUTED),
        body,
        strong: style(Face::SemiBold, 10.0, 14.0, INK),
        muted: style(Face::Regular, 9.2, 15.0, MUTED),
        mark: Mark::Rule(0.6, RULE),
        dates: Dates::After,
        banner: false,
        labelled: false,
        photo: (78.0, 98.0),
        gaps: (17.0, 9.0, 3.0),
    }
}

fn modern(accent: Color) -> Scheme {
    Scheme {
        margin: 60.0,
        top: 46.0,
        name: style(Face::SemiBold, 30.0, 35.0, WHITE),
        label: style(Face::SemiBold, 13.5, 19.0, WHITE),
        contact: style(Face::Regular, 9.5, 14.5, WHITE),
        heading: style(Face::SemiBold, 15.0, 20.0, accent),
        entry: style(Face::SemiBold, 11.0, 15.5, INK),
        at: style(Face::SemiBold, 10.0, 14.0, accent),
        body: style(Face::Regular, 10.0, 14.5, INK),
        strong: style(Face::SemiBold, 10.0, 14.5, INK),
        mark: Mark::Bar,
        banner: true,
        photo: (88.0, 108.0),
        gaps: (20.0, 10.0, 3.5),
        ..sober(accent)
    }
}

fn compact(accent: Color) -> Scheme {
    Scheme {
        margin: 44.0,
        top: 38.0,
        name: style(Face::SemiBold, 19.0, 23.0, INK),
        label: style(Face::SemiBold, 10.5, 14.0, accent),
        contact: style(Face::Regular, 8.6, 12.0, MUTED),
        heading: style(Face::SemiBold, 10.0, 15.0, accent),
        entry: style(Face::SemiBold, 9.4, 12.6, INK),
        at: style(Face::Regular, 9.0, 12.0, MUTED),
        body: style(Face::Regular, 9.0, 12.0, INK),
        strong: style(Face::SemiBold, 9.0, 12.0, INK),
        muted: style(Face::Regular, 8.6, 12.6, MUTED),
        mark: Mark::Band,
        photo: (58.0, 74.0),
        gaps: (9.0, 5.0, 1.5),
        ..sober(accent)
    }
}

fn europass(accent: Color) -> Scheme {
    Scheme {
        margin: 54.0,
        top: 48.0,
        name: style(Face::SemiBold, 24.0, 30.0, accent),
        label: style(Face::Regular, 12.5, 17.0, INK),
        contact: style(Face::Regular, 9.5, 13.8, INK),
        heading: style(Face::SemiBold, 13.0, 18.0, accent),
        entry: style(Face::SemiBold, 10.5, 14.5, accent),
        at: style(Face::SemiBold, 10.0, 14.0, INK),
        muted: style(Face::Regular, 9.0, 13.0, MUTED),
        mark: Mark::Rule(1.4, accent),
        dates: Dates::Before,
        labelled: true,
        photo: (84.0, 104.0),
        gaps: (18.0, 9.0, 2.5),
        ..sober(accent)
    }
}

/// Each has a contrast of at least 4.5:1 on white; a test computes it.
const fn accent(color: Accent) -> Color {
    match color {
        Accent::Blue => Color(0x00, 0x5c, 0xb8),
        Accent::Green => Color(0x00, 0x6b, 0x3f),
        Accent::Teal => Color(0x00, 0x67, 0x73),
        Accent::Violet => Color(0x5d, 0x3a, 0x9b),
        Accent::Red => Color(0x9b, 0x1c, 0x31),
        Accent::Orange => Color(0xa3, 0x4a, 0x00),
        Accent::Slate => Color(0x3a, 0x45, 0x52),
        Accent::Black => Color(0x1a, 0x1a, 0x1a),
    }
}

/// The accent with a lot of white in it.
const fn tint(Color(red, green, blue): Color) -> Color {
    const fn pale(part: u8) -> u8 {
        255 - (255 - part) / 11
    }
    Color(pale(red), pale(green), pale(blue))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn luminance(Color(red, green, blue): Color) -> f32 {
        let part = |value: u8| {
            let value = f32::from(value) / 255.0;
            if value <= 0.040_45 {
                value / 12.92
            } else {
                ((value + 0.055) / 1.055).powf(2.4)
            }
        };
        0.2126 * part(red) + 0.7152 * part(green) + 0.0722 * part(blue)
    }

    fn contrast(one: Color, other: Color) -> f32 {
        let (one, other) = (luminance(one) + 0.05, luminance(other) + 0.05);
        one.max(other) / one.min(other)
    }

    #[test]
    fn a_period_never_looks_like_the_heading_before_it() {
        for look in Look::ALL {
            let scheme = Scheme::of(Choice {
                look: *look,
                ..Choice::default()
            });
            assert_ne!(scheme.entry, scheme.muted, "{look:?}");
        }
    }

    #[test]
    fn every_colour_can_be_read_on_white_and_on_its_tint() {
        for color in Accent::ALL {
            let accent = accent(*color);
            assert!(contrast(accent, WHITE) >= 4.5, "{color:?}");
            assert!(contrast(accent, tint(accent)) >= 4.5, "{color:?}");
        }
        assert!(contrast(MUTED, WHITE) >= 4.5);
    }
}
