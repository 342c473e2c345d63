// SPDX-License-Identifier: EUPL-1.2
//! Five stars at the end of a service, then why. The Italian words are fixed by the national design model, which also
//! looks for the `data-element` names; stars are radios in their natural order, so that arrows go from one to five.

use crate::dom::*;
use contract::{
    endpoint::Rate,
    valutazione::{
        LONGEST, NEGATIVE, NewValutazione, POSITIVE, QUESTION, QUESTION_NEGATIVE, QUESTION_POSITIVE,
    },
};
use leptos::task::spawn_local;

use crate::{
    api, browser,
    session::Session,
    texts::{self, tr},
    ui,
};

#[derive(Clone, Copy)]
struct Rating {
    service: &'static str,
    session: Session,
    stars: RwSignal<u8>,
    reasons: RwSignal<Vec<&'static str>>,
    text: RwSignal<String>,
    /// Names the one attempt, so that a second press counts once.
    key: StoredValue<String>,
    said: RwSignal<String>,
    done: RwSignal<bool>,
}

/// The question, and the thanks once it is answered.
pub(crate) fn rating(service: &'static str) -> AnyView {
    let rating = Rating {
        service,
        session: expect_context::<Session>(),
        stars: RwSignal::new(0),
        reasons: RwSignal::new(Vec::new()),
        text: RwSignal::new(String::new()),
        key: StoredValue::new(browser::uuid()),
        said: RwSignal::new(String::new()),
        done: RwSignal::new(false),
    };
    el("section")
        .at("class", "rating")
        .at("data-element", "feedback")
        .at("aria-labelledby", "valutazione-titolo")
        .with(
            el("h2")
                .at("id", "valutazione-titolo")
                .at("class", "h4")
                .at("data-element", "feedback-title")
                .at("tabindex", "-1")
                .with(texts::rating("domanda", QUESTION)),
        )
        .with(move || {
            if rating.done.get() {
                thanks()
            } else {
                form(rating)
            }
        })
        .into_any()
}

fn thanks() -> AnyView {
    el("p")
        .at("role", "status")
        .with(tr(
            "ui/rating/thanks",
            "Grazie, il tuo parere ci aiuta a migliorare il servizio.",
        ))
        .into_any()
}

fn form(rating: Rating) -> AnyView {
    let stars: Vec<_> = (1..=5).map(|star| star_of(rating, star)).collect();
    el("form")
        .at("novalidate", true)
        .on("submit", move |event| {
            event.prevent_default();
            rating.send();
        })
        .with(
            el("fieldset")
                .with(
                    el("legend")
                        .at("class", "visually-hidden")
                        .with(tr("ui/rating/legend", "Valuta da 1 a 5 stelle")),
                )
                .with(el("div").at("class", "stars").with(stars)),
        )
        .with(move || why(rating, rating.stars.get()))
        .with(
            el("div")
                .at("role", "alert")
                .with(move || message(&rating.said.get())),
        )
        .into_any()
}

fn message(said: &str) -> Option<AnyView> {
    (!said.is_empty()).then(|| {
        el("p")
            .at("class", "field-error")
            .with(ui::icon("it-error"))
            .with(el("span").with(said))
            .into_any()
    })
}

fn star_of(rating: Rating, star: u8) -> AnyView {
    const ELEMENTS: [&str; 5] = [
        "feedback-rate-1",
        "feedback-rate-2",
        "feedback-rate-3",
        "feedback-rate-4",
        "feedback-rate-5",
    ];
    let number = star.to_string();
    let id = ["stella-", &number].concat();
    let name = texts::with(tr("ui/rating/star", "Valuta {valore} stelle su 5"), &number);
    let lit = move || {
        if star <= rating.stars.get() {
            "star lit"
        } else {
            "star"
        }
    };
    el("span")
        .at("class", lit)
        .with(
            el("input")
                .at("type", "radio")
                .at("name", "stelle")
                .at("id", id.clone())
                .at("value", number)
                .at("data-element", ELEMENTS[usize::from(star - 1)])
                .on("change", move |_| {
                    // Reasons for few stars are none for many.
                    if (star > 3) != (rating.stars.get_untracked() > 3) {
                        rating.reasons.set(Vec::new());
                    }
                    rating.stars.set(star);
                }),
        )
        .with(
            el("label")
                .at("for", id)
                .with(ui::icon("it-star-full"))
                .with(el("span").at("class", "visually-hidden").with(name)),
        )
        .into_any()
}

