// SPDX-License-Identifier: EUPL-1.2
//! `cargo xtask bench`: the measures of the project as a Markdown table and as `target/bench.json`.

use std::fs;

use anyhow::Result;
use serde_json::json;

use crate::build::{self, Row, rows};
use crate::tools;

/// Builds, measures, prints, writes.
pub(crate) fn run() -> Result<()> {
    build::run()?;
    let bytes = rows();
    print!("{}", markdown(&bytes));
    let measures: Vec<_> = bytes
        .iter()
        .map(|row| json!({"name": row.name, "brotli_bytes": row.bytes, "at_most": row.budget}))
        .collect();
    let report = json!({"first_load": measures});
    fs::write(tools::target().join("bench.json"), format!("{report:#}\n"))?;
    Ok(())
}

/// Bytes of the first load of the home page, per kind.
fn markdown(rows: &[Row]) -> String {
    let mut table =
        String::from("| first load of the home page | brotli bytes | at most |\n|---|---:|---:|\n");
    for row in rows {
        let budget = row
            .budget
            .map(|budget| budget.to_string())
            .unwrap_or_default();
        table.push_str(&format!("| {} | {} | {budget} |\n", row.name, row.bytes));
    }
    table
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_has_a_line_per_kind() {
        let rows = [Row {
            name: "styles",
            bytes: 15_000,
            budget: Some(40_000),
        }];
        assert!(markdown(&rows).ends_with("| styles | 15000 | 40000 |\n"));
    }
}
