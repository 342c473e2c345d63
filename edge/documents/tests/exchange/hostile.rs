// SPDX-License-Identifier: EUPL-1.2
//! Files that mean harm, and files that were hurt on the way: a clear error or a CV within its limits, soon, never a
//! panic.

use std::time::{Duration, Instant};

use contract::cv::exchange::{ImportError, LARGEST};
use contract::problem::Problem;
use documents::cv::cv_pdf;
use documents::exchange::{cv_docx, cv_markdown, cv_text, europass_xml, import, json_resume};

use super::{EUROPASS, PASSPORT, RESUME, cv, pdf_with};

/// Tests run without optimisation and on busy machines; a person waits a hundredth of this.
const SOON: Duration = Duration::from_secs(20);

#[track_caller]
fn refused(bytes: &[u8], wanted: &ImportError) {
    let begun = Instant::now();
    assert_eq!(import(bytes).as_ref().map(|_| ()), Err(wanted));
    let took = begun.elapsed();
    assert!(took < SOON, "{took:?}");
}

#[test]
fn what_is_no_cv_is_named() {
    refused(b"", &ImportError::Empty);
    refused(b" \n\t", &ImportError::Empty);
    refused(b"Curriculum", &ImportError::UnknownFormat);
    refused(b"PK\x03\x04", &ImportError::UnknownFormat);
    for other in [
        &b"\xff\xd8\xff\xe0"[..],
        b"\x89PNG\r\n\x1a\n",
        b"\0\0\0\x18ftypheic",
        b"RIFF\0\0\0\0WEBP",
        b"{\\rtf1 CV}",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
    ] {
        refused(other, &ImportError::UnknownFormat);
    }
    refused(b"curr\xedculum", &ImportError::Encoding);
    refused(b"{\"a\":\n\n1,}", &ImportError::Json(3));
    refused(b"{\"a\": 1}", &ImportError::NotAResume);
    refused(b"[1]", &ImportError::NotAResume);
    refused(b"<html></html>", &ImportError::NotEuropass);
    refused(b"<Candidate>", &ImportError::Xml(11));
    refused(b"%PDF-1.7\nnothing", &ImportError::BrokenPdf);
    refused(&vec![b'{'; LARGEST + 1], &ImportError::TooLarge);
    refused(b"\xff\xfe{", &ImportError::Encoding);
    refused(b"\xff\xfe\x00\xd8", &ImportError::Encoding);
}

#[test]
fn ten_thousand_items_and_a_megabyte_in_one_field_are_too_much() {
    let items = "{},".repeat(10_000);
    let file = format!("{{\"work\":[{}{{}}]}}", items);
    let error = import(file.as_bytes()).unwrap_err();
    assert!(
        matches!(&error, ImportError::OverLimit(refusal) if refusal.field == "work" && refusal.problem == Problem::TooMany(50)),
        "{error}"
    );
    let file = format!(
        "{{\"basics\":{{\"summary\":\"{}\"}}}}",
        "a".repeat(1_000_000)
    );
    assert_eq!(import(file.as_bytes()).unwrap_err().code(), "over_limit");
    let file = format!("{{\"basics\":{{}},\"junk\":\"{}\"}}", "a".repeat(1_000_000));
    assert_eq!(import(file.as_bytes()).unwrap_err().code(), "over_limit");
    let jobs = "<EmployerHistory><PositionHistory><PositionTitle>a</PositionTitle></PositionHistory></EmployerHistory>".repeat(10_000);
    let file = format!(
        "<Candidate><CandidateProfile><EmploymentHistory>{jobs}</EmploymentHistory></CandidateProfile></Candidate>"
    );
    assert_eq!(import(file.as_bytes()).unwrap_err().code(), "over_limit");
}

#[test]
fn nesting_has_an_end() {
    let file = format!("{}{}", "{\"work\":".repeat(100_000), "}".repeat(100_000));
    assert!(matches!(import(file.as_bytes()), Err(ImportError::Json(_))));
    let file = format!("{}{}", "<a>".repeat(100_000), "</a>".repeat(100_000));
    refused(file.as_bytes(), &ImportError::XmlTooDeep);
    let file = format!("<Candidate>{}</Candidate>", "<a/>".repeat(100_000));
    refused(file.as_bytes(), &ImportError::XmlTooDeep);
}

