// SPDX-License-Identifier: EUPL-1.2
//! The notices that the office wrote to the person, as they also arrive in the inbox of their phone.

use crate::dom::*;
use contract::endpoint::{Avviso, Notices};
use leptos::task::spawn_local;

use super::area::signed_in;
use crate::{api, dates, session::Session, texts::tr, ui};

/// The page.
pub(crate) fn page() -> AnyView {
    let body = signed_in(|| {
        let session = expect_context::<Session>();
        let answer = RwSignal::new(None);
        let ask = move || {
            spawn_local(async move {
                answer.set(Some(
                    session.seen(api::call::<Notices>(&[], &[], None).await),
                ));
            });
        };
        ui::answered(answer, ask, |notices: Vec<Avviso>| list(notices))
    });
    ui::page(&ui::area_way(), tr("ui/messages/title", "Messaggi"), body)
}

fn list(notices: Vec<Avviso>) -> AnyView {
    if notices.is_empty() {
        return el("p")
            .with(tr(
                "ui/messages/empty",
                "Non hai messaggi. Quando una tua pratica va avanti te lo scriviamo qui.",
            ))
            .into_any();
    }
    notices
        .into_iter()
        .map(message)
        .collect::<Vec<_>>()
        .into_any()
}

fn message(notice: Avviso) -> AnyView {
    let to = |folder: &str, id: Option<String>, name: &'static str| {
        let address = [folder, &id?].concat();
        Some(el("p").with(ui::link(&address, "", name)).into_any())
    };
    let appointment = to(
        "/area-personale/appuntamenti/",
        notice.appuntamento,
        tr("ui/messages/appointment", "Vai all'appuntamento"),
    );
    let request = to(
        "/area-personale/pratiche/",
        notice.pratica,
        tr("ui/messages/request", "Vai alla pratica"),
    );
    let delivered = match notice.consegna.as_str() {
        "consegnato" => tr(
            "ui/messages/delivered",
            "Consegnato anche nella tua casella",
        ),
        _ => tr("ui/messages/queued", "In consegna nella tua casella"),
    };
    el("article")
        .at("class", "notice")
        .with(el("h2").at("class", "h5").with(notice.oggetto))
        .with(
            el("p")
                .with(
                    el("time")
                        .at("datetime", notice.quando.clone())
                        .with(dates::instant(&notice.quando)),
                )
                .with(" · ")
                .with(delivered),
        )
        .with(el("p").with(notice.testo))
        .with(appointment)
        .with(request)
        .into_any()
}
