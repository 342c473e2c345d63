// SPDX-License-Identifier: EUPL-1.2
//! Why an answer is refused: a stable code with its limit, never the answer itself, so that a refusal can be logged,
//! translated and compared. One exhaustive match turns each into an Italian sentence that says how to mend it.

use alloc::{borrow::Cow, format, string::String};
use serde::{Deserialize, Serialize};

/// A refusal. `code` is stable and public; the sentence is for people.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Problem {
    /// A required answer is not there.
    Missing,
    /// The answer has another shape than the field (a list for a text, say).
    WrongType,
    /// The service has no such field, or the field does not belong to the path taken.
    UnknownField,
    /// The code is not in the field's list.
    UnknownCode,
    /// Fewer or more characters than a codice fiscale has (16, or 11 for the provisional one).
    CodiceFiscaleLength,
    /// Letters and digits are not where a codice fiscale has them (DM 23/12/1976).
    CodiceFiscaleShape,
    /// The check character is not the computed one.
    CodiceFiscaleCheck,
    /// The day encoded in the codice fiscale does not exist.
    CodiceFiscaleDate,
    /// Sex or date of birth differ from the declared ones.
    CodiceFiscaleOther,
    /// Not an e-mail address.
    Email,
    /// Not a mobile number.
    Mobile,
    /// Not five digits.
    Cap,
    /// The generic CAP of a city that has zones.
    CapGeneric,
    /// The CAP belongs to another comune.
    CapOther,
    /// No comune or State has this code.
    UnknownPlace,
    /// Not a date that exists.
    NotADate,
    /// The day is before the limit (`YYYY-MM-DD`).
    DateBefore(String),
    /// The day is after the limit (`YYYY-MM-DD`).
    DateAfter(String),
    /// Not a whole number.
    NotANumber,
    /// Not an amount in euro.
    NotMoney,
    /// Below the limit.
    AtLeast(i64),
    /// Above the limit.
    AtMost(i64),
    /// Above the limit, in cents of euro.
    MoneyAtMost(i64),
    /// More characters than the limit.
    TooLong(u16),
    /// Characters that do not belong in a text (control characters, direction overrides).
    Characters,
    /// More items than the limit.
    TooMany(u16),
    /// The declaration has to be made to go on.
    MustDeclare,
    /// Neither PDF nor JPEG nor PNG.
    FileKind,
    /// A file without contents.
    FileEmpty,
    /// More bytes than the limit.
    FileTooLarge(u32),
    /// No such file is kept for this person, or it is already part of another request.
    FileGone,
    /// Not a month with its year, or a year.
    NotAMonth,
    /// Not a web address.
    Url,
    /// Not a picture that can be printed, or a picture that is too large.
    Image,
    /// The typeface of documents has no drawing for these characters.
    Glyphs(String),
    /// A rule of the service, named by its own stable code; the sentence stands in the service.
    Rule(&'static str, &'static str),
}

