// SPDX-License-Identifier: EUPL-1.2
//! The sentence of consent: not asked for by law when one sends a CV by oneself (art. 111-bis D.Lgs. 196/2003), but
//! customary; so it is offered, in the words that name the law of today.

use contract::cv::{field::Field, words::Language};

use super::{editor::Editor, field, items::focus_later, path};
use crate::{dom::*, texts::tr};

/// The sentence, in a language to print.
fn sentence(language: Language) -> &'static str {
    match language {
        Language::Italian => {
            "Autorizzo il trattamento dei miei dati personali ai sensi del Reg. (UE) 2016/679 (GDPR) e del D.Lgs. 196/2003."
        }
        Language::English => {
            "I authorise the processing of my personal data under Regulation (EU) 2016/679 (GDPR) and D.Lgs. 196/2003."
        }
    }
}

/// The field with a button that writes the sentence.
pub(super) fn draw(
    editor: Editor,
    place: &'static str,
    shape: Option<&'static Field>,
    record: &str,
) -> AnyView {
    let write = move |_| {
        let first = editor.text_language();
        let both = editor.record.with_value(|record| record.both);
        editor.alter(move |doc| {
            path::set(doc, place, Some(sentence(first).into()));
            if both {
                let other = first.other();
                let beside = path::twin(place, other.texts_key());
                path::set(doc, &beside, Some(sentence(other).into()));
            }
        });
        focus_later(place.to_owned());
    };
    let empty = move || editor.text(place).trim().is_empty();
    many(vec![
        shape
            .map(|shape| field::draw(editor, record, shape))
            .into_any(),
        (move || {
            editor.version.track();
            empty().then(|| {
                el("p").with(
                    el("button")
                        .at("type", "button")
                        .at("class", "btn btn-sm btn-outline-primary")
                        .on("click", write)
                        .with(tr("ui/cv/consent", "Scrivi la frase di consenso")),
                )
            })
        })
        .into_any(),
    ])
}
