// SPDX-License-Identifier: EUPL-1.2
//! What each service does, a file of its contract's name; and what all requests share.

pub(crate) mod bozze;
pub(crate) mod catalogue;
pub(crate) mod did;
pub(crate) mod effects;
pub(crate) mod facts;
pub(crate) mod notices;
pub(crate) mod offices;
pub(crate) mod operatore;
pub(crate) mod pratiche;

/// What each service does; a service is here once it can be presented.
const EFFECTS: &[&dyn effects::Effects] = &[&did::DidEffects];
