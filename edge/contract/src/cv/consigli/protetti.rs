// SPDX-License-Identifier: EUPL-1.2
//! What nobody may ask a person who looks for work: art. 8 L. 300/1970 and art. 10 D.Lgs. 276/2003 (opinions, religion,
//! union, sex, marriage, family, health, disputes with former employers, origin), and numbers that open doors to theft.
//!
//! The phrases are such that a person says of themselves. A job with disabled people, in a parish or for a union is a
//! job like any other and is not in the table.

use super::lessico::{Lexicon, Words};
use super::passages::Passage;
use super::{Report, Rule, rules};

rules! {
    RELIGION "religion" High
        "«{valore}» parla della tua religione: puoi toglierlo."
        "Nessuno può chiederla per un lavoro (art. 10 D.Lgs. 276/2003)."
        "Se conta l'esperienza: «Animatrice, 40 ragazzi, tre estati»";
    POLITICS "politics" High
        "«{valore}» parla delle tue idee politiche: puoi toglierlo."
        "Nessuno può chiederle per un lavoro (art. 8 L. 300/1970)."
        "Se conta l'esperienza: «Organizzazione di eventi»";
    UNION "union" High
        "«{valore}» dice che sei in un sindacato: puoi toglierlo."
        "Nessuno può chiederlo per un lavoro (art. 8 L. 300/1970)."
        "Lascia solo quello che sai fare.";
    HEALTH "health" High
        "«{valore}» parla della tua salute: puoi toglierlo."
        "Non è un dato da CV. Per legge non si può chiedere prima di assumere."
        "Se ti serve un posto adatto, ne parli dopo con il Centro per l'impiego.";
    PROTECTED_CATEGORY "protected_category" Medium
        "«{valore}» dice che sei nelle categorie protette. Lascialo solo se lo hai deciso tu."
        "Serve per i posti riservati (L. 68/1999). Negli altri casi non è dovuto."
        "Tieni due CV: uno con questa riga e uno senza.";
    FAMILY "family" High
        "«{valore}» parla della tua famiglia: puoi toglierlo."
        "Matrimonio, figli e gravidanza non devono contare (art. 10 D.Lgs. 276/2003)."
        "Se conta l'orario: «Disponibile dalle 8 alle 14»";
    ORIENTATION "sexual_orientation" High
        "«{valore}» parla della tua vita privata: puoi toglierlo."
        "Nessuno può chiederlo per un lavoro (art. 10 D.Lgs. 276/2003)."
        "Lascia solo quello che sai fare.";
    ORIGIN "origin" High
        "«{valore}» parla della tua origine: puoi toglierlo."
        "L'origine non deve contare. Al più serve sapere se puoi lavorare in Italia."
        "Permesso di soggiorno valido per lavoro";
    DISPUTE "dispute" High
        "«{valore}»: non parlare delle liti con chi ti dava lavoro."
        "Nessuno può chiederne (art. 10 D.Lgs. 276/2003), e mette in cattiva luce."
        "Rapporto terminato nel 2023";
    CRIMINAL_RECORD "criminal_record" Medium
        "«{valore}»: i precedenti, anche quando non ci sono, non vanno nel CV."
        "Si possono chiedere solo per pochi lavori, e lo dice l'annuncio."
        "Se serve, porterai il certificato al colloquio.";
    TAX_CODE "tax_code" High
        "Togli il codice fiscale."
        "Per candidarti non serve, e chi lo trova può usarlo al posto tuo."
        "Lo darai quando firmi il contratto.";
    BANK_NUMBER "bank_number" High
        "Togli l'IBAN."
        "Nessun annuncio serio lo chiede prima di assumere."
        "Lo darai quando firmi il contratto.";
}

