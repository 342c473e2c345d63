// SPDX-License-Identifier: EUPL-1.2
//! Every text that stands in a service value or a rule, with the key under which other languages translate it.
//! Italian is the source; a language file (`public/texts/en.json`) is a flat map from key to text.

use alloc::{
    format,
    string::{String, ToString},
    vec::Vec,
};

use crate::{
    accessi::ACCESSI,
    appuntamento::{
        AzioneAppuntamento, EVENTI, GIUSTIFICATI_MOTIVI, MOTIVI_DISDETTA, Modalita,
        StatoAppuntamento, refusal::Refusal,
    },
    avvisi::{FRASI, MODELLI, Modello},
    cv::{consigli, exchange},
    flow,
    pratica::{Action, Stato},
    prestazioni::{PRESTAZIONI, Prestazione},
    problem::{self, Problem},
    service::{Exit, Field, Service, Sheet, Step},
    services,
    slots::ClosedDay,
    valutazione,
};

/// The key of a general refusal, or of a service's own rule.
#[must_use]
pub fn problem_key(problem: &Problem) -> String {
    match problem {
        Problem::Rule(code, _) => format!("rule/{code}"),
        other => format!("problem/{}", other.code()),
    }
}

/// The key of a part of a field: `label`, `hint`.
#[must_use]
pub fn field_key(service: &Service, field: &Field, part: &str) -> String {
    format!("{}/{}/{part}", service.slug, field.id)
}

/// The key of an entry of a code list.
#[must_use]
pub fn choice_key(service: &Service, field: &Field, code: &str, part: &str) -> String {
    format!("{}/{}/{code}/{part}", service.slug, field.id)
}

/// The key of a part of a step: `title`, `intro`, `add`, `item`.
#[must_use]
pub fn step_key(service: &Service, step: &Step, part: &str) -> String {
    format!("{}/step/{}/{part}", service.slug, step.slug)
}

/// The key of a part of an exit: `title`, `reason/0`, `next/0`.
#[must_use]
pub fn exit_key(service: &Service, exit: &Exit, part: &str) -> String {
    format!("{}/exit/{}/{part}", service.slug, exit.id)
}

/// The key of a part of a service: `name`, `summary`, `for_whom/0` …
#[must_use]
pub fn service_key(service: &Service, part: &str) -> String {
    slug_key(service.slug, part)
}

/// The same, of a service that is known by its slug.
#[must_use]
pub fn slug_key(slug: &str, part: &str) -> String {
    format!("{slug}/{part}")
}

/// The key of a state's label.
#[must_use]
pub fn stato_key(stato: Stato) -> String {
    format!("stato/{}", stato.as_str())
}

/// The key of an action's label.
#[must_use]
pub fn action_key(action: Action) -> String {
    format!("action/{}", action.as_str())
}

/// The key of a text of the question how easy a service was: the code of an answer, or `domanda`, `negativa`,
/// `positiva` for the questions.
#[must_use]
pub fn rating_key(part: &str) -> String {
    format!("rating/{part}")
}

/// The key of a part of a service that can be booked: `nome`, `descrizione`, `portare/0`.
#[must_use]
pub fn prestazione_key(service: &Prestazione, part: &str) -> String {
    format!("prestazione/{}/{part}", service.codice)
}

/// The key of a way in which a meeting takes place.
#[must_use]
pub fn modalita_key(way: Modalita) -> String {
    format!("modalita/{}", way.as_str())
}

/// The key of the label of an appointment's state.
#[must_use]
pub fn stato_appuntamento_key(stato: StatoAppuntamento) -> String {
    format!("stato_appuntamento/{}", stato.as_str())
}

/// The key of the label of an action on an appointment.
#[must_use]
pub fn azione_key(action: AzioneAppuntamento) -> String {
    format!("azione/{}", action.as_str())
}

/// The key of what happened to an appointment, by its code.
#[must_use]
pub fn evento_key(code: &str) -> String {
    format!("evento/{code}")
}

/// The key of a reason to cancel, by its code.
#[must_use]
pub fn disdetta_key(code: &str) -> String {
    format!("disdetta/{code}")
}

/// The key of a reason that justifies an absence, by its code.
#[must_use]
pub fn giustificato_key(code: &str) -> String {
    format!("giustificato/{code}")
}

/// The key of a part of a notice: `oggetto`, `testo`.
#[must_use]
pub fn avviso_key(notice: &Modello, part: &str) -> String {
    format!("avviso/{}/{part}", notice.codice)
}

/// The key of a sentence that stands in notices, by its code.
#[must_use]
pub fn frase_key(code: &str) -> String {
    format!("frase/{code}")
}

