// SPDX-License-Identifier: EUPL-1.2
//! Reading requests: one's own, or any for an operator; their papers and their history.

use std::sync::LazyLock;

use contract::answers::Answers;
use contract::facts::Citizen;
use contract::pratica::{self, Actor, Evento, Pratica, Presentatore, RifiutoNodo, Stato};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

use crate::ctx::Ctx;
use crate::db::{Row, newest};
use crate::error::Error;
use crate::http::Reply;
use crate::services::effects;
use crate::services::facts::session;
use crate::services::file::attach;

/// What is read of a request, as one JSON object: the host hands over each column with its name, and a few long ones
/// come cheaper than many short ones.
const RECORD: &str = "'id', id, 'servizio', servizio, 'protocollo', protocollo, 'stato', stato, 'termine', termine, \
     'contatto_entro', contatto_entro, 'osservazioni_entro', osservazioni_entro, 'responsabile', responsabile, \
     'ufficio', ufficio, 'identificativo_did', identificativo_did";

/// What only papers and decisions need, beside [`RECORD`].
const ORIGIN: &str = "'versione', versione, 'fornitore', fornitore, 'impronta', impronta";

/// What the national node has against a request, beside [`RECORD`].
const NODE: &str = "'nodo_codice', nodo_codice, 'nodo_motivo', nodo_motivo, 'nodo_dal', nodo_dal, \
     'nodo_tentativi', nodo_tentativi, 'nodo_riprova', nodo_riprova";

/// The history of a request, in no order, beside [`RECORD`].
const EVENTS: &str = "'eventi', json((SELECT json_group_array(json_array(numero, quando, chi, eventi.stato, motivo)) \
     FROM eventi WHERE pratica = pratiche.id))";

/// Whether files hang on a request, which for most is not so, beside [`RECORD`].
const FILES: &str =
    "'con_file', EXISTS (SELECT 1 FROM file WHERE riferimento = 'pratiche/' || pratiche.id)";

/// The columns of [`brief`].
pub(crate) static BRIEF: LazyLock<String> =
    LazyLock::new(|| format!("presentata, json_object({RECORD}, {NODE}) AS r, identita"));

/// One's own requests, without their answers.
static OWN: LazyLock<String> = LazyLock::new(|| {
    format!(
        "SELECT presentata, json_object({RECORD}, {EVENTS}) AS r FROM pratiche WHERE codice_fiscale = ?1"
    )
});

/// One of one's own.
static ONE: LazyLock<String> = LazyLock::new(|| {
    format!(
        "SELECT presentata, json_object({RECORD}, {EVENTS}, {FILES}) AS r, risposte FROM pratiche \
         WHERE id = ?1 AND codice_fiscale = ?2"
    )
});

/// All of one request.
static WHOLE: LazyLock<String> = LazyLock::new(|| {
    format!(
        "SELECT presentata, json_object({RECORD}, {ORIGIN}, {NODE}, {EVENTS}, {FILES}) AS r, identita, risposte \
         FROM pratiche WHERE id = ?1"
    )
});

/// An event in the store: number, instant, who, what followed, why.
type Event = (i64, i64, String, Stato, Option<String>);

/// A request in the store.
#[derive(Deserialize)]
struct Record {
    id: String,
    servizio: String,
    protocollo: String,
    stato: Stato,
    termine: Date,
    contatto_entro: Option<Date>,
    osservazioni_entro: Option<Date>,
    responsabile: String,
    ufficio: String,
    identificativo_did: Option<String>,
    #[serde(default)]
    versione: i64,
    #[serde(default)]
    fornitore: String,
    #[serde(default)]
    impronta: String,
    nodo_codice: Option<u16>,
    nodo_motivo: Option<String>,
    nodo_dal: Option<i64>,
    nodo_tentativi: Option<u32>,
    nodo_riprova: Option<i64>,
    #[serde(default)]
    eventi: Vec<Event>,
    /// 0 or 1.
    #[serde(default)]
    con_file: u8,
}

