// SPDX-License-Identifier: EUPL-1.2
//! Every way in which a request can fail, and the one place that turns them into RFC 9457 problem details.

use contract::appuntamento::Disponibilita;
use contract::cv::kept::Changed;
use contract::endpoint::ApiError;
use contract::problem::{FieldError, FieldProblem};

use crate::http::Reply;
use crate::texts::Language;

/// Why a request is not granted.
#[derive(Debug)]
pub(crate) enum Error {
    /// The request cannot be read; the part that is wrong.
    BadRequest(&'static str),
    /// Nobody is signed in.
    SignedOut,
    /// Somebody is signed in who may not do this.
    Forbidden,
    /// The request does not come from our own pages.
    CrossSite,
    /// There is no such thing, or it is somebody else's.
    NotFound,
    /// The path exists with other methods.
    Method(String),
    /// The present state does not allow it; code, title and detail.
    Conflict(&'static str, &'static str),
    /// The place is gone; code and detail, and places that are still free.
    Taken(&'static str, &'static str, Vec<Disponibilita>),
    /// Another version is there than the one that was to be changed.
    Changed(Box<Changed>),
    /// The change does not say which version it is meant for.
    Unconditional,
    /// The body is larger than allowed.
    TooLarge,
    /// The body is of a kind that is not read here.
    MediaType,
    /// A file of a kind that is not taken.
    FileMediaType,
    /// Fields are refused.
    Refused(Vec<FieldProblem>),
    /// The same idempotency key came with another body.
    KeyReused,
    /// More requests than allowed; seconds to the next minute.
    TooMany(u32),
    /// The store or a neighbour does not answer now.
    Unavailable,
    /// The database failed; its words are for the log only.
    Db(String),
}

impl Error {
    const fn status(&self) -> u16 {
        match self {
            Self::BadRequest(_) => 400,
            Self::SignedOut => 401,
            Self::Forbidden | Self::CrossSite => 403,
            Self::NotFound => 404,
            Self::Method(_) => 405,
            Self::Conflict(..) | Self::Taken(..) => 409,
            Self::Changed(_) => 412,
            Self::Unconditional => 428,
            Self::TooLarge => 413,
            Self::MediaType | Self::FileMediaType => 415,
            Self::Refused(_) | Self::KeyReused => 422,
            Self::TooMany(_) => 429,
            Self::Unavailable | Self::Db(_) => 503,
        }
    }

    const fn code(&self) -> &'static str {
        match self {
            Self::BadRequest(_) => "bad_request",
            Self::SignedOut => "signed_out",
            Self::Forbidden => "forbidden",
            Self::CrossSite => "cross_site",
            Self::NotFound => "not_found",
            Self::Method(_) => "method",
            Self::Conflict(code, _) | Self::Taken(code, ..) => code,
            Self::Changed(_) => "precondition_failed",
            Self::Unconditional => "precondition_required",
            Self::TooLarge => "too_large",
            Self::MediaType => "media_type",
            Self::FileMediaType => "file_media_type",
            Self::Refused(_) => "refused",
            Self::KeyReused => "key_reused",
            Self::TooMany(_) => "too_many_requests",
            Self::Unavailable | Self::Db(_) => "unavailable",
        }
    }

