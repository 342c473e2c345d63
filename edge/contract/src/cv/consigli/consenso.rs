// SPDX-License-Identifier: EUPL-1.2
//! The line by which a person agrees to the use of their data. It is customary, not required, when a CV is sent of one's
//! own accord (art. 111-bis D.Lgs. 196/2003); but when it is there, it should name the law in force.

use alloc::string::String;

use super::{Report, rules};
use crate::cv::item::Said;
use crate::cv::lettera::Lettera;

rules! {
    CONSENT_ABOLISHED "consent_abolished" High
        "La riga sul consenso cita la legge 675 del 1996, che non esiste più: aggiornala."
        "È abolita dal 2004. Fa sembrare vecchio tutto il CV."
        "… secondo il Regolamento (UE) 2016/679 (GDPR) e il D.Lgs. 196/2003";
    CONSENT_WITHOUT_GDPR "consent_without_gdpr" Medium
        "La riga sul consenso non cita il regolamento europeo: aggiungilo."
        "Dal 2018 la norma principale è il Regolamento (UE) 2016/679, il GDPR."
        "… secondo il Regolamento (UE) 2016/679 (GDPR) e il D.Lgs. 196/2003";
    CONSENT_MISSING "consent_missing" Low
        "Manca la riga sul consenso ai dati. Non è obbligatoria, ma molti se la aspettano."
        "Se mandi tu il CV, la legge non la chiede (art. 111-bis D.Lgs. 196/2003)."
        "Puoi usare la frase già pronta.";
}

pub(super) fn check(consent: Option<Said<'_>>, report: &mut Report) {
    match consent {
        None => report.add(&CONSENT_MISSING, "basics.x_consent"),
        Some(said) => line(said.text, "basics.x_consent", report),
    }
}

/// In a letter the line may stand in a field of its own or at the end of the text; it is not missed.
pub(super) fn check_letter(letter: &Lettera, report: &mut Report) {
    if let Some(said) = letter.root().said("consent", letter.language()) {
        line(said.text, "consent", report);
    }
}

fn line(text: &str, field: &str, report: &mut Report) {
    let bare: String = text
        .chars()
        .filter(|letter| !letter.is_whitespace())
        .collect();
    let bare = bare.to_lowercase();
    let has = |needles: &[&str]| needles.iter().any(|needle| bare.contains(needle));
    if has(&["675/96", "675/1996", "675del1996", "675del96", "n.675"]) {
        report.add(&CONSENT_ABOLISHED, field);
    } else if !has(&["2016/679", "679/2016", "679/16", "gdpr", "679del2016"]) {
        report.add(&CONSENT_WITHOUT_GDPR, field);
    }
}
