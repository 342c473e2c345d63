// SPDX-License-Identifier: EUPL-1.2
//! CVs in and out, against golden files of invented people: what a file says, what comes of it, what is listed. With
//! `UPDATE=1` the golden files of outputs are written anew, to be read before they are committed.

mod hostile;

use std::collections::BTreeSet;
use std::path::PathBuf;

use contract::cv::Cv;
use contract::cv::exchange::{ImportError, NotMapped, Reason};
use contract::cv::lettera::Lettera;
use documents::cv::cv_pdf;
use documents::exchange::{
    Format, cv_docx, cv_markdown, cv_text, europass_xml, import, json_resume, lettera_docx,
    lettera_markdown, lettera_text,
};
use serde_json::{Value, json};

pub(crate) const RESUME: &str = include_str!("resume.json");
pub(crate) const EUROPASS: &str = include_str!("europass.xml");
pub(crate) const PASSPORT: &str = include_str!("skills-passport.xml");

pub(crate) fn cv(json: &str) -> Cv {
    Cv::from_value(serde_json::from_str(json).expect("JSON")).expect("an object")
}

fn lettera() -> Lettera {
    Lettera::from_value(serde_json::from_str(include_str!("lettera.json")).expect("JSON"))
        .expect("an object")
}

/// Compares with a golden file.
#[track_caller]
fn golden(name: &str, found: &str) {
    let path: PathBuf = [env!("CARGO_MANIFEST_DIR"), "tests", "exchange", name]
        .iter()
        .collect();
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(&path, found).expect("a golden file that can be written");
    }
    let kept = std::fs::read_to_string(&path).unwrap_or_default();
    if kept != found {
        let line = kept.lines().zip(found.lines()).position(|(a, b)| a != b);
        panic!("{name} differs at line {line:?}; this is what came out:\n{found}");
    }
}

fn paths(listed: &[NotMapped]) -> Vec<String> {
    listed
        .iter()
        .map(|piece| format!("{} {}", piece.path, piece.reason.code()))
        .collect()
}

#[test]
fn json_resume_comes_out_as_it_went_in() {
    let imported = import(RESUME.as_bytes()).unwrap();
    assert_eq!(imported.format, Format::JsonResume);
    assert_eq!(imported.not_mapped, []);
    let out: Value = serde_json::from_slice(&json_resume(&imported.cv)).unwrap();
    assert_eq!(out, serde_json::from_str::<Value>(RESUME).unwrap());
}

#[test]
fn unknown_keys_are_kept_and_listed() {
    let file = json!({ "basics": { "name": "Ada Fo", "pronouns": "lei" }, "work": [{ "position": "Cuoca", "remote": "sì" }], "hobbies": ["a"] });
    let imported = import(file.to_string().as_bytes()).unwrap();
    assert_eq!(
        paths(&imported.not_mapped),
        [
            "basics.pronouns kept",
            "hobbies kept",
            "work[0].remote kept"
        ]
    );
    assert_eq!(imported.not_mapped[2].value, "sì");
    let out: Value = serde_json::from_slice(&json_resume(&imported.cv)).unwrap();
    assert_eq!(out["work"], file["work"]);
}

