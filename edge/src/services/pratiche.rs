// SPDX-License-Identifier: EUPL-1.2
//! Requests: presenting one (checked in full, protocolled, once), reading one's own, acting on one by the table.

use contract::answers::Answers;
use contract::facts::{Citizen, Facts};
use contract::flow;
use contract::pratica::{
    self, Action, ActionInput, Actor, Evento, NewPratica, OBSERVATION_DAYS, Pratica, Stato,
};
use contract::problem::{FieldProblem, Problem};
use contract::service::{Case, Service};
use contract::services;
use contract::values::calendar::{Closed, end_of_term};
use contract::values::text;
use sha2::{Digest, Sha256};

use super::facts::{self, session};
use super::{did, notices, offices};
use crate::ctx::Ctx;
use crate::db::{Row, Value};
use crate::error::Error;
use crate::http::{Reply, Request};

/// The columns of [`read`], in its order.
pub(crate) const COLUMNS: &str = "id, servizio, protocollo, stato, presentata, termine, contatto_entro, \
     osservazioni_entro, responsabile, ufficio, identificativo_did, risposte, identita, impronta, versione, fornitore, \
     codice_fiscale";

/// A stored request with what documents need of it.
pub(crate) struct Stored {
    pub(crate) pratica: Pratica,
    pub(crate) citizen: Citizen,
    pub(crate) presented: i64,
    pub(crate) fingerprint: String,
    pub(crate) version: i64,
    pub(crate) provider: String,
}

/// `POST /api/pratiche`.
pub(crate) async fn present(ctx: &Ctx, request: &Request) -> Result<Reply, Error> {
    let new: NewPratica = request.json()?;
    let session = session(ctx)?;
    let service = services::find(&new.servizio)
        .ok_or_else(|| Error::Refused(vec![FieldProblem::new("servizio", Problem::UnknownCode)]))?;
    let key = request.header("idempotency-key").map(str::to_owned);
    if key
        .as_ref()
        .is_some_and(|key| key.is_empty() || key.len() > 128)
    {
        return Err(Error::BadRequest("Idempotency-Key"));
    }
    let body = fingerprint(&request.body);
    if let Some(key) = &key
        && let Some(reply) = repeated(ctx, key, &body).await?
    {
        return Ok(reply);
    }
    let facts = facts::gather(ctx).await?;
    let (answers, office) = match sound(ctx, service, &new.risposte, &facts) {
        Ok(sound) => sound,
        Err(error) => {
            // The same request may have been stored since the key was looked up, and then stands in its own way.
            if let Some(key) = &key
                && let Some(reply) = repeated(ctx, key, &body).await?
            {
                return Ok(reply);
            }
            return Err(error);
        }
    };
    let id = ctx.token();
    ctx.db
        .execute("BEGIN IMMEDIATE", &[])
        .await
        .map_err(|_| Error::Unavailable)?;
    let stored = store(
        ctx,
        service,
        &id,
        &answers,
        &office,
        key.as_deref().map(|key| (key, body.as_str())),
    )
    .await;
    if let Err(error) = stored {
        ctx.db.execute("ROLLBACK", &[]).await?;
        // Another tab was faster: with the same key it is the same request, else the store has refused a second DID.
        if let Some(key) = &key
            && let Some(reply) = repeated(ctx, key, &body).await?
        {
            return Ok(reply);
        }
        return Err(match error {
            Error::Db(words) if words.contains("UNIQUE") => already_there(),
            other => other,
        });
    }
    ctx.db.execute("COMMIT", &[]).await?;
    ctx.db
        .execute(
            "DELETE FROM bozze WHERE codice_fiscale = ?1 AND servizio = ?2",
            &[
                session.citizen.codice_fiscale.as_str().into(),
                service.slug.into(),
            ],
        )
        .await?;
    // From here on the request stands, whatever the neighbours do: what they do not take now is tried again later.
    did::tell_the_node(ctx, &id).await;
    notices::deliver(ctx).await;
    created(ctx, &id).await
}

fn already_there() -> Error {
    Error::Conflict(
        "did_presente",
        "Hai già una DID: in tutta Italia ne vale una sola. La trovi nella tua area personale.",
    )
}

async fn created(ctx: &Ctx, id: &str) -> Result<Reply, Error> {
    let stored = own(ctx, id).await?;
    Ok(Reply::json(201, &stored.pratica).header("location", &format!("/api/pratiche/{id}")))
}

