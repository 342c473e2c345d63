// SPDX-License-Identifier: EUPL-1.2
//! Booking at the desk: somebody who walks in, somebody who calls, or a summons (convocazione, art. 20 D.Lgs. 150/2015).
//! The notice and the horizon of citizens do not bind the office; that a place is given once does.

use contract::accessi::Look;
use contract::appuntamento::AppuntamentoAlBanco;
use contract::problem::{FieldProblem, Problem};
use contract::slots::{self, By, Place, Search, Start};
use contract::values::codice_fiscale::CodiceFiscale;
use contract::values::contact::{Email, Mobile};
use contract::values::text;

use super::super::appuntamenti::book;
use super::super::appuntamenti::refusals::refuse;
use super::super::appuntamenti::store::{self, Stored};
use super::super::appuntamenti::tell::{Notice, tell};
use super::super::disponibilita;
use super::super::facts::{self, session};
use super::super::operatore::signature;
use super::super::visits::{self, Wanted};
use super::{office, record, whole};
use crate::ctx::Ctx;
use crate::db::transaction;
use crate::error::Error;
use crate::http::{Reply, Request};
use crate::idempotency::{self, Key};

/// `POST /api/operatore/appuntamenti`.
pub(crate) async fn book(ctx: &Ctx, request: &Request) -> Result<Reply, Error> {
    let new: AppuntamentoAlBanco = request.json()?;
    idempotency::once(
        ctx,
        request,
        async |key| make(ctx, &new, key).await,
        async |id| created(ctx, id).await,
    )
    .await
}

async fn make(ctx: &Ctx, new: &AppuntamentoAlBanco, key: Option<&Key>) -> Result<Reply, Error> {
    let person = person(new)?;
    if person.codice_fiscale == session(ctx)?.citizen.codice_fiscale {
        return Err(Error::Forbidden);
    }
    let sede = office(ctx)?;
    let walk_in = new.inizio.is_none();
    let wanted = Wanted {
        visit: visits::visit(&new.servizio, &new.altri_servizi)?,
        sede,
        start: match &new.inizio {
            Some(text) => slots::parse_start(text).map_err(refuse)?,
            None => Start::of_cell(slots::cell_of(ctx.now)),
        },
        modalita: new.modalita,
        by: By::Desk,
    };
    let percettore = if new.convocazione {
        receives_benefit(ctx, &person.codice_fiscale).await
    } else {
        None
    };
    let draft = Stored {
        id: ctx.token(),
        codice_fiscale: person.codice_fiscale,
        nome: person.nome,
        cognome: person.cognome,
        email: person.email,
        cellulare: person.cellulare,
        note: book::note(new.note.as_deref(), "note", 500)?,
        convocazione: new.convocazione,
        percettore,
        ..Stored::new(ctx, &wanted)
    };
    let who = signature(ctx)?;
    let operator = session(ctx)?.citizen.codice_fiscale.clone();
    let booked = transaction(&ctx.db, async || {
        let place = if walk_in {
            now(ctx, &wanted).await?
        } else {
            disponibilita::place(ctx, &wanted, "").await?
        };
        store::open_services(ctx, &draft).await?;
        let stored = book::settle(ctx, &wanted, draft.clone(), &place).await?;
        let act = (who.as_str(), operator.as_str());
        let (what, notice) = if new.convocazione {
            ("convocato", Notice::Summoned)
        } else {
            ("prenotato", Notice::Booked)
        };
        store::add_event(ctx, &stored.id, act, what, None).await?;
        if !walk_in {
            tell(ctx, &stored, notice).await?;
        }
        let did = if new.convocazione {
            Look::Convocato
        } else {
            Look::Prenotato
        };
        record(ctx, &stored, did).await?;
        let id = stored.id.as_str();
        idempotency::answered(ctx, key, id, created(ctx, id).await?).await
    })
    .await;
    disponibilita::told(ctx, &wanted, booked).await
}

async fn created(ctx: &Ctx, id: &str) -> Result<Reply, Error> {
    let stored = store::find(ctx, id).await?;
    Ok(Reply::json(201, &whole(ctx, &stored).await?)
        .header("location", &format!("/api/operatore/appuntamenti/{id}")))
}

/// A desk that is free from now on.
async fn now(ctx: &Ctx, wanted: &Wanted) -> Result<Place, Error> {
    let day = wanted.start.local.date();
    let known = disponibilita::know(ctx, wanted.sede, (day, day), "").await?;
    let search = Search {
        modalita: None,
        ..wanted.search(ctx)
    };
    slots::walk_in(known.office(wanted.sede), search).map_err(refuse)
}

/// Who the appointment is for.
struct Person {
    codice_fiscale: String,
    nome: String,
    cognome: String,
    email: Option<String>,
    cellulare: Option<String>,
}

fn person(new: &AppuntamentoAlBanco) -> Result<Person, Error> {
    let mut problems = Vec::new();
    let mut checked = |field: &str, read: Result<String, Problem>| {
        read.map_err(|problem| problems.push(FieldProblem::new(field, problem)))
            .unwrap_or_default()
    };
    let named = |typed: &str| {
        text::clean(typed, 100).and_then(|name| {
            if name.is_empty() {
                Err(Problem::Missing)
            } else {
                Ok(name)
            }
        })
    };
    let given = |text: &Option<String>| {
        let text = text.as_deref().map(str::trim).unwrap_or_default();
        (!text.is_empty()).then(|| text.to_owned())
    };
    let code = CodiceFiscale::parse(&new.codice_fiscale).map(|code| code.as_str().to_owned());
    let person = Person {
        codice_fiscale: checked("codice_fiscale", code),
        nome: checked("nome", named(&new.nome)),
        cognome: checked("cognome", named(&new.cognome)),
        email: given(&new.email).map(|text| {
            checked(
                "email",
                Email::parse(&text).map(|email| email.as_str().to_owned()),
            )
        }),
        cellulare: given(&new.cellulare).map(|text| {
            checked(
                "cellulare",
                Mobile::parse(&text).map(|mobile| mobile.as_str().to_owned()),
            )
        }),
    };
    if new.convocazione && new.inizio.is_none() {
        problems.push(FieldProblem::new("inizio", Problem::Missing));
    }
    if problems.is_empty() {
        Ok(person)
    } else {
        Err(Error::Refused(problems))
    }
}

/// Whether somebody receives NASpI or DIS-COLL today; `None` when the registry does not say.
pub(crate) async fn receives_benefit(ctx: &Ctx, person: &str) -> Option<bool> {
    let known = facts::fascicolo_of(ctx, person).await.ok()?;
    let today = ctx.today();
    let holds = |known: contract::facts::Fascicolo| {
        known.prestazioni.iter().any(|benefit| {
            matches!(benefit.tipo.as_str(), "naspi" | "dis_coll")
                && benefit.dal <= today
                && benefit.al.is_none_or(|end| end >= today)
        })
    };
    Some(known.is_some_and(holds))
}
