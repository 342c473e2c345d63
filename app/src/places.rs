// SPDX-License-Identifier: EUPL-1.2
//! The list of comuni and States, fetched once when a question needs it and kept while the page is open.

use std::sync::OnceLock;

use contract::values::place::Places;

use crate::{api, browser};

static PLACES: OnceLock<Places<'static>> = OnceLock::new();

/// The list, if it is there.
pub(crate) fn get() -> Option<&'static Places<'static>> {
    PLACES.get()
}

/// Fetches the list if it is not there yet; false when it cannot be had.
pub(crate) async fn load() -> bool {
    if PLACES.get().is_some() {
        return true;
    }
    let Some(text) = api::text_file(&browser::asset("data/luoghi.txt")).await else {
        return false;
    };
    // The list lives as long as the page: its entries point into the one text.
    if let Some(places) = Places::parse(text.leak()) {
        let _ = PLACES.set(places);
    }
    PLACES.get().is_some()
}