#[test]
fn texts_made_to_be_slow_are_not() {
    let begun = Instant::now();
    let signs = "&amp;".repeat(900_000);
    let file = format!(
        "<Candidate><CandidateProfile><ExecutiveSummary>{signs}</ExecutiveSummary></CandidateProfile></Candidate>"
    );
    assert_eq!(import(file.as_bytes()).unwrap_err().code(), "over_limit");
    let opens = "&lt;".repeat(1_000_000);
    let file = format!(
        "<Candidate><CandidateProfile><ExecutiveSummary>{opens}</ExecutiveSummary></CandidateProfile></Candidate>"
    );
    assert_eq!(import(file.as_bytes()).unwrap_err().code(), "over_limit");
    let others: String = (0..16_000)
        .map(|n| format!("<Others><Title>{n}</Title><Other><Title>a</Title></Other></Others>"))
        .collect();
    let file = format!("<Candidate><CandidateProfile>{others}</CandidateProfile></Candidate>");
    assert_eq!(import(file.as_bytes()).unwrap_err().code(), "xml_too_deep");
    let others = &others[..others.len() / 4];
    let others = &others[..others.rfind("<Others>").unwrap()];
    let file = format!("<Candidate><CandidateProfile>{others}</CandidateProfile></Candidate>");
    assert_eq!(import(file.as_bytes()).unwrap_err().code(), "over_limit");
    assert!(begun.elapsed() < SOON, "{:?}", begun.elapsed());
}

#[test]
fn entities_and_document_types_are_refused() {
    let laughs =
        "<!DOCTYPE a [<!ENTITY l \"lol\"><!ENTITY m \"&l;&l;&l;&l;\">]><Candidate>&m;</Candidate>";
    refused(laughs.as_bytes(), &ImportError::XmlEntities);
    let file = "<!DOCTYPE a [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><Candidate/>";
    refused(file.as_bytes(), &ImportError::XmlEntities);
    refused(b"<Candidate>&nbsp;</Candidate>", &ImportError::XmlEntities);
    assert!(import(b"<Candidate>&#0;</Candidate>").is_err());
}

#[test]
fn a_bomb_inside_a_pdf_does_not_go_off() {
    let bomb = pdf_with("cv.json", &vec![b' '; 40 << 20], true);
    assert!(bomb.len() < 200_000);
    refused(&bomb, &ImportError::TooLarge);
    let fat = pdf_with(
        "cv.json",
        format!("{{\"basics\":{{}}}}{}", " ".repeat(6 << 20)).as_bytes(),
        true,
    );
    refused(&fat, &ImportError::TooLarge);
}

/// Four megabytes of nothing in a few kilobytes, as a document of Word would bring them: it is not even opened.
#[test]
fn a_bomb_in_a_zip_is_not_opened() {
    use std::io::Write;
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let options = zip::write::SimpleFileOptions::default();
    zip.start_file("word/document.xml", options).unwrap();
    zip.write_all(&vec![b' '; 4 << 20]).unwrap();
    let bomb = zip.finish().unwrap().into_inner();
    assert!(bomb.len() < 50_000);
    refused(&bomb, &ImportError::UnknownFormat);
}

#[test]
fn pictures_that_are_none_are_left_out_and_listed() {
    for photo in [
        "data:image/png;base64,R0lGODlhAQABAAAAACw=",
        "data:image/jpeg;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==",
        "data:image/svg+xml;base64,PHN2Zy8+",
        "data:image/png;base64,%%%",
        "https://foto.example.it/io.png",
    ] {
        let file = serde_json::json!({ "basics": { "name": "Ada Fo", "x_photo": photo } });
        let imported = import(file.to_string().as_bytes()).unwrap();
        assert_eq!(imported.cv.basics().text("x_photo"), None, "{photo}");
        assert_eq!(imported.not_mapped.len(), 1, "{photo}");
        assert_eq!(imported.not_mapped[0].path, "basics.x_photo");
        cv_pdf(&imported.cv).expect("the CV without it");
    }
}

#[test]
fn a_pdf_that_is_locked_or_broken_says_so() {
    let mut locked = pdf_with("cv.json", RESUME.as_bytes(), true);
    let at = locked
        .windows(9)
        .rposition(|window| window == b"/Root 1 0")
        .unwrap();
    locked.splice(at..at, b"/Encrypt 9 0 R ".iter().copied());
    refused(&locked, &ImportError::LockedPdf);
    let mut torn = pdf_with("cv.json", RESUME.as_bytes(), true);
    let data = torn
        .windows(7)
        .position(|window| window == b"stream\n")
        .unwrap();
    torn[data + 40..data + 60].fill(0xff);
    assert!(import(&torn).is_err());
}

