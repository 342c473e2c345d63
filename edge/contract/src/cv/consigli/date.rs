// SPDX-License-Identifier: EUPL-1.2
//! Dates: missing, in the future, out of order, with gaps or on top of each other.

use alloc::{string::String, vec::Vec};

use super::{Context, Report, path, rules};
use crate::cv::Cv;
use crate::cv::check::day;
use crate::cv::date::Month;
use crate::cv::item::Item;

rules! {
    START_MISSING "start_missing" Medium
        "Aggiungi il mese e l'anno di inizio."
        "Senza date non si capisce quanta esperienza hai."
        "03/2021";
    MONTH_MISSING "month_missing" Low
        "Aggiungi anche il mese."
        "Da dicembre 2022 a gennaio 2023 sono due mesi, ma con i soli anni sembrano due anni."
        "12/2022 – 01/2023";
    START_FUTURE "start_future" High
        "La data di inizio è nel futuro: controllala."
        "Un lavoro che non è ancora cominciato non è un'esperienza."
        "Se hai già firmato, scrivilo nella lettera.";
    END_FUTURE "end_future" Medium
        "La data di fine è nel futuro. Se lavori ancora lì, segna «In corso»."
        "Una fine che deve ancora arrivare può sembrare un errore."
        "06/2024 – in corso";
    STILL_OPEN "still_open" Medium
        "Manca la data di fine. Lavori ancora lì?"
        "Dopo questo lavoro ne hai cominciato un altro: sembra che li fai tutti e due."
        "Se hai finito, scrivi mese e anno. Se no, segna «In corso».";
    ORDER "order" Medium
        "Metti questo lavoro più in alto: è più recente di quello che lo precede."
        "Si parte sempre dal lavoro più recente."
        "2024, poi 2021, poi 2015";
    GAP "gap" Low
        "Prima di questo lavoro ci sono {valore} mesi senza niente. Se vuoi, scrivi che cosa hai fatto."
        "Chi legge se lo chiede. Anche studio, corsi o volontariato contano."
        "2022: corso di inglese e volontariato in biblioteca";
    OVERLAP "overlap" Low
        "Per {valore} mesi questo lavoro e un altro stanno insieme: le date sono giuste?"
        "Può essere vero, per esempio con due lavori a ore. Se è così, scrivilo."
        "Addetta alle pulizie (part-time, la sera)";
    NOT_UPDATED "not_updated" Medium
        "Non aggiorni questo CV da più di 12 mesi. Rileggilo e salvalo di nuovo."
        "Per il Centro per l'impiego un CV vale 12 mesi dall'ultima modifica."
        "Controlla contatti, ultimo lavoro e corsi.";
}

/// Shorter pauses are nobody's business.
const GAP_MONTHS: u32 = 6;
/// A month on top of each other is how one changes jobs.
const OVERLAP_MONTHS: u32 = 2;

/// A CV has at most so many jobs; what has more is refused elsewhere and must not be slow here.
const MOST_JOBS: usize = 50;

/// A stretch of time in months since the year 0, both ends included.
#[derive(Clone, Copy)]
struct Span {
    from: u32,
    to: u32,
    /// Both ends are known to the month.
    exact: bool,
}

