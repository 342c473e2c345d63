// SPDX-License-Identifier: EUPL-1.2
//! What the provider's tokens must say before anybody is believed to be somebody.

use contract::facts::Citizen;
use contract::values::codice_fiscale::CodiceFiscale;
use serde_json::Value;
use sha2::{Digest, Sha256, Sha512};

use super::super::Failure;
use super::super::jose::encode;
use super::super::jose::jws::{Claims, Verified};

/// How far the provider's clock may be from ours, in seconds.
const SKEW: i64 = 60;
/// The least level for acts with legal effect.
const LEAST_LEVEL: u8 = 2;
/// Longest text that is taken over.
const LONGEST: usize = 254;

/// What the tokens of this sign-in must answer to.
pub(crate) struct Expected<'a> {
    pub(crate) issuer: &'a str,
    pub(crate) client_id: &'a str,
    pub(crate) nonce: &'a str,
    pub(crate) access_token: &'a str,
    pub(crate) now: i64,
}

/// What an ID token says.
pub(crate) struct SignedIn {
    /// The provider's name for the person.
    pub(crate) subject: String,
    /// 2 or 3.
    pub(crate) level: u8,
}

/// Checks an ID token (OpenID Connect Core §3.1.3.7 and the Italian profiles).
pub(crate) fn id_token(token: &Verified, expected: &Expected<'_>) -> Result<SignedIn, Failure> {
    let claims = &token.claims;
    ours(claims, expected)?;
    let seconds = |name: &str| claims.get(name).and_then(Value::as_i64);
    let expires = seconds("exp").ok_or(Failure::Provider("the ID token has no exp"))?;
    let issued = seconds("iat").ok_or(Failure::Provider("the ID token has no iat"))?;
    require(expires > expected.now - SKEW, "the ID token has expired")?;
    require(
        issued <= expected.now + SKEW,
        "the ID token is from the future",
    )?;
    require(
        text(claims, "nonce") == Some(expected.nonce),
        "the ID token answers to another nonce",
    )?;
    require(
        text(claims, "at_hash") == Some(&at_hash(token.long_hash, expected)),
        "at_hash does not fit",
    )?;
    let subject = text(claims, "sub")
        .filter(|sub| !sub.is_empty())
        .ok_or(Failure::Provider("there is no sub"))?;
    // The provider may give more than was asked, never less.
    let level = text(claims, "acr").and_then(level).ok_or(Failure::Level)?;
    if level < LEAST_LEVEL {
        return Err(Failure::Level);
    }
    Ok(SignedIn {
        subject: subject.to_owned(),
        level,
    })
}

/// Checks UserInfo and reads the person from it. `strict` wants the check letter of the codice fiscale too; the box
/// knows one invented person without.
pub(crate) fn citizen(
    token: &Verified,
    expected: &Expected<'_>,
    subject: &str,
    strict: bool,
) -> Result<Citizen, Failure> {
    let claims = &token.claims;
    ours(claims, expected)?;
    require(
        text(claims, "sub") == Some(subject),
        "UserInfo is about another sub",
    )?;
    if let Some(expires) = claims.get("exp").and_then(Value::as_i64) {
        require(expires > expected.now - SKEW, "UserInfo has expired")?;
    }
    let wanted = |name: &'static str| {
        optional(claims, name).ok_or(Failure::Provider("an attribute is missing"))
    };
    let number = text(claims, "https://attributes.eid.gov.it/fiscal_number")
        .or_else(|| text(claims, "fiscal_number"))
        .and_then(|number| number.strip_prefix("TINIT-"))
        .ok_or(Failure::Provider("there is no Italian fiscal number"))?;
    let codice_fiscale = match CodiceFiscale::parse(number) {
        Ok(code) => code.as_str().to_owned(),
        Err(_) if !strict && shaped(number) => number.to_owned(),
        Err(_) => return Err(Failure::Provider("the codice fiscale is not well formed")),
    };
    let born = wanted("birthdate")?
        .parse()
        .map_err(|_| Failure::Provider("birthdate is no day"))?;
    let sesso = match wanted("gender")?.as_str() {
        "male" | "M" => "M",
        "female" | "F" => "F",
        _ => return Err(Failure::Provider("gender is not known")),
    };
    Ok(Citizen {
        codice_fiscale,
        nome: wanted("given_name")?,
        cognome: wanted("family_name")?,
        data_nascita: born,
        sesso: sesso.to_owned(),
        luogo_nascita: claims
            .get("place_of_birth")
            .and_then(|place| place.get("locality"))
            .and_then(Value::as_str)
            .filter(|code| code.len() == 4 && code.bytes().all(|byte| byte.is_ascii_alphanumeric()))
            .unwrap_or_default()
            .to_owned(),
        email: optional(claims, "email"),
        cellulare: optional(claims, "phone_number"),
    })
}

/// A token of this provider, made for us.
fn ours(claims: &Claims, expected: &Expected<'_>) -> Result<(), Failure> {
    require(
        text(claims, "iss") == Some(expected.issuer),
        "a token is from another issuer",
    )?;
    let audience = match claims.get("aud") {
        Some(Value::String(one)) => one == expected.client_id,
        // With more audiences the authorised party must be us (OpenID Connect Core §3.1.3.7).
        Some(Value::Array(all)) => {
            all.iter().any(|one| one == expected.client_id)
                && (all.len() == 1 || text(claims, "azp") == Some(expected.client_id))
        }
        _ => false,
    };
    require(audience, "a token is for somebody else")
}

fn at_hash(long: bool, expected: &Expected<'_>) -> String {
    let token = expected.access_token.as_bytes();
    if long {
        encode(&Sha512::digest(token)[..32])
    } else {
        encode(&Sha256::digest(token)[..16])
    }
}

fn level(acr: &str) -> Option<u8> {
    match acr.strip_prefix("https://www.spid.gov.it/SpidL")? {
        "1" => Some(1),
        "2" => Some(2),
        "3" => Some(3),
        _ => None,
    }
}

/// Sixteen capital letters and digits.
fn shaped(code: &str) -> bool {
    code.len() == 16
        && code
            .bytes()
            .all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit())
}

fn text<'a>(claims: &'a Claims, name: &str) -> Option<&'a str> {
    claims.get(name).and_then(Value::as_str)
}

/// A text that can be shown and kept: not empty, not endless, one line.
fn optional(claims: &Claims, name: &str) -> Option<String> {
    let text = text(claims, name)?.trim();
    let sound = !text.is_empty() && text.len() <= LONGEST && !text.chars().any(char::is_control);
    sound.then(|| text.to_owned())
}

fn require(fits: bool, otherwise: &'static str) -> Result<(), Failure> {
    if fits {
        Ok(())
    } else {
        Err(Failure::Provider(otherwise))
    }
}
