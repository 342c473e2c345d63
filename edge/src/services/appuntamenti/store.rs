// SPDX-License-Identifier: EUPL-1.2
//! Stored appointments: reading them, and writing their history.

use contract::appuntamento::refusal::Refusal;
use contract::appuntamento::{Modalita, StatoAppuntamento};

use super::super::facts::session;
use super::refusals::refuse;
use crate::ctx::Ctx;
use crate::db::{Row, Value};
use crate::error::Error;

/// The beginning of every query whose rows [`read`] reads: appointments (`a`) with the wish for an earlier place and the
/// open offer that hang on them, so that a list is one query. The offer is one column of JSON and not an outer join,
/// with which SQLite compiles the statement anew whenever a value in WHERE changes.
const SELECT: &str = "SELECT a.id, a.codice_fiscale, a.nome, a.cognome, a.stato, a.servizi, a.sede, \
     a.gruppo, a.sportello, a.inizio, a.fine, a.modalita, a.convocazione, a.confermata, a.percettore, a.sequenza, \
     a.email, a.cellulare, a.note, a.pratica, a.creato, a.cambiato, a.giustificata, \
     EXISTS (SELECT 1 FROM attese w WHERE w.appuntamento = a.id), \
     (SELECT json_array(o.id, o.motivo, o.sede, o.inizio, o.fine, o.scade) FROM offerte o \
     WHERE o.appuntamento = a.id AND o.stato = 'aperta') FROM appuntamenti a";

/// An appointment as the store has it.
#[derive(Debug, Clone)]
pub(crate) struct Stored {
    pub(crate) id: String,
    pub(crate) codice_fiscale: String,
    pub(crate) nome: String,
    pub(crate) cognome: String,
    pub(crate) stato: StatoAppuntamento,
    /// The first is the one that the visit is for.
    pub(crate) servizi: Vec<String>,
    pub(crate) sede: String,
    pub(crate) gruppo: String,
    pub(crate) sportello: i64,
    pub(crate) inizio: i64,
    pub(crate) fine: i64,
    pub(crate) modalita: Modalita,
    pub(crate) convocazione: bool,
    pub(crate) confermata: Option<i64>,
    /// Whether the person receives NASpI or DIS-COLL, as far as the registry said.
    pub(crate) percettore: Option<bool>,
    pub(crate) sequenza: i64,
    pub(crate) email: Option<String>,
    pub(crate) cellulare: Option<String>,
    pub(crate) note: Option<String>,
    pub(crate) pratica: Option<String>,
    pub(crate) creato: i64,
    pub(crate) cambiato: i64,
    /// When the person said why they did not come.
    pub(crate) giustificata: Option<i64>,
    /// Whether the person waits for an earlier place.
    pub(crate) in_attesa: bool,
    /// Another place that is kept for the person.
    pub(crate) offerta: Option<Offered>,
}

/// An open offer as the store has it; it may have run out.
#[derive(Debug, Clone)]
pub(crate) struct Offered {
    pub(crate) id: String,
    pub(crate) motivo: String,
    pub(crate) sede: String,
    pub(crate) inizio: i64,
    pub(crate) fine: i64,
    pub(crate) scade: i64,
}

/// Reads a row of [`SELECT`].
fn read(row: &Row) -> Result<Stored, Error> {
    let broken = || Error::Db("a stored appointment cannot be read".into());
    let text = |n: usize| Ok::<_, Error>(row.opt_text(n)?.map(str::to_owned));
    let number = |n: usize| match row.0.get(n) {
        Some(Value::Integer(value)) => Some(*value),
        _ => None,
    };
    Ok(Stored {
        id: row.text(0)?.into(),
        codice_fiscale: row.text(1)?.into(),
        nome: row.text(2)?.into(),
        cognome: row.text(3)?.into(),
        stato: StatoAppuntamento::parse(row.text(4)?).ok_or_else(broken)?,
        servizi: row.text(5)?.split(',').map(str::to_owned).collect(),
        sede: row.text(6)?.into(),
        gruppo: row.text(7)?.into(),
        sportello: row.integer(8)?,
        inizio: row.integer(9)?,
        fine: row.integer(10)?,
        modalita: Modalita::parse(row.text(11)?).ok_or_else(broken)?,
        convocazione: row.integer(12)? != 0,
        confermata: number(13),
        percettore: number(14).map(|value| value != 0),
        sequenza: row.integer(15)?,
        email: text(16)?,
        cellulare: text(17)?,
        note: text(18)?,
        pratica: text(19)?,
        creato: row.integer(20)?,
        cambiato: row.integer(21)?,
        giustificata: number(22),
        in_attesa: row.integer(23)? != 0,
        offerta: offered(row)?,
    })
}

