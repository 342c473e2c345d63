// SPDX-License-Identifier: EUPL-1.2
//! The slot engine: which beginnings are free in an office for a visit, and why a wanted one is not. Pure: the office's
//! configuration, the exceptions and the occupied cells of the store and the time come in, free slots come out. Browser
//! and edge run the same code.
//!
//! Time is cut into cells of a quarter of an hour, numbered from 1970 in UTC; clocks in Rome differ from UTC by whole
//! hours, so a quarter of an hour in Rome is one cell. A desk (sportello) of a group is a column of cells; a group session
//! has a column for each seat. A visit takes the cells of its services' minutes together and of the longest pause after
//! them, at one desk of one group: several services in one visit need a group that takes them all, so that the person
//! stays with one operator. A visit has to end, with its pause, within one span of the group's hours.

use alloc::{string::String, vec::Vec};
use core::ops::Range;
use jiff::{Timestamp, civil::Date};

use crate::{
    appuntamento::{Disponibilita, Modalita},
    sede::{Gruppo, Sede},
};

mod check;
mod day;
mod occupied;
#[cfg(test)]
mod properties;
#[cfg(test)]
mod tests;
mod time;
mod visit;

pub use check::{Place, Seat, check, walk_in};
pub use day::{ClosedDay, closed_on, places_on, spans_on};
pub use occupied::Occupied;
pub use time::{
    CELL_SECONDS, Cell, Start, cell_of, cells_between, instant_of, parse_start, written,
};
pub use visit::Visit;

/// Most places that a group can have: one bit each.
pub const MOST_PLACES: u16 = 64;

/// What the store knows beside the configuration.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Exceptions {
    /// Days on which the office receives nobody, with the reason for people.
    pub closures: Vec<(Date, String)>,
    /// Other numbers of places.
    pub capacity: Vec<Change>,
}

/// Another number of places in a group from a day to a day. Where two hold, the one that begins later counts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// Group code.
    pub gruppo: String,
    /// First day.
    pub dal: Date,
    /// Last day.
    pub al: Date,
    /// Places.
    pub sportelli: u16,
}

/// An office with everything that decides what is free there.
#[derive(Debug, Clone, Copy)]
pub struct Office<'a> {
    /// Its configuration.
    pub sede: &'a Sede,
    /// What the store adds.
    pub exceptions: &'a Exceptions,
    /// Cells that are taken: appointments, holds that are not over, offers, blocked time.
    pub occupied: &'a Occupied,
}

/// On whose behalf a place is looked for: notice, horizon and grid bind citizens, not the desk.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum By {
    /// A citizen.
    Citizen,
    /// The office.
    Desk,
}

/// What is looked for.
#[derive(Debug, Clone, Copy)]
pub struct Search<'a> {
    /// The services.
    pub visit: &'a Visit,
    /// For whom.
    pub by: By,
    /// Only places where it can take place in this way.
    pub modalita: Option<Modalita>,
    /// Now.
    pub now: Timestamp,
}

/// A beginning that is free.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Slot {
    /// The first cell.
    pub cell: Cell,
    /// When the visit ends for the person.
    pub end: Timestamp,
    /// Ways in which it can take place, over all groups.
    ways: Ways,
    /// Free places.
    pub places: u16,
}

impl Slot {
    /// Ways in which it can take place.
    pub fn ways(&self) -> impl Iterator<Item = Modalita> + use<> {
        self.ways.iter()
    }

    /// As it stands on the wire.
    #[must_use]
    pub fn on_the_wire(&self, sede: &str) -> Disponibilita {
        Disponibilita {
            inizio: written(instant_of(self.cell)),
            fine: written(self.end),
            modalita: self.ways.iter().collect(),
            posti: self.places,
            sede: sede.into(),
        }
    }
}

/// A set of ways.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
struct Ways(u8);

impl Ways {
    fn of(ways: &[Modalita]) -> Self {
        Self(ways.iter().fold(0, |set, way| set | Self::bit(*way)))
    }

    const fn bit(way: Modalita) -> u8 {
        match way {
            Modalita::Presenza => 1,
            Modalita::Telefono => 2,
            Modalita::Video => 4,
        }
    }

    const fn has(self, way: Modalita) -> bool {
        self.0 & Self::bit(way) != 0
    }

    fn iter(self) -> impl Iterator<Item = Modalita> + use<> {
        Modalita::ALL.into_iter().filter(move |way| self.has(*way))
    }
}

/// The ways in which a group receives for a visit.
fn ways(group: &Gruppo, visit: &Visit) -> Ways {
    let own = Ways::of(&group.modalita);
    let all = Ways::of(&visit.modalita);
    if own.0 == 0 { all } else { Ways(own.0 & all.0) }
}

/// Groups of the office that take all services of the visit, in the wanted way if there is one.
fn groups<'a>(
    sede: &'a Sede,
    visit: &'a Visit,
    way: Option<Modalita>,
) -> impl Iterator<Item = &'a Gruppo> {
    sede.gruppi.iter().filter(move |group| {
        visit.taken_by(group) && way.is_none_or(|way| ways(group, visit).has(way))
    })
}

/// The days on which a search can find something: between the notice and the horizon.
#[must_use]
pub fn days(search: Search<'_>, dal: Date, al: Date) -> Range<Date> {
    let (first, last) = search.visit.window(search.by, search.now);
    let first = crate::values::calendar::rome_date(first).max(dal);
    let end = last.min(al).saturating_add(jiff::Span::new().days(1));
    first..end.max(first)
}

/// Every free slot from `dal` to `al`, in order of time. The occupied cells have to cover these days: what lies outside
/// of them counts as taken.
#[must_use]
pub fn free(office: Office<'_>, search: Search<'_>, dal: Date, al: Date) -> Vec<Slot> {
    let mut slots = Vec::new();
    let days = days(search, dal, al);
    let mut day = days.start;
    while day < days.end {
        day::free_on(office, search, day, &mut slots);
        day = day.saturating_add(jiff::Span::new().days(1));
    }
    slots
}

/// The first free slot from `dal` to `al`.
#[must_use]
pub fn first(office: Office<'_>, search: Search<'_>, dal: Date, al: Date) -> Option<Slot> {
    let mut slots = Vec::new();
    let days = days(search, dal, al);
    let mut day = days.start;
    while day < days.end && slots.is_empty() {
        day::free_on(office, search, day, &mut slots);
        day = day.saturating_add(jiff::Span::new().days(1));
    }
    slots.first().copied()
}

/// The `most` slots nearest in time to a wanted beginning, in order of time: alternatives to a place that is taken.
#[must_use]
pub fn nearest(mut slots: Vec<Slot>, wanted: Cell, most: usize) -> Vec<Slot> {
    slots.sort_by_key(|slot| ((slot.cell - wanted).abs(), slot.cell));
    slots.truncate(most);
    slots.sort_by_key(|slot| slot.cell);
    slots
}
