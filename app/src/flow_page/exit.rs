// SPDX-License-Identifier: EUPL-1.2
//! The flow ends here, with the reason, what to do instead, and a way back to the answer that led here.

use crate::dom::*;
use contract::flow::{self, Stop};

use super::{redirect, when_ready};
use crate::{
    routes,
    texts::{self, tr},
    ui,
};

/// The page of the way out that is open; goes on with the service when none is.
pub(crate) fn page(slug: &str) -> AnyView {
    when_ready(slug, move |draft| {
        let Stop::Exit(exit) = draft.walk().stop else {
            return redirect(draft);
        };
        let service = draft.service;
        let reasons = exit.reason.iter().enumerate().map(|(n, line)| {
            texts::exit(service, exit, &["reason/", &n.to_string()].concat(), line)
        });
        let next = exit.next.iter().enumerate().map(|(n, (label, address))| {
            let label = texts::exit(service, exit, &["next/", &n.to_string()].concat(), label);
            el("li").with(ui::link(address, "", label)).into_any()
        });
        let change = flow::find(service, exit.field).map(|(step, _)| {
            let address = routes::in_service(service.slug, step.slug);
            ui::link(
                &address,
                "btn btn-outline-primary",
                tr("ui/exit/change", "Cambia la risposta"),
            )
        });
        el("div")
            .at("class", "container flow-page")
            .with(el("p").at("class", "flow-progress").with(texts::service(
                service,
                "name",
                service.name,
            )))
            .with(el("h1").with(texts::exit(service, exit, "title", exit.title)))
            .with(ui::paragraphs(reasons.collect()))
            .with(el("h2").with(tr("ui/exit/next", "Cosa puoi fare ora")))
            .with(el("ul").with(next.collect::<Vec<_>>()))
            .with(el("div").at("class", "flow-actions").with(change))
            .into_any()
    })
}