/// What a request does not show of its [`Record`].
struct Rest {
    versione: i64,
    fornitore: String,
    impronta: String,
    con_file: u8,
}

/// A stored request with what documents need of it.
pub(crate) struct Stored {
    pub(crate) pratica: Pratica,
    pub(crate) citizen: Citizen,
    pub(crate) presented: i64,
    pub(crate) fingerprint: String,
    pub(crate) version: i64,
    pub(crate) provider: String,
}

/// A request with its answers as they stand in the store: whoever only passes them on need not take them apart.
#[derive(Serialize)]
struct View<'a> {
    #[serde(flatten)]
    pratica: Pratica,
    risposte: &'a RawValue,
}

/// `GET /api/pratiche`.
pub(crate) async fn list(ctx: &Ctx) -> Result<Reply, Error> {
    let person = session(ctx)?.citizen.codice_fiscale.as_str();
    let rows = ctx.db.query(&OWN, &[person.into()]).await?;
    let mut all = Vec::with_capacity(rows.len());
    for row in &newest(rows, 0, 200) {
        all.push(pratica(ctx, row, Actor::Cittadino)?.0);
    }
    Ok(Reply::json(200, &all))
}

/// `GET /api/pratiche/{id}`.
pub(crate) async fn one(ctx: &Ctx, id: &str) -> Result<Reply, Error> {
    let person = session(ctx)?.citizen.codice_fiscale.as_str();
    let rows = ctx.db.query(&ONE, &[id.into(), person.into()]).await?;
    let row = rows.first().ok_or(Error::NotFound)?;
    let (mut pratica, rest) = pratica(ctx, row, Actor::Cittadino)?;
    hang(ctx, &mut pratica, &rest).await?;
    let risposte = serde_json::from_str(row.text(2)?).map_err(|_| broken())?;
    Ok(Reply::json(200, &View { pratica, risposte }))
}

/// `GET /api/pratiche/{id}/ricevuta.pdf`.
pub(crate) async fn receipt(ctx: &Ctx, id: &str) -> Result<Reply, Error> {
    let stored = own(ctx, id).await?;
    effects::of_stored(&stored)?.receipt(ctx, &stored)
}

/// `GET /api/pratiche/{id}/documento.pdf`.
pub(crate) async fn document(ctx: &Ctx, id: &str) -> Result<Reply, Error> {
    let stored = own(ctx, id).await?;
    effects::of_stored(&stored)?.document(ctx, &stored)
}

/// `GET /api/pratiche/{id}/scadenza.ics`.
pub(crate) async fn calendar(ctx: &Ctx, id: &str) -> Result<Reply, Error> {
    let stored = own(ctx, id).await?;
    effects::of_stored(&stored)?.calendar(ctx, &stored)
}

/// One request of the signed-in person; somebody else's is not found.
pub(crate) async fn own(ctx: &Ctx, id: &str) -> Result<Stored, Error> {
    let person = session(ctx)?.citizen.codice_fiscale.clone();
    let mut stored = find(ctx, id, Actor::Cittadino).await?;
    if stored.citizen.codice_fiscale != person {
        return Err(Error::NotFound);
    }
    stored.pratica.cittadino = None;
    Ok(stored)
}

/// One request, whoever's; the caller decides who may see it.
pub(crate) async fn find(ctx: &Ctx, id: &str, actor: Actor) -> Result<Stored, Error> {
    let rows = ctx.db.query(&WHOLE, &[id.into()]).await?;
    let row = rows.first().ok_or(Error::NotFound)?;
    let (mut pratica, rest) = pratica(ctx, row, actor)?;
    let citizen = citizen(row)?;
    pratica.cittadino = Some(presenter(&citizen));
    pratica.risposte = serde_json::from_str(row.text(3)?).map_err(|_| broken())?;
    hang(ctx, &mut pratica, &rest).await?;
    Ok(Stored {
        pratica,
        citizen,
        presented: row.integer(0)?,
        fingerprint: rest.impronta,
        version: rest.versione,
        provider: rest.fornitore,
    })
}