/// The key of what an office did with a person's data, by its code.
#[must_use]
pub fn accesso_key(code: &str) -> String {
    format!("accesso/{code}")
}

/// The key of a reason for which every office is closed, by its code.
#[must_use]
pub fn chiuso_key(code: &str) -> String {
    format!("chiuso/{code}")
}

/// The key of a refusal about an appointment.
#[must_use]
pub fn refusal_key(refusal: Refusal) -> String {
    format!("rule/{}", refusal.code())
}

/// The parts of a sheet with their keys, in the order of the public design model.
#[must_use]
pub fn sheet_parts(sheet: &Sheet) -> [(&'static str, &'static [&'static str]); 6] {
    [
        ("for_whom", sheet.for_whom),
        ("how", sheet.how),
        ("needed", sheet.needed),
        ("obtained", sheet.obtained),
        ("times", sheet.times),
        ("law", sheet.law),
    ]
}

/// Every text of `contract` with its key. Rules' own sentences come from each service's list.
#[must_use]
pub fn all() -> Vec<(String, &'static str)> {
    let mut texts: Vec<(String, &'static str)> = Vec::new();
    texts.extend(
        problem::ITALIAN
            .iter()
            .map(|(code, sentence)| (format!("problem/{code}"), *sentence)),
    );
    texts.extend(
        Stato::ALL
            .iter()
            .map(|stato| (stato_key(*stato), stato.label())),
    );
    texts.extend(
        Action::ALL
            .iter()
            .map(|action| (action_key(*action), action.label())),
    );
    for service in services::ALL {
        of_service(service, &mut texts);
    }
    for (code, sentence) in services::RULES {
        texts.push((format!("rule/{code}"), sentence));
    }
    for (code, words) in valutazione::NEGATIVE.iter().chain(valutazione::POSITIVE) {
        texts.push((rating_key(code), words));
    }
    for (part, question) in [
        ("domanda", valutazione::QUESTION),
        ("negativa", valutazione::QUESTION_NEGATIVE),
        ("positiva", valutazione::QUESTION_POSITIVE),
    ] {
        texts.push((rating_key(part), question));
    }
    of_appointments(&mut texts);
    texts.retain(|(_, text)| !text.is_empty());
    texts
}

fn of_appointments(texts: &mut Vec<(String, &'static str)>) {
    texts.extend(Modalita::ALL.map(|way| (modalita_key(way), way.label())));
    texts.extend(StatoAppuntamento::ALL.map(|s| (stato_appuntamento_key(s), s.label())));
    texts.extend(AzioneAppuntamento::ALL.map(|action| (azione_key(action), action.label())));
    texts.extend(EVENTI.iter().map(|(code, text)| (evento_key(code), *text)));
    texts.extend(
        MOTIVI_DISDETTA
            .iter()
            .map(|(code, text)| (disdetta_key(code), *text)),
    );
    texts.extend(
        GIUSTIFICATI_MOTIVI
            .iter()
            .map(|(code, text)| (giustificato_key(code), *text)),
    );
    texts.extend(
        Refusal::ALL
            .iter()
            .map(|refusal| (refusal_key(*refusal), refusal.italian())),
    );
    for service in PRESTAZIONI {
        texts.push((prestazione_key(service, "nome"), service.nome));
        texts.push((prestazione_key(service, "descrizione"), service.descrizione));
        for (n, line) in service.portare.iter().enumerate() {
            texts.push((prestazione_key(service, &format!("portare/{n}")), line));
        }
        for (n, line) in service.legge.iter().enumerate() {
            texts.push((prestazione_key(service, &format!("legge/{n}")), line));
        }
    }
}

/// The key of a part of a piece of advice on a CV: `text`, `reason`, `example`.
#[must_use]
pub fn advice_key(rule: &consigli::Rule, part: &str) -> String {
    format!("consigli/{}/{part}", rule.code)
}

/// Every text of the CV and of the letter with its key. They are many and only an editor wants them, so that other
/// languages have them in a file of their own (`public/texts/en-cv.json`).
#[must_use]
pub fn of_cv() -> Vec<(String, &'static str)> {
    let mut texts: Vec<(String, &'static str)> = Vec::new();
    for rule in consigli::all() {
        texts.push((advice_key(rule, "text"), rule.text));
        texts.push((advice_key(rule, "reason"), rule.reason));
        texts.push((advice_key(rule, "example"), rule.example));
    }
    for (list, name) in [
        (exchange::IMPORT, "import"),
        (exchange::NOT_MAPPED, "not_mapped"),
    ] {
        texts.extend(
            list.iter()
                .map(|(code, text)| (format!("{name}/{code}"), *text)),
        );
    }
    texts
}

/// Every text of notices, and of what an office did, with its key. Only the edge writes them, so that other languages have
/// them in a file of their own (`public/texts/en-notices.json`).
#[must_use]
pub fn of_notices() -> Vec<(String, &'static str)> {
    let mut texts: Vec<(String, &'static str)> = Vec::new();
    for notice in MODELLI {
        texts.push((avviso_key(notice, "oggetto"), notice.oggetto));
        texts.push((avviso_key(notice, "testo"), notice.testo));
    }
    texts.extend(FRASI.iter().map(|(code, text)| (frase_key(code), *text)));
    texts.extend(
        ACCESSI
            .iter()
            .map(|(code, text)| (accesso_key(code), *text)),
    );
    for day in [ClosedDay::Sunday, ClosedDay::Holiday, ClosedDay::Patron] {
        texts.extend(day.usual().map(|(code, name)| (chiuso_key(code), name)));
    }
    texts
}

fn of_service(service: &Service, texts: &mut Vec<(String, &'static str)>) {
    texts.push((service_key(service, "name"), service.name));
    texts.push((service_key(service, "summary"), service.summary));
    for (part, lines) in sheet_parts(&service.sheet) {
        for (n, line) in lines.iter().enumerate() {
            texts.push((service_key(service, &format!("{part}/{n}")), line));
        }
    }
    for exit in service
        .blocks
        .iter()
        .chain(service.steps.iter().flat_map(|step| step.exits))
    {
        texts.push((exit_key(service, exit, "title"), exit.title));
        for (n, line) in exit.reason.iter().enumerate() {
            texts.push((exit_key(service, exit, &format!("reason/{n}")), line));
        }
        for (n, (label, _)) in exit.next.iter().enumerate() {
            texts.push((exit_key(service, exit, &format!("next/{n}")), label));
        }
    }
    // An exit that an answer opens is also the refusal of that answer, when somebody sends it all the same.
    for exit in service.steps.iter().flat_map(|step| step.exits) {
        texts.push((format!("rule/{}", exit.id), exit.title));
    }
    for step in service.steps {
        texts.push((step_key(service, step, "title"), step.title));
        texts.push((step_key(service, step, "intro"), step.intro));
        if let Some(repeat) = &step.repeat {
            texts.push((step_key(service, step, "add"), repeat.add));
            texts.push((step_key(service, step, "item"), repeat.item));
        }
        for field in step.fields {
            texts.push((field_key(service, field, "label"), field.label));
            texts.push((field_key(service, field, "hint"), field.hint));
            for choice in field.kind.choices() {
                texts.push((
                    choice_key(service, field, choice.code, "label"),
                    choice.label,
                ));
                texts.push((choice_key(service, field, choice.code, "hint"), choice.hint));
            }
        }
    }
}

/// The Italian label of an answer, for summaries and documents: the choice's label, `Sì`, the place's name, the
/// amount as people write it. The answer itself where nothing better is known.
#[must_use]
pub fn shown_answer(
    field: &Field,
    answer: &crate::answers::Answer,
    places: Option<&crate::values::place::Places<'_>>,
) -> String {
    use crate::{
        answers::{Answer, yes_or_no},
        service::Kind,
    };
    let label = |code: &str| {
        field
            .kind
            .choices()
            .iter()
            .find(|choice| choice.code == code)
            .map_or_else(|| code.to_string(), |c| c.label.to_string())
    };
    match (field.kind, answer) {
        (_, Answer::Many(codes)) => codes
            .iter()
            .map(|code| label(code))
            .collect::<Vec<_>>()
            .join(", "),
        (Kind::Choice(_) | Kind::Many(_), Answer::Text(code)) => label(code),
        (Kind::YesNo | Kind::Declaration, Answer::Text(text)) => match yes_or_no(text) {
            Some(true) => "Sì".into(),
            Some(false) => "No".into(),
            None => text.clone(),
        },
        (Kind::Money(_), Answer::Text(text)) => crate::values::money::Money::parse(text)
            .map_or_else(|_| text.clone(), |money| money.italian()),
        (Kind::Date, Answer::Text(text)) => flow::check_date(text).map_or_else(
            || text.clone(),
            |day| format!("{:02}/{:02}/{}", day.day(), day.month(), day.year()),
        ),
        (Kind::Comune, Answer::Text(code)) => places
            .and_then(|p| p.by_belfiore(code))
            .map_or_else(|| code.clone(), |place| place.label()),
        (Kind::State, Answer::Text(code)) if code == "000" => "Italia".into(),
        (Kind::State, Answer::Text(code)) => places
            .and_then(|p| p.state(code))
            .map_or_else(|| code.clone(), |state| state.name.to_string()),
        (_, Answer::Text(text)) => text.clone(),
        (_, Answer::Items(_) | Answer::Other) => String::new(),
    }
}