#[test]
fn letters_of_every_script_and_tricks_with_direction_come_through_cleaned() {
    let file = "{\"basics\":{\"name\":\"محمد 李 👩🏽 \u{202e}abc\u{2066}\"}}";
    let imported = import(file.as_bytes()).unwrap();
    assert_eq!(imported.cv.basics().text("name"), Some("محمد 李 👩🏽 abc"));
    assert_eq!(imported.not_mapped.len(), 1);
    assert!(!imported.not_mapped[0].value.contains('\u{0}'));
}

#[test]
fn a_thousand_faults_are_mended_or_refused() {
    let job = "{\"startDate\":\"x\",\"endDate\":\"y\",\"highlights\":[1,2,3,4,5,6,7,8,9,10,{},{},{},{},{}]}";
    let file = format!("{{\"work\":[{}]}}", vec![job; 50].join(","));
    let imported = import(file.as_bytes()).unwrap();
    assert_eq!(imported.not_mapped.len(), 50 * 17);
    assert_eq!(imported.cv.check(), []);
}

/// A small generator of numbers (xorshift), so that the same run can be had again.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % sides.max(1) as u64).unwrap_or(0)
    }
}

/// Bytes that mean something to one format or another.
const SALT: &[&[u8]] = &[
    b"<",
    b">",
    b"&",
    b"\"",
    b"{",
    b"}",
    b"[",
    b"]",
    b",",
    b"\\u0000",
    b"\xe2\x80\xae",
    b"\xff",
    b"\0",
    b"null",
    b"obj",
    b"stream",
    b"<<",
    b"&#x41;",
    b"<li>",
    b"]]>",
    b"<![CDATA[",
    b"-->",
    b"1e999",
    b"\\",
];

fn hurt(bytes: &[u8], dice: &mut Dice) -> Vec<u8> {
    let mut bytes = bytes.to_vec();
    for _ in 0..=dice.roll(2) {
        let at = dice.roll(bytes.len());
        let to = (at + dice.roll(60)).min(bytes.len());
        match dice.roll(9) {
            0 => {
                bytes.drain(at..to);
            }
            1 => {
                let salt = SALT[dice.roll(SALT.len())];
                bytes.splice(at..at, salt.iter().copied());
            }
            2 => {
                let copy = bytes[at..to].to_vec();
                let here = dice.roll(bytes.len());
                bytes.splice(here..here, copy);
            }
            3 => bytes.truncate(at.max(1)),
            4..7 => {
                // Inside texts, where the format itself holds.
                for byte in &mut bytes[at..to] {
                    if byte.is_ascii_lowercase() {
                        *byte = b'z';
                    }
                }
            }
            _ => {
                if let Some(byte) = bytes.get_mut(at) {
                    *byte = u8::try_from(dice.roll(256)).unwrap_or(0);
                }
            }
        }
        if bytes.is_empty() {
            bytes.push(b'{');
        }
    }
    bytes
}

#[test]
fn files_that_were_hurt_give_an_error_or_a_cv_within_limits() {
    let pdf = cv_pdf(&cv(RESUME)).unwrap();
    let packed = pdf_with("a.xml", EUROPASS.as_bytes(), false);
    let files: [(&[u8], u32); 5] = [
        (RESUME.as_bytes(), 400),
        (EUROPASS.as_bytes(), 400),
        (PASSPORT.as_bytes(), 400),
        (&packed, 200),
        (&pdf, 60),
    ];
    let begun = Instant::now();
    let (mut taken, mut refused) = (0, 0);
    let mut dice = Dice(0x5eed);
    for (file, rounds) in files {
        for _ in 0..rounds {
            let Ok(imported) = import(&hurt(file, &mut dice)) else {
                refused += 1;
                continue;
            };
            taken += 1;
            let cv = imported.cv;
            assert!(cv.examine().problems.len() < 100);
            // Whatever came in goes out again in every format, and JSON comes back the same.
            let _ = (cv_docx(&cv), cv_text(&cv), cv_markdown(&cv));
            let again = import(&json_resume(&cv)).unwrap().cv;
            assert_eq!(again.as_map().get("work"), cv.as_map().get("work"));
            let (xml, _) = europass_xml(&cv);
            import(&xml).unwrap();
        }
    }
    assert!(
        taken > 100 && refused > 100,
        "{taken} taken, {refused} refused"
    );
    assert!(begun.elapsed() < 6 * SOON, "{:?}", begun.elapsed());
}
