// SPDX-License-Identifier: EUPL-1.2
//! The month as a calendar (ARIA grid): arrows move by day and week, Home and End within the week, Page Up and Page Down
//! by month, Enter opens a day. The places of a day are the same buttons as in the list.

use std::{collections::BTreeMap, rc::Rc};

use contract::appuntamento::Disponibilita;
use jiff::{ToSpan, civil::Date};
use wasm_bindgen::JsCast;

use super::{choices::by_day, free, network::Network, place, search::Search};
use crate::{
    browser, dates,
    dom::*,
    routes,
    texts::{self, tr},
};

thread_local! {
    /// The day that takes the focus as soon as its month stands on the page.
    static TO_FOCUS: std::cell::Cell<Option<Date>> = const { std::cell::Cell::new(None) };
}

/// What the keys work on.
#[derive(Clone, Copy)]
struct Grid {
    month: Date,
    months: StoredValue<Vec<Date>>,
    search: StoredValue<Search>,
    active: RwSignal<Date>,
    open: RwSignal<Option<Date>>,
}

/// The calendar of a month, and the places of the day that is open.
pub(super) fn draw(
    network: &'static Network,
    search: &Search,
    month: Date,
    places: &[Disponibilita],
) -> AnyView {
    let days = Rc::new(by_day(places));
    let first = days.keys().next().copied();
    // While its month is on the way the one before is drawn once more: that one leaves it alone.
    let owed = TO_FOCUS.get().filter(|day| same_month(*day, month));
    if owed.is_some() {
        TO_FOCUS.set(None);
    }
    let grid = Grid {
        month,
        months: StoredValue::new(free::months(network, &search.servizio)),
        search: StoredValue::new(search.clone()),
        active: RwSignal::new(owed.or(first).unwrap_or(month)),
        open: RwSignal::new(None),
    };
    if let Some(day) = owed {
        request_animation_frame(move || focus_day(day));
    }
    let offering = place::offering(network, search);
    let opened = {
        let days = Rc::clone(&days);
        move || {
            grid.open.get().map(|day| {
                let places = days.get(&day).cloned().unwrap_or_default();
                el("section")
                    .at("class", "slot-section")
                    .at("aria-labelledby", "giorno-aperto")
                    .with(
                        el("h2")
                            .at("class", "h5 slot-day")
                            .at("id", "giorno-aperto")
                            .at("tabindex", "-1")
                            .with(dates::weekday(day)),
                    )
                    .with(offering.day(day, &places))
                    .into_any()
            })
        }
    };
    many(vec![
        days.is_empty()
            .then(|| place::nothing(network, search))
            .into_any(),
        grid.table(&days),
        opened.into_any(),
    ])
}

fn same_month(day: Date, month: Date) -> bool {
    (day.year(), day.month()) == (month.year(), month.month())
}

fn id(day: Date) -> String {
    ["giorno-", &day.to_string()].concat()
}

fn focus_day(day: Date) {
    if let Some(button) = browser::by_id(&id(day)) {
        let _ = button.focus();
    }
}

impl Grid {
    fn table(self, days: &BTreeMap<Date, Vec<Disponibilita>>) -> AnyView {
        let start = monday_before(self.month);
        let names: Vec<_> = (0..7)
            .map(|n| start.saturating_add(i64::from(n).days()))
            .map(|day| {
                let name = dates::weekday_name(day);
                el("th")
                    .at("scope", "col")
                    .at("abbr", name.clone())
                    .with(name.chars().take(3).collect::<String>())
                    .into_any()
            })
            .collect();
        let mut weeks = Vec::new();
        let mut monday = start;
        while monday <= self.month.last_of_month() {
            let cells: Vec<_> = (0..7)
                .map(|n| self.cell(monday.saturating_add(i64::from(n).days()), days))
                .collect();
            weeks.push(el("tr").with(cells).into_any());
            monday = monday.saturating_add(7.days());
        }
        el("table")
            .at("class", "month-grid")
            .at("role", "grid")
            .on("keydown", move |event| self.key(event.unchecked_ref()))
            .with(el("caption").with(dates::month(self.month)))
            .with(el("thead").with(el("tr").with(names)))
            .with(el("tbody").with(weeks))
            .into_any()
    }

    fn cell(self, day: Date, days: &BTreeMap<Date, Vec<Disponibilita>>) -> AnyView {
        if !same_month(day, self.month) {
            return el("td").at("role", "gridcell").into_any();
        }
        let count = days.get(&day).map_or(0, Vec::len);
        let said = match count {
            0 => tr("ui/booking/calendar/none", "nessun posto libero").to_owned(),
            1 => tr("ui/booking/calendar/one", "1 orario libero").to_owned(),
            _ => texts::with(
                tr("ui/booking/calendar/many", "{valore} orari liberi"),
                &count.to_string(),
            ),
        };
        let label = [day.day().to_string(), dates::weekday(day), said.clone()].join(", ");
        let tabindex = move || if self.active.get() == day { "0" } else { "-1" };
        let selected = move || {
            if self.open.get() == Some(day) {
                "true"
            } else {
                "false"
            }
        };
        let class = if count == 0 { "day" } else { "day free" };
        el("td")
            .at("role", "gridcell")
            .at("aria-selected", selected)
            .with(
                el("button")
                    .at("type", "button")
                    .at("id", id(day))
                    .at("class", class)
                    .at("aria-label", label)
                    .at("aria-disabled", (count == 0).then_some("true"))
                    .at("tabindex", tabindex)
                    // Seen below the day; the name says it in words.
                    .at("data-count", (count > 0).then(|| count.to_string()))
                    .on("click", move |_| {
                        self.active.set(day);
                        if count > 0 {
                            self.open.set(Some(day));
                            browser::focus_soon("giorno-aperto");
                        }
                    })
                    .with(el("strong").with(day.day().to_string())),
            )
            .into_any()
    }

    fn key(self, event: &web_sys::KeyboardEvent) {
        let day = self.active.get_untracked();
        let weekday = i64::from(day.weekday().to_monday_zero_offset());
        let next = match event.key().as_str() {
            "ArrowRight" => day.saturating_add(1.day()),
            "ArrowLeft" => day.saturating_sub(1.day()),
            "ArrowDown" => day.saturating_add(7.days()),
            "ArrowUp" => day.saturating_sub(7.days()),
            "Home" => day.saturating_sub(weekday.days()),
            "End" => day.saturating_add((6 - weekday).days()),
            "PageDown" => day.saturating_add(1.month()),
            "PageUp" => day.saturating_sub(1.month()),
            _ => return,
        };
        event.prevent_default();
        if same_month(next, self.month) {
            self.active.set(next);
            focus_day(next);
            return;
        }
        let month = next.first_of_month();
        if self.months.with_value(|months| months.contains(&month)) {
            TO_FOCUS.set(Some(next));
            let search = Search {
                mese: free::code(month),
                ..self.search.get_value()
            };
            routes::go(&search.address(), false);
        }
    }
}

fn monday_before(day: Date) -> Date {
    let offset = i64::from(day.weekday().to_monday_zero_offset());
    day.saturating_sub(offset.days())
}
