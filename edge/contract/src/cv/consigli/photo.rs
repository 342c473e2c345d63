// SPDX-License-Identifier: EUPL-1.2
//! How many points a photo has, read from the first bytes of the picture.

/// Width and height in points; `None` when the file does not say.
pub(super) fn size(bytes: &[u8]) -> Option<(u32, u32)> {
    if bytes.starts_with(b"\x89PNG") {
        let number = |at: usize| {
            let digits = bytes.get(at..at + 4)?;
            Some(u32::from_be_bytes(digits.try_into().ok()?))
        };
        return Some((number(16)?, number(20)?));
    }
    // A JPEG is a chain of segments; the frame header (SOF) has the size.
    let mut at = 2;
    loop {
        let head = bytes.get(at..at + 4)?;
        if head[0] != 0xff {
            return None;
        }
        let length = usize::from(u16::from_be_bytes([head[2], head[3]]));
        let frame = matches!(head[1], 0xc0..=0xcf) && !matches!(head[1], 0xc4 | 0xc8 | 0xcc);
        if frame {
            let size = bytes.get(at + 5..at + 9)?;
            let height = u32::from(u16::from_be_bytes([size[0], size[1]]));
            let width = u32::from(u16::from_be_bytes([size[2], size[3]]));
            return Some((width, height));
        }
        at += 2 + length.max(2);
    }
}

#[cfg(test)]
mod tests {
    use super::size;

    #[test]
    fn the_size_of_a_picture_is_read_from_its_head() {
        let png = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\x01\x90\0\0\x02\x58rest";
        assert_eq!(size(png), Some((400, 600)));
        let jpeg = b"\xff\xd8\xff\xe0\0\x04ab\xff\xc0\0\x11\x08\0\xf0\0\xa0";
        assert_eq!(size(jpeg), Some((160, 240)));
        assert_eq!(size(b"\xff\xd8\xff\xe0\0\0\xff\xe0\0\0"), None);
        assert_eq!(size(b"\xff\xd8"), None);
    }
}
