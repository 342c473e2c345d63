// SPDX-License-Identifier: EUPL-1.2
//! The shapes of the desk: the agenda of an office, walk-ins and summonses, time and days that are closed, capacity and
//! figures.

use alloc::{string::String, vec::Vec};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{Appuntamento, Modalita, StatoAppuntamento};

/// `GET /api/operatore/agenda?dal=&al=`: days of the operator's office, at most 31 a call.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Agenda {
    /// Office code.
    pub sede: String,
    /// Every day asked for, in order.
    pub giorni: Vec<GiornoAgenda>,
}

/// One day of an office.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct GiornoAgenda {
    /// The day.
    pub giorno: Date,
    /// Why nobody is received, for people; `None` when the office is open.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub chiuso: Option<String>,
    /// Whether the desk itself has closed the day, so that it can open it again.
    #[serde(default)]
    pub riapribile: bool,
    /// The groups with the places that they have on this day.
    pub gruppi: Vec<GruppoAgenda>,
    /// Appointments in every state, in order of time.
    pub appuntamenti: Vec<Appuntamento>,
    /// Time that the desk keeps for itself.
    pub blocchi: Vec<TempoBloccato>,
}

/// A group on one day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct GruppoAgenda {
    /// Code within the office.
    pub codice: String,
    /// Name for people, in the language asked for.
    pub nome: String,
    /// Desks or seats on this day.
    pub sportelli: u16,
    /// Minutes from midnight of the spans in which it receives.
    pub fasce: Vec<(u16, u16)>,
}

/// `POST /api/operatore/appuntamenti`: a walk-in or a summons. The notice and the horizon of citizens do not bind it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AppuntamentoAlBanco {
    /// Codice fiscale of the person.
    pub codice_fiscale: String,
    /// First names.
    pub nome: String,
    /// Family name.
    pub cognome: String,
    /// Service code.
    pub servizio: String,
    /// Further services in the same visit.
    #[serde(default)]
    pub altri_servizi: Vec<String>,
    /// Beginning (RFC 3339 with offset); left out for a walk-in, which begins now at a desk that is free.
    #[serde(default)]
    pub inizio: Option<String>,
    /// How.
    pub modalita: Modalita,
    /// True for a summons (art. 20 D.Lgs. 150/2015).
    #[serde(default)]
    pub convocazione: bool,
    /// E-mail of the person.
    #[serde(default)]
    pub email: Option<String>,
    /// Mobile number of the person.
    #[serde(default)]
    pub cellulare: Option<String>,
    /// A note to the person, up to 500 characters.
    #[serde(default)]
    pub note: Option<String>,
}

/// `POST /api/operatore/appuntamenti/{id}/{erogato|assente|annulla}`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AttoUfficio {
    /// Why, for the person: needed to cancel, up to 500 characters.
    #[serde(default)]
    pub motivo: Option<String>,
    /// The state that the operator saw; when the appointment has moved on meanwhile the action is refused with 409.
    #[serde(default)]
    pub stato_visto: Option<StatoAppuntamento>,
}

/// `POST /api/operatore/appuntamenti/{id}/note`: words for the office, which the person does not read here.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NuovaNota {
    /// Up to 2,000 characters.
    pub testo: String,
}

/// A note of the office.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NotaUfficio {
    /// RFC 3339 with offset.
    pub quando: String,
    /// Office and name.
    pub chi: String,
    /// The words.
    pub testo: String,
}

/// `POST /api/operatore/blocchi`: time that the desk keeps for itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NuovoTempoBloccato {
    /// Group code.
    pub gruppo: String,
    /// Desk, from 0; left out for the whole group.
    #[serde(default)]
    pub sportello: Option<u16>,
    /// RFC 3339 with offset, on a quarter of an hour.
    pub inizio: String,
    /// RFC 3339 with offset, on a quarter of an hour of the same day.
    pub fine: String,
    /// Why, up to 200 characters.
    pub motivo: String,
}

