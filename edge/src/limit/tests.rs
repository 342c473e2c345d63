// SPDX-License-Identifier: EUPL-1.2
//! What is counted, by whom, and what other instances see of it. A thread stands for an instance: each has a ledger of
//! its own, and all of them one database.

use std::pin::pin;
use std::rc::Rc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::task::{Context, Poll, Waker};

use jiff::Timestamp;

use super::*;
use crate::db::migrate;
use crate::http::FetchError;
use crate::native::asked;

/// The beginning of a minute.
const START: i64 = 1_795_510_800;

/// A database in memory that several connections share, and limits for all classes.
struct Place {
    uri: String,
    limits: Limits,
    proxy: &'static str,
    // Keeps the database alive.
    db: Db,
}

impl Place {
    fn new(reads: u32, writes: u32, sign_ins: u32) -> Self {
        static NUMBER: AtomicU32 = AtomicU32::new(0);
        let number = NUMBER.fetch_add(1, Ordering::Relaxed);
        let uri = format!("file:limits-{number}?mode=memory&cache=shared");
        let db = Db(Rc::new(rusqlite::Connection::open(&uri).unwrap()));
        wait(migrate(&db)).unwrap();
        let limits = Limits {
            reads,
            writes,
            sign_ins,
        };
        Self {
            uri,
            limits,
            proxy: "",
            db,
        }
    }

    /// Another instance: the same database, a ledger that knows nothing.
    fn instance<T: Send>(&self, act: impl FnOnce(&Self) -> T + Send) -> T {
        let (uri, limits, proxy) = (self.uri.clone(), self.limits, self.proxy);
        std::thread::scope(|scope| {
            let other = scope.spawn(move || {
                let db = Db(Rc::new(rusqlite::Connection::open(&uri).unwrap()));
                act(&Self {
                    uri,
                    limits,
                    proxy,
                    db,
                })
            });
            other.join().unwrap()
        })
    }

    fn ctx(&self, second: i64) -> Ctx {
        Ctx {
            now: Timestamp::from_second(START + second).unwrap(),
            config: Config {
                segreto: "a secret of at least thirty-two characters".into(),
                limits: self.limits,
                intestazione_cliente: self.proxy.into(),
                ..Config::default()
            }
            .into(),
            db: self.db.clone(),
            session: None,
            language: crate::texts::Language::Italian,
            owing: Default::default(),
            net: Rc::new(|_| Err(FetchError)),
        }
    }

    /// What is left after one more request, or the seconds to wait.
    fn take(&self, second: i64, from: &str, class: Class) -> Result<u32, u32> {
        self.send(second, &[("spin-client-addr", from)], class)
    }

