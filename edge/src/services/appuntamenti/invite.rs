// SPDX-License-Identifier: EUPL-1.2
//! An appointment as a calendar entry (RFC 5545): the UID stays, SEQUENCE grows with every change, so that a calendar
//! moves or strikes out what it has.

use contract::appuntamento::{Modalita, StatoAppuntamento};
use contract::avvisi;
use contract::ics::Entry;

use super::super::{notices, sedi, visits};
use super::store::{self, Stored};
use super::{instant, tell};
use crate::ctx::Ctx;
use crate::error::Error;
use crate::http::Reply;
use crate::texts::{Language, of_person};

/// Hours before the beginning at which the calendar reminds.
const ALARMS: &[u16] = &[24];

/// `GET /api/appuntamenti/{id}/invito.ics`, in the language of the person.
pub(crate) async fn invite(ctx: &Ctx, id: &str) -> Result<Reply, Error> {
    let stored = store::own(ctx, id).await?;
    let language = of_person(ctx, &stored.codice_fiscale).await?;
    let text = calendar(ctx, &stored, language)?;
    Ok(
        Reply::body(200, "text/calendar; charset=utf-8", text.into_bytes()).header(
            "content-disposition",
            "attachment; filename=\"appuntamento.ics\"",
        ),
    )
}

fn calendar(ctx: &Ctx, stored: &Stored, language: Language) -> Result<String, Error> {
    let office = sedi::find(&stored.sede)?;
    let english = language == Language::English;
    let names = visits::names(language, &stored.servizi);
    let phrase = |code: &str| notices::phrase(language, code);
    let said = |code: &str, gap: &str, value: &str| avvisi::fill(phrase(code), &[(gap, value)]);
    let remote = stored.modalita != Modalita::Presenza;
    let place = match stored.modalita {
        Modalita::Presenza => format!("{}, {}", office.nome, tell::address(office)),
        Modalita::Telefono => phrase("ics_chiamata").to_owned(),
        Modalita::Video => tell::video(ctx, stored).unwrap_or_default(),
    };
    let what = [("servizi", names.as_str()), ("sede", &office.nome)];
    let mut words = vec![avvisi::fill(phrase("ics_cosa"), &what)];
    if remote {
        words.push(place.clone());
    } else {
        words.push(office.come_arrivare.said(english).to_owned());
        words.push(office.accessibilita.said(english).to_owned());
    }
    let bring = visits::bring(language, &stored.servizi).into_iter();
    words.extend(bring.map(|line| said("ics_porta", "cosa", line)));
    words.push(said("ics_telefono", "telefono", &office.telefono));
    let cancelled = matches!(
        stored.stato,
        StatoAppuntamento::Disdetto | StatoAppuntamento::Annullato
    );
    let origin = ctx.config.indirizzo_pubblico.trim_end_matches('/');
    let entry = Entry {
        uid: &format!("{}@sportello-lavoro", stored.id),
        sequence: u32::try_from(stored.sequenza).unwrap_or(0),
        stamp: instant(stored.cambiato)?,
        start: instant(stored.inizio)?,
        end: instant(stored.fine)?,
        summary: &said("ics_titolo", "servizi", &names),
        location: &place,
        geo: (!remote).then_some((office.lat, office.lon)),
        description: &words.join("\n"),
        organizer: (&office.nome, &office.email),
        url: &format!("{origin}/area-personale/appuntamenti/{}", stored.id),
        cancelled,
        alarms: if cancelled { &[] } else { ALARMS },
    };
    Ok(entry.to_text())
}
