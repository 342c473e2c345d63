// SPDX-License-Identifier: EUPL-1.2
//! The letter that goes with a CV, in the same look.

use contract::cv::item::Item;
use contract::cv::lettera::{KINDS, Lettera};
use contract::cv::outline::{Contact, Phrase};
use contract::cv::words::{self, Words, words};
use contract::problem::FieldProblem;
use krilla::tagging::{ListNumbering, Tag};

use crate::cv::flow::{Flow, Place, Word};
use crate::cv::header::{Head, head};
use crate::cv::{NO_DAY, PrintError, beyond};
use crate::drawing::Drawing;
use crate::paper::sheet::Node;
use crate::paper::standard::midnight;

/// The letter as a PDF/A-2a and PDF/UA-1. The same letter gives the same bytes.
///
/// # Errors
/// As [`crate::cv::cv_pdf`].
pub fn lettera_pdf(letter: &Lettera) -> Result<Vec<u8>, PrintError> {
    let problems = letter.printable();
    if !problems.is_empty() {
        return Err(PrintError::Refused(problems));
    }
    let title = subject(letter).text;
    let author = letter.root().record("sender").text("name");
    let author = author.unwrap_or_default();
    let about = words("Lettera di presentazione di", "Cover letter of");
    let about = about.get(letter.language());
    lay_out(letter).finish().pdf(
        &title,
        &format!("{about} {author}"),
        author,
        midnight(letter.date().unwrap_or(NO_DAY)),
        Vec::new(),
    )
}

/// The pages of the letter as they are in its PDF, and what keeps it from being printed.
#[must_use]
pub fn lettera_drawing(letter: &Lettera) -> (Drawing, Vec<FieldProblem>) {
    let mut problems = letter.printable();
    if beyond(&problems) {
        return (Drawing::default(), problems);
    }
    let finished = lay_out(letter).finish();
    problems.extend(finished.problems.iter().cloned());
    (Drawing::of(&finished.pages), problems)
}

fn lay_out(letter: &Lettera) -> Flow {
    let mut flow = Flow::new(letter.style(), letter.language());
    let root = letter.root();
    sender(&mut flow, letter);
    recipient(&mut flow, root.record("recipient"));
    date(&mut flow, letter);
    about(&mut flow, letter);
    let scheme = flow.scheme;
    let gap = scheme.body.leading * 0.6;
    let language = flow.language;
    let spaced = |flow: &Flow, before: f32| Place {
        before,
        ..flow.place()
    };
    if let Some(text) = phrase(root, "", "salutation", language) {
        let place = Place {
            keep: true,
            ..spaced(&flow, gap * 1.4)
        };
        flow.block(Tag::P.into(), &[Word::of(&text, scheme.body)], place);
    }
    let paragraphs = root.said_each("paragraphs", language);
    for (index, said) in paragraphs.iter().enumerate() {
        for line in said.text.lines().filter(|line| !line.trim().is_empty()) {
            let text = Phrase {
                text: line.trim().into(),
                language: said.language,
                field: format!("paragraphs[{index}]"),
            };
            let place = spaced(&flow, gap);
            flow.block(Tag::P.into(), &[Word::of(&text, scheme.body)], place);
        }
    }
    if let Some(text) = phrase(root, "", "closing", language) {
        let place = Place {
            keep: true,
            ..spaced(&flow, gap * 1.4)
        };
        flow.block(Tag::P.into(), &[Word::of(&text, scheme.body)], place);
    }
    if let Some(text) = plain(root, "", "signature", language) {
        let place = spaced(&flow, gap * 3.5);
        flow.block(Tag::P.into(), &[Word::of(&text, scheme.strong)], place);
    }
    attachments(&mut flow, root);
    if let Some(consent) = phrase(root, "", "consent", language) {
        flow.small_print(&consent);
    }
    flow
}

fn sender(flow: &mut Flow, letter: &Lettera) {
    let sender = letter.root().record("sender");
    let language = flow.language;
    let name = plain(sender, "sender.", "name", language).unwrap_or(Phrase {
        text: String::new(),
        language,
        field: "sender.name".into(),
    });
    let mut contacts = Vec::new();
    let mut add = |label: Words, text: Option<Phrase>, link: Option<String>| {
        contacts.extend(text.map(|text| Contact {
            label,
            text,
            link,
            named: false,
        }));
    };
    let text = |key| plain(sender, "sender.", key, language);
    add(words("Indirizzo", "Address"), text("address"), None);
    add(words("Telefono", "Phone"), text("phone"), None);
    let email = text("email");
    let mailto = email.as_ref().map(|email| format!("mailto:{}", email.text));
    add(words("Email", "Email"), email, mailto);
    if let Some((shown, target)) = letter.sender_link() {
        add(words("Sito web", "Website"), Some(shown), Some(target));
    }
    head(
        flow,
        &Head {
            name: &name,
            label: phrase(sender, "sender.", "label", language).as_ref(),
            contacts: &contacts,
            photo: None,
            title: false,
        },
    );
}

