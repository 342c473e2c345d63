// SPDX-License-Identifier: EUPL-1.2
//! A service for trying out the machine: every kind of field, a guarded field and step, a list of items, a way out. No
//! citizen meets it: it is in no catalogue and in no translation, and the edge knows it only where
//! `ambiente = "prova"`. With it a browser test, or somebody who builds a new kind of field, has all of them at hand.

use crate::{
    problem::Problem,
    service::{Case, Choice, Exit, Kind, Repeat, Service, Sheet, Step, choice, field, step},
};

/// The service.
pub const PROVA: Service = Service {
    slug: "prova",
    name: "Prova dei campi",
    summary: "Un modulo che contiene ogni tipo di domanda. Serve solo a provare il sistema: non produce effetti.",
    version: 1,
    term_days: 30,
    sheet: SHEET,
    blocks: &[],
    steps: STEPS,
};

/// Largest file of this form, in bytes.
const FILE: u32 = 1 << 20;

const SHEET: Sheet = Sheet {
    for_whom: &["A chi costruisce o controlla questo sistema."],
    how: &["Rispondi come vuoi, con dati inventati."],
    needed: &["Un file PDF, JPEG o PNG."],
    obtained: &["Un protocollo di prova."],
    times: &["La ricevuta arriva subito."],
    law: &["Questa prova non ha effetti di legge."],
};

const FEW: &[Choice] = &[
    choice("uno", "La prima").hint("Porta avanti."),
    choice("due", "La seconda"),
    choice("esci", "Nessuna: esco").hint("Porta alla pagina di uscita."),
];

const SOME: &[Choice] = &[
    choice("rosso", "Rosso"),
    choice("giallo", "Giallo"),
    choice("verde", "Verde"),
    choice("blu", "Blu"),
    choice("viola", "Viola"),
    choice("ramo", "Un ramo in più"),
];

const MANY: &[Choice] = &[
    choice("gennaio", "Gennaio"),
    choice("febbraio", "Febbraio"),
    choice("marzo", "Marzo"),
    choice("aprile", "Aprile"),
    choice("maggio", "Maggio"),
    choice("giugno", "Giugno"),
    choice("luglio", "Luglio"),
    choice("agosto", "Agosto"),
    choice("settembre", "Settembre"),
    choice("ottobre", "Ottobre"),
    choice("novembre", "Novembre"),
    choice("dicembre", "Dicembre"),
];

const LANGUAGES: &[Choice] = &[
    choice("it", "Italiano"),
    choice("en", "Inglese"),
    choice("fr", "Francese"),
    choice("ar", "Arabo"),
];

const ROLES: &[Choice] = &[
    choice("figlio", "Figlio o figlia"),
    choice("coniuge", "Marito o moglie"),
    choice("altro", "Altro"),
];

const OUT: &[Exit] = &[Exit {
    id: "prova_uscita",
    field: "poche",
    when: |case| case.answers.is("poche", "esci"),
    title: "Qui si esce",
    reason: &["Hai scelto la voce che porta fuori."],
    next: &[("Torna ai servizi", "/servizi")],
}];

const STEPS: &[Step] = &[
    step(
        "testi",
        "Testi e numeri",
        &[
            field("testo", "Un testo di una riga", Kind::Text(40)).hint("Al massimo 40 caratteri."),
            field("testo_lungo", "Un testo di più righe", Kind::LongText(200)).optional(),
            field("numero", "Un numero da 1 a 10", Kind::Number(1, 10)),
            field(
                "importo",
                "Un importo fino a 1.000 euro",
                Kind::Money(100_000),
            ),
            field("giorno", "Un giorno passato", Kind::Date).rule(not_ahead),
        ],
    )
    .intro("Scrivi con dati inventati."),
    step(
        "scelte",
        "Scelte",
        &[
            field("poche", "Una di poche voci", Kind::Choice(FEW)),
            field("alcune", "Una di alcune voci", Kind::Choice(SOME)),
            field("tante", "Una di tante voci", Kind::Choice(MANY)),
            field("lingue", "Quali lingue parli?", Kind::Many(LANGUAGES)),
            field("si_no", "C'è altro da dire?", Kind::YesNo),
            field("altro", "Che cosa?", Kind::Text(40)).when(|case| case.answers.yes("si_no")),
        ],
    )
    .exits(OUT),
    step(
        "ramo",
        "Il ramo in più",
        &[field(
            "nel_ramo",
            "Una risposta che vale solo nel ramo",
            Kind::Text(40),
        )],
    )
    .when(|case| case.answers.is("alcune", "ramo")),
    step(
        "luoghi",
        "Luoghi",
        &[
            field("comune", "Un comune", Kind::Comune),
            field("indirizzo", "Via e numero civico", Kind::Address),
            field("cap", "CAP", Kind::Cap("comune")),
            field("stato", "Uno Stato", Kind::State),
        ],
    ),
    step(
        "contatti",
        "Contatti",
        &[
            field("email", "Un indirizzo email", Kind::Email),
            field("cellulare", "Un numero di cellulare", Kind::Mobile),
            field(
                "altra_persona",
                "Il codice fiscale di un'altra persona",
                Kind::CodiceFiscale,
            ),
        ],
    ),
    step(
        "persone",
        "Persone",
        &[
            field("nome", "Nome", Kind::Text(40)),
            field("ruolo", "Chi è per te?", Kind::Choice(ROLES)),
            field("anni", "Quanti anni ha?", Kind::Number(0, 120))
                .when(|case| case.answers.is("ruolo", "figlio")),
        ],
    )
    .intro("Da una a tre persone.")
    .repeat(Repeat {
        id: "persone",
        min: 1,
        max: 3,
        add: "Aggiungi una persona",
        item: "Persona",
    }),
    step(
        "documento",
        "Un documento",
        &[field("documento", "Il file da allegare", Kind::File(FILE))],
    ),
    step(
        "dichiarazioni",
        "Dichiarazioni",
        &[field(
            "confermo",
            "Confermo che sto solo provando il sistema",
            Kind::Declaration,
        )],
    ),
];

