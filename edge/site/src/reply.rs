// SPDX-License-Identifier: EUPL-1.2
//! From what is asked to what is answered, with no web server in sight, so that it can be tested.

use std::borrow::Cow;

use crate::files::{FILES, File, find};
use crate::headers::{SECURITY, STRICT_TRANSPORT, accepts_brotli, has_version};
use crate::pages::is_page;

/// The parts of a request that matter here. Headers that are missing are empty.
#[derive(Clone, Copy, Debug, Default)]
pub struct Asked<'a> {
    /// As sent, in capitals.
    pub method: &'a str,
    /// Without the query.
    pub path: &'a str,
    /// Header `Accept-Encoding`.
    pub accept_encoding: &'a str,
    /// Header `If-None-Match`.
    pub if_none_match: &'a str,
    /// Whether the browser came over https.
    pub https: bool,
}

/// A whole answer. The body is empty for HEAD, though its headers are those of GET.
#[derive(Debug)]
pub struct Reply {
    /// The status code.
    pub status: u16,
    /// Names in lower case.
    pub headers: Vec<(&'static str, Cow<'static, str>)>,
    /// What is sent.
    pub body: Cow<'static, [u8]>,
}

/// Answers from the files inside the component.
pub fn answer(asked: &Asked) -> Reply {
    answer_from(FILES, asked)
}

fn answer_from(files: &'static [File], asked: &Asked) -> Reply {
    let mut reply = route(files, asked);
    let secure = asked.https.then_some(STRICT_TRANSPORT);
    for (name, value) in SECURITY.into_iter().chain(secure) {
        reply.headers.push((name, value.into()));
    }
    if reply.status != 304 {
        let length = reply.body.len().to_string();
        reply.headers.push(("content-length", length.into()));
    }
    if asked.method == "HEAD" {
        reply.body = Cow::Borrowed(&[]);
    }
    reply
}

fn route(files: &'static [File], asked: &Asked) -> Reply {
    if !matches!(asked.method, "GET" | "HEAD") {
        let mut refused = problem(
            405,
            "Metodo non ammesso",
            "Qui si può solo leggere.",
            asked.path,
        );
        refused.headers.push(("allow", "GET, HEAD".into()));
        return refused;
    }
    // The two shells are answers to pages, not pages of their own.
    let file = find(files, asked.path).filter(|file| !file.path.ends_with(".html"));
    if let Some(file) = file {
        return send(file, 200, asked);
    }
    if asked.path.starts_with("/assets/") {
        // Likely a page of an older version: it should notice, not get a page in place of a file.
        return problem(404, "File non trovato", "Ricarica la pagina.", asked.path);
    }
    if let Some(shorter) = asked.path.strip_suffix('/').filter(|path| is_page(path)) {
        return Reply {
            status: 308,
            headers: vec![("location", shorter.to_owned().into())],
            body: Cow::Borrowed(&[]),
        };
    }
    let shell = if asked.path == "/" {
        "/index.html"
    } else {
        "/page.html"
    };
    let status = if is_page(asked.path) { 200 } else { 404 };
    match find(files, shell) {
        Some(file) => send(file, status, asked),
        None => problem(
            503,
            "Pagine non presenti",
            "Il sito non è stato costruito.",
            asked.path,
        ),
    }
}

fn send(file: &'static File, status: u16, asked: &Asked) -> Reply {
    let brotli = file
        .brotli
        .filter(|_| accepts_brotli(asked.accept_encoding));
    // Two encodings are two representations, so they have two tags.
    let tag = match brotli {
        Some(_) => format!("{}-br", file.tag),
        None => file.tag.to_owned(),
    };
    let cache = if file.is_hashed() {
        "public, max-age=31536000, immutable"
    } else {
        "no-cache"
    };
    let mut headers = vec![
        ("cache-control", Cow::Borrowed(cache)),
        ("etag", format!("\"{tag}\"").into()),
    ];
    if file.brotli.is_some() {
        headers.push(("vary", "Accept-Encoding".into()));
    }
    // A page that is not there stays a 404, also for who has seen it before.
    if status == 200 && has_version(asked.if_none_match, &tag) {
        return Reply {
            status: 304,
            headers,
            body: Cow::Borrowed(&[]),
        };
    }
    headers.push(("content-type", file.content_type.into()));
    if brotli.is_some() {
        headers.push(("content-encoding", "br".into()));
    }
    Reply {
        status,
        headers,
        body: Cow::Borrowed(brotli.unwrap_or(file.plain)),
    }
}

/// An error as of RFC 9457.
fn problem(status: u16, title: &str, detail: &str, path: &str) -> Reply {
    let instance = path.replace('\\', "%5C").replace('"', "%22");
    let body = format!(
        r#"{{"type":"about:blank","title":"{title}","status":{status},"detail":"{detail}","instance":"{instance}"}}"#
    );
    Reply {
        status,
        headers: vec![
            ("content-type", "application/problem+json".into()),
            ("cache-control", "no-store".into()),
        ],
        body: Cow::Owned(body.into_bytes()),
    }
}

#[cfg(test)]
mod tests;
