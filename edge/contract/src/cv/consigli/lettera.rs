// SPDX-License-Identifier: EUPL-1.2
//! The letter: to whom, about what, how long, how it begins and ends.

use super::lessico::Words;
use super::{Context, Report, rules};
use crate::cv::lettera::{Lettera, ONE_PAGE};

rules! {
    RECIPIENT_MISSING "letter_recipient_missing" High
        "Scrivi a quale azienda o ente mandi la lettera."
        "Una lettera senza nome sembra mandata a tutti."
        "Hotel Lido Azzurro, Rimini";
    PERSON_MISSING "letter_person_missing" Low
        "Se lo conosci, scrivi il nome di chi leggerà la lettera."
        "Una lettera con un nome arriva alla persona giusta."
        "Alla cortese attenzione della dottoressa Neri";
    REFERENCE_MISSING "letter_reference_missing" Medium
        "Scrivi il riferimento dell'annuncio."
        "Chi ha molti annunci aperti capisce subito quale ti interessa."
        "Rif. 1234, pubblicato il 10 novembre";
    SUBJECT_MISSING "letter_subject_missing" Medium
        "Aggiungi l'oggetto."
        "È la riga che si legge per decidere se aprire la lettera."
        "Candidatura come addetta alla reception";
    DATE_MISSING "letter_date_missing" Low
        "Aggiungi la data."
        "Così si vede che la lettera è di oggi."
        "24 novembre 2026";
    DATE_OLD "letter_date_old" Medium
        "La lettera ha una data di più di un mese fa: aggiornala."
        "Una data vecchia fa pensare che la lettera sia usata."
        "La data del giorno in cui la mandi";
    PLACE_MISSING "letter_place_missing" Low
        "Aggiungi il luogo accanto alla data."
        "È l'uso nelle lettere italiane."
        "Bologna, 24 novembre 2026";
    SALUTATION_MISSING "letter_salutation_missing" Low
        "Comincia con un saluto."
        "Senza, la lettera sembra un modulo."
        "Gentile dottoressa Neri,";
    CLOSING_MISSING "letter_closing_missing" Low
        "Chiudi con un saluto."
        "È l'ultima cosa che si legge."
        "Grazie per l'attenzione. Cordiali saluti";
    LONG "letter_too_long" Medium
        "La lettera ha {valore} caratteri: per stare in una pagina tienine al massimo 2500."
        "Una lettera lunga non viene letta fino in fondo."
        "Quattro paragrafi da quattro o cinque righe";
    SHORT "letter_too_short" Medium
        "La lettera è molto breve. Di' perché ti interessa e che cosa sai fare."
        "Con due righe non si capisce perché scegliere te."
        "Due o tre paragrafi";
    GENERIC_OPENING "letter_generic_opening" Medium
        "«{valore}» è un inizio che usano in tanti. Comincia da te e dal posto."
        "Le prime righe decidono se si va avanti a leggere."
        "Ho letto il vostro annuncio per una cuoca: cucino per mense da otto anni.";
    COMPANY_UNNAMED "letter_company_unnamed" Low
        "Nel testo non nomini mai l'azienda. Di' perché proprio lei."
        "Si vede che la lettera è scritta per quel posto."
        "Vengo spesso nel vostro negozio e mi piace come seguite i clienti.";
    ATTACHMENT_UNLISTED "letter_attachment_unlisted" Low
        "Scrivi che alleghi qualcosa, ma l'elenco degli allegati è vuoto."
        "Chi riceve la lettera controlla che ci sia tutto."
        "Allegati: curriculum vitae";
    PLACEHOLDER "letter_placeholder" High
        "C'è ancora un testo da completare: {valore}."
        "È la svista che si nota di più."
        "Sostituisci le parole tra parentesi quadre.";
}

