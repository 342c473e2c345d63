// SPDX-License-Identifier: EUPL-1.2
//! The renderer by itself: every block, its tags, and what it refuses.

use crate::reader::Reader;
use crate::samples;
use documents::{DocumentError, Meta, Paper};

fn meta(title: &str) -> Meta {
    Meta {
        title: title.into(),
        language: "it".into(),
        subject: "Prova".into(),
        author: "Agenzia".into(),
        office: samples::office().name,
        created: samples::presented_at(),
        protocol: None,
    }
}

#[track_caller]
fn check(fill: impl FnOnce(&mut Paper), tags: &str) {
    let mut paper = Paper::new(meta("Prova"));
    fill(&mut paper);
    let dump = Reader::open(&paper.finish().expect("a document")).dump();
    assert!(dump.contains(tags), "{dump}");
}

#[test]
fn the_letterhead_is_read_once_before_the_title() {
    check(
        |_| {},
        "Document\n  P Agenzia\n  P Centro per l'Impiego di Bologna\n  H1 Prova\n",
    );
}

#[test]
fn a_table_has_column_headers() {
    check(
        |paper| {
            paper.table(&["Dal", "Al"], &[["1".to_owned(), String::new()]]);
        },
        "  Table
    THead
      TR
        TH[Column] Dal
        TH[Column] Al
    TBody
      TR
        TD 1
        TD non indicato
",
    );
}

#[test]
fn a_table_repeats_its_headers_on_each_page_and_reads_them_once() {
    let mut paper = Paper::new(meta("Prova"));
    let rows: Vec<_> = (0..80).map(|n| [format!("riga {n}")]).collect();
    paper.table(&["Intestazione"], &rows);
    let reader = Reader::open(&paper.finish().expect("a document"));
    let dump = reader.dump();
    assert!(reader.page_count() > 2);
    assert_eq!(dump.matches("TH[Column] Intestazione").count(), 1);
    assert_eq!(dump.matches("Intestazione").count(), reader.page_count());
}

#[test]
fn facts_have_row_headers() {
    check(
        |paper| {
            paper.facts(&[("Nome", "Ada")]);
        },
        "  Table\n    TR\n      TH[Row] Nome\n      TD Ada\n",
    );
}

#[test]
fn lists_are_lists() {
    check(
        |paper| {
            paper.steps(&["Prenota"]).bullets(&["Porta un documento"]);
        },
        "  L[Decimal]
    LI
      Lbl 1.
      LBody Prenota
  L[Disc]
    LI
      Lbl •
      LBody Porta un documento
",
    );
}

#[test]
fn parts_notes_and_signatures_follow_the_order_of_the_calls() {
    check(
        |paper| {
            let paper = paper.section("Sezione").part("Parte");
            paper
                .note("Attenzione", "Leggi.")
                .signatures(&["Chi dichiara", "Per l'ufficio"]);
        },
        "  H2 Sezione
  H3 Parte
  Div
    P Attenzione
    P Leggi.
  P Chi dichiara
  P Per l'ufficio
",
    );
}

#[test]
fn a_heading_never_ends_a_page() {
    for lines in 20..60 {
        let mut paper = Paper::new(meta("Prova"));
        for _ in 0..lines {
            paper.paragraph("riga");
        }
        paper.section("Sezione").facts(&[("Nome", "valore")]);
        let reader = Reader::open(&paper.finish().expect("a document"));
        assert_eq!(
            reader.page_of("Sezione"),
            reader.page_of("valore"),
            "{lines} lines"
        );
    }
}

#[test]
fn the_document_says_its_language_and_shows_its_title() {
    let reader = Reader::open(&Paper::new(meta("Prova")).finish().expect("a document"));
    let catalog = reader.document.catalog().expect("a catalog");
    assert_eq!(
        catalog.get(b"Lang").and_then(|lang| lang.as_str()).ok(),
        Some(&b"it"[..])
    );
    let preferences = catalog.get(b"ViewerPreferences").expect("preferences");
    let (_, preferences) = reader
        .document
        .dereference(preferences)
        .expect("preferences");
    let shown = preferences
        .as_dict()
        .and_then(|p| p.get(b"DisplayDocTitle"));
    assert_eq!(shown.and_then(|shown| shown.as_bool()).ok(), Some(true));
    assert!(catalog.get(b"Outlines").is_ok());
}

#[test]
fn what_pdf_ua_forbids_is_told_in_sentences_all_at_once() {
    let mut meta = meta("");
    meta.language = String::new();
    let error = Paper::new(meta)
        .finish()
        .expect_err("no title, no language");
    let DocumentError::Conformance { problems } = &error else {
        panic!("{error}");
    };
    let told = |what: &str| problems.iter().any(|problem| problem.starts_with(what));
    assert!(told("the document has no title (PDF/UA-1"), "{error}");
    assert!(told("the document has no language (PDF/A-2a"), "{error}");
    assert!(error.to_string().contains("; "));
}
