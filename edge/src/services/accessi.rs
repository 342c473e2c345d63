// SPDX-License-Identifier: EUPL-1.2
//! Every access of an office to a citizen's data: who, when and what is written down before the answer is given, and the
//! citizen reads it.

use contract::accessi::{Look, NAMED_FILE, accesso};
use contract::avvisi::fill;
use contract::endpoint::Accesso;
use contract::texts::accesso_key;

use super::facts::session;
use super::file;
use super::operatore::signature;
use crate::ctx::Ctx;
use crate::error::Error;
use crate::http::Reply;

/// Whose data and which: `reference` is the id of a request or an appointment, `file` of a file that belongs to it.
pub(crate) struct Seen<'a> {
    pub(crate) owner: &'a str,
    pub(crate) reference: &'a str,
    pub(crate) file: Option<&'a str>,
}

/// Writes an access of the signed-in operator down.
pub(crate) async fn record(ctx: &Ctx, seen: Seen<'_>, look: Look) -> Result<(), Error> {
    ctx.db
        .execute(
            "INSERT INTO accessi (quando, operatore, chi, codice_fiscale, pratica, cosa, file) \
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
            &[
                ctx.now.as_second().into(),
                session(ctx)?.citizen.codice_fiscale.as_str().into(),
                signature(ctx)?.into(),
                seen.owner.into(),
                seen.reference.into(),
                look.as_str().into(),
                seen.file.into(),
            ],
        )
        .await?;
    Ok(())
}

/// `GET /api/accessi`: who looked at the data of the signed-in person, in the language of the answer.
pub(crate) async fn list(ctx: &Ctx) -> Result<Reply, Error> {
    let person = session(ctx)?.citizen.codice_fiscale.as_str();
    let rows = ctx
        .db
        .query(
            "SELECT a.quando, a.chi, a.cosa, f.id, f.nome_sigillato FROM accessi a \
             LEFT JOIN file f ON f.id = a.file AND f.codice_fiscale = a.codice_fiscale \
             WHERE a.codice_fiscale = ?1 ORDER BY a.quando DESC LIMIT 200",
            &[person.into()],
        )
        .await?;
    let mut all = Vec::with_capacity(rows.len());
    for row in &rows {
        let instant = jiff::Timestamp::from_second(row.integer(0)?)
            .map_err(|_| Error::Db("an instant is broken".into()))?;
        let cosa = match row.opt_text(3)? {
            Some(id) => {
                let name = file::name(ctx, person, id, &row.blob(4)?)?;
                fill(said(ctx, NAMED_FILE), &[("nome", &name)])
            }
            None => said(ctx, row.text(2)?).to_owned(),
        };
        all.push(Accesso {
            quando: ctx.rome(instant),
            chi: row.text(1)?.into(),
            cosa,
        });
    }
    Ok(Reply::json(200, &all))
}

/// What is no code was written down in words, and stands as it is: nobody's look is kept from the person for that.
fn said<'a>(ctx: &Ctx, code: &'a str) -> &'a str {
    match accesso(code) {
        Some(italian) => ctx.language.text(&accesso_key(code), italian),
        None => code,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::identity::wait;
    use crate::services::tests::{START, ctx, store};

    #[test]
    fn what_was_written_down_in_words_is_a_code_after_the_migration() {
        const ADA: &str = "FOXDAA00B69A944O";
        let db = store();
        let was = [
            ("Ha aperto il file «diagnosi.pdf»", "Ha aperto un tuo file"),
            ("Prendi in carico", "Ha preso in carico la pratica"),
            (
                "Segna come assente",
                "Ha segnato che non c'eri all'appuntamento",
            ),
            ("Ha aperto l'appuntamento", "Ha aperto l'appuntamento"),
            ("Altro, di una volta", "Altro, di una volta"),
        ];
        for (age, (words, _)) in was.into_iter().enumerate() {
            let sql = "INSERT INTO accessi (quando, operatore, chi, codice_fiscale, pratica, cosa) \
                       VALUES (-?1, 'X', 'CPI', ?2, 'p', ?3)";
            wait(db.execute(
                sql,
                &[i64::try_from(age).unwrap().into(), ADA.into(), words.into()],
            ))
            .unwrap();
        }
        let migration = include_str!("../../migrations/0015_accessi.sql");
        let (_, update) = migration.split_once("UPDATE accessi").unwrap();
        let update = format!("UPDATE accessi{}", update.trim_end().trim_end_matches(';'));
        wait(db.execute(&update, &[])).unwrap();
        let told = wait(list(&ctx(&db, ADA, START))).unwrap();
        let told: Vec<Accesso> = serde_json::from_slice(&told.body).unwrap();
        let told: Vec<&str> = told.iter().map(|one| one.cosa.as_str()).collect();
        assert_eq!(told, was.map(|(_, now)| now));
    }
}