impl Problem {
    /// The stable code, for machines.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Missing => "missing",
            Self::WrongType => "wrong_type",
            Self::UnknownField => "unknown_field",
            Self::UnknownCode => "unknown_code",
            Self::CodiceFiscaleLength => "codice_fiscale_length",
            Self::CodiceFiscaleShape => "codice_fiscale_shape",
            Self::CodiceFiscaleCheck => "codice_fiscale_check",
            Self::CodiceFiscaleDate => "codice_fiscale_date",
            Self::CodiceFiscaleOther => "codice_fiscale_other",
            Self::Email => "email",
            Self::Mobile => "mobile",
            Self::Cap => "cap",
            Self::CapGeneric => "cap_generic",
            Self::CapOther => "cap_other",
            Self::UnknownPlace => "unknown_place",
            Self::NotADate => "not_a_date",
            Self::DateBefore(_) => "date_before",
            Self::DateAfter(_) => "date_after",
            Self::NotANumber => "not_a_number",
            Self::NotMoney => "not_money",
            Self::AtLeast(_) => "at_least",
            Self::AtMost(_) => "at_most",
            Self::MoneyAtMost(_) => "money_at_most",
            Self::TooLong(_) => "too_long",
            Self::Characters => "characters",
            Self::TooMany(_) => "too_many",
            Self::MustDeclare => "must_declare",
            Self::FileKind => "file_kind",
            Self::FileEmpty => "file_empty",
            Self::FileTooLarge(_) => "file_too_large",
            Self::FileGone => "file_gone",
            Self::NotAMonth => "not_a_month",
            Self::Url => "url",
            Self::Image => "image",
            Self::Glyphs(_) => "glyphs",
            Self::Rule(code, _) => code,
        }
    }

    /// The limit that was passed, as it stands in the answer to a client: a number (of bytes for a file), an amount
    /// (`8500.00`) or a day.
    #[must_use]
    pub fn limit(&self) -> Option<String> {
        match self {
            Self::AtLeast(n) | Self::AtMost(n) => Some(format!("{n}")),
            Self::MoneyAtMost(cents) => Some(format!("{}.{:02}", cents / 100, cents % 100)),
            Self::TooLong(n) | Self::TooMany(n) => Some(format!("{n}")),
            Self::FileTooLarge(bytes) => Some(format!("{bytes}")),
            Self::DateBefore(day) | Self::DateAfter(day) => Some(day.clone()),
            Self::Glyphs(characters) => Some(characters.clone()),
            _ => None,
        }
    }

    /// The Italian sentence. A `{limite}` in it stands for the limit, see [`Problem::sentence_with`].
    #[must_use]
    pub fn italian(&self) -> &'static str {
        match self {
            Self::Rule(_, sentence) => sentence,
            other => ITALIAN
                .iter()
                .find(|(code, _)| *code == other.code())
                .map_or("Controlla questa risposta.", |(_, sentence)| sentence),
        }
    }

    /// Puts the limit into a sentence, written as people write it (`8.500,00 €`, `31/12/2026`).
    #[must_use]
    pub fn sentence_with(&self, sentence: &str) -> String {
        let shown: Cow<'static, str> = match self {
            Self::MoneyAtMost(cents) => crate::values::money::Money::from_cents(*cents)
                .italian()
                .into(),
            Self::FileTooLarge(bytes) => megabytes(*bytes).into(),
            Self::DateBefore(day) | Self::DateAfter(day) => {
                let mut parts = day.split('-');
                let (y, m, d) = (parts.next(), parts.next(), parts.next());
                format!(
                    "{}/{}/{}",
                    d.unwrap_or(""),
                    m.unwrap_or(""),
                    y.unwrap_or("")
                )
                .into()
            }
            other => other.limit().unwrap_or_default().into(),
        };
        sentence.replace("{limite}", &shown)
    }
}

/// A size as people write it: `5 MB`, `500 kB`. Whole megabytes are those of 1024 × 1024 bytes, as phones count them.
#[must_use]
pub fn megabytes(bytes: u32) -> String {
    if bytes < 1 << 20 {
        format!("{} kB", bytes.div_ceil(1024))
    } else if bytes.is_multiple_of(1 << 20) {
        format!("{} MB", bytes >> 20)
    } else {
        let tenths = (u64::from(bytes) * 10) >> 20;
        format!("{},{} MB", tenths / 10, tenths % 10)
    }
}

