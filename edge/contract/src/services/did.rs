// SPDX-License-Identifier: EUPL-1.2
//! The DID (dichiarazione di immediata disponibilità, declaration of immediate availability to work):
//! art. 19 D.Lgs. 150/2015; art. 4 c. 15-quater DL 4/2019. Who is out of work, or earns no more than the yearly
//! limit, declares to be available and so becomes "disoccupato".

use alloc::string::ToString;

use crate::{
    facts::Facts,
    problem::Problem,
    service::{Brief, Case, Kind, Service, Sheet, Source, Step, field, step},
};

pub mod exits;
pub mod income;
pub mod lists;
pub mod read;

pub use read::{Condizione, Did};

/// Slug of the service.
pub const SLUG: &str = "did";
/// Least age: sixteen (L. 296/2006 art. 1 c. 622; circ. MLPS 7/2025).
pub const LEAST_AGE: i16 = 16;
/// Days to contact the Centro per l'impiego (art. 20 c. 1 D.Lgs. 150/2015). Not peremptory.
pub const CONTACT_DAYS: i32 = 30;
/// A DID received by INPS counts for so many days (practice of regional portals).
pub const INPS_WINDOW_DAYS: i32 = 180;

/// What lists show of it.
pub const BRIEF: Brief = Brief {
    slug: SLUG,
    name: "Dichiarazione di immediata disponibilità (DID)",
    summary: "Dichiara che sei senza lavoro e che sei disponibile a lavorare. Da quel giorno sei disoccupato per la legge.",
};

/// The service.
pub const DID: Service = Service {
    slug: BRIEF.slug,
    name: BRIEF.name,
    summary: BRIEF.summary,
    version: 1,
    term_days: 30,
    sheet: SHEET,
    blocks: exits::BLOCKS,
    steps: STEPS,
};

const SHEET: Sheet = Sheet {
    for_whom: &[
        "A chi non lavora e può iniziare subito.",
        "A chi lavora ma guadagna poco: fino a 8.500 euro l'anno come dipendente, fino a 5.500 euro come autonomo.",
        "A chi ha ricevuto la lettera di licenziamento e lavora ancora nel preavviso.",
        "Devi avere almeno 16 anni e aver finito la scuola dell'obbligo.",
        "Non serve se hai chiesto la NASpI o la DIS-COLL: la domanda all'INPS vale già come DID.",
    ],
    how: &[
        "Entra con SPID o CIE.",
        "Rispondi alle domande. Sono circa 10 minuti e puoi fermarti quando vuoi: le risposte restano salvate.",
        "Rileggi tutto e invia. Ricevi subito il numero di protocollo e la ricevuta.",
        "Poi contatta il Centro per l'impiego entro 30 giorni per firmare il patto di servizio.",
    ],
    needed: &[
        "SPID o CIE di livello 2.",
        "Un indirizzo email e un numero di cellulare.",
        "Se lavori, quanto pensi di guadagnare nell'anno.",
        "Se non sei cittadino dell'Unione europea, il permesso di soggiorno.",
    ],
    obtained: &[
        "La ricevuta con il protocollo e la copia della tua dichiarazione, in PDF.",
        "Lo stato di disoccupazione dal giorno in cui invii. Se sei nel preavviso, dal giorno dopo la fine del lavoro.",
    ],
    times: &[
        "La ricevuta arriva subito.",
        "Contatta il Centro per l'impiego entro 30 giorni dall'invio.",
        "Il Centro per l'impiego conclude entro 30 giorni.",
    ],
    law: &[
        "Articoli 19, 20 e 21 del decreto legislativo 150/2015.",
        "Articolo 4, comma 15-quater, del decreto legge 4/2019.",
        "Articoli 46, 47, 75 e 76 del DPR 445/2000, sulle dichiarazioni.",
    ],
};

