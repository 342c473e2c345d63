// SPDX-License-Identifier: EUPL-1.2
//! The offices of the Region: the configuration of the installation, read once an instance, and what the store adds.

use std::sync::OnceLock;

use contract::appuntamento::PrimaDisponibilita;
use contract::prestazioni::{PRESTAZIONI, PrestazioneInBreve};
use contract::problem::{FieldProblem, Problem};
use contract::sede::{Chiusura, Rete, Sede, SedeInBreve};
use contract::texts;

use super::catalogue::places;
use super::{disponibilita, visits};
use crate::ctx::Ctx;
use crate::error::Error;
use crate::http::{Reply, Request};
use crate::texts::Language;

/// Where the configuration stands: mounted into the component, in the repository for native tests.
#[cfg(target_family = "wasm")]
const FILE: &str = "/config/sedi.json";
#[cfg(not(target_family = "wasm"))]
const FILE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/config/sedi.json");

/// The configuration of the offices.
pub(crate) fn rete() -> Result<&'static Rete, Error> {
    static RETE: OnceLock<Option<Rete>> = OnceLock::new();
    RETE.get_or_init(|| {
        let read = std::fs::read(FILE).map_err(|error| error.to_string());
        let rete = read
            .and_then(|bytes| serde_json::from_slice(&bytes).map_err(|error| error.to_string()));
        rete.inspect_err(|error| eprintln!("offices: {FILE}: {error}"))
            .ok()
    })
    .as_ref()
    .ok_or(Error::Unavailable)
}

/// The office with this code, which the store names.
pub(crate) fn find(code: &str) -> Result<&'static Sede, Error> {
    rete()?
        .sede(code)
        .ok_or_else(|| Error::Db("a stored office is not in the configuration".into()))
}

/// The office of an operator or a request, by the short name that the store has for it.
pub(crate) fn named(short: &str) -> Result<&'static Sede, Error> {
    rete()?
        .sedi
        .iter()
        .find(|sede| short_name(sede) == short)
        .ok_or(Error::NotFound)
}

/// The name of a group of operators, in the language asked for.
pub(crate) fn group_name(ctx: &Ctx, code: &str) -> Result<String, Error> {
    let english = ctx.language == Language::English;
    Ok(rete()?.nome_gruppo(code, english).to_owned())
}

/// `CPI di Bologna`.
pub(crate) fn short_name(sede: &Sede) -> String {
    format!("CPI di {}", town(sede))
}

/// The town in the name of an office.
pub(crate) fn town(sede: &Sede) -> &str {
    sede.nome
        .strip_prefix("Centro per l'impiego di ")
        .unwrap_or(&sede.nome)
}

/// The competent office for a comune of domicile; people from elsewhere go to the Region's first one.
pub(crate) fn competent(comune: &str) -> Result<&'static Sede, Error> {
    let rete = rete()?;
    rete.competente(comune)
        .or_else(|| rete.sedi.first())
        .ok_or(Error::Unavailable)
}

/// `GET /api/sedi`.
pub(crate) fn list(ctx: &Ctx) -> Result<Reply, Error> {
    let all: Vec<SedeInBreve> = rete()?.sedi.iter().map(|sede| brief(ctx, sede)).collect();
    Ok(Reply::json(200, &all).header("cache-control", "public, max-age=300"))
}

/// `GET /api/sedi/{codice}`.
pub(crate) fn one(ctx: &Ctx, code: &str) -> Result<Reply, Error> {
    let sede = rete()?.sede(code).ok_or(Error::NotFound)?;
    Ok(Reply::json(200, &brief(ctx, sede)).header("cache-control", "public, max-age=300"))
}

