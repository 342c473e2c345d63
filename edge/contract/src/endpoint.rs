// SPDX-License-Identifier: EUPL-1.2
//! The HTTP contract as types: where an endpoint is, who may call it, what goes in and out. The app's one `call` and
//! the edge's route table and OpenAPI document are all derived from these values.

use alloc::{string::String, vec::Vec};
use serde::{Deserialize, Serialize, de::DeserializeOwned};

use crate::{answers::Answers, facts::Facts, pratica, problem::FieldError, valutazione};

/// HTTP methods in use.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Method {
    /// Reads; never changes state.
    Get,
    /// Creates or acts.
    Post,
    /// Replaces.
    Put,
    /// Removes.
    Delete,
}

impl Method {
    /// The method's name on the wire.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Post => "POST",
            Self::Put => "PUT",
            Self::Delete => "DELETE",
        }
    }
}

/// Who may call an endpoint; checked before its handler runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access {
    /// Everybody.
    Public,
    /// Whoever has signed in.
    Signed,
    /// Operators of the Centro per l'impiego.
    Operator,
}

/// One endpoint.
pub trait Endpoint {
    /// HTTP method.
    const METHOD: Method;
    /// Path below the origin, with `{name}` for parts that vary.
    const PATH: &'static str;
    /// Who may call it.
    const ACCESS: Access;
    /// Body of the request; `()` for none.
    type Input: Serialize + DeserializeOwned;
    /// Body of the answer; `()` for none.
    type Output: Serialize + DeserializeOwned;
}

/// RFC 9457 problem details, as every error is answered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ApiError {
    /// A URI reference that names the kind of problem.
    #[serde(rename = "type")]
    pub kind: String,
    /// For people, in the language asked for.
    pub title: String,
    /// The HTTP status again.
    pub status: u16,
    /// What happened and what to do.
    pub detail: String,
    /// The path that was asked for, without query.
    pub instance: String,
    /// A stable code.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
    /// With 422: every refused field.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub errors: Vec<FieldError>,
}

/// `GET /api/me`: who is signed in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MeView {
    /// Codice fiscale.
    pub codice_fiscale: String,
    /// First names.
    pub nome: String,
    /// Family name.
    pub cognome: String,
    /// Day of birth.
    pub data_nascita: jiff::civil::Date,
    /// `M` or `F`.
    pub sesso: String,
    /// E-mail given by the provider, or empty.
    pub email: String,
    /// Mobile number given by the provider, or empty.
    pub cellulare: String,
    /// `cittadino` or `operatore`.
    pub ruolo: Role,
    /// Level of assurance: 1, 2 or 3.
    pub livello: u8,
    /// `spid` or `cie`.
    pub fornitore: String,
    /// Seconds until the session ends when nothing is done.
    pub scade_tra: u32,
    /// Seconds until the session ends in any case.
    pub scade_comunque_tra: u32,
}

/// The role of a session.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// A citizen.
    Cittadino,
    /// An operator of the Centro per l'impiego.
    Operatore,
}

/// A draft kept on the edge.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Draft {
    /// The service's version when it was written.
    pub versione: u32,
    /// The answers so far.
    pub risposte: Answers,
    /// When it was last changed, in milliseconds since 1970, as the writing device saw it. The newer one wins.
    pub cambiata_il: i64,
}

/// A notice to a citizen, as the personal area shows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Avviso {
    /// Opaque id.
    pub id: String,
    /// When it was written (RFC 3339 with offset).
    pub quando: String,
    /// Subject.
    pub oggetto: String,
    /// Plain text.
    pub testo: String,
    /// The request that it speaks of, if any.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pratica: Option<String>,
    /// Whether it reached the inbox of the App IO shape: `in_coda` or `consegnato`.
    pub consegna: String,
}

/// A service in the catalogue.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ServiceInBrief {
    /// Its name in URLs.
    pub slug: String,
    /// Its name for people.
    pub nome: String,
    /// One sentence.
    pub descrizione: String,
    /// Its version.
    pub versione: u32,
}

/// Who accessed a citizen's data and when.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Accesso {
    /// When (RFC 3339 with offset).
    pub quando: String,
    /// Which office and person.
    pub chi: String,
    /// What was looked at.
    pub cosa: String,
}

/// A file that a person keeps here; its contents come from `GET /api/file/{id}`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileView {
    /// Opaque id: the answer to a field that asks for a file.
    pub id: String,
    /// Name, cleaned, with the ending of its true kind.
    pub nome: String,
    /// Media type: `application/pdf`, `image/jpeg` or `image/png`.
    pub tipo: String,
    /// Bytes.
    pub dimensione: u32,
    /// When it came (RFC 3339 with offset).
    pub caricato_il: String,
    /// True once it belongs to a request or an appointment: then it stays as long as that does.
    pub allegato: bool,
}

