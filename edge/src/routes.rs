// SPDX-License-Identifier: EUPL-1.2
//! The route table: who may call what is checked here, before a handler runs.

use contract::endpoint::{Access, Role};
use contract::pratica::Action;
use http_types::header::{self, HeaderName, HeaderValue};
use jiff::Timestamp;

use crate::ctx::{Config, Ctx};
use crate::db::{self};
use crate::error::Error;
use crate::http::{Reply, Request};
use crate::identity::{keys, session, sign_in};
use crate::limit::{self, Allowance, Class};
use crate::packing::pack;
use crate::services::{accessi, bozze, catalogue, cv, facts, file, notices, pratiche, valutazioni};
use crate::texts::{self, Language};

mod booking;
mod desk;
mod shelf;

/// Every handler.
#[derive(Debug, Clone, Copy)]
enum Handler {
    Status,
    OpenApi,
    SignIn,
    Callback,
    Keys,
    SignOut,
    Me,
    Renew,
    Catalogue,
    Definition,
    Facts,
    ReadDraft,
    KeepDraft,
    DropDraft,
    KeepFile,
    Files,
    OneFile,
    DropFile,
    Present,
    List,
    One,
    Receipt,
    Document,
    Calendar,
    Withdraw,
    Integrate,
    Rate,
    Ratings,
    Notices,
    Accesses,
    Desk(desk::Desk),
    Booking(booking::Booking),
    Shelf(shelf::Shelf),
    CvPdf,
    LetterPdf,
}

const ROUTES: &[(&str, &str, Access, Handler)] = {
    use Access::{Public, Signed};
    &[
        ("GET", "/api/status", Public, Handler::Status),
        ("GET", "/api/openapi.json", Public, Handler::OpenApi),
        ("GET", "/api/accesso", Public, Handler::SignIn),
        ("GET", "/api/accesso/callback", Public, Handler::Callback),
        ("GET", "/api/accesso/jwks.json", Public, Handler::Keys),
        ("POST", "/api/uscita", Public, Handler::SignOut),
        ("GET", "/api/me", Signed, Handler::Me),
        ("POST", "/api/sessione/rinnovo", Signed, Handler::Renew),
        ("GET", "/api/servizi", Public, Handler::Catalogue),
        ("GET", "/api/servizi/{slug}", Public, Handler::Definition),
        ("GET", "/api/servizi/{slug}/fatti", Signed, Handler::Facts),
        ("GET", "/api/bozze/{slug}", Signed, Handler::ReadDraft),
        ("PUT", "/api/bozze/{slug}", Signed, Handler::KeepDraft),
        ("DELETE", "/api/bozze/{slug}", Signed, Handler::DropDraft),
        ("GET", "/api/file", Signed, Handler::Files),
        ("POST", "/api/file", Signed, Handler::KeepFile),
        ("GET", "/api/file/{id}", Signed, Handler::OneFile),
        ("DELETE", "/api/file/{id}", Signed, Handler::DropFile),
        ("GET", "/api/pratiche", Signed, Handler::List),
        ("POST", "/api/pratiche", Signed, Handler::Present),
        ("GET", "/api/pratiche/{id}", Signed, Handler::One),
        (
            "GET",
            "/api/pratiche/{id}/ricevuta.pdf",
            Signed,
            Handler::Receipt,
        ),
        (
            "GET",
            "/api/pratiche/{id}/documento.pdf",
            Signed,
            Handler::Document,
        ),
        (
            "GET",
            "/api/pratiche/{id}/scadenza.ics",
            Signed,
            Handler::Calendar,
        ),
        (
            "POST",
            "/api/pratiche/{id}/ritiro",
            Signed,
            Handler::Withdraw,
        ),
        (
            "POST",
            "/api/pratiche/{id}/integrazione",
            Signed,
            Handler::Integrate,
        ),
        ("POST", "/api/valutazioni", Signed, Handler::Rate),
        ("GET", "/api/valutazioni/{slug}", Public, Handler::Ratings),
        ("GET", "/api/avvisi", Signed, Handler::Notices),
        ("GET", "/api/accessi", Signed, Handler::Accesses),
        ("POST", "/api/cv/pdf", Public, Handler::CvPdf),
        ("POST", "/api/lettere/pdf", Public, Handler::LetterPdf),
    ]
};

/// Answers one request, whatever happens. `read` is what the shell found wrong with it before.
pub(crate) async fn respond(
    mut ctx: Ctx,
    request: &Request,
    read: Result<(), Error>,
) -> (Reply, Ctx) {
    ctx.language = Language::asked(request.header("accept-language").as_deref());
    let (allowance, outcome) = handle(&mut ctx, request, read).await;
    let reply = match outcome {
        Ok(reply) => dress(pack(request, reply), allowance),
        Err(error) => refuse(request, &error, allowance),
    };
    (reply, ctx)
}

