// SPDX-License-Identifier: EUPL-1.2
//! What the papers of the DID say and in which order, read back from the bytes.

use crate::reader::Reader;
use crate::samples;
use documents::DocumentError;
use documents::did::{Section, did_declaration, did_receipt};

/// Compares the tag tree with the snapshot of that name. With `UPDATE_SNAPSHOTS=1` in the
/// environment it writes the snapshot instead.
#[track_caller]
fn check_snapshot(name: &str, pdf: &[u8]) {
    let path = format!("{}/tests/snapshots/{name}.txt", env!("CARGO_MANIFEST_DIR"));
    let dump = Reader::open(pdf).dump();
    if std::env::var_os("UPDATE_SNAPSHOTS").is_some() {
        std::fs::write(&path, &dump).expect("a snapshot that can be written");
    }
    let snapshot = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(
        dump == snapshot,
        "{path} differs; the document now reads:\n{dump}"
    );
}

#[test]
fn the_receipt_reads_as_its_snapshot() {
    let pdf = did_receipt(&samples::receipt()).expect("a receipt");
    check_snapshot("receipt", &pdf);
}

#[test]
fn the_declaration_reads_as_its_snapshot() {
    let pdf = did_declaration(&samples::did()).expect("a declaration");
    check_snapshot("declaration", &pdf);
}

#[test]
fn the_receipt_cites_the_law_it_is_made_under() {
    let pdf = did_receipt(&samples::receipt()).expect("a receipt");
    let dump = Reader::open(&pdf).dump();
    for citation in [
        "art. 18-bis L. 241/1990",
        "artt. 7 e 8 L. 241/1990",
        "artt. 53 e 57 DPR 445/2000",
        "cc. 9-bis e 9-ter L. 241/1990",
        "artt. 31 e 117 del codice del processo amministrativo",
        "art. 20 c. 1 D.Lgs. 150/2015",
    ] {
        assert!(dump.contains(citation), "{citation}");
    }
}

#[test]
fn the_declaration_recalls_the_penal_warning_and_the_identification() {
    let pdf = did_declaration(&samples::did()).expect("a declaration");
    let dump = Reader::open(&pdf).dump();
    for citation in [
        "art. 19 c. 1 D.Lgs. 150/2015",
        "art. 76 DPR 445/2000",
        "art. 65 c. 1 lett. b e c. 2 D.Lgs. 82/2005",
        "(SPID), livello di sicurezza 2",
    ] {
        assert!(dump.contains(citation), "{citation}");
    }
}

#[test]
fn who_need_not_contact_the_office_is_not_told_to() {
    let mut receipt = samples::receipt();
    receipt.contact_by = None;
    receipt.next_steps.clear();
    let dump = Reader::open(&did_receipt(&receipt).expect("a receipt")).dump();
    assert!(!dump.contains("Contatta il Centro"));
    assert!(!dump.contains("Che cosa fare adesso"));
}

#[test]
fn the_same_input_gives_the_same_bytes() {
    assert!(did_receipt(&samples::receipt()) == did_receipt(&samples::receipt()));
    assert!(did_declaration(&samples::did()) == did_declaration(&samples::did()));
}

#[test]
fn thirty_sections_and_an_answer_longer_than_a_page_lose_no_word() {
    let mut did = samples::did();
    for number in 0..30 {
        let words = if number == 7 { 2000 } else { 40 };
        did.sections.push(Section {
            title: format!("Sezione {number}"),
            rows: vec![
                ("Risposta".into(), "parola ".repeat(words)),
                ("Risposta senza spazi".into(), "x".repeat(300)),
            ],
        });
    }
    let reader = Reader::open(&did_declaration(&did).expect("a declaration"));
    let dump = reader.dump();
    assert!(reader.page_count() > 8);
    assert_eq!(dump.matches("parola").count(), 2000 + 29 * 40);
    // The letter also stands in other words; 30 answers of 300 are what counts.
    assert!(dump.matches('x').count() >= 30 * 300);
    let last = format!("pagina {0} di {0}", reader.page_count());
    assert!(dump.trim_end().ends_with(&last), "{last}");
}

#[test]
fn names_in_every_latin_alphabet_of_the_union_are_written() {
    let mut receipt = samples::receipt();
    receipt.citizen.nome = "Łukasz Ștefan Þór Ōrjan Ğül".into();
    receipt.citizen.cognome = "D'Ávila-Müßéç Žižkův Őze Ħal".into();
    let dump = Reader::open(&did_receipt(&receipt).expect("a receipt")).dump();
    assert!(dump.contains("Łukasz Ștefan Þór Ōrjan Ğül D'Ávila-Müßéç Žižkův Őze Ħal"));
}

#[test]
fn characters_without_a_drawing_are_all_named() {
    let mut receipt = samples::receipt();
    receipt.citizen.nome = "雷 Мария".into();
    receipt.responsible = "Ali 李".into();
    let error = did_receipt(&receipt).expect_err("no glyphs for Chinese");
    let characters = vec!['李', '雷'];
    assert_eq!(error, DocumentError::Glyphs { characters });
    assert!(error.to_string().contains("李 (U+674E)"));
}

#[test]
fn names_in_cyrillic_and_greek_are_printed() {
    let mut receipt = samples::receipt();
    receipt.citizen.nome = "Марія Ґалина".into();
    receipt.citizen.cognome = "Παπαδοπούλου".into();
    let dump = Reader::open(&did_receipt(&receipt).expect("a document")).dump();
    assert!(dump.contains("Марія Ґалина Παπαδοπούλου"), "{dump}");
}
