// SPDX-License-Identifier: EUPL-1.2
//! When the DID is not the right thing to do: the reason, and what to do instead.

use crate::{
    service::{Case, Exit},
    values::money::Money,
};

use super::{INPS_WINDOW_DAYS, LEAST_AGE, has_did, income_limit};

/// Known before the first question.
pub const BLOCKS: &[Exit] = &[
    Exit {
        id: "did_presente",
        field: "",
        when: |case| has_did(case.facts),
        title: "Hai già una DID",
        reason: &[
            "In tutta Italia vale una sola DID. La tua c'è già: non devi farne un'altra.",
            "Se hai cambiato idea puoi ritirarla, finché non è conclusa. Se è sospesa o qualcosa non torna, senti il Centro per l'impiego.",
        ],
        next: &[
            ("Guarda la tua DID", "/area-personale"),
            ("Contatta il Centro per l'impiego", "/aiuto"),
        ],
    },
    Exit {
        id: "did_inps",
        field: "",
        when: inps_holds_it,
        title: "La tua DID c'è già: l'ha ricevuta l'INPS",
        reason: &[
            "Hai chiesto la NASpI o la DIS-COLL. Per la legge quella domanda vale come DID (articolo 21 del decreto legislativo 150/2015).",
            "Ora ti serve il patto di servizio: contatta il Centro per l'impiego entro 15 giorni dalla domanda.",
        ],
        next: &[
            ("Contatta il Centro per l'impiego per il patto", "/aiuto"),
            ("Vai alla tua area personale", "/area-personale"),
        ],
    },
    Exit {
        id: "eta_minima",
        field: "",
        when: |case| case.facts.age().is_some_and(|age| age < LEAST_AGE),
        title: "Devi avere almeno 16 anni",
        reason: &[
            "La legge permette di lavorare dai 16 anni, dopo la scuola dell'obbligo.",
            "A 15 anni si può iniziare solo un apprendistato dentro un percorso di studi: per questo vieni al Centro per l'impiego con un genitore.",
        ],
        next: &[("Contatta il Centro per l'impiego", "/aiuto")],
    },
];

/// Opened by what the DID is for.
pub const PURPOSE: &[Exit] = &[Exit {
    id: "solo_prestazione",
    field: "scopo",
    when: |case| case.answers.is("scopo", "prestazione_sociale"),
    title: "Non ti serve la DID",
    reason: &[
        "Per una prestazione sociale o sanitaria basta dichiarare che non lavori. Lo dice l'articolo 19, comma 7, del decreto legislativo 150/2015.",
        "Scrivi tu la dichiarazione, all'ufficio che ti dà la prestazione. Il Centro per l'impiego non deve darti niente.",
    ],
    next: &[("Torna ai servizi", "/servizi"), ("Chiedi aiuto", "/aiuto")],
}];

/// Opened by the expected income.
pub const INCOME: &[Exit] = &[Exit {
    id: "sopra_soglia",
    field: "reddito_prospettico",
    when: over_limit,
    title: "Guadagni più del limite",
    reason: &[
        "Con un reddito più alto del limite di quest'anno la legge non ti considera disoccupato. Il limite è 8.500 euro per chi è dipendente e 5.500 euro per chi è autonomo.",
        "Puoi comunque usare gli altri servizi del Centro per l'impiego. Se il tuo lavoro finisce, torna qui: le tue risposte restano salvate.",
    ],
    next: &[
        ("Guarda gli altri servizi", "/servizi"),
        ("Contatta il Centro per l'impiego", "/aiuto"),
    ],
}];

/// True when the expected income is above the yearly limit; an income equal to the limit is within it.
#[must_use]
pub fn over_limit(case: &Case<'_>) -> bool {
    let income = case
        .answers
        .text("reddito_prospettico")
        .and_then(|typed| Money::parse(typed).ok());
    matches!((income, income_limit(case)), (Some(income), Some(limit)) if income.cents() > limit)
}

fn inps_holds_it(case: &Case<'_>) -> bool {
    let Some(file) = &case.facts.fascicolo else {
        return false;
    };
    let today = case.facts.today;
    let oldest = today
        .checked_sub(jiff::Span::new().days(INPS_WINDOW_DAYS))
        .unwrap_or(today);
    let recent = file.did_inps.as_ref().is_some_and(|did| did.data >= oldest);
    let paid = file.prestazioni.iter().any(|benefit| {
        matches!(benefit.tipo.as_str(), "naspi" | "dis_coll")
            && benefit.al.is_none_or(|end| end >= today)
    });
    recent || paid
}
