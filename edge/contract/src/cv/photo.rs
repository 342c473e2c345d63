// SPDX-License-Identifier: EUPL-1.2
//! The photo inside a CV: a `data:` URL with a JPEG or a PNG. Only its wrapping is checked here; whether the picture
//! can be drawn is known when it is drawn.

use alloc::vec::Vec;

use base64ct::{Base64, Encoding};

use crate::problem::Problem;

/// The most bytes of a photo. A browser makes about 60 kB of one that fills a stamp on paper at 300 dots an inch.
pub const MOST_BYTES: usize = 400_000;

/// A picture that has been unwrapped.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Photo {
    /// JPEG.
    Jpeg(Vec<u8>),
    /// PNG.
    Png(Vec<u8>),
}

impl Photo {
    /// Unwraps a `data:image/jpeg;base64,…` or `data:image/png;base64,…` URL.
    ///
    /// # Errors
    /// [`Problem::Image`] for anything else, for more than [`MOST_BYTES`], and for contents that do not begin as a
    /// picture of that kind does.
    pub fn parse(url: &str) -> Result<Self, Problem> {
        let wrapped = |kind| url.strip_prefix("data:image/")?.strip_prefix(kind);
        let (base64, jpeg) = wrapped("jpeg;base64,")
            .map(|base64| (base64, true))
            .or_else(|| Some((wrapped("png;base64,")?, false)))
            .ok_or(Problem::Image)?;
        if base64.len() > MOST_BYTES / 3 * 4 + 4 {
            return Err(Problem::Image);
        }
        let bytes = Base64::decode_vec(base64).map_err(|_| Problem::Image)?;
        match (jpeg, bytes.as_slice()) {
            (true, [0xff, 0xd8, 0xff, ..]) => Ok(Self::Jpeg(bytes)),
            (false, [0x89, b'P', b'N', b'G', 0x0d, 0x0a, 0x1a, 0x0a, ..]) => Ok(Self::Png(bytes)),
            _ => Err(Problem::Image),
        }
    }
}