fn brief(ctx: &Ctx, sede: &Sede) -> SedeInBreve {
    let today = ctx.today();
    let english = ctx.language == Language::English;
    let mut services: Vec<String> = Vec::new();
    for service in PRESTAZIONI {
        let taken = |code: &String| code == service.codice;
        if sede
            .gruppi
            .iter()
            .any(|group| group.servizi.iter().any(taken))
        {
            services.push(service.codice.into());
        }
    }
    SedeInBreve {
        codice: sede.codice.clone(),
        nome: sede.nome.clone(),
        comune: sede.comune.clone(),
        citta: places(ctx)
            .by_belfiore(&sede.comune)
            .map_or_else(|| town(sede).to_owned(), |place| place.name.to_string()),
        indirizzo: sede.indirizzo.clone(),
        cap: sede.cap.clone(),
        provincia: sede.provincia.clone(),
        lat: sede.lat,
        lon: sede.lon,
        telefono: sede.telefono.clone(),
        email: sede.email.clone(),
        pec: sede.pec.clone(),
        come_arrivare: sede.come_arrivare.said(english).to_owned(),
        accessibilita: sede.accessibilita.said(english).to_owned(),
        orari: sede.orari.clone(),
        patrono: sede.patrono,
        chiusure: sede
            .chiusure
            .iter()
            .filter(|closure| closure.al >= today)
            .map(|closure| Chiusura {
                dal: closure.dal,
                al: closure.al,
                motivo: closure.said(english).to_owned(),
                motivo_en: String::new(),
            })
            .collect(),
        comuni: sede.comuni.clone(),
        vicine: sede.vicine.clone(),
        servizi: services,
    }
}

/// `GET /api/prestazioni`.
pub(crate) fn services(ctx: &Ctx) -> Result<Reply, Error> {
    let language = ctx.language;
    let rete = rete()?;
    let all: Vec<PrestazioneInBreve> = PRESTAZIONI
        .iter()
        .map(|known| {
            let service = rete.prestazione(known.codice).unwrap_or(*known);
            let text = |part: &str, italian| {
                language
                    .text(&texts::prestazione_key(known, part), italian)
                    .to_owned()
            };
            PrestazioneInBreve {
                codice: service.codice.into(),
                nome: text("nome", service.nome),
                descrizione: text("descrizione", service.descrizione),
                durata_minuti: service.durata,
                modalita: service.modalita.to_vec(),
                margine_ore: service.margine_ore,
                orizzonte_giorni: service.orizzonte_giorni,
                sposta_ore: service.sposta_ore,
                disdici_ore: service.disdici_ore,
                portare: service
                    .portare
                    .iter()
                    .enumerate()
                    .map(|(n, line)| text(&format!("portare/{n}"), line))
                    .collect(),
                laboratorio: service.laboratorio,
                requisito: service.requisito,
                eta_minima: service.eta_minima,
                dopo_obbligo: service.dopo_obbligo,
                insieme: service.insieme.iter().map(|&code| code.into()).collect(),
                legge: service.legge.iter().map(|&line| line.into()).collect(),
            }
        })
        .collect();
    Ok(Reply::json(200, &all).header("cache-control", "public, max-age=300"))
}

/// `GET /api/sedi/prime?servizio=&comune=&modalita=`: the competent office first, then the others, the nearest first.
pub(crate) async fn first_places(ctx: &Ctx, request: &Request) -> Result<Reply, Error> {
    let visit = visits::asked(request)?;
    let modalita = visits::way_asked(request)?;
    let rete = rete()?;
    let home = match request.query_given("comune") {
        None => None,
        Some(code) => Some(rete.competente(code).ok_or_else(|| {
            Error::Refused(vec![FieldProblem::new("comune", Problem::UnknownPlace)])
        })?),
    };
    let all = disponibilita::first_of_each(ctx, &visit, modalita).await?;
    let mut firsts: Vec<PrimaDisponibilita> = all
        .into_iter()
        .map(|(sede, first)| PrimaDisponibilita {
            sede: sede.codice.clone(),
            primo: first.map(|slot| slot.on_the_wire(&sede.codice)),
            competente: home.is_some_and(|home| home.codice == sede.codice),
            distanza_km: home.map_or(0, |home| kilometres(home, sede)),
        })
        .collect();
    if home.is_some() {
        firsts.sort_by_key(|first| (!first.competente, first.distanza_km));
    } else {
        let begin = |first: &PrimaDisponibilita| first.primo.as_ref().map(|p| p.inizio.clone());
        firsts.sort_by_key(|first| (first.primo.is_none(), begin(first)));
    }
    Ok(Reply::json(200, &firsts))
}

/// As the crow flies, on a sphere.
fn kilometres(from: &Sede, to: &Sede) -> u16 {
    const RADIUS: f64 = 6371.0;
    let (a, b) = (from.lat.to_radians(), to.lat.to_radians());
    let across = (to.lon - from.lon).to_radians() / 2.0;
    let along = (b - a) / 2.0;
    let half = along.sin().powi(2) + a.cos() * b.cos() * across.sin().powi(2);
    (2.0 * RADIUS * half.sqrt().min(1.0).asin()).round() as u16
}