/// Reads a row of [`BRIEF`], for the desk's list, which shows neither answers nor history.
pub(crate) fn brief(ctx: &Ctx, row: &Row) -> Result<Pratica, Error> {
    let (mut pratica, _) = pratica(ctx, row, Actor::Operatore)?;
    pratica.cittadino = Some(presenter(&citizen(row)?));
    Ok(pratica)
}

/// What the first two columns of every row say, and what a request does not show of it.
fn pratica(ctx: &Ctx, row: &Row, actor: Actor) -> Result<(Pratica, Rest), Error> {
    let record: Record = serde_json::from_str(row.text(1)?).map_err(|_| broken())?;
    let stato = record.stato;
    let pratica = Pratica {
        rifiuto_nodo: refusal(ctx, &record, actor)?,
        id: record.id,
        servizio: record.servizio,
        protocollo: record.protocollo,
        stato,
        presentata_il: instant(ctx, row.integer(0)?)?,
        termine_il: record.termine,
        contatto_entro: record.contatto_entro,
        osservazioni_entro: record.osservazioni_entro,
        responsabile: record.responsabile,
        ufficio: record.ufficio,
        identificativo_did: record.identificativo_did,
        risposte: Answers::new(),
        eventi: events(ctx, record.eventi)?,
        allegati: Vec::new(),
        azioni: pratica::permitted(stato, actor).collect(),
        cittadino: None,
    };
    let rest = Rest {
        versione: record.versione,
        fornitore: record.fornitore,
        impronta: record.impronta,
        con_file: record.con_file,
    };
    Ok((pratica, rest))
}

/// The files that hang on a request, if there are any.
async fn hang(ctx: &Ctx, pratica: &mut Pratica, rest: &Rest) -> Result<(), Error> {
    if rest.con_file != 0 {
        pratica.allegati = attach::attached(ctx, &format!("pratiche/{}", pratica.id)).await?;
    }
    Ok(())
}

/// Who presented a request, from the third column.
fn citizen(row: &Row) -> Result<Citizen, Error> {
    serde_json::from_str(row.text(2)?).map_err(|_| broken())
}

fn presenter(citizen: &Citizen) -> Presentatore {
    Presentatore {
        codice_fiscale: citizen.codice_fiscale.clone(),
        nome: citizen.nome.clone(),
        cognome: citizen.cognome.clone(),
    }
}

/// What SQL asks of a request that has a [`refusal`].
pub(crate) fn refused_by_node() -> String {
    format!("(nodo_codice IS NOT NULL AND {})", super::standing())
}

/// What the national node has against a request, for the desk alone and as long as it is still sent.
fn refusal(ctx: &Ctx, record: &Record, actor: Actor) -> Result<Option<RifiutoNodo>, Error> {
    let code = record.nodo_codice.filter(|_| record.stato.stands());
    let Some(codice) = code.filter(|_| actor == Actor::Operatore) else {
        return Ok(None);
    };
    Ok(Some(RifiutoNodo {
        codice,
        motivo: record.nodo_motivo.clone(),
        dal: instant(ctx, record.nodo_dal.unwrap_or_default())?,
        tentativi: record.nodo_tentativi.unwrap_or_default(),
        riprova_il: instant(ctx, record.nodo_riprova.unwrap_or_default())?,
    }))
}

/// The history of a request, oldest first.
fn events(ctx: &Ctx, mut rows: Vec<Event>) -> Result<Vec<Evento>, Error> {
    rows.sort_unstable_by_key(|(number, ..)| *number);
    rows.into_iter()
        .map(|(_, when, chi, stato, motivo)| {
            Ok(Evento {
                quando: instant(ctx, when)?,
                chi,
                stato,
                motivo,
            })
        })
        .collect()
}

/// Seconds since 1970 as an instant in Rome.
fn instant(ctx: &Ctx, seconds: i64) -> Result<String, Error> {
    let instant = jiff::Timestamp::from_second(seconds).map_err(|_| broken())?;
    Ok(ctx.rome(instant))
}

fn broken() -> Error {
    Error::Db("a stored request cannot be read".into())
}
