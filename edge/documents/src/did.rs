// SPDX-License-Identifier: EUPL-1.2
//! The two papers of the dichiarazione di immediata disponibilità (DID): the receipt the citizen
//! gets at once, and the declaration that goes into the file.
//!
//! The receipt is the one of art. 18-bis L. 241/1990. It also carries what art. 8 asks of the
//! notice that a proceeding has begun, so that no second letter is needed.

use jiff::{ZonedDateTime, civil::Date};

use crate::dates::{day, instant};
use crate::{DocumentError, Meta, Paper};

/// The Centro per l'Impiego (public employment centre) that holds the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Office {
    /// `Centro per l'Impiego di Bologna`.
    pub name: String,
    /// Street, postal code and town on one line.
    pub address: String,
    /// Telephone number as people write it.
    pub phone: String,
    /// Certified mail, the digital domicile of the office.
    pub pec: String,
}

/// Who presents the declaration, as identified by SPID or CIE.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Citizen {
    /// Given name.
    pub nome: String,
    /// Family name.
    pub cognome: String,
    /// Tax code (DM 23/12/1976), already checked.
    pub codice_fiscale: String,
}

/// What the receipt of a presented request says (art. 18-bis L. 241/1990).
#[derive(Debug, Clone)]
pub struct Receipt {
    /// The body that runs the employment centres of the region.
    pub agency: String,
    /// `Regione Emilia-Romagna`.
    pub region: String,
    /// The competent office.
    pub office: Office,
    /// Who presented the request.
    pub citizen: Citizen,
    /// Name of the service, the subject of the proceeding.
    pub service: String,
    /// Registration number (artt. 53 and 57 DPR 445/2000), year included.
    pub protocol: String,
    /// When it was presented, in Europe/Rome. The same day is the day of registration.
    pub presented_at: ZonedDateTime,
    /// SHA-256 of the submitted answers, in hexadecimal: the fingerprint of art. 53 c. 1 lett. f.
    pub content_hash: String,
    /// Version of the rules by which the answers were checked.
    pub rules_version: String,
    /// The responsabile del procedimento (artt. 4-6 L. 241/1990).
    pub responsible: String,
    /// Who acts when the office stays silent (art. 2 c. 9-bis L. 241/1990).
    pub substitute: String,
    /// The day by which the office must decide (art. 2 L. 241/1990).
    pub termine_il: Date,
    /// Last useful day to contact the employment centre (art. 20 c. 1 D.Lgs. 150/2015).
    pub contact_by: Option<Date>,
    /// What the citizen does next, in order.
    pub next_steps: Vec<String>,
}

/// How the citizen was identified (art. 64 CAD).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Identification {
    /// Sistema pubblico di identità digitale, level 2.
    Spid,
    /// Carta d'identità elettronica, level 2.
    Cie,
}

/// A group of answers under one title.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Section {
    /// Title of the group.
    pub title: String,
    /// Question and answer, both as the citizen read them.
    pub rows: Vec<(String, String)>,
}

/// The declaration of immediate availability as presented (art. 19 D.Lgs. 150/2015).
#[derive(Debug, Clone)]
pub struct DidDocument {
    /// The body that runs the employment centres of the region.
    pub agency: String,
    /// `Regione Emilia-Romagna`.
    pub region: String,
    /// The competent office.
    pub office: Office,
    /// Who declares.
    pub citizen: Citizen,
    /// Date of birth.
    pub data_nascita: Date,
    /// Town and province of birth, or the foreign country.
    pub luogo_nascita: String,
    /// Citizenship.
    pub cittadinanza: String,
    /// Registered residence on one line.
    pub residenza: String,
    /// Domicile, when it is not the residence.
    pub domicilio: Option<String>,
    /// E-mail address.
    pub email: String,
    /// Mobile number.
    pub cellulare: String,
    /// The declared condition, as a sentence (art. 19 c. 1 D.Lgs. 150/2015, art. 4 c. 15-quater
    /// DL 4/2019).
    pub condizione: String,
    /// Yearly income foreseen, written out with its unit; only for who works under the limit.
    pub reddito_prospettico: Option<String>,
    /// The other answers, profiling among them.
    pub sections: Vec<Section>,
    /// What the citizen declared to know or to be, each as a sentence in the first person.
    pub declarations: Vec<String>,
    /// Registration number (artt. 53 and 57 DPR 445/2000), year included.
    pub protocol: String,
    /// When it was presented, in Europe/Rome.
    pub presented_at: ZonedDateTime,
    /// How the citizen was identified.
    pub identified_by: Identification,
    /// SHA-256 of the submitted answers, in hexadecimal.
    pub content_hash: String,
    /// Version of the rules by which the answers were checked.
    pub rules_version: String,
}

