// SPDX-License-Identifier: EUPL-1.2
//! The routes of CVs and letters that a person keeps.

use contract::endpoint::Access::{self, Signed};

use crate::ctx::Ctx;
use crate::error::Error;
use crate::http::{Reply, Request};
use crate::services::cv::shelf::{self, Sort};

/// Handlers of this table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shelf {
    List(Sort),
    KeepOnly(Sort),
    One(Sort),
    Keep(Sort),
    Discard(Sort),
    Confirm,
}

/// Method, path, access, handler.
#[rustfmt::skip]
pub(super) const ROUTES: &[(&str, &str, Access, Shelf)] = {
    use Sort::{Cv, Letter};
    &[
        ("GET", "/api/cv", Signed, Shelf::List(Cv)),
        ("PUT", "/api/cv", Signed, Shelf::KeepOnly(Cv)),
        ("GET", "/api/cv/{id}", Signed, Shelf::One(Cv)),
        ("PUT", "/api/cv/{id}", Signed, Shelf::Keep(Cv)),
        ("DELETE", "/api/cv/{id}", Signed, Shelf::Discard(Cv)),
        ("POST", "/api/cv/{id}/conferma", Signed, Shelf::Confirm),
        ("GET", "/api/lettere", Signed, Shelf::List(Letter)),
        ("PUT", "/api/lettere", Signed, Shelf::KeepOnly(Letter)),
        ("GET", "/api/lettere/{id}", Signed, Shelf::One(Letter)),
        ("PUT", "/api/lettere/{id}", Signed, Shelf::Keep(Letter)),
        ("DELETE", "/api/lettere/{id}", Signed, Shelf::Discard(Letter)),
    ]
};

/// Hands a request to its handler.
pub(super) async fn dispatch(
    ctx: &Ctx,
    request: &Request,
    handler: Shelf,
    id: &str,
) -> Result<Reply, Error> {
    match handler {
        Shelf::List(sort) => shelf::list(ctx, sort, request).await,
        Shelf::KeepOnly(sort) => shelf::keep_only(ctx, sort, request).await,
        Shelf::One(sort) => shelf::one(ctx, sort, id, request).await,
        Shelf::Keep(sort) => shelf::keep(ctx, sort, id, request).await,
        Shelf::Discard(sort) => shelf::discard(ctx, sort, id, request).await,
        Shelf::Confirm => shelf::confirm(ctx, id, request).await,
    }
}
