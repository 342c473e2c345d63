// SPDX-License-Identifier: EUPL-1.2
//! The checked DID. `Answers` become a `Did` only here, and only when the whole flow is sound.

use alloc::{
    string::{String, ToString},
    vec,
    vec::Vec,
};
use jiff::civil::Date;

use super::DID;
use crate::{
    flow,
    problem::{FieldProblem, Problem},
    service::Case,
    values::money::Money,
};

/// The declared condition. What belongs to one condition cannot be said with another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Condizione {
    /// Out of work.
    PrivoDiImpiego,
    /// Employee or co.co.co. within the limit: expected yearly income.
    Dipendente(Money),
    /// Self-employed within the limit: expected yearly income.
    Autonomo(Money),
    /// Under notice of dismissal (art. 19 c. 4): last day of work. Unemployed from the day after.
    ARischio(Date),
}

/// A sound declaration: what the office works with. The other answers stay with it in normal form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Did {
    /// The condition.
    pub condizione: Condizione,
    /// Belfiore code of the comune that decides the competent office: domicile, or residence.
    pub competenza_comune: String,
    /// Where notices go.
    pub email: String,
    /// Where notices go, E.164.
    pub cellulare: String,
    /// First day of unemployment.
    pub decorrenza: Date,
}

impl Did {
    /// Reads a declaration; all problems at once.
    ///
    /// # Errors
    /// Every refused field, in the order of the questions; a way out counts as a refusal at its field.
    pub fn read(case: Case<'_>) -> Result<Self, Vec<FieldProblem>> {
        let verdict = flow::check(&DID, case);
        if !verdict.problems.is_empty() {
            return Err(verdict.problems);
        }
        if let Some(exit) = verdict.exit {
            return Err(vec![FieldProblem::new(
                exit.field,
                Problem::Rule(exit.id, exit.title),
            )]);
        }
        let answers = case.answers;
        let need = |id: &str| {
            answers
                .text(id)
                .ok_or_else(|| vec![FieldProblem::new(id, Problem::Missing)])
        };
        let income = || {
            let typed = need("reddito_prospettico")?;
            Money::parse(typed)
                .map_err(|problem| vec![FieldProblem::new("reddito_prospettico", problem)])
        };
        let condizione = match need("condizione")? {
            "privo_di_impiego" => Condizione::PrivoDiImpiego,
            "dipendente" => Condizione::Dipendente(income()?),
            "autonomo" => Condizione::Autonomo(income()?),
            "a_rischio" => {
                let end = flow::check_date(need("fine_rapporto")?);
                Condizione::ARischio(
                    end.ok_or_else(|| vec![FieldProblem::new("fine_rapporto", Problem::NotADate)])?,
                )
            }
            _ => return Err(vec![FieldProblem::new("condizione", Problem::UnknownCode)]),
        };
        let decorrenza = match &condizione {
            Condizione::ARischio(end) => end.tomorrow().unwrap_or(*end),
            _ => case.facts.today,
        };
        Ok(Self {
            condizione,
            competenza_comune: answers
                .text("domicilio_comune")
                .map_or_else(|| need("residenza_comune"), Ok)?
                .to_string(),
            email: need("email")?.to_string(),
            cellulare: need("cellulare")?.to_string(),
            decorrenza,
        })
    }
}
