// SPDX-License-Identifier: EUPL-1.2
//! The load: sixteen connections that ask as fast as they are answered.
//!
//! Rows take turns in short slices, round after round, and each slice is compared with one of the empty component that
//! was measured right before it. Whatever else the machine is doing then weighs on both.

use std::sync::{Barrier, OnceLock};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail, ensure};

use super::wire::{Answer, Connection};

/// Connections that ask at the same time.
pub(crate) const CONNECTIONS: usize = 16;
/// How often every row has its turn.
const ROUNDS: usize = 5;
/// How long a turn is, and how long that of the empty component before it.
const SLICE: Duration = Duration::from_millis(800);
const BESIDE: Duration = Duration::from_millis(400);
/// Requests of each connection before the first one that counts.
const WARM_UP: usize = 10;
/// Rounds of a turn whose requests can be sent once only.
const BATCHES: usize = 40;

/// One endpoint.
pub(crate) struct Row {
    pub(crate) name: &'static str,
    /// The most that its median may be, as so many times the empty component's.
    pub(crate) at_most: Option<f64>,
    /// The status that every answer must have.
    pub(crate) status: u16,
    pub(crate) work: Work,
}

/// What the connections send.
pub(crate) enum Work {
    /// Each connection its own request, again and again; with fewer requests than connections some share one.
    Again(Vec<Vec<u8>>),
    /// Every request once, shared out among the connections. Then what they did is undone, which is not timed.
    Once {
        /// The requests of one batch, by its number.
        batch: Box<Batch>,
        /// What undoes a request, from its place in the batch and its answer.
        undo: Box<Undo>,
    },
}

/// What came of a row.
pub(crate) struct Figures {
    pub(crate) name: &'static str,
    /// Milliseconds.
    pub(crate) p50: f64,
    pub(crate) p99: f64,
    pub(crate) per_second: f64,
    /// The median as so many times that of the empty component.
    pub(crate) times: f64,
    /// The empty component's requests per second as so many times the row's.
    pub(crate) times_per_second: f64,
    pub(crate) at_most: Option<f64>,
    /// Milliseconds for which the runner has kept a processor busy, for each request; and as so many times those of the
    /// empty component. It says what a request costs also while the machine has other things to do.
    pub(crate) busy: f64,
    pub(crate) times_busy: f64,
}

/// Seconds for which the runner has kept processors busy so far.
pub(crate) type Clock<'a> = &'a (dyn Fn() -> f64 + Sync);

/// The times of one turn, sorted, in microseconds.
#[derive(Default)]
struct Slice {
    micros: Vec<u32>,
    seconds: f64,
    /// Seconds of processors, and the requests that they were for.
    busy: f64,
    worked: usize,
}

impl Slice {
    fn quantile(&self, part: f64) -> f64 {
        quantile(&self.micros, part)
    }

    fn per_second(&self) -> f64 {
        self.micros.len() as f64 / self.seconds
    }

    fn busy_each(&self) -> f64 {
        self.busy / self.worked as f64
    }
}

/// Runs all rows; the first one is the empty component.
pub(crate) fn measure(rows: &[Row], address: &str, clock: Clock<'_>) -> Result<Vec<Figures>> {
    let (empty, rest) = rows.split_first().context("there are no rows")?;
    let mut slices: Vec<Vec<(Slice, Slice)>> = rest.iter().map(|_| Vec::new()).collect();
    let mut batches = 0;
    for round in 0..ROUNDS {
        println!("  load: round {} of {ROUNDS} …", round + 1);
        for (row, slices) in rest.iter().zip(&mut slices) {
            let mut slice = |row: &Row, time| {
                let done = match &row.work {
                    Work::Again(requests) => again(row, requests, time, address, clock),
                    Work::Once { batch, undo } => {
                        once(row, (batch, undo), time, address, &mut batches, clock)
                    }
                };
                done.with_context(|| row.name)
            };
            let beside = slice(empty, BESIDE)?;
            slices.push((slice(row, SLICE)?, beside));
        }
    }
    let beside = slices.iter().flatten().map(|(_, beside)| (beside, beside));
    let mut all = vec![figures(empty, &beside.collect::<Vec<_>>())];
    for (row, slices) in rest.iter().zip(&slices) {
        let pairs: Vec<_> = slices.iter().map(|(own, beside)| (own, beside)).collect();
        all.push(figures(row, &pairs));
    }
    Ok(all)
}

