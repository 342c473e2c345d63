// SPDX-License-Identifier: EUPL-1.2
//! Files that people add to what they ask for: taken in by their true kind, sealed before they are stored, given back
//! to their owner and to the office that has to read them, and forgotten when nothing refers to them.
//!
//! What ties a file to a request or an appointment stands in [`attach`].

use contract::accessi::Look;
use contract::endpoint::{FileView, Role};
use contract::problem::FieldProblem;
use contract::values::file::{FileKind, LARGEST};

use super::accessi::{self, Seen};
use super::facts::session;
use super::pratiche::fingerprint;
use crate::ctx::Ctx;
use crate::db::{Row, transaction};
use crate::error::Error;
use crate::http::{Reply, Request, decode};
use crate::idempotency::{self, Key};
use crate::identity::vault;

pub(crate) mod attach;

/// Seconds after which a file that belongs to nothing goes away.
const LOOSE: i64 = 24 * 3600;
/// Seconds after which it goes away although a draft still names it.
const IN_A_DRAFT: i64 = 30 * 24 * 3600;
/// Files of one person that belong to nothing yet.
const MOST_LOOSE: i64 = 20;
/// The columns of [`view`].
const COLUMNS: &str = "id, nome_sigillato, tipo, dimensione, caricato, riferimento";

/// `POST /api/file`: the body is the file itself, its name stands in `Content-Disposition` (RFC 6266).
pub(crate) async fn keep(ctx: &Ctx, request: &Request) -> Result<Reply, Error> {
    let declared = request.header("content-type").unwrap_or_default();
    FileKind::of_media_type(&declared).ok_or(Error::FileMediaType)?;
    let refused = |problem| Error::Refused(vec![FieldProblem::new("file", problem)]);
    if request.body.len() > LARGEST as usize {
        return Err(Error::TooLarge);
    }
    // What the browser declares is a guess from the name: the first bytes decide.
    let kind = FileKind::of(&request.body).map_err(refused)?;
    let name = kind.name(&file_name(request));
    idempotency::once(
        ctx,
        request,
        async |key| store(ctx, &request.body, kind, &name, key).await,
        async |id| created(ctx, id).await,
    )
    .await
}

/// Seals a file and stores it, with the answer.
async fn store(
    ctx: &Ctx,
    contents: &[u8],
    kind: FileKind,
    name: &str,
    key: Option<&Key>,
) -> Result<Reply, Error> {
    let person = session(ctx)?.citizen.codice_fiscale.as_str();
    forget_loose(ctx).await?;
    let rows = ctx
        .db
        .query(
            "SELECT count(*) FROM file WHERE codice_fiscale = ?1 AND riferimento IS NULL",
            &[person.into()],
        )
        .await?;
    if rows.first().map_or(Ok(0), |row| row.integer(0))? >= MOST_LOOSE {
        return Err(Error::Conflict(
            "too_many_files",
            "Hai già 20 file che non fanno parte di nessuna richiesta: togline qualcuno e riprova.",
        ));
    }
    let vault = vault(ctx)?;
    let id = ctx.token();
    let seal = |part: &str, text: &[u8]| {
        vault
            .seal(&sealed_name(person, &id, part), ctx.random(), text)
            .ok_or(Error::Unavailable)
    };
    let print = vault.fingerprint("file", &fingerprint(contents));
    let (sealed_name, sealed) = (seal("nome", name.as_bytes())?, seal("contenuto", contents)?);
    transaction(&ctx.db, async || {
        ctx.db
            .execute(
                "INSERT INTO file (id, codice_fiscale, nome_sigillato, tipo, dimensione, impronta, sigillato, caricato) \
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
                &[
                    id.as_str().into(),
                    person.into(),
                    sealed_name.into(),
                    kind.media_type().into(),
                    i64::try_from(contents.len()).unwrap_or(i64::MAX).into(),
                    print.into(),
                    sealed.into(),
                    ctx.now.as_second().into(),
                ],
            )
            .await?;
        idempotency::answered(ctx, key, &id, created(ctx, &id).await?).await
    })
    .await
}

async fn created(ctx: &Ctx, id: &str) -> Result<Reply, Error> {
    let rows = of_person(
        ctx,
        &format!("SELECT {COLUMNS} FROM file WHERE codice_fiscale = ?1 AND id = ?2"),
        id,
    )
    .await?;
    let view = view(ctx, rows.first().ok_or(Error::NotFound)?)?;
    Ok(Reply::json(201, &view).header("location", &format!("/api/file/{id}")))
}

/// The name out of `Content-Disposition: attachment; filename*=UTF-8''nome%20del%20file.pdf`, or out of the plain
/// `filename="…"`; empty when there is none.
fn file_name(request: &Request) -> String {
    let header = request.header("content-disposition").unwrap_or_default();
    let value = |name: &str| {
        header.split(';').find_map(|part| {
            let (given, value) = part.trim().split_once('=')?;
            given
                .trim()
                .eq_ignore_ascii_case(name)
                .then(|| value.trim().trim_matches('"'))
        })
    };
    let extended = value("filename*").and_then(|value| {
        let (charset, encoded) = value.split_once("''")?;
        charset.eq_ignore_ascii_case("utf-8").then_some(encoded)
    });
    match (extended, value("filename")) {
        // In a path a plus is a plus.
        (Some(encoded), _) => decode(&encoded.replace('+', "%2B")),
        (None, Some(plain)) => plain.to_owned(),
        (None, None) => String::new(),
    }
}

