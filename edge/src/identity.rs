// SPDX-License-Identifier: EUPL-1.2
//! Who somebody is: sign-in with SPID and CIE over OpenID Connect, and the session that follows.
//!
//! By law (art. 64 CAD) nothing else identifies a citizen here. The browser holds one random cookie and nothing more;
//! what it stands for is kept on this side, under a fingerprint from which the cookie cannot be found again.

pub(crate) mod cookie;
pub(crate) mod jose;
pub(crate) mod keys;
pub(crate) mod provider;
pub(crate) mod register;
pub(crate) mod session;
pub(crate) mod sign_in;
#[cfg(test)]
mod tests;
pub(crate) mod vault;
#[cfg(test)]
pub(crate) use tests::stage::wait;

use core::fmt;

use crate::ctx::Ctx;
use crate::error::Error;
use vault::Vault;

/// Why somebody could not sign in. Nothing here holds personal data or tokens, so all of it can be logged.
#[derive(Debug)]
pub(crate) enum Failure {
    /// The person said no.
    Cancelled,
    /// The provider gave a lower level than the acts here need.
    Level,
    /// The attempt is unknown, too old, already used, or another browser's.
    Expired,
    /// The provider does not answer, or says that it cannot now.
    Unavailable(&'static str),
    /// The provider answered against the rules, or somebody in its place.
    Provider(&'static str),
    /// A token is refused.
    Token(jose::Refusal),
    /// Our own side failed: that is no sign-in problem, and is answered as everywhere else.
    Edge(Error),
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        Self::Edge(error)
    }
}

impl Failure {
    /// The reason as the page `/accesso-non-riuscito` knows it.
    pub(crate) const fn reason(&self) -> &'static str {
        match self {
            Self::Cancelled => "annullato",
            Self::Level => "livello",
            Self::Expired => "scaduto",
            Self::Unavailable(_) => "non_disponibile",
            Self::Provider(_) | Self::Token(_) | Self::Edge(_) => "errore",
        }
    }
}

/// The line for the log.
impl fmt::Display for Failure {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Cancelled => out.write_str("the person said no"),
            Self::Level => out.write_str("the level is too low"),
            Self::Expired => out.write_str("the attempt or the session is not known"),
            Self::Unavailable(why) | Self::Provider(why) => out.write_str(why),
            Self::Token(refusal) => write!(out, "a token is refused: {refusal:?}"),
            Self::Edge(error) => write!(out, "{error:?}"),
        }
    }
}

/// The client id: an https address below our own routes, so that federation metadata can stand there too.
pub(crate) fn client_id(ctx: &Ctx) -> String {
    format!(
        "{}/api/accesso",
        ctx.config.indirizzo_pubblico.trim_end_matches('/')
    )
}

/// Everything derived from the secret. A secret that is too short stops sign-in with a line that says what to do.
///
/// Made once an instance, whose secret is always the same.
#[cfg(target_family = "wasm")]
pub(crate) fn vault(ctx: &Ctx) -> Result<&'static Vault, Error> {
    static MADE: std::sync::OnceLock<Vault> = std::sync::OnceLock::new();
    match MADE.get() {
        Some(vault) => Ok(vault),
        None => new_vault(ctx).map(|vault| MADE.get_or_init(|| vault)),
    }
}

/// The vault of the installation's secret; each native test has its own.
#[cfg(not(target_family = "wasm"))]
pub(crate) fn vault(ctx: &Ctx) -> Result<Vault, Error> {
    new_vault(ctx)
}

fn new_vault(ctx: &Ctx) -> Result<Vault, Error> {
    Vault::new(&ctx.config.segreto)
        .ok_or_else(|| broken("the variable `segreto` must have 32 characters or more"))
}

/// An installation that cannot work until somebody mends it: a line in the log for who runs it, 503 for everybody else.
pub(crate) fn broken(why: &'static str) -> Error {
    eprintln!("identity: {why}");
    Error::Unavailable
}

/// Names and values as a query or a form body.
pub(crate) fn form(pairs: &[(&str, &str)]) -> String {
    let mut text = String::new();
    for (name, value) in pairs {
        if !text.is_empty() {
            text.push('&');
        }
        escape(&mut text, name);
        text.push('=');
        escape(&mut text, value);
    }
    text
}

/// A text with everything escaped that is not plain (RFC 3986 §2.3, RFC 8187).
pub(crate) fn percent_encoded(value: &str) -> String {
    let mut text = String::new();
    escape(&mut text, value);
    text
}

fn escape(text: &mut String, value: &str) {
    const HEX: &[u8; 16] = b"0123456789ABCDEF";
    for byte in value.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            text.push(char::from(byte));
        } else {
            text.push('%');
            text.push(char::from(HEX[usize::from(byte >> 4)]));
            text.push(char::from(HEX[usize::from(byte & 15)]));
        }
    }
}