    const fn italian(&self) -> (&'static str, &'static str) {
        match self {
            Self::BadRequest(_) => (
                "Richiesta non leggibile",
                "Non riusciamo a leggere la richiesta: controlla che sia completa e riprova.",
            ),
            Self::SignedOut => (
                "Devi entrare",
                "Entra con SPID o CIE e riprova: quello che hai scritto resta salvato.",
            ),
            Self::Forbidden => (
                "Non puoi farlo",
                "Il tuo profilo non permette questa operazione.",
            ),
            Self::CrossSite => (
                "Richiesta da un altro sito",
                "Per sicurezza accettiamo solo richieste che partono da queste pagine.",
            ),
            Self::NotFound => ("Non trovato", "Quello che cerchi non c'è o non è tuo."),
            Self::Method(_) => (
                "Operazione non prevista",
                "Questo indirizzo non accetta questa operazione.",
            ),
            Self::Conflict(_, detail) => ("La situazione è cambiata", detail),
            Self::Taken(_, detail, _) => ("Il posto non c'è più", detail),
            Self::Changed(_) => (
                "C'è un'altra versione",
                "Intanto questo documento è cambiato altrove: guarda le due versioni e scegli quale tenere. Non abbiamo cambiato niente.",
            ),
            Self::Unconditional => (
                "Quale versione?",
                "Manca la versione che vuoi cambiare: mandala in If-Match, o manda If-None-Match: * se il documento è nuovo.",
            ),
            Self::TooLarge => (
                "Troppo grande",
                "La richiesta supera 1 MiB, o il file supera 5 MiB: riduci e riprova.",
            ),
            Self::MediaType => (
                "Formato non accettato",
                "Manda i dati come application/json.",
            ),
            Self::FileMediaType => (
                "Formato non accettato",
                "Manda il file come application/pdf, image/jpeg o image/png.",
            ),
            Self::Refused(_) => (
                "Ci sono risposte da correggere",
                "Correggi le risposte indicate e riprova: le altre restano come sono.",
            ),
            Self::KeyReused => (
                "Chiave già usata",
                "La stessa Idempotency-Key è arrivata con altri dati: usane una nuova.",
            ),
            Self::TooMany(_) => (
                "Troppe richieste",
                "In questo minuto sono arrivate troppe richieste: aspetta un momento e riprova. Quello che hai scritto resta salvato.",
            ),
            Self::Unavailable | Self::Db(_) => (
                "Servizio non disponibile",
                "In questo momento non riusciamo a rispondere. Quello che hai scritto resta nel tuo dispositivo: riprova tra poco.",
            ),
        }
    }

    /// The answer.
    pub(crate) fn reply(&self, language: Language, path: &str) -> Reply {
        let (title, detail) = self.italian();
        let code = self.code();
        let refused: &[FieldProblem] = if let Self::Refused(problems) = self {
            problems
        } else {
            &[]
        };
        let problem = ApiError {
            kind: format!("/problemi/{code}"),
            title: language
                .text(&format!("error/{code}/title"), title)
                .to_owned(),
            status: self.status(),
            detail: match self {
                Self::BadRequest(part) => {
                    format!(
                        "{} ({part})",
                        language.text(&format!("error/{code}/detail"), detail)
                    )
                }
                // What the contract refuses has its sentence there, like the refusal of a field.
                _ => language
                    .text(
                        &format!("error/{code}/detail"),
                        language.text(&format!("rule/{code}"), detail),
                    )
                    .to_owned(),
            },
            instance: path.to_owned(),
            code: Some(code.to_owned()),
            errors: refused
                .iter()
                .map(|refusal| field_error(refusal, language))
                .collect(),
            alternative: match self {
                Self::Taken(_, _, places) => places.clone(),
                _ => Vec::new(),
            },
        };
        let mut body = serde_json::to_value(&problem).unwrap_or_default();
        if let (Self::Changed(changed), Some(body)) = (self, body.as_object_mut())
            && let Ok(serde_json::Value::Object(more)) = serde_json::to_value(changed)
        {
            body.extend(more);
        }
        let mut reply = Reply::body(
            self.status(),
            "application/problem+json",
            serde_json::to_vec(&body).unwrap_or_default(),
        );
        match self {
            Self::Changed(changed) => {
                if let Some(present) = &changed.presente {
                    reply = reply.header("etag", &present.etag);
                }
            }
            Self::Method(allow) => reply = reply.header("allow", allow),
            Self::TooMany(seconds) => reply = reply.header("retry-after", &seconds.to_string()),
            Self::Unavailable => reply = reply.header("retry-after", "5"),
            Self::Db(words) => {
                eprintln!("database: {words}");
                reply = reply.header("retry-after", "5");
            }
            _ => {}
        }
        reply
    }
}

fn field_error(refusal: &FieldProblem, language: Language) -> FieldError {
    let problem = &refusal.problem;
    let sentence = language.text(&contract::texts::problem_key(problem), problem.italian());
    FieldError {
        field: refusal.field.clone(),
        code: problem.code().to_owned(),
        message: problem.sentence_with(sentence),
        limit: problem.limit(),
    }
}

#[cfg(test)]
mod tests;
