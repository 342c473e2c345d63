// SPDX-License-Identifier: EUPL-1.2
//! CVs and letters on paper: what they say, in which order, to whom; and what is refused.

use std::path::PathBuf;

use contract::cv::Cv;
use contract::cv::lettera::Lettera;
use contract::cv::outline::{Block, Body, Entry, Outline, Phrase};
use contract::cv::style::{Color, Density, Look};
use contract::cv::words::LANGUAGE_SKILLS;
use contract::problem::{FieldProblem, Problem};
use documents::cv::{PrintError, cv_drawing, cv_pdf};
use documents::extract::extract;
use documents::lettera::{lettera_drawing, lettera_pdf};
use documents::{Family, Shape, Weight, outline};
use serde_json::{Value, json};

use crate::curricula;
use crate::reader::Reader;

fn cv(value: Value) -> Cv {
    Cv::from_value(value).expect("an object")
}

/// Where the CVs of invented people are.
fn kept() -> PathBuf {
    [env!("CARGO_MANIFEST_DIR"), "tests", "papers", "curricula"]
        .iter()
        .collect()
}

/// The one that most tests take: two pages, most sections, texts in both languages.
fn maria() -> Value {
    curricula::read(&kept(), "shop-assistant")
}

/// The same CV in another look.
fn styled(mut cv: Value, look: &str, color: &str, density: &str) -> Value {
    cv["x_style"] = json!({ "look": look, "color": color, "density": density });
    cv
}

fn letter() -> Value {
    json!({
        "kind": "ad",
        "sender": { "name": "Maria Rossi", "label": "Addetta alla cassa", "address": "Via Mazzini 12, 40137 Bologna (BO)", "phone": "333 1234567", "email": "maria.rossi@posta.example.it" },
        "recipient": { "organization": "Supermercati Emilia S.p.A.", "person": "dott.ssa Anna Bianchi", "address": "Via del Lavoro 8", "city": "40127 Bologna" },
        "place": "Bologna", "date": "2026-12-01", "subject": "Candidatura come addetta alla cassa", "reference": "annuncio n. 2026/118",
        "salutation": "Gentile dottoressa Bianchi,",
        "paragraphs": ["ho letto il vostro annuncio e vi scrivo perché da sette anni faccio proprio questo lavoro.", "Sarò felice di incontrarvi per un colloquio."],
        "closing": "Cordiali saluti,", "signature": "Maria Rossi", "attachments": ["Curriculum vitae", "Attestato HACCP"],
        "x_en": { "subject": "Application as a cashier" }
    })
}

/// The words of a CV in the order in which they are to be read, from the outline alone.
fn words(outline: &Outline) -> Vec<String> {
    let language = outline.language;
    let mut text: Vec<String> = vec![outline.name.text.clone()];
    let mut add = |words: &str| text.push(words.to_owned());
    let said = |phrases: &[Phrase]| -> String {
        let texts: Vec<&str> = phrases.iter().map(|phrase| &*phrase.text).collect();
        texts.join(" ")
    };
    if let Some(label) = &outline.label {
        add(&label.text);
    }
    let labelled = outline.style.look == Look::Europass;
    for contact in &outline.contacts {
        if labelled || contact.named {
            add(contact.label.get(language));
        }
        add(&contact.text.text);
    }
    let blocks = |blocks: &[Block]| -> String {
        let texts = blocks.iter().map(|block| match block {
            Block::Paragraph(phrase) | Block::Point(phrase) => &*phrase.text,
        });
        texts.collect::<Vec<_>>().join(" ")
    };
    let entry = |entry: &Entry| -> String {
        let mut all: Vec<String> = Vec::new();
        if labelled {
            all.extend(entry.short_period.clone());
            all.push(entry.heading.text.clone());
        } else {
            all.push(entry.heading.text.clone());
            all.extend(entry.period.clone());
        }
        all.push(said(&entry.at));
        for (name, phrase) in &entry.details {
            all.push(format!("{} {}", name.get(language), phrase.text));
        }
        all.push(blocks(&entry.text));
        all.extend(entry.link.iter().map(|(shown, _)| shown.text.clone()));
        all.join(" ")
    };
    for chapter in &outline.chapters {
        add(&chapter.heading.text);
        match &chapter.body {
            Body::Text(text) => add(&blocks(text)),
            Body::Entries(entries) => entries.iter().for_each(|each| add(&entry(each))),
            Body::Pairs(pairs) => {
                for pair in pairs {
                    add(&pair.name.text);
                    pair.level.iter().for_each(|level| add(&level.text));
                    add(&said(&pair.values));
                    add(&blocks(&pair.text));
                }
            }
            Body::Languages { mother, others } => {
                if !mother.is_empty() {
                    add(match (mother.len(), language.as_str()) {
                        (1, "it") => "Lingua madre",
                        (_, "it") => "Lingue madri",
                        (1, _) => "Mother tongue",
                        _ => "Mother tongues",
                    });
                    add(&said(mother));
                }
                for tongue in others {
                    add(&tongue.name.text);
                    for ((_, skill), level) in LANGUAGE_SKILLS.iter().zip(tongue.levels) {
                        if let Some(level) = level {
                            add(&format!("{} {level}", skill.get(language)));
                        }
                    }
                    let rest = [&tongue.fluency, &tongue.certificate];
                    rest.into_iter()
                        .flatten()
                        .for_each(|phrase| add(&phrase.text));
                }
            }
        }
    }
    if let Some(consent) = &outline.consent {
        add(&consent.text);
    }
    only_words(&text.join(" "))
}

