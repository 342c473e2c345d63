// SPDX-License-Identifier: EUPL-1.2
//! CVs and letters that a person keeps here: at most twenty of each, sealed whole, changed only by who knows the version
//! that is there, and gone when they are thrown away.
//!
//! Their ids are made by the device that writes them: a CV is begun without a network and has to have its address then,
//! and sending it twice creates it once. An id means something only beside its person.

use contract::cv::kept::{self, Kept, MOST};
use contract::problem::FieldProblem;
use serde_json::Value;

use super::super::facts::{fascicolo_of, session};
use super::condition::{self, Condition};
use super::rows::{self, Doc, Stored};
use crate::ctx::Ctx;
use crate::db::transaction;
use crate::error::Error;
use crate::http::{Reply, Request};

/// The id of the CV, or letter, of who keeps one only.
const ONLY: &str = "principale";

/// What is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Sort {
    /// A CV.
    Cv,
    /// A letter of presentation.
    Letter,
}

impl Sort {
    /// As it stands in the store.
    pub(super) const fn as_str(self) -> &'static str {
        match self {
            Self::Cv => "cv",
            Self::Letter => "lettera",
        }
    }

    const fn path(self) -> &'static str {
        match self {
            Self::Cv => "/api/cv/",
            Self::Letter => "/api/lettere/",
        }
    }
}

/// `GET /api/cv` and `GET /api/lettere`.
pub(crate) async fn list(ctx: &Ctx, sort: Sort, request: &Request) -> Result<Reply, Error> {
    let all = rows::all(ctx, sort).await?;
    let tag = rows::tag_of_all(ctx, &all)?;
    if condition::known(request, &tag) {
        return Ok(Reply::empty(304).header("etag", &tag));
    }
    Ok(Reply::json(200, &all).header("etag", &tag))
}

/// `GET /api/cv/{id}` and `GET /api/lettere/{id}`.
pub(crate) async fn one(
    ctx: &Ctx,
    sort: Sort,
    id: &str,
    request: &Request,
) -> Result<Reply, Error> {
    let stored = rows::find(ctx, sort, id).await?.ok_or(Error::NotFound)?;
    let tag = stored.tag();
    if condition::known(request, &tag) {
        return Ok(Reply::empty(304).header("etag", &tag));
    }
    let document = stored.document(ctx)?;
    Ok(Reply::json(200, &document).header("etag", &tag))
}

/// `PUT /api/cv/{id}` and `PUT /api/lettere/{id}`.
pub(crate) async fn keep(
    ctx: &Ctx,
    sort: Sort,
    id: &str,
    request: &Request,
) -> Result<Reply, Error> {
    if !kept::is_id(id) {
        return Err(Error::BadRequest("id"));
    }
    let created = put(ctx, sort, id, request, async |stored, _| {
        Ok(stored.map(Stored::tag))
    })
    .await?;
    let kept = rows::find(ctx, sort, id).await?.ok_or(Error::NotFound)?;
    let tag = kept.tag();
    answer(sort, created, &kept.view(ctx)?, &tag)
}

/// `PUT /api/cv` and `PUT /api/lettere`: for who keeps one only. The condition is that of the list, which is what stands
/// at this address.
pub(crate) async fn keep_only(ctx: &Ctx, sort: Sort, request: &Request) -> Result<Reply, Error> {
    let created = put(ctx, sort, ONLY, request, async |_, condition| {
        let all = rows::all(ctx, sort).await?;
        let tag = rows::tag_of_all(ctx, &all)?;
        // An empty list is there as well, but for who wants to begin one.
        Ok((!all.is_empty() || !condition.creates()).then_some(tag))
    })
    .await?;
    let all = rows::all(ctx, sort).await?;
    let tag = rows::tag_of_all(ctx, &all)?;
    let kept = all.iter().find(|kept| kept.id == ONLY);
    answer(sort, created, kept.ok_or(Error::NotFound)?, &tag)
}

/// Keeps the document of a request if its condition holds for the version that `there` finds at its address. True when
/// it is a new one.
async fn put(
    ctx: &Ctx,
    sort: Sort,
    id: &str,
    request: &Request,
    there: impl AsyncFnOnce(Option<&Stored>, &Condition) -> Result<Option<String>, Error>,
) -> Result<bool, Error> {
    let document = request.json::<Value>()?;
    let condition = Condition::of(request)?;
    let doc = Doc::read(sort, document).map_err(Error::Refused)?;
    let sealed = doc.seal(ctx, sort, id)?;
    transaction(&ctx.db, async || {
        let stored = rows::find(ctx, sort, id).await?;
        let stored = stored.as_ref();
        // Whoever has not heard the answer sends the same once more.
        if stored.is_some_and(|stored| stored.version == sealed.version) {
            return Ok(false);
        }
        let tag = there(stored, &condition).await?;
        if !condition.holds(tag.as_deref()) {
            return Err(rows::changed(ctx, stored, tag.unwrap_or_default()));
        }
        if stored.is_none() {
            make_room(ctx, sort).await?;
        }
        rows::write(ctx, sort, id, &sealed).await?;
        Ok(stored.is_none())
    })
    .await
}

