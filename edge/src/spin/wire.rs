// SPDX-License-Identifier: EUPL-1.2
//! Messages of wasi:http as they are. The conversions of the SDK would copy every header of an answer three times, give
//! it no length, so that it travels in chunks and ends in a packet of its own, and wait after each body for trailers.

use http_types::Uri;
use http_types::header::{CONTENT_LENGTH, HeaderMap};
use spin_sdk::wasip3::http::client;
use spin_sdk::wasip3::http::types::{
    ErrorCode, Fields, Method, Request as Inbound, Response, Scheme, Trailers,
};
use spin_sdk::wasip3::wit_bindgen::{FutureReader, StreamReader, StreamResult};
use spin_sdk::wasip3::{wit_future, wit_stream};

use crate::error::Error;
use crate::http::{FetchError, Incoming, Outgoing, Reply, Request, largest_body, target};

/// Bytes that are read at a time when nobody has told how many there are.
const CHUNK: usize = 16 * 1024;
/// The largest answer of a neighbour.
const LARGEST_ANSWER: usize = 16 << 20;

/// What is read of a body: its bytes, and then whether it is whole.
type Source = (
    StreamReader<u8>,
    FutureReader<Result<Option<Trailers>, ErrorCode>>,
);

/// What a body is written to.
type Written = (
    Option<StreamReader<u8>>,
    FutureReader<Result<Option<Trailers>, ErrorCode>>,
);

/// The headers of a request, which stay with the host until somebody asks for them.
pub(crate) struct Headers {
    fields: Fields,
    /// wasi:http keeps it apart.
    host: Option<String>,
}

impl Headers {
    /// The values under this name, in order.
    pub(crate) fn all(&self, name: &str) -> impl Iterator<Item = Vec<u8>> {
        let mut values = match name {
            "" => Vec::new(),
            name => self.fields.get(name),
        };
        if let ("host", Some(host)) = (name, &self.host) {
            values.push(host.clone().into_bytes());
        }
        values.into_iter()
    }
}

/// A request, and what is wrong with its body. Reading has none (RFC 9110, 9.3.1): what somebody sends all the same is not
/// even looked at.
pub(super) async fn receive(inbound: Inbound) -> (Request, Result<(), Error>) {
    let method = name(&inbound.get_method()).to_owned();
    let whole = inbound.get_path_with_query();
    let (path, query) = target(whole.as_deref().unwrap_or("/"));
    let reads = matches!(method.as_str(), "GET" | "HEAD");
    let mut request = Request {
        method,
        path,
        query,
        headers: Headers {
            fields: inbound.get_headers(),
            // Only who changes something has to say from where they come.
            host: if reads { None } else { inbound.get_authority() },
        },
        body: Vec::new(),
    };
    let mut outcome = Ok(());
    if !reads {
        let largest = largest_body(&request.method, &request.path);
        let told = length(&request.headers.fields);
        match body(|done| Inbound::consume_body(inbound, done), told, largest).await {
            Ok(bytes) => request.body = bytes,
            Err(error) => outcome = Err(error),
        }
    }
    (request, outcome)
}

/// An answer on its way: its body follows it.
pub(super) fn send(reply: Reply) -> Result<Response, ErrorCode> {
    let length = reply.body.len();
    let mut headers = list(&reply.headers);
    // These have no body, and no length of one that could be told here (RFC 9110, 8.6).
    if !matches!(reply.status, 204 | 304) {
        headers.push((CONTENT_LENGTH.as_str().into(), length.to_string().into()));
    }
    let headers = Fields::from_list(&headers).map_err(|_| broken())?;
    let (body, trailers) = write(reply.body);
    let (response, _) = Response::new(headers, body, trailers);
    response
        .set_status_code(reply.status)
        .map_err(|()| broken())?;
    Ok(response)
}

/// Asks the world outside; Spin lets only the hosts of the manifest be reached.
pub(crate) async fn fetch(outgoing: Outgoing) -> Result<Incoming, FetchError> {
    let response = client::send(outbound(outgoing).ok_or(FetchError)?).await;
    let response = response.map_err(|_| FetchError)?;
    let status = response.get_status_code();
    let told = length(&response.get_headers());
    let read = body(
        |done| Response::consume_body(response, done),
        told,
        LARGEST_ANSWER,
    );
    Ok(Incoming {
        status,
        body: read.await.map_err(|_| FetchError)?,
    })
}