/// The words of a text without the signs around them, and without the breaks inside long ones.
fn only_words(text: &str) -> Vec<String> {
    let text = text.replace("e\u{301}", "é");
    text.split(|letter: char| !letter.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect()
}

/// How much of one sequence stands in the other in the same order, 0 to 1.
fn likeness(one: &[String], other: &[String]) -> f64 {
    let mut above = vec![0_usize; other.len() + 1];
    for word in one {
        let mut row = vec![0; other.len() + 1];
        for (index, candidate) in other.iter().enumerate() {
            row[index + 1] = if word == candidate {
                above[index] + 1
            } else {
                row[index].max(above[index + 1])
            };
        }
        above = row;
    }
    let common = above[other.len()];
    common as f64 / one.len().max(other.len()).max(1) as f64
}

#[test]
fn a_cv_reads_as_its_snapshot() {
    let pdf = cv_pdf(&cv(maria())).expect("a PDF");
    let expected = include_str!("../snapshots/cv.txt");
    let dump = Reader::open(&pdf).dump();
    assert!(dump == expected, "{dump}");
}

#[test]
fn a_letter_reads_as_its_snapshot() {
    let letter = Lettera::from_value(letter()).expect("an object");
    let dump = Reader::open(&lettera_pdf(&letter).expect("a PDF")).dump();
    assert!(dump == include_str!("../snapshots/lettera.txt"), "{dump}");
}

#[test]
fn cvs_are_read_back_in_order_by_two_readers() {
    let folder = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join("cv");
    std::fs::create_dir_all(&folder).expect("a folder");
    for (name, cv) in curricula::all(&kept()) {
        let pdf = cv_pdf(&cv).unwrap_or_else(|error| panic!("{name}: {error}"));
        let wanted = words(&cv.outline());
        // For checkers outside of this test.
        std::fs::write(folder.join(format!("{name}.pdf")), &pdf).expect("a file");
        let ours = extract(&pdf).expect("our own PDF");
        let other = Reader::open(&pdf).plain();
        for (reader, text) in [("ours", ours.text()), ("lopdf", other)] {
            let read = only_words(&text);
            let like = likeness(&wanted, &read);
            // A word longer than a line is cut, and then every letter has to be there.
            assert!(
                like >= 0.99 || wanted.concat() == read.concat(),
                "{name}, {reader}: {like}\n{text}"
            );
        }
        assert!(ours.tagged && ours.language.as_deref() == Some(cv.language().as_str()));
        assert_eq!(ours.files, ["cv.json", "europass.xml"], "{name}");
    }
}

/// The third reader stands in the browser's tests and takes the words from here. With `UPDATE=1` they are written anew.
#[test]
fn the_words_of_each_cv_stand_beside_it() {
    for (name, cv) in curricula::all(&kept()) {
        let mut text = String::new();
        for (place, word) in words(&cv.outline()).iter().enumerate() {
            let before = match place {
                0 => "",
                place if place % 12 == 0 => "\n",
                _ => " ",
            };
            text.push_str(before);
            text.push_str(word);
        }
        text.push('\n');
        let path = kept().join(format!("{name}.txt"));
        if std::env::var_os("UPDATE").is_some() {
            std::fs::write(&path, &text).expect("a file that can be written");
        }
        let kept = std::fs::read_to_string(&path).unwrap_or_default();
        assert!(kept == text, "{name}.txt should be:\n{text}");
    }
}

#[test]
fn the_cvs_are_more_than_twenty_and_of_every_kind() {
    let all = curricula::all(&kept());
    assert!(all.len() > 20);
    let styles: Vec<_> = all.iter().map(|(_, cv)| cv.outline().style).collect();
    for look in Look::ALL {
        assert!(styles.iter().any(|style| style.look == *look), "{look:?}");
    }
    for density in Density::ALL {
        assert!(
            styles.iter().any(|style| style.density == *density),
            "{density:?}"
        );
    }
    for color in Color::ALL {
        assert!(
            styles.iter().any(|style| style.color == *color),
            "{color:?}"
        );
    }
    let pages: Vec<usize> = all
        .iter()
        .map(|(_, cv)| cv_drawing(cv).0.pages.len())
        .collect();
    for count in 1..=3 {
        assert!(pages.contains(&count), "{count} pages: {pages:?}");
    }
    assert!(pages.iter().any(|count| *count > 3), "{pages:?}");
    let languages: Vec<_> = all.iter().map(|(_, cv)| cv.language()).collect();
    assert!(languages.iter().any(|one| one.as_str() == "en"));
    let with = |key: &str| {
        all.iter()
            .filter(|(_, cv)| cv.root().get(key).is_some())
            .count()
    };
    assert!(with("x_sections") > 1 && with("x_hidden") > 0 && with("x_order") > 0);
    let photos = all
        .iter()
        .filter(|(_, cv)| cv.basics().text("x_photo").is_some());
    assert!(photos.count() > 1);
}

#[test]
fn a_machine_finds_the_sections_the_name_and_the_contacts() {
    let reading = extract(&cv_pdf(&cv(maria())).expect("a PDF")).expect("our own PDF");
    let sections: Vec<_> = reading
        .parts
        .iter()
        .filter_map(|part| part.section)
        .collect();
    assert_eq!(
        sections,
        [
            "summary",
            "x_desired",
            "work",
            "education",
            "x_training",
            "languages",
            "x_digital",
            "skills",
            "x_licences",
            "certificates",
            "interests"
        ]
    );
    assert_eq!(reading.name.as_deref(), Some("Maria Rossi"));
    assert_eq!(reading.emails, ["maria.rossi@posta.example.it"]);
    assert_eq!(reading.phones, ["333 1234567"]);
    assert_eq!(
        reading.parts[3].lines[0],
        "Addetta alla cassa  ·  marzo 2019 – in corso"
    );
}

#[test]
fn the_cv_inside_its_pdf_is_the_cv() {
    for (name, cv) in curricula::all(&kept()) {
        let files = documents::pdf::attachments(&cv_pdf(&cv).expect("a PDF")).expect("our own PDF");
        let json = files.iter().find(|file| file.name == "cv.json");
        let read: Cv = serde_json::from_slice(&json.expect("a JSON").data).expect("JSON");
        assert!(read == cv, "{name}");
    }
}

#[test]
fn the_same_cv_gives_the_same_bytes() {
    let value = maria();
    let one = cv_pdf(&cv(value.clone())).expect("a PDF");
    assert!(one == cv_pdf(&cv(value)).expect("a PDF"));
    assert!(String::from_utf8_lossy(&one).contains("2026-11-24"));
}

#[test]
fn all_looks_say_the_same() {
    let plain = |look: &str| {
        let cv = cv(styled(maria(), look, "blue", "normal"));
        let pdf = cv_pdf(&cv).expect("a PDF");
        let mut words = only_words(&extract(&pdf).expect("our own PDF").text());
        words.sort();
        words
    };
    let sober = plain("sober");
    assert_eq!(plain("modern"), sober);
    assert_eq!(plain("compact"), sober);
}

#[test]
fn characters_without_a_drawing_are_named_at_their_field() {
    let refused = |value: Value| match cv_pdf(&cv(value)) {
        Err(PrintError::Refused(problems)) => problems,
        other => panic!("{:?}", other.map(|pdf| pdf.len())),
    };
    let problems = refused(json!({
        "basics": { "name": "محمد", "summary": "Va bene 👍🏽\nΑθήνα" },
        "work": [{ "position": "Cuoco", "highlights": ["ok", "李雷 → Роман"] }]
    }));
    let found: Vec<(&str, &Problem)> = problems
        .iter()
        .map(|refusal| (&*refusal.field, &refusal.problem))
        .collect();
    assert_eq!(
        found,
        [
            ("basics.name", &Problem::Glyphs("محد".into())),
            ("basics.summary", &Problem::Glyphs("👍🏽".into())),
            ("work[0].highlights[1]", &Problem::Glyphs("李雷".into())),
        ]
    );
}

#[test]
fn pictures_that_cannot_be_kept_for_ever_are_refused_at_the_photo() {
    use base64ct::{Base64, Encoding};
    let png = include_bytes!("photo.png");
    // Its dots are cut off in the middle; its head is whole.
    for (kind, bytes) in [
        ("jpeg", &include_bytes!("cmyk.jpg")[..]),
        ("png", &png[..300]),
    ] {
        let photo = format!("data:image/{kind};base64,{}", Base64::encode_string(bytes));
        let cv = cv(json!({ "basics": { "name": "Ada", "x_photo": photo } }));
        let refused = FieldProblem::new("basics.x_photo", Problem::Image);
        assert_eq!(
            cv_pdf(&cv),
            Err(PrintError::Refused(vec![refused])),
            "{kind}"
        );
    }
}

#[test]
fn hidden_things_are_in_the_file_only_as_data() {
    let mut value = maria();
    value["x_hidden"] = json!(["interests"]);
    let text = extract(&cv_pdf(&cv(value)).expect("a PDF"))
        .expect("our own PDF")
        .text();
    assert!(!text.contains("gialli") && text.contains("Maria Rossi"));
}

#[test]
fn a_heading_never_ends_a_page_in_any_look() {
    for look in Look::ALL {
        for density in [Density::Normal, Density::Tight] {
            for jobs in [3, 4, 6, 7, 8] {
                let list: Vec<Value> = (0..=jobs)
                    .map(|n| json!({ "position": format!("Lavoro {n}"), "name": "Ditta", "startDate": "2020-01", "summary": "Testo del lavoro.", "highlights": ["uno", "due"] }))
                    .collect();
                let value = json!({ "basics": { "name": "Ada" }, "work": list, "education": [{ "studyType": "Diploma", "institution": "Scuola", "endDate": "2001" }], "skills": [{ "name": "Ultima" }] });
                let cv = cv(styled(value, look.as_str(), "blue", density.as_str()));
                let reader = Reader::open(&cv_pdf(&cv).expect("a PDF"));
                for (heading, first) in [("Istruzione", "Diploma"), ("Altre competenze", "Ultima")]
                {
                    assert_eq!(
                        reader.page_of(heading),
                        reader.page_of(first),
                        "{look:?} {density:?} {jobs} {heading}"
                    );
                }
            }
        }
    }
}

#[test]
fn the_drawing_has_every_glyph_of_the_pdf_and_draws_it() {
    let (drawing, problems) = cv_drawing(&cv(maria()));
    assert_eq!(problems, []);
    let pdf = Reader::open(&cv_pdf(&cv(maria())).expect("a PDF"));
    assert_eq!(drawing.pages.len(), pdf.page_count());
    let glyphs = drawing
        .pages
        .iter()
        .flat_map(|page| &page.shapes)
        .filter_map(|shape| match shape {
            Shape::Glyphs(glyphs) => Some(glyphs),
            _ => None,
        });
    let count: usize = glyphs.clone().map(|run| run.glyphs.len()).sum();
    let letters = pdf
        .plain()
        .chars()
        .filter(|letter| !letter.is_control())
        .count();
    assert!(
        count > 1_500 && letters.abs_diff(count) < letters / 20,
        "{count} {letters}"
    );
    for run in glyphs {
        for (glyph, x) in &run.glyphs {
            assert!((0.0..=595.28).contains(x) && (0.0..=841.89).contains(&run.y));
            let path = outline(run.family, run.weight, *glyph);
            assert!(path.is_empty() || (path.starts_with('M') && path.ends_with('Z')));
        }
    }
    assert!(outline(Family::First, Weight::SemiBold, u16::MAX).is_empty());
}

#[test]
fn a_draft_with_gaps_is_drawn_and_says_what_is_missing() {
    let (drawing, problems) = cv_drawing(&cv(
        json!({ "basics": { "email": "ada@" }, "work": [{ "position": "Cuoca 🍳" }] }),
    ));
    let fields: Vec<&str> = problems.iter().map(|refusal| &*refusal.field).collect();
    assert_eq!(fields, ["basics.name", "basics.email", "work[0].position"]);
    assert_eq!(drawing.pages.len(), 1);
    let items: Vec<Value> = (0..10_000).map(|_| json!({})).collect();
    assert!(cv_drawing(&cv(json!({ "work": items }))).0.pages.is_empty());
}

#[test]
fn a_letter_in_english_says_what_is_ours_in_english() {
    let mut value = letter();
    value["language"] = "en".into();
    let letter = Lettera::from_value(value).expect("an object");
    let text = extract(&lettera_pdf(&letter).expect("a PDF"))
        .expect("our own PDF")
        .text();
    for words in [
        "Subject: Application as a cashier – ref. annuncio n. 2026/118",
        "Bologna, 1 December 2026",
        "Attachments:",
    ] {
        assert!(text.contains(words), "{text}");
    }
    assert_eq!(lettera_drawing(&letter).0.pages.len(), 1);
}

#[test]
fn a_letter_with_nothing_but_a_name_and_a_text_is_printed() {
    let value = json!({ "sender": { "name": "Ada Fo" }, "paragraphs": ["Vi scrivo."] });
    let letter = Lettera::from_value(value).expect("an object");
    let dump = Reader::open(&lettera_pdf(&letter).expect("a PDF")).dump();
    assert!(
        dump.contains("H1 Oggetto: Lettera di presentazione"),
        "{dump}"
    );
}

#[test]
fn files_that_are_no_pdf_or_a_bomb_are_refused_at_once() {
    use documents::pdf::{PdfError, attachments};
    assert_eq!(attachments(b""), Err(PdfError::NotAPdf));
    assert_eq!(attachments(b"%PDF-1.7\nnothing"), Err(PdfError::NotAPdf));
    assert_eq!(
        attachments(&vec![0; documents::pdf::LARGEST_FILE + 1]),
        Err(PdfError::TooLarge)
    );
    let encrypted =
        b"%PDF-1.7\n1 0 obj <</Type/Catalog>> endobj\ntrailer <</Root 1 0 R/Encrypt 2 0 R>>";
    assert_eq!(attachments(encrypted), Err(PdfError::Encrypted));
    let deep = format!("%PDF-1.7\n1 0 obj {}", "[".repeat(500_000));
    assert_eq!(attachments(deep.as_bytes()), Err(PdfError::NotAPdf));
    let endless = format!("%PDF-1.7\n{}", "1 0 obj <<>> stream\n".repeat(900_000));
    assert_eq!(attachments(endless.as_bytes()), Err(PdfError::NotAPdf));
    let ring = b"%PDF-1.7\n1 0 obj <</Type/Catalog/Pages 2 0 R>> endobj 2 0 obj <</Kids[2 0 R 2 0 R]>> endobj";
    assert!(extract(ring).is_ok());
}

#[test]
fn a_file_that_was_cut_or_changed_never_takes_the_reader_down() {
    let pdf = cv_pdf(&cv(maria())).expect("a PDF");
    for cut in (0..pdf.len()).step_by(499) {
        let _ = extract(&pdf[..cut]);
        let mut changed = pdf.clone();
        for byte in changed.iter_mut().skip(cut).step_by(977) {
            *byte = byte.wrapping_add(41);
        }
        let _ = extract(&changed);
    }
}
