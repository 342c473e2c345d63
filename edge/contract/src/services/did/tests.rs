// SPDX-License-Identifier: EUPL-1.2
//! The DID as rules: who gets to the summary, who is led out, what each answer refuses.

use jiff::civil::{Date, date};

use super::*;
use crate::{
    answers::{Answer, Answers},
    facts::{Citizen, DidInps, Facts, Fascicolo, PraticaInBreve, Rapporto},
    flow::{self, Stop},
    pratica::Stato,
    values::place::Places,
};

const TODAY: Date = date(2026, 11, 24);

fn facts() -> Facts {
    let citizen = Citizen {
        codice_fiscale: "RSSMRA89T13F205B".into(),
        nome: "Mario".into(),
        cognome: "Rossi".into(),
        data_nascita: date(1989, 12, 13),
        sesso: "M".into(),
        luogo_nascita: "F205".into(),
        email: None,
        cellulare: None,
    };
    Facts {
        citizen: Some(citizen),
        ..Facts::nobody(TODAY)
    }
}

fn registry(facts: &mut Facts) -> &mut Fascicolo {
    facts.fascicolo.insert(Fascicolo {
        aggiornato_il: TODAY,
        cittadinanza: None,
        residenza: None,
        domicilio: None,
        titolo_studio: None,
        permesso: None,
        prestazioni: Vec::new(),
        did_inps: None,
        rapporti: Vec::new(),
        collocamento_mirato: None,
    })
}

fn open_job() -> Rapporto {
    Rapporto {
        codice_comunicazione: "0800026200000001".into(),
        datore: "Bianchi srl".into(),
        contratto: "A.01.00".into(),
        orario: "P".into(),
        dal: date(2024, 1, 8),
        al: None,
        qualifica: None,
        reddito_annuo_stimato: None,
    }
}

fn answers() -> Answers {
    Answers::from([
        ("scopo", "lavoro"),
        ("condizione", "privo_di_impiego"),
        ("cittadinanza", "000"),
        ("residenza_comune", "A944"),
        ("residenza_indirizzo", "via Roma 1"),
        ("residenza_cap", "40121"),
        ("email", "mario@posta.it"),
        ("cellulare", "333 1234567"),
        ("titolo_studio", "diploma"),
        ("iscritto_corso", "no"),
        ("ha_lavorato", "si"),
        ("mesi_da_ultimo_lavoro", "3"),
        ("posizione_ultimo_lavoro", "impiegato"),
        ("mesi_ricerca", "2"),
        ("condizione_un_anno_prima", "occupato"),
        ("presenza_italia", "nascita"),
        ("componenti_nucleo", "2"),
        ("figli_a_carico", "no"),
        ("patente", "si"),
        ("disponibilita_immediata", "si"),
        ("conosce_sospensione", "si"),
        ("conosce_decadenza", "si"),
    ])
}

fn places() -> Places<'static> {
    Places::parse(include_str!("../../../../../public/data/luoghi.txt")).expect("the list reads")
}

/// Changes some answers of a sound DID and compares the refused fields and codes, in order.
#[track_caller]
fn check(changes: &[(&str, &str)], expected: &[(&str, &str)]) {
    check_with(&facts(), changes, expected);
}

#[track_caller]
fn check_with(facts: &Facts, changes: &[(&str, &str)], expected: &[(&str, &str)]) {
    let mut answers = answers();
    for (id, text) in changes {
        answers.set_text(id, *text);
    }
    let places = places();
    let case = Case {
        answers: &answers,
        facts,
        places: Some(&places),
    };
    let found: Vec<(String, &str)> = match Did::read(case) {
        Ok(_) => Vec::new(),
        Err(problems) => problems
            .into_iter()
            .map(|p| (p.field, p.problem.code()))
            .collect(),
    };
    let found: Vec<(&str, &str)> = found
        .iter()
        .map(|(field, code)| (field.as_str(), *code))
        .collect();
    assert_eq!(found, expected);
    // The walk says summary exactly when the DID can be read; fields that nobody asked for are not on its way.
    let walk = flow::walk(&DID, case);
    assert_eq!(
        matches!(walk.stop, Stop::Summary),
        found.iter().all(|(_, code)| *code == "unknown_field")
    );
}

