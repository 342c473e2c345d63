// SPDX-License-Identifier: EUPL-1.2
//! The offices and what can be booked, asked for once and kept while the page is open.

use std::sync::OnceLock;

use contract::{
    endpoint::{BookableServices, Offices},
    prestazioni::PrestazioneInBreve,
    sede::SedeInBreve,
};
use futures_util::future::try_join;
use leptos::task::spawn_local;

use crate::{
    api::{self, CallError},
    dom::*,
    ui,
};

static NETWORK: OnceLock<Network> = OnceLock::new();

/// Offices and services of the Region.
#[derive(PartialEq)]
pub(crate) struct Network {
    /// Every office.
    pub(crate) offices: Vec<SedeInBreve>,
    /// Every service that can be booked.
    pub(crate) services: Vec<PrestazioneInBreve>,
}

impl Network {
    /// The office with this code.
    pub(crate) fn office(&self, code: &str) -> Option<&SedeInBreve> {
        self.offices.iter().find(|office| office.codice == code)
    }

    /// The service with this code.
    pub(crate) fn service(&self, code: &str) -> Option<&PrestazioneInBreve> {
        self.services.iter().find(|service| service.codice == code)
    }

    /// The name of an office; its code when the office is not there any more.
    pub(crate) fn office_name(&self, code: &str) -> String {
        self.office(code)
            .map_or_else(|| code.to_owned(), |office| office.nome.clone())
    }

    /// The name of a service; its code when it is not there any more.
    pub(crate) fn service_name(&self, code: &str) -> String {
        self.service(code)
            .map_or_else(|| code.to_owned(), |service| service.nome.clone())
    }

    /// The names of the services of one visit.
    pub(crate) fn visit_names(&self, first: &str, others: &[String]) -> String {
        let others = others.iter().map(String::as_str);
        std::iter::once(first)
            .chain(others)
            .map(|code| self.service_name(code))
            .collect::<Vec<_>>()
            .join(", ")
    }

    /// The office that is competent for a comune (Belfiore code).
    pub(crate) fn competent(&self, comune: &str) -> Option<&SedeInBreve> {
        self.offices
            .iter()
            .find(|office| office.comuni.iter().any(|served| served == comune))
    }
}

/// Fetches what is not there yet.
pub(crate) async fn load() -> Result<&'static Network, CallError> {
    if let Some(network) = NETWORK.get() {
        return Ok(network);
    }
    let (offices, services) = try_join(
        api::call::<Offices>(&[], &[], None),
        api::call::<BookableServices>(&[], &[], None),
    )
    .await?;
    Ok(NETWORK.get_or_init(|| Network { offices, services }))
}

/// Draws as soon as offices and services are there.
pub(crate) fn with_network(
    draw: impl Fn(&'static Network) -> AnyView + Send + Sync + 'static,
) -> AnyView {
    let answer = RwSignal::new(NETWORK.get().map(Ok));
    let ask = move || {
        if answer.with_untracked(Option::is_none) {
            spawn_local(async move {
                let found = load().await;
                let _ = answer.try_set(Some(found));
            });
        }
    };
    ui::answered(answer, ask, draw)
}

/// Street, postal code, town.
pub(crate) fn address(office: &SedeInBreve) -> String {
    [
        office.indirizzo.as_str(),
        ", ",
        &office.cap,
        " ",
        &office.citta,
        " (",
        &office.provincia,
        ")",
    ]
    .concat()
}
