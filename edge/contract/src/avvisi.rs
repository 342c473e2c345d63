// SPDX-License-Identifier: EUPL-1.2
//! What people are told in a notice: subjects and sentences with gaps for names, days and reasons. The edge fills them in
//! the language of the person; other languages stand in `public/texts/en-notices.json`.

use alloc::string::String;

/// A notice.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Modello {
    /// Stable code, in the key of its texts.
    pub codice: &'static str,
    /// Subject.
    pub oggetto: &'static str,
    /// Text.
    pub testo: &'static str,
}

macro_rules! modelli {
    ($($(#[$doc:meta])* $name:ident $code:literal $subject:literal $text:literal;)*) => {
        $($(#[$doc])* pub const $name: Modello = Modello { codice: $code, oggetto: $subject, testo: $text };)*

        /// Every notice.
        pub const MODELLI: &[Modello] = &[$($name),*];
    };
}

modelli! {
    /// A request was received (art. 18-bis L. 241/1990).
    RICEVUTA "ricevuta" "Abbiamo ricevuto la tua richiesta" "Abbiamo ricevuto la tua richiesta con il protocollo {protocollo}. La ricevuta è nella tua area personale. Ti rispondiamo entro il {giorno}.";
    /// A request has moved on.
    NOVITA "novita" "Novità sulla tua richiesta" "La tua richiesta con protocollo {protocollo} ora è: {stato}.";
    /// A request has moved on, with the office's words.
    NOVITA_MOTIVO "novita_motivo" "Novità sulla tua richiesta" "La tua richiesta con protocollo {protocollo} ora è: {stato}. Leggi il messaggio nella tua area personale: {motivo}";
    /// Booked by the person, or at the desk for them.
    PRENOTATO "prenotato" "Il tuo appuntamento è prenotato" "{servizi}: {quando}. {luogo}";
    /// The office summons (art. 20 D.Lgs. 150/2015).
    CONVOCATO "convocato" "Il Centro per l'impiego ti convoca" "{servizi}: {quando}. {luogo} Conferma che ci sarai dalla tua area personale. Se non puoi venire, spostalo. Oppure giustifica l'assenza entro la fine del giorno dopo.";
    /// At another time or place.
    SPOSTATO "spostato" "Il tuo appuntamento è stato spostato" "{servizi}: ora è {quando}. {luogo}";
    /// Cancelled by the person.
    DISDETTO "disdetto" "Hai disdetto l'appuntamento" "{servizi}, {quando}: è disdetto. Il posto va a un'altra persona. Puoi prenotare di nuovo quando vuoi.";
    /// Cancelled by the office.
    ANNULLATO "annullato" "Il tuo appuntamento è stato annullato" "{servizi}, {quando}: il Centro per l'impiego ha dovuto annullarlo. Motivo: {motivo}. Puoi prenotare un altro giorno dallo Sportello. {contatti}";
    /// Cancelled by the office, which keeps another place.
    SOSTITUITO "sostituito" "Il tuo appuntamento cambia giorno" "{servizi}, {quando}: il Centro per l'impiego ha dovuto annullarlo. Motivo: {motivo}. Ti teniamo un altro posto: {posto}. Accettalo dalla tua area personale entro {scade}. {contatti}";
    /// The office opens after all on the day that it had closed, and keeps the old place.
    RIAPERTO "riaperto" "Il tuo posto di prima c'è di nuovo" "{servizi}: il Centro per l'impiego apre di nuovo in quel giorno. Ti teniamo il posto di prima: {posto}. Accettalo dalla tua area personale entro {scade}. Se ti avevamo proposto un altro giorno, quella proposta non vale più. {contatti}";
    /// Two days before.
    FRA_DUE_GIORNI "fra_due_giorni" "Fra due giorni hai un appuntamento" "{servizi}: {quando}. {luogo} Se non puoi venire, dillo dalla tua area personale: il posto serve a qualcun altro.";
    /// One day before.
    DOMANI "domani" "Domani hai un appuntamento" "{servizi}: {quando}. {luogo} Se non puoi venire, dillo dalla tua area personale: il posto serve a qualcun altro.";
    /// An earlier place is kept for the person.
    POSTO_PRIMA "posto_prima" "Si è liberato un posto prima" "{servizi}: puoi venire {posto} invece di {quando}. Il posto è tuo se lo accetti dalla tua area personale entro {scade}. Se non fai niente resta tutto com'è.";
    /// The office noted that the person did not come.
    ASSENTE "assente" "Non ti abbiamo visto all'appuntamento" "{servizi}, {quando}: risulta che non c'eri. Puoi prenotare di nuovo quando vuoi. {contatti}";
    /// The same, after a summons.
    ASSENTE_CONVOCATO "assente_convocato" "Non ti abbiamo visto all'appuntamento" "{servizi}, {quando}: risulta che non c'eri. Avevi un motivo valido? Giustifica l'assenza dalla tua area personale entro la fine del giorno dopo l'appuntamento. {contatti}";
    /// A CV that is kept here is about to expire. Without its name: the notice leaves the house, and the name may tell of health.
    CV_SCADE "cv_scade" "Il tuo CV sta per scadere" "Un CV che tieni nel tuo spazio personale vale fino al {giorno}. È ancora giusto? Apri «CV e lettere» e confermalo: vale altri 12 mesi. Anche se lo cambi vale da capo.";
}

/// Sentences that stand in notices and calendar entries, by their code.
pub const FRASI: &[(&str, &str)] = &[
    ("presenza", "Ti aspettiamo al {sede}, {indirizzo}."),
    (
        "telefono",
        "È al telefono: ti chiamiamo noi al numero che ci hai dato.",
    ),
    (
        "video",
        "È in video: trovi il collegamento nella pagina dell'appuntamento.",
    ),
    (
        "contatti",
        "Per qualsiasi cosa chiama il {telefono} o scrivi a {email}.",
    ),
    (
        "percettore",
        "Ricevi la NASpI o la DIS-COLL: se manchi senza un motivo valido, l'indennità può essere ridotta (articolo 21 del decreto legislativo 150/2015).",
    ),
    (
        "dettagli",
        "Per i dettagli entra nella tua area personale dello Sportello Lavoro.",
    ),
    ("ics_titolo", "Centro per l'impiego: {servizi}"),
    ("ics_cosa", "{servizi} con il {sede}."),
    (
        "ics_chiamata",
        "Al telefono: ti chiama il Centro per l'impiego",
    ),
    ("ics_porta", "Porta: {cosa}"),
    ("ics_telefono", "Telefono: {telefono}"),
    ("alle", "{giorno} alle {ora}"),
    ("e", "{uno} e {altro}"),
];

/// The sentence with this code; empty when there is none.
#[must_use]
pub fn frase(codice: &str) -> &'static str {
    FRASI
        .iter()
        .find(|(known, _)| *known == codice)
        .map_or("", |(_, text)| text)
}

/// A text with its gaps filled, in one pass: a value that looks like a gap stays as it is.
#[must_use]
pub fn fill(text: &str, values: &[(&str, &str)]) -> String {
    let mut filled = String::with_capacity(text.len() + 64);
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('{') {
        filled.push_str(before);
        let gap = after.split_once('}').and_then(|(name, after)| {
            let (_, value) = values.iter().find(|(known, _)| *known == name)?;
            Some((*value, after))
        });
        rest = match gap {
            Some((value, after)) => {
                filled.push_str(value);
                after
            }
            None => {
                filled.push('{');
                after
            }
        };
    }
    filled.push_str(rest);
    filled
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gaps_are_filled_once() {
        let values = [("motivo", "chiuso {quando}"), ("quando", "domani")];
        assert_eq!(
            fill("{quando}: {motivo}.", &values),
            "domani: chiuso {quando}."
        );
        assert_eq!(fill("{altro} { {quando}", &values), "{altro} { domani");
    }

    #[test]
    fn every_notice_has_a_code_of_its_own() {
        for (n, one) in MODELLI.iter().enumerate() {
            assert!(
                MODELLI[n + 1..]
                    .iter()
                    .all(|other| other.codice != one.codice)
            );
        }
    }
}
