// SPDX-License-Identifier: EUPL-1.2
//! The code lists of the DID. The national lists of "condizione un anno prima" and "presenza in Italia" are not public
//! in what was read (domain notes, doubt 10): these are ours, as data, to be aligned with the national node.

use crate::service::{Choice, choice};

/// What the DID is for.
pub const SCOPO: &[Choice] = &[
    choice("lavoro", "Cerco lavoro")
        .hint("Sono disponibile a iniziare subito e a farmi aiutare dal Centro per l'impiego."),
    choice(
        "prestazione_sociale",
        "Mi serve solo per avere una prestazione sociale o sanitaria",
    )
    .hint("Per esempio l'esenzione dal ticket."),
];

/// The declared condition (art. 19 D.Lgs. 150/2015; art. 4 c. 15-quater DL 4/2019).
pub const CONDIZIONE: &[Choice] = &[
    choice("privo_di_impiego", "Non lavoro")
        .hint("Anche se fai un tirocinio, lavoro occasionale, o hai una partita IVA che non usi."),
    choice(
        "dipendente",
        "Lavoro come dipendente o collaboratore, ma guadagno poco",
    ),
    choice("autonomo", "Lavoro in proprio, ma guadagno poco"),
    choice("a_rischio", "Ho ricevuto una lettera di licenziamento")
        .hint("Lavori ancora, ma sai già quando finirai."),
];

/// Permits of stay that allow work (D.Lgs. 286/1998).
pub const TITOLO_SOGGIORNO: &[Choice] = &[
    choice("permesso", "Permesso di soggiorno che permette di lavorare"),
    choice(
        "lungo_periodo",
        "Permesso UE per soggiornanti di lungo periodo",
    ),
    choice("rinnovo", "Ricevuta della richiesta di rinnovo"),
    choice("protezione", "Protezione internazionale o speciale"),
    choice(
        "richiesta_asilo",
        "Richiesta di asilo, fatta da almeno 60 giorni",
    ),
];

/// Qualifications, from the national SAP table by level.
pub const TITOLO_STUDIO: &[Choice] = &[
    choice("nessuno", "Nessun titolo"),
    choice("primaria", "Licenza elementare"),
    choice("secondaria_primo_grado", "Licenza media"),
    choice("qualifica", "Qualifica professionale (3 anni)"),
    choice("diploma_professionale", "Diploma professionale (4 anni)"),
    choice("diploma", "Diploma di scuola superiore"),
    choice("its", "Diploma ITS o specializzazione IFTS"),
    choice("laurea_triennale", "Laurea triennale"),
    choice("laurea_magistrale", "Laurea magistrale o a ciclo unico"),
    choice("post_laurea", "Master o dottorato"),
];

/// What the person did a year ago.
pub const UN_ANNO_PRIMA: &[Choice] = &[
    choice("occupato", "Lavoravo"),
    choice("cerca_lavoro", "Cercavo lavoro"),
    choice("studente", "Studiavo o facevo formazione"),
    choice("inattivo", "Non lavoravo e non cercavo lavoro"),
];

/// How long the person has been in Italy.
pub const PRESENZA: &[Choice] = &[
    choice("nascita", "Sono nato o nata in Italia"),
    choice("oltre_10", "Da più di 10 anni"),
    choice("da_5_a_10", "Da 5 a 10 anni"),
    choice("da_1_a_5", "Da 1 a 5 anni"),
    choice("meno_di_1", "Da meno di un anno"),
];

/// Position in the last job.
pub const POSIZIONE: &[Choice] = &[
    choice("operaio", "Operaio o operaia"),
    choice("impiegato", "Impiegato o impiegata"),
    choice("quadro", "Quadro"),
    choice("dirigente", "Dirigente"),
    choice("apprendista", "Apprendista"),
    choice("collaboratore", "Collaboratore o collaboratrice"),
    choice("autonomo", "Lavoro in proprio"),
    choice("altro", "Altro"),
];

/// Enrolment in school or training.
pub const CORSO: &[Choice] = &[
    choice("no", "No"),
    choice("scuola", "Sì, a scuola"),
    choice("universita", "Sì, all'università"),
    choice("ifp", "Sì, a un corso di formazione professionale (IeFP)"),
    choice("ifts", "Sì, a un corso IFTS"),
    choice("its", "Sì, a un corso ITS"),
    choice("altro", "Sì, a un altro corso"),
];

/// Driving licences.
pub const PATENTI: &[Choice] = &[
    choice("AM", "AM"),
    choice("A1", "A1"),
    choice("A2", "A2"),
    choice("A", "A"),
    choice("B", "B"),
    choice("BE", "BE"),
    choice("C1", "C1"),
    choice("C", "C"),
    choice("CE", "CE"),
    choice("D1", "D1"),
    choice("D", "D"),
    choice("DE", "DE"),
    choice("CQC", "CQC"),
];

/// Who answers for a minor.
pub const RUOLO_GENITORE: &[Choice] = &[
    choice("genitore", "Genitore"),
    choice("tutore", "Tutore"),
    choice("affidatario", "Affidatario"),
];

/// States of the European Union and of the European Economic Area, and Switzerland: no permit of stay is needed
/// (D.Lgs. 30/2007; agreement EU-Switzerland on free movement). Codes of the Agenzia delle Entrate; `000` is Italy.
pub const FREE_MOVEMENT: &[&str] = &[
    "000", "Z102", "Z103", "Z104", "Z107", "Z109", "Z110", "Z112", "Z115", "Z116", "Z117", "Z119",
    "Z120", "Z121", "Z125", "Z126", "Z127", "Z128", "Z129", "Z131", "Z132", "Z133", "Z134", "Z144",
    "Z145", "Z146", "Z149", "Z150", "Z155", "Z156", "Z211",
];
