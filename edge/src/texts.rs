// SPDX-License-Identifier: EUPL-1.2
//! The language of an answer or a notice. Italian stands in the code; English in `public/texts/en.json` and, what only
//! the edge says, in `public/texts/en-notices.json`. The language in which a person writes to us is remembered: whoever
//! tells them something later says it in that one.

use std::collections::HashMap;
use std::sync::OnceLock;

use crate::ctx::Ctx;
use crate::error::Error;
use crate::http::Request;

/// A language of the answers.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) enum Language {
    /// The source.
    #[default]
    Italian,
    /// From the texts.
    English,
}

impl Language {
    /// Reads `Accept-Language`: whichever of the two comes first; Italian when neither does.
    pub(crate) fn asked(header: Option<&str>) -> Self {
        header.and_then(Self::named).unwrap_or_default()
    }

    fn named(header: &str) -> Option<Self> {
        header.split(',').map(str::trim).find_map(|tag| {
            let english = tag.starts_with("en").then_some(Self::English);
            english.or_else(|| tag.starts_with("it").then_some(Self::Italian))
        })
    }

    /// Code in the store.
    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Self::Italian => "it",
            Self::English => "en",
        }
    }

    /// Reads a code of the store.
    pub(crate) fn stored(code: Option<&str>) -> Self {
        if code == Some("en") {
            Self::English
        } else {
            Self::Italian
        }
    }

    /// The text under this key; the Italian one where there is no other.
    pub(crate) fn text(self, key: &str, italian: &'static str) -> &'static str {
        match self {
            Self::Italian => italian,
            Self::English => english().get(key).map_or(italian, String::as_str),
        }
    }
}

fn english() -> &'static HashMap<String, String> {
    static TEXTS: OnceLock<HashMap<String, String>> = OnceLock::new();
    TEXTS.get_or_init(|| {
        let mut all: HashMap<String, String> =
            serde_json::from_str(include_str!("../../public/texts/en.json")).unwrap_or_default();
        let notices: HashMap<String, String> =
            serde_json::from_str(include_str!("../../public/texts/en-notices.json"))
                .unwrap_or_default();
        all.extend(notices);
        all
    })
}

/// Remembers the language in which the signed-in person writes; a write to the store only when it has changed. A client
/// that names no language leaves it as it is, and so does everybody once the person has chosen.
pub(crate) async fn remember(ctx: &mut Ctx, request: &Request) -> Result<(), Error> {
    let asked = request.header("accept-language");
    let asked = asked.as_deref().and_then(Language::named);
    let (Some(session), Some(asked)) = (&mut ctx.session, asked) else {
        return Ok(());
    };
    if session.language == asked || session.language_chosen {
        return Ok(());
    }
    session.language = asked;
    ctx.db
        .execute(
            "INSERT INTO lingue (codice_fiscale, lingua) VALUES (?1, ?2) \
             ON CONFLICT (codice_fiscale) DO UPDATE SET lingua = excluded.lingua",
            &[
                session.citizen.codice_fiscale.as_str().into(),
                asked.as_str().into(),
            ],
        )
        .await?;
    Ok(())
}

/// The language of somebody's notices.
pub(crate) async fn of_person(ctx: &Ctx, person: &str) -> Result<Language, Error> {
    if let Some(session) = &ctx.session
        && session.citizen.codice_fiscale == person
    {
        return Ok(session.language);
    }
    let rows = ctx
        .db
        .query(
            "SELECT lingua FROM lingue WHERE codice_fiscale = ?1",
            &[person.into()],
        )
        .await?;
    let row = rows.first();
    Ok(Language::stored(row.map(|row| row.text(0)).transpose()?))
}
