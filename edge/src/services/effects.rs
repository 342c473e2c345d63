// SPDX-License-Identifier: EUPL-1.2
//! What one service does and the others do not: everything that presenting, reading and deciding a request ask of its
//! service. `pratiche` knows no service; each service answers here for itself.

use std::pin::Pin;

use contract::problem::FieldProblem;
use contract::service::{Case, Service};

use super::pratiche::Stored;
use crate::ctx::Ctx;
use crate::error::Error;
use crate::http::Reply;

/// Something that is done later, and that nobody's answer hangs on.
pub(crate) type Later<'a, T> = Pin<Box<dyn Future<Output = Result<T, Error>> + 'a>>;

/// What has to be known of sound answers to store them.
pub(crate) struct Sound {
    /// Belfiore code of the comune whose office is competent.
    pub(crate) comune: String,
    /// Within how many days the person has to get in touch, if the law sets a term.
    pub(crate) contact_days: Option<i64>,
}

/// The effects of one service.
pub(crate) trait Effects: Sync {
    /// The service whose effects these are.
    fn service(&self) -> &'static Service;

    /// Reads pruned answers by the service's own rules, the last time before they are stored.
    fn read(&self, case: Case<'_>) -> Result<Sound, Vec<FieldProblem>>;

    /// Why a second request does not stand beside the first, where the store allows one only.
    fn already_there(&self) -> Error;

    /// Tells others of up to `most` requests that they do not know of, and says of how many. Called after answers and
    /// by the scheduled job, so that what does not succeed is tried again.
    fn tell<'a>(&self, _ctx: &'a Ctx, _most: u32) -> Later<'a, u32> {
        Box::pin(async { Ok(0) })
    }

    /// Tells others now of one request that they have refused.
    fn tell_again<'a>(&self, _ctx: &'a Ctx, _id: &'a str) -> Later<'a, ()> {
        Box::pin(async { Err(Error::NotFound) })
    }

    /// The receipt of art. 18-bis L. 241/1990 as PDF.
    fn receipt(&self, ctx: &Ctx, stored: &Stored) -> Result<Reply, Error>;

    /// What was presented, as PDF.
    fn document(&self, ctx: &Ctx, stored: &Stored) -> Result<Reply, Error>;

    /// The person's next term as a calendar entry, where there is one.
    fn calendar(&self, _ctx: &Ctx, _stored: &Stored) -> Result<Reply, Error> {
        Err(Error::NotFound)
    }
}

/// The effects of the service with this slug, whether or not this installation offers it.
pub(crate) fn of(slug: &str) -> Option<&'static dyn Effects> {
    super::EFFECTS
        .iter()
        .copied()
        .find(|effects| effects.service().slug == slug)
}

/// The effects of the service that a request was presented to.
pub(crate) fn of_stored(stored: &Stored) -> Result<&'static dyn Effects, Error> {
    of(&stored.pratica.servizio)
        .ok_or_else(|| Error::Db("a stored request names a service that is not there".into()))
}

#[cfg(test)]
mod tests {
    use crate::services::EFFECTS;

    #[test]
    fn every_service_has_its_effects_and_has_them_once() {
        for service in contract::services::known() {
            let has = EFFECTS
                .iter()
                .filter(|effects| effects.service().slug == service.slug);
            assert_eq!(has.count(), 1, "{}", service.slug);
        }
        assert_eq!(EFFECTS.len(), contract::services::known().count());
    }
}
