// SPDX-License-Identifier: EUPL-1.2
//! The routes of the requests at the operator's desk.

use contract::endpoint::Access::{self, Operator};

use crate::ctx::Ctx;
use crate::error::Error;
use crate::http::{Reply, Request};
use crate::services::operatore;

/// Handlers of this table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Desk {
    Queue,
    One,
    Document,
    Retransmit,
    Act,
}

/// Method, path, access, handler.
#[rustfmt::skip]
pub(super) const ROUTES: &[(&str, &str, Access, Desk)] = &[
    ("GET", "/api/operatore/pratiche", Operator, Desk::Queue),
    ("GET", "/api/operatore/pratiche/{id}", Operator, Desk::One),
    ("GET", "/api/operatore/pratiche/{id}/documento.pdf", Operator, Desk::Document),
    ("POST", "/api/operatore/pratiche/{id}/ritrasmissione", Operator, Desk::Retransmit),
    ("POST", "/api/operatore/pratiche/{id}/{azione}", Operator, Desk::Act),
];

/// Hands a request to its handler.
pub(super) async fn dispatch(
    ctx: &Ctx,
    request: &Request,
    handler: Desk,
    id: &str,
    action: &str,
) -> Result<Reply, Error> {
    match handler {
        Desk::Queue => operatore::queue(ctx, request).await,
        Desk::One => operatore::one(ctx, id).await,
        Desk::Document => operatore::document(ctx, id).await,
        Desk::Retransmit => operatore::retransmit(ctx, id).await,
        Desk::Act => operatore::act(ctx, id, action, request).await,
    }
}