/// The same key once more: the same body gets the same request, another one is refused.
async fn repeated(ctx: &Ctx, key: &str, body: &str) -> Result<Option<Reply>, Error> {
    let rows = ctx
        .db
        .query(
            "SELECT impronta, pratica FROM chiavi_idempotenza WHERE codice_fiscale = ?1 AND chiave = ?2",
            &[session(ctx)?.citizen.codice_fiscale.as_str().into(), key.into()],
        )
        .await?;
    match rows.first() {
        None => Ok(None),
        Some(row) if row.text(0)? == body => created(ctx, row.text(1)?).await.map(Some),
        Some(_) => Err(Error::KeyReused),
    }
}

/// Everything that the rules say, once more and in full.
fn sound(
    ctx: &Ctx,
    service: &Service,
    given: &Answers,
    facts: &Facts,
) -> Result<(Answers, String), Error> {
    let places = super::catalogue::places(ctx);
    let case = Case {
        answers: given,
        facts,
        places: Some(places),
    };
    let verdict = flow::check(service, case);
    if let Some(exit) = verdict.exit {
        return Err(if exit.field.is_empty() {
            Error::Conflict(exit.id, exit.reason.first().copied().unwrap_or(exit.title))
        } else {
            let mut problems = verdict.problems;
            problems.push(FieldProblem::new(
                exit.field,
                Problem::Rule(exit.id, exit.title),
            ));
            Error::Refused(problems)
        });
    }
    if !verdict.problems.is_empty() {
        return Err(Error::Refused(verdict.problems));
    }
    let answers = flow::prune(service, case);
    let declared = contract::services::did::Did::read(Case {
        answers: &answers,
        ..case
    })
    .map_err(Error::Refused)?;
    let province = places
        .by_belfiore(&declared.competenza_comune)
        .map(|place| place.province.to_string());
    Ok((
        answers,
        offices::name(province.as_deref().unwrap_or_default()),
    ))
}

async fn store(
    ctx: &Ctx,
    service: &Service,
    id: &str,
    answers: &Answers,
    office: &str,
    key: Option<(&str, &str)>,
) -> Result<(), Error> {
    let session = session(ctx)?;
    let person = session.citizen.codice_fiscale.as_str();
    let now = ctx.now.as_second();
    let today = ctx.today();
    let json = serde_json::to_string(answers).map_err(|_| Error::BadRequest("risposte"))?;
    let identity =
        serde_json::to_string(&session.citizen).map_err(|_| Error::BadRequest("identità"))?;
    let protocol = protocol(ctx, today.year()).await?;
    let term = end_of_term(today, service.term_days, Closed::default());
    let contact = today
        .checked_add(jiff::Span::new().days(services::did::CONTACT_DAYS))
        .unwrap_or(today);
    ctx.db
        .execute(
            "INSERT INTO pratiche (id, servizio, versione, protocollo, codice_fiscale, identita, fornitore, stato, \
             risposte, impronta, presentata, termine, contatto_entro, responsabile, ufficio) \
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15)",
            &[
                id.into(),
                service.slug.into(),
                i64::from(service.version).into(),
                protocol.as_str().into(),
                person.into(),
                identity.into(),
                session.provider.as_str().into(),
                Stato::Protocollata.as_str().into(),
                json.as_str().into(),
                fingerprint(json.as_bytes()).into(),
                now.into(),
                term.to_string().into(),
                contact.to_string().into(),
                format!("Responsabile del {office}").into(),
                office.into(),
            ],
        )
        .await?;
    add_event(ctx, id, "cittadino", Stato::Protocollata, None).await?;
    if let Some((key, body)) = key {
        ctx.db
            .execute(
                "INSERT INTO chiavi_idempotenza (codice_fiscale, chiave, impronta, pratica, quando) VALUES (?1, ?2, ?3, ?4, ?5)",
                &[person.into(), key.into(), body.into(), id.into(), now.into()],
            )
            .await?;
    }
    let text = format!(
        "Abbiamo ricevuto la tua richiesta con il protocollo {protocol}. La ricevuta è nella tua area personale. \
         Ti rispondiamo entro il {}.",
        italian_day(&term.to_string())
    );
    notices::write(
        ctx,
        person,
        Some(id),
        "Abbiamo ricevuto la tua richiesta",
        &text,
    )
    .await
}

