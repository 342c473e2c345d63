// SPDX-License-Identifier: EUPL-1.2
//! What is being looked for. It stands in the address, so that back, reload and a bookmark find it again; nothing in it
//! says who is looking.

use contract::appuntamento::Modalita;
use web_sys::UrlSearchParams;

use super::step::Step;
use crate::browser;

/// The search of a place.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Search {
    /// Service code.
    pub(super) servizio: String,
    /// Further services in the same visit.
    pub(super) altri: Vec<String>,
    /// Belfiore code of a comune that was chosen here.
    pub(super) comune: String,
    /// Office code.
    pub(super) sede: String,
    /// Month, `YYYY-MM`.
    pub(super) mese: String,
    /// How to meet.
    pub(super) modalita: Option<Modalita>,
    /// `mattina`, `pomeriggio`, or empty for the whole day.
    pub(super) ora: String,
    /// `calendario`, or empty for the list.
    pub(super) vista: String,
    /// The place that was chosen.
    pub(super) inizio: String,
    /// The appointment that is being moved.
    pub(super) sposta: String,
    /// The request that the appointment belongs to.
    pub(super) pratica: String,
}

/// An hour at which the afternoon begins.
const NOON: &str = "13:00";

impl Search {
    /// Reads the query of an address.
    pub(super) fn read(query: &str) -> Self {
        let given = UrlSearchParams::new_with_str(query).ok();
        let get = |name: &str| {
            given
                .as_ref()
                .and_then(|given| given.get(name))
                .unwrap_or_default()
        };
        Self {
            servizio: get("servizio"),
            altri: get("altri")
                .split(',')
                .filter(|code| !code.is_empty())
                .map(str::to_owned)
                .collect(),
            comune: get("comune"),
            sede: get("sede"),
            mese: get("mese"),
            modalita: Modalita::parse(&get("modalita")),
            ora: get("ora"),
            vista: get("vista"),
            inizio: get("inizio"),
            sposta: get("sposta"),
            pratica: get("pratica"),
        }
    }

    fn query(&self) -> String {
        let altri = self.altri.join(",");
        let parts = [
            ("servizio", self.servizio.as_str()),
            ("altri", &altri),
            ("comune", &self.comune),
            ("sede", &self.sede),
            ("mese", &self.mese),
            ("modalita", self.modalita.map_or("", Modalita::as_str)),
            ("ora", &self.ora),
            ("vista", &self.vista),
            ("inizio", &self.inizio),
            ("sposta", &self.sposta),
            ("pratica", &self.pratica),
        ];
        parts
            .iter()
            .filter(|(_, value)| !value.is_empty())
            .map(|(name, value)| [name, "=", &browser::encode(value)].concat())
            .collect::<Vec<_>>()
            .join("&")
    }

    /// The address of the page that looks for a place.
    pub(super) fn address(&self) -> String {
        ["/appuntamenti?", &self.query()].concat()
    }

    /// The address of the page that confirms the place.
    pub(super) fn to_confirm(&self) -> String {
        ["/appuntamenti/conferma?", &self.query()].concat()
    }

    /// What names the place itself: the same for every way that leads to it.
    pub(super) fn place(&self) -> String {
        Self {
            comune: String::new(),
            mese: String::new(),
            ora: String::new(),
            vista: String::new(),
            sposta: String::new(),
            pratica: String::new(),
            ..self.clone()
        }
        .query()
    }

    /// The question that comes next.
    pub(super) fn step(&self) -> Step {
        match (self.servizio.is_empty(), self.sede.is_empty()) {
            (true, _) => Step::Service,
            (false, true) => Step::Office,
            (false, false) => Step::Place,
        }
    }

    /// Whether a clock time belongs to the part of the day that is looked for.
    pub(super) fn in_part_of_day(&self, clock: &str) -> bool {
        match self.ora.as_str() {
            "mattina" => clock < NOON,
            "pomeriggio" => clock >= NOON,
            _ => true,
        }
    }
}
