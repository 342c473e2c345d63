// SPDX-License-Identifier: EUPL-1.2
//! What was measured, for people as Markdown and for programs as JSON, with the same numbers.

use std::fmt::Write as _;
use std::fs;

use anyhow::{Result, bail};
use serde_json::{Value, json};

use super::load::{CONNECTIONS, Figures};
use super::{Measure, Measures};
use crate::build::Row;
use crate::tools;

/// What stands beside a number that is over its target.
const OVER: &str = " ⚠ over";

/// Prints and writes. Fails when a budget of bytes is exceeded, and only then.
pub(crate) fn give(measures: &Measures) -> Result<()> {
    print!("{}", markdown(measures));
    fs::write(
        tools::target().join("bench.json"),
        format!("{:#}\n", to_json(measures)),
    )?;
    let heavy = |row: &&Row| row.budget.is_some_and(|budget| row.bytes > budget);
    if let Some(row) = measures.bytes.iter().find(heavy)
        && !tools::quick()
    {
        bail!("over budget: {}", row.name);
    }
    Ok(())
}

/// Prints some endpoints, and writes nothing.
pub(crate) fn some(rows: &[Figures]) {
    let mut text = String::new();
    endpoints(&mut text, rows);
    print!("{text}");
}

/// Prints some of the rest, and writes nothing.
pub(crate) fn rest(rows: &[Measure]) {
    let mut text = String::new();
    others(&mut text, rows);
    print!("{text}");
}

fn markdown(measures: &Measures) -> String {
    let mut text = String::new();
    if tools::quick() {
        text.push_str("\nBuilt with `QUICK=1`: these are not the measures of what people get.\n");
    }
    bytes(&mut text, &measures.bytes);
    endpoints(&mut text, &measures.endpoints);
    others(&mut text, &measures.others);
    text
}

fn bytes(text: &mut String, rows: &[Row]) {
    text.push_str("\n| first load of the home page | brotli bytes | at most |\n|---|---:|---:|\n");
    for row in rows {
        let budget = row.budget.map_or(String::new(), |most| most.to_string());
        let mark = mark(row.bytes as f64, row.budget.map(|most| most as f64));
        line(text, &[row.name, &format!("{}{mark}", row.bytes), &budget]);
    }
}

fn endpoints(text: &mut String, rows: &[Figures]) {
    let _ = write!(
        text,
        "\n| endpoint, {CONNECTIONS} connections | p50 ms | p99 ms | requests/s | p50 as times the empty component | \
         at most | requests/s of the empty component as times | processor ms of the runner | as times |\n\
         |---|---:|---:|---:|---:|---:|---:|---:|---:|\n"
    );
    for row in rows {
        let mark = mark(row.times, row.at_most);
        let cells = [
            row.name.to_owned(),
            format!("{:.2}", row.p50),
            format!("{:.2}", row.p99),
            format!("{:.0}", row.per_second),
            format!("{:.1}×{mark}", row.times),
            row.at_most.map_or(String::new(), |most| format!("{most}×")),
            format!("{:.1}×", row.times_per_second),
            format!("{:.3}", row.busy),
            format!("{:.1}×", row.times_busy),
        ];
        line(text, &cells.each_ref().map(String::as_str));
    }
}

fn others(text: &mut String, rows: &[Measure]) {
    text.push_str("\n| what | is | at most |\n|---|---:|---:|\n");
    for row in rows {
        let mark = mark(row.is, row.at_most);
        let cells = [
            row.name.clone(),
            match row.is.is_finite() {
                true => format!("{:.2} {}{mark}", row.is, row.unit),
                false => "not measured".into(),
            },
            row.at_most
                .map_or(String::new(), |most| format!("{most} {}", row.unit)),
        ];
        line(text, &cells.each_ref().map(String::as_str));
    }
}

fn line(text: &mut String, cells: &[&str]) {
    let _ = writeln!(text, "| {} |", cells.join(" | "));
}

fn mark(is: f64, at_most: Option<f64>) -> &'static str {
    if over(is, at_most) { OVER } else { "" }
}

fn over(is: f64, at_most: Option<f64>) -> bool {
    at_most.is_some_and(|most| is > most)
}

fn to_json(measures: &Measures) -> Value {
    let bytes = measures.bytes.iter().map(|row| {
        let over = row.budget.is_some_and(|budget| row.bytes > budget);
        json!({ "name": row.name, "brotli_bytes": row.bytes, "at_most": row.budget, "over": over })
    });
    let endpoints = measures.endpoints.iter().map(|row| {
        json!({
            "name": row.name,
            "p50_ms": row.p50,
            "p99_ms": row.p99,
            "requests_per_second": row.per_second,
            "p50_times_empty": row.times,
            "requests_per_second_times_empty": row.times_per_second,
            "processor_ms": row.busy,
            "processor_times_empty": row.times_busy,
            "at_most_times_empty": row.at_most,
            "over": over(row.times, row.at_most),
        })
    });
    let others = measures.others.iter().map(|row| {
        json!({
            "name": row.name,
            "unit": row.unit,
            "is": row.is,
            "at_most": row.at_most,
            "over": over(row.is, row.at_most),
        })
    });
    json!({
        "quick": tools::quick(),
        "processors": std::thread::available_parallelism().map_or(0, usize::from),
        "connections": CONNECTIONS,
        "first_load": bytes.collect::<Vec<_>>(),
        "endpoints": endpoints.collect::<Vec<_>>(),
        "others": others.collect::<Vec<_>>(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn measures() -> Measures {
        Measures {
            bytes: vec![Row {
                name: "styles",
                bytes: 15_000,
                budget: Some(40_000),
            }],
            endpoints: vec![Figures {
                name: "GET /api/me",
                p50: 2.0,
                p99: 4.5,
                per_second: 7_500.0,
                times: 3.25,
                times_per_second: 3.0,
                at_most: Some(3.0),
                busy: 0.25,
                times_busy: 3.5,
            }],
            others: vec![Measure {
                name: "a paper".into(),
                unit: "ms",
                is: 1.5,
                at_most: Some(5.0),
            }],
        }
    }

    #[test]
    fn every_row_is_a_line_and_what_is_over_its_target_is_marked() {
        let text = markdown(&measures());
        for line in [
            "| styles | 15000 | 40000 |",
            "| GET /api/me | 2.00 | 4.50 | 7500 | 3.2× ⚠ over | 3× | 3.0× | 0.250 | 3.5× |",
            "| a paper | 1.50 ms | 5 ms |",
        ] {
            assert!(text.contains(line), "{text}");
        }
    }

    #[test]
    fn programs_read_the_same_numbers() {
        let json = to_json(&measures());
        assert_eq!(json["endpoints"][0]["p50_times_empty"], 3.25);
        assert_eq!(json["endpoints"][0]["over"], true);
        assert_eq!(json["others"][0]["over"], false);
        assert_eq!(json["first_load"][0]["brotli_bytes"], 15_000);
    }
}