#[track_caller]
fn leads_out(facts: &Facts, changes: &[(&str, &str)], exit: &str) {
    let mut answers = answers();
    for (id, text) in changes {
        answers.set_text(id, *text);
    }
    let case = Case {
        answers: &answers,
        facts,
        places: None,
    };
    match flow::walk(&DID, case).stop {
        Stop::Exit(open) => assert_eq!(open.id, exit),
        _ => panic!("does not lead out"),
    }
    assert!(Did::read(case).is_err());
}

#[test]
fn who_has_lost_a_job_gets_to_the_summary() {
    check(&[], &[]);
}

#[test]
fn every_required_answer_is_missed_by_name() {
    let required = [
        "scopo",
        "condizione",
        "cittadinanza",
        "residenza_comune",
        "residenza_indirizzo",
        "residenza_cap",
        "email",
        "cellulare",
        "titolo_studio",
        "iscritto_corso",
        "ha_lavorato",
        "mesi_da_ultimo_lavoro",
        "posizione_ultimo_lavoro",
        "mesi_ricerca",
        "condizione_un_anno_prima",
        "presenza_italia",
        "componenti_nucleo",
        "figli_a_carico",
        "patente",
    ];
    for id in required {
        check(&[(id, "")], &[(id, "missing")]);
    }
}

#[test]
fn each_kind_refuses_what_it_cannot_read() {
    check(
        &[("condizione", "pensionato")],
        &[("condizione", "unknown_code")],
    );
    check(
        &[("residenza_comune", "Bologna")],
        &[("residenza_comune", "unknown_place")],
    );
    check(
        &[("residenza_comune", "Z243")],
        &[("residenza_comune", "unknown_place")],
    );
    check(
        &[("cittadinanza", "A944")],
        &[
            ("cittadinanza", "unknown_place"),
            ("titolo_soggiorno", "missing"),
            ("numero_titolo_soggiorno", "missing"),
        ],
    );
    check(&[("residenza_cap", "4012")], &[("residenza_cap", "cap")]);
    check(
        &[("residenza_cap", "40100")],
        &[("residenza_cap", "cap_generic")],
    );
    check(
        &[("residenza_cap", "20121")],
        &[("residenza_cap", "cap_other")],
    );
    check(&[("email", "mario(at)posta.it")], &[("email", "email")]);
    check(&[("cellulare", "12")], &[("cellulare", "mobile")]);
    check(
        &[("componenti_nucleo", "0")],
        &[("componenti_nucleo", "at_least")],
    );
    check(
        &[("componenti_nucleo", "100")],
        &[("componenti_nucleo", "at_most")],
    );
    check(
        &[("componenti_nucleo", "due")],
        &[("componenti_nucleo", "not_a_number")],
    );
    check(&[("mesi_ricerca", "-1")], &[("mesi_ricerca", "at_least")]);
    check(&[("patente", "forse")], &[("patente", "unknown_code")]);
    check(
        &[("residenza_indirizzo", "via \u{202e}Roma")],
        &[("residenza_indirizzo", "characters")],
    );
    check(&[("inventato", "x")], &[("inventato", "unknown_field")]);
}

#[test]
fn declarations_have_to_be_made() {
    for id in [
        "disponibilita_immediata",
        "conosce_sospensione",
        "conosce_decadenza",
    ] {
        check(&[(id, "")], &[(id, "must_declare")]);
        check(&[(id, "no")], &[(id, "must_declare")]);
    }
}

#[test]
fn an_income_equal_to_the_limit_is_within_it() {
    check(
        &[
            ("condizione", "dipendente"),
            ("reddito_prospettico", "8.500,00"),
        ],
        &[],
    );
    check(
        &[
            ("condizione", "dipendente"),
            ("reddito_prospettico", "8500.01"),
        ],
        &[("reddito_prospettico", "money_at_most")],
    );
    check(
        &[("condizione", "autonomo"), ("reddito_prospettico", "5500")],
        &[],
    );
    check(
        &[
            ("condizione", "autonomo"),
            ("reddito_prospettico", "5500.01"),
        ],
        &[("reddito_prospettico", "money_at_most")],
    );
    check(
        &[("condizione", "dipendente")],
        &[("reddito_prospettico", "missing")],
    );
    check(
        &[
            ("condizione", "dipendente"),
            ("reddito_prospettico", "tanto"),
        ],
        &[("reddito_prospettico", "not_money")],
    );
    leads_out(
        &facts(),
        &[
            ("condizione", "dipendente"),
            ("reddito_prospettico", "9000"),
        ],
        "sopra_soglia",
    );
}

