// SPDX-License-Identifier: EUPL-1.2
//! Help, privacy, accessibility, legal notes, and the page for addresses that do not exist.

use crate::dom::*;

use crate::{browser::meta, texts::tr, ui};

/// Where the office is and how to reach it.
pub(super) fn contacts() -> AnyView {
    let phone = ["tel:", &meta("agency:phone-link")].concat();
    el("dl")
        .at("class", "fact-list")
        .with(ui::row(
            tr("ui/request/office", "Ufficio"),
            meta("agency:office"),
        ))
        .with(ui::row(
            tr("ui/help/address", "Indirizzo"),
            meta("agency:address"),
        ))
        .with(ui::row(
            tr("ui/help/phone", "Telefono"),
            el("a")
                .at("href", phone)
                .with(meta("agency:phone"))
                .into_any(),
        ))
        .with(ui::row(tr("ui/help/hours", "Orari"), ui::office_hours()))
        .into_any()
}

/// Help and contacts.
pub(crate) fn help() -> AnyView {
    let body = many(vec![el("p").at("class", "lead")
.with(tr("ui/help/intro", "Puoi fare tutto anche allo sportello o per telefono, con l'aiuto di una persona.")).into_any(), (contacts()).into_any(), el("p").with(ui::link("/uffici", "", tr("ui/help/offices", "Trova l'ufficio del tuo comune"))).with(" · ").with(ui::link("/appuntamenti", "", tr("ui/booking/title", "Prenota un appuntamento"))).into_any(), (ui::heading(tr("ui/help/common", "Domande frequenti"))).into_any(), el("h3")
.with(tr("ui/help/q1", "Ho chiesto la NASpI: devo fare la DID?")).into_any(), el("p")
.with(tr("ui/help/a1", "No. La domanda all'INPS vale già come DID. Contatta il Centro per l'impiego per il patto di servizio.")).into_any(), el("h3")
.with(tr("ui/help/q2", "Posso fermarmi e continuare dopo?")).into_any(), el("p")
.with(tr("ui/help/a2", "Sì. Le risposte restano su questo dispositivo. Se sei entrato con SPID o CIE le ritrovi anche su un altro.")).into_any(), el("h3")
.with(tr("ui/help/q3", "Non ho SPID né CIE")).into_any(), el("p")
.with(tr("ui/help/a3", "Vieni allo sportello con un documento: facciamo la pratica insieme.")).into_any(), (ui::heading(tr("ui/help/problem", "Qualcosa non funziona?"))).into_any(), el("p")
.with(tr("ui/help/problem_text", "Telefonaci e racconta che cosa stavi facendo. Se una pagina non è accessibile, dillo: la correggiamo.")).into_any()]);
    ui::page(
        &[],
        tr("ui/help/title", "Aiuto e contatti"),
        body.into_any(),
    )
}

/// The privacy notice.
pub(crate) fn privacy() -> AnyView {
    let body = many(vec![el("p").at("class", "lead")
.with(tr("ui/privacy/intro", "Ecco quali dati usiamo, perché, e che cosa puoi chiedere (regolamento UE 2016/679, articoli 13 e 14).")).into_any(), (ui::heading(tr("ui/privacy/who", "Chi usa i dati"))).into_any(), el("p")
.with(meta("agency:body"))
.with(", ")
.with(meta("agency:address"))
.with(". ")
.with(tr("ui/privacy/dpo", "Al responsabile della protezione dei dati puoi scrivere o telefonare agli stessi contatti.")).into_any(), (ui::heading(tr("ui/privacy/what", "Quali dati"))).into_any(), (ui::bullets(vec![
            tr("ui/privacy/what1", "Il nome, il codice fiscale e la data di nascita che arrivano da SPID o CIE."),
            tr("ui/privacy/what2", "I tuoi rapporti di lavoro, dal registro del lavoro."),
            tr("ui/privacy/what3", "Le risposte che dai nei moduli."),
            tr("ui/privacy/what5", "I tuoi appuntamenti e i file che alleghi. I file, e perché disdici o non sei venuto, sono cifrati: possono dire qualcosa della tua salute."),
            tr("ui/privacy/what4", "I CV e le lettere che tieni nel tuo spazio personale: cifrati, finché li elimini."),
        ])).into_any(), (ui::heading(tr("ui/privacy/why", "Perché"))).into_any(), el("p")
.with(tr("ui/privacy/why_text", "Per i compiti che la legge dà ai Centri per l'impiego (decreto legislativo 150/2015). Non ci serve il tuo consenso e non usiamo i dati per altro.")).into_any(), (ui::heading(tr("ui/privacy/automatic", "Decisioni automatiche"))).into_any(), el("p")
.with(tr("ui/privacy/automatic_text", "Il sistema del Ministero calcola in automatico quanto sei lontano dal lavoro. Ne parli sempre con un operatore: nessuna decisione è solo automatica.")).into_any(), (ui::heading(tr("ui/privacy/where", "Dove restano"))).into_any(), el("p")
.with(tr("ui/privacy/where_text", "Le bozze restano sul tuo dispositivo e, se sei entrato, nel tuo spazio personale finché invii o cancelli. Le pratiche inviate restano negli archivi pubblici per il tempo previsto dalla legge.")).into_any(), (ui::heading(tr("ui/privacy/cookies", "Cookie"))).into_any(), el("p")
.with(tr("ui/privacy/cookies_text", "Usiamo solo cookie tecnici, per farti entrare e riconoscerti dopo l'accesso. Nessun cookie di altri e nessun tracciamento.")).into_any(), (ui::heading(tr("ui/privacy/rights", "Che cosa puoi chiedere"))).into_any(), el("p")
.with(tr("ui/privacy/rights_text", "Puoi vedere, correggere e limitare i tuoi dati (articoli 15, 16 e 18), e opporti (articolo 21). Nella tua area personale vedi anche chi li ha guardati. Se pensi che li usiamo male puoi fare reclamo al Garante per la protezione dei dati personali.")).into_any()]);
    ui::page(&[], tr("ui/privacy/title", "Privacy"), body.into_any())
}

