// SPDX-License-Identifier: EUPL-1.2
//! The vectors of the law's text, every refusal, and properties over many computed codes of invented people.

use super::*;
use jiff::civil::date;

const TODAY: Date = date(2026, 11, 24);

fn read(code: &str) -> CodiceFiscale {
    CodiceFiscale::parse(code).unwrap_or_else(|problem| panic!("{code}: {problem:?}"))
}

/// Writes the last `count` digits as letters and mends the check letter.
fn with_omocodia(code: &CodiceFiscale, count: usize) -> String {
    let mut bytes = code.as_str().as_bytes().to_vec();
    for place in DIGITS.iter().rev().take(count) {
        bytes[*place] = OMOCODIA[usize::from(bytes[*place] - b'0')];
    }
    bytes[15] = letters::check_letter(&bytes);
    String::from_utf8(bytes).unwrap()
}

#[test]
fn the_vectors_of_the_law_are_computed_and_read() {
    for (cognome, nome, sex, birth, belfiore, code) in [
        (
            "Rossi",
            "Mario",
            Sex::Male,
            date(1989, 12, 13),
            "F205",
            "RSSMRA89T13F205B",
        ),
        (
            "Rossi",
            "Maria",
            Sex::Female,
            date(1985, 4, 1),
            "H501",
            "RSSMRA85D41H501J",
        ),
        (
            "Fo",
            "Ada",
            Sex::Female,
            date(2000, 2, 29),
            "A944",
            "FOXDAA00B69A944O",
        ),
        (
            "Esposito",
            "Gianfranco",
            Sex::Male,
            date(1970, 8, 31),
            "F839",
            "SPSGFR70M31F839F",
        ),
        (
            "Oz",
            "Ali",
            Sex::Male,
            date(1990, 1, 1),
            "Z243",
            "ZOXLAI90A01Z243P",
        ),
    ] {
        let computed = CodiceFiscale::compute(cognome, nome, birth, sex, belfiore).unwrap();
        assert_eq!(computed.as_str(), code);
        assert_eq!(read(code), computed);
        assert_eq!(computed.birth_date(None, TODAY), Some(birth));
        assert_eq!(computed.belfiore().as_deref(), Some(belfiore));
        assert_eq!(computed.agrees_with(birth, sex), Ok(()));
        assert!(computed.name_matches(nome, cognome));
    }
}

#[test]
fn omocodia_is_read_like_the_plain_code() {
    let mario = read("RSSMRA89T13F205B");
    assert_eq!(with_omocodia(&mario, 1), "RSSMRA89T13F20RW");
    assert_eq!(with_omocodia(&mario, 7), "RSSMRAUVTMPFNLRM");
    for code in ["RSSMRA89T13F20RW", "RSSMRAUVTMPFNLRM"] {
        let code = read(code);
        assert_eq!(&code.decoded()[..15], "RSSMRA89T13F205");
        assert_eq!(code.agrees_with(date(1989, 12, 13), Sex::Male), Ok(()));
        assert_eq!(code.belfiore().as_deref(), Some("F205"));
    }
    let maria = read("RSSMRA85D41H50MB");
    assert_eq!(
        (maria.sex(), maria.birth_date(None, TODAY)),
        (Some(Sex::Female), Some(date(1985, 4, 1)))
    );
}

#[test]
fn small_letters_and_spaces_are_mended() {
    assert_eq!(read(" rss mra 89t13 f205b\n").as_str(), "RSSMRA89T13F205B");
}

#[test]
fn every_refusal_has_its_code() {
    for (typed, problem) in [
        ("", Problem::CodiceFiscaleLength),
        ("RSSMRA89T13F205", Problem::CodiceFiscaleLength),
        ("RSSMRA89T13F205BB", Problem::CodiceFiscaleLength),
        ("1234567890", Problem::CodiceFiscaleLength),
        ("RSSMRA89T13F205A", Problem::CodiceFiscaleCheck),
        ("12345678901", Problem::CodiceFiscaleCheck),
        ("00000000000", Problem::CodiceFiscaleCheck),
        ("1234567890A", Problem::CodiceFiscaleShape),
        ("1SSMRA89T13F205B", Problem::CodiceFiscaleShape),
        ("RSSMRAA9T13F205B", Problem::CodiceFiscaleShape),
        ("RSSMRA89F13F205B", Problem::CodiceFiscaleShape),
        ("RSSMRA89T13F2O5B", Problem::CodiceFiscaleShape),
        ("RSSMRA89T1312055", Problem::CodiceFiscaleShape),
        ("RSSMRA89T13F2051", Problem::CodiceFiscaleShape),
        ("RSSMRÀ89T13F205B", Problem::CodiceFiscaleShape),
        ("ＲSSMRA89T13F205B", Problem::CodiceFiscaleShape),
        ("RSS.RA89T13F205B", Problem::CodiceFiscaleShape),
    ] {
        assert_eq!(CodiceFiscale::parse(typed), Err(problem), "{typed}");
    }
}

#[test]
fn days_that_do_not_exist_are_refused() {
    for part in [
        "89T00", "89T32", "89T40", "89T72", "89T99", "89B29", "89B30", "89D31", "89D71",
    ] {
        let mut code = alloc::format!("RSSMRA{part}F205");
        code.push(char::from(letters::check_letter(code.as_bytes())));
        assert_eq!(
            CodiceFiscale::parse(&code),
            Err(Problem::CodiceFiscaleDate),
            "{code}"
        );
    }
}

