// SPDX-License-Identifier: EUPL-1.2
//! The last page of a booking: the place once more in words, contacts and a note, and the one button that books. Whoever
//! is not signed in signs in here and finds everything again.

use contract::appuntamento::Disponibilita;
use jiff::ToSpan;
use leptos::task::spawn_local;
use leptos_router::hooks::use_location;

use super::{
    choices::Offering,
    form::Errors,
    free,
    hold::{Hold, Holding},
    kept::{self, Kept},
    network::{Network, address, with_network},
    place::{self, way_of},
    search::Search,
    sending::Sending,
    service::minutes,
    step::{self, Step},
};
use crate::{
    api::CallError,
    dates,
    dom::*,
    routes,
    session::Session,
    shell,
    texts::{self, tr},
    ui,
};

/// How many places are offered when one was lost.
const OFFERED: usize = 12;
/// Days in which these are looked for.
const LOOKED_AT: i64 = 21;

/// What the parts of the page share.
#[derive(Clone, Copy)]
pub(super) struct Desk {
    pub(super) network: &'static Network,
    pub(super) session: Session,
    pub(super) search: Memo<Search>,
    pub(super) kept: RwSignal<Kept>,
    pub(super) ready: RwSignal<bool>,
    pub(super) hold: Holding,
    pub(super) errors: Errors,
    pub(super) sending: RwSignal<Sending>,
}

/// The page.
pub(crate) fn page() -> AnyView {
    let query = use_location().search;
    let search = Memo::new(move |_| Search::read(&query.get()));
    let moving = search.with_untracked(|search| !search.sposta.is_empty());
    let body = with_network(move |network| desk(network, search));
    let back = Search {
        inizio: String::new(),
        ..search.get_untracked()
    };
    step::frame(Step::Confirm, moving, Some(back.address()), body)
}

fn desk(network: &'static Network, search: Memo<Search>) -> AnyView {
    let whole = search.with_untracked(|search| {
        network.service(&search.servizio).is_some()
            && network.office(&search.sede).is_some()
            && !search.inizio.is_empty()
    });
    if !whole {
        return el("p")
            .with(ui::link(
                "/appuntamenti",
                "btn btn-primary",
                tr("ui/booking/begin", "Scegli un posto"),
            ))
            .into_any();
    }
    let session = expect_context::<Session>();
    let kept = RwSignal::new(Kept::default());
    let desk = Desk {
        network,
        session,
        search,
        kept,
        ready: RwSignal::new(false),
        hold: Holding::new(session, kept),
        errors: RwSignal::new(Vec::new()),
        sending: RwSignal::new(Sending::No),
    };
    desk.follow();
    many(vec![
        (move || recap(network, &search.get())).into_any(),
        (move || {
            if session.signed() {
                desk.signed()
            } else {
                stranger(&search.get())
            }
        })
        .into_any(),
    ])
}

/// The place in words.
fn recap(network: &Network, search: &Search) -> AnyView {
    let length: u16 = std::iter::once(&search.servizio)
        .chain(&search.altri)
        .filter_map(|code| network.service(code))
        .map(|service| service.durata_minuti)
        .sum();
    let office = network.office(&search.sede);
    el("dl")
        .at("class", "fact-list recap")
        .with(ui::row(
            tr("ui/booking/recap/service", "Servizio"),
            network.visit_names(&search.servizio, &search.altri),
        ))
        .with(ui::row(
            tr("ui/booking/recap/when", "Quando"),
            el("strong").with(dates::weekday_instant(&search.inizio)),
        ))
        .with(ui::row(
            tr("ui/booking/recap/length", "Durata"),
            minutes(length),
        ))
        .with(ui::row(
            tr("ui/booking/recap/how", "Come"),
            texts::modalita(way_of(network, search)),
        ))
        .with(office.map(|office| {
            ui::row(
                tr("ui/booking/recap/where", "Ufficio"),
                many(vec![
                    office.nome.clone().into_any(),
                    el("br").into_any(),
                    address(office).into_any(),
                ]),
            )
        }))
        .into_any()
}

