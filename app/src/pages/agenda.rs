// SPDX-License-Identifier: EUPL-1.2
//! The agenda of the operator's office: the day, the week, one appointment, what can be changed, and the figures. Which
//! of them is shown stands in the address.

use contract::{appuntamento::Agenda, endpoint::DeskAgenda};
use jiff::{ToSpan, civil::Date};
use leptos::task::spawn_local;
use leptos_router::hooks::use_location;
use web_sys::UrlSearchParams;

use super::{
    area::signed_in,
    booking::network::{Network, with_network},
};
use crate::{
    api::{self, CallError},
    dates,
    dom::*,
    routes,
    session::Session,
    shell,
    texts::tr,
    ui,
};

mod book;
mod cancel;
mod capacity;
mod closing;
mod day;
mod figures;
mod times;
mod visit;
mod week;

/// What the address asks for.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Look {
    pub(super) day: Date,
    pub(super) view: View,
}

/// What is shown.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum View {
    Day,
    Week,
    Capacity,
    Figures,
    One(String),
}

impl Look {
    fn read(query: &str) -> Self {
        let given = UrlSearchParams::new_with_str(query).ok();
        let get = |name: &str| given.as_ref().and_then(|given| given.get(name));
        let view = match (get("appuntamento"), get("vista").as_deref()) {
            (Some(id), _) => View::One(id),
            (_, Some("settimana")) => View::Week,
            (_, Some("capienza")) => View::Capacity,
            (_, Some("andamento")) => View::Figures,
            _ => View::Day,
        };
        Self {
            day: get("giorno")
                .and_then(|day| day.parse().ok())
                .unwrap_or_else(dates::today),
            view,
        }
    }

    /// The address of this look.
    pub(super) fn address(&self) -> String {
        let view = match &self.view {
            View::Day => String::new(),
            View::Week => "&vista=settimana".to_owned(),
            View::Capacity => "&vista=capienza".to_owned(),
            View::Figures => "&vista=andamento".to_owned(),
            View::One(id) => ["&appuntamento=", id].concat(),
        };
        ["/sportello/agenda?giorno=", &self.day.to_string(), &view].concat()
    }

    fn with(&self, view: View) -> String {
        Self {
            view,
            ..self.clone()
        }
        .address()
    }

    /// First and last day of what is shown.
    fn days(&self) -> (Date, Date) {
        if self.view != View::Week {
            return (self.day, self.day);
        }
        let offset = i64::from(self.day.weekday().to_monday_zero_offset());
        let monday = self.day.saturating_sub(offset.days());
        (monday, monday.saturating_add(5.days()))
    }

    /// How far the arrows go.
    fn step(&self) -> i64 {
        if self.view == View::Week { 7 } else { 1 }
    }
}

/// The agenda as the edge told it, and how to ask again.
pub(super) type Answer = RwSignal<Option<Result<Agenda, CallError>>>;

/// The page.
pub(crate) fn page() -> AnyView {
    let query = use_location().search;
    let look = Memo::new(move |_| Look::read(&query.get()));
    let view = Memo::new(move |_| look.with(|look| look.view.clone()));
    let body = signed_in(move || {
        with_network(move |network| {
            (move || match view.get() {
                View::Day | View::Week => calendar(network, look),
                View::Capacity => capacity::draw(network),
                View::Figures => figures::draw(network, look.with_untracked(|look| look.day)),
                View::One(id) => visit::draw(network, id),
            })
            .into_any()
        })
    });
    let first = StoredValue::new(true);
    Effect::new(move |_| {
        let one = matches!(view.get(), View::One(_));
        if !first.get_value() && !one {
            request_animation_frame(|| shell::arrived("", true));
        }
        first.set_value(false);
    });
    let title = move || {
        (!matches!(view.get(), View::One(_))).then(|| el("h1").with(title(&view.get())).into_any())
    };
    let way = [("/sportello", tr("ui/desk/title", "Sportello operatori"))];
    el("div")
        .at("class", "container py-4")
        .with(ui::breadcrumb(&way, tr("ui/agenda/short", "Agenda")))
        .with(title)
        .with(move || tabs(&look.get()))
        .with(body)
        .into_any()
}

fn title(view: &View) -> &'static str {
    match view {
        View::Day | View::One(_) => tr("ui/agenda/title", "Agenda dell'ufficio"),
        View::Week => tr("ui/agenda/week_title", "Settimana dell'ufficio"),
        View::Capacity => tr("ui/agenda/capacity_title", "Posti per gruppo"),
        View::Figures => tr("ui/agenda/figures_title", "Come va l'agenda"),
    }
}

