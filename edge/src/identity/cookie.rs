// SPDX-License-Identifier: EUPL-1.2
//! Reading and writing the cookies: `sessione`, one short-lived `accesso_…` for each sign-in under way, and `entrato`.
//! Other sites cannot send them with a POST. Scripts see only `entrato`, which says nothing but that somebody has just
//! signed in: the app takes it away and asks who it is.

use crate::ctx::Ctx;
use crate::http::Request;

/// The value of a cookie that the browser sent.
pub(crate) fn read(request: &Request, name: &str) -> Option<String> {
    request
        .header("cookie")?
        .split(';')
        .filter_map(|pair| pair.trim().split_once('='))
        .find_map(|(found, value)| (found == name).then(|| value.to_owned()))
}

/// Name of the cookie that tells the app of a sign-in.
const ENTERED: &str = "entrato";
/// Seconds in which the app has to come for it.
const ENTERED_LIFE: u32 = 120;

/// A `Set-Cookie` value. Without `seconds` the cookie lives as long as the browser's own session; 0 takes it away.
pub(crate) fn write(
    ctx: &Ctx,
    name: &str,
    value: &str,
    path: &str,
    seconds: Option<u32>,
) -> String {
    finish(
        ctx,
        format!("{name}={value}; Path={path}; HttpOnly; SameSite=Lax"),
        seconds,
    )
}

/// Tells the app that somebody has signed in: the home page of whoever never did so here asks nobody.
pub(crate) fn entered(ctx: &Ctx) -> String {
    let cookie = format!("{ENTERED}=1; Path=/; SameSite=Lax");
    finish(ctx, cookie, Some(ENTERED_LIFE))
}

fn finish(ctx: &Ctx, mut cookie: String, seconds: Option<u32>) -> String {
    if let Some(seconds) = seconds {
        cookie.push_str(&format!("; Max-Age={seconds}"));
    }
    if ctx.config.indirizzo_pubblico.starts_with("https://") {
        cookie.push_str("; Secure");
    }
    cookie
}
