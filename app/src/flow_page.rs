// SPDX-License-Identifier: EUPL-1.2
//! Draws every step of every service: one topic a page, as the service value says.

use crate::dom::*;
use contract::{
    endpoint::Definition,
    flow::{self, Stop},
    service::{Case, Step},
    services,
};
use leptos::task::spawn_local;

use crate::{
    api, browser,
    drafts::{Draft, DraftStore, Save},
    fields::{self, Slot, Told},
    pages::info,
    routes,
    session::{Session, Who},
    shell,
    texts::{self, tr},
    ui,
};

mod errors;
mod exit;
mod items;
mod other;
mod summary;

pub(crate) use exit::page as exit_page;
pub(crate) use summary::{page as summary_page, shown};

/// Waits until it is known who is there and what was answered, then draws.
fn when_ready(slug: &str, draw: impl Fn(Draft) -> AnyView + Send + 'static) -> AnyView {
    let session = expect_context::<Session>();
    let Some(draft) = expect_context::<DraftStore>().of(slug) else {
        return info::not_found();
    };
    let missing = RwSignal::new(false);
    if services::is_trial(slug) {
        // Not every installation has it; without a network what was begun goes on.
        spawn_local(async move {
            let known = api::call::<Definition>(&[draft.service.slug], &[], None).await;
            // Nothing is drawn anew for nothing: that would take the focus off the title.
            if known.is_err_and(|error| error.status() == 404) {
                missing.set(true);
            }
        });
    }
    Effect::new(move |_| {
        if session.who.with(|who| *who != Who::Unknown) {
            draft.open();
        }
    });
    (move || {
        if missing.get() {
            request_animation_frame(|| shell::arrived("", true));
            info::not_found()
        } else if draft.ready.get() {
            request_animation_frame(|| shell::arrived("", false));
            draw(draft)
        } else {
            ui::waiting()
        }
    })
    .into_any()
}

/// The address where the person has to go on.
pub(crate) fn place_to_go(draft: Draft) -> String {
    let slug = draft.service.slug;
    match draft.walk().stop {
        Stop::Step(step) => routes::in_service(slug, step.slug),
        Stop::Exit(_) => routes::in_service(slug, "esito"),
        Stop::Summary => routes::in_service(slug, "riepilogo"),
    }
}

/// Goes on from a page that does not belong to the path, without a trace in the history.
fn redirect(draft: Draft) -> AnyView {
    let target = place_to_go(draft);
    // The router is still drawing the page that is left.
    request_animation_frame(move || routes::go(&target, true));
    ui::waiting()
}

/// The page of one step.
pub(crate) fn page(slug: &str, step: &str) -> AnyView {
    let known =
        services::find(slug).is_some_and(|service| service.steps.iter().any(|s| s.slug == step));
    if !known {
        return info::not_found();
    }
    let step = step.to_owned();
    when_ready(slug, move |draft| {
        let walk = draft.walk();
        let found = walk.steps.iter().copied().find(|known| known.slug == step);
        found.map_or_else(|| redirect(draft), |step| draw(draft, step))
    })
}

fn draw(draft: Draft, step: &'static Step) -> AnyView {
    let told: Told = RwSignal::new(Vec::new());
    let service = draft.service;
    // Rules on postal codes and places need the list; it comes while the person reads.
    if step
        .fields
        .iter()
        .any(|field| matches!(field.kind, contract::service::Kind::Cap(_)))
    {
        draft.need_places();
    }
    let body = if step.repeat.is_some() {
        items::draw(draft, step, told)
    } else {
        let slots = step.fields.iter().map(|field| {
            fields::question(Slot {
                draft,
                step,
                field,
                item: None,
                told,
            })
        });
        slots.collect::<Vec<_>>().into_any()
    };
    let intro = (!step.intro.is_empty()).then(|| {
        let text = texts::step(service, step, "intro", step.intro);
        el("p").at("class", "lead").with(text).into_any()
    });
    el("div")
        .at("class", "container flow-page")
        .with(progress(draft, step))
        .with(back(draft, step))
        .with(notes(draft))
        .with(other::choice(draft))
        .with(errors::summary(draft, step, told))
        .with(el("h1").with(texts::step(service, step, "title", step.title)))
        .with(intro)
        .with(
            el("form")
                .at("novalidate", true)
                .on("submit", move |event| {
                    event.prevent_default();
                    go_on(draft, step, told);
                })
                .with(body)
                .with(
                    el("div")
                        .at("class", "flow-actions")
                        .with(
                            el("button")
                                .at("type", "submit")
                                .at("class", "btn btn-primary")
                                .with(tr("ui/flow/continue", "Continua")),
                        )
                        .with(save_state(draft)),
                ),
        )
        .with(el("p").at("class", "mt-4").with(ui::link(
            "/aiuto",
            "",
            tr(
                "ui/flow/help",
                "Ti serve aiuto? Parla con il Centro per l'impiego",
            ),
        )))
        .into_any()
}

