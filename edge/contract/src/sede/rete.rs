// SPDX-License-Identifier: EUPL-1.2
//! All offices of a Region together: which is competent, which is near, and what the agency changes of the services.

use alloc::{collections::BTreeMap, string::String, vec, vec::Vec};
use serde::{Deserialize, Serialize};

use super::{Bilingual, Sede};
use crate::{
    appuntamento::PrimaDisponibilita,
    prestazioni::{self, Prestazione, Variante},
    slots::Slot,
};

/// The whole configuration of a Region's offices, as `edge/config/sedi.json` holds it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rete {
    /// What this file is, for whoever opens it.
    #[serde(default)]
    pub nota: String,
    /// Every office.
    pub sedi: Vec<Sede>,
    /// The names of the groups of operators, by the code that they have in every office.
    #[serde(default)]
    pub gruppi: BTreeMap<String, Bilingual>,
    /// What the agency changes of the services, by service code.
    #[serde(default)]
    pub varianti: BTreeMap<String, Variante>,
    /// Hours before an appointment at which people are reminded, the largest first.
    #[serde(default = "usual_reminders")]
    pub promemoria_ore: Vec<u16>,
    /// No reminder nearer to the appointment than this: who books late does not need one.
    #[serde(default = "usual_reminder_least")]
    pub promemoria_minimo_ore: u16,
    /// Minutes for which an earlier place is kept for one person.
    #[serde(default = "usual_offer_minutes")]
    pub offerta_minuti: u16,
}

fn usual_reminders() -> Vec<u16> {
    vec![48, 24]
}

const fn usual_reminder_least() -> u16 {
    12
}

const fn usual_offer_minutes() -> u16 {
    120
}

/// Seconds for which a chosen place is held while the person confirms.
pub const HOLD_SECONDS: u32 = 600;

impl Rete {
    /// The office with this code.
    #[must_use]
    pub fn sede(&self, codice: &str) -> Option<&Sede> {
        self.sedi.iter().find(|sede| sede.codice == codice)
    }

    /// The name of a group, in English or in Italian; its code where the configuration has no name.
    #[must_use]
    pub fn nome_gruppo<'a>(&'a self, codice: &'a str, english: bool) -> &'a str {
        self.gruppi
            .get(codice)
            .map_or(codice, |name| name.said(english))
    }

    /// The competent office for a comune of domicile (Belfiore code); `None` outside of the Region.
    #[must_use]
    pub fn competente(&self, comune: &str) -> Option<&Sede> {
        self.sedi
            .iter()
            .find(|sede| sede.comuni.iter().any(|served| served == comune))
    }

    /// The service with this code as the agency has changed it.
    #[must_use]
    pub fn prestazione(&self, codice: &str) -> Option<Prestazione> {
        let service = prestazioni::find(codice)?;
        let by = self.varianti.get(codice).copied().unwrap_or_default();
        Some(service.varied(by))
    }

    /// The first free place of every office, in the order in which people should see them: the competent office for
    /// their comune first, then the nearest; without a comune of the Region, the earliest first. Offices without a place
    /// stand last.
    #[must_use]
    pub fn first_places(
        &self,
        comune: Option<&str>,
        found: Vec<(&Sede, Option<Slot>)>,
    ) -> Vec<PrimaDisponibilita> {
        let competent = comune.and_then(|comune| self.competente(comune));
        let mut found: Vec<_> = found
            .into_iter()
            .map(|(sede, slot)| {
                let km = competent.map_or(0, |from| from.distanza_km(sede));
                (slot.is_none(), km, slot.map(|slot| slot.cell), sede, slot)
            })
            .collect();
        found.sort_by_key(|(none, km, cell, sede, _)| (*none, *km, *cell, sede.codice.as_str()));
        let on_the_wire =
            |(_, km, _, sede, slot): (bool, u16, Option<i64>, &Sede, Option<Slot>)| {
                PrimaDisponibilita {
                    sede: sede.codice.clone(),
                    primo: slot.map(|slot| slot.on_the_wire(&sede.codice)),
                    competente: competent.is_some_and(|own| own.codice == sede.codice),
                    distanza_km: km,
                }
            };
        found.into_iter().map(on_the_wire).collect()
    }
}

impl Sede {
    /// Kilometres to another office as the crow flies, rounded.
    #[must_use]
    pub fn distanza_km(&self, other: &Self) -> u16 {
        /// Twice the mean radius of the Earth.
        const DIAMETER_KM: f64 = 12_742.0;
        let half = |degrees: f64| (degrees.to_radians() / 2.0).sin().powi(2);
        let (here, there) = (self.lat.to_radians(), other.lat.to_radians());
        let haversine =
            half(other.lat - self.lat) + here.cos() * there.cos() * half(other.lon - self.lon);
        let km = DIAMETER_KM * haversine.clamp(0.0, 1.0).sqrt().asin();
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a distance on Earth is between 0 and 20,040 km"
        )]
        let km = km.round() as u16;
        km
    }
}
