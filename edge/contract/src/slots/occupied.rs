// SPDX-License-Identifier: EUPL-1.2
//! Which desks are taken in which cell: one word of 64 bits for each group and cell.

use alloc::{string::String, vec, vec::Vec};
use core::ops::Range;

use super::time::Cell;

/// Taken cells of one office over a range of cells.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Occupied {
    range: Range<Cell>,
    groups: Vec<(String, Vec<u64>)>,
}

impl Occupied {
    /// Nothing is taken in `range`, which is at most a few months; everything outside of it counts as taken.
    #[must_use]
    pub const fn new(range: Range<Cell>) -> Self {
        Self {
            range,
            groups: Vec::new(),
        }
    }

    /// Takes desks of a group: bit n stands for desk n. Cells outside of the range are left out.
    pub fn take_mask(&mut self, gruppo: &str, cell: Cell, mask: u64) {
        let Some(index) = index(&self.range, cell) else {
            return;
        };
        let known = self.groups.iter().position(|(code, _)| code == gruppo);
        let known = known.unwrap_or_else(|| {
            let length = usize::try_from(self.range.end - self.range.start).unwrap_or(0);
            self.groups.push((gruppo.into(), vec![0; length]));
            self.groups.len() - 1
        });
        self.groups[known].1[index] |= mask;
    }

    /// Takes one desk; desks beyond the most places there can be are left out.
    pub fn take(&mut self, gruppo: &str, cell: Cell, sportello: u16) {
        if sportello < super::MOST_PLACES {
            self.take_mask(gruppo, cell, 1 << sportello);
        }
    }

    /// The columns of one group.
    pub(super) fn group(&self, gruppo: &str) -> Columns<'_> {
        Columns {
            range: self.range.clone(),
            cells: self
                .groups
                .iter()
                .find(|(code, _)| code == gruppo)
                .map(|(_, cells)| cells.as_slice()),
        }
    }
}

/// The columns of one group; without cells nothing is taken.
pub(super) struct Columns<'a> {
    range: Range<Cell>,
    cells: Option<&'a [u64]>,
}

impl Columns<'_> {
    /// Desks that are taken in any of these cells.
    pub(super) fn taken(&self, cells: Range<Cell>) -> u64 {
        if cells.start < self.range.start || cells.end > self.range.end {
            return u64::MAX;
        }
        let Some(columns) = self.cells else { return 0 };
        cells
            .filter_map(|cell| index(&self.range, cell))
            .fold(0, |taken, index| taken | columns[index])
    }
}

fn index(range: &Range<Cell>, cell: Cell) -> Option<usize> {
    range
        .contains(&cell)
        .then(|| usize::try_from(cell - range.start).ok())?
}

/// The bits of the first `places` desks.
pub(super) const fn all(places: u16) -> u64 {
    if places >= super::MOST_PLACES {
        u64::MAX
    } else {
        (1 << places) - 1
    }
}
