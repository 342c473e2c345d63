// SPDX-License-Identifier: EUPL-1.2
//! Only what a flow cannot say: home, services, personal area, desk, legal pages.

use crate::dom::AnyView;

use crate::{chunks, routes::Page};

pub(crate) mod agenda;
pub(crate) mod appointments;
pub(crate) mod area;
pub(crate) mod booking;
mod deadlines;
pub(crate) mod desk;
mod home;
pub(crate) mod info;
pub(crate) mod messages;
pub(crate) mod my_data;
pub(crate) mod offices;
pub(crate) mod request;
pub(crate) mod sheet;
mod sign_in;

/// Draws a page.
pub(crate) fn draw(page: Page) -> AnyView {
    match page {
        Page::Home => home::page(),
        Page::SignIn => sign_in::page(),
        Page::SignInFailed => sign_in::failed(),
        other => chunks::draw(other),
    }
}
