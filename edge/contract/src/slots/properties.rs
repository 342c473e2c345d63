// SPDX-License-Identifier: EUPL-1.2
//! What holds for every day from 2020 to 2040, for offices, services and bookings drawn at random from a fixed seed. The
//! expected answer is computed a second time in the plainest way: try every quarter of an hour, ask every desk.

use alloc::{collections::BTreeSet, string::String, vec::Vec};
use jiff::{
    Span,
    civil::{Weekday, date},
};

use super::{tests::shipped, *};
use crate::{
    prestazioni::PRESTAZIONI,
    sede::{Chiusura, Rete},
    values::calendar::{easter, in_rome},
};

/// Draws from the sequence of splitmix64: the same on every machine and in every run.
struct Draw(u64);

impl Draw {
    fn below(&mut self, most: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        (z ^ (z >> 31)) % most
    }

    fn pick<'a, T>(&mut self, from: &'a [T]) -> &'a T {
        let length = u64::try_from(from.len()).unwrap();
        &from[usize::try_from(self.below(length)).unwrap()]
    }

    fn shuffle<T>(&mut self, list: &mut [T]) {
        for last in (1..list.len()).rev() {
            let other = self.below(u64::try_from(last + 1).unwrap());
            list.swap(last, usize::try_from(other).unwrap());
        }
    }
}

/// An office, a visit, a week and what is taken in it.
struct Case {
    sede: Sede,
    visit: Visit,
    by: By,
    only: Option<Modalita>,
    exceptions: Exceptions,
    taken: Vec<(String, Cell, u16)>,
    now: Timestamp,
    from: Date,
    to: Date,
}

impl Case {
    fn draw(draw: &mut Draw, rete: &Rete) -> Self {
        let mut sede = draw.pick(&rete.sedi).clone();
        let others: [&[&str]; 3] = [&[], &[], &["supporto_cv"]];
        let visit = loop {
            let service = draw.pick(PRESTAZIONI).codice;
            if let Ok(visit) = Visit::new(rete, service, draw.pick::<&[&str]>(&others)) {
                break visit;
            }
        };
        let days = i64::try_from(draw.below(21 * 365)).unwrap();
        let from = date(2020, 1, 1) + Span::new().days(days);
        let to = from + Span::new().days(6);
        // Up to a month earlier, at any minute.
        let earlier = i64::try_from(draw.below(31 * 24 * 60)).unwrap();
        let now = instant_of(cells_between(to, to).start) - Span::new().minutes(earlier);
        let any_day =
            |draw: &mut Draw| from + Span::new().days(i64::try_from(draw.below(7)).unwrap());
        let mut exceptions = Exceptions::default();
        if draw.below(3) == 0 {
            exceptions.closures.push((any_day(draw), "Neve".into()));
            let day = any_day(draw);
            sede.chiusure.push(Chiusura {
                dal: day,
                al: day + Span::new().days(1),
                motivo: "Lavori".into(),
                motivo_en: String::new(),
            });
        }
        for group in &sede.gruppi {
            if draw.below(3) == 0 {
                exceptions.capacity.push(Change {
                    gruppo: group.codice.clone(),
                    dal: any_day(draw),
                    al: to,
                    sportelli: u16::try_from(draw.below(8)).unwrap(),
                });
            }
        }
        let cells = cells_between(from, to);
        let width = u64::try_from(cells.end - cells.start).unwrap();
        let mut taken = Vec::new();
        for _ in 0..draw.below(1500) {
            let gruppo = draw.pick(&sede.gruppi).codice.clone();
            let start = cells.start + i64::try_from(draw.below(width)).unwrap();
            let desk = u16::try_from(draw.below(7)).unwrap();
            taken.extend((start..start + 3).map(|cell| (gruppo.clone(), cell, desk)));
        }
        Self {
            sede,
            visit,
            by: *draw.pick(&[By::Citizen, By::Citizen, By::Desk]),
            only: *draw.pick(&[None, None, Some(Modalita::Presenza), Some(Modalita::Video)]),
            exceptions,
            taken,
            now,
            from,
            to,
        }
    }

    fn occupied(&self) -> Occupied {
        let mut occupied = Occupied::new(cells_between(self.from, self.to));
        for (gruppo, cell, desk) in &self.taken {
            occupied.take(gruppo, *cell, *desk);
        }
        occupied
    }

    fn free(&self) -> Vec<Slot> {
        self.with(|office, search| free(office, search, self.from, self.to))
    }

    fn with<T>(&self, ask: impl FnOnce(Office<'_>, Search<'_>) -> T) -> T {
        let office = Office {
            sede: &self.sede,
            exceptions: &self.exceptions,
            occupied: &self.occupied(),
        };
        let search = Search {
            visit: &self.visit,
            by: self.by,
            modalita: self.only,
            now: self.now,
        };
        ask(office, search)
    }

