// SPDX-License-Identifier: EUPL-1.2
//! The rows of kept CVs and letters: what goes into one, sealed, and what is read out of it.

use contract::avvisi::CV_SCADE;
use contract::cv::Cv;
use contract::cv::kept::{self, Changed, Kept, Present};
use contract::cv::lettera::Lettera;
use contract::problem::FieldProblem;
use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::super::notices::{self, Notice};
use super::super::pratiche::italian_day;
use super::shelf::{Sort, person, sound};
use crate::ctx::Ctx;
use crate::db::Row;
use crate::error::Error;
use crate::identity::vault;
use crate::texts;

const COLUMNS: &str = "codice_fiscale, tipo, id, versione, testata, sigillato, cambiato, scade";
/// The same for a list, which opens no document: the head stands in its place, so that no document has to be read.
const HEADS: &str = "codice_fiscale, tipo, id, versione, testata, testata, cambiato, scade";

/// What the list shows of a document.
#[derive(Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Head {
    titolo: String,
    lingua: String,
    /// True for a CV that may count as valid.
    pub(super) completo: bool,
}

/// A document that was checked.
pub(super) struct Doc {
    head: Head,
    text: Vec<u8>,
}

/// What stands in a row.
pub(super) struct Sealed {
    pub(super) version: String,
    head: Vec<u8>,
    text: Vec<u8>,
}

impl Doc {
    /// Checks a document as `POST …/pdf` does, but for what only paper wants: a draft may have gaps.
    pub(super) fn read(sort: Sort, document: Value) -> Result<Self, Vec<FieldProblem>> {
        let at_the_root = |refusal| vec![refusal];
        match sort {
            Sort::Cv => {
                let cv = Cv::from_value(document).map_err(at_the_root)?;
                let mut problems = cv.check();
                problems.extend(documents::cv::photo_problem(&cv));
                sound(problems)?;
                let completo = cv.is_complete();
                Ok(Self::of(
                    sort,
                    cv.as_map(),
                    cv.language().as_str(),
                    completo,
                ))
            }
            Sort::Letter => {
                let letter = Lettera::from_value(document).map_err(at_the_root)?;
                sound(letter.check())?;
                let language = letter.language().as_str();
                Ok(Self::of(sort, letter.as_map(), language, false))
            }
        }
    }

    fn of(sort: Sort, map: &Map<String, Value>, language: &str, completo: bool) -> Self {
        let title = kept::title(sort == Sort::Letter, map).unwrap_or_default();
        Self {
            head: Head {
                titolo: title.to_owned(),
                lingua: language.to_owned(),
                completo,
            },
            text: serde_json::to_vec(map).unwrap_or_default(),
        }
    }

    /// Seals it. Its version follows from what it says, by a key that only this installation has.
    pub(super) fn seal(&self, ctx: &Ctx, sort: Sort, id: &str) -> Result<Sealed, Error> {
        let vault = vault(ctx)?;
        let head = serde_json::to_vec(&self.head).unwrap_or_default();
        let seal = |part: &str, text: &[u8]| {
            vault
                .seal(
                    &name(person(ctx)?, sort.as_str(), id, part),
                    ctx.random(),
                    text,
                )
                .ok_or(Error::Unavailable)
        };
        let text = String::from_utf8_lossy(&self.text);
        let mut version = vault.fingerprint("curricula", &text);
        version.truncate(32);
        Ok(Sealed {
            version,
            head: seal("testata", &head)?,
            text: seal("documento", &self.text)?,
        })
    }
}

/// A row.
pub(super) struct Stored {
    owner: String,
    sort: String,
    id: String,
    pub(super) version: String,
    head: Vec<u8>,
    text: Vec<u8>,
    changed: i64,
    until: Option<Date>,
}

impl Stored {
    fn read(row: &Row) -> Result<Self, Error> {
        Ok(Self {
            owner: row.text(0)?.into(),
            sort: row.text(1)?.into(),
            id: row.text(2)?.into(),
            version: row.text(3)?.into(),
            head: row.blob(4)?,
            text: row.blob(5)?,
            changed: row.integer(6)?,
            until: row.text(7)?.parse().ok(),
        })
    }

    /// The version as an entity tag.
    pub(super) fn tag(&self) -> String {
        ["\"", &self.version, "\""].concat()
    }

    /// All of it.
    pub(super) fn document(&self, ctx: &Ctx) -> Result<Value, Error> {
        let text = self.open(ctx, "documento", &self.text)?;
        serde_json::from_slice(&text).map_err(|_| broken())
    }

    /// What the list shows of it.
    pub(super) fn head(&self, ctx: &Ctx) -> Result<Head, Error> {
        let text = self.open(ctx, "testata", &self.head)?;
        serde_json::from_slice(&text).map_err(|_| broken())
    }