    fn send(
        &self,
        second: i64,
        headers: &[(&'static str, &str)],
        class: Class,
    ) -> Result<u32, u32> {
        let (allowance, verdict) = wait(take(&self.ctx(second), &request(headers), class));
        match verdict {
            Ok(()) => Ok(allowance.remaining),
            Err(Error::TooMany(seconds)) => {
                assert_eq!((allowance.remaining, allowance.reset), (0, seconds));
                Err(seconds)
            }
            Err(other) => panic!("{other:?}"),
        }
    }

    /// What the shell does after an answer.
    fn settle(&self, second: i64) {
        wait(settle(
            &self.db,
            Timestamp::from_second(START + second).unwrap(),
        ));
    }

    fn rows(&self) -> Vec<i64> {
        let rows = wait(self.db.query("SELECT conteggio FROM limiti", &[])).unwrap();
        rows.iter().map(|row| row.integer(0).unwrap()).collect()
    }
}

#[test]
fn what_is_left_counts_down_to_a_refusal_that_says_when_to_come_back() {
    let place = Place::new(3, 1, 1);
    let left: Vec<_> = (0..4)
        .map(|_| place.take(20, "192.0.2.1:5000", Class::Reads))
        .collect();
    assert_eq!(left, [Ok(2), Ok(1), Ok(0), Err(40)]);
    assert_eq!(place.take(60, "192.0.2.1:5001", Class::Reads), Ok(2));
}

#[test]
fn reads_changes_and_sign_ins_are_counted_apart() {
    let place = Place::new(2, 1, 1);
    let from = "192.0.2.1:5000";
    assert_eq!(place.take(0, from, Class::Writes), Ok(0));
    assert_eq!(place.take(0, from, Class::Writes), Err(60));
    assert_eq!(place.take(0, from, Class::SignIns), Ok(0));
    assert_eq!(place.take(0, from, Class::SignIns), Err(60));
    assert_eq!(place.take(0, from, Class::Reads), Ok(1));
}

#[test]
fn addresses_are_counted_apart_and_ports_and_ipv6_suffixes_are_not() {
    let place = Place::new(2, 2, 2);
    assert_eq!(place.take(0, "192.0.2.1:5000", Class::Reads), Ok(1));
    assert_eq!(place.take(0, "192.0.2.2:5000", Class::Reads), Ok(1));
    assert_eq!(
        place.take(0, "[::ffff:192.0.2.1]:6000", Class::Reads),
        Ok(0)
    );
    assert_eq!(place.take(0, "[2001:db8:1:2::5]:1", Class::Reads), Ok(1));
    assert_eq!(place.take(0, "[2001:db8:1:2:9::]:2", Class::Reads), Ok(0));
    assert_eq!(place.take(0, "[2001:db8:1:3::5]:3", Class::Reads), Ok(1));
}

#[test]
fn an_address_that_the_client_invents_does_not_count() {
    let mut place = Place::new(2, 2, 2);
    let forged = |forged| {
        [
            ("spin-client-addr", forged),
            ("spin-client-addr", "192.0.2.1:1"),
        ]
    };
    assert_eq!(
        place.send(0, &forged("198.51.100.1:1"), Class::Reads),
        Ok(1)
    );
    assert_eq!(
        place.send(0, &forged("198.51.100.2:1"), Class::Reads),
        Ok(0)
    );
    let through = |list| {
        [
            ("x-forwarded-for", list),
            ("spin-client-addr", "192.0.2.9:1"),
        ]
    };
    // Nobody has said that there is a proxy.
    assert_eq!(place.send(0, &through("198.51.100.3"), Class::Reads), Ok(1));
    assert_eq!(place.send(0, &through("198.51.100.4"), Class::Reads), Ok(0));
    place.proxy = "X-Forwarded-For";
    assert_eq!(
        place.send(0, &through("10.0.0.1, 198.51.100.5"), Class::Reads),
        Ok(1)
    );
    assert_eq!(
        place.send(0, &through("10.0.0.2, 198.51.100.5"), Class::Reads),
        Ok(0)
    );
    assert_eq!(place.send(0, &through("nonsense"), Class::Reads), Err(60));
}

#[test]
fn near_the_limit_instances_count_as_one() {
    let place = Place::new(10, 10, 10);
    let from = "192.0.2.1:5000";
    let mut granted = 0;
    for _ in 0..5 {
        granted += place.instance(|one| {
            let taken = (0..5).filter(|_| one.take(0, from, Class::Writes).is_ok());
            taken.count()
        });
    }
    assert_eq!(granted, 10);
}

#[test]
fn far_from_the_limit_a_batch_is_one_write_and_then_everybody_knows() {
    let place = Place::new(6000, 10, 10);
    let from = "192.0.2.1:5000";
    for n in 1..=20 {
        assert_eq!(place.take(0, from, Class::Reads), Ok(6000 - n));
    }
    assert!(place.rows().is_empty());
    place.settle(0);
    assert_eq!(place.rows(), [20]);
    assert_eq!(
        place.instance(|one| one.take(0, from, Class::Reads)),
        Ok(5979)
    );
    assert_eq!(place.take(0, from, Class::Reads), Ok(5979));
}

#[test]
fn a_client_is_looked_up_once_within_the_pause_and_again_after_it() {
    let place = Place::new(6000, 10, 10);
    let statements = |second| {
        let before = asked();
        place.take(second, "192.0.2.1:5000", Class::Reads).unwrap();
        asked() - before
    };
    assert_eq!(
        [0, 0, 1, 1].map(statements),
        [1, 0, 1, 0],
        "at two seconds, twice at each"
    );
}

#[test]
fn many_instances_together_get_little_more_than_the_limit() {
    let place = Place::new(600, 10, 10);
    let from = "192.0.2.1:5000";
    let mut granted = 0;
    // Each instance is gone before it has written its last batch.
    for _ in 0..100 {
        granted += place.instance(|one| {
            let mut taken = 0;
            for n in 0..40 {
                taken += u32::from(one.take(0, from, Class::Reads).is_ok());
                if n % 32 == 31 {
                    one.settle(0);
                }
            }
            taken
        });
    }
    assert!((600..=800).contains(&granted), "{granted}");
}

#[test]
fn the_first_of_a_minute_sweeps_the_past_away() {
    let place = Place::new(6000, 10, 10);
    for minute in 0..3 {
        place
            .take(60 * minute, "192.0.2.1:5000", Class::Reads)
            .unwrap();
        assert!(due(place.ctx(60 * minute).now));
        place.settle(60 * minute);
        assert_eq!(place.rows(), [1]);
    }
}

#[test]
fn a_store_that_cannot_be_written_locks_nobody_out_and_loses_no_count() {
    let place = Place::new(6000, 2, 10);
    let from = "192.0.2.1:5000";
    wait(place.db.execute("ALTER TABLE limiti RENAME TO gone", &[])).unwrap();
    assert_eq!(place.take(0, from, Class::Writes), Ok(1));
    assert_eq!(place.take(0, from, Class::Reads), Ok(5999));
    place.settle(0);
    wait(place.db.execute("ALTER TABLE gone RENAME TO limiti", &[])).unwrap();
    assert_eq!(place.take(0, from, Class::Writes), Ok(0));
    assert_eq!(place.rows().iter().sum::<i64>(), 3);
    assert_eq!(place.take(0, from, Class::Writes), Err(60));
}

#[test]
fn a_limit_that_is_no_number_leaves_the_strict_one() {
    let limits = Limits::read("many", "0", " 7 ");
    assert_eq!(
        (limits.reads, limits.writes, limits.sign_ins),
        (600, 120, 7)
    );
}

fn request(headers: &[(&'static str, &str)]) -> Request {
    Request::made("GET", "/api/prova", headers)
}

/// Nothing here waits for anything outside.
fn wait<T>(future: impl Future<Output = T>) -> T {
    match pin!(future).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(value) => value,
        Poll::Pending => panic!("a native future never waits"),
    }
}
