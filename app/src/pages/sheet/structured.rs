// SPDX-License-Identifier: EUPL-1.2
//! The sheet for machines: a schema.org `GovernmentService` as JSON-LD, which the public design model asks for
//! (R.SI.1.1). It is a block of data: browsers do not run it, so the policy for scripts has nothing to say about it.

use contract::service::Service;
use serde_json::json;

use crate::{
    browser::meta,
    dom::{AnyView, IntoAny, el, window},
    routes,
    texts::{self, language},
};

/// The block.
pub(super) fn block(service: &'static Service) -> AnyView {
    let origin = window().location().origin().unwrap_or_default();
    let at = |path: &str| [origin.as_str(), path].concat();
    let first = service.steps.first().map_or("", |step| step.slug);
    let whom = service.sheet.for_whom.first().copied().unwrap_or_default();
    let data = json!({
        "@context": "https://schema.org",
        "@type": "GovernmentService",
        "name": texts::service(service, "name", service.name),
        "description": texts::service(service, "summary", service.summary),
        "url": at(&["/servizi/", service.slug].concat()),
        "inLanguage": language(),
        "audience": { "@type": "Audience", "name": texts::service(service, "for_whom/0", whom) },
        "provider": { "@type": "GovernmentOrganization", "name": meta("agency:body") },
        "serviceOperator": { "@type": "GovernmentOffice", "name": meta("agency:office") },
        "availableChannel": {
            "@type": "ServiceChannel",
            "serviceUrl": at(&routes::in_service(service.slug, first)),
            "servicePhone": { "@type": "ContactPoint", "telephone": meta("agency:phone-link") },
            "serviceLocation": {
                "@type": "GovernmentOffice",
                "name": meta("agency:office"),
                "address": meta("agency:address"),
            },
        },
    });
    el("script")
        .at("type", "application/ld+json")
        .with(data.to_string())
        .into_any()
}