    /// As its person sees it in the list.
    pub(super) fn view(&self, ctx: &Ctx) -> Result<Kept, Error> {
        let (head, today) = (self.head(ctx)?, ctx.today());
        let state = self
            .until
            .map(|until| kept::state(head.completo, until, today));
        let valid_until = self.until.filter(|_| head.completo);
        Ok(Kept {
            id: self.id.clone(),
            titolo: head.titolo,
            lingua: head.lingua,
            stato: state,
            valido_fino: valid_until,
            da_confermare: valid_until.is_some_and(|until| kept::remind_from(until) <= today),
            cambiato_il: self.changed(ctx)?,
            etag: self.tag(),
        })
    }

    fn changed(&self, ctx: &Ctx) -> Result<String, Error> {
        let instant = Timestamp::from_second(self.changed).map_err(|_| broken())?;
        Ok(ctx.rome(instant))
    }

    fn open(&self, ctx: &Ctx, part: &str, sealed: &[u8]) -> Result<Vec<u8>, Error> {
        vault(ctx)?
            .open(&name(&self.owner, &self.sort, &self.id, part), sealed)
            .ok_or_else(broken)
    }
}

/// Person, sort and id are sealed in: a row cannot be given to somebody else.
fn name(owner: &str, sort: &str, id: &str, part: &str) -> String {
    format!("curricula/{owner}/{sort}/{id}/{part}")
}

fn broken() -> Error {
    Error::Db("a kept CV cannot be opened: has the secret changed?".into())
}

/// Why a change was not made: the version that is there goes along, so that nobody has to ask again. `etag` is that of the
/// address, which may be a list.
pub(super) fn changed(ctx: &Ctx, stored: Option<&Stored>, etag: String) -> Error {
    let present = stored.and_then(|stored| {
        Some(Present {
            etag,
            cambiato_il: stored.changed(ctx).ok()?,
            documento: stored.document(ctx).ok()?,
        })
    });
    Error::Changed(Box::new(Changed { presente: present }))
}

/// A document of the signed-in person.
pub(super) async fn find(ctx: &Ctx, sort: Sort, id: &str) -> Result<Option<Stored>, Error> {
    let sql = format!(
        "SELECT {COLUMNS} FROM curricula WHERE codice_fiscale = ?1 AND tipo = ?2 AND id = ?3"
    );
    let values = [person(ctx)?.into(), sort.as_str().into(), id.into()];
    let rows = ctx.db.query(&sql, &values).await?;
    rows.first().map(Stored::read).transpose()
}

/// All of one sort that the signed-in person has, what was changed last first.
pub(super) async fn all(ctx: &Ctx, sort: Sort) -> Result<Vec<Kept>, Error> {
    let sql = format!(
        "SELECT {HEADS} FROM curricula WHERE codice_fiscale = ?1 AND tipo = ?2 ORDER BY cambiato DESC, id"
    );
    let values = [person(ctx)?.into(), sort.as_str().into()];
    let rows = ctx.db.query(&sql, &values).await?;
    let view = |row| Stored::read(row)?.view(ctx);
    rows.iter().map(view).collect()
}

/// The version of a list.
pub(super) fn tag_of_all(ctx: &Ctx, all: &[Kept]) -> Result<String, Error> {
    let text = serde_json::to_string(all).unwrap_or_default();
    let print = vault(ctx)?.fingerprint("curricula", &text);
    Ok(["\"", &print[..32], "\""].concat())
}

/// How many of one sort the signed-in person has.
pub(super) async fn count(ctx: &Ctx, sort: Sort) -> Result<i64, Error> {
    let sql = "SELECT count(*) FROM curricula WHERE codice_fiscale = ?1 AND tipo = ?2";
    let values = [person(ctx)?.into(), sort.as_str().into()];
    let rows = ctx.db.query(sql, &values).await?;
    rows.first().map_or(Ok(0), |row| row.integer(0))
}

/// Writes a document; inside the caller's transaction. A change confirms a CV.
pub(super) async fn write(ctx: &Ctx, sort: Sort, id: &str, sealed: &Sealed) -> Result<(), Error> {
    let until = match sort {
        Sort::Cv => kept::valid_until(ctx.today()).to_string(),
        Sort::Letter => String::new(),
    };
    ctx.db
        .execute(
            "INSERT INTO curricula (codice_fiscale, tipo, id, versione, testata, sigillato, cambiato, scade) \
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8) ON CONFLICT (codice_fiscale, tipo, id) DO UPDATE SET \
             versione = excluded.versione, testata = excluded.testata, sigillato = excluded.sigillato, \
             cambiato = excluded.cambiato, scade = excluded.scade, ricordato = NULL",
            &[
                person(ctx)?.into(),
                sort.as_str().into(),
                id.into(),
                sealed.version.as_str().into(),
                sealed.head.clone().into(),
                sealed.text.clone().into(),
                ctx.now.as_second().into(),
                until.into(),
            ],
        )
        .await?;
    Ok(())
}