/// Checks the step and goes on: to the way out that it opens, to the next step, or to the messages.
fn go_on(draft: Draft, step: &'static Step, told: Told) {
    let slug = draft.service.slug;
    let out = draft.with_case_untracked(|case| step.exits.iter().any(|exit| (exit.when)(&case)));
    if out {
        routes::go(&routes::in_service(slug, "esito"), false);
        return;
    }
    let problems = draft.with_case_untracked(|case| flow::check_step(step, case));
    if !problems.is_empty() {
        told.set(
            problems
                .into_iter()
                .map(|problem| (problem.field, problem.problem))
                .collect(),
        );
        shell::arrived(&[tr("ui/error/prefix", "Errore:"), " "].concat(), false);
        browser::focus_soon(errors::ID);
        return;
    }
    told.set(Vec::new());
    // Whoever came from the summary goes back there, by way of what the change has made necessary.
    if browser::here().ends_with(FROM_SUMMARY) {
        let target = place_to_go(draft);
        let behind = if target.ends_with("/riepilogo") {
            ""
        } else {
            FROM_SUMMARY
        };
        routes::go(&[target.as_str(), behind].concat(), false);
        return;
    }
    let path = draft.path();
    let next = path
        .iter()
        .skip_while(|known| known.slug != step.slug)
        .nth(1);
    routes::go(
        &routes::in_service(slug, next.map_or("riepilogo", |step| step.slug)),
        false,
    );
}

/// Marks a step that was opened from the summary.
pub(crate) const FROM_SUMMARY: &str = "?da=riepilogo";

fn progress(draft: Draft, step: &'static Step) -> AnyView {
    let counted = Memo::new(move |_| {
        draft.with_case(|case: Case<'_>| {
            let path: Vec<_> = flow::path(draft.service, case).collect();
            let at = path
                .iter()
                .position(|known| known.slug == step.slug)
                .unwrap_or(0)
                + 1;
            // The summary is the last step.
            (at, path.len() + 1)
        })
    });
    let text = move || {
        let (at, all) = counted.get();
        tr("ui/flow/progress", "Passo {n} di {m}")
            .replace("{n}", &at.to_string())
            .replace("{m}", &all.to_string())
    };
    el("div")
        .at("class", "flow-progress")
        .with(el("span").with(texts::service(draft.service, "name", draft.service.name)))
        .with(el("span").with(text))
        .with(
            el("progress")
                .at("aria-hidden", "true")
                .at("max", move || counted.get().1.to_string())
                .at("value", move || counted.get().0.to_string()),
        )
        .into_any()
}

fn back(draft: Draft, step: &'static Step) -> AnyView {
    let slug = draft.service.slug;
    let before = draft
        .path()
        .iter()
        .take_while(|known| known.slug != step.slug)
        .last()
        .map(|step| step.slug);
    let target = match before {
        _ if browser::here().ends_with(FROM_SUMMARY) => routes::in_service(slug, "riepilogo"),
        Some(before) => routes::in_service(slug, before),
        None => ["/servizi/", slug].concat(),
    };
    back_link(&target)
}

fn back_link(target: &str) -> AnyView {
    el("p")
        .with(ui::link(
            target,
            "d-inline-block py-1",
            tr("ui/flow/back", "Torna indietro"),
        ))
        .into_any()
}

/// What has to be told about the draft.
fn notes(draft: Draft) -> AnyView {
    (move || {
        let notes: Vec<_> = draft
            .notes
            .get()
            .into_iter()
            .map(|note| el("p").with(note).into_any())
            .collect();
        (!notes.is_empty()).then(|| {
            el("div")
                .at("class", "notice")
                .at("role", "status")
                .with(notes)
                .with(
                    el("button")
                        .at("type", "button")
                        .at("class", "link")
                        .on("click", move |_| draft.notes.set(Vec::new()))
                        .with(tr("ui/close", "Ho capito")),
                )
                .into_any()
        })
    })
    .into_any()
}

/// Tells that nothing is lost.
fn save_state(draft: Draft) -> AnyView {
    let shown = move || {
        let (class, text) = match draft.save.get() {
            Save::Nothing => return None,
            Save::Soon => ("save-state", tr("ui/save/soon", "Salvataggio…")),
            Save::Device => (
                "save-state saved",
                tr("ui/save/device", "Salvato su questo dispositivo"),
            ),
            Save::Edge => (
                "save-state saved",
                tr("ui/save/edge", "Salvato anche nel tuo spazio personale"),
            ),
            Save::EdgeOnly => (
                "save-state saved",
                tr("ui/save/edge_only", "Salvato nel tuo spazio personale"),
            ),
            Save::Failed => (
                "save-state not-saved",
                tr(
                    "ui/save/failed",
                    "Non riusciamo a salvare: non chiudere questa pagina",
                ),
            ),
        };
        Some(el("span").at("class", class).with(text).into_any())
    };
    el("span").at("role", "status").with(shown).into_any()
}
