// SPDX-License-Identifier: EUPL-1.2
//! The foot of every page: where the office is, the links that the law wants, the sources.

use crate::dom::*;

use crate::{
    browser::meta,
    texts::tr,
    ui::{self, link},
};

/// The foot.
pub(crate) fn footer() -> AnyView {
    let phone = ["tel:", &meta("agency:phone-link")].concat();
    el("footer")
        .at("class", "site-foot")
        .at("id", "footer")
        .at("tabindex", "-1")
        .with(
            el("div")
                .at("class", "container")
                .with(
                    el("h2")
                        .at("class", "h5")
                        .at("lang", ui::italian())
                        .with(meta("agency:office")),
                )
                .with(
                    el("p")
                        .with(
                            el("span")
                                .at("lang", ui::italian())
                                .with(meta("agency:address")),
                        )
                        .with(el("br"))
                        .with(el("a").at("href", phone).with(meta("agency:phone")))
                        .with(" (")
                        .with(ui::office_hours())
                        .with(")"),
                )
                .with(
                    el("ul")
                        .with(el("li").with(with_element(
                            "/privacy",
                            tr("ui/privacy/title", "Privacy"),
                            "privacy-policy-link",
                        )))
                        .with(el("li").with(with_element(
                            "/accessibilita",
                            tr("ui/accessibility/title", "Dichiarazione di accessibilità"),
                            "accessibility-link",
                        )))
                        .with(el("li").with(with_element(
                            "/note-legali",
                            tr("ui/legal/title", "Note legali"),
                            "legal-notes",
                        )))
                        .with(el("li").with(with_element(
                            "/aiuto",
                            tr("ui/footer/report", "Segnala un problema"),
                            "report-inefficiency",
                        )))
                        .with(
                            el("li")
                                .with(
                                    el("a")
                                        .at("href", meta("agency:repository"))
                                        .at("rel", "external")
                                        .with(tr("ui/footer/source", "Codice sorgente")),
                                )
                                .with(" ")
                                .with(concat!("v", env!("CARGO_PKG_VERSION"))),
                        )
                        .with(el("li").with(link(
                            "/note-legali",
                            "",
                            tr("ui/footer/licence", "Contenuti con licenza CC BY 4.0"),
                        ))),
                ),
        )
        .into_any()
}

/// A link that AgID's checks find by its name. Their Italian labels are fixed as well.
fn with_element(address: &'static str, label: &'static str, element: &'static str) -> AnyView {
    el("a")
        .at("href", address)
        .at("data-element", element)
        .with(label)
        .into_any()
}
