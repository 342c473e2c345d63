// SPDX-License-Identifier: EUPL-1.2
//! Who the person is, how to reach them, the profile, the photo.

use alloc::{format, string::String};

use super::{Context, Report, photo, rules};
use crate::cv::Cv;
use crate::cv::check::link;
use crate::cv::photo::Photo;
use crate::values::text::fold_into;

rules! {
    NAME_MISSING "name_missing" High
        "Scrivi il tuo nome e cognome."
        "Senza nome il CV non si può stampare."
        "Ada Fo";
    EMAIL_MISSING "email_missing" High
        "Aggiungi un indirizzo email."
        "Quasi tutte le aziende rispondono per email."
        "ada.fo@posta.it";
    PHONE_MISSING "phone_missing" High
        "Aggiungi un numero di telefono."
        "Per fissare un colloquio di solito si telefona."
        "333 1234567";
    EMAIL_PLAYFUL "email_playful" Medium
        "L'indirizzo «{valore}» può sembrare poco serio. Usane uno con il tuo nome."
        "L'email è una delle prime cose che si leggono."
        "ada.fo@posta.it, non principessa99@posta.it";
    EMAIL_DOMAIN "email_domain" High
        "Controlla l'indirizzo email: «{valore}» sembra scritto male."
        "Con una lettera sbagliata le risposte si perdono."
        "gmail.com, non gmial.com";
    EMAIL_AT_WORK "email_at_work" Medium
        "Usa un'email tua e non quella del lavoro ({valore})."
        "Se cambi lavoro non la puoi più leggere."
        "ada.fo@posta.it";
    PHONE_LENGTH "phone_length" High
        "Controlla il numero di telefono: ha {valore} cifre."
        "Un cellulare italiano di solito ha 10 cifre, senza il prefisso +39."
        "333 1234567";
    TOWN_MISSING "town_missing" Medium
        "Scrivi la città in cui vivi."
        "Chi assume vuole sapere se il posto è vicino a te."
        "40121 Bologna (BO)";
    STREET_GIVEN "street_given" Low
        "La via e il numero non servono: basta la città."
        "Un CV passa per molte mani. Meno dati personali dai, meglio è."
        "Bologna (BO)";
    LABEL_MISSING "label_missing" Low
        "Aggiungi un titolo sotto il nome: il mestiere che fai o che cerchi."
        "Chi legge capisce subito per quale lavoro ti proponi."
        "Magazziniere con patentino del muletto";
    DESIRED_MISSING "desired_missing" High
        "Aggiungi almeno una professione desiderata."
        "Senza, per il Centro per l'impiego il tuo CV resta una bozza."
        "Addetta alla contabilità, tempo pieno, Bologna";
    SUMMARY_MISSING "summary_missing" Medium
        "Scrivi un profilo di due o tre righe."
        "Si legge per primo e dice in breve chi sei."
        "Cuoca con 8 anni di lavoro nelle mense. Cerco un posto a Modena.";
    SUMMARY_LONG "summary_long" Medium
        "Il profilo ha {valore} caratteri. Prova a stare sotto i 600."
        "Un profilo lungo spesso non viene letto."
        "Tre frasi: chi sei, che cosa sai fare, che cosa cerchi.";
    SUMMARY_SHORT "summary_short" Low
        "Il profilo è molto breve. Aggiungi che cosa sai fare e che cosa cerchi."
        "Due o tre righe bastano per dare un motivo per chiamarti."
        "Cuoca con 8 anni di lavoro nelle mense. Cerco un posto a Modena.";
    BIRTH_DATE "birth_date" Low
        "La data di nascita non è obbligatoria: puoi toglierla."
        "Salvo pochi casi, la legge vieta di scegliere in base all'età (art. 10 D.Lgs. 276/2003)."
        "Lasciala se serve per il posto, per esempio per l'apprendistato.";
    PHOTO_OPTIONAL "photo_optional" Low
        "La foto non è obbligatoria. Tienila solo se è recente e sobria."
        "L'aspetto non deve contare nella scelta, e la foto occupa spazio."
        "Viso in primo piano, sfondo chiaro.";
    PHOTO_SMALL "photo_small" Medium
        "La foto è piccola ({valore} punti): sulla carta sarà sfocata."
        "Per una stampa nitida servono almeno 300 punti per lato."
        "Una foto fatta con il telefono, ritagliata sul viso.";
    PHOTO_WIDE "photo_wide" Low
        "La foto è più larga che alta: ritagliala sul viso."
        "In un CV ci si aspetta una foto tessera."
        "Tre parti di larghezza e quattro di altezza.";
    FILE_HEAVY "file_heavy" Medium
        "Il file pesa circa {valore} kB. Prova con una foto più leggera."
        "Molti siti rifiutano i file grandi, e con il telefono si aprono piano."
        "Meno di 1000 kB";
}

/// Words that nobody needs in an address for job offers. Longer words only: short ones hide inside names.
const PLAYFUL: &[&str] = &[
    "amore",
    "bambolin",
    "biricchin",
    "biscottin",
    "bomber",
    "caramell",
    "cucciol",
    "dolcezz",
    "farfallin",
    "fragolin",
    "gattin",
    "gnocc",
    "hotgirl",
    "killer",
    "micett",
    "orsett",
    "pazzerell",
    "piccolina",
    "principess",
    "puffett",
    "sexy",
    "stellin",
    "tesorin",
    "tigrott",
    "trottolin",
    "xoxo",
];