/// The next number of the year: inside the caller's transaction, so that no number is lost or given twice.
async fn protocol(ctx: &Ctx, year: i16) -> Result<String, Error> {
    let rows = ctx
        .db
        .query(
            "INSERT INTO protocollo (anno, ultimo) VALUES (?1, 1) \
             ON CONFLICT (anno) DO UPDATE SET ultimo = ultimo + 1 RETURNING ultimo",
            &[i64::from(year).into()],
        )
        .await?;
    let number = rows
        .first()
        .ok_or_else(|| Error::Db("no protocol number".into()))?
        .integer(0)?;
    Ok(format!("{number:07}/{year}"))
}

/// Writes an event; events are never changed.
pub(crate) async fn add_event(
    ctx: &Ctx,
    id: &str,
    who: &str,
    stato: Stato,
    reason: Option<&str>,
) -> Result<(), Error> {
    ctx.db
        .execute(
            "INSERT INTO eventi (pratica, numero, quando, chi, codice_fiscale, stato, motivo) \
             SELECT ?1, coalesce(max(numero), 0) + 1, ?2, ?3, ?4, ?5, ?6 FROM eventi WHERE pratica = ?1",
            &[
                id.into(),
                ctx.now.as_second().into(),
                who.into(),
                session(ctx)?.citizen.codice_fiscale.as_str().into(),
                stato.as_str().into(),
                reason.into(),
            ],
        )
        .await?;
    Ok(())
}

/// `GET /api/pratiche`.
pub(crate) async fn list(ctx: &Ctx) -> Result<Reply, Error> {
    let rows = ctx
        .db
        .query(
            &format!("SELECT {COLUMNS} FROM pratiche WHERE codice_fiscale = ?1 ORDER BY presentata DESC LIMIT 200"),
            &[session(ctx)?.citizen.codice_fiscale.as_str().into()],
        )
        .await?;
    let mut all = Vec::with_capacity(rows.len());
    for row in &rows {
        let mut pratica = read(ctx, row, Actor::Cittadino)?.pratica;
        pratica.risposte = Answers::new();
        pratica.eventi = events(ctx, &pratica.id).await?;
        all.push(pratica);
    }
    Ok(Reply::json(200, &all))
}

/// `GET /api/pratiche/{id}`.
pub(crate) async fn one(ctx: &Ctx, id: &str) -> Result<Reply, Error> {
    Ok(Reply::json(200, &own(ctx, id).await?.pratica))
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
            &format!("SELECT {COLUMNS} FROM pratiche WHERE id = ?1"),
            &[id.into()],
        )
        .await?;
    let mut stored = read(ctx, rows.first().ok_or(Error::NotFound)?, actor)?;
    stored.pratica.eventi = events(ctx, id).await?;
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
            risposte: serde_json::from_str(row.text(11)?).map_err(|_| broken())?,
            eventi: Vec::new(),
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

/// The history of a request, oldest first.
pub(crate) async fn events(ctx: &Ctx, id: &str) -> Result<Vec<Evento>, Error> {
    let rows = ctx
        .db
        .query(
            "SELECT quando, chi, stato, motivo FROM eventi WHERE pratica = ?1 ORDER BY numero",
            &[id.into()],
        )
        .await?;
    rows.iter()
        .map(|row| {
            let unknown = || Error::Db("an event cannot be read".into());
            Ok(Evento {
                quando: ctx
                    .rome(jiff::Timestamp::from_second(row.integer(0)?).map_err(|_| unknown())?),
                chi: row.text(1)?.into(),
                stato: Stato::parse(row.text(2)?).ok_or_else(unknown)?,
                motivo: row.opt_text(3)?.map(str::to_owned),
            })
        })
        .collect()
}

/// A citizen's action on an own request.
pub(crate) async fn act(
    ctx: &Ctx,
    id: &str,
    action: Action,
    request: &Request,
) -> Result<Reply, Error> {
    let input = input(request)?;
    let stored = own(ctx, id).await?;
    transition(ctx, &stored, Actor::Cittadino, "cittadino", action, &input).await?;
    Ok(Reply::json(200, &own(ctx, id).await?.pratica))
}

/// The body of an action; no body at all is an empty one.
pub(crate) fn input(request: &Request) -> Result<ActionInput, Error> {
    if request.body.is_empty() {
        Ok(ActionInput::default())
    } else {
        request.json()
    }
}

