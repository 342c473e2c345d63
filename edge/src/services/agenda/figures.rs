// SPDX-License-Identifier: EUPL-1.2
//! Figures of an office: how long people wait, how many do not come, how much of the offered time is used.

use std::collections::BTreeMap;

use contract::appuntamento::{Conteggi, ConteggiDi, Statistiche, StatoAppuntamento};
use contract::prestazioni::PRESTAZIONI;
use contract::sede::Sede;
use contract::slots::{CELL_SECONDS, cells_between, closed_on, places_on, spans_on};
use contract::values::calendar::rome_date;
use jiff::ToSpan;
use jiff::civil::Date;

use super::super::appuntamenti::instant;
use super::super::{disponibilita, visits};
use super::office;
use crate::ctx::Ctx;
use crate::error::Error;
use crate::http::{Reply, Request};

/// Most days of one call.
const MOST_DAYS: i32 = 366;
/// Days without `dal` and `al`: until today.
const USUAL_DAYS: i32 = 29;

/// Appointments that are being counted.
#[derive(Default)]
struct Tally {
    counts: Conteggi,
    waits: Vec<i64>,
    taken: u64,
}

/// `GET /api/operatore/statistiche?dal=&al=`.
pub(crate) async fn read(ctx: &Ctx, request: &Request) -> Result<Reply, Error> {
    let sede = office(ctx)?;
    let (dal, al) = if request
        .query_given("dal")
        .or(request.query_given("al"))
        .is_none()
    {
        (ctx.today().saturating_sub(USUAL_DAYS.days()), ctx.today())
    } else {
        disponibilita::days_asked(ctx, request, MOST_DAYS)?
    };
    let range = cells_between(dal, al);
    let rows = ctx
        .db
        .query(
            "SELECT servizi, stato, inizio, creato FROM appuntamenti WHERE sede = ?1 AND inizio >= ?2 AND inizio < ?3",
            &[
                sede.codice.as_str().into(),
                (range.start * CELL_SECONDS).into(),
                (range.end * CELL_SECONDS).into(),
            ],
        )
        .await?;
    let mut total = Tally::default();
    let mut services: BTreeMap<String, Tally> = BTreeMap::new();
    let mut days: BTreeMap<Date, Tally> = BTreeMap::new();
    for row in &rows {
        let codes: Vec<String> = row.text(0)?.split(',').map(str::to_owned).collect();
        let stato = StatoAppuntamento::parse(row.text(1)?)
            .ok_or_else(|| Error::Db("a stored state is unknown".into()))?;
        let begins = row.integer(2)?;
        let wait = begins - row.integer(3)?;
        let visit = visits::of_codes(&codes)?;
        let cells = visit.desk_cells(0).end.unsigned_abs();
        let day = rome_date(instant(begins)?);
        let main = codes.first().cloned().unwrap_or_default();
        total.add(stato, wait, cells);
        services.entry(main).or_default().add(stato, wait, cells);
        days.entry(day).or_default().add(stato, wait, cells);
    }
    let offered = offered(ctx, sede, (dal, al)).await?;
    let figures = Statistiche {
        dal,
        al,
        totale: total.told(Some(offered.values().sum())),
        per_servizio: PRESTAZIONI
            .iter()
            .filter_map(|service| {
                Some(ConteggiDi {
                    di: service.codice.into(),
                    conteggi: services.remove(service.codice)?.told(None),
                })
            })
            .collect(),
        per_giorno: offered
            .iter()
            .map(|(day, cells)| ConteggiDi {
                di: day.to_string(),
                conteggi: days.remove(day).unwrap_or_default().told(Some(*cells)),
            })
            .collect(),
    };
    Ok(Reply::json(200, &figures))
}

/// Cells that the groups of an office offer on each day.
async fn offered(
    ctx: &Ctx,
    sede: &Sede,
    (dal, al): (Date, Date),
) -> Result<BTreeMap<Date, u64>, Error> {
    let exceptions = disponibilita::exceptions_of(ctx, sede, (dal, al)).await?;
    let mut all = BTreeMap::new();
    let mut day = dal;
    while day <= al {
        let open = closed_on(sede, &exceptions, day).is_none();
        let cells = sede
            .gruppi
            .iter()
            .filter(|_| open)
            .map(|group| {
                let minutes: u64 = spans_on(sede, group, day)
                    .map(|(from, to)| u64::from(to.saturating_sub(from)))
                    .sum();
                minutes * 60 / CELL_SECONDS.unsigned_abs()
                    * u64::from(places_on(group, &exceptions, day))
            })
            .sum();
        all.insert(day, cells);
        let Ok(next) = day.tomorrow() else { break };
        day = next;
    }
    Ok(all)
}

impl Tally {
    fn add(&mut self, stato: StatoAppuntamento, wait: i64, cells: u64) {
        use StatoAppuntamento as Stato;
        let counts = &mut self.counts;
        match stato {
            Stato::DaErogare => counts.da_erogare += 1,
            Stato::Erogato => counts.erogati += 1,
            Stato::NonPresentato => counts.non_presentati += 1,
            Stato::Disdetto => counts.disdetti += 1,
            Stato::Annullato => counts.annullati += 1,
        }
        if !stato.is_final() {
            self.waits.push(wait);
            self.taken += cells;
        }
    }

    /// With the three figures; `offered` cells where they are known.
    fn told(mut self, offered: Option<u64>) -> Conteggi {
        self.waits.sort_unstable();
        let median = self.waits.get(self.waits.len() / 2);
        let due = u64::from(self.counts.erogati + self.counts.non_presentati);
        let per_mille = |part: u64, whole: u64| {
            (whole > 0).then(|| u16::try_from(part * 1000 / whole).unwrap_or(u16::MAX))
        };
        self.counts.attesa_mediana_ore =
            median.map(|wait| u32::try_from((wait / 3600).max(0)).unwrap_or(u32::MAX));
        self.counts.assenze_per_mille = per_mille(u64::from(self.counts.non_presentati), due);
        self.counts.uso_per_mille = offered.and_then(|cells| per_mille(self.taken, cells));
        self.counts
    }
}
