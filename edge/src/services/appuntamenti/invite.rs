// SPDX-License-Identifier: EUPL-1.2
//! An appointment as a calendar entry (RFC 5545): the UID stays, SEQUENCE grows with every change, so that a calendar
//! moves or strikes out what it has.

use contract::appuntamento::{Modalita, StatoAppuntamento};
use contract::ics::Entry;

use super::super::{sedi, visits};
use super::store::{self, Stored};
use super::{instant, tell};
use crate::ctx::Ctx;
use crate::error::Error;
use crate::http::Reply;
use crate::texts::Language;

/// Hours before the beginning at which the calendar reminds.
const ALARMS: &[u16] = &[24];

/// `GET /api/appuntamenti/{id}/invito.ics`.
pub(crate) async fn invite(ctx: &Ctx, id: &str) -> Result<Reply, Error> {
    let stored = store::own(ctx, id).await?;
    let text = calendar(ctx, &stored)?;
    Ok(
        Reply::body(200, "text/calendar; charset=utf-8", text.into_bytes()).header(
            "content-disposition",
            "attachment; filename=\"appuntamento.ics\"",
        ),
    )
}

fn calendar(ctx: &Ctx, stored: &Stored) -> Result<String, Error> {
    let office = sedi::find(&stored.sede)?;
    let names = visits::names(Language::Italian, &stored.servizi);
    let remote = stored.modalita != Modalita::Presenza;
    let place = match stored.modalita {
        Modalita::Presenza => format!("{}, {}", office.nome, tell::address(office)),
        Modalita::Telefono => "Al telefono: ti chiama il Centro per l'impiego".into(),
        Modalita::Video => tell::video(ctx, stored).unwrap_or_default(),
    };
    let mut words = vec![format!("{names} con il {}.", office.nome)];
    words.push(if remote {
        place.clone()
    } else {
        office.come_arrivare.clone()
    });
    let bring = visits::bring(&stored.servizi).into_iter();
    words.extend(bring.map(|line| format!("Porta: {line}")));
    words.push(format!("Telefono: {}", office.telefono));
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
        summary: &format!("Centro per l'impiego: {names}"),
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