/// Ends of addresses that are a slip of the keyboard. Sorted.
const SLIPS: &[&str] = &[
    "gamil.com",
    "gmai.com",
    "gmail.con",
    "gmail.it",
    "gmal.com",
    "gmial.com",
    "gnail.com",
    "hotmai.com",
    "hotmail.con",
    "hotmial.com",
    "hotnail.com",
    "iclod.com",
    "liberi.it",
    "libero.com",
    "lbero.it",
    "outllok.com",
    "outlok.com",
    "virgilio.com",
    "yaho.com",
    "yaho.it",
    "yahooo.it",
];

const HEAVY_FILE: usize = 1_000_000;
const HEAVY_PHOTO: usize = 200_000;

pub(super) fn check(cv: &Cv, context: &Context<'_>, report: &mut Report) {
    let basics = cv.basics();
    if basics.text("name").is_none() {
        report.add(&NAME_MISSING, "basics.name");
    }
    match basics.text("email") {
        None => report.add(&EMAIL_MISSING, "basics.email"),
        Some(email) => check_email(cv, email, report),
    }
    match basics.text("phone") {
        None => report.add(&PHONE_MISSING, "basics.phone"),
        Some(phone) => {
            let count = phone.bytes().filter(u8::is_ascii_digit).count();
            if !(6..=15).contains(&count) {
                report.add_with(&PHONE_LENGTH, "basics.phone", count);
            }
        }
    }
    let location = basics.record("location");
    if location.said("city", cv.language()).is_none() {
        report.add(&TOWN_MISSING, "basics.location.city");
    }
    if location.text("address").is_some() {
        report.add(&STREET_GIVEN, "basics.location.address");
    }
    if basics.said("label", cv.language()).is_none() {
        report.add(&LABEL_MISSING, "basics.label");
    }
    let desired = |item: crate::cv::item::Item<'_>| item.said("name", cv.language()).is_some();
    if !cv.items("x_desired").any(desired) {
        report.add(&DESIRED_MISSING, "x_desired");
    }
    let summary = basics.said("summary", cv.language());
    match summary.map(|said| said.text.chars().count()) {
        None => report.add(&SUMMARY_MISSING, "basics.summary"),
        Some(length) if length > 600 => {
            report.add_with(&SUMMARY_LONG, "basics.summary", length);
        }
        Some(length) if length < 60 => report.add(&SUMMARY_SHORT, "basics.summary"),
        Some(_) => {}
    }
    if basics.text("x_birth_date").is_some() {
        report.add(&BIRTH_DATE, "basics.x_birth_date");
    }
    let weight = check_photo(cv, report);
    match context.file_bytes {
        Some(bytes) if bytes > HEAVY_FILE => {
            report.add_with(&FILE_HEAVY, "", bytes / 1_000);
        }
        None if weight > HEAVY_PHOTO => {
            report.add_with(&FILE_HEAVY, "basics.x_photo", weight / 1_000);
        }
        _ => {}
    }
}

fn check_email(cv: &Cv, email: &str, report: &mut Report) {
    let Some((local, domain)) = email.split_once('@') else {
        return;
    };
    let domain = domain.to_ascii_lowercase();
    if SLIPS.contains(&&*domain) {
        report.add_with(&EMAIL_DOMAIN, "basics.email", &domain);
    }
    let local = folded(local);
    let name = folded(cv.basics().text("name").unwrap_or_default());
    // A word that is part of the person's own name is their name.
    let playful = PLAYFUL
        .iter()
        .any(|word| local.contains(word) && !name.contains(word));
    if playful {
        report.add_with(&EMAIL_PLAYFUL, "basics.email", email);
    }
    let employer = cv.items("work").filter_map(|job| link(job.text("url")?));
    for address in employer {
        let host = address.split('/').nth(2).unwrap_or_default();
        if host.strip_prefix("www.").unwrap_or(host) == domain {
            report.add_with(&EMAIL_AT_WORK, "basics.email", &domain);
        }
    }
}

/// Looks at the photo and says how many bytes it has.
fn check_photo(cv: &Cv, report: &mut Report) -> usize {
    let Some(Ok(photo)) = cv.basics().text("x_photo").map(Photo::parse) else {
        return 0;
    };
    let (Photo::Jpeg(bytes) | Photo::Png(bytes)) = photo;
    report.add(&PHOTO_OPTIONAL, "basics.x_photo");
    if let Some((width, height)) = photo::size(&bytes) {
        if width.min(height) < 300 {
            let points = format!("{width} × {height}");
            report.add_with(&PHOTO_SMALL, "basics.x_photo", points);
        }
        if width > height + height / 10 {
            report.add(&PHOTO_WIDE, "basics.x_photo");
        }
    }
    bytes.len()
}

fn folded(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    text.chars()
        .for_each(|letter| fold_into(&mut plain, letter));
    plain
}
