// SPDX-License-Identifier: EUPL-1.2
//! The words for states, reasons and events of appointments, in the language of the page.

use contract::appuntamento::{
    Appuntamento, EVENTI, GIUSTIFICATI_MOTIVI, MOTIVI_DISDETTA, StatoAppuntamento,
};

use crate::{dom::*, texts::tr};

/// The state as a person reads it; a colour and always the words.
pub(crate) fn chip(appointment: &Appuntamento) -> AnyView {
    use StatoAppuntamento::{Annullato, DaErogare, Disdetto, Erogato, NonPresentato};
    let class = match appointment.stato {
        Erogato => "state-chip good",
        Disdetto | Annullato | NonPresentato => "state-chip bad",
        DaErogare if to_confirm(appointment) => "state-chip waiting-for-you",
        DaErogare => "state-chip open",
    };
    el("span")
        .at("class", class)
        .with(state(appointment))
        .into_any()
}

/// A summons that nobody has answered yet.
pub(crate) fn to_confirm(appointment: &Appuntamento) -> bool {
    appointment.convocazione
        && appointment.confermata_il.is_none()
        && appointment.stato == StatoAppuntamento::DaErogare
}

fn state(appointment: &Appuntamento) -> &'static str {
    if to_confirm(appointment) {
        return tr("ui/appointment/state/to_confirm", "Da confermare");
    }
    state_name(appointment.stato)
}

/// A state for whoever the appointment belongs to.
pub(crate) fn state_name(stato: StatoAppuntamento) -> &'static str {
    use StatoAppuntamento::{Annullato, DaErogare, Disdetto, Erogato, NonPresentato};
    match stato {
        DaErogare => tr("ui/appointment/state/da_erogare", DaErogare.label()),
        Erogato => tr("ui/appointment/state/erogato", Erogato.label()),
        Disdetto => tr("ui/appointment/state/disdetto", Disdetto.label()),
        Annullato => tr("ui/appointment/state/annullato", Annullato.label()),
        NonPresentato => tr(
            "ui/appointment/state/non_presentato",
            NonPresentato.label(),
        ),
    }
}

fn italian(list: &'static [(&'static str, &'static str)], code: &str) -> Option<&'static str> {
    list.iter()
        .find(|(known, _)| *known == code)
        .map(|(_, words)| *words)
}

/// A reason for cancelling.
pub(crate) fn cancel_reason(code: &str) -> String {
    let Some(words) = italian(MOTIVI_DISDETTA, code) else {
        return code.to_owned();
    };
    match code {
        "lavoro" => tr("ui/appointment/cancel/lavoro", words),
        "salute" => tr("ui/appointment/cancel/salute", words),
        "famiglia" => tr("ui/appointment/cancel/famiglia", words),
        "non_serve" => tr("ui/appointment/cancel/non_serve", words),
        "trasporto" => tr("ui/appointment/cancel/trasporto", words),
        "altro" => tr("ui/appointment/cancel/altro", words),
        _ => words,
    }
    .to_owned()
}

/// A justified reason for an absence.
pub(crate) fn absence_reason(code: &str) -> String {
    let Some(words) = italian(GIUSTIFICATI_MOTIVI, code) else {
        return code.to_owned();
    };
    match code {
        "malattia" => tr("ui/appointment/absence/malattia", words),
        "servizio_militare" => tr("ui/appointment/absence/servizio_militare", words),
        "gravidanza" => tr("ui/appointment/absence/gravidanza", words),
        "giustizia" => tr("ui/appointment/absence/giustizia", words),
        "famiglia" => tr("ui/appointment/absence/famiglia", words),
        "mobilita" => tr("ui/appointment/absence/mobilita", words),
        "forza_maggiore" => tr("ui/appointment/absence/forza_maggiore", words),
        _ => words,
    }
    .to_owned()
}

/// What has happened.
pub(crate) fn event(code: &str) -> String {
    let Some(words) = italian(EVENTI, code) else {
        return code.to_owned();
    };
    match code {
        "prenotato" => tr("ui/appointment/event/prenotato", words),
        "convocato" => tr("ui/appointment/event/convocato", words),
        "confermato" => tr("ui/appointment/event/confermato", words),
        "spostato" => tr("ui/appointment/event/spostato", words),
        "disdetto" => tr("ui/appointment/event/disdetto", words),
        "annullato" => tr("ui/appointment/event/annullato", words),
        "erogato" => tr("ui/appointment/event/erogato", words),
        "non_presentato" => tr("ui/appointment/event/non_presentato", words),
        "giustificato" => tr("ui/appointment/event/giustificato", words),
        "in_attesa" => tr("ui/appointment/event/in_attesa", words),
        "non_in_attesa" => tr("ui/appointment/event/non_in_attesa", words),
        "offerta" => tr("ui/appointment/event/offerta", words),
        "offerta_accettata" => tr("ui/appointment/event/offerta_accettata", words),
        "offerta_rifiutata" => tr("ui/appointment/event/offerta_rifiutata", words),
        "offerta_scaduta" => tr("ui/appointment/event/offerta_scaduta", words),
        "promemoria" => tr("ui/appointment/event/promemoria", words),
        _ => words,
    }
    .to_owned()
}