/// The ways of looking, as links.
fn tabs(look: &Look) -> AnyView {
    let one = |view: View, name: &'static str| {
        let current = (look.view == view).then_some("page");
        el("li")
            .with(
                el("a")
                    .at("href", look.with(view))
                    .at("aria-current", current)
                    .with(name),
            )
            .into_any()
    };
    el("nav")
        .at("class", "agenda-tabs")
        .at("aria-label", tr("ui/agenda/views", "Viste dell'agenda"))
        .with(
            el("ul")
                .with(one(View::Day, tr("ui/agenda/day", "Giorno")))
                .with(one(View::Week, tr("ui/agenda/week", "Settimana")))
                .with(one(View::Capacity, tr("ui/agenda/capacity", "Posti")))
                .with(one(View::Figures, tr("ui/agenda/figures", "Andamento"))),
        )
        .into_any()
}

fn calendar(network: &'static Network, look: Memo<Look>) -> AnyView {
    let session = expect_context::<Session>();
    let answer: Answer = RwSignal::new(None);
    let again = RwSignal::new(0_u32);
    Effect::new(move |_| {
        again.track();
        let asked = look.get();
        let (from, to) = asked.days();
        spawn_local(async move {
            let (from, to) = (from.to_string(), to.to_string());
            let query = [("dal", &*from), ("al", &*to)];
            let found = session.seen(api::call::<DeskAgenda>(&[], &query, None).await);
            if look.try_get_untracked().as_ref() == Some(&asked) {
                answer.set(Some(found));
            }
        });
    });
    let ask = move || again.update(|again| *again += 1);
    many(vec![
        bar(look),
        (move || match answer.get() {
            None => ui::waiting(),
            Some(Err(error)) => ui::failure(&error, ask),
            Some(Ok(agenda)) if look.with_untracked(|look| look.view == View::Week) => {
                week::draw(network, &agenda)
            }
            Some(Ok(agenda)) => day::draw(network, &agenda, ask),
        })
        .into_any(),
    ])
}

/// Which day, and the days beside it.
fn bar(look: Memo<Look>) -> AnyView {
    let shift = move |by: i64| {
        let mut next = look.get_untracked();
        next.day = next.day.saturating_add((by * next.step()).days());
        routes::go(&next.address(), false);
    };
    let to = move |day: Date| {
        let next = Look {
            day,
            ..look.get_untracked()
        };
        routes::go(&next.address(), false);
    };
    let name = move || {
        look.with(|look| {
            let (from, to) = look.days();
            if from == to {
                dates::weekday(from)
            } else {
                dates::days(from, to)
            }
        })
    };
    let button = |name: &'static str, press: Box<dyn Fn()>| {
        el("button")
            .at("type", "button")
            .at("class", "btn btn-outline-primary")
            .on("click", move |_| press())
            .with(name)
            .into_any()
    };
    el("div")
        .at("class", "agenda-bar")
        .with(
            el("div")
                .at("role", "status")
                .with(el("h2").at("class", "h4 slot-day mb-0").with(name)),
        )
        .with(
            el("div")
                .at("class", "agenda-steps")
                .with(button(
                    tr("ui/agenda/before", "Prima"),
                    Box::new(move || shift(-1)),
                ))
                .with(button(
                    tr("ui/agenda/today", "Oggi"),
                    Box::new(move || to(dates::today())),
                ))
                .with(button(
                    tr("ui/agenda/after", "Dopo"),
                    Box::new(move || shift(1)),
                ))
                .with(
                    el("div")
                        .at("class", "field")
                        .with(
                            el("label")
                                .at("class", "visually-hidden")
                                .at("for", "giorno")
                                .with(tr("ui/agenda/go_to", "Vai al giorno")),
                        )
                        .with(
                            el("input")
                                .at("id", "giorno")
                                .at("type", "date")
                                .at("class", "form-control")
                                .prop("value", move || look.with(|look| look.day.to_string()))
                                .on("change", move |event| {
                                    if let Ok(day) = event_target_value(&event).parse() {
                                        to(day);
                                    }
                                }),
                        ),
                ),
        )
        .into_any()
}

/// The name of a person, family name first as lists of an office have it.
pub(super) fn person(appointment: &contract::appuntamento::Appuntamento) -> String {
    appointment
        .cittadino
        .as_ref()
        .map(|citizen| [citizen.cognome.as_str(), " ", &citizen.nome].concat())
        .unwrap_or_default()
}

/// An instant in Rome as the contract writes it; `None` for what is no time.
pub(super) fn rome(day: Date, clock: &str) -> Option<String> {
    let time: jiff::civil::Time = clock.parse().ok()?;
    let zoned = contract::values::calendar::rome_instant(day.to_datetime(time))?;
    Some(zoned.strftime("%Y-%m-%dT%H:%M:%S%:z").to_string())
}