#[test]
fn what_the_editor_cannot_show_is_taken_out_and_listed() {
    let file = json!({
        "basics": { "name": "Ada\u{202e}\u{7} Fo", "email": "ada", "x_photo": "data:image/png;base64,R0lGODlh" },
        "work": [
            { "position": "Cuoca", "startDate": "marzo 2020", "endDate": "Present", "highlights": ["a", "b\u{0}", 3, { "c": 1 }] },
            "testo", { "position": 42 }
        ],
        "languages": [{ "language": "Inglese", "x_reading": "ottimo" }],
        "volunteer": { "position": "x" }
    });
    let imported = import(file.to_string().as_bytes()).unwrap();
    let listed: BTreeSet<String> = paths(&imported.not_mapped).into_iter().collect();
    let wanted = [
        "basics.name characters",
        "basics.x_photo image",
        "languages[0].x_reading code",
        "volunteer shape",
        "work[0].highlights[1] characters",
        "work[0].highlights[2] shape",
        "work[0].highlights[3] shape",
        "work[0].startDate date",
        "work[1] shape",
        "work[2].position shape",
    ];
    assert_eq!(listed, wanted.map(String::from).into());
    let map = imported.cv.as_map();
    assert_eq!(map["basics"]["name"], "Ada Fo");
    assert_eq!(
        map["basics"]["email"], "ada",
        "a slip stays for the person to mend"
    );
    assert_eq!(
        map["work"],
        json!([{ "position": "Cuoca", "x_current": true, "highlights": ["a", "b"] }, { "position": "42" }])
    );
}

#[test]
fn europass_of_today_becomes_a_cv() {
    let imported = import(EUROPASS.as_bytes()).unwrap();
    assert_eq!(
        (imported.format, imported.from_pdf),
        (Format::Candidate, false)
    );
    assert_eq!(imported.cv.check(), []);
    golden(
        "europass.json",
        &String::from_utf8(json_resume(&imported.cv)).unwrap(),
    );
    assert_eq!(
        paths(&imported.not_mapped),
        [
            "CandidatePerson/Communication/URI no_place",
            "CandidatePerson/GenderCode no_place",
            "CandidateProfile/EmploymentHistory/EmployerHistory/OrganizationContact/Communication/Address/AddressLine no_place",
            "CandidateProfile/EmploymentHistory/EmployerHistory/OrganizationContact/Communication/Address/CityName no_place",
            "CandidateProfile/EmploymentHistory/EmployerHistory/IndustryCode no_place",
            "CandidateProfile/EmploymentHistory/EmployerHistory/Link no_place",
            "CandidateProfile/EducationHistory/EducationOrganizationAttendance/EducationDegree/FieldOfStudy/MainFieldOfStudy/ProgramConcentration no_place",
            "CandidateProfile/EducationHistory/EducationOrganizationAttendance/EducationDegree/Thesis no_place",
            "CandidateProfile/Skills/SkillsGroup/Title no_place",
        ]
    );
}

#[test]
fn the_retired_europass_becomes_a_cv() {
    let imported = import(PASSPORT.as_bytes()).unwrap();
    assert_eq!(imported.format, Format::SkillsPassport);
    assert_eq!(imported.cv.check(), []);
    golden(
        "skills-passport.json",
        &String::from_utf8(json_resume(&imported.cv)).unwrap(),
    );
    assert_eq!(
        paths(&imported.not_mapped),
        [
            "LearnerInfo/Identification/ContactInfo/TelephoneList/Telephone/Contact no_place",
            "LearnerInfo/Identification/ContactInfo/TelephoneList/Telephone/Use/Code no_place",
            "LearnerInfo/Identification/ContactInfo/TelephoneList/Telephone/Use/Label no_place",
            "LearnerInfo/Identification/Demographics/Gender/Code no_place",
            "LearnerInfo/Identification/Demographics/Gender/Label no_place",
            "LearnerInfo/Skills/Computer/ProficiencyLevel/Information no_place",
            "AttachmentList/Attachment/Name no_place",
            "AttachmentList/Attachment/MimeType no_place",
        ]
    );
}