/// `GET /api/file`.
pub(crate) async fn list(ctx: &Ctx) -> Result<Reply, Error> {
    let sql = format!(
        "SELECT {COLUMNS} FROM file WHERE codice_fiscale = ?1 ORDER BY caricato DESC, rowid DESC LIMIT 200"
    );
    let rows = ctx
        .db
        .query(
            &sql,
            &[session(ctx)?.citizen.codice_fiscale.as_str().into()],
        )
        .await?;
    let all: Vec<FileView> = rows
        .iter()
        .map(|row| view(ctx, row))
        .collect::<Result<_, _>>()?;
    Ok(Reply::json(200, &all))
}

/// `GET /api/file/{id}`: for its owner, or for an operator of the office that it was sent to; that look is recorded.
pub(crate) async fn one(ctx: &Ctx, id: &str) -> Result<Reply, Error> {
    let rows = ctx
        .db
        .query(
            "SELECT codice_fiscale, nome_sigillato, tipo, sigillato, riferimento, ufficio FROM file WHERE id = ?1",
            &[id.into()],
        )
        .await?;
    let row = rows.first().ok_or(Error::NotFound)?;
    let session = session(ctx)?;
    let owner = row.text(0)?;
    let name = name(ctx, owner, id, &row.blob(1)?)?;
    if owner != session.citizen.codice_fiscale {
        let (Some(reference), Some(office)) = (row.opt_text(4)?, row.opt_text(5)?) else {
            return Err(Error::NotFound);
        };
        if session.role != Role::Operatore || session.office.as_deref() != Some(office) {
            return Err(Error::NotFound);
        }
        let seen = Seen {
            owner,
            reference: reference.rsplit('/').next().unwrap_or(reference),
            file: Some(id),
        };
        accessi::record(ctx, seen, Look::File).await?;
    }
    let contents = opened(ctx, owner, id, "contenuto", &row.blob(3)?)?;
    Ok(Reply::body(200, row.text(2)?, contents).header("content-disposition", &disposition(&name)))
}

/// `DELETE /api/file/{id}`: only while it belongs to nothing.
pub(crate) async fn discard(ctx: &Ctx, id: &str) -> Result<Reply, Error> {
    let sql = "SELECT riferimento FROM file WHERE codice_fiscale = ?1 AND id = ?2";
    let rows = of_person(ctx, sql, id).await?;
    let attached = Error::Conflict(
        "file_attached",
        "Questo file fa parte di una richiesta che hai inviato: resta con lei.",
    );
    if rows.first().ok_or(Error::NotFound)?.opt_text(0)?.is_some() {
        return Err(attached);
    }
    let sql = "DELETE FROM file WHERE codice_fiscale = ?1 AND id = ?2 AND riferimento IS NULL RETURNING id";
    if of_person(ctx, sql, id).await?.is_empty() {
        return Err(attached);
    }
    forget_loose(ctx).await?;
    Ok(Reply::empty(204))
}

/// Takes away what belongs to nothing any more, whoever's it is.
async fn forget_loose(ctx: &Ctx) -> Result<(), Error> {
    let now = ctx.now.as_second();
    ctx.db
        .execute(
            "DELETE FROM file WHERE riferimento IS NULL AND (caricato < ?1 OR (caricato < ?2 AND NOT EXISTS \
             (SELECT 1 FROM bozze WHERE bozze.codice_fiscale = file.codice_fiscale AND instr(bozze.risposte, file.id) > 0)))",
            &[(now - IN_A_DRAFT).into(), (now - LOOSE).into()],
        )
        .await?;
    Ok(())
}

/// Rows of the signed-in person that a second value chooses.
async fn of_person(ctx: &Ctx, sql: &str, value: &str) -> Result<Vec<Row>, Error> {
    let person = session(ctx)?.citizen.codice_fiscale.as_str();
    ctx.db.query(sql, &[person.into(), value.into()]).await
}

fn view(ctx: &Ctx, row: &Row) -> Result<FileView, Error> {
    view_of(ctx, &session(ctx)?.citizen.codice_fiscale, row)
}

fn view_of(ctx: &Ctx, owner: &str, row: &Row) -> Result<FileView, Error> {
    let broken = || Error::Db("a stored file cannot be read".into());
    let id = row.text(0)?;
    let nome = name(ctx, owner, id, &row.blob(1)?)?;
    let instant = jiff::Timestamp::from_second(row.integer(4)?).map_err(|_| broken())?;
    Ok(FileView {
        id: id.into(),
        nome,
        tipo: row.text(2)?.into(),
        dimensione: u32::try_from(row.integer(3)?).map_err(|_| broken())?,
        caricato_il: ctx.rome(instant),
        allegato: row.opt_text(5)?.is_some(),
    })
}

/// The name of a file, out of its seal.
pub(super) fn name(ctx: &Ctx, owner: &str, id: &str, sealed: &[u8]) -> Result<String, Error> {
    String::from_utf8(opened(ctx, owner, id, "nome", sealed)?)
        .map_err(|_| Error::Db("a stored file has a broken name".into()))
}

fn opened(ctx: &Ctx, owner: &str, id: &str, part: &str, sealed: &[u8]) -> Result<Vec<u8>, Error> {
    vault(ctx)?
        .open(&sealed_name(owner, id, part), sealed)
        .ok_or_else(|| Error::Db("a stored file cannot be opened: has the secret changed?".into()))
}

/// Owner and id are sealed in: a row cannot be given to somebody else.
fn sealed_name(owner: &str, id: &str, part: &str) -> String {
    format!("file/{owner}/{id}/{part}")
}

/// Files are saved, not opened in the page: whatever stands in one does not run on our origin.
fn disposition(name: &str) -> String {
    let plain: String = name
        .chars()
        .map(|letter| if letter.is_ascii() { letter } else { '_' })
        .collect();
    let encoded = crate::identity::percent_encoded(name);
    format!("attachment; filename=\"{plain}\"; filename*=UTF-8''{encoded}")
}

#[cfg(test)]
mod tests;
