// SPDX-License-Identifier: EUPL-1.2
//! Files as answers: whether one may stand there, and the tie to what it was sent with. A service that asks for files
//! calls [`check`] before its transaction and [`attach`] inside it; requests do so for all fields by [`check_all`] and
//! [`attach_all`].

use contract::answers::Answers;
use contract::endpoint::FileView;
use contract::problem::{FieldProblem, Problem};
use contract::service::{Kind, Service};

use super::{COLUMNS, of_person, view_of};
use crate::ctx::Ctx;
use crate::error::Error;
use crate::services::facts::session;

/// What is wrong with a file as an answer of the signed-in person: it is not there, is somebody else's, already
/// belongs to something, or has more than `largest` bytes.
pub(crate) async fn check(ctx: &Ctx, id: &str, largest: u32) -> Result<Option<Problem>, Error> {
    let sql =
        "SELECT dimensione FROM file WHERE codice_fiscale = ?1 AND id = ?2 AND riferimento IS NULL";
    Ok(match of_person(ctx, sql, id).await?.first() {
        None => Some(Problem::FileGone),
        Some(row) if row.integer(0)? > i64::from(largest) => Some(Problem::FileTooLarge(largest)),
        Some(_) => None,
    })
}

/// Makes a file of the signed-in person a part of `reference` (such as `pratiche/ID`), to be read by `office`. Belongs
/// inside the transaction that writes what it refers to; false when somebody else was faster.
pub(crate) async fn attach(
    ctx: &Ctx,
    id: &str,
    reference: &str,
    office: &str,
) -> Result<bool, Error> {
    let rows = ctx
        .db
        .query(
            "UPDATE file SET riferimento = ?1, ufficio = ?2 \
             WHERE id = ?3 AND codice_fiscale = ?4 AND riferimento IS NULL RETURNING id",
            &[
                reference.into(),
                office.into(),
                id.into(),
                session(ctx)?.citizen.codice_fiscale.as_str().into(),
            ],
        )
        .await?;
    Ok(!rows.is_empty())
}

/// A file that an answer names.
pub(crate) struct Named {
    /// The answer, such as `documento` or `persone[0].documento`.
    field: String,
    id: String,
    largest: u32,
}

/// The files that pruned answers name.
pub(crate) fn named(service: &Service, answers: &Answers) -> Vec<Named> {
    let mut all = Vec::new();
    for step in service.steps {
        let mut add = |near: &Answers, prefix: &str| {
            for field in step.fields {
                if let (Kind::File(largest), Some(id)) = (field.kind, near.text(field.id)) {
                    all.push(Named {
                        field: format!("{prefix}{}", field.id),
                        id: id.to_owned(),
                        largest,
                    });
                }
            }
        };
        match &step.repeat {
            None => add(answers, ""),
            Some(repeat) => {
                for (index, item) in answers.items(repeat.id).iter().enumerate() {
                    add(item, &format!("{}[{index}].", repeat.id));
                }
            }
        }
    }
    all
}

/// [`check`] for all of them; every refusal at its field.
pub(crate) async fn check_all(ctx: &Ctx, named: &[Named]) -> Result<(), Error> {
    let mut problems = Vec::new();
    for (index, file) in named.iter().enumerate() {
        // One file answers one question.
        let twice = named[..index].iter().any(|other| other.id == file.id);
        let problem = if twice {
            Some(Problem::FileGone)
        } else {
            check(ctx, &file.id, file.largest).await?
        };
        problems.extend(problem.map(|problem| FieldProblem::new(file.field.clone(), problem)));
    }
    if problems.is_empty() {
        Ok(())
    } else {
        Err(Error::Refused(problems))
    }
}

/// [`attach`] for all of them, inside the caller's transaction.
pub(crate) async fn attach_all(
    ctx: &Ctx,
    named: &[Named],
    reference: &str,
    office: &str,
) -> Result<(), Error> {
    for file in named {
        if !attach(ctx, &file.id, reference, office).await? {
            let problem = FieldProblem::new(file.field.clone(), Problem::FileGone);
            return Err(Error::Refused(vec![problem]));
        }
    }
    Ok(())
}

/// The files that belong to `reference`, oldest first; the caller decides who may know of them.
pub(crate) async fn attached(ctx: &Ctx, reference: &str) -> Result<Vec<FileView>, Error> {
    let sql = format!(
        "SELECT {COLUMNS}, codice_fiscale FROM file WHERE riferimento = ?1 ORDER BY caricato, rowid"
    );
    let rows = ctx.db.query(&sql, &[reference.into()]).await?;
    rows.iter()
        .map(|row| view_of(ctx, row.text(6)?, row))
        .collect()
}