/// Makes the receipt.
///
/// # Errors
/// [`DocumentError::Glyphs`] when a value has characters outside the Latin alphabets; the other
/// errors are defects of this crate.
pub fn did_receipt(receipt: &Receipt) -> Result<Vec<u8>, DocumentError> {
    let presented = instant(&receipt.presented_at);
    let decided = day(receipt.termine_il);
    let citizen = full_name(&receipt.citizen);
    let mut paper = Paper::new(Meta {
        title: "Ricevuta di presentazione".into(),
        language: "it".into(),
        subject: format!("Ricevuta di presentazione: {}", receipt.service),
        author: receipt.agency.clone(),
        office: letterhead(&receipt.office, &receipt.region),
        created: receipt.presented_at.clone(),
        protocol: Some(receipt.protocol.clone()),
    });
    paper.paragraph(&format!(
        "{citizen}, abbiamo ricevuto la tua richiesta. Questa ricevuta lo attesta \
         (art. 18-bis L. 241/1990). Conservala: contiene il numero di protocollo e i termini."
    ));
    paper.highlights(&[
        ("Numero di protocollo", &receipt.protocol),
        ("Presentata il", &presented),
        ("Risposta entro il", &decided),
    ]);

    paper.section("La tua richiesta").facts(&[
        ("Servizio", receipt.service.as_str()),
        ("Presentata da", &citizen),
        ("Codice fiscale", &receipt.citizen.codice_fiscale),
    ]);

    if let Some(date) = receipt.contact_by {
        paper.note(
            &format!("Contatta il Centro per l'Impiego entro il {}", day(date)),
            "Serve per confermare lo stato di disoccupazione e firmare il patto di servizio \
             personalizzato (art. 20 c. 1 D.Lgs. 150/2015).",
        );
    }
    if !receipt.next_steps.is_empty() {
        paper
            .section("Che cosa fare adesso")
            .steps(&receipt.next_steps);
    }

    paper.section("Chi segue la tua richiesta");
    paper.facts(&[
        ("Amministrazione", receipt.agency.as_str()),
        ("Ufficio", &receipt.office.name),
        ("Responsabile del procedimento", &receipt.responsible),
        ("Indirizzo", &receipt.office.address),
        ("Telefono", &receipt.office.phone),
        ("PEC", &receipt.office.pec),
    ]);
    paper.paragraph(
        "Nella tua area personale vedi in ogni momento a che punto è la richiesta e gli atti che \
         la riguardano. Gli atti che non trovi online puoi vederli in ufficio. Questa ricevuta \
         vale anche come comunicazione di avvio del procedimento (artt. 7 e 8 L. 241/1990).",
    );

    paper.section("Se l'ufficio non risponde in tempo");
    paper.paragraph(&format!(
        "L'ufficio deve concludere il procedimento entro il {decided} (art. 2 L. 241/1990). Se \
         non lo fa, puoi:"
    ));
    paper.bullets(&[
        format!(
            "chiedere che decida chi ha il potere sostitutivo, che ha a disposizione la metà del \
             termine iniziale (art. 2 cc. 9-bis e 9-ter L. 241/1990): {}",
            receipt.substitute
        ),
        "fare ricorso al Tribunale amministrativo regionale (TAR) contro il silenzio, finché \
         l'ufficio non risponde e al più tardi entro un anno dalla scadenza del termine (artt. 31 \
         e 117 del codice del processo amministrativo, D.Lgs. 104/2010)."
            .to_owned(),
    ]);

    registration(
        &mut paper,
        &receipt.protocol,
        &receipt.presented_at,
        &receipt.content_hash,
        &receipt.rules_version,
    );
    paper.finish()
}

