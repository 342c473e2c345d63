// SPDX-License-Identifier: EUPL-1.2
//! Appointments of citizens: booking, reading one's own, moving, cancelling, answering a summons.

use contract::appuntamento::life::{Moment, justify_by};
use contract::appuntamento::refusal::Refusal;
use contract::appuntamento::{
    Appuntamento, AzioneAppuntamento, Disponibilita, EventoAppuntamento, Offerta, Prima,
    StatoAppuntamento,
};
use contract::pratica::{Actor, Presentatore};
use jiff::Timestamp;

use super::facts::session;
use super::{sedi, visits};
use crate::ctx::Ctx;
use crate::error::Error;
use crate::http::{Reply, Request};

pub(crate) mod book;
pub(crate) mod cells;
pub(crate) mod change;
pub(crate) mod hold;
pub(crate) mod invite;
pub(crate) mod reasons;
pub(crate) mod refusals;
pub(crate) mod store;
pub(crate) mod summons;
pub(crate) mod tell;
pub(crate) mod waiting;

#[cfg(test)]
mod tests;

use refusals::refuse;
use store::Stored;

/// `GET /api/appuntamenti`: those to come first, the nearest first; then those that are over, the latest first.
pub(crate) async fn list(ctx: &Ctx) -> Result<Reply, Error> {
    let person = session(ctx)?.citizen.codice_fiscale.as_str().into();
    let mut own = store::all(ctx, "WHERE a.codice_fiscale = ?1", &[person]).await?;
    let now = ctx.now.as_second();
    own.sort_by_key(|one| {
        let over = one.stato != StatoAppuntamento::DaErogare || one.fine <= now;
        (over, one.inizio.abs_diff(now))
    });
    let all: Vec<Appuntamento> = own
        .iter()
        .take(200)
        .map(|stored| view(ctx, stored, Actor::Cittadino))
        .collect::<Result<_, _>>()?;
    Ok(Reply::json(200, &all))
}

/// `GET /api/appuntamenti/{id}`.
pub(crate) async fn one(ctx: &Ctx, id: &str) -> Result<Reply, Error> {
    reply(ctx, 200, id).await
}

/// An own appointment with its history, as an answer.
pub(crate) async fn reply(ctx: &Ctx, status: u16, id: &str) -> Result<Reply, Error> {
    let stored = store::own(ctx, id).await?;
    let mut view = view(ctx, &stored, Actor::Cittadino)?;
    view.eventi = events(ctx, id).await?;
    reasons::tell(ctx, &stored, &mut view).await?;
    Ok(Reply::json(status, &view))
}

/// `POST /api/appuntamenti/{id}/{azione}`.
pub(crate) async fn act(
    ctx: &Ctx,
    id: &str,
    name: &str,
    request: &Request,
) -> Result<Reply, Error> {
    use AzioneAppuntamento as Azione;
    match Azione::parse(name) {
        Some(Azione::Sposta) => change::shift(ctx, id, request).await?,
        Some(Azione::Disdici) => change::cancel(ctx, id, request).await?,
        Some(Azione::Conferma) => summons::confirm(ctx, id).await?,
        Some(Azione::Giustifica) => summons::justify(ctx, id, request).await?,
        Some(action @ (Azione::Attendi | Azione::NonAttendere)) => {
            change::wish(ctx, id, action).await?;
        }
        _ => return Err(Error::NotFound),
    }
    reply(ctx, 200, id).await
}

/// What the table of the contract needs to know.
fn moment(ctx: &Ctx, stored: &Stored) -> Result<Moment, Error> {
    let visit = visits::of_stored(stored)?;
    let begins = instant(stored.inizio)?;
    Ok(Moment {
        stato: stored.stato,
        convocazione: stored.convocazione,
        confermata: stored.confermata.is_some(),
        giustificata: stored.giustificata.is_some(),
        in_attesa: stored.in_attesa,
        inizio: begins,
        spostabile_fino_a: visit.move_until(begins),
        disdicibile_fino_a: visit.cancel_until(begins),
        now: ctx.now,
    })
}

/// Whether the table lets somebody do this now, and where it leads.
pub(crate) fn attempt(
    ctx: &Ctx,
    stored: &Stored,
    actor: Actor,
    action: AzioneAppuntamento,
) -> Result<StatoAppuntamento, Error> {
    moment(ctx, stored)?.attempt(actor, action).map_err(refuse)
}

