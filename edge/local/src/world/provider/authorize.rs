// SPDX-License-Identifier: EUPL-1.2
//! Where browsers come to sign in: the request, the page of the people, and the way back.

use super::request::{Authorization, Refused};
use super::trial::Outcome;
use super::{CODE_SECONDS, Grant, Provider, TRANSACTION_SECONDS};
use crate::world::people::{self, Person};
use crate::world::wire::{Call, Parameters, Reply, now};
use crate::world::{jose, pages};
use form_urlencoded::Serializer;
use std::time::Duration;

/// How long a late answer takes.
const LATE: Duration = Duration::from_secs(8);

impl Provider {
    /// `GET /authorize`.
    pub(super) async fn authorize(&self, call: &Call) -> Reply {
        let Some(outer) = call.parameters() else {
            return self.refuse_here("invalid_request", "A parameter stands twice in the query.");
        };
        if outer.get("client_id") != self.client_id {
            return self.refuse_here("unauthorized_client", "The client_id is not known.");
        }
        // Until the signature is verified nothing in the request may decide where a browser is sent.
        let inner = match self.verified(outer.get("request")).await {
            Ok(claims) => claims,
            Err(why) => return self.refuse_here("invalid_request_object", &why.to_string()),
        };
        let authorization = match self.check(&outer, &inner, now()) {
            Ok(authorization) => authorization,
            Err(Refused(error, why)) => {
                let state = inner["state"].as_str().unwrap_or_default();
                return self.back(302, &[("error", error), ("error_description", why)], state);
            }
        };
        if let Some(person) = people::find(&authorization.login_hint) {
            let level = authorization.level;
            return self
                .answer(302, person, authorization, level, Outcome::Ok)
                .await;
        }
        self.ask(authorization)
    }

    /// The page of the people, which keeps the request on this side.
    fn ask(&self, authorization: Authorization) -> Reply {
        let Ok(transaction) = jose::random(24) else {
            return Reply::problem(500, "No randomness.");
        };
        let now = now();
        let page = pages::sign_in(
            self.scheme.path(),
            self.scheme.name(),
            &transaction,
            authorization.level,
            &self.app,
        );
        let until = now + TRANSACTION_SECONDS;
        self.state(now)
            .transactions
            .insert(transaction, (authorization, until));
        page
    }

    /// `POST /scelta`: what was chosen on the page.
    pub(super) async fn choose(&self, call: &Call) -> Reply {
        let Some(form) = call.form() else {
            return self.refuse_here("invalid_request", "The form cannot be read.");
        };
        let waiting = self
            .state(now())
            .transactions
            .remove(form.get("transazione"));
        let Some((authorization, _)) = waiting else {
            return self.refuse_here(
                "invalid_request",
                "La pagina è scaduta: torna al sito e riprova.",
            );
        };
        let level = match form.get("livello") {
            "1" => 1,
            "3" => 3,
            _ => 2,
        };
        let Some((person, outcome)) = chosen(&form) else {
            return self.ask(authorization);
        };
        self.answer(303, person, authorization, level, outcome)
            .await
    }

    /// Sends the browser back with a code or an error. What a test has asked for comes first.
    async fn answer(
        &self,
        status: u16,
        person: &'static Person,
        authorization: Authorization,
        level: u8,
        outcome: Outcome,
    ) -> Reply {
        let outcome = self.wished(person).unwrap_or(outcome);
        if outcome == Outcome::Late {
            tokio::time::sleep(LATE).await;
        }
        let state = authorization.state.clone();
        let refused = |error, why| {
            self.back(
                status,
                &[("error", error), ("error_description", why)],
                &state,
            )
        };
        match outcome {
            Outcome::Refused => return refused("access_denied", "The person did not consent."),
            Outcome::Failed => return refused("server_error", "The provider has broken down."),
            _ => {}
        }
        let level = if outcome == Outcome::LowLevel {
            1
        } else {
            level
        };
        let Ok(code) = jose::random(32) else {
            return Reply::problem(500, "No randomness.");
        };
        let now = now();
        let grant = Grant {
            person,
            authorization,
            level,
            outcome,
            expires: now + CODE_SECONDS,
        };
        self.state(now).codes.insert(code.clone(), grant);
        match outcome {
            Outcome::WrongState => self.back(status, &[("code", &code)], &"x".repeat(43)),
            Outcome::WrongResponseIssuer => {
                self.back_as("https://altro.example", status, &[("code", &code)], &state)
            }
            _ => self.back(status, &[("code", &code)], &state),
        }
    }

    fn back(&self, status: u16, values: &[(&str, &str)], state: &str) -> Reply {
        self.back_as(&self.issuer, status, values, state)
    }

    fn back_as(&self, issuer: &str, status: u16, values: &[(&str, &str)], state: &str) -> Reply {
        let mut query = Serializer::new(String::new());
        query
            .extend_pairs(values)
            .append_pair("state", state)
            .append_pair("iss", issuer);
        Reply::redirect(status, &format!("{}?{}", self.redirect_uri, query.finish()))
    }

    /// An error that cannot be sent back, because the request itself cannot be trusted.
    fn refuse_here(&self, error: &str, why: &str) -> Reply {
        pages::refusal(self.scheme.name(), error, why)
    }
}

/// The person and the way of answering; nothing when no button was pressed.
fn chosen(form: &Parameters) -> Option<(&'static Person, Outcome)> {
    if let Some(person) = people::find(form.get("persona")) {
        let outcome = if form.get("ritardo") == "si" {
            Outcome::Late
        } else {
            Outcome::Ok
        };
        return Some((person, outcome));
    }
    // Refusing and breaking down are about nobody, so the first person stands in.
    let outcome = Outcome::parse(form.get("esito"))?;
    matches!(outcome, Outcome::Refused | Outcome::Failed).then(|| (&people::PEOPLE[0], outcome))
}