/// Why so many stars, or so few; nothing before there are any.
fn why(rating: Rating, stars: u8) -> Option<AnyView> {
    if stars == 0 {
        return None;
    }
    let (element, part, question, answers) = if stars > 3 {
        (
            "feedback-rating-positive",
            "positiva",
            QUESTION_POSITIVE,
            POSITIVE,
        )
    } else {
        (
            "feedback-rating-negative",
            "negativa",
            QUESTION_NEGATIVE,
            NEGATIVE,
        )
    };
    let boxes: Vec<_> = answers
        .iter()
        .map(|(code, words)| reason(rating, code, words))
        .collect();
    Some(many(vec![
        el("fieldset")
            .at("class", "field")
            .at("data-element", element)
            .with(
                el("legend")
                    .at("data-element", "feedback-rating-question")
                    .with(texts::rating(part, question)),
            )
            .with(boxes)
            .into_any(),
        details(rating),
        el("button")
            .at("type", "submit")
            .at("class", "btn btn-primary")
            .with(tr("ui/rating/send", "Invia il parere"))
            .into_any(),
    ]))
}

fn reason(rating: Rating, code: &'static str, words: &'static str) -> AnyView {
    let id = ["motivo-", code].concat();
    let given = rating.reasons.with_untracked(|given| given.contains(&code));
    el("div")
        .at("class", "form-check")
        .with(
            el("input")
                .at("type", "checkbox")
                .at("id", id.clone())
                .prop("checked", given)
                .on("change", move |event| {
                    let on = event_target_checked(&event);
                    rating.reasons.update(|given| {
                        given.retain(|known| *known != code);
                        if on {
                            given.push(code);
                        }
                    });
                }),
        )
        .with(
            el("label")
                .at("for", id)
                .at("data-element", "feedback-rating-answer")
                .with(texts::rating(code, words)),
        )
        .into_any()
}

fn details(rating: Rating) -> AnyView {
    el("div")
        .at("class", "field")
        .with(
            el("label")
                .at("class", "field-label")
                .at("for", "valutazione-testo")
                .with(tr("ui/rating/more", "Vuoi aggiungere altri dettagli?")),
        )
        .with(
            el("span")
                .at("class", "field-hint")
                .at("id", "valutazione-testo-hint")
                .with(tr(
                    "ui/rating/hint",
                    "Al massimo 200 caratteri. Non scrivere dati personali: la risposta è anonima.",
                )),
        )
        .with(
            el("textarea")
                .at("id", "valutazione-testo")
                .at("data-element", "feedback-input-text")
                .at("class", "form-control")
                .at("maxlength", LONGEST.to_string())
                .at("aria-describedby", "valutazione-testo-hint")
                .prop("value", rating.text.get_untracked())
                .on("input", move |event| {
                    rating.text.set(event_target_value(&event));
                }),
        )
        .into_any()
}

impl Rating {
    fn send(self) {
        let codes = self.reasons.get_untracked();
        let new = NewValutazione {
            servizio: self.service.to_owned(),
            stelle: self.stars.get_untracked(),
            motivi: codes.into_iter().map(str::to_owned).collect(),
            testo: self.text.get_untracked(),
        };
        self.said.set(String::new());
        spawn_local(async move {
            let key = self.key.get_value();
            let answer = api::call_once::<Rate>(&[], &[], Some(&new), &key).await;
            match self.session.seen(answer) {
                Ok(_) => {
                    self.done.set(true);
                    browser::focus_soon("valutazione-titolo");
                }
                Err(error) => {
                    // After a refusal something else is sent; after a silence the same once more.
                    if error.status() == 422 {
                        self.key.set_value(browser::uuid());
                    }
                    self.said.set(error.sentence());
                }
            }
        });
    }
}
