// SPDX-License-Identifier: EUPL-1.2
//! A visit: one service or several that fit together, with the times and limits that follow.

use alloc::{
    string::{String, ToString},
    vec::Vec,
};
use core::ops::Range;
use jiff::{SignedDuration, Timestamp, civil::Date};

use super::{By, time::CELL_MINUTES, time::Cell};
use crate::{
    appuntamento::{Modalita, refusal::Refusal},
    prestazioni::{Laboratorio, Prestazione},
    sede::{Gruppo, Rete},
    values::calendar,
};

/// Further than this the desk does not book either.
const DESK_HORIZON_DAYS: u16 = 366;

/// Services in one visit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Visit {
    /// The services as the agency has them, the main one first.
    pub services: Vec<Prestazione>,
    /// Minutes with the person: the sum.
    pub minutes: u16,
    /// Minutes after it in which the desk is not free: the longest pause.
    pub pause: u16,
    /// Minutes between two beginnings: the longest step; of a group session, its minutes and its pause.
    pub step: u16,
    /// Ways that all services have in common.
    pub modalita: Vec<Modalita>,
    /// Hours of notice: the longest.
    pub notice_hours: u16,
    /// Days of horizon: the shortest.
    pub horizon_days: u16,
    /// Hours until which it can be moved: the longest.
    pub move_hours: u16,
    /// Hours until which it can be cancelled: the longest.
    pub cancel_hours: u16,
    /// For a group session.
    pub session: Option<Laboratorio>,
}

impl Visit {
    /// Puts services together.
    ///
    /// # Errors
    ///
    /// [`Refusal::UnknownService`], [`Refusal::NotTogether`].
    pub fn new<S: AsRef<str>>(rete: &Rete, service: &str, others: &[S]) -> Result<Self, Refusal> {
        let find = |code: &str| rete.prestazione(code).ok_or(Refusal::UnknownService);
        let mut visit = Self::of(find(service)?);
        for other in others {
            visit = visit.with(find(other.as_ref())?)?;
        }
        Ok(visit)
    }

    /// A visit for one service.
    #[must_use]
    pub fn of(service: Prestazione) -> Self {
        Self {
            minutes: service.durata,
            pause: service.pausa,
            step: match service.laboratorio {
                Some(_) => service.durata + service.pausa,
                None => service.passo,
            },
            modalita: service.modalita.to_vec(),
            notice_hours: service.margine_ore,
            horizon_days: service.orizzonte_giorni,
            move_hours: service.sposta_ore,
            cancel_hours: service.disdici_ore,
            session: service.laboratorio,
            services: Vec::from([service]),
        }
    }

    fn with(mut self, other: Prestazione) -> Result<Self, Refusal> {
        let fits = |own: &Prestazione| own.insieme.contains(&other.codice);
        self.modalita.retain(|way| other.modalita.contains(way));
        if !self.services.iter().all(fits) || self.modalita.is_empty() {
            return Err(Refusal::NotTogether);
        }
        self.minutes += other.durata;
        self.pause = self.pause.max(other.pausa);
        self.step = self.step.max(other.passo);
        self.notice_hours = self.notice_hours.max(other.margine_ore);
        self.horizon_days = self.horizon_days.min(other.orizzonte_giorni);
        self.move_hours = self.move_hours.max(other.sposta_ore);
        self.cancel_hours = self.cancel_hours.max(other.disdici_ore);
        self.services.push(other);
        Ok(self)
    }

    /// Codes of the services, the main one first.
    #[must_use]
    pub fn codes(&self) -> Vec<String> {
        self.services.iter().map(|s| s.codice.to_string()).collect()
    }

    /// Whether a group takes all services.
    #[must_use]
    pub fn taken_by(&self, group: &Gruppo) -> bool {
        self.services
            .iter()
            .all(|service| group.servizi.iter().any(|code| code == service.codice))
    }

    /// Places of a group for this visit on a day with so many desks or seats.
    #[must_use]
    pub fn places(&self, desks: u16) -> u16 {
        let most = self.session.map_or(super::MOST_PLACES, |s| s.massimo);
        desks.min(most).min(super::MOST_PLACES)
    }

    /// Cells that a desk or seat is taken for: minutes and pause.
    #[must_use]
    pub fn desk_cells(&self, from: Cell) -> Range<Cell> {
        from..from + Cell::from((self.minutes + self.pause).div_ceil(CELL_MINUTES))
    }

    /// Cells that the person is taken for: minutes alone.
    #[must_use]
    pub fn person_cells(&self, from: Cell) -> Range<Cell> {
        from..from + Cell::from(self.minutes.div_ceil(CELL_MINUTES))
    }

    /// When the visit ends for the person.
    #[must_use]
    pub fn end(&self, start: Timestamp) -> Timestamp {
        shifted(start, SignedDuration::from_mins(i64::from(self.minutes)))
    }

    /// Last instant to move it online.
    #[must_use]
    pub fn move_until(&self, start: Timestamp) -> Timestamp {
        shifted(
            start,
            SignedDuration::from_hours(-i64::from(self.move_hours)),
        )
    }

    /// Last instant to cancel it online.
    #[must_use]
    pub fn cancel_until(&self, start: Timestamp) -> Timestamp {
        shifted(
            start,
            SignedDuration::from_hours(-i64::from(self.cancel_hours)),
        )
    }

    /// The first instant and the last day at which it may begin.
    #[must_use]
    pub fn window(&self, by: By, now: Timestamp) -> (Timestamp, Date) {
        let (hours, days) = match by {
            By::Citizen => (self.notice_hours, self.horizon_days),
            By::Desk => (0, DESK_HORIZON_DAYS),
        };
        let last = calendar::rome_date(now).saturating_add(jiff::Span::new().days(i64::from(days)));
        (
            shifted(now, SignedDuration::from_hours(i64::from(hours))),
            last,
        )
    }
}

fn shifted(instant: Timestamp, by: SignedDuration) -> Timestamp {
    instant.saturating_add(by).unwrap_or(instant)
}
