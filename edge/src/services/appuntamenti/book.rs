// SPDX-License-Identifier: EUPL-1.2
//! Booking: everything that the rules say is checked, then one transaction takes the place, the person's own time and
//! the service, or nothing at all.

use contract::appuntamento::refusal::Refusal;
use contract::appuntamento::{Modalita, NuovoAppuntamento, StatoAppuntamento};
use contract::prestazioni::{Requisito, Richiedente};
use contract::problem::{FieldProblem, Problem};
use contract::slots::{By, Cell, Place, Seat, Visit};
use contract::values::contact::{Email, Mobile};
use contract::values::text;

use super::super::facts::{self, session};
use super::super::pratiche::fingerprint;
use super::super::visits::Wanted;
use super::super::{disponibilita, notices};
use super::refusals::refuse;
use super::store::{self, Stored};
use super::tell::{Notice, tell};
use super::{cells, hold};
use crate::ctx::Ctx;
use crate::db::transaction;
use crate::error::Error;
use crate::http::{Reply, Request};

/// `POST /api/appuntamenti`.
pub(crate) async fn book(ctx: &Ctx, request: &Request) -> Result<Reply, Error> {
    let new: NuovoAppuntamento = request.json()?;
    let key = Key::read(ctx, request)?;
    if let Some(id) = key.known(ctx).await? {
        return created(ctx, &id).await;
    }
    let wanted = Wanted::read(
        (&new.servizio, &new.altri_servizi),
        &new.sede,
        &new.inizio,
        new.modalita,
        By::Citizen,
    )?;
    let citizen = &session(ctx)?.citizen;
    let contacts = contacts(ctx, &new)?;
    let note = note(new.note.as_deref(), "note", 500)?;
    if let Some(pratica) = &new.pratica {
        own_request(ctx, pratica).await?;
    }
    if new.blocco.is_none() {
        // Most of a crowd learns here, without a turn at writing, that the place is gone.
        let place = disponibilita::place(ctx, &wanted, "").await;
        if !matches!(&place, Err(Error::Conflict(..)))
            || !holds(ctx, &citizen.codice_fiscale).await?
        {
            disponibilita::told(ctx, &wanted, place).await?;
        }
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
    let booked = transaction(&ctx.db, async || {
        if let Some(id) = key.known(ctx).await? {
            return Ok(id);
        }
        let stored = place(ctx, &wanted, draft.clone(), new.blocco.as_deref()).await?;
        let who = ("cittadino", stored.codice_fiscale.as_str());
        store::add_event(ctx, &stored.id, who, "prenotato", None).await?;
        tell(ctx, &stored, Notice::Booked).await?;
        key.keep(ctx, &stored.id).await?;
        Ok(stored.id)
    })
    .await;
    let id = disponibilita::told(ctx, &wanted, booked).await?;
    notices::deliver(ctx).await;
    created(ctx, &id).await
}

/// Takes the place for a new appointment, the one that a hold keeps if there is one, and writes it; inside the caller's
/// transaction.
async fn place(
    ctx: &Ctx,
    wanted: &Wanted,
    new: Stored,
    held: Option<&str>,
) -> Result<Stored, Error> {
    let person = new.codice_fiscale.clone();
    let Some(held) = held else {
        hold::drop_of(ctx, &person).await?;
        // A person who has this service booked is told so, even when the place is gone as well.
        store::open_services(ctx, &new).await?;
        let place = disponibilita::place(ctx, wanted, "").await?;
        return settle(ctx, wanted, new, &place).await;
    };
    store::open_services(ctx, &new).await?;
    let kept = hold::kept(ctx, held, &person, wanted).await?;
    let kept = kept.ok_or_else(|| refuse(Refusal::HoldExpired))?;
    let cells = wanted.visit.desk_cells(kept.cell);
    if !cells::hand_over(ctx, held, cells, &new.id).await? {
        return Err(refuse(Refusal::HoldExpired));
    }
    hold::drop_of(ctx, &person).await?;
    write(ctx, wanted, new, (kept.cell, &kept.seat)).await
}

/// Takes the first free seat of a place for a new appointment and writes it; inside the caller's transaction, in which
/// the services of the person are marked.
pub(crate) async fn settle(
    ctx: &Ctx,
    wanted: &Wanted,
    new: Stored,
    place: &Place,
) -> Result<Stored, Error> {
    let seat = place
        .seats
        .first()
        .ok_or_else(|| refuse(Refusal::SlotTaken))?;
    let cells = wanted.visit.desk_cells(place.cell);
    cells::take(ctx, &wanted.sede.codice, seat, cells, &new.id, None).await?;
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

/// Whether the person holds anything, perhaps the very place.
async fn holds(ctx: &Ctx, person: &str) -> Result<bool, Error> {
    let rows = ctx
        .db
        .query(
            "SELECT 1 FROM blocchi WHERE codice_fiscale = ?1",
            &[person.into()],
        )
        .await?;
    Ok(!rows.is_empty())
}

async fn created(ctx: &Ctx, id: &str) -> Result<Reply, Error> {
    let reply = super::reply(ctx, 201, id).await?;
    Ok(reply.header("location", &format!("/api/appuntamenti/{id}")))
}

impl Stored {
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
            giustificazione: None,
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
                "SELECT stato FROM pratiche WHERE codice_fiscale = ?1 AND servizio = 'did' \
                 AND stato NOT IN ('respinta', 'ritirata') \
                 UNION ALL SELECT stato FROM appuntamenti WHERE codice_fiscale = ?1 AND stato = 'erogato' \
                 AND instr(',' || servizi || ',', ',did_patto,') > 0",
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

/// An idempotency key with the body that it came with.
pub(crate) struct Key {
    key: Option<String>,
    person: String,
    body: String,
}

impl Key {
    /// Reads the header.
    pub(crate) fn read(ctx: &Ctx, request: &Request) -> Result<Self, Error> {
        let key = request.header("idempotency-key").map(str::to_owned);
        if key
            .as_ref()
            .is_some_and(|key| key.is_empty() || key.len() > 128)
        {
            return Err(Error::BadRequest("Idempotency-Key"));
        }
        Ok(Self {
            key,
            person: session(ctx)?.citizen.codice_fiscale.clone(),
            body: fingerprint(&request.body),
        })
    }

    /// The appointment that this key has made already; another body under the same key is refused.
    pub(crate) async fn known(&self, ctx: &Ctx) -> Result<Option<String>, Error> {
        let Some(key) = &self.key else {
            return Ok(None);
        };
        let rows = ctx
            .db
            .query(
                "SELECT impronta, appuntamento FROM chiavi_appuntamenti WHERE codice_fiscale = ?1 AND chiave = ?2",
                &[self.person.as_str().into(), key.as_str().into()],
            )
            .await?;
        match rows.first() {
            None => Ok(None),
            Some(row) if row.text(0)? == self.body => Ok(Some(row.text(1)?.to_owned())),
            Some(_) => Err(Error::KeyReused),
        }
    }

    /// Keeps what the key has made; inside the transaction that makes it.
    pub(crate) async fn keep(&self, ctx: &Ctx, id: &str) -> Result<(), Error> {
        if let Some(key) = &self.key {
            ctx.db
                .execute(
                    "INSERT INTO chiavi_appuntamenti (codice_fiscale, chiave, impronta, appuntamento, quando) VALUES (?1, ?2, ?3, ?4, ?5)",
                    &[
                        self.person.as_str().into(),
                        key.as_str().into(),
                        self.body.as_str().into(),
                        id.into(),
                        ctx.now.as_second().into(),
                    ],
                )
                .await?;
        }
        Ok(())
    }
}
