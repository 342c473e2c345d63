// SPDX-License-Identifier: EUPL-1.2
//! Answers travel packed (RFC 9110, 8.4.1) when they are long and the same for all, such as the list of offices. What tells
//! of a person never does: from the length of what is packed one could guess what stands in it (CVE-2013-3587).

use std::io::Write as _;

use flate2::Compression;
use flate2::write::GzEncoder;
use http_types::HeaderValue;
use http_types::header::{CACHE_CONTROL, CONTENT_ENCODING};

use crate::http::{Reply, Request};

/// Bytes that one packet carries anyway.
const SHORT: usize = 1_300;

/// Packs the answer where that is of use and asked for.
pub(crate) fn pack(request: &Request, mut reply: Reply) -> Reply {
    let caching = reply.headers.get(CACHE_CONTROL);
    let for_all = caching.is_some_and(|value| value.as_bytes().starts_with(b"public"));
    if !for_all || reply.body.len() < SHORT || !takes_gzip(request) {
        return reply;
    }
    let mut encoder = GzEncoder::new(Vec::new(), Compression::new(4));
    let packed = encoder
        .write_all(&reply.body)
        .and_then(|()| encoder.finish());
    if let Ok(packed) = packed {
        reply.body = packed;
        reply
            .headers
            .insert(CONTENT_ENCODING, HeaderValue::from_static("gzip"));
    }
    reply
}

fn takes_gzip(request: &Request) -> bool {
    let header = request.header("accept-encoding").unwrap_or_default();
    header.split(',').any(|coding| {
        let (name, weight) = coding.split_once(';').unwrap_or((coding, ""));
        let none = matches!(weight.trim(), "q=0" | "q=0.0" | "q=0.00" | "q=0.000");
        name.trim().eq_ignore_ascii_case("gzip") && !none
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_long_answers_for_all_are_packed_and_only_for_who_takes_them() {
        let packed = |accepts: &str, caching: &str, length: usize| {
            let request = Request::made("GET", "/", &[("accept-encoding", accepts)]);
            let reply = Reply::body(200, "application/json", vec![b' '; length]);
            let reply = pack(&request, reply.header("cache-control", caching));
            reply.headers.contains_key(CONTENT_ENCODING)
        };
        const ALL: &str = "public, max-age=300";
        for accepts in ["gzip", "br, GZIP;q=0.5", "gzip, deflate, br, zstd"] {
            assert!(packed(accepts, ALL, 2_000), "{accepts}");
        }
        for accepts in ["", "br", "gzip;q=0", "identity, gzip; q=0.0", "xgzip"] {
            assert!(!packed(accepts, ALL, 2_000), "{accepts}");
        }
        assert!(!packed("gzip", ALL, 1_000));
        assert!(!packed("gzip", "no-store", 2_000));
        assert!(!packed("gzip", "private, max-age=300", 2_000));
    }
}
