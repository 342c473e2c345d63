// SPDX-License-Identifier: EUPL-1.2
//! Every service, one line each.

use crate::service::Service;

pub mod did;

/// The catalogue, in the order in which people see it.
pub const ALL: &[&Service] = &[&did::DID];

/// The sentences of the services' own rules, by code, for the texts in other languages.
pub const RULES: &[(&str, &str)] = did::RULES;

/// The service with this slug.
#[must_use]
pub fn find(slug: &str) -> Option<&'static Service> {
    ALL.iter().copied().find(|service| service.slug == slug)
}