/// What comes of the slices of a row, each with that of the empty component from right before it.
fn figures(row: &Row, slices: &[(&Slice, &Slice)]) -> Figures {
    let own = || slices.iter().map(|(own, _)| *own);
    let mut all: Vec<u32> = own().flat_map(|slice| slice.micros.clone()).collect();
    all.sort_unstable();
    let seconds: f64 = own().map(|slice| slice.seconds).sum();
    let ratio = |of: fn(&Slice, &Slice) -> f64| {
        let ratios = slices.iter().map(|(own, empty)| of(own, empty));
        let mut ratios: Vec<f64> = ratios.collect();
        ratios.sort_by(f64::total_cmp);
        ratios.get(ratios.len() / 2).copied().unwrap_or(f64::NAN)
    };
    let busy: f64 = own().map(|slice| slice.busy).sum();
    let worked: usize = own().map(|slice| slice.worked).sum();
    Figures {
        busy: busy / worked as f64 * 1e3,
        times_busy: ratio(|own, empty| own.busy_each() / empty.busy_each()),
        name: row.name,
        p50: quantile(&all, 0.5) / 1e3,
        p99: quantile(&all, 0.99) / 1e3,
        per_second: all.len() as f64 / seconds,
        times: ratio(|own, empty| own.quantile(0.5) / empty.quantile(0.5)),
        times_per_second: ratio(|own, empty| empty.per_second() / own.per_second()),
        at_most: row.at_most,
    }
}

/// The value below which this part of the sorted times lies.
pub(crate) fn quantile(sorted: &[u32], part: f64) -> f64 {
    let last = sorted.len().saturating_sub(1);
    let at = (last as f64 * part).round() as usize;
    sorted.get(at).map_or(f64::NAN, |micros| f64::from(*micros))
}

fn again(
    row: &Row,
    requests: &[Vec<u8>],
    time: Duration,
    address: &str,
    clock: Clock<'_>,
) -> Result<Slice> {
    ensure!(!requests.is_empty(), "there is nothing to send");
    let barrier = Barrier::new(CONNECTIONS);
    let work = |number: usize| -> Result<(Vec<u32>, f64)> {
        let request = &requests[number % requests.len()];
        let mut micros = Vec::with_capacity(1 << 15);
        let opened = Connection::open(address).and_then(|mut connection| {
            for _ in 0..WARM_UP {
                timed(&mut connection, request, row.status)?;
            }
            Ok(connection)
        });
        // Everybody comes here, also who cannot go on: the others would wait for ever.
        barrier.wait();
        let mut connection = opened?;
        let begin = Instant::now();
        while begin.elapsed() < time {
            micros.push(timed(&mut connection, request, row.status)?.0);
        }
        Ok((micros, begin.elapsed().as_secs_f64()))
    };
    let before = clock();
    let mut slice = gather(work)?;
    slice.busy = clock() - before;
    slice.worked = slice.micros.len() + WARM_UP * CONNECTIONS;
    Ok(slice)
}

type Batch = dyn Fn(usize) -> Vec<Vec<u8>> + Sync;
type Undo = dyn Fn(usize, &Answer) -> Vec<u8> + Sync;