/// Makes the declaration.
///
/// # Errors
/// [`DocumentError::Glyphs`] when a value has characters outside the Latin alphabets; the other
/// errors are defects of this crate.
pub fn did_declaration(did: &DidDocument) -> Result<Vec<u8>, DocumentError> {
    let citizen = full_name(&did.citizen);
    let mut paper = Paper::new(Meta {
        title: "Dichiarazione di immediata disponibilità (DID)".into(),
        language: "it".into(),
        subject: format!("DID di {citizen}, art. 19 D.Lgs. 150/2015"),
        author: did.agency.clone(),
        office: letterhead(&did.office, &did.region),
        created: did.presented_at.clone(),
        protocol: Some(did.protocol.clone()),
    });
    paper.paragraph("Art. 19 del decreto legislativo 14 settembre 2015, n. 150.");
    paper.highlights(&[
        ("Numero di protocollo", &did.protocol),
        ("Presentata il", &instant(&did.presented_at)),
        ("Chi dichiara", &citizen),
    ]);

    let born = day(did.data_nascita);
    let mut who = vec![
        ("Nome e cognome", citizen.as_str()),
        ("Codice fiscale", &did.citizen.codice_fiscale),
        ("Data di nascita", &born),
        ("Luogo di nascita", &did.luogo_nascita),
        ("Cittadinanza", &did.cittadinanza),
        ("Residenza", &did.residenza),
    ];
    let domicile = did.domicilio.as_deref();
    who.push(("Domicilio", domicile.unwrap_or("uguale alla residenza")));
    who.push(("E-mail", &did.email));
    who.push(("Cellulare", &did.cellulare));
    paper.section("Dati personali").facts(&who);

    paper.section("La dichiarazione").paragraph(
        "Dichiaro la mia immediata disponibilità allo svolgimento di attività lavorativa e alla \
         partecipazione alle misure di politica attiva del lavoro concordate con il Centro per \
         l'Impiego (art. 19 c. 1 D.Lgs. 150/2015).",
    );
    let mut condition = vec![("Condizione dichiarata", did.condizione.as_str())];
    if let Some(income) = &did.reddito_prospettico {
        condition.push(("Reddito annuo previsto", income));
    }
    paper.facts(&condition);

    for section in &did.sections {
        paper.section(&section.title).facts(&section.rows);
    }

    paper.section("Dichiarazioni e responsabilità");
    if !did.declarations.is_empty() {
        paper.bullets(&did.declarations);
    }
    paper.paragraph(
        "Rendo queste dichiarazioni al posto dei certificati e degli atti di notorietà (artt. 46 \
         e 47 DPR 445/2000).",
    );
    paper.note(
        "Chi dichiara il falso commette un reato",
        "So che chi rilascia dichiarazioni non vere, forma atti falsi o li usa è punito secondo \
         il codice penale e le leggi speciali in materia (art. 76 DPR 445/2000) e perde i \
         benefici ottenuti con la dichiarazione non vera (art. 75 DPR 445/2000). So che l'ufficio \
         controlla le dichiarazioni, anche a campione (art. 71 DPR 445/2000).",
    );

    let identity = match did.identified_by {
        Identification::Spid => "il Sistema pubblico di identità digitale (SPID)",
        Identification::Cie => "la carta d'identità elettronica (CIE)",
    };
    paper.section("Come è stata presentata").paragraph(&format!(
        "{citizen} ha presentato la dichiarazione per via telematica il {}, dopo l'accesso con \
         {identity}, livello di sicurezza 2. Per questo è valida e vale quanto una dichiarazione \
         firmata a mano davanti a chi lavora nell'ufficio (art. 65 c. 1 lett. b e c. 2 D.Lgs. \
         82/2005, Codice dell'amministrazione digitale).",
        instant(&did.presented_at)
    ));

    registration(
        &mut paper,
        &did.protocol,
        &did.presented_at,
        &did.content_hash,
        &did.rules_version,
    );
    paper.finish()
}

/// The fields of the registration in the protocollo (art. 53 DPR 445/2000), the same on both.
fn registration(
    paper: &mut Paper,
    protocol: &str,
    at: &ZonedDateTime,
    content_hash: &str,
    rules_version: &str,
) {
    paper.section("Registrazione di protocollo").facts(&[
        ("Numero di protocollo", protocol),
        ("Data di registrazione", &day(at.date())),
        ("Impronta delle risposte (SHA-256)", content_hash),
        ("Versione delle regole", rules_version),
    ]);
    paper.paragraph(
        "La richiesta è registrata nel protocollo informatico (artt. 53 e 57 DPR 445/2000). \
         L'impronta identifica le risposte inviate: cambia se cambia anche una sola lettera.",
    );
}

fn full_name(citizen: &Citizen) -> String {
    format!("{} {}", citizen.nome, citizen.cognome)
}

fn letterhead(office: &Office, region: &str) -> String {
    format!("{region} · {}", office.name)
}
