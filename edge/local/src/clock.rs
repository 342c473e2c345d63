// SPDX-License-Identifier: EUPL-1.2
//! The clock that components and the box see: the machine's own, which a trial may set ahead.
//!
//! Nobody waits two days for a reminder in a test. `POST /orologio/prova` of the box moves this clock for the whole
//! process, components and identity providers alike; a runner that is not for trials has no such address.

use std::sync::atomic::{AtomicI64, Ordering};
use std::time::{Duration, SystemTime, UNIX_EPOCH};
use wasmtime_wasi::clocks::HostWallClock;

/// The farthest that a trial may go, in seconds: four years.
pub(crate) const FARTHEST: i64 = 4 * 366 * 86_400;

/// Seconds by which the clock is ahead; one process has one clock.
static AHEAD: AtomicI64 = AtomicI64::new(0);

/// Sets the clock this many seconds ahead of the machine's, or behind it.
pub(crate) fn set_ahead(seconds: i64) {
    AHEAD.store(seconds.clamp(-FARTHEST, FARTHEST), Ordering::SeqCst);
}

/// Time since 1970.
#[expect(
    clippy::disallowed_methods,
    reason = "the runner is the machine on which components find their clock"
)]
pub(crate) fn now() -> Duration {
    let machine = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .unwrap_or_default();
    let ahead = AHEAD.load(Ordering::SeqCst);
    let shift = Duration::from_secs(ahead.unsigned_abs());
    if ahead < 0 {
        machine.saturating_sub(shift)
    } else {
        machine + shift
    }
}

/// The wall clock of every component.
pub(crate) struct Clock;

impl HostWallClock for Clock {
    fn resolution(&self) -> Duration {
        Duration::from_nanos(1)
    }

    fn now(&self) -> Duration {
        now()
    }
}