/// Blocked time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TempoBloccato {
    /// Opaque id.
    pub id: String,
    /// Group code.
    pub gruppo: String,
    /// Desk, from 0; `None` for the whole group.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sportello: Option<u16>,
    /// RFC 3339 with the offset of Rome.
    pub inizio: String,
    /// RFC 3339 with the offset of Rome.
    pub fine: String,
    /// Why.
    pub motivo: String,
}

/// `POST /api/operatore/chiusure`: the operator's office receives nobody on a day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NuovaChiusura {
    /// The day.
    pub giorno: Date,
    /// Why, for people: up to 200 characters.
    pub motivo: String,
}

/// What closing a day did.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EsitoChiusura {
    /// The day.
    pub giorno: Date,
    /// Appointments that were cancelled; each person was told.
    pub annullati: u32,
    /// Of these, how many got the offer of another place.
    pub con_offerta: u32,
}

/// `GET /api/operatore/capienza`: how many places a group of the operator's office has.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Capienza {
    /// Group code.
    pub gruppo: String,
    /// Name for people, in the language asked for.
    pub nome: String,
    /// Services that the group takes.
    pub servizi: Vec<String>,
    /// Places that the configuration gives.
    pub di_norma: u16,
    /// Changes, in order of days.
    pub variazioni: Vec<Variazione>,
}

/// Another number of places for some days.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Variazione {
    /// First day.
    pub dal: Date,
    /// Last day.
    pub al: Date,
    /// Places: 0 to 64.
    pub sportelli: u16,
}

/// `PUT /api/operatore/capienza`: changes the places of a group for some days. Appointments already given stay.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NuovaCapienza {
    /// Group code.
    pub gruppo: String,
    /// First day.
    pub dal: Date,
    /// Last day.
    pub al: Date,
    /// Places: 0 to 64; `None` takes the change back.
    #[serde(default)]
    pub sportelli: Option<u16>,
}

/// `GET /api/operatore/statistiche?dal=&al=`: figures of the operator's office over appointments that begin in these days.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Statistiche {
    /// First day.
    pub dal: Date,
    /// Last day.
    pub al: Date,
    /// All of them.
    pub totale: Conteggi,
    /// By service, in the order of the catalogue.
    pub per_servizio: Vec<ConteggiDi>,
    /// By day, for the chart.
    pub per_giorno: Vec<ConteggiDi>,
}

/// Counts of a service (`di` is its code) or a day (`YYYY-MM-DD`).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConteggiDi {
    /// Of what.
    pub di: String,
    /// The counts.
    #[serde(flatten)]
    pub conteggi: Conteggi,
}

/// How many, and the three figures of an agenda.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Conteggi {
    /// Still to come.
    pub da_erogare: u32,
    /// They took place.
    pub erogati: u32,
    /// The person did not come.
    pub non_presentati: u32,
    /// Cancelled by the citizen.
    pub disdetti: u32,
    /// Cancelled by the office.
    pub annullati: u32,
    /// Median hours from booking to beginning (lead time); `None` without appointments.
    #[serde(default)]
    pub attesa_mediana_ore: Option<u32>,
    /// No-shows in a thousand of those that took place or should have; `None` when there were none.
    #[serde(default)]
    pub assenze_per_mille: Option<u16>,
    /// Cells taken in a thousand of those that the groups offered; `None` when nothing was offered.
    #[serde(default)]
    pub uso_per_mille: Option<u16>,
}

/// `POST /api/lavori/promemoria`: what the scheduled job did in this call.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct EsitoLavori {
    /// Reminders written.
    pub promemoria: u32,
    /// Reminders written of CVs that are about to expire.
    pub cv_in_scadenza: u32,
    /// Holds given back.
    pub blocchi_scaduti: u32,
    /// Offers that ran out.
    pub offerte_scadute: u32,
    /// Offers made to whoever was next.
    pub offerte_nuove: u32,
    /// Notices that the inbox took.
    pub avvisi_consegnati: u32,
}
