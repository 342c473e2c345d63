// SPDX-License-Identifier: EUPL-1.2
//! The catalogue, and the sheet of a service in the order of the public design model (C.SI.1.3).

use crate::dom::*;
use contract::{service::Service, services, texts::sheet_parts};
use leptos::task::spawn_local;

use super::info::contacts;
use crate::{
    browser,
    drafts::{Draft, DraftStore},
    flow_page, routes,
    session::{Session, Who},
    texts::{self, tr},
    ui,
};

mod structured;

/// All services.
pub(crate) fn catalogue() -> AnyView {
    let cards: Vec<_> = services::ALL
        .iter()
        .map(|service| {
            let address = ["/servizi/", service.slug].concat();
            el("li")
                .with(
                    el("div")
                        .at("class", "service-card")
                        .with(
                            el("h2").with(
                                el("a")
                                    .at("href", address)
                                    .at("data-element", "service-link")
                                    .with(texts::service(service, "name", service.name)),
                            ),
                        )
                        .with(el("p").with(texts::service(service, "summary", service.summary))),
                )
                .into_any()
        })
        .collect();
    // An appointment is no service of its own with a sheet: it is the way to all of them.
    let booking = el("li").with(
        el("div")
            .at("class", "service-card")
            .with(el("h2").with(ui::link(
                "/appuntamenti",
                "",
                tr("ui/booking/title", "Prenota un appuntamento"),
            )))
            .with(el("p").with(tr(
                "ui/home/booking",
                "In ufficio, al telefono o in videochiamata: scegli il servizio, l'ufficio e l'ora.",
            ))),
    );
    ui::page(
        &[],
        tr("ui/services/title", "Servizi"),
        el("ul")
            .at("class", "card-grid")
            .with(cards)
            .with(booking)
            .into_any(),
    )
}

