// SPDX-License-Identifier: EUPL-1.2
//! The answers once more before they are sent, what sending means before the law, and how the sending goes.

use crate::dom::*;
use contract::{
    answers::Answers,
    flow::{self, Stop},
    service::{Case, Field, Kind, Step},
};

use super::{FROM_SUMMARY, back_link, notes, redirect, save_state, when_ready};
use crate::{
    browser,
    drafts::{Draft, Sending},
    places, routes,
    session::Session,
    texts::{self, tr},
    ui,
};

/// The summary; leads to the right step as long as something is missing.
pub(crate) fn page(slug: &str) -> AnyView {
    when_ready(slug, move |draft| {
        draft.need_places();
        if draft.sending.get_untracked() == Sending::Busy
            || matches!(draft.walk().stop, Stop::Summary)
        {
            draw(draft)
        } else {
            redirect(draft)
        }
    })
}

fn draw(draft: Draft) -> AnyView {
    let session = expect_context::<Session>();
    let service = draft.service;
    let last = draft.path().last().map_or("", |step| step.slug);
    // The names of places are there as soon as the list is.
    let answers = move || {
        draft.places.track();
        draft
            .path()
            .into_iter()
            .map(|step| of_step(draft, step))
            .collect::<Vec<_>>()
    };
    el("div").at("class", "container flow-page")
.with(el("p").at("class", "flow-progress")
.with(texts::service(service, "name", service.name)))
.with(back_link(&routes::in_service(service.slug, last)))
.with(notes(draft))
.with(super::other::choice(draft))
.with(el("div").at("id", "sending")
.with(move || outcome(draft)))
.with(el("h1")
.with(tr("ui/summary/title", "Controlla le tue risposte")))
.with(el("p").at("class", "lead")
.with(tr("ui/summary/intro", "Rileggi con calma. Puoi cambiare ogni risposta prima di inviare.")))
.with(move || identity(draft))
.with(answers)
.with(el("div").at("class", "notice warning")
.with(el("h2").at("class", "h5")
.with(tr("ui/summary/declaration_title", "Che cosa dichiari")))
.with(el("p")
.with(tr("ui/summary/declaration", "Inviando dichiari che quello che hai scritto è vero (articoli 46 e 47 del DPR 445/2000). Chi dichiara il falso perde i benefici ottenuti e rischia una condanna (articoli 75 e 76 del DPR 445/2000).")))
.with(el("p")
.with(tr("ui/summary/privacy", "Come usiamo i tuoi dati è scritto nella pagina"))
.with(" ")
.with(ui::link("/privacy", "", "Privacy"))
.with(".")))
.with(el("div").at("class", "flow-actions")
.with(move || if session.signed() { send_button(draft) } else { sign_in(service.slug) })
.with(save_state(draft)))
.with(el("p").at("class", "mt-4")
.with(ui::link("/aiuto", "", tr("ui/flow/help", "Ti serve aiuto? Parla con il Centro per l'impiego"))))
    .into_any()
}

fn send_button(draft: Draft) -> AnyView {
    let text = move || match draft.sending.get() {
        Sending::Busy => tr("ui/summary/sending", "Invio in corso…"),
        Sending::Waiting => tr("ui/summary/send_again", "Riprova a inviare"),
        _ => tr("ui/summary/send", "Invia"),
    };
    el("button")
        .at("type", "button")
        .at("class", "btn btn-primary")
        .on("click", move |_| draft.send())
        .with(text)
        .into_any()
}

fn sign_in(slug: &str) -> AnyView {
    el("div")
        .with(el("p").with(tr(
            "ui/summary/sign_in",
            "Per inviare devi farti riconoscere. Dopo torni qui e trovi tutte le risposte.",
        )))
        .with(ui::sign_in_buttons(&routes::in_service(slug, "riepilogo")))
        .into_any()
}

/// Who declares, as SPID or CIE say it: nobody can change this here.
fn identity(draft: Draft) -> Option<AnyView> {
    let citizen = draft.facts.with(|facts| facts.citizen.clone())?;
    let name = [citizen.nome.as_str(), " ", &citizen.cognome].concat();
    Some(
        many(vec![
            el("h2").with(tr("ui/summary/you", "Chi sei")).into_any(),
            el("dl")
                .at("class", "known-data")
                .with(ui::row(tr("ui/data/name", "Nome e cognome"), name))
                .with(ui::row(
                    tr("ui/data/codice_fiscale", "Codice fiscale"),
                    citizen.codice_fiscale,
                ))
                .with(ui::row(
                    tr("ui/data/source", "Da dove viene"),
                    tr("ui/data/identity", "SPID o CIE"),
                ))
                .into_any(),
        ])
        .into_any(),
    )
}

