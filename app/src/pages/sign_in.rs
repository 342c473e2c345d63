// SPDX-License-Identifier: EUPL-1.2
//! The page with the two ways in, and the one for when none of them worked.

use crate::dom::*;

use crate::{texts::tr, ui};

fn query(name: &str) -> Option<String> {
    let search = window().location().search().ok()?;
    web_sys::UrlSearchParams::new_with_str(&search)
        .ok()?
        .get(name)
}

/// Where to go afterwards: a path of this site and nothing else.
fn way_back() -> String {
    let path = query("ritorno").filter(|path| path.starts_with('/') && !path.starts_with("//"));
    path.unwrap_or_else(|| "/area-personale".to_owned())
}

/// The page with both buttons.
pub(super) fn page() -> AnyView {
    // The router draws a page before it writes its address: the buttons are drawn a moment later.
    let back = RwSignal::new(None);
    request_animation_frame(move || back.set(Some(way_back())));
    let body = many(vec![el("p").at("class", "lead")
.with(tr("ui/sign_in/intro", "Entra con la tua identità digitale. Dopo torni dove eri.")).into_any(), (move || back.get().map(|path: String| ui::sign_in_buttons(&path))).into_any(), el("p")
.with(tr("ui/sign_in/level", "Serve il livello 2: oltre alla password ti chiediamo conferma sul telefono o il PIN della carta.")).into_any(), el("p")
.with(ui::link("/aiuto", "", tr("ui/sign_in/none", "Non hai SPID o CIE? Vieni allo sportello o telefona"))).into_any()]);
    ui::page(&[], tr("ui/sign_in/title", "Entra"), body.into_any())
}

/// Why signing in did not work, and what to do.
pub(super) fn failed() -> AnyView {
    let why = match query("motivo").unwrap_or_default().as_str() {
        "annullato" => tr(
            "ui/sign_in/failed/annullato",
            "Hai annullato l'accesso. Se è stato un errore, riprova.",
        ),
        "livello" => tr(
            "ui/sign_in/failed/livello",
            "Serve un accesso di livello 2: usa la conferma sul telefono o il PIN della carta.",
        ),
        "scaduto" => tr(
            "ui/sign_in/failed/scaduto",
            "È passato troppo tempo. Riprova: ci vuole un minuto.",
        ),
        "non_disponibile" => tr(
            "ui/sign_in/failed/non_disponibile",
            "Il gestore della tua identità non risponde. Riprova tra qualche minuto, oppure usa l'altra identità.",
        ),
        _ => tr(
            "ui/sign_in/failed/errore",
            "Qualcosa non ha funzionato durante l'accesso. Riprova.",
        ),
    };
    let body = many(vec![
        el("p").at("class", "lead").with(why).into_any(),
        el("p")
            .with(tr(
                "ui/sign_in/failed/safe",
                "Le risposte che hai dato sono salve su questo dispositivo.",
            ))
            .into_any(),
        (ui::sign_in_buttons("/area-personale")).into_any(),
        el("p")
            .with(ui::link(
                "/aiuto",
                "",
                tr("ui/contact", "Contatta il Centro per l'impiego"),
            ))
            .into_any(),
    ]);
    ui::page(
        &[],
        tr("ui/sign_in/failed/title", "Accesso non riuscito"),
        body.into_any(),
    )
}
