// SPDX-License-Identifier: EUPL-1.2
//! The desk's agenda: the days of an office, one appointment, and what the office does with it. Operators see and touch
//! the appointments of their own office; every look at a person's data is written down, and the person can see it.

use contract::accessi::Look;
use contract::appuntamento::{
    Agenda, Appuntamento, AttoUfficio, AzioneAppuntamento, GiornoAgenda, GruppoAgenda, NotaUfficio,
    NuovaNota, Spostamento, StatoAppuntamento,
};
use contract::pratica::Actor;
use contract::problem::{FieldProblem, Problem};
use contract::sede::Sede;
use contract::slots::{By, CELL_SECONDS, cells_between, closed_on, places_on, spans_on};
use contract::texts;
use contract::values::calendar::rome_date;
use contract::values::text;
use jiff::ToSpan;

use super::accessi::{self, Seen};
use super::appuntamenti::reasons;
use super::appuntamenti::store::{self, Stored};
use super::appuntamenti::tell::{Notice, tell};
use super::appuntamenti::{attempt, change, changed, events, instant, rome, view, waiting};
use super::facts::session;
use super::operatore::signature;
use super::{disponibilita, sedi};
use crate::ctx::Ctx;
use crate::db::transaction;
use crate::error::Error;
use crate::http::{Reply, Request};
use crate::texts::Language;

pub(crate) mod blocks;
pub(crate) mod capacity;
pub(crate) mod closures;
pub(crate) mod desk;
pub(crate) mod figures;

/// Most days of one call.
const MOST_DAYS: i32 = 31;
/// Seconds in which the same operator's look at the same appointment in the agenda is one look.
const ONE_LOOK: i64 = 3600;

/// The office of the signed-in operator.
pub(crate) fn office(ctx: &Ctx) -> Result<&'static Sede, Error> {
    sedi::named(session(ctx)?.office.as_deref().ok_or(Error::Forbidden)?)
}

/// `GET /api/operatore/agenda?dal=&al=`.
pub(crate) async fn days(ctx: &Ctx, request: &Request) -> Result<Reply, Error> {
    let sede = office(ctx)?;
    let (dal, al) = days_asked(ctx, request)?;
    let range = cells_between(dal, al);
    let (from, until) = (range.start * CELL_SECONDS, range.end * CELL_SECONDS);
    let stored = store::all(
        ctx,
        "WHERE a.sede = ?1 AND a.inizio >= ?2 AND a.inizio < ?3 ORDER BY a.inizio, a.gruppo, a.sportello",
        &[sede.codice.as_str().into(), from.into(), until.into()],
    )
    .await?;
    record_agenda(ctx, sede, (from, until)).await?;
    let mut all = Vec::with_capacity(stored.len());
    for stored in &stored {
        all.push((
            rome_date(instant(stored.inizio)?),
            view(ctx, stored, Actor::Operatore)?,
        ));
    }
    let blocked = blocks::between(ctx, sede, (from, until)).await?;
    let exceptions = disponibilita::exceptions_of(ctx, sede, (dal, al)).await?;
    let english = ctx.language == Language::English;
    let own = |reason| {
        let mut known = sede.chiusure.iter();
        let known = known.find(|closure| closure.motivo == reason);
        known.map_or(reason, |closure| closure.said(english))
    };
    let mut giorni = Vec::new();
    let mut day = dal;
    while day <= al {
        let (of_day, later): (Vec<_>, Vec<_>) = all.into_iter().partition(|(on, _)| *on == day);
        all = later;
        giorni.push(GiornoAgenda {
            giorno: day,
            chiuso: closed_on(sede, &exceptions, day).map(|why| {
                let usual = why.usual();
                let usual =
                    usual.map(|(code, name)| ctx.language.text(&texts::chiuso_key(code), name));
                usual.unwrap_or_else(|| own(why.label())).to_owned()
            }),
            riapribile: day >= ctx.today()
                && exceptions.closures.iter().any(|(closed, _)| *closed == day),
            gruppi: sede
                .gruppi
                .iter()
                .map(|group| {
                    Ok(GruppoAgenda {
                        codice: group.codice.clone(),
                        nome: sedi::group_name(ctx, &group.codice)?,
                        sportelli: places_on(group, &exceptions, day),
                        fasce: spans_on(sede, group, day).collect(),
                    })
                })
                .collect::<Result<_, Error>>()?,
            appuntamenti: of_day.into_iter().map(|(_, one)| one).collect(),
            blocchi: blocked
                .iter()
                .filter(|block| block.inizio.starts_with(&day.to_string()))
                .cloned()
                .collect(),
        });
        let Ok(next) = day.tomorrow() else { break };
        day = next;
    }
    let agenda = Agenda {
        sede: sede.codice.clone(),
        giorni,
    };
    Ok(Reply::json(200, &agenda))
}