/// Anchor, heading and hook of each part, in the order of the model.
fn parts() -> [(&'static str, &'static str, &'static str); 6] {
    [
        (
            "a-chi",
            tr("ui/sheet/for_whom", "A chi è rivolto"),
            "service-addressed",
        ),
        ("come", tr("ui/sheet/how", "Come fare"), "service-how-to"),
        (
            "cosa-serve",
            tr("ui/sheet/needed", "Cosa serve"),
            "service-needed",
        ),
        (
            "cosa-si-ottiene",
            tr("ui/sheet/obtained", "Cosa si ottiene"),
            "service-achieved",
        ),
        (
            "tempi",
            tr("ui/sheet/times", "Tempi e scadenze"),
            "service-calendar-text",
        ),
        (
            "condizioni",
            tr("ui/sheet/law", "Condizioni di servizio"),
            "service-file",
        ),
    ]
}

/// The sheet of one service.
pub(crate) fn page(slug: &str) -> AnyView {
    let Some(service) = services::find(slug) else {
        return super::info::not_found();
    };
    let name = texts::service(service, "name", service.name);
    let access = tr("ui/sheet/access", "Accedi al servizio");
    let contact = tr("ui/sheet/contacts", "Contatti");
    let mut index = Vec::new();
    let mut sections = Vec::new();
    for ((anchor, title, element), (part, lines)) in
        parts().into_iter().zip(sheet_parts(&service.sheet))
    {
        if part == "law" {
            index.push(anchor_link("accedi", access));
            sections.push(section(
                "accedi",
                access,
                "service-online-access",
                start(service),
            ));
        }
        index.push(anchor_link(anchor, title));
        sections.push(section(
            anchor,
            title,
            element,
            lines_of(service, part, lines),
        ));
    }
    index.push(anchor_link("contatti", contact));
    sections.push(section("contatti", contact, "service-area", contacts()));
    el("div")
        .at("class", "container py-4")
        .with(ui::breadcrumb(
            &[("/servizi", tr("ui/services/title", "Servizi"))],
            name,
        ))
        .with(el("h1").at("data-element", "service-title").with(name))
        .with(
            el("p")
                .at("class", "lead")
                .at("data-element", "service-description")
                .with(texts::service(service, "summary", service.summary)),
        )
        .with(
            el("p").with(
                el("span")
                    .at("class", "state-chip good")
                    .at("data-element", "service-status")
                    .with(tr("ui/sheet/active", "Servizio attivo")),
            ),
        )
        .with(start(service))
        .with(structured::block(service))
        .with(
            el("div")
                .at("class", "row mt-4")
                .with(
                    el("div").at("class", "col-lg-3").with(
                        el("nav")
                            .at("class", "sheet-index mb-4")
                            .at("aria-label", tr("ui/sheet/index", "Indice della pagina"))
                            .at("data-element", "page-index")
                            .with(el("ul").with(index)),
                    ),
                )
                .with(el("div").at("class", "col-lg-9").with(sections)),
        )
        .into_any()
}

fn anchor_link(anchor: &'static str, title: &'static str) -> AnyView {
    let address = ["#", anchor].concat();
    el("li")
        .with(
            el("a")
                .at("href", address)
                .on("click", move |event| {
                    event.prevent_default();
                    browser::focus_soon(anchor);
                })
                .with(title),
        )
        .into_any()
}

fn section(
    anchor: &'static str,
    title: &'static str,
    element: &'static str,
    body: AnyView,
) -> AnyView {
    el("section")
        .at("class", "mb-5")
        .at("data-element", element)
        .with(el("h2").at("id", anchor).at("tabindex", "-1").with(title))
        .with(body)
        .into_any()
}

fn lines_of(service: &'static Service, part: &str, lines: &'static [&'static str]) -> AnyView {
    let translated = |(n, line): (usize, &&'static str)| {
        texts::service(service, &[part, "/", &n.to_string()].concat(), line)
    };
    ui::bullets(lines.iter().enumerate().map(translated).collect())
}

/// Begin, or go on, or begin anew.
fn start(service: &'static Service) -> AnyView {
    let session = expect_context::<Session>();
    let Some(draft) = expect_context::<DraftStore>().of(service.slug) else {
        return ().into_any();
    };
    Effect::new(move |_| {
        if session.who.with(|who| *who != Who::Unknown) {
            draft.open();
        }
    });
    let first = service.steps.first().map_or("", |step| step.slug);
    let first = routes::in_service(service.slug, first);
    let shown = move || {
        if draft.ready.get() && draft.started() {
            resume(draft)
        } else {
            ui::link(&first, "btn btn-primary", tr("ui/sheet/start", "Inizia"))
        }
    };
    el("div").at("class", "hero-actions").with(shown).into_any()
}

fn resume(draft: Draft) -> AnyView {
    let asked = RwSignal::new(false);
    let confirm = move || {
        if asked.get() {
            many(vec![
                el("p")
                    .with(tr(
                        "ui/sheet/start_over_sure",
                        "Cancelliamo tutte le risposte che hai dato. Sei sicuro?",
                    ))
                    .into_any(),
                el("button")
                    .at("type", "button")
                    .at("class", "btn btn-outline-danger")
                    .on("click", move |_| {
                        spawn_local(async move {
                            draft.start_over().await;
                            routes::go(&flow_page::place_to_go(draft), false);
                        })
                    })
                    .with(tr("ui/sheet/start_over_yes", "Sì, ricomincia"))
                    .into_any(),
                (" ").into_any(),
                el("button")
                    .at("type", "button")
                    .at("class", "btn btn-outline-primary")
                    .on("click", move |_| asked.set(false))
                    .with(tr("ui/sheet/start_over_no", "No, tieni le risposte"))
                    .into_any(),
            ])
            .into_any()
        } else {
            el("button")
                .at("type", "button")
                .at("class", "btn btn-outline-primary")
                .on("click", move |_| asked.set(true))
                .with(tr("ui/sheet/start_over", "Ricomincia da capo"))
                .into_any()
        }
    };
    el("div")
        .at("class", "notice")
        .with(el("p").with(tr(
            "ui/sheet/draft",
            "Hai già iniziato: le tue risposte sono salvate.",
        )))
        .with(el("p").with(ui::link(
            &flow_page::place_to_go(draft),
            "btn btn-primary",
            tr("ui/sheet/resume", "Riprendi da dove eri"),
        )))
        .with(confirm)
        .into_any()
}
