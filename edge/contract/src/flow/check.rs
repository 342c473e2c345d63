// SPDX-License-Identifier: EUPL-1.2
//! One check per kind of answer, and the normal form in which an accepted answer is kept.

use alloc::string::{String, ToString};
use jiff::civil::Date;

use crate::{
    answers::{Answer, yes_or_no},
    problem::Problem,
    service::{Case, Field, Kind},
    values::{
        codice_fiscale::CodiceFiscale,
        contact::{Cap, Email, Mobile},
        money::Money,
        place::Places,
        text,
    },
};

/// What the field's kind refuses in an answer that is there.
#[must_use]
pub fn check_answer(field: &Field, case: Case<'_>) -> Option<Problem> {
    if let Kind::Many(list) = field.kind {
        return match case.answers.get(field.id) {
            Some(Answer::Many(codes)) => {
                let known = |code: &String| list.iter().any(|choice| choice.code == code);
                (!codes.iter().all(known)).then_some(Problem::UnknownCode)
            }
            Some(Answer::Text(code)) => {
                (!list.iter().any(|choice| choice.code == code)).then_some(Problem::UnknownCode)
            }
            _ => Some(Problem::WrongType),
        };
    }
    let Some(Answer::Text(typed)) = case.answers.get(field.id) else {
        return Some(Problem::WrongType);
    };
    check_text(field.kind, typed.trim(), case).err()
}

fn check_text(kind: Kind, typed: &str, case: Case<'_>) -> Result<(), Problem> {
    match kind {
        Kind::Text(max) => text::clean(typed, max).map(drop),
        Kind::LongText(max) => text::clean_lines(typed, max).map(drop),
        Kind::Address => text::clean(typed, 120).map(drop),
        Kind::Number(least, most) => {
            let number: i64 = typed.parse().map_err(|_| Problem::NotANumber)?;
            if number < least {
                Err(Problem::AtLeast(least))
            } else if number > most {
                Err(Problem::AtMost(most))
            } else {
                Ok(())
            }
        }
        Kind::Money(most) => {
            let money = Money::parse(typed)?;
            if money.cents() > most {
                Err(Problem::MoneyAtMost(most))
            } else {
                Ok(())
            }
        }
        Kind::Date => check_date(typed).map(drop).ok_or(Problem::NotADate),
        Kind::Choice(list) => {
            if list.iter().any(|choice| choice.code == typed) {
                Ok(())
            } else {
                Err(Problem::UnknownCode)
            }
        }
        Kind::YesNo => yes_or_no(typed).map(drop).ok_or(Problem::UnknownCode),
        Kind::Declaration => match yes_or_no(typed) {
            Some(true) => Ok(()),
            Some(false) => Err(Problem::MustDeclare),
            None => Err(Problem::UnknownCode),
        },
        Kind::Comune => known(case.places, typed, |places, code| {
            places.by_belfiore(code).is_some()
        }),
        Kind::State if typed == "000" => Ok(()),
        Kind::State => known(case.places, typed, |places, code| {
            places.state(code).is_some()
        }),
        Kind::Email => Email::parse(typed).map(drop),
        Kind::Mobile => Mobile::parse(typed).map(drop),
        Kind::Cap(comune) => {
            let cap = Cap::parse(typed)?;
            let fits = match (case.places, case.answers.text(comune)) {
                (Some(places), Some(comune)) => places.cap_fits(cap.as_str(), comune),
                _ => true,
            };
            if fits { Ok(()) } else { Err(Problem::CapOther) }
        }
        Kind::CodiceFiscale => CodiceFiscale::parse(typed).map(drop),
        Kind::File(_) => {
            let plain = typed.len() <= 64
                && typed
                    .bytes()
                    .all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_');
            if plain {
                Ok(())
            } else {
                Err(Problem::FileGone)
            }
        }
        Kind::Many(_) => Err(Problem::WrongType),
    }
}

/// Until the browser has the list it can only tell whether a code has the right shape.
fn known(
    places: Option<&Places<'_>>,
    code: &str,
    holds: impl Fn(&Places<'_>, &str) -> bool,
) -> Result<(), Problem> {
    let sound = match places {
        Some(places) => holds(places, code),
        None => code.len() == 4 && code.is_ascii(),
    };
    if sound {
        Ok(())
    } else {
        Err(Problem::UnknownPlace)
    }
}

/// Reads a day written as `YYYY-MM-DD`.
#[must_use]
pub fn check_date(typed: &str) -> Option<Date> {
    if typed.len() == 10 {
        typed.parse().ok()
    } else {
        None
    }
}

/// The form in which an accepted answer is kept: `si`/`no`, amounts as `8500.00`, numbers in E.164, texts cleaned.
/// An answer that cannot be read stays as typed, so that nothing is lost in a draft.
#[must_use]
pub fn normal(field: &Field, answer: &Answer) -> Answer {
    let Answer::Text(typed) = answer else {
        return answer.clone();
    };
    let typed = typed.trim();
    let text = match field.kind {
        Kind::Text(max) => text::clean(typed, max).ok(),
        Kind::LongText(max) => text::clean_lines(typed, max).ok(),
        Kind::Address => text::clean(typed, 120).ok(),
        Kind::Money(_) => Money::parse(typed).ok().map(|money| money.as_str()),
        Kind::Number(..) => typed.parse::<i64>().ok().map(|number| number.to_string()),
        Kind::YesNo | Kind::Declaration => {
            yes_or_no(typed).map(|yes| if yes { "si" } else { "no" }.to_string())
        }
        Kind::Email => Email::parse(typed)
            .ok()
            .map(|email| email.as_str().to_string()),
        Kind::Mobile => Mobile::parse(typed)
            .ok()
            .map(|mobile| mobile.as_str().to_string()),
        Kind::CodiceFiscale => CodiceFiscale::parse(typed)
            .ok()
            .map(|cf| cf.as_str().to_string()),
        Kind::Many(_) => return Answer::Many(alloc::vec![typed.to_string()]),
        _ => None,
    };
    Answer::Text(text.unwrap_or_else(|| typed.to_string()))
}
