// SPDX-License-Identifier: EUPL-1.2
//! What the neighbours have to hear of: messages for the inbox, DIDs for the national node. It is written with the
//! change that it tells of, in one transaction, and goes out once the answer is on its way, so that nobody waits for a
//! neighbour that is slow. What a neighbour does not take stays where it is: the next change and the scheduled job try
//! again, and for what is refused ever more seldom.
//!
//! Of all instances one has the turn, sends a little and then all rest for [`PAUSE`]: a crowd at the counter is served
//! first, however many instances it takes, and the neighbours are not flooded.

use crate::ctx::Ctx;
use crate::error::Error;
use crate::services::{EFFECTS, notices};

/// Milliseconds between two turns.
pub(crate) const PAUSE: u32 = 1_000;
/// Notices, and requests of each service, that go out in one turn.
const BATCH: u32 = 16;
/// Notices that the scheduled job delivers at most.
const MOST: u32 = 2000;

/// After how many turns something is sent for sure, or the one who has the turn knows that more waits: of the others' the
/// first may have begun before it was written.
pub(crate) const TURNS: u32 = 2;

/// What came of asking for the turn.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Turn {
    /// It was ours: a little was sent, and more may wait.
    Ours { more: bool },
    /// Somebody else has it.
    Others,
}

/// Sends a little of what waits, if nobody else is at it.
pub(crate) async fn turn(ctx: &Ctx) -> Turn {
    let now = ctx.now.as_millisecond();
    // A turn further away than that was written by a clock that was wrong.
    let sql = "UPDATE turni SET prossimo = ?1 WHERE cosa = 'uscita' AND (prossimo <= ?2 OR prossimo > ?1)";
    let next = now + i64::from(PAUSE);
    match ctx.db.execute(sql, &[next.into(), now.into()]).await {
        Ok(0) => Turn::Others,
        Ok(_) => Turn::Ours {
            more: round(ctx).await,
        },
        Err(error) => {
            eprintln!("neighbours: nobody can be told: {error:?}");
            Turn::Others
        }
    }
}

/// Sends a little of what waits, and says whether there may be more. A failure is logged without personal data.
async fn round(ctx: &Ctx) -> bool {
    let mut more = tell_all(ctx, BATCH).await == BATCH;
    match notices::deliver(ctx, BATCH).await {
        Ok(delivery) => more |= delivery.more,
        Err(error) => {
            eprintln!("notices: delivery stopped: {error:?}");
            more = false;
        }
    }
    more
}

/// Sends what waits, as far as the neighbours take it; gives the number of notices delivered.
pub(crate) async fn empty(ctx: &Ctx) -> Result<u32, Error> {
    tell_all(ctx, MOST).await;
    let mut all = 0;
    loop {
        let some = notices::deliver(ctx, BATCH).await?;
        all += some.delivered;
        if !some.more || all >= MOST {
            return Ok(all);
        }
    }
}

/// Whether a neighbour refuses this very message, and not whatever comes just now (RFC 9110, 15.5).
pub(crate) const fn refuses(status: u16) -> bool {
    matches!(status, 400..=499) && !matches!(status, 401 | 403 | 408 | 429)
}

/// Seconds until something is sent again that a neighbour has refused, after `earlier` refusals: a minute, then twice as
/// long each time, up to six hours.
pub(crate) fn patience(earlier: i64) -> i64 {
    (60 << earlier.clamp(0, 9)).min(6 * 3600)
}

/// Lets each service tell others of up to `most` requests; gives the largest number told of by one.
async fn tell_all(ctx: &Ctx, most: u32) -> u32 {
    let mut told = 0;
    for effects in EFFECTS {
        match effects.tell(ctx, most).await {
            Ok(some) => told = told.max(some),
            Err(error) => eprintln!(
                "{}: a neighbour has not been told: {error:?}",
                effects.service().slug
            ),
        }
    }
    told
}

#[cfg(test)]
mod tests {
    use std::cell::{Cell, RefCell};
    use std::rc::Rc;