#[test]
fn provisional_codes_encode_nothing() {
    let code = read("12345678903");
    assert!(code.is_provisional());
    assert_eq!(
        (code.sex(), code.belfiore(), code.birth_date(None, TODAY)),
        (None, None, None)
    );
    assert_eq!(code.decoded(), "12345678903");
    assert_eq!(code.agrees_with(date(1990, 1, 1), Sex::Female), Ok(()));
    assert!(code.name_matches("Chiunque", "Sia"));
}

#[test]
fn another_day_or_sex_is_told() {
    let mario = read("RSSMRA89T13F205B");
    for (birth, sex) in [
        (date(1989, 12, 14), Sex::Male),
        (date(1989, 11, 13), Sex::Male),
        (date(1988, 12, 13), Sex::Male),
        (date(1989, 12, 13), Sex::Female),
    ] {
        assert_eq!(
            mario.agrees_with(birth, sex),
            Err(Problem::CodiceFiscaleOther),
            "{birth}"
        );
    }
}

#[test]
fn the_century_comes_from_the_declared_date() {
    let old =
        CodiceFiscale::compute("Bianchi", "Ines", date(1920, 3, 5), Sex::Female, "L219").unwrap();
    assert_eq!(old.birth_date(None, TODAY), Some(date(2020, 3, 5)));
    assert_eq!(
        old.birth_date(Some(date(1920, 3, 5)), TODAY),
        Some(date(1920, 3, 5))
    );
    assert_eq!(old.agrees_with(date(1920, 3, 5), Sex::Female), Ok(()));
    assert_eq!(
        read("FOXDAA00B69A944O").birth_date(None, TODAY),
        Some(date(2000, 2, 29))
    );
    // A day of this year that is still to come belongs to the century before.
    let later =
        CodiceFiscale::compute("Bianchi", "Ines", date(1926, 12, 5), Sex::Female, "L219").unwrap();
    assert_eq!(later.birth_date(None, TODAY), Some(date(1926, 12, 5)));
}

#[test]
fn names_match_with_accents_apostrophes_and_spaces() {
    let birth = date(1990, 1, 1);
    let code =
        |cognome, nome| CodiceFiscale::compute(cognome, nome, birth, Sex::Female, "F205").unwrap();
    assert_eq!(&code("D'Amìco", "Zoë").as_str()[..6], "DMCZOE");
    assert_eq!(&code("De Luca", "Anna Maria").as_str()[..6], "DLCNMR");
    assert!(code("Mueller", "Eva").name_matches("Eva", "Müller"));
    assert!(code("Muller", "Eva").name_matches("Eva", "Müller"));
    assert!(code("Rossi", "Anna").name_matches("Anna Maria", "Rossi"));
    assert!(!code("Rossi", "Anna").name_matches("Carla", "Rossi"));
    assert!(!code("Rossi", "Anna").name_matches("Anna", "Bruni"));
    assert_eq!(
        CodiceFiscale::compute("李", "Mei", birth, Sex::Female, "Z210"),
        None
    );
    assert_eq!(
        CodiceFiscale::compute("Rossi", "Anna", birth, Sex::Female, "XX"),
        None
    );
}

/// A small generator of reproducible numbers (a linear congruence), enough to vary the cases.
struct Dice(u64);

impl Dice {
    fn below(&mut self, limit: u64) -> u64 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % limit
    }

    fn word(&mut self) -> String {
        (0..=self.below(9))
            .map(|_| char::from(b'a' + self.below(26) as u8))
            .collect()
    }
}

#[test]
fn what_is_computed_can_be_read_back_with_any_omocodia() {
    let mut dice = Dice(7);
    for _ in 0..1000 {
        let (cognome, nome) = (dice.word(), dice.word());
        let birth =
            date(1925, 1, 1).saturating_add(jiff::Span::new().days(dice.below(36_500) as i64));
        let sex = if dice.below(2) == 0 {
            Sex::Male
        } else {
            Sex::Female
        };
        let belfiore = alloc::format!(
            "{}{:03}",
            char::from(b'A' + dice.below(13) as u8),
            dice.below(1000)
        );
        let code = CodiceFiscale::compute(&cognome, &nome, birth, sex, &belfiore).unwrap();
        for count in 0..=7 {
            let other = read(&with_omocodia(&code, count));
            assert_eq!(other.decoded()[..15], code.as_str()[..15]);
            assert_eq!(other.birth_date(Some(birth), TODAY), Some(birth));
            assert_eq!(
                (other.sex(), other.belfiore()),
                (Some(sex), Some(belfiore.clone()))
            );
            assert_eq!(other.agrees_with(birth, sex), Ok(()));
            assert!(other.name_matches(&nome, &cognome));
        }
    }
}

#[test]
fn no_single_wrong_letter_of_the_name_passes() {
    let mut dice = Dice(11);
    for _ in 0..2000 {
        let mut bytes = *b"RSSMRA89T13F205B";
        let place = dice.below(6) as usize;
        let letter = b'A' + dice.below(26) as u8;
        if bytes[place] != letter {
            bytes[place] = letter;
            let typed = core::str::from_utf8(&bytes).unwrap();
            assert_eq!(
                CodiceFiscale::parse(typed),
                Err(Problem::CodiceFiscaleCheck),
                "{typed}"
            );
        }
    }
}

#[test]
fn garbage_never_panics() {
    let mut dice = Dice(13);
    for _ in 0..5000 {
        let typed: String = (0..dice.below(20))
            .filter_map(|_| char::from_u32(dice.below(0x250) as u32))
            .collect();
        let _ = CodiceFiscale::parse(&typed).map(|code| code.birth_date(None, TODAY));
    }
}
