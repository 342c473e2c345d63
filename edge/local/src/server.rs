// SPDX-License-Identifier: EUPL-1.2
//! The HTTP server, HTTP/1.1 alone: takes requests, adds the headers that Spin adds, hands them to the
//! component of their route, and writes a log line that names nobody.

use crate::component::{self, Handlers};
use crate::routes::{Match, Routes};
use anyhow::Context;
use bytes::Bytes;
use http::{HeaderName, HeaderValue, Request, Response, StatusCode, Uri, header};
use http_body_util::{BodyExt, Full};
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use std::convert::Infallible;
use std::io::Write;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::{Duration, Instant};
use tokio::net::TcpListener;
use tokio::sync::Semaphore;
use wasmtime_wasi_http::WasiBody;
use wasmtime_wasi_http::handler::ExpirationError;

/// How long a client may take to send the head of a request.
const HEAD: Duration = Duration::from_secs(10);
/// How long running requests may take once the server is told to stop.
const STOP: Duration = Duration::from_secs(10);
/// How many requests are with components at once; the others wait their turn.
const AT_ONCE: usize = 256;

/// What the server needs to answer.
pub(crate) struct App {
    routes: Routes,
    handlers: Handlers,
    /// The address for requests that name none.
    address: String,
    turns: Semaphore,
}

impl App {
    pub(crate) fn new(routes: Routes, handlers: Handlers, address: SocketAddr) -> Self {
        Self {
            routes,
            handlers,
            address: address.to_string(),
            turns: Semaphore::new(AT_ONCE),
        }
    }
}

/// Serves until `stop` is ready, then lets running requests finish.
pub(crate) async fn serve(app: App, listener: TcpListener, stop: impl Future<Output = ()>) {
    let app = Arc::new(app);
    let graceful = GracefulShutdown::new();
    let mut builder = http1::Builder::new();
    builder.timer(TokioTimer::new()).header_read_timeout(HEAD);
    let mut stop = std::pin::pin!(stop);
    loop {
        let accepted = tokio::select! {
            accepted = listener.accept() => accepted,
            () = &mut stop => break,
        };
        let (stream, client) = match accepted {
            Ok(accepted) => accepted,
            Err(error) => {
                // Most often too many open files: a pause lets some of them close.
                eprintln!("cannot take a connection: {error}");
                tokio::time::sleep(Duration::from_millis(50)).await;
                continue;
            }
        };
        // Without this a small answer can wait for an acknowledgement; failing is only slower.
        _ = stream.set_nodelay(true);
        let app = app.clone();
        let service = service_fn(move |request| {
            let app = app.clone();
            async move { Ok::<_, Infallible>(app.answer(request, client).await) }
        });
        let connection = builder.serve_connection(TokioIo::new(stream), service);
        let connection = graceful.watch(connection);
        // A client that goes away is no event of ours.
        tokio::spawn(async move { _ = connection.await });
    }
    drop(listener);
    if tokio::time::timeout(STOP, graceful.shutdown())
        .await
        .is_err()
    {
        eprintln!(
            "some requests were still running after {} s",
            STOP.as_secs()
        );
    }
    component::stopping();
}

impl App {
    async fn answer(&self, request: Request<Incoming>, client: SocketAddr) -> Response<WasiBody> {
        let start = Instant::now();
        let method = request.method().clone();
        let path = request.uri().path().to_owned();
        let (route, response) = match self.routes.find(&path) {
            _ if path == "/.well-known/spin/health" => {
                ("-", text(StatusCode::OK, "text/plain", "OK"))
            }
            Some(found) => (
                found.route.raw.as_str(),
                self.call(&found, request, client).await,
            ),
            None => ("-", problem(StatusCode::NOT_FOUND, "Pagina non trovata")),
        };
        // The route and not the path: a path can hold what identifies a person.
        let line = format!(
            "{method} {route} {} {} ms\n",
            response.status().as_u16(),
            start.elapsed().as_millis()
        );
        // In one piece: standard error has no buffer. Without a log people are served all the same.
        _ = std::io::stderr().write_all(line.as_bytes());
        response
    }