    use super::*;
    use crate::db::{Db, Value};
    use crate::http::{FetchError, Incoming, Outgoing};
    use crate::identity::wait;
    use crate::services::tests::{START, ctx, store};

    const ADA: &str = "FOXDAA00B69A944O";

    /// Two notices and a DID that nobody has heard of.
    fn waiting() -> Db {
        let db = store();
        for id in ["a", "b"] {
            let sql = "INSERT INTO avvisi (id, codice_fiscale, quando, oggetto, testo, consegna) \
                       VALUES (?1, ?2, ?3, 'oggetto', 'testo', 'in_coda')";
            wait(db.execute(sql, &[id.into(), ADA.into(), START.into()])).unwrap();
        }
        let sql = "INSERT INTO pratiche (id, servizio, versione, protocollo, codice_fiscale, identita, fornitore, stato, \
                   risposte, impronta, presentata, termine, responsabile, ufficio) \
                   VALUES ('p', 'did', 1, '0000001/2026', ?1, '{}', 'spid', 'protocollata', '{}', '', ?2, '2026-12-24', '', '')";
        wait(db.execute(sql, &[ADA.into(), START.into()])).unwrap();
        db
    }

    fn told_by(db: &Db, net: impl Fn(Outgoing) -> Result<Incoming, FetchError> + 'static) -> Ctx {
        let mut ctx = ctx(db, ADA, START);
        ctx.net = Rc::new(net);
        ctx
    }

    fn answer(status: u16, body: &str) -> Result<Incoming, FetchError> {
        Ok(Incoming {
            status,
            body: body.into(),
        })
    }

    fn texts(db: &Db, sql: &str) -> Vec<Value> {
        let rows = wait(db.query(sql, &[])).unwrap();
        rows.into_iter().flat_map(|row| row.0).collect()
    }

    const STATES: &str = "SELECT consegna FROM avvisi ORDER BY id";
    const IDENTIFIER: &str = "SELECT identificativo_did FROM pratiche";

