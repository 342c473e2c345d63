// SPDX-License-Identifier: EUPL-1.2
//! What people of an office do with a citizen's data, in the words in which that citizen reads it (art. 5(1)(a) and 15 of
//! Regulation (EU) 2016/679). The store keeps the code.

use crate::{appuntamento::AzioneAppuntamento, pratica::Action};

/// One look at somebody's data, or one act on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Look {
    /// A request was opened.
    Pratica,
    /// The document of a request was opened.
    Documento,
    /// A file was opened.
    File,
    /// A DID that the national node had refused was sent again.
    Ritrasmissione,
    /// A request was acted upon.
    Act(Action),
    /// An appointment stood in the agenda that was opened.
    Agenda,
    /// An appointment was opened.
    Appuntamento,
    /// An appointment was acted upon.
    Visit(AzioneAppuntamento),
    /// A note was added to an appointment.
    Nota,
    /// An appointment was booked for the person.
    Prenotato,
    /// The person was summoned.
    Convocato,
    /// The office was closed on the day of an appointment.
    Chiusura,
}

impl Look {
    /// Code in the store.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Pratica => "pratica",
            Self::Documento => "documento",
            Self::File => "file",
            Self::Ritrasmissione => "ritrasmissione",
            Self::Act(action) => action.as_str(),
            Self::Agenda => "agenda",
            Self::Appuntamento => "appuntamento",
            Self::Visit(action) => action.as_str(),
            Self::Nota => "nota",
            Self::Prenotato => "prenotato",
            Self::Convocato => "convocato",
            Self::Chiusura => "chiusura",
        }
    }
}

/// The code of a file whose name is known: `{nome}`.
pub const NAMED_FILE: &str = "file_nome";

/// What the person reads, by code.
pub const ACCESSI: &[(&str, &str)] = &[
    ("pratica", "Ha aperto la pratica"),
    ("documento", "Ha aperto il documento della pratica"),
    ("file", "Ha aperto un tuo file"),
    (NAMED_FILE, "Ha aperto il file «{nome}»"),
    (
        "ritrasmissione",
        "Ha chiesto di ritrasmettere la DID al nodo nazionale",
    ),
    ("prendi-in-carico", "Ha preso in carico la pratica"),
    ("richiedi-integrazione", "Ti ha chiesto un'integrazione"),
    ("preavviso", "Ti ha mandato un preavviso di rigetto"),
    ("accogli", "Ha accolto la richiesta"),
    ("respingi", "Ha respinto la richiesta"),
    ("agenda", "Ha visto l'appuntamento nell'agenda"),
    ("appuntamento", "Ha aperto l'appuntamento"),
    ("sposta", "Ha spostato l'appuntamento"),
    ("erogato", "Ha segnato che c'eri all'appuntamento"),
    ("assente", "Ha segnato che non c'eri all'appuntamento"),
    ("annulla", "Ha annullato l'appuntamento"),
    ("nota", "Ha scritto una nota sull'appuntamento"),
    ("prenotato", "Ha prenotato un appuntamento per te"),
    ("convocato", "Ti ha convocato"),
    (
        "chiusura",
        "Ha chiuso la sede nel giorno del tuo appuntamento",
    ),
];

/// What the person reads of a code; `None` when there is no such code.
#[must_use]
pub fn accesso(code: &str) -> Option<&'static str> {
    let (_, text) = ACCESSI.iter().find(|(known, _)| *known == code)?;
    Some(text)
}

#[cfg(test)]
mod tests {
    use super::{Look, accesso};
    use crate::{
        appuntamento::life,
        pratica::{self, Actor},
    };

    #[test]
    fn whatever_an_operator_does_has_a_sentence() {
        let acts = pratica::TRANSITIONS
            .iter()
            .filter(|row| row.actor == Actor::Operatore)
            .map(|row| Look::Act(row.action));
        let visits = life::TRANSITIONS
            .iter()
            .filter(|row| row.actor == Actor::Operatore)
            .map(|row| Look::Visit(row.action));
        let others = [
            Look::Pratica,
            Look::Documento,
            Look::File,
            Look::Ritrasmissione,
            Look::Agenda,
            Look::Appuntamento,
            Look::Nota,
            Look::Prenotato,
            Look::Convocato,
            Look::Chiusura,
        ];
        for look in acts.chain(visits).chain(others) {
            assert!(accesso(look.as_str()).is_some(), "{look:?}");
        }
        assert_eq!(accesso("altro"), None);
    }
}
