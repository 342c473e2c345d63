// SPDX-License-Identifier: EUPL-1.2
//! Acting on a request by the table of transitions, and the history that each step leaves behind.

use contract::avvisi;
use contract::pratica::{self, Action, ActionInput, Actor, Evento, OBSERVATION_DAYS, Stato};
use contract::problem::{FieldProblem, Problem};
use contract::texts;
use contract::values::text;

use super::read::{Stored, own};
use crate::ctx::Ctx;
use crate::db::{Value, transaction};
use crate::error::Error;
use crate::http::{Reply, Request};
use crate::services::facts::session;
use crate::services::notices;
use crate::services::notices::Notice;
use crate::texts as language;

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
    let to = pratica::next(from, actor, action).ok_or_else(not_permitted)?;
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
    transaction(&ctx.db, async || {
        let step = (from, to);
        write_transition(
            ctx,
            stored,
            who,
            step,
            reason.as_deref(),
            observations.into(),
        )
        .await
    })
    .await?;
    Ok(())
}

/// Why nothing is done that does not fit the request as it stands.
pub(crate) fn not_permitted() -> Error {
    Error::Conflict(
        "not_permitted",
        "In questo momento la pratica non permette questa operazione: ricarica la pagina per vedere a che punto è.",
    )
}

async fn write_transition(
    ctx: &Ctx,
    stored: &Stored,
    who: &str,
    (from, to): (Stato, Stato),
    reason: Option<&str>,
    observations: Value,
) -> Result<(), Error> {
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
        return Err(moved());
    }
    add_event(ctx, id, who, to, reason).await?;
    let person = stored.citizen.codice_fiscale.as_str();
    let language = language::of_person(ctx, person).await?;
    let stands = language.text(&texts::stato_key(to), to.label());
    notices::write(
        ctx,
        Notice {
            person,
            language,
            pratica: Some(id),
            appuntamento: None,
            model: match reason {
                Some(_) => avvisi::NOVITA_MOTIVO,
                None => avvisi::NOVITA,
            },
            values: &[
                ("protocollo", &stored.pratica.protocollo),
                ("stato", stands),
                ("motivo", reason.unwrap_or_default()),
            ],
            more: "",
        },
    )
    .await
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

/// Writes an event and gives it; events are never changed.
pub(crate) async fn add_event(
    ctx: &Ctx,
    id: &str,
    who: &str,
    stato: Stato,
    reason: Option<&str>,
) -> Result<Evento, Error> {
    let now = ctx.second();
    ctx.db
        .execute(
            "INSERT INTO eventi (pratica, numero, quando, chi, codice_fiscale, stato, motivo) \
             VALUES (?1, 1 + (SELECT count(*) FROM eventi WHERE pratica = ?1), ?2, ?3, ?4, ?5, ?6)",
            &[
                id.into(),
                now.as_second().into(),
                who.into(),
                session(ctx)?.citizen.codice_fiscale.as_str().into(),
                stato.as_str().into(),
                reason.into(),
            ],
        )
        .await?;
    Ok(Evento {
        quando: ctx.rome(now),
        chi: who.to_owned(),
        stato,
        motivo: reason.map(str::to_owned),
    })
}
