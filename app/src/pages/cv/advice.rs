// SPDX-License-Identifier: EUPL-1.2
//! Advice while one writes («consigli utili»), and the comparison with a job ad. The rules stand in `contract` and run
//! here, on the device: nothing is sent.

use contract::cv::consigli::{self, Advice, Context, Severity, annuncio};

use super::{editor::Editor, items::focus_later};
use crate::{
    browser, dates,
    dom::*,
    texts::{self, tr},
};

/// The advice on the document as it stands now.
pub(super) fn found(editor: Editor) -> Vec<Advice> {
    let mut context = Context::on(dates::today());
    let ad = editor.record.with_value(|record| record.ad.clone());
    (context.pages, context.file_bytes) = editor.paper.get();
    context.ad = Some(ad.as_str()).filter(|ad| !ad.trim().is_empty());
    if editor.letter {
        consigli::advise_letter(&editor.lettera(), &context)
    } else {
        consigli::advise(&editor.cv(), &context)
    }
}

/// The panel.
pub(super) fn draw(
    editor: Editor,
    advice: RwSignal<Vec<Advice>>,
    write: impl Fn() + Copy + 'static,
) -> AnyView {
    let list = move || {
        let advice = advice.get();
        if advice.is_empty() {
            return el("p")
                .at("class", "notice success")
                .with(tr(
                    "ui/cv/advice/none",
                    "Per ora non abbiamo consigli. Bel lavoro!",
                ))
                .into_any();
        }
        let items = advice.iter().map(|one| entry(editor, one, write)).collect();
        el("ol")
            .at("class", "cv-advice")
            .with(many(items))
            .into_any()
    };
    many(vec![
        el("h2").with(tr("ui/cv/advice", "Consigli utili")).into_any(),
        el("p")
            .with(tr("ui/cv/advice/about", "Sono idee, non obblighi: decidi tu. Le regole girano sul tuo dispositivo, niente viene inviato."))
            .into_any(),
        list.into_any(),
        (!editor.letter).then(|| ad(editor)).into_any(),
    ])
}

fn entry(editor: Editor, advice: &Advice, write: impl Fn() + Copy + 'static) -> AnyView {
    let rule = advice.rule;
    let text =
        |part: &str, italian| texts::tr(&["consigli/", rule.code, "/", part].concat(), italian);
    let (class, weight) = match rule.severity {
        Severity::High => ("state-chip bad", tr("ui/cv/advice/high", "Importante")),
        Severity::Medium => (
            "state-chip waiting-for-you",
            tr("ui/cv/advice/medium", "Utile"),
        ),
        Severity::Low => ("state-chip open", tr("ui/cv/advice/low", "Se vuoi")),
    };
    let place = advice.field.clone();
    let go = (!place.is_empty()).then(|| {
        el("button")
            .at("type", "button")
            .at("class", "btn btn-sm btn-outline-primary")
            .on("click", move |_| {
                write();
                lead(editor, &place);
            })
            .with(tr("ui/cv/advice/go", "Vai al punto"))
            .with(
                el("span")
                    .at("class", "visually-hidden")
                    .with([": ", &advice.said(text("text", rule.text))].concat()),
            )
    });
    el("li")
        .with(
            el("p")
                .at("class", "cv-advice-text")
                .with(el("span").at("class", class).with(weight))
                .with(" ")
                .with(el("strong").with(advice.said(text("text", rule.text)))),
        )
        .with(el("p").with(text("reason", rule.reason)))
        .with(
            el("p")
                .at("class", "cv-example")
                .with(tr("ui/cv/advice/example", "Esempio: "))
                .with(text("example", rule.example)),
        )
        .with(go)
        .into_any()
}

/// Opens what has to be open and puts the focus on the field, or as near to it as there is something.
pub(super) fn lead(editor: Editor, place: &str) {
    if !editor.letter {
        let section = &place[..place.find(['[', '.']).unwrap_or(place.len())];
        let section = match (place, section) {
            ("basics.summary", _) | (_, "summary") => "summary".to_owned(),
            (_, "x_sections") => own_key(editor, place),
            (_, section) => section.to_owned(),
        };
        editor.section.set(section);
        if let Some((item, _)) = place.rsplit_once('.')
            && item.ends_with(']')
        {
            editor.item.set(item.to_owned());
        } else if place.ends_with(']') {
            editor.item.set(place.to_owned());
        }
    }
    let mut ids = vec![place.to_owned()];
    let mut rest = place;
    while let Some(end) = rest.rfind(['.', '[']) {
        rest = &rest[..end];
        ids.push(rest.to_owned());
        ids.push([rest, "-toggle"].concat());
    }
    ids.push([place, "-toggle"].concat());
    ids.push([place, "-add"].concat());
    request_animation_frame(move || {
        request_animation_frame(move || {
            if let Some(id) = ids.into_iter().find(|id| browser::by_id(id).is_some()) {
                focus_later(id);
            }
        });
    });
}

fn own_key(editor: Editor, place: &str) -> String {
    let end = place.find(']').map_or(place.len(), |end| end + 1);
    let id = editor.text(&[&place[..end], ".x_id"].concat());
    ["x_sections/", &id].concat()
}

/// The words of an ad that the CV has, and those that it has not.
fn ad(editor: Editor) -> AnyView {
    let given = editor.record.with_value(|record| record.ad.clone());
    let words = move || {
        editor.paused.track();
        let ad = editor.record.with_value(|record| record.ad.clone());
        if ad.trim().is_empty() {
            return ().into_any();
        }
        let matched = annuncio::match_ad(&editor.cv(), &ad);
        let list = |title: &'static str, class: &'static str, words: &[annuncio::Keyword]| {
            let chips = words
                .iter()
                .map(|keyword| {
                    el("li")
                        .with(el("span").at("class", class).with(keyword.word.as_str()))
                        .into_any()
                })
                .collect();
            many(vec![
                el("h4").at("class", "h6").with(title).into_any(),
                el("ul")
                    .at("class", "cv-words")
                    .with(many(chips))
                    .into_any(),
            ])
        };
        many(vec![
            (!matched.present.is_empty())
                .then(|| {
                    list(
                        tr("ui/cv/ad/present", "Parole dell'annuncio che ci sono già"),
                        "state-chip good",
                        &matched.present,
                    )
                })
                .into_any(),
            (!matched.missing.is_empty())
                .then(|| {
                    list(
                        tr(
                            "ui/cv/ad/missing",
                            "Parole che mancano: aggiungile solo se sono vere",
                        ),
                        "state-chip waiting-for-you",
                        &matched.missing,
                    )
                })
                .into_any(),
        ])
    };
    el("div")
        .at("class", "cv-ad")
        .with(el("h3").with(tr("ui/cv/ad", "Confronta con un annuncio")))
        .with(
            el("div")
                .at("class", "field wide")
                .with(el("label").at("for", "cv-ad").with(tr("ui/cv/ad/label", "Testo dell'annuncio")))
                .with(el("span").at("class", "field-hint").with(tr(
                    "ui/cv/ad/hint",
                    "Incollalo qui: guardiamo quali sue parole stanno nel CV. Resta su questo dispositivo.",
                )))
                .with(
                    el("textarea")
                        .at("id", "cv-ad")
                        .at("class", "form-control")
                        .at("maxlength", annuncio::MOST_AD.to_string())
                        .prop("value", given)
                        .on("input", move |event| {
                            editor.note(|record| record.ad = event_target_value(&event));
                        }),
                ),
        )
        .with(words)
        .into_any()
}