fn outbound(outgoing: Outgoing) -> Option<Inbound> {
    let uri: Uri = outgoing.url.parse().ok()?;
    let scheme = match uri.scheme_str()? {
        "https" => Scheme::Https,
        "http" => Scheme::Http,
        _ => return None,
    };
    let mut headers: Vec<(String, Vec<u8>)> = outgoing
        .headers
        .into_iter()
        .map(|(name, value)| (name, value.into_bytes()))
        .collect();
    if !outgoing.body.is_empty() {
        let length = outgoing.body.len().to_string();
        headers.push((CONTENT_LENGTH.as_str().into(), length.into()));
    }
    let headers = Fields::from_list(&headers).ok()?;
    let (body, trailers) = write(outgoing.body);
    let (request, _) = Inbound::new(headers, body, trailers, None);
    let method = match outgoing.method.as_str() {
        "GET" => Method::Get,
        "POST" => Method::Post,
        _ => Method::Other(outgoing.method),
    };
    request.set_method(&method).ok()?;
    request.set_scheme(Some(&scheme)).ok()?;
    request
        .set_authority(uri.authority().map(|host| host.as_str()))
        .ok()?;
    let rest = uri.path_and_query().map(|both| both.as_str());
    request.set_path_with_query(rest).ok()?;
    Some(request)
}

/// A body to its end, or to the length that its sender has told.
async fn body(
    consume: impl FnOnce(FutureReader<Result<(), ErrorCode>>) -> Source,
    told: Option<usize>,
    largest: usize,
) -> Result<Vec<u8>, Error> {
    if told.is_some_and(|told| told > largest) {
        return Err(Error::TooLarge);
    }
    let mut bytes = Vec::new();
    if told == Some(0) {
        return Ok(bytes);
    }
    let (_done, done) = wit_future::new(|| Ok(()));
    let (mut stream, trailers) = consume(done);
    loop {
        bytes.reserve(told.map_or(CHUNK, |told| told - bytes.len()));
        let (read, all) = stream.read(bytes).await;
        bytes = all;
        if bytes.len() > largest {
            return Err(Error::TooLarge);
        }
        if !matches!(read, StreamResult::Complete(_)) {
            break;
        }
        if told.is_some_and(|told| told <= bytes.len()) {
            return Ok(bytes);
        }
    }
    // Where no length was told, only this says whether somebody has gone away in the middle.
    match trailers.await {
        Ok(_) if told.is_none() => Ok(bytes),
        _ => Err(Error::BadRequest("corpo")),
    }
}

/// What the other side reads a body from; nothing at all if it is empty. There are no trailers.
fn write(body: Vec<u8>) -> Written {
    let (_none, trailers) = wit_future::new(|| Ok(None));
    if body.is_empty() {
        return (None, trailers);
    }
    let (mut writer, stream) = wit_stream::new();
    spin_sdk::wasip3::spawn(async move {
        // What is left over is of somebody who has gone away.
        writer.write_all(body).await;
    });
    (Some(stream), trailers)
}

fn list(headers: &HeaderMap) -> Vec<(String, Vec<u8>)> {
    // One more for the length.
    let mut list = Vec::with_capacity(headers.len() + 1);
    for (name, value) in headers {
        list.push((name.as_str().to_owned(), value.as_bytes().to_owned()));
    }
    list
}

fn length(headers: &Fields) -> Option<usize> {
    let values = headers.get(CONTENT_LENGTH.as_str());
    std::str::from_utf8(values.first()?).ok()?.parse().ok()
}

fn name(method: &Method) -> &str {
    match method {
        Method::Get => "GET",
        Method::Head => "HEAD",
        Method::Post => "POST",
        Method::Put => "PUT",
        Method::Delete => "DELETE",
        Method::Connect => "CONNECT",
        Method::Options => "OPTIONS",
        Method::Trace => "TRACE",
        Method::Patch => "PATCH",
        Method::Other(name) => name,
    }
}

fn broken() -> ErrorCode {
    ErrorCode::InternalError(None)
}
