// SPDX-License-Identifier: EUPL-1.2
//! Booking: everything that the rules say is checked, then one transaction takes the place, the person's own time and
//! the service, or nothing at all.

use contract::appuntamento::refusal::Refusal;
use contract::appuntamento::{Modalita, NuovoAppuntamento, StatoAppuntamento};
use contract::prestazioni::{Requisito, Richiedente};
use contract::problem::{FieldProblem, Problem};
use contract::slots::{By, Cell, Place, Search, Seat, Visit};
use contract::values::contact::{Email, Mobile};
use contract::values::text;

use super::super::disponibilita;
use super::super::facts::{self, session};
use super::super::pratiche::standing;
use super::super::visits::Wanted;
use super::refusals::refuse;
use super::store::{self, Stored};
use super::tell::{Notice, tell};
use super::{cells, hold, waiting};
use crate::ctx::Ctx;
use crate::db::transaction;
use crate::error::Error;
use crate::http::{Reply, Request};
use crate::idempotency::{self, Key};

/// Seconds for which a place is claimed while its booking is written.
const CLAIM: i64 = 60;

/// `POST /api/appuntamenti`.
pub(crate) async fn book(ctx: &Ctx, request: &Request) -> Result<Reply, Error> {
    let new: NuovoAppuntamento = request.json()?;
    idempotency::once(
        ctx,
        request,
        async |key| make(ctx, &new, key).await,
        async |id| created(ctx, id).await,
    )
    .await
}

async fn make(ctx: &Ctx, new: &NuovoAppuntamento, key: Option<&Key>) -> Result<Reply, Error> {
    let wanted = Wanted::read(
        (&new.servizio, &new.altri_servizi),
        &new.sede,
        &new.inizio,
        new.modalita,
        By::Citizen,
    )?;
    let citizen = &session(ctx)?.citizen;
    let contacts = contacts(ctx, new)?;
    let note = note(new.note.as_deref(), "note", 500)?;
    if let Some(pratica) = &new.pratica {
        own_request(ctx, pratica).await?;
    }
    may_book(ctx, &wanted.visit, new.obbligo_assolto).await?;
    let draft = Stored {
        id: ctx.token(),
        codice_fiscale: citizen.codice_fiscale.clone(),
        nome: citizen.nome.clone(),
        cognome: citizen.cognome.clone(),
        email: contacts.0,
        cellulare: contacts.1,
        note,
        pratica: new.pratica.clone(),
        ..Stored::new(ctx, &wanted)
    };
    let booked = match &new.blocco {
        Some(held) => keep_booking(ctx, &wanted, key, &draft, Keeper::Hold(held)).await,
        None => claim_and_book(ctx, &wanted, key, &draft).await,
    };
    disponibilita::told(ctx, &wanted, booked).await
}