#[test]
fn europass_holds_what_it_can_and_the_rest_is_listed() {
    let before = cv(RESUME);
    let (xml, listed) = europass_xml(&before);
    golden("resume.xml", std::str::from_utf8(&xml).unwrap());
    assert_eq!(
        paths(&listed),
        [
            "basics.profiles[0].username no_place",
            "basics.x_consent no_place",
            "languages[1].x_certificate no_place",
            "languages[2].fluency no_place",
            "work[0].x_en.position other_language",
            "work[2] hidden",
            "x_desired[0].contract no_place",
            "x_digital[0].level no_place",
            "x_licences[0].since no_place",
            "x_style no_place",
            "x_training[0].duration no_place",
        ]
    );
    let after = import(&xml).unwrap();
    assert_eq!(after.not_mapped, []);
    // What came back is what went out without what was listed.
    let mut wanted = serde_json::from_str::<Value>(RESUME).unwrap();
    let map = wanted.as_object_mut().unwrap();
    for key in ["$schema", "meta", "x_style"] {
        map.remove(key);
    }
    map.insert("x_text_language".into(), "it".into());
    for (path, key) in [
        ("/basics/profiles/0", "username"),
        ("/basics", "x_consent"),
        ("/languages/1", "x_certificate"),
        ("/languages/2", "fluency"),
        ("/work/0", "x_en"),
        ("/x_desired/0", "contract"),
        ("/x_digital/0", "level"),
        ("/x_licences/0", "since"),
        ("/x_training/0", "duration"),
    ] {
        wanted
            .pointer_mut(path)
            .unwrap()
            .as_object_mut()
            .unwrap()
            .remove(key);
    }
    wanted["work"].as_array_mut().unwrap().pop();
    assert_eq!(Value::Object(after.cv.as_map().clone()), wanted);
}

#[test]
fn the_english_side_of_a_cv_travels_when_it_is_chosen() {
    let mut before = cv(RESUME);
    before.as_map_mut().insert("x_language".into(), "en".into());
    let (xml, listed) = europass_xml(&before);
    let xml = String::from_utf8(xml).unwrap();
    assert!(xml.contains("languageCode=\"en\"") && xml.contains(">Warehouse worker<"));
    let other: Vec<_> = listed
        .iter()
        .filter(|piece| piece.reason == Reason::OtherLanguage)
        .collect();
    assert_eq!(other.len(), 1);
    assert_eq!(
        (&*other[0].path, &*other[0].value),
        ("work[0].position", "Magazziniera")
    );
}

#[test]
fn our_own_pdf_brings_everything_back() {
    let before = cv(RESUME);
    let pdf = cv_pdf(&before).unwrap();
    let imported = import(&pdf).unwrap();
    assert!(imported.from_pdf && imported.not_mapped.is_empty());
    assert_eq!(imported.cv, before);
}

/// A PDF as others make it, with a file attached; the table at its end is broken on purpose.
pub(crate) fn pdf_with(name: &str, data: &[u8], packed: bool) -> Vec<u8> {
    let stream = if packed {
        miniz_oxide::deflate::compress_to_vec_zlib(data, 6)
    } else {
        data.to_vec()
    };
    let filter = if packed { "/Filter /FlateDecode " } else { "" };
    let mut pdf = format!(
        "%PDF-1.7\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R /Names << /EmbeddedFiles << /Names [({name}) 3 0 R] >> >> >>\nendobj\n2 0 obj\n<< /Type /Pages /Kids [] /Count 0 >>\nendobj\n3 0 obj\n<< /Type /Filespec /F ({name}) /EF << /F 4 0 R >> >>\nendobj\n4 0 obj\n<< /Type /EmbeddedFile {filter}/Length {} >>\nstream\n",
        stream.len()
    )
    .into_bytes();
    pdf.extend(stream);
    pdf.extend(b"\nendstream\nendobj\ntrailer\n<< /Root 1 0 R >>\nstartxref\n0\n%%EOF\n");
    pdf
}

#[test]
fn a_europass_pdf_is_read_by_the_file_inside() {
    for packed in [true, false] {
        let imported = import(&pdf_with("attachment.xml", EUROPASS.as_bytes(), packed)).unwrap();
        assert!(imported.from_pdf);
        assert_eq!(imported.format, Format::Candidate);
        assert_eq!(imported.cv, import(EUROPASS.as_bytes()).unwrap().cv);
    }
    let retired = import(&pdf_with("attachment.xml", PASSPORT.as_bytes(), true)).unwrap();
    assert_eq!(
        (retired.format, retired.cv),
        (
            Format::SkillsPassport,
            import(PASSPORT.as_bytes()).unwrap().cv
        )
    );
    let other = pdf_with("diploma.txt", b"Diploma", true);
    assert_eq!(import(&other), Err(ImportError::NoCvInPdf));
}

