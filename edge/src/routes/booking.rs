// SPDX-License-Identifier: EUPL-1.2
//! The routes of offices, appointments and the language in which people are told of them, the agenda and the scheduled
//! job.

use contract::endpoint::Access;

use crate::ctx::Ctx;
use crate::error::Error;
use crate::http::{Reply, Request};
use crate::services::appuntamenti::waiting::offers;
use crate::services::appuntamenti::{self, book, hold, invite};
use crate::services::{agenda, disponibilita, lavori, lingua, sedi};

/// Handlers of this table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Booking {
    Offices,
    FirstPlaces,
    Office,
    Services,
    FreePlaces,
    Hold,
    GiveBack,
    Book,
    List,
    One,
    Act,
    Invite,
    Accept,
    Refuse,
    Language,
    ChooseLanguage,
    Agenda,
    DeskBook,
    DeskOne,
    DeskAct,
    Blocks,
    Block,
    Unblock,
    Close,
    Reopen,
    Capacity,
    ChangeCapacity,
    Figures,
    Job,
}

/// Method, path, access, handler.
#[rustfmt::skip]
pub(super) const ROUTES: &[(&str, &str, Access, Booking)] = {
    use Access::{Operator, Public, Signed};
    &[
        ("GET", "/api/sedi", Public, Booking::Offices),
        ("GET", "/api/sedi/prime", Public, Booking::FirstPlaces),
        ("GET", "/api/sedi/{codice}", Public, Booking::Office),
        ("GET", "/api/prestazioni", Public, Booking::Services),
        ("GET", "/api/disponibilita", Public, Booking::FreePlaces),
        ("POST", "/api/blocchi", Signed, Booking::Hold),
        ("DELETE", "/api/blocchi/{id}", Signed, Booking::GiveBack),
        ("POST", "/api/appuntamenti", Signed, Booking::Book),
        ("GET", "/api/appuntamenti", Signed, Booking::List),
        ("GET", "/api/appuntamenti/{id}", Signed, Booking::One),
        ("GET", "/api/appuntamenti/{id}/invito.ics", Signed, Booking::Invite),
        ("POST", "/api/appuntamenti/{id}/{azione}", Signed, Booking::Act),
        ("POST", "/api/offerte/{id}/accetta", Signed, Booking::Accept),
        ("POST", "/api/offerte/{id}/rifiuta", Signed, Booking::Refuse),
        ("GET", "/api/lingua", Signed, Booking::Language),
        ("PUT", "/api/lingua", Signed, Booking::ChooseLanguage),
        ("GET", "/api/operatore/agenda", Operator, Booking::Agenda),
        ("POST", "/api/operatore/appuntamenti", Operator, Booking::DeskBook),
        ("GET", "/api/operatore/appuntamenti/{id}", Operator, Booking::DeskOne),
        ("POST", "/api/operatore/appuntamenti/{id}/{azione}", Operator, Booking::DeskAct),
        ("GET", "/api/operatore/blocchi", Operator, Booking::Blocks),
        ("POST", "/api/operatore/blocchi", Operator, Booking::Block),
        ("DELETE", "/api/operatore/blocchi/{id}", Operator, Booking::Unblock),
        ("POST", "/api/operatore/chiusure", Operator, Booking::Close),
        ("DELETE", "/api/operatore/chiusure/{giorno}", Operator, Booking::Reopen),
        ("GET", "/api/operatore/capienza", Operator, Booking::Capacity),
        ("PUT", "/api/operatore/capienza", Operator, Booking::ChangeCapacity),
        ("GET", "/api/operatore/statistiche", Operator, Booking::Figures),
        ("POST", "/api/lavori/promemoria", Public, Booking::Job),
    ]
};

/// Hands a request to its handler.
pub(super) async fn dispatch<'r>(
    ctx: &Ctx,
    request: &Request,
    handler: Booking,
    part: impl Fn(usize) -> &'r str,
) -> Result<Reply, Error> {
    let (id, action) = (part(0), part(1));
    match handler {
        Booking::Offices => sedi::list(ctx),
        Booking::FirstPlaces => sedi::first_places(ctx, request).await,
        Booking::Office => sedi::one(ctx, id),
        Booking::Services => sedi::services(ctx),
        Booking::FreePlaces => disponibilita::list(ctx, request).await,
        Booking::Hold => hold::hold(ctx, request).await,
        Booking::GiveBack => hold::give_back(ctx, id).await,
        Booking::Book => book::book(ctx, request).await,
        Booking::List => appuntamenti::list(ctx).await,
        Booking::One => appuntamenti::one(ctx, id).await,
        Booking::Act => appuntamenti::act(ctx, id, action, request).await,
        Booking::Invite => invite::invite(ctx, id).await,
        Booking::Accept => offers::accept(ctx, id).await,
        Booking::Refuse => offers::refuse_offer(ctx, id).await,
        Booking::Language => lingua::read(ctx),
        Booking::ChooseLanguage => lingua::choose(ctx, request).await,
        Booking::Agenda => agenda::days(ctx, request).await,
        Booking::DeskBook => agenda::desk::book(ctx, request).await,
        Booking::DeskOne => agenda::one(ctx, id).await,
        Booking::DeskAct => agenda::act(ctx, id, action, request).await,
        Booking::Blocks => agenda::blocks::list(ctx, request).await,
        Booking::Block => agenda::blocks::block(ctx, request).await,
        Booking::Unblock => agenda::blocks::unblock(ctx, id).await,
        Booking::Close => agenda::closures::close(ctx, request).await,
        Booking::Reopen => agenda::closures::reopen(ctx, id).await,
        Booking::Capacity => agenda::capacity::read(ctx).await,
        Booking::ChangeCapacity => agenda::capacity::change(ctx, request).await,
        Booking::Figures => agenda::figures::read(ctx, request).await,
        Booking::Job => lavori::run(ctx, request).await,
    }
}