#[test]
fn who_is_at_risk_is_asked_the_last_day() {
    check(
        &[("condizione", "a_rischio")],
        &[("fine_rapporto", "missing")],
    );
    check(
        &[("condizione", "a_rischio"), ("fine_rapporto", "2026-12-31")],
        &[],
    );
    check(
        &[("condizione", "a_rischio"), ("fine_rapporto", "2026-11-23")],
        &[("fine_rapporto", "date_before")],
    );
    check(
        &[("condizione", "a_rischio"), ("fine_rapporto", "2028-01-01")],
        &[("fine_rapporto", "date_after")],
    );
    check(
        &[("condizione", "a_rischio"), ("fine_rapporto", "2027-02-30")],
        &[("fine_rapporto", "not_a_date")],
    );
}

#[test]
fn unemployment_of_who_is_at_risk_begins_the_day_after() {
    let mut answers = answers();
    answers.set_text("condizione", "a_rischio");
    answers.set_text("fine_rapporto", "2026-12-31");
    let facts = facts();
    let did = Did::read(Case {
        answers: &answers,
        facts: &facts,
        places: None,
    })
    .expect("reads");
    assert_eq!(did.decorrenza, date(2027, 1, 1));
}

#[test]
fn citizens_of_other_continents_show_a_permit() {
    let turkey = ("cittadinanza", "Z243");
    check(
        &[turkey],
        &[
            ("titolo_soggiorno", "missing"),
            ("numero_titolo_soggiorno", "missing"),
        ],
    );
    let permit = [
        turkey,
        ("titolo_soggiorno", "permesso"),
        ("numero_titolo_soggiorno", "I1234567"),
    ];
    check(&permit, &[("scadenza_titolo_soggiorno", "missing")]);
    let expired = [
        permit.as_slice(),
        &[("scadenza_titolo_soggiorno", "2026-11-23")],
    ]
    .concat();
    check(&expired, &[("scadenza_titolo_soggiorno", "date_before")]);
    let valid = [
        permit.as_slice(),
        &[("scadenza_titolo_soggiorno", "2026-11-24")],
    ]
    .concat();
    check(&valid, &[]);
    check(
        &[
            turkey,
            ("titolo_soggiorno", "rinnovo"),
            ("numero_titolo_soggiorno", "0612345678"),
        ],
        &[],
    );
    check(&[("cittadinanza", "Z129")], &[]);
}

#[test]
fn a_social_benefit_alone_needs_no_did() {
    leads_out(
        &facts(),
        &[("scopo", "prestazione_sociale")],
        "solo_prestazione",
    );
}

#[test]
fn who_asked_inps_for_a_benefit_is_led_to_the_patto() {
    let mut facts = facts();
    registry(&mut facts).did_inps = Some(DidInps {
        data: date(2026, 11, 1),
        identificativo: String::new(),
    });
    leads_out(&facts, &[], "did_inps");
    registry(&mut facts).did_inps = Some(DidInps {
        data: date(2026, 5, 27),
        identificativo: String::new(),
    });
    check_with(&facts, &[], &[]);
}

#[test]
fn a_second_did_is_led_to_the_first() {
    let mut facts = facts();
    let mut with = |stato| {
        facts.pratiche = vec![PraticaInBreve {
            id: "a".into(),
            servizio: SLUG.into(),
            stato,
        }]
    };
    with(Stato::Accolta);
    leads_out(&facts, &[], "did_presente");
    let mut facts = facts.clone();
    facts.pratiche = vec![PraticaInBreve {
        id: "a".into(),
        servizio: SLUG.into(),
        stato: Stato::Ritirata,
    }];
    check_with(&facts, &[], &[]);
}

