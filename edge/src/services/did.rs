// SPDX-License-Identifier: EUPL-1.2
//! The DID's own effects: its papers, its deadline as a calendar entry. What the national node is told stands in `node`.

use super::effects::{Effects, Later, Sound};
use super::pratiche::Stored;
use super::{catalogue, offices};
use crate::ctx::Ctx;
use crate::error::Error;
use crate::http::Reply;
use contract::problem::FieldProblem;
use contract::service::{Case, Service};
use contract::services::did::{CONTACT_DAYS, DID, Did};
use contract::texts;
use documents::did::{
    Citizen, DidDocument, Identification, Receipt, Section, did_declaration, did_receipt,
};

mod node;

/// The DID as `pratiche` sees it.
pub(crate) struct DidEffects;

impl Effects for DidEffects {
    fn service(&self) -> &'static Service {
        &DID
    }

    fn read(&self, case: Case<'_>) -> Result<Sound, Vec<FieldProblem>> {
        let did = Did::read(case)?;
        Ok(Sound {
            comune: did.competenza_comune,
            contact_days: Some(CONTACT_DAYS.into()),
        })
    }

    fn already_there(&self) -> Error {
        Error::Conflict(
            "did_presente",
            "Hai già una DID: in tutta Italia ne vale una sola. La trovi nella tua area personale.",
        )
    }

    fn tell<'a>(&self, ctx: &'a Ctx, most: u32) -> Later<'a, u32> {
        Box::pin(node::tell(ctx, most))
    }

    fn tell_again<'a>(&self, ctx: &'a Ctx, id: &'a str) -> Later<'a, ()> {
        Box::pin(node::tell_again(ctx, id))
    }

    fn receipt(&self, ctx: &Ctx, stored: &Stored) -> Result<Reply, Error> {
        receipt(ctx, stored)
    }

    fn document(&self, ctx: &Ctx, stored: &Stored) -> Result<Reply, Error> {
        declaration(ctx, stored)
    }

    fn calendar(&self, _ctx: &Ctx, stored: &Stored) -> Result<Reply, Error> {
        calendar(stored)
    }
}

fn receipt(ctx: &Ctx, stored: &Stored) -> Result<Reply, Error> {
    let office = offices::contacts(&stored.pratica.ufficio)?;
    let next_steps = vec![
        format!(
            "Contatta il {} per fissare il colloquio e firmare il patto di servizio.",
            office.name
        ),
        "Controlla la tua area personale: ogni novità compare lì, e ricevi un avviso.".into(),
        "Se trovi un lavoro o cambia qualcosa, dillo al Centro per l'impiego.".into(),
    ];
    receipt_of(ctx, stored, DID.name, next_steps, "ricevuta-did.pdf")
}

/// The receipt of art. 18-bis L. 241/1990, which is the same for every service but for what comes next.
pub(super) fn receipt_of(
    ctx: &Ctx,
    stored: &Stored,
    service: &str,
    next_steps: Vec<String>,
    file: &str,
) -> Result<Reply, Error> {
    let office = offices::contacts(&stored.pratica.ufficio)?;
    let paper = did_receipt(&Receipt {
        agency: ctx.config.agenzia.clone(),
        region: ctx.config.regione.clone(),
        substitute: format!("Direzione di {}", ctx.config.agenzia),
        citizen: citizen(stored),
        service: service.into(),
        protocol: stored.pratica.protocollo.clone(),
        presented_at: presented(stored)?,
        content_hash: stored.fingerprint.clone(),
        rules_version: rules(stored),
        responsible: stored.pratica.responsabile.clone(),
        termine_il: stored.pratica.termine_il,
        contact_by: stored.pratica.contatto_entro,
        next_steps,
        office,
    });
    pdf(paper, file)
}

