// SPDX-License-Identifier: EUPL-1.2
//! What the neighbours have to hear of: messages for the inbox, DIDs for the national node. It is written with the
//! change that it tells of, in one transaction, and goes out once the answer is on its way, so that nobody waits for a
//! neighbour that is slow. What a neighbour does not take stays where it is: the next change and the scheduled job try
//! again.
//!
//! An instance sends a little at a time and then rests for [`PAUSE`]: a crowd at the counter is served first, and the
//! neighbours are not flooded.

use crate::ctx::Ctx;
use crate::error::Error;
use crate::services::{EFFECTS, notices};

/// Rest between two rounds of an instance, in nanoseconds.
#[cfg_attr(
    not(target_family = "wasm"),
    expect(dead_code, reason = "only an instance rests")
)]
pub(crate) const PAUSE: u64 = 500_000_000;
/// Notices, and requests of each service, that go out in one round.
const BATCH: u32 = 8;
/// Notices that the scheduled job delivers at most.
const MOST: u32 = 2000;

/// Sends a little of what waits, and says whether there may be more. A failure is logged without personal data.
pub(crate) async fn round(ctx: &Ctx) -> bool {
    let mut more = tell_all(ctx, BATCH).await == BATCH;
    match notices::deliver(ctx, BATCH).await {
        Ok(sent) => more |= sent == BATCH,
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
        all += some;
        if some < BATCH || all >= MOST {
            return Ok(all);
        }
    }
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