fn stranger(search: &Search) -> AnyView {
    el("div")
        .at("class", "notice")
        .with(el("p").with(tr(
            "ui/booking/sign_in",
            "Per prenotare entra con SPID o CIE. Dopo torni qui: il posto che hai scelto lo trovi già pronto e lo teniamo per te 10 minuti.",
        )))
        .with(ui::ways_in(search.to_confirm()))
        .into_any()
}

impl Desk {
    /// Reads what is kept as soon as it is known whose it is, and holds the place, also a new one.
    fn follow(self) {
        let signed = Memo::new(move |_| self.session.signed());
        Effect::new(move |_| {
            if !signed.get() || self.ready.get_untracked() {
                return;
            }
            spawn_local(async move {
                let mut kept = kept::read(self.session).await;
                self.prefill(&mut kept);
                if kept.waiting {
                    self.sending.set(Sending::Waiting);
                }
                self.kept.set(kept);
                self.ready.set(true);
            });
        });
        let first = StoredValue::new(true);
        Effect::new(move |_| {
            let search = self.search.get();
            if self.ready.get() {
                self.hold.take(self.network, &search);
                if !first.get_value() {
                    request_animation_frame(|| shell::arrived("", true));
                }
                first.set_value(false);
            }
        });
        kept::follow(self.session, self.kept, self.ready);
        self.watch_network();
    }

    /// What the identity knows, unless something else was typed.
    fn prefill(self, kept: &mut Kept) {
        if let Some(me) = self.session.person_untracked() {
            if kept.email.is_empty() {
                kept.email = me.email;
            }
            if kept.cellulare.is_empty() {
                kept.cellulare = me.cellulare;
            }
        }
    }

    pub(super) fn moving(self) -> bool {
        self.search
            .with_untracked(|search| !search.sposta.is_empty())
    }

    fn signed(self) -> AnyView {
        let hold = self.hold;
        // The countdown moves by itself: only another state draws this anew.
        let state = Memo::new(move |_| hold.state.get());
        many(vec![
            el("div")
                .at("id", "hold")
                .with(move || self.held(state.get()))
                .into_any(),
            (move || self.ready.get().then(|| self.questions())).into_any(),
            el("div")
                .at("id", "sending")
                .with(move || self.outcome())
                .into_any(),
            (move || {
                let lost = matches!(state.get(), Hold::Over | Hold::Taken(_));
                (self.ready.get() && !lost).then(|| self.button())
            })
            .into_any(),
        ])
    }

    /// What is known of the hold.
    fn held(self, state: Hold) -> AnyView {
        match state {
            Hold::None | Hold::Asking => el("p")
                .at("class", "notice hold")
                .at("role", "status")
                .with(tr("ui/booking/hold/asking", "Teniamo il posto per te…"))
                .into_any(),
            Hold::Kept(_) => self.hold.clock(move || {
                self.hold
                    .ask(self.network, &self.search.get_untracked());
            }),
            Hold::Over => self.over(),
            Hold::Taken(others) => self.lost(
                tr("ui/booking/taken", "Il posto non c'è più"),
                tr(
                    "ui/booking/taken_text",
                    "Qualcuno lo ha appena preso. Quello che hai scritto resta qui: scegli un altro orario.",
                ),
                others,
            ),
            Hold::Refused(error) => self.refused(&error),
        }
    }