/// `dal` and `al`; without them today, without `al` the one day.
pub(crate) fn days_asked(
    ctx: &Ctx,
    request: &Request,
) -> Result<(jiff::civil::Date, jiff::civil::Date), Error> {
    let (dal, al) = disponibilita::days_asked(ctx, request, MOST_DAYS)?;
    let given = request.query_given("al");
    Ok((dal, given.map_or(dal, |_| al)))
}

/// One row for each person seen, not one for each time the page is drawn.
async fn record_agenda(ctx: &Ctx, sede: &Sede, (from, until): (i64, i64)) -> Result<(), Error> {
    let now = ctx.now.as_second();
    let operator = session(ctx)?.citizen.codice_fiscale.as_str();
    ctx.db
        .execute(
            "INSERT INTO accessi (quando, operatore, chi, codice_fiscale, pratica, cosa) \
             SELECT ?1, ?2, ?3, a.codice_fiscale, a.id, ?8 FROM appuntamenti a \
             WHERE a.sede = ?4 AND a.inizio >= ?5 AND a.inizio < ?6 AND NOT EXISTS (SELECT 1 FROM accessi x \
             WHERE x.codice_fiscale = a.codice_fiscale AND x.quando > ?7 AND x.operatore = ?2 AND x.pratica = a.id)",
            &[
                now.into(),
                operator.into(),
                signature(ctx)?.into(),
                sede.codice.as_str().into(),
                from.into(),
                until.into(),
                (now - ONE_LOOK).into(),
                Look::Agenda.as_str().into(),
            ],
        )
        .await?;
    Ok(())
}

/// Writes down who looked at or touched an appointment.
pub(crate) async fn record(ctx: &Ctx, stored: &Stored, look: Look) -> Result<(), Error> {
    let seen = Seen {
        owner: &stored.codice_fiscale,
        reference: &stored.id,
        file: None,
    };
    accessi::record(ctx, seen, look).await
}

/// An appointment of the operator's office; another office's is not found.
async fn of_office(ctx: &Ctx, id: &str) -> Result<Stored, Error> {
    let stored = store::find(ctx, id).await?;
    if stored.sede == office(ctx)?.codice {
        Ok(stored)
    } else {
        Err(Error::NotFound)
    }
}

/// `GET /api/operatore/appuntamenti/{id}`.
pub(crate) async fn one(ctx: &Ctx, id: &str) -> Result<Reply, Error> {
    let stored = of_office(ctx, id).await?;
    record(ctx, &stored, Look::Appuntamento).await?;
    Ok(Reply::json(200, &whole(ctx, &stored).await?))
}

/// With history and notes of the office.
pub(crate) async fn whole(ctx: &Ctx, stored: &Stored) -> Result<Appuntamento, Error> {
    let mut all = view(ctx, stored, Actor::Operatore)?;
    all.eventi = events(ctx, &stored.id).await?;
    reasons::tell(ctx, stored, &mut all).await?;
    let rows = ctx
        .db
        .query(
            "SELECT quando, chi, testo FROM note_ufficio WHERE appuntamento = ?1 ORDER BY numero",
            &[stored.id.as_str().into()],
        )
        .await?;
    for row in &rows {
        all.note_ufficio.push(NotaUfficio {
            quando: rome(ctx, row.integer(0)?)?,
            chi: row.text(1)?.into(),
            testo: row.text(2)?.into(),
        });
    }
    Ok(all)
}

/// `POST /api/operatore/appuntamenti/{id}/{azione}`.
pub(crate) async fn act(
    ctx: &Ctx,
    id: &str,
    name: &str,
    request: &Request,
) -> Result<Reply, Error> {
    let action = AzioneAppuntamento::parse(name);
    let allowed = matches!(
        action,
        Some(
            AzioneAppuntamento::SegnaErogato
                | AzioneAppuntamento::SegnaAssente
                | AzioneAppuntamento::Annulla
                | AzioneAppuntamento::Sposta
        )
    );
    if !allowed && name != "note" {
        return Err(Error::NotFound);
    }
    let stored = of_office(ctx, id).await?;
    // Nobody decides on an own appointment (art. 6-bis L. 241/1990).
    if stored.codice_fiscale == session(ctx)?.citizen.codice_fiscale {
        return Err(Error::Forbidden);
    }
    let after = match action {
        Some(AzioneAppuntamento::Sposta) => shift(ctx, &stored, request).await?,
        Some(action) if allowed => decide(ctx, &stored, action, request).await?,
        _ => add_note(ctx, &stored, request).await?,
    };
    Ok(Reply::json(
        200,
        &whole(ctx, &store::find(ctx, &after).await?).await?,
    ))
}

