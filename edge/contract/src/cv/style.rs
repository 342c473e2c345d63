// SPDX-License-Identifier: EUPL-1.2
//! How a CV or a letter looks: four looks, a colour, a density. Only names; what they mean in points stands in the
//! renderer.

use super::item::Item;
use super::words::{Code, words};

macro_rules! choices {
    ($(#[$doc:meta])* $name:ident $list:ident $($(#[$each:meta])* $variant:ident $code:literal $it:literal $en:literal;)*) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum $name { $($(#[$each])* $variant),* }

        impl $name {
            /// All of them.
            pub const ALL: &[Self] = &[$(Self::$variant),*];

            /// As it stands in the JSON.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $code),* }
            }

            /// Reads a code; `None` for any other.
            #[must_use]
            pub fn parse(code: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|choice| choice.as_str() == code)
            }
        }

        /// The codes with the words that people choose by.
        pub const $list: &[Code] = &[$(Code { code: $code, words: words($it, $en) }),*];
    };
}

choices! {
    /// One of the four looks.
    Look LOOKS
    /// Black on white with thin lines, as a clerk expects it.
    Sober "sober" "Sobrio" "Sober";
    /// A band of colour and large headings.
    Modern "modern" "Moderno" "Modern";
    /// Small margins and small type, for much on one page.
    Compact "compact" "Compatto" "Compact";
    /// Dates at the left and headings with a line, as in Europass.
    Europass "europass" "Come Europass" "Like Europass";
}

choices! {
    /// The colour of headings and lines. Each has a contrast of at least 4.5:1 on white.
    Color COLORS
    /// The blue of Italian public services.
    Blue "blue" "Blu" "Blue";
    /// Dark green.
    Green "green" "Verde" "Green";
    /// Teal.
    Teal "teal" "Petrolio" "Teal";
    /// Violet.
    Violet "violet" "Viola" "Violet";
    /// Dark red.
    Red "red" "Rosso scuro" "Dark red";
    /// Burnt orange.
    Orange "orange" "Arancio scuro" "Burnt orange";
    /// Dark grey.
    Slate "slate" "Antracite" "Charcoal";
    /// No colour.
    Black "black" "Nero" "Black";
}

choices! {
    /// How much air stands between the lines.
    Density DENSITIES
    /// Much.
    Airy "airy" "Ampi" "Airy";
    /// As the look has it.
    Normal "normal" "Normali" "Normal";
    /// Little.
    Tight "tight" "Stretti" "Tight";
}

/// The whole choice.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Style {
    /// The look.
    pub look: Look,
    /// The colour.
    pub color: Color,
    /// The density.
    pub density: Density,
}

impl Default for Style {
    fn default() -> Self {
        Self {
            look: Look::Sober,
            color: Color::Blue,
            density: Density::Normal,
        }
    }
}

impl Style {
    /// Reads the object `x_style`; what is not there or not known is as by default.
    #[must_use]
    pub fn read(record: Item<'_>) -> Self {
        let default = Self::default();
        let text = |key| record.text(key).unwrap_or_default();
        Self {
            look: Look::parse(text("look")).unwrap_or(default.look),
            color: Color::parse(text("color")).unwrap_or(default.color),
            density: Density::parse(text("density")).unwrap_or(default.density),
        }
    }
}