/// What keeps the place until the booking is written.
#[derive(Clone, Copy)]
enum Keeper<'a> {
    /// A hold of the person.
    Hold(&'a str),
    /// This request itself, for a moment.
    Claim(&'a str),
}

/// Books without a hold: the place is taken first, for a moment, so that a crowd waits for nobody.
async fn claim_and_book(
    ctx: &Ctx,
    wanted: &Wanted,
    key: Option<&Key>,
    draft: &Stored,
) -> Result<Reply, Error> {
    // A person who has this service booked is told so, even when the place is gone as well.
    store::refuse_booked(ctx, draft).await?;
    let person = draft.codice_fiscale.as_str();
    let freed = if hold::holds(ctx, person).await? {
        transaction(&ctx.db, async || hold::drop_of(ctx, person).await).await?
    } else {
        Vec::new()
    };
    let claim = key.map_or_else(|| draft.id.clone(), Key::claimant);
    let booked = claim_place(ctx, wanted, key, draft, &claim).await;
    if booked.is_err() {
        cells::give_back(ctx, &claim).await?;
    }
    waiting::pass_on(ctx, &freed).await;
    booked
}

async fn claim_place(
    ctx: &Ctx,
    wanted: &Wanted,
    key: Option<&Key>,
    draft: &Stored,
    claim: &str,
) -> Result<Reply, Error> {
    let place = disponibilita::place(ctx, wanted, claim).await?;
    let cells = wanted.visit.desk_cells(place.cell);
    let until = ctx.now.as_second() + CLAIM;
    let sede = &wanted.sede.codice;
    let seat = cells::take_first(ctx, sede, &place.seats, cells, claim, Some(until)).await?;
    let draft = Stored {
        gruppo: seat.gruppo.clone(),
        sportello: i64::from(seat.sportello),
        ..draft.clone()
    };
    keep_booking(ctx, wanted, key, &draft, Keeper::Claim(claim)).await
}

/// The transaction of a booking: the place that a hold or a claim keeps, the person's time and service, the appointment
/// with its first event and notice.
async fn keep_booking(
    ctx: &Ctx,
    wanted: &Wanted,
    key: Option<&Key>,
    draft: &Stored,
    by: Keeper<'_>,
) -> Result<Reply, Error> {
    transaction(&ctx.db, async || {
        store::open_services(ctx, draft).await?;
        let (keeper, cell, seat, gone) = match by {
            Keeper::Hold(held) => {
                let gone = Refusal::HoldExpired;
                let kept = hold::kept(ctx, held, &draft.codice_fiscale, wanted).await?;
                let kept = kept.ok_or_else(|| refuse(gone))?;
                (held, kept.cell, kept.seat, gone)
            }
            Keeper::Claim(claim) => {
                // The day may have been closed since, or have fewer desks.
                let place = disponibilita::place(ctx, wanted, claim).await?;
                let seat = Seat {
                    gruppo: draft.gruppo.clone(),
                    sportello: u16::try_from(draft.sportello).unwrap_or(0),
                };
                if !place.seats.contains(&seat) {
                    return Err(refuse(Refusal::SlotTaken));
                }
                (claim, place.cell, seat, Refusal::SlotTaken)
            }
        };
        let cells = wanted.visit.desk_cells(cell);
        if !cells::hand_over(ctx, keeper, cells, &draft.id).await? {
            return Err(refuse(gone));
        }
        if matches!(by, Keeper::Hold(_)) {
            // Its cells are the appointment's now: nothing comes free.
            hold::drop_of(ctx, &draft.codice_fiscale).await?;
        }
        let stored = write(ctx, wanted, draft.clone(), (cell, &seat)).await?;
        let who = ("cittadino", stored.codice_fiscale.as_str());
        store::add_event(ctx, &stored.id, who, "prenotato", None).await?;
        tell(ctx, &stored, Notice::Booked).await?;
        let id = stored.id.as_str();
        idempotency::answered(ctx, key, id, created(ctx, id).await?).await
    })
    .await
}

/// Takes the first free seat of a place for a new appointment and writes it; inside the caller's transaction, in which
/// the services of the person are marked.
pub(crate) async fn settle(
    ctx: &Ctx,
    wanted: &Wanted,
    new: Stored,
    place: &Place,
) -> Result<Stored, Error> {
    let cells = wanted.visit.desk_cells(place.cell);
    let sede = &wanted.sede.codice;
    let seat = cells::take_first(ctx, sede, &place.seats, cells, &new.id, None).await?;
    write(ctx, wanted, new, (place.cell, seat)).await
}

async fn write(
    ctx: &Ctx,
    wanted: &Wanted,
    new: Stored,
    (cell, seat): (Cell, &Seat),
) -> Result<Stored, Error> {
    let new = Stored {
        gruppo: seat.gruppo.clone(),
        sportello: i64::from(seat.sportello),
        ..new
    };
    let cells = wanted.visit.person_cells(cell);
    cells::take_person(ctx, &new.codice_fiscale, cells, &new.id).await?;
    store::insert(ctx, &new).await?;
    Ok(new)
}

async fn created(ctx: &Ctx, id: &str) -> Result<Reply, Error> {
    let reply = super::reply(ctx, 201, id).await?;
    Ok(reply.header("location", &format!("/api/appuntamenti/{id}")))
}

impl Stored {
    /// What to look for when another place is wanted for it.
    pub(crate) fn search<'a>(&self, ctx: &Ctx, visit: &'a Visit) -> Search<'a> {
        Search {
            visit,
            by: By::Citizen,
            modalita: Some(self.modalita),
            now: ctx.now,
        }
    }

    /// An appointment of nobody yet, at a wanted place.
    pub(crate) fn new(ctx: &Ctx, wanted: &Wanted) -> Self {
        let now = ctx.now.as_second();
        Self {
            id: String::new(),
            codice_fiscale: String::new(),
            nome: String::new(),
            cognome: String::new(),
            stato: StatoAppuntamento::DaErogare,
            servizi: wanted.visit.codes(),
            sede: wanted.sede.codice.clone(),
            gruppo: String::new(),
            sportello: 0,
            inizio: wanted.start.instant.as_second(),
            fine: wanted.visit.end(wanted.start.instant).as_second(),
            modalita: wanted.modalita,
            convocazione: false,
            confermata: None,
            percettore: None,
            sequenza: 0,
            email: None,
            cellulare: None,
            note: None,
            pratica: None,
            creato: now,
            cambiato: now,
            giustificata: None,
            in_attesa: false,
            offerta: None,
        }
    }
}

