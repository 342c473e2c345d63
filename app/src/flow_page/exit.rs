// SPDX-License-Identifier: EUPL-1.2
//! The flow ends here, with the reason, what to do instead, and a way back to the answer that led here.

use contract::flow::{self, Stop};
use leptos::prelude::*;

use super::{redirect, when_ready};
use crate::{routes, texts::{self, tr}, ui};

/// The page of the way out that is open; goes on with the service when none is.
pub(crate) fn page(slug: &'static str) -> AnyView {
    when_ready(slug, move |draft| {
        let Stop::Exit(exit) = draft.walk().stop else { return redirect(draft) };
        let service = draft.service;
        let reasons = exit.reason.iter().enumerate().map(|(n, line)| texts::exit(service, exit, &["reason/", &n.to_string()].concat(), line));
        let next = exit.next.iter().enumerate().map(|(n, (label, address))| {
            let label = texts::exit(service, exit, &["next/", &n.to_string()].concat(), label);
            view! { <li>{ui::link(address, "", label)}</li> }.into_any()
        });
        let change = flow::find(service, exit.field).map(|(step, _)| {
            let address = routes::in_service(slug, step.slug);
            ui::link(&address, "btn btn-outline-primary", tr("ui/exit/change", "Cambia la risposta"))
        });
        view! {
            <div class="container flow-page">
                <p class="flow-progress">{texts::service(service, "name", service.name)}</p>
                <h1>{texts::exit(service, exit, "title", exit.title)}</h1>
                {ui::paragraphs(reasons.collect())}
                <h2>{tr("ui/exit/next", "Cosa puoi fare ora")}</h2>
                <ul>{next.collect::<Vec<_>>()}</ul>
                <div class="flow-actions">{change}</div>
            </div>
        }
        .into_any()
    })
}
