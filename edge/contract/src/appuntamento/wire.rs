// SPDX-License-Identifier: EUPL-1.2
//! The shapes of appointments on the wire, as citizens use them.

use alloc::{string::String, vec::Vec};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{AzioneAppuntamento, Modalita, StatoAppuntamento};

/// One free place to begin: an element of the answer of `GET /api/disponibilita`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Disponibilita {
    /// RFC 3339 with the offset of Rome.
    pub inizio: String,
    /// RFC 3339 with the offset of Rome.
    pub fine: String,
    /// Ways in which it can take place.
    pub modalita: Vec<Modalita>,
    /// Places still free.
    pub posti: u16,
    /// Office, when more than one was asked.
    pub sede: String,
}

/// `GET /api/sedi/prime?servizio=&comune=`: the first free place of every office, nearest or earliest first.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PrimaDisponibilita {
    /// Office.
    pub sede: String,
    /// Its first free place; `None` when there is none within the horizon.
    pub primo: Option<Disponibilita>,
    /// Whether it is the competent one for the comune asked about.
    pub competente: bool,
    /// Kilometres as the crow flies from the competent office.
    pub distanza_km: u16,
}

/// `POST /api/blocchi`: holds a place for ten minutes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NuovoBlocco {
    /// Service code.
    pub servizio: String,
    /// Further services in the same visit.
    #[serde(default)]
    pub altri_servizi: Vec<String>,
    /// Office code.
    pub sede: String,
    /// Beginning, as it stood in the availability.
    pub inizio: String,
    /// How.
    pub modalita: Modalita,
}

/// A hold.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Blocco {
    /// Opaque id.
    pub id: String,
    /// RFC 3339 with offset: when the place is given back.
    pub scade_il: String,
    /// Seconds until then.
    pub scade_tra: u32,
}

/// `POST /api/appuntamenti`: books. Without `blocco` the place is taken directly.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NuovoAppuntamento {
    /// Service code.
    pub servizio: String,
    /// Further services in the same visit.
    #[serde(default)]
    pub altri_servizi: Vec<String>,
    /// Office code.
    pub sede: String,
    /// Beginning, as it stood in the availability.
    pub inizio: String,
    /// How.
    pub modalita: Modalita,
    /// The hold, if there is one.
    #[serde(default)]
    pub blocco: Option<String>,
    /// E-mail for this appointment; when left out, the one of the identity.
    #[serde(default)]
    pub email: Option<String>,
    /// Mobile number; when left out, the one of the identity.
    #[serde(default)]
    pub cellulare: Option<String>,
    /// What the office should know, up to 500 characters.
    #[serde(default)]
    pub note: Option<String>,
    /// The request that it belongs to, for example the DID.
    #[serde(default)]
    pub pratica: Option<String>,
    /// Whoever is fifteen declares to have completed compulsory schooling (art. 1 c. 622 L. 296/2006).
    #[serde(default)]
    pub obbligo_assolto: bool,
}

/// `POST /api/appuntamenti/{id}/sposta`: the old place is kept until the new one is obtained.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Spostamento {
    /// New beginning.
    pub inizio: String,
    /// New office; the same when left out.
    #[serde(default)]
    pub sede: Option<String>,
    /// New way; the same when left out.
    #[serde(default)]
    pub modalita: Option<Modalita>,
    /// The hold on the new place, if there is one.
    #[serde(default)]
    pub blocco: Option<String>,
}

/// `POST /api/appuntamenti/{id}/disdici`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Disdetta {
    /// A code of [`MOTIVI_DISDETTA`](super::MOTIVI_DISDETTA).
    pub motivo: String,
    /// More words, up to 500 characters.
    #[serde(default)]
    pub note: Option<String>,
}