/// The contacts for an appointment: those given, or those of the identity. One is needed, for a video an e-mail and for
/// a call a number.
fn contacts(ctx: &Ctx, new: &NuovoAppuntamento) -> Result<(Option<String>, Option<String>), Error> {
    let citizen = &session(ctx)?.citizen;
    let given = |given: &Option<String>, known: &Option<String>| {
        given
            .as_deref()
            .map(str::trim)
            .filter(|text| !text.is_empty())
            .map(str::to_owned)
            .or_else(|| known.clone().filter(|text| !text.is_empty()))
    };
    let mut problems = Vec::new();
    let mut checked = |field: &str, read: Result<String, Problem>| {
        read.map_err(|problem| problems.push(FieldProblem::new(field, problem)))
            .ok()
    };
    let email = given(&new.email, &citizen.email).and_then(|text| {
        checked(
            "email",
            Email::parse(&text).map(|email| email.as_str().to_owned()),
        )
    });
    let mobile = given(&new.cellulare, &citizen.cellulare).and_then(|text| {
        checked(
            "cellulare",
            Mobile::parse(&text).map(|m| m.as_str().to_owned()),
        )
    });
    if !problems.is_empty() {
        return Err(Error::Refused(problems));
    }
    let enough = match new.modalita {
        Modalita::Presenza => email.is_some() || mobile.is_some(),
        Modalita::Telefono => mobile.is_some(),
        Modalita::Video => email.is_some() && mobile.is_some(),
    };
    if enough {
        Ok((email, mobile))
    } else {
        Err(refuse(Refusal::ContactsMissing))
    }
}

/// Several lines of free text, or nothing.
pub(crate) fn note(given: Option<&str>, field: &str, most: u16) -> Result<Option<String>, Error> {
    match given.map(str::trim) {
        None | Some("") => Ok(None),
        Some(given) => text::clean_lines(given, most)
            .map(Some)
            .map_err(|problem| Error::Refused(vec![FieldProblem::new(field, problem)])),
    }
}

async fn own_request(ctx: &Ctx, id: &str) -> Result<(), Error> {
    let rows = ctx
        .db
        .query(
            "SELECT 1 FROM pratiche WHERE id = ?1 AND codice_fiscale = ?2",
            &[
                id.into(),
                session(ctx)?.citizen.codice_fiscale.as_str().into(),
            ],
        )
        .await?;
    if rows.is_empty() {
        return Err(Error::Refused(vec![FieldProblem::new(
            "pratica",
            Problem::UnknownCode,
        )]));
    }
    Ok(())
}

/// Whether the services are for this person.
async fn may_book(ctx: &Ctx, visit: &Visit, school: bool) -> Result<(), Error> {
    let citizen = &session(ctx)?.citizen;
    let wants = |what| {
        visit
            .services
            .iter()
            .any(|service| service.requisito == what)
    };
    let mut person = Richiedente {
        eta: citizen.age(ctx.today()),
        obbligo_assolto: school,
        did: false,
        patto: false,
    };
    if wants(Requisito::Did) || wants(Requisito::Patto) {
        let rows = ctx
            .db
            .query(
                &format!(
                    "SELECT stato FROM pratiche WHERE codice_fiscale = ?1 AND servizio = 'did' AND {} \
                     UNION ALL SELECT stato FROM appuntamenti WHERE codice_fiscale = ?1 AND stato = 'erogato' \
                     AND instr(',' || servizi || ',', ',did_patto,') > 0",
                    standing()
                ),
                &[citizen.codice_fiscale.as_str().into()],
            )
            .await?;
        for row in &rows {
            person.did = true;
            person.patto |= matches!(row.text(0)?, "accolta" | "erogato");
        }
        if !person.did {
            // A claim for NASpI or DIS-COLL counts as a DID (art. 21 c. 1 D.Lgs. 150/2015).
            let known = facts::fascicolo_of(ctx, &citizen.codice_fiscale).await?;
            person.did = known.is_some_and(|known| known.did_inps.is_some());
        }
    }
    for service in &visit.services {
        service.open_to(person).map_err(refuse)?;
    }
    Ok(())
}