    /// Free places at every quarter of an hour, found the plain way: for each quarter, each group and each desk.
    fn plain(&self) -> Vec<(Cell, u16)> {
        let taken: BTreeSet<(&str, Cell, u16)> = self
            .taken
            .iter()
            .map(|(gruppo, cell, desk)| (gruppo.as_str(), *cell, *desk))
            .collect();
        let mut found = Vec::new();
        for cell in cells_between(self.from, self.to) {
            let rome = in_rome(instant_of(cell));
            if self.shut(rome.date()) || !self.wanted(cell, rome.date()) {
                continue;
            }
            let groups = self
                .sede
                .gruppi
                .iter()
                .filter(|group| self.begins(group, cell));
            let places: usize = groups
                .map(|group| {
                    let desks = self.desks(group, rome.date());
                    let free = |desk: &u16| {
                        let mut cells = self.visit.desk_cells(cell);
                        cells.all(|cell| !taken.contains(&(group.codice.as_str(), cell, *desk)))
                    };
                    (0..desks).filter(free).count()
                })
                .sum();
            if places > 0 {
                found.push((cell, u16::try_from(places).unwrap()));
            }
        }
        found
    }

    fn shut(&self, day: Date) -> bool {
        let (month, number) = (day.month(), day.day());
        let fixed = [
            (1, 1),
            (1, 6),
            (4, 25),
            (5, 1),
            (6, 2),
            (8, 15),
            (11, 1),
            (12, 8),
            (12, 25),
            (12, 26),
        ];
        let monday = easter(day.year()).unwrap() + Span::new().days(1);
        day.weekday() == Weekday::Sunday
            || day == monday
            || fixed.contains(&(month, number))
            || (day.year() >= 2026 && (month, number) == (10, 4))
            || self.sede.patrono == Some((month, number))
            || self
                .sede
                .chiusure
                .iter()
                .any(|c| c.dal <= day && day <= c.al)
            || self
                .exceptions
                .closures
                .iter()
                .any(|(closed, _)| *closed == day)
    }

    fn wanted(&self, cell: Cell, day: Date) -> bool {
        let ahead = instant_of(cell).as_second() - self.now.as_second();
        let (hours, days) = match self.by {
            By::Citizen => (self.visit.notice_hours, self.visit.horizon_days),
            By::Desk => (0, 366),
        };
        let today = in_rome(self.now).date();
        // Nothing is drawn nearer than a second to its limit, so fractions do not matter.
        ahead >= i64::from(hours) * 3600 && (day - today).get_days() <= i32::from(days)
    }

    fn begins(&self, group: &Gruppo, cell: Cell) -> bool {
        let takes_all = self
            .visit
            .codes()
            .iter()
            .all(|code| group.servizi.contains(code));
        let receives = |way: &Modalita| {
            self.visit.modalita.contains(way)
                && (group.modalita.is_empty() || group.modalita.contains(way))
        };
        let in_way = match self.only {
            Some(way) => receives(&way),
            None => Modalita::ALL.iter().any(receives),
        };
        let (begin, end) = (
            in_rome(instant_of(cell)).datetime(),
            in_rome(
                instant_of(cell)
                    + Span::new().minutes(i64::from(self.visit.minutes + self.visit.pause)),
            )
            .datetime(),
        );
        let hours = if group.orari.is_empty() {
            &self.sede.orari
        } else {
            &group.orari
        };
        let weekday = begin.weekday().to_monday_one_offset();
        let step = match (self.by, self.visit.session) {
            (By::Desk, None) => 15,
            _ => i64::from(self.visit.step),
        };
        takes_all
            && in_way
            && hours
                .iter()
                .filter(|day| day.giorno == weekday)
                .flat_map(|day| &day.fasce)
                .any(|(from, to)| {
                    *from <= begin.time()
                        && end <= begin.date().to_datetime(*to)
                        && (begin.time().duration_since(*from).as_mins()) % step == 0
                })
    }

    fn desks(&self, group: &Gruppo, day: Date) -> u16 {
        let changes = self.exceptions.capacity.iter();
        let last = changes
            .filter(|c| c.gruppo == group.codice && c.dal <= day && day <= c.al)
            .max_by_key(|c| c.dal);
        let desks = last.map_or(group.sportelli, |change| change.sportelli);
        self.visit
            .session
            .map_or(desks, |session| desks.min(session.massimo))
    }
}

fn each_case(cases: u32, mut hold: impl FnMut(&Case, &mut Draw)) {
    let rete = shipped();
    let mut draw = Draw(20_201_231);
    for _ in 0..cases {
        let case = Case::draw(&mut draw, &rete);
        hold(&case, &mut draw);
    }
}

