// SPDX-License-Identifier: EUPL-1.2
//! What the office knows of the person: each datum with where it comes from and how to correct it, and who looked.

use contract::{
    endpoint::{Accesso, KnownFacts, MyAccesses},
    facts::{Citizen, Facts, Fascicolo, Indirizzo},
};
use leptos::{prelude::*, task::spawn_local};

use super::area::signed_in;
use crate::{api, dates, places, session::Session, texts::{self, tr}, ui};

/// The page.
pub(super) fn page() -> AnyView {
    let body = signed_in(|| {
        let session = expect_context::<Session>();
        let facts = RwSignal::new(None);
        let ask_facts = move || {
            spawn_local(async move {
                places::load().await;
                facts.set(Some(session.seen(api::call::<KnownFacts>(&["did"], "", None).await)));
            });
        };
        let looks = RwSignal::new(None);
        let ask_looks = move || {
            spawn_local(async move {
                looks.set(Some(session.seen(api::call::<MyAccesses>(&[], "", None).await)));
            });
        };
        view! {
            {ui::answered(facts, ask_facts, |facts: Facts| data(&facts))}
            <h2>{tr("ui/data/looks", "Chi ha guardato i tuoi dati")}</h2>
            {ui::answered(looks, ask_looks, |looks: Vec<Accesso>| accesses(looks))}
        }
        .into_any()
    });
    ui::page(&ui::area_way(), tr("ui/data/title", "I tuoi dati"), body)
}

fn data(facts: &Facts) -> AnyView {
    view! {
        {facts.citizen.as_ref().map(identity)}
        {facts.fascicolo.as_ref().map_or_else(silent, registry)}
    }
    .into_any()
}

fn identity(citizen: &Citizen) -> AnyView {
    let name = [citizen.nome.as_str(), " ", &citizen.cognome].concat();
    view! {
        <h2>{tr("ui/data/identity", "SPID o CIE")}</h2>
        <p>{tr("ui/data/identity_about", "Questi dati ce li dà il gestore della tua identità quando entri. Per correggerli rivolgiti a lui.")}</p>
        <dl class="known-data">
            {ui::row(tr("ui/data/name", "Nome e cognome"), name)}
            {ui::row(tr("ui/data/codice_fiscale", "Codice fiscale"), citizen.codice_fiscale.clone())}
            {ui::row(tr("ui/data/birth", "Data di nascita"), dates::day(citizen.data_nascita))}
            {citizen.email.clone().map(|email| ui::row(tr("ui/data/email", "Email"), email))}
            {citizen.cellulare.clone().map(|mobile| ui::row(tr("ui/data/mobile", "Cellulare"), mobile))}
        </dl>
    }
    .into_any()
}

fn silent() -> AnyView {
    view! { <p class="notice">{tr("ui/data/registry_silent", "Il registro del lavoro ora non risponde: riprova più tardi.")}</p> }.into_any()
}

fn registry(file: &Fascicolo) -> AnyView {
    let about = texts::with(
        tr("ui/data/registry_about", "Aggiornato il {valore}. Se qualcosa è sbagliato, scrivi o telefona al Centro per l'impiego: lo correggiamo noi."),
        &dates::day(file.aggiornato_il),
    );
    let jobs: Vec<_> = file
        .rapporti
        .iter()
        .map(|job| {
            let end = job.al.map_or_else(|| tr("ui/data/today", "oggi").to_owned(), dates::day);
            view! { <li><strong>{job.datore.clone()}</strong><br/>{dates::day(job.dal)}" – "{end}</li> }.into_any()
        })
        .collect();
    let jobs_shown = if jobs.is_empty() {
        view! { <p>{tr("ui/data/no_jobs", "Nessun rapporto di lavoro.")}</p> }.into_any()
    } else {
        view! { <ul>{jobs}</ul> }.into_any()
    };
    view! {
        <h2>{tr("ui/data/registry", "Registro del lavoro")}</h2>
        <p>{about}</p>
        <dl class="known-data">
            {file.residenza.as_ref().map(|home| ui::row(tr("ui/data/residence", "Residenza"), address(home)))}
            {file.domicilio.as_ref().map(|home| ui::row(tr("ui/data/domicile", "Domicilio"), address(home)))}
        </dl>
        <h3>{tr("ui/data/jobs", "I tuoi rapporti di lavoro")}</h3>
        {jobs_shown}
    }
    .into_any()
}

fn address(home: &Indirizzo) -> String {
    let comune = places::get().and_then(|places| places.by_belfiore(&home.comune)).map_or_else(|| home.comune.clone(), |place| place.label());
    [home.indirizzo.as_str(), ", ", &home.cap, " ", &comune].concat()
}

fn accesses(looks: Vec<Accesso>) -> AnyView {
    if looks.is_empty() {
        return view! { <p>{tr("ui/data/no_looks", "Nessuno ha ancora guardato i tuoi dati.")}</p> }.into_any();
    }
    let items: Vec<_> = looks
        .into_iter()
        .map(|look| view! { <li><span><strong>{look.chi}</strong>": "{look.cosa}</span><span>{dates::instant(&look.quando)}</span></li> }.into_any())
        .collect();
    view! { <ul class="item-list">{items}</ul> }.into_any()
}
