// SPDX-License-Identifier: EUPL-1.2
//! The parts of the app that a phone fetches only when somebody opens them. `xtask` cuts the program at the functions
//! marked here; what several parts need stays together with them or in the first part. See the ADR on chunks.

use std::{cell::Cell, future::Future, pin::Pin, task::Context};

use leptos::task::spawn_local;
use wasm_split_helpers::{SplitLoaderError, wasm_split};

use crate::{
    dom::*,
    flow_page,
    pages::{
        agenda, appointments, area, booking, cv, desk, info, messages, my_data, offices, request,
        sheet,
    },
    routes::Page,
    shell,
    texts::tr,
    ui,
};

/// What a part draws, or why it is not there.
type Drawn = Result<AnyView, SplitLoaderError>;
type Drawing = Pin<Box<dyn Future<Output = Drawn>>>;
type Loading = Pin<Box<dyn Future<Output = Result<(), SplitLoaderError>>>>;

/// The services: catalogue, sheets, every step of every flow.
#[wasm_split(services, fallible, preload(load_services))]
fn services(page: Page) -> Result<AnyView, SplitLoaderError> {
    Ok(match page {
        Page::Services => sheet::catalogue(),
        Page::Sheet(slug) => sheet::page(&slug),
        Page::Step(slug, step) => flow_page::page(&slug, &step),
        Page::Summary(slug) => flow_page::summary_page(&slug),
        Page::Exit(slug) => flow_page::exit_page(&slug),
        _ => info::not_found(),
    })
}

/// The personal area.
#[wasm_split(area, fallible, preload(load_area))]
fn personal(page: Page) -> Result<AnyView, SplitLoaderError> {
    Ok(match page {
        Page::Area => area::page(),
        Page::Request(id) => request::page(&id),
        Page::Messages => messages::page(),
        Page::MyData => my_data::page(),
        _ => info::not_found(),
    })
}

/// The panel of the personal area that the home page shows.
#[wasm_split(area, fallible)]
fn deadline(_: ()) -> Result<AnyView, SplitLoaderError> {
    Ok(area::deadline_at_home())
}

/// The offices: whom they serve, where they are, when they are open. Who looks for an address needs no calendar.
#[wasm_split(offices, fallible, preload(load_offices))]
fn centres(page: Page) -> Result<AnyView, SplitLoaderError> {
    Ok(match page {
        Page::Offices => offices::list(),
        Page::Office(code) => offices::one(&code),
        _ => info::not_found(),
    })
}

/// Booking and the person's appointments.
#[wasm_split(booking, fallible, preload(load_booking))]
fn meetings(page: Page) -> Result<AnyView, SplitLoaderError> {
    Ok(match page {
        Page::Booking => booking::page(),
        Page::BookingConfirm => booking::confirm::page(),
        Page::Appointments => appointments::page(),
        Page::Appointment(id) => appointments::one::page(&id),
        _ => info::not_found(),
    })
}

/// The operators' desk.
#[wasm_split(desk, fallible, preload(load_desk))]
fn operators(page: Page) -> Result<AnyView, SplitLoaderError> {
    Ok(match page {
        Page::Desk => desk::queue(),
        Page::DeskRequest(id) => desk::case(&id),
        Page::Agenda => agenda::page(),
        _ => info::not_found(),
    })
}

/// The list of CVs and letters: who looks for one does not need the editor yet.
#[wasm_split(shelf, fallible, preload(load_shelf))]
fn curricula(_: Page) -> Result<AnyView, SplitLoaderError> {
    Ok(cv::shelf_page())
}

/// The editor of CVs and letters.
#[wasm_split(cv, fallible, preload(load_cv))]
fn curriculum(page: Page) -> Result<AnyView, SplitLoaderError> {
    Ok(match page {
        Page::Cv(id) => cv::editor_page(false, &id),
        Page::Letter(id) => cv::editor_page(true, &id),
        _ => info::not_found(),
    })
}

/// Pages of text: help, privacy, accessibility, legal notes.
#[wasm_split(info, fallible, preload(load_info))]
fn texts(page: Page) -> Result<AnyView, SplitLoaderError> {
    Ok(match page {
        Page::Privacy => info::privacy(),
        Page::Accessibility => info::accessibility(),
        Page::LegalNotes => info::legal_notes(),
        Page::Help => info::help(),
        _ => info::not_found(),
    })
}

/// A part: its number, how to fetch it, how to draw a page of it.
struct Chunk {
    bit: u32,
    load: fn() -> Loading,
    draw: fn(Page) -> Drawing,
}