#[test]
fn texts_in_utf_16_are_read() {
    let mut wide = vec![0xff, 0xfe];
    wide.extend(RESUME.encode_utf16().flat_map(u16::to_le_bytes));
    assert_eq!(import(&wide).unwrap().cv, cv(RESUME));
}

#[test]
fn a_cv_is_told_as_text_and_as_markdown() {
    golden("resume.txt", &cv_text(&cv(RESUME)));
    golden("resume.md", &cv_markdown(&cv(RESUME)));
    let tricky =
        cv(r#"{ "basics": { "name": "*A* [b](c) <d>", "summary": "1. uno\n# due\n- tre_x" } }"#);
    let markdown = cv_markdown(&tricky);
    assert!(
        markdown.starts_with("# \\*A\\* \\[b\\](c) \\<d\\>\n"),
        "{markdown}"
    );
    assert!(
        markdown.contains("\n1\\. uno\n\n\\# due\n\n- tre\\_x\n"),
        "{markdown}"
    );
}

#[test]
fn a_letter_is_told_as_text_and_as_markdown() {
    golden("lettera.txt", &lettera_text(&lettera()));
    golden("lettera.md", &lettera_markdown(&lettera()));
}

#[test]
fn a_docx_has_headings_lists_and_languages() {
    let bytes = cv_docx(&cv(RESUME));
    assert_eq!(
        bytes,
        cv_docx(&cv(RESUME)),
        "the same CV gives the same bytes"
    );
    let document = part(&bytes, "word/document.xml");
    golden("resume.docx.xml", &document.replace("</w:p>", "</w:p>\n"));
    for (style, text) in [
        ("Title", "Ada Maria Fo"),
        ("Heading1", "Esperienze di lavoro"),
        ("ListBullet", "Carico di 80 bancali al giorno"),
    ] {
        let start = format!(
            "<w:pStyle w:val=\"{style}\"/></w:pPr><w:r><w:t xml:space=\"preserve\">{text}<"
        );
        assert!(document.contains(&start), "{start}");
    }
    let styles = part(&bytes, "word/styles.xml");
    assert!(
        styles.contains("w:lang w:val=\"it-IT\"") && styles.contains("w:name w:val=\"heading 1\"")
    );
    let links = part(&bytes, "word/_rels/document.xml.rels");
    assert!(links.contains("Target=\"mailto:ada.fo@posta.it\""));
    let mut english = cv(RESUME);
    english
        .as_map_mut()
        .insert("x_language".into(), "en".into());
    let document = part(&cv_docx(&english), "word/document.xml");
    assert!(
        document.contains("<w:lang w:val=\"it-IT\"/></w:rPr><w:t xml:space=\"preserve\">Barista<")
    );
}

#[test]
fn a_letter_is_told_as_docx() {
    let bytes = lettera_docx(&lettera());
    assert_eq!(
        bytes,
        lettera_docx(&lettera()),
        "the same letter gives the same bytes"
    );
    let document = part(&bytes, "word/document.xml");
    golden("lettera.docx.xml", &document.replace("</w:p>", "</w:p>\n"));
}

fn part(docx: &[u8], name: &str) -> String {
    use std::io::Read;
    let mut zip = zip::ZipArchive::new(std::io::Cursor::new(docx)).expect("a ZIP");
    let mut text = String::new();
    zip.by_name(name)
        .expect("the part")
        .read_to_string(&mut text)
        .expect("text");
    // Every part is XML that a reader can read.
    let mut reader = quick_xml::Reader::from_str(&text);
    while reader.read_event().expect("XML") != quick_xml::events::Event::Eof {}
    text
}