fn answer(sort: Sort, created: bool, kept: &Kept, tag: &str) -> Result<Reply, Error> {
    let reply = Reply::json(if created { 201 } else { 200 }, kept).header("etag", tag);
    Ok(match created {
        true => reply.header("location", &[sort.path(), &kept.id].concat()),
        false => reply,
    })
}

async fn make_room(ctx: &Ctx, sort: Sort) -> Result<(), Error> {
    if rows::count(ctx, sort).await? < i64::try_from(MOST).unwrap_or(i64::MAX) {
        return Ok(());
    }
    Err(Error::Conflict(
        "too_many_kept",
        "Nel tuo spazio personale hai già 20 documenti di questo tipo: eliminane uno e riprova.",
    ))
}

/// `DELETE /api/cv/{id}` and `DELETE /api/lettere/{id}`: the row goes, and the photo with it.
pub(crate) async fn discard(
    ctx: &Ctx,
    sort: Sort,
    id: &str,
    request: &Request,
) -> Result<Reply, Error> {
    let condition = Condition::if_any(request)?;
    transaction(&ctx.db, async || {
        let stored = rows::find(ctx, sort, id).await?.ok_or(Error::NotFound)?;
        if condition.is_some_and(|condition| !condition.holds(Some(&stored.tag()))) {
            return Err(rows::changed(ctx, Some(&stored), stored.tag()));
        }
        rows::remove(ctx, sort, id).await
    })
    .await?;
    Ok(Reply::empty(204))
}

/// `POST /api/cv/{id}/conferma`: the person says that it still holds.
pub(crate) async fn confirm(ctx: &Ctx, id: &str, request: &Request) -> Result<Reply, Error> {
    let condition = Condition::of(request)?;
    transaction(&ctx.db, async || {
        let stored = rows::find(ctx, Sort::Cv, id).await?.ok_or(Error::NotFound)?;
        if !condition.holds(Some(&stored.tag())) {
            return Err(rows::changed(ctx, Some(&stored), stored.tag()));
        }
        if !stored.head(ctx)?.completo {
            return Err(Error::Conflict(
                "cv_incomplete",
                "Questo CV è ancora una bozza: scrivi il tuo nome e il lavoro che cerchi, poi confermalo.",
            ));
        }
        rows::renew(ctx, id).await
    })
    .await?;
    let kept = rows::find(ctx, Sort::Cv, id)
        .await?
        .ok_or(Error::NotFound)?;
    Ok(Reply::json(200, &kept.view(ctx)?).header("etag", &kept.tag()))
}

/// Reminds everybody whose CV is about to expire, once for each term. Gives how many were told. The CVs of who is enrolled
/// under art. 1 L. 68/1999 never expire: they begin another term, and nothing of it is said or kept here but the day. The
/// registry is asked only now, because who they are is a matter of health; without it nobody is told anything, and the
/// next run asks again.
pub(crate) async fn remind(ctx: &Ctx) -> Result<u32, Error> {
    const BATCH: usize = 200;
    let mut told = 0;
    loop {
        let people = rows::due(ctx, BATCH).await?;
        let mut asked = Vec::with_capacity(people.len());
        for person in people {
            let Ok(file) = fascicolo_of(ctx, &person).await else {
                return Ok(told);
            };
            let exempt = file.is_some_and(|file| file.cv_never_expires());
            asked.push((person, exempt));
        }
        told += transaction(&ctx.db, async || rows::remind(ctx, &asked).await).await?;
        if asked.len() < BATCH {
            return Ok(told);
        }
    }
}

/// The person of the session.
pub(super) fn person(ctx: &Ctx) -> Result<&str, Error> {
    Ok(session(ctx)?.citizen.codice_fiscale.as_str())
}

/// Refusals of a document, and nothing when there are none.
pub(super) fn sound(problems: Vec<FieldProblem>) -> Result<(), Vec<FieldProblem>> {
    if problems.is_empty() {
        Ok(())
    } else {
        Err(problems)
    }
}