/// The answer when there is no store to be had.
pub(crate) fn without_store(
    request: &Request,
    config: &Config,
    now: Timestamp,
    error: &Error,
) -> Reply {
    let class = class(&request.method, None);
    refuse(request, error, Allowance::uncounted(config, now, class))
}

fn refuse(request: &Request, error: &Error, allowance: Allowance) -> Reply {
    let language = Language::asked(request.header("accept-language").as_deref());
    dress(error.reply(language, &request.path), allowance)
}

fn dress(mut reply: Reply, allowance: Allowance) -> Reply {
    static ALWAYS: [(HeaderName, HeaderValue); 7] = [
        (
            header::CONTENT_SECURITY_POLICY,
            HeaderValue::from_static("default-src 'none'; frame-ancestors 'none'; base-uri 'none'"),
        ),
        (
            header::X_CONTENT_TYPE_OPTIONS,
            HeaderValue::from_static("nosniff"),
        ),
        (
            header::REFERRER_POLICY,
            HeaderValue::from_static("no-referrer"),
        ),
        (
            HeaderName::from_static("permissions-policy"),
            HeaderValue::from_static("camera=(), geolocation=(), microphone=(), payment=()"),
        ),
        (
            HeaderName::from_static("cross-origin-opener-policy"),
            HeaderValue::from_static("same-origin"),
        ),
        (
            HeaderName::from_static("cross-origin-resource-policy"),
            HeaderValue::from_static("same-origin"),
        ),
        (
            header::VARY,
            HeaderValue::from_static("Accept-Encoding, Accept-Language"),
        ),
    ];
    let headers = &mut reply.headers;
    headers.reserve(ALWAYS.len() + 4);
    for (name, value) in &ALWAYS {
        headers.append(name, value.clone());
    }
    headers
        .entry(header::CACHE_CONTROL)
        .or_insert(HeaderValue::from_static("no-store"));
    for (name, number) in [
        ("ratelimit-limit", allowance.limit),
        ("ratelimit-remaining", allowance.remaining),
        ("ratelimit-reset", allowance.reset),
    ] {
        headers.append(HeaderName::from_static(name), number.into());
    }
    reply
}

fn class(method: &str, handler: Option<Handler>) -> Class {
    match (handler, method) {
        (Some(Handler::SignIn), _) => Class::SignIns,
        (_, "GET" | "HEAD") => Class::Reads,
        _ => Class::Writes,
    }
}

/// Who asks, and whether the route is theirs.
async fn enter(ctx: &mut Ctx, request: &Request, found: &Found<'_>) -> Result<(), Error> {
    let (access, handler, _) = found;
    // Answered without knowing anybody, and asked for often.
    if let Handler::Status = handler {
        return Ok(());
    }
    // Printing changes nothing and asks nobody who they are: it needs neither the store nor our own pages.
    if let Handler::CvPdf | Handler::LetterPdf = handler {
        return Ok(());
    }
    // The scheduler is no browser: its own secret is asked for in the handler.
    let job = matches!(handler, Handler::Booking(booking::Booking::Job));
    let reads = matches!(request.method.as_str(), "GET" | "HEAD");
    if !reads && !job && !request.same_origin(&ctx.config.indirizzo_pubblico) {
        return Err(Error::CrossSite);
    }
    ctx.session = session::load(ctx, request).await?;
    if !reads {
        texts::remember(ctx, request).await?;
    }
    match (access, ctx.session.as_ref().map(|session| session.role)) {
        (Access::Signed | Access::Operator, None) => Err(Error::SignedOut),
        (Access::Operator, Some(Role::Cittadino)) => Err(Error::Forbidden),
        _ => Ok(()),
    }
}

async fn handle(
    ctx: &mut Ctx,
    request: &Request,
    read: Result<(), Error>,
) -> (Allowance, Result<Reply, Error>) {
    let found = find(request);
    let ready = db::migrate(&ctx.db).await;
    let entered = match (&ready, &found) {
        (Ok(()), Ok(found)) => enter(ctx, request, found).await,
        _ => Ok(()),
    };
    // Every request is counted, the refused ones too: only then has guessing a price.
    let class = class(
        &request.method,
        found.as_ref().ok().map(|(_, handler, _)| *handler),
    );
    let (allowance, counted) = limit::take(ctx, request, class).await;
    let admitted = async {
        let (_, handler, parts) = found?;
        // Printing needs no store: a store that does not answer now is no reason to print nothing.
        if let (
            Handler::CvPdf | Handler::LetterPdf,
            Ok(()) | Err(Error::Db(_) | Error::Unavailable),
        ) = (handler, &counted)
        {
            read?;
            return dispatch(ctx, request, handler, &parts).await;
        }
        counted?;
        ready?;
        // A body that is too large is told so whoever sent it; nothing of it was read.
        read?;
        entered?;
        dispatch(ctx, request, handler, &parts).await
    };
    (allowance, admitted.await)
}

