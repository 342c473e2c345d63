// SPDX-License-Identifier: EUPL-1.2
//! What this instance has counted in the present minute: what it knows of the store, and what the store does not know
//! yet. It belongs to the instance and to no request; whatever is lost with the instance is at most one batch.

use std::cell::RefCell;
use std::collections::HashMap;

/// A client's fingerprint for one class of requests.
pub(super) type Key = [u8; 16];

/// What follows from counting one more request.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Tally {
    /// There were none left; it is not counted.
    Over,
    /// Counted here; the store hears of it later. How many are used with this one.
    Counted(u32),
    /// Counted here, and the store has to hear of it before the answer. How many are used as far as is known here.
    WriteFirst(u32),
}

/// Counts on their way to the store.
pub(super) struct Flight {
    pub(super) window: i64,
    pub(super) counts: Vec<(Key, u32)>,
}

#[derive(Debug, Default)]
struct Client {
    /// The store's sum, as last seen.
    stored: u32,
    /// Counted here and being written.
    flying: u32,
    /// Counted here and not written.
    waiting: u32,
    /// When the store was last asked, in milliseconds.
    looked: i64,
}

impl Client {
    fn used(&self) -> u32 {
        self.stored
            .saturating_add(self.flying)
            .saturating_add(self.waiting)
    }
}

#[derive(Debug, Default)]
struct Ledger {
    window: i64,
    /// When counts were last sent to the store, in milliseconds.
    departed: i64,
    waiting: u32,
    /// Whether this instance was the first to write for a client in this minute.
    opened: bool,
    clients: HashMap<Key, Client>,
}

impl Ledger {
    /// The ledger of this minute: what was counted in an earlier one is of no use any more.
    fn at(&mut self, window: i64) -> &mut Self {
        if window > self.window {
            self.window = window;
            self.waiting = 0;
            self.clients.clear();
        }
        self
    }
}

thread_local! {
    static LEDGER: RefCell<Ledger> = RefCell::default();
}

/// How many requests are used as far as is known here.
pub(super) fn known(window: i64, key: Key) -> u32 {
    LEDGER.with_borrow_mut(|ledger| ledger.at(window).clients.get(&key).map_or(0, Client::used))
}

/// Whether the store was asked for this client after that instant, in milliseconds.
pub(super) fn looked_since(window: i64, key: Key, instant: i64) -> bool {
    LEDGER.with_borrow_mut(|ledger| {
        let client = ledger.at(window).clients.get(&key);
        client.is_some_and(|client| client.looked > instant)
    })
}

/// The store was asked for this client at this instant, in milliseconds.
pub(super) fn look(window: i64, key: Key, instant: i64) {
    LEDGER.with_borrow_mut(|ledger| {
        let client = ledger.at(window).clients.entry(key).or_default();
        client.looked = client.looked.max(instant);
    });
}

/// Counts one request of a client whose sum in the store is `stored`.
pub(super) fn add(window: i64, key: Key, stored: u32, limit: u32, share: u32) -> Tally {
    LEDGER.with_borrow_mut(|ledger| {
        let ledger = ledger.at(window);
        let client = ledger.clients.entry(key).or_default();
        client.stored = client.stored.max(stored);
        if client.used() >= limit {
            return Tally::Over;
        }
        client.waiting += 1;
        ledger.waiting += 1;
        let used = client.used();
        let mine = client.flying + client.waiting;
        if share == 0 || mine > (limit - used) / share {
            Tally::WriteFirst(used)
        } else {
            Tally::Counted(used)
        }
    })
}

/// Whether it is time to write.
pub(super) fn due(now: i64, pause: i64, batch: u32) -> bool {
    LEDGER.with_borrow(|ledger| {
        let waits = ledger.waiting > 0;
        ledger.opened || waits && (ledger.waiting >= batch || now - ledger.departed >= pause)
    })
}

/// Takes everything that waits.
pub(super) fn depart(now: i64) -> Flight {
    LEDGER.with_borrow_mut(|ledger| {
        ledger.departed = now;
        ledger.waiting = 0;
        let waiting = ledger
            .clients
            .iter_mut()
            .filter(|(_, client)| client.waiting > 0);
        let counts = waiting.map(|(key, client)| {
            let count = std::mem::take(&mut client.waiting);
            client.flying += count;
            (*key, count)
        });
        Flight {
            counts: counts.collect(),
            window: ledger.window,
        }
    })
}

/// The counts are in the store, whose sums are these.
pub(super) fn arrive(flight: &Flight, sums: &[(Key, u32)]) {
    land(flight, |ledger, key, count| {
        let sum = sums
            .iter()
            .find(|(of, _)| of == key)
            .map_or(0, |(_, sum)| *sum);
        ledger.opened |= sum == count;
        if let Some(client) = ledger.clients.get_mut(key) {
            client.stored = client.stored.max(sum);
        }
    });
}

/// The counts could not be written: they wait again.
pub(super) fn turn_back(flight: &Flight) {
    land(flight, |ledger, key, count| {
        ledger.waiting += count;
        if let Some(client) = ledger.clients.get_mut(key) {
            client.waiting += count;
        }
    });
}

fn land(flight: &Flight, each: impl Fn(&mut Ledger, &Key, u32)) {
    LEDGER.with_borrow_mut(|ledger| {
        if ledger.window != flight.window {
            return;
        }
        for (key, count) in &flight.counts {
            if let Some(client) = ledger.clients.get_mut(key) {
                client.flying -= count;
            }
            each(ledger, key, *count);
        }
    });
}

/// Whether past minutes are this instance's to sweep: asked once, it says no until it opens another minute.
pub(super) fn sweeps() -> bool {
    LEDGER.with_borrow_mut(|ledger| std::mem::take(&mut ledger.opened))
}
