// SPDX-License-Identifier: EUPL-1.2
//! What the queries ask of a request is what the store has its indexes for.

use super::*;

#[test]
fn the_partial_indexes_know_the_same_states_as_the_table_of_transitions() {
    let asked = standing();
    for (file, text) in [
        (
            "0001",
            include_str!("../../../migrations/0001_pratiche.sql"),
        ),
        (
            "0010",
            include_str!("../../../migrations/0010_consegne.sql"),
        ),
    ] {
        assert!(text.contains(&format!("AND {asked};")), "{file}: {asked}");
    }
}
