// SPDX-License-Identifier: EUPL-1.2
//! The sections of a CV, each a panel that opens: personal details first, then the others in the order in which they are
//! printed. They move and hide by button, and move by drag.

use contract::cv::{
    Part,
    field::{Kind, find},
    sections::{BASICS, OWN, OWN_ITEM, OWN_SECTION, PROFILE, PROFILE_TITLE},
};
use serde_json::{Value, json};

use super::{
    consent, drag,
    editor::Editor,
    field::{self, spoken},
    items::{self, List, focus_later, tell_moved, tool},
    path, photo,
};
use crate::{browser, dom::*, texts::tr};

/// A panel as it is known before it is drawn.
#[derive(Clone)]
struct Panel {
    key: String,
    title: String,
    count: usize,
    hidden: bool,
    /// The place of a section of the person's own.
    own: Option<usize>,
}

fn panels(editor: Editor) -> Vec<Panel> {
    let cv = editor.cv();
    let first = editor.text_language();
    cv.parts()
        .iter()
        .map(|part| {
            let key = part.key();
            let hidden = cv.hides(&key);
            let (title, count, own) = match part {
                Part::Profile => {
                    let full = cv.basics().said("summary", first).is_some();
                    (
                        PROFILE_TITLE.get(spoken()).to_owned(),
                        usize::from(full),
                        None,
                    )
                }
                Part::Table(section) => {
                    let title = section.title.get(spoken()).to_owned();
                    (title, cv.items(section.key).count(), None)
                }
                Part::Own(index, item) => {
                    let name = item.said("name", first).map(|said| said.text.to_owned());
                    let title = name.unwrap_or_else(|| tr("ui/cv/own", "Sezione tua").to_owned());
                    (title, item.records("items").count(), Some(*index))
                }
            };
            Panel {
                key,
                title,
                count,
                hidden,
                own,
            }
        })
        .collect()
}

/// All panels.
pub(super) fn draw(editor: Editor) -> AnyView {
    (move || {
        editor.shape.track();
        let all = panels(editor);
        let keys: Vec<String> = all.iter().map(|panel| panel.key.clone()).collect();
        let others = all
            .iter()
            .enumerate()
            .map(|(index, one)| panel(editor, one, index, &keys))
            .collect();
        many(vec![
            basics(editor),
            many(others),
            el("p")
                .at("class", "mt-4")
                .with(
                    el("button")
                        .at("type", "button")
                        .at("class", "btn btn-outline-primary")
                        .at("id", "own-add")
                        .on("click", move |_| add_own(editor))
                        .with(tr("ui/cv/add_own", "Aggiungi una sezione tua")),
                )
                .into_any(),
        ])
    })
    .into_any()
}

fn basics(editor: Editor) -> AnyView {
    shut(
        editor,
        "basics",
        tr("ui/cv/basics", "Dati e contatti").to_owned(),
        None,
        None,
        None,
        move || {
            let without = ["image", "x_family_name", "summary", "x_photo", "x_consent"];
            many(vec![
                photo::draw(editor),
                field::fields(editor, "basics", BASICS, &without),
                consent::draw(
                    editor,
                    "basics.x_consent",
                    find(BASICS, "x_consent"),
                    "basics",
                ),
            ])
        },
    )
}

/// Puts a section at another place, and the focus on its control of this ending.
fn shift(editor: Editor, keys: &[String], from: usize, to: usize, control: &str) {
    let mut order = keys.to_vec();
    drag::shift(&mut order, from, to);
    editor.alter(move |doc| path::set(doc, "x_order", Some(json!(order))));
    tell_moved(to);
    focus_later([&keys[from], control].concat());
}

