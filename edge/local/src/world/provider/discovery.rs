// SPDX-License-Identifier: EUPL-1.2
//! What a provider says about itself: the discovery document and its public key.

use super::{Provider, Scheme, acr};
use crate::world::jose::jwk;
use crate::world::wire::Reply;
use serde_json::json;

impl Provider {
    /// `/.well-known/openid-configuration`.
    pub(super) fn configuration(&self) -> Reply {
        let at = |path: &str| format!("{}/{path}", self.issuer);
        let scopes = match self.scheme {
            Scheme::Spid => json!(["openid"]),
            Scheme::Cie => json!(["openid", "profile", "email"]),
        };
        let document = json!({
            "issuer": self.issuer,
            "authorization_endpoint": at("authorize"),
            "token_endpoint": at("token"),
            "userinfo_endpoint": at("userinfo"),
            "revocation_endpoint": at("revoke"),
            "jwks_uri": at("jwks.json"),
            "scopes_supported": scopes,
            "response_types_supported": ["code"],
            "response_modes_supported": ["query"],
            "grant_types_supported": ["authorization_code"],
            "subject_types_supported": ["pairwise"],
            "acr_values_supported": [acr(1), acr(2), acr(3)],
            "id_token_signing_alg_values_supported": ["RS256"],
            "userinfo_signing_alg_values_supported": ["RS256"],
            "userinfo_encryption_alg_values_supported": ["RSA-OAEP-256"],
            "userinfo_encryption_enc_values_supported": ["A256CBC-HS512"],
            "token_endpoint_auth_methods_supported": ["private_key_jwt"],
            "token_endpoint_auth_signing_alg_values_supported": ["RS256", "ES256"],
            "revocation_endpoint_auth_methods_supported": ["private_key_jwt"],
            "revocation_endpoint_auth_signing_alg_values_supported": ["RS256", "ES256"],
            "request_object_signing_alg_values_supported": ["RS256", "ES256"],
            "request_parameter_supported": true,
            "request_uri_parameter_supported": false,
            "require_request_uri_registration": false,
            "claims_parameter_supported": true,
            "claims_supported": [
                "given_name", "family_name", "birthdate", "gender", "place_of_birth", "email",
                "phone_number", "address", "https://attributes.eid.gov.it/fiscal_number",
            ],
            "code_challenge_methods_supported": ["S256"],
            "authorization_response_iss_parameter_supported": true,
            "ui_locales_supported": ["it"],
        });
        Reply::json(200, &document)
    }

    /// `/jwks.json`.
    pub(super) fn published_keys(&self) -> Reply {
        let key = jwk::published(&self.signer.kid, self.signer.key.as_public_key());
        Reply::json(200, &json!({"keys": [key]}))
    }
}
