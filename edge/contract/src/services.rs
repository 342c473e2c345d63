// SPDX-License-Identifier: EUPL-1.2
//! Every service, one line each.

use crate::service::{Brief, Service};

pub mod did;
pub mod prova;

/// The catalogue, in the order in which people see it.
pub const ALL: &[&Service] = &[&did::DID];

/// What lists show of them, in the same order.
pub const BRIEFS: &[Brief] = &[did::BRIEF];

/// The sentences of the services' own rules, by code, for the texts in other languages.
pub const RULES: &[(&str, &str)] = did::RULES;

/// Services for trying out the system: in no catalogue, and nowhere but where `ambiente = "prova"`.
pub const TRIAL: &[&Service] = &[&prova::PROVA];

/// The catalogue and, behind it, what is only for trying out.
pub fn known() -> impl Iterator<Item = &'static Service> {
    ALL.iter().chain(TRIAL).copied()
}

/// The service with this slug.
#[must_use]
pub fn find(slug: &str) -> Option<&'static Service> {
    known().find(|service| service.slug == slug)
}

/// True for a service that is only for trying out.
#[must_use]
pub fn is_trial(slug: &str) -> bool {
    TRIAL.iter().any(|service| service.slug == slug)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lists_show_every_service() {
        let briefs: alloc::vec::Vec<_> = BRIEFS.iter().map(|brief| brief.slug).collect();
        let all: alloc::vec::Vec<_> = ALL.iter().map(|service| service.slug).collect();
        assert_eq!(briefs, all);
    }
}
