// SPDX-License-Identifier: EUPL-1.2
//! The contract's refusals as errors of the edge: at their field with 422, or as a conflict with 409.

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
