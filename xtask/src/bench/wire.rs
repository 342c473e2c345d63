// SPDX-License-Identifier: EUPL-1.2
//! A connection that is kept open and asked one thing after the other, as a browser does.

use std::io::{ErrorKind, Read, Write};
use std::net::TcpStream;
use std::time::Duration;

use anyhow::{Context, Result, bail};
use httparse::{EMPTY_HEADER, Response, Status, parse_chunk_size};

/// How long an answer may take.
const PATIENCE: Duration = Duration::from_secs(30);
/// More headers than any answer of ours has.
const HEADERS: usize = 64;

/// What the load has to know of an answer.
pub(crate) struct Answer {
    pub(crate) status: u16,
    /// Empty when there is none.
    pub(crate) location: String,
    pub(crate) body: Vec<u8>,
}

/// A connection to the runner.
pub(crate) struct Connection {
    stream: TcpStream,
    /// What has come in and is not yet understood.
    held: Vec<u8>,
}

impl Connection {
    /// To an address such as `127.0.0.1:3000`.
    pub(crate) fn open(address: &str) -> Result<Self> {
        let stream = TcpStream::connect(address).with_context(|| format!("no way to {address}"))?;
        stream.set_nodelay(true)?;
        stream.set_read_timeout(Some(PATIENCE))?;
        Ok(Self {
            stream,
            held: Vec::with_capacity(64 << 10),
        })
    }

    /// Sends a request as it is and reads the whole answer.
    pub(crate) fn ask(&mut self, request: &[u8]) -> Result<Answer> {
        self.stream.write_all(request)?;
        let (mut answer, length, end) = loop {
            if let Some(head) = head(&self.held)? {
                break head;
            }
            self.more()?;
        };
        self.held.drain(..end);
        match length {
            Some(length) => self.take(length, &mut answer.body)?,
            None => self.chunks(&mut answer.body)?,
        }
        Ok(answer)
    }

    fn chunks(&mut self, body: &mut Vec<u8>) -> Result<()> {
        loop {
            let Ok(size) = parse_chunk_size(&self.held) else {
                bail!("a chunk of an answer has no size");
            };
            let Status::Complete((begin, size)) = size else {
                self.more()?;
                continue;
            };
            self.held.drain(..begin);
            self.take(usize::try_from(size)?, body)?;
            // The end of the line after each chunk, the last and empty one too.
            self.take(2, &mut Vec::new())?;
            if size == 0 {
                return Ok(());
            }
        }
    }

    fn take(&mut self, length: usize, into: &mut Vec<u8>) -> Result<()> {
        while self.held.len() < length {
            self.more()?;
        }
        into.extend_from_slice(&self.held[..length]);
        self.held.drain(..length);
        Ok(())
    }

    fn more(&mut self) -> Result<()> {
        let mut bytes = [0; 16 << 10];
        match self.stream.read(&mut bytes) {
            Ok(0) => bail!("the runner has hung up in the middle of an answer"),
            Ok(many) => self.held.extend_from_slice(&bytes[..many]),
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            Err(error) => return Err(error).context("an answer did not come"),
        }
        Ok(())
    }
}

/// Status and headers, the length of the body if it is told, and where the body begins.
fn head(bytes: &[u8]) -> Result<Option<(Answer, Option<usize>, usize)>> {
    let mut headers = [EMPTY_HEADER; HEADERS];
    let mut response = Response::new(&mut headers);
    let Status::Complete(end) = response.parse(bytes)? else {
        return Ok(None);
    };
    let header = |name: &str| {
        let found = response.headers.iter();
        let mut found = found.filter(|header| header.name.eq_ignore_ascii_case(name));
        found
            .next()
            .and_then(|header| std::str::from_utf8(header.value).ok())
    };
    let status = response.code.unwrap_or_default();
    let length = match header("content-length") {
        _ if status == 204 || status == 304 => Some(0),
        Some(length) => Some(length.trim().parse()?),
        None if header("transfer-encoding").is_some() => None,
        None => bail!("an answer does not say where it ends"),
    };
    let answer = Answer {
        status,
        location: header("location").unwrap_or_default().to_owned(),
        body: Vec::new(),
    };
    Ok(Some((answer, length, end)))
}

/// A request as bytes: a GET without a body, anything else with a JSON one, from our own pages.
pub(crate) fn request(
    method: &str,
    target: &str,
    headers: &[(&str, &str)],
    body: Option<&str>,
) -> Vec<u8> {
    let mut text = format!(
        "{method} {target} HTTP/1.1\r\nhost: sportello\r\naccept-language: it\r\naccept-encoding: br\r\n"
    );
    for (name, value) in headers {
        text.push_str(&format!("{name}: {value}\r\n"));
    }
    if method != "GET" {
        text.push_str("sec-fetch-site: same-origin\r\n");
        text.push_str(&format!("content-length: {}\r\n", body.map_or(0, str::len)));
    }
    if body.is_some() {
        text.push_str("content-type: application/json\r\n");
    }
    text.push_str("\r\n");
    text.push_str(body.unwrap_or_default());
    text.into_bytes()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::net::TcpListener;

    #[track_caller]
    fn answers(wire: &'static [u8]) -> Vec<(u16, Vec<u8>)> {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap().to_string();
        let server = std::thread::spawn(move || {
            let (mut stream, _) = listener.accept().unwrap();
            // In small pieces, as a network may.
            for piece in wire.chunks(7) {
                stream.write_all(piece).unwrap();
                stream.flush().unwrap();
            }
            // Whoever hangs up with a request unread takes back what was not yet read of the answers.
            std::io::copy(&mut stream, &mut std::io::sink()).unwrap();
        });
        let mut connection = Connection::open(&address).unwrap();
        let mut all = Vec::new();
        while let Ok(answer) = connection.ask(b"x") {
            all.push((answer.status, answer.body));
            if all.len() == 3 {
                break;
            }
        }
        drop(connection);
        server.join().unwrap();
        all
    }

    #[test]
    fn answers_of_each_length_are_told_apart_on_one_connection() {
        let wire = b"HTTP/1.1 200 OK\r\ncontent-length: 3\r\n\r\nabc\
            HTTP/1.1 201 Created\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nabcd\r\na\r\n\r\n12345678\r\n0\r\n\r\n\
            HTTP/1.1 204 No Content\r\n\r\n";
        let expected = [
            (200, b"abc".to_vec()),
            (201, b"abcd\r\n12345678".to_vec()),
            (204, Vec::new()),
        ];
        assert_eq!(answers(wire), expected);
    }
}
