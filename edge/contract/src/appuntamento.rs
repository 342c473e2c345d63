// SPDX-License-Identifier: EUPL-1.2
//! Appointments with a Centro per l'impiego: their states, what may be done and why people cancel or stay away. The life
//! of an appointment as one table stands in [`life`], every refusal in [`refusal`], the shapes on the wire in [`wire`]
//! and [`desk`]. What can be booked stands in [`prestazioni`](crate::prestazioni); when, is computed in
//! [`slots`](crate::slots).

use serde::{Deserialize, Serialize};

pub mod desk;
pub mod life;
pub mod refusal;
pub mod wire;

pub use desk::*;
pub use wire::*;

/// How a meeting takes place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Modalita {
    /// In the office.
    Presenza,
    /// By phone.
    Telefono,
    /// By video.
    Video,
}

impl Modalita {
    /// Every way.
    pub const ALL: [Self; 3] = [Self::Presenza, Self::Telefono, Self::Video];

    /// Code in JSON and in the store.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Presenza => "presenza",
            Self::Telefono => "telefono",
            Self::Video => "video",
        }
    }

    /// Reads a code.
    #[must_use]
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|way| way.as_str() == code)
    }

    /// What people read, in Italian.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Presenza => "In ufficio",
            Self::Telefono => "Al telefono",
            Self::Video => "In videochiamata",
        }
    }
}

/// Where an appointment stands (production model of the regional systems: da erogare, erogato, disdetto, annullato, non
/// presentato).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StatoAppuntamento {
    /// Booked, still to come.
    DaErogare,
    /// It took place.
    Erogato,
    /// Cancelled by the citizen.
    Disdetto,
    /// Cancelled by the office.
    Annullato,
    /// The person did not come.
    NonPresentato,
}

impl StatoAppuntamento {
    /// Every state.
    pub const ALL: [Self; 5] = [
        Self::DaErogare,
        Self::Erogato,
        Self::Disdetto,
        Self::Annullato,
        Self::NonPresentato,
    ];

    /// Code in JSON and in the store.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::DaErogare => "da_erogare",
            Self::Erogato => "erogato",
            Self::Disdetto => "disdetto",
            Self::Annullato => "annullato",
            Self::NonPresentato => "non_presentato",
        }
    }

    /// Reads a code.
    #[must_use]
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|stato| stato.as_str() == code)
    }

    /// Nothing leads out of a cancelled appointment, and its time is free again.
    #[must_use]
    pub const fn is_final(self) -> bool {
        matches!(self, Self::Disdetto | Self::Annullato)
    }

    /// What people read, in Italian.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::DaErogare => "Prenotato",
            Self::Erogato => "Fatto",
            Self::Disdetto => "Disdetto",
            Self::Annullato => "Annullato dal Centro per l'impiego",
            Self::NonPresentato => "Assente",
        }
    }
}

/// What may be done with an appointment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AzioneAppuntamento {
    /// The citizen confirms a summons.
    Conferma,
    /// Move it.
    Sposta,
    /// The citizen cancels.
    Disdici,
    /// Justify an absence.
    Giustifica,
    /// Ask to be told of an earlier place.
    Attendi,
    /// No longer ask for it.
    NonAttendere,
    /// The office notes that it took place.
    SegnaErogato,
    /// The office notes that the person did not come.
    SegnaAssente,
    /// The office cancels.
    Annulla,
}

impl AzioneAppuntamento {
    /// Every action.
    pub const ALL: [Self; 9] = [
        Self::Conferma,
        Self::Sposta,
        Self::Disdici,
        Self::Giustifica,
        Self::Attendi,
        Self::NonAttendere,
        Self::SegnaErogato,
        Self::SegnaAssente,
        Self::Annulla,
    ];

    /// The last part of the address in the HTTP contract.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Conferma => "conferma",
            Self::Sposta => "sposta",
            Self::Disdici => "disdici",
            Self::Giustifica => "giustifica",
            Self::Attendi => "attendi",
            Self::NonAttendere => "non-attendere",
            Self::SegnaErogato => "erogato",
            Self::SegnaAssente => "assente",
            Self::Annulla => "annulla",
        }
    }

    /// Reads the last part of an address.
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|action| action.as_str() == name)
    }

    /// What stands on the button, in Italian.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Conferma => "Conferma che ci sarai",
            Self::Sposta => "Sposta",
            Self::Disdici => "Disdici",
            Self::Giustifica => "Giustifica l'assenza",
            Self::Attendi => "Avvisami se si libera un posto prima",
            Self::NonAttendere => "Non avvisarmi più",
            Self::SegnaErogato => "Segna come fatto",
            Self::SegnaAssente => "Segna come assente",
            Self::Annulla => "Annulla l'appuntamento",
        }
    }
}

/// Why people cancel: codes and what they read.
pub const MOTIVI_DISDETTA: &[(&str, &str)] = &[
    ("lavoro", "Ho trovato lavoro o devo lavorare"),
    ("salute", "Motivi di salute"),
    ("famiglia", "Impegni di famiglia"),
    ("non_serve", "Non mi serve più"),
    ("trasporto", "Non riesco ad arrivare"),
    ("altro", "Altro"),
];

/// The seven justified reasons (nota MLPS 39/3374 of 4 March 2016): codes and what people read.
pub const GIUSTIFICATI_MOTIVI: &[(&str, &str)] = &[
    ("malattia", "Malattia o infortunio documentati"),
    ("servizio_militare", "Servizio civile o richiamo alle armi"),
    (
        "gravidanza",
        "Gravidanza, nei periodi di astensione previsti dalla legge",
    ),
    (
        "giustizia",
        "Chiamata di un tribunale o di un'altra autorità",
    ),
    ("famiglia", "Gravi motivi di famiglia documentati"),
    ("mobilita", "Limiti di legge alla libertà di spostarti"),
    (
        "forza_maggiore",
        "Un altro impedimento oggettivo o di forza maggiore",
    ),
];

/// What can happen to an appointment: the codes of [`EventoAppuntamento::cosa`] and what people read.
pub const EVENTI: &[(&str, &str)] = &[
    ("prenotato", "Prenotato"),
    ("convocato", "Convocazione del Centro per l'impiego"),
    ("confermato", "Presenza confermata"),
    ("spostato", "Spostato"),
    ("disdetto", "Disdetto"),
    ("annullato", "Annullato dal Centro per l'impiego"),
    ("erogato", "Incontro fatto"),
    ("non_presentato", "Assenza segnata"),
    ("giustificato", "Assenza giustificata dalla persona"),
    ("in_attesa", "Richiesta di un posto prima"),
    ("non_in_attesa", "Richiesta di un posto prima tolta"),
    ("offerta", "Proposto un altro posto"),
    ("offerta_accettata", "Posto proposto accettato"),
    ("offerta_rifiutata", "Posto proposto rifiutato"),
    ("offerta_scaduta", "Posto proposto scaduto"),
    ("promemoria", "Promemoria inviato"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_is_read_back() {
        for way in Modalita::ALL {
            assert_eq!(Modalita::parse(way.as_str()), Some(way));
            assert_eq!(serde_json::to_value(way).unwrap(), way.as_str());
        }
        for stato in StatoAppuntamento::ALL {
            assert_eq!(StatoAppuntamento::parse(stato.as_str()), Some(stato));
            assert_eq!(serde_json::to_value(stato).unwrap(), stato.as_str());
        }
        for action in AzioneAppuntamento::ALL {
            assert_eq!(AzioneAppuntamento::parse(action.as_str()), Some(action));
        }
    }
}