const STEPS: &[Step] = &[
    step(
        "scopo",
        "A cosa ti serve la DID?",
        &[field("scopo", "Perché vuoi fare la DID?", Kind::Choice(lists::SCOPO))],
    )
    .exits(exits::PURPOSE),
    step(
        "condizione",
        "La tua situazione oggi",
        &[
            field("condizione", "Quale frase ti descrive meglio?", Kind::Choice(lists::CONDIZIONE)).rule(open_relation),
            field("fine_rapporto", "Quale sarà il tuo ultimo giorno di lavoro?", Kind::Date)
                .hint("Lo trovi nella lettera di licenziamento.")
                .when(|case| case.answers.is("condizione", "a_rischio"))
                .rule(end_ahead),
        ],
    ),
    step(
        "reddito",
        "Quanto guadagni in un anno",
        &[field("reddito_prospettico", "Quanto pensi di guadagnare in tutto quest'anno, in euro?", Kind::Money(100_000_000))
            .hint("Per i dipendenti: il lordo meno i contributi che paghi tu. Per gli autonomi: quello su cui paghi le tasse.")
            .rule(within_limit)],
    )
    .intro("Si può essere disoccupati anche lavorando, se si guadagna poco. Conta quello che prevedi per l'anno intero.")
    .when(works_for_little)
    .exits(exits::INCOME),
    step(
        "cittadinanza",
        "La tua cittadinanza",
        &[field("cittadinanza", "Di quale Stato sei cittadino o cittadina?", Kind::State)
            .hint("Scrivi le prime lettere e scegli dall'elenco.")
            .prefill(|facts| known(facts, |f| f.cittadinanza.clone()))],
    ),
    step(
        "soggiorno",
        "Il tuo permesso di soggiorno",
        &[
            field("titolo_soggiorno", "Quale documento hai?", Kind::Choice(lists::TITOLO_SOGGIORNO))
                .prefill(|facts| known(facts, |f| f.permesso.as_ref().map(|p| p.titolo.clone()))),
            field("numero_titolo_soggiorno", "Qual è il numero del documento?", Kind::Text(20))
                .hint("Se hai la ricevuta del rinnovo, il numero della ricevuta.")
                .prefill(|facts| known(facts, |f| f.permesso.as_ref().map(|p| p.numero.clone()))),
            field("scadenza_titolo_soggiorno", "Quando scade?", Kind::Date)
                .when(permit_expires)
                .prefill(|facts| known(facts, |f| f.permesso.as_ref().and_then(|p| p.scadenza).map(|d| d.to_string())))
                .rule(permit_valid),
        ],
    )
    .when(needs_permit),
    step(
        "residenza",
        "Dove abiti",
        &[
            field("residenza_comune", "In quale comune sei residente?", Kind::Comune)
                .hint("Scrivi le prime lettere e scegli dall'elenco.")
                .prefill(|facts| known(facts, |f| f.residenza.as_ref().map(|r| r.comune.clone()))),
            field("residenza_indirizzo", "Via e numero civico", Kind::Address)
                .prefill(|facts| known(facts, |f| f.residenza.as_ref().map(|r| r.indirizzo.clone()))),
            field("residenza_cap", "CAP", Kind::Cap("residenza_comune"))
                .prefill(|facts| known(facts, |f| f.residenza.as_ref().map(|r| r.cap.clone()))),
            field("domicilio_comune", "Se vivi in un altro comune, quale?", Kind::Comune)
                .hint("È il tuo domicilio: decide qual è il tuo Centro per l'impiego. Lascia vuoto se vivi dove sei residente.")
                .optional()
                .prefill(|facts| known(facts, |f| f.domicilio.as_ref().map(|d| d.comune.clone()))),
        ],
    )
    .intro("La residenza è quella scritta all'anagrafe del comune."),
    step(
        "contatti",
        "Come ti contattiamo",
        &[
            field("email", "Il tuo indirizzo email", Kind::Email)
                .prefill(|facts| identity(facts, |citizen| citizen.email.clone())),
            field("cellulare", "Il tuo numero di cellulare", Kind::Mobile)
                .prefill(|facts| identity(facts, |citizen| citizen.cellulare.clone())),
        ],
    )
    .intro("Li usiamo solo per questa pratica e per i tuoi appuntamenti."),
    step(
        "genitore",
        "Chi risponde per te",
        &[
            field("genitore_ruolo", "Chi è questa persona per te?", Kind::Choice(lists::RUOLO_GENITORE)),
            field("genitore_nome", "Nome", Kind::Text(80)),
            field("genitore_cognome", "Cognome", Kind::Text(80)),
            field("genitore_codice_fiscale", "Codice fiscale", Kind::CodiceFiscale).rule(not_oneself),
            field("obbligo_istruzione", "Ho finito la scuola dell'obbligo (almeno 10 anni di scuola)", Kind::Declaration),
        ],
    )
    .intro("Hai meno di 18 anni: un genitore, un tutore o un affidatario firma con te al Centro per l'impiego.")
    .when(|case| case.facts.age().is_some_and(|age| age < 18)),
    step(
        "studi",
        "I tuoi studi",
        &[
            field("titolo_studio", "Qual è il tuo titolo di studio più alto?", Kind::Choice(lists::TITOLO_STUDIO))
                .hint("Se l'hai preso all'estero, scegli quello che gli somiglia di più.")
                .prefill(|facts| known(facts, |f| f.titolo_studio.clone())),
            field("iscritto_corso", "Stai frequentando una scuola, l'università o un corso?", Kind::Choice(lists::CORSO)),
        ],
    )
    .intro(PROFILING),
    step(
        "lavoro",
        "Il tuo lavoro fino a oggi",
        &[
            field("ha_lavorato", "Hai mai lavorato?", Kind::YesNo).prefill(|facts| {
                let worked = facts.fascicolo.as_ref().is_some_and(|f| f.rapporti.iter().any(|r| !r.is_internship()));
                worked.then(|| ("si".to_string(), Source::Registry))
            }),
            field("mesi_da_ultimo_lavoro", "Da quanti mesi è finito l'ultimo lavoro?", Kind::Number(0, 720))
                .hint("Se lavori ancora, scrivi 0.")
                .when(|case| case.answers.yes("ha_lavorato"))
                .prefill(months_since_last_job),
            field("posizione_ultimo_lavoro", "Che posizione avevi nell'ultimo lavoro?", Kind::Choice(lists::POSIZIONE))
                .when(|case| case.answers.yes("ha_lavorato")),
            field("mesi_ricerca", "Da quanti mesi cerchi lavoro?", Kind::Number(0, 720))
                .hint("Se inizi adesso, scrivi 0."),
            field("condizione_un_anno_prima", "Che cosa facevi un anno fa?", Kind::Choice(lists::UN_ANNO_PRIMA)),
        ],
    ),
    step(
        "famiglia",
        "Tu e la tua famiglia",
        &[
            field("presenza_italia", "Da quanto tempo vivi in Italia?", Kind::Choice(lists::PRESENZA)),
            field("componenti_nucleo", "Quante persone siete in famiglia, contando te?", Kind::Number(1, 99)),
            field("figli_a_carico", "Hai figli che vivono con te o che mantieni?", Kind::YesNo),
            field("figli_minori", "Almeno uno ha meno di 18 anni?", Kind::YesNo)
                .when(|case| case.answers.yes("figli_a_carico")),
            field("patente", "Hai una patente di guida?", Kind::YesNo),
            field("patenti", "Quali patenti hai?", Kind::Many(lists::PATENTI))
                .optional()
                .when(|case| case.answers.yes("patente")),
        ],
    )
    .intro("Queste risposte servono allo Stato per capire di quale aiuto hai bisogno."),
    step(
        "dichiarazioni",
        "Le tue dichiarazioni",
        &[
            field("disponibilita_immediata", "Dichiaro che posso iniziare subito a lavorare e a partecipare alle attività concordate con il Centro per l'impiego", Kind::Declaration),
            field("conosce_sospensione", "So che un lavoro come dipendente fino a 180 giorni sospende la disoccupazione, e che oltre la fa finire", Kind::Declaration)
                .hint("Articolo 19, comma 3, del decreto legislativo 150/2015."),
            field("conosce_decadenza", "So che posso perdere la disoccupazione e le prestazioni se non rispetto gli impegni presi", Kind::Declaration)
                .hint("Articolo 21 del decreto legislativo 150/2015."),
        ],
    )
    .intro("Leggi con calma: con queste frasi prendi un impegno. Chi dichiara il falso rischia una condanna (articolo 76 del DPR 445/2000)."),
];

