// SPDX-License-Identifier: EUPL-1.2
//! The foot of every page: where the office is, the links that the law wants, the sources.

use leptos::prelude::*;

use crate::{browser::meta, texts::tr, ui::link};

/// The foot.
pub(crate) fn footer() -> AnyView {
    let phone = ["tel:", &meta("agency:phone-link")].concat();
    view! {
        <footer class="site-foot" id="footer" tabindex="-1">
            <div class="container">
                <h2 class="h5">{meta("agency:office")}</h2>
                <p>{meta("agency:address")}<br/><a href=phone>{meta("agency:phone")}</a>" ("{meta("agency:hours")}")"</p>
                <ul>
                    <li>{with_element("/privacy", "Privacy", "privacy-policy-link")}</li>
                    <li>{with_element("/accessibilita", "Dichiarazione di accessibilità", "accessibility-link")}</li>
                    <li>{with_element("/note-legali", "Note legali", "legal-notes")}</li>
                    <li>{with_element("/aiuto", tr("ui/footer/report", "Segnala un problema"), "report-inefficiency")}</li>
                    <li>{link("/note-legali#codice", "", tr("ui/footer/source", "Codice sorgente"))}" "{concat!("v", env!("CARGO_PKG_VERSION"))}</li>
                </ul>
            </div>
        </footer>
    }
    .into_any()
}

/// The labels of the legal links are fixed by AgID: they stay Italian in every language.
fn with_element(address: &'static str, label: &'static str, element: &'static str) -> AnyView {
    view! { <a href=address data-element=element>{label}</a> }.into_any()
}
