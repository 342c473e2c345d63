// SPDX-License-Identifier: EUPL-1.2
//! A request (pratica) on its way through the office: states, actions and who may take them, as one table that browser
//! and edge both read. L. 241/1990: suspension for missing data (art. 2 c. 7), notice before refusal (art. 10-bis).

use alloc::{string::String, vec::Vec};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::answers::Answers;

/// Where a request stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Stato {
    /// Registered with a protocol number (artt. 53 and 57 DPR 445/2000).
    Protocollata,
    /// An operator works on it.
    InCarico,
    /// The citizen was asked for something that is missing; the term is suspended.
    IntegrazioneRichiesta,
    /// The citizen has answered.
    Integrata,
    /// Notice of the reasons for a refusal; ten days for observations.
    PreavvisoRigetto,
    /// The citizen has sent observations.
    Osservazioni,
    /// Granted. For a DID: confirmed.
    Accolta,
    /// Refused with reasons.
    Respinta,
    /// Taken back by the citizen.
    Ritirata,
}

impl Stato {
    /// Every state, in the order in which a request may meet them.
    pub const ALL: [Self; 9] = [
        Self::Protocollata,
        Self::InCarico,
        Self::IntegrazioneRichiesta,
        Self::Integrata,
        Self::PreavvisoRigetto,
        Self::Osservazioni,
        Self::Accolta,
        Self::Respinta,
        Self::Ritirata,
    ];

    /// Code in JSON and in the store.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Protocollata => "protocollata",
            Self::InCarico => "in_carico",
            Self::IntegrazioneRichiesta => "integrazione_richiesta",
            Self::Integrata => "integrata",
            Self::PreavvisoRigetto => "preavviso_rigetto",
            Self::Osservazioni => "osservazioni",
            Self::Accolta => "accolta",
            Self::Respinta => "respinta",
            Self::Ritirata => "ritirata",
        }
    }

    /// Reads a code.
    #[must_use]
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|stato| stato.as_str() == code)
    }

    /// No action leads out of a final state.
    #[must_use]
    pub const fn is_final(self) -> bool {
        matches!(self, Self::Accolta | Self::Respinta | Self::Ritirata)
    }

    /// Granted, or may still be. What does not stand any more (refused, taken back) is told to no neighbour and leaves the
    /// way free for another.
    #[must_use]
    pub const fn stands(self) -> bool {
        !self.is_final() || matches!(self, Self::Accolta)
    }

    /// What people read, in Italian.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Protocollata => "Ricevuta dal Centro per l'impiego",
            Self::InCarico => "Un operatore la sta guardando",
            Self::IntegrazioneRichiesta => "Aspettiamo qualcosa da te",
            Self::Integrata => "Abbiamo ricevuto la tua risposta",
            Self::PreavvisoRigetto => "Preavviso di rigetto: puoi rispondere",
            Self::Osservazioni => "Stiamo leggendo le tue osservazioni",
            Self::Accolta => "Accolta",
            Self::Respinta => "Respinta",
            Self::Ritirata => "Ritirata da te",
        }
    }
}

/// Who acts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Actor {
    /// The person whose request it is.
    Cittadino,
    /// An operator of the Centro per l'impiego.
    Operatore,
}

/// What may be done with a request after its presentation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Action {
    /// Take charge of it.
    PrendiInCarico,
    /// Ask for what is missing.
    RichiediIntegrazione,
    /// Send what was asked for, or observations on a notice of refusal.
    Integrazione,
    /// Notice of refusal (art. 10-bis L. 241/1990).
    Preavviso,
    /// Grant.
    Accogli,
    /// Refuse.
    Respingi,
    /// Take back.
    Ritiro,
}

impl Action {
    /// Every action.
    pub const ALL: [Self; 7] = [
        Self::PrendiInCarico,
        Self::RichiediIntegrazione,
        Self::Integrazione,
        Self::Preavviso,
        Self::Accogli,
        Self::Respingi,
        Self::Ritiro,
    ];

