// SPDX-License-Identifier: EUPL-1.2
//! The single-page app of the citizens' and operators' desk: it knows how to draw, and knows no service.

mod api;
mod browser;
mod chunks;
mod dates;
mod dom;
mod drafts;
mod fields;
mod flow_page;
mod pages;
mod places;
mod routes;
mod session;
mod shell;
mod store;
mod texts;
mod ui;

fn main() {
    wasm_bindgen_futures::spawn_local(async {
        // The language is chosen before the first drawing, so that no text has to change under the reader's eyes.
        texts::load().await;
        leptos::mount::mount_to_body(shell::app);
        browser::drop_skeleton();
    });
}
