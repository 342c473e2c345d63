// SPDX-License-Identifier: EUPL-1.2
//! The services of a Centro per l'impiego that can be booked, in the words of the law (art. 18 D.Lgs. 150/2015, levels of
//! service of DM 4/2018): how long, in which ways, how early and how late, for whom. The table itself stands in
//! [`table`]. What an agency may want to change (notice, horizon, limits) can be changed in the configuration of offices.

use alloc::{string::String, vec::Vec};
use serde::{Deserialize, Serialize};

use crate::appuntamento::{Modalita, refusal::Refusal};

mod table;

pub use table::PRESTAZIONI;

/// Who may book a service.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Requisito {
    /// Everybody.
    Tutti,
    /// Whoever has made the DID (art. 19 D.Lgs. 150/2015).
    Did,
    /// Whoever has agreed on a patto di servizio (art. 20 D.Lgs. 150/2015).
    Patto,
}

/// A meeting of several people in a room.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Laboratorio {
    /// With fewer people the office may cancel it.
    pub minimo: u16,
    /// Most people; the room of an office may be smaller.
    pub massimo: u16,
}

/// A service that can be booked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Prestazione {
    /// Stable code in URLs and in the store.
    pub codice: &'static str,
    /// Name for people.
    pub nome: &'static str,
    /// What happens there, in two or three sentences.
    pub descrizione: &'static str,
    /// Minutes with the person.
    pub durata: u16,
    /// Minutes after it in which the desk is not free: for notes and the next person.
    pub pausa: u16,
    /// Minutes between two beginnings, counted from the beginning of the hours; not used by a group session, which
    /// begins with the hours of its group and again when one has ended.
    pub passo: u16,
    /// Ways in which it can take place.
    pub modalita: &'static [Modalita],
    /// Least hours between booking and beginning (margine).
    pub margine_ore: u16,
    /// Furthest day that can be booked, in days from today (orizzonte).
    pub orizzonte_giorni: u16,
    /// Hours before the beginning until which it can be moved online.
    pub sposta_ore: u16,
    /// Hours before the beginning until which it can be cancelled online.
    pub disdici_ore: u16,
    /// What to bring.
    pub portare: &'static [&'static str],
    /// For a group session.
    pub laboratorio: Option<Laboratorio>,
    /// Who may book.
    pub requisito: Requisito,
    /// Least age in completed years.
    pub eta_minima: i16,
    /// Whether at fifteen compulsory schooling has to be completed (art. 1 c. 622 L. 296/2006).
    pub dopo_obbligo: bool,
    /// Codes of services that fit into the same visit.
    pub insieme: &'static [&'static str],
    /// The law behind it.
    pub legge: &'static [&'static str],
}

/// What an agency may change of a service; what is left out stays as the table has it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Variante {
    /// See [`Prestazione::margine_ore`].
    pub margine_ore: Option<u16>,
    /// See [`Prestazione::orizzonte_giorni`].
    pub orizzonte_giorni: Option<u16>,
    /// See [`Prestazione::sposta_ore`].
    pub sposta_ore: Option<u16>,
    /// See [`Prestazione::disdici_ore`].
    pub disdici_ore: Option<u16>,
}

impl Prestazione {
    /// The service as an agency has changed it.
    #[must_use]
    pub fn varied(&self, by: Variante) -> Self {
        Self {
            margine_ore: by.margine_ore.unwrap_or(self.margine_ore),
            orizzonte_giorni: by.orizzonte_giorni.unwrap_or(self.orizzonte_giorni),
            sposta_ore: by.sposta_ore.unwrap_or(self.sposta_ore),
            disdici_ore: by.disdici_ore.unwrap_or(self.disdici_ore),
            ..*self
        }
    }

    /// Whether this person may book it.
    ///
    /// # Errors
    ///
    /// [`Refusal::TooYoung`], [`Refusal::NeedsSchool`], [`Refusal::NeedsDid`] or [`Refusal::NeedsPatto`].
    pub fn open_to(&self, person: Richiedente) -> Result<(), Refusal> {
        if person.eta < self.eta_minima {
            return Err(Refusal::TooYoung);
        }
        if person.eta < 16 && self.dopo_obbligo && !person.obbligo_assolto {
            return Err(Refusal::NeedsSchool);
        }
        match self.requisito {
            Requisito::Did if !person.did => Err(Refusal::NeedsDid),
            Requisito::Patto if !person.patto => Err(Refusal::NeedsPatto),
            _ => Ok(()),
        }
    }
}

/// What matters of a person for [`Prestazione::open_to`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Richiedente {
    /// Completed years.
    pub eta: i16,
    /// At fifteen: declares to have completed compulsory schooling (art. 1 c. 622 L. 296/2006).
    pub obbligo_assolto: bool,
    /// Has a DID that was not refused or withdrawn, here or in the registry.
    pub did: bool,
    /// Has agreed on a patto di servizio: the interview «DID e patto» took place, or the DID was granted.
    pub patto: bool,
}

/// The service with this code.
#[must_use]
pub fn find(codice: &str) -> Option<&'static Prestazione> {
    PRESTAZIONI.iter().find(|service| service.codice == codice)
}

/// `GET /api/prestazioni`: a service on the wire.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PrestazioneInBreve {
    /// Stable code.
    pub codice: String,
    /// Name, in the language asked for.
    pub nome: String,
    /// What happens there, in the language asked for.
    pub descrizione: String,
    /// Minutes.
    pub durata_minuti: u16,
    /// Ways.
    pub modalita: Vec<Modalita>,
    /// See [`Prestazione::margine_ore`].
    pub margine_ore: u16,
    /// See [`Prestazione::orizzonte_giorni`].
    pub orizzonte_giorni: u16,
    /// See [`Prestazione::sposta_ore`].
    pub sposta_ore: u16,
    /// See [`Prestazione::disdici_ore`].
    pub disdici_ore: u16,
    /// What to bring, in the language asked for.
    pub portare: Vec<String>,
    /// For a group session.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub laboratorio: Option<Laboratorio>,
    /// Who may book.
    pub requisito: Requisito,
    /// Least age.
    pub eta_minima: i16,
    /// Whether at fifteen compulsory schooling has to be completed.
    pub dopo_obbligo: bool,
    /// Codes of services that fit into the same visit.
    pub insieme: Vec<String>,
    /// The law behind it.
    pub legge: Vec<String>,
}

#[cfg(test)]
mod tests;