const RELIGIONS: &[&str] = &[
    "cattolica praticante",
    "cattolico praticante",
    "di religione",
    "religione cattolica",
    "religione islamica",
    "religione musulmana",
    "religione ebraica",
    "religione ortodossa",
    "religione evangelica",
    "sono cattolic*",
    "sono musulman*",
    "sono cristian*",
    "sono ebre*",
    "sono credente",
    "sono ate*",
    "testimone di geova",
    "fede cristiana",
    "fede cattolica",
    "fede islamica",
    "credente e praticante",
    "i am catholic",
    "i am muslim",
    "i am christian",
    "i am jewish",
    "my religion",
];
const POLITICAL: &[&str] = &[
    "iscritt* al partito",
    "tesserat* del partito",
    "tessera di partito",
    "militante del partito",
    "militante di",
    "attivista del partito",
    "attivista politic*",
    "simpatizzante del partito",
    "orientamento politico",
    "idee politiche",
    "partito democratico",
    "forza italia",
    "fratelli d italia",
    "movimento 5 stelle",
    "lega nord",
    "rifondazione comunista",
    "sono di destra",
    "sono di sinistra",
    "party member",
    "political activist",
];
const UNIONS: &[&str] = &[
    "iscritt* al sindacato",
    "iscritt* alla cgil",
    "iscritt* alla cisl",
    "iscritt* alla uil",
    "iscritt* a un sindacato",
    "tessera sindacale",
    "tessera cgil",
    "tessera cisl",
    "tessera uil",
    "tessera del sindacato",
    "union member",
    "member of the union",
];
const HEALTHS: &[&str] = &[
    "in buona salute",
    "buono stato di salute",
    "ottimo stato di salute",
    "stato di salute",
    "sana e robusta costituzione",
    "invalido civile",
    "invalida civile",
    "invalidita civile",
    "percentuale di invalidita",
    "invalidita al",
    "sono disabile",
    "sono invalid*",
    "affett* da",
    "sono malat*",
    "malattia cronica",
    "sono diabetic*",
    "sono celiac*",
    "in terapia",
    "non fumatore",
    "non fumatrice",
    "i am disabled",
    "my health",
    "good health",
];
const PROTECTED: &[&str] = &[
    "categorie protette",
    "categoria protetta",
    "legge 68 99",
    "legge 68 1999",
    "l 68 99",
    "l 68 1999",
    "collocamento mirato",
    "protected categories",
    "protected category",
];
const FAMILIES: &[&str] = &[
    "coniugat*",
    "nubile",
    "celibe",
    "sono sposat*",
    "sposat* con",
    "stato civile coniugat*",
    "stato civile libero",
    "stato civile libera",
    "stato civile celibe",
    "stato civile nubile",
    "divorziat*",
    "vedov*",
    "figli a carico",
    "senza figli",
    "un figlio",
    "una figlia",
    "due figli",
    "tre figli",
    "due figlie",
    "quattro figli",
    "madre di",
    "padre di",
    "mamma di",
    "papa di",
    "sono incinta",
    "in gravidanza",
    "sono mamma",
    "sono in attesa",
    "marital status",
    "i am married",
    "i am single",
    "no children",
    "two children",
    "mother of",
    "father of",
    "pregnant",
];
const ORIENTATIONS: &[&str] = &[
    "orientamento sessuale",
    "eterosessuale",
    "omosessuale",
    "bisessuale",
    "sono gay",
    "sono lesbica",
    "sexual orientation",
    "heterosexual",
    "homosexual",
];
const ORIGINS: &[&str] = &[
    "razza bianca",
    "di razza",
    "origine etnica",
    "gruppo etnico",
    "etnia",
    "colore della pelle",
    "gruppo linguistico di appartenenza",
    "ethnic origin",
    "ethnicity",
];
const DISPUTES: &[&str] = &[
    "causa di lavoro",
    "causa con il datore",
    "causa contro",
    "vertenza sindacale",
    "vertenza con",
    "vertenza contro",
    "ho denunciato il datore",
    "lite con il titolare",
    "litigato con",
    "licenziat* ingiustamente",
    "sued my employer",
];
const RECORDS: &[&str] = &[
    "incensurat*",
    "fedina penale",
    "carichi pendenti",
    "precedenti penali",
    "casellario giudiziale",
    "criminal record",
];

pub(super) fn check(passages: &[Passage<'_>], report: &mut Report) {
    let lexicon: Lexicon<&'static Rule> = Lexicon::new(&[
        (RELIGIONS, &RELIGION),
        (POLITICAL, &POLITICS),
        (UNIONS, &UNION),
        (HEALTHS, &HEALTH),
        (PROTECTED, &PROTECTED_CATEGORY),
        (FAMILIES, &FAMILY),
        (ORIENTATIONS, &ORIENTATION),
        (ORIGINS, &ORIGIN),
        (DISPUTES, &DISPUTE),
        (RECORDS, &CRIMINAL_RECORD),
    ]);
    let mut words = Words::default();
    for passage in passages {
        words.read(passage.text);
        lexicon.find(&words, |rule, from, to| {
            // Who teaches religion or works for an office of targeted placement tells of a job.
            if (passage.section != "work" || strong(rule)) && report.takes(rule) {
                report.add_with(rule, passage.path(), words.shown(passage.text, from, to));
            }
        });
        for at in 0..words.len() {
            let word = words.word(at);
            if is_tax_code(word) {
                report.add(&TAX_CODE, passage.path());
            } else if is_bank_number(&words, at) {
                report.add(&BANK_NUMBER, passage.path());
            }
        }
    }
}

/// Rules whose phrases cannot be the name of a job.
fn strong(rule: &Rule) -> bool {
    [ORIENTATION.code, DISPUTE.code, UNION.code].contains(&rule.code)
}

/// The shape of a codice fiscale is enough here: also a wrong one gives much away.
fn is_tax_code(word: &str) -> bool {
    let shape = b"aaaaaa00a00a000a";
    word.len() == shape.len()
        && word
            .bytes()
            .zip(shape)
            .all(|(letter, wanted)| match wanted {
                b'0' => letter.is_ascii_digit(),
                _ => letter.is_ascii_alphabetic(),
            })
}

/// `IT60 X054 2811 …` with or without spaces: 27 letters and digits after the country.
fn is_bank_number(words: &Words, at: usize) -> bool {
    let first = words.word(at).as_bytes();
    let begins =
        first.len() >= 4 && first.starts_with(b"it") && first[2..4].iter().all(u8::is_ascii_digit);
    begins && {
        let mut length = 0;
        let mut digits = 0;
        for next in (at..words.len()).take(8) {
            let word = words.word(next);
            length += word.len();
            digits += word.bytes().filter(u8::is_ascii_digit).count();
            if length >= 27 {
                break;
            }
        }
        length == 27 && digits >= 24
    }
}
