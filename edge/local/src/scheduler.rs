// SPDX-License-Identifier: EUPL-1.2
//! Wakes the application once a minute, as a cron job would: reminders, holds and offers that have run out, notices
//! that the inbox did not take. Any other scheduler may call the same address; calling it twice does nothing twice.
//!
//! The header `x-lavori` is the HMAC-SHA256 of the text `lavori` under the installation's secret, in hexadecimal:
//! `printf lavori | openssl dgst -sha256 -hmac "$SEGRETO"`.

use hmac::{Hmac, KeyInit, Mac};
use hyper_util::client::legacy::Client;
use hyper_util::rt::TokioExecutor;
use sha2::Sha256;
use std::time::Duration;
use tokio::time::{Instant, MissedTickBehavior};

/// The address of the job.
const JOB: &str = "/api/lavori/promemoria";
/// How often it is called.
const EVERY: Duration = Duration::from_secs(60);
/// How long after the start it is called for the first time.
const FIRST: Duration = Duration::from_secs(15);

/// Calls the job of the application at `origin` until the process ends.
pub(crate) async fn run(origin: String, secret: String) {
    let Some(token) = token(&secret) else {
        return;
    };
    let client = Client::builder(TokioExecutor::new()).build_http();
    let mut turn = tokio::time::interval_at(Instant::now() + FIRST, EVERY);
    turn.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        turn.tick().await;
        let request = http::Request::post(format!("{origin}{JOB}"))
            .header("x-lavori", &token)
            .body(http_body_util::Empty::<bytes::Bytes>::new());
        let Ok(request) = request else {
            return;
        };
        match client.request(request).await {
            Ok(answer) if answer.status().is_success() => {}
            Ok(answer) => eprintln!("{JOB} answered {}", answer.status()),
            Err(error) => eprintln!("{JOB} was not reached: {error}"),
        }
    }
}

fn token(secret: &str) -> Option<String> {
    let mut mac = Hmac::<Sha256>::new_from_slice(secret.as_bytes()).ok()?;
    mac.update(b"lavori");
    let bytes = mac.finalize().into_bytes();
    Some(bytes.iter().map(|byte| format!("{byte:02x}")).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_token_is_what_openssl_computes() {
        assert_eq!(
            token("un segreto").unwrap_or_default(),
            "4be034db853ed04d20ede589214a81b7821103642702dacde96d7985408f2622"
        );
    }
}
