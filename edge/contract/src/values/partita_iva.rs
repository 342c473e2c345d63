// SPDX-License-Identifier: EUPL-1.2
//! The check digit of eleven-digit tax numbers: the partita IVA (VAT number, art. 35 DPR 633/1972) and the provisional
//! codice fiscale share it (DM 23/12/1976).

/// True for eleven digits whose last one is the computed check digit. Eleven zeros are nobody's number.
#[must_use]
pub fn check_digit_holds(number: &str) -> bool {
    let digits = number.as_bytes();
    if digits.len() != 11
        || !digits.iter().all(u8::is_ascii_digit)
        || digits.iter().all(|digit| *digit == b'0')
    {
        return false;
    }
    let total: u32 = digits
        .iter()
        .enumerate()
        .map(|(index, digit)| {
            let value = u32::from(digit - b'0');
            // Every second digit counts double, its own two digits summed.
            match (index % 2, value * 2) {
                (0, _) => value,
                (_, double) if double > 9 => double - 9,
                (_, double) => double,
            }
        })
        .sum();
    total.is_multiple_of(10)
}

#[cfg(test)]
mod tests {
    use super::check_digit_holds;

    #[test]
    fn the_vectors_of_the_law_hold() {
        assert!(check_digit_holds("12345678903"));
        assert!(check_digit_holds("00000000018"));
        assert!(!check_digit_holds("12345678901"));
    }

    #[test]
    fn one_wrong_digit_is_always_noticed() {
        for place in 0..11 {
            for digit in b'0'..=b'9' {
                let mut number = *b"12345678903";
                if number[place] != digit {
                    number[place] = digit;
                    assert!(!check_digit_holds(core::str::from_utf8(&number).unwrap()));
                }
            }
        }
    }

    #[test]
    fn anything_but_eleven_digits_is_refused() {
        for text in [
            "",
            "1234567890",
            "123456789030",
            "1234567890A",
            "00000000000",
            "１２３４",
        ] {
            assert!(!check_digit_holds(text), "{text}");
        }
    }
}
