// SPDX-License-Identifier: EUPL-1.2
//! What is due when, for many connections that share the work.

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// An instant in microseconds from the beginning, and who.
type Due = (u64, usize);

/// What is due next, the earliest first.
pub(super) struct Diary {
    pages: Mutex<Pages>,
    changed: Condvar,
    begin: Instant,
}

struct Pages {
    due: BinaryHeap<Reverse<Due>>,
    /// People who are not done.
    open: usize,
}

impl Diary {
    /// It begins now.
    pub(super) fn new(due: impl Iterator<Item = Due>) -> Self {
        let due: BinaryHeap<_> = due.map(Reverse).collect();
        Self {
            pages: Mutex::new(Pages {
                open: due.len(),
                due,
            }),
            changed: Condvar::new(),
            begin: Instant::now(),
        }
    }

    /// Microseconds since the beginning.
    pub(super) fn now(&self) -> u64 {
        u64::try_from(self.begin.elapsed().as_micros()).unwrap_or(u64::MAX)
    }

    /// Waits until something is due. `None` when nothing is left to be done.
    pub(super) fn next(&self) -> Option<Due> {
        /// Somebody who is being served may go on: whoever waits looks again.
        const AGAIN: Duration = Duration::from_millis(50);
        let mut pages = self.lock();
        loop {
            let now = self.now();
            let wait = match pages.due.peek() {
                None if pages.open == 0 => return None,
                None => AGAIN,
                Some(Reverse((due, _))) if *due <= now => {
                    return pages.due.pop().map(|Reverse(next)| next);
                }
                Some(Reverse((due, _))) => Duration::from_micros(due - now).min(AGAIN),
            };
            let woken = self.changed.wait_timeout(pages, wait);
            pages = woken.unwrap_or_else(PoisonError::into_inner).0;
        }
    }

    /// Somebody goes on at an instant, or is done.
    pub(super) fn go_on(&self, who: usize, at: Option<u64>) {
        let mut pages = self.lock();
        match at {
            Some(at) => pages.due.push(Reverse((at, who))),
            None => pages.open = pages.open.saturating_sub(1),
        }
        self.changed.notify_one();
    }

    /// Nothing more is going to be done.
    pub(super) fn close(&self) {
        let mut pages = self.lock();
        pages.due.clear();
        pages.open = 0;
        self.changed.notify_all();
    }

    fn lock(&self) -> MutexGuard<'_, Pages> {
        self.pages.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_earliest_comes_first_and_the_end_when_everybody_is_done() {
        let diary = Diary::new([(30, 7), (10, 8)].into_iter());
        assert_eq!(diary.next(), Some((10, 8)));
        diary.go_on(8, Some(20));
        assert_eq!(diary.next(), Some((20, 8)));
        diary.go_on(8, None);
        assert_eq!(diary.next(), Some((30, 7)));
        diary.go_on(7, None);
        assert_eq!(diary.next(), None);
    }
}
