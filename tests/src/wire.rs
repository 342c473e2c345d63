// SPDX-License-Identifier: EUPL-1.2
//! One HTTP/1.1 exchange on a connection of its own.

use std::io::{Read, Write};
use std::net::{Shutdown, TcpStream};
use std::time::Duration;

use crate::Reply;

/// A body that goes along with its head, as browsers send it.
const SMALL: usize = 16 << 10;
/// How long an answer may take.
const PATIENCE: Duration = Duration::from_secs(30);

/// Writes and reads at the same time: a server may refuse a body before it has all of it. With `breaks_off` nothing can
/// come after the body, however long it was said to be. An error when there is no server, or no whole answer.
pub(crate) fn exchange(
    host: &str,
    head: &[u8],
    body: &[u8],
    breaks_off: bool,
) -> Result<Reply, String> {
    let mut stream =
        TcpStream::connect(host).map_err(|error| format!("cannot reach {host}: {error}"))?;
    stream
        .set_read_timeout(Some(PATIENCE))
        .expect("a time limit can be set");
    stream
        .set_write_timeout(Some(PATIENCE))
        .expect("a time limit can be set");
    let mut writer = stream.try_clone().expect("a socket can be shared");
    let mut bytes = Vec::new();
    let mut ended = Ok(());
    std::thread::scope(|scope| {
        scope.spawn(move || {
            // A server that has already refused may hang up: the answer tells.
            let _ = if body.len() < SMALL {
                writer.write_all(&[head, body].concat())
            } else {
                writer.write_all(head).and_then(|()| writer.write_all(body))
            };
            if breaks_off {
                let _ = writer.shutdown(Shutdown::Write);
            }
        });
        // An early refusal may end in a reset; what came before it is the answer.
        ended = stream.read_to_end(&mut bytes).map(drop);
    });
    // It tells the length that a body would have, and has none.
    let has_body = !head.starts_with(b"HEAD ");
    read(&bytes, has_body).ok_or_else(|| {
        let text = String::from_utf8_lossy(&bytes);
        format!("not an HTTP answer: {text:?}, which ended with {ended:?}")
    })
}

fn read(bytes: &[u8], has_body: bool) -> Option<Reply> {
    let end = bytes.windows(4).position(|four| four == b"\r\n\r\n")?;
    let head = std::str::from_utf8(&bytes[..end]).ok()?;
    let mut lines = head.split("\r\n");
    let status: u16 = lines.next()?.split(' ').nth(1)?.parse().ok()?;
    let headers: Vec<(String, String)> = lines
        .filter_map(|line| line.split_once(':'))
        .map(|(name, value)| (name.to_ascii_lowercase(), value.trim().to_owned()))
        .collect();
    let rest = &bytes[end + 4..];
    let chunked = headers
        .iter()
        .any(|(name, value)| name == "transfer-encoding" && value == "chunked");
    let whole = headers
        .iter()
        .find(|(name, _)| name == "content-length")
        .and_then(|(_, value)| value.parse::<usize>().ok());
    if has_body && whole.is_some_and(|length| status != 204 && rest.len() < length) {
        return None;
    }
    let body = if chunked {
        unchunked(rest)?
    } else {
        rest.to_vec()
    };
    Some(Reply {
        status,
        headers,
        body,
    })
}

fn unchunked(mut rest: &[u8]) -> Option<Vec<u8>> {
    let mut body = Vec::new();
    loop {
        let end = rest.windows(2).position(|two| two == b"\r\n")?;
        let size =
            usize::from_str_radix(std::str::from_utf8(&rest[..end]).ok()?.trim(), 16).ok()?;
        if size == 0 {
            return Some(body);
        }
        body.extend_from_slice(rest.get(end + 2..end + 2 + size)?);
        rest = rest.get(end + 4 + size..)?;
    }
}