const PROFILING: &str = "Da queste risposte si calcola quanto sei lontano dal lavoro. Il calcolo è automatico: lo fa il Sistema informativo unitario del Ministero (articolo 19, comma 5, del decreto legislativo 150/2015). Tu vedi il risultato e ne parli con un operatore.";

/// Sentences of the rules below, by code.
pub const RULES: &[(&str, &str)] = &[OPEN_RELATION, NOT_ONESELF];

const OPEN_RELATION: (&str, &str) = (
    "open_relation",
    "Al registro del lavoro risulta che lavori ancora. Scegli la frase giusta per chi lavora; se il lavoro è finito, senti il Centro per l'impiego.",
);
const NOT_ONESELF: (&str, &str) = (
    "not_oneself",
    "Questo è il tuo codice fiscale: scrivi quello della persona che firma con te.",
);

/// True for those who work within the income limits.
fn works_for_little(case: &Case<'_>) -> bool {
    case.answers.is("condizione", "dipendente") || case.answers.is("condizione", "autonomo")
}

/// The yearly limit for the declared condition, in cents.
#[must_use]
pub fn income_limit(case: &Case<'_>) -> Option<i64> {
    let limit = income::limit_on(case.facts.today);
    match case.answers.text("condizione")? {
        "dipendente" => Some(limit.dipendente),
        "autonomo" => Some(limit.autonomo),
        _ => None,
    }
}