/// Attended, absent, cancelled.
async fn decide(
    ctx: &Ctx,
    stored: &Stored,
    action: AzioneAppuntamento,
    request: &Request,
) -> Result<String, Error> {
    let input: AttoUfficio = if request.body.is_empty() {
        AttoUfficio::default()
    } else {
        request.json()?
    };
    if input.stato_visto.is_some_and(|seen| seen != stored.stato) {
        return Err(changed());
    }
    let reason = reason(action, &input)?;
    attempt(ctx, stored, Actor::Operatore, action)?;
    let who = signature(ctx)?;
    let operator = session(ctx)?.citizen.codice_fiscale.clone();
    // Whether the person risks a benefit is asked before the transaction: the registry may be slow.
    let holder = match (action, stored.percettore) {
        (AzioneAppuntamento::SegnaAssente, None) if stored.convocazione => {
            desk::receives_benefit(ctx, &stored.codice_fiscale).await
        }
        (_, known) => known,
    };
    transaction(&ctx.db, async || {
        let stored = Stored {
            percettore: holder,
            ..store::find(ctx, &stored.id).await?
        };
        let to = attempt(ctx, &stored, Actor::Operatore, action)?;
        record(ctx, &stored, Look::Visit(action)).await?;
        let act = (who.as_str(), operator.as_str());
        if to == StatoAppuntamento::Annullato {
            let why = reason.as_deref().unwrap_or_default();
            change::release(ctx, &stored, to).await?;
            store::add_event(ctx, &stored.id, act, "annullato", Some(why)).await?;
            return tell(ctx, &stored, Notice::Annulled(why)).await;
        }
        if !store::change_state(ctx, &stored, to).await? {
            return Err(changed());
        }
        store::close_services(ctx, &stored).await?;
        waiting::stop(ctx, &stored.id).await?;
        store::add_event(ctx, &stored.id, act, to.as_str(), reason.as_deref()).await?;
        if to == StatoAppuntamento::NonPresentato {
            tell(ctx, &stored, Notice::Missed).await?;
        }
        Ok(())
    })
    .await?;
    Ok(stored.id.clone())
}

/// What the person reads; needed to cancel (art. 3 L. 241/1990).
fn reason(action: AzioneAppuntamento, input: &AttoUfficio) -> Result<Option<String>, Error> {
    let refused = |problem| Error::Refused(vec![FieldProblem::new("motivo", problem)]);
    match input.motivo.as_deref().map(str::trim) {
        None | Some("") if action == AzioneAppuntamento::Annulla => Err(refused(Problem::Missing)),
        None | Some("") => Ok(None),
        Some(words) => text::clean_lines(words, 500).map(Some).map_err(refused),
    }
}

async fn shift(ctx: &Ctx, stored: &Stored, request: &Request) -> Result<String, Error> {
    let input: Spostamento = request.json()?;
    let action = AzioneAppuntamento::Sposta;
    attempt(ctx, stored, Actor::Operatore, action)?;
    if input.blocco.is_some() {
        return Err(Error::Refused(vec![FieldProblem::new(
            "blocco",
            Problem::UnknownCode,
        )]));
    }
    let wanted = change::goal(stored, &input, By::Desk)?;
    if change::stays(stored, &wanted) {
        return Ok(stored.id.clone());
    }
    let who = signature(ctx)?;
    let operator = session(ctx)?.citizen.codice_fiscale.clone();
    let moved = transaction(&ctx.db, async || {
        let stored = store::find(ctx, &stored.id).await?;
        attempt(ctx, &stored, Actor::Operatore, action)?;
        record(ctx, &stored, Look::Visit(action)).await?;
        let act = (who.as_str(), operator.as_str());
        change::relocate(ctx, &stored, &wanted, None, act, "spostato").await
    })
    .await;
    disponibilita::told(ctx, &wanted, moved).await?;
    Ok(stored.id.clone())
}

async fn add_note(ctx: &Ctx, stored: &Stored, request: &Request) -> Result<String, Error> {
    let input: NuovaNota = request.json()?;
    let refused = |problem| Error::Refused(vec![FieldProblem::new("testo", problem)]);
    let words = text::clean_lines(&input.testo, 2000).map_err(refused)?;
    if words.is_empty() {
        return Err(refused(Problem::Missing));
    }
    record(ctx, stored, Look::Nota).await?;
    ctx.db
        .execute(
            "INSERT INTO note_ufficio (appuntamento, numero, quando, chi, testo) \
             VALUES (?1, 1 + (SELECT count(*) FROM note_ufficio WHERE appuntamento = ?1), ?2, ?3, ?4)",
            &[
                stored.id.as_str().into(),
                ctx.now.as_second().into(),
                signature(ctx)?.into(),
                words.into(),
            ],
        )
        .await?;
    Ok(stored.id.clone())
}

/// Days of a statement: today or later.
pub(crate) fn not_past(ctx: &Ctx, field: &str, day: jiff::civil::Date) -> Result<(), Error> {
    let today = ctx.today();
    if day < today {
        return Err(Error::Refused(vec![FieldProblem::new(
            field,
            Problem::DateBefore(today.to_string()),
        )]));
    }
    let last = today.saturating_add(2.years());
    if day > last {
        return Err(Error::Refused(vec![FieldProblem::new(
            field,
            Problem::DateAfter(last.to_string()),
        )]));
    }
    Ok(())
}