/// An appointment as somebody sees it; without its history.
pub(crate) fn view(ctx: &Ctx, stored: &Stored, actor: Actor) -> Result<Appuntamento, Error> {
    let moment = moment(ctx, stored)?;
    let desk = actor == Actor::Operatore;
    let open = stored.stato == StatoAppuntamento::DaErogare;
    Ok(Appuntamento {
        id: stored.id.clone(),
        stato: stored.stato,
        servizio: stored.servizi.first().cloned().unwrap_or_default(),
        altri_servizi: stored.servizi.iter().skip(1).cloned().collect(),
        sede: stored.sede.clone(),
        inizio: rome(ctx, stored.inizio)?,
        fine: rome(ctx, stored.fine)?,
        modalita: stored.modalita,
        collegamento: tell::video(ctx, stored).filter(|_| open),
        convocazione: stored.convocazione,
        confermata_il: stored.confermata.map(|when| rome(ctx, when)).transpose()?,
        sequenza: u32::try_from(stored.sequenza).unwrap_or(0),
        spostabile_fino_a: ctx.rome(moment.spostabile_fino_a),
        disdicibile_fino_a: ctx.rome(moment.disdicibile_fino_a),
        giustificabile_entro: stored.convocazione.then(|| justify_by(moment.inizio)),
        azioni: moment.permitted(actor),
        note: stored.note.clone(),
        pratica: stored.pratica.clone(),
        in_attesa: moment.in_attesa,
        offerta: offer(ctx, stored)?,
        eventi: Vec::new(),
        giustificazione: None,
        documento: None,
        gruppo: desk.then(|| stored.gruppo.clone()),
        nome_gruppo: desk
            .then(|| sedi::group_name(ctx, &stored.gruppo))
            .transpose()?,
        sportello: u16::try_from(stored.sportello).ok().filter(|_| desk),
        note_ufficio: Vec::new(),
        cittadino: desk.then(|| Presentatore {
            codice_fiscale: stored.codice_fiscale.clone(),
            nome: stored.nome.clone(),
            cognome: stored.cognome.clone(),
        }),
        email: stored.email.clone(),
        cellulare: stored.cellulare.clone(),
    })
}

fn offer(ctx: &Ctx, stored: &Stored) -> Result<Option<Offerta>, Error> {
    let now = ctx.now.as_second();
    let Some(kept) = stored.offerta.as_ref().filter(|kept| kept.scade > now) else {
        return Ok(None);
    };
    Ok(Some(Offerta {
        id: kept.id.clone(),
        motivo: kept.motivo.clone(),
        posto: Disponibilita {
            inizio: rome(ctx, kept.inizio)?,
            fine: rome(ctx, kept.fine)?,
            modalita: vec![stored.modalita],
            posti: 1,
            sede: kept.sede.clone(),
        },
        scade_il: rome(ctx, kept.scade)?,
    }))
}

/// The history of an appointment, oldest first.
pub(crate) async fn events(ctx: &Ctx, id: &str) -> Result<Vec<EventoAppuntamento>, Error> {
    let rows = ctx
        .db
        .query(
            "SELECT quando, chi, cosa, motivo, prima, prima_sede FROM eventi_appuntamento WHERE appuntamento = ?1 \
             ORDER BY numero",
            &[id.into()],
        )
        .await?;
    rows.iter()
        .map(|row| {
            Ok(EventoAppuntamento {
                quando: rome(ctx, row.integer(0)?)?,
                chi: row.text(1)?.into(),
                cosa: row.text(2)?.into(),
                motivo: row.opt_text(3)?.map(str::to_owned),
                prima: match row.opt_text(5)? {
                    Some(sede) => Some(Prima {
                        inizio: rome(ctx, row.integer(4)?)?,
                        sede: sede.into(),
                    }),
                    None => None,
                },
            })
        })
        .collect()
}

/// A stored instant.
pub(crate) fn instant(second: i64) -> Result<Timestamp, Error> {
    Timestamp::from_second(second).map_err(|_| Error::Db("an instant is broken".into()))
}

/// A stored instant as RFC 3339 with the offset of Rome.
pub(crate) fn rome(ctx: &Ctx, second: i64) -> Result<String, Error> {
    Ok(ctx.rome(instant(second)?))
}

/// Somebody has changed the appointment meanwhile.
pub(crate) fn changed() -> Error {
    refuse(Refusal::Changed)
}