    async fn call(
        &self,
        found: &Match<'_>,
        request: Request<Incoming>,
        client: SocketAddr,
    ) -> Response<WasiBody> {
        let Some(handler) = self.handlers.get(&found.route.component) else {
            return problem(StatusCode::NOT_FOUND, "Pagina non trovata");
        };
        let Ok(request) = prepare(request, found, client, &self.address) else {
            return problem(StatusCode::BAD_REQUEST, "Richiesta non valida");
        };
        let Ok(_turn) = self.turns.acquire().await else {
            return problem(StatusCode::SERVICE_UNAVAILABLE, "Servizio non disponibile");
        };
        match handler.call(request).await {
            Ok(response) => response,
            Err(error) if error.is::<ExpirationError>() => problem(
                StatusCode::GATEWAY_TIMEOUT,
                "La risposta ha richiesto troppo tempo",
            ),
            Err(error) => {
                eprintln!("{} failed: {error:#}", found.route.component);
                problem(StatusCode::INTERNAL_SERVER_ERROR, "Errore interno")
            }
        }
    }
}

/// The request as components receive it: an absolute address, and Spin's headers.
fn prepare(
    request: Request<Incoming>,
    found: &Match<'_>,
    client: SocketAddr,
    address: &str,
) -> anyhow::Result<Request<WasiBody>> {
    let (mut parts, body) = request.into_parts();
    let host = match (parts.uri.authority(), parts.headers.get(header::HOST)) {
        (Some(authority), _) => authority.as_str().to_owned(),
        (None, Some(host)) => host.to_str()?.to_owned(),
        (None, None) => address.to_owned(),
    };
    let target = parts
        .uri
        .path_and_query()
        .context("a request has a path")?
        .clone();
    parts.uri = Uri::builder()
        .scheme("http")
        .authority(host.as_str())
        .path_and_query(target.clone())
        .build()?;
    let set = [
        ("spin-full-url", format!("http://{host}{target}")),
        ("spin-path-info", found.trailing.to_owned()),
        ("spin-matched-route", found.route.raw.clone()),
        ("spin-base-path", "/".to_owned()),
        ("spin-raw-component-route", found.route.raw.clone()),
        ("spin-component-route", found.route.prefix.clone()),
        ("spin-client-addr", client.to_string()),
    ];
    for (name, value) in set {
        // Put in place of what a client may have sent: these headers are the server's word.
        parts.headers.insert(
            HeaderName::from_static(name),
            HeaderValue::from_str(&value)?,
        );
    }
    Ok(Request::from_parts(
        parts,
        body.map_err(Into::into).boxed_unsync(),
    ))
}

fn problem(status: StatusCode, title: &str) -> Response<WasiBody> {
    let body = format!(
        r#"{{"type":"about:blank","title":"{title}","status":{}}}"#,
        status.as_u16()
    );
    text(status, "application/problem+json", &body)
}

fn text(status: StatusCode, kind: &'static str, body: &str) -> Response<WasiBody> {
    let body = Full::new(Bytes::copy_from_slice(body.as_bytes()))
        .map_err(Into::into)
        .boxed_unsync();
    let mut response = Response::new(body);
    *response.status_mut() = status;
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
    // No component is asked here, so what components say on every answer is said here too.
    for (name, value) in [
        (header::CACHE_CONTROL, "no-store"),
        (
            header::CONTENT_SECURITY_POLICY,
            "default-src 'none'; frame-ancestors 'none'; base-uri 'none'",
        ),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::REFERRER_POLICY, "no-referrer"),
        (
            HeaderName::from_static("permissions-policy"),
            "camera=(), geolocation=(), microphone=(), payment=()",
        ),
        (
            HeaderName::from_static("cross-origin-resource-policy"),
            "same-origin",
        ),
    ] {
        headers.insert(name, HeaderValue::from_static(value));
    }
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers_of_the_runner_itself_carry_security_headers() {
        let answer = problem(StatusCode::NOT_FOUND, "Pagina non trovata");
        for name in [
            "content-security-policy",
            "x-content-type-options",
            "referrer-policy",
            "permissions-policy",
            "cache-control",
        ] {
            assert!(answer.headers().contains_key(name), "{name}");
        }
    }
}
