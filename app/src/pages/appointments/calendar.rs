// SPDX-License-Identifier: EUPL-1.2
//! The appointment in one's own calendar: a file for every calendar, and links for two that people use on the web. The
//! links carry service, time and office, and nothing of the person.

use contract::appuntamento::Appuntamento;
use jiff::Timestamp;

use crate::{
    browser::encode,
    dom::*,
    pages::booking::network::{Network, address},
    texts::tr,
    ui,
};

/// Links and the button that prints.
pub(super) fn links(network: &Network, appointment: &Appuntamento) -> AnyView {
    let file = ["/api/appuntamenti/", &appointment.id, "/invito.ics"].concat();
    let outside = |address: String, name: &'static str| {
        el("li")
            .with(
                el("a")
                    .at("href", address)
                    .at("rel", "external noreferrer")
                    .with(name),
            )
            .into_any()
    };
    let google = google(network, appointment)
        .map(|address| outside(address, tr("ui/appointment/google", "Google Calendar")));
    let outlook = outlook(network, appointment)
        .map(|address| outside(address, tr("ui/appointment/outlook", "Outlook")));
    el("div")
        .at("class", "no-print")
        .with(
            el("h2")
                .at("class", "h4")
                .with(tr("ui/appointment/calendar", "Mettilo nel calendario")),
        )
        .with(
            el("ul")
                .with(el("li").with(ui::link(
                    &file,
                    "",
                    tr("ui/appointment/ics", "File per il tuo calendario (ICS)"),
                )))
                .with(google)
                .with(outlook),
        )
        .with(
            el("p").with(
                el("button")
                    .at("type", "button")
                    .at("class", "btn btn-outline-primary")
                    .on("click", |_| {
                        let _ = window().print();
                    })
                    .with(tr("ui/appointment/print", "Stampa questa pagina")),
            ),
        )
        .into_any()
}

/// What a calendar shows.
fn entry(network: &Network, appointment: &Appuntamento) -> (String, String) {
    let title = network.visit_names(&appointment.servizio, &appointment.altri_servizi);
    let place = network
        .office(&appointment.sede)
        .map(|office| [office.nome.as_str(), ", ", &address(office)].concat())
        .unwrap_or_default();
    (encode(&title), encode(&place))
}

fn utc(text: &str) -> Option<String> {
    text.parse::<Timestamp>().ok().map(|at| at.to_string())
}

fn google(network: &Network, appointment: &Appuntamento) -> Option<String> {
    // This one wants its instants without dashes and colons.
    let short = |text: &str| utc(text).map(|at| at.replace(['-', ':'], ""));
    let (title, place) = entry(network, appointment);
    Some(
        [
            "https://calendar.google.com/calendar/render?action=TEMPLATE&text=",
            &title,
            "&dates=",
            &short(&appointment.inizio)?,
            "%2F",
            &short(&appointment.fine)?,
            "&location=",
            &place,
        ]
        .concat(),
    )
}

fn outlook(network: &Network, appointment: &Appuntamento) -> Option<String> {
    let (title, place) = entry(network, appointment);
    Some(
        [
            "https://outlook.live.com/calendar/0/deeplink/compose?path=%2Fcalendar%2Faction%2Fcompose&rru=addevent&subject=",
            &title,
            "&startdt=",
            &encode(&utc(&appointment.inizio)?),
            "&enddt=",
            &encode(&utc(&appointment.fine)?),
            "&location=",
            &place,
        ]
        .concat(),
    )
}