fn panel(editor: Editor, one: &Panel, index: usize, keys: &[String]) -> AnyView {
    let chip = if one.hidden {
        Some(tr("ui/cv/not_printed", "Non stampato").to_owned())
    } else {
        (one.count > 0 && one.key != PROFILE).then(|| one.count.to_string())
    };
    let (key, own) = (one.key.clone(), one.own);
    let all = keys.to_vec();
    let grip = drag::grip(index, move |to| shift(editor, &all, index, to, "-toggle"));
    shut(
        editor,
        &one.key,
        one.title.clone(),
        chip,
        own,
        Some((grip, tools(editor, one, index, keys))),
        move || match (key.as_str(), own) {
            (PROFILE, _) => profile(editor),
            (_, Some(index)) => own_body(editor, index),
            (key, None) => contract::cv::sections::section(key)
                .map(|section| {
                    let tip =
                        tip(section.key).map(|tip| el("p").at("class", "field-hint").with(tip));
                    many(vec![
                        tip.into_any(),
                        items::draw(editor, List::section(section)),
                    ])
                })
                .into_any(),
        },
    )
}

/// Whether a place of the document is drawn in the panel of this key.
fn belongs(key: &str, own: Option<usize>) -> impl Fn(&str) -> bool + Send + Sync + 'static {
    let within = match own {
        Some(index) => [OWN, "[", &index.to_string(), "]"].concat(),
        None if key == PROFILE => "basics".to_owned(),
        None => key.to_owned(),
    };
    let (profile, basics) = (key == PROFILE, key == "basics");
    move |place| {
        let rest = place.strip_prefix(within.as_str()).unwrap_or("-");
        let inside = rest.is_empty() || rest.starts_with(['.', '[']);
        // The profile is one of the personal details in the file, and a panel of its own here.
        let shared = profile || basics;
        inside && (!shared || rest.ends_with(".summary") == profile)
    }
}

/// A panel with its heading, its grip and its tools; what stands in it is drawn when it is opened.
fn shut(
    editor: Editor,
    key: &str,
    title: String,
    chip: Option<String>,
    own: Option<usize>,
    moving: Option<(AnyView, AnyView)>,
    body: impl Fn() -> AnyView + 'static,
) -> AnyView {
    let here = key.to_owned();
    let open = Memo::new(move |_| editor.section.with(|section| *section == here));
    let mine = key.to_owned();
    // With a space that does not break: the last word and the chip go to the next line together.
    let chip = chip.map(|chip| {
        let chip = el("span").at("class", "state-chip").with(chip);
        many(vec!["\u{a0}".into_any(), chip.into_any()])
    });
    let row = moving.is_some().then_some("");
    let mend = field::mend(editor, belongs(key, own));
    let (grip, tools) = moving.unzip();
    el("section")
        .at("class", "cv-panel")
        .at("data-row", row)
        .at("aria-labelledby", [key, "-title"].concat())
        .with(
            el("div")
                .at("class", "cv-head")
                .with(
                    el("h2").at("id", [key, "-title"].concat()).with(
                        el("button")
                            .at("type", "button")
                            .at("class", "cv-toggle")
                            .at("id", [key, "-toggle"].concat())
                            .at(
                                "aria-expanded",
                                move || if open.get() { "true" } else { "false" },
                            )
                            .on("click", move |_| {
                                let next = if open.get_untracked() {
                                    String::new()
                                } else {
                                    mine.clone()
                                };
                                editor.section.set(next);
                            })
                            .with(el("strong").with(title).with(chip))
                            .with(mend),
                    ),
                )
                .with(grip)
                .with(tools),
        )
        .with(move || {
            open.get()
                .then(|| el("div").at("class", "cv-body").with(body()))
        })
        .into_any()
}

