// SPDX-License-Identifier: EUPL-1.2
//! Reading requests: one's own, or any for an operator; their papers and their history.

use contract::facts::Citizen;
use contract::pratica::{self, Actor, Evento, Pratica, RifiutoNodo, Stato};

use crate::ctx::Ctx;
use crate::db::{Row, newest};
use crate::error::Error;
use crate::http::Reply;
use crate::services::effects;
use crate::services::facts::session;
use crate::services::file::attach;

/// The columns of [`read`], in its order.
const COLUMNS: &str = "id, servizio, protocollo, stato, presentata, termine, contatto_entro, \
     osservazioni_entro, responsabile, ufficio, identificativo_did, risposte, identita, impronta, versione, fornitore, \
     codice_fiscale, coalesce(nodo_codice, 0), nodo_motivo, coalesce(nodo_dal, 0), nodo_tentativi, \
     coalesce(nodo_riprova, 0)";

/// The same without the answers, which no list shows.
pub(crate) fn brief() -> String {
    COLUMNS.replacen("risposte", "'{}'", 1)
}

/// The place of the instant of submission in [`COLUMNS`].
const PRESENTED_COLUMN: usize = 4;

/// The history of a request as JSON, in no order, in the query that reads the request.
const EVENTS: &str = "(SELECT json_group_array(json_array(numero, quando, chi, eventi.stato, motivo)) \
     FROM eventi WHERE pratica = pratiche.id)";

/// The place of [`EVENTS`] after [`COLUMNS`].
const EVENTS_COLUMN: usize = 22;

/// Whether files hang on a request, which for most is not so.
const HAS_FILES: &str =
    "EXISTS (SELECT 1 FROM file WHERE riferimento = 'pratiche/' || pratiche.id)";

/// The place of [`HAS_FILES`] after [`EVENTS`].
const HAS_FILES_COLUMN: usize = 23;

/// A stored request with what documents need of it.
pub(crate) struct Stored {
    pub(crate) pratica: Pratica,
    pub(crate) citizen: Citizen,
    pub(crate) presented: i64,
    pub(crate) fingerprint: String,
    pub(crate) version: i64,
    pub(crate) provider: String,
}

/// `GET /api/pratiche`.
pub(crate) async fn list(ctx: &Ctx) -> Result<Reply, Error> {
    let rows = ctx
        .db
        .query(
            &format!(
                "SELECT {}, {EVENTS} FROM pratiche WHERE codice_fiscale = ?1",
                brief()
            ),
            &[session(ctx)?.citizen.codice_fiscale.as_str().into()],
        )
        .await?;
    let mut all = Vec::with_capacity(rows.len());
    for row in &newest(rows, PRESENTED_COLUMN, 200) {
        let mut pratica = read(ctx, row, Actor::Cittadino)?.pratica;
        pratica.eventi = events(ctx, row)?;
        all.push(pratica);
    }
    Ok(Reply::json(200, &all))
}

/// `GET /api/pratiche/{id}`.
pub(crate) async fn one(ctx: &Ctx, id: &str) -> Result<Reply, Error> {
    Ok(Reply::json(200, &own(ctx, id).await?.pratica))
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
    let rows = ctx
        .db
        .query(
            &format!("SELECT {COLUMNS}, {EVENTS}, {HAS_FILES} FROM pratiche WHERE id = ?1"),
            &[id.into()],
        )
        .await?;
    let row = rows.first().ok_or(Error::NotFound)?;
    let mut stored = read(ctx, row, actor)?;
    stored.pratica.eventi = events(ctx, row)?;
    if row.integer(HAS_FILES_COLUMN)? != 0 {
        stored.pratica.allegati = attach::attached(ctx, &format!("pratiche/{id}")).await?;
    }
    Ok(stored)
}

/// Reads a row of [`COLUMNS`].
pub(crate) fn read(ctx: &Ctx, row: &Row, actor: Actor) -> Result<Stored, Error> {
    let broken = || Error::Db("a stored request cannot be read".into());
    let day = |text: Option<&str>| {
        text.map(|text| text.parse().map_err(|_| broken()))
            .transpose()
    };
    let stato = Stato::parse(row.text(3)?).ok_or_else(broken)?;
    let presented = row.integer(4)?;
    let citizen: Citizen = serde_json::from_str(row.text(12)?).map_err(|_| broken())?;
    Ok(Stored {
        pratica: Pratica {
            id: row.text(0)?.into(),
            servizio: row.text(1)?.into(),
            protocollo: row.text(2)?.into(),
            stato,
            presentata_il: ctx.rome(jiff::Timestamp::from_second(presented).map_err(|_| broken())?),
            termine_il: row.text(5)?.parse().map_err(|_| broken())?,
            contatto_entro: day(row.opt_text(6)?)?,
            osservazioni_entro: day(row.opt_text(7)?)?,
            responsabile: row.text(8)?.into(),
            ufficio: row.text(9)?.into(),
            identificativo_did: row.opt_text(10)?.map(str::to_owned),
            rifiuto_nodo: refusal(ctx, row, stato, actor)?,
            risposte: serde_json::from_str(row.text(11)?).map_err(|_| broken())?,
            eventi: Vec::new(),
            allegati: Vec::new(),
            azioni: pratica::permitted(stato, actor).collect(),
            cittadino: Some(pratica::Presentatore {
                codice_fiscale: citizen.codice_fiscale.clone(),
                nome: citizen.nome.clone(),
                cognome: citizen.cognome.clone(),
            }),
        },
        citizen,
        presented,
        fingerprint: row.text(13)?.into(),
        version: row.integer(14)?,
        provider: row.text(15)?.into(),
    })
}

/// What SQL asks of a request that has a [`refusal`].
pub(crate) fn refused_by_node() -> String {
    format!("(nodo_codice IS NOT NULL AND {})", super::standing())
}

/// What the national node has against a request, for the desk alone and as long as it is still sent.
fn refusal(ctx: &Ctx, row: &Row, stato: Stato, actor: Actor) -> Result<Option<RifiutoNodo>, Error> {
    let broken = || Error::Db("a refusal of the node cannot be read".into());
    let code = row.integer(17)?;
    if code == 0 || actor != Actor::Operatore || !stato.stands() {
        return Ok(None);
    }
    let instant = |n: usize| {
        jiff::Timestamp::from_second(row.integer(n)?)
            .map(|instant| ctx.rome(instant))
            .map_err(|_| broken())
    };
    Ok(Some(RifiutoNodo {
        codice: u16::try_from(code).map_err(|_| broken())?,
        motivo: row.opt_text(18)?.map(str::to_owned),
        dal: instant(19)?,
        tentativi: u32::try_from(row.integer(20)?).map_err(|_| broken())?,
        riprova_il: instant(21)?,
    }))
}

/// The history of a request, oldest first, from [`EVENTS_COLUMN`] of its row.
fn events(ctx: &Ctx, row: &Row) -> Result<Vec<Evento>, Error> {
    let unknown = || Error::Db("an event cannot be read".into());
    let mut rows: Vec<(i64, i64, String, String, Option<String>)> =
        serde_json::from_str(row.text(EVENTS_COLUMN)?).map_err(|_| unknown())?;
    rows.sort_unstable_by_key(|(number, ..)| *number);
    rows.into_iter()
        .map(|(_, when, who, stato, motivo)| {
            let instant = jiff::Timestamp::from_second(when).map_err(|_| unknown())?;
            Ok(Evento {
                quando: ctx.rome(instant),
                chi: who,
                stato: Stato::parse(&stato).ok_or_else(unknown)?,
                motivo,
            })
        })
        .collect()
}
