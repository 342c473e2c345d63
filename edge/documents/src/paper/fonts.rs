// SPDX-License-Identifier: EUPL-1.2
//! The embedded typefaces, parsed once for the process: Titillium Web, and for the letters that it does not have (Greek,
//! Cyrillic, Vietnamese, rarer Latin ones) a subset of Source Sans 3 under a name of its own. Both are under the SIL Open
//! Font License.
//!
//! What is kept between documents is read-only and the same for everybody: nothing of a request
//! stays here.

use std::sync::{Arc, OnceLock};

use krilla::text::Font;
use parley::FontContext;
use parley::fontique::{Blob, Collection, CollectionOptions, FontInfoOverride, SourceCache};
use parley::style::FontWeight;
use skrifa::instance::{LocationRef, Size};
use skrifa::{FontRef, MetadataProvider};

/// A family of faces. What the first does not have is taken from the second.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Family {
    /// Titillium Web.
    First,
    /// Letters of other scripts.
    Second,
}

impl Family {
    const ALL: [Self; 2] = [Self::First, Self::Second];

    /// The name under which its faces are registered with the shaper.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::First => "Titillium Web",
            Self::Second => "Sportello Sans",
        }
    }
}

/// By family and face, in the order of both. A `static`: of a constant there may be several copies in one program.
static FILES: [[&[u8]; 2]; 2] = [
    [
        include_bytes!("../../fonts/TitilliumWeb-Regular.ttf"),
        include_bytes!("../../fonts/TitilliumWeb-SemiBold.ttf"),
    ],
    [
        include_bytes!("../../fonts/SportelloSans-Regular.ttf"),
        include_bytes!("../../fonts/SportelloSans-SemiBold.ttf"),
    ],
];

/// The weights of the typefaces that papers use: one to be read, one to stand out. What matters more is larger or in colour;
/// every further weight would cost each paper a tenth of its time and three thousand bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Face {
    Regular,
    SemiBold,
}

impl Face {
    pub(crate) const ALL: [Self; 2] = [Self::Regular, Self::SemiBold];

    pub(crate) fn weight(self) -> FontWeight {
        FontWeight::new(match self {
            Self::Regular => 400.0,
            Self::SemiBold => 600.0,
        })
    }

    /// The file. It is always the same one in memory, so that its address tells which face a piece of text is set in.
    pub(crate) fn data(self, family: Family) -> &'static [u8] {
        FILES[family as usize][self as usize]
    }

    /// The sum of the widths of the letters of a text, at the size 1.
    pub(crate) fn width(self, text: &str) -> f32 {
        let fonts = Family::ALL.map(|family| FontRef::new(self.data(family)).ok());
        let fonts = fonts.iter().flatten().map(|font| {
            let widths = font.glyph_metrics(Size::new(1.0), LocationRef::default());
            (font.charmap(), widths)
        });
        let fonts: Vec<_> = fonts.collect();
        let width = |letter| {
            let mut found = fonts.iter().filter_map(|(letters, widths)| {
                let glyph = letters.map(letter)?;
                widths.advance_width(glyph)
            });
            found.next().unwrap_or_default()
        };
        text.chars().map(width).sum()
    }

    /// The face as the PDF writer wants it. `None` only if the embedded file were damaged.
    pub(crate) fn font(self, family: Family) -> Option<Font> {
        static FONTS: [[OnceLock<Option<Font>>; 2]; 2] =
            [const { [const { OnceLock::new() }; 2] }; 2];
        FONTS[family as usize][self as usize]
            .get_or_init(|| Font::new(self.data(family).into(), 0))
            .clone()
    }
}

/// A shaper's view of these faces and of no other font. Cloning it is cheap.
pub(crate) fn context() -> FontContext {
    static CONTEXT: OnceLock<FontContext> = OnceLock::new();
    CONTEXT
        .get_or_init(|| {
            let mut collection = Collection::new(CollectionOptions {
                shared: false,
                system_fonts: false,
            });
            for family in Family::ALL {
                for face in Face::ALL {
                    collection.register_fonts(
                        Blob::new(Arc::new(face.data(family))),
                        Some(FontInfoOverride {
                            family_name: Some(family.name()),
                            weight: Some(face.weight()),
                            ..Default::default()
                        }),
                    );
                }
            }
            FontContext {
                collection,
                source_cache: SourceCache::default(),
            }
        })
        .clone()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_family_has_all_that_can_be_seen_of_ascii() {
        for face in Face::ALL {
            let font = FontRef::new(face.data(Family::First)).expect("a font");
            let letters = font.charmap();
            let lacks =
                |letter: &char| letters.map(*letter).is_none_or(|glyph| glyph.to_u32() == 0);
            assert_eq!((' '..='~').find(lacks), None, "{face:?}");
        }
    }

    #[test]
    fn a_text_is_about_as_wide_as_its_letters() {
        let wide = Face::Regular.width("via Mazzini");
        assert!((4.0..6.0).contains(&wide), "{wide}");
        assert_eq!(Face::Regular.width(""), 0.0);
        // A letter of the second family counts too.
        assert!(Face::Regular.width("ж") > 0.4);
    }
}
