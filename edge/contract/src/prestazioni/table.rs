// SPDX-License-Identifier: EUPL-1.2
//! The table of services that can be booked.

use super::{Laboratorio, Prestazione, Requisito};
use crate::appuntamento::Modalita::{self, Presenza, Telefono, Video};

const EVERY_WAY: &[Modalita] = &[Presenza, Telefono, Video];
const SEEN: &[Modalita] = &[Presenza, Video];

const IDENTITY: &str = "Carta d'identità o permesso di soggiorno";
const HEALTH_CARD: &str = "Tessera sanitaria";
const CV: &str = "Il tuo CV, se ce l'hai";

/// What most services have in common.
const USUAL: Prestazione = Prestazione {
    codice: "",
    nome: "",
    descrizione: "",
    durata: 45,
    pausa: 15,
    passo: 30,
    modalita: EVERY_WAY,
    margine_ore: 24,
    orizzonte_giorni: 60,
    sposta_ore: 24,
    disdici_ore: 24,
    portare: &[IDENTITY, HEALTH_CARD],
    laboratorio: None,
    requisito: Requisito::Tutti,
    eta_minima: 15,
    dopo_obbligo: true,
    insieme: &[],
    legge: &[],
};

/// Every service that can be booked, in the order in which people see them.
pub const PRESTAZIONI: &[Prestazione] = &[
    Prestazione {
        codice: "prima_informazione",
        nome: "Prima informazione",
        descrizione: "Ci racconti cosa cerchi. Noi ti diciamo quali servizi ci sono e da dove cominciare.",
        durata: 20,
        pausa: 10,
        margine_ore: 2,
        sposta_ore: 2,
        disdici_ore: 2,
        portare: &[IDENTITY],
        dopo_obbligo: false,
        insieme: &["supporto_cv"],
        legge: &["Art. 18 c. 1 D.Lgs. 150/2015"],
        ..USUAL
    },
    Prestazione {
        codice: "did_patto",
        nome: "DID e patto di servizio",
        descrizione: "Fai o confermi la DID con un operatore. Poi decidete insieme che cosa fare per trovare lavoro e firmi il patto di servizio.",
        durata: 50,
        pausa: 10,
        modalita: SEEN,
        portare: &[IDENTITY, HEALTH_CARD, CV],
        insieme: &["supporto_cv"],
        legge: &["Artt. 19 e 20 D.Lgs. 150/2015"],
        ..USUAL
    },
    Prestazione {
        codice: "orientamento_base",
        nome: "Orientamento di base",
        descrizione: "Un operatore ti ascolta e guarda con te studi, lavori e desideri. Alla fine sai quale strada provare.",
        portare: &[IDENTITY, CV],
        requisito: Requisito::Did,
        insieme: &["supporto_cv"],
        legge: &["Art. 18 c. 1 lett. a D.Lgs. 150/2015"],
        ..USUAL
    },
    Prestazione {
        codice: "orientamento_specialistico",
        nome: "Orientamento specialistico",
        descrizione: "Più incontri con un orientatore per capire cosa sai fare e che lavoro cercare. È utile se vuoi cambiare mestiere.",
        durata: 75,
        modalita: SEEN,
        sposta_ore: 48,
        disdici_ore: 48,
        portare: &[IDENTITY, CV, "Attestati e titoli di studio"],
        requisito: Requisito::Patto,
        legge: &["Art. 18 c. 1 lett. c D.Lgs. 150/2015", "LEP E, DM 4/2018"],
        ..USUAL
    },
    Prestazione {
        codice: "collocamento_mirato",
        nome: "Collocamento mirato",
        descrizione: "È l'incontro per le persone con disabilità e le altre categorie protette. Parliamo di iscrizione, aiuti e lavori adatti a te.",
        modalita: EVERY_WAY,
        portare: &[
            IDENTITY,
            HEALTH_CARD,
            "Verbale senza le parti sulla salute, se ce l'hai",
        ],
        legge: &["L. 68/1999", "LEP M, DM 4/2018"],
        ..USUAL
    },
    Prestazione {
        codice: "tirocini",
        nome: "Tirocini",
        descrizione: "Ti spieghiamo come funziona un tirocinio e vediamo quali posti ci sono. Se ne hai già uno, prepariamo le carte.",
        durata: 30,
        pausa: 0,
        portare: &[IDENTITY, CV],
        requisito: Requisito::Did,
        eta_minima: 16,
        insieme: &["supporto_cv"],
        legge: &[
            "Art. 18 c. 1 lett. g D.Lgs. 150/2015",
            "Linee guida sui tirocini, 25 maggio 2017",
        ],
        ..USUAL
    },
    Prestazione {
        codice: "supporto_cv",
        nome: "Aiuto con il CV",
        descrizione: "Scriviamo o sistemiamo insieme il tuo CV. Se vuoi, prepariamo anche la lettera per un annuncio.",
        durata: 40,
        pausa: 5,
        passo: 15,
        portare: &[CV, "L'annuncio che ti interessa, se c'è"],
        insieme: &[
            "prima_informazione",
            "did_patto",
            "orientamento_base",
            "tirocini",
        ],
        legge: &["Art. 18 c. 1 lett. b D.Lgs. 150/2015"],
        ..USUAL
    },
    Prestazione {
        codice: "autoimpiego",
        nome: "Mettersi in proprio",
        descrizione: "Hai un'idea e vuoi aprire un'attività? Vediamo da dove partire, a chi chiedere e quali aiuti ci sono.",
        portare: &[IDENTITY, "Due righe sulla tua idea"],
        eta_minima: 18,
        legge: &["Art. 18 c. 1 lett. d D.Lgs. 150/2015", "Art. 10 L. 81/2017"],
        ..USUAL
    },
    Prestazione {
        codice: "eures",
        nome: "Lavorare in Europa (EURES)",
        descrizione: "Un consulente EURES ti parla di lavori, aiuti e regole negli altri Paesi europei.",
        durata: 30,
        pausa: 15,
        passo: 15,
        portare: &[IDENTITY, "Il tuo CV, anche in inglese"],
        eta_minima: 18,
        legge: &["Art. 18 c. 1 lett. i D.Lgs. 150/2015", "Reg. (UE) 2016/589"],
        ..USUAL
    },
    Prestazione {
        codice: "laboratorio_gruppo",
        nome: "Laboratorio di gruppo",
        descrizione: "Due ore con altre persone che cercano lavoro. Impari a leggere gli annunci, a scrivere il CV e a fare un colloquio.",
        durata: 120,
        pausa: 15,
        modalita: &[Presenza],
        portare: &[IDENTITY, CV],
        laboratorio: Some(Laboratorio {
            minimo: 4,
            massimo: 12,
        }),
        requisito: Requisito::Did,
        legge: &["Art. 18 c. 1 lett. b D.Lgs. 150/2015"],
        ..USUAL
    },
];