    /// The last part of the address in the HTTP contract.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::PrendiInCarico => "prendi-in-carico",
            Self::RichiediIntegrazione => "richiedi-integrazione",
            Self::Integrazione => "integrazione",
            Self::Preavviso => "preavviso",
            Self::Accogli => "accogli",
            Self::Respingi => "respingi",
            Self::Ritiro => "ritiro",
        }
    }

    /// Reads the last part of an address.
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|action| action.as_str() == name)
    }

    /// Whether the law wants a reason (art. 3 c. 1 and art. 10-bis L. 241/1990) or the action says nothing without one.
    #[must_use]
    pub const fn needs_reason(self) -> bool {
        matches!(
            self,
            Self::RichiediIntegrazione | Self::Integrazione | Self::Preavviso | Self::Respingi
        )
    }

    /// What stands on the button, in Italian.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::PrendiInCarico => "Prendi in carico",
            Self::RichiediIntegrazione => "Chiedi un'integrazione",
            Self::Integrazione => "Rispondi al Centro per l'impiego",
            Self::Preavviso => "Invia il preavviso di rigetto",
            Self::Accogli => "Accogli",
            Self::Respingi => "Respingi",
            Self::Ritiro => "Ritira la richiesta",
        }
    }
}

/// One row of the table: in this state this actor may do this, and the request moves there.
#[derive(Debug, Clone, Copy)]
pub struct Transition {
    /// Before.
    pub from: Stato,
    /// Who.
    pub actor: Actor,
    /// What.
    pub action: Action,
    /// After.
    pub to: Stato,
}

const fn row(from: Stato, actor: Actor, action: Action, to: Stato) -> Transition {
    Transition {
        from,
        actor,
        action,
        to,
    }
}

/// The whole life of a request. A refusal is only reached through a notice of refusal (art. 10-bis L. 241/1990).
pub const TRANSITIONS: &[Transition] = {
    use Action::{
        Accogli, Integrazione, Preavviso, PrendiInCarico, Respingi, RichiediIntegrazione, Ritiro,
    };
    use Actor::{Cittadino, Operatore};
    use Stato::{
        Accolta, InCarico, Integrata, IntegrazioneRichiesta, Osservazioni, PreavvisoRigetto,
        Protocollata, Respinta, Ritirata,
    };
    &[
        row(Protocollata, Operatore, PrendiInCarico, InCarico),
        row(
            InCarico,
            Operatore,
            RichiediIntegrazione,
            IntegrazioneRichiesta,
        ),
        row(InCarico, Operatore, Preavviso, PreavvisoRigetto),
        row(InCarico, Operatore, Accogli, Accolta),
        row(IntegrazioneRichiesta, Cittadino, Integrazione, Integrata),
        row(
            IntegrazioneRichiesta,
            Operatore,
            Preavviso,
            PreavvisoRigetto,
        ),
        row(
            Integrata,
            Operatore,
            RichiediIntegrazione,
            IntegrazioneRichiesta,
        ),
        row(Integrata, Operatore, Preavviso, PreavvisoRigetto),
        row(Integrata, Operatore, Accogli, Accolta),
        row(PreavvisoRigetto, Cittadino, Integrazione, Osservazioni),
        row(PreavvisoRigetto, Operatore, Respingi, Respinta),
        row(PreavvisoRigetto, Operatore, Accogli, Accolta),
        row(Osservazioni, Operatore, Respingi, Respinta),
        row(Osservazioni, Operatore, Accogli, Accolta),
        row(Protocollata, Cittadino, Ritiro, Ritirata),
        row(InCarico, Cittadino, Ritiro, Ritirata),
        row(IntegrazioneRichiesta, Cittadino, Ritiro, Ritirata),
        row(Integrata, Cittadino, Ritiro, Ritirata),
        row(PreavvisoRigetto, Cittadino, Ritiro, Ritirata),
        row(Osservazioni, Cittadino, Ritiro, Ritirata),
    ]
};

