// SPDX-License-Identifier: EUPL-1.2
//! Invented people and their papers.

use documents::did::{Citizen, DidDocument, Identification, Office, Receipt, Section};
use jiff::civil::date;
use jiff::tz::{TimeZone, offset};

pub(crate) fn office() -> Office {
    Office {
        name: "Centro per l'Impiego di Bologna".into(),
        address: "Via Finelli 9/A, 40126 Bologna (BO)".into(),
        phone: "051 659 8999".into(),
        pec: "cpi.bologna@pec.example.it".into(),
    }
}

pub(crate) fn citizen() -> Citizen {
    Citizen {
        nome: "Mario".into(),
        cognome: "Rossi".into(),
        codice_fiscale: "RSSMRA89T13F205B".into(),
    }
}

pub(crate) fn presented_at() -> jiff::ZonedDateTime {
    date(2026, 11, 24)
        .at(10, 5, 30, 0)
        .to_zoned_datetime(TimeZone::fixed(offset(1)))
        .expect("an instant that exists")
}

pub(crate) fn receipt() -> Receipt {
    Receipt {
        agency: "Agenzia regionale per il lavoro Emilia-Romagna".into(),
        region: "Regione Emilia-Romagna".into(),
        office: office(),
        citizen: citizen(),
        service: "Dichiarazione di immediata disponibilità (DID)".into(),
        protocol: "0000123/2026".into(),
        presented_at: presented_at(),
        content_hash: "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08".into(),
        rules_version: "did 2026.1".into(),
        responsible: "Luca Verdi".into(),
        substitute: "la direttrice dell'Agenzia, direzione@pec.example.it".into(),
        termine_il: date(2026, 12, 24),
        contact_by: Some(date(2026, 12, 24)),
        next_steps: vec![
            "Prenota il primo appuntamento con il Centro per l'Impiego dalla tua area personale."
                .into(),
            "Porta un documento d'identità e, se ce l'hai, il curriculum.".into(),
            "Durante l'incontro firmi il patto di servizio personalizzato.".into(),
        ],
    }
}

pub(crate) fn did() -> DidDocument {
    let row = |label: &str, value: &str| (label.to_owned(), value.to_owned());
    DidDocument {
        agency: receipt().agency,
        region: receipt().region,
        office: office(),
        citizen: citizen(),
        data_nascita: date(1989, 12, 13),
        luogo_nascita: "Milano (MI)".into(),
        cittadinanza: "Italia".into(),
        residenza: "Via dell'Indipendenza 42, 40121 Bologna (BO)".into(),
        domicilio: None,
        email: "mario.rossi@example.it".into(),
        cellulare: "+39 333 123 4567".into(),
        condizione: "Lavoro come dipendente e nell'anno guadagno al massimo 8.500 €".into(),
        reddito_prospettico: Some("6.240,00 €".into()),
        sections: vec![
            Section {
                title: "Studi e lavoro".into(),
                rows: vec![
                    row(
                        "Titolo di studio",
                        "Diploma di istruzione secondaria superiore",
                    ),
                    row(
                        "Che cosa facevi un anno fa",
                        "Lavoravo con un contratto a termine",
                    ),
                    row("Hai mai lavorato?", "Sì"),
                    row("Mesi dalla fine dell'ultimo lavoro", "7"),
                    row("Ruolo nell'ultimo lavoro", "Impiegato"),
                    row("Da quanti mesi cerchi lavoro", "5"),
                    row("Frequenti una scuola, un'università o un corso?", "No"),
                ],
            },
            Section {
                title: "Famiglia e mobilità".into(),
                rows: vec![
                    row("Da quanto vivi in Italia", "Dalla nascita"),
                    row("Persone nel nucleo familiare", "3"),
                    row("Hai figli a carico o che vivono con te?", "Sì"),
                    row("Almeno uno ha meno di 18 anni?", "Sì"),
                    row("Hai la patente?", "Sì"),
                ],
            },
        ],
        declarations: vec![
            "Sono subito disponibile a lavorare e a partecipare alle attività concordate.".into(),
            "So che un lavoro di al massimo sei mesi sospende lo stato di disoccupazione.".into(),
            "So in quali casi lo stato di disoccupazione finisce.".into(),
        ],
        protocol: "0000123/2026".into(),
        presented_at: presented_at(),
        identified_by: Identification::Spid,
        content_hash: receipt().content_hash,
        rules_version: receipt().rules_version,
    }
}
