// SPDX-License-Identifier: EUPL-1.2
//! The route table: who may call what is checked here, before a handler runs.

use contract::endpoint::{Access, Role};

use crate::ctx::{Config, Ctx};
use crate::db::{self, Db};
use crate::error::Error;
use crate::http::{Reply, Request};
use crate::identity::{keys, session, sign_in};
use crate::services::{bozze, catalogue, cv, did, facts, notices, operatore, pratiche};
use crate::texts::Language;

/// Requests a minute that an answer promises.
const LIMIT: u32 = 600;

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
    Present,
    List,
    One,
    Receipt,
    Document,
    Calendar,
    Withdraw,
    Integrate,
    Notices,
    Accesses,
    Queue,
    DeskOne,
    DeskDocument,
    DeskAction,
    CvPdf,
    LetterPdf,
}

const ROUTES: &[(&str, &str, Access, Handler)] = {
    use Access::{Operator, Public, Signed};
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
        ("POST", "/api/pratiche", Signed, Handler::Present),
        ("GET", "/api/pratiche", Signed, Handler::List),
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
        ("GET", "/api/avvisi", Signed, Handler::Notices),
        ("GET", "/api/accessi", Signed, Handler::Accesses),
        ("GET", "/api/operatore/pratiche", Operator, Handler::Queue),
        (
            "GET",
            "/api/operatore/pratiche/{id}",
            Operator,
            Handler::DeskOne,
        ),
        (
            "GET",
            "/api/operatore/pratiche/{id}/documento.pdf",
            Operator,
            Handler::DeskDocument,
        ),
        (
            "POST",
            "/api/operatore/pratiche/{id}/{azione}",
            Operator,
            Handler::DeskAction,
        ),
        ("POST", "/api/cv/pdf", Public, Handler::CvPdf),
        ("POST", "/api/lettere/pdf", Public, Handler::LetterPdf),
    ]
};

/// Answers one request, whatever happens.
pub(crate) async fn answer(request: Request, db: Db, config: Config) -> Reply {
    #[cfg(target_family = "wasm")]
    let ctx = Ctx {
        now: crate::ctx::now(),
        config,
        db,
        session: None,
    };
    #[cfg(not(target_family = "wasm"))]
    let ctx = Ctx {
        now: jiff::Timestamp::UNIX_EPOCH,
        config,
        db,
        session: None,
        net: std::rc::Rc::new(|_| Err(crate::http::FetchError)),
    };
    respond(ctx, request).await
}

/// Answers one request in given surroundings.
pub(crate) async fn respond(mut ctx: Ctx, request: Request) -> Reply {
    let reply = match handle(&mut ctx, &request).await {
        Ok(reply) => reply,
        Err(error) => return refuse(&request, &error),
    };
    dress(reply)
}

/// A refusal, dressed like every answer.
pub(crate) fn refuse(request: &Request, error: &Error) -> Reply {
    dress(error.reply(
        Language::asked(request.header("accept-language")),
        &request.path,
    ))
}

fn dress(mut reply: Reply) -> Reply {
    const SECURITY: [(&str, &str); 8] = [
        (
            "content-security-policy",
            "default-src 'none'; frame-ancestors 'none'; base-uri 'none'",
        ),
        ("x-content-type-options", "nosniff"),
        ("referrer-policy", "no-referrer"),
        (
            "permissions-policy",
            "camera=(), geolocation=(), microphone=(), payment=()",
        ),
        ("cross-origin-opener-policy", "same-origin"),
        ("cross-origin-resource-policy", "same-origin"),
        ("ratelimit-reset", "60"),
        ("vary", "Accept-Language"),
    ];
    for (name, value) in SECURITY {
        reply = reply.header(name, value);
    }
    if !reply
        .headers
        .iter()
        .any(|(name, _)| name == "cache-control")
    {
        reply = reply.header("cache-control", "no-store");
    }
    reply
        .header("ratelimit-limit", &LIMIT.to_string())
        .header("ratelimit-remaining", &(LIMIT - 1).to_string())
}