fn declaration(ctx: &Ctx, stored: &Stored) -> Result<Reply, Error> {
    let answers = &stored.pratica.risposte;
    let places = catalogue::places(ctx);
    let shown = |id: &str| {
        contract::flow::find(&DID, id)
            .and_then(|(_, field)| Some(texts::shown_answer(field, answers.get(id)?, Some(places))))
    };
    let residence = [
        shown("residenza_indirizzo"),
        shown("residenza_cap"),
        shown("residenza_comune"),
    ];
    let born = &stored.citizen.luogo_nascita;
    let sections = ["soggiorno", "genitore", "studi", "lavoro", "famiglia"]
        .into_iter()
        .filter_map(|slug| {
            let rows = catalogue::rows(ctx, &DID, slug, answers);
            let title = DID.steps.iter().find(|step| step.slug == slug)?.title;
            (!rows.is_empty()).then(|| Section {
                title: title.into(),
                rows,
            })
        })
        .collect();
    let declared = DID
        .steps
        .iter()
        .filter(|step| step.slug == "dichiarazioni")
        .flat_map(|step| step.fields);
    let condition = match (shown("condizione"), shown("fine_rapporto")) {
        (Some(condition), Some(end)) => format!("{condition}. Ultimo giorno di lavoro: {end}"),
        (condition, _) => condition.unwrap_or_default(),
    };
    let paper = did_declaration(&DidDocument {
        agency: ctx.config.agenzia.clone(),
        region: ctx.config.regione.clone(),
        office: offices::contacts(&stored.pratica.ufficio)?,
        citizen: citizen(stored),
        data_nascita: stored.citizen.data_nascita,
        luogo_nascita: places
            .born(born, stored.citizen.data_nascita)
            .map_or_else(|| born.clone(), |name| name.to_string()),
        cittadinanza: shown("cittadinanza").unwrap_or_default(),
        residenza: residence
            .into_iter()
            .flatten()
            .collect::<Vec<_>>()
            .join(", "),
        domicilio: shown("domicilio_comune"),
        email: shown("email").unwrap_or_default(),
        cellulare: shown("cellulare").unwrap_or_default(),
        condizione: condition,
        reddito_prospettico: shown("reddito_prospettico"),
        sections,
        declarations: declared.map(|field| field.label.to_owned()).collect(),
        protocol: stored.pratica.protocollo.clone(),
        presented_at: presented(stored)?,
        identified_by: if stored.provider == "cie" {
            Identification::Cie
        } else {
            Identification::Spid
        },
        content_hash: stored.fingerprint.clone(),
        rules_version: rules(stored),
    });
    pdf(paper, "did.pdf")
}

fn rules(stored: &Stored) -> String {
    format!("{} {}", stored.pratica.servizio, stored.version)
}

fn citizen(stored: &Stored) -> Citizen {
    Citizen {
        nome: stored.citizen.nome.clone(),
        cognome: stored.citizen.cognome.clone(),
        codice_fiscale: stored.citizen.codice_fiscale.clone(),
    }
}

fn presented(stored: &Stored) -> Result<jiff::ZonedDateTime, Error> {
    let instant = jiff::Timestamp::from_second(stored.presented)
        .map_err(|_| Error::Db("an instant is broken".into()))?;
    Ok(contract::values::calendar::in_rome(instant))
}

fn pdf(paper: Result<Vec<u8>, documents::DocumentError>, name: &str) -> Result<Reply, Error> {
    let bytes = paper.map_err(|error| {
        eprintln!("documents: {}", std::any::type_name_of_val(&error));
        Error::Unavailable
    })?;
    Ok(Reply::body(200, "application/pdf", bytes).header(
        "content-disposition",
        &format!("inline; filename=\"{name}\""),
    ))
}

/// The last useful day to contact the office (RFC 5545).
fn calendar(stored: &Stored) -> Result<Reply, Error> {
    let day = stored.pratica.contatto_entro.ok_or(Error::NotFound)?;
    let plain = |day: jiff::civil::Date| day.to_string().replace('-', "");
    let stamp: String = jiff::Timestamp::from_second(stored.presented)
        .map_err(|_| Error::Db("an instant is broken".into()))?
        .to_string()
        .replace(['-', ':'], "");
    let lines = [
        "BEGIN:VCALENDAR".to_owned(),
        "VERSION:2.0".to_owned(),
        "PRODID:-//Sportello Lavoro//IT".to_owned(),
        "METHOD:PUBLISH".to_owned(),
        "BEGIN:VEVENT".to_owned(),
        format!("UID:{}@sportello-lavoro", stored.pratica.id),
        format!("DTSTAMP:{stamp}"),
        "SEQUENCE:0".to_owned(),
        format!("DTSTART;VALUE=DATE:{}", plain(day)),
        format!("DTEND;VALUE=DATE:{}", plain(day.tomorrow().unwrap_or(day))),
        "SUMMARY:Ultimo giorno utile per contattare il Centro per l'impiego".to_owned(),
        "DESCRIPTION:Serve per confermare la disoccupazione e firmare il patto di servizio."
            .to_owned(),
        "BEGIN:VALARM".to_owned(),
        "ACTION:DISPLAY".to_owned(),
        "DESCRIPTION:Contatta il Centro per l'impiego".to_owned(),
        "TRIGGER:-P7D".to_owned(),
        "END:VALARM".to_owned(),
        "END:VEVENT".to_owned(),
        "END:VCALENDAR".to_owned(),
    ];
    let text: String = lines.iter().flat_map(|line| folded(line)).collect();
    Ok(
        Reply::body(200, "text/calendar; charset=utf-8", text.into_bytes()).header(
            "content-disposition",
            "attachment; filename=\"scadenza-did.ics\"",
        ),
    )
}

/// A content line of at most 75 octets a row (RFC 5545 §3.1); our lines are ASCII.
fn folded(line: &str) -> Vec<String> {
    let mut rows = Vec::new();
    let mut rest = line;
    let mut room = 75;
    while rest.len() > room {
        let (row, more) = rest.split_at(room);
        rows.push(format!(
            "{}{row}\r\n",
            if rows.is_empty() { "" } else { " " }
        ));
        rest = more;
        room = 74;
    }
    rows.push(format!(
        "{}{rest}\r\n",
        if rows.is_empty() { "" } else { " " }
    ));
    rows
}
