// SPDX-License-Identifier: EUPL-1.2
//! Reading and writing the two kinds of cookies: `sessione`, and one short-lived `accesso_…` for each sign-in under way.
//! Scripts never see them, and other sites cannot send them with a POST.

use crate::ctx::Ctx;
use crate::http::Request;

/// The value of a cookie that the browser sent.
pub(crate) fn read<'a>(request: &'a Request, name: &str) -> Option<&'a str> {
    request
        .header("cookie")?
        .split(';')
        .filter_map(|pair| pair.trim().split_once('='))
        .find_map(|(found, value)| (found == name).then_some(value))
}

/// A `Set-Cookie` value. Without `seconds` the cookie lives as long as the browser's own session; 0 takes it away.
pub(crate) fn write(
    ctx: &Ctx,
    name: &str,
    value: &str,
    path: &str,
    seconds: Option<u32>,
) -> String {
    let mut cookie = format!("{name}={value}; Path={path}; HttpOnly; SameSite=Lax");
    if let Some(seconds) = seconds {
        cookie.push_str(&format!("; Max-Age={seconds}"));
    }
    if ctx.config.indirizzo_pubblico.starts_with("https://") {
        cookie.push_str("; Secure");
    }
    cookie
}