async fn handle(ctx: &mut Ctx, request: &Request) -> Result<Reply, Error> {
    let (access, handler, parts) = find(request)?;
    if let Handler::Status = handler {
        db::migrate(&ctx.db).await?;
        return Ok(Reply::json(
            200,
            &serde_json::json!({ "status": "ok", "versione": env!("CARGO_PKG_VERSION") }),
        ));
    }
    // Printing changes nothing and asks nobody who they are: it needs neither the store nor our own pages.
    match handler {
        Handler::CvPdf => return cv::pdf(request),
        Handler::LetterPdf => return cv::letter_pdf(request),
        _ => {}
    }
    if !matches!(request.method.as_str(), "GET" | "HEAD") && !same_origin(ctx, request) {
        return Err(Error::CrossSite);
    }
    db::migrate(&ctx.db).await?;
    ctx.session = session::load(ctx, request).await?;
    match (access, ctx.session.as_ref().map(|session| session.role)) {
        (Access::Signed | Access::Operator, None) => return Err(Error::SignedOut),
        (Access::Operator, Some(Role::Cittadino)) => return Err(Error::Forbidden),
        _ => {}
    }
    let part = |n: usize| parts.get(n).copied().unwrap_or_default();
    let ctx: &Ctx = ctx;
    match handler {
        Handler::Status | Handler::OpenApi | Handler::CvPdf | Handler::LetterPdf => {
            Ok(catalogue::openapi(ctx))
        }
        Handler::SignIn => sign_in::begin(ctx, request).await,
        Handler::Callback => sign_in::callback(ctx, request).await,
        Handler::Keys => keys::published(ctx, request).await,
        Handler::SignOut => session::sign_out(ctx, request).await,
        Handler::Me => session::me(ctx, request).await,
        Handler::Renew => session::renew(ctx, request).await,
        Handler::Catalogue => Ok(catalogue::list(request)),
        Handler::Definition => catalogue::definition(part(0), request),
        Handler::Facts => facts::known(ctx, part(0)).await,
        Handler::ReadDraft => bozze::read(ctx, part(0)).await,
        Handler::KeepDraft => bozze::keep(ctx, part(0), request).await,
        Handler::DropDraft => bozze::discard(ctx, part(0)).await,
        Handler::Present => pratiche::present(ctx, request).await,
        Handler::List => pratiche::list(ctx).await,
        Handler::One => pratiche::one(ctx, part(0)).await,
        Handler::Receipt => did::receipt(ctx, part(0)).await,
        Handler::Document => did::document(ctx, part(0)).await,
        Handler::Calendar => did::calendar(ctx, part(0)).await,
        Handler::Withdraw => {
            pratiche::act(ctx, part(0), contract::pratica::Action::Ritiro, request).await
        }
        Handler::Integrate => {
            pratiche::act(
                ctx,
                part(0),
                contract::pratica::Action::Integrazione,
                request,
            )
            .await
        }
        Handler::Notices => notices::list(ctx).await,
        Handler::Accesses => operatore::accesses(ctx).await,
        Handler::Queue => operatore::queue(ctx, request).await,
        Handler::DeskOne => operatore::one(ctx, part(0)).await,
        Handler::DeskDocument => operatore::document(ctx, part(0)).await,
        Handler::DeskAction => operatore::act(ctx, part(0), part(1), request).await,
    }
}

type Found<'r> = (Access, Handler, Vec<&'r str>);

fn find(request: &Request) -> Result<Found<'_>, Error> {
    let method = if request.method == "HEAD" {
        "GET"
    } else {
        &request.method
    };
    let mut other = None;
    for (wanted, pattern, access, handler) in ROUTES {
        if let Some(parts) = matches(pattern, &request.path) {
            if *wanted == method {
                return Ok((*access, *handler, parts));
            }
            other = Some(match (other, *wanted) {
                (Some("GET, HEAD"), "POST") | (Some("POST"), "GET") => "GET, HEAD, POST",
                (Some(_), _) => "GET, HEAD, PUT, DELETE",
                (None, "GET") => "GET, HEAD",
                (None, wanted) => wanted,
            });
        }
    }
    Err(other.map_or(Error::NotFound, Error::Method))
}

fn matches<'r>(pattern: &str, path: &'r str) -> Option<Vec<&'r str>> {
    let mut parts = Vec::new();
    let mut wanted = pattern.split('/');
    let mut given = path.split('/');
    loop {
        match (wanted.next(), given.next()) {
            (None, None) => return Some(parts),
            (Some(name), Some(part)) if name.starts_with('{') && !part.is_empty() => {
                parts.push(part)
            }
            (Some(name), Some(part)) if name == part => {}
            _ => return None,
        }
    }
}

/// Only our own pages change anything: the browser says where a request comes from.
fn same_origin(ctx: &Ctx, request: &Request) -> bool {
    match (request.header("sec-fetch-site"), request.header("origin")) {
        (Some(site), _) if site != "same-origin" => false,
        (_, Some(origin)) => {
            origin == ctx.config.indirizzo_pubblico.trim_end_matches('/')
                || request
                    .header("host")
                    .is_some_and(|host| origin.split_once("://").is_some_and(|(_, o)| o == host))
        }
        (Some(_), None) => true,
        (None, None) => false,
    }
}

#[cfg(test)]
mod tests;
