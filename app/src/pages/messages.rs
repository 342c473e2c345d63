// SPDX-License-Identifier: EUPL-1.2
//! The notices that the office wrote to the person, as they also arrive in the inbox of their phone.

use contract::endpoint::{Avviso, Notices};
use leptos::{prelude::*, task::spawn_local};

use super::area::signed_in;
use crate::{api, dates, session::Session, texts::tr, ui};

/// The page.
pub(super) fn page() -> AnyView {
    let body = signed_in(|| {
        let session = expect_context::<Session>();
        let answer = RwSignal::new(None);
        let ask = move || {
            spawn_local(async move {
                answer.set(Some(session.seen(api::call::<Notices>(&[], "", None).await)));
            });
        };
        ui::answered(answer, ask, |notices: Vec<Avviso>| list(notices))
    });
    ui::page(&ui::area_way(), tr("ui/messages/title", "Messaggi"), body)
}

fn list(notices: Vec<Avviso>) -> AnyView {
    if notices.is_empty() {
        return view! { <p>{tr("ui/messages/empty", "Non hai messaggi. Quando una tua pratica va avanti te lo scriviamo qui.")}</p> }.into_any();
    }
    notices.into_iter().map(message).collect::<Vec<_>>().into_any()
}

fn message(notice: Avviso) -> AnyView {
    let request = notice.pratica.map(|id| {
        let address = ["/area-personale/pratiche/", &id].concat();
        view! { <p>{ui::link(&address, "", tr("ui/messages/request", "Vai alla pratica"))}</p> }.into_any()
    });
    let delivered = match notice.consegna.as_str() {
        "consegnato" => tr("ui/messages/delivered", "Consegnato anche nella tua casella"),
        _ => tr("ui/messages/queued", "In consegna nella tua casella"),
    };
    view! {
        <article class="notice">
            <h2 class="h5">{notice.oggetto}</h2>
            <p><time datetime=notice.quando.clone()>{dates::instant(&notice.quando)}</time>" · "{delivered}</p>
            <p>{notice.testo}</p>
            {request}
        </article>
    }
    .into_any()
}