/// The part that draws a page.
fn chunk_of(page: &Page) -> Chunk {
    match page {
        Page::Services | Page::Sheet(_) | Page::Step(..) | Page::Summary(_) | Page::Exit(_) => {
            Chunk {
                bit: 1,
                load: || Box::pin(load_services()),
                draw: |page| Box::pin(services(page)),
            }
        }
        Page::Area | Page::Request(_) | Page::Messages | Page::MyData => Chunk {
            bit: 2,
            load: || Box::pin(load_area()),
            draw: |page| Box::pin(personal(page)),
        },
        Page::Booking | Page::BookingConfirm | Page::Appointments | Page::Appointment(_) => Chunk {
            bit: 16,
            load: || Box::pin(load_booking()),
            draw: |page| Box::pin(meetings(page)),
        },
        Page::Offices | Page::Office(_) => Chunk {
            bit: 128,
            load: || Box::pin(load_offices()),
            draw: |page| Box::pin(centres(page)),
        },
        Page::Desk | Page::DeskRequest(_) | Page::Agenda => Chunk {
            bit: 4,
            load: || Box::pin(load_desk()),
            draw: |page| Box::pin(operators(page)),
        },
        Page::Shelf => Chunk {
            bit: 64,
            load: || Box::pin(load_shelf()),
            draw: |page| Box::pin(curricula(page)),
        },
        Page::Cv(_) | Page::Letter(_) => Chunk {
            bit: 32,
            load: || Box::pin(load_cv()),
            draw: |page| Box::pin(curriculum(page)),
        },
        _ => Chunk {
            bit: 8,
            load: || Box::pin(load_info()),
            draw: |page| Box::pin(texts(page)),
        },
    }
}

thread_local! {
    /// The parts that are here, a bit each.
    static HERE: Cell<u32> = const { Cell::new(0) };
}

/// Draws a page of a part: at once when the part is here, else as soon as it has come. When it cannot be had, the page
/// says so and offers to try again.
pub(crate) fn draw(page: Page) -> AnyView {
    let chunk = chunk_of(&page);
    let came = RwSignal::new(None);
    if HERE.get() & chunk.bit != 0 {
        came.set(Some(true));
    } else {
        fetch(chunk.bit, chunk.load, came);
    }
    (move || match came.get() {
        None => ui::waiting(),
        Some(true) => {
            request_animation_frame(|| shell::arrived("", false));
            at_once((chunk.draw)(page.clone())).unwrap_or_else(ui::waiting)
        }
        Some(false) => {
            request_animation_frame(|| shell::arrived("", false));
            missing(move || {
                came.set(None);
                fetch(chunk.bit, chunk.load, came);
            })
        }
    })
    .into_any()
}

/// The next deadline, as soon as the personal area is here; nothing when it cannot be had.
pub(crate) fn next_deadline() -> AnyView {
    const AREA: u32 = 2;
    let came = RwSignal::new((HERE.get() & AREA != 0).then_some(true));
    if came.get_untracked().is_none() {
        fetch(AREA, || Box::pin(load_area()), came);
    }
    (move || (came.get() == Some(true)).then(|| at_once(Box::pin(deadline(()))))).into_any()
}

fn fetch(bit: u32, load: fn() -> Loading, came: RwSignal<Option<bool>>) {
    spawn_local(async move {
        let loaded = load().await.is_ok();
        if loaded {
            HERE.set(HERE.get() | bit);
        }
        // Who has gone to another page meanwhile does not wait any more.
        let _ = came.try_set(Some(loaded));
    });
}

/// The outcome of a drawing whose part is here: nothing in it waits.
fn at_once(mut drawing: Drawing) -> Option<AnyView> {
    match drawing
        .as_mut()
        .poll(&mut Context::from_waker(std::task::Waker::noop()))
    {
        std::task::Poll::Ready(Ok(view)) => Some(view),
        _ => None,
    }
}

fn missing(again: impl Fn() + 'static) -> AnyView {
    let body = many(vec![
        el("p")
            .at("class", "lead")
            .with(tr(
                "ui/chunk/text",
                "Questa parte non si è caricata: forse manca la connessione. Quello che hai scritto è salvato.",
            ))
            .into_any(),
        el("p")
            .with(
                el("button")
                    .at("type", "button")
                    .at("class", "btn btn-primary")
                    .on("click", move |_| again())
                    .with(tr("ui/again", "Riprova")),
            )
            .into_any(),
    ]);
    ui::page(
        &[],
        tr("ui/chunk/title", "Pagina non caricata"),
        body.into_any(),
    )
}
