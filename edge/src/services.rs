// SPDX-License-Identifier: EUPL-1.2
//! What each service does, a file of its contract's name; and what all requests share.

use contract::service::Service;

use crate::ctx::Ctx;

pub(crate) mod accessi;
pub(crate) mod agenda;
pub(crate) mod appuntamenti;
pub(crate) mod bozze;
pub(crate) mod catalogue;
pub(crate) mod cv;
pub(crate) mod did;
pub(crate) mod disponibilita;
pub(crate) mod effects;
pub(crate) mod facts;
pub(crate) mod file;
pub(crate) mod lavori;
pub(crate) mod lingua;
pub(crate) mod notices;
pub(crate) mod offices;
pub(crate) mod operatore;
pub(crate) mod pratiche;
pub(crate) mod prova;
pub(crate) mod sedi;
#[cfg(test)]
pub(crate) mod tests;
pub(crate) mod valutazioni;
pub(crate) mod visits;

/// What each service does; a service is here once it can be presented.
pub(crate) const EFFECTS: &[&dyn effects::Effects] = &[&did::DidEffects, &prova::ProvaEffects];

/// The service with this slug, if this installation has it: those for trying out exist only in a trial environment.
pub(crate) fn find(ctx: &Ctx, slug: &str) -> Option<&'static Service> {
    contract::services::find(slug)
        .filter(|_| ctx.config.ambiente == "prova" || !contract::services::is_trial(slug))
}
