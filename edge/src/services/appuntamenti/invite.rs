// SPDX-License-Identifier: EUPL-1.2
//! An appointment as a calendar entry (RFC 5545): the UID stays, SEQUENCE grows with every change, so that a calendar
//! moves or strikes out what it has.

use contract::appuntamento::{Modalita, StatoAppuntamento};
use jiff::Timestamp;

use super::super::{sedi, visits};
use super::store::{self, Stored};
use super::tell;
use crate::ctx::Ctx;
use crate::error::Error;
use crate::http::Reply;

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
    let names = visits::names(&stored.servizi);
    let remote = stored.modalita != Modalita::Presenza;
    let place = match stored.modalita {
        Modalita::Presenza => format!("{}, {}", office.nome, tell::address(office)),
        Modalita::Telefono => "Al telefono: ti chiama il Centro per l'impiego".into(),
        Modalita::Video => tell::video(ctx, stored).unwrap_or_default(),
    };
    let mut words = vec![format!("{} con il {}.", names, office.nome)];
    if remote {
        words.push(place.clone());
    } else {
        words.push(office.come_arrivare.clone());
    }
    words.extend(
        visits::bring(&stored.servizi)
            .into_iter()
            .map(|line| format!("Porta: {line}")),
    );
    words.push(format!("Telefono: {}", office.telefono));
    let cancelled = matches!(
        stored.stato,
        StatoAppuntamento::Disdetto | StatoAppuntamento::Annullato
    );
    let mut lines = vec![
        "BEGIN:VCALENDAR".to_owned(),
        "VERSION:2.0".into(),
        "PRODID:-//Sportello Lavoro//IT".into(),
        "METHOD:PUBLISH".into(),
        "BEGIN:VEVENT".into(),
        format!("UID:{}@sportello-lavoro", stored.id),
        format!("DTSTAMP:{}", utc(stored.cambiato)?),
        format!("SEQUENCE:{}", stored.sequenza),
        format!("DTSTART:{}", utc(stored.inizio)?),
        format!("DTEND:{}", utc(stored.fine)?),
        format!(
            "SUMMARY:{}",
            escaped(&format!("Centro per l'impiego: {names}"))
        ),
        format!("LOCATION:{}", escaped(&place)),
        format!("DESCRIPTION:{}", escaped(&words.join("\n"))),
        format!(
            "ORGANIZER;CN=\"{}\":mailto:{}",
            office.nome.replace('"', ""),
            office.email
        ),
        format!(
            "URL:{}/area-personale/appuntamenti/{}",
            ctx.config.indirizzo_pubblico.trim_end_matches('/'),
            stored.id
        ),
        format!(
            "STATUS:{}",
            if cancelled { "CANCELLED" } else { "CONFIRMED" }
        ),
    ];
    if !remote {
        lines.push(format!("GEO:{:.6};{:.6}", office.lat, office.lon));
    }
    if !cancelled {
        lines.extend(
            [
                "BEGIN:VALARM",
                "ACTION:DISPLAY",
                "DESCRIPTION:Appuntamento con il Centro per l'impiego",
                "TRIGGER:-PT24H",
                "END:VALARM",
            ]
            .map(str::to_owned),
        );
    }
    lines.extend(["END:VEVENT".into(), "END:VCALENDAR".into()]);
    Ok(lines.iter().map(|line| folded(line)).collect())
}

/// An instant in UTC: no calendar needs to know the rules of Rome.
fn utc(second: i64) -> Result<String, Error> {
    let instant =
        Timestamp::from_second(second).map_err(|_| Error::Db("an instant is broken".into()))?;
    Ok(instant.to_string().replace(['-', ':'], ""))
}

/// A value of type TEXT (§3.3.11).
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '\\' | ';' | ',' => out.extend(['\\', letter]),
            '\n' => out.push_str("\\n"),
            '\r' => {}
            letter => out.push(letter),
        }
    }
    out
}

/// A content line of at most 75 octets a row (§3.1); letters stay whole.
fn folded(line: &str) -> String {
    let mut out = String::with_capacity(line.len() + 8);
    let mut room = 75;
    for letter in line.chars() {
        if letter.len_utf8() > room {
            out.push_str("\r\n ");
            room = 74;
        }
        out.push(letter);
        room -= letter.len_utf8();
    }
    out.push_str("\r\n");
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_folded_between_letters() {
        let line = format!("SUMMARY:{}", "è".repeat(80));
        let text = folded(&line);
        assert!(text.split("\r\n").all(|row| row.len() <= 75));
        assert_eq!(text.replace("\r\n ", "").trim_end(), line);
    }

    #[test]
    fn signs_with_a_meaning_are_escaped() {
        assert_eq!(escaped("a, b; c\\d\ne"), "a\\, b\\; c\\\\d\\ne");
    }
}
