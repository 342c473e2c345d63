// SPDX-License-Identifier: EUPL-1.2
//! Appointments with a Centro per l'impiego: their states and what may be done in each, as one table, and the shapes on
//! the wire. What can be booked stands in `prestazioni`; when, is computed in `slots`.

use alloc::{string::String, vec::Vec};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

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
    /// A code of [`MOTIVI_DISDETTA`].
    pub motivo: String,
    /// More words, up to 500 characters.
    #[serde(default)]
    pub note: Option<String>,
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

/// `POST /api/appuntamenti/{id}/giustifica`: the absence from a summons, with one of the seven reasons of the ministry's
/// note 39/3374 of 2016, until the end of the day after the appointment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Giustificazione {
    /// A code of [`GIUSTIFICATI_MOTIVI`].
    pub motivo: String,
    /// What happened, up to 2,000 characters.
    #[serde(default)]
    pub note: Option<String>,
    /// Id of the file that documents it (`POST /api/file`).
    #[serde(default)]
    pub file: Option<String>,
}

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
    /// An earlier place that is offered now.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub offerta: Option<Offerta>,
    /// Its history, oldest first; left out of lists.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub eventi: Vec<EventoAppuntamento>,
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
    /// The office notes that it took place.
    SegnaErogato,
    /// The office notes that the person did not come.
    SegnaAssente,
    /// The office cancels.
    Annulla,
}

/// One thing that happened to an appointment. Events are only ever added.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EventoAppuntamento {
    /// RFC 3339 with offset.
    pub quando: String,
    /// `cittadino`, or office and name.
    pub chi: String,
    /// What: a stable code.
    pub cosa: String,
    /// Words, if there are any.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub motivo: Option<String>,
}

/// An earlier place, offered to one person at a time (waiting list).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Offerta {
    /// Opaque id.
    pub id: String,
    /// The place.
    pub posto: Disponibilita,
    /// RFC 3339 with offset: until when it is kept.
    pub scade_il: String,
}
