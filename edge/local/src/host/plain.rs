// SPDX-License-Identifier: EUPL-1.2
//! Outgoing calls over plain HTTP, on connections that are kept for the next call, as Spin keeps them: neighbours on the
//! same machine or network are asked several times in one request.

use http::uri::Scheme;
use http_body_util::BodyExt;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::client::legacy::{Client, Error as Failure};
use hyper_util::rt::{TokioExecutor, TokioTimer};
use std::time::Duration;
use wasmtime_wasi_http::{Error, RequestOptions, WasiBody};

/// How long a connection waits for its next call. Less than servers wait, so that they are seldom the first to hang up.
const KEPT: Duration = Duration::from_secs(10);
/// How long a neighbour may take to take a call, and to begin its answer: the limits of WASI where nothing is asked for.
const PATIENCE: Duration = Duration::from_secs(600);

/// Connections to whoever a component calls.
pub(crate) struct Plain(Client<HttpConnector, WasiBody>);

impl Plain {
    pub(crate) fn new() -> Self {
        let mut connector = HttpConnector::new();
        // Head and body leave in two pieces: without this the second may wait until the first is acknowledged.
        connector.set_nodelay(true);
        let client = Client::builder(TokioExecutor::new())
            .pool_timer(TokioTimer::new())
            .pool_idle_timeout(KEPT)
            .build(connector);
        Self(client)
    }

    /// Whether a call is one for here: over plain HTTP, and with no time limits of its own.
    pub(super) fn takes(
        request: &http::Request<WasiBody>,
        options: Option<&RequestOptions>,
    ) -> bool {
        request.uri().scheme() == Some(&Scheme::HTTP)
            && options.is_none_or(|limits| {
                limits.connect_timeout.is_none()
                    && limits.first_byte_timeout.is_none()
                    && limits.between_bytes_timeout.is_none()
            })
    }

    pub(super) async fn send(
        &self,
        request: http::Request<WasiBody>,
    ) -> Result<http::Response<WasiBody>, Error> {
        let answer = tokio::time::timeout(PATIENCE, self.0.request(request))
            .await
            .map_err(|_| Error::ConnectionReadTimeout)?
            .map_err(|failure| told(&failure))?;
        Ok(answer.map(|body| body.map_err(Error::from).boxed_unsync()))
    }
}

fn told(failure: &Failure) -> Error {
    if failure.is_connect() {
        Error::DestinationUnavailable
    } else {
        Error::HttpProtocolError
    }
}
