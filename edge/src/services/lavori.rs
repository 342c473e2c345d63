// SPDX-License-Identifier: EUPL-1.2
//! The scheduled job: reminders of appointments and of CVs that expire, offers and holds that have run out, what still
//! waits for the neighbours, answers that are kept no longer.
//!
//! Any scheduler may call it, as often as it likes and twice at once: what is done is written with the row that says
//! that it is done, in one transaction. The caller shows the header `x-lavori`, the HMAC-SHA256 of the text `lavori`
//! under the installation's secret, in hexadecimal.

use contract::appuntamento::EsitoLavori;
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

use super::appuntamenti::tell::{Notice, tell};
use super::appuntamenti::waiting::offers;
use super::appuntamenti::{hold, store};
use super::{cv, sedi};
use crate::ctx::Ctx;
use crate::db::transaction;
use crate::error::Error;
use crate::http::{Reply, Request};
use crate::idempotency;
use crate::outbox;

/// Reminders written in one transaction: a desk that books meanwhile does not wait long.
const BATCH: usize = 200;

/// `POST /api/lavori/promemoria`.
pub(crate) async fn run(ctx: &Ctx, request: &Request) -> Result<Reply, Error> {
    if !authorised(ctx, &request.header("x-lavori").unwrap_or_default()) {
        return Err(Error::Forbidden);
    }
    let reminders = reminders(ctx).await?;
    let cvs = cv::shelf::remind(ctx).await?;
    let (offers, passed_on) = offers::expire(ctx).await?;
    let (holds, offered) = hold::expire(ctx).await?;
    idempotency::sweep(ctx).await?;
    // The inbox may be out of order: everything else is done, and what waits is tried the next time.
    let delivered = outbox::empty(ctx).await.unwrap_or(0);
    let outcome = EsitoLavori {
        promemoria: reminders,
        cv_in_scadenza: cvs,
        blocchi_scaduti: holds,
        offerte_scadute: offers,
        offerte_nuove: passed_on + offered,
        avvisi_consegnati: delivered,
    };
    Ok(Reply::json(200, &outcome))
}

/// Compared without telling how much of it was right.
fn authorised(ctx: &Ctx, shown: &str) -> bool {
    let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(ctx.config.segreto.as_bytes()) else {
        return false;
    };
    mac.update(b"lavori");
    let bytes: Option<Vec<u8>> = (shown.len() == 64 && shown.is_ascii()).then(|| {
        (0..32)
            .filter_map(|n| u8::from_str_radix(&shown[n * 2..n * 2 + 2], 16).ok())
            .collect()
    });
    !ctx.config.segreto.is_empty() && bytes.is_some_and(|bytes| mac.verify_slice(&bytes).is_ok())
}

/// Reminds everybody whose appointment comes near, once for each step. Whoever booked or moved it after a step's hour
/// has just been told and is not told again by that step.
async fn reminders(ctx: &Ctx) -> Result<u32, Error> {
    let rete = sedi::rete()?;
    let least = i64::from(rete.promemoria_minimo_ore);
    let mut steps: Vec<i64> = rete
        .promemoria_ore
        .iter()
        .map(|hours| i64::from(*hours))
        .collect();
    steps.sort_unstable_by(|a, b| b.cmp(a));
    let mut all = 0;
    for (n, hours) in steps.iter().enumerate() {
        let until = steps.get(n + 1).copied().unwrap_or(least).max(least);
        loop {
            let some = transaction(&ctx.db, async || step(ctx, *hours, until).await).await?;
            all += u32::try_from(some).unwrap_or(0);
            if some < BATCH {
                break;
            }
        }
    }
    Ok(all)
}

/// One step: appointments that begin in `hours` at most and in more than `until`.
async fn step(ctx: &Ctx, hours: i64, until: i64) -> Result<usize, Error> {
    let now = ctx.now.as_second();
    let due = store::all(
        ctx,
        &format!(
            "WHERE a.stato = 'da_erogare' AND a.inizio > ?1 AND a.inizio <= ?2 AND a.cambiato <= a.inizio - ?3 \
             AND NOT EXISTS (SELECT 1 FROM promemoria p WHERE p.appuntamento = a.id AND p.inizio = a.inizio \
             AND p.ore = ?4) LIMIT {BATCH}"
        ),
        &[
            (now + until * 3600).into(),
            (now + hours * 3600).into(),
            (hours * 3600).into(),
            hours.into(),
        ],
    )
    .await?;
    for stored in &due {
        ctx.db
            .execute(
                "INSERT INTO promemoria (appuntamento, inizio, ore, quando) VALUES (?1, ?2, ?3, ?4)",
                &[
                    stored.id.as_str().into(),
                    stored.inizio.into(),
                    hours.into(),
                    now.into(),
                ],
            )
            .await?;
        tell(ctx, stored, Notice::Reminder(hours)).await?;
        store::add_event(ctx, &stored.id, ("sistema", "-"), "promemoria", None).await?;
    }
    Ok(due.len())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ctx::Config;
    use crate::db::Db;

    #[test]
    fn the_token_is_what_openssl_computes() {
        let config = Config {
            segreto: "un segreto".into(),
            ..Config::default()
        };
        let ctx = Ctx {
            now: jiff::Timestamp::UNIX_EPOCH,
            config: config.into(),
            db: Db(std::rc::Rc::new(
                rusqlite::Connection::open_in_memory().unwrap(),
            )),
            session: None,
            language: crate::texts::Language::Italian,
            owing: Default::default(),
            net: std::rc::Rc::new(|_| Err(crate::http::FetchError)),
        };
        let right = "4be034db853ed04d20ede589214a81b7821103642702dacde96d7985408f2622";
        assert!(authorised(&ctx, right));
        for wrong in [
            "",
            "00",
            &right[1..],
            &right.replace(&right[..1], "g"),
            &"0".repeat(64),
        ] {
            assert!(!authorised(&ctx, wrong), "{wrong}");
        }
    }
}
