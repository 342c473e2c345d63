// SPDX-License-Identifier: EUPL-1.2
//! What people are told about their appointments, through the notices of the personal area and the inbox.

use contract::appuntamento::Modalita;
use contract::avvisi::{self, Modello};
use contract::sede::Sede;
use contract::values::calendar::{clock, in_rome};

use super::super::{notices, sedi, visits};
use super::instant;
use super::store::Stored;
use crate::ctx::Ctx;
use crate::error::Error;
use crate::texts::{Language, of_person};

/// What has happened.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Notice<'a> {
    /// Booked by the person, or at the desk for them.
    Booked,
    /// The office summons.
    Summoned,
    /// At another time or place.
    Moved,
    /// Cancelled by the person.
    Cancelled,
    /// Cancelled by the office, with its reason.
    Annulled(&'a str),
    /// The office had to cancel and keeps another place until an instant.
    Replaced(&'a str, i64, i64),
    /// The office opens after all and keeps the old place until an instant.
    Restored(i64, i64),
    /// So many hours to go.
    Reminder(i64),
    /// An earlier place is kept until an instant.
    Offered(i64, i64),
    /// The office noted that the person did not come.
    Missed,
}

/// Writes the notice in the language of the person; inside the caller's transaction.
pub(crate) async fn tell(ctx: &Ctx, about: &Stored, notice: Notice<'_>) -> Result<(), Error> {
    let language = of_person(ctx, &about.codice_fiscale).await?;
    let office = sedi::find(&about.sede)?;
    let phrase = |code: &str| notices::phrase(language, code);
    let place = avvisi::fill(
        phrase(match about.modalita {
            Modalita::Presenza => "presenza",
            Modalita::Telefono => "telefono",
            Modalita::Video => "video",
        }),
        &[("sede", &office.nome), ("indirizzo", &address(office))],
    );
    let contacts = avvisi::fill(
        phrase("contatti"),
        &[("telefono", &office.telefono), ("email", &office.email)],
    );
    let (reason, other, until) = match notice {
        Notice::Annulled(reason) => (reason, None, None),
        Notice::Replaced(reason, other, until) => (reason, Some(other), Some(until)),
        Notice::Offered(other, until) | Notice::Restored(other, until) => {
            ("", Some(other), Some(until))
        }
        _ => ("", None, None),
    };
    let said = |second: Option<i64>| second.map_or(Ok(String::new()), |at| when(language, at));
    // Only who receives a benefit risks it (art. 21 c. 7 D.Lgs. 150/2015).
    let at_risk = about.percettore == Some(true)
        && (matches!(notice, Notice::Summoned)
            || matches!(notice, Notice::Missed) && about.convocazione);
    notices::write(
        ctx,
        notices::Notice {
            person: &about.codice_fiscale,
            language,
            pratica: about.pratica.as_deref(),
            appuntamento: Some(&about.id),
            model: model(about, notice),
            values: &[
                ("servizi", &visits::names(language, &about.servizi)),
                ("quando", &when(language, about.inizio)?),
                ("luogo", &place),
                ("contatti", &contacts),
                ("motivo", reason),
                ("posto", &said(other)?),
                ("scade", &said(until)?),
            ],
            more: if at_risk { phrase("percettore") } else { "" },
        },
    )
    .await
}

fn model(about: &Stored, notice: Notice<'_>) -> Modello {
    match notice {
        Notice::Booked => avvisi::PRENOTATO,
        Notice::Summoned => avvisi::CONVOCATO,
        Notice::Moved => avvisi::SPOSTATO,
        Notice::Cancelled => avvisi::DISDETTO,
        Notice::Annulled(_) => avvisi::ANNULLATO,
        Notice::Replaced(..) => avvisi::SOSTITUITO,
        Notice::Restored(..) => avvisi::RIAPERTO,
        Notice::Reminder(hours) if hours > 24 => avvisi::FRA_DUE_GIORNI,
        Notice::Reminder(_) => avvisi::DOMANI,
        Notice::Offered(..) => avvisi::POSTO_PRIMA,
        Notice::Missed if about.convocazione => avvisi::ASSENTE_CONVOCATO,
        Notice::Missed => avvisi::ASSENTE,
    }
}

/// The address of an office on one line.
pub(crate) fn address(office: &Sede) -> String {
    format!(
        "{}, {} {}",
        office.indirizzo,
        office.cap,
        sedi::town(office)
    )
}

/// The video address of an appointment, only for one that takes place by video.
pub(crate) fn video(ctx: &Ctx, about: &Stored) -> Option<String> {
    (about.modalita == Modalita::Video).then(|| {
        format!(
            "{}/{}",
            ctx.config.video_url.trim_end_matches('/'),
            about.id
        )
    })
}

const DAYS: [[&str; 7]; 2] = [
    [
        "lunedì",
        "martedì",
        "mercoledì",
        "giovedì",
        "venerdì",
        "sabato",
        "domenica",
    ],
    [
        "Monday",
        "Tuesday",
        "Wednesday",
        "Thursday",
        "Friday",
        "Saturday",
        "Sunday",
    ],
];
const MONTHS: [[&str; 12]; 2] = [
    [
        "gennaio",
        "febbraio",
        "marzo",
        "aprile",
        "maggio",
        "giugno",
        "luglio",
        "agosto",
        "settembre",
        "ottobre",
        "novembre",
        "dicembre",
    ],
    [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ],
];

/// An instant as people say it: `martedì 24 novembre 2026 alle 09:30`.
pub(crate) fn when(language: Language, second: i64) -> Result<String, Error> {
    let local = in_rome(instant(second)?);
    let of = usize::from(language == Language::English);
    let name = |list: &[&'static str], n: i8| {
        let n = usize::try_from(n).ok();
        n.and_then(|n| list.get(n).copied()).unwrap_or_default()
    };
    let day = format!(
        "{} {} {} {}",
        name(&DAYS[of], local.weekday().to_monday_zero_offset()),
        local.day(),
        name(&MONTHS[of], local.month() - 1),
        local.year(),
    );
    let clock = clock(local.time());
    Ok(avvisi::fill(
        notices::phrase(language, "alle"),
        &[("giorno", &day), ("ora", &clock)],
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn instants_are_said_as_people_say_them() {
        assert_eq!(
            when(Language::Italian, 1_795_510_800).unwrap(),
            "martedì 24 novembre 2026 alle 10:00"
        );
        assert_eq!(
            when(Language::English, 1_795_510_800).unwrap(),
            "Tuesday 24 November 2026 at 10:00"
        );
        // As pages write it.
        assert_eq!(
            when(Language::Italian, 1_795_505_400).unwrap(),
            "martedì 24 novembre 2026 alle 08:30"
        );
    }
}