fn not_ahead(case: &Case<'_>) -> Option<Problem> {
    use alloc::string::ToString;
    let day = crate::flow::check_date(case.answers.text("giorno")?)?;
    (day > case.facts.today).then(|| Problem::DateAfter(case.facts.today.to_string()))
}

#[cfg(test)]
mod tests {
    use alloc::{collections::BTreeSet, vec::Vec};
    use jiff::civil::date;

    use super::*;
    use crate::{
        answers::{Answer, Answers},
        facts::Facts,
        flow::{self, Stop},
        services,
    };

    fn sound() -> Answers {
        let mut answers = Answers::from([
            ("testo", "uno"),
            ("numero", "3"),
            ("importo", "10,50"),
            ("giorno", "2026-01-31"),
            ("poche", "uno"),
            ("alcune", "rosso"),
            ("tante", "maggio"),
            ("si_no", "no"),
            ("comune", "A944"),
            ("indirizzo", "via Roma 1"),
            ("cap", "40121"),
            ("stato", "000"),
            ("email", "a@example.com"),
            ("cellulare", "333 1234567"),
            ("altra_persona", "RSSMRA85D41H501J"),
            ("documento", "abc-DEF_1"),
            ("confermo", "si"),
        ]);
        answers.set("lingue", Answer::Many(Vec::from(["it".into()])));
        let person = Answers::from([("nome", "Ugo"), ("ruolo", "figlio"), ("anni", "4")]);
        answers.set("persone", Answer::Items(Vec::from([person])));
        answers
    }

    fn with<T>(answers: &Answers, ask: impl FnOnce(Case<'_>) -> T) -> T {
        let facts = Facts::nobody(date(2026, 11, 24));
        ask(Case {
            answers,
            facts: &facts,
            places: None,
        })
    }

    #[test]
    fn it_is_found_by_its_name_and_is_in_no_catalogue() {
        assert!(services::find("prova").is_some());
        assert!(services::ALL.iter().all(|service| service.slug != "prova"));
        assert!(services::is_trial("prova") && !services::is_trial("did"));
    }

    #[test]
    fn it_has_every_kind_of_field() {
        let kinds: BTreeSet<_> = STEPS
            .iter()
            .flat_map(|step| step.fields)
            .map(|field| field.kind.as_str())
            .collect();
        assert_eq!(kinds.len(), 17, "{kinds:?}");
    }

    #[test]
    fn sound_answers_arrive_at_the_summary() {
        let answers = sound();
        with(&answers, |case| {
            assert!(flow::check(&PROVA, case).is_sound());
            assert!(matches!(flow::walk(&PROVA, case).stop, Stop::Summary));
        });
    }

    #[test]
    fn what_was_said_in_an_abandoned_branch_or_item_is_dropped() {
        let mut answers = sound();
        answers.set_text("nel_ramo", "vecchia");
        answers.set_text("altro", "vecchia");
        let spouse = Answers::from([("nome", "Ida"), ("ruolo", "coniuge"), ("anni", "40")]);
        answers.set("persone", Answer::Items(Vec::from([spouse])));
        let kept = with(&answers, |case| flow::prune(&PROVA, case));
        assert_eq!(kept.text("nel_ramo"), None);
        assert_eq!(kept.text("altro"), None);
        assert_eq!(kept.items("persone")[0].text("anni"), None);
    }

    #[track_caller]
    fn refused(id: &str, text: &str, code: &str) {
        let mut answers = sound();
        answers.set_text(id, text);
        let problems = with(&answers, |case| flow::check(&PROVA, case).problems);
        let found = problems.iter().find(|problem| problem.field == id);
        assert_eq!(found.map(|p| p.problem.code()), Some(code), "{id}={text}");
    }

    #[test]
    fn each_field_says_what_it_refuses() {
        refused("testo", &"x".repeat(41), "too_long");
        refused("testo_lungo", &"x".repeat(201), "too_long");
        refused("numero", "11", "at_most");
        refused("numero", "tre", "not_a_number");
        refused("importo", "1000,01", "money_at_most");
        refused("giorno", "2026-11-25", "date_after");
        refused("giorno", "2026-02-30", "not_a_date");
        refused("tante", "smarch", "unknown_code");
        refused("documento", "a/b", "file_gone");
        refused("confermo", "no", "must_declare");
        refused("persone", "", "missing");
        refused("persone", "Ugo", "wrong_type");
    }
}
