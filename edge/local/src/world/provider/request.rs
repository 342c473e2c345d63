// SPDX-License-Identifier: EUPL-1.2
//! The strict reading of an authorization request, after its signature has been verified.

use super::{Provider, Scheme};
use crate::world::wire::Parameters;
use serde_json::Value;

/// A request object may live this long at most, in seconds.
const LONGEST_LIFE: i64 = 3600;
/// How far the two clocks may differ, in seconds.
const CLOCK_SKEW: i64 = 60;

/// What the app asks for, once it has been found sound.
#[derive(Clone, Debug)]
pub(super) struct Authorization {
    pub(super) state: String,
    pub(super) nonce: String,
    pub(super) challenge: String,
    /// The level asked for first.
    pub(super) level: u8,
    /// Attributes for UserInfo.
    pub(super) userinfo: Vec<String>,
    /// Attributes for the ID token, which only CIE gives.
    pub(super) id_token: Vec<String>,
    pub(super) login_hint: String,
}

/// An OAuth error with a sentence for developers.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Refused(pub(super) &'static str, pub(super) &'static str);

impl Provider {
    /// Checks every rule; `outer` is the query, `inner` the verified request object.
    pub(super) fn check(
        &self,
        outer: &Parameters,
        inner: &Value,
        now: i64,
    ) -> Result<Authorization, Refused> {
        let object = |sound: bool, why| {
            if sound {
                Ok(())
            } else {
                Err(Refused("invalid_request_object", why))
            }
        };
        let ask = |sound: bool, why| {
            if sound {
                Ok(())
            } else {
                Err(Refused("invalid_request", why))
            }
        };
        let text = |name: &str| inner[name].as_str().unwrap_or_default();

        object(text("iss") == self.client_id, "iss must be the client_id")?;
        object(
            audience(&inner["aud"], &[&self.issuer]),
            "aud must be the issuer",
        )?;
        let (issued, expires) = (inner["iat"].as_i64(), inner["exp"].as_i64());
        let (Some(issued), Some(expires)) = (issued, expires) else {
            return Err(Refused(
                "invalid_request_object",
                "iat and exp are numbers of seconds",
            ));
        };
        object(issued <= now + CLOCK_SKEW, "iat is in the future")?;
        object(expires > now, "the request object has expired")?;
        object(
            expires - issued <= LONGEST_LIFE,
            "the request object lives too long",
        )?;

        for name in [
            "client_id",
            "response_type",
            "scope",
            "code_challenge",
            "code_challenge_method",
        ] {
            ask(
                !outer.get(name).is_empty(),
                "a parameter is missing from the query",
            )?;
            ask(
                !text(name).is_empty(),
                "a parameter is missing from the request object",
            )?;
        }
        for name in [
            "client_id",
            "response_type",
            "scope",
            "code_challenge",
            "code_challenge_method",
            "redirect_uri",
            "state",
            "nonce",
            "acr_values",
            "prompt",
        ] {
            let outside = outer.get(name);
            ask(
                outside.is_empty() || outside == text(name),
                "query and request object differ",
            )?;
        }
        ask(
            text("client_id") == self.client_id,
            "client_id is not known",
        )?;
        ask(
            text("redirect_uri") == self.redirect_uri,
            "redirect_uri is not the registered one",
        )?;
        ask(
            text("response_type") == "code",
            "response_type must be code",
        )?;
        ask(
            matches!(text("response_mode"), "" | "query"),
            "response_mode must be query",
        )?;
        ask(
            text("code_challenge_method") == "S256",
            "code_challenge_method must be S256",
        )?;
        ask(
            token(text("code_challenge"), 43, 43),
            "code_challenge is not a SHA-256 in base64url",
        )?;
        ask(
            token(text("state"), 32, 512),
            "state must have 32 characters or more",
        )?;
        ask(
            token(text("nonce"), 32, 512),
            "nonce must have 32 characters or more",
        )?;
        let mut prompt: Vec<_> = text("prompt").split_whitespace().collect();
        prompt.sort_unstable();
        ask(
            prompt.is_empty() || prompt == ["consent"] || prompt == ["consent", "login"],
            "prompt is consent or consent login",
        )?;
        let scopes: Vec<_> = text("scope").split_whitespace().collect();
        let known: &[&str] = match self.scheme {
            Scheme::Spid => &["openid"],
            Scheme::Cie => &["openid", "profile", "email"],
        };
        if !scopes.contains(&"openid") || scopes.iter().any(|scope| !known.contains(scope)) {
            return Err(Refused(
                "invalid_scope",
                "scope has openid, and profile and email with CIE only",
            ));
        }
        let level = text("acr_values").split_whitespace().find_map(level_of);
        let Some(level) = level else {
            return Err(Refused("invalid_request", "acr_values names no SPID level"));
        };
        let mut userinfo = names(&inner["claims"]["userinfo"]);
        if scopes.contains(&"profile") {
            userinfo.extend(PROFILE.iter().map(|&name| name.to_owned()));
        }
        if scopes.contains(&"email") {
            userinfo.push("email".to_owned());
        }
        let id_token = match self.scheme {
            Scheme::Spid => Vec::new(),
            Scheme::Cie => names(&inner["claims"]["id_token"]),
        };
        let hint = if text("login_hint").is_empty() {
            outer.get("login_hint")
        } else {
            text("login_hint")
        };
        Ok(Authorization {
            state: text("state").to_owned(),
            nonce: text("nonce").to_owned(),
            challenge: text("code_challenge").to_owned(),
            level,
            userinfo,
            id_token,
            login_hint: hint.to_owned(),
        })
    }
}