const OPENINGS: &[&str] = &[
    "con la presente",
    "il sottoscritto",
    "la sottoscritta",
    "io sottoscritt*",
    "spett le azienda",
    "spettabile azienda",
    "spettabile ditta",
    "spett le ditta",
    "a chi di competenza",
    "mi permetto di",
    "le scrivo per sottoporre alla sua cortese attenzione",
    "vorrei sottoporre alla vostra attenzione",
    "sottopongo alla vostra cortese attenzione",
    "to whom it may concern",
    "dear sir or madam",
    "i am writing to apply",
    "i am writing to express my interest",
];
const ATTACHED: &[&str] = &[
    "allego",
    "alleghiamo",
    "in allegato",
    "attached",
    "i attach",
    "enclosed",
];
const OLD_DAYS: i32 = 31;
const LITTLE: usize = 350;

pub(super) fn check(letter: &Lettera, context: &Context<'_>, report: &mut Report) {
    let root = letter.root();
    let language = letter.language();
    let recipient = root.record("recipient");
    let organization = recipient.text("organization");
    let person = recipient.said("person", language).is_some();
    if organization.is_none() && !person {
        report.add(&RECIPIENT_MISSING, "recipient.organization");
    } else if !person {
        report.add(&PERSON_MISSING, "recipient.person");
    }
    if root.text("kind") == Some("ad") && root.text("reference").is_none() {
        report.add(&REFERENCE_MISSING, "reference");
    }
    for (key, rule) in [
        ("subject", &SUBJECT_MISSING),
        ("salutation", &SALUTATION_MISSING),
        ("closing", &CLOSING_MISSING),
    ] {
        if root.said(key, language).is_none() {
            report.add(rule, key);
        }
    }
    if root.text("place").is_none() {
        report.add(&PLACE_MISSING, "place");
    }
    match letter.date() {
        None => report.add(&DATE_MISSING, "date"),
        Some(day) => {
            let age = context.today - day;
            if age.get_days() > OLD_DAYS {
                report.add(&DATE_OLD, "date");
            }
        }
    }
    check_text(letter, organization, report);
}

fn check_text(letter: &Lettera, organization: Option<&str>, report: &mut Report) {
    let root = letter.root();
    let paragraphs = root.said_each("paragraphs", letter.language());
    let length = letter.length();
    if length > ONE_PAGE {
        report.add_with(&LONG, "paragraphs", length);
    } else if length < LITTLE {
        report.add(&SHORT, "paragraphs");
    }
    let mut words = Words::default();
    let (mut named, mut attaches) = (organization.is_none(), false);
    let mut name = Words::default();
    name.read(organization.unwrap_or_default());
    let salutation = root.said("salutation", letter.language());
    let beginnings = salutation.iter().chain(paragraphs.first());
    for (n, said) in beginnings.enumerate() {
        words.read(said.text);
        let opening = (0..words.len().min(6)).find_map(|at| {
            let ends = OPENINGS
                .iter()
                .filter_map(|phrase| words.end_of(phrase, at));
            ends.max().map(|end| words.shown(said.text, at, end))
        });
        if let Some(opening) = opening {
            let field = if n == 0 && salutation.is_some() {
                "salutation"
            } else {
                "paragraphs[0]"
            };
            report.add_with(&GENERIC_OPENING, field, opening);
        }
    }
    for (n, said) in paragraphs.iter().enumerate() {
        words.read(said.text);
        for at in 0..words.len() {
            // The longest word of a name stands for it: «Lido» for «Hotel Lido Azzurro Srl».
            named |= (0..name.len())
                .map(|index| name.word(index))
                .any(|word| word.len() > 3 && word == words.word(at));
            attaches |= ATTACHED
                .iter()
                .any(|phrase| words.end_of(phrase, at).is_some());
        }
        if let Some(open) = said.text.find('[')
            && let Some(length) = said.text[open..].find(']')
        {
            let field = alloc::format!("paragraphs[{n}]");
            report.add_with(&PLACEHOLDER, field, &said.text[open..=open + length]);
        }
    }
    if !named && !paragraphs.is_empty() {
        report.add(&COMPANY_UNNAMED, "paragraphs");
    }
    if attaches && root.said_list("attachments", letter.language()).is_empty() {
        report.add(&ATTACHMENT_UNLISTED, "attachments");
    }
}
