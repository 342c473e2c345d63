// SPDX-License-Identifier: EUPL-1.2
//! What a handler has to work with: time, randomness, configuration, the database, who asks. Nothing global.

use std::cell::Cell;
use std::sync::Arc;

use jiff::Timestamp;

use crate::db::Db;
use crate::http::{FetchError, Incoming, Outgoing};
use crate::identity::session::Session;
use crate::limit::Limits;
use crate::texts::Language;

/// The installation's variables, see `spin.toml`.
#[derive(Debug, Clone, Default)]
pub(crate) struct Config {
    /// The one secret.
    pub(crate) segreto: String,
    /// Where people reach us, without a slash at the end.
    pub(crate) indirizzo_pubblico: String,
    /// Issuer of SPID.
    pub(crate) spid_issuer: String,
    /// Issuer of CIE.
    pub(crate) cie_issuer: String,
    /// The employment registry.
    pub(crate) registro_url: String,
    /// The message inbox.
    pub(crate) messaggi_url: String,
    /// `prova` or anything else.
    pub(crate) ambiente: String,
    /// Name of the agency.
    pub(crate) agenzia: String,
    /// Name of the Region.
    pub(crate) regione: String,
    /// Where meetings by video take place, without a slash at the end.
    pub(crate) video_url: String,
    /// Requests a minute.
    pub(crate) limits: Limits,
    /// The header in which a proxy in front tells the client's address; empty when there is none.
    pub(crate) intestazione_cliente: String,
}

/// One request's surroundings.
pub(crate) struct Ctx {
    /// The instant at which the request came in.
    pub(crate) now: Timestamp,
    /// Variables.
    pub(crate) config: Arc<Config>,
    /// The request's own connection.
    pub(crate) db: Db,
    /// Who is signed in.
    pub(crate) session: Option<Session>,
    /// The language that the request asks for.
    pub(crate) language: Language,
    /// Whether something waits for the neighbours, see [`crate::outbox`].
    pub(crate) owing: Cell<bool>,
    /// In tests: the world outside.
    #[cfg(not(target_family = "wasm"))]
    pub(crate) net: std::rc::Rc<dyn Fn(Outgoing) -> Result<Incoming, FetchError>>,
}

impl Ctx {
    /// Random bytes.
    pub(crate) fn random<const N: usize>(&self) -> [u8; N] {
        let mut bytes = [0; N];
        getrandom::fill(&mut bytes).expect("the host gives randomness");
        bytes
    }

    /// Thirty-two random bytes as text.
    pub(crate) fn token(&self) -> String {
        crate::identity::jose::encode(&self.random::<32>())
    }

    /// Something was written that the neighbours have to hear of: it goes out once the answer is on its way.
    pub(crate) fn owe(&self) {
        self.owing.set(true);
    }

    /// Asks the world outside.
    pub(crate) async fn fetch(&self, outgoing: Outgoing) -> Result<Incoming, FetchError> {
        #[cfg(target_family = "wasm")]
        return crate::spin::fetch(outgoing).await;
        #[cfg(not(target_family = "wasm"))]
        return (self.net)(outgoing);
    }

    /// The instant of the request as the store keeps it, in whole seconds.
    pub(crate) fn second(&self) -> Timestamp {
        Timestamp::from_second(self.now.as_second()).unwrap_or(self.now)
    }

    /// The instant in Rome, as RFC 3339 with offset.
    pub(crate) fn rome(&self, instant: Timestamp) -> String {
        let local = contract::values::calendar::in_rome(instant);
        instant.display_with_offset(local.offset()).to_string()
    }

    /// The day in Rome.
    pub(crate) fn today(&self) -> jiff::civil::Date {
        contract::values::calendar::rome_date(self.now)
    }
}

/// The instant now.
#[cfg(target_family = "wasm")]
#[expect(
    clippy::disallowed_methods,
    reason = "the one place that reads the clock"
)]
pub(crate) fn now() -> Timestamp {
    std::time::SystemTime::now()
        .duration_since(std::time::UNIX_EPOCH)
        .ok()
        .and_then(|since| Timestamp::from_millisecond(i64::try_from(since.as_millis()).ok()?).ok())
        .unwrap_or(Timestamp::UNIX_EPOCH)
}