/// The state that an action leads to, if the table allows it.
#[must_use]
pub fn next(from: Stato, actor: Actor, action: Action) -> Option<Stato> {
    TRANSITIONS
        .iter()
        .find(|row| row.from == from && row.actor == actor && row.action == action)
        .map(|row| row.to)
}

/// What the actor may do now.
pub fn permitted(from: Stato, actor: Actor) -> impl Iterator<Item = Action> {
    TRANSITIONS
        .iter()
        .filter(move |row| row.from == from && row.actor == actor)
        .map(|row| row.action)
}

/// Days for observations on a notice of refusal (art. 10-bis L. 241/1990).
pub const OBSERVATION_DAYS: i32 = 10;

/// `POST /api/pratiche`: a request as a client sends it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NewPratica {
    /// Service slug.
    pub servizio: String,
    /// The answers.
    pub risposte: Answers,
}

/// The body of an action.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ActionInput {
    /// Why, or what is missing, or what the citizen answers: up to 2,000 characters.
    #[serde(default)]
    pub motivo: Option<String>,
    /// The state that the actor saw; when the request has moved on meanwhile the action is refused with 409.
    #[serde(default)]
    pub stato_visto: Option<Stato>,
}

/// A request as its citizen or an operator sees it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pratica {
    /// Opaque id.
    pub id: String,
    /// Protocol number: seven or more digits, a slash, the year.
    pub protocollo: String,
    /// Service slug.
    pub servizio: String,
    /// Where it stands.
    pub stato: Stato,
    /// When it was presented (RFC 3339 with offset).
    pub presentata_il: String,
    /// Last day to conclude (art. 2 L. 241/1990).
    pub termine_il: Date,
    /// Last useful day to contact the Centro per l'impiego (art. 20 c. 1 D.Lgs. 150/2015), for a DID.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub contatto_entro: Option<Date>,
    /// Last day for observations, after a notice of refusal.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub osservazioni_entro: Option<Date>,
    /// Responsible for the procedure (artt. 4 to 6 L. 241/1990).
    pub responsabile: String,
    /// The office.
    pub ufficio: String,
    /// Its history, oldest first.
    pub eventi: Vec<Evento>,
    /// What whoever asks may do now.
    pub azioni: Vec<Action>,
    /// The answers; left out of lists.
    #[serde(default, skip_serializing_if = "Answers::is_empty")]
    pub risposte: Answers,
    /// Who presented it; only for operators.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cittadino: Option<Presentatore>,
    /// Unique identifier in the national node, once it has answered.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub identificativo_did: Option<String>,
    /// What the national node has against it; only for operators, and as long as it is so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rifiuto_nodo: Option<RifiutoNodo>,
    /// The files that were presented with it; left out of lists.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub allegati: Vec<crate::endpoint::FileView>,
}

/// Who presented a request, for the desk.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Presentatore {
    /// Codice fiscale.
    pub codice_fiscale: String,
    /// First names.
    pub nome: String,
    /// Family name.
    pub cognome: String,
}

/// A DID that the national node refuses to number, as the desk sees it. It is sent again by itself, ever more seldom.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RifiutoNodo {
    /// HTTP status of the node's last answer.
    pub codice: u16,
    /// What the node said, in its own words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub motivo: Option<String>,
    /// When it refused for the first time (RFC 3339 with offset).
    pub dal: String,
    /// How often it has refused.
    pub tentativi: u32,
    /// When the DID is sent again by itself (RFC 3339 with offset).
    pub riprova_il: String,
}

/// One thing that happened to a request. Events are only ever added.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Evento {
    /// When (RFC 3339 with offset).
    pub quando: String,
    /// Who: `cittadino` or the operator's office and name.
    pub chi: String,
    /// The state that followed.
    pub stato: Stato,
    /// The reason or the message, if there is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub motivo: Option<String>,
}

#[cfg(test)]
mod tests;