fn offered(row: &Row) -> Result<Option<Offered>, Error> {
    let Some(columns) = row.opt_text(24)? else {
        return Ok(None);
    };
    let (id, motivo, sede, inizio, fine, scade) = serde_json::from_str(columns)
        .map_err(|_| Error::Db("a stored offer cannot be read".into()))?;
    Ok(Some(Offered {
        id,
        motivo,
        sede,
        inizio,
        fine,
        scade,
    }))
}

/// Every appointment for which this holds, in this order.
pub(crate) async fn all(ctx: &Ctx, which: &str, values: &[Value]) -> Result<Vec<Stored>, Error> {
    let rows = ctx.db.query(&format!("{SELECT} {which}"), values).await?;
    rows.iter().map(read).collect()
}

/// One appointment, whoever's; the caller decides who may see it.
pub(crate) async fn find(ctx: &Ctx, id: &str) -> Result<Stored, Error> {
    let found = all(ctx, "WHERE a.id = ?1", &[id.into()]).await?;
    found.into_iter().next().ok_or(Error::NotFound)
}

/// One appointment of the signed-in person; somebody else's is not found.
pub(crate) async fn own(ctx: &Ctx, id: &str) -> Result<Stored, Error> {
    let stored = find(ctx, id).await?;
    if stored.codice_fiscale == session(ctx)?.citizen.codice_fiscale {
        Ok(stored)
    } else {
        Err(Error::NotFound)
    }
}

/// Writes a new appointment.
pub(crate) async fn insert(ctx: &Ctx, new: &Stored) -> Result<(), Error> {
    ctx.db
        .execute(
            "INSERT INTO appuntamenti (id, codice_fiscale, nome, cognome, stato, servizi, sede, gruppo, sportello, inizio, \
             fine, modalita, convocazione, confermata, percettore, sequenza, email, cellulare, note, pratica, creato, \
             cambiato) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, \
             ?20, ?21, ?22)",
            &[
                new.id.as_str().into(),
                new.codice_fiscale.as_str().into(),
                new.nome.as_str().into(),
                new.cognome.as_str().into(),
                new.stato.as_str().into(),
                new.servizi.join(",").into(),
                new.sede.as_str().into(),
                new.gruppo.as_str().into(),
                new.sportello.into(),
                new.inizio.into(),
                new.fine.into(),
                new.modalita.as_str().into(),
                i64::from(new.convocazione).into(),
                new.confermata.into(),
                new.percettore.map(i64::from).into(),
                new.sequenza.into(),
                new.email.as_deref().into(),
                new.cellulare.as_deref().into(),
                new.note.as_deref().into(),
                new.pratica.as_deref().into(),
                new.creato.into(),
                new.cambiato.into(),
            ],
        )
        .await?;
    Ok(())
}

/// Changes the state, if it is still the one that was read. False when somebody was faster.
pub(crate) async fn change_state(
    ctx: &Ctx,
    seen: &Stored,
    to: StatoAppuntamento,
) -> Result<bool, Error> {
    let changed = ctx
        .db
        .query(
            "UPDATE appuntamenti SET stato = ?1, sequenza = sequenza + 1, cambiato = ?2 \
             WHERE id = ?3 AND stato = ?4 AND sequenza = ?5 RETURNING id",
            &[
                to.as_str().into(),
                ctx.now.as_second().into(),
                seen.id.as_str().into(),
                seen.stato.as_str().into(),
                seen.sequenza.into(),
            ],
        )
        .await?;
    Ok(!changed.is_empty())
}

/// Writes where an appointment has moved, if it is still the one that was read. False when somebody was faster.
pub(crate) async fn change_place(ctx: &Ctx, seen: &Stored, moved: &Stored) -> Result<bool, Error> {
    let changed = ctx
        .db
        .query(
            "UPDATE appuntamenti SET stato = ?1, sede = ?2, gruppo = ?3, sportello = ?4, inizio = ?5, fine = ?6, \
             modalita = ?7, confermata = NULL, sequenza = sequenza + 1, cambiato = ?8 \
             WHERE id = ?9 AND stato = ?10 AND sequenza = ?11 RETURNING id",
            &[
                moved.stato.as_str().into(),
                moved.sede.as_str().into(),
                moved.gruppo.as_str().into(),
                moved.sportello.into(),
                moved.inizio.into(),
                moved.fine.into(),
                moved.modalita.as_str().into(),
                ctx.now.as_second().into(),
                seen.id.as_str().into(),
                seen.stato.as_str().into(),
                seen.sequenza.into(),
            ],
        )
        .await?;
    Ok(!changed.is_empty())
}

