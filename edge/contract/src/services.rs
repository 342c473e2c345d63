// SPDX-License-Identifier: EUPL-1.2
//! Every service, one line each.

use crate::service::{Brief, Service};

pub mod did;

/// The catalogue, in the order in which people see it.
pub const ALL: &[&Service] = &[&did::DID];

/// What lists show of them, in the same order.
pub const BRIEFS: &[Brief] = &[did::BRIEF];

/// The sentences of the services' own rules, by code, for the texts in other languages.
pub const RULES: &[(&str, &str)] = did::RULES;

/// The service with this slug.
#[must_use]
pub fn find(slug: &str) -> Option<&'static Service> {
    ALL.iter().copied().find(|service| service.slug == slug)
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
