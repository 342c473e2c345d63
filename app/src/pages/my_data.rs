// SPDX-License-Identifier: EUPL-1.2
//! What the office knows of the person: each datum with where it comes from and how to correct it, and who looked.

use crate::dom::*;
use contract::{
    endpoint::{Accesso, KnownFacts, MyAccesses},
    facts::{Citizen, Facts, Fascicolo, Indirizzo},
};
use leptos::task::spawn_local;

use super::area::signed_in;
use crate::{
    api, dates, places,
    session::Session,
    texts::{self, tr},
    ui,
};

mod language;

/// The page.
pub(crate) fn page() -> AnyView {
    let body = signed_in(|| {
        let session = expect_context::<Session>();
        let facts = RwSignal::new(None);
        let ask_facts = move || {
            spawn_local(async move {
                places::load().await;
                facts.set(Some(
                    session.seen(api::call::<KnownFacts>(&["did"], &[], None).await),
                ));
            });
        };
        let looks = RwSignal::new(None);
        let ask_looks = move || {
            spawn_local(async move {
                looks.set(Some(
                    session.seen(api::call::<MyAccesses>(&[], &[], None).await),
                ));
            });
        };
        many(vec![
            (ui::answered(facts, ask_facts, |facts: Facts| data(&facts))).into_any(),
            language::section(),
            el("h2")
                .with(tr("ui/data/looks", "Chi ha guardato i tuoi dati"))
                .into_any(),
            (ui::answered(looks, ask_looks, |looks: Vec<Accesso>| accesses(looks))).into_any(),
        ])
        .into_any()
    });
    ui::page(&ui::area_way(), tr("ui/data/title", "I tuoi dati"), body)
}

fn data(facts: &Facts) -> AnyView {
    many(vec![
        (facts.citizen.as_ref().map(identity)).into_any(),
        (facts.fascicolo.as_ref().map_or_else(silent, registry)).into_any(),
    ])
    .into_any()
}

fn identity(citizen: &Citizen) -> AnyView {
    let name = [citizen.nome.as_str(), " ", &citizen.cognome].concat();
    many(vec![el("h2")
.with(tr("ui/data/identity", "SPID o CIE")).into_any(), el("p")
.with(tr("ui/data/identity_about", "Questi dati ce li dà il gestore della tua identità quando entri. Per correggerli rivolgiti a lui.")).into_any(), el("dl").at("class", "known-data")
.with(ui::row(tr("ui/data/name", "Nome e cognome"), name))
.with(ui::row(tr("ui/data/codice_fiscale", "Codice fiscale"), citizen.codice_fiscale.clone()))
.with(ui::row(tr("ui/data/birth", "Data di nascita"), dates::day(citizen.data_nascita)))
.with(citizen.email.clone().map(|email| ui::row(tr("ui/data/email", "Email"), email)))
.with(citizen.cellulare.clone().map(|mobile| ui::row(tr("ui/data/mobile", "Cellulare"), mobile))).into_any()])
    .into_any()
}

fn silent() -> AnyView {
    el("p")
        .at("class", "notice")
        .with(tr(
            "ui/data/registry_silent",
            "Il registro del lavoro ora non risponde: riprova più tardi.",
        ))
        .into_any()
}

fn registry(file: &Fascicolo) -> AnyView {
    let about = texts::with(
        tr(
            "ui/data/registry_about",
            "Aggiornato il {valore}. Se qualcosa è sbagliato, scrivi o telefona al Centro per l'impiego: lo correggiamo noi.",
        ),
        &dates::day(file.aggiornato_il),
    );
    let jobs: Vec<_> = file
        .rapporti
        .iter()
        .map(|job| {
            let end = job
                .al
                .map_or_else(|| tr("ui/data/today", "oggi").to_owned(), dates::day);
            el("li")
                .with(el("strong").with(job.datore.clone()))
                .with(el("br"))
                .with(dates::day(job.dal))
                .with(" – ")
                .with(end)
                .into_any()
        })
        .collect();
    let jobs_shown = if jobs.is_empty() {
        el("p")
            .with(tr("ui/data/no_jobs", "Nessun rapporto di lavoro."))
            .into_any()
    } else {
        el("ul").with(jobs).into_any()
    };
    many(vec![
        el("h2")
            .with(tr("ui/data/registry", "Registro del lavoro"))
            .into_any(),
        el("p").with(about).into_any(),
        el("dl")
            .at("class", "known-data")
            .with(
                file.residenza
                    .as_ref()
                    .map(|home| ui::row(tr("ui/data/residence", "Residenza"), address(home))),
            )
            .with(
                file.domicilio
                    .as_ref()
                    .map(|home| ui::row(tr("ui/data/domicile", "Domicilio"), address(home))),
            )
            .into_any(),
        el("h3")
            .with(tr("ui/data/jobs", "I tuoi rapporti di lavoro"))
            .into_any(),
        (jobs_shown).into_any(),
    ])
    .into_any()
}

fn address(home: &Indirizzo) -> String {
    let comune = places::get()
        .and_then(|places| places.by_belfiore(&home.comune))
        .map_or_else(|| home.comune.clone(), |place| place.label());
    [home.indirizzo.as_str(), ", ", &home.cap, " ", &comune].concat()
}

fn accesses(looks: Vec<Accesso>) -> AnyView {
    if looks.is_empty() {
        return el("p")
            .with(tr(
                "ui/data/no_looks",
                "Nessuno ha ancora guardato i tuoi dati.",
            ))
            .into_any();
    }
    let items: Vec<_> = looks
        .into_iter()
        .map(|look| {
            el("li")
                .with(
                    el("span")
                        .with(el("strong").with(look.chi))
                        .with(": ")
                        .with(look.cosa),
                )
                .with(el("span").with(dates::instant(&look.quando)))
                .into_any()
        })
        .collect();
    el("ul").at("class", "item-list").with(items).into_any()
}
