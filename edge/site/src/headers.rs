// SPDX-License-Identifier: EUPL-1.2
//! What every answer tells the browser not to allow.

/// Only our own files, no inline script or style. Wasm may be compiled, JavaScript may not be made
/// from text. `data:` pictures are inside the design system's sheet, `blob:` ones are previews of
/// what a person attaches.
const CONTENT_SECURITY_POLICY: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; \
    style-src 'self'; img-src 'self' data: blob:; font-src 'self'; connect-src 'self'; \
    manifest-src 'self'; worker-src 'self'; form-action 'self'; base-uri 'none'; \
    frame-ancestors 'none'";

/// Sent with every answer, whatever its status.
pub(crate) const SECURITY: [(&str, &str); 6] = [
    ("content-security-policy", CONTENT_SECURITY_POLICY),
    ("x-content-type-options", "nosniff"),
    ("referrer-policy", "same-origin"),
    (
        "permissions-policy",
        "camera=(), microphone=(), geolocation=(), payment=(), usb=(), browsing-topics=()",
    ),
    ("cross-origin-opener-policy", "same-origin"),
    ("cross-origin-resource-policy", "same-origin"),
];

/// Only over https: on plain http browsers ignore it, and on one's own machine it would be wrong.
pub(crate) const STRICT_TRANSPORT: (&str, &str) = (
    "strict-transport-security",
    "max-age=63072000; includeSubDomains",
);

/// Whether brotli is among the encodings a client accepts (`br;q=0` says that it is not).
pub(crate) fn accepts_brotli(accept_encoding: &str) -> bool {
    accept_encoding.split(',').any(|offer| {
        let mut parts = offer.split(';').map(str::trim);
        let is_brotli = parts
            .next()
            .is_some_and(|name| name.eq_ignore_ascii_case("br"));
        let refused = parts.any(|part| {
            part.strip_prefix("q=")
                .is_some_and(|q| q.parse().is_ok_and(|q: f32| q == 0.0))
        });
        is_brotli && !refused
    })
}

/// Whether a client already has the version called `tag`.
pub(crate) fn has_version(if_none_match: &str, tag: &str) -> bool {
    if_none_match.split(',').map(str::trim).any(|known| {
        known == "*" || known.strip_prefix("W/").unwrap_or(known).trim_matches('"') == tag
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn brotli_is_sent_only_to_who_wants_it() {
        assert!(accepts_brotli("gzip, deflate, br, zstd"));
        assert!(accepts_brotli("BR;q=0.5"));
        assert!(!accepts_brotli("gzip, br;q=0"));
        assert!(!accepts_brotli("brotli"));
        assert!(!accepts_brotli(""));
    }

    #[test]
    fn tags_are_compared_weakly() {
        assert!(has_version("\"a\", W/\"b\"", "b"));
        assert!(has_version("*", "b"));
        assert!(!has_version("\"a\"", "b"));
    }
}
