// SPDX-License-Identifier: EUPL-1.2
//! The trial service: presented, protocolled and worked on like any other, with nothing told to anybody outside.

use contract::problem::FieldProblem;
use contract::service::{Case, Service};
use contract::services::prova::PROVA;

use super::did;
use super::effects::{Effects, Sound};
use super::pratiche::Stored;
use crate::ctx::Ctx;
use crate::error::Error;
use crate::http::Reply;

/// The trial service as `pratiche` sees it.
pub(crate) struct ProvaEffects;

impl Effects for ProvaEffects {
    fn service(&self) -> &'static Service {
        &PROVA
    }

    fn read(&self, case: Case<'_>) -> Result<Sound, Vec<FieldProblem>> {
        Ok(Sound {
            comune: case.answers.text("comune").unwrap_or_default().to_owned(),
            contact_days: None,
        })
    }

    /// There may be as many as one likes: only an id given twice could stand in the way.
    fn already_there(&self) -> Error {
        Error::Unavailable
    }

    fn receipt(&self, ctx: &Ctx, stored: &Stored) -> Result<Reply, Error> {
        let next = vec!["Hai finito la prova: non devi fare altro.".to_owned()];
        did::receipt_of(ctx, stored, PROVA.name, next, "ricevuta-prova.pdf")
    }

    /// There is nothing to declare.
    fn document(&self, _ctx: &Ctx, _stored: &Stored) -> Result<Reply, Error> {
        Err(Error::NotFound)
    }
}