pub(super) fn check(cv: &Cv, context: &Context<'_>, report: &mut Report) {
    let now = Month {
        year: context.today.year().unsigned_abs(),
        month: Some(context.today.month().unsigned_abs()),
        day: None,
    };
    let modified = cv.root().record("meta").text("lastModified").and_then(day);
    if let Some(modified) = modified
        && let Some(then) = Month::parse(&modified.to_string())
        && now.count(true) > then.count(true) + 12
    {
        report.add(&NOT_UPDATED, "meta.lastModified");
    }
    if cv.hides("work") {
        return;
    }
    let jobs: Vec<(usize, Item<'_>)> = cv
        .items("work")
        .take(MOST_JOBS)
        .enumerate()
        .filter(|(_, job)| !job.hidden())
        .collect();
    for (index, job) in &jobs {
        single(*index, *job, now, report);
    }
    together(&jobs, now, report);
    gaps(cv, &jobs, now, report);
}

fn single(index: usize, job: Item<'_>, now: Month, report: &mut Report) {
    let at = |field: &str| path("work", index, field);
    let period = job.period();
    match period.start {
        None => report.add(&START_MISSING, at("startDate")),
        Some(start) if start.count(false) > now.count(true) => {
            report.add(&START_FUTURE, at("startDate"));
        }
        Some(start) if start.month.is_none() => report.add(&MONTH_MISSING, at("startDate")),
        Some(_) => {}
    }
    match period.end {
        Some(end) if end.count(false) > now.count(true) => report.add(&END_FUTURE, at("endDate")),
        Some(end) if end.month.is_none() => report.add(&MONTH_MISSING, at("endDate")),
        _ => {}
    }
}

fn together(jobs: &[(usize, Item<'_>)], now: Month, report: &mut Report) {
    let last_start = jobs.iter().filter_map(|(_, job)| job.period().start).max();
    for (index, job) in jobs {
        let open = job.text("endDate").is_none() && !job.flag("x_current");
        if open
            && job
                .period()
                .start
                .is_some_and(|start| Some(start) < last_start)
        {
            report.add(&STILL_OPEN, path("work", *index, "endDate"));
        }
    }
    let spans: Vec<(usize, Option<Span>)> = jobs
        .iter()
        .map(|(index, job)| (*index, span(job, now)))
        .collect();
    // Ongoing jobs come first, then the one that ended last.
    let rank = |span: Option<Span>| span.map(|span| (span.to, span.from));
    for pair in spans.windows(2) {
        if let (Some(above), Some(below)) = (rank(pair[0].1), rank(pair[1].1))
            && below > above
        {
            report.add(&ORDER, path("work", pair[1].0, "startDate"));
        }
    }
    for (n, (_, one)) in spans.iter().enumerate() {
        for (index, other) in &spans[n + 1..] {
            if let (Some(one), Some(other)) = (one, other)
                && one.exact
                && other.exact
            {
                let months = (one.to.min(other.to) + 1).saturating_sub(one.from.max(other.from));
                if months >= OVERLAP_MONTHS {
                    report.add_with(&OVERLAP, path("work", *index, "startDate"), months);
                }
            }
        }
    }
}

/// Months before a job in which nothing at all is told: neither work nor study, courses or volunteering.
fn gaps(cv: &Cv, jobs: &[(usize, Item<'_>)], now: Month, report: &mut Report) {
    let keys = ["work", "education", "x_training", "volunteer", "projects"];
    let items = keys.iter().flat_map(|key| cv.items(key));
    let own = cv.root().records("x_sections");
    let own = own.flat_map(|section| section.records("items"));
    let spans: Vec<Span> = items
        .chain(own)
        .filter_map(|item| span(&item, now))
        .collect();
    for (index, job) in jobs {
        let Some(this) = span(job, now) else { continue };
        let covered = spans
            .iter()
            .any(|span| span.from < this.from && span.to + 1 >= this.from);
        let before = spans.iter().filter(|span| span.to < this.from);
        if let Some(end) = before.map(|span| span.to).max()
            && !covered
            && this.from - end - 1 > GAP_MONTHS
        {
            let months = this.from - end - 1;
            report.add_with(&GAP, path("work", *index, "startDate"), months);
        }
    }
}

/// A year alone counts as long as it may have been, so that no gap is seen where none may be.
fn span(item: &Item<'_>, now: Month) -> Option<Span> {
    let period = item.period();
    let start = period.start?;
    let end = period.end.unwrap_or(now);
    let known = |month: Month| month.month.is_some();
    Some(Span {
        from: start.count(false),
        to: end.count(true).max(start.count(false)),
        exact: known(start) && known(end),
    })
}

/// `12/2025`, for sentences about a date.
pub(super) fn short(month: Month) -> String {
    month.short()
}