/// What the body has to publish on AgID's form, and what is true of this software.
pub(crate) fn accessibility() -> AnyView {
    let body = many(vec![el("p").at("class", "lead")
.with(tr("ui/accessibility/intro", "Vogliamo che tutti riescano a usare questo sito.")).into_any(), el("p")
.with(tr("ui/accessibility/form", "La dichiarazione ufficiale si fa solo con il modulo di AgID (form.agid.gov.it): l'ente che usa questo sito la pubblica e mette qui il collegamento.")).into_any(), (ui::heading(tr("ui/accessibility/state", "Come è fatto il sito"))).into_any(), el("p")
.with(tr("ui/accessibility/state_text", "Il sito è progettato per rispettare le regole WCAG 2.2, livello AA. Si usa tutto con la tastiera, con i lettori di schermo e con la pagina ingrandita.")).into_any(), (ui::heading(tr("ui/accessibility/tell", "Hai trovato un problema?"))).into_any(), el("p")
.with(tr("ui/accessibility/tell_text", "Diccelo: rispondiamo entro 30 giorni. Se non rispondiamo puoi rivolgerti al Difensore civico per il digitale, presso AgID.")).into_any(), (contacts()).into_any()]);
    ui::page(
        &[],
        tr("ui/accessibility/title", "Dichiarazione di accessibilità"),
        body.into_any(),
    )
}

/// Licences and responsibility.
pub(crate) fn legal_notes() -> AnyView {
    let body = many(vec![el("section").at("data-element", "legal-notes-section")
.with(ui::heading(tr("ui/legal/contents", "Licenza dei contenuti")))
.with(el("p").at("data-element", "legal-notes-body")
.with(tr("ui/legal/contents_text", "I contenuti di questo sito si possono riusare con la licenza Creative Commons Attribuzione 4.0 (CC BY 4.0), dove non è scritto altro:"))
.with(" ")
.with(el("a").at("href", "https://creativecommons.org/licenses/by/4.0/deed.it").at("rel", "external")
.with("CC BY 4.0"))
.with(".")).into_any(), el("h2").at("id", "codice")
.with(tr("ui/footer/source", "Codice sorgente")).into_any(), el("p")
.with(tr("ui/legal/source_text", "Questo programma è software libero con licenza EUPL 1.2. L'ente che lo usa lo pubblica nel catalogo Developers Italia."))
.with(" ")
.with(el("a").at("href", meta("agency:repository")).at("rel", "external")
.with(meta("agency:repository"))).into_any(), (ui::heading(tr("ui/legal/value", "Che valore hanno le pagine"))).into_any(), el("p")
.with(tr("ui/legal/value_text", "Le pagine spiegano la legge in parole semplici e non la sostituiscono. Fanno fede gli atti e le ricevute con il numero di protocollo.")).into_any()]);
    ui::page(&[], tr("ui/legal/title", "Note legali"), body.into_any())
}

/// An address that does not exist.
pub(crate) fn not_found() -> AnyView {
    let body = many(vec![
        el("p")
            .at("class", "lead")
            .with(tr(
                "ui/not_found/text",
                "L'indirizzo è sbagliato, o la pagina non c'è più.",
            ))
            .into_any(),
        el("p")
            .at("class", "hero-actions")
            .with(ui::link(
                "/",
                "btn btn-primary",
                tr("ui/not_found/home", "Vai alla pagina iniziale"),
            ))
            .with(ui::link(
                "/servizi",
                "btn btn-outline-primary",
                tr("ui/not_found/services", "Guarda i servizi"),
            ))
            .into_any(),
    ]);
    ui::page(
        &[],
        tr("ui/not_found/title", "Questa pagina non c'è"),
        body.into_any(),
    )
}
