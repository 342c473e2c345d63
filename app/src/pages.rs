// SPDX-License-Identifier: EUPL-1.2
//! Only what a flow cannot say: home, services, personal area, desk, legal pages.

use crate::dom::AnyView;

use crate::{flow_page, routes::Page};

mod agenda;
mod appointments;
mod area;
pub(crate) mod booking;
mod desk;
mod home;
mod info;
mod messages;
mod my_data;
mod offices;
mod request;
mod sheet;
mod sign_in;

pub(crate) use info::not_found;

/// Draws a page.
pub(crate) fn draw(page: Page) -> AnyView {
    match page {
        Page::Home => home::page(),
        Page::Services => sheet::catalogue(),
        Page::Sheet(slug) => sheet::page(slug),
        Page::Step(slug, step) => flow_page::page(slug, &step),
        Page::Summary(slug) => flow_page::summary_page(slug),
        Page::Exit(slug) => flow_page::exit_page(slug),
        Page::Area => area::page(),
        Page::Request(id) => request::page(&id),
        Page::Messages => messages::page(),
        Page::MyData => my_data::page(),
        Page::Booking => booking::page(),
        Page::BookingConfirm => booking::confirm::page(),
        Page::Appointments => appointments::page(),
        Page::Appointment(id) => appointments::one::page(&id),
        Page::Offices => offices::list(),
        Page::Office(code) => offices::one(&code),
        Page::Agenda => agenda::page(),
        Page::Desk => desk::queue(),
        Page::DeskRequest(id) => desk::case(&id),
        Page::Privacy => info::privacy(),
        Page::Accessibility => info::accessibility(),
        Page::LegalNotes => info::legal_notes(),
        Page::Help => info::help(),
        Page::SignIn => sign_in::page(),
        Page::SignInFailed => sign_in::failed(),
        Page::NotFound => info::not_found(),
    }
}
