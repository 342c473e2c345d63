// SPDX-License-Identifier: EUPL-1.2
//! Sessions: who is signed in, for how long, and how it ends.
//!
//! A session ends after 15 minutes without use, after 8 hours in any case, and at once when somebody signs out. A GET
//! of `/api/me` does not count as use, so that the app can ask how much time is left without making it more.

use contract::endpoint::{MeView, Role};
use contract::facts::Citizen;

use super::provider::{self, Scheme};
use super::sign_in::exchange;
use super::{cookie, keys};
use crate::ctx::Ctx;
use crate::error::Error;
use crate::http::{Reply, Request};
use crate::texts::Language;

/// Name of the cookie.
pub(crate) const COOKIE: &str = "sessione";
/// Seconds without use after which a session ends.
const IDLE: i64 = 15 * 60;
/// Seconds after which a session ends in any case.
const LONGEST: i64 = 8 * 3600;
/// Seconds within which use is not written down again.
const REST: i64 = 60;

/// Somebody who is signed in.
#[derive(Debug, Clone)]
pub(crate) struct Session {
    /// What stands in the database in place of the cookie's token.
    pub(crate) hash: String,
    /// Who it is, as the provider says.
    pub(crate) citizen: Citizen,
    /// Citizen or operator.
    pub(crate) role: Role,
    /// 1, 2 or 3.
    pub(crate) level: u8,
    /// `spid` or `cie`.
    pub(crate) provider: String,
    /// The office of an operator.
    pub(crate) office: Option<String>,
    /// The language of the person's notices: the one in which they last wrote to us, or the one that they chose.
    pub(crate) language: Language,
    /// Whether they chose it.
    pub(crate) language_chosen: bool,
    last_use: i64,
    ends: i64,
}

impl Session {
    /// Somebody for a test; with an office, an operator.
    #[cfg(test)]
    pub(crate) fn of(citizen: Citizen, office: Option<String>) -> Self {
        Self {
            hash: String::new(),
            citizen,
            role: if office.is_some() {
                Role::Operatore
            } else {
                Role::Cittadino
            },
            level: 2,
            provider: "spid".into(),
            office,
            language: Language::Italian,
            language_chosen: false,
            last_use: 0,
            ends: i64::MAX,
        }
    }

    /// What `GET /api/me` says.
    fn view(&self, ctx: &Ctx) -> MeView {
        let now = ctx.now.as_second();
        let citizen = self.citizen.clone();
        let left = |until: i64| u32::try_from(until - now).unwrap_or(0);
        MeView {
            codice_fiscale: citizen.codice_fiscale,
            nome: citizen.nome,
            cognome: citizen.cognome,
            data_nascita: citizen.data_nascita,
            sesso: citizen.sesso,
            email: citizen.email.unwrap_or_default(),
            cellulare: citizen.cellulare.unwrap_or_default(),
            ruolo: self.role,
            livello: self.level,
            fornitore: self.provider.clone(),
            scade_tra: left(self.ends.min(self.last_use + IDLE)),
            scade_comunque_tra: left(self.ends),
        }
    }
}

/// The session that a request belongs to: one query, and one write a minute at most.
pub(crate) async fn load(ctx: &Ctx, request: &Request) -> Result<Option<Session>, Error> {
    let Some(hash) = hash(ctx, request)? else {
        return Ok(None);
    };
    let Some(mut session) = find(ctx, hash).await? else {
        return Ok(None);
    };
    let only_asks = request.method == "GET" && request.path == "/api/me";
    if !only_asks && ctx.now.as_second() - session.last_use >= REST {
        touch(ctx, &mut session).await?;
    }
    Ok(Some(session))
}

/// `GET /api/me`.
pub(crate) async fn me(ctx: &Ctx, _request: &Request) -> Result<Reply, Error> {
    let session = ctx.session.as_ref().ok_or(Error::SignedOut)?;
    Ok(Reply::json(200, &session.view(ctx)))
}

/// `POST /api/sessione/rinnovo`: the idle time begins again, the 8 hours do not.
pub(crate) async fn renew(ctx: &Ctx, _request: &Request) -> Result<Reply, Error> {
    let mut session = ctx.session.clone().ok_or(Error::SignedOut)?;
    touch(ctx, &mut session).await?;
    Ok(Reply::json(200, &session.view(ctx)))
}

/// `POST /api/uscita`: ends the session here and the access token at the provider. 204 also when there was none.
pub(crate) async fn sign_out(ctx: &Ctx, request: &Request) -> Result<Reply, Error> {
    if let Some(hash) = hash(ctx, request)? {
        let rows = ctx
            .db
            .query(
                "SELECT fornitore, token_sigillato FROM sessioni WHERE impronta = ?1",
                &[hash.as_str().into()],
            )
            .await?;
        let held = rows
            .first()
            .map(|row| Ok::<_, Error>((row.text(0)?.to_owned(), row.blob(1)?)))
            .transpose()?;
        // First here: whatever the provider does, this session is over.
        remove(ctx, &hash).await?;
        if let Some((scheme, sealed)) = held {
            revoke(ctx, &scheme, &hash, &sealed).await;
        }
    }
    Ok(Reply::empty(204).header("set-cookie", &cookie::write(ctx, COOKIE, "", "/", Some(0))))
}