/// `POST /api/appuntamenti/{id}/giustifica`: the absence from a summons, with one of the seven reasons of the ministry's
/// note 39/3374 of 2016, until the end of the day after the appointment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Giustificazione {
    /// A code of [`GIUSTIFICATI_MOTIVI`](super::GIUSTIFICATI_MOTIVI).
    pub motivo: String,
    /// What happened, up to 2,000 characters.
    #[serde(default)]
    pub note: Option<String>,
    /// Id of the file that documents it (`POST /api/file`).
    #[serde(default)]
    pub file: Option<String>,
}

/// An appointment as its citizen or an operator sees it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Appuntamento {
    /// Opaque id; also the stem of the calendar UID.
    pub id: String,
    /// Where it stands.
    pub stato: StatoAppuntamento,
    /// Service code.
    pub servizio: String,
    /// Further services in the same visit.
    #[serde(default)]
    pub altri_servizi: Vec<String>,
    /// Office code.
    pub sede: String,
    /// RFC 3339 with the offset of Rome.
    pub inizio: String,
    /// RFC 3339 with the offset of Rome.
    pub fine: String,
    /// How.
    pub modalita: Modalita,
    /// Video address; only for `video`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub collegamento: Option<String>,
    /// True when the office summoned (convocazione): it can be confirmed, moved or justified, not cancelled.
    pub convocazione: bool,
    /// When the citizen confirmed a summons.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub confermata_il: Option<String>,
    /// Grows with every change: SEQUENCE of the calendar entry.
    pub sequenza: u32,
    /// Last instant at which the citizen may move it online.
    pub spostabile_fino_a: String,
    /// Last instant at which the citizen may cancel it online.
    pub disdicibile_fino_a: String,
    /// Last day to justify an absence, for a summons.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub giustificabile_entro: Option<Date>,
    /// What whoever asks may do now.
    pub azioni: Vec<AzioneAppuntamento>,
    /// The citizen's note to the office.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    /// The request that it belongs to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pratica: Option<String>,
    /// Whether the person is waiting for an earlier place.
    #[serde(default)]
    pub in_attesa: bool,
    /// Another place that is offered now: an earlier one, or one instead of what the office had to cancel.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub offerta: Option<Offerta>,
    /// Its history, oldest first; left out of lists.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub eventi: Vec<EventoAppuntamento>,
    /// Absence that the person has justified: a code of [`GIUSTIFICATI_MOTIVI`](super::GIUSTIFICATI_MOTIVI); left out of
    /// lists, as the file is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub giustificazione: Option<String>,
    /// Id of the file that documents the absence, for the person and the office (`GET /api/file/{id}`).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub documento: Option<String>,
    /// Group of operators; only for operators.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub gruppo: Option<String>,
    /// Its name, in the language asked for; only for operators.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub nome_gruppo: Option<String>,
    /// Desk or seat in the group, from 0; only for operators.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sportello: Option<u16>,
    /// What the office has noted; only for operators.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub note_ufficio: Vec<super::desk::NotaUfficio>,
    /// Who booked; only for operators.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cittadino: Option<crate::pratica::Presentatore>,
    /// Contacts for this appointment; only for operators and its citizen.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
    /// See `email`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cellulare: Option<String>,
}

/// One thing that happened to an appointment. Events are only ever added.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EventoAppuntamento {
    /// RFC 3339 with offset.
    pub quando: String,
    /// `cittadino`, or office and name.
    pub chi: String,
    /// What: a code of [`EVENTI`](super::EVENTI).
    pub cosa: String,
    /// Words, if there are any.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub motivo: Option<String>,
    /// Of a move, what it moved from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub prima: Option<Prima>,
}

/// When and where an appointment was before it was moved.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Prima {
    /// RFC 3339 with the offset of Rome.
    pub inizio: String,
    /// Office code.
    pub sede: String,
}

/// An earlier place, offered to one person at a time (waiting list).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Offerta {
    /// Opaque id.
    pub id: String,
    /// `anticipo` (it came free earlier) or `sostituzione` (the office had to cancel).
    pub motivo: String,
    /// The place.
    pub posto: Disponibilita,
    /// RFC 3339 with offset: until when it is kept.
    pub scade_il: String,
}