/// Writes an event; events are never changed. `who` is what people read, `person` whose act it is (`-` for a job).
pub(crate) async fn add_event(
    ctx: &Ctx,
    id: &str,
    (who, person): (&str, &str),
    what: &str,
    reason: Option<&str>,
) -> Result<(), Error> {
    let words = [who, person, what].map(Value::from);
    write_event(ctx, id, words, [reason.into(), Value::Null, Value::Null]).await
}

/// Writes a move, with what it moved from: the history of moves is kept.
pub(crate) async fn add_move(
    ctx: &Ctx,
    from: &Stored,
    (who, person): (&str, &str),
    what: &str,
) -> Result<(), Error> {
    let words = [who, person, what].map(Value::from);
    let before = [Value::Null, from.inizio.into(), from.sede.as_str().into()];
    write_event(ctx, &from.id, words, before).await
}

/// Events are never taken away, so that their number is that of the last one.
async fn write_event(
    ctx: &Ctx,
    id: &str,
    [who, person, what]: [Value; 3],
    [reason, before, office]: [Value; 3],
) -> Result<(), Error> {
    ctx.db
        .execute(
            "INSERT INTO eventi_appuntamento (appuntamento, numero, quando, chi, codice_fiscale, cosa, motivo, prima, \
             prima_sede) VALUES (?1, 1 + (SELECT count(*) FROM eventi_appuntamento WHERE appuntamento = ?1), ?2, ?3, ?4, \
             ?5, ?6, ?7, ?8)",
            &[
                id.into(),
                ctx.now.as_second().into(),
                who,
                person,
                what,
                reason,
                before,
                office,
            ],
        )
        .await?;
    Ok(())
}

/// Marks the services of an open appointment; refuses when one of them is booked already.
pub(crate) async fn open_services(ctx: &Ctx, appointment: &Stored) -> Result<(), Error> {
    for service in &appointment.servizi {
        // What has passed without anybody writing down how it went no longer stands in the way.
        ctx.db
            .execute(
                "DELETE FROM servizi_prenotati WHERE codice_fiscale = ?1 AND servizio = ?2 AND fine <= ?3",
                &[
                    appointment.codice_fiscale.as_str().into(),
                    service.as_str().into(),
                    ctx.now.as_second().into(),
                ],
            )
            .await?;
        ctx.db
            .execute(
                "INSERT INTO servizi_prenotati (codice_fiscale, servizio, appuntamento, fine) VALUES (?1, ?2, ?3, ?4)",
                &[
                    appointment.codice_fiscale.as_str().into(),
                    service.as_str().into(),
                    appointment.id.as_str().into(),
                    appointment.fine.into(),
                ],
            )
            .await
            .map_err(|error| {
                if crate::db::is_second(&error, "servizi_prenotati") {
                    refuse(Refusal::AlreadyBooked)
                } else {
                    error
                }
            })?;
    }
    Ok(())
}

/// Refuses when one of the services is booked already; what holds is decided by [`open_services`].
pub(crate) async fn refuse_booked(ctx: &Ctx, appointment: &Stored) -> Result<(), Error> {
    let rows = ctx
        .db
        .query(
            "SELECT servizio FROM servizi_prenotati WHERE codice_fiscale = ?1 AND fine > ?2",
            &[
                appointment.codice_fiscale.as_str().into(),
                ctx.now.as_second().into(),
            ],
        )
        .await?;
    for row in &rows {
        let booked = row.text(0)?;
        if appointment.servizi.iter().any(|service| service == booked) {
            return Err(refuse(Refusal::AlreadyBooked));
        }
    }
    Ok(())
}

/// The services are free to be booked again.
pub(crate) async fn close_services(ctx: &Ctx, appointment: &Stored) -> Result<(), Error> {
    ctx.db
        .execute(
            "DELETE FROM servizi_prenotati WHERE codice_fiscale = ?1 AND appuntamento = ?2",
            &[
                appointment.codice_fiscale.as_str().into(),
                appointment.id.as_str().into(),
            ],
        )
        .await?;
    Ok(())
}