fn within_limit(case: &Case<'_>) -> Option<Problem> {
    exits::over_limit(case).then(|| Problem::MoneyAtMost(income_limit(case).unwrap_or_default()))
}

fn open_relation(case: &Case<'_>) -> Option<Problem> {
    let open = case.facts.open_relations().next().is_some();
    (case.answers.is("condizione", "privo_di_impiego") && open)
        .then_some(Problem::Rule(OPEN_RELATION.0, OPEN_RELATION.1))
}

/// Notice periods end within a year; an end in the past means that the person is simply out of work.
fn end_ahead(case: &Case<'_>) -> Option<Problem> {
    let end = crate::flow::check_date(case.answers.text("fine_rapporto")?)?;
    let today = case.facts.today;
    let latest = today
        .checked_add(jiff::Span::new().days(366))
        .unwrap_or(today);
    if end < today {
        Some(Problem::DateBefore(today.to_string()))
    } else if end > latest {
        Some(Problem::DateAfter(latest.to_string()))
    } else {
        None
    }
}

/// Citizens of States without free movement need a permit of stay (art. 22 D.Lgs. 286/1998).
#[must_use]
pub fn needs_permit(case: &Case<'_>) -> bool {
    case.answers
        .text("cittadinanza")
        .is_some_and(|code| !lists::FREE_MOVEMENT.contains(&code))
}

fn permit_expires(case: &Case<'_>) -> bool {
    matches!(
        case.answers.text("titolo_soggiorno"),
        Some("permesso" | "protezione")
    )
}

fn permit_valid(case: &Case<'_>) -> Option<Problem> {
    let end = crate::flow::check_date(case.answers.text("scadenza_titolo_soggiorno")?)?;
    (end < case.facts.today).then(|| Problem::DateBefore(case.facts.today.to_string()))
}

fn not_oneself(case: &Case<'_>) -> Option<Problem> {
    let typed = case.answers.text("genitore_codice_fiscale")?;
    let own = &case.facts.citizen.as_ref()?.codice_fiscale;
    typed
        .eq_ignore_ascii_case(own)
        .then_some(Problem::Rule(NOT_ONESELF.0, NOT_ONESELF.1))
}

fn known(
    facts: &Facts,
    value: impl Fn(&crate::facts::Fascicolo) -> Option<alloc::string::String>,
) -> Option<(alloc::string::String, Source)> {
    facts
        .fascicolo
        .as_ref()
        .and_then(value)
        .filter(|v| !v.is_empty())
        .map(|v| (v, Source::Registry))
}

fn identity(
    facts: &Facts,
    value: impl Fn(&crate::facts::Citizen) -> Option<alloc::string::String>,
) -> Option<(alloc::string::String, Source)> {
    facts
        .citizen
        .as_ref()
        .and_then(value)
        .filter(|v| !v.is_empty())
        .map(|v| (v, Source::Identity))
}

/// Whole months since the last relation ended; zero while one goes on.
fn months_since_last_job(facts: &Facts) -> Option<(alloc::string::String, Source)> {
    if facts.open_relations().next().is_some() {
        return Some(("0".to_string(), Source::Registry));
    }
    let relations = &facts.fascicolo.as_ref()?.rapporti;
    let end = relations
        .iter()
        .filter(|r| !r.is_internship())
        .filter_map(|r| r.al)
        .max()?;
    let months = (facts.today.year() - end.year()) * 12 + i16::from(facts.today.month())
        - i16::from(end.month());
    let whole = months - i16::from(facts.today.day() < end.day());
    Some((whole.max(0).to_string(), Source::Registry))
}

/// A DID that stands in the way of a new one: any that was not refused or taken back.
#[must_use]
pub fn has_did(facts: &Facts) -> bool {
    facts
        .pratiche
        .iter()
        .any(|p| p.servizio == SLUG && p.stato.stands())
}

#[cfg(test)]
mod tests;
