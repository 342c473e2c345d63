// SPDX-License-Identifier: EUPL-1.2
//! The embedded typeface, Titillium Web (SIL Open Font License), parsed once for the process.
//!
//! What is kept between documents is read-only and the same for everybody: nothing of a request
//! stays here.

use std::sync::{Arc, OnceLock};

use krilla::text::Font;
use parley::FontContext;
use parley::fontique::{Blob, Collection, CollectionOptions, FontInfoOverride, SourceCache};
use parley::style::FontWeight;

/// The family under which the three faces are registered with the shaper.
pub(crate) const FAMILY: &str = "Titillium Web";

/// The weights of the typeface that papers use.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Face {
    Regular,
    SemiBold,
    Bold,
}

impl Face {
    const ALL: [Self; 3] = [Self::Regular, Self::SemiBold, Self::Bold];

    pub(crate) fn weight(self) -> FontWeight {
        FontWeight::new(match self {
            Self::Regular => 400.0,
            Self::SemiBold => 600.0,
            Self::Bold => 700.0,
        })
    }

    pub(crate) fn data(self) -> &'static [u8] {
        match self {
            Self::Regular => include_bytes!("../../fonts/TitilliumWeb-Regular.ttf"),
            Self::SemiBold => include_bytes!("../../fonts/TitilliumWeb-SemiBold.ttf"),
            Self::Bold => include_bytes!("../../fonts/TitilliumWeb-Bold.ttf"),
        }
    }

    /// The face as the PDF writer wants it. `None` only if the embedded file were damaged.
    pub(crate) fn font(self) -> Option<Font> {
        static FONTS: OnceLock<[Option<Font>; 3]> = OnceLock::new();
        FONTS.get_or_init(|| Self::ALL.map(|face| Font::new(face.data().into(), 0)))[self as usize]
            .clone()
    }
}

/// A shaper's view of the three faces and of no other font. Cloning it is cheap.
pub(crate) fn context() -> FontContext {
    static CONTEXT: OnceLock<FontContext> = OnceLock::new();
    CONTEXT
        .get_or_init(|| {
            let mut collection = Collection::new(CollectionOptions {
                shared: false,
                system_fonts: false,
            });
            for face in Face::ALL {
                collection.register_fonts(
                    Blob::new(Arc::new(face.data())),
                    Some(FontInfoOverride {
                        family_name: Some(FAMILY),
                        weight: Some(face.weight()),
                        ..Default::default()
                    }),
                );
            }
            FontContext {
                collection,
                source_cache: SourceCache::default(),
            }
        })
        .clone()
}