    /// The ten minutes are over: what is free now is asked for and shown.
    fn over(self) -> AnyView {
        let places = RwSignal::new(None::<Vec<Disponibilita>>);
        let search = self.search.get_untracked();
        let from = dates::today();
        spawn_local(async move {
            let to = from.saturating_add(LOOKED_AT.days());
            let found =
                free::between(&search.servizio, &search.altri, &search.sede, from, to).await;
            let way = way_of(self.network, &search);
            let mut found: Vec<_> = found
                .unwrap_or_default()
                .into_iter()
                .filter(|place| place.modalita.contains(&way))
                .collect();
            // The place itself first, if it is still free, then the soonest.
            found.sort_by_key(|place| (place.inizio != search.inizio, place.inizio.clone()));
            found.truncate(OFFERED);
            let _ = places.try_set(Some(found));
        });
        (move || match places.get() {
            None => ui::waiting(),
            Some(found) => self.lost(
                tr("ui/booking/over", "I 10 minuti sono finiti"),
                tr(
                    "ui/booking/over_text",
                    "Non teniamo più il posto per te. Quello che hai scritto resta qui: scegli di nuovo un orario.",
                ),
                found,
            ),
        })
        .into_any()
    }

    /// A place was lost: why, and other places as choices.
    fn lost(self, title: &'static str, text: &'static str, others: Vec<Disponibilita>) -> AnyView {
        crate::browser::focus_soon("posto-perso");
        let search = self.search.get_untracked();
        let elsewhere = Search {
            inizio: String::new(),
            ..search.clone()
        };
        let offering = Offering {
            take: self.retake(),
            ..place::offering(self.network, &search)
        };
        el("div")
            .at("class", "notice warning")
            .at("id", "posto-perso")
            .at("role", "alert")
            .at("tabindex", "-1")
            .with(el("h2").at("class", "h5").with(title))
            .with(el("p").with(text))
            .with(offering.short_list(&others))
            .with(el("p").with(ui::link(
                &elsewhere.address(),
                "",
                tr("ui/booking/all_places", "Vedi tutti i posti liberi"),
            )))
            .into_any()
    }

    /// Choosing another place stays on this page.
    fn retake(self) -> super::choices::Take {
        std::rc::Rc::new(move |place, way| {
            let before = self.search.get_untracked();
            let next = Search {
                inizio: place.inizio.clone(),
                sede: place.sede.clone(),
                modalita: Some(way),
                ..before.clone()
            };
            self.sending.set(Sending::No);
            if next.place() == before.place() {
                self.hold.ask(self.network, &before);
                request_animation_frame(|| shell::arrived("", true));
            } else {
                routes::go(&next.to_confirm(), true);
            }
        })
    }

    /// It cannot be held at all.
    fn refused(self, error: &CallError) -> AnyView {
        if matches!(error, CallError::Offline) {
            return ui::failure(error, move || {
                self.hold.ask(self.network, &self.search.get_untracked());
            });
        }
        el("div")
            .at("class", "notice warning")
            .at("role", "alert")
            .with(el("p").with(error.sentence()))
            .with(way_on(error).map(|link| el("p").with(link).into_any()))
            .into_any()
    }

    fn button(self) -> AnyView {
        let moving = self.moving();
        let text = move || match self.sending.get() {
            Sending::Busy => tr("ui/booking/sending", "Un momento…"),
            Sending::Waiting => tr("ui/booking/send_again", "Riprova a confermare"),
            _ if moving => tr("ui/booking/move_confirm", "Sposta qui"),
            _ => tr("ui/booking/confirm", "Conferma l'appuntamento"),
        };
        el("div")
            .at("class", "flow-actions")
            .with(
                el("button")
                    .at("type", "button")
                    .at("class", "btn btn-primary")
                    .on("click", move |_| self.send())
                    .with(text),
            )
            .into_any()
    }
}

/// Where a refusal leads on to.
pub(super) fn way_on(error: &CallError) -> Option<AnyView> {
    let CallError::Problem(problem) = error else {
        return None;
    };
    let (address, text) = match problem.code.as_deref()? {
        "already_booked" | "overlap" => (
            "/area-personale/appuntamenti",
            tr("ui/appointments/title", "I tuoi appuntamenti"),
        ),
        "needs_did" => ("/servizi/did", tr("ui/home/did", "Fai la DID")),
        "needs_patto" => ("/appuntamenti", tr("ui/booking/begin", "Scegli un posto")),
        _ => return None,
    };
    Some(ui::link(address, "", text))
}