fn tools(editor: Editor, one: &Panel, index: usize, keys: &[String]) -> AnyView {
    let moved = |to: Option<usize>, label: &'static str, suffix: &'static str| {
        let keys = keys.to_vec();
        tool(
            [&one.key, suffix].concat(),
            label,
            &one.title,
            to.is_none(),
            move || {
                let Some(to) = to else { return };
                shift(editor, &keys, index, to, suffix);
            },
        )
    };
    let hidden = one.hidden;
    let hide = if hidden {
        tr("ui/cv/show", "Stampa")
    } else {
        tr("ui/cv/hide", "Non stampare")
    };
    let (key, again) = (one.key.clone(), [&one.key, "-hide"].concat());
    let remove = one.own.map(|index| {
        let title = one.title.clone();
        tool(
            [&one.key, "-remove"].concat(),
            tr("ui/cv/remove", "Togli"),
            &one.title,
            false,
            move || {
                editor.alter(move |doc| {
                    let own = path::list(doc, OWN);
                    if index < own.len() {
                        own.remove(index);
                    }
                });
                editor.removed(&title);
                focus_later("own-add".to_owned());
            },
        )
    });
    el("div")
        .at("class", "cv-tools")
        .with(moved(index.checked_sub(1), tr("ui/cv/up", "Su"), "-up"))
        .with(moved(
            (index + 1 < keys.len()).then_some(index + 1),
            tr("ui/cv/down", "Giù"),
            "-down",
        ))
        .with(tool(again.clone(), hide, &one.title, false, move || {
            let key = key.clone();
            editor.alter(move |doc| {
                let list = path::list(doc, "x_hidden");
                list.retain(|one| one.as_str() != Some(&key));
                if !hidden {
                    list.push(Value::String(key));
                }
            });
            focus_later(again.clone());
        }))
        .with(remove)
        .into_any()
}

fn profile(editor: Editor) -> AnyView {
    let tip = tr(
        "ui/cv/tip/profile",
        "Tre o quattro righe: che lavoro fai o cerchi, da quanto tempo, che cosa sai fare bene.",
    );
    many(vec![
        el("p").at("class", "field-hint").with(tip).into_any(),
        find(BASICS, "summary")
            .map(|summary| field::draw(editor, "basics", summary))
            .into_any(),
    ])
}

/// A word of help where people ask themselves what belongs there.
fn tip(key: &str) -> Option<&'static str> {
    Some(match key {
        "x_desired" => tr(
            "ui/cv/tip/desired",
            "Il lavoro che cerchi. Se sono più di uno, metti prima quello che vuoi di più.",
        ),
        "work" => tr(
            "ui/cv/tip/work",
            "Comincia dall'ultimo lavoro. Anche lavori brevi, stagionali o in famiglia contano.",
        ),
        "education" => tr(
            "ui/cv/tip/education",
            "Comincia dal titolo più alto. Se ne hai uno di un altro Paese, scrivilo con il suo nome.",
        ),
        "languages" => tr(
            "ui/cv/tip/languages",
            "I livelli vanno da A1 (le prime parole) a C2 (come chi ci è nato). Scegli quello che sai dimostrare.",
        ),
        "references" => tr(
            "ui/cv/tip/references",
            "Chiedi il permesso prima di scrivere qui i contatti di un'altra persona.",
        ),
        _ => return None,
    })
}

fn own_body(editor: Editor, index: usize) -> AnyView {
    let place = [OWN, "[", &index.to_string(), "]"].concat();
    let most = match find(OWN_SECTION, "items").map(|field| field.kind) {
        Some(Kind::Records(_, most)) => most,
        _ => 0,
    };
    let entries = List::nested(
        [&place, ".items"].concat(),
        OWN_ITEM,
        most,
        tr("ui/cv/entries", "Voci"),
    );
    many(vec![
        field::fields(editor, &place, OWN_SECTION, &["items"]),
        items::draw(editor, entries),
    ])
}

fn add_own(editor: Editor) {
    let id = browser::uuid()[..8].to_owned();
    let key = [OWN, "/", &id].concat();
    let mut index = 0;
    editor.alter(|doc| {
        let own = path::list(doc, OWN);
        index = own.len();
        own.push(json!({ "x_id": id, "items": [] }));
    });
    editor.section.set(key);
    focus_later([OWN, "[", &index.to_string(), "].name"].concat());
}