/// The eIDAS minimum that CIE gives for the scope `profile`.
const PROFILE: [&str; 4] = [
    "given_name",
    "family_name",
    "birthdate",
    "https://attributes.eid.gov.it/fiscal_number",
];

/// Whether `aud`, a text or a list of texts, names one of the accepted audiences.
pub(super) fn audience(aud: &Value, accepted: &[&str]) -> bool {
    match aud {
        Value::String(one) => accepted.contains(&one.as_str()),
        Value::Array(all) => all
            .iter()
            .filter_map(Value::as_str)
            .any(|one| accepted.contains(&one)),
        _ => false,
    }
}

/// The unreserved characters of URLs, and a length within limits.
pub(super) fn token(text: &str, least: usize, most: usize) -> bool {
    (least..=most).contains(&text.len())
        && text
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b"-._~".contains(&byte))
}

fn level_of(acr: &str) -> Option<u8> {
    match acr.strip_prefix("https://www.spid.gov.it/SpidL")? {
        "1" => Some(1),
        "2" => Some(2),
        "3" => Some(3),
        _ => None,
    }
}

fn names(claims: &Value) -> Vec<String> {
    claims
        .as_object()
        .map(|claims| claims.keys().cloned().collect())
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::world::jose::jws::tests::signer;
    use serde_json::json;

    const NOW: i64 = 1_800_000_000;

    fn provider(scheme: Scheme) -> Provider {
        let key = signer().key;
        Provider::with_key(
            scheme,
            "http://127.0.0.1:3001",
            "http://127.0.0.1:3000",
            key,
            "salt".into(),
        )
    }

    fn sound() -> Value {
        json!({
            "iss": "http://127.0.0.1:3000/api/accesso",
            "client_id": "http://127.0.0.1:3000/api/accesso",
            "aud": ["http://127.0.0.1:3001/spid"],
            "iat": NOW, "exp": NOW + 300,
            "response_type": "code", "scope": "openid",
            "redirect_uri": "http://127.0.0.1:3000/api/accesso/callback",
            "code_challenge": "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM",
            "code_challenge_method": "S256",
            "state": "s".repeat(32), "nonce": "n".repeat(32),
            "acr_values": "https://www.spid.gov.it/SpidL2 https://www.spid.gov.it/SpidL3",
            "prompt": "consent login",
            "claims": {"userinfo": {"given_name": null}},
        })
    }

    fn outer(inner: &Value) -> Parameters {
        let mut query = form_urlencoded::Serializer::new(String::new());
        for name in [
            "client_id",
            "response_type",
            "scope",
            "code_challenge",
            "code_challenge_method",
        ] {
            query.append_pair(name, inner[name].as_str().unwrap_or_default());
        }
        Parameters::parse(query.finish().as_bytes()).unwrap()
    }

    #[track_caller]
    fn refused(name: &str, value: Value, error: &str) {
        let mut inner = sound();
        inner[name] = value;
        let answer = provider(Scheme::Spid).check(&outer(&inner), &inner, NOW);
        assert_eq!(answer.unwrap_err().0, error, "{name}");
    }

    #[test]
    fn a_sound_request_is_read() {
        let inner = sound();
        let read = provider(Scheme::Spid)
            .check(&outer(&inner), &inner, NOW)
            .unwrap();
        assert_eq!(
            (read.level, read.userinfo),
            (2, vec!["given_name".to_owned()])
        );
    }

    #[test]
    fn each_broken_rule_is_refused() {
        refused(
            "iss",
            json!("http://127.0.0.1:3000"),
            "invalid_request_object",
        );
        refused(
            "aud",
            json!("http://127.0.0.1:3001/cie"),
            "invalid_request_object",
        );
        refused("exp", json!(NOW), "invalid_request_object");
        refused("exp", json!(NOW + 4000), "invalid_request_object");
        refused("iat", json!(NOW + 61), "invalid_request_object");
        refused("iat", Value::Null, "invalid_request_object");
        refused(
            "client_id",
            json!("http://127.0.0.1:3000/altro"),
            "invalid_request",
        );
        refused(
            "redirect_uri",
            json!("http://127.0.0.1:3000/api/accesso/callback/"),
            "invalid_request",
        );
        refused("response_type", json!("token"), "invalid_request");
        refused("code_challenge_method", json!("plain"), "invalid_request");
        refused("code_challenge", json!("short"), "invalid_request");
        refused("state", json!("s".repeat(31)), "invalid_request");
        refused("nonce", json!("n".repeat(31)), "invalid_request");
        refused(
            "nonce",
            json!(format!("{} ", "n".repeat(32))),
            "invalid_request",
        );
        refused("prompt", json!("none"), "invalid_request");
        refused("acr_values", json!("urn:other"), "invalid_request");
        refused("scope", json!("openid profile"), "invalid_scope");
    }

    #[test]
    fn query_and_object_must_agree() {
        let inner = sound();
        let mut other = sound();
        other["code_challenge"] = json!("F".repeat(43));
        let answer = provider(Scheme::Spid).check(&outer(&other), &inner, NOW);
        assert_eq!(answer.unwrap_err().0, "invalid_request");
    }

    #[test]
    fn cie_gives_the_scopes_profile_and_email() {
        let mut inner = sound();
        inner["aud"] = json!("http://127.0.0.1:3001/cie");
        inner["scope"] = json!("openid profile email");
        let read = provider(Scheme::Cie)
            .check(&outer(&inner), &inner, NOW)
            .unwrap();
        assert_eq!(read.userinfo.len(), 6);
    }

    #[test]
    fn client_assertions_are_held_to_rfc_7523() {
        let provider = provider(Scheme::Spid);
        let client = "http://127.0.0.1:3000/api/accesso";
        let sound = json!({"iss": client, "sub": client, "aud": "http://127.0.0.1:3001/spid/token", "exp": NOW + 60, "jti": "a"});
        assert!(provider.check_assertion(&sound, NOW).is_ok());
        for (name, value) in [
            ("iss", json!("x")),
            ("sub", json!("x")),
            ("aud", json!("http://127.0.0.1:3001/cie/token")),
            ("exp", json!(NOW)),
            ("exp", json!(NOW + 4000)),
            ("exp", Value::Null),
            ("jti", json!("")),
            ("iat", json!(NOW + 61)),
        ] {
            let mut claims = sound.clone();
            claims[name] = value;
            assert!(provider.check_assertion(&claims, NOW).is_err(), "{name}");
        }
    }
}