/// Takes a document away.
pub(super) async fn remove(ctx: &Ctx, sort: Sort, id: &str) -> Result<(), Error> {
    let sql = "DELETE FROM curricula WHERE codice_fiscale = ?1 AND tipo = ?2 AND id = ?3";
    let values = [person(ctx)?.into(), sort.as_str().into(), id.into()];
    ctx.db.execute(sql, &values).await?;
    Ok(())
}

/// Makes a CV valid for twelve months from today.
pub(super) async fn renew(ctx: &Ctx, id: &str) -> Result<(), Error> {
    let until = kept::valid_until(ctx.today()).to_string();
    let sql = "UPDATE curricula SET scade = ?1, ricordato = NULL \
               WHERE codice_fiscale = ?2 AND tipo = 'cv' AND id = ?3";
    let values = [until.into(), person(ctx)?.into(), id.into()];
    ctx.db.execute(sql, &values).await?;
    Ok(())
}

/// The last day of the CVs of which people are reminded today.
fn last_day(ctx: &Ctx) -> String {
    let last = jiff::Span::new().days(kept::REMINDER_DAYS);
    ctx.today().saturating_add(last).to_string()
}

/// Some of the people with a CV that is about to expire and of which they were not told.
pub(super) async fn due(ctx: &Ctx, most: usize) -> Result<Vec<String>, Error> {
    let sql = format!(
        "SELECT DISTINCT codice_fiscale FROM curricula \
         WHERE ricordato IS NULL AND scade >= ?1 AND scade <= ?2 LIMIT {most}"
    );
    let values = [ctx.today().to_string().into(), last_day(ctx).into()];
    let rows = ctx.db.query(&sql, &values).await?;
    rows.iter().map(|row| Ok(row.text(0)?.into())).collect()
}

/// Tells people that their CVs are about to expire, or begins another term for those whose CVs never do; inside the caller's
/// transaction. Gives how many CVs were told of: a draft does not expire.
pub(super) async fn remind(ctx: &Ctx, people: &[(String, bool)]) -> Result<u32, Error> {
    let sql = format!(
        "SELECT {HEADS} FROM curricula \
         WHERE codice_fiscale = ?1 AND ricordato IS NULL AND scade >= ?2 AND scade <= ?3"
    );
    let mut told = 0;
    for (person, exempt) in people {
        let values = [
            person.as_str().into(),
            ctx.today().to_string().into(),
            last_day(ctx).into(),
        ];
        for row in &ctx.db.query(&sql, &values).await? {
            let stored = Stored::read(row)?;
            if *exempt {
                prolong(ctx, &stored).await?;
            } else {
                told += tell(ctx, &stored, row.text(7)?).await?;
            }
        }
    }
    Ok(told)
}

async fn prolong(ctx: &Ctx, stored: &Stored) -> Result<(), Error> {
    let until = kept::valid_until(ctx.today()).to_string();
    let sql = "UPDATE curricula SET scade = ?1 WHERE codice_fiscale = ?2 AND tipo = ?3 AND id = ?4";
    let key = [&stored.owner, &stored.sort, &stored.id].map(|part| part.as_str().into());
    let [owner, sort, id] = key;
    ctx.db
        .execute(sql, &[until.into(), owner, sort, id])
        .await?;
    Ok(())
}

/// One when its person was told.
async fn tell(ctx: &Ctx, stored: &Stored, until: &str) -> Result<u32, Error> {
    ctx.db
        .execute(
            "UPDATE curricula SET ricordato = scade WHERE codice_fiscale = ?1 AND tipo = ?2 AND id = ?3",
            &[
                stored.owner.as_str().into(),
                stored.sort.as_str().into(),
                stored.id.as_str().into(),
            ],
        )
        .await?;
    // One that cannot be opened any more holds nobody else's reminder up.
    if !stored.head(ctx).is_ok_and(|head| head.completo) {
        return Ok(0);
    }
    let notice = Notice {
        person: &stored.owner,
        language: texts::of_person(ctx, &stored.owner).await?,
        pratica: None,
        appuntamento: None,
        model: CV_SCADE,
        values: &[("giorno", &italian_day(until))],
        more: "",
    };
    notices::write(ctx, notice).await?;
    Ok(1)
}