async fn dispatch(
    ctx: &Ctx,
    request: &Request,
    handler: Handler,
    parts: &[&str],
) -> Result<Reply, Error> {
    let part = |n: usize| parts.get(n).copied().unwrap_or_default();
    match handler {
        Handler::Status => Ok(Reply::json(
            200,
            &serde_json::json!({ "status": "ok", "versione": env!("CARGO_PKG_VERSION") }),
        )),
        Handler::OpenApi => Ok(catalogue::openapi(ctx)),
        Handler::CvPdf => cv::pdf(request),
        Handler::LetterPdf => cv::letter_pdf(request),
        Handler::SignIn => sign_in::begin(ctx, request).await,
        Handler::Callback => sign_in::callback(ctx, request).await,
        Handler::Keys => keys::published(ctx, request).await,
        Handler::SignOut => session::sign_out(ctx, request).await,
        Handler::Me => session::me(ctx, request).await,
        Handler::Renew => session::renew(ctx, request).await,
        Handler::Catalogue => Ok(catalogue::list(request)),
        Handler::Definition => catalogue::definition(ctx, part(0), request),
        Handler::Facts => facts::known(ctx, part(0)).await,
        Handler::ReadDraft => bozze::read(ctx, part(0)).await,
        Handler::KeepDraft => bozze::keep(ctx, part(0), request).await,
        Handler::DropDraft => bozze::discard(ctx, part(0)).await,
        Handler::KeepFile => file::keep(ctx, request).await,
        Handler::Files => file::list(ctx).await,
        Handler::OneFile => file::one(ctx, part(0)).await,
        Handler::DropFile => file::discard(ctx, part(0)).await,
        Handler::Present => pratiche::present(ctx, request).await,
        Handler::List => pratiche::list(ctx).await,
        Handler::One => pratiche::one(ctx, part(0)).await,
        Handler::Receipt => pratiche::receipt(ctx, part(0)).await,
        Handler::Document => pratiche::document(ctx, part(0)).await,
        Handler::Calendar => pratiche::calendar(ctx, part(0)).await,
        Handler::Withdraw => pratiche::act(ctx, part(0), Action::Ritiro, request).await,
        Handler::Integrate => pratiche::act(ctx, part(0), Action::Integrazione, request).await,
        Handler::Rate => valutazioni::add(ctx, request).await,
        Handler::Ratings => valutazioni::count(ctx, part(0)).await,
        Handler::Notices => notices::list(ctx).await,
        Handler::Accesses => accessi::list(ctx).await,
        Handler::Desk(handler) => desk::dispatch(ctx, request, handler, part(0), part(1)).await,
        Handler::Booking(handler) => booking::dispatch(ctx, request, handler, part).await,
        Handler::Shelf(handler) => shelf::dispatch(ctx, request, handler, part(0)).await,
    }
}

/// The table of this file, that of the desk, that of appointments and that of kept CVs.
fn routes() -> impl Iterator<Item = (&'static str, &'static str, Access, Handler)> {
    let booking = booking::ROUTES
        .iter()
        .map(|(method, path, access, handler)| {
            (*method, *path, *access, Handler::Booking(*handler))
        });
    let shelf = shelf::ROUTES
        .iter()
        .map(|(method, path, access, handler)| (*method, *path, *access, Handler::Shelf(*handler)));
    let desk = desk::ROUTES
        .iter()
        .map(|(method, path, access, handler)| (*method, *path, *access, Handler::Desk(*handler)));
    ROUTES
        .iter()
        .copied()
        .chain(desk)
        .chain(booking)
        .chain(shelf)
}

type Found<'r> = (Access, Handler, Vec<&'r str>);

fn find(request: &Request) -> Result<Found<'_>, Error> {
    let method = if request.method == "HEAD" {
        "GET"
    } else {
        &request.method
    };
    // The first pattern that fits is the address; a later one that fits as well is another address.
    let mut address = None;
    let mut allow: Vec<&str> = Vec::new();
    for (wanted, pattern, access, handler) in routes() {
        if address.is_some_and(|address| address != pattern) {
            continue;
        }
        if let Some(parts) = matches(pattern, &request.path) {
            if wanted == method {
                return Ok((access, handler, parts));
            }
            address = Some(pattern);
            allow.push(if wanted == "GET" { "GET, HEAD" } else { wanted });
        }
    }
    Err(match address {
        None => Error::NotFound,
        Some(_) => Error::Method(allow.join(", ")),
    })
}

/// The parts of a path that stand where a pattern has names in braces.
fn matches<'r>(mut pattern: &str, mut path: &'r str) -> Option<Vec<&'r str>> {
    let mut parts = Vec::new();
    while let Some((same, rest)) = pattern.split_once('{') {
        path = path.strip_prefix(same)?;
        let (part, left) = path.split_at(path.find('/').unwrap_or(path.len()));
        if part.is_empty() {
            return None;
        }
        parts.push(part);
        path = left;
        pattern = rest.split_once('}')?.1;
    }
    (path == pattern).then_some(parts)
}

#[cfg(test)]
mod tests;
