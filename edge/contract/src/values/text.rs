// SPDX-License-Identifier: EUPL-1.2
//! Free text made safe to store, to print and to compare: no control characters, no tricks with the writing direction,
//! no runs of spaces; and the plain Latin letters behind accents, for searching and for the codice fiscale.

use alloc::string::String;

use crate::problem::Problem;

/// One line: trimmed, each run of white space made one space, line breaks included.
///
/// # Errors
/// [`Problem::Characters`] for characters that do not belong in a text, [`Problem::TooLong`] above `max` characters.
pub fn clean(typed: &str, max: u16) -> Result<String, Problem> {
    let mut text = String::with_capacity(typed.len());
    push_clean(&mut text, typed)?;
    within(text, max)
}

/// Several lines: each one cleaned, at most one empty line in a row, line breaks written as `\n`.
///
/// # Errors
/// As [`clean`].
pub fn clean_lines(typed: &str, max: u16) -> Result<String, Problem> {
    let mut text = String::with_capacity(typed.len());
    for line in typed
        .trim()
        .replace("\r\n", "\n")
        .split(['\n', '\r', '\u{2028}', '\u{2029}'])
    {
        let before = text.len();
        push_clean(&mut text, line)?;
        if text.len() > before || !(text.ends_with("\n\n") || text.is_empty()) {
            text.push('\n');
        }
    }
    text.truncate(text.trim_end().len());
    within(text, max)
}

fn push_clean(text: &mut String, typed: &str) -> Result<(), Problem> {
    let start = text.len();
    for letter in typed.chars() {
        if letter.is_whitespace() {
            if text.len() > start && !text.ends_with(' ') {
                text.push(' ');
            }
        } else if is_refused(letter) {
            return Err(Problem::Characters);
        } else if !is_invisible(letter) {
            text.push(letter);
        }
    }
    text.truncate(start + text[start..].trim_end().len());
    Ok(())
}

fn within(text: String, max: u16) -> Result<String, Problem> {
    if text.chars().count() > usize::from(max) {
        Err(Problem::TooLong(max))
    } else {
        Ok(text)
    }
}

/// Control characters, direction overrides and isolates, annotations, tags, and code points that are no characters.
fn is_refused(letter: char) -> bool {
    letter.is_control()
        || matches!(letter, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{fff9}'..='\u{fffd}')
        || matches!(letter, '\u{fdd0}'..='\u{fdef}' | '\u{e0000}'..='\u{e007f}')
        || u32::from(letter) & 0xfffe == 0xfffe
}

/// What pages carry along when they are copied from: zero-width spaces, marks of direction, soft hyphens.
const fn is_invisible(letter: char) -> bool {
    matches!(
        letter,
        '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{2060}' | '\u{feff}' | '\u{ad}' | '\u{61c}'
    )
}

/// Appends the plain lower-case Latin letters behind `letter`: `È` gives `e`, `ß` gives `ss`. Digits stay; apostrophes,
/// accents that stand alone and everything unknown give nothing.
pub fn fold_into(plain: &mut String, letter: char) {
    if letter.is_ascii() {
        if letter.is_ascii_alphanumeric() {
            plain.push(letter.to_ascii_lowercase());
        }
        return;
    }
    for lower in letter.to_lowercase() {
        plain.push_str(match lower {
            'à' | 'á' | 'â' | 'ã' | 'ä' | 'å' | 'ā' | 'ă' | 'ą' => "a",
            'æ' => "ae",
            'ç' | 'ć' | 'č' | 'ĉ' | 'ċ' => "c",
            'ď' | 'đ' | 'ð' => "d",
            'è' | 'é' | 'ê' | 'ë' | 'ē' | 'ĕ' | 'ė' | 'ę' | 'ě' => "e",
            'ĝ' | 'ğ' | 'ġ' | 'ģ' => "g",
            'ĥ' | 'ħ' => "h",
            'ì' | 'í' | 'î' | 'ï' | 'ĩ' | 'ī' | 'ĭ' | 'į' | 'ı' => "i",
            'ĵ' => "j",
            'ķ' => "k",
            'ĺ' | 'ļ' | 'ľ' | 'ł' => "l",
            'ñ' | 'ń' | 'ņ' | 'ň' => "n",
            'ò' | 'ó' | 'ô' | 'õ' | 'ö' | 'ø' | 'ō' | 'ŏ' | 'ő' => "o",
            'œ' => "oe",
            'ŕ' | 'ŗ' | 'ř' => "r",
            'ś' | 'ŝ' | 'ş' | 'š' | 'ș' => "s",
            'ß' => "ss",
            'ţ' | 'ť' | 'ŧ' | 'ț' => "t",
            'þ' => "th",
            'ù' | 'ú' | 'û' | 'ü' | 'ũ' | 'ū' | 'ŭ' | 'ů' | 'ű' | 'ų' => "u",
            'ŵ' => "w",
            'ý' | 'ÿ' | 'ŷ' => "y",
            'ź' | 'ż' | 'ž' => "z",
            _ => "",
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_trimmed_and_its_spaces_collapse() {
        assert_eq!(
            clean("  via \t Rossi,\u{a0}\u{a0}3\n", 80),
            Ok("via Rossi, 3".into())
        );
        assert_eq!(clean("\u{feff}Ada\u{200b} Fo", 80), Ok("Ada Fo".into()));
        assert_eq!(clean("   ", 80), Ok(String::new()));
    }

    #[test]
    fn lines_stay_lines() {
        assert_eq!(
            clean_lines("  uno \r\n\r\n\r\n  due  tre\rquattro\n", 80),
            Ok("uno\n\ndue tre\nquattro".into())
        );
        assert_eq!(clean_lines("\n\n", 80), Ok(String::new()));
        assert_eq!(clean_lines("a\u{0}", 80), Err(Problem::Characters));
        assert_eq!(clean_lines("a\nb", 2), Err(Problem::TooLong(2)));
    }

    #[test]
    fn control_characters_and_direction_overrides_are_refused() {
        for bad in [
            "\u{0}",
            "\u{7}",
            "\u{1b}[0m",
            "\u{7f}",
            "\u{9b}",
            "\u{202e}",
            "\u{2066}",
            "\u{fffd}",
            "\u{ffff}",
            "\u{e0041}",
            "\u{1fffe}",
            "\u{fdd0}",
        ] {
            assert_eq!(
                clean(&alloc::format!("a{bad}b"), 80),
                Err(Problem::Characters),
                "{bad:?}"
            );
        }
    }

    #[test]
    fn length_counts_characters_after_cleaning() {
        assert_eq!(clean("èèè", 3), Ok("èèè".into()));
        assert_eq!(clean("èèèè", 3), Err(Problem::TooLong(3)));
        assert_eq!(clean("  a   b  ", 3), Ok("a b".into()));
    }

    #[test]
    fn letters_of_other_languages_stay() {
        assert_eq!(
            clean("Şule Žižek 李 محمد 👩🏽", 80),
            Ok("Şule Žižek 李 محمد 👩🏽".into())
        );
    }

    #[test]
    fn accents_fold_to_plain_letters() {
        let mut plain = String::new();
        "D'Àrcò Weiß Žižek3"
            .chars()
            .for_each(|letter| fold_into(&mut plain, letter));
        assert_eq!(plain, "darcoweisszizek3");
    }
}
