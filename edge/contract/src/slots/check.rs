// SPDX-License-Identifier: EUPL-1.2
//! Whether a wanted beginning can be booked, and if not, exactly why.

use alloc::{string::String, vec::Vec};
use jiff::{SignedDuration, Timestamp};

use super::{
    By, Office, Search, closed_on, groups,
    occupied::all,
    places_on, spans_on,
    time::{CELL_SECONDS, Cell, DayClock, Start, cell_of, instant_of},
};
use crate::{
    appuntamento::{Modalita, refusal::Refusal},
    sede::Gruppo,
};

/// A desk or seat.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seat {
    /// Group code.
    pub gruppo: String,
    /// Number within the group, from 0.
    pub sportello: u16,
}

/// A beginning that can be booked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// The first cell.
    pub cell: Cell,
    /// The beginning.
    pub start: Timestamp,
    /// When it ends for the person.
    pub end: Timestamp,
    /// Every free desk or seat, the one to take first in front: groups with fewer services first, so that those who take
    /// many stay free for the others.
    pub seats: Vec<Seat>,
}

/// Whether a visit can begin at `start` in this way. The occupied cells have to cover the day.
///
/// # Errors
///
/// [`Refusal::Past`], [`Refusal::TooSoon`], [`Refusal::BeyondHorizon`], [`Refusal::NotOffered`],
/// [`Refusal::WrongModality`], [`Refusal::Closed`], [`Refusal::OutsideHours`], [`Refusal::OffGrid`] and
/// [`Refusal::SlotTaken`], asked in this order.
pub fn check(
    office: Office<'_>,
    search: Search<'_>,
    start: &Start,
    modalita: Modalita,
) -> Result<Place, Refusal> {
    let Search { visit, by, now, .. } = search;
    let day = start.local.date();
    // The desk may still begin in the cell that is running.
    let grace = match by {
        By::Citizen => SignedDuration::ZERO,
        By::Desk => SignedDuration::from_secs(CELL_SECONDS - 1),
    };
    if start.instant.saturating_add(grace).unwrap_or(start.instant) < now {
        return Err(Refusal::Past);
    }
    let (earliest, last) = visit.window(by, now);
    if by == By::Citizen && start.instant < earliest {
        return Err(Refusal::TooSoon);
    }
    if day > last {
        return Err(Refusal::BeyondHorizon);
    }
    if groups(office.sede, visit, None).next().is_none() {
        return Err(Refusal::NotOffered);
    }
    let receiving: Vec<&Gruppo> = groups(office.sede, visit, Some(modalita)).collect();
    if receiving.is_empty() {
        return Err(Refusal::WrongModality);
    }
    let open_today = |group: &&Gruppo| spans_on(office.sede, group, day).next().is_some();
    if closed_on(office.sede, office.exceptions, day).is_some() || !receiving.iter().any(open_today)
    {
        return Err(Refusal::Closed);
    }
    let fits: Vec<Fit> = receiving
        .iter()
        .map(|group| fit(office, search, group, start))
        .collect();
    if fits.iter().all(|fit| *fit == Fit::Outside) {
        return Err(Refusal::OutsideHours);
    }
    let cell = start.cell().ok_or(Refusal::OffGrid)?;
    if !fits.contains(&Fit::Begins) {
        return Err(Refusal::OffGrid);
    }
    let begins = receiving
        .into_iter()
        .zip(fits)
        .filter(|(_, fit)| *fit == Fit::Begins)
        .map(|(group, _)| group);
    place(office, search, begins.collect(), cell).ok_or(Refusal::SlotTaken)
}

/// A walk-in: the cell that is running now, at any desk that is free, whatever the hours and the grid.
///
/// # Errors
///
/// [`Refusal::NotOffered`], [`Refusal::WrongModality`], [`Refusal::Closed`], [`Refusal::NoDesk`].
pub fn walk_in(office: Office<'_>, search: Search<'_>) -> Result<Place, Refusal> {
    let start = Start::of_cell(cell_of(search.now));
    if groups(office.sede, search.visit, None).next().is_none() {
        return Err(Refusal::NotOffered);
    }
    let receiving: Vec<&Gruppo> = groups(office.sede, search.visit, search.modalita).collect();
    if receiving.is_empty() {
        return Err(Refusal::WrongModality);
    }
    if closed_on(office.sede, office.exceptions, start.local.date()).is_some() {
        return Err(Refusal::Closed);
    }
    place(office, search, receiving, cell_of(search.now)).ok_or(Refusal::NoDesk)
}

/// How a beginning lies in the hours of a group.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Fit {
    /// The visit does not lie within the hours.
    Outside,
    /// It does, but visits do not begin then.
    Between,
    /// A visit may begin then.
    Begins,
}

fn fit(office: Office<'_>, search: Search<'_>, group: &Gruppo, start: &Start) -> Fit {
    let visit = search.visit;
    let minute = start.minute();
    let whole = visit.minutes + visit.pause;
    let span = spans_on(office.sede, group, start.local.date())
        .find(|(from, to)| *from <= minute && minute + whole <= *to);
    let Some((from, _)) = span else {
        return Fit::Outside;
    };
    let free_grid = search.by == By::Desk && visit.session.is_none();
    let on_grid = free_grid || (minute - from).is_multiple_of(visit.step);
    let runs = DayClock::new(start.local.date()).and_then(|clock| clock.cell(minute, whole));
    if on_grid && runs.is_some() && runs == start.cell() {
        Fit::Begins
    } else {
        Fit::Between
    }
}

/// The free desks of these groups; `None` when there is none.
fn place(
    office: Office<'_>,
    search: Search<'_>,
    mut groups: Vec<&Gruppo>,
    cell: Cell,
) -> Option<Place> {
    let visit = search.visit;
    let start = Start::of_cell(cell);
    groups.sort_by_key(|group| (group.servizi.len(), group.codice.as_str()));
    let mut seats = Vec::new();
    for group in groups {
        let places = visit.places(places_on(group, office.exceptions, start.local.date()));
        let taken = office
            .occupied
            .group(&group.codice)
            .taken(visit.desk_cells(cell));
        let open = all(places) & !taken;
        seats.extend(
            (0..places)
                .filter(|n| open & (1 << n) != 0)
                .map(|sportello| Seat {
                    gruppo: group.codice.clone(),
                    sportello,
                }),
        );
    }
    (!seats.is_empty()).then(|| Place {
        cell,
        start: instant_of(cell),
        end: visit.end(instant_of(cell)),
        seats,
    })
}
