// SPDX-License-Identifier: EUPL-1.2
//! What people are told about their appointments, through the notices of the personal area and the inbox.

use contract::appuntamento::Modalita;
use contract::sede::Sede;
use contract::values::calendar::in_rome;
use jiff::Timestamp;

use super::super::{notices, sedi, visits};
use super::store::Stored;
use crate::ctx::Ctx;
use crate::error::Error;

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
    /// So many hours to go.
    Reminder(i64),
    /// An earlier place is kept until an instant.
    Offered(i64, i64),
    /// The office noted that the person did not come.
    Missed,
}

/// Writes the notice; inside the caller's transaction.
pub(crate) async fn tell(ctx: &Ctx, about: &Stored, notice: Notice<'_>) -> Result<(), Error> {
    let office = sedi::find(&about.sede)?;
    let names = visits::names(&about.servizi);
    let when = when(about.inizio)?;
    let place = match about.modalita {
        Modalita::Presenza => format!("Ti aspettiamo al {}, {}.", office.nome, address(office)),
        Modalita::Telefono => "È al telefono: ti chiamiamo noi al numero che ci hai dato.".into(),
        Modalita::Video => {
            "È in video: trovi il collegamento nella pagina dell'appuntamento.".into()
        }
    };
    let contacts = format!(
        "Per qualsiasi cosa chiama il {} o scrivi a {}.",
        office.telefono, office.email
    );
    let (subject, text) = match notice {
        Notice::Booked => (
            "Il tuo appuntamento è prenotato",
            format!("{names}: {when}. {place}"),
        ),
        Notice::Summoned => (
            "Il Centro per l'impiego ti convoca",
            format!(
                "{names}: {when}. {place} Conferma che ci sarai dalla tua area personale. Se non puoi venire, spostalo \
                 oppure giustifica l'assenza entro la fine del giorno dopo.{}",
                warning(about)
            ),
        ),
        Notice::Moved => (
            "Il tuo appuntamento è stato spostato",
            format!("{names}: ora è {when}. {place}"),
        ),
        Notice::Cancelled => (
            "Hai disdetto l'appuntamento",
            format!(
                "{names}, {when}: è disdetto. Il posto va a un'altra persona. Puoi prenotare di nuovo quando vuoi."
            ),
        ),
        Notice::Annulled(reason) => (
            "Il tuo appuntamento è stato annullato",
            format!(
                "{names}, {when}: il Centro per l'impiego ha dovuto annullarlo. Motivo: {reason}. Puoi prenotare un altro giorno dallo Sportello. {contacts}"
            ),
        ),
        Notice::Replaced(reason, place, until) => (
            "Il tuo appuntamento cambia giorno",
            format!(
                "{names}, {when}: il Centro per l'impiego ha dovuto annullarlo. Motivo: {reason}. Ti teniamo un altro \
                 posto: {}. Accettalo dalla tua area personale entro {}. {contacts}",
                self::when(place)?,
                self::when(until)?
            ),
        ),
        Notice::Reminder(hours) => (
            if hours > 24 {
                "Fra due giorni hai un appuntamento"
            } else {
                "Domani hai un appuntamento"
            },
            format!(
                "{names}: {when}. {place} Se non puoi venire, dillo dalla tua area personale: il posto serve a qualcun altro."
            ),
        ),
        Notice::Offered(place, until) => (
            "Si è liberato un posto prima",
            format!(
                "{names}: puoi venire {} invece di {when}. Il posto è tuo se lo accetti dalla tua area personale entro {}. \
                 Se non fai niente resta tutto com'è.",
                self::when(place)?,
                self::when(until)?
            ),
        ),
        Notice::Missed => (
            "Non ti abbiamo visto all'appuntamento",
            format!(
                "{names}, {when}: risulta che non c'eri.{} {contacts}",
                if about.convocazione {
                    format!(
                        " Se avevi un motivo valido, giustifica l'assenza dalla tua area personale entro la fine del giorno dopo l'appuntamento.{}",
                        warning(about)
                    )
                } else {
                    " Puoi prenotare di nuovo quando vuoi.".into()
                }
            ),
        ),
    };
    notices::write(
        ctx,
        &about.codice_fiscale,
        about.pratica.as_deref(),
        subject,
        &text,
    )
    .await
}

/// Only who receives a benefit risks it (art. 21 c. 7 D.Lgs. 150/2015).
fn warning(about: &Stored) -> &'static str {
    if about.percettore == Some(true) {
        " Ricevi la NASpI o la DIS-COLL: se manchi senza un motivo valido, l'indennità può essere ridotta (articolo 21 del decreto legislativo 150/2015)."
    } else {
        ""
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

/// An instant as people say it: `martedì 24 novembre 2026 alle 9:30`.
pub(crate) fn when(second: i64) -> Result<String, Error> {
    const DAYS: [&str; 7] = [
        "lunedì",
        "martedì",
        "mercoledì",
        "giovedì",
        "venerdì",
        "sabato",
        "domenica",
    ];
    const MONTHS: [&str; 12] = [
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
    ];
    let instant =
        Timestamp::from_second(second).map_err(|_| Error::Db("an instant is broken".into()))?;
    let local = in_rome(instant);
    let day = local.weekday().to_monday_zero_offset();
    let name = |list: &[&'static str], n: i8| {
        usize::try_from(n)
            .ok()
            .and_then(|n| list.get(n).copied())
            .unwrap_or_default()
    };
    Ok(format!(
        "{} {} {} {} alle {}:{:02}",
        name(&DAYS, day),
        local.day(),
        name(&MONTHS, local.month() - 1),
        local.year(),
        local.hour(),
        local.minute()
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn instants_are_said_as_people_say_them() {
        assert_eq!(
            when(1_795_510_800).unwrap(),
            "martedì 24 novembre 2026 alle 10:00"
        );
    }
}
