// SPDX-License-Identifier: EUPL-1.2
//! The contract's refusals as errors of the edge: at their field with 422, or as a conflict with 409, with places that
//! are still free where somebody else has the one that was wanted.

use contract::appuntamento::Disponibilita;
use contract::appuntamento::refusal::Refusal;
use contract::problem::FieldProblem;

use crate::error::Error;

/// A refusal.
pub(crate) fn refuse(refusal: Refusal) -> Error {
    if refusal.status() == 422 {
        Error::Refused(vec![FieldProblem::new(refusal.field(), refusal.problem())])
    } else {
        Error::Conflict(refusal.code(), refusal.italian())
    }
}

/// A refusal with other places to choose from.
pub(crate) fn refuse_with(refusal: Refusal, alternative: Vec<Disponibilita>) -> Error {
    Error::Taken(refusal.code(), refusal.italian(), alternative)
}
