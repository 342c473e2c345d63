// SPDX-License-Identifier: EUPL-1.2
//! `If-Match` and `If-None-Match` (RFC 9110, section 13): nobody overwrites what they have not seen.

use crate::error::Error;
use crate::http::Request;

/// What has to hold for a change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Condition {
    /// `If-None-Match: *`: there is nothing yet.
    Nothing,
    /// `If-Match: *`: there is something.
    Anything,
    /// `If-Match`: one of these versions is there.
    One(Vec<String>),
}

impl Condition {
    /// The condition of a change that must have one.
    pub(super) fn of(request: &Request) -> Result<Self, Error> {
        Self::if_any(request)?.ok_or(Error::Unconditional)
    }

    /// The condition of a change that may have one.
    pub(super) fn if_any(request: &Request) -> Result<Option<Self>, Error> {
        let (given, none) = (request.header("if-match"), request.header("if-none-match"));
        match (given.as_deref(), none.as_deref()) {
            (None, None) => Ok(None),
            (Some("*"), None) => Ok(Some(Self::Anything)),
            (Some(tags), None) => Ok(Some(Self::One(strong(tags)?))),
            (None, Some("*")) => Ok(Some(Self::Nothing)),
            (None, Some(_)) => Err(Error::BadRequest("If-None-Match")),
            (Some(_), Some(_)) => Err(Error::BadRequest("If-Match")),
        }
    }

    /// True when it is meant for what is not there yet.
    pub(super) const fn creates(&self) -> bool {
        matches!(self, Self::Nothing)
    }

    /// Whether it holds for the version that is there.
    pub(super) fn holds(&self, there: Option<&str>) -> bool {
        match (self, there) {
            (Self::Nothing, there) => there.is_none(),
            (Self::Anything, there) => there.is_some(),
            (Self::One(tags), Some(there)) => tags.iter().any(|tag| tag == there),
            (Self::One(_), None) => false,
        }
    }
}

/// The tags of a list. A weak one never matches here.
fn strong(list: &str) -> Result<Vec<String>, Error> {
    let tags: Vec<&str> = list.split(',').map(str::trim).collect();
    let is_tag = |tag: &&str| {
        let opaque = tag.strip_prefix("W/").unwrap_or(tag);
        opaque.len() >= 2 && opaque.starts_with('"') && opaque.ends_with('"')
    };
    if !tags.iter().all(is_tag) {
        return Err(Error::BadRequest("If-Match"));
    }
    let strong = tags.into_iter().filter(|tag| tag.starts_with('"'));
    Ok(strong.map(str::to_owned).collect())
}

/// Whether who reads already has this version.
pub(super) fn known(request: &Request, tag: &str) -> bool {
    request.header("if-none-match").is_some_and(|list| {
        list.split(',')
            .map(str::trim)
            .any(|known| known == "*" || known.strip_prefix("W/").unwrap_or(known) == tag)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn request(headers: &[(&'static str, &str)]) -> Request {
        Request::made("PUT", "/api/cv/x", headers)
    }

    #[track_caller]
    fn check(header: (&'static str, &str), there: Option<&str>, holds: bool) {
        let condition = Condition::of(&request(&[header])).expect("a condition");
        assert_eq!(condition.holds(there), holds, "{header:?}");
    }

    #[test]
    fn a_version_is_changed_by_who_names_it() {
        check(("if-match", "\"a\""), Some("\"a\""), true);
        check(("if-match", "\"b\", \"a\""), Some("\"a\""), true);
        check(("if-match", "\"b\""), Some("\"a\""), false);
        check(("if-match", "W/\"a\""), Some("\"a\""), false);
        check(("if-match", "\"a\""), None, false);
        check(("if-match", "*"), Some("\"a\""), true);
        check(("if-match", "*"), None, false);
        check(("if-none-match", "*"), None, true);
        check(("if-none-match", "*"), Some("\"a\""), false);
    }

    #[test]
    fn what_is_no_condition_is_refused() {
        let wrong =
            |headers: &[(&'static str, &str)]| Condition::of(&request(headers)).expect_err("no");
        assert!(matches!(wrong(&[]), Error::Unconditional));
        for tags in ["a", "", "\"", "\"a\" \"b"] {
            assert!(matches!(wrong(&[("if-match", tags)]), Error::BadRequest(_)));
        }
        let both = [("if-match", "\"a\""), ("if-none-match", "*")];
        assert!(matches!(wrong(&both), Error::BadRequest(_)));
        let tag = [("if-none-match", "\"a\"")];
        assert!(matches!(wrong(&tag), Error::BadRequest(_)));
    }

    #[test]
    fn who_has_the_version_is_told_so() {
        let asks = |tags| known(&request(&[("if-none-match", tags)]), "\"a\"");
        assert!(asks("\"a\"") && asks("W/\"a\"") && asks("\"b\", \"a\"") && asks("*"));
        assert!(!asks("\"b\"") && !known(&request(&[]), "\"a\""));
    }
}