fn of_step(draft: Draft, step: &'static Step) -> AnyView {
    let address = [
        routes::in_service(draft.service.slug, step.slug).as_str(),
        FROM_SUMMARY,
    ]
    .concat();
    let rows = draft.with_case_untracked(|case| match &step.repeat {
        None => flow::asked(step, case)
            .map(|field| row(draft, field, case.answers, None, &address))
            .collect::<Vec<_>>(),
        Some(repeat) => {
            let items = case.answers.items(repeat.id).iter().enumerate();
            items
                .flat_map(|(index, item)| {
                    let inside = Case {
                        answers: item,
                        ..case
                    };
                    let name = texts::step(draft.service, step, "item", repeat.item);
                    let name = [name, " ", &(index + 1).to_string()].concat();
                    flow::asked(step, inside)
                        .map(|field| row(draft, field, item, Some(&name), &address))
                        .collect::<Vec<_>>()
                })
                .collect()
        }
    });
    many(vec![
        el("h2")
            .at("class", "h4")
            .with(texts::step(draft.service, step, "title", step.title))
            .into_any(),
        el("dl").at("class", "summary-list").with(rows).into_any(),
    ])
    .into_any()
}

/// A question, its answer, the way to change it. `item` names the one item of a list that it belongs to.
fn row(
    draft: Draft,
    field: &'static Field,
    answers: &Answers,
    item: Option<&str>,
    address: &str,
) -> AnyView {
    let label = texts::field(draft.service, field, "label", field.label);
    let label = item.map_or_else(|| label.to_owned(), |item| [item, ": ", label].concat());
    let address = address.to_owned();
    let answer = match (field.kind, answers.text(field.id)) {
        (Kind::File(_), Some(id)) => file_name(draft, id.to_owned()),
        _ => shown(draft.service, field, answers).into_any(),
    };
    el("div")
        .with(el("dt").with(label.clone()))
        .with(el("dd").with(answer))
        .with(
            el("dd").with(
                el("a")
                    .at("href", address)
                    .with(tr("ui/summary/change", "Modifica"))
                    .with(
                        el("span")
                            .at("class", "visually-hidden")
                            .with(" ")
                            .with(label),
                    ),
            ),
        )
        .into_any()
}

/// The name of a file, as soon as it is known.
fn file_name(draft: Draft, id: String) -> AnyView {
    draft.need_files();
    let name = move || {
        draft.file(&id).map_or_else(
            || tr("ui/file/unnamed", "Il file che hai caricato").to_owned(),
            |file| file.nome,
        )
    };
    name.into_any()
}

/// An answer as people read it, in the language of the page.
pub(crate) fn shown(
    service: &contract::service::Service,
    field: &'static Field,
    answers: &Answers,
) -> String {
    use contract::{
        answers::{Answer, yes_or_no},
        service::Kind,
    };
    let Some(answer) = answers.get(field.id) else {
        return tr("ui/summary/nothing", "Nessuna risposta").to_owned();
    };
    let label = |code: &str| {
        let choice = field
            .kind
            .choices()
            .iter()
            .find(|choice| choice.code == code);
        choice.map_or_else(
            || code.to_owned(),
            |choice| texts::choice(service, field, code, "label", choice.label).to_owned(),
        )
    };
    match (field.kind, answer) {
        (Kind::YesNo | Kind::Declaration, Answer::Text(text)) => match yes_or_no(text) {
            Some(true) => tr("ui/yes", "Sì").to_owned(),
            Some(false) => tr("ui/no", "No").to_owned(),
            None => text.clone(),
        },
        (_, Answer::Many(codes)) => codes
            .iter()
            .map(|code| label(code))
            .collect::<Vec<_>>()
            .join(", "),
        (Kind::Choice(_), Answer::Text(code)) => label(code),
        _ => contract::texts::shown_answer(field, answer, places::get()),
    }
}

/// What came of a sending, at the top of the page and with the focus.
fn outcome(draft: Draft) -> Option<AnyView> {
    let sending = draft.sending.get();
    let (class, title, body) = match sending {
        Sending::No | Sending::Busy => return None,
        Sending::Waiting => (
            "notice warning",
            tr("ui/sending/waiting_title", "In attesa di rete: non è ancora inviata"),
            tr("ui/sending/waiting", "Le tue risposte sono salvate su questo dispositivo. Appena torna la connessione proviamo a inviarle, se questa pagina è aperta. Puoi anche premere «Riprova a inviare».").into_any(),
        ),
        Sending::Failed(sentence) => {
            ("notice warning", tr("ui/sending/failed_title", "Non siamo riusciti a inviare"), sentence.into_any())
        }
        Sending::Refused(errors) => {
            let entries: Vec<_> = errors
                .into_iter()
                .map(|error| {
                    let found = flow::find(draft.service, &error.field);
                    let address = found.map_or("riepilogo", |(step, _)| step.slug);
                    let label = found.map_or(String::new(), |(_, field)| {
                        [texts::field(draft.service, field, "label", field.label), ": "].concat()
                    });
                    let address = [routes::in_service(draft.service.slug, address).as_str(), FROM_SUMMARY].concat();
                    el("li")
.with(ui::link(&address, "", [label, error.message].concat())).into_any()
                })
                .collect();
            ("error-summary", tr("ui/errors/title", "Controlla queste risposte"), el("ul")
.with(entries).into_any())
        }
    };
    browser::focus_soon("sending-outcome");
    Some(
        el("div")
            .at("class", class)
            .at("id", "sending-outcome")
            .at("tabindex", "-1")
            .at("role", "alert")
            .with(el("h2").at("class", "h5").with(title))
            .with(el("div").with(body))
            .into_any(),
    )
}