#[test]
fn free_places_are_those_of_a_plain_count() {
    let mut slots = 0;
    each_case(400, |case, _| {
        let found: Vec<_> = case
            .free()
            .iter()
            .map(|slot| (slot.cell, slot.places))
            .collect();
        assert_eq!(
            found,
            case.plain(),
            "{} from {}",
            case.sede.codice,
            case.from
        );
        slots += found.len();
    });
    assert!(slots > 5_000, "the cases say something: {slots}");
}

#[test]
fn the_first_slot_is_the_first_of_the_list() {
    each_case(300, |case, _| {
        let first = case.with(|office, search| first(office, search, case.from, case.to));
        assert_eq!(first, case.free().first().copied());
    });
}

#[test]
fn the_order_of_what_comes_in_does_not_matter() {
    each_case(200, |case, draw| {
        let mut other = Case {
            sede: case.sede.clone(),
            visit: case.visit.clone(),
            exceptions: case.exceptions.clone(),
            taken: case.taken.clone(),
            ..*case
        };
        draw.shuffle(&mut other.taken);
        draw.shuffle(&mut other.sede.gruppi);
        draw.shuffle(&mut other.sede.orari);
        draw.shuffle(&mut other.sede.chiusure);
        draw.shuffle(&mut other.exceptions.closures);
        draw.shuffle(&mut other.exceptions.capacity);
        assert_eq!(case.free(), other.free());
        for slot in case.free().iter().take(3) {
            let seats = |case: &Case| {
                case.with(|office, search| {
                    let way = slot.ways().next().unwrap();
                    check(office, search, &Start::of_cell(slot.cell), way)
                })
            };
            assert_eq!(seats(case), seats(&other));
        }
    });
}

#[test]
fn what_is_offered_can_be_booked_and_nothing_else() {
    each_case(120, |case, _| {
        let offered: BTreeSet<_> = case.free().iter().map(|slot| slot.cell).collect();
        let taken: BTreeSet<_> = case.taken.iter().collect();
        let ways = case
            .only
            .map_or(Modalita::ALL.to_vec(), |way| Vec::from([way]));
        case.with(|office, search| {
            for cell in cells_between(case.from, case.to) {
                let start = Start::of_cell(cell);
                let places = ways.iter().map(|way| check(office, search, &start, *way));
                let place = places.flatten().next();
                // The desk may also begin in the quarter of an hour that is running, which is not offered.
                let running = case.by == By::Desk && start.instant < case.now;
                assert!(
                    running || place.is_some() == offered.contains(&cell),
                    "{cell}"
                );
                for seat in place.iter().flat_map(|place| &place.seats) {
                    for cell in case.visit.desk_cells(cell) {
                        assert!(!taken.contains(&(seat.gruppo.clone(), cell, seat.sportello)));
                    }
                }
            }
        });
    });
}

/// Every day of the years, at an office whose hours have no gap by day or night.
#[test]
fn no_slot_lies_on_a_closed_day_or_in_a_change_of_the_clocks() {
    let mut rete = shipped();
    let sede = rete.sedi.iter_mut().find(|s| s.codice == "imola").unwrap();
    let midnight = jiff::civil::time(0, 0, 0, 0);
    let late = jiff::civil::time(23, 45, 0, 0);
    sede.orari = (1..=7)
        .map(|giorno| crate::sede::Orario {
            giorno,
            fasce: Vec::from([(midnight, late)]),
        })
        .collect();
    sede.gruppi[0].orari.clear();
    let sede = rete.sede("imola").unwrap();
    let visit = Visit::new(&rete, "prima_informazione", &[] as &[&str]).unwrap();
    let exceptions = Exceptions::default();
    let mut day = date(2020, 1, 1);
    let mut open = 0;
    while day < date(2041, 1, 1) {
        let occupied = Occupied::new(cells_between(day, day));
        let office = Office {
            sede,
            exceptions: &exceptions,
            occupied: &occupied,
        };
        let search = Search {
            visit: &visit,
            by: By::Citizen,
            modalita: None,
            now: instant_of(occupied_start(day)) - Span::new().hours(48),
        };
        let slots = free(office, search, day, day);
        let closed = day.weekday() == Weekday::Sunday
            || crate::values::calendar::is_holiday(day)
            || (day.month(), day.day()) == (8, 13)
            || [(12, 24), (12, 31)].contains(&(day.month(), day.day())) && day.year() == 2026;
        assert_eq!(slots.is_empty(), closed, "{day}");
        for slot in &slots {
            let wire = slot.on_the_wire("imola");
            let parsed = parse_start(&wire.inizio).unwrap();
            assert_eq!(parsed.cell(), Some(slot.cell));
            assert_eq!(parsed.local.date(), day);
        }
        open += usize::from(!closed);
        day = day.tomorrow().unwrap();
    }
    assert!(open > 21 * 295, "{open}");
}

fn occupied_start(day: Date) -> Cell {
    cells_between(day, day).start
}