/// Every general refusal with its Italian sentence: the table that the texts and their tests read.
pub const ITALIAN: &[(&str, &str)] = &[
    (
        "missing",
        "Manca questa risposta: scrivila o scegli una voce.",
    ),
    (
        "wrong_type",
        "La risposta non ha la forma giusta: scrivi un solo valore.",
    ),
    (
        "unknown_field",
        "Questa domanda non fa parte del tuo percorso: togli la risposta.",
    ),
    (
        "unknown_code",
        "Questa voce non è nell'elenco: scegline una tra quelle proposte.",
    ),
    (
        "codice_fiscale_length",
        "Il codice fiscale ha 16 caratteri (11 se è provvisorio): controlla di averli scritti tutti.",
    ),
    (
        "codice_fiscale_shape",
        "Questo codice fiscale ha lettere e numeri in posti sbagliati: ricopialo dalla tessera sanitaria.",
    ),
    (
        "codice_fiscale_check",
        "L'ultimo carattere non torna: ricontrolla il codice fiscale sulla tessera sanitaria.",
    ),
    (
        "codice_fiscale_date",
        "La data dentro il codice fiscale non esiste: ricopialo dalla tessera sanitaria.",
    ),
    (
        "codice_fiscale_other",
        "Il codice fiscale non corrisponde alla data di nascita o al sesso: controlla i tre dati.",
    ),
    (
        "email",
        "Scrivi l'email per intero, per esempio nome@posta.it.",
    ),
    (
        "mobile",
        "Scrivi il numero di cellulare, per esempio 333 1234567. Se è estero, comincia con + e il prefisso.",
    ),
    ("cap", "Il CAP ha cinque cifre, per esempio 40121."),
    (
        "cap_generic",
        "Questa città ha un CAP per ogni zona: scrivi quello della tua via.",
    ),
    (
        "cap_other",
        "Questo CAP non è del comune che hai scelto: controlla tutti e due.",
    ),
    (
        "unknown_place",
        "Non troviamo questo luogo: scegline uno dall'elenco che compare mentre scrivi.",
    ),
    (
        "not_a_date",
        "Scrivi una data che esiste, con giorno, mese e anno: per esempio 31 12 2026.",
    ),
    ("date_before", "Scrivi una data dal {limite} in poi."),
    ("date_after", "Scrivi una data non oltre il {limite}."),
    (
        "not_a_number",
        "Scrivi un numero intero, senza virgole: per esempio 3.",
    ),
    (
        "not_money",
        "Scrivi un importo in euro, per esempio 8.500,00.",
    ),
    ("at_least", "Scrivi un numero da {limite} in su."),
    ("at_most", "Scrivi un numero fino a {limite}."),
    ("money_at_most", "L'importo può arrivare a {limite}."),
    (
        "too_long",
        "Il testo è troppo lungo: usa al massimo {limite} caratteri.",
    ),
    (
        "characters",
        "Ci sono caratteri che non possiamo leggere: riscrivi il testo con la tastiera.",
    ),
    ("too_many", "Sono troppe voci: tienine al massimo {limite}."),
    (
        "must_declare",
        "Per andare avanti devi confermare questa dichiarazione.",
    ),
    (
        "file_kind",
        "Questo file non è un PDF, un JPEG o un PNG: salvalo in uno di questi formati, o fai una foto.",
    ),
    ("file_empty", "Questo file è vuoto: scegline un altro."),
    (
        "file_too_large",
        "Il file è troppo grande: può arrivare a {limite}. Prova con una foto più piccola.",
    ),
    ("file_gone", "Questo file non c'è più: caricalo di nuovo."),
    (
        "not_a_month",
        "Scrivi il mese e l'anno, per esempio 05/2024, oppure solo l'anno.",
    ),
    (
        "url",
        "Scrivi l'indirizzo di una pagina web, per esempio www.sito.it.",
    ),
    (
        "image",
        "Scegli una foto JPEG o PNG che pesa al massimo 400 kB.",
    ),
    (
        "glyphs",
        "Non possiamo stampare questi caratteri: {limite}. Scrivi la parola con le lettere latine o togli il simbolo.",
    ),
];

/// A refusal at its field. Inside repeatable items the field is `esperienze[2].datore`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldProblem {
    /// The field's id.
    pub field: String,
    /// What is wrong.
    pub problem: Problem,
}

impl FieldProblem {
    /// A refusal at `field`.
    #[must_use]
    pub fn new(field: impl Into<String>, problem: Problem) -> Self {
        Self {
            field: field.into(),
            problem,
        }
    }
}

/// One row of `errors` in a 422 answer (RFC 9457 problem details, extended).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldError {
    /// The field's id.
    pub field: String,
    /// The stable code.
    pub code: String,
    /// The sentence, in the language asked for.
    pub message: String,
    /// The limit that was passed, if the refusal has one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limit: Option<String>,
}