macro_rules! endpoints {
    ($($(#[$doc:meta])* $name:ident: $method:ident $path:literal $access:ident $input:ty => $output:ty;)*) => {
        $(
            $(#[$doc])*
            pub struct $name;
            impl Endpoint for $name {
                const METHOD: Method = Method::$method;
                const PATH: &'static str = $path;
                const ACCESS: Access = Access::$access;
                type Input = $input;
                type Output = $output;
            }
        )*
        /// Every endpoint of the contract that has a JSON body: method, path and access.
        pub const ENDPOINTS: &[(Method, &str, Access)] = &[$((Method::$method, $path, Access::$access)),*];
    };
}

endpoints! {
    /// Whether the edge answers.
    Status: Get "/api/status" Public () => serde_json::Value;
    /// Who is signed in.
    Me: Get "/api/me" Signed () => MeView;
    /// Starts the idle time again.
    Renew: Post "/api/sessione/rinnovo" Signed () => MeView;
    /// Signs out; answers 204.
    SignOut: Post "/api/uscita" Public () => ();
    /// The catalogue.
    Catalogue: Get "/api/servizi" Public () => Vec<ServiceInBrief>;
    /// The definition of one service with its code lists.
    Definition: Get "/api/servizi/{slug}" Public () => serde_json::Value;
    /// What is already known of the signed-in person, for the rules of this service.
    KnownFacts: Get "/api/servizi/{slug}/fatti" Signed () => Facts;
    /// The draft of this service kept on the edge; 404 when there is none.
    ReadDraft: Get "/api/bozze/{slug}" Signed () => Draft;
    /// Keeps a draft.
    KeepDraft: Put "/api/bozze/{slug}" Signed Draft => ();
    /// Throws a draft away.
    DropDraft: Delete "/api/bozze/{slug}" Signed () => ();
    /// My files, newest first.
    MyFiles: Get "/api/file" Signed () => Vec<FileView>;
    /// Throws away a file that belongs to nothing yet.
    DropFile: Delete "/api/file/{id}" Signed () => ();
    /// Presents a request.
    Present: Post "/api/pratiche" Signed pratica::NewPratica => pratica::Pratica;
    /// My requests, newest first.
    MyPratiche: Get "/api/pratiche" Signed () => Vec<pratica::Pratica>;
    /// One of my requests.
    MyPratica: Get "/api/pratiche/{id}" Signed () => pratica::Pratica;
    /// Takes a request back.
    Withdraw: Post "/api/pratiche/{id}/ritiro" Signed pratica::ActionInput => pratica::Pratica;
    /// Answers the office.
    Integrate: Post "/api/pratiche/{id}/integrazione" Signed pratica::ActionInput => pratica::Pratica;
    /// Says how easy a service was; kept without a name.
    Rate: Post "/api/valutazioni" Signed valutazione::NewValutazione => valutazione::NewValutazione;
    /// How easy a service was for everybody.
    Ratings: Get "/api/valutazioni/{slug}" Public () => valutazione::Valutazioni;
    /// My notices, newest first.
    Notices: Get "/api/avvisi" Signed () => Vec<Avviso>;
    /// Who looked at my data.
    MyAccesses: Get "/api/accessi" Signed () => Vec<Accesso>;
    /// The desk's queue; `stato`, `servizio` and `q` filter.
    Queue: Get "/api/operatore/pratiche" Operator () => Vec<pratica::Pratica>;
    /// One request at the desk; the look is recorded.
    DeskPratica: Get "/api/operatore/pratiche/{id}" Operator () => pratica::Pratica;
    /// Takes charge.
    TakeCharge: Post "/api/operatore/pratiche/{id}/prendi-in-carico" Operator pratica::ActionInput => pratica::Pratica;
    /// Asks for what is missing.
    AskIntegration: Post "/api/operatore/pratiche/{id}/richiedi-integrazione" Operator pratica::ActionInput => pratica::Pratica;
    /// Notice of refusal.
    GiveNotice: Post "/api/operatore/pratiche/{id}/preavviso" Operator pratica::ActionInput => pratica::Pratica;
    /// Grants.
    Grant: Post "/api/operatore/pratiche/{id}/accogli" Operator pratica::ActionInput => pratica::Pratica;
    /// Refuses.
    Refuse: Post "/api/operatore/pratiche/{id}/respingi" Operator pratica::ActionInput => pratica::Pratica;
}