fn once(
    row: &Row,
    (batch, undo): (&Batch, &Undo),
    time: Duration,
    address: &str,
    batches: &mut usize,
    clock: Clock<'_>,
) -> Result<Slice> {
    let mut whole = Slice::default();
    let begin = Instant::now();
    for _ in 0..BATCHES {
        if begin.elapsed() > time * 3 {
            break;
        }
        *batches += 1;
        let requests = batch(*batches);
        let barrier = Barrier::new(CONNECTIONS);
        let finished = Barrier::new(CONNECTIONS);
        let before = clock();
        let after = OnceLock::new();
        let work = |number: usize| -> Result<(Vec<u32>, f64)> {
            let opened = Connection::open(address);
            barrier.wait();
            let begin = Instant::now();
            let sent = opened.and_then(|mut connection| {
                let mut micros = Vec::new();
                let mut answers = Vec::new();
                let own = requests.iter().enumerate().skip(number);
                for (place, request) in own.step_by(CONNECTIONS) {
                    let (time, answer) = timed(&mut connection, request, row.status)?;
                    micros.push(time);
                    answers.push((place, answer));
                }
                Ok((connection, micros, answers))
            });
            let seconds = begin.elapsed().as_secs_f64();
            finished.wait();
            after.get_or_init(clock);
            let (mut connection, micros, answers) = sent?;
            for (place, answer) in &answers {
                let undone = connection.ask(&undo(*place, answer))?;
                ensure!(
                    (200..300).contains(&undone.status),
                    "what was sent cannot be undone: {} {}",
                    undone.status,
                    String::from_utf8_lossy(&undone.body)
                );
            }
            Ok((micros, seconds))
        };
        let slice = gather(work)?;
        whole.busy += after.get().map_or(f64::NAN, |after| after - before);
        whole.worked += slice.micros.len();
        whole.micros.extend(slice.micros);
        whole.seconds += slice.seconds;
    }
    whole.micros.sort_unstable();
    Ok(whole)
}

/// One request, how many microseconds its answer took, and the answer, which must have this status.
pub(crate) fn timed(
    connection: &mut Connection,
    request: &[u8],
    status: u16,
) -> Result<(u32, Answer)> {
    let begin = Instant::now();
    let answer = connection.ask(request)?;
    let micros = u32::try_from(begin.elapsed().as_micros()).unwrap_or(u32::MAX);
    if answer.status != status {
        let body = String::from_utf8_lossy(&answer.body);
        bail!("answered {} in place of {status}: {body}", answer.status);
    }
    Ok((micros, answer))
}

/// Lets all connections work and puts their times together; the slowest one says how long it took.
fn gather(work: impl Fn(usize) -> Result<(Vec<u32>, f64)> + Sync) -> Result<Slice> {
    let done: Vec<Result<(Vec<u32>, f64)>> = std::thread::scope(|scope| {
        let work = &work;
        let threads: Vec<_> = (0..CONNECTIONS)
            .map(|number| scope.spawn(move || work(number)))
            .collect();
        let joined = threads.into_iter().map(|thread| thread.join());
        joined
            .map(|done| done.unwrap_or_else(|_| bail!("a connection has panicked")))
            .collect()
    });
    let mut slice = Slice::default();
    for done in done {
        let (micros, seconds) = done?;
        slice.micros.extend(micros);
        slice.seconds = slice.seconds.max(seconds);
    }
    slice.micros.sort_unstable();
    Ok(slice)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_is_compared_with_the_empty_component_beside_it() {
        let slice = |micros: u32, seconds| Slice {
            micros: vec![micros; 10],
            seconds,
            busy: seconds * 1.5,
            worked: 10,
        };
        let row = Row {
            name: "x",
            at_most: Some(3.0),
            status: 200,
            work: Work::Again(Vec::new()),
        };
        // The machine was twice as slow the second time, for both.
        let own = [slice(2_000, 1.0), slice(4_000, 2.0), slice(2_000, 1.0)];
        let empty = [slice(1_000, 0.5), slice(2_000, 1.0), slice(1_000, 0.5)];
        let figures = figures(&row, &own.iter().zip(&empty).collect::<Vec<_>>());
        assert_eq!((figures.times, figures.times_per_second), (2.0, 2.0));
        assert_eq!((figures.p50, figures.p99), (2.0, 4.0));
        assert_eq!(figures.per_second, 7.5);
        assert_eq!((figures.busy, figures.times_busy), (200.0, 2.0));
    }
}