/// Moves a request by the table. The state that the actor saw must still be the state: two operators at once never
/// overwrite each other.
pub(crate) async fn transition(
    ctx: &Ctx,
    stored: &Stored,
    actor: Actor,
    who: &str,
    action: Action,
    input: &ActionInput,
) -> Result<(), Error> {
    let reason = reason(action, input)?;
    let from = stored.pratica.stato;
    if input.stato_visto.is_some_and(|seen| seen != from) {
        return Err(moved());
    }
    let to = pratica::next(from, actor, action).ok_or(Error::Conflict(
        "not_permitted",
        "In questo momento la pratica non permette questa operazione: ricarica la pagina per vedere a che punto è.",
    ))?;
    let today = ctx.today();
    if action == Action::Respingi
        && stored
            .pratica
            .osservazioni_entro
            .is_some_and(|end| from == Stato::PreavvisoRigetto && today <= end)
    {
        return Err(Error::Conflict(
            "observations_open",
            "Il cittadino può ancora rispondere al preavviso: la legge gli dà dieci giorni (articolo 10-bis della legge 241/1990).",
        ));
    }
    let observations = (to == Stato::PreavvisoRigetto).then(|| {
        today
            .checked_add(jiff::Span::new().days(OBSERVATION_DAYS))
            .unwrap_or(today)
            .to_string()
    });
    let id = stored.pratica.id.as_str();
    ctx.db
        .execute("BEGIN IMMEDIATE", &[])
        .await
        .map_err(|_| Error::Unavailable)?;
    let outcome = write_transition(
        ctx,
        stored,
        who,
        (from, to),
        reason.as_deref(),
        observations.into(),
    )
    .await;
    match outcome {
        Ok(true) => ctx.db.execute("COMMIT", &[]).await.map(drop)?,
        Ok(false) => {
            ctx.db.execute("ROLLBACK", &[]).await?;
            return Err(moved());
        }
        Err(error) => {
            ctx.db.execute("ROLLBACK", &[]).await?;
            return Err(error);
        }
    }
    if actor == Actor::Operatore {
        did::tell_the_node(ctx, id).await;
    }
    notices::deliver(ctx).await;
    Ok(())
}

async fn write_transition(
    ctx: &Ctx,
    stored: &Stored,
    who: &str,
    (from, to): (Stato, Stato),
    reason: Option<&str>,
    observations: Value,
) -> Result<bool, Error> {
    let id = stored.pratica.id.as_str();
    let rows = ctx
        .db
        .query(
            "UPDATE pratiche SET stato = ?1, osservazioni_entro = coalesce(?2, osservazioni_entro) \
             WHERE id = ?3 AND stato = ?4 RETURNING id",
            &[
                to.as_str().into(),
                observations,
                id.into(),
                from.as_str().into(),
            ],
        )
        .await?;
    if rows.is_empty() {
        return Ok(false);
    }
    add_event(ctx, id, who, to, reason).await?;
    let mut text = format!(
        "La tua richiesta con protocollo {} ora è: {}.",
        stored.pratica.protocollo,
        to.label()
    );
    if let Some(reason) = reason {
        text.push_str(" Leggi il messaggio nella tua area personale: ");
        text.push_str(reason);
    }
    notices::write(
        ctx,
        &stored.citizen.codice_fiscale,
        Some(id),
        "Novità sulla tua richiesta",
        &text,
    )
    .await?;
    Ok(true)
}

fn moved() -> Error {
    Error::Conflict(
        "moved_on",
        "Qualcuno ha già lavorato questa pratica: ricarica la pagina per vedere a che punto è. Non abbiamo cambiato niente.",
    )
}

fn reason(action: Action, input: &ActionInput) -> Result<Option<String>, Error> {
    let given = input
        .motivo
        .as_deref()
        .map(str::trim)
        .filter(|text| !text.is_empty());
    let refuse = |problem| Error::Refused(vec![FieldProblem::new("motivo", problem)]);
    match given {
        None if action.needs_reason() => Err(refuse(Problem::Missing)),
        None => Ok(None),
        Some(given) => text::clean_lines(given, 2000).map(Some).map_err(refuse),
    }
}

/// SHA-256 in hexadecimal.
pub(crate) fn fingerprint(bytes: &[u8]) -> String {
    use std::fmt::Write;
    Sha256::digest(bytes)
        .iter()
        .fold(String::with_capacity(64), |mut hex, byte| {
            let _ = write!(hex, "{byte:02x}");
            hex
        })
}

/// A day as people write it.
pub(crate) fn italian_day(day: &str) -> String {
    let mut parts = day.split('-');
    let (year, month, day) = (parts.next(), parts.next(), parts.next());
    format!(
        "{}/{}/{}",
        day.unwrap_or(""),
        month.unwrap_or(""),
        year.unwrap_or("")
    )
}
