// SPDX-License-Identifier: EUPL-1.2
//! What a browser, a checker and somebody curious get.

use super::*;

static SITE: &[File] = &[
    File {
        path: "/assets/app-0a.css",
        content_type: "text/css; charset=utf-8",
        tag: "0a",
        plain: b"body{}",
        brotli: Some(b"br"),
    },
    File {
        path: "/index.html",
        content_type: "text/html; charset=utf-8",
        tag: "0b",
        plain: b"home",
        brotli: None,
    },
    File {
        path: "/page.html",
        content_type: "text/html; charset=utf-8",
        tag: "0c",
        plain: b"page",
        brotli: None,
    },
];

fn get(path: &str) -> Asked<'_> {
    Asked {
        method: "GET",
        path,
        ..Asked::default()
    }
}

fn header<'a>(reply: &'a Reply, name: &str) -> Option<&'a str> {
    let found = reply.headers.iter().find(|(known, _)| *known == name);
    found.map(|(_, value)| value.as_ref())
}

#[track_caller]
fn check(asked: &Asked, status: u16, body: &str) -> Reply {
    let reply = answer_from(SITE, asked);
    assert_eq!(reply.status, status);
    assert_eq!(reply.body.as_ref(), body.as_bytes());
    assert!(header(&reply, "content-security-policy").is_some());
    reply
}

#[test]
fn a_hashed_file_may_be_kept_for_ever() {
    let reply = check(&get("/assets/app-0a.css"), 200, "body{}");
    assert_eq!(
        header(&reply, "cache-control"),
        Some("public, max-age=31536000, immutable")
    );
    assert_eq!(header(&reply, "vary"), Some("Accept-Encoding"));
    assert_eq!(header(&reply, "content-encoding"), None);
}

#[test]
fn who_accepts_brotli_gets_it_under_a_tag_of_its_own() {
    let asked = Asked {
        accept_encoding: "gzip, br",
        ..get("/assets/app-0a.css")
    };
    let reply = check(&asked, 200, "br");
    assert_eq!(header(&reply, "content-encoding"), Some("br"));
    let tag = header(&reply, "etag").expect("every file has a tag");
    let again = check(
        &Asked {
            if_none_match: tag,
            ..asked
        },
        304,
        "",
    );
    assert_eq!(header(&again, "content-length"), None);
    check(
        &Asked {
            if_none_match: "\"0a\"",
            ..asked
        },
        200,
        "br",
    );
}

#[test]
fn pages_are_shells_and_wrong_addresses_are_404() {
    check(&get("/"), 200, "home");
    let page = check(&get("/servizi/did"), 200, "page");
    assert_eq!(header(&page, "cache-control"), Some("no-cache"));
    check(&get("/no-such-page"), 404, "page");
    check(&get("/index.html"), 404, "page");
    check(
        &Asked {
            if_none_match: "*",
            ..get("/no-such-page")
        },
        404,
        "page",
    );
}

#[test]
fn a_slash_at_the_end_leads_to_the_page_and_nowhere_else() {
    let reply = check(&get("/servizi/"), 308, "");
    assert_eq!(header(&reply, "location"), Some("/servizi"));
    check(&get("//evil.example/"), 404, "page");
}

#[test]
fn an_old_file_is_a_problem_and_not_a_page() {
    let reply = answer_from(SITE, &get("/assets/\"old.css"));
    assert_eq!(reply.status, 404);
    assert_eq!(
        header(&reply, "content-type"),
        Some("application/problem+json")
    );
    let body = String::from_utf8_lossy(&reply.body).into_owned();
    assert!(
        body.contains(r#""instance":"/assets/%22old.css""#),
        "{body}"
    );
}

#[test]
fn head_has_the_headers_of_get_and_no_body() {
    let reply = check(
        &Asked {
            method: "HEAD",
            ..get("/")
        },
        200,
        "",
    );
    assert_eq!(header(&reply, "content-length"), Some("4"));
}

#[test]
fn writing_is_refused_with_what_is_allowed() {
    let reply = answer_from(
        SITE,
        &Asked {
            method: "POST",
            ..get("/")
        },
    );
    assert_eq!(
        (reply.status, header(&reply, "allow")),
        (405, Some("GET, HEAD"))
    );
}

#[test]
fn strict_transport_is_told_only_over_https() {
    let plain = check(&get("/"), 200, "home");
    assert_eq!(header(&plain, "strict-transport-security"), None);
    let secure = check(
        &Asked {
            https: true,
            ..get("/")
        },
        200,
        "home",
    );
    assert!(header(&secure, "strict-transport-security").is_some());
}

#[test]
fn a_component_built_without_pages_says_so() {
    assert_eq!(answer_from(&[], &get("/")).status, 503);
}