fn recipient(flow: &mut Flow, recipient: Item<'_>) {
    let language = flow.language;
    let scheme = flow.scheme;
    let mut before = scheme.body.leading * 2.0;
    let attention = words("Alla cortese attenzione di ", "For the attention of ");
    for key in ["organization", "person", "address", "city", "email"] {
        let Some(text) = phrase(recipient, "recipient.", key, language) else {
            continue;
        };
        let mut line = Vec::new();
        if key == "person" {
            let words = attention.get(language);
            line.push(Word::ours(words, scheme.body, language));
        }
        let style = if key == "organization" {
            scheme.strong
        } else {
            scheme.body
        };
        line.push(Word::of(&text, style));
        let place = Place {
            before,
            keep: true,
            ..flow.place()
        };
        flow.block(Tag::P.into(), &line, place);
        before = 0.0;
    }
}

/// `Bologna, 24 novembre 2026`.
fn date(flow: &mut Flow, letter: &Lettera) {
    let language = flow.language;
    let style = flow.scheme.body;
    let mut line = Vec::new();
    line.extend(plain(letter.root(), "", "place", language).map(|text| Word::of(&text, style)));
    if let Some(day) = letter.date() {
        if !line.is_empty() {
            line.push(Word::ours(", ", style, language));
        }
        let day = words::day(day, language);
        line.push(Word::ours(day, style, language));
    }
    let place = Place {
        before: style.leading * 1.4,
        keep: true,
        ..flow.place()
    };
    flow.block(Tag::P.into(), &line, place);
}

/// The subject is the title of the document.
fn about(flow: &mut Flow, letter: &Lettera) {
    let language = flow.language;
    let style = flow.scheme.entry;
    let mut line = vec![
        Word::ours(
            words("Oggetto: ", "Subject: ").get(language),
            style,
            language,
        ),
        Word::of(&subject(letter), style),
    ];
    if let Some(reference) = plain(letter.root(), "", "reference", language) {
        let mark = words(" – rif. ", " – ref. ").get(language);
        line.push(Word::ours(mark, style, language));
        line.push(Word::of(&reference, style));
    }
    let place = Place {
        before: style.leading * 1.4,
        ..flow.place()
    };
    flow.heading(1, &line, place);
}

/// What the person wrote or, without that, the kind of the letter.
fn subject(letter: &Lettera) -> Phrase {
    let language = letter.language();
    let root = letter.root();
    phrase(root, "", "subject", language).unwrap_or_else(|| {
        let kind = root.text("kind").unwrap_or_default();
        let text = words::label(KINDS, kind, language)
            .unwrap_or(words("Lettera di presentazione", "Cover letter").get(language));
        Phrase {
            text: text.into(),
            language,
            field: "subject".into(),
        }
    })
}

fn attachments(flow: &mut Flow, root: Item<'_>) {
    let language = flow.language;
    let scheme = flow.scheme;
    let list = root.said_list("attachments", language);
    if list.is_empty() {
        return;
    }
    let title = words("Allegati", "Attachments").get(language);
    let mut place = Place {
        before: scheme.body.leading * 1.4,
        keep: true,
        ..flow.place()
    };
    let title = [Word::ours(format!("{title}:"), scheme.strong, language)];
    flow.block(Tag::P.into(), &title, place);
    place.before = 0.0;
    place.keep = false;
    let mut items = Vec::with_capacity(list.len());
    for (index, said) in list.iter().enumerate() {
        let text = Phrase {
            text: said.text.into(),
            language: said.language,
            field: format!("attachments[{index}]"),
        };
        let lines = flow.lines(&[Word::of(&text, scheme.body)], place);
        flow.sheet.strips.extend(lines.strips);
        let body = Node::Group(Tag::LBody.into(), lines.nodes);
        items.push(Node::Group(Tag::LI.into(), vec![body]));
    }
    let list = Tag::L(ListNumbering::None).into();
    flow.sheet.nodes.push(Node::Group(list, items));
}

fn phrase(item: Item<'_>, path: &str, key: &str, wanted: words::Language) -> Option<Phrase> {
    item.said(key, wanted).map(|said| Phrase {
        text: said.text.into(),
        language: said.language,
        field: format!("{path}{key}"),
    })
}

fn plain(item: Item<'_>, path: &str, key: &str, language: words::Language) -> Option<Phrase> {
    item.text(key).map(|text| Phrase {
        text: text.into(),
        language,
        field: format!("{path}{key}"),
    })
}