    #[test]
    fn what_a_neighbour_does_not_take_waits_and_goes_out_once_it_answers() {
        let db = waiting();
        let silent = told_by(&db, |_| Err(FetchError));
        assert!(!wait(round(&silent)));
        assert_eq!(texts(&db, STATES), ["in_coda".into(), "in_coda".into()]);
        assert_eq!(texts(&db, IDENTIFIER), [Value::Null]);

        let asked = Rc::new(RefCell::new(Vec::new()));
        let heard = asked.clone();
        let there = told_by(&db, move |outgoing| {
            heard.borrow_mut().push(outgoing.url.clone());
            if outgoing.url.ends_with("/did") {
                answer(201, r#"{"identificativo_did":"DID-1"}"#)
            } else {
                answer(201, "{}")
            }
        });
        assert!(!wait(round(&there)));
        let delivered = "consegnato";
        assert_eq!(texts(&db, STATES), [delivered.into(), delivered.into()]);
        assert_eq!(texts(&db, IDENTIFIER), ["DID-1".into()]);
        assert_eq!(asked.borrow().len(), 3);
        // Nothing goes out twice.
        assert_eq!(wait(empty(&there)).unwrap(), 0);
        assert_eq!(asked.borrow().len(), 3);
    }

    #[test]
    fn one_instance_at_a_time_has_the_turn() {
        let db = waiting();
        let at = |millis: i64| {
            let mut ctx = told_by(&db, |_| answer(422, "{}"));
            ctx.now = jiff::Timestamp::from_millisecond(START * 1_000 + millis).unwrap();
            wait(turn(&ctx))
        };
        let ours = Turn::Ours { more: false };
        assert_eq!(at(0), ours);
        let pause = i64::from(PAUSE);
        assert_eq!(at(1), Turn::Others);
        assert_eq!(at(pause - 1), Turn::Others);
        assert_eq!(at(pause), ours);
        assert_eq!(at(pause + 1), Turn::Others);
        // A clock that was wrong keeps nobody out.
        assert_eq!(at(100 * pause), ours);
        assert_eq!(at(3 * pause), ours);
    }

    #[test]
    fn what_a_neighbour_refuses_holds_nothing_else_up() {
        let db = waiting();
        let sql = "INSERT INTO pratiche (id, servizio, versione, protocollo, codice_fiscale, identita, fornitore, stato, risposte, \
                   impronta, presentata, termine, contatto_entro, osservazioni_entro, responsabile, ufficio, \
                   identificativo_did) SELECT 'q', servizio, versione, '0000002/2026', 'VRDLCU80A01A944V', identita, \
                   fornitore, stato, risposte, impronta, presentata + 1, termine, contatto_entro, osservazioni_entro, \
                   responsabile, ufficio, identificativo_did FROM pratiche";
        wait(db.execute(sql, &[])).unwrap();
        let messages = Cell::new(0);
        let picky = told_by(&db, move |outgoing| {
            if outgoing.url.ends_with("/did") {
                let body = String::from_utf8(outgoing.body).unwrap();
                if body.contains("0000002") {
                    return answer(422, "{}");
                }
                return answer(201, r#"{"identificativo_did":"DID-1"}"#);
            }
            messages.set(messages.get() + 1);
            answer(if messages.get() == 1 { 400 } else { 201 }, "{}")
        });
        assert!(!wait(round(&picky)));
        let ids = "SELECT identificativo_did FROM pratiche ORDER BY id";
        assert_eq!(texts(&db, ids), ["DID-1".into(), Value::Null]);
        assert_eq!(texts(&db, STATES), ["in_coda".into(), "consegnato".into()]);
    }

    #[test]
    fn what_a_neighbour_refuses_is_sent_again_ever_more_seldom() {
        let db = waiting();
        let asked = Rc::new(Cell::new(0));
        let at = |seconds: i64| {
            let heard = asked.clone();
            let mut ctx = told_by(&db, move |_| {
                heard.set(heard.get() + 1);
                answer(422, r#"{"detail":"No such person."}"#)
            });
            ctx.now = jiff::Timestamp::from_second(START + seconds).unwrap();
            let before = asked.get();
            wait(round(&ctx));
            asked.get() - before
        };
        // Two notices and a DID: at once, after one minute, then after two more.
        let sent: Vec<_> = [0, 1, 59, 60, 61, 120, 179, 180, 181]
            .map(|seconds| (seconds, at(seconds)))
            .into_iter()
            .filter(|(_, sent)| *sent > 0)
            .collect();
        assert_eq!(sent, [(0, 3), (60, 3), (180, 3)]);
        assert_eq!(
            [0, 1, 2, 8, 9, 60].map(patience),
            [60, 120, 240, 15_360, 21_600, 21_600]
        );
        let kept =
            "SELECT nodo_codice, nodo_motivo, nodo_dal, nodo_tentativi, nodo_riprova FROM pratiche";
        let wanted: [Value; 5] = [
            422.into(),
            "No such person.".into(),
            START.into(),
            3.into(),
            (START + 180 + 240).into(),
        ];
        assert_eq!(texts(&db, kept), wanted);

        // Once it is taken, nothing of it is left.
        let mut there = told_by(&db, |_| answer(201, r#"{"identificativo_did":"DID-1"}"#));
        there.now = jiff::Timestamp::from_second(START + 420).unwrap();
        wait(round(&there));
        assert_eq!(texts(&db, IDENTIFIER), ["DID-1".into()]);
        assert_eq!(
            texts(&db, "SELECT nodo_codice FROM pratiche"),
            [Value::Null]
        );
    }

    #[test]
    fn of_two_notices_the_one_that_was_taken_is_not_sent_again() {
        let db = waiting();
        let calls = Cell::new(0);
        let half = told_by(&db, move |outgoing| {
            calls.set(calls.get() + u32::from(outgoing.url.ends_with("/messages")));
            answer(if calls.get() == 1 { 201 } else { 503 }, "{}")
        });
        assert!(!wait(round(&half)));
        assert_eq!(texts(&db, STATES), ["consegnato".into(), "in_coda".into()]);
        // It is anybody's again at once.
        assert_eq!(
            texts(&db, "SELECT presa FROM avvisi WHERE id = 'b'"),
            [Value::Null]
        );
    }
}