/// Begins a session and gives the cookie for it.
pub(crate) async fn begin(
    ctx: &Ctx,
    request: &Request,
    citizen: &Citizen,
    level: u8,
    scheme: Scheme,
    access_token: &str,
) -> Result<String, Error> {
    let now = ctx.now.as_second();
    // Whoever signs in anew leaves no older session behind in this browser, and always gets a new token.
    if let Some(older) = hash(ctx, request)? {
        remove(ctx, &older).await?;
    }
    sweep(ctx).await?;
    seed(ctx).await?;
    let vault = super::vault(ctx)?;
    let token = ctx.token();
    let hash = vault.fingerprint("session", &token);
    let identity = serde_json::to_string(citizen)
        .map_err(|_| super::broken("an identity cannot be written"))?;
    let sealed = vault
        .seal(&hash, ctx.random(), access_token.as_bytes())
        .ok_or_else(|| super::broken("an access token cannot be sealed"))?;
    ctx.db
        .execute(
            "INSERT INTO sessioni (impronta, codice_fiscale, identita, livello, fornitore, token_sigillato, creata, \
             ultimo_uso, scade_comunque) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?7, ?8)",
            &[
                hash.into(),
                citizen.codice_fiscale.as_str().into(),
                identity.into(),
                i64::from(level).into(),
                scheme.as_str().into(),
                sealed.into(),
                now.into(),
                (now + LONGEST).into(),
            ],
        )
        .await?;
    Ok(cookie::write(ctx, COOKIE, &token, "/", None))
}

async fn find(ctx: &Ctx, hash: String) -> Result<Option<Session>, Error> {
    let now = ctx.now.as_second();
    // Whether somebody is an operator is asked each time: who is struck off the list is out at once. Asked in the columns
    // and not as outer joins, with which SQLite compiles the statement anew whenever a value in WHERE changes. Without a
    // name of its own such a column is called by its whole text, and that travels with every answer.
    let rows = ctx
        .db
        .query(
            "SELECT identita, livello, fornitore, ultimo_uso, scade_comunque, \
             (SELECT ufficio FROM operatori o WHERE o.codice_fiscale = s.codice_fiscale AND attivo = 1) AS u, \
             (SELECT scelta || lingua FROM lingue l WHERE l.codice_fiscale = s.codice_fiscale) AS l \
             FROM sessioni s WHERE impronta = ?1 AND ultimo_uso > ?2 AND scade_comunque > ?3",
            &[hash.as_str().into(), (now - IDLE).into(), now.into()],
        )
        .await?;
    let Some(row) = rows.first() else {
        return Ok(None);
    };
    let citizen = serde_json::from_str(row.text(0)?)
        .map_err(|_| super::broken("the identity of a session cannot be read"))?;
    let office = row.opt_text(5)?.map(str::to_owned);
    // Whether they chose it, 0 or 1, and then its code.
    let language = row.opt_text(6)?;
    Ok(Some(Session {
        hash,
        citizen,
        role: if office.is_some() {
            Role::Operatore
        } else {
            Role::Cittadino
        },
        level: u8::try_from(row.integer(1)?).unwrap_or(0),
        provider: row.text(2)?.to_owned(),
        office,
        language: Language::stored(language.and_then(|both| both.get(1..))),
        language_chosen: language.is_some_and(|both| both.starts_with('1')),
        last_use: row.integer(3)?,
        ends: row.integer(4)?,
    }))
}

fn hash(ctx: &Ctx, request: &Request) -> Result<Option<String>, Error> {
    match cookie::read(request, COOKIE) {
        Some(token) if !token.is_empty() => {
            Ok(Some(super::vault(ctx)?.fingerprint("session", &token)))
        }
        _ => Ok(None),
    }
}

async fn touch(ctx: &Ctx, session: &mut Session) -> Result<(), Error> {
    session.last_use = ctx.now.as_second();
    ctx.db
        .execute(
            "UPDATE sessioni SET ultimo_uso = ?1 WHERE impronta = ?2",
            &[session.last_use.into(), session.hash.as_str().into()],
        )
        .await?;
    Ok(())
}

async fn remove(ctx: &Ctx, hash: &str) -> Result<(), Error> {
    ctx.db
        .execute("DELETE FROM sessioni WHERE impronta = ?1", &[hash.into()])
        .await?;
    Ok(())
}

async fn sweep(ctx: &Ctx) -> Result<(), Error> {
    let now = ctx.now.as_second();
    ctx.db
        .execute(
            "DELETE FROM sessioni WHERE ultimo_uso <= ?1 OR scade_comunque <= ?2",
            &[(now - IDLE).into(), now.into()],
        )
        .await?;
    super::register::sweep(ctx).await
}

/// The invented operators of the box. In production operators are written by who runs the installation.
async fn seed(ctx: &Ctx) -> Result<(), Error> {
    if ctx.config.ambiente == "prova" {
        ctx.db
            .execute(
                "INSERT INTO operatori (codice_fiscale, ufficio, attivo) VALUES ('VRDLCU80A01A944V', ?1, 1), \
                 ('NRENNA82L50A944O', ?1, 1) ON CONFLICT (codice_fiscale) DO NOTHING",
                &["CPI di Bologna".into()],
            )
            .await?;
    }
    Ok(())
}

/// Ends the access token at the provider. A provider that does not answer must not keep anybody signed in here.
async fn revoke(ctx: &Ctx, scheme: &str, hash: &str, sealed: &[u8]) {
    let ended = async {
        let scheme = Scheme::named(scheme).ok_or(super::Failure::Expired)?;
        let token = super::vault(ctx)?
            .open(hash, sealed)
            .and_then(|bytes| String::from_utf8(bytes).ok());
        let token = token.ok_or(super::Failure::Expired)?;
        let provider = provider::load(ctx, scheme).await?;
        let key = keys::load(ctx, keys::Usage::Signing).await?;
        exchange::revoke(ctx, &provider, &key, &token).await
    };
    if let Err(failure) = ended.await {
        eprintln!("identity: an access token was not revoked: {failure}");
    }
}