#[test]
fn a_child_is_led_out_and_a_minor_names_a_parent() {
    let mut facts = facts();
    facts.citizen.as_mut().expect("there").data_nascita = date(2010, 11, 25);
    leads_out(&facts, &[], "eta_minima");
    facts.citizen.as_mut().expect("there").data_nascita = date(2010, 11, 24);
    check_with(
        &facts,
        &[],
        &[
            ("genitore_ruolo", "missing"),
            ("genitore_nome", "missing"),
            ("genitore_cognome", "missing"),
            ("genitore_codice_fiscale", "missing"),
            ("obbligo_istruzione", "must_declare"),
        ],
    );
    let parent = [
        ("genitore_ruolo", "genitore"),
        ("genitore_nome", "Maria"),
        ("genitore_cognome", "Rossi"),
        ("genitore_codice_fiscale", "RSSMRA85D41H501J"),
        ("obbligo_istruzione", "si"),
    ];
    check_with(&facts, &parent, &[]);
    let oneself = [
        parent.as_slice(),
        &[("genitore_codice_fiscale", "rssmra89t13f205b")],
    ]
    .concat();
    check_with(
        &facts,
        &oneself,
        &[("genitore_codice_fiscale", "not_oneself")],
    );
}

#[test]
fn who_works_cannot_say_not_to() {
    let mut facts = facts();
    registry(&mut facts).rapporti.push(open_job());
    check_with(&facts, &[], &[("condizione", "open_relation")]);
    check_with(
        &facts,
        &[
            ("condizione", "dipendente"),
            ("reddito_prospettico", "7200"),
        ],
        &[],
    );
    // An internship is not work.
    registry(&mut facts).rapporti.push(Rapporto {
        contratto: "C.01.00".into(),
        ..open_job()
    });
    check_with(&facts, &[], &[]);
}

#[test]
fn answers_of_an_abandoned_branch_are_dropped() {
    let mut answers = answers();
    answers.set_text("reddito_prospettico", "9000");
    answers.set_text("fine_rapporto", "1999-01-01");
    answers.set("patenti", Answer::Many(vec!["B".into()]));
    answers.set_text("patente", "no");
    let facts = facts();
    let kept = flow::prune(
        &DID,
        Case {
            answers: &answers,
            facts: &facts,
            places: None,
        },
    );
    for id in ["reddito_prospettico", "fine_rapporto", "patenti"] {
        assert!(kept.get(id).is_none(), "{id}");
    }
    assert_eq!(kept.text("cellulare"), Some("+393331234567"));
}

#[test]
fn every_step_can_be_reached_and_names_are_unique() {
    let ids: Vec<&str> = DID
        .steps
        .iter()
        .flat_map(|step| step.fields)
        .map(|field| field.id)
        .collect();
    for (n, id) in ids.iter().enumerate() {
        assert!(!ids[n + 1..].contains(id), "{id}");
    }
    let mut facts = facts();
    facts.citizen.as_mut().expect("there").data_nascita = date(2009, 1, 1);
    let mut answers = answers();
    answers.set_text("condizione", "dipendente");
    answers.set_text("cittadinanza", "Z243");
    let on_path: Vec<&str> = flow::path(
        &DID,
        Case {
            answers: &answers,
            facts: &facts,
            places: None,
        },
    )
    .map(|step| step.slug)
    .collect();
    assert_eq!(
        on_path,
        DID.steps.iter().map(|step| step.slug).collect::<Vec<_>>()
    );
}

#[test]
fn months_since_the_last_job_come_from_the_registry() {
    let mut facts = facts();
    registry(&mut facts).rapporti.push(Rapporto {
        al: Some(date(2026, 8, 31)),
        ..open_job()
    });
    assert_eq!(
        months_since_last_job(&facts),
        Some(("2".into(), Source::Registry))
    );
}

#[test]
fn made_up_fields_are_named_only_up_to_a_limit() {
    let mut answers = answers();
    for n in 0..1000 {
        answers.set_text(&alloc::format!("inventato_{n}"), "x");
    }
    let facts = facts();
    let verdict = flow::check(
        &DID,
        Case {
            answers: &answers,
            facts: &facts,
            places: None,
        },
    );
    assert_eq!(verdict.problems.len(), 50);
}
