// SPDX-License-Identifier: EUPL-1.2
//! One day of an office: whether it is open, its hours, its places, and what is free.

use alloc::vec::Vec;
use jiff::civil::{Date, Weekday};

use super::{
    By, Exceptions, Office, Search, Slot, groups,
    occupied::all,
    time::{CELL_MINUTES, DayClock, instant_of, minute_of},
    ways,
};
use crate::{
    sede::{Gruppo, Sede},
    values::calendar,
};

/// Why an office is closed on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ClosedDay<'a> {
    /// A Sunday.
    Sunday,
    /// A national holiday.
    Holiday,
    /// The day of the patron saint of its comune.
    Patron,
    /// A closure, with the reason for people.
    Closure(&'a str),
}

impl<'a> ClosedDay<'a> {
    /// Code and Italian name of a reason that every office has; `None` for a closure of its own.
    #[must_use]
    pub const fn usual(self) -> Option<(&'static str, &'static str)> {
        match self {
            Self::Sunday => Some(("domenica", "Domenica")),
            Self::Holiday => Some(("festa", "Festa nazionale")),
            Self::Patron => Some(("patrono", "Festa del patrono")),
            Self::Closure(_) => None,
        }
    }

    /// What people read, in Italian.
    #[must_use]
    pub const fn label(self) -> &'a str {
        match (self, self.usual()) {
            (Self::Closure(reason), _) => reason,
            (_, Some((_, name))) => name,
            (_, None) => "",
        }
    }
}

/// Why the office is closed on a day; `None` when it is not, whatever its hours are.
#[must_use]
pub fn closed_on<'a>(
    sede: &'a Sede,
    exceptions: &'a Exceptions,
    day: Date,
) -> Option<ClosedDay<'a>> {
    if day.weekday() == Weekday::Sunday {
        return Some(ClosedDay::Sunday);
    }
    if calendar::is_holiday(day) {
        return Some(ClosedDay::Holiday);
    }
    if sede.patrono == Some((day.month(), day.day())) {
        return Some(ClosedDay::Patron);
    }
    let configured = sede
        .chiusure
        .iter()
        .filter(|closure| (closure.dal..=closure.al).contains(&day))
        .map(|closure| closure.motivo.as_str());
    let stored = exceptions
        .closures
        .iter()
        .filter(|(closed, _)| *closed == day)
        .map(|(_, reason)| reason.as_str());
    configured.chain(stored).min().map(ClosedDay::Closure)
}

/// The hours of a group on a day, in minutes from midnight: its own, or those of the office. Closures are not asked here.
pub fn spans_on<'a>(
    sede: &'a Sede,
    group: &'a Gruppo,
    day: Date,
) -> impl Iterator<Item = (u16, u16)> + 'a {
    let hours = if group.orari.is_empty() {
        &sede.orari
    } else {
        &group.orari
    };
    let weekday = day.weekday().to_monday_one_offset();
    hours
        .iter()
        .filter(move |hours| hours.giorno == weekday)
        .flat_map(|hours| &hours.fasce)
        .map(|(from, to)| (minute_of(*from), minute_of(*to)))
}

/// Desks or seats of a group on a day.
#[must_use]
pub fn places_on(group: &Gruppo, exceptions: &Exceptions, day: Date) -> u16 {
    exceptions
        .capacity
        .iter()
        .filter(|change| change.gruppo == group.codice)
        .filter(|change| (change.dal..=change.al).contains(&day))
        .max_by_key(|change| (change.dal, change.al, change.sportelli))
        .map_or(group.sportelli, |change| change.sportelli)
}

/// Adds the free slots of a day, in order of time.
pub(super) fn free_on(office: Office<'_>, search: Search<'_>, day: Date, found: &mut Vec<Slot>) {
    if closed_on(office.sede, office.exceptions, day).is_some() {
        return;
    }
    let Some(clock) = DayClock::new(day) else {
        return;
    };
    let visit = search.visit;
    let (earliest, last) = visit.window(search.by, search.now);
    if day > last {
        return;
    }
    let begun = found.len();
    let step = match search.by {
        By::Desk if visit.session.is_none() => CELL_MINUTES,
        _ => visit.step,
    };
    let whole = visit.minutes + visit.pause;
    let mut several = 0;
    for group in groups(office.sede, visit, search.modalita) {
        several += 1;
        let every = all(visit.places(places_on(group, office.exceptions, day)));
        let columns = office.occupied.group(&group.codice);
        let ways = ways(group, visit);
        for (from, to) in spans_on(office.sede, group, day) {
            let mut minute = from;
            while minute + whole <= to {
                let cell = clock.cell(minute, whole);
                minute += step;
                let Some(cell) = cell else { continue };
                let start = instant_of(cell);
                if start < earliest {
                    continue;
                }
                let open = every & !columns.taken(visit.desk_cells(cell));
                if open != 0 {
                    found.push(Slot {
                        cell,
                        end: visit.end(start),
                        ways,
                        places: u16::try_from(open.count_ones()).unwrap_or(0),
                    });
                }
            }
        }
    }
    if several > 1 {
        merge(found, begun);
    } else {
        // Hours may stand in any order.
        found[begun..].sort_unstable_by_key(|slot| slot.cell);
    }
}

/// Slots of several groups at the same time become one, with the places of all.
fn merge(found: &mut Vec<Slot>, begun: usize) {
    found[begun..].sort_by_key(|slot| slot.cell);
    let mut kept = begun;
    for next in begun..found.len() {
        let slot = found[next];
        if kept > begun && found[kept - 1].cell == slot.cell {
            found[kept - 1].places += slot.places;
            found[kept - 1].ways.0 |= slot.ways.0;
        } else {
            found[kept] = slot;
            kept += 1;
        }
    }
    found.truncate(kept);
}
