// SPDX-License-Identifier: EUPL-1.2
//! What people book, as they name it and as the store has it: services in one visit, an office, a beginning, a way.

use contract::appuntamento::Modalita;
use contract::appuntamento::refusal::Refusal;
use contract::avvisi;
use contract::prestazioni;
use contract::problem::{FieldProblem, Problem};
use contract::sede::Sede;
use contract::slots::{By, Search, Start, Visit, parse_start};
use contract::texts::prestazione_key;

use super::appuntamenti::refusals::refuse;
use super::appuntamenti::store::Stored;
use super::{notices, sedi};
use crate::ctx::Ctx;
use crate::error::Error;
use crate::http::Request;
use crate::texts::Language;

/// Most services in one visit.
const MOST_SERVICES: usize = 5;

/// A place that somebody wants.
#[derive(Debug, Clone)]
pub(crate) struct Wanted {
    pub(crate) sede: &'static Sede,
    pub(crate) visit: Visit,
    pub(crate) start: Start,
    pub(crate) modalita: Modalita,
    pub(crate) by: By,
}

impl Wanted {
    /// Reads what was asked for; refuses what does not exist, at its field.
    pub(crate) fn read(
        (service, others): (&str, &[String]),
        sede: &str,
        start: &str,
        modalita: Modalita,
        by: By,
    ) -> Result<Self, Error> {
        Ok(Self {
            visit: visit(service, others)?,
            sede: sedi::rete()?
                .sede(sede)
                .ok_or_else(|| refuse(Refusal::UnknownOffice))?,
            start: parse_start(start).map_err(refuse)?,
            modalita,
            by,
        })
    }

    /// As the slot engine wants it.
    pub(crate) fn search(&self, ctx: &Ctx) -> Search<'_> {
        Search {
            visit: &self.visit,
            by: self.by,
            modalita: Some(self.modalita),
            now: ctx.now,
        }
    }
}

/// Services in one visit.
pub(crate) fn visit(service: &str, others: &[String]) -> Result<Visit, Error> {
    if others.len() >= MOST_SERVICES {
        return Err(refuse(Refusal::NotTogether));
    }
    Visit::new(sedi::rete()?, service, others).map_err(refuse)
}

/// The visit of a stored appointment.
pub(crate) fn of_stored(stored: &Stored) -> Result<Visit, Error> {
    of_codes(&stored.servizi)
}

/// The visit of stored services.
pub(crate) fn of_codes(codes: &[String]) -> Result<Visit, Error> {
    let broken = || Error::Db("a stored service is not in the contract".into());
    let (first, others) = codes.split_first().ok_or_else(broken)?;
    Visit::new(sedi::rete()?, first, others).map_err(|_| broken())
}

/// `servizio` and `altri` (separated by commas) of a query.
pub(crate) fn asked(request: &Request) -> Result<Visit, Error> {
    let missing = || Error::Refused(vec![FieldProblem::new("servizio", Problem::Missing)]);
    let service = request.query_given("servizio").ok_or_else(missing)?;
    let others: Vec<String> = request
        .query_given("altri")
        .unwrap_or_default()
        .split(',')
        .filter(|code| !code.is_empty())
        .map(str::to_owned)
        .collect();
    visit(service, &others)
}

/// `modalita` of a query, if it is there.
pub(crate) fn way_asked(request: &Request) -> Result<Option<Modalita>, Error> {
    match request.query_given("modalita") {
        None => Ok(None),
        Some(code) => Modalita::parse(code).map(Some).ok_or_else(|| {
            Error::Refused(vec![FieldProblem::new("modalita", Problem::UnknownCode)])
        }),
    }
}

/// The names of services, for people.
pub(crate) fn names(language: Language, codes: &[String]) -> String {
    let known = codes.iter().filter_map(|code| prestazioni::find(code));
    let named = known.map(|service| language.text(&prestazione_key(service, "nome"), service.nome));
    named.fold(String::new(), |said, name| {
        if said.is_empty() {
            return name.into();
        }
        let both = [("uno", said.as_str()), ("altro", name)];
        avvisi::fill(notices::phrase(language, "e"), &both)
    })
}

/// What to bring, once each.
pub(crate) fn bring(language: Language, codes: &[String]) -> Vec<&'static str> {
    let mut all = Vec::new();
    for service in codes.iter().filter_map(|code| prestazioni::find(code)) {
        for (n, line) in service.portare.iter().enumerate() {
            let key = prestazione_key(service, &format!("portare/{n}"));
            let said = language.text(&key, line);
            if !all.contains(&said) {
                all.push(said);
            }
        }
    }
    all
}
