// SPDX-License-Identifier: EUPL-1.2
//! The HTTP contract as types: where an endpoint is, who may call it, what goes in and out. The app's one `call` and
//! the edge's route table and OpenAPI document are all derived from these values.

use alloc::{string::String, vec::Vec};
use serde::{Deserialize, Serialize, de::DeserializeOwned};

use crate::{
    answers::Answers, appuntamento, cv::kept, facts::Facts, pratica, prestazioni,
    problem::FieldError, sede, valutazione,
};

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
    /// With 409 `slot_taken`: other places that are free now.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub alternative: Vec<appuntamento::Disponibilita>,
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
    /// The appointment that it speaks of, if any.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub appuntamento: Option<String>,
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

/// The language of a person's notices.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LinguaAvvisi {
    /// `it` or `en`.
    pub lingua: String,
    /// Whether the person chose it; otherwise it is the language in which they last used the app.
    pub scelta: bool,
}

/// `PUT /api/lingua`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SceltaLingua {
    /// `it` or `en`; `null` for the language in which the person uses the app.
    pub lingua: Option<String>,
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
    /// My CVs, what was changed last first.
    MyCvs: Get "/api/cv" Signed () => Vec<kept::Kept>;
    /// Keeps a CV for who has one only; `If-Match` holds the version of the list.
    KeepOnlyCv: Put "/api/cv" Signed serde_json::Value => kept::Kept;
    /// One of my CVs; its version is in `ETag`.
    MyCv: Get "/api/cv/{id}" Signed () => serde_json::Value;
    /// Keeps a CV; needs `If-Match` or `If-None-Match: *`.
    KeepCv: Put "/api/cv/{id}" Signed serde_json::Value => kept::Kept;
    /// Throws a CV away for good.
    DropCv: Delete "/api/cv/{id}" Signed () => ();
    /// Confirms that a CV still holds: it is valid for twelve months more. Needs `If-Match`.
    ConfirmCv: Post "/api/cv/{id}/conferma" Signed () => kept::Kept;
    /// My letters, what was changed last first.
    MyLetters: Get "/api/lettere" Signed () => Vec<kept::Kept>;
    /// One of my letters; its version is in `ETag`.
    MyLetter: Get "/api/lettere/{id}" Signed () => serde_json::Value;
    /// Keeps a letter; needs `If-Match` or `If-None-Match: *`.
    KeepLetter: Put "/api/lettere/{id}" Signed serde_json::Value => kept::Kept;
    /// Throws a letter away for good.
    DropLetter: Delete "/api/lettere/{id}" Signed () => ();
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
    /// The language of my notices.
    MyLanguage: Get "/api/lingua" Signed () => LinguaAvvisi;
    /// Chooses it.
    ChooseLanguage: Put "/api/lingua" Signed SceltaLingua => LinguaAvvisi;
    /// The desk's queue; `stato`, `servizio`, `rifiuto_nodo` and `q` filter.
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
    /// Sends a DID again now that the national node has refused.
    Retransmit: Post "/api/operatore/pratiche/{id}/ritrasmissione" Operator () => pratica::Pratica;
    /// Every office.
    Offices: Get "/api/sedi" Public () => Vec<sede::SedeInBreve>;
    /// The first free place of every office; `servizio`, `comune` and `modalita` choose.
    FirstPlaces: Get "/api/sedi/prime" Public () => Vec<appuntamento::PrimaDisponibilita>;
    /// One office.
    Office: Get "/api/sedi/{codice}" Public () => sede::SedeInBreve;
    /// Every service that can be booked.
    BookableServices: Get "/api/prestazioni" Public () => Vec<prestazioni::PrestazioneInBreve>;
    /// Free places; `servizio`, `sede`, `dal`, `al`, `altri` and `modalita` choose.
    FreePlaces: Get "/api/disponibilita" Public () => Vec<appuntamento::Disponibilita>;
    /// Holds a place for ten minutes; a person's former hold is given back.
    HoldPlace: Post "/api/blocchi" Signed appuntamento::NuovoBlocco => appuntamento::Blocco;
    /// Gives a held place back.
    DropHold: Delete "/api/blocchi/{id}" Signed () => ();
    /// Books.
    Book: Post "/api/appuntamenti" Signed appuntamento::NuovoAppuntamento => appuntamento::Appuntamento;
    /// My appointments, those to come first.
    MyAppointments: Get "/api/appuntamenti" Signed () => Vec<appuntamento::Appuntamento>;
    /// One of my appointments.
    MyAppointment: Get "/api/appuntamenti/{id}" Signed () => appuntamento::Appuntamento;
    /// Moves it.
    MoveAppointment: Post "/api/appuntamenti/{id}/sposta" Signed appuntamento::Spostamento => appuntamento::Appuntamento;
    /// Cancels it.
    CancelAppointment: Post "/api/appuntamenti/{id}/disdici" Signed appuntamento::Disdetta => appuntamento::Appuntamento;
    /// Confirms a summons.
    ConfirmAppointment: Post "/api/appuntamenti/{id}/conferma" Signed () => appuntamento::Appuntamento;
    /// Justifies an absence from a summons.
    JustifyAbsence: Post "/api/appuntamenti/{id}/giustifica" Signed appuntamento::Giustificazione => appuntamento::Appuntamento;
    /// Asks for an earlier place.
    WaitForEarlier: Post "/api/appuntamenti/{id}/attendi" Signed () => appuntamento::Appuntamento;
    /// No longer asks for an earlier place.
    StopWaiting: Post "/api/appuntamenti/{id}/non-attendere" Signed () => appuntamento::Appuntamento;
    /// Takes a place that was offered.
    AcceptOffer: Post "/api/offerte/{id}/accetta" Signed () => appuntamento::Appuntamento;
    /// Leaves a place that was offered to the next person.
    DeclineOffer: Post "/api/offerte/{id}/rifiuta" Signed () => appuntamento::Appuntamento;
    /// The agenda of the operator's office; `dal` and `al` choose the days.
    DeskAgenda: Get "/api/operatore/agenda" Operator () => appuntamento::Agenda;
    /// A walk-in or a summons.
    DeskBook: Post "/api/operatore/appuntamenti" Operator appuntamento::AppuntamentoAlBanco => appuntamento::Appuntamento;
    /// One appointment at the desk; the look is recorded.
    DeskAppointment: Get "/api/operatore/appuntamenti/{id}" Operator () => appuntamento::Appuntamento;
    /// Notes that it took place.
    MarkAttended: Post "/api/operatore/appuntamenti/{id}/erogato" Operator appuntamento::AttoUfficio => appuntamento::Appuntamento;
    /// Notes that the person did not come.
    MarkAbsent: Post "/api/operatore/appuntamenti/{id}/assente" Operator appuntamento::AttoUfficio => appuntamento::Appuntamento;
    /// Cancels it for the office.
    DeskCancel: Post "/api/operatore/appuntamenti/{id}/annulla" Operator appuntamento::AttoUfficio => appuntamento::Appuntamento;
    /// Moves it for the office.
    DeskMove: Post "/api/operatore/appuntamenti/{id}/sposta" Operator appuntamento::Spostamento => appuntamento::Appuntamento;
    /// Adds a note of the office.
    DeskNote: Post "/api/operatore/appuntamenti/{id}/note" Operator appuntamento::NuovaNota => appuntamento::Appuntamento;
    /// Blocked time of the operator's office; `dal` and `al` choose the days.
    BlockedTimes: Get "/api/operatore/blocchi" Operator () => Vec<appuntamento::TempoBloccato>;
    /// Blocks time.
    BlockTime: Post "/api/operatore/blocchi" Operator appuntamento::NuovoTempoBloccato => appuntamento::TempoBloccato;
    /// Gives blocked time back.
    UnblockTime: Delete "/api/operatore/blocchi/{id}" Operator () => ();
    /// Closes a day; the people concerned are told and offered another place.
    CloseDay: Post "/api/operatore/chiusure" Operator appuntamento::NuovaChiusura => appuntamento::EsitoChiusura;
    /// Opens a day again that the desk has closed.
    ReopenDay: Delete "/api/operatore/chiusure/{giorno}" Operator () => ();
    /// How many places each group has.
    ReadCapacity: Get "/api/operatore/capienza" Operator () => Vec<appuntamento::Capienza>;
    /// Changes the places of a group for some days.
    ChangeCapacity: Put "/api/operatore/capienza" Operator appuntamento::NuovaCapienza => Vec<appuntamento::Capienza>;
    /// Figures of the operator's office; `dal` and `al` choose the days.
    DeskFigures: Get "/api/operatore/statistiche" Operator () => appuntamento::Statistiche;
}
